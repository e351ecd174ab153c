//! In: what there is to download. Out: the page about open data in every language: files, licence, columns.

use super::Made;
use super::fixed::Fixed;
use super::json_ld;
use super::shop::Shop;
use super::tree::{Tree, text};
use crate::formats::open_data::{self, Column, Dataset, Holds};
use crate::formats::{dictionary, feed};
use crate::model::lang::Lang;
use tera::Value;

/// The page about open data.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let sets = open_data::datasets(shop.site);
    let tables: Vec<Value> = sets.iter().map(|dataset| table(shop, lang, dataset)).collect();
    let file = |key: &str, hrefs: &[(&str, &str)]| {
        let files: Vec<Value> = hrefs.iter().map(|(format, href)| link(format, href)).collect();
        Tree::new()
            .with("title", shop.words(lang, key))
            .with("about", shop.words(lang, &format!("{key}-about")))
            .with("files", files)
            .done()
    };
    let whole = vec![
        file("data-everything", &[("JSON", "/records.json")]),
        file("data-terms", &[("CSV", "/data/terms.csv")]),
        file("data-dictionary", &[("CSVW", "/data/dictionary.json")]),
        file("data-catalogue", &[("Turtle", "/data/catalog.ttl"), ("JSON-LD", "/data/catalog.jsonld")]),
    ];
    let value =
        Tree::new().with("licence", shop.site.settings.licence.as_deref().map(text)).with("whole", whole).with("tables", tables).done();
    let title = shop.words(lang, "open-data");
    let page = shop
        .page(lang, "data")
        .titled(title)
        .described(&shop.words(lang, "open-data-about"))
        .at(here.route)
        .in_languages(&here.editions)
        .json_ld(json_ld::data(shop, lang, here.route, &sets))
        .put("data", value);
    shop.render("data.html", page.into_context(), "the page about open data", out)
}

fn link(format: &str, href: &str) -> Value {
    Tree::new().with("format", text(format)).with("href", text(href)).done()
}

fn table(shop: &Shop<'_>, lang: Lang, dataset: &Dataset<'_>) -> Value {
    let (title, about) = dataset.words(shop.site, lang);
    let list = dataset.index.routes.get(&lang).map(crate::model::route::Route::href);
    let mut files = vec![link("CSV", &open_data::address(&dataset.table()).href())];
    if let Some(list) = list.as_deref().map(|list| list.trim_end_matches('/')).filter(|_| feed::has_entries(shop.site, dataset.index)) {
        files.push(link("Atom", &format!("{list}/feed.atom")));
        files.push(link("JSON Feed", &format!("{list}/feed.json")));
    }
    let columns: Vec<Value> = open_data::columns(dataset.kind).iter().map(|own| column(shop, lang, own)).collect();
    Tree::new()
        .with("id", text(dataset.kind.folder))
        .with("title", title)
        .with("about", about)
        .with("href", list)
        .with("count", shop.words_count(lang, "list-count", dataset.index.items.len()))
        .with("files", files)
        .with("columns", columns)
        .done()
}

fn column(shop: &Shop<'_>, lang: Lang, own: &Column) -> Value {
    let (holds, words): (&str, &[&str]) = match own.holds {
        Holds::Text => ("text", &[]),
        Holds::Markdown => ("markdown", &[]),
        Holds::Flag => ("flag", &[]),
        Holds::Count => ("count", &[]),
        Holds::Day => ("day", &[]),
        Holds::Instant => ("instant", &[]),
        Holds::Stamp => ("stamp", &[]),
        Holds::Url => ("url", &[]),
        Holds::Word(words) => ("word", words),
        Holds::Lang => ("lang", &[]),
        Holds::Json => ("json", &[]),
    };
    Tree::new()
        .with("name", text(&own.name))
        .with("label", dictionary::label(shop.site, &own.name, lang))
        .with("about", text(own.about))
        .with("holds", shop.words(lang, &format!("data-holds-{holds}")))
        .with("words", words.iter().map(|word| text(word)).collect::<Vec<_>>())
        .with("many", own.many)
        .done()
}
