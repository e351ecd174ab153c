//! In: the bytes of each output file, from any thread. Out: a whole new site in place of the old one, or nothing.
//!
//! Two generations: the folder that the last swap took out is brought up to date and exchanged with the live one in one
//! system call. A file that has not changed is left alone, or gets a second name (a hard link) from the live
//! generation; a changed one is always a new file, so no reader ever sees half of one, and no link writes through.
//! A file counts as unchanged where the manifest says so and the disk has one of that length, not touched since.
//! Style sheets, scripts and fonts of the generation before stay for one more, for readers who have its pages open.

use crate::io::outplace::{self, OutPlace, UNFINISHED};
use crate::io::pictures::read_publishable;
use crate::io::tree::{EntryType, Tree};
use crate::model::manifest::{MANIFEST, MANIFEST_NOTE, Manifest, OutputFile};
use crate::model::picture::Picture;
use crate::model::route::SafePath;
use crate::model::source::{Asset, AssetBytes};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

pub use crate::io::outplace::StagingError;

/// What a finished build did to the output folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The files of the site as it is now.
    pub manifest: Manifest,
    /// How many files are new or differ from the site before.
    pub written: usize,
    /// How many are as they were.
    pub unchanged: usize,
    /// Files that the site before had and this one has not.
    pub removed: Vec<String>,
    /// Files and folders in the output that no build made; carried over untouched.
    pub strangers: Vec<String>,
}

/// A site in the making.
#[derive(Debug)]
pub struct Staging {
    place: OutPlace,
    tree: Tree,
    /// What lies in the staging folder: none where its content is not known.
    before: BTreeMap<String, Option<OutputFile>>,
    before_sealed: Seal,
    live: Option<Generation>,
    made: Mutex<BTreeMap<String, OutputFile>>,
    folders: RwLock<BTreeSet<String>>,
    changed: AtomicBool,
    failed: AtomicBool,
}

#[derive(Debug)]
struct Generation {
    tree: Tree,
    manifest: Manifest,
    sealed: Seal,
}

/// When a generation's manifest was written: nothing older than it has been touched since.
type Seal = (i64, i64);

impl Staging {
    /// Claims the output folder of the site at `root` and opens the generation that will replace it.
    ///
    /// Refuses folders that are not ours, and fails where another build runs. Nothing that readers see changes.
    pub fn open(out: &Path, root: &Path) -> Result<Staging, StagingError> {
        let place = OutPlace::claim(out, root)?;
        let io = |action| StagingError::io(action, &place.previous);
        let live = Generation::open(&place.live).map_err(StagingError::io("read", &place.live))?;
        let known = outplace::manifest_of(&place.previous).map_err(io("read"))?;
        let marked = place.previous.join(UNFINISHED).symlink_metadata().is_ok();
        let ours = known.is_some() || marked || outplace::is_empty(&place.previous).map_err(io("read"))?;
        if !ours {
            let why = "it is no generation of a site; remove it yourself";
            return Err(StagingError::Refused { path: place.previous.clone(), why });
        }
        fs::create_dir_all(&place.previous).map_err(io("make the folder"))?;
        let tree = Tree::open(&place.previous).map_err(io("open"))?;
        tree.open_to_readers().map_err(io("open to readers"))?;
        let before_sealed = tree.stat_file(MANIFEST).map_or((i64::MIN, 0), |(_, time)| time);
        mark(&tree).map_err(io("write to"))?;
        let (before, folders) = inventory(&tree, known).map_err(io("read"))?;
        let (made, folders) = (Mutex::default(), RwLock::new(folders));
        let (changed, failed) = (AtomicBool::new(false), AtomicBool::new(false));
        Ok(Staging { place, tree, before, before_sealed, live, made, folders, changed, failed })
    }

    /// The files of the site that readers see now; none before the first build.
    pub fn live(&self) -> Option<&Manifest> {
        self.live.as_ref().map(|live| &live.manifest)
    }

    /// The bytes of a file that readers see now, up to a megabyte; none where there is no such file.
    pub fn read_live(&self, path: &str) -> Option<Vec<u8>> {
        let mut bytes = Vec::new();
        let whole = self.live.as_ref()?.tree.read_into(path, 1 << 20, &mut bytes).ok()?;
        whole.then_some(bytes)
    }

    /// Hands over the bytes of one file. Each path once; callable from many threads.
    pub fn put(&self, path: &SafePath, bytes: &[u8]) -> Result<OutputFile, StagingError> {
        let file = OutputFile { bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) };
        self.claim(path, &file)?;
        self.noting_failure(path, || {
            if !self.reuse(path.as_str(), &file)? {
                self.create(path)?.write_all(bytes)?;
            }
            Ok(())
        })?;
        Ok(file)
    }

    /// Takes a file over as the site has it now, without its bytes; none where the site has no such file.
    pub fn keep(&self, path: &SafePath) -> Result<Option<OutputFile>, StagingError> {
        let Some(file) = self.live().and_then(|live| live.files.get(path.as_str())).cloned() else { return Ok(None) };
        let mut kept = false;
        self.claim(path, &file)?;
        self.noting_failure(path, || {
            kept = self.reuse(path.as_str(), &file)?;
            Ok(())
        })?;
        if !kept {
            lock(&self.made).remove(path.as_str());
        }
        Ok(kept.then_some(file))
    }

    /// Copies a file of the site's folder, such as an attachment, without holding it in memory.
    pub fn put_file(&self, path: &SafePath, root: &Tree, from: &SafePath) -> Result<OutputFile, StagingError> {
        let mut source = root.open_spelled(from).map_err(StagingError::io("read", from.as_str()))?;
        let hashed = copy(&mut source, &mut io::sink()).map_err(StagingError::io("read", from.as_str()))?;
        self.claim(path, &hashed)?;
        self.noting_failure(path, || {
            if self.reuse(path.as_str(), &hashed)? {
                return Ok(());
            }
            let copied = copy(&mut root.open_spelled(from)?, &mut self.create(path)?)?;
            if copied == hashed { Ok(()) } else { Err(io::Error::other("it changed while it was copied")) }
        })?;
        Ok(hashed)
    }

    /// Copies an asset of the site or of the built-in theme; a picture goes out without its metadata.
    pub fn put_asset(&self, path: &SafePath, root: &Tree, asset: &Asset) -> Result<OutputFile, StagingError> {
        match asset.bytes {
            AssetBytes::Disk(_) if asset.picture.as_ref().is_some_and(Picture::is_stripped) => {
                let bytes = read_publishable(root, asset).map_err(StagingError::io("read", asset.path.as_str()))?;
                self.put(path, &bytes)
            }
            AssetBytes::BuiltIn(bytes) => self.put(path, bytes),
            AssetBytes::Disk(_) => self.put_file(path, root, &asset.path),
        }
    }

    /// Ends the generation and puts it in place of the live one.
    ///
    /// Until the very last step readers see the old site; where any step fails they go on seeing it.
    pub fn finish(self) -> Result<Published, StagingError> {
        self.finish_with(|_| Ok(None))
    }

    /// The same; `seal` is given the bytes of the manifest when everything else is safe on disk, and may give the note that
    /// stands beside it. Where it fails, nothing was published.
    pub fn finish_with<E: From<StagingError>>(self, seal: impl FnOnce(&[u8]) -> Result<Option<String>, E>) -> Result<Published, E> {
        if self.failed.load(Ordering::Acquire) {
            return Err(StagingError::Incomplete.into());
        }
        let mut files = std::mem::take(&mut *lock(&self.made));
        let kept = self.keep_assets(&mut files)?;
        let (carried, strangers) = self.strangers(&files)?;
        let at = &self.place.previous;
        self.carry(&carried).map_err(StagingError::io("carry files over to", at))?;
        self.sweep(&files, &carried).map_err(StagingError::io("clear old files from", at))?;
        let manifest = Manifest { manifest: 1, files, kept };
        let bytes = serde_json::to_vec(&manifest).expect("a manifest is made of text and numbers only");
        let saved = if self.changed.load(Ordering::Relaxed) { sync(&self.tree) } else { Ok(()) };
        if let Err(error) = saved {
            // What the disk said it could not save is not tried again: the next build makes every file anew.
            self.throw_away();
            return Err(StagingError::io("save", at)(error).into());
        }
        let note = seal(&bytes)?;
        if let Err(error) = self.seal((&manifest, &bytes), note.as_deref()) {
            self.throw_away();
            return Err(StagingError::io("save", at)(error).into());
        }
        self.place.swap()?;
        Ok(self.published(manifest, strangers))
    }

    /// Takes over what pages of the generation before still ask for.
    fn keep_assets(&self, files: &mut BTreeMap<String, OutputFile>) -> Result<BTreeSet<String>, StagingError> {
        let Some(live) = &self.live else { return Ok(BTreeSet::new()) };
        let mut kept = BTreeSet::new();
        for path in live.manifest.kept_beside(files).into_iter().filter(|path| !crosses(files, path)).collect::<Vec<_>>() {
            let file = live.manifest.files[&path].clone();
            if self.reuse(&path, &file).map_err(StagingError::io("keep", self.place.live.join(&path)))? {
                files.insert(path.clone(), file);
                kept.insert(path);
            }
        }
        Ok(kept)
    }

    /// Empties the staging folder of all but the mark that it is unfinished, which is set first; what cannot be removed
    /// is made anew by the next build all the same.
    fn throw_away(&self) {
        if mark(&self.tree).is_err() && self.tree.stat_file(UNFINISHED).is_none() {
            return;
        }
        let mut gone = Vec::new();
        let _ = self.tree.walk(&mut |path, entry| {
            gone.push((path.to_owned(), entry));
            Ok(())
        });
        for (path, entry) in gone.iter().filter(|(path, _)| path != UNFINISHED) {
            let _ = match entry {
                EntryType::Folder => self.tree.remove_folder(path),
                EntryType::File => self.tree.remove_file(path),
            };
        }
    }

    fn published(&self, manifest: Manifest, strangers: Vec<String>) -> Published {
        let none = BTreeMap::new();
        let old = self.live().map_or(&none, |live| &live.files);
        let unchanged = manifest.files.iter().filter(|(path, file)| old.get(*path) == Some(*file)).count();
        let removed = old.keys().filter(|path| !manifest.files.contains_key(*path)).cloned().collect();
        Published { written: manifest.files.len() - unchanged, unchanged, removed, strangers, manifest }
    }

    fn claim(&self, path: &SafePath, file: &OutputFile) -> Result<(), StagingError> {
        let twice = || StagingError::Twice { path: path.to_string() };
        if matches!(path.as_str(), MANIFEST | MANIFEST_NOTE | UNFINISHED) {
            return Err(twice());
        }
        let (path, file) = (path.to_string(), file.clone());
        match lock(&self.made).insert(path, file) {
            Some(_) => Err(twice()),
            None => Ok(()),
        }
    }

    fn noting_failure(&self, path: &SafePath, work: impl FnOnce() -> io::Result<()>) -> Result<(), StagingError> {
        work().map_err(|source| {
            self.failed.store(true, Ordering::Release);
            StagingError::io("write", self.place.previous.join(path.as_str()))(source)
        })
    }

    /// Whether the staging folder has the file now without its bytes being written.
    fn reuse(&self, name: &str, file: &OutputFile) -> io::Result<bool> {
        if self.before.get(name).is_some_and(|known| known.as_ref() == Some(file)) && intact(&self.tree, name, file, self.before_sealed) {
            return Ok(true);
        }
        let Some(live) = &self.live else { return Ok(false) };
        if live.manifest.files.get(name) != Some(file) || !intact(&live.tree, name, file, live.sealed) {
            return Ok(false);
        }
        self.link(&live.tree, name)?;
        Ok(true)
    }

    fn link(&self, from: &Tree, name: &str) -> io::Result<()> {
        self.place_free(name, || match from.link(name, &self.tree) {
            Err(error) if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Err(error)
            }
            // File systems without hard links, or with no room for one more on this file.
            Err(_) => io::copy(&mut from.open_file(name)?, &mut self.tree.create_new(name)?).map(drop),
            Ok(()) => Ok(()),
        })
    }

    fn create(&self, path: &SafePath) -> io::Result<File> {
        self.place_free(path.as_str(), || self.tree.create_new(path.as_str()))
    }

    /// Makes something at a path: straight away where the path is free, else once what is in the way is gone.
    fn place_free<T>(&self, name: &str, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
        self.changed.store(true, Ordering::Relaxed);
        self.make_folders(name)?;
        if self.before.contains_key(name) {
            self.tree.remove_file(name).or_else(ignore_missing)?;
        }
        match make() {
            Err(error) if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                self.clear_way(name)?;
                self.make_folders(name)?;
                make()
            }
            other => other,
        }
    }

    fn make_folders(&self, name: &str) -> io::Result<()> {
        let Some((folder, _)) = name.rsplit_once('/') else { return Ok(()) };
        if self.has_folder(folder) {
            return Ok(());
        }
        // Made while nothing is locked, so that threads do not wait for each other's disk: a folder that another thread
        // made meanwhile is fine.
        for prefix in prefixes(name).filter(|prefix| !self.has_folder(prefix)) {
            match self.tree.make_folder(prefix) {
                Err(error) if error.kind() == io::ErrorKind::NotADirectory => return Ok(()),
                other => other?,
            }
            self.folders.write().unwrap_or_else(PoisonError::into_inner).insert(prefix.to_owned());
        }
        Ok(())
    }

    fn has_folder(&self, folder: &str) -> bool {
        self.folders.read().unwrap_or_else(PoisonError::into_inner).contains(folder)
    }

    /// Removes what an earlier generation left at a path of ours: a file where a folder must be, or the reverse.
    fn clear_way(&self, name: &str) -> io::Result<()> {
        let made = lock(&self.made);
        if crosses(&made, name) {
            return Err(io::Error::other("one output is a file where another needs a folder"));
        }
        for prefix in prefixes(name) {
            if self.tree.stat_file(prefix).is_some() {
                self.tree.remove_file(prefix)?;
            }
        }
        match self.tree.remove_file(name) {
            Err(_) if self.tree.below(name).is_ok() => self.tree.remove_all(name)?,
            other => other.or_else(ignore_missing)?,
        }
        let below = format!("{name}/");
        let mut folders = self.folders.write().unwrap_or_else(PoisonError::into_inner);
        folders.retain(|folder| folder != name && !folder.starts_with(&below) && !prefixes(name).any(|prefix| prefix == folder));
        Ok(())
    }

    /// Files of the live folder that no build made: all of them, and for people the highest folders that hold only such.
    fn strangers(&self, files: &BTreeMap<String, OutputFile>) -> Result<(Vec<String>, Vec<String>), StagingError> {
        let Some(live) = &self.live else { return Ok((Vec::new(), Vec::new())) };
        let mut found = Vec::new();
        let walked = live.tree.walk(&mut |path, entry| {
            if entry == EntryType::File && !matches!(path, MANIFEST | MANIFEST_NOTE) && !live.manifest.files.contains_key(path) {
                found.push(path.to_owned());
            }
            Ok(())
        });
        walked.map_err(StagingError::io("read", &self.place.live))?;
        if let Some(path) = found.iter().find(|path| files.contains_key(*path) || crosses(files, path)) {
            return Err(StagingError::InTheWay { path: path.clone() });
        }
        let ours = folders_of(live.manifest.files.keys());
        let shown =
            |path: &String| prefixes(path).find(|prefix| !ours.contains(*prefix)).map_or(path.clone(), |folder| format!("{folder}/"));
        let shown: BTreeSet<String> = found.iter().map(shown).collect();
        Ok((found, shown.into_iter().collect()))
    }

    fn carry(&self, strangers: &[String]) -> io::Result<()> {
        let Some(live) = &self.live else { return Ok(()) };
        for path in strangers {
            self.link(&live.tree, path)?;
        }
        Ok(())
    }

    /// Removes what is in the staging folder and not in the new site, one by one.
    fn sweep(&self, files: &BTreeMap<String, OutputFile>, carried: &[String]) -> io::Result<()> {
        if self.before.is_empty() {
            return Ok(());
        }
        let carried: BTreeSet<&str> = carried.iter().map(String::as_str).collect();
        let needed = folders_of(files.keys().map(String::as_str).chain(carried.iter().copied()));
        let mut gone = Vec::new();
        self.tree.walk(&mut |path, entry| {
            let stays = match entry {
                EntryType::Folder => needed.contains(path),
                EntryType::File => {
                    files.contains_key(path) || carried.contains(path) || matches!(path, MANIFEST | MANIFEST_NOTE | UNFINISHED)
                }
            };
            if !stays {
                gone.push((path.to_owned(), entry));
            }
            Ok(())
        })?;
        gone.iter().try_for_each(|(path, entry)| match entry {
            EntryType::Folder => self.tree.remove_folder(path),
            EntryType::File => self.tree.remove_file(path),
        })
    }

    /// Everything is safe on disk: the manifest and its note, then the mark that it is unfinished taken away. A note about a
    /// site that has not changed goes on to hold.
    fn seal(&self, (manifest, bytes): (&Manifest, &[u8]), note: Option<&str>) -> io::Result<()> {
        let known = || self.live.as_ref().filter(|live| live.manifest == *manifest).and_then(|_| self.read_live(MANIFEST_NOTE));
        let note = note.map(|note| note.as_bytes().to_vec()).or_else(known);
        for (name, content) in [(MANIFEST_NOTE, note.as_deref()), (MANIFEST, Some(bytes))] {
            self.tree.remove_file(name).or_else(ignore_missing)?;
            if let Some(content) = content {
                let mut file = self.tree.create_new(name)?;
                file.write_all(content)?;
                file.sync_all()?;
            }
        }
        self.tree.remove_file(UNFINISHED)?;
        Ok(rustix::fs::fsync(self.tree.handle())?)
    }
}

impl Generation {
    fn open(folder: &Path) -> io::Result<Option<Generation>> {
        let Some(manifest) = outplace::manifest_of(folder)? else { return Ok(None) };
        let tree = Tree::open(folder)?;
        let sealed = tree.stat_file(MANIFEST).map_or((i64::MIN, 0), |(_, time)| time);
        Ok(Some(Generation { tree, manifest, sealed }))
    }
}

/// Marks a generation as unfinished, durably, before anything in it changes.
fn mark(tree: &Tree) -> io::Result<()> {
    match tree.create_new(UNFINISHED) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(rustix::fs::fsync(tree.handle())?),
    }
}

type Inventory = (BTreeMap<String, Option<OutputFile>>, BTreeSet<String>);

/// What the staging folder holds: by its manifest, or by looking where a build was cut short.
fn inventory(tree: &Tree, known: Option<Manifest>) -> io::Result<Inventory> {
    if let Some(manifest) = known {
        let folders = folders_of(manifest.files.keys()).into_iter().map(str::to_owned).collect();
        return Ok((manifest.files.into_iter().map(|(path, file)| (path, Some(file))).collect(), folders));
    }
    let (mut files, mut folders) = (BTreeMap::new(), BTreeSet::new());
    tree.walk(&mut |path, entry| {
        match entry {
            EntryType::Folder => drop(folders.insert(path.to_owned())),
            EntryType::File if path == UNFINISHED => {}
            EntryType::File => drop(files.insert(path.to_owned(), None)),
        }
        Ok(())
    })?;
    Ok((files, folders))
}

fn intact(tree: &Tree, name: &str, file: &OutputFile, sealed: Seal) -> bool {
    tree.stat_file(name).is_some_and(|(bytes, touched)| bytes == file.bytes && touched <= sealed)
}

/// The folders above a path, outermost first.
fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

fn folders_of<'p, S: AsRef<str> + ?Sized + 'p>(paths: impl Iterator<Item = &'p S>) -> BTreeSet<&'p str> {
    paths.flat_map(|path| prefixes(path.as_ref())).collect()
}

/// Whether a path above this one or below it is a file of the site.
fn crosses(files: &BTreeMap<String, OutputFile>, path: &str) -> bool {
    let below = format!("{path}/");
    prefixes(path).any(|prefix| files.contains_key(prefix))
        || files.range(below.clone()..).next().is_some_and(|(file, _)| file.starts_with(&below))
}

fn copy(from: &mut File, to: &mut dyn Write) -> io::Result<OutputFile> {
    let (mut hash, mut bytes, mut buffer) = (Sha256::new(), 0, vec![0; 64 * 1024]);
    loop {
        let length = from.read(&mut buffer)?;
        if length == 0 {
            return Ok(OutputFile { bytes, sha256: hex(&hash.finalize()) });
        }
        hash.update(&buffer[..length]);
        to.write_all(&buffer[..length])?;
        bytes += length as u64;
    }
}

fn hex(digest: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    digest.iter().flat_map(|byte| [DIGITS[usize::from(byte >> 4)] as char, DIGITS[usize::from(byte & 15)] as char]).collect()
}

fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(target_os = "linux")]
fn sync(tree: &Tree) -> io::Result<()> {
    Ok(rustix::fs::syncfs(tree.handle())?)
}

#[cfg(not(target_os = "linux"))]
fn sync(_: &Tree) -> io::Result<()> {
    rustix::fs::sync();
    Ok(())
}
