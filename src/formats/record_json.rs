//! In: the site. Out: `record.json` beside each page: what the record says, whatever theme shows it, for checking.
//!
//! Contract `record/1`: canonical JSON (RFC 8785 without floats). It holds what a writer wrote and nothing that a later
//! day derives, so its bytes change only when the record does. The page shows their SHA-256 and the seal drawn from it.
//! What only steers the publishing (`announce`, `aliases`, `draft`, `publish_at`) is not part of it; the files that the
//! record names are, by their hashes, where the site keeps a public log.

use super::format::Format;
use super::records_json;
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::{Edition, Item, Site};
use crate::model::source::Asset;
use crate::text::canonical;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::BTreeMap;
use unicode_normalization::UnicodeNormalization;

/// Fields that steer the publishing and say nothing to readers.
const STEERING: [&str; 4] = ["aliases", "announce", "draft", "publish_at"];

/// The format.
pub struct RecordJson;

impl Format for RecordJson {
    fn name(&self) -> &'static str {
        "record_json"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let editions = site.items.iter().flat_map(|item| item.editions.iter().map(move |edition| (item, edition)));
        let made = editions.map(|(item, edition)| {
            let subject = edition.record.source.path.to_string();
            Recipe::plain(route(edition).file(), subject, move |out| out.extend_from_slice(&shown(site, item, edition)))
        });
        made.collect::<Vec<_>>().into()
    }
}

/// The address of an edition's `record.json`.
pub fn route(edition: &Edition) -> Route {
    beside(&edition.route, "record.json")
}

/// The address of a file beside a page: `…/NAME` for a page in a folder of its own, `PAGE.NAME` for `PAGE.html`.
pub fn beside(page: &Route, name: &str) -> Route {
    let page = page.as_str();
    let path = match page.strip_suffix(".html") {
        Some(stem) => format!("{stem}.{name}"),
        None => format!("{}/{name}", page.trim_end_matches('/')),
    };
    Route::new(&path).expect("the address of a page with a plain name below it is an address")
}

/// The address of the page of an earlier version.
pub fn version_route(page: &Route, version: u32) -> Route {
    let stem = page.as_str().trim_end_matches(".html").trim_end_matches('/');
    Route::new(&format!("{stem}/versions/{version}/")).expect("the address of a page with a plain name below it is an address")
}

/// Files beside records by the folder they lie in.
pub type ByFolder<'s> = BTreeMap<&'s str, Vec<&'s (Route, Asset)>>;

/// Sorts a site's files by their folder.
pub fn by_folder(assets: &[(Route, Asset)]) -> ByFolder<'_> {
    let mut all = ByFolder::new();
    assets.iter().for_each(|at| all.entry(at.1.path.folder()).or_default().push(at));
    all
}

/// The files that an edition names or links to: those of its folder, and of folders below it, whose path from there stands
/// in its file or in the original's, however either writes its accents.
pub fn attached<'s>(item: &Item, edition: &Edition, files: &ByFolder<'s>) -> Vec<&'s (Route, Asset)> {
    let folder = edition.record.source.path.folder();
    let below = format!("{folder}/");
    let deeper = files.range(below.as_str()..).take_while(|(name, _)| name.starts_with(&below)).flat_map(|(_, files)| files);
    let mut near = files.get(folder).into_iter().flatten().chain(deeper).copied().peekable();
    if near.peek().is_none() {
        return Vec::new();
    }
    let texts = [&edition.record.source.text, &item.original().record.source.text].map(|text| composed(text));
    let is_named = |name: &str| {
        let escaped = percent_encoding::utf8_percent_encode(name, IN_LINKS).to_string();
        let spaced = name.replace(' ', "%20");
        texts.iter().any(|text| text.contains(name) || text.contains(&spaced) || text.contains(&escaped))
    };
    near.filter(|(_, asset)| is_named(&asset.path.as_str()[below.len()..])).collect()
}

/// What is encoded in a link to a file.
const IN_LINKS: &percent_encoding::AsciiSet = &percent_encoding::NON_ALPHANUMERIC.remove(b'/').remove(b'.').remove(b'-').remove(b'_');

fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// The bytes of `record.json` as published: those that the log stands for, where the file has since changed in nothing
/// that matters.
pub fn shown(site: &Site, item: &Item, edition: &Edition) -> Vec<u8> {
    let logged = site.log.as_ref().and_then(|log| log.of(&item.id, edition.record.lang));
    match logged.and_then(|logged| logged.shown.as_ref()) {
        Some(text) => text.as_bytes().to_vec(),
        None => bytes(site, item, edition),
    }
}

/// The bytes of an edition's `record.json`.
pub fn bytes(site: &Site, item: &Item, edition: &Edition) -> Vec<u8> {
    let record = &edition.record;
    let body: String = record.body().trim().nfc().collect();
    let mut all = json!({
        "format": "record/1",
        "id": item.id,
        "kind": item.kind.name,
        "language": record.lang,
        "title": record.title(),
        "url": site.settings.absolute(&edition.route.href()),
        "fields": records_json::fields(&record.fields, &|name| !STEERING.contains(&name)),
        "text": body.replace("\r\n", "\n"),
        "source": {"path": record.source.path.as_str(), "sha256": hex(&Sha256::digest(record.source.text.as_bytes()).into())},
    });
    if !site.hashes.is_empty() {
        let files = attached(item, edition, &by_folder(&site.assets));
        let told = files
            .iter()
            .filter_map(|(route, asset)| Some(json!({"url": route.href(), "bytes": asset.len(), "sha256": hex(site.hashes.get(route)?)})));
        let told: Vec<Json> = told.collect();
        if !told.is_empty() {
            all["attachments"] = Json::from(told);
        }
    }
    canonical::json(&all)
}

/// The SHA-256 of an edition's `record.json`, from which its seal is drawn.
pub fn fingerprint(site: &Site, item: &Item, edition: &Edition) -> [u8; 32] {
    Sha256::digest(shown(site, item, edition)).into()
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
