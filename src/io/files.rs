//! In: single files that a person asked for. Out: the file read, made, or replaced whole; never half of one.

use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// A file that could not be read or written.
#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be {what}")]
pub struct FileError {
    /// The file.
    pub path: PathBuf,
    /// `read`, `written`, or why not.
    pub what: &'static str,
    /// What the system says.
    pub source: std::io::Error,
}

fn fault(path: &Path, what: &'static str) -> impl FnOnce(std::io::Error) -> FileError {
    let path = path.to_owned();
    move |source| FileError { path, what, source }
}

/// Reads a text file.
pub fn read(path: &Path) -> Result<String, FileError> {
    std::fs::read_to_string(path).map_err(fault(path, "read"))
}

/// Reads a file of any kind.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, FileError> {
    std::fs::read(path).map_err(fault(path, "read"))
}

/// Whether something is there.
pub fn exists(path: &Path) -> bool {
    path.symlink_metadata().is_ok()
}

/// Whether a folder is missing or has nothing in it.
pub fn is_free(folder: &Path) -> bool {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) => error.kind() == ErrorKind::NotFound,
    }
}

/// Makes a new file with its folders; one that is there already is left alone and reported.
pub fn create(path: &Path, text: &str) -> Result<(), FileError> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fault(folder, "made"))?;
    }
    let mut file = std::fs::File::create_new(path).map_err(fault(path, "made: it may be there already"))?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(fault(path, "written"))
}

/// Puts a new text in the place of a file: written beside it, saved, then renamed over it. A file that says so already
/// is left alone with its time; the mode of the old one stays.
pub fn replace(path: &Path, text: &str) -> Result<(), FileError> {
    if std::fs::read(path).is_ok_and(|old| old == text.as_bytes()) {
        return Ok(());
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let beside = path.with_file_name(format!(".{name}.{}.new", std::process::id()));
    let put = || -> std::io::Result<()> {
        let mut file = match std::fs::File::create_new(&beside) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                // Left by a process that was killed and had our number.
                std::fs::remove_file(&beside)?;
                std::fs::File::create_new(&beside)?
            }
            other => other?,
        };
        if let Ok(old) = std::fs::metadata(path) {
            file.set_permissions(old.permissions())?;
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()?;
        std::fs::rename(&beside, path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::File::open(folder)?.sync_all()
    };
    put().map_err(|error| {
        let _ = std::fs::remove_file(&beside);
        fault(path, "replaced")(error)
    })
}

/// Deletes a file.
pub fn remove(path: &Path) -> Result<(), FileError> {
    std::fs::remove_file(path).map_err(fault(path, "deleted"))
}

/// Writes a new file that its owner alone may read; one that is there already is an error.
pub fn create_secret(path: &Path, text: &str) -> Result<(), FileError> {
    use std::os::unix::fs::OpenOptionsExt;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path).map_err(fault(path, "made"))?;
    file.write_all(text.as_bytes()).and_then(|()| file.write_all(b"\n")).and_then(|()| file.sync_all()).map_err(fault(path, "written"))
}

/// A variable of the environment that is not a secret, such as `NO_COLOR`.
pub fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// Copies a folder of plain files and folders; links are left out.
pub fn copy_folder(from: &Path, to: &Path) -> Result<(), FileError> {
    std::fs::create_dir_all(to).map_err(fault(to, "made"))?;
    for entry in std::fs::read_dir(from).map_err(fault(from, "read"))? {
        let entry = entry.map_err(fault(from, "read"))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        let kind = entry.file_type().map_err(fault(&source, "read"))?;
        if kind.is_dir() {
            copy_folder(&source, &target)?;
        } else if kind.is_file() {
            std::fs::copy(&source, &target).map_err(fault(&target, "written"))?;
        }
    }
    Ok(())
}

/// Makes a folder with those above it; one that is there already is fine.
pub fn make_folder(folder: &Path) -> Result<(), FileError> {
    std::fs::create_dir_all(folder).map_err(fault(folder, "made"))
}

/// Removes a folder and all that is in it; one that is not there is no fault.
pub fn remove_folder(folder: &Path) -> Result<(), FileError> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(fault(folder, "removed")(error)),
        _ => Ok(()),
    }
}
