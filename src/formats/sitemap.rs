//! In: the site. Out: `sitemap.xml` (sitemaps.org, protocol 0.9) with the languages of every page.
//!
//! Above 10,000 addresses it becomes an index of sitemaps, one for each kind and year and piece of 2,000 records, so
//! that one edit touches one file.

use super::feed::instant;
use super::format::Format;
use super::html::fixed_paths;
use super::search;
use crate::model::finding::Checked;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::{Route, SafePath};
use crate::model::site::{Facet, Item, ItemIx, Site};
use crate::text::escape::xml;
use std::collections::BTreeMap;
use std::fmt::Write;

/// Most addresses of a single sitemap.
const WHOLE: usize = 10_000;
/// Records in a piece; with all its languages a piece stays below the protocol's 50,000 addresses.
const PIECE: usize = 2_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";
const URLSET: &str = "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n";

/// The format.
pub struct Sitemap;

impl Format for Sitemap {
    fn name(&self) -> &'static str {
        "sitemap"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let addresses: usize = site.items.iter().map(|item| item.editions.len()).sum();
        let whole = addresses <= WHOLE;
        if whole {
            return vec![recipe("sitemap.xml", move |out| {
                out.push_str(HEAD);
                out.push_str(URLSET);
                lists(site, out);
                site.items.iter().for_each(|item| record(site, item, out));
                out.push_str("</urlset>\n");
            })]
            .into();
        }
        sharded(site).into()
    }
}

fn recipe<'s>(path: &str, write: impl Fn(&mut String) + Send + Sync + 's) -> Recipe<'s> {
    let safe = SafePath::new(path).expect("names of sitemaps are plain");
    Recipe::plain(safe, "the sitemap", move |out| {
        let mut text = String::new();
        write(&mut text);
        out.extend_from_slice(text.as_bytes());
    })
}

fn sharded(site: &Site) -> Vec<Recipe<'_>> {
    let mut groups: BTreeMap<String, Vec<ItemIx>> = BTreeMap::new();
    for (at, item) in site.items.iter().enumerate() {
        let year = item.day.map_or_else(|| "undated".to_owned(), |day| day.year().to_string());
        groups.entry(format!("{}-{year}", item.kind.folder)).or_default().push(at);
    }
    let mut shards = vec!["sitemap/lists.xml".to_owned()];
    let mut recipes = vec![recipe("sitemap/lists.xml", move |out| {
        out.push_str(HEAD);
        out.push_str(URLSET);
        lists(site, out);
        out.push_str("</urlset>\n");
    })];
    for (name, items) in groups {
        for (number, piece) in items.chunks(PIECE).enumerate() {
            let path = format!("sitemap/{name}-{}.xml", number + 1);
            let piece = piece.to_vec();
            recipes.push(recipe(&path, move |out| {
                out.push_str(HEAD);
                out.push_str(URLSET);
                piece.iter().for_each(|at| record(site, &site.items[*at], out));
                out.push_str("</urlset>\n");
            }));
            shards.push(path);
        }
    }
    recipes.push(recipe("sitemap.xml", move |out| index(site, &shards, out)));
    recipes
}

fn index(site: &Site, shards: &[String], out: &mut String) {
    out.push_str(HEAD);
    out.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for path in shards {
        line(out, format_args!("<sitemap><loc>{}</loc></sitemap>", xml(&site.settings.absolute(&format!("/{path}")))));
    }
    out.push_str("</sitemapindex>\n");
}

fn record(site: &Site, item: &Item, out: &mut String) {
    let routes: Vec<(Lang, &Route)> = item.editions.iter().map(|edition| (edition.record.lang, &edition.route)).collect();
    let changed = item.changed.map(|stamp| instant(site, stamp).to_string());
    urls(site, &routes, changed.as_deref(), out);
}

/// The home pages, the other fixed pages and the first page of every list.
fn lists(site: &Site, out: &mut String) {
    let default = site.settings.default_lang();
    let prefix = |lang: Lang| if lang == default { "/".to_owned() } else { format!("/{lang}/") };
    let searched = search::is_on(site).then_some("search/");
    for page in fixed_paths(site).chain(searched) {
        let routes = site.settings.languages.iter().filter_map(|lang| Some((*lang, Route::new(&format!("{}{page}", prefix(*lang))).ok()?)));
        let routes: Vec<(Lang, Route)> = routes.collect();
        urls(site, &routes.iter().map(|(lang, route)| (*lang, route)).collect::<Vec<_>>(), None, out);
    }
    for index in site.indexes.iter().filter(|index| !matches!(index.facet, Facet::Year(..))) {
        let routes = site.settings.languages.iter().filter_map(|lang| Some((*lang, index.routes.get(lang)?)));
        urls(site, &routes.collect::<Vec<_>>(), None, out);
    }
}

/// One page in all its languages, the first being the one for readers of any other language.
fn urls(site: &Site, routes: &[(Lang, &Route)], changed: Option<&str>, out: &mut String) {
    let absolute = |route: &Route| site.settings.absolute(&route.href());
    let mut alternates = String::new();
    if let (Some((_, first)), 2..) = (routes.first(), routes.len()) {
        for (lang, route) in routes {
            line(&mut alternates, format_args!("<xhtml:link rel=\"alternate\" hreflang=\"{lang}\" href=\"{}\"/>", xml(&absolute(route))));
        }
        line(&mut alternates, format_args!("<xhtml:link rel=\"alternate\" hreflang=\"x-default\" href=\"{}\"/>", xml(&absolute(first))));
    }
    for (_, route) in routes {
        out.push_str("<url>\n");
        line(out, format_args!("<loc>{}</loc>", xml(&absolute(route))));
        if let Some(changed) = changed {
            line(out, format_args!("<lastmod>{changed}</lastmod>"));
        }
        out.push_str(&alternates);
        out.push_str("</url>\n");
    }
}

fn line(out: &mut String, text: std::fmt::Arguments<'_>) {
    writeln!(out, "{text}").expect("writing to memory does not fail");
}
