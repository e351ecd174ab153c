//! In: a published site and the key of its log. Out: what was proven, what is false, and what was left open.
//!
//! Nothing the site says of itself is believed: the signed list of files, the log, its checkpoints, and every record's
//! proof are computed again. A file that cannot be read makes the whole check fail; it is never taken for good.

use super::check_log::{self, LOG};
use super::check_records::{self, Beside, PROOF, RECORD, is_named};
use super::manifest_note::{MANIFEST_NOTE, ManifestNote};
use super::site::{Demand, Falsehood, Report, Site, Unreachable, of};
use super::tree::Hash;
use super::{check_chains, check_stamps, check_witness};
use super::{encoding, hex};
use crate::model::manifest::{MANIFEST, Manifest};
use jiff::SignedDuration;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Checks a whole site.
pub fn site(site: &dyn Site, demand: &Demand) -> Result<Report, Unreachable> {
    let mut report = Report::default();
    let manifest = manifest(site, &mut report)?;
    let listed = site.list()?;
    if listed.is_none() {
        report
            .open
            .push("A web server cannot be asked for all its files: files that the signed list does not name were not looked for.".into());
    }
    let mut known = Known { inner: site, kept: BTreeMap::new(), paths: BTreeSet::new() };
    known.paths.extend(manifest.files.keys().chain(listed.iter().flatten()).cloned());
    let beside = files(&mut known, &manifest, &mut report)?;
    let strangers = listed.iter().flatten().filter(|path| !manifest.files.contains_key(*path) && !stands_alone(path));
    strangers.for_each(|path| report.fault(Falsehood::File, path, "The file is not on the signed list."));

    let sizes: BTreeSet<u64> = known.paths.iter().filter_map(|path| encoding::decimal(path.strip_prefix("log/checkpoints/")?)).collect();
    let Some(history) = check_log::history(&known, demand, &sizes, &mut report)? else { return Ok(report) };
    check_log::since(demand, &history, &mut report);
    check_chains::chains(&history, &mut report);
    check_witness::checkpoints(&known, demand, &history, &sizes, &mut report)?;
    check_stamps::stamps(&known, &mut report)?;
    signature(&known, demand, &history, &manifest, &mut report)?;
    check_records::records(&beside, &history, &mut report);
    if demand.since.is_none() {
        let text = "Whether the log was ever rewritten: only somebody who kept an older checkpoint can tell. Keep this one, and give it with --since.";
        report.open.push(text.into());
    }
    if history.before.is_some() {
        let text = "The signatures of earlier days: the key that you gave is not the log's first, and was announced later. \
                    The entries of those days are covered by it all the same.";
        report.open.push(text.into());
    }
    Ok(report)
}

/// Files that may stand outside the list, because each proves itself or others.
fn stands_alone(path: &str) -> bool {
    let of_log = path.strip_prefix(LOG).is_some_and(|rest| match rest.strip_prefix("checkpoints/") {
        Some(name) => encoding::decimal(name.strip_suffix(".tsr").unwrap_or(name)).is_some(),
        None => rest == "checkpoint",
    });
    of_log || path == MANIFEST || path == MANIFEST_NOTE
}

/// A site whose small files were read once, and whose paths are known from its list or its folder.
struct Known<'s> {
    inner: &'s dyn Site,
    kept: BTreeMap<String, Vec<u8>>,
    paths: BTreeSet<String>,
}

impl Site for Known<'_> {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Unreachable> {
        self.kept.get(path).map_or_else(|| self.inner.get(path), |bytes| Ok(Some(bytes.clone())))
    }

    fn list(&self) -> Result<Option<Vec<String>>, Unreachable> {
        Ok(Some(self.paths.iter().cloned().collect()))
    }
}

/// The list of files; an empty one where it cannot be read.
fn manifest(site: &dyn Site, report: &mut Report) -> Result<Manifest, Unreachable> {
    let found = site.get(MANIFEST)?.map(|bytes| serde_json::from_slice::<Manifest>(&bytes));
    match found {
        Some(Ok(manifest)) if manifest.manifest == 1 => return Ok(manifest),
        Some(_) => report.fault(Falsehood::Manifest, MANIFEST, "The list of files cannot be read."),
        None => report.fault(Falsehood::Manifest, MANIFEST, "The list of files is missing."),
    }
    Ok(Manifest::new())
}

enum Looked {
    Missing,
    Other(&'static str),
    Right,
}

/// Whether every file is the one on the list; keeps what the further checks need.
fn files(known: &mut Known<'_>, manifest: &Manifest, report: &mut Report) -> Result<Beside, Unreachable> {
    let inner = known.inner;
    let read: Vec<_> = manifest
        .files
        .par_iter()
        .map(|(path, listed)| {
            let Some(bytes) = inner.get(path)? else { return Ok((path, Looked::Missing, None, None)) };
            let hash: Hash = Sha256::digest(&bytes).into();
            let looked = match (bytes.len() as u64 == listed.bytes, hex(&hash) == listed.sha256) {
                (true, true) => Looked::Right,
                (false, _) => Looked::Other("The file has another length than the list says."),
                (true, false) => Looked::Other("The file has other bytes than the list says."),
            };
            let small = path.starts_with(LOG) || is_named(path, PROOF);
            Ok((path, looked, is_named(path, RECORD).then_some(hash), small.then_some(bytes)))
        })
        .collect::<Result<_, Unreachable>>()?;
    let mut beside = Beside { proofs: BTreeMap::new(), records: BTreeMap::new() };
    for (path, looked, record, bytes) in read {
        match looked {
            Looked::Missing => report.fault(Falsehood::File, path, "The file is missing."),
            Looked::Other(why) => report.fault(Falsehood::File, path, why),
            Looked::Right => {}
        }
        if let Some(hash) = record {
            beside.records.insert(path.clone(), hash);
        }
        match bytes {
            Some(bytes) if is_named(path, PROOF) => drop(beside.proofs.insert(path.clone(), bytes)),
            Some(bytes) => drop(known.kept.insert(path.clone(), bytes)),
            None => {}
        }
    }
    Ok(beside)
}

/// Whether the log's key has signed the list of files, at this size of the log and not too long ago.
fn signature(
    known: &Known<'_>,
    demand: &Demand,
    history: &check_log::History,
    manifest: &Manifest,
    report: &mut Report,
) -> Result<(), Unreachable> {
    let Some(note) = known.get(MANIFEST_NOTE)? else {
        report.fault(Falsehood::Manifest, MANIFEST_NOTE, "The signature of the list of files is missing.");
        return Ok(());
    };
    let note = match ManifestNote::open(&note, demand.key.name(), &history.keys) {
        Ok(note) => note,
        Err(error) => {
            report.fault(Falsehood::Manifest, MANIFEST_NOTE, format!("The signature of the list of files is not accepted: {error}."));
            return Ok(());
        }
    };
    let bytes = known.get(MANIFEST)?.unwrap_or_default();
    let sound = report.holds();
    if note.sha256 != <Hash>::from(Sha256::digest(&bytes)) {
        report.fault(Falsehood::Manifest, MANIFEST, "The list of files is not the one that was signed.");
    }
    if note.size != history.tree.size() {
        let message = format!("The list was signed when the log had {} entries; it has {} now.", note.size, history.tree.size());
        report.fault(Falsehood::Manifest, MANIFEST_NOTE, message);
    }
    if let Some((most, now)) = demand.max_age {
        let age = now.duration_since(note.time);
        if age > most {
            report.fault(Falsehood::Age, MANIFEST_NOTE, format!("The site was last signed on {}.", note.time));
        } else if age < SignedDuration::from_hours(-24) {
            report.fault(
                Falsehood::Age,
                MANIFEST_NOTE,
                format!("The site says that it was signed on {}, which is yet to come.", note.time),
            );
        }
    }
    if sound && report.holds() {
        report.signed = Some(note.time);
        report.proven.push(format!("{} are byte for byte those that were signed on {}.", of(manifest.files.len(), "file"), note.time));
    }
    Ok(())
}
