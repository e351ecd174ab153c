//! In: a language. Out: what its readers meet: the edition of each record, the names that stand on it, split compounds.

use super::compounds::{Compound, compounds};
use super::words;
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::site::{Item, Site};
use std::collections::BTreeMap;

/// What is special to the readers of a language.
pub(super) struct Reader {
    /// The language in which they meet each record.
    pub(super) best: Vec<Lang>,
    /// Words in the names of bodies, topics and places, by shard, with the records that they stand on.
    pub(super) names: BTreeMap<usize, Vec<(String, Vec<u32>)>>,
    /// Compounds, by the shard of their last part.
    pub(super) compounds: Vec<Compound>,
}

impl Reader {
    /// Looks at the site with the eyes of a language, whose words are `all`.
    pub(super) fn of<'w, I: Iterator<Item = &'w str>>(site: &Site, lang: Lang, shards: usize, all: impl Fn() -> I) -> Reader {
        Reader {
            best: site.items.iter().map(|item| item.best(lang).record.lang).collect(),
            names: names(site, lang, shards),
            compounds: compounds(lang, shards, all),
        }
    }
}

/// The terms of a list that an item names.
pub(super) fn terms(item: &Item, list: Vocabulary) -> impl Iterator<Item = &str> {
    let fields = &item.original().record.fields;
    let one = if list == Vocabulary::Bodies { fields.text("body") } else { None };
    let many = if list == Vocabulary::Bodies { &[][..] } else { fields.list(list.name()) };
    one.into_iter().chain(many.iter().filter_map(|value| value.text()))
}

/// The items of each term of a list.
pub(super) fn by_term(site: &Site, list: Vocabulary) -> BTreeMap<&str, Vec<usize>> {
    let mut by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, item) in site.items.iter().enumerate() {
        terms(item, list).for_each(|id| by.entry(id).or_default().push(at));
    }
    by.values_mut().for_each(|items| items.dedup());
    by
}

fn names(site: &Site, lang: Lang, shards: usize) -> BTreeMap<usize, Vec<(String, Vec<u32>)>> {
    let mut by: BTreeMap<usize, Vec<(String, Vec<u32>)>> = BTreeMap::new();
    for list in [Vocabulary::Bodies, Vocabulary::Topics, Vocabulary::Places] {
        let items = by_term(site, list);
        for term in site.settings.terms(list) {
            let Some(items) = items.get(term.id.as_str()) else { continue };
            let items: Vec<u32> = items.iter().map(|at| *at as u32).collect();
            words::each(term.name.get(lang), |word| {
                by.entry(words::shard(&words::fold(word), shards)).or_default().push((word.to_owned(), items.clone()));
            });
        }
    }
    by
}
