//! In: the note beside `manifest.json`. Out: which manifest the log's key has signed, when, and at which size of the log.
//!
//! Its text has five lines, each with its line end: `promulgate/manifest/v1`, the origin, the log's size, the time (UTC, to
//! the second), and the base64 of the SHA-256 of `manifest.json`. The first line is no origin of ours, so that the note can
//! never pass for a checkpoint.

use super::encoding::{base64, decimal, unbase64_hash};
use super::leaf::stamp;
use super::note::{Note, NoteError, VerifierKey};
use super::tree::Hash;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// Name of the note below the output folder.
pub const MANIFEST_NOTE: &str = "manifest.note";

const FIRST: &str = "promulgate/manifest/v1";

/// A note beside a manifest that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ManifestNoteError {
    /// The note itself.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Not the five lines.
    #[error("it is not of the form of a promulgate/manifest/v1 note")]
    Form,
    /// It is of another log.
    #[error("it is of the log `{0}`")]
    Origin(String),
}

/// What is signed about a whole site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestNote {
    /// The log's name.
    pub origin: String,
    /// How many entries the log had.
    pub size: u64,
    /// When it was signed, to the second.
    pub time: Timestamp,
    /// The SHA-256 of `manifest.json`.
    pub sha256: Hash,
}

impl ManifestNote {
    /// What is to be signed about a manifest.
    pub fn of(origin: &str, size: u64, time: Timestamp, manifest: &[u8]) -> ManifestNote {
        ManifestNote { origin: origin.to_owned(), size, time, sha256: Sha256::digest(manifest).into() }
    }

    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{FIRST}\n{}\n{}\n{}\n{}\n", self.origin, self.size, stamp(self.time), base64(&self.sha256))
    }

    /// Reads the text; only what [`ManifestNote::text`] writes is accepted.
    pub fn parse(text: &str) -> Result<ManifestNote, ManifestNoteError> {
        let lines: Vec<&str> = text.split('\n').collect();
        let read = || {
            let [FIRST, origin, size, time, hash, ""] = lines.as_slice() else { return None };
            Some(ManifestNote {
                origin: (*origin).to_owned(),
                size: decimal(size)?,
                time: time.parse().ok()?,
                sha256: unbase64_hash(hash)?,
            })
        };
        read().filter(|found| found.text() == text).ok_or(ManifestNoteError::Form)
    }

    /// The text of a signed note, if it is of this log and one of `keys` has signed it.
    pub fn open(note: &[u8], origin: &str, keys: &[VerifierKey]) -> Result<ManifestNote, ManifestNoteError> {
        let note = Note::parse(note)?;
        note.verified(keys)?;
        let found = ManifestNote::parse(note.text())?;
        if found.origin == origin { Ok(found) } else { Err(ManifestNoteError::Origin(found.origin)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transparency::checkpoint::Checkpoint;
    use crate::transparency::note::{SigningKey, sign};

    #[test]
    fn a_note_comes_back_as_it_was_signed_and_is_no_checkpoint() {
        let key = SigningKey::from_seed("norrvik.example/log", [1; 32]).unwrap();
        let keys = [key.verifier().clone()];
        let made = ManifestNote::of("norrvik.example/log", 12, "2026-11-20T10:00:00Z".parse().unwrap(), b"{}");
        let note = sign(&made.text(), &key).unwrap();
        assert_eq!(ManifestNote::open(note.as_bytes(), "norrvik.example/log", &keys), Ok(made.clone()));
        assert!(matches!(ManifestNote::open(note.as_bytes(), "b", &keys), Err(ManifestNoteError::Origin(_))));
        assert!(Checkpoint::open(note.as_bytes(), "norrvik.example/log", &keys).is_err());
        for (from, to) in [("12\n", "012\n"), ("T10", " 10"), ("v1", "v2"), ("00Z", "00.0Z")] {
            assert_eq!(ManifestNote::parse(&made.text().replace(from, to)), Err(ManifestNoteError::Form), "{to}");
        }
    }
}
