//! What is written out: one file a format.

pub mod alerts_json;
pub mod atom;
mod feed;
pub mod format;
pub mod headers;
pub mod html;
pub mod json_feed;
pub mod pictures;
pub mod record_json;
pub mod records_json;
pub mod redirects;
pub mod robots;
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
    &alerts_json::AlertsJson,
    &pictures::Pictures,
    &headers::Headers,
    &robots::Robots,
];
