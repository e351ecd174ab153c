//! In: the dates and relations of a record. Out: what happened, what comes next, what changed, what a reader must know first.

use super::shop::Shop;
use super::tree::{Tree, text};
use crate::model::date::{Day, Stamp};
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use crate::model::site::{Edition, Item, ItemIx};
use tera::Value;

/// Milestones by kind: the field and its message.
const MILESTONES: &[(&str, &[(&str, &str)])] = &[
    (
        "decision",
        &[
            ("decided", "decided-on"),
            ("announced", "announced-on-board"),
            ("in_force", "in-force-from"),
            ("until", "valid-until"),
            ("implemented", "implemented-on"),
        ],
    ),
    ("consultation", &[("opens", "opens"), ("closes", "closes")]),
];

struct Milestone {
    at: Stamp,
    title: String,
    shown: String,
    link: Option<Value>,
}

/// What happened and what comes next, oldest first; `next` marks what is still ahead.
pub(super) fn timeline(shop: &Shop<'_>, item: &Item, edition: &Edition) -> Value {
    let lang = edition.record.lang;
    let fields = &edition.record.fields;
    let table = MILESTONES.iter().find(|(kind, _)| *kind == item.kind.name).map_or(&[][..], |(_, table)| table);
    let plain = |at: Stamp, title: String| Milestone { at, shown: shop.dates.stamp(lang, at), title, link: None };
    let mut all: Vec<Milestone> =
        table.iter().filter_map(|(field, key)| Some(plain(fields.stamp(field)?, shop.words(lang, key)))).collect();
    all.extend(item.appeal_until.map(|day| plain(Stamp::Day(day), shop.words(lang, "last-day-to-appeal"))));
    for event in fields.maps("events") {
        all.extend(event.stamp("at").map(|at| plain(at, event.text("title").unwrap_or_default().to_owned())));
    }
    all.extend(item.links.consultation.and_then(|at| consultation(shop, at, lang)));
    for at in item.links.decisions.iter().chain(&item.links.superseded_by) {
        let key = if item.kind.name == "consultation" { "decision-taken" } else { "superseded" };
        all.extend(
            shop.item(*at)
                .day
                .map(|day| Milestone { link: Some(shop.reference(*at, lang)), ..plain(Stamp::Day(day), shop.words(lang, key)) }),
        );
    }
    let zone = &shop.site.now.zone;
    all.sort_by_key(|entry| entry.at.begins(zone));
    let made = all.into_iter().map(|entry| {
        Tree::new()
            .with("iso", entry.at.to_string())
            .with("text", entry.shown)
            .with("title", entry.title)
            .with("link", entry.link)
            .with("next", !shop.site.now.reached(entry.at))
            .done()
    });
    Value::from(made.collect::<Vec<_>>())
}

/// The last day to appeal: a decision's own; for a notice, that of what it announces.
pub(super) fn last_day(shop: &Shop<'_>, item: &Item) -> Option<Day> {
    let fields = &item.original().record.fields;
    let announces = || {
        let named = fields.text("decision").and_then(|id| shop.site.by_id.get(&RecordId(id.to_owned()))).copied();
        let meeting = item.links.meeting.filter(|_| fields.text("notice_kind") == Some("minutes"));
        let decided = meeting.map_or(&[][..], |at| &shop.item(at).links.decided);
        named.into_iter().chain(decided.iter().copied()).filter_map(|at| shop.item(at).appeal_until).max()
    };
    item.appeal_until.or_else(|| announces().filter(|_| item.kind.name == "notice"))
}

fn consultation(shop: &Shop<'_>, at: ItemIx, lang: Lang) -> Option<Milestone> {
    let fields = &shop.item(at).original().record.fields;
    let opens = fields.stamp("opens")?;
    let day = |stamp: Stamp| Stamp::Day(shop.dates.day_of(stamp));
    let shown =
        fields.stamp("closes").map_or_else(|| shop.dates.stamp(lang, opens), |closes| shop.dates.range(lang, day(opens), day(closes)));
    Some(Milestone { at: opens, shown, title: shop.words(lang, "kind-consultation"), link: Some(shop.reference(at, lang)) })
}

/// What changed on the page, newest first: revisions, corrections, first publication.
pub(super) fn changes(shop: &Shop<'_>, item: &Item, edition: &Edition) -> Value {
    let lang = edition.record.lang;
    let mut all: Vec<(Stamp, String, bool, Option<Value>)> = Vec::new();
    all.extend(item.published.map(|at| (at, shop.words(lang, "first-published"), false, None)));
    for revision in edition.record.fields.maps("revisions") {
        let note = revision.text("note").unwrap_or_default().to_owned();
        all.extend(revision.stamp("date").map(|at| (at, note, revision.flag("material"), None)));
    }
    for at in &item.links.corrected_by {
        let published = shop.item(*at).published;
        all.extend(published.map(|date| (date, shop.words(lang, "corrected"), true, Some(shop.reference(*at, lang)))));
    }
    let zone = &shop.site.now.zone;
    all.sort_by_key(|(at, ..)| std::cmp::Reverse(at.begins(zone)));
    let made = all.into_iter().map(|(at, note, material, link)| {
        Tree::new().with("date", shop.stamp(lang, at)).with("note", text(&note)).with("material", material).with("link", link).done()
    });
    Value::from(made.collect::<Vec<_>>())
}

/// What a reader must know of: withdrawn, replaced, corrected, out of date. The first stand above everything else; the
/// second half, for information, is part of all of them.
pub(super) fn notices(shop: &Shop<'_>, item: &Item, edition: &Edition) -> (Value, Value) {
    let lang = edition.record.lang;
    let notice = |tone: &str, key: &str, said: Option<&str>, links: &[ItemIx]| {
        let links: Vec<Value> = links.iter().map(|at| shop.reference(*at, lang)).collect();
        Tree::new()
            .with("tone", text(tone))
            .with("title", shop.words(lang, &format!("notice-{key}")))
            .with("text", said.map(text))
            .with("links", links)
            .with("original", Value::none())
            .with("date", Value::none())
    };
    let mut all = Vec::new();
    if let Some(withdrawn) = edition.record.fields.map("withdrawn") {
        let date = withdrawn.stamp("date").map(|date| shop.stamp(lang, date));
        all.push(notice("stop", "withdrawn", withdrawn.text("reason"), &[]).with("date", date));
    }
    if edition.stale {
        let original = item.original();
        let link = Tree::new()
            .with("href", original.route.href())
            .with("lang", text(original.record.lang.as_str()))
            .with("dir", text(original.record.lang.direction()))
            .with("title", text(original.record.title()));
        all.push(notice("warn", "stale", None, &[]).with("original", link));
    }
    let related = [("superseded", &item.links.superseded_by), ("amended", &item.links.amended_by), ("corrected", &item.links.corrected_by)];
    all.extend(related.iter().filter(|(_, links)| !links.is_empty()).map(|(key, links)| notice("warn", key, None, links)));
    let links = &item.links;
    let informing = [("supersedes", &links.supersedes), ("amends", &links.amends), ("corrects", &links.corrects)];
    let grave = all.len();
    all.extend(informing.iter().filter(|(_, links)| !links.is_empty()).map(|(key, links)| notice("info", key, None, links)));
    let all: Vec<Value> = all.into_iter().map(Tree::done).collect();
    (Value::from(all[..grave].to_vec()), Value::from(all))
}
