//! A notice on the digital notice board (Kommunallagen 2017:725, chapter 8, sections 9 to 12).

use super::common::COMMON;
use crate::model::kind::{Field, Kind, Shape};

/// A notice.
pub const NOTICE: Kind = Kind {
    name: "notice",
    folder: "notices",
    template: "notice.html",
    about: "A statutory notice: what it announces, posted when, taken down when.",
    common: COMMON,
    fields: &[
        Field::new(
            "notice_kind",
            Shape::Word(&["council-meeting", "minutes", "delegated-decision", "board-meeting", "other-law"]),
            "What the law lets it announce (chapter 8, sections 10 and 11).",
            "minutes",
        )
        .required(),
        Field::new("posted", Shape::Day, "The day it was posted; appeal time counts from it.", "2026-11-19").required(),
        Field::new("take_down", Shape::Day, "The first day it may be taken down.", "2026-12-11"),
        Field::new("approved", Shape::Day, "The day the minutes were approved.", "2026-11-18"),
        Field::words("kept_at", Shape::Text, "Where the minutes are kept.", "Town Hall, Storgatan 1"),
        Field::words("officer", Shape::Text, "Who posted it: a role rather than a person.", "Council Secretariat"),
        Field::new("meeting", Shape::Ref(Some("meeting")), "The meeting.", "meetings/2026/council-2026-11-18"),
        Field::new("decision", Shape::Ref(Some("decision")), "The decision.", "decisions/2026/library-in-soderby"),
    ],
    archetype: "What is announced and how to appeal.\n",
};
