//! `init DIR`: a new site that builds, passes `check`, and explains itself.

use super::command::{Desk, Exit, LogLevel};
use crate::io::files;
use std::path::PathBuf;

/// Makes a new site that builds at once and explains itself.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The new folder.
    dir: PathBuf,
}

const SETTINGS: &str = include_str!("init/promulgate.yaml");
const DECISION: &str = include_str!("init/decision.md");
const DECISION_SV: &str = include_str!("init/decision.sv.md");
const SERVICE: &str = include_str!("init/service.md");
const ABOUT: &str = include_str!("init/about.md");
const ACCESSIBILITY: &str = include_str!("init/accessibility.md");
const PRIVACY: &str = include_str!("init/privacy.md");
const CONTACT: &str = include_str!("init/contact.md");
const IGNORE: &str = "/public\n/.public.*\n/.rehearsal\n/.cache\n/ledger/.lock\n/log.key\n";

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    if !files::is_free(&args.dir) {
        desk.report.say(
            LogLevel::Error,
            &format!("error: `{}` is not empty\n  help: Name a new folder; nothing was changed.", args.dir.display()),
        );
        return Exit::Usage;
    }
    let made = [
        ("promulgate.yaml", SETTINGS),
        ("content/decisions/2026/night-buses.md", DECISION),
        ("content/decisions/2026/night-buses.sv.md", DECISION_SV),
        ("content/services/night-bus.md", SERVICE),
        ("content/pages/about.md", ABOUT),
        ("content/pages/contact.md", CONTACT),
        ("content/pages/accessibility.md", ACCESSIBILITY),
        ("content/pages/privacy.md", PRIVACY),
        (".gitignore", IGNORE),
    ];
    for (path, text) in made {
        if let Err(error) = files::create(&args.dir.join(path), text) {
            desk.report.error(&error, "Check that the folder can be written.");
            return Exit::Environment;
        }
    }
    let dir = args.dir.display();
    desk.report.done(&format!(
        "A new site is in {dir}. Next:\n  promulgate --root {dir} serve       look at it while you write\n  promulgate --root {dir} rehearse    see every post before anybody else does\n  promulgate --root {dir} new decision \"The ferry sails on Sundays\""
    ));
    Exit::Done
}
