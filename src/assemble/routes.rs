//! In: records, files and old addresses. Out: the address of each in the site.

use crate::model::date::Day;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::lang::Lang;
use crate::model::record::Record;
use crate::model::route::{PathError, Route};
use crate::model::settings::{Ending, Settings};
use crate::model::site::{Item, Redirect};
use crate::model::source::Asset;
use std::collections::BTreeMap;

/// The part of an address that names a language: empty for the default.
pub fn prefix(lang: Lang, settings: &Settings) -> String {
    if lang == settings.default_lang() { String::new() } else { format!("/{lang}") }
}

/// The address of a record in its language: the site's pattern for the kind, else its path below `content/`.
pub fn edition(record: &Record, day: Option<Day>, settings: &Settings) -> Result<Route, PathError> {
    let id = record.id.as_str();
    let in_folder = id.split_once('/').map_or(id, |(_, rest)| rest);
    let path = match settings.routes.get(record.kind.name) {
        None => id.to_owned(),
        Some(pattern) => {
            let year = day.map_or_else(|| "undated".to_owned(), |day| day.year().to_string());
            pattern.replace("{path}", in_folder).replace("{slug}", record.id.slug()).replace("{year}", &year)
        }
    };
    let ending = match settings.ending {
        Ending::Folder => "/",
        Ending::File => ".html",
    };
    Route::new(&format!("{}/{}{ending}", prefix(record.lang, settings), path.trim_matches('/')))
}

/// Old addresses; one that names itself or is named twice is found.
pub fn redirects(items: &[Item], out: &mut Findings) -> Vec<Redirect> {
    let mut taken: BTreeMap<Route, String> = BTreeMap::new();
    let mut redirects = Vec::new();
    for edition in items.iter().flat_map(|item| &item.editions).filter(|edition| edition.record.own.contains(&"aliases")) {
        let record = &edition.record;
        for (at, alias) in record.fields.texts("aliases").enumerate() {
            let Ok(from) = Route::new(alias) else { continue };
            let place = record.place(format!("aliases.{at}"));
            if from == edition.route {
                out.push(Finding::error("alias-loop", place, format!("The old address `{alias}` is the page's own."), "Remove the line."));
            } else if let Some(other) = taken.insert(from.clone(), record.source.path.to_string()) {
                out.push(Finding::error(
                    "alias-clash",
                    place,
                    format!("`{alias}` is an old address of `{other}` too."),
                    "Keep it in one of the two files.",
                ));
            } else {
                redirects.push(Redirect { from, to: edition.route.clone(), source: record.source.path.clone() });
            }
        }
    }
    redirects
}

/// Files beside records: their address is their folder's, below the pages of the records that lie there.
pub fn assets(assets: Vec<Asset>, items: &[Item], settings: &Settings, out: &mut Findings) -> Vec<(Route, Asset)> {
    let _ = settings;
    let mut placed = Vec::new();
    for asset in assets {
        let below = asset.path.as_str().strip_prefix("content/").unwrap_or(asset.path.as_str());
        match Route::new(below) {
            Ok(route) => placed.push((route, asset)),
            Err(error) => out.push(Finding::error("bad-path", Place::file(asset.path.as_str()), error.to_string(), "Rename the file.")),
        }
    }
    missing_files(&placed, items, out);
    placed
}

/// Documents, minutes and pictures that name a file must find it beside the record.
fn missing_files(placed: &[(Route, Asset)], items: &[Item], out: &mut Findings) {
    let there: std::collections::BTreeSet<&str> = placed.iter().map(|(_, asset)| asset.path.as_str()).collect();
    for item in items {
        let record = &item.original().record;
        let folder = record.source.path.folder();
        let documents =
            record.fields.maps("documents").enumerate().map(|(at, document)| (format!("documents.{at}.file"), document.text("file")));
        let minutes = [("minutes.file".to_owned(), record.fields.map("minutes").and_then(|minutes| minutes.text("file")))];
        let announce = record.fields.map("announce").into_iter();
        let images = announce.flat_map(|announce| announce.maps("image").enumerate());
        let images = images.map(|(at, image)| (format!("announce.image.{at}.file"), image.text("file")));
        for (field, file) in documents.chain(minutes).chain(images) {
            let Some(file) = file else { continue };
            if !there.contains(format!("{folder}/{file}").as_str()) {
                out.push(Finding::error(
                    "missing-file",
                    record.place(field),
                    format!("There is no file `{file}` in `{folder}`."),
                    "Put it beside the record, or correct its name.",
                ));
            }
        }
    }
}
