//! In: the folder `ledger/` of a site. Out: its standings; and lines on disk before an append returns.
//!
//! One append-only file a record, `ledger/RECORD.jsonl`, so that two branches clash loudly where they tell of the same
//! record and never elsewhere. `ledger/state.json` keeps the baselines and how many lines each file has at least; it is
//! written after the lines, so a crash between the two leaves a file that is longer than its count (mended), while a
//! file that is shorter or gone was cut (refused). A line that a crash has torn is cut off and reported; damage before
//! the end is refused. An OS lock on `ledger/.lock` is held from `load` until the store is dropped. Symlinks are refused.

use super::disk::{flush_all, io_error, list, no_links, not_a_folder, read_file, sync_folder};
use super::found::{self, ENDING, Found, HEADER, LAG, NOTE};
use super::lines::{self, Header};
use super::steps::{self, INTENT, LOG, Names};
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::state::LogFiles;
use crate::model::transport::{Repair, StateError, StateStore};
use jiff::Timestamp;
use rustix::fs::FlockOperation;
use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Read, Seek, Write};
use std::path::{Path, PathBuf};

const LOCK: &str = ".lock";

/// A file of the log that is being written.
const NEW: &str = "log/.new";

/// From this many files on, one flush of the file system is cheaper than one for each file.
const MANY: usize = 16;

/// Longest file of one record that is read, in bytes.
const LIMIT: u64 = 64 * 1024 * 1024;

/// The ledger in a folder.
pub struct FolderStore {
    root: PathBuf,
    header: Header,
    behind: usize,
    lock: Option<File>,
    /// A step failed half way: the next load knows what counts, this run does not.
    lost: bool,
}

impl FolderStore {
    /// A store in this folder, which need not exist yet; touches nothing.
    pub fn new(root: impl Into<PathBuf>) -> FolderStore {
        FolderStore { root: root.into(), header: Header { v: 1, ..Header::default() }, behind: 0, lock: None, lost: false }
    }

    /// The ledger without a lock and without mending; what a run would mend is told.
    pub fn look(&self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let found = self.read()?;
        Ok((found.ledger, found.repairs))
    }

    fn read(&self) -> Result<Found, StateError> {
        let header = self.read_header()?;
        let names = self.names()?;
        found::read(header, &names, &self.place(), &mut |name| self.bytes(name))
    }

    fn names(&self) -> Result<Names, StateError> {
        let mut files = Vec::new();
        list(&self.root, "", &mut files)?;
        Names::of(files.iter().map(String::as_str))
    }

    fn bytes(&self, name: &str) -> Result<Vec<u8>, StateError> {
        let limit = if name.starts_with("log/") { steps::LIMIT } else { LIMIT };
        read_file(&self.path(name), limit)
    }

    fn place(&self) -> impl Fn(&str) -> String + '_ {
        |name| self.path(name).display().to_string()
    }

    fn read_header(&self) -> Result<Option<Header>, StateError> {
        let path = self.path(HEADER);
        match read_file(&path, LIMIT) {
            Ok(bytes) => found::header(&bytes, &path.display().to_string()).map(Some),
            Err(StateError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn path(&self, below: &str) -> PathBuf {
        self.root.join(below)
    }

    fn take_lock(&mut self) -> Result<(), StateError> {
        if self.lock.is_some() {
            return Ok(());
        }
        self.make_folder(&self.root.clone())?;
        let path = self.path(LOCK);
        let mut file = no_links(OpenOptions::new().read(true).write(true).create(true).truncate(false), &path)?;
        match rustix::fs::flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => {}
            Err(rustix::io::Errno::WOULDBLOCK) => {
                let mut holder = String::new();
                let _ = file.take(200).read_to_string(&mut holder);
                let holder = if holder.trim().is_empty() { "its number is not known".into() } else { holder.trim().to_owned() };
                return Err(StateError::Locked { holder });
            }
            Err(error) => return Err(io_error(&path)(error.into())),
        }
        let named = file.set_len(0).and_then(|()| file.rewind()).and_then(|()| writeln!(file, "process {}", std::process::id()));
        named.map_err(io_error(&path))?;
        self.lock = Some(file);
        Ok(())
    }

    /// Makes a folder and those above it below the root, each durable in its parent.
    fn make_folder(&self, folder: &Path) -> Result<(), StateError> {
        match fs::symlink_metadata(folder) {
            Ok(found) if found.is_dir() => return Ok(()),
            Ok(_) => return Err(not_a_folder(folder)),
            Err(error) if error.kind() == ErrorKind::NotFound => {}
            Err(error) => return Err(io_error(folder)(error)),
        }
        let parent = folder.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if folder != self.root {
            self.make_folder(parent)?;
        }
        match fs::create_dir(folder) {
            // Another first run was quicker by a moment; which of the two goes on, the lock decides.
            Err(error) if error.kind() == ErrorKind::AlreadyExists && fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir()) => {}
            made => made.map_err(io_error(folder))?,
        }
        sync_folder(parent)
    }

    /// Writes lines at the end of a record's file; durable only with `sync`.
    fn write_lines(&mut self, record: &RecordId, new: &[Line], sync: bool) -> Result<(), StateError> {
        self.is_ours()?;
        let path = self.path(&found::name_of(record)?);
        let folder = path.parent().unwrap_or(&self.root).to_owned();
        self.make_folder(&folder)?;
        let is_new = !self.header.files.contains_key(record.as_str());
        let mut file = no_links(OpenOptions::new().append(true).create(true), &path)?;
        let before = file.metadata().map_err(io_error(&path))?.len();
        let text: String = new.iter().map(lines::encode).collect();
        let written = file.write_all(text.as_bytes()).and_then(|()| if sync { file.sync_data() } else { Ok(()) });
        if let Err(error) = written {
            // Half a line must not stand before the lines of a later append.
            let _ = file.set_len(before);
            return Err(io_error(&path)(error));
        }
        if is_new && sync {
            sync_folder(&folder)?;
        }
        *self.header.files.entry(record.as_str().to_owned()).or_default() += new.len();
        self.behind += 1;
        Ok(())
    }

    fn write_header(&mut self) -> Result<(), StateError> {
        self.write_whole(HEADER, &found::header_bytes(&self.header))?;
        self.behind = 0;
        Ok(())
    }

    /// Puts a file of the log in place, durable when it returns; a new one only where nothing has its name.
    fn put_log(&self, name: &str, bytes: &[u8], new: bool) -> Result<(), StateError> {
        let (path, beside) = (self.path(name), self.path(NEW));
        let _ = fs::remove_file(&beside);
        let mut file = no_links(OpenOptions::new().write(true).create_new(true), &beside)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(io_error(&beside))?;
        if new {
            match fs::hard_link(&beside, &path) {
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                    return Err(StateError::Raced { place: path.display().to_string() });
                }
                linked => linked.map_err(io_error(&path))?,
            }
            fs::remove_file(&beside).map_err(io_error(&beside))?;
        } else {
            fs::rename(&beside, &path).map_err(io_error(&path))?;
        }
        sync_folder(&self.path(LOG))
    }

    /// Takes a whole log from elsewhere; there is none here yet.
    pub(super) fn adopt(&mut self, log: &LogFiles) -> Result<(), StateError> {
        self.is_ours()?;
        self.make_folder(&self.path(LOG))?;
        let files: Vec<(String, Vec<u8>)> = log.iter().map(|(name, bytes)| (name.clone(), bytes.clone())).collect();
        steps::fit(&files)?.into_iter().try_for_each(|(path, bytes)| self.put_log(&path, bytes, true))?;
        self.header.log = steps::count(&log.keys().cloned().collect::<Vec<_>>());
        self.write_header()
    }

    fn is_ours(&self) -> Result<(), StateError> {
        assert!(self.lock.is_some(), "a store is loaded, and so locked, before it is written");
        if self.lost {
            return Err(found::io(&self.root.display().to_string(), ErrorKind::NotConnected, "an earlier write failed"));
        }
        Ok(())
    }

    /// Puts a file in place: written beside it, then renamed over it.
    fn write_whole(&self, name: &str, text: &[u8]) -> Result<(), StateError> {
        let (path, beside) = (self.path(name), self.path(&format!(".{name}.new")));
        let mut file = no_links(OpenOptions::new().write(true).create(true).truncate(true), &beside)?;
        file.write_all(text).and_then(|()| file.sync_all()).map_err(io_error(&beside))?;
        fs::rename(&beside, &path).map_err(io_error(&path))?;
        sync_folder(&self.root)
    }
}

impl Drop for FolderStore {
    fn drop(&mut self) {
        // A header that lags is mended at the next load, so a failure here loses nothing.
        if self.lock.is_some() && self.behind > 0 && !self.lost {
            let _ = self.write_header();
        }
        // Lets go at once, even where a child process just started still holds a copy of the handle.
        if let Some(lock) = &self.lock {
            let _ = rustix::fs::flock(lock, FlockOperation::Unlock);
        }
    }
}

impl StateStore for FolderStore {
    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        self.take_lock()?;
        let found = self.read()?;
        for (id, whole) in &found.torn {
            let path = self.path(&format!("{id}{ENDING}"));
            let file = no_links(OpenOptions::new().write(true), &path)?;
            file.set_len(*whole as u64).and_then(|()| file.sync_all()).map_err(io_error(&path))?;
        }
        // Half a file may hold what has been erased since.
        let _ = fs::remove_file(self.path(NEW));
        (self.header, self.lost) = (found.header, false);
        self.append_all(&found.missing)?;
        if found.stale_header {
            self.write_header()?;
        }
        Ok((found.ledger, found.repairs))
    }

    fn append(&mut self, record: &RecordId, lines: &[Line]) -> Result<(), StateError> {
        self.write_lines(record, lines, true)?;
        if self.behind >= LAG { self.write_header() } else { Ok(()) }
    }

    fn append_all(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        let many = batch.len() >= MANY && cfg!(target_os = "linux");
        for (record, lines) in batch {
            self.write_lines(record, lines, !many)?;
        }
        if many {
            flush_all(&self.root)?;
        }
        if batch.is_empty() { Ok(()) } else { self.write_header() }
    }

    fn baseline(&mut self, channel: &str, at: Timestamp) -> Result<(), StateError> {
        self.header.baselines.insert(channel.to_owned(), at);
        self.write_header()
    }

    fn note(&mut self, name: &str) -> Result<Option<String>, StateError> {
        match self.bytes(&format!("{name}{NOTE}")) {
            Ok(bytes) => Ok(Some(String::from_utf8_lossy(&bytes).into_owned())),
            Err(StateError::Io { source, .. }) if source.kind() == ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn keep(&mut self, name: &str, text: &str) -> Result<(), StateError> {
        self.take_lock()?;
        self.write_whole(&format!("{name}{NOTE}"), text.as_bytes())
    }

    fn log(&mut self, wanted: &dyn Fn(&str) -> bool) -> Result<LogFiles, StateError> {
        let header = if self.lock.is_some() { Some(self.header.clone()) } else { self.read_header()? };
        let names = self.names()?.log;
        steps::whole(header.as_ref(), &names, &self.place())?;
        let wanted = names.into_iter().filter(|name| wanted(name));
        wanted.map(|name| Ok((name.clone(), self.bytes(&steps::path_of(&name)?)?))).collect()
    }

    fn advance(&mut self, step: &[(String, Vec<u8>)], lines: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        self.is_ours()?;
        let files = steps::fit(step)?;
        let Some(((last, decides), before)) = files.split_last() else { return self.append_all(lines) };
        self.make_folder(&self.path(LOG))?;
        // The papers of a step that counts are not to be written over.
        if fs::symlink_metadata(self.path(last)).is_ok() {
            return Err(StateError::Raced { place: self.path(last).display().to_string() });
        }
        self.lost = true;
        if !lines.is_empty() {
            self.put_log(INTENT, &steps::intent(&step[step.len() - 1], lines, &self.header.files)?, false)?;
        }
        // What only the last file makes count may lie there from a run that died before it.
        before.iter().try_for_each(|(path, bytes)| self.put_log(path, bytes, false))?;
        self.put_log(last, decides, true)?;
        self.lost = false;
        self.header.log += 1;
        let written = self.write_header().and_then(|()| self.append_all(lines));
        self.lost = written.is_err();
        written
    }

    fn redact(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), StateError> {
        self.is_ours()?;
        steps::fit(files)?.into_iter().try_for_each(|(path, bytes)| self.put_log(&path, bytes, false))
    }
}
