//! In: items with their dates and links. Out: the word for how each stands now.
//!
//! The life of a record after section 1.9 of the domain notes: upcoming, open, closed, decided, appealable, final, in
//! force, implemented; side exits withdrawn, superseded, expired. Never typed; always derived from dates and `Now`.

use super::appeal;
use crate::model::date::{Now, Stamp};
use crate::model::record::Fields;
use crate::model::settings::Settings;
use crate::model::site::{Item, Status, Tone};

/// Derives the status of every item; services last, from their updates.
pub fn derive(items: &mut [Item], settings: &Settings, now: &Now) {
    let superseded: Vec<Option<Stamp>> =
        items.iter().map(|item| item.links.superseded_by.iter().filter_map(|at| items[*at].day).min().map(Stamp::Day)).collect();
    for (item, superseded) in items.iter_mut().zip(superseded) {
        item.status = of(item, superseded, settings, now);
    }
    let services: Vec<(usize, Status)> =
        items.iter().enumerate().filter(|(_, item)| item.kind.name == "service").map(|(at, item)| (at, service(item, items))).collect();
    for (at, status) in services {
        items[at].status = status;
    }
}

fn status(word: &'static str, tone: Tone, date: Option<Stamp>) -> Status {
    Status { word, tone, date }
}

fn of(item: &Item, superseded: Option<Stamp>, settings: &Settings, now: &Now) -> Status {
    let fields = &item.original().record.fields;
    if let Some(withdrawn) = fields.map("withdrawn") {
        return status("withdrawn", Tone::Off, withdrawn.stamp("date"));
    }
    if superseded.is_some() {
        return status("superseded", Tone::Off, superseded);
    }
    let expires = fields.stamp("expires");
    if expires.is_some_and(|expires| now.passed(expires)) && fields.stamp("resolved").is_none() {
        return status("expired", Tone::Off, expires);
    }
    match item.kind.name {
        "decision" => decision(item, fields, now),
        "update" => update(fields, item.published, now),
        "alert" => alert(fields, now),
        "consultation" => consultation(fields, now),
        "correction" => correction(fields, item.published),
        "meeting" => meeting(fields, now),
        "notice" => notice(fields, settings, now),
        "vacancy" => window(fields.stamp("closes"), now),
        _ => status("published", Tone::Ok, item.published),
    }
}

fn decision(item: &Item, fields: &Fields, now: &Now) -> Status {
    let reached = |name: &str| fields.stamp(name).filter(|stamp| now.reached(*stamp));
    let appeal = item.appeal_until.map(Stamp::Day);
    if let Some(until) = fields.stamp("until").filter(|until| now.passed(*until)) {
        return status("expired", Tone::Off, Some(until));
    }
    if fields.stamp("decided").is_some_and(|decided| !now.reached(decided)) {
        return status("upcoming", Tone::Info, fields.stamp("decided"));
    }
    if let Some(until) = appeal.filter(|until| !now.passed(*until)) {
        return status("appealable", Tone::Ok, Some(until));
    }
    if let Some(day) = reached("implemented") {
        return status("implemented", Tone::Ok, Some(day));
    }
    if let Some(day) = reached("in_force") {
        return status("in-force", Tone::Ok, Some(day));
    }
    match appeal {
        Some(until) => status("final", Tone::Ok, Some(Stamp::Day(until.own_day().plus(1)))),
        None => status("decided", Tone::Ok, fields.stamp("decided")),
    }
}

/// The state that the last entry before now gives, else the one of the record.
fn update(fields: &Fields, published: Option<Stamp>, now: &Now) -> Status {
    let starts = fields.stamp("starts").or(published);
    if let Some(ends) = fields.stamp("ends").filter(|ends| now.passed(*ends)) {
        return status("over", Tone::Off, Some(ends));
    }
    if starts.is_some_and(|starts| !now.reached(starts)) {
        return status("planned", Tone::Info, starts);
    }
    let entries = fields.maps("timeline").filter(|entry| entry.stamp("at").is_some_and(|at| now.reached(at)));
    let last = entries.filter_map(|entry| entry.text("state").map(|state| (entry.stamp("at"), state))).last();
    let (date, state) = last.unwrap_or((starts, fields.text("state").unwrap_or("operational")));
    let (word, tone) = state_word(state);
    status(word, tone, date)
}

fn state_word(state: &str) -> (&'static str, Tone) {
    match state {
        "outage" => ("outage", Tone::Stop),
        "degraded" => ("degraded", Tone::Warn),
        "maintenance" => ("maintenance", Tone::Info),
        _ => ("operational", Tone::Ok),
    }
}

fn alert(fields: &Fields, now: &Now) -> Status {
    if let Some(resolved) = fields.stamp("resolved").filter(|resolved| now.reached(*resolved)) {
        return status("resolved", Tone::Ok, Some(resolved));
    }
    let effective = fields.stamp("effective");
    if effective.is_some_and(|effective| !now.reached(effective)) {
        return status("upcoming", Tone::Info, effective);
    }
    let tone = if matches!(fields.text("severity"), Some("Extreme" | "Severe")) { Tone::Stop } else { Tone::Warn };
    status("active", tone, effective)
}

fn consultation(fields: &Fields, now: &Now) -> Status {
    let (opens, closes) = (fields.stamp("opens"), fields.stamp("closes"));
    if opens.is_some_and(|opens| !now.reached(opens)) {
        return status("upcoming", Tone::Info, opens);
    }
    if closes.is_some_and(|closes| !now.passed(closes)) {
        return status("open", Tone::Ok, closes);
    }
    if fields.list("outcome").is_empty() { status("closed", Tone::Off, closes) } else { status("answered", Tone::Info, closes) }
}

fn correction(fields: &Fields, published: Option<Stamp>) -> Status {
    let (word, tone) = match fields.text("verdict") {
        Some("false") => ("verdict-false", Tone::Stop),
        Some("misleading") => ("verdict-misleading", Tone::Warn),
        Some("missing-context") => ("verdict-missing-context", Tone::Warn),
        Some("outdated") => ("verdict-outdated", Tone::Warn),
        Some("satire") => ("verdict-satire", Tone::Info),
        Some("true") => ("verdict-true", Tone::Ok),
        _ => ("own-error", Tone::Info),
    };
    status(word, tone, published)
}

fn meeting(fields: &Fields, now: &Now) -> Status {
    let starts = fields.stamp("starts");
    // Where nobody said when it ends, a meeting is over with its day.
    let ends = fields.stamp("ends").or(starts.map(|starts| Stamp::Day(starts.day(&now.zone))));
    if starts.is_some_and(|starts| !now.reached(starts)) {
        return status("upcoming", Tone::Info, starts);
    }
    if ends.is_some_and(|ends| !now.passed(ends)) { status("under-way", Tone::Ok, ends) } else { status("over", Tone::Off, ends) }
}

/// On the board until the day after the last day to appeal, unless the notice says when.
fn notice(fields: &Fields, settings: &Settings, now: &Now) -> Status {
    let counted = fields.day("posted").filter(|_| settings.law == Some("sweden")).map(|posted| appeal::last_appeal_day(posted).plus(1));
    let take_down = fields.stamp("take_down").or(counted.map(Stamp::Day));
    match take_down {
        Some(day) if now.reached(day) => status("taken-down", Tone::Off, Some(day)),
        _ => status("posted", Tone::Ok, take_down.or(fields.stamp("posted"))),
    }
}

fn window(closes: Option<Stamp>, now: &Now) -> Status {
    if closes.is_some_and(|closes| now.passed(closes)) { status("closed", Tone::Off, closes) } else { status("open", Tone::Ok, closes) }
}

/// The gravest state of the updates that run now.
fn service(item: &Item, items: &[Item]) -> Status {
    let running = item.links.updates.iter().map(|at| &items[*at]).filter(|update| update.kind.name == "update").map(|update| update.status);
    let rank = |status: &Status| ["operational", "maintenance", "degraded", "outage"].iter().position(|word| *word == status.word);
    running.filter(|status| rank(status).is_some()).max_by_key(rank).unwrap_or(status("operational", Tone::Ok, None))
}
