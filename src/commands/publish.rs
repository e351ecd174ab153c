//! `publish`: build, tell, and then what the news did not wait for: witnesses of the log are asked, cards are drawn.
//! `announce`: the telling and the asking alone, for pipelines that deploy by other means.

use super::command::{Desk, Exit, LogLevel};
use super::signing::{self, Hold};
use super::telling::{WishArgs, duration, ending_in_order, proposed, state_error, told, unknown_channel};
use crate::assemble::Visibility;
use crate::io::interrupt;
use crate::io::outplace::{self, StagingError};
use crate::io::stores;
use crate::model::manifest::Manifest;
use crate::model::site::Site;
use crate::model::state::StateStore;
use crate::pipeline::telling::{Earnest, Telling, tell};
use crate::pipeline::witnessing::{self, Round};
use crate::pipeline::{self};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Builds the site, waits until its pages answer, and tells what is new, exactly once.
///
/// A site with a public log has its witnesses asked to sign after that; what they signed is then shown by the site.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The output folder; `public` in the site's folder where none is given.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// How long to wait until the pages answer with what was just built, such as 90s or 10m.
    #[arg(long, value_name = "DURATION", default_value = "5m", value_parser = duration)]
    wait_live: Duration,
    /// Take over at once from another run that never ended; only where that run is known to be dead.
    #[arg(long)]
    recover_now: bool,
    /// Do not ask the live site for its log before signing; only where you know that nobody else has published.
    #[arg(long)]
    offline_log: bool,
    #[command(flatten)]
    wish: WishArgs,
}

/// Runs `publish`.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    if let Some(exit) = proposed("publish", desk) {
        return exit;
    }
    let out = args.out.clone().unwrap_or_else(|| desk.root.join("public"));
    let settings = pipeline::settings_of(&desk.root);
    let _listening = settings.as_ref().is_some_and(|settings| settings.log.is_some()).then(|| ending_in_order(desk));
    let hold = settings.as_ref().map(|settings| signing::hold(desk, settings, args.recover_now, args.offline_log)).transpose();
    let mut hold = match hold {
        Ok(hold) => hold.flatten(),
        Err(exit) => return exit,
    };
    let mut fresh = signing::fresh();
    let bar = desk.report.progress("pages");
    let mut signer = hold.as_mut().map(|hold| hold.signer(&mut fresh));
    let built = pipeline::build_for_news(&desk.run_for_readers(Visibility::Public), &out, &|| bar.inc(1), signer.as_mut());
    drop(signer);
    bar.finish_and_clear();
    let built = match built {
        Ok(built) => built,
        Err(error) => return desk.report.run_error(&error),
    };
    desk.report.findings(&built.findings);
    let (Some(site), Some(published)) = (built.site, built.published) else {
        desk.report.done("Nothing was published or told; the site that was there before is untouched.");
        return Exit::Content;
    };
    desk.report.done(&format!("{} files, {} of them new or changed.", published.manifest.files.len(), published.written));
    let (told, signed) = telling(args, &site, (&published.manifest, &out), hold.as_mut(), desk);
    match built.left {
        0 if !signed => told,
        // The next run does it.
        _ if interrupt::is_asked() => {
            if told == Exit::Done {
                Exit::Later
            } else {
                told
            }
        }
        left => finish(&out, (left, signed), (told, hold), desk),
    }
}

/// Builds once more after the news was told, with every card and with what witnesses have signed; what came of telling
/// stays what came of the run.
fn finish(out: &Path, (left, signed): (usize, bool), (told, mut hold): (Exit, Option<Hold>), desk: &Desk) -> Exit {
    let (run, mut fresh) = (desk.run_for_readers(Visibility::Public), signing::fresh());
    let bar = desk.report.progress("cards");
    let built = match hold.as_mut().map(|hold| hold.signer(&mut fresh)) {
        Some(mut signer) => pipeline::build_signed(&run, out, &|| bar.inc(1), &mut signer),
        None => pipeline::build(&run, out, &|| bar.inc(1)),
    };
    bar.finish_and_clear();
    match built {
        Ok(built) if built.published.is_some() => {
            if left > 0 {
                desk.report.done(&format!("{left} cards were drawn after the news was told."));
            }
            if signed {
                desk.report.done("The site shows the signatures of its witnesses.");
            }
            told
        }
        Ok(built) => {
            desk.report.findings(&built.findings);
            Exit::Content
        }
        Err(error) => desk.report.run_error(&error),
    }
}

/// Runs `announce`.
pub fn announce(args: &Args, desk: &Desk) -> Exit {
    if let Some(exit) = proposed("announce", desk) {
        return exit;
    }
    let out = args.out.clone().unwrap_or_else(|| desk.root.join("public"));
    let loaded = match pipeline::load(&desk.run(Visibility::Public)) {
        Ok(loaded) => loaded,
        Err(error) => return desk.report.run_error(&error),
    };
    let Some(site) = loaded.site.filter(|_| !loaded.findings.has_errors()) else {
        desk.report.findings(&loaded.findings);
        return Exit::Content;
    };
    match outplace::manifest_of(&out) {
        Err(error) => desk.report.run_error(&StagingError::io("read", &out)(error).into()),
        Ok(Some(manifest)) => telling(args, &site, (&manifest, &out), None, desk).0,
        Ok(None) => {
            desk.report.say(
                LogLevel::Error,
                &format!(
                    "error: there is no built site in `{}`\n  help: Run `promulgate build` first, or name the folder with `--out`.",
                    out.display()
                ),
            );
            Exit::Usage
        }
    }
}

/// What came of telling, and whether the log was signed by somebody since.
fn telling(args: &Args, site: &Site, (manifest, out): (&Manifest, &Path), hold: Option<&mut Hold>, desk: &Desk) -> (Exit, bool) {
    if let Some(exit) = unknown_channel(&args.wish.only, site, desk) {
        return (exit, false);
    }
    let ways = Earnest::new(&desk.root).with_site(out);
    let wish = args.wish.wish(desk);
    let telling = Telling { site, root: &desk.root, manifest, wish: &wish, ways: &ways, wait_live: args.wait_live };
    // Goes away after the store, which gives the state back. A run that signs has listened since it took the state.
    let _listening = hold.is_none().then(|| ending_in_order(desk));
    match hold {
        Some(hold) => told_and_seen(&telling, hold.store.as_mut(), desk),
        None => told_and_seen(&telling, stores::open(&desk.root, &site.settings, args.recover_now).as_mut(), desk),
    }
}

fn told_and_seen(telling: &Telling<'_>, store: &mut (dyn StateStore + Send), desk: &Desk) -> (Exit, bool) {
    let exit = match tell(telling, store) {
        Ok(done) => told(&done, desk),
        Err(error) => return (state_error(&error, desk), false),
    };
    if exit == Exit::Environment || interrupt::is_asked() {
        return (exit, false);
    }
    match witnessing::round(telling, store) {
        Ok(round) => {
            seen(&round, desk);
            (if round.alarm { Exit::Person } else { exit }, round.is_new())
        }
        Err(error) => (desk.report.run_error(&error), false),
    }
}

/// Says what witnesses have signed, and who is missing.
fn seen(round: &Round, desk: &Desk) {
    if !round.signed.is_empty() {
        desk.report.done(&format!("Signed by the log's witnesses: {}.", round.signed.join(", ")));
    }
    if let Some(time) = round.stamped {
        desk.report.done(&format!("The log's checkpoint was stamped on {time}."));
    }
    desk.report.findings(&round.findings);
}
