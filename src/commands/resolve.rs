//! `resolve`: a person settles what no machine can know: one announcement, or all that wait on a channel.

use super::command::{Desk, Exit};
use super::telling::{ending_in_order, repairs, state_error, unknown_channel};
use crate::announce::plan::Wish;
use crate::announce::resolve::{ResolveError, Word, resolve, resolve_all};
use crate::assemble::Visibility;
use crate::io::stores;
use crate::model::ledger::Line;
use crate::pipeline::{self, telling};

/// Settles an announcement of which nobody knows whether it was posted; also records posts made by hand.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("word").required(true)), group(clap::ArgGroup::new("which").required(true)))]
pub struct Args {
    /// The announcement: the first digits of its key, as `plan` and `publish` show them.
    #[arg(group = "which")]
    announcement: Option<String>,
    /// Everything that waits for a person, at once.
    #[arg(long, group = "which", requires = "reason", conflicts_with = "posted")]
    all_parked: bool,
    /// With --all-parked: only these channels.
    #[arg(long, value_name = "CHANNEL", num_args = 1.., requires = "all_parked")]
    only: Vec<String>,
    /// It is there, at this address.
    #[arg(long, value_name = "URL", group = "word")]
    posted: Option<String>,
    /// It is not there: the next run sends it.
    #[arg(long, group = "word")]
    not_posted: bool,
    /// It is not to be told any more.
    #[arg(long, group = "word")]
    never: bool,
    /// Why, for the record.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let run = desk.run(Visibility::Public);
    let loaded = match pipeline::load(&run) {
        Ok(loaded) => loaded,
        Err(error) => return desk.report.run_error(&error),
    };
    let Some(site) = loaded.site else {
        desk.report.findings(&loaded.findings);
        return Exit::Content;
    };
    if let Some(exit) = unknown_channel(&args.only, &site, desk) {
        return exit;
    }
    // Its few lines are soon written; the state is given back in any case.
    let _listening = ending_in_order(desk);
    let mut store = stores::open(&desk.root, &site.settings, false);
    let (ledger, mended) = match store.load() {
        Ok(loaded) => loaded,
        Err(error) => return state_error(&error, desk),
    };
    repairs(&mended, desk);
    let word = match (&args.posted, args.never) {
        (Some(url), _) => Word::Posted(url.clone()),
        (None, true) => Word::Never,
        (None, false) => Word::NotPosted,
    };
    let reason = args.reason.as_deref().unwrap_or_default().trim();
    let name = format!("resolve {}", run.now);
    let settled = match &args.announcement {
        Some(announcement) => {
            let crew = telling::crew(&site, &desk.root);
            let plan = telling::plan(&site, &ledger, &crew, &Wish::default()).value;
            let settled = resolve(&plan, &ledger, store.as_mut(), (announcement, &word, reason), (&name, run.now));
            settled.map(|lines| lines.into_iter().take(1).collect())
        }
        None => resolve_all(&ledger, store.as_mut(), (&args.only, &word, reason), (&name, run.now)),
    };
    match settled {
        Ok(lines) => said(&lines, &word, desk),
        Err(ResolveError::State(error)) => state_error(&error, desk),
        Err(error) => {
            desk.report.error(&error, "`promulgate plan` shows every announcement with its key.");
            Exit::Usage
        }
    }
}

fn said(lines: &[Line], word: &Word, desk: &Desk) -> Exit {
    let what = match word {
        Word::Posted(_) => "recorded as posted.",
        Word::NotPosted => "the next run sends it.",
        Word::Never => "it will not be told.",
    };
    for line in lines {
        desk.report.done(&format!("{} {} ({}): {what}", line.channel, line.event, line.lang));
    }
    if lines.is_empty() {
        desk.report.done("Nothing waits for a person.");
    }
    Exit::Done
}
