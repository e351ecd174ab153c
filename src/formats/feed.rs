//! In: the site. Out: what feeds tell, the same for every feed format: whose feed, which entries, with which ids.
//!
//! An entry's id comes from the record's own id and never from its address (RFC 4287, 4.2.6), so a moved page is not
//! read twice. A material correction and a withdrawal are entries of their own: readers of a feed do not see an old
//! entry change.

use crate::model::date::{Instant, Stamp};
use crate::model::lang::Lang;
use crate::model::messages::Arg;
use crate::model::record::Fields;
use crate::model::route::{PathError, Route};
use crate::model::site::{Facet, Index, Item, ItemIx, Site};

/// Most entries of a feed; the newest.
pub const LIMIT: usize = 50;

/// A feed: whose news, in which language.
#[derive(Debug)]
pub struct Feed<'s> {
    /// Language of its words.
    pub lang: Lang,
    /// The site's title, and the list's.
    pub title: String,
    /// The page that it goes with.
    pub home: Route,
    /// The list, or none for the whole site.
    index: Option<&'s Index>,
}

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
    /// When it was first published, RFC 3339.
    pub published: Instant,
    /// When it last changed in substance.
    pub updated: Instant,
}

impl Feed<'_> {
    /// The address of the feed: a file of this name beside its page.
    pub fn route(&self, name: &str) -> Result<Route, PathError> {
        self.home.join(name)
    }

    /// Its entries, the newest first.
    pub fn entries<'s>(&self, site: &'s Site) -> Vec<Entry<'s>> {
        let all: Box<dyn DoubleEndedIterator<Item = ItemIx>> = match self.index {
            None => Box::new(0..site.items.len()),
            Some(index) => Box::new(index.items.iter().copied()),
        };
        let mut dated: Vec<(Instant, ItemIx)> = all.filter_map(|at| Some((latest(site, &site.items[at])?, at))).collect();
        dated.sort_by_key(|(when, at)| (std::cmp::Reverse(*when), *at));
        let newest = dated.into_iter().take(LIMIT).map(|(_, at)| &site.items[at]);
        let mut entries: Vec<Entry<'s>> = newest.flat_map(|item| entries_of(site, item, self.lang)).collect();
        entries.sort_by(|a, b| (b.updated, &a.id).cmp(&(a.updated, &b.id)));
        entries.truncate(LIMIT);
        entries
    }
}

/// All feeds of a site: of the whole and of each list but those of years, in every language.
pub fn feeds(site: &Site) -> Vec<Feed<'_>> {
    let settings = &site.settings;
    let mut feeds = Vec::new();
    for lang in settings.languages.iter().copied() {
        let prefix = if lang == settings.default_lang() { String::new() } else { format!("/{lang}") };
        let home = Route::new(&format!("{prefix}/")).expect("a language tag is a safe part of an address");
        feeds.push(Feed { lang, title: settings.title.get(lang).to_owned(), home, index: None });
        for index in site.indexes.iter().filter(|index| !matches!(index.facet, Facet::Year(..))) {
            let title = format!("{} · {}", settings.title.get(lang), label(site, &index.facet, lang));
            feeds.extend(index.routes.get(&lang).map(|home| Feed { lang, title, home: home.clone(), index: Some(index) }));
        }
    }
    feeds
}

fn label(site: &Site, facet: &Facet, lang: Lang) -> String {
    match facet {
        Facet::Kind(kind) | Facet::Year(kind, _) => site.messages.get(lang, &format!("kinds-{kind}")),
        Facet::Term(list, id) => {
            let term = site.settings.terms(*list).iter().find(|term| term.id == *id);
            term.map_or_else(|| id.clone(), |term| term.name.get(lang).to_owned())
        }
    }
}

/// The newest instant that an item has an entry for; none for pages without a date.
fn latest(site: &Site, item: &Item) -> Option<Instant> {
    let record = &item.original().record.fields;
    let withdrawn = record.map("withdrawn").and_then(|withdrawn| withdrawn.stamp("date"));
    [item.published, item.changed, withdrawn].into_iter().flatten().map(|stamp| instant(site, stamp)).max()
}

fn entries_of<'s>(site: &'s Site, item: &'s Item, lang: Lang) -> Vec<Entry<'s>> {
    let edition = item.best(lang);
    let fields = &edition.record.fields;
    let Some(published) = item.published.or(item.changed).map(|stamp| instant(site, stamp)) else { return Vec::new() };
    let updated = item.changed.map_or(published, |stamp| instant(site, stamp)).max(published);
    let id = tag(site, item);
    let entry = |id: String, title: String, summary: &str, published: Instant, updated: Instant| Entry {
        id,
        item,
        lang: edition.record.lang,
        title,
        summary: summary.to_owned(),
        published,
        updated,
    };
    let mut entries = vec![entry(id.clone(), edition.record.title().to_owned(), &edition.summary, published, updated)];
    let mut act = |key: &str, fragment: String, words: &Fields, note: &str| {
        let Some(when) = words.stamp("date").map(|stamp| instant(site, stamp)) else { return };
        let title = edition.record.title();
        let title = site.messages.lookup(edition.record.lang, key, &[("title", Arg::Text(title))]).unwrap_or_else(|| title.to_owned());
        entries.push(entry(format!("{id}#{fragment}"), title, words.text(note).unwrap_or_default(), when, when));
    };
    for revision in fields.maps("revisions").filter(|revision| revision.flag("material")) {
        let date = revision.stamp("date").map_or_else(String::new, |stamp| stamp.to_string());
        act("feed-corrected", format!("revision-{date}"), revision, "note");
    }
    if let Some(withdrawn) = fields.map("withdrawn") {
        act("feed-withdrawn", "withdrawn".to_owned(), withdrawn, "reason");
    }
    entries
}

/// The permanent id of a record: `tag:norrvik.example,2026:decisions/2026/night-buses` (RFC 4151). The year is that of
/// the record's path, which never changes; records without one take the first year of this scheme.
fn tag(site: &Site, item: &Item) -> String {
    let host = site.settings.url.split("://").last().unwrap_or_default().split(['/', ':']).next().unwrap_or_default();
    let id = item.id.as_str();
    let is_year = |part: &&str| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
    let year = id.split('/').find(is_year).unwrap_or("2026");
    let id = Route::new(id).map_or_else(|_| id.to_owned(), |route| route.href());
    format!("tag:{host},{year}:{}", id.trim_start_matches('/'))
}

/// Whether a list's feed has entries; records without a date are in no feed.
pub fn has_entries(site: &Site, index: &Index) -> bool {
    index.items.iter().any(|at| latest(site, &site.items[*at]).is_some())
}

/// A day or instant as an instant of the body's zone: a day begins at its midnight.
pub fn instant(site: &Site, stamp: Stamp) -> Instant {
    match stamp {
        Stamp::Instant(instant) => instant,
        Stamp::Day(day) => Instant::utc(day.begins(&site.now.zone)).in_zone(&site.now.zone),
    }
}
