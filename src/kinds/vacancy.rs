//! A vacancy: work that the body offers.

use super::common::{COMMON, LINK};
use crate::model::kind::{Field, Kind, Shape};

/// A vacancy.
pub const VACANCY: Kind = Kind {
    name: "vacancy",
    folder: "vacancies",
    template: "vacancy.html",
    about: "Work that the body offers, and until when to apply.",
    common: COMMON,
    fields: &[
        Field::new("closes", Shape::Stamp, "The last time or day to apply.", "2026-12-01").required(),
        Field::words("employment", Shape::Text, "Kind and extent of the work.", "Permanent, full time"),
        Field::words("place", Shape::Text, "Where the work is done.", "Söderby"),
        Field::words("salary", Shape::Text, "What it pays.", "Monthly salary"),
        Field::new("action", Shape::Map(LINK), "How to apply.", "{label: Apply, url: https://norrvik.example/jobs/1}"),
    ],
    archetype: "## The work\n\n## You\n",
};
