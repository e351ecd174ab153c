//! In: a site and the state of its log. Out: what is to be logged, or why it may not be; the log's files beside the pages.
//!
//! `build` compares and refuses; only a run that was given the signing key takes the log on: its step becomes durable in
//! the state after everything else has passed and before the new site takes the old one's place. A crash between the two
//! is mended by the next build, which finds the step in the state.

use super::RunError;
use super::telling::Ways;
use crate::formats::record_json;
use crate::io::disk;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::lang::Lang;
use crate::model::log::{LogCheckpoint, LogSettings, Logged, SiteLog, Version};
use crate::model::record::{Record, RecordId};
use crate::model::route::Route;
use crate::model::settings::Settings;
use crate::model::site::{Edition, Item, Site};
use crate::model::source::Asset;
use crate::model::state::{LogFiles, StateError, StateStore};
use crate::model::transport::{Method, Request, Transport};
use crate::transparency::acts::{Entry, Weighed, weigh};
use crate::transparency::journal::{self, Journal};
use crate::transparency::journal_step::Step;
use crate::transparency::keys::{Kind, SigningKey, VerifierKey};
use crate::transparency::leaf::Action;
use crate::transparency::manifest_note::ManifestNote;
use crate::transparency::note::sign_all;
use jiff::Timestamp;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

/// A run that may sign: where the log is kept, and its key.
pub struct Signer<'s> {
    /// The state, locked.
    pub store: &'s mut (dyn StateStore + Send),
    /// The keys, in the order of the settings.
    pub keys: Vec<SigningKey>,
    /// 32 random bytes at each call.
    pub fresh: &'s mut (dyn FnMut() -> [u8; 32] + Send),
    /// The checkpoint that the live site shows; none where it has none yet, or nobody asked.
    pub live: Option<String>,
}

/// Reads files of the log.
pub type Shelf<'s> = &'s mut dyn FnMut(&dyn Fn(&str) -> bool) -> Result<LogFiles, StateError>;

/// The log during a run.
pub struct Logging {
    pub(super) journal: Arc<Journal>,
    weighed: Weighed,
    files: LogFiles,
    step: Option<Step>,
    at: Timestamp,
}

/// The keys that the settings name.
pub fn keys(settings: &LogSettings, findings: &mut Findings) -> Option<Vec<VerifierKey>> {
    let parsed: Result<Vec<VerifierKey>, _> = settings.keys.iter().map(|key| VerifierKey::parse(key)).collect();
    parsed
        .map_err(|error| {
            let place = Place::field(disk::SETTINGS, "log.key");
            findings.push(Finding::error(
                "bad-settings",
                place,
                format!("This is no verifier key: {error}."),
                "Write the line that `promulgate keygen` gave you.",
            ));
        })
        .ok()
}

/// Witnesses whose keys are none, or not those of a witness.
fn witnesses(settings: &LogSettings) -> Findings {
    let is_wrong = |key: &str| !VerifierKey::parse(key).is_ok_and(|key| key.kind() == Kind::Cosignature);
    let wrong = settings.witnesses.iter().enumerate().filter(|(_, witness)| is_wrong(&witness.key)).map(|(at, _)| at);
    let finding = |at: usize| {
        Finding::error(
            "bad-settings",
            Place::field(disk::SETTINGS, format!("log.witnesses.{at}.key")),
            "This is not the verifier key of a witness.",
            "Write the line that the witness gave you; after its second `+` it begins with `B`.",
        )
    };
    wrong.map(finding).collect()
}

/// Opens the log of a site and compares it with what would be published; nothing for a site without a log. The guest is the
/// key of a rehearsal.
pub fn open(
    site: &mut Site,
    (root, guest): (&Path, Option<&VerifierKey>),
    shelf: Shelf<'_>,
    findings: &mut Findings,
) -> Result<Option<Logging>, RunError> {
    let Some(settings) = site.settings.log.clone() else { return Ok(None) };
    let Some(keys) = keys(&settings, findings) else { return Ok(None) };
    findings.extend(witnesses(&settings));
    hash(site, root)?;
    let files = shelf(&|name| !name.ends_with(".texts"))?;
    let journal = Journal::read(&files, &settings.origin, keys, guest)?;
    let entries = entries(site);
    let needed = journal.texts_of(wanted(&journal, &entries));
    let texts = texts(shelf(&|name| needed.contains(name))?)?;
    let weighed = weigh(&entries, &site.tombstones, &journal, &|index| texts.get(&index).cloned());
    findings.extend(weighed.findings.clone());
    site.log = Some(view(&journal, &weighed, &texts, &settings));
    let at = Timestamp::from_second(site.now.at.as_second()).unwrap_or(site.now.at);
    Ok(Some(Logging { journal: Arc::new(journal), weighed, files, step: None, at }))
}

/// Leaves whose texts are needed: earlier versions, which have pages, and what differs from the file.
fn wanted<'j>(journal: &'j Journal, entries: &'j [Entry]) -> impl Iterator<Item = u64> + 'j {
    let hashes: BTreeMap<(&RecordId, Lang), [u8; 32]> = entries.iter().map(|entry| ((&entry.record, entry.lang), entry.sha256)).collect();
    journal.editions().iter().flat_map(move |((record, lang), indexes)| {
        let newest = indexes.last().copied();
        let same = newest.and_then(|newest| journal.paper(newest)?.sha256) == hashes.get(&(record, *lang)).copied();
        indexes.iter().copied().filter(move |index| !same || Some(*index) != newest)
    })
}

fn texts(files: LogFiles) -> Result<BTreeMap<u64, String>, RunError> {
    let mut all = BTreeMap::new();
    for (name, bytes) in &files {
        all.extend(journal::texts(name, bytes)?);
    }
    Ok(all)
}

/// The files that editions name or link to, hashed: a changed document is a changed record.
fn hash(site: &mut Site, root: &Path) -> Result<(), RunError> {
    let mut named: Vec<&(Route, Asset)> = Vec::new();
    let mut seen = BTreeSet::new();
    let by_folder = record_json::by_folder(&site.assets);
    for (item, edition) in editions(site) {
        for at in record_json::attached(item, edition, &by_folder) {
            if seen.insert(&at.0) {
                named.push(at);
            }
        }
    }
    let tree = disk::open_root(root)?;
    let read = |(route, asset): &&(Route, Asset)| Ok((route.clone(), Sha256::digest(disk::read_asset(&tree, asset)?).into()));
    let hashes: Result<BTreeMap<Route, [u8; 32]>, RunError> = named.par_iter().map(read).collect();
    site.hashes = hashes?;
    Ok(())
}

pub(super) fn editions(site: &Site) -> impl Iterator<Item = (&Item, &Edition)> {
    site.items.iter().flat_map(|item| item.editions.iter().map(move |edition| (item, edition)))
}

fn entries(site: &Site) -> Vec<Entry> {
    // A run that sees drafts compares what the public would see.
    let is_public = |edition: &Edition| {
        let fields = &edition.record.fields;
        !fields.flag("draft") && fields.instant("publish_at").is_none_or(|at| at.timestamp() <= site.now.at)
    };
    let shown = |(item, edition): &(&Item, &Edition)| is_public(item.original()) && is_public(edition);
    let all: Vec<(&Item, &Edition)> = editions(site).filter(shown).collect();
    let entry = |(item, edition): &(&Item, &Edition)| {
        let record: &Record = &edition.record;
        let json = record_json::bytes(site, item, edition);
        Entry {
            record: item.id.clone(),
            lang: record.lang,
            kind: item.kind.name,
            file: record.source.path.to_string(),
            route: edition.route.href(),
            aliases: record.fields.texts("aliases").map(str::to_owned).collect(),
            corrected: !item.links.corrected_by.is_empty(),
            sha256: Sha256::digest(&json).into(),
            json,
        }
    };
    all.par_iter().map(entry).collect()
}

/// What pages are shown of the log.
fn view(journal: &Journal, weighed: &Weighed, texts: &BTreeMap<u64, String>, settings: &LogSettings) -> SiteLog {
    let pending: BTreeSet<(RecordId, Lang)> = weighed.acts.iter().map(|act| (act.record.clone(), act.lang)).collect();
    let text = |index: u64| texts.get(&index).map(|text| Arc::from(text.as_str()));
    let version = |index: &u64, newest: u64| {
        let leaf = journal.leaf(*index)?;
        Some(Version {
            n: u32::try_from(leaf.n).unwrap_or(u32::MAX),
            index: *index,
            size: journal.proven_by(*index)?.size,
            action: leaf.action.word(),
            reason: leaf.r.word(),
            at: leaf.t,
            record: if *index == newest { None } else { text(*index) },
        })
    };
    let editions = journal.editions().iter().filter_map(|(key, indexes)| {
        let newest = *indexes.last()?;
        let versions = indexes.iter().filter_map(|index| version(index, newest)).collect();
        let shown = weighed.same.get(key).and_then(|index| text(*index));
        let (id, route) = (journal.leaf(newest)?.id.clone(), journal.paper(newest)?.route.clone());
        Some((key.clone(), Logged { id, route, versions, shown, pending: pending.contains(key) }))
    });
    let checkpoints = journal.batches().iter().filter_map(|batch| {
        let at = journal.leaf(batch.size.checked_sub(1)?)?.t;
        Some(LogCheckpoint { size: batch.size, at, note: batch.note().into() })
    });
    SiteLog {
        origin: journal.origin().to_owned(),
        keys: settings.keys.clone(),
        size: journal.size(),
        checkpoints: checkpoints.collect(),
        editions: editions.collect(),
    }
}

impl Logging {
    /// How many acts are not in the log.
    pub fn pending(&self) -> usize {
        if self.step.is_some() { 0 } else { self.weighed.acts.len() }
    }

    /// Takes the acts into the log, in memory; pages then show them. Durable only with [`Logging::seal`].
    pub fn take_on(&mut self, signer: &mut Signer<'_>, site: &mut Site) -> Result<(), RunError> {
        let Some(settings) = site.settings.log.clone() else { return Ok(()) };
        if let Some(live) = &signer.live {
            self.journal.goes_on_from(live)?;
        }
        let keys: Vec<&VerifierKey> = signer.keys.iter().map(SigningKey::verifier).collect();
        self.journal.may_sign(&keys)?;
        // A log begins with a record; after that a new key is something to log by itself.
        let is_new = |key: &&VerifierKey| self.journal.size() > 0 && !self.journal.knows(key);
        if self.weighed.acts.is_empty() && !keys.iter().any(is_new) {
            return Ok(());
        }
        let acts = std::mem::take(&mut self.weighed.acts);
        let before: BTreeMap<u64, String> = match &site.log {
            Some(log) => log
                .editions
                .values()
                .flat_map(|edition| &edition.versions)
                .filter_map(|version| Some((version.index, version.record.as_ref()?.to_string())))
                .collect(),
            None => BTreeMap::new(),
        };
        // The versions that are replaced now have pages from now on.
        let replaced: BTreeSet<u64> = acts.iter().filter(|act| act.action != Action::Erased).filter_map(|act| act.previous).collect();
        let needed = self.journal.texts_of(replaced.into_iter());
        let mut all = texts(signer.store.log(&|name| needed.contains(name))?)?;
        all.extend(before);
        let Some(journal) = Arc::get_mut(&mut self.journal) else { return Ok(()) };
        self.step = Some(journal.step(acts, self.at, signer.fresh, &signer.keys)?);
        site.log = Some(view(journal, &self.weighed, &all, &settings));
        Ok(())
    }

    /// Makes the step durable, and gives the note about the manifest.
    pub fn seal(&mut self, signer: &mut Signer<'_>, manifest: &[u8]) -> Result<String, RunError> {
        if let Some(step) = self.step.take() {
            // No line of the ledger goes along: what is to be told follows from the records and what was told before, so a
            // run that dies here leaves nothing for the next one to miss.
            signer.store.advance(&step.files, &[])?;
            self.files.extend(step.files);
        }
        // At every seal, so that a run that died before it could forget is made good by the next one.
        if self.journal.leaves().iter().any(|leaf| leaf.action == Action::Erased) {
            let bare = self.journal.redacted(&signer.store.log(&|_| true)?);
            if !bare.is_empty() {
                signer.store.redact(&bare)?;
            }
        }
        let note = ManifestNote::of(self.journal.origin(), self.journal.size(), self.at, manifest);
        Ok(sign_all(&note.text(), &signer.keys.iter().collect::<Vec<_>>())?)
    }
}

/// The checkpoint that the live site shows; nothing where it has none, words where it could not be asked.
pub fn live_checkpoint(settings: &Settings, ways: &dyn Ways) -> Result<Option<String>, String> {
    let url = settings.absolute("/log/checkpoint");
    let mut request = Request::new(Method::Get, &url);
    request.headers.push(("cache-control", "no-cache".into()));
    let answer = ways.pages().http(&request).map_err(|error| format!("{url}: {error}"))?;
    match answer.status {
        200 => String::from_utf8(answer.body).map(Some).map_err(|_| format!("{url} is not text")),
        404 | 410 => Ok(None),
        other => Err(format!("{url} answers {other}")),
    }
}
