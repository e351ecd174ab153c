//! In: a plan. Out: the same as Markdown for a merge request: every text in full with its length, card, pictures, language and
//! cost; what is changed or taken away; what waits or is left out, and why.

use crate::announce::plan::{Entry, Job, Plan, Verdict};
use crate::announce::show::{amount, costs, left_out, reason, word};
use crate::model::announcement::Act;
use crate::model::transport::Preview;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

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
    let mut text = counts(plan);
    for cost in costs(plan) {
        text.push_str(&format!(" The platforms charge about {} for it.", amount(cost)));
    }
    text
}

fn counts(plan: &Plan) -> String {
    if let Some(why) = &plan.stop {
        return format!("**Everything is stopped, nothing would be sent.** {}", inline(why));
    }
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

/// What is done, and to which posts.
fn deed(job: &Job) -> String {
    let does = match job.announcement.act {
        Act::Post => "new post",
        Act::Reply { .. } => "reply below",
        Act::Edit { .. } => "changes",
        Act::Replace { .. } => "is posted anew; taken away:",
        Act::Remove => "erased; deleted for good:",
    };
    let posts = if job.posts.len() > 1 { format!(" in {} parts", job.posts.len()) } else { String::new() };
    let targets: Vec<String> = job.targets.iter().map(|url| format!("<{}>", url.replace(['<', '>'], ""))).collect();
    let targets = match (&job.announcement.act, targets.is_empty()) {
        (Act::Post, _) => String::new(),
        (_, true) => " the first post, which comes before it".into(),
        (_, false) => format!(" {}", targets.join(", ")),
    };
    let instead = job.instead.as_ref().map(|why| format!(" ({})", inline(why))).unwrap_or_default();
    format!("{does}{posts}{targets}{instead}")
}

fn sent(out: &mut String, entry: &Entry, job: &Job) {
    let does = deed(job);
    let urgent = if entry.urgent { ", before all others" } else { "" };
    let _ = write!(out, "\n### {} ({}, {})\n\n`{}`: {does}{urgent}\n", inline(&entry.title), entry.event, entry.lang, entry.record);
    for post in &job.posts {
        let fence = fence_for(&post.text);
        let _ =
            write!(out, "\n{fence}text\n{}\n{fence}\n\n{} of {} {}\n", post.text, post.counted.used, post.counted.limit, post.counted.unit);
        let _ = writeln!(out, "\n- language: {}", post.lang);
        if let Some(cost) = post.cost {
            let _ = writeln!(out, "- cost: about {}", amount(cost));
        }
        if let Some(card) = &post.card {
            let _ = writeln!(out, "- card: {}: {}", inline(&card.title), inline(&card.description));
        }
        if post.card.is_none() && job.preview == Preview::Scraped {
            let card = &job.announcement.news.card;
            let _ = writeln!(out, "- card: read from the page by the platform: {}: {}", inline(&card.title), inline(&card.description));
        }
        for image in &post.images {
            let _ = writeln!(out, "- picture: `{}`: {}", image.path(), inline(&image.alt));
        }
        for image in left_out(job, post) {
            let _ = writeln!(out, "- picture left out, the platform does not take it or has enough: `{}`", image.path());
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
