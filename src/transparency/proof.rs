//! In: a `.tlog-proof` file (c2sp.org/tlog-proof@v1). Out: its parts, and whether it shows that an entry is in the log.
//!
//! It needs no network: the proof carries the checkpoint. What stands in `extra` is not signed; it only helps to find the
//! entry, which is then proven.

use super::checkpoint::{Checkpoint, CheckpointError};
use super::encoding::{base64, decimal, unbase64, unbase64_hash};
use super::note::{NOTE_LIMIT, Verified, VerifierKey};
use super::tree::{self, Hash, PROOF_LIMIT, ProofError};

const FIRST: &str = "c2sp.org/tlog-proof@v1";

/// A proof that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TlogProofError {
    /// Not of the form of such a file.
    #[error("it is not of the form of a c2sp.org/tlog-proof@v1 file")]
    Form,
    /// The checkpoint in it.
    #[error("its checkpoint is not accepted: {0}")]
    Checkpoint(#[from] CheckpointError),
    /// The path from the entry to the root.
    #[error("its entry is not in the log: {0}")]
    Inclusion(#[from] ProofError),
}

/// A proof that an entry is in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// What helps to make the entry again; not signed.
    pub extra: Option<Vec<u8>>,
    /// Which entry, counted from nought.
    pub index: u64,
    /// The hashes from the entry's sibling up.
    pub hashes: Vec<Hash>,
    /// The signed checkpoint, as it was served.
    pub checkpoint: String,
}

impl TlogProof {
    /// Reads a file.
    pub fn parse(bytes: &[u8]) -> Result<TlogProof, TlogProofError> {
        let read = || {
            let text = std::str::from_utf8(bytes).ok().filter(|text| text.len() <= NOTE_LIMIT)?;
            let (head, checkpoint) = text.split_once("\n\n")?;
            let mut lines = head.split('\n').peekable();
            lines.next().filter(|line| *line == FIRST)?;
            let extra = match lines.next_if(|line| line.starts_with("extra ")) {
                Some(line) => Some(unbase64(&line["extra ".len()..])?),
                None => None,
            };
            let index = decimal(lines.next()?.strip_prefix("index ")?)?;
            let hashes: Vec<Hash> = lines.take(PROOF_LIMIT + 1).map(unbase64_hash).collect::<Option<_>>()?;
            (hashes.len() <= PROOF_LIMIT).then(|| TlogProof { extra, index, hashes, checkpoint: checkpoint.to_owned() })
        };
        read().ok_or(TlogProofError::Form)
    }

    /// The file.
    pub fn text(&self) -> String {
        let mut text = format!("{FIRST}\n");
        if let Some(extra) = &self.extra {
            text.push_str(&format!("extra {}\n", base64(extra)));
        }
        text.push_str(&format!("index {}\n", self.index));
        self.hashes.iter().for_each(|hash| text.push_str(&format!("{}\n", base64(hash))));
        text + "\n" + &self.checkpoint
    }

    /// Whether the entry with this leaf hash is in the log; gives the checkpoint and who has signed it.
    pub fn verify(&self, leaf: &Hash, origin: &str, keys: &[VerifierKey]) -> Result<(Checkpoint, Vec<Verified>), TlogProofError> {
        let (checkpoint, verified) = Checkpoint::open(self.checkpoint.as_bytes(), origin, keys)?;
        tree::verify_inclusion(self.index, checkpoint.size, leaf, &self.hashes, &checkpoint.root)?;
        Ok((checkpoint, verified))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transparency::note::{SigningKey, sign};
    use crate::transparency::tree::{Tree, leaf_hash};

    #[test]
    fn a_proof_comes_back_as_it_went_out_and_holds_for_its_entry_alone() {
        let log = SigningKey::from_seed("norrvik.example/log", [1; 32]).unwrap();
        let tree = Tree::of(&["a", "b", "c"]);
        let checkpoint = Checkpoint { origin: "norrvik.example/log".into(), size: 3, root: tree.root() };
        let proof = TlogProof {
            extra: Some(b"salt".to_vec()),
            index: 1,
            hashes: tree.inclusion(1, 3),
            checkpoint: sign(&checkpoint.text(), &log).unwrap(),
        };
        let read = TlogProof::parse(proof.text().as_bytes()).unwrap();
        assert_eq!(read, proof);
        let keys = [log.verifier().clone()];
        assert_eq!(read.verify(&leaf_hash(b"b"), "norrvik.example/log", &keys).unwrap().0, checkpoint);
        assert_eq!(read.verify(&leaf_hash(b"c"), "norrvik.example/log", &keys), Err(TlogProofError::Inclusion(ProofError::Root)));
        for bad in ["", "c2sp.org/tlog-proof@v1\n\n", "c2sp.org/tlog-proof@v2\nindex 0\n\na", "c2sp.org/tlog-proof@v1\nindex 00\n\na"] {
            assert_eq!(TlogProof::parse(bad.as_bytes()), Err(TlogProofError::Form), "{bad:?}");
        }
        let long = proof.text().replace("index 1\n", &format!("index 1\n{}", format!("{}\n", base64(&[0; 32])).repeat(62)));
        assert_eq!(TlogProof::parse(long.as_bytes()), Err(TlogProofError::Form));
    }
}
