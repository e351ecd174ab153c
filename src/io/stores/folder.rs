//! In: the folder `ledger/` of a site. Out: its standings; and lines on disk before an append returns.
//!
//! One append-only file a record, `ledger/RECORD.jsonl`, so that two branches clash loudly where they tell of the same
//! record and never elsewhere. `ledger/state.json` keeps the baselines and how many lines each file has at least; it is
//! written after the lines, so a crash between the two leaves a file that is longer than its count (mended), while a
//! file that is shorter or gone was cut (refused). A line that a crash has torn is cut off and reported; damage before
//! the end is refused. An OS lock on `ledger/.lock` is held from `load` until the store is dropped. Symlinks are refused.

use super::found::{self, ENDING, Found, HEADER, LAG, LOG, NOTE};
use super::lines::{self, Header};
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::state::LogFiles;
use crate::model::transport::{Repair, StateError, StateStore};
use jiff::Timestamp;
use rustix::fs::{FlockOperation, OFlags};
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

const LOCK: &str = ".lock";

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
}

impl FolderStore {
    /// A store in this folder, which need not exist yet; touches nothing.
    pub fn new(root: impl Into<PathBuf>) -> FolderStore {
        FolderStore { root: root.into(), header: Header { v: 1, ..Header::default() }, behind: 0, lock: None }
    }

    /// The ledger without a lock and without mending; what a run would mend is told.
    pub fn look(&self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let found = self.read()?;
        Ok((found.ledger, found.repairs))
    }

    fn read(&self) -> Result<Found, StateError> {
        let header = self.read_header()?;
        let mut files = Vec::new();
        list(&self.root, "", &mut files)?;
        files.sort();
        let place = |name: &str| self.path(name).display().to_string();
        found::read(header, &files, &place, &mut |id| read_file(&self.path(&format!("{id}{ENDING}"))))
    }

    fn read_header(&self) -> Result<Option<Header>, StateError> {
        let path = self.path(HEADER);
        match read_file(&path) {
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
        assert!(self.lock.is_some(), "a store is loaded, and so locked, before it is written");
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
        let (path, beside) = (self.path(&found::log_name(name)?), self.path(&format!("{LOG}/.new")));
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
        if self.lock.is_some() && self.behind > 0 {
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
        self.header = found.header;
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
        match read_file(&self.path(&format!("{name}{NOTE}"))) {
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
        let names = log_names(&self.path(LOG))?;
        let header = if self.lock.is_some() { Some(self.header.clone()) } else { self.read_header()? };
        found::whole_log(header.as_ref(), names.iter().map(String::as_str), &|name| self.path(name).display().to_string())?;
        let wanted = names.into_iter().filter(|name| wanted(name));
        wanted.map(|name| Ok((name.clone(), read_file(&self.path(LOG).join(&name))?))).collect()
    }

    fn advance(&mut self, step: &[(String, Vec<u8>)], lines: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        assert!(self.lock.is_some(), "a store is loaded, and so locked, before it is written");
        self.make_folder(&self.path(LOG))?;
        let Some(((last, decides), before)) = step.split_last() else { return self.append_all(lines) };
        // What only the last file makes count may lie there from a run that died before it.
        for (name, bytes) in before {
            self.put_log(name, bytes, false)?;
        }
        self.put_log(last, decides, true)?;
        self.header.log += 1;
        self.write_header()?;
        self.append_all(lines)
    }

    fn redact(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), StateError> {
        assert!(self.lock.is_some(), "a store is loaded, and so locked, before it is written");
        files.iter().try_for_each(|(name, bytes)| self.put_log(name, bytes, false))
    }
}

/// Ids of all records that have a file below the folder; a symlink anywhere below is an error.
fn list(folder: &Path, prefix: &str, out: &mut Vec<String>) -> Result<(), StateError> {
    match fs::symlink_metadata(folder) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(not_a_folder(folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(io_error(folder)(error)),
    }
    for entry in fs::read_dir(folder).map_err(io_error(folder))? {
        let entry = entry.map_err(io_error(folder))?;
        let kind = entry.file_type().map_err(io_error(&entry.path()))?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        if kind.is_symlink() {
            return Err(io_error(&entry.path())(io::Error::new(ErrorKind::InvalidInput, "a symlink, which the ledger never follows")));
        }
        if kind.is_dir() {
            list(&entry.path(), &format!("{prefix}{name}/"), out)?;
        } else if let Some(id) = name.strip_suffix(ENDING) {
            out.push(format!("{prefix}{id}"));
        }
    }
    Ok(())
}

/// Names of the log's files; a folder that is not there has none.
fn log_names(folder: &Path) -> Result<Vec<String>, StateError> {
    match fs::symlink_metadata(folder) {
        Ok(found) if found.is_dir() => {}
        Ok(_) => return Err(not_a_folder(folder)),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(io_error(folder)(error)),
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).map_err(io_error(folder))? {
        let entry = entry.map_err(io_error(folder))?;
        names.extend(entry.file_name().into_string().ok().filter(|name| !name.starts_with('.')));
    }
    names.sort();
    Ok(names)
}

fn read_file(path: &Path) -> Result<Vec<u8>, StateError> {
    let file = no_links(OpenOptions::new().read(true), path)?;
    let mut bytes = Vec::new();
    file.take(LIMIT + 1).read_to_end(&mut bytes).map_err(io_error(path))?;
    if bytes.len() as u64 > LIMIT {
        return Err(io_error(path)(io::Error::new(ErrorKind::InvalidData, "longer than any ledger of one record can be")));
    }
    Ok(bytes)
}

fn no_links(options: &mut OpenOptions, path: &Path) -> Result<File, StateError> {
    options.custom_flags((OFlags::NOFOLLOW | OFlags::CLOEXEC).bits().cast_signed()).open(path).map_err(io_error(path))
}

fn sync_folder(folder: &Path) -> Result<(), StateError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(io_error(folder))
}

#[cfg(target_os = "linux")]
fn flush_all(root: &Path) -> Result<(), StateError> {
    let folder = File::open(root).map_err(io_error(root))?;
    rustix::fs::syncfs(&folder).map_err(|error| io_error(root)(error.into()))
}

#[cfg(not(target_os = "linux"))]
fn flush_all(root: &Path) -> Result<(), StateError> {
    sync_folder(root)
}

fn not_a_folder(path: &Path) -> StateError {
    io_error(path)(io::Error::new(ErrorKind::InvalidInput, "a file or symlink where a folder was expected"))
}

fn io_error(path: &Path) -> impl FnOnce(io::Error) -> StateError + use<> {
    let path = path.display().to_string();
    move |source| StateError::Io { path, source }
}
