//! In: a record's fields and its text. Out: the headings of its page in order, for the list of contents.

use super::shop::Shop;
use super::tree::{Tree, text};
use crate::model::lang::Lang;
use crate::model::record::Fields;
use crate::model::site::Item;
use crate::text::markdown::Heading;
use tera::Value;

/// Anchor, message, field.
type Section = (&'static str, &'static str, &'static str);

/// Sections by kind: anchor, message, and the field that must be there. The body's own headings stand at `*`.
const SECTIONS: &[(&str, &[Section])] = &[
    (
        "decision",
        &[
            ("decided", "what-was-decided", "decision"),
            ("reasons", "why", "reasons"),
            ("*", "", ""),
            ("cost", "cost", "cost"),
            ("options", "options", "options"),
            ("vote", "how-they-voted", "vote"),
            ("interests", "interests", "interests"),
            ("reservations", "reservations", "reservations"),
            ("legal", "legal-basis", "legal_basis"),
            ("appeal", "how-to-appeal", "appeal"),
        ],
    ),
    ("alert", &[("situation", "situation", "known"), ("timeline", "updates", "timeline"), ("*", "", ""), ("areas", "areas", "areas")]),
    ("update", &[("timeline", "updates", "timeline"), ("*", "", "")]),
    (
        "consultation",
        &[
            ("outcome", "what-we-heard", "outcome"),
            ("question", "the-question", "question"),
            ("*", "", ""),
            ("take-part", "take-part", "take_part"),
            ("events", "events", "events"),
        ],
    ),
    ("correction", &[("evidence", "evidence", "evidence"), ("*", "", "")]),
    (
        "service",
        &[
            ("uptime", "uptime-title", "title"),
            ("who", "who", "who"),
            ("evidence", "bring", "evidence"),
            ("hours", "hours", "hours"),
            ("*", "", ""),
            ("legal", "legal-basis", "legal_basis"),
        ],
    ),
    ("notice", &[("proof", "notice-proof", "posted"), ("*", "", "")]),
    ("meeting", &[("agenda", "agenda", "agenda"), ("minutes", "minutes", "minutes"), ("*", "", "")]),
];

/// Anchors that the templates themselves use; no heading of a text may take one.
pub(super) const ANCHORS: [&str; 37] = [
    "main",
    "decided",
    "reasons",
    "cost",
    "options",
    "vote",
    "interests",
    "reservations",
    "legal",
    "appeal",
    "timeline",
    "areas",
    "outcome",
    "question",
    "take-part",
    "events",
    "evidence",
    "who",
    "hours",
    "agenda",
    "minutes",
    "documents",
    "history",
    "uptime",
    "situation",
    "relations",
    "verify",
    "ver-h",
    "short-h",
    "todo-h",
    "state-h",
    "proof",
    "roll-cap",
    "vote-cap",
    "seala",
    "sealb",
    "toc-h",
];

/// The contents of a record's page.
pub(super) fn contents(shop: &Shop<'_>, item: &Item, fields: &Fields, lang: Lang, outline: &[Heading]) -> Value {
    let row = |id: &str, title: String| Tree::new().with("id", text(id)).with("title", text(&title)).done();
    let own = SECTIONS.iter().find(|(kind, _)| *kind == item.kind.name).map_or(&[("*", "", "")][..], |(_, sections)| sections);
    let mut rows = Vec::new();
    for (id, key, field) in own {
        if *id == "*" {
            rows.extend(outline.iter().filter(|heading| heading.level == 2).map(|heading| row(&heading.id, heading.text.clone())));
        } else if fields.get(field).is_some() && !(*field != "interests" && is_empty_list(fields, field)) {
            rows.push(row(id, shop.words(lang, key)));
        }
    }
    if !fields.list("documents").is_empty() {
        rows.push(row("documents", shop.words(lang, "documents")));
    }
    if matches!(item.kind.name, "decision" | "consultation") {
        rows.push(row("timeline", shop.words(lang, "timeline")));
    }
    let links = &item.links;
    let pairs = [&links.supersedes, &links.superseded_by, &links.amends, &links.amended_by, &links.corrects, &links.corrected_by];
    if pairs.iter().any(|list| !list.is_empty()) {
        rows.push(row("relations", shop.words(lang, "replaces-and-replaced")));
    }
    let versions = shop.site.log.as_ref().and_then(|log| log.of(&item.id, lang)).map_or(0, |logged| logged.versions.len());
    if item.published.is_some() || !fields.list("revisions").is_empty() || versions > 1 {
        rows.push(row("history", shop.words(lang, "changes-to-this-page")));
    }
    rows.push(row("verify", shop.words(lang, "check-this-record")));
    Value::from(rows)
}

fn is_empty_list(fields: &Fields, field: &str) -> bool {
    matches!(fields.get(field), Some(crate::model::record::Value::List(items)) if items.is_empty())
}
