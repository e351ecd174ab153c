//! In: acts of publication, and the keys that sign. Out: the files of the log's next step; or what is left of its files
//! where a record was erased; or the proof of one leaf.

use super::acts::Act;
use super::checkpoint::Checkpoint;
use super::journal::{Batch, Files, Journal};
use super::keys::{SigningKey, VerifierKey};
use super::leaf::{self, Action, KEY_KIND, Leaf, NOTHING, Reason, commitment, opaque_id};
use super::note::{NoteError, sign_all};
use super::papers::{BatchFile, Paper, TextLine, batch_name, json_line, lines, papers_name, texts_name};
use super::proof::TlogProof;
use super::tree::leaf_hash;
use jiff::Timestamp;
use std::collections::BTreeSet;

/// The files of a step, the one that decides last.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// By name below `log/`; in this order they must become durable.
    pub files: Vec<(String, Vec<u8>)>,
}

impl Journal {
    /// Puts a leaf for each key that the log does not know; gives their lines.
    fn announce(&mut self, at: Timestamp, fresh: &mut dyn FnMut() -> [u8; 32], keys: &[SigningKey]) -> Vec<String> {
        // A log that begins with several keys begins with the oldest, which stands last in the settings.
        let founds = |key: &VerifierKey| {
            self.known.is_empty() && self.keys.iter().rfind(|own| keys.iter().any(|one| one.verifier() == *own)) == Some(key)
        };
        let new: Vec<_> =
            keys.iter().map(SigningKey::verifier).filter(|key| !self.knows(key) && !founds(key)).map(VerifierKey::fingerprint).collect();
        let mut lines = Vec::new();
        for c in new {
            let before = self.leaves.iter().enumerate().rev().find(|(_, leaf)| leaf.action == Action::Key);
            let leaf = Leaf {
                action: Action::Key,
                c,
                id: before.map_or_else(|| opaque_id(&half(fresh())), |(_, leaf)| leaf.id.clone()),
                k: KEY_KIND.to_owned(),
                n: before.map_or(1, |(_, leaf)| leaf.n + 1),
                p: before.map(|(index, _)| index as u64),
                r: Reason::None,
                t: at,
                v: leaf::VERSION,
            };
            lines.push(leaf.line());
            self.tree.push(leaf.hash());
            self.leaves.push(leaf);
        }
        lines
    }

    /// Takes the acts into the log: the files of the step, which must become durable before anything is published. `fresh`
    /// gives 32 random bytes each time; `at` is when the acts are published, RFC 3339 in UTC, to the second. Keys that the log
    /// does not know are announced first; every key signs.
    pub fn step(
        &mut self,
        acts: Vec<Act>,
        at: Timestamp,
        fresh: &mut dyn FnMut() -> [u8; 32],
        keys: &[SigningKey],
    ) -> Result<Step, NoteError> {
        let from = self.size();
        let (mut papers, mut texts) = (Vec::new(), Vec::new());
        let mut lines = self.announce(at, fresh, keys);
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
        let signed = sign_all(&checkpoint.text(), &keys.iter().collect::<Vec<_>>())?;
        let file = BatchFile { log: 1, from, leaves: lines, checkpoint: signed.clone() };
        let by: Vec<[u8; 4]> = keys.iter().map(|key| key.verifier().id()).collect();
        // Who may sign was looked at before (`may_sign`).
        let _ = self.trust(&by, from);
        self.batches.push(Batch { from, size: self.size(), signed, by, seen: Vec::new(), stamp: None });
        let files = [(texts_name(from), texts.concat()), (papers_name(from), papers.concat()), (batch_name(from), json_line(&file))];
        Ok(Step { files: files.into_iter().map(|(name, text)| (name, text.into_bytes())).collect() })
    }

    /// An edition that goes on under another name takes its earlier leaves along.
    pub(super) fn moved(&mut self, previous: Option<u64>, paper: &Paper) {
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

    /// The proof that a version was published, against the checkpoint of [`Journal::proven_by`]; none where its text was erased.
    pub fn proof(&self, index: u64) -> Option<String> {
        let (leaf, paper) = self.at(index)?;
        let batch = self.proven_by(index)?;
        let extra = leaf::extra(leaf, &paper.salt?);
        let hashes = self.tree.inclusion(index, batch.size);
        Some(TlogProof { extra: Some(extra), index, hashes, checkpoint: batch.note() }.text())
    }
}

fn half(random: [u8; 32]) -> [u8; 16] {
    std::array::from_fn(|at| random[at])
}
