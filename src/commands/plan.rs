//! `plan`: what `publish` would announce, edit or withdraw, and why or why not.

use super::command::{Desk, Exit};
use super::telling::{WishArgs, state_error, unknown_channel};
use crate::announce::{show, show_markdown};
use crate::assemble::Visibility;
use crate::io::stores;
use crate::pipeline::{self, telling};
use clap::ValueEnum;

/// Shows what `publish` would announce, edit or withdraw, and why or why not.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How the plan is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    #[command(flatten)]
    wish: WishArgs,
}

/// How a plan is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For terminals.
    Text,
    /// One JSON document, contract `plan/1`.
    Json,
    /// For a comment in a merge request.
    Markdown,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let loaded = match pipeline::load(&desk.run(Visibility::Public)) {
        Ok(loaded) => loaded,
        Err(error) => return desk.report.run_error(&error),
    };
    let mut findings = loaded.findings;
    let Some(site) = loaded.site.filter(|_| !findings.has_errors()) else {
        desk.report.findings(&findings);
        return Exit::Content;
    };
    if let Some(exit) = unknown_channel(&args.wish.only, &site, desk) {
        return exit;
    }
    let ledger = match stores::look(&desk.root, &site.settings.state) {
        Ok((ledger, _)) => ledger,
        Err(error) => return state_error(&error, desk),
    };
    let crew = telling::crew(&site, &desk.root);
    let plan = telling::plan(&site, &ledger, &crew, &args.wish.wish(desk)).into_value(&mut findings);
    desk.report.findings(&findings);
    match args.format {
        Format::Json => desk.report.out(&serde_json::to_string_pretty(&show::json(&plan, site.now.at)).unwrap_or_default()),
        Format::Text | Format::Markdown => desk.report.out(show_markdown::markdown(&plan).trim_end()),
    }
    if findings.has_errors() { Exit::Content } else { Exit::Done }
}
