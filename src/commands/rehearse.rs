//! `rehearse`: `publish` against stand-ins on this machine, with a wall that shows every post as its readers would.

use super::command::{Desk, Exit, LogLevel};
use super::telling::{state_error, told};
use crate::announce::plan::{Baseline, Wish};
use crate::assemble::Visibility;
use crate::io::files;
use crate::io::server::wait_for_ctrl_c;
use crate::io::stores::folder::FolderStore;
use crate::pipeline::rehearsing::{Stage, Troupe};
use crate::pipeline::telling::{Telling, tell};
use crate::pipeline::{Run, Told};
use std::path::PathBuf;
use std::time::Duration;

/// Publishes to stand-ins on this machine and shows every post on a wall; needs no account and no network.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port of the wall; any that is free where none is given.
    #[arg(long)]
    port: Option<u16>,
    /// Publish and exit, without keeping the site and the wall up.
    #[arg(long)]
    once: bool,
    /// The rehearsal's own folder; `.rehearsal` in the site's folder where none is given.
    #[arg(long, value_name = "DIR")]
    stage: Option<PathBuf>,
    /// Let the stand-ins go wrong now and then, the same way for the same number: lost answers, errors, limits.
    #[arg(long, value_name = "SEED")]
    mishaps: Option<u64>,
    /// Forget earlier rehearsals and begin anew.
    #[arg(long)]
    fresh: bool,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let stage = Stage { folder: args.stage.clone().unwrap_or_else(|| desk.root.join(".rehearsal")) };
    let prepared = if args.fresh { files::remove_folder(&stage.folder) } else { Ok(()) };
    let borrowed = match prepared.and_then(|()| stage.borrow_ledger(&desk.root)) {
        Ok(borrowed) => borrowed,
        Err(error) => {
            desk.report.error(&error, "Name another folder with `--stage DIR`.");
            return Exit::Environment;
        }
    };
    // A rehearsal needs no account: who cannot read the state rehearses from the first day.
    let borrowed = borrowed
        || stage.borrow_state(&desk.root).unwrap_or_else(|error| {
            desk.report.say(LogLevel::Warn, &format!("The ledger cannot be read, so this begins from the first day: {error}."));
            false
        });
    let run = Run { told: Told::Folder(stage.ledger()), ..desk.run(Visibility::Public) };
    let bar = desk.report.progress("pages");
    let built = stage.build(&run, &|| bar.inc(1));
    bar.finish_and_clear();
    let built = match built {
        Ok(built) => built,
        Err(error) => return desk.report.run_error(&error),
    };
    desk.report.findings(&built.findings);
    let (Some(mut site), Some(published)) = (built.site, built.published) else {
        desk.report.done("Nothing was rehearsed: the errors come first.");
        return Exit::Content;
    };
    if site.settings.channels.is_empty() {
        desk.report.say(
            LogLevel::Warn,
            "promulgate.yaml names no channel, so nothing is told. Add one under `channels:`; a rehearsal needs no account.",
        );
    }
    // A site that has never told anything is rehearsed from its first day on, however old its records are.
    let baseline = if borrowed { Baseline::Take } else { Baseline::None };
    if !borrowed {
        site.settings.announce.max_age_days = 365 * 100;
    }
    if site.settings.log.is_some() {
        desk.report.done("The public log was signed with a key of this rehearsal, which proves nothing; the body's own was not asked for.");
    }
    let troupe = match Troupe::start(&stage, (&run, &site), args.port, args.mishaps) {
        Ok(troupe) => troupe,
        Err(error) => {
            desk.report.error(&error, "Choose another port with `--port`.");
            return Exit::Environment;
        }
    };
    let wish = Wish { max: Some(usize::MAX), baseline, ..Wish::default() };
    let telling = Telling {
        site: &site,
        root: &desk.root,
        manifest: &published.manifest,
        wish: &wish,
        ways: &troupe,
        wait_live: Duration::from_secs(10),
    };
    let exit = match tell(&telling, &mut FolderStore::new(stage.ledger())) {
        Ok(done) => told(&done, desk),
        Err(error) => state_error(&error, desk),
    };
    if args.mishaps.is_some() {
        let played: Vec<String> = troupe.mishaps().iter().map(|(name, count)| format!("{count} × {name}")).collect();
        let played = if played.is_empty() { "none".to_owned() } else { played.join(", ") };
        desk.report.done(&format!("Mishaps of the stand-ins in this run: {played}."));
    }
    desk.report.done(&format!("{} posts are on the wall.", troupe.posts()));
    if args.once {
        return exit;
    }
    desk.report.done(&format!(
        "\n  The wall  {}\n  The site  {}\n\nNothing has left this machine. Ctrl-C ends it.",
        troupe.wall_url(),
        troupe.site_url()
    ));
    wait_for_ctrl_c();
    exit
}
