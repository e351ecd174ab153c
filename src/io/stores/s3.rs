//! In: a bucket of a store that speaks S3 and knows conditional writes. Out: its standings; and lines in it before an
//! append returns.
//!
//! One object a file of the folder `ledger/`. Every write is conditional: `If-None-Match: *` makes an object,
//! `If-Match` replaces the very one that was read; 412 means that another run was first. A record's file is written
//! before anything is sent about the record, so a run that has lost its claim cannot go on with a record that another
//! has touched, and the other cannot go on with what this one has: whoever is second stops. The claim (see `claim`) keeps
//! a second run out from the beginning; its age is told by the clock of the store alone (`Date`, `Last-Modified`).
//!
//! Facts: <https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html>. A store that ignores the
//! conditions would be none: `load` tries one that must fail, and refuses the store if it does not.

use super::claim::{Claim, LOCK, Terms};
use super::found::{self, ENDING, Found, HEADER, LAG, NOTE, Whole};
use super::lines::{self, Header};
use super::objects::{Objects, Seen, Wrote};
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
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

struct Held {
    /// What we know to be there, by name.
    files: BTreeMap<String, Seen>,
    header: Header,
    behind: usize,
    claim: Claim,
    lost: bool,
}

impl S3Store {
    /// A store in this bucket; touches nothing. Settings that cannot be used are told when it is.
    pub fn new(objects: Result<Objects, String>, terms: Terms) -> S3Store {
        S3Store { objects, terms, held: None }
    }

    /// The ledger without a claim and without mending; what a run would mend is told.
    pub fn look(&self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let objects = self.objects()?;
        let found = read(&all(objects)?, objects)?;
        Ok((found.ledger, found.repairs))
    }

    /// All lines, for a copy.
    pub fn whole(&self) -> Result<Whole, StateError> {
        let objects = self.objects()?;
        let files = all(objects)?;
        let found = read(&files, objects)?;
        Ok(Whole::of(found, files.iter().map(|(name, seen)| (name, &seen.bytes))))
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
        let mut held = Held { files, header: Header::default(), behind: 0, claim, lost: false };
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

impl Held {
    /// Reads all that is there and mends what is torn.
    fn begin(&mut self, objects: &Objects, repairs: &mut Vec<Repair>) -> Result<Ledger, StateError> {
        objects.prove_conditions(LOCK, &self.files[LOCK].bytes)?;
        self.files.extend(all(objects)?);
        let found = read(&self.files, objects)?;
        repairs.extend(found.repairs);
        self.header = found.header;
        for (id, whole) in found.torn {
            let name = format!("{id}{ENDING}");
            let bytes = self.files[&name].bytes[..whole].to_vec();
            self.put(objects, vec![(name, bytes)])?;
        }
        if found.stale_header {
            self.put_header(objects)?;
        }
        Ok(found.ledger)
    }

    /// Gives the claim up. One that cannot be given up is waited for like that of a dead run; nothing else is lost.
    fn give_up(&mut self, objects: &Objects) {
        let given_up = self.claim.given_up().bytes();
        let _ = self.put(objects, vec![(LOCK.to_owned(), given_up)]);
    }

    /// Writes whole files, each in place of the one that was known.
    fn put(&mut self, objects: &Objects, new: Vec<(String, Vec<u8>)>) -> Result<(), StateError> {
        if self.lost {
            return Err(found::io(&objects.place(""), ErrorKind::NotConnected, "an earlier write failed"));
        }
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

    fn put_header(&mut self, objects: &Objects) -> Result<(), StateError> {
        self.behind = 0;
        self.put(objects, vec![(HEADER.to_owned(), found::header_bytes(&self.header))])
    }

    fn append(&mut self, objects: &Objects, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
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
}

impl StateStore for S3Store {
    fn is_far(&self) -> bool {
        true
    }

    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        if self.held.is_none() {
            return self.claim();
        }
        self.with(|objects, held| read(&held.files, objects)).map(|found| (found.ledger, found.repairs))
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
}

impl Drop for S3Store {
    fn drop(&mut self) {
        let (Ok(objects), Some(held)) = (&self.objects, &mut self.held) else { return };
        if !held.lost && (held.behind == 0 || held.put_header(objects).is_ok()) {
            held.give_up(objects);
        }
    }
}

/// What belongs to the ledger; the claim and notes are read by themselves. The header comes first: a run that writes
/// meanwhile only makes files longer than the header says, never shorter.
fn all(objects: &Objects) -> Result<BTreeMap<String, Seen>, StateError> {
    let records = || objects.all(&|name| name.ends_with(ENDING));
    let (mut header, mut files) = (objects.get(HEADER)?, records()?);
    if header.is_none() && !files.is_empty() {
        // The first run of all has begun in between.
        (header, files) = (objects.get(HEADER)?, records()?);
    }
    files.extend(header.map(|header| (HEADER.to_owned(), header)));
    Ok(files)
}

fn read(files: &BTreeMap<String, Seen>, objects: &Objects) -> Result<Found, StateError> {
    let at = |name: &str| objects.place(name);
    let header = files.get(HEADER).map(|seen| found::header(&seen.bytes, &at(HEADER))).transpose()?;
    let mut ids: Vec<String> = files.keys().filter_map(|name| name.strip_suffix(ENDING)).map(str::to_owned).collect();
    ids.sort();
    found::read(header, &ids, &at, &mut |id| Ok(files[&format!("{id}{ENDING}")].bytes.clone()))
}
