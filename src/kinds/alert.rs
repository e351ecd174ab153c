//! An alert: a warning in the terms of the Common Alerting Protocol 1.2 (OASIS).

use super::common::COMMON;
use crate::model::kind::{Field, Kind, Shape};

const GEOCODE: &[Field] = &[
    Field::new("name", Shape::Text, "The code's system.", "LAN").required(),
    Field::new("value", Shape::Text, "The code, exactly as typed.", "24").required(),
];

const AREA: &[Field] = &[
    Field::words("name", Shape::Text, "The area in words.", "Östra Norrvik").required(),
    Field::new(
        "polygon",
        Shape::Text,
        "Pairs `latitude,longitude` (WGS 84), four or more, the first again last.",
        "64.7,21.0 64.7,21.1 64.8,21.1 64.7,21.0",
    ),
    Field::new("circle", Shape::Text, "`latitude,longitude radius` with the radius in kilometres.", "64.7,21.0 5"),
    Field::new("geocode", Shape::List(&Shape::Map(GEOCODE)), "Codes of the area.", "[{name: LAN, value: '24'}]"),
];

const ENTRY: &[Field] = &[
    Field::new("at", Shape::Instant, "When it was said.", "2026-11-17T11:00:00+01:00").required(),
    Field::words("text", Shape::Markdown, "What is known and what to do now.", "Water tanks stand at the school.").required(),
];

const CALL: &[Field] = &[
    Field::words("label", Shape::Text, "When to call, or whom.", "If you feel ill").required(),
    Field::new("phone", Shape::Text, "As it is dialled in the country.", "1177").required(),
];

const CATEGORIES: &[&str] =
    &["Geo", "Met", "Safety", "Security", "Rescue", "Fire", "Health", "Env", "Transport", "Infra", "CBRNE", "Other"];
const RESPONSES: &[&str] = &["Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None"];

/// An alert.
pub const ALERT: Kind = Kind {
    name: "alert",
    folder: "alerts",
    template: "alert.html",
    about: "A warning: what happened, where, and what to do first.",
    common: COMMON,
    fields: &[
        Field::words("event", Shape::Text, "The event in a few words.", "Bacteria in the drinking water").required(),
        Field::new("category", Shape::OneOrMany(&Shape::Word(CATEGORIES)), "CAP category.", "[Health]").required(),
        Field::new("severity", Shape::Word(&["Extreme", "Severe", "Moderate", "Minor", "Unknown"]), "How bad.", "Severe").required(),
        Field::new("urgency", Shape::Word(&["Immediate", "Expected", "Future", "Past", "Unknown"]), "How soon to act.", "Immediate")
            .required(),
        Field::new("certainty", Shape::Word(&["Observed", "Likely", "Possible", "Unlikely", "Unknown"]), "How sure.", "Observed")
            .required(),
        Field::new("response", Shape::OneOrMany(&Shape::Word(RESPONSES)), "CAP response types.", "[Execute]"),
        Field::new("areas", Shape::List(&Shape::Map(AREA)), "Where it holds.", "[{name: Östra Norrvik}]").required(),
        Field::new("effective", Shape::Instant, "When the alert begins to hold.", "2026-11-17T06:40:00+01:00").required(),
        Field::new("onset", Shape::Instant, "When the event is expected.", "2026-11-17T06:40:00+01:00"),
        Field::words(
            "instruction",
            Shape::OneOrMany(&Shape::Markdown),
            "What to do, the first thing first.",
            "[Boil tap water before you drink it.]",
        )
        .required(),
        Field::words("avoid", Shape::OneOrMany(&Shape::Markdown), "What not to do.", "[Do not drink the water without boiling it.]"),
        Field::new("call", Shape::List(&Shape::Map(CALL)), "Whom to call, and when.", "[{label: If you feel ill, phone: '1177'}]"),
        Field::words("known", Shape::Markdown, "What is known: what happened, where, whom it reaches.", "A water main has burst."),
        Field::words("not_known", Shape::Markdown, "What is not known yet.", "We do not know when the water will be clean."),
        Field::words("doing", Shape::Markdown, "What is being done.", "We are flushing the pipes and testing every day."),
        Field::new(
            "timeline",
            Shape::List(&Shape::Map(ENTRY)),
            "Updates, oldest first; each is told as a reply to the first post.",
            "[{at: 2026-11-17T11:00:00+01:00, text: Tanks are in place.}]",
        ),
        Field::new("next_update", Shape::Instant, "When readers will hear more at the latest.", "2026-11-19T16:00:00+01:00"),
        Field::new("resolved", Shape::Instant, "When the all clear was given.", "2026-11-20T09:00:00+01:00"),
        Field::new("corrects", Shape::Ref(Some("alert")), "An earlier alert that this one puts right.", "alerts/2025/storm-birger"),
    ],
    archetype: "Whatever else readers need; the situation itself stands in the fields above.\n",
};
