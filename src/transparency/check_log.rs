//! In: the files of a log. Out: its entries, once every tile, bundle and checkpoint leads to what was signed.
//!
//! Trust begins with one key. A `key` entry below a checkpoint that a trusted key has signed adds its key for what comes
//! after; nothing else does. Sizes are taken from hostile files, so nothing is made as large as they say.

use super::checkpoint::{Checkpoint, CheckpointError};
use super::leaf::{Action, Leaf};
use super::note::{Note, NoteError, VerifierKey};
use super::site::{Demand, Falsehood, Report, Site, Unreachable, of};
use super::tiles::{self, FULL, TileKind};
use super::tree::{Tree, leaf_hash};
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Where the log lies below the site's root.
pub const LOG: &str = "log/";
/// Most entries that are read; a hundred a day for fifty years.
const MOST: u64 = 2_000_000;

/// A log whose files lead to what was signed.
#[derive(Debug, Default)]
pub struct History {
    /// The tree.
    pub tree: Tree,
    /// The entries.
    pub entries: Vec<Vec<u8>>,
    /// What they mean; none for one that is no leaf.
    pub leaves: Vec<Option<Leaf>>,
    /// The keys that are trusted for it.
    pub keys: Vec<VerifierKey>,
    /// Where the log announces the key that trust began with; none where it had it from the start.
    pub before: Option<u64>,
}

impl History {
    /// A checkpoint that a trusted key has signed. One from before the key that trust began with is accepted without, if
    /// the entries lead to its root: it says nothing that the newer signatures do not say.
    pub(super) fn open(&self, note: &[u8]) -> Result<Checkpoint, CheckpointError> {
        let origin = self.keys[0].name();
        match Checkpoint::open(note, origin, &self.keys) {
            Err(CheckpointError::Note(NoteError::Unsigned)) => {
                let early = Checkpoint::parse(Note::parse(note)?.text())?;
                let from_before = self.before.is_some_and(|before| early.size <= before);
                let same = from_before && early.origin == origin && self.tree.root_at(early.size) == Some(early.root);
                if same { Ok(early) } else { Err(NoteError::Unsigned.into()) }
            }
            other => other.map(|(checkpoint, _)| checkpoint),
        }
    }
}

/// Reads the log and checks it; `sizes` are those of which the site has a checkpoint. None where there is nothing to go on
/// with.
pub(super) fn history(
    site: &dyn Site,
    demand: &Demand,
    sizes: &BTreeSet<u64>,
    report: &mut Report,
) -> Result<Option<History>, Unreachable> {
    let origin = demand.key.name();
    let path = format!("{LOG}checkpoint");
    let Some(note) = site.get(&path)? else {
        report.fault(Falsehood::Checkpoint, &path, "The log's checkpoint is missing.");
        return Ok(None);
    };
    // Only how much to read; the signature is looked at when the entries are known.
    let claimed = match Note::parse(&note).map_err(Into::into).and_then(|note| Checkpoint::parse(note.text())) {
        Ok(claimed) => claimed,
        Err(error) => {
            report.fault(Falsehood::Checkpoint, &path, format!("The log's checkpoint is not accepted: {error}."));
            return Ok(None);
        }
    };
    let Some(entries) = entries(site, claimed.size, report)? else { return Ok(None) };
    let tree = Tree::of(&entries);
    let leaves: Vec<Option<Leaf>> = entries.par_iter().map(|entry| Leaf::parse(entry).ok()).collect();
    // Entries that lead to the latest root were not damaged since: an earlier root that differs is another history.
    let apart = if tree.root() == claimed.root { Falsehood::History } else { Falsehood::Log };
    let keys = demand.trust.log_keys(&demand.key);
    let before = announced(&keys, &leaves);
    let mut history = History { tree, entries, leaves, keys, before };
    let mut done = 0;
    for size in sizes {
        let path = format!("{LOG}checkpoints/{size}");
        let Some(note) = site.get(&path)? else {
            report.fault(Falsehood::Checkpoint, &path, "A checkpoint is missing.");
            continue;
        };
        if let Some(found) = open(&note, &path, apart, &history, report) {
            if found.size != *size {
                report.fault(Falsehood::Checkpoint, &path, format!("The checkpoint is one of {} entries, not of {size}.", found.size));
            }
            extend(site, &mut history, (done, found.size), report)?;
            done = done.max(found.size);
        }
    }
    let latest = open(&note, &path, apart, &history, report);
    if let Some(latest) = &latest {
        extend(site, &mut history, (done, latest.size), report)?;
        if sizes.last().is_some_and(|size| *size > latest.size) {
            report.fault(Falsehood::History, &path, "The site has a checkpoint of a longer log than the one it shows.");
        }
    }
    shown_key(site, &history, report)?;
    files(site, &history, sizes.iter().copied().chain([claimed.size]), report)?;
    if let (Some(latest), true) = (latest, report.holds()) {
        report.log = Some((latest.size, latest.root));
        report.proven.push(format!(
            "The log `{origin}` has {}; they give the root that its key has signed, and {} lead there.",
            entries_of(latest.size),
            of(sizes.len(), "earlier checkpoint")
        ));
    }
    Ok(Some(history))
}

/// Where the first of these keys is announced; none where one of them is announced nowhere, and so is there from the start.
fn announced(keys: &[VerifierKey], leaves: &[Option<Leaf>]) -> Option<u64> {
    let place = |key: &VerifierKey| {
        let fingerprint = key.fingerprint();
        let announces = |leaf: &Option<Leaf>| leaf.as_ref().is_some_and(|leaf| leaf.action == Action::Key && leaf.c == fingerprint);
        leaves.iter().position(announces).map(|index| index as u64)
    };
    let places: Option<Vec<u64>> = keys.iter().map(place).collect();
    places?.into_iter().min()
}

pub(super) fn entries_of(size: u64) -> String {
    if size == 1 { "1 entry".into() } else { format!("{size} entries") }
}

/// Reads the entries, some bundles at once, and stops at the first that is missing or broken.
fn entries(site: &dyn Site, size: u64, report: &mut Report) -> Result<Option<Vec<Vec<u8>>>, Unreachable> {
    if size > MOST {
        report.fault(Falsehood::Log, &format!("{LOG}checkpoint"), format!("The log claims {size} entries; at most {MOST} are read."));
        return Ok(None);
    }
    let mut entries = Vec::new();
    let mut bundles = tiles::bundles_of(size);
    loop {
        let some: Vec<_> = bundles.by_ref().take(64).collect();
        if some.is_empty() {
            return Ok(Some(entries));
        }
        let read: Vec<_> = some.par_iter().map(|bundle| site.get(&format!("{LOG}{bundle}"))).collect();
        for (bundle, bytes) in some.iter().zip(read) {
            let path = format!("{LOG}{bundle}");
            let why = match bytes?.map(|bytes| tiles::parse_bundle(&bytes)) {
                Some(Ok(found)) if found.len() == usize::from(bundle.width) => {
                    entries.extend(found);
                    continue;
                }
                Some(Ok(found)) => format!("The file holds {} instead of {}.", of(found.len(), "entry"), bundle.width),
                Some(Err(error)) => format!("The file is broken: {error}."),
                None => "Entries of the log are missing.".to_owned(),
            };
            report.fault(Falsehood::Log, &path, why);
            return Ok(None);
        }
    }
}

/// A checkpoint that a trusted key has signed and that the entries lead to.
fn open(note: &[u8], path: &str, apart: Falsehood, history: &History, report: &mut Report) -> Option<Checkpoint> {
    match history.open(note) {
        Err(error) => {
            report.fault(Falsehood::Checkpoint, path, format!("The checkpoint is not accepted: {error}."));
            None
        }
        Ok(found) if history.tree.root_at(found.size) != Some(found.root) => {
            let message = format!("The log's entries do not give the root that was signed for its first {}.", entries_of(found.size));
            report.fault(apart, path, message);
            None
        }
        Ok(found) => Some(found),
    }
}

/// Trusts the keys that entries below a signed checkpoint announce.
fn extend(site: &dyn Site, history: &mut History, (from, to): (u64, u64), report: &mut Report) -> Result<(), Unreachable> {
    let announced: Vec<_> = (from..to)
        .filter_map(|index| history.leaves.get(usize::try_from(index).ok()?)?.as_ref())
        .filter(|leaf| leaf.action == Action::Key)
        .map(|leaf| leaf.c)
        .collect();
    if announced.is_empty() {
        return Ok(());
    }
    let origin = history.keys[0].name().to_owned();
    let listed = site.list()?.unwrap_or_default();
    let names: Vec<&String> = listed.iter().filter(|path| path.starts_with("log/keys/")).collect();
    let mut known = Vec::new();
    for path in names {
        let text = site.get(path)?.and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default();
        match VerifierKey::parse(text.trim_end_matches('\n')) {
            Ok(key) if key.name() == origin && *path == format!("{LOG}keys/{}", key.id_text()) => known.push(key),
            _ => report.fault(Falsehood::Key, path, "The file is not the log's key of that name."),
        }
    }
    for commitment in announced {
        match known.iter().find(|key| key.fingerprint() == commitment) {
            Some(key) if history.keys.contains(key) => {}
            Some(key) => history.keys.push(key.clone()),
            None => report.fault(Falsehood::Key, "log/keys", "The log announces a key, and the key is not there."),
        }
    }
    Ok(())
}

/// Whether the key that the site shows is one that the log leads to.
fn shown_key(site: &dyn Site, history: &History, report: &mut Report) -> Result<(), Unreachable> {
    let path = format!("{LOG}vkey");
    let Some(bytes) = site.get(&path)? else { return Ok(()) };
    let key = std::str::from_utf8(&bytes).ok().and_then(|text| VerifierKey::parse(text.trim_end_matches('\n')).ok());
    if !key.is_some_and(|key| history.keys.contains(&key)) {
        report.fault(Falsehood::Key, &path, "The site shows another key than the one that you trust and those that its log announces.");
    }
    Ok(())
}

/// Whether all files of all checkpoints are there and hold what the entries say.
fn files(site: &dyn Site, history: &History, sizes: impl Iterator<Item = u64>, report: &mut Report) -> Result<(), Unreachable> {
    let mut wanted = BTreeSet::new();
    for size in sizes.filter(|size| *size <= history.tree.size()) {
        wanted.extend(tiles::tiles_of(size).chain(tiles::bundles_of(size)));
    }
    let looked: Vec<_> = wanted.par_iter().map(|tile| Ok((tile, site.get(&format!("{LOG}{tile}"))?))).collect();
    for one in looked {
        let (tile, found) = one?;
        let right = match tile.kind {
            TileKind::Hashes(_) => tiles::tile(&history.tree, tile),
            TileKind::Entries => {
                let from = (tile.index * 256) as usize;
                tiles::bundle(&history.entries[from..from + usize::from(tile.width)]).ok()
            }
        };
        // tlog-tiles lets a partial tile go once the full one is there.
        let replaced = tile.width < FULL && wanted.contains(&tiles::TilePath { width: FULL, ..*tile });
        match found {
            None if replaced => {}
            None => report.fault(Falsehood::Log, &format!("{LOG}{tile}"), "A file of the log is missing."),
            found if found != right => {
                report.fault(Falsehood::Log, &format!("{LOG}{tile}"), "The file does not hold what the log's entries say.")
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whether the log goes on from a checkpoint that somebody has kept.
pub(super) fn since(demand: &Demand, history: &History, report: &mut Report) {
    let Some(note) = &demand.since else { return };
    let path = format!("{LOG}checkpoint");
    match history.open(note) {
        Err(error) => report.fault(Falsehood::Checkpoint, &path, format!("The earlier checkpoint that you gave is not accepted: {error}.")),
        Ok(old) if old.size > history.tree.size() => {
            let message = format!("The log had {} when you kept its checkpoint, and has fewer now.", entries_of(old.size));
            report.fault(Falsehood::History, &path, message);
        }
        Ok(old) if history.tree.root_at(old.size) != Some(old.root) => {
            let message = format!("The first {} are not those that were signed in the checkpoint that you kept.", entries_of(old.size));
            report.fault(Falsehood::History, &path, message);
        }
        Ok(old) => {
            report
                .proven
                .push(format!("The log goes on from your earlier checkpoint of {}: nothing before it was changed.", entries_of(old.size)));
        }
    }
}

/// The hash of an entry in the tree; none beyond its end.
pub(super) fn is_entry(history: &History, index: u64, line: &str) -> bool {
    history.tree.leaf(index) == Some(leaf_hash(line.as_bytes()))
}
