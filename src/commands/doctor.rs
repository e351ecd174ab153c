//! `doctor`: whether every channel could tell news now, proven with calls that change nothing.

use super::command::{Desk, Exit, LogLevel};
use super::telling::unknown_channel;
use crate::assemble::Visibility;
use crate::io::clock;
use crate::model::transport::{Abilities, Proof, SendError};
use crate::pipeline::proving::{Life, Proven, life, prove};
use crate::pipeline::{self, telling::Earnest};
use clap::ValueEnum;
use jiff::Timestamp;
use serde_json::{Value, json};

/// Proves each channel's credentials and limits with harmless calls, and tells what its platform asks of a public body.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these channels, by their names in the settings.
    #[arg(long, value_name = "CHANNEL", num_args = 1..)]
    only: Vec<String>,
    /// How the result is written.
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
}

/// How the result is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// One JSON document, contract `doctor/1`.
    Json,
}

/// Runs the command.
pub fn run(args: &Args, desk: &Desk) -> Exit {
    let loaded = match pipeline::load(&desk.run(Visibility::Public)) {
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
    if site.settings.channels.is_empty() {
        desk.report.say(LogLevel::Warn, "promulgate.yaml names no channel. Add one under `channels:`.");
        return Exit::Done;
    }
    let now = clock::now();
    let ways = Earnest::new(&desk.root);
    let proven = prove(&site, &desk.root, &ways, &args.only);
    match args.format {
        Format::Json => {
            let channels: Vec<Value> = proven.iter().map(|one| as_json(one, now)).collect();
            desk.report.out(&serde_json::to_string_pretty(&json!({"doctor": 1, "channels": channels})).unwrap_or_default());
        }
        Format::Text => proven.iter().for_each(|one| desk.report.out(&as_text(one, now))),
    }
    proven.iter().map(|one| exit_of(one, now)).max_by_key(|exit| *exit as u8).unwrap_or(Exit::Done)
}

fn exit_of(one: &Proven, now: Timestamp) -> Exit {
    match &one.proof {
        Ok(proof) if life(proof.expires, now) == Life::Over => Exit::Person,
        Ok(proof) if !proof.obstacles.is_empty() => Exit::Person,
        Ok(_) => Exit::Done,
        Err(SendError::Retry { .. } | SendError::Unknown { .. }) => Exit::Environment,
        Err(_) => Exit::Person,
    }
}

fn word(one: &Proven, now: Timestamp) -> &'static str {
    match exit_of(one, now) {
        Exit::Done if matches!(&one.proof, Ok(proof) if matches!(life(proof.expires, now), Life::Soon(_))) => "soon",
        Exit::Done if matches!(&one.proof, Ok(proof) if *proof == Proof::default()) => "untested",
        Exit::Done => "ready",
        Exit::Environment => "unreachable",
        _ => "blocked",
    }
}

fn as_json(one: &Proven, now: Timestamp) -> Value {
    let mut value = json!({
        "channel": one.channel,
        "platform": one.platform,
        "state": word(one, now),
        "abilities": one.abilities,
        "terms": one.terms,
    });
    match &one.proof {
        Ok(proof) => {
            value["account"] = json!(proof.account);
            value["expires"] = json!(proof.expires);
            value["seen"] = json!(proof.seen);
            value["obstacles"] = json!(proof.obstacles);
        }
        Err(error) => value["obstacles"] = json!([error.to_string()]),
    }
    value
}

fn as_text(one: &Proven, now: Timestamp) -> String {
    let mut lines = vec![format!("{} ({}): {}", one.channel, one.platform, headline(one, now))];
    if let Ok(proof) = &one.proof {
        lines.extend(token_line(proof, now));
        lines.extend(proof.seen.iter().map(|line| format!("  seen      {line}")));
        lines.extend(proof.obstacles.iter().map(|line| format!("  obstacle  {line}")));
    }
    lines.push(format!("  can       {}", abilities(&one.abilities)));
    lines.extend(one.terms.iter().map(|line| format!("  terms     {line}")));
    lines.join("\n")
}

fn headline(one: &Proven, now: Timestamp) -> String {
    match &one.proof {
        Ok(proof) if *proof == Proof::default() => "nothing can be asked without posting".into(),
        Ok(proof) => {
            let whom = if proof.account.is_empty() { String::new() } else { format!(" as {}", proof.account) };
            format!("{}{whom}", if word(one, now) == "blocked" { "not ready" } else { "ready" })
        }
        Err(error) => error.to_string(),
    }
}

fn token_line(proof: &Proof, now: Timestamp) -> Option<String> {
    let day = proof.expires.map(|at| at.strftime("%F").to_string()).unwrap_or_default();
    match life(proof.expires, now) {
        Life::Unknown => None,
        Life::Days(days) => Some(format!("  token     ends in {days} days, on {day}")),
        Life::Soon(days) => Some(format!("  token     ends in {days} days, on {day}: make a new one now")),
        Life::Over => Some(format!("  token     ended on {day}: make a new one")),
    }
}

/// What a channel can do, in one line.
fn abilities(can: &Abilities) -> String {
    use crate::model::transport::{Delete, Edit, LookUp, Reply};
    let span = |minutes: u32| if minutes.is_multiple_of(60) { format!("{} hours", minutes / 60) } else { format!("{minutes} minutes") };
    let edit = match can.edit {
        Edit::Full | Edit::Text => "edit".to_owned(),
        Edit::Within(minutes) => format!("edit for {}", span(minutes)),
        Edit::Hidden | Edit::None => "no edit".into(),
    };
    let delete = match can.delete {
        Delete::Yes => "delete".to_owned(),
        Delete::Within(minutes) => format!("delete for {}", span(minutes)),
        Delete::Request => "ask for deletion".into(),
        Delete::None => "no delete".into(),
    };
    let reply = match can.reply {
        Reply::Native => "reply",
        Reply::Comment => "reply as a comment",
        Reply::Restricted | Reply::None => "no reply",
    };
    let look_up = match can.look_up {
        LookUp::OwnId => "an unknown outcome is always settled",
        LookUp::Link => "an unknown outcome is settled by looking it up",
        LookUp::None => "an unknown outcome waits for a person",
    };
    format!("{edit}, {delete}, {reply}; {look_up}")
}
