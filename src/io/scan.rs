//! In: a folder below the site's root. Out: its files in byte order of their paths, each with a path that is safe.
//!
//! Links are never followed, hidden files and editors' leftovers are passed over, and a name that no address may hold
//! is a finding. Names that differ only in how Unicode writes an accent are one name, and two of them clash.

use crate::model::finding::{Finding, Findings, Place};
use crate::model::route::SafePath;
use std::collections::BTreeMap;
use std::path::Path;
use walkdir::{DirEntry, WalkDir};

/// A file that a scan met.
#[derive(Debug, Clone)]
pub struct Found {
    /// Its path below the root, checked and in NFC.
    pub path: SafePath,
    /// Its path below the root as the disk spells it.
    pub spelled: String,
}

/// The files below `folder` of `root` but hidden ones and leftovers; none where there is no such folder.
pub fn files(root: &Path, folder: &str, out: &mut Findings) -> Vec<Found> {
    all_but(&is_leftover, root, folder, out)
}

/// The files below `folder` of `root` but those whose name, or whose folder's name, is passed over.
pub fn all_but(passed_over: &dyn Fn(&str) -> bool, root: &Path, folder: &str, out: &mut Findings) -> Vec<Found> {
    let top = root.join(folder);
    if let Some(link) = led_by(root, folder) {
        out.push(symlink(&link));
        return Vec::new();
    }
    match top.symlink_metadata() {
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Vec::new(),
        Ok(meta) if meta.is_symlink() => {
            out.push(symlink(folder));
            return Vec::new();
        }
        _ => {}
    }
    let mut found = BTreeMap::new();
    let walk = WalkDir::new(&top).min_depth(1).follow_links(false).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|entry| !passed_over(&entry.file_name().to_string_lossy())) {
        match entry {
            Ok(entry) => take(root, &entry, &mut found, out),
            Err(error) => out.push(unreadable(&shown(root, error.path().unwrap_or(&top)), &error.to_string())),
        }
    }
    found.into_iter().map(|(path, spelled)| Found { path, spelled }).collect()
}

/// The first folder on the way to `folder` that is a link.
fn led_by(root: &Path, folder: &str) -> Option<String> {
    let ends = folder.match_indices('/').map(|(at, _)| &folder[..at]);
    ends.filter(|part| !part.is_empty()).find(|part| root.join(part).is_symlink()).map(str::to_owned)
}

fn take(root: &Path, entry: &DirEntry, found: &mut BTreeMap<SafePath, String>, out: &mut Findings) {
    let path = shown(root, entry.path());
    if entry.path_is_symlink() {
        out.push(symlink(&path));
    } else if entry.file_type().is_dir() {
    } else if !entry.file_type().is_file() {
        out.push(unreadable(&path, "it is not a regular file"));
    } else if entry.path().to_str().is_none() || path.contains('%') {
        let why = if path.contains('%') { "holds a `%`, which addresses keep for themselves" } else { "is not valid UTF-8" };
        out.push(bad_path(&path, &format!("The name of `{path}` {why}.")));
    } else {
        match SafePath::new(&path) {
            Err(error) => out.push(bad_path(&path, &error.to_string())),
            Ok(safe) => match found.get(&safe) {
                Some(other) => out.push(clash(&safe, other, &path)),
                None => drop(found.insert(safe, path)),
            },
        }
    }
}

/// Whether a name is hidden (other than `.well-known`, RFC 8615) or left behind by an editor or a desktop.
pub fn is_leftover(name: &str) -> bool {
    (name.starts_with('.') && name != ".well-known")
        || name.ends_with('~')
        || (name.starts_with('#') && name.ends_with('#'))
        || matches!(name, "Thumbs.db" | "desktop.ini")
}

fn shown(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
}

fn symlink(path: &str) -> Finding {
    let message = format!("`{path}` is a symbolic link, and links are never followed.");
    Finding::error("symlink", Place::file(path), message, "Put the file itself in its place.")
}

/// The finding for a file that cannot be read.
pub fn unreadable(path: &str, why: &str) -> Finding {
    let message = format!("`{path}` cannot be read: {}.", why.trim_end_matches('.'));
    Finding::error("unreadable-file", Place::file(path), message, "Check that the file is there and that you may read it.")
}

fn bad_path(path: &str, message: &str) -> Finding {
    let help = "Rename the file: letters, digits and hyphens are always safe.";
    Finding::error("bad-path", Place::file(path), message, help)
}

fn clash(path: &SafePath, one: &str, other: &str) -> Finding {
    let message = format!("Two files are both named `{path}`: their names differ only in how they write an accent ({one:?}, {other:?}).");
    Finding::error("name-clash", Place::file(path.as_str()), message, "Rename one of them.")
}
