//! In: the lists of a site. Out: their pages in every language; numbered from the oldest, so that full ones never change.

use super::facets::{self, Facets};
use super::shop::Shop;
use super::terms;
use super::tree::{Tree, text};
use super::{Made, board, groups, subscribing};
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::{Facet, Index};
use std::sync::Arc;
use tera::Value;

/// Kinds whose list shows everything on one page, by name.
const WHOLE: [&str; 2] = ["service", "page"];

/// Every page of every list.
pub(super) fn recipes<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    let mut made = Vec::new();
    let facets = Arc::new(Facets::new(&shop.site.settings.languages));
    for index in &shop.site.indexes {
        for (lang, route) in &index.routes {
            let whole = matches!(index.facet, Facet::Kind(kind) if WHOLE.contains(&kind));
            let pages = if whole { 0 } else { index.numbered(shop.site.settings.per_page) };
            for number in 0..=pages {
                let (shop, facets) = (shop.clone(), facets.clone());
                let lang = *lang;
                made.push(Recipe {
                    path: address(route, number).file(),
                    subject: format!("the list {route}"),
                    render: Box::new(move |out| render(&shop, &Listed { index, lang, route, number, pages, whole, facets: &facets }, out)),
                });
            }
        }
    }
    made
}

/// The address of page `number` of a list; 0 is the newest.
fn address(route: &Route, number: usize) -> Route {
    if number == 0 { route.clone() } else { route.join(&format!("page/{number}/")).expect("a number is a plain name") }
}

/// A page of a list.
pub(super) struct Listed<'a> {
    /// The list.
    pub(super) index: &'a Index,
    /// The reader's language.
    pub(super) lang: Lang,
    /// The list's address.
    pub(super) route: &'a Route,
    /// Which page; 0 is the newest.
    pub(super) number: usize,
    /// How many numbered pages there are.
    pub(super) pages: usize,
    /// Whether the list is on one page, by name.
    pub(super) whole: bool,
    /// Links that lists share.
    pub(super) facets: &'a Facets,
}

fn render(shop: &Shop<'_>, list: &Listed<'_>, out: &mut Vec<u8>) -> Made {
    let (index, lang) = (list.index, list.lang);
    let title = title(shop, &index.facet, lang);
    let kind = match index.facet {
        Facet::Kind(kind) | Facet::Year(kind, _) => Some(kind),
        Facet::Term(..) => None,
    };
    let others: Vec<(Lang, Route)> = index.routes.iter().map(|(lang, route)| (*lang, address(route, list.number))).collect();
    let mut editions: Vec<(Lang, &Route, bool)> = others.iter().map(|(lang, route)| (*lang, route, false)).collect();
    let order = &shop.site.settings.languages;
    editions.sort_by_key(|(lang, ..)| order.iter().position(|own| own == lang));
    let own = address(list.route, list.number);
    let mut page =
        shop.page(lang, kind.unwrap_or("terms")).described(&about(shop, &index.facet, lang)).at(&own).in_languages(&editions).listing();
    if let (Facet::Year(kind, _), Some(route)) = (&index.facet, kind.and_then(|kind| shop.kind_index(kind)?.routes.get(&lang))) {
        page = page.crumb(&shop.words(lang, &format!("kinds-{kind}")), &route.href());
    }
    if let Facet::Term(list, _) = &index.facet {
        page = page.crumb(&shop.words(lang, terms::title_key(*list)), &shop.fixed(lang, &format!("{}/", list.name())).href());
    }
    if list.number > 0 {
        page = page.crumb(&title, &list.route.href()).hidden();
    }
    let numbered =
        if list.number == 0 { title.clone() } else { format!("{title}, {}", shop.words_count(lang, "page-number", list.number)) };
    // A full numbered page never changes, so it shows nothing that a new record would change.
    let first = list.number == 0;
    let board = if first && index.facet == Facet::Kind("notice") { board::board(shop, lang)? } else { Value::none() };
    let extras = subscribing::extras(shop, &index.facet, lang, list.route);
    let also = extras.clone();
    let value = Tree::new()
        .with("title", text(&title))
        .with("about", about(shop, &index.facet, lang))
        .with("kind", kind.map(text))
        .with("count", first.then(|| shop.words_count(lang, "list-count", index.items.len())))
        .with("groups", groups::groups(shop, list)?)
        .with("facets", if first { list.facets.below(shop, &index.facet, lang) } else { Value::from(Vec::<Value>::new()) })
        .with("filters", facets::active(shop, &index.facet, lang))
        .with("number", list.number as u64)
        .with("pager", pager(shop, list))
        .with("first", (!first).then(|| list.route.href()))
        .with("feed", format!("{}/feed.atom", list.route.href().trim_end_matches('/')))
        .with("feeds", subscribing::forms(list.route, extras))
        .with("halves", groups::halves(shop, list)?)
        .with("board", board)
        .done();
    let mut page = page.titled(numbered).feed(title.clone(), list.route).put("list", value);
    for (name, href, media) in also {
        page = page.also(&format!("{title}: {name}"), href, media);
    }
    let own_template = kind.filter(|_| matches!(index.facet, Facet::Kind(_))).map(|kind| format!("list-{kind}.html"));
    let template = own_template.filter(|name| shop.has_template(name)).unwrap_or_else(|| "list.html".into());
    shop.render(&template, page.into_context(), list.route.as_str(), out)
}

fn title(shop: &Shop<'_>, facet: &Facet, lang: Lang) -> String {
    match facet {
        Facet::Kind(kind) => shop.words(lang, &format!("kinds-{kind}")),
        Facet::Year(kind, year) => format!("{} {year}", shop.words(lang, &format!("kinds-{kind}"))),
        Facet::Term(list, id) => named(shop, *list, id, lang),
    }
}

fn named(shop: &Shop<'_>, list: Vocabulary, id: &str, lang: Lang) -> String {
    shop.site.settings.terms(list).iter().find(|term| term.id == *id).map_or_else(|| id.to_owned(), |term| term.name.get(lang).to_owned())
}

fn about(shop: &Shop<'_>, facet: &Facet, lang: Lang) -> String {
    match facet {
        Facet::Kind(kind) | Facet::Year(kind, _) => shop.words(lang, &format!("about-{kind}")),
        Facet::Term(list, id) => {
            let term = shop.site.settings.terms(*list).iter().find(|term| term.id == *id);
            term.map(|term| term.about.get(lang).to_owned()).unwrap_or_default()
        }
    }
}

/// Newer and older pages, each with the name of where it leads.
fn pager(shop: &Shop<'_>, list: &Listed<'_>) -> Value {
    let link = |number: usize| Value::from(address(list.route, number).href());
    let name = |number: usize| match number {
        0 => shop.words(list.lang, "newest-page"),
        number => shop.words_count(list.lang, "page-number", number),
    };
    let (newer, older) = match list.number {
        0 => (None, (list.pages > 0).then_some(list.pages)),
        number => (Some(if number == list.pages { 0 } else { number + 1 }), (number > 1).then(|| number - 1)),
    };
    let here = (list.number > 0).then(|| shop.words_count(list.lang, "page-number", list.number));
    Tree::new()
        .with("newer", newer.map(link))
        .with("newer_name", newer.map(name))
        .with("older", older.map(link))
        .with("older_name", older.map(name))
        .with("here", here)
        .done()
}
