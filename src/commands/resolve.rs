//! `resolve ANNOUNCEMENT`: a person settles an outcome that no machine can know.

use super::command::{Desk, Exit};
use super::telling::{repairs, state_error};
use crate::announce::plan::Wish;
use crate::announce::resolve::{ResolveError, Word, resolve};
use crate::assemble::Visibility;
use crate::io::stores;
use crate::pipeline::{self, telling};

/// Settles an announcement of which nobody knows whether it was posted; also records posts made by hand.
#[derive(Debug, clap::Args)]
#[command(group(clap::ArgGroup::new("word").required(true)))]
pub struct Args {
    /// The announcement: the first digits of its key, as `plan` and `publish` show them.
    announcement: String,
    /// It is there, at this address.
    #[arg(long, value_name = "URL", group = "word")]
    posted: Option<String>,
    /// It is not there: the next run sends it.
    #[arg(long, group = "word")]
    not_posted: bool,
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
    let mut store = stores::open(&desk.root, &site.settings, false);
    let (ledger, mended) = match store.load() {
        Ok(loaded) => loaded,
        Err(error) => return state_error(&error, desk),
    };
    repairs(&mended, desk);
    let crew = telling::crew(&site, &desk.root);
    let plan = telling::plan(&site, &ledger, &crew, &Wish::default()).value;
    let word = args.posted.clone().map_or(Word::NotPosted, Word::Posted);
    let name = format!("resolve {}", run.now);
    match resolve(&plan, &ledger, store.as_mut(), (&args.announcement, &word), (&name, run.now)) {
        Ok(lines) => {
            for line in lines.iter().take(1) {
                desk.report.done(&format!(
                    "{} {} ({}): {}",
                    line.channel,
                    line.event,
                    line.lang,
                    match word {
                        Word::Posted(_) => "recorded as posted.",
                        Word::NotPosted => "the next run sends it.",
                    }
                ));
            }
            Exit::Done
        }
        Err(ResolveError::State(error)) => state_error(&error, desk),
        Err(error) => {
            desk.report.error(&error, "`promulgate plan` shows every announcement with its key.");
            Exit::Usage
        }
    }
}
