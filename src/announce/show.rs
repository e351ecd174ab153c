//! In: a plan. Out: the same as JSON (contract `plan/1`) and as Markdown for a merge request: bytes, nothing is printed.
//!
//! `{"plan":1,"now":…,"max":…,"pending":…,"too_many":…,"baselines":[…],"announcements":[{"key":…,"channel":…,"record":…,
//! "kind":…,"event":…,"lang":…,"version":…,"at":…,"title":…,"verdict":…,"reason":…,"until":…,"url":…,"act":…,"posts":[{"text":…,
//! "counted":{…},"link":…,"card":…,"images":[…],"payload":…}]}]}`. Within version 1 we only add.

use crate::announce::plan::{Entry, Job, Plan, Verdict};
use crate::model::announcement::Act;
use crate::model::transport::Post;
use jiff::Timestamp;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The plan as a JSON document.
pub fn json(plan: &Plan, now: Timestamp) -> Value {
    json!({
        "plan": 1,
        "now": now,
        "max": plan.max,
        "pending": plan.pending(),
        "too_many": plan.is_too_many(),
        "baselines": plan.baselines,
        "announcements": plan.entries.iter().map(entry).collect::<Vec<_>>(),
    })
}

fn entry(entry: &Entry) -> Value {
    let mut value = json!({
        "key": entry.key,
        "channel": entry.channel,
        "record": entry.record,
        "kind": entry.kind,
        "event": entry.event,
        "lang": entry.lang,
        "version": entry.version,
        "at": entry.at,
        "title": entry.title,
        "urgent": entry.urgent,
        "verdict": word(&entry.verdict),
        "reason": reason(&entry.verdict),
    });
    if let Verdict::Hold { until, .. } = &entry.verdict {
        value["until"] = json!(until);
    }
    if let Verdict::Done(Some(receipt)) = &entry.verdict {
        value["url"] = json!(receipt.url);
    }
    if let Some(job) = &entry.job {
        value["act"] = act(&job.announcement.act);
        value["posts"] = job.posts.iter().map(post).collect();
    }
    value
}

fn act(act: &Act) -> Value {
    match act {
        Act::Post => json!({ "do": "post" }),
        Act::Reply { to, root } => json!({ "do": "reply", "to": to, "root": root }),
        Act::Edit { of } => json!({ "do": "edit", "of": of }),
        Act::Replace { of } => json!({ "do": "replace", "of": of }),
    }
}

fn post(post: &Post) -> Value {
    let images = post.images.iter().map(|image| json!({ "file": image.path().as_str(), "alt": image.alt }));
    json!({
        "text": post.text,
        "counted": post.counted,
        "lang": post.lang,
        "link": post.link,
        "card": post.card,
        "images": images.collect::<Vec<_>>(),
        "payload": post.payload,
    })
}

/// The word for a verdict.
pub fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Send => "send",
        Verdict::Hold { .. } => "hold",
        Verdict::Done(_) => "done",
        Verdict::Suppressed(_) => "suppressed",
        Verdict::Adopt(_) => "adopt",
        Verdict::Refused(_) => "refused",
        Verdict::Parked(_) => "parked",
        Verdict::Unknown(_) => "unknown",
        Verdict::Stopped(_) => "stopped",
        Verdict::Skipped(_) => "skipped",
    }
}

/// Why, in words; empty where the verdict says it all.
pub fn reason(verdict: &Verdict) -> &str {
    match verdict {
        Verdict::Send | Verdict::Done(_) => "",
        Verdict::Hold { reason, .. } => reason,
        Verdict::Suppressed(reason)
        | Verdict::Adopt(reason)
        | Verdict::Refused(reason)
        | Verdict::Parked(reason)
        | Verdict::Unknown(reason)
        | Verdict::Stopped(reason)
        | Verdict::Skipped(reason) => reason,
    }
}

/// The plan as Markdown: for each channel what is sent, in full; what waits or needs a person; what is not told, counted
/// by reason.
pub fn markdown(plan: &Plan) -> String {
    let mut out = format!("# Announcements\n\n{}\n", summary(plan));
    let channels: BTreeSet<&str> = plan.entries.iter().map(|entry| entry.channel.as_str()).collect();
    for channel in channels {
        let entries: Vec<&Entry> = plan.entries.iter().filter(|entry| entry.channel == channel).collect();
        let _ = write!(out, "\n## {channel}\n");
        for entry in entries.iter().filter(|entry| matches!(entry.verdict, Verdict::Send)) {
            if let Some(job) = &entry.job {
                sent(&mut out, entry, job);
            }
        }
        waiting(&mut out, &entries);
        counted(&mut out, &entries);
    }
    out
}

fn summary(plan: &Plan) -> String {
    match plan.pending() {
        0 => "Nothing would be sent.".into(),
        pending if plan.is_too_many() => {
            format!(
                "**{pending} announcements are pending, and a run may send {}: nothing would be sent.** Use `--max {pending}`, or `--adopt` to record them as already known.",
                plan.max
            )
        }
        1 => "1 announcement would be sent.".into(),
        pending => format!("{pending} announcements would be sent."),
    }
}

fn sent(out: &mut String, entry: &Entry, job: &Job) {
    let does = match job.announcement.act {
        Act::Post => "new post",
        Act::Reply { .. } => "reply below the first post",
        Act::Edit { .. } => "edit of the post",
        Act::Replace { .. } => "the post is withdrawn and made anew",
    };
    let urgent = if entry.urgent { ", before all others" } else { "" };
    let _ = write!(out, "\n### {} ({}, {})\n\n`{}`: {does}{urgent}\n", inline(&entry.title), entry.event, entry.lang, entry.record);
    for post in &job.posts {
        let fence = fence_for(&post.text);
        let _ =
            write!(out, "\n{fence}text\n{}\n{fence}\n\n{} of {} {}\n", post.text, post.counted.used, post.counted.limit, post.counted.unit);
        if let Some(card) = &post.card {
            let _ = writeln!(out, "- card: {}: {}", inline(&card.title), inline(&card.description));
        }
        for image in &post.images {
            let _ = writeln!(out, "- picture: `{}`: {}", image.path(), inline(&image.alt));
        }
    }
}

fn waiting(out: &mut String, entries: &[&Entry]) {
    let waits = |entry: &&&Entry| matches!(entry.verdict, Verdict::Hold { .. } | Verdict::Unknown(_) | Verdict::Parked(_));
    let lines: Vec<String> = entries
        .iter()
        .filter(waits)
        .map(|entry| {
            let until = if let Verdict::Hold { until, .. } = &entry.verdict { format!(" (not before {until})") } else { String::new() };
            let (title, word, why) = (inline(&entry.title), word(&entry.verdict), inline(reason(&entry.verdict)));
            format!("- {title} ({}, {}): {word}{until}: {why} `{}`", entry.event, entry.lang, &entry.key.as_str()[..12])
        })
        .collect();
    if !lines.is_empty() {
        let _ = write!(out, "\nWaiting:\n\n{}\n", lines.join("\n"));
    }
}

fn counted(out: &mut String, entries: &[&Entry]) {
    let mut reasons: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for entry in entries.iter().filter(|entry| entry.verdict != Verdict::Send) {
        if !matches!(entry.verdict, Verdict::Hold { .. } | Verdict::Unknown(_) | Verdict::Parked(_)) {
            *reasons.entry((word(&entry.verdict), reason(&entry.verdict))).or_default() += 1;
        }
    }
    if !reasons.is_empty() {
        let lines = reasons
            .iter()
            .map(|((word, why), count)| format!("- {count} {word}{}{}", if why.is_empty() { "" } else { ": " }, shown(word, why)));
        let _ = write!(out, "\nNot sent:\n\n{}\n", lines.collect::<Vec<_>>().join("\n"));
    }
}

/// A reason of ours as it is; what a platform said, so that it breaks nothing.
fn shown(word: &str, why: &str) -> String {
    if word == "skipped" { why.to_owned() } else { inline(why) }
}

/// Text of a record within a line of Markdown, which it must not break.
fn inline(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

/// A fence longer than any run of backticks in the text.
fn fence_for(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    "`".repeat(longest.max(2) + 1)
}
