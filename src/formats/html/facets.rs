//! In: the lists of a site. Out: links from one list to those that narrow or widen it; all of them are pages made
//! beforehand, so that filtering needs no script.

use super::shop::Shop;
use super::terms;
use super::tree::{Tree, text};
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::route::Route;
use crate::model::site::Facet;
use crate::text::collate::Collator;
use std::collections::BTreeMap;
use std::sync::OnceLock;
use tera::Value;

const LISTS: [(Vocabulary, &str); 4] = [
    (Vocabulary::Bodies, "by-body"),
    (Vocabulary::Topics, "by-topic"),
    (Vocabulary::Places, "by-place"),
    (Vocabulary::Audiences, "by-audience"),
];

/// Kinds whose lists lead on to years alone: the notice board holds nothing but notices, the others have no dates.
const YEARS_ALONE: [&str; 3] = ["notice", "service", "page"];

/// Links that many lists share, made once a language.
pub(super) struct Facets(BTreeMap<Lang, OnceLock<Vec<Value>>>);

impl Facets {
    /// Nothing made yet.
    pub(super) fn new(langs: &[Lang]) -> Facets {
        Facets(langs.iter().map(|lang| (*lang, OnceLock::new())).collect())
    }

    /// The groups of links below a list.
    pub(super) fn below(&self, shop: &Shop<'_>, facet: &Facet, lang: Lang) -> Value {
        let mut groups = Vec::new();
        let kind = match facet {
            Facet::Kind(kind) | Facet::Year(kind, _) => Some(*kind),
            Facet::Term(..) => None,
        };
        if let Some(kind) = kind {
            let years = years(shop, kind, lang);
            if !years.is_empty() {
                groups.push(Tree::new().with("title", shop.words(lang, "by-year")).with("links", years).with("all", Value::none()).done());
            }
        }
        if !kind.is_some_and(|kind| YEARS_ALONE.contains(&kind))
            && let Some(cell) = self.0.get(&lang)
        {
            groups.extend(cell.get_or_init(|| shared(shop, lang)).iter().cloned());
        }
        Value::from(groups)
    }
}

/// Bodies, topics, places and audiences that have records.
fn shared(shop: &Shop<'_>, lang: Lang) -> Vec<Value> {
    let collator = Collator::new(lang);
    let made = LISTS.iter().filter_map(|(list, key)| {
        let links: Vec<Value> = terms::links(shop, *list, lang, &collator).into_iter().filter(terms::has_list).collect();
        let all = shop.fixed(lang, &format!("{}/", list.name())).href();
        (!links.is_empty()).then(|| Tree::new().with("title", shop.words(lang, key)).with("links", links).with("all", all).done())
    });
    made.collect()
}

/// The years of a kind, the newest first.
fn years(shop: &Shop<'_>, kind: &str, lang: Lang) -> Vec<Value> {
    let found = shop.site.indexes.iter().filter_map(|index| match &index.facet {
        Facet::Year(own, year) if *own == kind => {
            let number = shop.dates.number(lang, index.items.len() as u64);
            Some(Tree::new().with("title", year.to_string()).with("href", index.routes.get(&lang)?.href()).with("number", number).done())
        }
        _ => None,
    });
    let mut years: Vec<Value> = found.collect();
    years.reverse();
    years
}

/// What a list is narrowed by, each with the address of the list without it.
pub(super) fn active(shop: &Shop<'_>, facet: &Facet, lang: Lang) -> Value {
    let (title, without) = match facet {
        Facet::Kind(_) => return Value::from(Vec::<Value>::new()),
        Facet::Year(kind, year) => (year.to_string(), shop.kind_index(kind).and_then(|index| index.routes.get(&lang)).map(Route::href)),
        Facet::Term(list, id) => {
            let term = shop.site.settings.terms(*list).iter().find(|term| term.id == *id);
            let name = term.map_or(id.as_str(), |term| term.name.get(lang));
            let title = format!("{}: {name}", shop.words(lang, terms::title_key(*list)));
            (title, Some(shop.fixed(lang, &format!("{}/", list.name())).href()))
        }
    };
    Value::from(vec![Tree::new().with("title", text(&title)).with("without", without).done()])
}
