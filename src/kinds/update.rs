//! An update: how a service works now, and what happened since.

use super::common::{COMMON, LINK};
use crate::model::kind::{Field, Kind, Shape};

/// The states of a service.
pub const STATES: &[&str] = &["operational", "maintenance", "degraded", "outage"];

const ENTRY: &[Field] = &[
    Field::new("at", Shape::Instant, "When it was known.", "2026-11-17T06:40:00+01:00").required(),
    Field::words("text", Shape::Markdown, "What is known now.", "The main has been found.").required(),
    Field::new("state", Shape::Word(STATES), "The state from then on.", "degraded"),
];

/// An update on a service.
pub const UPDATE: Kind = Kind {
    name: "update",
    folder: "updates",
    template: "update.html",
    about: "A disturbance or planned work of a service, from its first sign to its end.",
    common: COMMON,
    fields: &[
        Field::new("service", Shape::Ref(Some("service")), "The service.", "services/drinking-water").required(),
        Field::new("state", Shape::Word(STATES), "How the service works while this lasts.", "outage").required(),
        Field::new("starts", Shape::Stamp, "When it begins; the page's date where left out.", "2026-11-17T05:10:00+01:00"),
        Field::new("ends", Shape::Stamp, "When it ended or will end.", "2026-11-19T18:00:00+01:00"),
        Field::new(
            "timeline",
            Shape::List(&Shape::Map(ENTRY)),
            "What happened, oldest first; later entries are told.",
            "[{at: 2026-11-17T06:40:00+01:00, text: Water is off.}]",
        ),
        Field::new("action", Shape::Map(LINK), "What a reader can do.", "{label: Find a water tank, url: /services/drinking-water/}"),
    ],
    archetype: "What is disturbed, for whom, and what to do meanwhile.\n",
};
