//! `keygen`: the key of a body's public log.

use super::command::{Desk, Exit, LogLevel};
use crate::io::{files, random};
use crate::transparency::keys::SigningKey;
use std::path::PathBuf;

/// Makes the key that signs the public log of what was published.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The log's name, such as norrvik.example/log: the site's address without `https://`, and `/log`. It never changes.
    #[arg(value_name = "NAME")]
    name: String,
    /// Where the signing key is written, readable by you alone. Put it into the secret store of your pipeline, keep a copy on
    /// paper, then delete the file.
    #[arg(long, value_name = "FILE", default_value = "log.key")]
    out: PathBuf,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let key = match SigningKey::from_seed(&args.name, random::bytes()) {
        Ok(key) => key,
        Err(error) => {
            desk.report.error(&error, "Write the site's address without `https://`, and `/log`: norrvik.example/log");
            return Exit::Usage;
        }
    };
    if let Err(error) = files::create_secret(&args.out, key.encode().expose()) {
        desk.report.error(&error, "Name another file with `--out FILE`. No key was made.");
        return Exit::Environment;
    }
    desk.report.out(&format!("log:\n  key: {}\n  secret: env:PROMULGATE_LOG_KEY", key.verifier()));
    desk.report.say(
        LogLevel::Info,
        &format!(
            "The signing key is in `{}`. Give it to your pipeline as the secret PROMULGATE_LOG_KEY, keep a copy on paper in the safe, and delete the file. \
             Whoever has it can sign in the body's name.\nThe lines above belong into promulgate.yaml. Publish the `key:` line in two more places as well: a printed notice, a DNS record.",
            args.out.display()
        ),
    );
    Exit::Done
}
