//! In: the bytes of files that are dear to make, by the hash of all that decides them. Out: the same bytes at later builds.
//!
//! `.cache/` below the site's root holds one file an entry, named by that hash: 32 bytes of SHA-256, then the bytes it is
//! of. An entry whose checksum is wrong counts as absent and is made anew, so the folder may be deleted, damaged or
//! shared at any time. Entries are put in place whole, by a rename. A folder that cannot be written costs time only.

use crate::model::announcement::hex;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// The folder below the site's root.
pub const FOLDER: &str = ".cache";

/// After so many builds in a row that had no use for it, an entry is removed.
const UNUSED_BUILDS: u32 = 20;

/// Says of each entry that was not used how many builds ago that was.
const UNUSED: &str = "unused.json";

/// The entries of one site.
#[derive(Debug)]
pub struct Cache {
    folder: PathBuf,
    is_shut: bool,
    used: Mutex<BTreeSet<String>>,
    made: AtomicUsize,
    found: AtomicUsize,
}

/// The name of an entry: a hash of everything that decides its bytes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry(String);

impl Entry {
    /// The entry for a key and, where it is made from a file, the hash of that file's bytes. Another version of the
    /// program has other entries.
    pub fn new(key: &str, from: Option<&[u8; 32]>) -> Entry {
        let mut hash = Sha256::new();
        hash.update(env!("CARGO_PKG_VERSION"));
        hash.update([0]);
        hash.update(from.map_or(&[][..], |hash| &hash[..]));
        hash.update([0]);
        hash.update(key);
        Entry(hex(&hash.finalize()))
    }

    fn path(&self) -> String {
        format!("{}/{}", &self.0[..2], &self.0[2..])
    }
}

impl Cache {
    /// The cache of the site at `root`; nothing is read or made yet.
    pub fn of(root: &Path) -> Cache {
        let (made, found) = (AtomicUsize::new(0), AtomicUsize::new(0));
        Cache { folder: root.join(FOLDER), is_shut: false, used: Mutex::default(), made, found }
    }

    /// One that has nothing and keeps nothing, for a build that must make every file itself.
    pub fn shut(root: &Path) -> Cache {
        Cache { is_shut: true, ..Cache::of(root) }
    }

    /// The bytes of an entry, if they are there and whole.
    pub fn get(&self, entry: &Entry) -> Option<Vec<u8>> {
        if self.is_shut {
            return None;
        }
        let mut file = fs::read(self.folder.join(entry.path())).ok()?;
        let bytes = file.split_off_checked(32)?;
        if Sha256::digest(&bytes).as_slice() != file {
            return None;
        }
        self.note(entry);
        self.found.fetch_add(1, Ordering::Relaxed);
        Some(bytes)
    }

    /// Whether there is such an entry; its bytes are not looked at.
    pub fn has(&self, entry: &Entry) -> bool {
        !self.is_shut && self.folder.join(entry.path()).is_file()
    }

    /// Keeps bytes that were just made. Where the disk will not have them, they are made again another time.
    pub fn keep(&self, entry: &Entry, bytes: &[u8]) {
        self.note(entry);
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        if self.is_shut {
            return;
        }
        let path = self.folder.join(entry.path());
        let beside = self.folder.join(format!("new.{}.{number}", std::process::id()));
        let whole: Vec<u8> = Sha256::digest(bytes).iter().chain(bytes).copied().collect();
        let folders = path.parent().map_or(Ok(()), fs::create_dir_all);
        let kept = folders.and_then(|()| fs::write(&beside, whole)).and_then(|()| fs::rename(&beside, &path));
        if kept.is_err() {
            let _ = fs::remove_file(&beside);
        }
    }

    /// Counts bytes that were made and not kept.
    pub fn passed(&self) {
        self.made.fetch_add(1, Ordering::Relaxed);
    }

    /// How many files were made, and how many found.
    pub fn counts(&self) -> (usize, usize) {
        (self.made.load(Ordering::Relaxed), self.found.load(Ordering::Relaxed))
    }

    /// After a build of the whole site: removes what the last builds had no use for.
    pub fn sweep(&self) {
        if self.is_shut {
            return;
        }
        let Some(there) = self.entries() else { return };
        let list = self.folder.join(UNUSED);
        let before: BTreeMap<String, u32> = fs::read(&list).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let used = self.used.lock().unwrap_or_else(PoisonError::into_inner);
        let mut unused = BTreeMap::new();
        for (name, path) in there.into_iter().filter(|(name, _)| !used.contains(name)) {
            let builds = before.get(&name).map_or(1, |builds| builds.saturating_add(1));
            if builds > UNUSED_BUILDS {
                let _ = fs::remove_file(path);
            } else {
                unused.insert(name, builds);
            }
        }
        if unused != before {
            let beside = self.folder.join(format!("new.{}", std::process::id()));
            let text = serde_json::to_vec(&unused).unwrap_or_default();
            let _ = fs::write(&beside, text).and_then(|()| fs::rename(&beside, &list));
        }
    }

    fn note(&self, entry: &Entry) {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).insert(entry.0.clone());
    }

    /// All entries, by name; what a killed build left half made is removed on the way.
    fn entries(&self) -> Option<Vec<(String, PathBuf)>> {
        let mut all = Vec::new();
        for folder in fs::read_dir(&self.folder).ok()?.flatten() {
            let (path, first) = (folder.path(), folder.file_name().to_string_lossy().into_owned());
            if first.starts_with("new.") {
                let _ = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            }
            let files = if first.len() == 2 { fs::read_dir(&path).ok() } else { None };
            all.extend(
                files.into_iter().flatten().flatten().map(|file| (format!("{first}{}", file.file_name().to_string_lossy()), file.path())),
            );
        }
        Some(all)
    }
}

/// Takes a folder of the site away for good: out of sight in one step, then file by file. What a killed run leaves of it
/// goes with the next sweep.
pub fn bury(root: &Path, folder: &Path) -> io::Result<()> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let grave = root.join(FOLDER).join(format!("new.{}{name}", std::process::id()));
    match fs::rename(folder, &grave).and_then(|()| fs::remove_dir_all(&grave)) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

/// `Vec::split_off` that does not panic.
trait SplitOff: Sized {
    fn split_off_checked(&mut self, at: usize) -> Option<Self>;
}

impl SplitOff for Vec<u8> {
    fn split_off_checked(&mut self, at: usize) -> Option<Vec<u8>> {
        (self.len() >= at).then(|| self.split_off(at))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn build(root: &Path, entry: &Entry, bytes: &[u8]) -> (usize, usize) {
        let cache = Cache::of(root);
        if cache.get(entry).is_none_or(|kept| kept != bytes) {
            cache.keep(entry, bytes);
        }
        cache.sweep();
        cache.counts()
    }

    #[test]
    fn what_was_made_once_is_found_until_it_is_damaged() {
        let root = tempfile::tempdir().unwrap();
        let entry = Entry::new("card", None);
        assert_eq!(build(root.path(), &entry, b"png"), (1, 0));
        assert_eq!(build(root.path(), &entry, b"png"), (0, 1));
        let path = root.path().join(FOLDER).join(entry.path());
        for damage in [&b"short"[..], &[7; 40]] {
            fs::write(&path, damage).unwrap();
            assert_eq!(build(root.path(), &entry, b"png"), (1, 0));
        }
        assert_eq!(build(root.path(), &entry, b"png"), (0, 1));
    }

    #[test]
    fn key_and_file_both_decide() {
        let entries = [Entry::new("a", None), Entry::new("b", None), Entry::new("a", Some(&[1; 32])), Entry::new("a", Some(&[2; 32]))];
        assert_eq!(entries.iter().collect::<BTreeSet<_>>().len(), 4);
    }

    #[test]
    fn an_entry_goes_when_no_build_has_used_it_for_long() {
        let root = tempfile::tempdir().unwrap();
        let (old, new) = (Entry::new("old", None), Entry::new("new", None));
        build(root.path(), &old, b"old");
        for _ in 0..UNUSED_BUILDS {
            build(root.path(), &new, b"new");
        }
        assert!(Cache::of(root.path()).has(&old));
        fs::write(root.path().join(FOLDER).join("new.1.1"), b"half").unwrap();
        fs::create_dir(root.path().join(FOLDER).join("new.2.again")).unwrap();
        build(root.path(), &new, b"new");
        assert!(!Cache::of(root.path()).has(&old));
        assert!(Cache::of(root.path()).has(&new));
        assert!(!root.path().join(FOLDER).join("new.1.1").exists());
        assert!(!root.path().join(FOLDER).join("new.2.again").exists());
    }
}
