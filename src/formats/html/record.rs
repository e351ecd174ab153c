//! In: a record. Out: its page in each of its languages.

use super::fields::Walk;
use super::links::PageLinks;
use super::page::Page;
use super::sections::{ANCHORS, contents};
use super::shop::{Shop, lang_name};
use super::tree::{Tree, safe, text};
use super::{Made, chrome, closing, history, json_ld, uptime, versions, vote};
use crate::formats::feed::beside;
use crate::formats::{cap, icalendar, record_json};
use crate::model::date::Stamp;
use crate::model::finding::Findings;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::{Edition, Facet, Item, ItemIx};
use std::sync::Arc;
use tera::Value;

/// A page for every edition of every record.
pub(super) fn recipes<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    let site = shop.site;
    let editions = site.items.iter().flat_map(|item| item.editions.iter().map(move |edition| (item, edition)));
    let made = editions.map(|(item, edition)| {
        let shop = shop.clone();
        Recipe {
            path: edition.route.file(),
            subject: edition.record.source.path.to_string(),
            render: Box::new(move |out| page(&shop, item, edition, out)),
        }
    });
    made.collect()
}

fn page(shop: &Shop<'_>, item: &Item, edition: &Edition, out: &mut Vec<u8>) -> Made {
    let record = &edition.record;
    let lang = record.lang;
    let (value, mut findings) = record_value(shop, item, edition);
    let editions: Vec<(Lang, &Route, bool)> = item.editions.iter().map(|own| (own.record.lang, &own.route, own.stale)).collect();
    let (card, fault) = shop.studio.as_ref().map_or((None, None), |studio| studio.of_record(item, edition));
    findings.extend(fault);
    let mut page = shop
        .page(lang, item.kind.name)
        .card(card.map(|card| shop.card(&card)))
        .titled(record.title())
        .described(&edition.summary)
        .at(&edition.route)
        .in_languages(&editions)
        .article(item.published.map(|at| at.to_string()), item.changed.filter(|_| !edition.stale).map(|at| at.to_string()))
        .twin(&record_json::route(edition))
        .json_ld(json_ld::record(shop, item, edition));
    if let Some(route) = shop.kind_index(item.kind.name).and_then(|index| index.routes.get(&lang)) {
        let name = shop.words(lang, &format!("kinds-{}", item.kind.name));
        page = page.crumb(&name, &route.href()).feed(name, route);
    }
    page = follow(shop, page, item, edition);
    let year = item.day.map(|day| (day.year(), Facet::Year(item.kind.name, day.year())));
    if let Some((year, route)) = year.and_then(|(year, facet)| Some((year, shop.index(&facet)?.routes.get(&lang)?))) {
        page = page.crumb(&year.to_string(), &route.href());
    }
    if let Some(banner) = chrome::banner_of(shop, lang, item)? {
        page = page.put("banner", banner);
    }
    let template = if shop.has_template(item.kind.template) { item.kind.template } else { "record.html" };
    findings.extend(shop.render(template, page.put("record", value).into_context(), record.source.path.as_str(), out)?);
    Ok(findings)
}

/// What one can follow beside this page: a service's feed, an event, an alert in CAP.
fn follow<'p, 's>(shop: &Shop<'_>, page: Page<'p, 's>, item: &Item, edition: &Edition) -> Page<'p, 's> {
    let title = edition.record.title();
    match item.kind.name {
        "service" => page.feed(title.to_owned(), &edition.route),
        "alert" => page.also(&shop.words(edition.record.lang, "cap-of-alert"), cap::latest(item).href(), cap::MEDIA),
        kind if icalendar::has_event(kind) => page.also(title, beside(&edition.route, icalendar::EVENT).href(), icalendar::MEDIA),
        _ => page,
    }
}

fn record_value(shop: &Shop<'_>, item: &Item, edition: &Edition) -> (Value, Findings) {
    let record = &edition.record;
    let lang = record.lang;
    let mut links = PageLinks::new(shop, record, &ANCHORS);
    let original = (!record.original).then(|| &item.original().record);
    let mut walk = Walk { shop, record, original, links: &links, findings: Findings::new() };
    let body = walk.body();
    let mut findings = walk.findings;
    links.below(3);
    let mut walk = Walk { shop, record, original, links: &links, findings: Findings::new() };
    let fields = walk.all();
    let summary = walk.summary();
    findings.extend(walk.findings);
    let reference = record.fields.text("reference");
    // A decision's reference names its paragraph and its case; any other is one name.
    let (number, case) = match reference.and_then(|reference| reference.split_once(", ")).filter(|_| item.kind.name == "decision") {
        Some((number, case)) => (Some(number), Some(case)),
        None => (reference, None),
    };
    let (warnings, notices) = history::notices(shop, item, edition);
    let stamp = |stamp: Option<Stamp>| stamp.map(|stamp| shop.stamp(lang, stamp));
    let value = Tree::new()
        .with("id", text(item.id.as_str()))
        .with("kind", text(item.kind.name))
        .with("kind_name", shop.words(lang, &format!("kind-{}", item.kind.name)))
        .with("title", text(record.title()))
        .with("lang", text(lang.as_str()))
        .with("original", record.original)
        .with("original_lang", lang_name(item.original().record.lang))
        .with("href", edition.route.href())
        .with("summary", summary)
        .with("lead", text(&edition.summary))
        .with("number", number.map(text))
        .with("case", case.map(text))
        .with("status", shop.status(item, lang))
        .with("day", stamp(item.day.map(Stamp::Day)))
        .with("published", stamp(item.published))
        .with("changed", stamp(item.changed))
        .with("appeal_until", stamp(history::last_day(shop, item).map(Stamp::Day)))
        .with("body", safe(&body.html))
        .with("toc", contents(shop, item, &record.fields, lang, &body.outline))
        .with("f", fields)
        .with("vote", vote::vote(shop, lang, &record.fields))
        .with("timeline", history::timeline(shop, item, edition))
        .with("changes", history::changes(shop, item, edition))
        .with("versions", versions::list(shop, item, edition))
        .with("notices", notices)
        .with("warnings", warnings)
        .with("history", (item.kind.name == "service").then(|| uptime::history(shop, item, lang)))
        .with("links", links_value(shop, item, lang))
        .with("posts", posts(shop, item, lang))
        .with("check", closing::check(shop, item, edition))
        .with("ask", closing::ask(shop, edition))
        .with("feed", closing::feed(shop, item, lang))
        .with("national", closing::national(shop, item))
        .with("service", closing::of_service(shop, item, lang))
        .done();
    (value, findings)
}

fn links_value(shop: &Shop<'_>, item: &Item, lang: Lang) -> Value {
    let many = |all: &[ItemIx]| Value::from(all.iter().map(|at| shop.reference(*at, lang)).collect::<Vec<_>>());
    let one = |at: Option<ItemIx>| at.map(|at| shop.reference(at, lang));
    let links = &item.links;
    Tree::new()
        .with("supersedes", many(&links.supersedes))
        .with("superseded_by", many(&links.superseded_by))
        .with("amends", many(&links.amends))
        .with("amended_by", many(&links.amended_by))
        .with("corrects", many(&links.corrects))
        .with("corrected_by", many(&links.corrected_by))
        .with("consultation", one(links.consultation))
        .with("decisions", many(&links.decisions))
        .with("meeting", one(links.meeting))
        .with("decided", many(&links.decided))
        .with("services", many(&links.services))
        .with("updates", many(&links.updates))
        .with("notices", many(&links.notices))
        .with("related", many(&links.related))
        .with("older", one(links.older))
        .with("newer", one(links.newer))
        .done()
}

fn posts(shop: &Shop<'_>, item: &Item, lang: Lang) -> Value {
    let found = shop.site.posted.get(&(item.id.clone(), lang)).map_or(&[][..], Vec::as_slice);
    let made = found.iter().map(|post| Tree::new().with("channel", text(&post.channel)).with("url", text(&post.url)).done());
    Value::from(made.collect::<Vec<_>>())
}
