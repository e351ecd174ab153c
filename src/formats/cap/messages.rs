//! In: an alert. Out: the messages it has been so far, in order: the alert, what came later, the all clear.

use crate::formats::feed::beside;
use crate::formats::feed::entries::{host, instant, path};
use crate::model::date::{Instant, Stamp};
use crate::model::record::Fields;
use crate::model::route::Route;
use crate::model::site::{Item, Site};
use jiff::ToSpan;

/// What a message says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// The alert.
    First,
    /// An entry of the timeline that came at this time.
    Entry(Instant),
    /// The danger is over; with the entry of the timeline of the same time, if there is one.
    AllClear(Option<Instant>),
    /// The alert was taken back.
    Withdrawn,
}

/// A message.
#[derive(Debug, Clone)]
pub struct Message<'s> {
    /// The alert.
    pub item: &'s Item,
    /// What it says.
    pub act: Act,
    /// Unique and permanent: an address that begins with the site's host, made of the record's id and the time.
    pub identifier: String,
    /// When it was sent.
    pub sent: Instant,
    /// Identifiers and times of the messages before it.
    pub references: Vec<(String, Instant)>,
    /// Where its file is.
    pub route: Route,
}

/// The messages of an alert up to the site's present, oldest first.
pub fn messages<'s>(site: &'s Site, item: &'s Item) -> Vec<Message<'s>> {
    let fields = &item.original().record.fields;
    let mut acts: Vec<(Instant, Act)> = vec![(begins(site, item, fields), Act::First)];
    let first = acts[0].0;
    let reached = |at: &Instant| *at > first && at.timestamp() <= site.now.at;
    let resolved = fields.instant("resolved").filter(reached);
    let mut entries: Vec<Instant> = fields.maps("timeline").filter_map(|entry| entry.instant("at")).filter(reached).collect();
    entries.sort();
    entries.dedup();
    if let Some(resolved) = resolved.filter(|resolved| !entries.contains(resolved)) {
        acts.push((resolved, Act::AllClear(None)));
    }
    // Whatever comes after the all clear does not bring the danger back.
    let over = |at: Instant| resolved.is_some_and(|resolved| at >= resolved);
    acts.extend(entries.into_iter().map(|at| (at, if over(at) { Act::AllClear(Some(at)) } else { Act::Entry(at) })));
    acts.sort_by_key(|(at, _)| *at);
    let last = acts.last().map_or(first, |(at, _)| *at);
    if let Some(stamp) = fields.map("withdrawn").and_then(|withdrawn| withdrawn.stamp("date")) {
        let after = Instant::utc(last.timestamp().checked_add(1.second()).unwrap_or(last.timestamp()));
        acts.push((instant(site, stamp).max(after), Act::Withdrawn));
    }
    numbered(site, item, acts)
}

fn numbered<'s>(site: &'s Site, item: &'s Item, acts: Vec<(Instant, Act)>) -> Vec<Message<'s>> {
    let mut references = corrected(site, item);
    let mut messages = Vec::new();
    for (at, act) in acts {
        let sent = at.in_zone(&site.now.zone);
        let stamp = at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string();
        let identifier = identifier(site, item, &stamp);
        let route = beside(&item.original().route, &format!("cap/{stamp}.xml"));
        messages.push(Message { item, act, identifier: identifier.clone(), sent, references: references.clone(), route });
        references.push((identifier, sent));
    }
    messages
}

/// The last message of the alerts that this one puts right.
fn corrected(site: &Site, item: &Item) -> Vec<(String, Instant)> {
    let earlier = item.links.corrects.iter().map(|at| &site.items[*at]);
    let earlier = earlier.filter(|other| other.kind.name == "alert" && other.id != item.id);
    earlier
        .map(|other| {
            let at = begins(site, other, &other.original().record.fields);
            (identifier(site, other, &at.timestamp().strftime("%Y%m%dT%H%M%SZ").to_string()), at.in_zone(&site.now.zone))
        })
        .collect()
}

/// No space, comma, `<` or `&` (CAP 1.2, 3.2.1): `https://norrvik.example/alerts/2026/storm#cap-20261117T054000Z`.
fn identifier(site: &Site, item: &Item, stamp: &str) -> String {
    format!("https://{}/{}#cap-{stamp}", host(site), path(item)).replace(',', "%2C")
}

/// When the alert was first sent: the time it was published, or the beginning of what it warns of on that day.
fn begins(site: &Site, item: &Item, fields: &Fields) -> Instant {
    let effective = fields.instant("effective");
    match (item.published, effective) {
        (Some(Stamp::Instant(published)), _) => published,
        (Some(Stamp::Day(day)), Some(effective)) if effective.day(&site.now.zone) == day => effective,
        (Some(stamp), _) => instant(site, stamp),
        (None, Some(effective)) => effective,
        (None, None) => Instant::utc(jiff::Timestamp::UNIX_EPOCH),
    }
}
