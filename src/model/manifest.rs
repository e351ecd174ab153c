//! In: the files of an output folder. Out: their paths, lengths and hashes, as `manifest.json` tells them.
//!
//! Contract `manifest/1`: `{"manifest": 1, "files": {"PATH": {"bytes": N, "sha256": "HEX"}}}`, paths in byte order. Files
//! that only pages of the generation before ask for are named in `kept` besides. Within version 1 we only add.

use crate::model::route::SafePath;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Name of the manifest below the output folder.
pub const MANIFEST: &str = "manifest.json";

/// Name of the note beside it, signed by the key of the log.
pub const MANIFEST_NOTE: &str = "manifest.note";

/// One file of the output.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutputFile {
    /// Length in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes, in hex.
    pub sha256: String,
}

/// All files of an output folder but the manifest itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// Version of this contract, 1.
    pub manifest: u32,
    /// Files by path below the output folder.
    pub files: BTreeMap<String, OutputFile>,
    /// Those of them that are there for pages of the generation before, and leave with the next change.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub kept: BTreeSet<String>,
}

impl Manifest {
    /// An empty manifest.
    pub fn new() -> Manifest {
        Manifest { manifest: 1, files: BTreeMap::new(), kept: BTreeSet::new() }
    }

    /// What a site of these files keeps for readers who have a page of this generation open: style sheets, scripts and
    /// fonts whose names carry a hash of their bytes. Pictures are not kept, since whoever takes one away wants it gone.
    /// A site that has not changed keeps what was kept before.
    pub fn kept_beside(&self, files: &BTreeMap<String, OutputFile>) -> BTreeSet<String> {
        let own = self.files.iter().filter(|(path, _)| !self.kept.contains(*path));
        let unchanged = own.clone().eq(files.iter());
        let paths: Box<dyn Iterator<Item = &String>> =
            if unchanged { Box::new(self.kept.iter()) } else { Box::new(own.map(|(path, _)| path).filter(|path| is_fingerprinted(path))) };
        paths.filter(|path| !files.contains_key(*path) && self.files.contains_key(*path)).cloned().collect()
    }

    /// The hash of a file.
    pub fn sha256(&self, path: &SafePath) -> Option<&str> {
        self.files.get(path.as_str()).map(|file| file.sha256.as_str())
    }
}

/// Whether the name of a style sheet, script or font carries a hash of its bytes: `search.0a1b2c3d4e5f.js`.
pub fn is_fingerprinted(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let Some((stem, "css" | "js" | "woff2")) = name.rsplit_once('.') else { return false };
    let is_hash = |hash: &str| hash.len() >= 12 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    stem.rsplit_once('.').is_some_and(|(before, hash)| !before.is_empty() && is_hash(hash))
}

impl Default for Manifest {
    fn default() -> Manifest {
        Manifest::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files(paths: &[&str]) -> BTreeMap<String, OutputFile> {
        paths.iter().map(|path| ((*path).to_owned(), OutputFile { bytes: 1, sha256: (*path).to_owned() })).collect()
    }

    #[test]
    fn a_hash_in_a_name_is_told_from_a_word() {
        for path in ["assets/site.0123456789abcdef.css", "search.0a1b2c3d4e5f.js", "fonts/a.b.0a1b2c3d4e5f.woff2"] {
            assert!(is_fingerprinted(path), "{path}");
        }
        for path in ["assets/site.css", "search.min.js", "0a1b2c3d4e5f.js", ".0a1b2c3d4e5f.js", "a.0a1b2c3d4e5f.jpg", "a.0A1B2C3D4E5F.js"] {
            assert!(!is_fingerprinted(path), "{path}");
        }
    }

    #[test]
    fn an_old_asset_stays_for_one_change_and_no_longer() {
        let first = Manifest { files: files(&["index.html", "site.0123456789aa.css", "plan.0123456789aa.webp"]), ..Manifest::new() };
        let second = files(&["index.html", "site.0123456789bb.css"]);
        let kept = first.kept_beside(&second);
        assert_eq!(kept, BTreeSet::from(["site.0123456789aa.css".to_owned()]));
        let mut all = second.clone();
        all.extend(files(&["site.0123456789aa.css"]));
        let live = Manifest { manifest: 1, files: all, kept };
        assert_eq!(live.kept_beside(&second), live.kept, "nothing changed");
        let third = files(&["index.html", "site.0123456789cc.css"]);
        assert_eq!(live.kept_beside(&third), BTreeSet::from(["site.0123456789bb.css".to_owned()]));
        let back = files(&["index.html", "site.0123456789aa.css"]);
        assert_eq!(live.kept_beside(&back), BTreeSet::from(["site.0123456789bb.css".to_owned()]), "what is used again is not kept besides");
    }
}
