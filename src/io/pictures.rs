//! In: the files of a site that are copied. Out: which of them are pictures and how large, and their bytes as others may
//! have them.
//!
//! Only the first bytes of a file are read to learn whether it is a picture. A site without pictures pays nothing.

use crate::io::scan::unreadable;
use crate::io::tree::Tree;
use crate::model::finding::{Finding, Findings};
use crate::model::picture::Picture;
use crate::model::source::{Asset, AssetBytes};
use crate::pictures::look::{self, look};
use crate::pictures::{BYTES, Trouble, strip};
use rayon::prelude::*;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::sync::{Mutex, PoisonError};

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
        Ok(Err(trouble)) => Some(trouble.finding(asset.path.as_str())),
        Err(error) => Some(unreadable(asset.path.as_str(), &crate::io::disk::plain(&error))),
    }
}

fn seen(tree: &Tree, asset: &Asset) -> io::Result<Result<Option<Picture>, Trouble>> {
    let name = asset.path.name();
    let mut file = tree.open_spelled(&asset.path)?;
    let known = identity(&file)?;
    if let Some(picture) = SEEN.lock().unwrap_or_else(PoisonError::into_inner).get(&known) {
        return Ok(Ok(Some(picture.clone())));
    }
    let mut bytes = Vec::new();
    (&mut file).take(look::FIRST as u64).read_to_end(&mut bytes)?;
    if !look::may_be_one(name, &bytes) {
        return Ok(Ok(None));
    }
    if look::is_not_for_web(name, &bytes) {
        return Ok(look(name, &bytes));
    }
    if asset.len() > BYTES {
        return Ok(Err(Trouble::TooLarge));
    }
    bytes.reserve(asset.len() as usize);
    file.take(BYTES).read_to_end(&mut bytes)?;
    let seen = look(name, &bytes);
    if let Ok(Some(picture)) = &seen {
        SEEN.lock().unwrap_or_else(PoisonError::into_inner).insert(known, picture.clone());
    }
    Ok(seen)
}

/// What tells one content of a file from the next: device, number, length, last change of bytes and of anything.
type Identity = (u64, u64, u64, i64, i64, i64, i64);

/// Pictures that this program has looked at: `serve` reads a site at every edit, and need not read its pictures again.
static SEEN: Mutex<BTreeMap<Identity, Picture>> = Mutex::new(BTreeMap::new());

fn identity(file: &File) -> io::Result<Identity> {
    let meta = file.metadata()?;
    Ok((meta.dev(), meta.ino(), meta.size(), meta.mtime(), meta.mtime_nsec(), meta.ctime(), meta.ctime_nsec()))
}

/// The bytes of a file on disk as others may have them: of a picture, without metadata and upright.
pub fn read_publishable(root: &Tree, asset: &Asset) -> io::Result<Vec<u8>> {
    let bytes = read(root, asset)?;
    if asset.picture.as_ref().is_some_and(Picture::is_stripped) {
        usable(asset, strip::publishable(asset.path.name(), &bytes))
    } else {
        Ok(bytes)
    }
}

/// The bytes of a picture that goes with a post: without metadata, upright, and no larger than a screen.
pub fn read_sendable(root: &Tree, asset: &Asset) -> io::Result<Vec<u8>> {
    usable(asset, strip::sendable(asset.path.name(), &read(root, asset)?))
}

fn read(root: &Tree, asset: &Asset) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    root.open_spelled(&asset.path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn usable(asset: &Asset, made: Result<Cow<'_, [u8]>, Trouble>) -> io::Result<Vec<u8>> {
    let why = |trouble: Trouble| io::Error::new(io::ErrorKind::InvalidData, trouble.finding(asset.path.as_str()).message);
    made.map(Cow::into_owned).map_err(why)
}
