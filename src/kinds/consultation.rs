//! A consultation: what is asked, until when, how to take part, what was heard and what was done.

use super::common::{COMMON, LINK};
use crate::model::kind::{Field, Kind, Shape};

const MEETING: &[Field] = &[
    Field::words("title", Shape::Text, "What it is.", "Open evening at the library").required(),
    Field::new("at", Shape::Instant, "When.", "2026-05-20T18:00:00+02:00").required(),
    Field::words("where", Shape::Text, "Where.", "The library in Söderby"),
];

const OUTCOME: &[Field] = &[
    Field::words("said", Shape::Markdown, "What people said.", "The library is the only warm place after school.").required(),
    Field::words("did", Shape::Markdown, "What was done because of it, or why not.", "It opens with a card until 21.").required(),
    Field::new("status", Shape::Word(&["changed", "partly", "kept"]), "Whether the proposal changed.", "changed").required(),
];

/// A consultation.
pub const CONSULTATION: Kind = Kind {
    name: "consultation",
    folder: "consultations",
    template: "consultation.html",
    about: "A question to the public, and afterwards what was heard and what was done.",
    common: COMMON,
    fields: &[
        Field::new("opens", Shape::Stamp, "When answers are taken from.", "2026-05-04").required(),
        Field::new("closes", Shape::Instant, "Until when, with the zone.", "2026-06-12T23:59:00+02:00").required(),
        Field::words("question", Shape::Markdown, "What is asked.", "What should happen to the library?"),
        Field::words("who", Shape::Text, "Who may answer.", "Everyone who lives or works in Söderby"),
        Field::new(
            "take_part",
            Shape::List(&Shape::Map(LINK)),
            "Ways to answer.",
            "[{label: Answer online, url: https://norrvik.example/answer}]",
        ),
        Field::new("events", Shape::List(&Shape::Map(MEETING)), "Meetings.", "[{title: Open evening, at: 2026-05-20T18:00:00+02:00}]"),
        Field::new(
            "outcome",
            Shape::List(&Shape::Map(OUTCOME)),
            "What was heard and what was done.",
            "[{said: It is warm., did: It stays., status: kept}]",
        ),
        Field::new(
            "decisions",
            Shape::List(&Shape::Ref(Some("decision"))),
            "Decisions that followed.",
            "[decisions/2026/library-in-soderby]",
        ),
    ],
    archetype: "## Why we ask\n\n## Who decides\n",
};
