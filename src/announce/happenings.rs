//! In: a record in all its languages. Out: everything that has happened to it, the first time first.
//!
//! A happening is known by its event and version, never by its words: the date of a revision, the instant of a timeline
//! entry, the id of the correction or of the newer decision. What can happen only once has version `1`.

use crate::model::announcement::Event;
use crate::model::date::{Instant, Stamp};
use crate::model::record::{Fields, Value};
use crate::model::site::{Item, ItemIx, Site};
use jiff::SignedDuration;
use std::collections::BTreeMap;

/// Where the words about a happening stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Note {
    /// Nowhere: the summary is what is told.
    None,
    /// The note of a revision, by its place in `revisions`.
    Revision(usize),
    /// The text of an entry, by its place in `timeline`.
    Entry(usize),
    /// The reason of the withdrawal.
    Reason,
    /// Another record: the correction, the newer decision.
    Other(ItemIx),
    /// The date that is near, at which the reminder has lost its point.
    Due(Stamp),
}

/// Something that happened to a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Happening {
    /// What.
    pub event: Event,
    /// Tells happenings of one event apart.
    pub version: String,
    /// When, as the files say.
    pub at: Instant,
    /// Where the words about it stand.
    pub note: Note,
}

/// All that happened to a record, its publication first; nothing for a record without a date, of which nobody could
/// tell whether it is new.
pub fn happenings(site: &Site, item: &Item) -> Vec<Happening> {
    let Some(published) = published(site, item) else { return Vec::new() };
    let mut all = revisions(site, item);
    all.extend(entries(item));
    all.extend(others(site, &item.links.corrected_by, Event::Corrected));
    all.extend(others(site, &item.links.superseded_by, Event::Superseded));
    all.extend(withdrawal(site, item));
    all.extend(resolution(site, item));
    all.extend(reminder(site, item, published));
    // A change that bears the day of the publication, or an earlier one, still follows it.
    all.iter_mut().for_each(|happening| happening.at = happening.at.max(published));
    all.sort_by(|a, b| (a.at, a.event, &a.version).cmp(&(b.at, b.event, &b.version)));
    all.insert(0, Happening { event: Event::Published, version: "1".into(), at: published, note: Note::None });
    all
}

fn published(site: &Site, item: &Item) -> Option<Instant> {
    let dated = item.published.map(|stamp| begin(site, stamp))?;
    Some(item.original().record.fields.instant("publish_at").map_or(dated, |at| at.max(dated)))
}

fn begin(site: &Site, stamp: Stamp) -> Instant {
    match stamp {
        Stamp::Instant(instant) => instant,
        Stamp::Day(day) => Instant::utc(day.begins(&site.now.zone)).in_zone(&site.now.zone),
    }
}

fn revisions(site: &Site, item: &Item) -> Vec<Happening> {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let fields = &item.original().record.fields;
    let material = fields.maps("revisions").enumerate().filter(|(_, revision)| revision.flag("material"));
    material
        .filter_map(|(at, revision)| {
            let stamp = revision.stamp("date")?;
            let count = seen.entry(stamp.to_string()).or_default();
            *count += 1;
            let version = if *count == 1 { stamp.to_string() } else { format!("{stamp}#{count}") };
            Some(Happening { event: Event::Updated, version, at: begin(site, stamp), note: Note::Revision(at) })
        })
        .collect()
}

/// The entries of an alert's or update's timeline after the first, which the publication itself tells.
fn entries(item: &Item) -> Vec<Happening> {
    if !matches!(item.kind.name, "alert" | "update") {
        return Vec::new();
    }
    let entries = item.original().record.fields.maps("timeline").enumerate();
    let mut entries: Vec<(Instant, usize)> = entries.filter_map(|(at, entry)| Some((entry.instant("at")?, at))).collect();
    entries.sort();
    entries.dedup_by_key(|(at, _)| *at);
    let later = entries.into_iter().skip(1);
    later
        .map(|(at, place)| Happening { event: Event::Updated, version: at.timestamp().to_string(), at, note: Note::Entry(place) })
        .collect()
}

fn others(site: &Site, others: &[ItemIx], event: Event) -> Vec<Happening> {
    let dated = others.iter().filter_map(|ix| Some((*ix, site.items.get(*ix)?, published(site, site.items.get(*ix)?)?)));
    dated.map(|(ix, other, at)| Happening { event, version: other.id.to_string(), at, note: Note::Other(ix) }).collect()
}

fn withdrawal(site: &Site, item: &Item) -> Option<Happening> {
    let stamp = item.original().record.fields.map("withdrawn")?.stamp("date")?;
    Some(Happening { event: Event::Withdrawn, version: "1".into(), at: begin(site, stamp), note: Note::Reason })
}

/// An alert says when it was over; an update is over when it says that all is in order again.
fn resolution(site: &Site, item: &Item) -> Option<Happening> {
    let fields = &item.original().record.fields;
    let at = match item.kind.name {
        "alert" => fields.instant("resolved")?,
        "update" if fields.text("state") == Some("operational") => begin(site, fields.stamp("ends").or_else(|| last_entry(fields))?),
        _ => return None,
    };
    Some(Happening { event: Event::Resolved, version: "1".into(), at, note: Note::None })
}

/// The hour of the body's morning at which reminders are sent.
const MORNING: i32 = 9;

/// A consultation that closes soon, the last days to appeal, planned work tomorrow: once for each date. What became
/// public no more than a day before needs no reminder. Where the date moves, the reminder of the old one is never sent.
fn reminder(site: &Site, item: &Item, published: Instant) -> Option<Happening> {
    let fields = &item.original().record.fields;
    let days = site.settings.announce.reminders;
    let (due, before) = match item.kind.name {
        "consultation" => (fields.stamp("closes")?, days.consultation),
        "decision" => (Stamp::Day(item.appeal_until?), days.appeal),
        "update" if fields.text("state") == Some("maintenance") => (fields.stamp("starts")?, days.maintenance),
        _ => return None,
    };
    let zone = &site.now.zone;
    let day = due.day(zone).plus(-i32::try_from(before).ok().filter(|days| *days > 0)?);
    let morning = day.begins(zone).checked_add(SignedDuration::from_hours(MORNING.into())).ok()?;
    let earliest = published.timestamp().checked_add(SignedDuration::from_hours(24)).ok()?;
    let version = format!("due/{due}");
    (morning >= earliest).then(|| Happening {
        event: Event::Reminder,
        version,
        at: Instant::utc(morning).in_zone(zone),
        note: Note::Due(due),
    })
}

fn last_entry(fields: &Fields) -> Option<Stamp> {
    fields.maps("timeline").filter_map(|entry| entry.instant("at")).max().map(Stamp::Instant)
}

/// Why a record that nobody was told about is not told as new any more, if it is over.
pub fn over(site: &Site, item: &Item) -> Option<&'static str> {
    let fields = &item.original().record.fields;
    let reached = |stamp: Option<Stamp>| stamp.is_some_and(|stamp| site.now.reached(stamp));
    if matches!(fields.get("withdrawn"), Some(Value::Map(_))) {
        return Some("It had been withdrawn before it was told.");
    }
    if !item.links.superseded_by.is_empty() {
        return Some("It had been replaced before it was told.");
    }
    if resolution(site, item).is_some_and(|end| end.at.timestamp() <= site.now.at) {
        return Some("It was over before it was told.");
    }
    if reached(fields.stamp("expires")) {
        return Some("It had expired before it was told.");
    }
    None
}
