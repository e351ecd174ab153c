//! In: the folder of a site. Out: its settings, records, attachments and theme as texts, before anything is understood.
//!
//! A file that cannot be used (too large, not UTF-8, a link, unreadable) is a finding that names it, and the others
//! are read all the same. The order of the values is that of the paths, whatever the disk's own order is.

use crate::io::scan::{self, Found};
use crate::io::theme;
use crate::io::tree::Tree;
use crate::io::{attachments, pictures};
use crate::model::finding::{Checked, Finding, Findings, Place};
use crate::model::route::SafePath;
use crate::model::source::{Asset, AssetBytes, Source, Sources};
use rayon::prelude::*;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Name of the settings below the root.
pub const SETTINGS: &str = "promulgate.yaml";

/// Longest text file that is read, in bytes (2 MiB).
pub const TEXT_LIMIT: usize = 2 * 1024 * 1024;

/// The folder of the site cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum DiskError {
    /// The root is missing, not a folder, or closed to us.
    #[error("the folder `{path}` cannot be read")]
    Root {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
    /// A file that was there when the folder was read.
    #[error("`{path}` cannot be read any more")]
    Asset {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: std::io::Error,
    },
}

/// Reads everything below the root that a run needs: settings, `content/`, and the theme that the settings name with
/// the site's own `templates/`, `static/` and `messages/` over it.
pub fn read_site(root: &Path) -> Result<Checked<Sources>, DiskError> {
    let tree = open_root(root)?;
    let mut findings = Findings::new();
    let settings = read_settings(&tree, root, &mut findings);
    let (records, others): (Vec<Found>, Vec<Found>) =
        scan::files(root, "content", &mut findings).into_iter().partition(|found| is_markdown(found.path.as_str()));
    let records = read_texts(&tree, records, &mut findings);
    let (tombstones, others): (Vec<Found>, Vec<Found>) = others.into_iter().partition(|found| found.path.as_str().ends_with(ERASED));
    let tombstones = read_texts(&tree, tombstones, &mut findings);
    let mut assets: Vec<Asset> = others.into_iter().filter_map(|found| asset(&tree, found, &mut findings)).collect();
    let name = settings.as_ref().and_then(|source| theme::named_in(&source.text));
    let mut theme = theme::read(&tree, root, name.as_deref().unwrap_or(theme::BUILT_IN), &mut findings);
    let statics = theme.statics.iter_mut().map(|(_, asset)| asset);
    pictures::look_at(&tree, assets.iter_mut().chain(statics), &mut findings);
    attachments::look_at(&tree, &assets, &mut findings);
    Ok(Checked::new(Sources { settings, records, tombstones, assets, theme }, findings))
}

/// How the file ends that says that a record was erased.
pub const ERASED: &str = ".erased.yaml";

/// Whether a file's ending says that it is Markdown.
pub fn is_markdown(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".markdown")
}

/// Opens the root of a site.
pub fn open_root(root: &Path) -> Result<Tree, DiskError> {
    Tree::open(root).map_err(|source| DiskError::Root { path: root.to_owned(), source })
}

fn read_settings(tree: &Tree, root: &Path, out: &mut Findings) -> Option<Source> {
    let there = root.join(SETTINGS).symlink_metadata().is_ok();
    let path = SafePath::new(SETTINGS).expect("a plain name is a safe path");
    let found = there.then(|| Found { path, spelled: SETTINGS.to_owned() })?;
    read_texts(tree, vec![found], out).pop()
}

/// Reads text files on all cores; those that cannot be used become findings.
pub fn read_texts(tree: &Tree, found: Vec<Found>, out: &mut Findings) -> Vec<Source> {
    let read: Vec<Result<Source, Box<Finding>>> =
        found.into_par_iter().map_init(Vec::new, |buffer, found| read_text(tree, found, buffer)).collect();
    let mut sources = Vec::with_capacity(read.len());
    for one in read {
        match one {
            Ok(source) => sources.push(source),
            Err(finding) => out.push(*finding),
        }
    }
    sources
}

fn read_text(tree: &Tree, found: Found, buffer: &mut Vec<u8>) -> Result<Source, Box<Finding>> {
    let path = found.path.as_str();
    match tree.read_into(&found.spelled, TEXT_LIMIT, buffer) {
        Err(error) => return Err(Box::new(scan::unreadable(path, &plain(&error)))),
        Ok(false) => return Err(Box::new(too_large(path))),
        Ok(true) => {}
    }
    let text = std::str::from_utf8(buffer).map_err(|error| Box::new(not_utf8(path, buffer, error.valid_up_to())))?;
    Ok(Source { text: Arc::from(text.strip_prefix('\u{feff}').unwrap_or(text)), path: found.path })
}

/// An error of the system as a person reads it: without the number.
pub fn plain(error: &std::io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or_default().to_owned()
}

/// A file that is copied; its length is looked up, its bytes are left for later.
pub fn asset(tree: &Tree, found: Found, out: &mut Findings) -> Option<Asset> {
    let Some((length, _)) = tree.stat_file(&found.spelled) else {
        out.push(scan::unreadable(found.path.as_str(), "it is gone or is not a regular file"));
        return None;
    };
    Some(Asset { path: found.path, bytes: AssetBytes::Disk(length), picture: None })
}

/// The bytes of an attachment or of a theme's file.
pub fn read_asset(root: &Tree, asset: &Asset) -> Result<Vec<u8>, DiskError> {
    match asset.bytes {
        AssetBytes::BuiltIn(bytes) => Ok(bytes.to_vec()),
        AssetBytes::Disk(length) => {
            let mut bytes = Vec::with_capacity(length as usize);
            let read = root.open_spelled(&asset.path).and_then(|mut file| file.read_to_end(&mut bytes));
            read.map_err(|source| DiskError::Asset { path: asset.path.as_str().into(), source })?;
            Ok(bytes)
        }
    }
}

/// Where a file of the site lies, however the disk spells its accents; as the path says where it cannot be found.
pub fn spelled(root: &Path, path: &SafePath) -> PathBuf {
    let spelling = open_root(root).ok().and_then(|tree| tree.spelling(path).ok().flatten());
    root.join(spelling.as_deref().unwrap_or(path.as_str()))
}

fn too_large(path: &str) -> Finding {
    let message = format!("`{path}` is larger than 2 MiB, which is more text than one page can carry.");
    Finding::error("file-too-large", Place::file(path), message, "Split it into several records, or attach the long part as a document.")
}

fn not_utf8(path: &str, bytes: &[u8], at: usize) -> Finding {
    let text = String::from_utf8_lossy(bytes);
    let message = format!("`{path}` is not UTF-8: the byte 0x{:02X} stands for no character here.", bytes[at]);
    let place = Place::span(path, &text, at, at + '\u{fffd}'.len_utf8());
    Finding::error("not-utf-8", place, message, "Open the file in your editor and save it with the encoding UTF-8.")
}
