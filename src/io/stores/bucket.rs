//! In: a bucket, claimed or not. Out: its files by name, and what a run writes there, each under the condition that nobody
//! else has written it since.

use super::claim::{Claim, LOCK};
use super::found::{self, ENDING, Found, HEADER};
use super::lines::{self, Header};
use super::objects::{Objects, Seen, Wrote};
use super::steps::{self, INTENT, Names};
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::transport::{Repair, StateError};
use std::collections::BTreeMap;
use std::io::ErrorKind;

/// A bucket whose claim is ours.
pub(super) struct Held {
    /// What we know to be there, by name.
    pub files: BTreeMap<String, Seen>,
    /// What is in the log, with the tag of what was read or written.
    pub log: BTreeMap<String, Option<String>>,
    /// The header as it will be.
    pub header: Header,
    /// Appends since it was written.
    pub behind: usize,
    /// Our claim.
    pub claim: Claim,
    /// A write failed: nobody knows what the bucket holds now, so nothing more is written.
    pub lost: bool,
}

impl Held {
    /// Reads all that is there and mends what is torn.
    pub(super) fn begin(&mut self, objects: &Objects, repairs: &mut Vec<Repair>) -> Result<Ledger, StateError> {
        objects.prove_conditions(LOCK, &self.files[LOCK].bytes)?;
        let (files, names) = all(objects)?;
        self.files.extend(files);
        let found = read(&self.files, &names, objects)?;
        self.log = names.log.into_iter().map(|name| (name, None)).collect();
        repairs.extend(found.repairs);
        self.header = found.header;
        for (id, whole) in found.torn {
            let name = format!("{id}{ENDING}");
            let bytes = self.files[&name].bytes[..whole].to_vec();
            self.put(objects, vec![(name, bytes)])?;
        }
        if !found.missing.is_empty() {
            self.append(objects, &found.missing)?;
        }
        if found.stale_header || !found.missing.is_empty() {
            self.put_header(objects)?;
        }
        Ok(found.ledger)
    }

    /// What it holds, as this run knows it.
    pub(super) fn read(&self, objects: &Objects) -> Result<Found, StateError> {
        let paths = self.files.keys().cloned().chain(self.log.keys().map(|name| format!("{}/{name}", steps::LOG)));
        read(&self.files, &Names::of(paths.collect::<Vec<_>>().iter().map(String::as_str))?, objects)
    }

    /// Gives the claim up. One that cannot be given up is waited for like that of a dead run; nothing else is lost.
    pub(super) fn give_up(&mut self, objects: &Objects) {
        let given_up = self.claim.given_up().bytes();
        let _ = self.put(objects, vec![(LOCK.to_owned(), given_up)]);
    }

    /// Refuses when an earlier write failed.
    pub(super) fn is_ours(&self, objects: &Objects) -> Result<(), StateError> {
        if self.lost { Err(found::io(&objects.place(""), ErrorKind::NotConnected, "an earlier write failed")) } else { Ok(()) }
    }

    /// Writes whole files, each in place of the one that was known.
    pub(super) fn put(&mut self, objects: &Objects, new: Vec<(String, Vec<u8>)>) -> Result<(), StateError> {
        self.is_ours(objects)?;
        // Lost until the opposite is known.
        self.lost = true;
        let tags: Vec<Option<String>> = new.iter().map(|(name, _)| self.files.get(name).map(|seen| seen.tag.clone())).collect();
        for ((name, bytes), wrote) in objects.put_all(new, &tags) {
            match wrote? {
                Wrote::Done(tag) => drop(self.files.insert(name, Seen { bytes, tag, age: None })),
                Wrote::Raced => return Err(StateError::Raced { place: objects.place(&name) }),
            }
        }
        self.lost = false;
        Ok(())
    }

    /// Writes the header.
    pub(super) fn put_header(&mut self, objects: &Objects) -> Result<(), StateError> {
        self.behind = 0;
        self.put(objects, vec![(HEADER.to_owned(), found::header_bytes(&self.header))])
    }

    /// Appends lines; the header is written by the caller.
    pub(super) fn append(&mut self, objects: &Objects, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        let mut new: BTreeMap<String, Vec<u8>> = BTreeMap::new();
        for (record, lines) in batch {
            let name = found::name_of(record)?;
            let file = new.entry(name.clone()).or_insert_with(|| self.files.get(&name).map(|seen| seen.bytes.clone()).unwrap_or_default());
            lines.iter().for_each(|line| file.extend_from_slice(lines::encode(line).as_bytes()));
        }
        self.put(objects, new.into_iter().collect())?;
        for (record, lines) in batch {
            *self.header.files.entry(record.as_str().to_owned()).or_default() += lines.len();
        }
        self.behind += 1;
        Ok(())
    }

    /// Puts a file of the log in place of the one that is known, or where there is none.
    pub(super) fn put_log(&mut self, objects: &Objects, name: &str, bytes: &[u8], known: Option<&str>) -> Result<(), StateError> {
        let path = steps::path_of(name)?;
        match objects.put(&path, bytes, known)? {
            Wrote::Done(tag) => drop(self.log.insert(name.to_owned(), Some(tag))),
            Wrote::Raced => return Err(StateError::Raced { place: objects.place(&path) }),
        }
        Ok(())
    }

    /// Takes a step of the log, and its lines.
    pub(super) fn advance(&mut self, objects: &Objects, step: steps::Step<'_>, lines: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        steps::fit(step)?;
        let Some((decides, before)) = step.split_last() else { return Ok(()) };
        let last = steps::path_of(&decides.0)?;
        // The papers of a step that counts are not to be written over.
        if self.log.contains_key(&decides.0) || objects.get(&last)?.is_some() {
            return Err(StateError::Raced { place: objects.place(&last) });
        }
        if !lines.is_empty() {
            self.put(objects, vec![(INTENT.to_owned(), steps::intent(decides, lines, &self.header.files)?)])?;
        }
        self.lost = true;
        // What only the last file makes count may be there from a run that died before it.
        let mut over = Vec::new();
        for (name, bytes) in before {
            let old = if self.log.contains_key(name) { objects.get(&steps::path_of(name)?)? } else { None };
            self.put_log(objects, name, bytes, old.as_ref().map(|old| old.tag.as_str()))?;
            over.extend(old.map(|old| (name, old.bytes)));
        }
        if let Err(error) = self.put_log(objects, &decides.0, &decides.1, None) {
            // The other run, whose files these were, has made its step count after all.
            let is_raced = matches!(error, StateError::Raced { .. });
            for (name, bytes) in over.into_iter().filter(|_| is_raced) {
                let tag = self.log.get(name).cloned().flatten();
                self.put_log(objects, name, &bytes, tag.as_deref())?;
            }
            return Err(error);
        }
        self.lost = false;
        self.header.log += 1;
        self.append(objects, lines)?;
        self.put_header(objects)
    }
}

/// What belongs to the ledger, and the names of all; the claim, notes and the log are read by themselves. The header comes
/// first: a run that writes meanwhile only makes files longer than the header says, never shorter.
pub(super) fn all(objects: &Objects) -> Result<(BTreeMap<String, Seen>, Names), StateError> {
    let header = objects.get(HEADER)?;
    let (mut files, mut names) = records(objects)?;
    let header = match header {
        // The first run of all has begun in between.
        None if !files.is_empty() || !names.log.is_empty() => {
            let header = objects.get(HEADER)?;
            (files, names) = records(objects)?;
            header
        }
        header => header,
    };
    files.extend(header.map(|header| (HEADER.to_owned(), header)));
    Ok((files, names))
}

fn records(objects: &Objects) -> Result<(BTreeMap<String, Seen>, Names), StateError> {
    let listed = objects.list()?;
    let names = Names::of(listed.iter().map(String::as_str))?;
    let files = objects.all(listed.into_iter().filter(|name| name.ends_with(ENDING) || name == INTENT).collect())?;
    Ok((files, names))
}

/// The files of the log whose name is wanted.
pub(super) fn log(objects: &Objects, names: &Names, wanted: &dyn Fn(&str) -> bool) -> Result<BTreeMap<String, Seen>, StateError> {
    let wanted: BTreeMap<String, &String> =
        names.log.iter().filter(|name| wanted(name)).map(|name| Ok((steps::path_of(name)?, name))).collect::<Result<_, StateError>>()?;
    let seen = objects.all(wanted.keys().cloned().collect())?;
    if let Some(gone) = wanted.keys().find(|path| !seen.contains_key(*path)) {
        return Err(StateError::Truncated(format!("{} is missing", objects.place(gone))));
    }
    Ok(seen.into_iter().map(|(path, seen)| (wanted[&path].clone(), seen)).collect())
}

/// The standings that the files tell.
pub(super) fn read(files: &BTreeMap<String, Seen>, names: &Names, objects: &Objects) -> Result<Found, StateError> {
    let at = |name: &str| objects.place(name);
    let header = files.get(HEADER).map(|seen| found::header(&seen.bytes, &at(HEADER))).transpose()?;
    found::read(header, names, &at, &mut |name| match files.get(name) {
        Some(seen) => Ok(seen.bytes.clone()),
        None => Ok(objects.get(name)?.map(|seen| seen.bytes).unwrap_or_default()),
    })
}
