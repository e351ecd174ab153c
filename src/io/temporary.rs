//! In: what a folder is for. Out: a new empty folder that goes away with its owner; and those of owners that were killed,
//! removed by the next one who needs one.
//!
//! `promulgate-WHAT-PID-N` in the folder for temporary things, which strangers may share. Its owner holds a lock on it as
//! long as it lives. One is removed only where it is a folder and no link, our own user's, its process is gone, and
//! nobody holds its lock: a process of another container has a number that says nothing here.

use rustix::fs::{FlockOperation, Mode, OFlags, flock, open};
use rustix::process::{Pid, geteuid, test_kill_process};
use std::fs::File;
use std::os::unix::fs::{DirBuilderExt, MetadataExt};
use std::path::{Path, PathBuf};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What folders are for.
const USES: [&str; 2] = ["state", "plugin"];
/// So many folders with our number may have been left by others before us.
const MOST: usize = 1_000;

/// A new empty folder, removed at the end.
pub(super) struct Temporary {
    path: PathBuf,
    _lock: Option<File>,
}

impl Temporary {
    /// Nobody else can look into it. Not one that was there before: that is not empty in any sense we can trust.
    pub(super) fn new(what: &str) -> std::io::Result<Temporary> {
        static COUNT: AtomicUsize = AtomicUsize::new(0);
        static SWEPT: Once = Once::new();
        let temporary = std::env::temp_dir();
        SWEPT.call_once(|| sweep(&temporary));
        for _ in 0..MOST {
            let name = format!("promulgate-{what}-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            let path = temporary.join(name);
            match std::fs::DirBuilder::new().mode(0o700).create(&path) {
                Ok(()) => return Ok(Temporary { _lock: locked(&path), path }),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(std::io::Error::other("there are too many folders of ended runs"))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// The folder, open and locked by us; nothing where it is a link, no folder, or held by somebody.
fn locked(path: &Path) -> Option<File> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let file = open(path, flags, Mode::empty()).ok()?;
    flock(&file, FlockOperation::NonBlockingLockExclusive).ok()?;
    Some(File::from(file))
}

/// Removes what runs that are gone have left. What cannot be removed stays; nothing depends on it.
fn sweep(temporary: &Path) {
    let Ok(entries) = std::fs::read_dir(temporary) else { return };
    for entry in entries.filter_map(Result::ok) {
        let Some(owner) = entry.file_name().to_str().and_then(owner) else { continue };
        if test_kill_process(owner) != Err(rustix::io::Errno::SRCH) {
            continue;
        }
        let Some(folder) = locked(&entry.path()) else { continue };
        if folder.metadata().is_ok_and(|about| about.uid() == geteuid().as_raw()) {
            // Follows no link, at the top or below.
            let _ = std::fs::remove_dir_all(entry.path());
        }
    }
}

/// The process in the name of one of our folders.
fn owner(name: &str) -> Option<Pid> {
    let (what, numbers) = name.strip_prefix("promulgate-")?.split_once('-')?;
    let (process, count) = numbers.split_once('-')?;
    let is_number = |text: &str| !text.is_empty() && text.len() <= 10 && text.bytes().all(|byte| byte.is_ascii_digit());
    let is_ours = USES.contains(&what) && is_number(process) && is_number(count);
    Pid::from_raw(process.parse().ok().filter(|number| is_ours && *number > 0)?)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn only_names_of_our_own_folders_have_an_owner() {
        assert_eq!(owner("promulgate-state-4711-0"), Pid::from_raw(4711));
        assert_eq!(owner("promulgate-plugin-1-12"), Pid::from_raw(1));
        for name in [
            "promulgate-state-4711",
            "promulgate-state-4711-0-1",
            "promulgate-state--0",
            "promulgate-state-+1-0",
            "promulgate-state-0-0",
            "promulgate-state-99999999999-0",
            "promulgate-state-9999999999-0",
            "promulgate-other-4711-0",
            "xpromulgate-state-4711-0",
        ] {
            assert_eq!(owner(name), None, "{name}");
        }
    }

    #[test]
    fn a_folder_whose_lock_is_held_stays_although_its_process_is_gone() {
        let temporary = tempfile::tempdir().unwrap();
        let mut gone = std::process::Command::new("true").spawn().unwrap();
        gone.wait().unwrap();
        let [held, free] = [0, 1].map(|count| temporary.path().join(format!("promulgate-state-{}-{count}", gone.id())));
        std::fs::create_dir(&held).unwrap();
        std::fs::create_dir(&free).unwrap();
        let lock = locked(&held).unwrap();
        sweep(temporary.path());
        assert!(held.exists() && !free.exists());
        drop(lock);
        sweep(temporary.path());
        assert!(!held.exists());
    }
}
