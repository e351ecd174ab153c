//! In: what there is to download. Out: the nodes of the page about open data.

use super::{Thing, body};
use crate::formats::html::shop::Shop;
use crate::formats::open_data::{self, Dataset};
use crate::model::lang::Lang;
use crate::model::route::Route;
use crate::model::site::ItemIx;
use serde_json::Value as Json;

/// The catalogue and its datasets.
pub(in crate::formats::html) fn data(shop: &Shop<'_>, lang: Lang, route: &Route, sets: &[Dataset<'_>]) -> Vec<Json> {
    let settings = &shop.site.settings;
    let url = settings.absolute(&route.href());
    let file = |href: &str, media: &str| {
        Json::from(Thing::new("DataDownload").with("contentUrl", settings.absolute(href)).with("encodingFormat", media))
    };
    let set = |name: &str, (title, about): (String, String), files: Vec<Json>, items: &[ItemIx]| {
        Thing::at("Dataset", format!("{url}#{name}"))
            .with("name", title)
            .with("description", about)
            .with("url", url.as_str())
            .with("license", settings.licence.clone())
            .with("creator", body::publisher(shop, lang))
            .with("inLanguage", settings.languages.iter().map(|lang| lang.as_str()).collect::<Vec<_>>())
            .with("temporalCoverage", years(shop, items))
            .with("isAccessibleForFree", true)
            .with("distribution", files)
    };
    let all: Vec<ItemIx> = (0..shop.site.items.len()).collect();
    let whole = (shop.words(lang, "data-everything"), shop.words(lang, "data-everything-about"));
    let mut datasets: Vec<Json> = vec![set("records", whole, vec![file("/records.json", "application/json")], &all).into()];
    for dataset in sets {
        let files = vec![file(&open_data::address(&dataset.table()).href(), "text/csv")];
        datasets.push(set(dataset.kind.folder, dataset.words(shop.site, lang), files, &dataset.index.items).into());
    }
    let named = datasets.iter().filter_map(|set| Some(Json::from(Thing::at("Dataset", set["@id"].as_str()?))));
    let catalogue = Thing::at("DataCatalog", url.as_str())
        .with("url", url.as_str())
        .with("name", shop.words(lang, "open-data"))
        .with("description", shop.words(lang, "open-data-about"))
        .with("inLanguage", lang.as_str())
        .with("isPartOf", body::site_reference(shop, lang))
        .with("publisher", body::publisher(shop, lang))
        .with("license", settings.licence.clone())
        .with("dataset", named.collect::<Vec<_>>());
    let mut nodes = vec![catalogue.into()];
    nodes.extend(datasets);
    nodes
}

/// The days that the records are filed under, first and last.
fn years(shop: &Shop<'_>, items: &[ItemIx]) -> Option<String> {
    let days = items.iter().filter_map(|at| shop.item(*at).day);
    Some(format!("{}/{}", days.clone().min()?, days.max()?))
}
