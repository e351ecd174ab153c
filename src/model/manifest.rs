//! In: the files of an output folder. Out: their paths, lengths and hashes, as `manifest.json` tells them.
//!
//! Contract `manifest/1`: `{"manifest": 1, "files": {"PATH": {"bytes": N, "sha256": "HEX"}}}`, paths in byte order.
//! Within version 1 we only add.

use crate::model::route::SafePath;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

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
}

impl Manifest {
    /// An empty manifest.
    pub fn new() -> Manifest {
        Manifest { manifest: 1, files: BTreeMap::new() }
    }

    /// The hash of a file.
    pub fn sha256(&self, path: &SafePath) -> Option<&str> {
        self.files.get(path.as_str()).map(|file| file.sha256.as_str())
    }
}

impl Default for Manifest {
    fn default() -> Manifest {
        Manifest::new()
    }
}
