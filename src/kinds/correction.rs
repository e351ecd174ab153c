//! A correction: a claim by others held against the facts, or an error of our own put right.

use super::common::{COMMON, SOURCE};
use crate::model::kind::{Field, Kind, Shape};

/// A correction.
pub const CORRECTION: Kind = Kind {
    name: "correction",
    folder: "corrections",
    template: "correction.html",
    about: "A rumour answered with facts, or our own error put right.",
    common: COMMON,
    fields: &[
        Field::words("claim", Shape::Text, "The claim as it is told; never in the title or summary.", "The library has been sold."),
        Field::words("seen_at", Shape::List(&Shape::Text), "Where and when it was seen.", "[A local group, 12 November 2026]"),
        Field::new(
            "verdict",
            Shape::Word(&["false", "misleading", "missing-context", "outdated", "satire", "true"]),
            "What the check found.",
            "false",
        ),
        Field::words("fact", Shape::Markdown, "What is true.", "The municipality owns the library."),
        Field::new(
            "evidence",
            Shape::List(&Shape::Map(SOURCE)),
            "How anybody can check it.",
            "[{title: Land register, url: https://norrvik.example/register}]",
        ),
        Field::new(
            "corrects",
            Shape::Ref(None),
            "For an error of our own: the record that was wrong.",
            "decisions/2026/library-in-soderby",
        ),
        Field::new("type", Shape::Word(&["clerical", "substantive", "retraction"]), "For an error of our own: how grave.", "clerical"),
        Field::new("since", Shape::Stamp, "Since when the error had stood there.", "2026-11-18"),
        Field::words("was", Shape::Text, "What stood there.", "The repair costs SEK 430,000."),
        Field::words("now", Shape::Text, "What is right.", "The repair costs SEK 340,000."),
    ],
    archetype: "What is true, where it can be checked, and since when the wrong statement has been told.\n",
};
