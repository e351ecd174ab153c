//! In: the text of a checkpoint. Out: which log it is of, how long the log is and what its root is (tlog-checkpoint 1.0).

use super::encoding::{base64, decimal, unbase64_hash};
use super::note::{Note, NoteError, Verified, VerifierKey};
use super::tree::{Hash, empty_root};

/// A checkpoint that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The note around it.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Not an origin, a size and a root on lines of their own.
    #[error("it does not give an origin, a size and a root, each on its line")]
    Form,
    /// The root of an empty log is another.
    #[error("it says that the log is empty, and gives a root that an empty log does not have")]
    Empty,
    /// It is of another log.
    #[error("it is a checkpoint of the log `{found}`, not of `{wanted}`")]
    Origin {
        /// The origin it names.
        found: String,
        /// The origin that was wanted.
        wanted: String,
    },
}

/// How far a log has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name, which is also that of its key.
    pub origin: String,
    /// How many entries.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// Reads the text of a checkpoint. Lines after the third belong to extensions: they are signed, and not read.
    pub fn parse(text: &str) -> Result<Checkpoint, CheckpointError> {
        let mut lines = text.strip_suffix('\n').ok_or(CheckpointError::Form)?.split('\n');
        let mut line = || lines.next().filter(|line| !line.is_empty()).ok_or(CheckpointError::Form);
        let origin = line()?.to_owned();
        let size = decimal(line()?).ok_or(CheckpointError::Form)?;
        let root = unbase64_hash(line()?).ok_or(CheckpointError::Form)?;
        if lines.any(str::is_empty) {
            return Err(CheckpointError::Form);
        }
        if size == 0 && root != empty_root() {
            return Err(CheckpointError::Empty);
        }
        Ok(Checkpoint { origin, size, root })
    }

    /// The text that is signed.
    pub fn text(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, base64(&self.root))
    }

    /// The checkpoint of a signed note, if it is of this log and `keys` hold; and whose signatures those are.
    pub fn open(note: &[u8], origin: &str, keys: &[VerifierKey]) -> Result<(Checkpoint, Vec<Verified>), CheckpointError> {
        let note = Note::parse(note)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        if checkpoint.origin != origin {
            return Err(CheckpointError::Origin { found: checkpoint.origin, wanted: origin.to_owned() });
        }
        // A witness vouches for what the log has signed; it cannot stand in for the log.
        let verified = note.verified(keys)?;
        let by_log = verified.iter().any(|signature| signature.name == origin && signature.time.is_none());
        if by_log { Ok((checkpoint, verified)) } else { Err(NoteError::Unsigned.into()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transparency::note::{SigningKey, sign};

    #[test]
    fn only_the_logs_own_key_makes_a_checkpoint() {
        let log = SigningKey::from_seed("norrvik.example/log", [1; 32]).unwrap();
        let witness = SigningKey::witness_from_seed("witness.example", [2; 32]).unwrap();
        let keys = [log.verifier().clone(), witness.verifier().clone()];
        let text = Checkpoint { origin: "norrvik.example/log".into(), size: 3, root: [9; 32] }.text();
        let signed = sign(&text, &log).unwrap() + &witness.line(&text, 1_700_000_000);
        let (checkpoint, verified) = Checkpoint::open(signed.as_bytes(), "norrvik.example/log", &keys).unwrap();
        assert_eq!((checkpoint.text(), verified.len(), verified[1].time), (text.clone(), 2, Some(1_700_000_000)));
        let alone = format!("{text}\n{}", witness.line(&text, 1));
        assert!(Checkpoint::open(alone.as_bytes(), "norrvik.example/log", &keys).is_err());
        assert!(matches!(Checkpoint::open(signed.as_bytes(), "other.example", &keys), Err(CheckpointError::Origin { .. })));
    }

    #[test]
    fn a_text_of_another_form_is_refused() {
        let root = base64(&[9; 32]);
        for bad in [
            format!("a\n3\n{root}"),
            format!("\n3\n{root}\n"),
            format!("a\n03\n{root}\n"),
            "a\n3\nAAAA\n".into(),
            format!("a\n3\n{root}\n\n"),
        ] {
            assert_eq!(Checkpoint::parse(&bad), Err(CheckpointError::Form), "{bad:?}");
        }
        assert_eq!(Checkpoint::parse(&format!("a\n0\n{root}\n")), Err(CheckpointError::Empty));
        assert!(Checkpoint::parse(&format!("a\n3\n{root}\nextension\n")).is_ok());
    }
}
