//! `completions SHELL`: completions for a shell, on standard output.

use super::command::{Desk, Exit};
use clap_complete::Shell;

/// Prints completions for a shell.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The shell.
    shell: Shell,
}

/// Runs the command; `command` is the whole command line.
pub fn run(args: &Args, mut command: clap::Command, desk: &Desk) -> Exit {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut command, "promulgate", &mut text);
    desk.report.out(String::from_utf8_lossy(&text).trim_end());
    Exit::Done
}
