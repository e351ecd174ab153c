//! In: the folder of a generation. Out: files put there: left alone, linked from the live one, or made anew.
//!
//! A file counts as unchanged where the manifest says so and the disk has one of that length, not touched since. A
//! changed one is always a new file, so that no link writes through to what readers see.

use crate::io::outplace::{self, StagingError, UNFINISHED};
use crate::io::tree::{EntryType, Tree};
use crate::model::manifest::{MANIFEST, MANIFEST_NOTE, Manifest, OutputFile};
use crate::model::route::SafePath;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};

/// The generation that readers see.
#[derive(Debug)]
pub(super) struct Generation {
    /// Its folder.
    pub(super) tree: Tree,
    /// What is in it.
    pub(super) manifest: Manifest,
    sealed: Seal,
}

/// When a generation's manifest was written: nothing older than it has been touched since.
type Seal = (i64, i64);

impl Generation {
    /// Opens it; none where no build has finished yet.
    pub(super) fn open(folder: &Path) -> io::Result<Option<Generation>> {
        let Some(manifest) = outplace::manifest_of(folder)? else { return Ok(None) };
        let tree = Tree::open(folder)?;
        let sealed = tree.stat_file(MANIFEST).map_or((i64::MIN, 0), |(_, time)| time);
        Ok(Some(Generation { tree, manifest, sealed }))
    }
}

/// The generation that will replace it.
#[derive(Debug)]
pub(super) struct Draft {
    /// Its folder.
    pub(super) tree: Tree,
    /// What lay in it: none where its content is not known.
    before: BTreeMap<String, Option<OutputFile>>,
    before_sealed: Seal,
    /// The files of the new site.
    pub(super) made: Mutex<BTreeMap<String, OutputFile>>,
    folders: RwLock<BTreeSet<String>>,
    changed: AtomicBool,
}

impl Draft {
    /// Opens a folder, marks it as unfinished and takes stock of it.
    pub(super) fn open(folder: &Path, known: Option<Manifest>) -> Result<Draft, StagingError> {
        let io = |action| StagingError::io(action, folder);
        let tree = Tree::open(folder).map_err(io("open"))?;
        tree.open_to_readers().map_err(io("open to readers"))?;
        let before_sealed = tree.stat_file(MANIFEST).map_or((i64::MIN, 0), |(_, time)| time);
        mark(&tree).map_err(io("write to"))?;
        let (before, folders) = inventory(&tree, known).map_err(io("read"))?;
        let (made, folders, changed) = (Mutex::default(), RwLock::new(folders), AtomicBool::new(false));
        Ok(Draft { tree, before, before_sealed, made, folders, changed })
    }

    /// Notes a file as one of the new site; each path once.
    pub(super) fn claim(&self, path: &SafePath, file: &OutputFile) -> Result<(), StagingError> {
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

    /// Whether the staging folder has the file now without its bytes being written.
    pub(super) fn reuse(&self, name: &str, file: &OutputFile, live: Option<&Generation>) -> io::Result<bool> {
        if self.before.get(name).is_some_and(|known| known.as_ref() == Some(file)) && intact(&self.tree, name, file, self.before_sealed) {
            return Ok(true);
        }
        let Some(live) = live else { return Ok(false) };
        if live.manifest.files.get(name) != Some(file) || !intact(&live.tree, name, file, live.sealed) {
            return Ok(false);
        }
        self.link(&live.tree, name)?;
        Ok(true)
    }

    /// Gives a file of another folder a second name here, or a copy where it can have none.
    pub(super) fn link(&self, from: &Tree, name: &str) -> io::Result<()> {
        self.place_free(name, || match from.link(name, &self.tree) {
            Err(error) if matches!(error.kind(), io::ErrorKind::AlreadyExists | io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Err(error)
            }
            // File systems without hard links, or with no room for one more on this file.
            Err(_) => io::copy(&mut from.open_file(name)?, &mut self.tree.create_new(name)?).map(drop),
            Ok(()) => Ok(()),
        })
    }

    /// Makes a new file.
    pub(super) fn create(&self, path: &SafePath) -> io::Result<File> {
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

    /// Removes what is in the staging folder and not in the new site, one by one.
    pub(super) fn sweep(&self, files: &BTreeMap<String, OutputFile>, carried: &[String]) -> io::Result<()> {
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

    /// Makes durable what was changed.
    pub(super) fn save(&self) -> io::Result<()> {
        if self.changed.load(Ordering::Relaxed) { sync(&self.tree) } else { Ok(()) }
    }

    /// What the disk said it could not save is not tried again: the next build makes every file anew.
    pub(super) fn throw_away(&self) {
        throw_away(&self.tree);
    }
}

/// Empties the folder of a generation of all but the mark that it is unfinished, which is set first; what cannot be removed
/// is made anew by the next build all the same.
pub(super) fn throw_away(tree: &Tree) {
    if mark(tree).is_err() && tree.stat_file(UNFINISHED).is_none() {
        return;
    }
    let mut gone = Vec::new();
    let _ = tree.walk(&mut |path, entry| {
        gone.push((path.to_owned(), entry));
        Ok(())
    });
    for (path, entry) in gone.iter().filter(|(path, _)| path != UNFINISHED) {
        let _ = match entry {
            EntryType::Folder => tree.remove_folder(path),
            EntryType::File => tree.remove_file(path),
        };
    }
}

/// Marks a generation as unfinished, durably, before anything in it changes.
pub(super) fn mark(tree: &Tree) -> io::Result<()> {
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
pub(super) fn prefixes(path: &str) -> impl Iterator<Item = &str> {
    path.match_indices('/').map(|(at, _)| &path[..at])
}

pub(super) fn folders_of<'p, S: AsRef<str> + ?Sized + 'p>(paths: impl Iterator<Item = &'p S>) -> BTreeSet<&'p str> {
    paths.flat_map(|path| prefixes(path.as_ref())).collect()
}

/// Whether a path above this one or below it is a file of the site.
pub(super) fn crosses(files: &BTreeMap<String, OutputFile>, path: &str) -> bool {
    let below = format!("{path}/");
    prefixes(path).any(|prefix| files.contains_key(prefix))
        || files.range(below.clone()..).next().is_some_and(|(file, _)| file.starts_with(&below))
}

pub(super) fn ignore_missing(error: io::Error) -> io::Result<()> {
    if error.kind() == io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

pub(super) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
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
