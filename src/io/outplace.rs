//! In: the name of an output folder. Out: the right to write there: checked, locked, recovered from a crash.
//!
//! Beside `public/` lie `.public.previous` (the generation before, and where the next one is made), `.public.lock`
//! (held while a build runs; the system lets go of it when the process ends, however it ends) and, on systems that
//! cannot exchange two folders in one call, for an instant `.public.swapping`.

use crate::io::cache;
use crate::model::manifest::{MANIFEST, Manifest};
use rustix::fs::FlockOperation;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

/// A file whose presence tells that a generation is not finished.
pub const UNFINISHED: &str = ".promulgate-unfinished";

/// Why an output folder cannot be used or a file in it not be made.
#[derive(Debug, thiserror::Error)]
pub enum StagingError {
    /// Writing there could destroy what is not ours.
    #[error("will not write the site to `{path}`: {why}")]
    Refused {
        /// The folder.
        path: PathBuf,
        /// Why, and what to do.
        why: &'static str,
    },
    /// Another process builds there now.
    #[error("another build is writing to `{path}`; wait for it to end, then run again")]
    Busy {
        /// The folder.
        path: PathBuf,
    },
    /// Two outputs want one path.
    #[error("two outputs want the path `{path}`")]
    Twice {
        /// Path below the output folder.
        path: String,
    },
    /// A file that we did not make lies where the site has one now.
    #[error("`{path}` in the output folder was not made by a build, and the site now has a page there; move that file away")]
    InTheWay {
        /// Path below the output folder.
        path: String,
    },
    /// A file of this build could not be written, so the build cannot be published.
    #[error("a file could not be written, so the site was left as it was")]
    Incomplete,
    /// The new site is in place, and the system could not say that it will be there after a power cut.
    #[error("the new site is in place at `{path}`, but the disk did not confirm that the exchange is saved")]
    Unsaved {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The system failed.
    #[error("could not {action} `{path}`")]
    Io {
        /// What was tried.
        action: &'static str,
        /// On what.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

impl StagingError {
    /// Wraps an error of the system with what was tried.
    pub fn io(action: &'static str, path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> StagingError {
        let path = path.into();
        move |source| StagingError::Io { action, path, source }
    }

    /// What a person can do about it, and what became of the site.
    pub fn remedy(&self) -> &'static str {
        let StagingError::Io { source, .. } = self else {
            return match self {
                StagingError::Refused { .. } => "Name another folder with `--out DIR`; nothing was changed.",
                StagingError::Unsaved { .. } => "Readers see the new site. Look at the disk, then build again.",
                _ => "The site that was there before is untouched.",
            };
        };
        match source.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                "Make room on the disk, then run again. The site that was there before is untouched."
            }
            io::ErrorKind::ReadOnlyFilesystem | io::ErrorKind::PermissionDenied => {
                "Let this user write to the output folder and to the folder around it, or name another with `--out DIR`; then run again. \
                 The site that was there before is untouched."
            }
            _ => "Look at the disk, then run again. The site that was there before is untouched.",
        }
    }
}

/// An output folder with its neighbours, locked.
#[derive(Debug)]
pub struct OutPlace {
    /// The folder that readers see.
    pub live: PathBuf,
    /// The other generation.
    pub previous: PathBuf,
    swapping: PathBuf,
    parent: File,
    lock: File,
}

impl OutPlace {
    /// Checks, locks and recovers the output folder of the site at `root`.
    pub fn claim(out: &Path, root: &Path) -> Result<OutPlace, StagingError> {
        let live = settle(out)?;
        refuse(&live, root)?;
        let (folder, name) = split(&live)?;
        let beside = |ending: &str| folder.join(format!(".{name}.{ending}"));
        let lock_path = beside("lock");
        let lock = File::options().create(true).append(true).open(&lock_path).map_err(StagingError::io("open the lock", &lock_path))?;
        match rustix::fs::flock(&lock, FlockOperation::NonBlockingLockExclusive) {
            Err(rustix::io::Errno::WOULDBLOCK) => return Err(StagingError::Busy { path: live }),
            other => other.map_err(|errno| StagingError::io("lock", &lock_path)(errno.into()))?,
        }
        let parent = File::open(&folder).map_err(StagingError::io("open", &folder))?;
        let place = OutPlace { previous: beside("previous"), swapping: beside("swapping"), live, parent, lock };
        place.recover().map_err(StagingError::io("recover", &place.live))?;
        Ok(place)
    }

    /// Ends an exchange by two renames that a crash cut in two.
    fn recover(&self) -> io::Result<()> {
        if !self.swapping.is_dir() {
            return Ok(());
        }
        match (self.live.is_dir(), self.previous.is_dir()) {
            (false, true) if is_finished(&self.previous)? => {
                fs::rename(&self.previous, &self.live)?;
                fs::rename(&self.swapping, &self.previous)
            }
            (false, _) => fs::rename(&self.swapping, &self.live),
            (true, false) => fs::rename(&self.swapping, &self.previous),
            (true, true) => Ok(()),
        }
    }

    /// Makes the finished generation at `previous` the live one and keeps the other, in one step where the system can.
    pub fn swap(&self) -> Result<(), StagingError> {
        let swapped = if self.live.exists() { self.exchange() } else { fs::rename(&self.previous, &self.live) };
        swapped.map_err(StagingError::io("put the new site in place of", &self.live))?;
        self.parent.sync_all().map_err(|source| StagingError::Unsaved { path: self.live.clone(), source })
    }

    /// Removes both generations of a folder that was made for a while, below the site at `root`.
    pub fn remove(self, root: &Path) -> Result<(), StagingError> {
        [&self.previous, &self.live]
            .into_iter()
            .try_for_each(|folder| cache::bury(root, folder).map_err(StagingError::io("remove", folder)))
    }

    #[cfg(any(target_os = "linux", target_vendor = "apple"))]
    fn exchange(&self) -> io::Result<()> {
        use rustix::fs::{CWD, RenameFlags, renameat_with};
        match renameat_with(CWD, &self.previous, CWD, &self.live, RenameFlags::EXCHANGE) {
            Err(rustix::io::Errno::INVAL | rustix::io::Errno::NOSYS | rustix::io::Errno::OPNOTSUPP) => self.two_renames(),
            other => Ok(other?),
        }
    }

    #[cfg(not(any(target_os = "linux", target_vendor = "apple")))]
    fn exchange(&self) -> io::Result<()> {
        self.two_renames()
    }

    fn two_renames(&self) -> io::Result<()> {
        fs::rename(&self.live, &self.swapping)?;
        if let Err(error) = fs::rename(&self.previous, &self.live) {
            fs::rename(&self.swapping, &self.live)?;
            return Err(error);
        }
        fs::rename(&self.swapping, &self.previous)
    }
}

impl Drop for OutPlace {
    /// Lets go of the lock at once, even where a child process just started still holds a copy of the handle.
    fn drop(&mut self) {
        let _ = rustix::fs::flock(&self.lock, FlockOperation::Unlock);
    }
}

/// The manifest of a generation that was finished; none for a folder that is missing, unfinished or not ours.
///
/// What cannot be read is an error: taken for missing, it would cost the files that other people put there.
pub fn manifest_of(folder: &Path) -> io::Result<Option<Manifest>> {
    if there(folder.join(UNFINISHED).symlink_metadata())?.is_some() {
        return Ok(None);
    }
    let Some(bytes) = there(fs::read(folder.join(MANIFEST)))? else { return Ok(None) };
    Ok(serde_json::from_slice::<Manifest>(&bytes).ok().filter(|manifest| manifest.manifest == 1))
}

fn is_finished(folder: &Path) -> io::Result<bool> {
    Ok(manifest_of(folder)?.is_some())
}

/// Whether a folder has nothing in it, or is not there.
pub fn is_empty(folder: &Path) -> io::Result<bool> {
    let Some(mut entries) = there(fs::read_dir(folder))? else { return Ok(true) };
    Ok(entries.next().transpose()?.is_none())
}

/// None for what is missing.
fn there<T>(asked: io::Result<T>) -> io::Result<Option<T>> {
    match asked {
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
        other => other.map(Some),
    }
}

/// The output folder without links and dots in its path; its parent is made where it is missing.
fn settle(out: &Path) -> Result<PathBuf, StagingError> {
    if let Ok(real) = out.canonicalize() {
        return Ok(real);
    }
    let absolute = std::path::absolute(out).map_err(StagingError::io("find", out))?;
    let (folder, name) = split(&absolute)?;
    fs::create_dir_all(&folder).map_err(StagingError::io("make the folder", &folder))?;
    Ok(folder.canonicalize().map_err(StagingError::io("find", &folder))?.join(name))
}

fn split(path: &Path) -> Result<(PathBuf, String), StagingError> {
    let refused = |why| StagingError::Refused { path: path.to_owned(), why };
    let folder = path.parent().ok_or(refused("it is the top of the file system"))?;
    let name = path.file_name().and_then(|name| name.to_str()).ok_or(refused("its name is not plain text; choose another"))?;
    Ok((folder.to_owned(), name.to_owned()))
}

/// Folders of a site that a build reads or keeps; the output must not lie in them.
const SOURCES: [&str; 7] = ["content", "themes", "templates", "static", "messages", "ledger", ".git"];

/// Whether a folder has something in it that no build made.
fn is_foreign(folder: &Path) -> io::Result<bool> {
    Ok(!is_empty(folder)? && !is_finished(folder)?)
}

fn refuse(live: &Path, root: &Path) -> Result<(), StagingError> {
    let root = root.canonicalize().map_err(StagingError::io("find", root))?;
    let home = std::env::var_os("HOME").and_then(|home| PathBuf::from(home).canonicalize().ok());
    let why = if live.parent().is_none() {
        "it is the top of the file system"
    } else if live == root {
        "it is the site's own folder; name a folder inside it, such as `public`"
    } else if root.starts_with(live) {
        "the site itself lies in it"
    } else if home.is_some_and(|home| home.starts_with(live)) {
        "it holds your home folder"
    } else if SOURCES.iter().any(|name| live.starts_with(root.join(name))) {
        "the site's sources lie there"
    } else if live.exists() && !live.is_dir() {
        "it is a file"
    } else if is_foreign(live).map_err(StagingError::io("read", live))? {
        "it holds files that no build of a site made; empty it yourself or name another folder"
    } else {
        return Ok(());
    };
    Err(StagingError::Refused { path: live.to_owned(), why })
}
