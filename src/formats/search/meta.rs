//! In: the site. Out: `meta.json` of a language: how the index is cut, and which records stand under which facet.
//!
//! `chain` names the state of each sixteen records and of all before them. A shard repeats the name up to its last
//! record, so a page that was open while the site changed sees that the two do not belong together and begins again.

use super::pool::Pool;
use super::reader::by_term;
use super::stems::Stems;
use super::{PER_FILE, code};
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::site::Site;
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The facets in the order shown: name in the address, message, and the ids of an item.
const LISTS: [(&str, &str, Vocabulary); 4] = [
    ("topic", "by-topic", Vocabulary::Topics),
    ("body", "by-body", Vocabulary::Bodies),
    ("place", "by-place", Vocabulary::Places),
    ("audience", "by-audience", Vocabulary::Audiences),
];

/// Writes the file.
pub(super) fn write(pool: &Pool<'_>, lang: Lang, out: &mut String) {
    let site = pool.site;
    let mut facets = vec![kinds(site, lang)];
    facets.extend(LISTS.iter().map(|(name, key, list)| terms(site, lang, name, (key, *list))));
    facets.push(years(site, lang));
    facets.retain(|facet| facet["values"].as_array().is_some_and(|values| values.len() > 1));
    let data = json!({
        "search": 1,
        "records": site.items.len(),
        "per_file": PER_FILE,
        "shards": pool.shards(),
        "stems": Stems::of(lang).any(),
        "chain": pool.chain(),
        "facets": facets,
    });
    out.push_str(&data.to_string());
    out.push('\n');
}

fn kinds(site: &Site, lang: Lang) -> Value {
    let mut by: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    site.items.iter().enumerate().for_each(|(at, item)| by.entry(item.kind.name).or_default().push(at));
    let values = by.into_iter().map(|(kind, items)| value(kind, &site.messages.get(lang, &format!("kinds-{kind}")), &items));
    facet(site, lang, ("kind", "by-kind"), values.collect())
}

fn terms(site: &Site, lang: Lang, name: &str, (key, list): (&str, Vocabulary)) -> Value {
    let by = by_term(site, list);
    let terms = site.settings.terms(list).iter();
    let values = terms.filter_map(|term| Some(value(&term.id, term.name.get(lang), by.get(term.id.as_str())?)));
    facet(site, lang, (name, key), values.collect())
}

fn years(site: &Site, lang: Lang) -> Value {
    let mut by: BTreeMap<i16, Vec<usize>> = BTreeMap::new();
    let dated = site.items.iter().enumerate().filter_map(|(at, item)| Some((at, item.day?.year())));
    dated.for_each(|(at, year)| by.entry(year).or_default().push(at));
    let values = by.iter().rev().map(|(year, items)| value(&year.to_string(), &year.to_string(), items));
    facet(site, lang, ("year", "by-year"), values.collect())
}

fn facet(site: &Site, lang: Lang, (name, key): (&str, &str), values: Vec<Value>) -> Value {
    json!({"name": name, "title": site.messages.get(lang, key), "values": values})
}

fn value(id: &str, name: &str, items: &[usize]) -> Value {
    let mut set = String::new();
    code::push_rising(&mut set, items.iter().map(|at| *at as u32));
    json!([id, name, set])
}
