//! In: references to secrets. Out: their values, read as late as possible and shown by nothing.
//!
//! Errors name the variable, file or program, never a value.

use crate::model::settings::SecretRef;
use crate::model::transport::Secret;
use std::path::Path;
use std::process::{Command, Stdio};

/// Longest secret that is read, in bytes; a longer one is surely the wrong file.
const LIMIT: usize = 64 * 1024;

/// A secret that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// The variable is not set.
    #[error("the environment variable {0} is not set")]
    NoVariable(String),
    /// The file cannot be read.
    #[error("the file {path} cannot be read")]
    File {
        /// The file, as the settings name it.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
    /// The program cannot be started.
    #[error("the program {program} cannot be started")]
    Start {
        /// The program.
        program: String,
        /// The cause.
        source: std::io::Error,
    },
    /// The program ended with a fault; what it printed is not repeated.
    #[error("the program {0} ended with a fault")]
    Failed(String),
    /// There is nothing in it, or what there is cannot be a secret.
    #[error("{0} gives nothing that could be a secret")]
    Unusable(String),
}

/// The value behind a reference; paths and programs are taken from `root`, the site's folder. A program does not see the
/// environment variables of `hidden`: the secrets of other channels.
pub fn read(reference: &SecretRef, root: &Path, hidden: &[String]) -> Result<Secret, SecretError> {
    match reference {
        SecretRef::Env(name) => {
            let value = std::env::var_os(name).ok_or_else(|| SecretError::NoVariable(name.clone()))?;
            clean(value.into_encoded_bytes(), name)
        }
        SecretRef::File(path) => {
            let bytes = std::fs::read(root.join(path)).map_err(|source| SecretError::File { path: path.clone(), source })?;
            clean(bytes, path)
        }
        SecretRef::Command(argv) => output_of(argv, root, hidden),
    }
}

fn output_of(argv: &[String], root: &Path, hidden: &[String]) -> Result<Secret, SecretError> {
    let (program, rest) = argv.split_first().ok_or_else(|| SecretError::Unusable("an empty command".into()))?;
    let mut command = Command::new(program);
    hidden.iter().for_each(|name| {
        command.env_remove(name);
    });
    let output = command
        .args(rest)
        .current_dir(root)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|source| SecretError::Start { program: program.clone(), source })?;
    if output.status.success() { clean(output.stdout, program) } else { Err(SecretError::Failed(program.clone())) }
}

/// Cuts the last line end; refuses what is empty, too long, not UTF-8 or would break a header.
fn clean(bytes: Vec<u8>, from: &str) -> Result<Secret, SecretError> {
    let unusable = || SecretError::Unusable(from.to_owned());
    if bytes.len() > LIMIT {
        return Err(unusable());
    }
    let text = String::from_utf8(bytes).map_err(|_| unusable())?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() || text.chars().any(char::is_control) { Err(unusable()) } else { Ok(Secret::new(text)) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn value(reference: SecretRef, root: &Path) -> Result<String, String> {
        read(&reference, root, &[]).map(|secret| secret.expose().to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn a_file_and_a_command_lose_their_last_line_end_only() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("token"), "s3cret \r\n").unwrap();
        assert_eq!(value(SecretRef::File("token".into()), dir.path()).unwrap(), "s3cret ");
        let command = ["sh", "-c", "echo from-a-safe"].map(String::from).to_vec();
        assert_eq!(value(SecretRef::Command(command), dir.path()).unwrap(), "from-a-safe");
    }

    #[test]
    fn a_command_does_not_see_what_is_hidden_from_it() {
        let seen = |hidden: &[String]| {
            let command = SecretRef::Command(["sh", "-c", "echo \"home: $HOME\""].map(String::from).to_vec());
            read(&command, Path::new("."), hidden).unwrap().expose().to_owned()
        };
        assert_ne!(seen(&[]), "home: ");
        assert_eq!(seen(&["HOME".into()]), "home: ");
    }

    #[test]
    fn an_error_names_the_source_and_never_the_value() {
        let dir = tempfile::tempdir().unwrap();
        std::fs::write(dir.path().join("token"), "hidden\nin two lines").unwrap();
        let error = value(SecretRef::File("token".into()), dir.path()).unwrap_err();
        assert!(error.contains("token") && !error.contains("hidden"));
        let command = ["sh", "-c", "echo hidden; exit 3"].map(String::from).to_vec();
        let error = value(SecretRef::Command(command), dir.path()).unwrap_err();
        assert!(error.contains("sh") && !error.contains("hidden"));
        assert!(value(SecretRef::Env("NORRVIK_HAS_NO_SUCH_TOKEN".into()), dir.path()).unwrap_err().contains("NORRVIK_HAS_NO_SUCH_TOKEN"));
    }
}
