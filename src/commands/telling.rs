//! What `plan`, `publish`, `announce` and `rehearse` share: what they are asked for, and how they say what became of it.

use super::command::{Desk, Exit, LogLevel};
use super::report::Report;
use crate::announce::outcome::{self, Ending};
use crate::announce::plan::{Baseline, Wish};
use crate::io::interrupt::{self, Listening};
use crate::io::occasion;
use crate::io::outside::stopped;
use crate::model::site::Site;
use crate::model::transport::{Repair, StateError};
use crate::pipeline::telling::Told;
use std::time::Duration;

/// What a telling run can be asked for.
#[derive(Debug, Clone, clap::Args)]
pub struct WishArgs {
    /// Only these channels, by their names in the settings.
    #[arg(long, value_name = "CHANNEL", num_args = 1..)]
    pub only: Vec<String>,
    /// Most posts of this run; more, and none is sent.
    #[arg(long, value_name = "N")]
    pub max: Option<usize>,
    /// Record everything that would be told as already known, and post nothing.
    #[arg(long)]
    pub adopt: bool,
}

impl WishArgs {
    /// As the plan wants it.
    pub fn wish(&self, desk: &Desk) -> Wish {
        let stop = stopped(&desk.root);
        Wish { only: self.only.clone(), max: self.max, adopt: self.adopt, baseline: Baseline::Take, stop }
    }
}

/// Ends in order when a person or a pipeline asks for it: the state is given back, and nothing is left in doubt.
pub fn ending_in_order(desk: &Desk) -> Listening {
    let report = desk.report.clone();
    interrupt::listen(move || {
        report.say(
            LogLevel::Warn,
            "The run was asked to end: what is on its way is awaited, and nothing else begins. A second signal ends it at once.",
        );
    })
}

/// Refuses a channel that the settings do not have, if one was named.
pub fn unknown_channel(names: &[String], site: &Site, desk: &Desk) -> Option<Exit> {
    let known = |name: &&String| site.settings.channels.iter().any(|channel| channel.name == **name);
    let name = names.iter().find(|name| !known(name))?;
    desk.report.say(LogLevel::Error, &format!("error: there is no channel `{name}` in promulgate.yaml"));
    Some(Exit::Usage)
}

/// Refuses a command that signs or tells where the pipeline runs for a change that is only proposed. There is no option to
/// allow it: whoever proposes a change may have written the options too.
pub fn proposed(command: &str, desk: &Desk) -> Option<Exit> {
    let sign = occasion::proposed()?;
    desk.report.say(
        LogLevel::Error,
        &format!(
            "error: `{command}` does not run for a change that is only proposed, and the environment says so: {sign}\n  help: Use `check`, `build` or `plan` there, and run `{command}` after the change is on the main branch."
        ),
    );
    Some(Exit::Usage)
}

/// `90`, `90s`, `5m` or `1h`.
pub fn duration(text: &str) -> Result<Duration, String> {
    let (digits, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let number: u64 = digits.parse().map_err(|_| "write seconds, or a number with s, m or h, such as 5m".to_owned())?;
    let seconds = match unit {
        "" | "s" => 1,
        "m" => 60,
        "h" => 3600,
        _ => return Err(format!("`{unit}` is not a unit; write s, m or h")),
    };
    Ok(Duration::from_secs(number.saturating_mul(seconds)))
}

/// Says what was mended in the state.
pub fn repairs(repairs: &[Repair], desk: &Desk) {
    for repair in repairs {
        desk.report.say(LogLevel::Warn, &format!("{}: {}", repair.path, repair.what));
    }
}

/// A state that cannot be used, and the exit it means.
pub fn state_error(error: &StateError, desk: &Desk) -> Exit {
    state_error_on(error, &desk.report)
}

/// The same, for whoever has a report only.
pub fn state_error_on(error: &StateError, report: &Report) -> Exit {
    let help = match error {
        StateError::Locked { .. } => {
            "Wait for the other run to end, then run this again. `--recover-now` takes over from a run that is known to be dead."
        }
        StateError::Raced { .. } => "Run this again: what the other run did is read first.",
        StateError::Truncated(_) | StateError::Damaged { .. } => {
            "Restore the ledger from version control or a backup; nothing is posted until then."
        }
        StateError::Io { .. } => {
            "Check that the ledger (the folder `ledger/`, or what `state:` names) can be read and written; nothing was lost."
        }
    };
    report.error(error, help);
    exit_of(outcome::fault_exit(error))
}

fn exit_of(exit: outcome::Exit) -> Exit {
    match exit {
        outcome::Exit::Done => Exit::Done,
        outcome::Exit::Retry => Exit::Later,
        outcome::Exit::Person => Exit::Person,
        outcome::Exit::Environment => Exit::Environment,
    }
}

/// Says what became of every announcement, and gives the exit.
pub fn told(told: &Told, desk: &Desk) -> Exit {
    repairs(&told.repairs, desk);
    desk.report.findings(&told.findings);
    for one in &told.outcome.told {
        let what = format!("{} {} {} ({})", one.channel, one.event, one.record, one.lang);
        let key = &one.key.as_str()[..12];
        match &one.ending {
            Ending::Sent(Some(receipt)) => desk.report.done(&format!("sent      {what}  {}", receipt.url)),
            Ending::Sent(None) => desk.report.done(&format!("done      {what}")),
            Ending::Later(why) => desk.report.say(LogLevel::Warn, &format!("later     {what}: {why}")),
            Ending::Blocked(why) => desk.report.say(LogLevel::Error, &format!("blocked   {what}: {why}")),
            Ending::Refused(why) => desk.report.say(LogLevel::Error, &format!("refused   {what}: {why}")),
            Ending::Parked(why) => desk.report.say(
                LogLevel::Error,
                &format!("parked    {what}: {why}\n          Look for it, then: promulgate resolve {key} --posted URL, or --not-posted"),
            ),
            Ending::Suppressed(_) => {}
        }
    }
    for (channel, why) in &told.outcome.stopped {
        desk.report.say(LogLevel::Error, &format!("stopped   {channel}: {why}"));
    }
    if let Some((pending, max)) = told.outcome.too_many {
        desk.report.say(
            LogLevel::Error,
            &format!("{pending} announcements are waiting and at most {max} may go out in one run, so none was sent.\n  help: Look at `promulgate plan`; then raise `--max`, or record them as already known with `--adopt`."),
        );
    }
    if told.outcome.called_off {
        desk.report.say(LogLevel::Warn, "The run was asked to end, and has. A later run goes on where this one stopped.");
    }
    if let Some(fault) = &told.outcome.fault {
        return state_error(fault, desk);
    }
    desk.report.done(&summary(told));
    hub(told, desk);
    exit_of(told.outcome.exit())
}

/// Says what the hub was told; a hub that does not answer is a warning, since readers of feeds look by themselves too.
fn hub(told: &Told, desk: &Desk) {
    let Some(hub) = &told.hub else { return };
    let feeds = |count: usize| if count == 1 { "1 feed".to_owned() } else { format!("{count} feeds") };
    if hub.rehearsed > 0 {
        desk.report.done(&format!("{} would be told to the hub {}; a rehearsal tells it nothing.", feeds(hub.rehearsed), hub.hub));
    }
    if hub.sent > 0 {
        desk.report.done(&format!("{} told to the hub {}.", feeds(hub.sent), hub.hub));
    }
    if let Some((feed, why)) = hub.later.first() {
        let more = if hub.later.len() > 1 { format!(" (and {} more)", hub.later.len() - 1) } else { String::new() };
        desk.report.say(LogLevel::Warn, &format!("later     hub {}, {feed}{more}: {why}", hub.hub));
    }
}

fn summary(told: &Told) -> String {
    let count = |test: fn(&Ending) -> bool| told.outcome.told.iter().filter(|one| test(&one.ending)).count();
    let sent = count(|ending| matches!(ending, Ending::Sent(_)));
    let known = count(|ending| matches!(ending, Ending::Suppressed(_)));
    let open = count(|ending| matches!(ending, Ending::Later(_)));
    let person = count(|ending| matches!(ending, Ending::Blocked(_) | Ending::Refused(_) | Ending::Parked(_)));
    let mut text = format!("{sent} announcement{} sent", if sent == 1 { "" } else { "s" });
    for (number, what) in [(known, "recorded as already known"), (open, "left for a later run"), (person, "wait for a person")] {
        if number > 0 {
            text.push_str(&format!(", {number} {what}"));
        }
    }
    text.push('.');
    text
}
