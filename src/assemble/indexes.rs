//! In: items. Out: every list of them: by kind, kind and year, body, topic, audience, place.

use super::routes::prefix;
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::record::Fields;
use crate::model::route::Route;
use crate::model::settings::Settings;
use crate::model::site::{Facet, Index, Item, ItemIx};
use std::collections::BTreeMap;

const LISTS: [Vocabulary; 4] = [Vocabulary::Bodies, Vocabulary::Topics, Vocabulary::Audiences, Vocabulary::Places];

/// All lists that have something on them, and the lists of each kind that the site uses.
pub fn indexes(items: &[Item], settings: &Settings) -> Vec<Index> {
    let mut lists: BTreeMap<Facet, Vec<ItemIx>> = BTreeMap::new();
    for (at, item) in items.iter().enumerate() {
        let fields = &item.original().record.fields;
        lists.entry(Facet::Kind(item.kind.name)).or_default().push(at);
        if let Some(day) = item.day {
            lists.entry(Facet::Year(item.kind.name, day.year())).or_default().push(at);
        }
        for (list, id) in terms(fields) {
            lists.entry(Facet::Term(list, id.to_owned())).or_default().push(at);
        }
    }
    let folders: BTreeMap<&str, &str> = items.iter().map(|item| (item.kind.name, item.kind.folder)).collect();
    lists.into_iter().filter_map(|(facet, items)| index(facet, items, &folders, settings)).collect()
}

/// The terms that a record names, by list.
fn terms(fields: &Fields) -> impl Iterator<Item = (Vocabulary, &str)> {
    let body = fields.text("body").map(|id| (Vocabulary::Bodies, id));
    let named = LISTS[1..].iter().flat_map(|list| fields.texts(list.name()).map(|id| (*list, id)));
    body.into_iter().chain(named)
}

fn index(facet: Facet, items: Vec<ItemIx>, folders: &BTreeMap<&str, &str>, settings: &Settings) -> Option<Index> {
    let folder = |kind: &str| folders.get(kind).copied().unwrap_or_default().to_owned();
    let path = match &facet {
        Facet::Kind(kind) => folder(kind),
        Facet::Year(kind, year) => format!("{}/{year}", folder(kind)),
        Facet::Term(list, id) => format!("{}/{id}", list.name()),
    };
    let route = |lang: Lang| Route::new(&format!("{}/{path}/", prefix(lang, settings))).ok().map(|route| (lang, route));
    let routes: BTreeMap<Lang, Route> = settings.languages.iter().copied().filter_map(route).collect();
    (routes.len() == settings.languages.len()).then_some(Index { facet, routes, items })
}
