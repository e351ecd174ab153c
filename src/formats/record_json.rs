//! In: the site. Out: `record.json` beside each page: what the record says, whatever theme shows it, for checking.
//!
//! Contract `record/1`: canonical JSON (RFC 8785 without floats). It holds what a writer wrote and nothing that a later
//! day derives, so its bytes change only when the record does. The page shows their SHA-256 and the seal drawn from it.

use super::format::Format;
use super::records_json;
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::{Edition, Item, Site};
use crate::text::canonical;
use serde_json::json;
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization;

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
            Recipe::plain(route(edition).file(), subject, move |out| out.extend_from_slice(&bytes(site, item, edition)))
        });
        made.collect::<Vec<_>>().into()
    }
}

/// The address of an edition's `record.json`.
pub fn route(edition: &Edition) -> Route {
    let page = edition.route.as_str();
    let path = match page.strip_suffix(".html") {
        Some(stem) => format!("{stem}.record.json"),
        None => format!("{}/record.json", page.trim_end_matches('/')),
    };
    Route::new(&path).expect("the address of a page with a plain name below it is an address")
}

/// The bytes of an edition's `record.json`.
pub fn bytes(site: &Site, item: &Item, edition: &Edition) -> Vec<u8> {
    let record = &edition.record;
    let body: String = record.body().trim().nfc().collect();
    canonical::json(&json!({
        "format": "record/1",
        "id": item.id,
        "kind": item.kind.name,
        "language": record.lang,
        "title": record.title(),
        "url": site.settings.absolute(&edition.route.href()),
        "fields": records_json::fields(&record.fields, &|_| true),
        "text": body.replace("\r\n", "\n"),
        "source": {"path": record.source.path.as_str(), "sha256": hex(&Sha256::digest(record.source.text.as_bytes()).into())},
    }))
}

/// The SHA-256 of an edition's `record.json`, from which its seal is drawn.
pub fn fingerprint(site: &Site, item: &Item, edition: &Edition) -> [u8; 32] {
    Sha256::digest(bytes(site, item, edition)).into()
}

fn hex(hash: &[u8; 32]) -> String {
    hash.iter().map(|byte| format!("{byte:02x}")).collect()
}
