//! In: the log's files as the state keeps them. Out: the log, checked leaf by leaf.
//!
//! Three files a step, named by the size before it, twelve digits: `NNN.json` (contract `log/1`: the leaves and the signed
//! checkpoint, nothing else; it is made exclusively, and so is the compare-and-swap), `NNN.papers` (who the leaves are
//! about, and their salts), `NNN.texts` (each version's `record.json`). The last two lose lines when a record is erased;
//! the first never changes. What comes later stands beside them (`seen`). A state that was cut, changed, forked or signed
//! by another key is refused, each in its words. Trust in keys goes from step to step: the first step's key, and then
//! those that a leaf below a trusted signature has announced.

use super::checkpoint::Checkpoint;
use super::keys::VerifierKey;
use super::leaf::{Action, Leaf, commitment};
use super::papers::{BatchFile, batch_name, lines, papers_name, texts_name};
use super::seen::{self, Seen};
use super::tiles::{self, TileKind, TilePath};
use super::tree::{Hash, Tree, leaf_hash};
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use std::collections::{BTreeMap, BTreeSet};

pub use super::journal_fault::JournalFault;
pub use super::papers::{Paper, texts};

/// The files of a state's log, by name below `log/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// One signed step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The size before it.
    pub from: u64,
    /// The size after it.
    pub size: u64,
    /// The checkpoint as the log has signed it.
    pub signed: String,
    /// The ids of the log's keys that have.
    pub by: Vec<[u8; 4]>,
    /// What witnesses have signed since, oldest first.
    pub seen: Vec<Seen>,
    /// The answer of the service that stamps times, if there is one.
    pub stamp: Option<Vec<u8>>,
}

impl Batch {
    /// The checkpoint as it is served: the log's signatures, and below them those of witnesses.
    pub fn note(&self) -> String {
        seen::served(&self.signed, &self.seen)
    }
}

/// The log.
pub struct Journal {
    pub(super) origin: String,
    pub(super) keys: Vec<VerifierKey>,
    /// The fingerprints of the keys that the log itself knows.
    pub(super) known: Vec<Hash>,
    /// The fingerprint of a key that is trusted without the log's knowing it: that of a rehearsal.
    pub(super) guest: Option<Hash>,
    pub(super) tree: Tree,
    pub(super) leaves: Vec<Leaf>,
    pub(super) batches: Vec<Batch>,
    pub(super) papers: BTreeMap<u64, Paper>,
    pub(super) editions: BTreeMap<(RecordId, Lang), Vec<u64>>,
}

impl Journal {
    /// A log without leaves.
    pub fn new(origin: &str, keys: Vec<VerifierKey>) -> Journal {
        Journal {
            origin: origin.to_owned(),
            keys,
            known: Vec::new(),
            guest: None,
            tree: Tree::new(),
            leaves: Vec::new(),
            batches: Vec::new(),
            papers: BTreeMap::new(),
            editions: BTreeMap::new(),
        }
    }

    /// Reads and checks all. A rehearsal goes on with the body's log by a key of its own, its `guest`.
    pub fn read(files: &Files, origin: &str, keys: Vec<VerifierKey>, guest: Option<&VerifierKey>) -> Result<Journal, JournalFault> {
        let mut journal = Journal::signed(files, origin, keys, guest)?;
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".papers")) {
            let lines: Vec<Paper> = lines(name, bytes)?;
            let size = journal.size();
            lines.into_iter().filter(|paper| paper.index < size).for_each(|paper| journal.file(paper));
        }
        journal.complete()?;
        Ok(journal)
    }

    /// Reads what was signed, and what came after each step, without who it is about.
    pub fn signed(files: &Files, origin: &str, keys: Vec<VerifierKey>, guest: Option<&VerifierKey>) -> Result<Journal, JournalFault> {
        let mut journal = Journal { guest: guest.map(VerifierKey::fingerprint), ..Journal::new(origin, keys) };
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".json")) {
            journal.batch(name, bytes)?;
        }
        for batch in &mut journal.batches {
            batch.seen = files.get(&seen::seen_name(batch.from)).map(|bytes| seen::read(bytes, &batch.signed)).unwrap_or_default();
            batch.stamp = files.get(&seen::stamp_name(batch.from)).filter(|bytes| seen::is_stamp(bytes, &batch.note())).cloned();
        }
        Ok(journal)
    }

    fn batch(&mut self, name: &str, bytes: &[u8]) -> Result<(), JournalFault> {
        let damaged = |what: String| JournalFault::Damaged { file: name.to_owned(), what };
        let file: BatchFile = serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
        if file.log != 1 {
            return Err(damaged(format!("it is of version {}", file.log)));
        }
        if file.from != self.size() || name != batch_name(file.from) {
            return Err(JournalFault::Cut { have: self.size(), next: name.to_owned() });
        }
        for line in &file.leaves {
            let leaf = Leaf::parse(line.as_bytes()).map_err(|error| damaged(error.to_string()))?;
            self.tree.push(leaf_hash(line.as_bytes()));
            self.leaves.push(leaf);
        }
        let other = |what: String| JournalFault::OtherKey { file: name.to_owned(), what };
        let opened = Checkpoint::open(file.checkpoint.as_bytes(), &self.origin, &self.keys);
        let (checkpoint, verified) = opened.map_err(|error| other(error.to_string()))?;
        let by: Vec<[u8; 4]> = verified.iter().map(|one| one.id).collect();
        self.trust(&by, file.from).map_err(|what| other(what.to_owned()))?;
        if checkpoint.size != self.size() || checkpoint.root != self.tree.root() || file.leaves.is_empty() {
            return Err(JournalFault::Forked { file: name.to_owned() });
        }
        self.batches.push(Batch { from: file.from, size: checkpoint.size, signed: file.checkpoint, by, seen: Vec::new(), stamp: None });
        Ok(())
    }

    pub(super) fn file(&mut self, paper: Paper) {
        self.editions.entry(paper.key()).or_default().push(paper.index);
        self.papers.insert(paper.index, paper);
    }

    /// Every leaf has its paper, every paper opens its leaf's commitment, and only what was erased has none.
    fn complete(&mut self) -> Result<(), JournalFault> {
        // What goes on under another name has its earlier leaves there.
        let followed: Vec<(u64, Paper)> =
            self.papers.values().filter_map(|paper| Some((self.leaf(paper.index)?.p?, paper.clone()))).collect();
        followed.iter().for_each(|(previous, paper)| self.moved(Some(*previous), paper));
        self.editions.values_mut().for_each(|indexes| indexes.sort_unstable());
        let erased: BTreeSet<&str> = self.leaves.iter().filter(|leaf| leaf.action == Action::Erased).map(|leaf| leaf.id.as_str()).collect();
        for (at, leaf) in self.leaves.iter().enumerate() {
            let file = || {
                self.batches
                    .iter()
                    .find(|batch| (batch.from..batch.size).contains(&(at as u64)))
                    .map_or_else(String::new, |batch| papers_name(batch.from))
            };
            let damaged = |what: String| JournalFault::Damaged { file: file(), what };
            if leaf.action == Action::Key {
                continue;
            }
            let Some(paper) = self.papers.get(&(at as u64)) else { return Err(damaged(format!("leaf {at} has no line"))) };
            match (paper.salt, paper.sha256) {
                (Some(salt), Some(sha256)) if commitment(&salt, &sha256) == leaf.c => {}
                (Some(_), Some(_)) => return Err(damaged(format!("the line of leaf {at} does not open it"))),
                _ if leaf.action == Action::Erased || erased.contains(leaf.id.as_str()) => {}
                _ => return Err(damaged(format!("the salt of leaf {at} is gone, though its record was not erased"))),
            }
        }
        Ok(())
    }

    /// Whether this state goes on from what the public has seen: `note` is the live site's checkpoint.
    pub fn goes_on_from(&self, note: &str) -> Result<(), JournalFault> {
        let opened = Checkpoint::open(note.as_bytes(), &self.origin, &self.keys);
        let (live, _) = opened.map_err(|error| JournalFault::LiveKey { what: error.to_string() })?;
        if live.size > self.size() {
            return Err(JournalFault::Older { live: live.size, have: self.size() });
        }
        if self.tree.root_at(live.size) == Some(live.root) { Ok(()) } else { Err(JournalFault::LiveForked { size: live.size }) }
    }

    /// The name of the log.
    pub fn origin(&self) -> &str {
        &self.origin
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.leaves.len() as u64
    }

    /// The root of all leaves.
    pub fn root(&self) -> Hash {
        self.tree.root()
    }

    /// The keys that may sign, today's first.
    pub fn keys(&self) -> &[VerifierKey] {
        &self.keys
    }

    /// The bytes of a tile or bundle; nothing where the log does not reach so far.
    pub fn tile(&self, path: &TilePath) -> Vec<u8> {
        match path.kind {
            TileKind::Hashes(_) => tiles::tile(&self.tree, path).unwrap_or_default(),
            TileKind::Entries => {
                let first = usize::try_from(path.index * 256).unwrap_or(usize::MAX);
                let leaves = self.leaves.iter().skip(first).take(usize::from(path.width));
                tiles::bundle(&leaves.map(Leaf::line).collect::<Vec<_>>()).unwrap_or_default()
            }
        }
    }

    /// The tree.
    pub fn tree(&self) -> &Tree {
        &self.tree
    }

    /// The leaves, in their order.
    pub fn leaves(&self) -> &[Leaf] {
        &self.leaves
    }

    /// A leaf by its place.
    pub fn leaf(&self, index: u64) -> Option<&Leaf> {
        self.leaves.get(usize::try_from(index).ok()?)
    }

    /// The steps, oldest first.
    pub fn batches(&self) -> &[Batch] {
        &self.batches
    }

    /// The step that a leaf came with.
    pub fn batch_of(&self, index: u64) -> Option<&Batch> {
        self.batches.get(self.batches.partition_point(|batch| batch.size <= index))
    }

    /// The tiles and bundles that are served: those of today's size, and partial ones of earlier checkpoints until the full
    /// one is there (C2SP tlog-tiles).
    pub fn tiles(&self) -> BTreeSet<TilePath> {
        let all = self.batches.iter().flat_map(|batch| tiles::tiles_of(batch.size).chain(tiles::bundles_of(batch.size)));
        let full = |path: &TilePath| TilePath { width: tiles::FULL, ..*path };
        let now: BTreeSet<TilePath> = tiles::tiles_of(self.size()).chain(tiles::bundles_of(self.size())).collect();
        all.filter(|path| path.width == tiles::FULL || !now.contains(&full(path))).collect()
    }

    /// Who each leaf is about.
    pub fn papers(&self) -> impl Iterator<Item = &Paper> {
        self.papers.values()
    }

    /// Who a leaf is about.
    pub fn paper(&self, index: u64) -> Option<&Paper> {
        self.papers.get(&index)
    }

    /// The leaves of each edition, oldest first.
    pub fn editions(&self) -> &BTreeMap<(RecordId, Lang), Vec<u64>> {
        &self.editions
    }

    /// The newest leaf of each edition.
    pub fn newest(&self) -> impl Iterator<Item = (&Leaf, &Paper)> {
        self.editions.values().filter_map(|indexes| self.at(*indexes.last()?))
    }

    /// The newest leaf of an edition.
    pub fn edition(&self, record: &RecordId, lang: Lang) -> Option<(&Leaf, &Paper)> {
        self.at(*self.editions.get(&(record.clone(), lang))?.last()?)
    }

    pub(super) fn at(&self, index: u64) -> Option<(&Leaf, &Paper)> {
        Some((self.leaf(index)?, self.papers.get(&index)?))
    }

    /// The files that hold the texts of these leaves.
    pub fn texts_of(&self, indexes: impl Iterator<Item = u64>) -> BTreeSet<String> {
        indexes.filter_map(|index| self.batch_of(index)).map(|batch| texts_name(batch.from)).collect()
    }
}
