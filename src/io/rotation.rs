//! In: the new value of a secret that a platform has replaced. Out: it is kept where the settings say, before it is used.
//!
//! A file is written whole, readable by its owner alone, and on the disk when this returns; never where the site is made
//! of or readers look. A program gets the value on its standard input, its name in `PROMULGATE_SECRET_NAME`, and of our
//! environment only what a program needs to start.

use crate::io::process;
use crate::io::secrets::{self, SecretError};
use crate::model::settings::SecretRef;
use crate::model::transport::Secret;
use std::fs::File;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Folders of a site in which no secret may lie.
pub const PUBLIC: [&str; 7] = ["content", "public", "ledger", "static", "themes", "handover", "cards"];

/// The value of a secret: the one that the platform gave last, where one is kept, else that of the settings.
pub fn current(reference: &SecretRef, place: Option<&SecretRef>, root: &Path, hidden: &[String]) -> Result<Secret, SecretError> {
    match place {
        // One that is there and cannot be read is a fault: the earlier value is dead.
        Some(SecretRef::File(path)) if root.join(path).exists() => secrets::read(&SecretRef::File(path.clone()), root, hidden),
        _ => secrets::read(reference, root, hidden),
    }
}

/// Keeps a new value.
pub fn keep(place: &SecretRef, name: &str, value: &Secret, root: &Path) -> Result<(), String> {
    match place {
        SecretRef::File(path) => {
            write(&root.join(path), root, value).map_err(|error| format!("the new `{name}` cannot be kept in {path}: {error}"))
        }
        SecretRef::Command(argv) => hand(argv, name, value, root),
        SecretRef::Env(variable) => Err(format!("the new `{name}` cannot be kept in the environment variable {variable}")),
    }
}

fn write(path: &Path, root: &Path, value: &Secret) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(root).canonicalize()?;
    let root = root.canonicalize()?;
    if PUBLIC.iter().any(|public| folder.starts_with(root.join(public))) {
        return Err(std::io::Error::other("nothing secret may lie there"));
    }
    let name = path.file_name().ok_or_else(|| std::io::Error::other("it is no file"))?;
    let fresh: PathBuf = folder.join(format!(".{}.{}", name.to_string_lossy(), process::own_id()));
    let _ = std::fs::remove_file(&fresh);
    let written = File::options().write(true).create_new(true).mode(0o600).open(&fresh).and_then(|mut file| {
        file.write_all(value.expose().as_bytes())?;
        file.write_all(b"\n")?;
        file.sync_all()
    });
    let moved = written.and_then(|()| std::fs::rename(&fresh, folder.join(name)));
    if moved.is_err() {
        let _ = std::fs::remove_file(&fresh);
    }
    moved.and_then(|()| File::open(&folder)?.sync_all())
}

fn hand(argv: &[String], name: &str, value: &Secret, root: &Path) -> Result<(), String> {
    let (program, rest) = argv.split_first().ok_or("no program is named")?;
    let told = |why: String| format!("the program {program} did not keep the new `{name}`: {why}");
    let mut command = Command::new(program);
    command.args(rest).current_dir(root).env_clear().envs(process::environment()).env("PROMULGATE_SECRET_NAME", name);
    // What it prints is not repeated: it may be the value.
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().map_err(|error| told(error.to_string()))?;
    let written = child.stdin.take().map(|mut stdin| stdin.write_all(value.expose().as_bytes()));
    let ended = child.wait().map_err(|error| told(error.to_string()))?;
    match (written, ended.success()) {
        (Some(Ok(())), true) => Ok(()),
        (_, false) => Err(told("it ended with a fault".into())),
        _ => Err(told("it did not read it".into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    fn secret(text: &str) -> Secret {
        Secret::new(text)
    }

    #[test]
    fn a_new_value_is_read_in_place_of_the_first_one_and_by_its_owner_alone() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("secrets")).unwrap();
        std::fs::write(dir.path().join("first"), "one-value").unwrap();
        let (first, place) = (SecretRef::File("first".into()), SecretRef::File("secrets/token".into()));
        let value = || current(&first, Some(&place), dir.path(), &[]).unwrap().expose().to_owned();
        assert_eq!(value(), "one-value");
        keep(&place, "token", &secret("two-value"), dir.path()).unwrap();
        keep(&place, "token", &secret("three-value"), dir.path()).unwrap();
        assert_eq!(value(), "three-value");
        let file = dir.path().join("secrets/token");
        assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(std::fs::read_dir(dir.path().join("secrets")).unwrap().count(), 1, "nothing is left beside it");
        std::fs::write(&file, "").unwrap();
        assert!(current(&first, Some(&place), dir.path(), &[]).is_err(), "the first one is dead");
    }

    #[test]
    fn nothing_secret_is_written_where_readers_look_not_even_by_a_link() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir(dir.path().join("public")).unwrap();
        std::os::unix::fs::symlink(dir.path().join("public"), dir.path().join("safe")).unwrap();
        for path in ["public/token", "safe/token"] {
            let error = keep(&SecretRef::File(path.into()), "token", &secret("hidden-value"), dir.path()).unwrap_err();
            assert!(error.contains("nothing secret") && !error.contains("hidden-value"), "{error}");
        }
        assert_eq!(std::fs::read_dir(dir.path().join("public")).unwrap().count(), 0);
    }

    #[test]
    fn a_program_gets_the_value_on_its_input_its_name_and_little_else() {
        let dir = tempfile::tempdir().unwrap();
        let script = "cat > kept; env > seen; echo \"$0 $*\" > args";
        let argv = ["sh", "-c", script].map(String::from).to_vec();
        keep(&SecretRef::Command(argv), "token", &secret("hidden-value"), dir.path()).unwrap();
        let read = |name: &str| std::fs::read_to_string(dir.path().join(name)).unwrap();
        assert_eq!(read("kept"), "hidden-value");
        assert!(
            read("seen").contains("PROMULGATE_SECRET_NAME=token")
                && !read("seen").contains("hidden-value")
                && !read("seen").contains("CARGO_")
        );
        assert!(!read("args").contains("hidden-value"));
        let bad = ["sh", "-c", "cat; exit 3"].map(String::from).to_vec();
        let error = keep(&SecretRef::Command(bad), "token", &secret("hidden-value"), dir.path()).unwrap_err();
        assert!(error.contains("sh") && !error.contains("hidden-value"), "{error}");
    }
}
