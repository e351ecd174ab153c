//! In: the proofs beside the records of a site, and its log. Out: whether each record is the one that was logged, whether
//! it is the newest of its id, and whether the log has a record that the site does not show.

use super::check_log::{History, is_entry};
use super::checkpoint::Checkpoint;
use super::leaf::{self, Action, Leaf};
use super::proof::TlogProof;
use super::site::{Falsehood, Report, of};
use super::tree::{Hash, verify_inclusion};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// The end of a proof's name.
pub const PROOF: &str = "record.tlog-proof";
/// The end of a record's name.
pub const RECORD: &str = "record.json";

/// Whether a path is that of a proof or of a record: `…/NAME` or `….NAME`.
pub(super) fn is_named(path: &str, name: &str) -> bool {
    path.strip_suffix(name).is_some_and(|before| before.is_empty() || before.ends_with(['/', '.']))
}

/// What the site's files say, as far as it matters here.
pub(super) struct Beside {
    /// The proofs by path.
    pub proofs: BTreeMap<String, Vec<u8>>,
    /// The SHA-256 of the records by path.
    pub records: BTreeMap<String, Hash>,
}

/// The version that an address says it is: `…/versions/3/…`.
fn version_in(path: &str) -> Option<u64> {
    let (_, rest) = path.rsplit_once("versions/").filter(|(before, _)| before.is_empty() || before.ends_with('/'))?;
    rest.split_once('/')?.0.parse().ok()
}

type Opened<'p> = BTreeMap<&'p str, Result<Checkpoint, String>>;
type Wrong = (Falsehood, String);

/// Checks every record.
pub(super) fn records(beside: &Beside, history: &History, report: &mut Report) {
    let read: Vec<_> = beside.proofs.par_iter().map(|(path, bytes)| (path, TlogProof::parse(bytes))).collect();
    let notes: BTreeSet<&str> = read.iter().filter_map(|(_, proof)| Some(proof.as_ref().ok()?.checkpoint.as_str())).collect();
    let open = |note: &str| {
        let found = history.open(note.as_bytes()).map_err(|error| error.to_string())?;
        let same = history.tree.root_at(found.size) == Some(found.root);
        if same { Ok(found) } else { Err("it is of another history than the log on this site".to_owned()) }
    };
    // Many records share the checkpoint of their batch, and its signature is the dear part.
    let opened: Opened<'_> = notes.into_par_iter().map(|note| (note, open(note))).collect();
    let newest = newest(history);
    let judged: Vec<Result<(u64, bool), Wrong>> = read
        .par_iter()
        .map(|(path, proof)| {
            let proof = proof.as_ref().map_err(|error| (Falsehood::Proof, format!("The proof is not accepted: {error}.")))?;
            let leaf = one(path, proof, beside, &opened, history)?;
            place(path, (proof.index, &leaf), &newest)
        })
        .collect();
    let (mut current, mut older) = (BTreeSet::new(), 0);
    for ((path, _), judged) in read.iter().zip(judged) {
        match judged {
            Ok((index, true)) => drop(current.insert(index)),
            Ok(_) => older += 1,
            Err((what, message)) => report.fault(what, path, message),
        }
    }
    let bare =
        beside.records.keys().filter(|path| !beside.proofs.contains_key(&format!("{}{PROOF}", path.strip_suffix(RECORD).unwrap_or(path))));
    bare.for_each(|path| report.fault(Falsehood::Proof, path, "The record has no proof beside it."));
    missing(&newest, &current, report);
    if report.holds() {
        let of_older = if older == 0 { String::new() } else { format!(", and {}", of(older, "older version")) };
        report.proven.push(format!(
            "{}{of_older}: each is the one that was logged, and no current record of the log is missing.",
            of(current.len(), "current record")
        ));
    }
}

/// Whether one record is the one that was logged; gives its leaf.
fn one(path: &str, proof: &TlogProof, beside: &Beside, opened: &Opened<'_>, history: &History) -> Result<Leaf, Wrong> {
    let (leaf, salt) = proof
        .extra
        .as_deref()
        .and_then(|extra| leaf::parse_extra(extra).ok())
        .ok_or((Falsehood::Proof, "The proof does not carry the entry and the salt of its record.".to_owned()))?;
    let record = format!("{}{RECORD}", path.strip_suffix(PROOF).unwrap_or(path));
    let hash = beside.records.get(&record).ok_or((Falsehood::Missing, format!("The record `{record}` is missing beside its proof.")))?;
    if leaf::commitment(&salt, hash) != leaf.c {
        return Err((Falsehood::Record, format!("`{record}` is not the record that was logged as entry {}.", proof.index)));
    }
    let checkpoint = match opened.get(proof.checkpoint.as_str()) {
        Some(Ok(checkpoint)) => checkpoint,
        Some(Err(why)) => return Err((Falsehood::Proof, format!("The checkpoint in the proof is not accepted: {why}."))),
        None => return Err((Falsehood::Proof, "The proof has no checkpoint.".to_owned())),
    };
    verify_inclusion(proof.index, checkpoint.size, &leaf.hash(), &proof.hashes, &checkpoint.root)
        .map_err(|error| (Falsehood::Proof, format!("The proof does not hold: {error}.")))?;
    if is_entry(history, proof.index, &leaf.line()) {
        Ok(leaf)
    } else {
        Err((Falsehood::Proof, format!("Entry {} of the log is another one.", proof.index)))
    }
}

/// Whether a record stands where it may: the newest of its id on its page, an older one below `versions/`.
fn place(path: &str, (index, leaf): (u64, &Leaf), newest: &BTreeMap<&str, (u64, &Leaf)>) -> Result<(u64, bool), Wrong> {
    let Some((last, newer)) = newest.get(leaf.id.as_str()) else {
        return Err((Falsehood::Proof, "The log does not know this record.".to_owned()));
    };
    if newer.action == Action::Erased {
        return Err((Falsehood::Erased, format!("This record was erased (entry {last} of the log), and it is here.")));
    }
    match version_in(path) {
        Some(version) if version != leaf.n => {
            Err((Falsehood::Record, format!("The address says version {version}, and the record is version {}.", leaf.n)))
        }
        Some(_) => Ok((index, false)),
        None if *last == index => Ok((index, true)),
        None => Err((Falsehood::Missing, format!("This is version {}; the log has version {} (entry {last}).", leaf.n, newer.n))),
    }
}

/// The newest entry of each id.
fn newest(history: &History) -> BTreeMap<&str, (u64, &Leaf)> {
    let leaves = history.leaves.iter().enumerate().filter_map(|(index, leaf)| Some((index as u64, leaf.as_ref()?)));
    leaves.map(|(index, leaf)| (leaf.id.as_str(), (index, leaf))).collect()
}

/// Whether every record that stands is on the site.
fn missing(newest: &BTreeMap<&str, (u64, &Leaf)>, current: &BTreeSet<u64>, report: &mut Report) {
    for (index, leaf) in newest.values() {
        let stands = !matches!(leaf.action, Action::Erased | Action::Key);
        if stands && !current.contains(index) {
            let message = format!("Entry {index} of the log ({}, {}) has no record on the site.", leaf.k, leaf.action.word());
            report.fault(Falsehood::Missing, "log/checkpoint", message);
        }
    }
}
