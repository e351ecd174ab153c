//! In: the log, and keys. Out: which of them it knows, whether they may sign, and which checkpoint a reader can check best.

use super::journal::{Batch, Journal, JournalFault};
use super::keys::VerifierKey;
use super::leaf::Action;
use super::tree::Hash;

impl Journal {
    /// Whether a key that the log knew before is among those that have signed; from then on it knows those that the leaves
    /// from `from` on announce, and each must be one of the settings.
    pub(super) fn trust(&mut self, by: &[[u8; 4]], from: u64) -> Result<(), &'static str> {
        let signers: Vec<Hash> = self.keys.iter().filter(|key| by.contains(&key.id())).map(VerifierKey::fingerprint).collect();
        if self.known.is_empty() {
            self.known.clone_from(&signers);
        }
        if !signers.iter().any(|signer| self.trusts(signer)) {
            return Err("the log did not know this key when it signed: no entry before had announced it");
        }
        let first = usize::try_from(from).unwrap_or(usize::MAX);
        for leaf in self.leaves.iter().skip(first).filter(|leaf| leaf.action == Action::Key) {
            if !self.keys.iter().any(|key| key.fingerprint() == leaf.c) {
                return Err("it announces a key that the settings do not name");
            }
            self.known.push(leaf.c);
        }
        Ok(())
    }

    /// Whether these keys may take the log on: each is one of the settings, today's is among them, and so is one that the log
    /// knows already.
    pub fn may_sign(&self, keys: &[&VerifierKey]) -> Result<(), JournalFault> {
        let fault = |what: &str| Err(JournalFault::Signer(what.to_owned()));
        if keys.is_empty() || !keys.iter().all(|key| self.keys.contains(key)) {
            return fault("the signing key is not the one that the settings name");
        }
        if !keys.contains(&&self.keys[0]) {
            return fault("the key that stands first in `log.key` is today's, and it is not among those that sign");
        }
        if self.known.is_empty() || keys.iter().any(|key| self.knows(key)) {
            return Ok(());
        }
        fault("no entry of the log has announced this key, and that takes the signature of the key before it")
    }

    /// Whether the log knows a key: it signed from the start, an entry has announced it, or it is the guest.
    pub fn knows(&self, key: &VerifierKey) -> bool {
        self.trusts(&key.fingerprint())
    }

    fn trusts(&self, key: &Hash) -> bool {
        self.known.contains(key) || self.guest.as_ref() == Some(key)
    }

    /// The keys that entries have announced.
    pub fn announced(&self) -> impl Iterator<Item = &VerifierKey> {
        let announces = |key: &&VerifierKey| {
            let fingerprint = key.fingerprint();
            self.leaves.iter().any(|leaf| leaf.action == Action::Key && leaf.c == fingerprint)
        };
        self.keys.iter().filter(announces)
    }

    /// The step whose checkpoint proves a leaf: of those from its own on, the first that today's key has signed and that most
    /// witnesses have seen, so that whoever has a key of today or knows some witnesses can check the oldest page, too.
    pub fn proven_by(&self, index: u64) -> Option<&Batch> {
        let today = self.keys.first()?.id();
        let own = self.batches.partition_point(|batch| batch.size <= index);
        let rank = |batch: &Batch| (batch.by.contains(&today), batch.seen.len());
        self.batches.get(own..)?.iter().reduce(|best, batch| if rank(batch) > rank(best) { batch } else { best })
    }

    /// How far a witness has come, as far as it has told.
    pub fn seen_by(&self, witness: &VerifierKey) -> u64 {
        let has = |batch: &&Batch| batch.seen.iter().any(|seen| seen.key == *witness);
        self.batches.iter().rev().find(has).map_or(0, |batch| batch.size)
    }
}
