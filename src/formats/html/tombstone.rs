//! In: records whose text was taken out for good. Out: what stands at their old addresses: that there was one, when and why
//! it went, and its id in the log. No title, no text; in no list, and hidden from search engines.
//!
//! A host of files answers with 200 and not with 410: it knows nothing but files.

use super::Made;
use super::shop::Shop;
use super::tree::{Tree, text};
use super::versions::{reason, stamp};
use crate::model::date::Stamp;
use crate::model::lang::Lang;
use crate::model::log::{Logged, Tombstone};
use crate::model::recipe::Recipe;
use crate::model::record::RecordId;
use crate::model::route::Route;
use std::sync::Arc;
use tera::Value;

/// A page at the address of every edition that is gone for good, unless something else has a page there.
pub(super) fn recipes<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    let site = shop.site;
    let Some(log) = &site.log else { return Vec::new() };
    let mut made = Vec::new();
    for ((record, lang), logged) in &log.editions {
        let tombstone = site.tombstones.iter().find(|tombstone| tombstone.record == *record);
        let is_here = site.by_id.get(record).is_some_and(|at| site.items[*at].edition(*lang).is_some());
        let gone = !is_here && (logged.is_erased() || tombstone.is_some());
        let Some(route) = Route::new(&logged.route).ok().filter(|_| gone) else { continue };
        if shop.spot(route.as_str().trim_end_matches('/')).is_some() {
            continue;
        }
        let shop = shop.clone();
        made.push(Recipe {
            path: route.file(),
            subject: subject(record),
            render: Box::new(move |out| page(&shop, *lang, (logged, tombstone), &route, out)),
        });
    }
    made
}

/// What messages of the build call it: its name in the sources, which are the body's own.
fn subject(record: &RecordId) -> String {
    format!("content/{record}.erased.yaml")
}

fn page(shop: &Shop<'_>, lang: Lang, (logged, tombstone): (&Logged, Option<&Tombstone>), route: &Route, out: &mut Vec<u8>) -> Made {
    let lang = if shop.site.settings.languages.contains(&lang) { lang } else { shop.site.settings.default_lang() };
    let act = logged.newest().filter(|newest| newest.action == "erased");
    let day = tombstone.and_then(|tombstone| tombstone.date.parse::<Stamp>().ok());
    let date = day.map(|day| shop.stamp(lang, day)).or_else(|| act.map(|act| stamp(shop, lang, act.at)));
    let why = act.map(|act| act.reason).or(tombstone.map(|tombstone| tombstone.reason));
    let value = Tree::new()
        .with("date", date)
        .with("reason", why.and_then(|code| reason(shop, lang, code)))
        .with("basis", tombstone.and_then(|tombstone| tombstone.basis.as_deref()).map(text))
        .with("id", text(&logged.id))
        .with("logged", act.is_some())
        .with("verify", Value::from(shop.fixed(lang, "verify/").href()))
        .done();
    let page = shop.page(lang, "page").titled(shop.words(lang, "erased-title")).described(&shop.words(lang, "erased-about"));
    let page = page.at(route).hidden().put("erased", value);
    shop.render("tombstone.html", page.into_context(), route.as_str(), out)
}
