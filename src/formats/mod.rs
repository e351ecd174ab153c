//! What is written out: one file a format.

pub mod alerts_json;
pub mod atom;
pub mod csv;
pub mod dcat;
pub mod dictionary;
mod feed;
pub mod format;
pub mod headers;
pub mod html;
pub mod json_feed;
pub mod open_data;
pub mod record_json;
pub mod records_json;
pub mod redirects;
pub mod robots;
pub mod security_txt;
pub mod sitemap;

use format::Format;

/// All formats.
pub const FORMATS: &[&dyn Format] = &[
    &html::Html,
    &atom::Atom,
    &json_feed::JsonFeed,
    &sitemap::Sitemap,
    &redirects::Redirects,
    &record_json::RecordJson,
    &records_json::RecordsJson,
    &csv::Csv,
    &dictionary::Dictionary,
    &dcat::Dcat,
    &alerts_json::AlertsJson,
    &headers::Headers,
    &robots::Robots,
    &security_txt::SecurityTxt,
];
