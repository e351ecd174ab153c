//! In: the files of a site that are copied. Out: which of them are pictures and how large, and their bytes as others may
//! have them.
//!
//! Only the first bytes of a file are read to learn whether it is a picture. A site without pictures pays nothing.

use crate::io::disk::{DiskError, read_asset};
use crate::io::scan::unreadable;
use crate::io::tree::Tree;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::picture::Picture;
use crate::model::source::{Asset, AssetBytes};
use crate::pictures::look::{self, look};
use crate::pictures::{BYTES, PIXELS, SIDE, Trouble, strip};
use rayon::prelude::*;
use std::io::{self, Read};

/// Looks at every file on disk that may be a picture; what cannot be used as one is found.
pub fn look_at<'a>(tree: &Tree, assets: impl Iterator<Item = &'a mut Asset>, out: &mut Findings) {
    let worth = |asset: &&mut Asset| matches!(asset.bytes, AssetBytes::Disk(_)) && look::is_worth_it(asset.path.name());
    let assets: Vec<&mut Asset> = assets.filter(worth).collect();
    let found: Vec<Option<Finding>> = assets.into_par_iter().map(|asset| look_at_one(tree, asset)).collect();
    found.into_iter().flatten().for_each(|finding| out.push(finding));
}

fn look_at_one(tree: &Tree, asset: &mut Asset) -> Option<Finding> {
    match seen(tree, asset) {
        Ok(Ok(picture)) => {
            asset.picture = picture;
            None
        }
        Ok(Err(trouble)) => Some(finding(asset.path.as_str(), &trouble)),
        Err(error) => Some(unreadable(asset.path.as_str(), &crate::io::disk::plain(&error))),
    }
}

fn seen(tree: &Tree, asset: &Asset) -> io::Result<Result<Option<Picture>, Trouble>> {
    let name = asset.path.name();
    let mut file = tree.open_spelled(&asset.path)?;
    let mut bytes = Vec::new();
    (&mut file).take(look::FIRST as u64).read_to_end(&mut bytes)?;
    if !look::may_be_one(name, &bytes) {
        return Ok(Ok(None));
    }
    if asset.len() > BYTES {
        return Ok(Err(Trouble::TooLarge));
    }
    bytes.reserve(asset.len() as usize);
    file.take(BYTES).read_to_end(&mut bytes)?;
    Ok(look(name, &bytes))
}

/// The bytes of a file as others may have them: of a picture, without metadata.
pub fn read_publishable(root: &Tree, asset: &Asset) -> Result<Vec<u8>, DiskError> {
    let bytes = read_asset(root, asset)?;
    if asset.picture.is_none() {
        return Ok(bytes);
    }
    let bare = strip::publishable(asset.path.name(), &bytes);
    let bare = bare.map_err(|trouble| io::Error::new(io::ErrorKind::InvalidData, finding(asset.path.as_str(), &trouble).message));
    Ok(bare.map_err(|source| DiskError::Asset { path: asset.path.as_str().into(), source })?.into_owned())
}

/// The finding for a picture that cannot be used.
pub fn finding(path: &str, trouble: &Trouble) -> Finding {
    let place = Place::file(path);
    match trouble {
        Trouble::Broken(why) => Finding::error(
            "broken-picture",
            place,
            format!("The picture `{path}` cannot be used: {why}."),
            "Open it, see that it is whole, and save it anew as JPEG, PNG or WebP.",
        ),
        Trouble::TooLarge => Finding::error(
            "picture-too-large",
            place,
            format!(
                "The picture `{path}` is too large: more than {} million pixels, {SIDE} pixels on one side or {} MiB.",
                PIXELS / 1_000_000,
                BYTES >> 20
            ),
            "Save it smaller: a page shows at most 1440 pixels of its width.",
        ),
        Trouble::Script(what) => Finding::error(
            "script-in-picture",
            place,
            format!("The drawing `{path}` holds {what}, which could act in a reader's browser."),
            "Save it as plain SVG, without scripts and embedded pages, or as PNG.",
        ),
        Trouble::Metadata => Finding::error(
            "picture-metadata",
            place,
            format!("The picture `{path}` holds metadata (where it was taken, with what, by whom) that cannot be taken out of an AVIF file."),
            "Save it anew as JPEG, PNG or WebP: from those it is taken out at every build.",
        ),
    }
}
