//! `build`: the site, all or nothing.

use super::command::{Desk, Exit, LogLevel};
use super::signing;
use super::telling::proposed;
use crate::assemble::Visibility;
use crate::model::finding::Findings;
use crate::pipeline;
use crate::pipeline::again::{self, Again, built_twice};
use std::path::PathBuf;

/// Builds the site: every page or none.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The output folder; relative to the site's folder where none is given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Drafts and records of the future too.
    #[arg(long)]
    drafts: bool,
    /// Take the public log on by what is new, and sign it; for pipelines that deploy by other means. `publish` always does.
    #[arg(long, conflicts_with_all = ["drafts", "check_reproducible"])]
    sign: bool,
    /// With `--sign`: do not ask the live site for its log.
    #[arg(long, requires = "sign")]
    offline_log: bool,
    /// Threads that make pages; all cores where none is given.
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// Builds twice from nothing first, on other numbers of threads; nothing is published where a file differs.
    #[arg(long)]
    check_reproducible: bool,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let visibility = if args.drafts { Visibility::Drafts } else { Visibility::Public };
    if let Some(threads) = args.threads {
        // The pool can be set once only, and nothing has used it before a command runs.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads).build_global();
    }
    let out = args.out.clone().unwrap_or_else(|| desk.root.join("public"));
    if let Some(exit) = args.sign.then(|| proposed("build --sign", desk)).flatten() {
        return exit;
    }
    let mut hold = None;
    if let Some(settings) = pipeline::settings_of(&desk.root).filter(|_| args.sign) {
        if settings.log.is_none() {
            desk.report.say(
                LogLevel::Error,
                "error: there is no log to sign\n  help: `promulgate keygen NAME` makes a key and prints the lines for promulgate.yaml; without `--sign` the site is built as it is.",
            );
            return Exit::Usage;
        }
        hold = match signing::hold(desk, &settings, false, args.offline_log) {
            Ok(hold) => hold,
            Err(exit) => return exit,
        };
    }
    let (run, mut fresh) = (desk.run_for_readers(visibility), signing::fresh());
    let bar = desk.report.progress("pages");
    let proven = args.check_reproducible.then(|| built_twice(&run, &|| bar.inc(1)));
    let stopped = |exit: Exit| {
        bar.finish_and_clear();
        exit
    };
    let proven = match proven {
        None => None,
        Some(Ok(Again::Same(manifest))) => Some(manifest),
        Some(Ok(Again::Stopped(built))) => return stopped(finished(&built, desk)),
        Some(Ok(Again::Differ(path))) => return stopped(differs(&path, desk)),
        Some(Err(error)) => return stopped(desk.report.run_error(&error)),
    };
    let built = match hold.as_mut().map(|hold| hold.signer(&mut fresh)) {
        Some(mut signer) => pipeline::build_signed(&run, &out, &|| bar.inc(1), &mut signer),
        None => pipeline::build(&run, &out, &|| bar.inc(1)),
    };
    bar.finish_and_clear();
    match built {
        Err(error) => desk.report.run_error(&error),
        Ok(built) => {
            let published = built.published.as_ref().map(|published| &published.manifest);
            let other = proven.as_ref().zip(published).map(|(proven, published)| again::difference(proven, published));
            match (finished(&built, desk), other) {
                (exit, None) => exit,
                (exit, Some(None)) => {
                    desk.report.done("Built twice more, from nothing and on other numbers of threads: the same bytes.");
                    exit
                }
                (_, Some(Some(path))) => kept_wrong(&path, desk),
            }
        }
    }
}

fn finished(built: &pipeline::Built, desk: &Desk) -> Exit {
    desk.report.findings(&built.findings);
    told(built, desk)
}

/// Two builds from nothing did not agree.
fn differs(path: &str, desk: &Desk) -> Exit {
    desk.report.say(
        LogLevel::Error,
        &format!(
            "error: two builds of the same site differ, first in `{path}`\n  help: Nothing was published. If a template of yours makes that \
             file, look there for what changes by itself; if not, this is a fault of Promulgate: please report it with the file."
        ),
    );
    Exit::Person
}

/// What was published is not what builds from nothing gave.
fn kept_wrong(path: &str, desk: &Desk) -> Exit {
    desk.report.say(
        LogLevel::Error,
        &format!(
            "error: the site was published, and `{path}` is not what a build from nothing makes of it\n  help: A file of the site changed \
             meanwhile, or `.cache/` holds what is not so any more: remove `.cache/` and build again."
        ),
    );
    Exit::Person
}

fn told(built: &pipeline::Built, desk: &Desk) -> Exit {
    let Some(published) = &built.published else {
        desk.report.done("Nothing was published; the site that was there before is untouched.");
        return Exit::Content;
    };
    for stranger in &published.strangers {
        desk.report.done(&format!("`{stranger}` is not ours; it was left where it is."));
    }
    desk.report.done(&format!(
        "{} files: {} written, {} as they were, {} removed.",
        published.manifest.files.len(),
        published.written,
        published.unchanged,
        published.removed.len()
    ));
    if let (made @ 1.., kept) = built.derived {
        desk.report.done(&format!("{made} cards and pictures made, {kept} taken from `.cache/`."));
    }
    if built.pending > 0 {
        desk.report.done(&format!("{} changes are not in the public log yet; `promulgate publish` signs them.", built.pending));
    }
    if let Some(next) = built.site.as_ref().and_then(|site| site.next_change) {
        desk.report.done(&format!("The site changes by itself next at {next}; build it again then."));
    }
    Exit::Done
}

/// The exit that findings alone mean.
pub fn exit_of(findings: &Findings) -> Exit {
    if findings.has_errors() { Exit::Content } else { Exit::Done }
}
