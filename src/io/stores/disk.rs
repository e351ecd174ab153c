//! In: paths below the folder of a state. Out: its files listed, read and made durable; a symlink is an error everywhere.

use crate::model::transport::StateError;
use rustix::fs::OFlags;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Read};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Paths of all files below the folder; a symlink anywhere below is an error.
pub(super) fn list(folder: &Path, prefix: &str, out: &mut Vec<String>) -> Result<(), StateError> {
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
        } else {
            out.push(format!("{prefix}{name}"));
        }
    }
    Ok(())
}

/// A whole file, if it is not longer than `limit` bytes.
pub(super) fn read_file(path: &Path, limit: u64) -> Result<Vec<u8>, StateError> {
    let file = no_links(OpenOptions::new().read(true), path)?;
    let mut bytes = Vec::new();
    file.take(limit + 1).read_to_end(&mut bytes).map_err(io_error(path))?;
    if bytes.len() as u64 > limit {
        return Err(io_error(path)(io::Error::new(ErrorKind::InvalidData, "longer than any file of a state can be")));
    }
    Ok(bytes)
}

/// Opens a file, never through a symlink.
pub(super) fn no_links(options: &mut OpenOptions, path: &Path) -> Result<File, StateError> {
    options.custom_flags((OFlags::NOFOLLOW | OFlags::CLOEXEC).bits().cast_signed()).open(path).map_err(io_error(path))
}

/// Makes a folder's entries durable.
pub(super) fn sync_folder(folder: &Path) -> Result<(), StateError> {
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(io_error(folder))
}

/// Makes all that was written below a folder durable.
#[cfg(target_os = "linux")]
pub(super) fn flush_all(root: &Path) -> Result<(), StateError> {
    let folder = File::open(root).map_err(io_error(root))?;
    rustix::fs::syncfs(&folder).map_err(|error| io_error(root)(error.into()))
}

/// Makes all that was written below a folder durable.
#[cfg(not(target_os = "linux"))]
pub(super) fn flush_all(root: &Path) -> Result<(), StateError> {
    sync_folder(root)
}

/// Something else where a folder should be.
pub(super) fn not_a_folder(path: &Path) -> StateError {
    io_error(path)(io::Error::new(ErrorKind::InvalidInput, "a file or symlink where a folder was expected"))
}

/// A failure at this path.
pub(super) fn io_error(path: &Path) -> impl FnOnce(io::Error) -> StateError + use<> {
    let path = path.display().to_string();
    move |source| StateError::Io { path, source }
}
