//! In: the lists of a site. Out: their pages in every language; numbered from the oldest, so that full ones never change.

use super::Made;
use super::chrome;
use super::shop::Shop;
use super::tree::{Tree, text};
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::recipe::{Recipe, RenderFault};
use crate::model::route::Route;
use crate::model::site::{Facet, Index, ItemIx};
use icu::collator::{Collator, options::CollatorOptions};
use std::sync::Arc;
use tera::Value;

/// Kinds whose list shows everything on one page, by name.
const WHOLE: [&str; 2] = ["service", "page"];

/// Statuses that put an entry above the years, in this order, by kind.
const STANDING: &[(&str, &[&str])] = &[
    ("alert", &["active"]),
    ("consultation", &["open", "upcoming"]),
    ("meeting", &["upcoming"]),
    ("notice", &["posted"]),
    ("vacancy", &["open"]),
    ("update", &["outage", "degraded", "maintenance", "planned"]),
];

/// Every page of every list.
pub(super) fn recipes<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    let mut made = Vec::new();
    for index in &shop.site.indexes {
        for (lang, route) in &index.routes {
            let whole = matches!(index.facet, Facet::Kind(kind) if WHOLE.contains(&kind));
            let pages = if whole { 0 } else { index.numbered(shop.site.settings.per_page) };
            for number in 0..=pages {
                let shop = shop.clone();
                let lang = *lang;
                made.push(Recipe {
                    path: address(route, number).file(),
                    subject: format!("the list {route}"),
                    render: Box::new(move |out| page(&shop, &Listed { index, lang, route, number, pages, whole }, out)),
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

struct Listed<'a> {
    index: &'a Index,
    lang: Lang,
    route: &'a Route,
    number: usize,
    pages: usize,
    whole: bool,
}

fn page(shop: &Shop<'_>, list: &Listed<'_>, out: &mut Vec<u8>) -> Made {
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
        shop.page(lang, kind.unwrap_or("home")).described(&about(shop, &index.facet, lang)).at(&own).in_languages(&editions).listing();
    if let (Facet::Year(kind, _), Some(route)) = (&index.facet, kind.and_then(|kind| shop.kind_index(kind)?.routes.get(&lang))) {
        page = page.crumb(&shop.words(lang, &format!("kinds-{kind}")), &route.href());
    }
    if list.number > 0 {
        page = page.crumb(&title, &list.route.href()).hidden();
    }
    let numbered =
        if list.number == 0 { title.clone() } else { format!("{title}, {}", shop.words_count(lang, "page-number", list.number)) };
    let value = Tree::new()
        .with("title", text(&title))
        .with("about", about(shop, &index.facet, lang))
        .with("kind", kind.map(text))
        .with("count", shop.words_count(lang, "list-count", index.items.len()))
        .with("groups", groups(shop, list)?)
        .with("facets", facets(shop, &index.facet, lang))
        .with("number", list.number as u64)
        .with("pager", pager(shop, list))
        .with("feed", format!("{}/feed.atom", list.route.href().trim_end_matches('/')))
        .done();
    let page = page.titled(numbered).feed(title, list.route).put("list", value);
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

/// The entries of a page under their headings.
fn groups(shop: &Shop<'_>, list: &Listed<'_>) -> Result<Value, RenderFault> {
    let mut made: Vec<(String, Vec<Value>)> = Vec::new();
    for (heading, at) in sorted(shop, list) {
        let entry = shop.entry(at, list.lang)?;
        match made.last_mut().filter(|(last, _)| *last == heading) {
            Some((_, entries)) => entries.push(entry),
            None => made.push((heading, vec![entry])),
        }
    }
    let groups = made.into_iter().map(|(heading, entries)| Tree::new().with("title", heading).with("entries", entries).done());
    Ok(Value::from(groups.collect::<Vec<_>>()))
}

/// The items of a page, each with its heading, in the order they are shown.
fn sorted(shop: &Shop<'_>, list: &Listed<'_>) -> Vec<(String, ItemIx)> {
    let per_page = shop.site.settings.per_page;
    let index = list.index;
    if list.whole {
        return by_name(shop, index, list.lang);
    }
    let mut items: Vec<ItemIx> = match list.number {
        0 => index.newest(per_page).collect(),
        number => index.page(number, per_page).collect(),
    };
    let Facet::Kind(kind) = index.facet else { return dated(shop, &items, list) };
    if kind == "correction" {
        items.sort_by_key(|at| own_error(shop, *at));
        let heading = |at: ItemIx| shop.words(list.lang, if own_error(shop, at) { "own-corrections" } else { "false-claims" });
        return items.into_iter().map(|at| (heading(at), at)).collect();
    }
    let standing = STANDING.iter().find(|(own, _)| *own == kind).map_or(&[][..], |(_, words)| words);
    if list.number > 0 || standing.is_empty() {
        return dated(shop, &items, list);
    }
    let rank = |at: &ItemIx| standing.iter().position(|word| *word == shop.item(*at).status.word);
    let mut above: Vec<ItemIx> = index.items.iter().copied().filter(|at| rank(at).is_some()).collect();
    // What is still to come is read soonest first, what stands already newest first.
    above.sort_by_key(|at| (rank(at), if matches!(kind, "meeting" | "consultation" | "vacancy") { *at as i64 } else { -(*at as i64) }));
    items.retain(|at| rank(at).is_none());
    let mut all: Vec<(String, ItemIx)> =
        above.into_iter().map(|at| (shop.words(list.lang, &format!("group-{kind}-{}", shop.item(at).status.word)), at)).collect();
    all.extend(dated(shop, &items, list));
    all
}

fn own_error(shop: &Shop<'_>, at: ItemIx) -> bool {
    shop.item(at).original().record.fields.text("claim").is_none()
}

/// Under the year, or within one year under the month.
fn dated(shop: &Shop<'_>, items: &[ItemIx], list: &Listed<'_>) -> Vec<(String, ItemIx)> {
    let monthly = matches!(list.index.facet, Facet::Year(..));
    let heading = |at: ItemIx| match shop.item(at).day {
        Some(day) if monthly => shop.dates.month_year(list.lang, day),
        Some(day) => day.year().to_string(),
        None => shop.words(list.lang, "undated"),
    };
    items.iter().map(|at| (heading(*at), *at)).collect()
}

/// By name under the first letter, in the language's own order.
fn by_name(shop: &Shop<'_>, index: &Index, lang: Lang) -> Vec<(String, ItemIx)> {
    let locale: icu::locale::Locale = lang.as_str().parse().unwrap_or(icu::locale::Locale::UNKNOWN);
    let collator = Collator::try_new((&locale).into(), CollatorOptions::default());
    let mut all: Vec<(&str, ItemIx)> = index.items.iter().map(|at| (shop.item(*at).best(lang).record.title(), *at)).collect();
    match &collator {
        Ok(collator) => all.sort_by(|a, b| collator.compare(a.0, b.0).then(a.1.cmp(&b.1))),
        Err(_) => all.sort(),
    }
    let letter = |title: &str| {
        let first = title.chars().find(|c| c.is_alphanumeric()).unwrap_or('#');
        // Georgian has one case; its capitals are for whole words set in capitals only.
        if ('\u{10d0}'..='\u{10ff}').contains(&first) { first.to_string() } else { first.to_uppercase().to_string() }
    };
    all.into_iter().map(|(title, at)| (letter(title), at)).collect()
}

/// Links to the lists that narrow this one: years of a kind; bodies, topics and places where there are any.
fn facets(shop: &Shop<'_>, facet: &Facet, lang: Lang) -> Value {
    let Facet::Kind(kind) = facet else { return Value::from(Vec::<Value>::new()) };
    let mut groups: Vec<(&str, Vec<Value>)> =
        vec![("by-year", Vec::new()), ("by-body", Vec::new()), ("by-topic", Vec::new()), ("by-place", Vec::new())];
    for index in shop.site.indexes.iter().filter(|index| !index.items.is_empty()) {
        let Some(route) = index.routes.get(&lang) else { continue };
        let (slot, title) = match &index.facet {
            Facet::Year(own, year) if own == kind => (0, year.to_string()),
            Facet::Term(Vocabulary::Bodies, id) => (1, named(shop, Vocabulary::Bodies, id, lang)),
            Facet::Term(Vocabulary::Topics, id) => (2, named(shop, Vocabulary::Topics, id, lang)),
            Facet::Term(Vocabulary::Places, id) => (3, named(shop, Vocabulary::Places, id, lang)),
            _ => continue,
        };
        groups[slot].1.push(Tree::new().with("title", title).with("href", route.href()).done());
    }
    groups[0].1.reverse();
    let only_years = *kind != "decision";
    let groups = groups.into_iter().enumerate().filter(|(at, (_, links))| !links.is_empty() && (*at == 0 || !only_years));
    let made = groups.map(|(_, (key, links))| Tree::new().with("title", shop.words(lang, key)).with("links", links).done());
    Value::from(made.collect::<Vec<_>>())
}

/// Newer and older pages.
fn pager(shop: &Shop<'_>, list: &Listed<'_>) -> Value {
    let link = |number: usize| Value::from(address(list.route, number).href());
    let (newer, older) = match list.number {
        0 => (None, (list.pages > 0).then_some(list.pages)),
        number => (Some(if number == list.pages { 0 } else { number + 1 }), (number > 1).then(|| number - 1)),
    };
    let here = (list.number > 0).then(|| shop.words_count(list.lang, "page-number", list.number));
    Tree::new().with("newer", newer.map(link)).with("older", older.map(link)).with("here", here).done()
}

/// Every list with its feed, for the page on subscribing.
pub(super) fn subscriptions(shop: &Shop<'_>, lang: Lang) -> Value {
    let kinds = ["decision", "update", "alert", "consultation", "correction", "meeting", "notice", "vacancy"];
    let mut groups =
        vec![Tree::new().with("title", shop.words(lang, "by-kind")).with("links", chrome::kind_lists(shop, lang, &kinds)).done()];
    for (list, key) in [
        (Vocabulary::Topics, "by-topic"),
        (Vocabulary::Places, "by-place"),
        (Vocabulary::Bodies, "by-body"),
        (Vocabulary::Audiences, "by-audience"),
    ] {
        let found = shop.site.indexes.iter().filter_map(|index| match &index.facet {
            Facet::Term(own, id) if *own == list && !index.items.is_empty() => {
                Some(Tree::new().with("title", named(shop, list, id, lang)).with("href", index.routes.get(&lang)?.href()).done())
            }
            _ => None,
        });
        let links: Vec<Value> = found.collect();
        if !links.is_empty() {
            groups.push(Tree::new().with("title", shop.words(lang, key)).with("links", links).done());
        }
    }
    Value::from(groups)
}
