//! In: the bytes of each output file, from any thread. Out: a whole new site in place of the old one, or nothing.
//!
//! Two generations: the folder that the last swap took out is brought up to date and exchanged with the live one in one
//! system call. A file that has not changed is left alone, or gets a second name (a hard link) from the live
//! generation; a changed one is always a new file, so no reader ever sees half of one (`io/generation`).
//! Style sheets, scripts and fonts of the generation before stay for one more, for readers who have its pages open.

use crate::io::generation::{Draft, Generation, crosses, folders_of, ignore_missing, lock, prefixes, throw_away};
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
    draft: Draft,
    live: Option<Generation>,
    failed: AtomicBool,
    forgetting: bool,
}

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
        let draft = Draft::open(&place.previous, known)?;
        Ok(Staging { place, draft, live, failed: AtomicBool::new(false), forgetting: false })
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
        self.draft.claim(path, &file)?;
        self.noting_failure(path, || {
            if !self.draft.reuse(path.as_str(), &file, self.live.as_ref())? {
                self.draft.create(path)?.write_all(bytes)?;
            }
            Ok(())
        })?;
        Ok(file)
    }

    /// Takes a file over as the site has it now, without its bytes; none where the site has no such file.
    pub fn keep(&self, path: &SafePath) -> Result<Option<OutputFile>, StagingError> {
        let Some(file) = self.live().and_then(|live| live.files.get(path.as_str())).cloned() else { return Ok(None) };
        let mut kept = false;
        self.draft.claim(path, &file)?;
        self.noting_failure(path, || {
            kept = self.draft.reuse(path.as_str(), &file, self.live.as_ref())?;
            Ok(())
        })?;
        if !kept {
            lock(&self.draft.made).remove(path.as_str());
        }
        Ok(kept.then_some(file))
    }

    /// Copies a file of the site's folder, such as an attachment, without holding it in memory.
    pub fn put_file(&self, path: &SafePath, root: &Tree, from: &SafePath) -> Result<OutputFile, StagingError> {
        let mut source = root.open_spelled(from).map_err(StagingError::io("read", from.as_str()))?;
        let hashed = copy(&mut source, &mut io::sink()).map_err(StagingError::io("read", from.as_str()))?;
        self.draft.claim(path, &hashed)?;
        self.noting_failure(path, || {
            if self.draft.reuse(path.as_str(), &hashed, self.live.as_ref())? {
                return Ok(());
            }
            let copied = copy(&mut root.open_spelled(from)?, &mut self.draft.create(path)?)?;
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

    /// The same, with nothing left of the generation that is taken out where it had more files: what was erased is not to lie
    /// beside the site until the next build.
    pub fn forgetting(self, forgetting: bool) -> Staging {
        Staging { forgetting, ..self }
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
        let mut files = std::mem::take(&mut *lock(&self.draft.made));
        let kept = self.keep_assets(&mut files)?;
        let (carried, strangers) = self.strangers(&files)?;
        let at = &self.place.previous;
        self.carry(&carried).map_err(StagingError::io("carry files over to", at))?;
        self.draft.sweep(&files, &carried).map_err(StagingError::io("clear old files from", at))?;
        let manifest = Manifest { manifest: 1, files, kept };
        let bytes = serde_json::to_vec(&manifest).expect("a manifest is made of text and numbers only");
        if let Err(error) = self.draft.save() {
            // What the disk said it could not save is not tried again: the next build makes every file anew.
            self.draft.throw_away();
            return Err(StagingError::io("save", at)(error).into());
        }
        let note = seal(&bytes)?;
        if let Err(error) = self.seal((&manifest, &bytes), note.as_deref()) {
            self.draft.throw_away();
            return Err(StagingError::io("save", at)(error).into());
        }
        self.place.swap()?;
        let published = self.published(manifest, strangers);
        if let Some(old) = self.live.as_ref().filter(|_| self.forgetting && !published.removed.is_empty()) {
            throw_away(&old.tree);
        }
        Ok(published)
    }

    /// Takes over what pages of the generation before still ask for.
    fn keep_assets(&self, files: &mut BTreeMap<String, OutputFile>) -> Result<BTreeSet<String>, StagingError> {
        let Some(live) = &self.live else { return Ok(BTreeSet::new()) };
        let mut kept = BTreeSet::new();
        for path in live.manifest.kept_beside(files).into_iter().filter(|path| !crosses(files, path)).collect::<Vec<_>>() {
            let file = live.manifest.files[&path].clone();
            if self.draft.reuse(&path, &file, Some(live)).map_err(StagingError::io("keep", self.place.live.join(&path)))? {
                files.insert(path.clone(), file);
                kept.insert(path);
            }
        }
        Ok(kept)
    }

    fn published(&self, manifest: Manifest, strangers: Vec<String>) -> Published {
        let none = BTreeMap::new();
        let old = self.live().map_or(&none, |live| &live.files);
        let unchanged = manifest.files.iter().filter(|(path, file)| old.get(*path) == Some(*file)).count();
        let removed = old.keys().filter(|path| !manifest.files.contains_key(*path)).cloned().collect();
        Published { written: manifest.files.len() - unchanged, unchanged, removed, strangers, manifest }
    }

    fn noting_failure(&self, path: &SafePath, work: impl FnOnce() -> io::Result<()>) -> Result<(), StagingError> {
        work().map_err(|source| {
            self.failed.store(true, Ordering::Release);
            StagingError::io("write", self.place.previous.join(path.as_str()))(source)
        })
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
            self.draft.link(&live.tree, path)?;
        }
        Ok(())
    }

    /// Everything is safe on disk: the manifest and its note, then the mark that it is unfinished taken away. A note about a
    /// site that has not changed goes on to hold.
    fn seal(&self, (manifest, bytes): (&Manifest, &[u8]), note: Option<&str>) -> io::Result<()> {
        let known = || self.live.as_ref().filter(|live| live.manifest == *manifest).and_then(|_| self.read_live(MANIFEST_NOTE));
        let note = note.map(|note| note.as_bytes().to_vec()).or_else(known);
        for (name, content) in [(MANIFEST_NOTE, note.as_deref()), (MANIFEST, Some(bytes))] {
            self.draft.tree.remove_file(name).or_else(ignore_missing)?;
            if let Some(content) = content {
                let mut file = self.draft.tree.create_new(name)?;
                file.write_all(content)?;
                file.sync_all()?;
            }
        }
        self.draft.tree.remove_file(UNFINISHED)?;
        Ok(rustix::fs::fsync(self.draft.tree.handle())?)
    }
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
