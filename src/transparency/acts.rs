//! In: a site's editions as their `record.json` tells them, and the log. Out: the acts that the log does not hold yet, and
//! a finding for each change that would rewrite what was published.
//!
//! Lawful without a word are a new edition, and a field that only grew (a timeline, documents, an outcome). Anything else
//! needs a note that readers see: a new entry in `revisions:`, or in the `timeline:` of kinds that have one. What is gone
//! needs a tombstone. Pages and services are living documents: each of their changes is a version, none needs a note.

use super::change::{Change, Refusal, change};
use super::journal::{Journal, Paper};
use super::leaf::{Action, Reason, stamp};
use crate::model::finding::{Finding, Findings, Place};
use crate::model::lang::Lang;
use crate::model::log::Tombstone;
use crate::model::record::RecordId;
use std::collections::{BTreeMap, BTreeSet};

/// An edition as it would be published.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The record.
    pub record: RecordId,
    /// The language.
    pub lang: Lang,
    /// The kind.
    pub kind: &'static str,
    /// The file, for findings.
    pub file: String,
    /// The address of its page.
    pub route: String,
    /// Former addresses, as typed.
    pub aliases: Vec<String>,
    /// Whether a correction of it has been published.
    pub corrected: bool,
    /// Its `record.json`.
    pub json: Vec<u8>,
    /// The SHA-256 of that.
    pub sha256: [u8; 32],
}

impl Entry {
    fn key(&self) -> (RecordId, Lang) {
        (self.record.clone(), self.lang)
    }
}

/// Something that happened to an edition and is not in the log yet.
#[derive(Debug, Clone)]
pub struct Act {
    /// What.
    pub action: Action,
    /// Why.
    pub reason: Reason,
    /// The record.
    pub record: RecordId,
    /// The language.
    pub lang: Lang,
    /// The kind.
    pub kind: String,
    /// The address of its page.
    pub route: String,
    /// Its `record.json` and the hash of that; nothing where the text is taken out.
    pub paper: Option<(Vec<u8>, [u8; 32])>,
    /// The place of the leaf of its previous version.
    pub previous: Option<u64>,
}

/// What a comparison found.
#[derive(Debug, Default)]
pub struct Weighed {
    /// What is to be logged.
    pub acts: Vec<Act>,
    /// Editions whose file changed in nothing that matters: the place of the leaf that still stands for them.
    pub same: BTreeMap<(RecordId, Lang), u64>,
    /// What would rewrite history.
    pub findings: Findings,
}

/// The text of an earlier version, by the place of its leaf; none where it was erased.
pub type Texts<'t> = &'t dyn Fn(u64) -> Option<String>;

/// Compares what would be published with what was.
pub fn weigh(entries: &[Entry], tombstones: &[Tombstone], journal: &Journal, texts: Texts<'_>) -> Weighed {
    let mut weighing = Weighing { journal, texts, tombstones, out: Weighed::default(), moved: BTreeSet::new() };
    let present: BTreeMap<(RecordId, Lang), &Entry> = entries.iter().map(|entry| (entry.key(), entry)).collect();
    let gone: Vec<&Paper> = journal
        .newest()
        .filter(|(leaf, paper)| leaf.action != Action::Erased && !present.contains_key(&paper.key()))
        .map(|(_, paper)| paper)
        .collect();
    entries.iter().for_each(|entry| weighing.entry(entry, &gone));
    let moved = std::mem::take(&mut weighing.moved);
    gone.iter().filter(|paper| !moved.contains(&paper.index)).for_each(|paper| weighing.gone(paper, entries));
    weighing.out
}

struct Weighing<'w> {
    journal: &'w Journal,
    texts: Texts<'w>,
    tombstones: &'w [Tombstone],
    out: Weighed,
    /// Leaves of editions that go on under another name.
    moved: BTreeSet<u64>,
}

impl Weighing<'_> {
    fn entry(&mut self, entry: &Entry, gone: &[&Paper]) {
        if let Some(tombstone) = self.tombstones.iter().find(|tombstone| tombstone.record == entry.record) {
            let message = format!("`{}` says that this record was erased, and its text is still here.", tombstone.file);
            return self.refuse(
                "log-erased",
                Place::file(&entry.file),
                message,
                "Delete this file. If the record was not to be erased and that was never published, delete the tombstone.",
            );
        }
        match self.journal.edition(&entry.record, entry.lang) {
            Some((leaf, _)) if leaf.action == Action::Erased => {
                let message = "This record was erased, and a file with its name is here again.";
                self.refuse(
                    "log-erased",
                    Place::file(&entry.file),
                    message,
                    "Give it another file name: what was erased does not come back under its address.",
                );
            }
            Some((_, paper)) if paper.sha256 == Some(entry.sha256) => {}
            Some((_, paper)) => self.changed(entry, paper, false),
            None => match gone
                .iter()
                .find(|paper| paper.lang == entry.lang && entry.aliases.iter().any(|alias| same_address(alias, &paper.route)))
            {
                Some(paper) => {
                    self.moved.insert(paper.index);
                    self.changed(entry, paper, true);
                }
                None => self.first(entry),
            },
        }
    }

    fn first(&mut self, entry: &Entry) {
        let taken = self.journal.papers().find(|paper| same_address(&paper.route, &entry.route) && paper.key() != entry.key());
        if let Some(other) = taken.filter(|other| {
            self.journal.newest().any(|(_, newest)| newest.key() == other.key() && same_address(&newest.route, &entry.route))
        }) {
            let message = format!("The address `{}` was that of `{}`, which the log remembers.", entry.route, other.record);
            return self.refuse(
                "log-address-reused",
                Place::file(&entry.file),
                message,
                "Give this record another file name; an address that was once published means one record for ever.",
            );
        }
        self.out.acts.push(act(entry, Action::Published, Reason::None, None));
    }

    fn changed(&mut self, entry: &Entry, paper: &Paper, moved: bool) {
        let since = self.journal.leaf(paper.index).map(|leaf| stamp(leaf.t)).unwrap_or_default();
        let before = (self.texts)(paper.index);
        match change(before.as_deref(), &entry.json, &since, moved) {
            Ok(Change::Nothing) => drop(self.out.same.insert(entry.key(), paper.index)),
            Ok(Change::Revised) => {
                let reason = if entry.corrected { Reason::Correction } else { Reason::None };
                self.out.acts.push(act(entry, Action::Revised, reason, Some(paper.index)));
            }
            Ok(Change::Withdrawn(reason)) => self.out.acts.push(act(entry, Action::Withdrawn, reason, Some(paper.index))),
            Err(refusal) => {
                let Refusal { code, field, message, help } = refusal;
                let place = if field.is_empty() { Place::file(&entry.file) } else { Place::field(&entry.file, field) };
                self.refuse(code, place, message, &help);
            }
        }
    }

    fn gone(&mut self, paper: &Paper, entries: &[Entry]) {
        if let Some(tombstone) = self.tombstones.iter().find(|tombstone| tombstone.record == paper.record) {
            let leaf = self.journal.leaf(paper.index);
            self.out.acts.push(Act {
                action: Action::Erased,
                reason: Reason::of(tombstone.reason).unwrap_or(Reason::DataProtection),
                record: paper.record.clone(),
                lang: paper.lang,
                kind: leaf.map(|leaf| leaf.k.clone()).unwrap_or_default(),
                route: paper.route.clone(),
                paper: None,
                previous: Some(paper.index),
            });
            return;
        }
        let file = format!("content/{}.md", paper.record);
        let text = (self.texts)(paper.index).and_then(|text| serde_json::from_str::<serde_json::Value>(&text).ok());
        let twin = text.as_ref().and_then(|old| entries.iter().find(|entry| is_twin(old, entry)));
        let (code, message, help) = match twin {
            Some(twin) => (
                "log-renumbered",
                format!("`{}` ({}) was published and is gone; its text now stands in `{}`.", paper.record, paper.lang, twin.file),
                format!(
                    "Give the file its old name back; or write `aliases: [{}]` and a note in `revisions:` in `{}`, so that readers and the log find it there.",
                    paper.route, twin.file
                ),
            ),
            None => (
                "log-removed",
                format!(
                    "`{}` ({}) was published at `{}` and would vanish: its file is gone, a draft, or planned for later.",
                    paper.record, paper.lang, paper.route
                ),
                format!(
                    "Put the file back. If it no longer holds, `promulgate withdraw {}` says so on its page. If the law wants its text gone, `promulgate erase {} --reason data-protection` writes the tombstone.",
                    paper.record, paper.record
                ),
            ),
        };
        self.refuse(code, Place::file(file), message, &help);
    }

    fn refuse(&mut self, code: &'static str, place: Place, message: impl Into<String>, help: &str) {
        self.out.findings.push(Finding::error(code, place, message, help));
    }
}

fn act(entry: &Entry, action: Action, reason: Reason, previous: Option<u64>) -> Act {
    Act {
        action,
        reason,
        record: entry.record.clone(),
        lang: entry.lang,
        kind: entry.kind.to_owned(),
        route: entry.route.clone(),
        paper: Some((entry.json.clone(), entry.sha256)),
        previous,
    }
}

/// Whether an edition tells what a vanished one told: the same text, or the same reference and title.
fn is_twin(old: &serde_json::Value, entry: &Entry) -> bool {
    let Ok(new) = serde_json::from_slice::<serde_json::Value>(&entry.json) else { return false };
    let has_text = old["text"].as_str().is_some_and(|text| !text.is_empty());
    let same = |at: &str| old.pointer(at).is_some() && old.pointer(at) == new.pointer(at);
    same("/language") && same("/kind") && (has_text && same("/text") || same("/fields/reference") && same("/title"))
}

/// Addresses are the same with or without a slash or `index.html` at the end, and in capitals.
fn same_address(one: &str, other: &str) -> bool {
    let bare = |address: &str| address.trim_matches('/').trim_end_matches("index.html").trim_end_matches('/').to_lowercase();
    bare(one) == bare(other)
}
