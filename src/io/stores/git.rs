//! In: a branch that holds the state and nothing else. Out: its standings; and lines at its end, pushed before an append
//! returns.
//!
//! The branch holds the files of the folder `ledger/`. Every write is one commit on top of the newest one known, pushed
//! without force, so the branch itself is the compare-and-swap: whoever does not know its end cannot write, and a line
//! half written cannot be. `load` pushes a claim (see `claim`); a second run sees it and ends. A run that stalled and
//! whose claim was taken over cannot push any more, so it cannot make a `sending` durable, so it sends nothing.
//!
//! Every append is pushed by itself: delivery then keeps the very promise that it keeps with a folder, that a request
//! leaves only after its own `sending` is durable. Claims of a whole run in one commit would be cheaper and would leave,
//! after a crash, every post of the run in doubt, which networks that cannot be asked could never clear. What lanes write
//! at the same time shares a push (`announce::book`).

use super::claim::{Claim, LOCK, Terms};
use super::found::{self, ENDING, Found, HEADER, LAG, NOTE, Whole};
use super::lines::{self, Header};
use super::steps::{self, Names};
use crate::io::git::{Branch, Change, GitError, Pushed};
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::state::LogFiles;
use crate::model::transport::{Repair, StateError, StateStore};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// So often another run may be first while a claim is made.
const ROUNDS: usize = 5;

type Files = BTreeMap<String, Vec<u8>>;

/// The ledger in a branch.
pub struct GitStore {
    site: PathBuf,
    branch: String,
    remote: Option<String>,
    terms: Terms,
    held: Option<Held>,
}

/// A branch whose claim is ours.
struct Held {
    branch: Branch,
    end: String,
    files: Files,
    header: Header,
    behind: usize,
    claim: Claim,
    /// A write failed: nobody knows what the branch holds now, so nothing more is written.
    lost: bool,
}

impl GitStore {
    /// A store in this branch, which need not exist yet; touches nothing.
    pub fn new(site: &Path, branch: &str, remote: Option<&str>, terms: Terms) -> GitStore {
        GitStore { site: site.to_owned(), branch: branch.to_owned(), remote: remote.map(str::to_owned), terms, held: None }
    }

    /// The ledger without a claim and without mending; what a run would mend is told.
    pub fn look(&self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let branch = self.open()?;
        let (_, files) = fetched(&branch)?;
        let found = read(&files, &branch.place())?;
        Ok((found.ledger, found.repairs))
    }

    /// All lines, for a copy.
    pub fn whole(&self) -> Result<Whole, StateError> {
        let branch = self.open()?;
        let (_, files) = fetched(&branch)?;
        let found = read(&files, &branch.place())?;
        Ok(Whole::of(found, files.iter(), log(&files, &branch.place(), &|_| true)?))
    }

    fn open(&self) -> Result<Branch, StateError> {
        Branch::open(&self.site, &self.branch, self.remote.as_deref()).map_err(|error| fault(&format!("branch {}", self.branch), error))
    }

    fn claim(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let branch = self.open()?;
        let place = branch.place();
        for _ in 0..ROUNDS {
            let (end, files) = fetched(&branch)?;
            let Found { ledger, header, mut repairs, torn, missing, .. } = read(&files, &place)?;
            if let Some(bytes) = files.get(LOCK) {
                let other = Claim::read(bytes);
                let what = other.yields(other.age(), self.terms)?;
                repairs.extend(what.map(|what| Repair { path: place.clone(), what }));
            }
            let claim = Claim::new(self.terms);
            let mut new = Files::from([(LOCK.to_owned(), claim.bytes()), (HEADER.to_owned(), found::header_bytes(&header))]);
            for (id, whole) in torn {
                let name = format!("{id}{ENDING}");
                new.insert(name.clone(), files[&name][..whole].to_vec());
            }
            let commit =
                branch.commit(end.as_deref(), &Change { files: &new, words: "A run begins" }).map_err(|error| fault(&place, error))?;
            if branch.push(end.as_deref(), &commit).map_err(|error| fault(&place, error))? == Pushed::Done {
                let mut files = files;
                files.extend(new);
                self.held = Some(Held { branch, end: commit, files, header, behind: 0, claim, lost: false });
                self.append_all(&missing)?;
                return Ok((ledger, repairs));
            }
        }
        Err(StateError::Raced { place })
    }

    fn held(&mut self) -> &mut Held {
        self.held.as_mut().expect("a store is loaded, and so locked, before it is written")
    }
}

impl Held {
    /// One commit with all of this, at the end of the branch when it returns.
    fn put(&mut self, new: Files, words: &str) -> Result<(), StateError> {
        let place = self.branch.place();
        if self.lost {
            return Err(found::io(&place, ErrorKind::NotConnected, "an earlier write failed"));
        }
        // Lost until the opposite is known.
        self.lost = true;
        let commit = self.branch.commit(Some(&self.end), &Change { files: &new, words }).map_err(|error| fault(&place, error))?;
        match self.branch.push(Some(&self.end), &commit).map_err(|error| fault(&place, error))? {
            Pushed::Done => {}
            Pushed::Raced => return Err(StateError::Raced { place }),
        }
        self.lost = false;
        self.end = commit;
        self.files.extend(new);
        Ok(())
    }

    /// Puts files of the log in place.
    fn replace(&mut self, files: &[(String, Vec<u8>)], words: &str) -> Result<(), StateError> {
        let new: Files = steps::fit(files)?.into_iter().map(|(path, bytes)| (path, bytes.to_vec())).collect();
        if new.is_empty() { Ok(()) } else { self.put(new, words) }
    }

    fn append(&mut self, batch: &[(RecordId, Vec<Line>)], with_header: bool) -> Result<(), StateError> {
        let mut new = self.appended(batch)?;
        self.behind += 1;
        if with_header || self.behind >= LAG {
            new.insert(HEADER.to_owned(), found::header_bytes(&self.header));
            self.behind = 0;
        }
        let count: usize = batch.iter().map(|(_, lines)| lines.len()).sum();
        self.put(new, &format!("{count} line{}", if count == 1 { "" } else { "s" }))
    }

    /// The files of these records with the lines at their ends; the header knows of them.
    fn appended(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<Files, StateError> {
        let mut new = Files::new();
        for (record, lines) in batch {
            let name = found::name_of(record)?;
            let file = match new.remove(&name) {
                Some(file) => file,
                None => self.files.get(&name).cloned().unwrap_or_default(),
            };
            let more: String = lines.iter().map(lines::encode).collect();
            new.insert(name, [file, more.into_bytes()].concat());
        }
        for (record, lines) in batch {
            *self.header.files.entry(record.as_str().to_owned()).or_default() += lines.len();
        }
        Ok(new)
    }
}

impl StateStore for GitStore {
    fn is_far(&self) -> bool {
        true
    }

    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        match &self.held {
            Some(held) => read(&held.files, &held.branch.place()).map(|found| (found.ledger, found.repairs)),
            None => self.claim(),
        }
    }

    fn append(&mut self, record: &RecordId, lines: &[Line]) -> Result<(), StateError> {
        self.held().append(&[(record.clone(), lines.to_vec())], false)
    }

    fn append_all(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        if batch.is_empty() { Ok(()) } else { self.held().append(batch, true) }
    }

    fn baseline(&mut self, channel: &str, at: Timestamp) -> Result<(), StateError> {
        let held = self.held();
        held.header.baselines.insert(channel.to_owned(), at);
        held.behind = 0;
        held.put(Files::from([(HEADER.to_owned(), found::header_bytes(&held.header))]), &format!("The baseline of {channel}"))
    }

    fn note(&mut self, name: &str) -> Result<Option<String>, StateError> {
        let name = format!("{name}{NOTE}");
        let text = |files: &Files| files.get(&name).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
        match &self.held {
            Some(held) => Ok(text(&held.files)),
            None => Ok(text(&fetched(&self.open()?)?.1)),
        }
    }

    fn keep(&mut self, name: &str, text: &str) -> Result<(), StateError> {
        self.load()?;
        self.held().put(Files::from([(format!("{name}{NOTE}"), text.as_bytes().to_vec())]), &format!("The note {name}"))
    }

    fn log(&mut self, wanted: &dyn Fn(&str) -> bool) -> Result<LogFiles, StateError> {
        match &self.held {
            Some(held) => log(&held.files, &held.branch.place(), wanted),
            None => {
                let branch = self.open()?;
                log(&fetched(&branch)?.1, &branch.place(), wanted)
            }
        }
    }

    fn advance(&mut self, step: &[(String, Vec<u8>)], lines: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        let files = steps::fit(step)?;
        let Some((last, _)) = files.last() else { return self.append_all(lines) };
        let held = self.held();
        if held.files.contains_key(last) {
            return Err(StateError::Raced { place: format!("{last} in {}", held.branch.place()) });
        }
        let mut new = held.appended(lines)?;
        held.header.log += 1;
        held.behind = 0;
        new.insert(HEADER.to_owned(), found::header_bytes(&held.header));
        new.extend(files.into_iter().map(|(path, bytes)| (path, bytes.to_vec())));
        held.put(new, "A step of the log")
    }

    fn attach(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), StateError> {
        self.held().replace(files, "What witnesses have signed")
    }

    fn redact(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), StateError> {
        self.held().replace(files, "What was erased is taken out")
    }
}

impl Drop for GitStore {
    fn drop(&mut self) {
        // A claim that cannot be given up is waited for like one of a dead run; nothing else is lost.
        if let Some(held) = self.held.as_mut().filter(|held| !held.lost) {
            let mut new = Files::from([(LOCK.to_owned(), held.claim.given_up().bytes())]);
            if held.behind > 0 {
                new.insert(HEADER.to_owned(), found::header_bytes(&held.header));
            }
            let _ = held.put(new, "The run ends");
        }
    }
}

fn fetched(branch: &Branch) -> Result<(Option<String>, Files), StateError> {
    let place = branch.place();
    let end = branch.fetch().map_err(|error| fault(&place, error))?;
    let files = end.as_deref().map(|end| branch.files(end)).transpose().map_err(|error| fault(&place, error))?;
    Ok((end, files.unwrap_or_default()))
}

fn read(files: &Files, place: &str) -> Result<Found, StateError> {
    let at = |name: &str| format!("{name} in {place}");
    let names = Names::of(files.keys().map(String::as_str))?;
    found::read(header(files, place)?, &names, &at, &mut |name| Ok(files[name].clone()))
}

fn header(files: &Files, place: &str) -> Result<Option<Header>, StateError> {
    files.get(HEADER).map(|bytes| found::header(bytes, &format!("{HEADER} in {place}"))).transpose()
}

fn log(files: &Files, place: &str, wanted: &dyn Fn(&str) -> bool) -> Result<LogFiles, StateError> {
    let names = Names::of(files.keys().map(String::as_str))?.log;
    steps::whole(header(files, place)?.as_ref(), &names, &|name| format!("{name} in {place}"))?;
    let wanted = names.into_iter().filter(|name| wanted(name));
    wanted.map(|name| Ok((name.clone(), files[&steps::path_of(&name)?].clone()))).collect()
}

fn fault(place: &str, error: GitError) -> StateError {
    found::io(place, ErrorKind::Other, error.0)
}
