//! A service: what it is, for whom, how to get it, what it costs; its state is derived from updates.

use super::common::{COMMON, LAW, LINK};
use crate::model::kind::{Field, Kind, Shape};

/// A service.
pub const SERVICE: Kind = Kind {
    name: "service",
    folder: "services",
    template: "service.html",
    about: "Something the body does for people, and how to get it.",
    common: COMMON,
    fields: &[
        Field::new("action", Shape::Map(LINK), "The first thing to do.", "{label: Apply, url: https://norrvik.example/apply}"),
        Field::new("ways", Shape::List(&Shape::Word(&["online", "phone", "office"])), "Ways to get it.", "[online, phone]"),
        Field::words("who", Shape::Markdown, "Whom it is for.", "Everyone with municipal water."),
        Field::words("cost", Shape::Text, "What it costs the user.", "Free"),
        Field::words("time_needed", Shape::Text, "How long it takes.", "Two weeks"),
        Field::words("evidence", Shape::List(&Shape::Text), "What to bring or prove.", "[An identity card]"),
        Field::new("languages", Shape::List(&Shape::Lang), "Languages in which people are helped.", "[sv, en]"),
        Field::words("hours", Shape::Markdown, "When it is open.", "Monday to Friday 8 to 16"),
        Field::new("legal_basis", Shape::List(&Shape::Map(LAW)), "Laws it rests on.", "[{text: Water Services Act (2006:412)}]"),
    ],
    archetype: "## What it is\n\n## How to get it\n",
};
