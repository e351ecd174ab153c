//! In: a bucket of a store that speaks S3 and knows conditional writes. Out: its standings; and lines in it before an
//! append returns.
//!
//! One object a file of the folder `ledger/`. Every write is conditional: `If-None-Match: *` makes an object,
//! `If-Match` replaces the very one that was read; 412 means that another run was first. A record's file is written
//! before anything is sent about the record, so a run that has lost its claim cannot go on with a record that another
//! has touched, and the other cannot go on with what this one has: whoever is second stops. The claim (see `claim`) keeps
//! a second run out from the beginning; its age is told by the clock of the store alone (`Date`, `Last-Modified`).
//!
//! A step of the log: the note of its lines (see `steps`), its files in their order, the last one with `If-None-Match: *`,
//! then the lines, then the header. Where that last one loses, what it wrote over is put back.
//!
//! Facts: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html>. A store that ignores the
//! conditions would be none: `load` tries one that must fail, and refuses the store if it does not.

use super::bucket::{Held, all, log, read};
use super::claim::{Claim, LOCK, Terms};
use super::found::{self, HEADER, LAG, NOTE, Whole};
use super::lines::Header;
use super::objects::{Objects, Seen, Wrote};
use super::steps::{self, Names};
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::state::LogFiles;
use crate::model::transport::{Repair, StateError, StateStore};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::ErrorKind;

/// The ledger in a bucket.
pub struct S3Store {
    objects: Result<Objects, String>,
    terms: Terms,
    held: Option<Held>,
}

impl S3Store {
    /// A store in this bucket; touches nothing. Settings that cannot be used are told when it is.
    pub fn new(objects: Result<Objects, String>, terms: Terms) -> S3Store {
        S3Store { objects, terms, held: None }
    }

    /// The ledger without a claim and without mending; what a run would mend is told.
    pub fn look(&self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let objects = self.objects()?;
        let (files, names) = all(objects)?;
        let found = read(&files, &names, objects)?;
        Ok((found.ledger, found.repairs))
    }

    /// All lines, for a copy.
    pub fn whole(&self) -> Result<Whole, StateError> {
        let objects = self.objects()?;
        let (files, names) = all(objects)?;
        let found = read(&files, &names, objects)?;
        let log = log(objects, &names, &|_| true)?.into_iter().map(|(name, seen)| (name, seen.bytes)).collect();
        Ok(Whole::of(found, files.iter().map(|(name, seen)| (name, &seen.bytes)), log))
    }

    fn objects(&self) -> Result<&Objects, StateError> {
        self.objects.as_ref().map_err(|why| found::io("the bucket", ErrorKind::InvalidInput, why.clone()))
    }

    fn claim(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let (objects, terms) = (self.objects()?, self.terms);
        let claim = Claim::new(terms);
        let before = objects.get(LOCK)?;
        let mut repairs = Vec::new();
        if let Some(seen) = &before {
            let other = Claim::read(&seen.bytes);
            let what = other.yields(seen.age.unwrap_or_else(|| other.age()), terms)?;
            repairs.extend(what.map(|what| Repair { path: objects.place(LOCK), what }));
        }
        let seen = match objects.put(LOCK, &claim.bytes(), before.as_ref().map(|seen| seen.tag.as_str()))? {
            Wrote::Done(tag) => Seen { bytes: claim.bytes(), tag, age: None },
            Wrote::Raced => return Err(StateError::Locked { holder: "it was first by a moment".into() }),
        };
        let files = BTreeMap::from([(LOCK.to_owned(), seen)]);
        let mut held = Held { files, log: BTreeMap::new(), header: Header::default(), behind: 0, claim, lost: false };
        // Only what is read under the claim counts.
        match held.begin(objects, &mut repairs) {
            Ok(ledger) => {
                self.held = Some(held);
                Ok((ledger, repairs))
            }
            Err(error) => {
                held.give_up(objects);
                Err(error)
            }
        }
    }

    fn with<T>(&mut self, work: impl FnOnce(&Objects, &mut Held) -> Result<T, StateError>) -> Result<T, StateError> {
        let objects = self.objects.as_ref().map_err(|why| found::io("the bucket", ErrorKind::InvalidInput, why.clone()))?;
        work(objects, self.held.as_mut().expect("a store is loaded, and so locked, before it is written"))
    }
}

impl StateStore for S3Store {
    fn is_far(&self) -> bool {
        true
    }

    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        if self.held.is_none() {
            return self.claim();
        }
        self.with(|objects, held| held.read(objects)).map(|found| (found.ledger, found.repairs))
    }

    fn append(&mut self, record: &RecordId, lines: &[Line]) -> Result<(), StateError> {
        self.with(|objects, held| {
            held.append(objects, &[(record.clone(), lines.to_vec())])?;
            if held.behind >= LAG { held.put_header(objects) } else { Ok(()) }
        })
    }

    fn append_all(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        if batch.is_empty() {
            return Ok(());
        }
        self.with(|objects, held| held.append(objects, batch).and_then(|()| held.put_header(objects)))
    }

    fn baseline(&mut self, channel: &str, at: Timestamp) -> Result<(), StateError> {
        self.with(|objects, held| {
            held.header.baselines.insert(channel.to_owned(), at);
            held.put_header(objects)
        })
    }

    fn note(&mut self, name: &str) -> Result<Option<String>, StateError> {
        let seen = self.objects()?.get(&format!("{name}{NOTE}"))?;
        Ok(seen.map(|seen| String::from_utf8_lossy(&seen.bytes).into_owned()))
    }

    fn keep(&mut self, name: &str, text: &str) -> Result<(), StateError> {
        self.load()?;
        let name = format!("{name}{NOTE}");
        self.with(|objects, held| {
            match objects.get(&name)? {
                Some(seen) => drop(held.files.insert(name.clone(), seen)),
                None => drop(held.files.remove(&name)),
            }
            held.put(objects, vec![(name, text.as_bytes().to_vec())])
        })
    }

    fn log(&mut self, wanted: &dyn Fn(&str) -> bool) -> Result<LogFiles, StateError> {
        let objects = self.objects()?;
        let (header, names) = match &self.held {
            Some(held) => (Some(held.header.clone()), Names { log: held.log.keys().cloned().collect(), ..Names::default() }),
            None => {
                let header = objects.get(HEADER)?.map(|seen| found::header(&seen.bytes, &objects.place(HEADER))).transpose()?;
                (header, Names::of(objects.list()?.iter().map(String::as_str))?)
            }
        };
        steps::whole(header.as_ref(), &names.log, &|name| objects.place(name))?;
        let seen = log(objects, &names, wanted)?;
        if let Some(held) = &mut self.held {
            held.log.extend(seen.iter().map(|(name, seen)| (name.clone(), Some(seen.tag.clone()))));
        }
        Ok(seen.into_iter().map(|(name, seen)| (name, seen.bytes)).collect())
    }

    fn advance(&mut self, step: &[(String, Vec<u8>)], lines: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        if step.is_empty() {
            return self.append_all(lines);
        }
        self.with(|objects, held| held.is_ours(objects).and_then(|()| held.advance(objects, step, lines)))
    }

    fn redact(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), StateError> {
        steps::fit(files)?;
        self.with(|objects, held| {
            held.is_ours(objects)?;
            for (name, bytes) in files {
                let known = match held.log.get(name).cloned().flatten() {
                    Some(tag) => Some(tag),
                    None => objects.get(&steps::path_of(name)?)?.map(|seen| seen.tag),
                };
                held.put_log(objects, name, bytes, known.as_deref())?;
            }
            Ok(())
        })
    }
}

impl Drop for S3Store {
    fn drop(&mut self) {
        let (Ok(objects), Some(held)) = (&self.objects, &mut self.held) else { return };
        if !held.lost && (held.behind == 0 || held.put_header(objects).is_ok()) {
            held.give_up(objects);
        }
    }
}
