//! In: a feed. Out: its entries, the newest first, with ids that never change.
//!
//! An entry's id comes from the record's own id and never from its address (RFC 4287, 4.2.6), so a moved page is not
//! read twice. A material correction, a replacement and a withdrawal are entries of their own: readers of a feed do not
//! see an old entry change.

use super::{Desk, Feed};
use crate::model::date::{Instant, Stamp};
use crate::model::lang::Lang;
use crate::model::messages::Arg;
use crate::model::route::Route;
use crate::model::site::{Edition, Item, ItemIx, Site};
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// Most entries of a feed; the newest.
pub const LIMIT: usize = 50;

/// One thing that a feed tells.
#[derive(Debug)]
pub struct Entry<'s> {
    /// Permanent, a `tag:` URI (RFC 4151).
    pub id: String,
    /// The record.
    pub item: &'s Item,
    /// Language of title, summary and page; not the feed's where the record is not translated.
    pub lang: Lang,
    /// The headline.
    pub title: String,
    /// Plain text.
    pub summary: String,
    /// When it was first published.
    pub published: Instant,
    /// When it last changed in substance.
    pub updated: Instant,
}

/// The entries of a feed, the newest first.
pub(super) fn entries<'s>(desk: &Desk<'s>, feed: &Feed<'s>) -> Vec<Entry<'s>> {
    let site = desk.site;
    let newest = desk.newest();
    let mut dated: Vec<(Reverse<Instant>, ItemIx)> = feed.source.items(site).filter_map(|at| Some((Reverse(newest[at]?), at))).collect();
    if dated.len() > LIMIT {
        dated.select_nth_unstable(LIMIT);
        dated.truncate(LIMIT);
    }
    dated.sort_unstable();
    let mut entries: Vec<Entry<'s>> = dated.into_iter().flat_map(|(_, at)| of_item(site, &site.items[at], feed.lang)).collect();
    entries.sort_by(|a, b| (b.updated, &a.id).cmp(&(a.updated, &b.id)));
    entries.truncate(LIMIT);
    entries
}

/// The newest instant that an item has an entry for; none for pages without a date.
pub(super) fn latest(site: &Site, item: &Item) -> Option<Instant> {
    let record = &item.original().record.fields;
    let withdrawn = record.map("withdrawn").and_then(|withdrawn| withdrawn.stamp("date"));
    let replaced = item.links.superseded_by.iter().filter_map(|at| site.items[*at].published);
    [item.published, item.changed, withdrawn].into_iter().flatten().chain(replaced).map(|stamp| instant(site, stamp)).max()
}

fn of_item<'s>(site: &'s Site, item: &'s Item, lang: Lang) -> Vec<Entry<'s>> {
    let edition = item.best(lang);
    let Some(published) = item.published.or(item.changed).map(|stamp| instant(site, stamp)) else { return Vec::new() };
    let updated = item.changed.map_or(published, |stamp| instant(site, stamp)).max(published);
    let id = tag(site, item);
    let main = Entry {
        id: id.clone(),
        item,
        lang: edition.record.lang,
        title: edition.record.title().to_owned(),
        summary: edition.summary.clone(),
        published,
        updated,
    };
    let mut taken = BTreeSet::new();
    let acts = acts(site, item, edition).into_iter().map(|act| {
        let mut own = format!("{id}#{}", act.fragment);
        for number in 2.. {
            if taken.insert(own.clone()) {
                break;
            }
            own = format!("{id}#{}-{number}", act.fragment);
        }
        let when = instant(site, act.date);
        Entry { id: own, item, lang: edition.record.lang, title: act.title, summary: act.words, published: when, updated: when }
    });
    std::iter::once(main).chain(acts.collect::<Vec<_>>()).collect()
}

/// Something that happened to a record after it was published.
struct Act {
    fragment: String,
    date: Stamp,
    title: String,
    words: String,
}

fn acts(site: &Site, item: &Item, edition: &Edition) -> Vec<Act> {
    let fields = &edition.record.fields;
    let lang = edition.record.lang;
    let said = |key: &str, title: &str| site.messages.lookup(lang, key, &[("title", Arg::Text(title))]).unwrap_or_else(|| title.to_owned());
    let title = edition.record.title();
    let mut acts = Vec::new();
    for revision in fields.maps("revisions").filter(|revision| revision.flag("material")) {
        let Some(date) = revision.stamp("date") else { continue };
        let words = revision.text("note").unwrap_or_default().to_owned();
        acts.push(Act { fragment: format!("revision-{date}"), date, title: said("feed-corrected", title), words });
    }
    for by in item.links.superseded_by.iter().map(|at| &site.items[*at]) {
        let Some(date) = by.published else { continue };
        let words = said("feed-superseded-by", by.best(lang).record.title());
        acts.push(Act { fragment: format!("superseded-{date}"), date, title: said("feed-superseded", title), words });
    }
    if let Some((withdrawn, date)) = fields.map("withdrawn").and_then(|withdrawn| Some((withdrawn, withdrawn.stamp("date")?))) {
        let words = withdrawn.text("reason").unwrap_or_default().to_owned();
        acts.push(Act { fragment: "withdrawn".into(), date, title: said("feed-withdrawn", title), words });
    }
    acts
}

/// The permanent id of a record: `tag:norrvik.example,2026:decisions/2026/night-buses` (RFC 4151). The year is that of
/// the record's path, which never changes; records without one take the first year of this scheme.
pub fn tag(site: &Site, item: &Item) -> String {
    let id = item.id.as_str();
    let is_year = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = id.split('/').find(is_year).unwrap_or("2026");
    format!("tag:{},{year}:{}", host(site), path(item))
}

/// The site's host, such as `norrvik.example`.
pub fn host(site: &Site) -> &str {
    site.settings.url.split("://").last().unwrap_or_default().split(['/', ':']).next().unwrap_or_default()
}

/// A record's id as a part of an address, such as `decisions/2026/night-buses`.
pub fn path(item: &Item) -> String {
    let id = item.id.as_str();
    let id = Route::new(id).map_or_else(|_| id.to_owned(), |route| route.href());
    id.trim_start_matches('/').to_owned()
}

/// A day or instant as an instant of the body's zone: a day begins at its midnight.
pub fn instant(site: &Site, stamp: Stamp) -> Instant {
    match stamp {
        Stamp::Instant(instant) => instant,
        Stamp::Day(day) => Instant::utc(day.begins(&site.now.zone)).in_zone(&site.now.zone),
    }
}
