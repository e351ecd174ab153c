//! What is written out: one file a format.

pub mod alerts_json;
pub mod cap;
pub mod cap_feed;
pub mod cards;
pub mod checkpoints;
pub mod csv;
pub mod dcat;
pub mod dictionary;
pub mod feed;
pub mod format;
pub mod headers;
pub mod html;
pub mod icalendar;
pub mod open_data;
pub mod pictures;
pub mod record_json;
pub mod records_json;
pub mod redirects;
pub mod robots;
pub mod search;
pub mod security_txt;
pub mod sitemap;

use format::Format;

/// All formats.
pub const FORMATS: &[&dyn Format] = &[
    &html::Html,
    &feed::Feeds,
    &icalendar::Calendars,
    &cap::Cap,
    &cap_feed::CapFeed,
    &sitemap::Sitemap,
    &redirects::Redirects,
    &record_json::RecordJson,
    &records_json::RecordsJson,
    &csv::Csv,
    &dictionary::Dictionary,
    &dcat::Dcat,
    &alerts_json::AlertsJson,
    &pictures::Pictures,
    &headers::Headers,
    &robots::Robots,
    &cards::Cards,
    &search::Search,
    &security_txt::SecurityTxt,
    &checkpoints::Checkpoints,
];
