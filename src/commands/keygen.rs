//! `keygen`: the key of a body's public log; and the next one, which takes over from it.

use super::command::{Desk, Exit, LogLevel};
use crate::io::{files, random};
use crate::model::log::LogSettings;
use crate::model::settings::SecretRef;
use crate::pipeline;
use crate::transparency::keys::SigningKey;
use std::path::{Path, PathBuf};

/// Makes the key that signs the public log of what was published.
///
/// With `--rotate` it makes the next key of this site's log: the log announces it, both keys sign for a while, and then the
/// old one goes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The log's name, such as norrvik.example/log: the site's address without `https://`, and `/log`. It never changes.
    #[arg(value_name = "NAME", required_unless_present = "rotate", conflicts_with = "rotate")]
    name: Option<String>,
    /// The next key for the log of this site, to take over from the one that promulgate.yaml names.
    #[arg(long)]
    rotate: bool,
    /// Where the signing key is written, readable by you alone: `log.key` where none is given, `log-next.key` with
    /// `--rotate`. Put it into the secret store of your pipeline, keep a copy on paper, then delete the file.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let made = match &args.name {
        Some(name) => first(name, args, desk),
        None => next(args, desk),
    };
    made.err().unwrap_or(Exit::Done)
}

fn first(name: &str, args: &Args, desk: &Desk) -> Result<(), Exit> {
    let path = args.out.clone().unwrap_or_else(|| PathBuf::from("log.key"));
    let key = make(name, &path, desk)?;
    desk.report.out(&format!("log:\n  key: {}\n  secret: env:PROMULGATE_LOG_KEY", key.verifier()));
    desk.report.say(
        LogLevel::Info,
        &format!(
            "The signing key is in `{}`. Give it to your pipeline as the secret PROMULGATE_LOG_KEY, keep a copy on paper in the safe, and delete the file. \
             Whoever has it can sign in the body's name.\nThe lines above belong into promulgate.yaml. Publish the `key:` line in two more places as well: a printed notice, a DNS record.",
            path.display()
        ),
    );
    Ok(())
}

fn next(args: &Args, desk: &Desk) -> Result<(), Exit> {
    let Some(log) = pipeline::settings_of(&desk.root).and_then(|settings| settings.log) else {
        let message = "error: there is no `log:` in promulgate.yaml, so there is no key to take over from\n  help: Stand in the site's folder or name it with `--root`; a first key is made with `promulgate keygen NAME`.";
        desk.report.say(LogLevel::Error, message);
        return Err(Exit::Usage);
    };
    let path = args.out.clone().unwrap_or_else(|| PathBuf::from("log-next.key"));
    let key = make(&log.origin, &path, desk)?;
    let secret = free_name(&log);
    let keys: String = log.keys.iter().map(|key| format!("\n    - {key}")).collect();
    let secrets: String = log.secrets.iter().take(1).map(|secret| format!("\n    - {}", written(secret))).collect();
    desk.report.out(&format!("log:\n  key:\n    - {}{keys}\n  secret:\n    - env:{secret}{secrets}", key.verifier()));
    desk.report.say(
        LogLevel::Info,
        &format!(
            "The new signing key is in `{}`. Give it to your pipeline as the secret {secret}, beside the one that is there, keep a copy on paper in the safe, and delete the file.\n\
             1. Put the lines above in the place of `key:` and `secret:` below `log:` in promulgate.yaml. The next `promulgate publish` announces the new key in the log, and both keys sign.\n\
             2. Tell the new key wherever the old one stands: the printed notice, the DNS record, whoever runs a witness.\n\
             3. When they know it, take the old line out of `secret:`, and the old secret out of the pipeline. The old line stays below `key:` for ever: it signed what was published then.",
            path.display()
        ),
    );
    Ok(())
}

/// Makes a key and writes its secret half.
fn make(name: &str, path: &Path, desk: &Desk) -> Result<SigningKey, Exit> {
    let key = SigningKey::from_seed(name, random::bytes()).map_err(|error| {
        desk.report.error(&error, "Write the site's address without `https://`, and `/log`: norrvik.example/log");
        Exit::Usage
    })?;
    files::create_secret(path, key.encode().expose()).map_err(|error| {
        desk.report.error(&error, "Name another file with `--out FILE`. No key was made.");
        Exit::Environment
    })?;
    Ok(key)
}

/// A name for the new secret that the settings do not use yet.
fn free_name(log: &LogSettings) -> String {
    let taken = |name: &str| log.secrets.iter().any(|secret| matches!(secret, SecretRef::Env(own) if own == name));
    let names = (2..).map(|number| format!("PROMULGATE_LOG_KEY_{number}"));
    let mut names = std::iter::once("PROMULGATE_LOG_KEY".to_owned()).chain(names);
    names.find(|name| !taken(name)).expect("there are more names than secrets")
}

/// A reference as it stands in the settings.
fn written(secret: &SecretRef) -> String {
    match secret {
        SecretRef::Env(name) => format!("env:{name}"),
        SecretRef::File(path) => format!("'file:{path}'"),
        SecretRef::Command(words) => format!("'command:{}'", words.join(" ")),
    }
}
