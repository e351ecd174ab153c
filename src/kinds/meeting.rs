//! A meeting: when, where, what is on the agenda, and the minutes.

use super::common::COMMON;
use crate::model::kind::{Field, Kind, Shape};

const AGENDA: &[Field] = &[
    Field::words("title", Shape::Text, "The item.", "The library in Söderby").required(),
    Field::words("text", Shape::Markdown, "What it is about.", "Proposal by the Culture and Leisure Committee."),
    Field::new("decision", Shape::Ref(Some("decision")), "What was decided.", "decisions/2026/library-in-soderby"),
];

const MINUTES: &[Field] = &[
    Field::words("title", Shape::Text, "What it is called.", "Minutes").required(),
    Field::new("file", Shape::File, "A file that lies beside the record.", "minutes.pdf"),
    Field::new("url", Shape::Url, "Its address, where it lies elsewhere.", "https://norrvik.example/minutes.pdf"),
];

/// A meeting.
pub const MEETING: Kind = Kind {
    name: "meeting",
    folder: "meetings",
    template: "meeting.html",
    about: "A meeting of a body, its agenda, and afterwards its minutes.",
    common: COMMON,
    fields: &[
        Field::new("starts", Shape::Instant, "When it begins.", "2026-11-18T17:00:00+01:00").required(),
        Field::new("ends", Shape::Instant, "When it ends.", "2026-11-18T21:00:00+01:00"),
        Field::words("where", Shape::Text, "Where it is held.", "Town Hall, Storgatan 1"),
        Field::new("agenda", Shape::List(&Shape::Map(AGENDA)), "What will be or was dealt with.", "[{title: The library in Söderby}]"),
        Field::new("minutes", Shape::Map(MINUTES), "The minutes.", "{title: Minutes, file: minutes.pdf}"),
    ],
    archetype: "How to listen, ask a question or watch.\n",
};
