//! In: a folder and paths below it. Out: files opened, made, linked and removed below that folder, and nowhere else.
//!
//! Every look-up starts at the folder's own handle and follows no symbolic link in any part of the path, so that a
//! folder swapped for a link while a build runs leads nowhere (openat2(2), `RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS`;
//! part by part with `O_NOFOLLOW` where the kernel has no openat2).

use crate::model::route::SafePath;
use rustix::fd::{AsFd, BorrowedFd, OwnedFd};
use rustix::fs::{AtFlags, Dir, FileType, Mode, OFlags, RawMode};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use unicode_normalization::UnicodeNormalization;

/// A folder, held open.
#[derive(Debug)]
pub struct Tree {
    root: OwnedFd,
    resolves_beneath: bool,
}

/// An entry below a folder, as a walk meets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryType {
    /// A folder; the walk names it after all that is in it.
    Folder,
    /// Anything else: a file, a link, a pipe.
    File,
}

impl Tree {
    /// Opens a folder; fails where it is missing or not a folder.
    pub fn open(path: &Path) -> io::Result<Tree> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let root = rustix::fs::open(path, flags, Mode::empty())?;
        let resolves_beneath = beneath(root.as_fd(), ".", flags, Mode::empty()).is_ok();
        Ok(Tree { root, resolves_beneath })
    }

    /// The handle of the folder itself.
    pub fn handle(&self) -> BorrowedFd<'_> {
        self.root.as_fd()
    }

    /// Opens a regular file for reading; a link, pipe or device is refused.
    pub fn open_file(&self, path: &str) -> io::Result<File> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(self.open_below(path, flags, Mode::empty())?);
        if file.metadata()?.is_file() { Ok(file) } else { Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file")) }
    }

    /// Opens a file by its checked name, however the disk spells its accents.
    pub fn open_spelled(&self, path: &SafePath) -> io::Result<File> {
        match self.open_file(path.as_str()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && !path.as_str().is_ascii() => {
                self.open_file(&self.spelling(path)?.ok_or(error)?)
            }
            other => other,
        }
    }

    /// A checked path as the disk spells it: composed, decomposed, or some of both; none where there is no such file.
    pub fn spelling(&self, path: &SafePath) -> io::Result<Option<String>> {
        let decomposed: String = path.as_str().nfd().collect();
        if let Some(spelled) = [path.as_str(), &decomposed].into_iter().find(|path| self.stat_file(path).is_some()) {
            return Ok(Some(spelled.to_owned()));
        }
        let mut spelled = String::new();
        for part in path.as_str().split('/') {
            let folder = if spelled.is_empty() { rustix::io::dup(&self.root)? } else { self.below(&spelled)?.root };
            let mut names = Dir::read_from(&folder)?.filter_map(|entry| entry.ok()?.file_name().to_str().ok().map(str::to_owned));
            let Some(name) = names.find(|name| name.nfc().eq(part.chars())) else { return Ok(None) };
            spelled = if spelled.is_empty() { name } else { format!("{spelled}/{name}") };
        }
        Ok(Some(spelled))
    }

    /// Reads a whole regular file into a buffer that is emptied first; gives `false`, with the buffer cut, where the
    /// file is longer than `limit` bytes.
    pub fn read_into(&self, path: &str, limit: usize, buffer: &mut Vec<u8>) -> io::Result<bool> {
        buffer.clear();
        self.open_file(path)?.take(limit as u64 + 1).read_to_end(buffer)?;
        Ok(buffer.len() <= limit)
    }

    /// Makes a file that must not exist yet.
    pub fn create_new(&self, path: &str) -> io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = self.open_below(path, flags, Mode::from_raw_mode(FILE_MODE))?;
        for_readers(file.as_fd(), FILE_MODE)?;
        Ok(File::from(file))
    }

    /// Makes one folder whose parent exists; a folder that is there already is fine.
    pub fn make_folder(&self, path: &str) -> io::Result<()> {
        let (parent, name) = self.parent(path)?;
        match rustix::fs::mkdirat(parent.fd(self), name, Mode::from_raw_mode(FOLDER_MODE)) {
            Err(rustix::io::Errno::EXIST) => Ok(()),
            Err(other) => Err(other.into()),
            Ok(()) => {
                let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
                for_readers(self.open_below(path, flags, Mode::empty())?.as_fd(), FOLDER_MODE)
            }
        }
    }

    /// Lets a web server read the folder itself, whatever the umask of the user who made it.
    pub fn open_to_readers(&self) -> io::Result<()> {
        for_readers(self.handle(), FOLDER_MODE)
    }

    /// Removes a file or link.
    pub fn remove_file(&self, path: &str) -> io::Result<()> {
        let (parent, name) = self.parent(path)?;
        Ok(rustix::fs::unlinkat(parent.fd(self), name, AtFlags::empty())?)
    }

    /// Removes an empty folder.
    pub fn remove_folder(&self, path: &str) -> io::Result<()> {
        let (parent, name) = self.parent(path)?;
        Ok(rustix::fs::unlinkat(parent.fd(self), name, AtFlags::REMOVEDIR)?)
    }

    /// Gives a file of this tree a second name in another; the name must be free.
    pub fn link(&self, path: &str, other: &Tree) -> io::Result<()> {
        let (from, name) = self.parent(path)?;
        let (to, _) = other.parent(path)?;
        Ok(rustix::fs::linkat(from.fd(self), name, to.fd(other), name, AtFlags::empty())?)
    }

    /// Length and time of the last change (seconds, nanoseconds) of a regular file; none for anything else.
    pub fn stat_file(&self, path: &str) -> Option<(u64, (i64, i64))> {
        let (parent, name) = self.parent(path).ok()?;
        let stat = rustix::fs::statat(parent.fd(self), name, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let regular = FileType::from_raw_mode(stat.st_mode) == FileType::RegularFile;
        regular.then_some((stat.st_size as u64, (stat.st_mtime as i64, stat.st_mtime_nsec as i64)))
    }

    /// Visits everything below the folder, what is in a folder before the folder itself; follows no link.
    pub fn walk(&self, visit: &mut dyn FnMut(&str, EntryType) -> io::Result<()>) -> io::Result<()> {
        let mut path = String::new();
        walk(rustix::io::dup(&self.root)?, &mut path, visit)
    }

    /// Opens a folder below this one.
    pub fn below(&self, path: &str) -> io::Result<Tree> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok(Tree { root: self.open_below(path, flags, Mode::empty())?, resolves_beneath: self.resolves_beneath })
    }

    /// Removes a folder with all that is in it, one entry at a time.
    pub fn remove_all(&self, path: &str) -> io::Result<()> {
        let folder = self.below(path)?;
        let mut entries = Vec::new();
        folder.walk(&mut |path, entry| {
            entries.push((path.to_owned(), entry));
            Ok(())
        })?;
        for (path, entry) in entries {
            match entry {
                EntryType::Folder => folder.remove_folder(&path)?,
                EntryType::File => folder.remove_file(&path)?,
            }
        }
        self.remove_folder(path)
    }

    fn parent<'p>(&self, path: &'p str) -> io::Result<(Parent, &'p str)> {
        let Some((folder, name)) = path.rsplit_once('/') else { return Ok((Parent::Root, path)) };
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        Ok((Parent::Folder(self.open_below(folder, flags | path_only(), Mode::empty())?), name))
    }

    fn open_below(&self, path: &str, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
        if self.resolves_beneath { beneath(self.handle(), path, flags, mode) } else { part_by_part(self.handle(), path, flags, mode) }
    }
}

/// Whoever runs the web server reads what a build wrote; its umask would decide that otherwise.
const FILE_MODE: RawMode = 0o644;
const FOLDER_MODE: RawMode = 0o755;

/// Gives a new file or folder its mode; the bits above it, such as an inherited group, stay.
fn for_readers(handle: BorrowedFd<'_>, mode: RawMode) -> io::Result<()> {
    let now = rustix::fs::fstat(handle)?.st_mode & 0o7777;
    let wanted = (now & 0o7000) | mode;
    if now == wanted {
        return Ok(());
    }
    match rustix::fs::fchmod(handle, Mode::from_raw_mode(wanted)) {
        // A file system that has no modes, or does not let us choose them.
        Err(rustix::io::Errno::PERM | rustix::io::Errno::NOTSUP | rustix::io::Errno::NOSYS) => Ok(()),
        other => Ok(other?),
    }
}

enum Parent {
    Root,
    Folder(OwnedFd),
}

impl Parent {
    fn fd<'a>(&'a self, tree: &'a Tree) -> BorrowedFd<'a> {
        match self {
            Parent::Root => tree.root.as_fd(),
            Parent::Folder(folder) => folder.as_fd(),
        }
    }
}

#[cfg(target_os = "linux")]
fn path_only() -> OFlags {
    OFlags::PATH
}

#[cfg(not(target_os = "linux"))]
fn path_only() -> OFlags {
    OFlags::empty()
}

#[cfg(target_os = "linux")]
fn beneath(root: BorrowedFd<'_>, path: &str, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
    use rustix::fs::ResolveFlags;
    Ok(rustix::fs::openat2(root, path, flags, mode, ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS)?)
}

#[cfg(not(target_os = "linux"))]
fn beneath(_: BorrowedFd<'_>, _: &str, _: OFlags, _: Mode) -> io::Result<OwnedFd> {
    Err(io::ErrorKind::Unsupported.into())
}

fn part_by_part(root: BorrowedFd<'_>, path: &str, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
    let folder = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let (folders, name) = path.rsplit_once('/').unwrap_or(("", path));
    let mut here: Option<OwnedFd> = None;
    for part in folders.split('/').filter(|part| !part.is_empty()) {
        let from = here.as_ref().map_or(root, |fd| fd.as_fd());
        here = Some(rustix::fs::openat(from, part, folder, Mode::empty())?);
    }
    let from = here.as_ref().map_or(root, |fd| fd.as_fd());
    Ok(rustix::fs::openat(from, name, flags | OFlags::NOFOLLOW, mode)?)
}

fn walk(folder: OwnedFd, path: &mut String, visit: &mut dyn FnMut(&str, EntryType) -> io::Result<()>) -> io::Result<()> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    for entry in Dir::read_from(&folder)? {
        let entry = entry?;
        let name = entry.file_name().to_str().map_err(|_| io::Error::other(format!("a name in `{path}` is not valid UTF-8")))?;
        if matches!(name, "." | "..") {
            continue;
        }
        let length = path.len();
        if length > 0 {
            path.push('/');
        }
        path.push_str(name);
        let is_folder = match entry.file_type() {
            FileType::Directory => true,
            FileType::Unknown => {
                let stat = rustix::fs::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
                FileType::from_raw_mode(stat.st_mode) == FileType::Directory
            }
            _ => false,
        };
        if is_folder {
            walk(rustix::fs::openat(&folder, name, flags, Mode::empty())?, path, visit)?;
        }
        visit(path, if is_folder { EntryType::Folder } else { EntryType::File })?;
        path.truncate(length);
    }
    Ok(())
}
