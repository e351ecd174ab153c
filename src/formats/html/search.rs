//! In: the lists of a site. Out: the search page of each language: a form, and links to every list for those without a
//! script. The index that its script reads is made by [`crate::formats::search`].

use super::Made;
use super::chrome;
use super::shop::Shop;
use super::tree::{Tree, text};
use crate::formats::search;
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::messages::Arg;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::Facet;
use std::collections::BTreeMap;
use std::sync::Arc;
use tera::Value;

/// Kinds in the order of the links.
const KINDS: [&str; 10] = ["decision", "update", "alert", "consultation", "correction", "service", "meeting", "notice", "vacancy", "page"];

const LISTS: [(Vocabulary, &str); 4] = [
    (Vocabulary::Topics, "by-topic"),
    (Vocabulary::Bodies, "by-body"),
    (Vocabulary::Places, "by-place"),
    (Vocabulary::Audiences, "by-audience"),
];

/// Stands where a number is put by the script.
const NUMBER: &str = "{n}";

/// The search page in every language, unless search is switched off.
pub(super) fn recipes<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    if !search::is_on(shop.site) {
        return Vec::new();
    }
    let made = shop.site.settings.languages.iter().map(|lang| {
        let (shop, lang) = (shop.clone(), *lang);
        let route = search::page(shop.site, lang);
        Recipe { path: route.file(), subject: format!("the page {route}"), render: Box::new(move |out| page(&shop, lang, &route, out)) }
    });
    made.collect()
}

fn page(shop: &Shop<'_>, lang: Lang, route: &Route, out: &mut Vec<u8>) -> Made {
    let others: Vec<(Lang, Route)> = shop.site.settings.languages.iter().map(|lang| (*lang, search::page(shop.site, *lang))).collect();
    let editions: Vec<(Lang, &Route, bool)> = others.iter().map(|(lang, route)| (*lang, route, false)).collect();
    let script = shop.site.theme.statics.iter().find(|(name, ..)| name.as_str() == "search.js").map(|(_, route, _)| route.href());
    let value = Tree::new()
        .with("script", script)
        .with("index", route.href())
        .with("found", counted(shop, lang))
        .with("groups", groups(shop, lang))
        .done();
    let title = shop.words(lang, "search");
    let page = shop.page(lang, "search").titled(title).at(route).in_languages(&editions).put("search", value);
    shop.render("search.html", page.into_context(), "the search page", out)
}

/// "{n} records found" in each form of the language, with a number that takes it; the browser knows which number takes which.
fn counted(shop: &Shop<'_>, lang: Lang) -> Value {
    let mut forms: BTreeMap<String, u64> = BTreeMap::new();
    for count in (0..=120).chain([1_000_000]) {
        let args = [("count", Arg::Number(count)), ("number", Arg::Text(NUMBER))];
        forms.entry(shop.site.messages.format(lang, "search-found", &args)).or_insert(count.unsigned_abs());
    }
    Value::from(forms.into_iter().map(|(form, sample)| Tree::new().with("text", form).with("sample", sample).done()).collect::<Vec<_>>())
}

/// Links to every list.
fn groups(shop: &Shop<'_>, lang: Lang) -> Value {
    let group = |key: &str, links: Value| Tree::new().with("title", shop.words(lang, key)).with("links", links).done();
    let mut made = vec![group("by-kind", chrome::kind_lists(shop, lang, &KINDS))];
    for (list, key) in LISTS {
        let terms = shop.site.settings.terms(list).iter();
        let links: Vec<Value> =
            terms.filter_map(|term| link(shop, &Facet::Term(list, term.id.clone()), term.name.get(lang), lang)).collect();
        if !links.is_empty() {
            made.push(group(key, Value::from(links)));
        }
    }
    let mut years: Vec<(i16, &'static str)> = shop
        .site
        .indexes
        .iter()
        .filter_map(|index| if let Facet::Year(kind, year) = index.facet { Some((year, kind)) } else { None })
        .collect();
    years.sort_by_key(|(year, kind)| (std::cmp::Reverse(*year), KINDS.iter().position(|own| own == kind)));
    let years = years.into_iter().filter_map(|(year, kind)| {
        let title = format!("{} {year}", shop.words(lang, &format!("kinds-{kind}")));
        link(shop, &Facet::Year(kind, year), &title, lang)
    });
    let years: Vec<Value> = years.collect();
    if !years.is_empty() {
        made.push(group("by-year", Value::from(years)));
    }
    Value::from(made)
}

fn link(shop: &Shop<'_>, facet: &Facet, title: &str, lang: Lang) -> Option<Value> {
    let index = shop.index(facet).filter(|index| !index.items.is_empty())?;
    Some(Tree::new().with("title", text(title)).with("href", index.routes.get(&lang)?.href()).done())
}
