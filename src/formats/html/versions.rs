//! In: what the public log says of a record. Out: a page for each earlier version, and the list of versions on the page of
//! the record, each with what changed in it.
//!
//! An earlier version can be read and is nowhere listed: its page says what it is, leads to the one that counts, and asks
//! search engines to leave it out.

use super::Made;
use super::links::PageLinks;
use super::marked::{self, Change};
use super::paper::{Paper, Reader};
use super::sections::ANCHORS;
use super::shop::Shop;
use super::tree::{Tree, safe, text};
use crate::formats::record_json;
use crate::model::date::{Instant, Stamp};
use crate::model::lang::Lang;
use crate::model::log::{Logged, Version};
use crate::model::messages::Arg;
use crate::model::recipe::Recipe;
use crate::model::site::{Edition, Item};
use jiff::Timestamp;
use std::sync::Arc;
use tera::Value;

/// Most bytes of marked differences on the page of a record; what is more stands on the pages of its versions.
const MOST: usize = 4_000;

/// A page for every earlier version whose text is kept.
pub(super) fn recipes<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    let site = shop.site;
    let Some(log) = &site.log else { return Vec::new() };
    let editions = site.items.iter().flat_map(|item| item.editions.iter().map(move |edition| (item, edition)));
    let logged = editions.filter_map(|(item, edition)| Some((item, edition, log.of(&item.id, edition.record.lang)?)));
    let versions = logged.flat_map(|(item, edition, logged)| {
        let earlier = 0..logged.versions.len().saturating_sub(1);
        earlier.filter(|at| logged.versions[*at].record.is_some()).map(move |at| (item, edition, logged, at))
    });
    let made = versions.map(|(item, edition, logged, at)| {
        let shop = shop.clone();
        let route = record_json::version_route(&edition.route, logged.versions[at].n);
        Recipe {
            path: route.file(),
            subject: format!("{}, version {}", edition.record.source.path, logged.versions[at].n),
            render: Box::new(move |out| page(&shop, (item, edition), logged, at, out)),
        }
    });
    made.collect()
}

fn page(shop: &Shop<'_>, (item, edition): (&Item, &Edition), logged: &Logged, at: usize, out: &mut Vec<u8>) -> Made {
    let (record, lang) = (&edition.record, edition.record.lang);
    let version = &logged.versions[at];
    let mut links = PageLinks::new(shop, record, &ANCHORS);
    links.below(3);
    let reader = Reader { shop, lang, kind: item.kind, links: &links };
    let paper = version.record.as_ref().and_then(|text| reader.read(text)).unwrap_or(Paper { title: String::new(), pieces: Vec::new() });
    let title = if paper.title.is_empty() { record.title() } else { &paper.title };
    let name = name(shop, lang, version.n);
    let route = record_json::version_route(&edition.route, version.n);
    let next = &logged.versions[at + 1];
    let fields = paper
        .pieces
        .iter()
        .map(|piece| Tree::new().with("name", text(&piece.name)).with("label", text(&piece.label)).with("html", safe(&piece.html)).done());
    let value = Tree::new()
        .with("name", text(&name))
        .with("title", text(title))
        .with("kind_name", shop.words(lang, &format!("kind-{}", item.kind.name)))
        .with("notice", shop.words_with(lang, "version-notice", "number", &shop.dates.number(lang, u64::from(version.n))))
        .with("published", stamp(shop, lang, version.at))
        .with("replaced", stamp(shop, lang, next.at))
        .with("current", edition.route.href())
        .with("act", act(shop, lang, next))
        .with("reason", reason(shop, lang, next.reason))
        .with("next", name_of_next(shop, lang, logged, at))
        .with("changes", between(shop, (item, edition), logged, at).map(|changes| changes_value(&changes)))
        .with("fields", fields.collect::<Vec<_>>())
        .with("json", record_json::beside(&route, "record.json").href())
        .with("proof", record_json::beside(&route, "record.tlog-proof").href())
        .done();
    let page = shop
        .page(lang, item.kind.name)
        .titled(format!("{name}: {title}"))
        .described(&shop.words_with(lang, "version-notice", "number", &shop.dates.number(lang, u64::from(version.n))))
        .at(&edition.route)
        .hidden()
        .crumb(record.title(), &edition.route.href())
        .put("version", value);
    shop.render("version.html", page.into_context(), record.source.path.as_str(), out)
}

fn name(shop: &Shop<'_>, lang: Lang, n: u32) -> String {
    shop.words_with(lang, "version-name", "number", &shop.dates.number(lang, u64::from(n)))
}

fn name_of_next(shop: &Shop<'_>, lang: Lang, logged: &Logged, at: usize) -> Value {
    let next = &logged.versions[at + 1];
    let is_current = at + 2 == logged.versions.len();
    let title = shop.site.messages.format(
        lang,
        "diff-between",
        &[
            ("old", Arg::Text(&shop.dates.number(lang, u64::from(logged.versions[at].n)))),
            ("new", Arg::Text(&shop.dates.number(lang, u64::from(next.n)))),
        ],
    );
    Tree::new().with("title", text(&title)).with("current", is_current).done()
}

pub(super) fn stamp(shop: &Shop<'_>, lang: Lang, at: Timestamp) -> Value {
    shop.stamp(lang, Stamp::Instant(Instant::utc(at).in_zone(&shop.site.now.zone)))
}

/// What was done with a version, in words.
pub(super) fn act(shop: &Shop<'_>, lang: Lang, version: &Version) -> String {
    let key = match version.action {
        "published" => "status-published",
        "withdrawn" => "status-withdrawn",
        "erased" => "act-erased",
        _ => "act-revised",
    };
    shop.words(lang, key)
}

/// Why, in words; none where the log gives no reason.
pub(super) fn reason(shop: &Shop<'_>, lang: Lang, code: &str) -> Option<String> {
    (!code.is_empty()).then(|| shop.words(lang, &format!("reason-{code}")))
}

/// What changed from a version to the next; none where one of the texts is not kept, or not logged yet.
fn between(shop: &Shop<'_>, (item, edition): (&Item, &Edition), logged: &Logged, at: usize) -> Option<Vec<Change>> {
    let links = PageLinks::new(shop, &edition.record, &ANCHORS);
    let reader = Reader { shop, lang: edition.record.lang, kind: item.kind, links: &links };
    let last = at + 2 == logged.versions.len();
    let old = reader.read(logged.versions.get(at)?.record.as_ref()?)?;
    let new = match &logged.versions.get(at + 1)?.record {
        Some(text) => reader.read(text)?,
        None if last && !logged.pending => reader.read(&String::from_utf8(record_json::shown(shop.site, item, edition)).ok()?)?,
        None => return None,
    };
    Some(marked::changes(shop, edition.record.lang, &old, &new))
}

fn changes_value(changes: &[Change]) -> Value {
    let made = changes.iter().map(|change| Tree::new().with("label", text(&change.label)).with("html", safe(&change.html)).done());
    Value::from(made.collect::<Vec<_>>())
}

/// The versions of a record that has more than one, newest first; the earlier ones have pages.
pub(super) fn list(shop: &Shop<'_>, item: &Item, edition: &Edition) -> Option<Value> {
    let lang = edition.record.lang;
    let logged = shop.site.log.as_ref()?.of(&item.id, lang).filter(|logged| logged.versions.len() > 1)?;
    let mut room = MOST;
    let rows = (0..logged.versions.len()).rev().map(|at| {
        let version = &logged.versions[at];
        let earlier = at + 1 < logged.versions.len();
        let href = (earlier && version.record.is_some()).then(|| record_json::version_route(&edition.route, version.n).href());
        let changes = at.checked_sub(1).and_then(|before| between(shop, (item, edition), logged, before));
        let size = changes.iter().flatten().map(|change| change.label.len() + change.html.len() + 20).sum::<usize>();
        let fits = size <= room;
        room = room.saturating_sub(size);
        let before =
            at.checked_sub(1).filter(|_| !fits).map(|before| record_json::version_route(&edition.route, logged.versions[before].n).href());
        Tree::new()
            .with("name", text(&name(shop, lang, version.n)))
            .with("date", stamp(shop, lang, version.at))
            .with("act", act(shop, lang, version))
            .with("reason", reason(shop, lang, version.reason))
            .with("href", href)
            .with("current", !earlier)
            .with("nothing", changes.as_ref().is_some_and(Vec::is_empty))
            .with("changes", changes.filter(|_| fits).map(|changes| changes_value(&changes)))
            .with("long", before)
            .done()
    });
    Some(Value::from(rows.collect::<Vec<_>>()))
}
