//! In: the site. Out: the files that the search page reads, small enough that a query fetches only what it needs.
//!
//! Contract `search/1`, described in docs/search.md. Beside each language's search page lie `meta.json` (facets),
//! `words/N.json` (which records hold which words) and `records/N.json` (what a result shows). How many there are follows
//! from the number of records, so that the recipes are known before a word has been read.

mod code;
mod compounds;
mod meta;
mod piece;
mod pool;
mod reader;
mod results;
mod shard;
mod stems;
mod texts;
pub mod words;

use super::format::Format;
use crate::model::finding::Checked;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::Site;
use crate::text::dates::Dates;
use pool::Pool;
use std::sync::Arc;

/// How many records one file of results holds.
const PER_FILE: usize = 16;

/// The format.
pub struct Search;

impl Format for Search {
    fn name(&self) -> &'static str {
        "search"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        if !is_on(site) {
            return Vec::new().into();
        }
        let langs = &site.settings.languages;
        let pool = Arc::new(Pool::new(site, shards(site)));
        let dates = Arc::new(Dates::new(langs, site.settings.zone.clone()));
        let mut made = Vec::new();
        for lang in langs.iter().copied() {
            let here = pool.clone();
            made.push(recipe(site, lang, "meta.json", move |out| meta::write(&here, lang, out)));
            for number in 0..pool.shards() {
                let here = pool.clone();
                made.push(recipe(site, lang, &format!("words/{number}.json"), move |out| shard::write(&here, lang, number, out)));
            }
            for number in 0..site.items.len().div_ceil(PER_FILE) {
                let (here, dates) = (pool.clone(), dates.clone());
                let name = format!("records/{number}.json");
                made.push(recipe(site, lang, &name, move |out| results::write(&here, &dates, (lang, number), out)));
            }
        }
        made.into()
    }
}

/// Whether the site can be searched: it is not switched off, and the theme has the page.
pub fn is_on(site: &Site) -> bool {
    site.settings.search && site.theme.templates.iter().any(|source| source.path.as_str().ends_with("search.html"))
}

/// The address of a language's search page; its files lie below it.
pub fn page(site: &Site, lang: Lang) -> Route {
    let prefix = if lang == site.settings.default_lang() { String::new() } else { format!("/{lang}") };
    Route::new(&format!("{prefix}/search/")).expect("a language and a plain name are an address")
}

/// How many files the words of a language are spread over: a power of two, so that a shard stays small.
fn shards(site: &Site) -> usize {
    (site.items.len() / 40).next_power_of_two().clamp(8, 256)
}

fn recipe<'s>(site: &'s Site, lang: Lang, name: &str, write: impl Fn(&mut String) + Send + Sync + 's) -> Recipe<'s> {
    let route = page(site, lang).join(name).expect("names of the index are plain");
    Recipe::plain(route.file(), format!("the search index {route}"), move |out| {
        let mut text = String::new();
        write(&mut text);
        out.extend_from_slice(text.as_bytes());
    })
}
