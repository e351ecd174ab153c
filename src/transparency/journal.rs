//! In: the log's files as the state keeps them. Out: the log, checked leaf by leaf; and the files of its next step.
//!
//! Three files a step, named by the size before it, twelve digits: `NNN.json` (contract `log/1`: the leaves and the signed
//! checkpoint, nothing else; it is made exclusively, and so is the compare-and-swap), `NNN.papers` (who the leaves are
//! about, and their salts), `NNN.texts` (each version's `record.json`). The last two lose lines when a record is erased;
//! the first never changes. A state that was cut, changed, forked or signed by another key is refused, each in its words.

use super::acts::Act;
use super::checkpoint::Checkpoint;
use super::encoding::{hex, unhex};
use super::keys::{SigningKey, VerifierKey};
use super::leaf::{self, Action, Leaf, NOTHING, commitment, opaque_id};
use super::note::{NoteError, sign};
use super::proof::TlogProof;
use super::tiles::{self, TileKind, TilePath};
use super::tree::{Hash, Tree, leaf_hash};
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The files of a state's log, by name below `log/`.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A state of the log that cannot be gone on from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalFault {
    /// A file is not what the program wrote.
    #[error("`log/{file}` was changed or damaged: {what}")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// A step is missing.
    #[error("the log was cut: after {have} leaves the next step is `log/{next}`")]
    Cut {
        /// How many leaves are whole.
        have: u64,
        /// The file that comes after the gap.
        next: String,
    },
    /// A checkpoint is signed by nobody that the settings know.
    #[error("`log/{file}` is not signed by the key in `log:` of the settings: {what}")]
    OtherKey {
        /// The file.
        file: String,
        /// What the check said.
        what: String,
    },
    /// The public has seen more than this state holds.
    #[error("the live site's log has {live} leaves and this state has {have}: the state is older than what was published")]
    Older {
        /// Leaves of the live log.
        live: u64,
        /// Leaves of the state.
        have: u64,
    },
    /// The public has seen another history.
    #[error("the live site's log tells another history than this state from its first {size} leaves on: two states have been published")]
    LiveForked {
        /// Leaves of the live log.
        size: u64,
    },
    /// The live checkpoint is not the log's.
    #[error("the live site's checkpoint is not signed by the key in `log:` of the settings: {what}")]
    LiveKey {
        /// What the check said.
        what: String,
    },
    /// A checkpoint does not fit the leaves before it.
    #[error("`log/{file}` signs another history than the leaves tell")]
    Forked {
        /// The file.
        file: String,
    },
}

/// Who a leaf is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// The place of the leaf.
    #[serde(rename = "i")]
    pub index: u64,
    /// The record.
    pub record: RecordId,
    /// The language.
    pub lang: Lang,
    /// The address of its page.
    pub route: String,
    /// The salt of the commitment; none where the text was erased.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "hex32")]
    pub salt: Option<[u8; 32]>,
    /// The SHA-256 of `record.json`; none where the text was erased.
    #[serde(default, skip_serializing_if = "Option::is_none", with = "hex32")]
    pub sha256: Option<[u8; 32]>,
}

impl Paper {
    /// The edition.
    pub fn key(&self) -> (RecordId, Lang) {
        (self.record.clone(), self.lang)
    }
}

#[derive(Debug, Serialize, Deserialize)]
struct BatchFile {
    log: u32,
    from: u64,
    leaves: Vec<String>,
    checkpoint: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct TextLine {
    i: u64,
    text: String,
}

/// One signed step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch {
    /// The size before it.
    pub from: u64,
    /// The size after it.
    pub size: u64,
    /// The signed checkpoint.
    pub note: String,
}

/// The files of a step, the one that decides last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// By name below `log/`; in this order they must become durable.
    pub files: Vec<(String, Vec<u8>)>,
}

/// The log.
pub struct Journal {
    origin: String,
    keys: Vec<VerifierKey>,
    tree: Tree,
    leaves: Vec<Leaf>,
    batches: Vec<Batch>,
    papers: BTreeMap<u64, Paper>,
    editions: BTreeMap<(RecordId, Lang), Vec<u64>>,
}

impl Journal {
    /// A log without leaves.
    pub fn new(origin: &str, keys: Vec<VerifierKey>) -> Journal {
        Journal {
            origin: origin.to_owned(),
            keys,
            tree: Tree::new(),
            leaves: Vec::new(),
            batches: Vec::new(),
            papers: BTreeMap::new(),
            editions: BTreeMap::new(),
        }
    }

    /// Reads and checks all.
    pub fn read(files: &Files, origin: &str, keys: Vec<VerifierKey>) -> Result<Journal, JournalFault> {
        let mut journal = Journal::new(origin, keys);
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".json")) {
            journal.batch(name, bytes)?;
        }
        for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".papers")) {
            let lines: Vec<Paper> = lines(name, bytes)?;
            let size = journal.size();
            lines.into_iter().filter(|paper| paper.index < size).for_each(|paper| journal.file(paper));
        }
        journal.complete()?;
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
        let opened = Checkpoint::open(file.checkpoint.as_bytes(), &self.origin, &self.keys);
        let (checkpoint, _) = opened.map_err(|error| JournalFault::OtherKey { file: name.to_owned(), what: error.to_string() })?;
        if checkpoint.size != self.size() || checkpoint.root != self.tree.root() || file.leaves.is_empty() {
            return Err(JournalFault::Forked { file: name.to_owned() });
        }
        self.batches.push(Batch { from: file.from, size: checkpoint.size, note: file.checkpoint });
        Ok(())
    }

    fn file(&mut self, paper: Paper) {
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
        self.batches.iter().find(|batch| (batch.from..batch.size).contains(&index))
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

    fn at(&self, index: u64) -> Option<(&Leaf, &Paper)> {
        Some((self.leaf(index)?, self.papers.get(&index)?))
    }

    /// The files that hold the texts of these leaves.
    pub fn texts_of(&self, indexes: impl Iterator<Item = u64>) -> BTreeSet<String> {
        indexes.filter_map(|index| self.batch_of(index)).map(|batch| texts_name(batch.from)).collect()
    }

    /// Takes the acts into the log: the files of the step, which must become durable before anything is published. `fresh`
    /// gives 32 random bytes each time; `at` is when the acts are published, RFC 3339 in UTC, to the second.
    pub fn step(
        &mut self,
        acts: Vec<Act>,
        at: Timestamp,
        fresh: &mut dyn FnMut() -> [u8; 32],
        key: &SigningKey,
    ) -> Result<Step, NoteError> {
        let from = self.size();
        let (mut lines, mut papers, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        for act in acts {
            let index = self.size();
            let before = act.previous.and_then(|previous| self.leaf(previous).cloned());
            let opened = act.paper.as_ref().map(|(_, sha256)| (fresh(), *sha256));
            let leaf = Leaf {
                action: act.action,
                c: opened.map_or(NOTHING, |(salt, sha256)| commitment(&salt, &sha256)),
                id: before.as_ref().map_or_else(|| opaque_id(&half(fresh())), |before| before.id.clone()),
                k: act.kind,
                n: before.as_ref().map_or(1, |before| before.n + 1),
                p: act.previous,
                r: act.reason,
                t: at,
                v: 1,
            };
            let line = leaf.line();
            let (salt, sha256) = opened.unzip();
            let paper = Paper { index, record: act.record, lang: act.lang, route: act.route, salt, sha256 };
            papers.push(json_line(&paper));
            if let Some((text, _)) = act.paper {
                texts.push(json_line(&TextLine { i: index, text: String::from_utf8_lossy(&text).into_owned() }));
            }
            self.tree.push(leaf_hash(line.as_bytes()));
            self.leaves.push(leaf);
            self.moved(act.previous, &paper);
            self.file(paper);
            lines.push(line);
        }
        let checkpoint = Checkpoint { origin: self.origin.clone(), size: self.size(), root: self.tree.root() };
        let note = sign(&checkpoint.text(), key)?;
        let file = BatchFile { log: 1, from, leaves: lines, checkpoint: note.clone() };
        self.batches.push(Batch { from, size: self.size(), note });
        let files = [(texts_name(from), texts.concat()), (papers_name(from), papers.concat()), (batch_name(from), json_line(&file))];
        Ok(Step { files: files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect() })
    }

    /// An edition that goes on under another name takes its earlier leaves along.
    fn moved(&mut self, previous: Option<u64>, paper: &Paper) {
        let Some(old) = previous.and_then(|previous| self.papers.get(&previous)).map(Paper::key).filter(|old| *old != paper.key()) else {
            return;
        };
        let earlier = self.editions.remove(&old).unwrap_or_default();
        self.editions.entry(paper.key()).or_default().extend(earlier);
    }

    /// The files without the salts and texts of what was erased, for those that still hold any.
    pub fn redacted(&self, files: &Files) -> Vec<(String, Vec<u8>)> {
        let erased: BTreeSet<&str> = self.leaves.iter().filter(|leaf| leaf.action == Action::Erased).map(|leaf| leaf.id.as_str()).collect();
        let is_erased = |index: u64| self.leaf(index).is_some_and(|leaf| erased.contains(leaf.id.as_str()));
        let papers = files.iter().filter(|(name, _)| name.ends_with(".papers")).filter_map(|(name, bytes)| {
            let all: Vec<Paper> = lines(name, bytes).ok()?;
            let touched = all.iter().any(|paper| is_erased(paper.index) && paper.salt.is_some());
            let bare =
                |paper: &Paper| if is_erased(paper.index) { Paper { salt: None, sha256: None, ..paper.clone() } } else { paper.clone() };
            touched.then(|| (name.clone(), all.iter().map(|paper| json_line(&bare(paper))).collect::<String>().into_bytes()))
        });
        let texts = files.iter().filter(|(name, _)| name.ends_with(".texts")).filter_map(|(name, bytes)| {
            let all: Vec<TextLine> = lines(name, bytes).ok()?;
            let touched = all.iter().any(|line| is_erased(line.i));
            touched.then(|| (name.clone(), all.iter().filter(|line| !is_erased(line.i)).map(json_line).collect::<String>().into_bytes()))
        });
        papers.chain(texts).collect()
    }

    /// The proof that a version was published, against the checkpoint that it came with; none where its text was erased.
    pub fn proof(&self, index: u64) -> Option<String> {
        let (leaf, paper) = self.at(index)?;
        let batch = self.batch_of(index)?;
        let extra = leaf::extra(leaf, &paper.salt?);
        let hashes = self.tree.inclusion(index, batch.size);
        Some(TlogProof { extra: Some(extra), index, hashes, checkpoint: batch.note.clone() }.text())
    }
}

/// The texts of a file, by the place of the leaf.
pub fn texts(name: &str, bytes: &[u8]) -> Result<BTreeMap<u64, String>, JournalFault> {
    let all: Vec<TextLine> = lines(name, bytes)?;
    Ok(all.into_iter().map(|line| (line.i, line.text)).collect())
}

/// The name of the file that decides about a step.
pub fn batch_name(from: u64) -> String {
    format!("{from:012}.json")
}

fn papers_name(from: u64) -> String {
    format!("{from:012}.papers")
}

fn texts_name(from: u64) -> String {
    format!("{from:012}.texts")
}

fn lines<T: for<'de> Deserialize<'de>>(name: &str, bytes: &[u8]) -> Result<Vec<T>, JournalFault> {
    let parse = |(at, line): (usize, &[u8])| {
        serde_json::from_slice(line)
            .map_err(|error| JournalFault::Damaged { file: name.to_owned(), what: format!("line {}: {error}", at + 1) })
    };
    bytes.split(|byte| *byte == b'\n').filter(|line| !line.is_empty()).enumerate().map(parse).collect()
}

fn json_line<T: Serialize>(value: &T) -> String {
    let mut text = serde_json::to_string(value).expect("text and numbers can always be written");
    text.push('\n');
    text
}

fn half(random: [u8; 32]) -> [u8; 16] {
    std::array::from_fn(|at| random[at])
}

mod hex32 {
    //! 32 bytes as 64 hex digits.

    use serde::{Deserialize, Deserializer, Serializer};

    pub(super) fn serialize<S: Serializer>(value: &Option<[u8; 32]>, out: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(bytes) => out.serialize_str(&super::hex(bytes)),
            None => out.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<[u8; 32]>, D::Error> {
        let text: Option<String> = Option::deserialize(from)?;
        text.map(|text| super::unhex(&text).ok_or_else(|| serde::de::Error::custom("64 hex digits were expected"))).transpose()
    }
}
