//! A decision: what was decided, by whom, why, what else was possible, how to appeal.

use super::common::{COMMON, LAW};
use crate::model::kind::{Field, Kind, Shape};

const OPTION: &[Field] = &[
    Field::words("title", Shape::Text, "The option in a few words.", "Close the library on 1 January 2028").required(),
    Field::words("summary", Shape::Text, "What it would have meant.", "Books could be ordered to the school."),
    Field::words("pros", Shape::List(&Shape::Text), "What spoke for it.", "[Saves SEK 1.2 million a year.]"),
    Field::words("cons", Shape::List(&Shape::Text), "What spoke against it.", "[No library within 14 km.]"),
    Field::words("cost", Shape::Text, "What it would cost or save.", "SEK 1.2 million a year"),
    Field::new("chosen", Shape::Flag, "Whether it is the one that was decided.", "false"),
    Field::words("why", Shape::Text, "Why it was chosen or rejected.", "Pupils would have no staffed library."),
];

const SEATS: &[Field] = &[
    Field::words("name", Shape::Text, "A party, group or seat.", "Gröna Viken").required(),
    Field::new("vote", Shape::Word(&["for", "against", "abstained", "absent"]), "How it voted.", "for").required(),
    Field::new("seats", Shape::Count, "How many seats voted so; 1 where left out.", "6"),
];

const VOTE: &[Field] = &[
    Field::new("for", Shape::Count, "Votes for.", "31").required(),
    Field::new("against", Shape::Count, "Votes against.", "14").required(),
    Field::new("abstained", Shape::Count, "Present without voting.", "0"),
    Field::new("absent", Shape::Count, "Not present.", "4"),
    Field::new(
        "roll",
        Shape::List(&Shape::Map(SEATS)),
        "Who voted how, in an open vote; it adds up to the totals.",
        "[{name: Gröna Viken, vote: for, seats: 6}]",
    ),
];

const INTEREST: &[Field] = &[
    Field::words("who", Shape::Text, "Whose interest: a role or seat.", "One member of the board").required(),
    Field::words("interest", Shape::Text, "What the interest is.", "Rents a boat place").required(),
    Field::new("left_room", Shape::Flag, "Whether the member left the room.", "true"),
    Field::words("dispensation", Shape::Text, "A dispensation that was granted.", "Granted by the chair on 3 March 2026"),
];

const RESERVATION: &[Field] = &[
    Field::words("who", Shape::Text, "Who recorded it.", "Fria Norrvik, 3 seats").required(),
    Field::words("text", Shape::Markdown, "What it says.", "The cost should have been shown for ten years.").required(),
];

const COST: &[Field] = &[
    Field::new("amount", Shape::Text, "The amount as written; never rounded by us.", "340000").required(),
    Field::new("currency", Shape::Text, "ISO 4217 code.", "SEK"),
    Field::words("period", Shape::Text, "Once, a year, for how long.", "once, in 2027"),
    Field::words("note", Shape::Text, "What is in it and where it is taken from.", "From the maintenance budget."),
];

const APPEAL: &[Field] = &[
    Field::words("to", Shape::Text, "Who decides on the appeal.", "The Administrative Court in Umeå").required(),
    Field::words("how", Shape::OneOrMany(&Shape::Markdown), "The steps.", "[Write which decision you appeal and why.]"),
    Field::new("until", Shape::Day, "The last day; left out where the law counts it from `announced`.", "2026-12-10"),
];

/// A decision.
pub const DECISION: Kind = Kind {
    name: "decision",
    folder: "decisions",
    template: "decision.html",
    about: "What a body decided, why, what else was considered, and how to appeal.",
    common: COMMON,
    fields: &[
        Field::new("decided", Shape::Day, "The day it was decided.", "2026-11-18").required(),
        Field::words(
            "decision",
            Shape::OneOrMany(&Shape::Markdown),
            "The operative text, word for word; a list where it has clauses.",
            "[The library in Söderby is kept.]",
        )
        .required(),
        Field::words("decision_makers", Shape::List(&Shape::Text), "Who decided, by role.", "[Municipal Council, 45 of 49 seats]"),
        Field::words("reasons", Shape::Markdown, "Why; or a heading in the text says it.", "Visits rose by 12 per cent."),
        Field::new(
            "options",
            Shape::List(&Shape::Map(OPTION)),
            "What was considered, the rejected options too.",
            "[{title: Close it, why: No library within 14 km.}]",
        ),
        Field::new("vote", Shape::Map(VOTE), "The vote, if there was one.", "{for: 31, against: 14, absent: 4}"),
        Field::new("interests", Shape::List(&Shape::Map(INTEREST)), "Interests declared; `[]` says that none were.", "[]"),
        Field::new(
            "reservations",
            Shape::List(&Shape::Map(RESERVATION)),
            "Reservations recorded.",
            "[{who: Fria Norrvik, text: Too dear.}]",
        ),
        Field::new("legal_basis", Shape::List(&Shape::Map(LAW)), "Laws and rules relied on.", "[{text: Local Government Act}]"),
        Field::new("rule", Shape::Flag, "Whether it is itself a rule that binds people: a bylaw, a fee, an order.", "true"),
        Field::new("cost", Shape::Map(COST), "What it costs.", "{amount: '340000', currency: SEK}"),
        Field::new(
            "announced",
            Shape::Day,
            "The day its minutes were announced on the notice board; the appeal clock starts.",
            "2026-11-19",
        ),
        Field::new("in_force", Shape::Day, "In force from.", "2026-12-15"),
        Field::new("until", Shape::Day, "In force until.", "2029-12-31"),
        Field::new("implemented", Shape::Day, "The day it had been carried out.", "2027-03-01"),
        Field::new("appeal", Shape::MapOrOff(APPEAL), "How to appeal; `false` where nobody can.", "{to: The Administrative Court in Umeå}"),
        Field::new(
            "supersedes",
            Shape::List(&Shape::Ref(Some("decision"))),
            "Decisions that this one replaces.",
            "[decisions/2024/library-closure]",
        ),
        Field::new(
            "amends",
            Shape::List(&Shape::Ref(Some("decision"))),
            "Decisions that this one changes in part.",
            "[decisions/2025/night-buses]",
        ),
        Field::new(
            "consultation",
            Shape::Ref(Some("consultation")),
            "The consultation before it.",
            "consultations/2026/library-in-soderby",
        ),
        Field::new("meeting", Shape::Ref(Some("meeting")), "The meeting it was taken at.", "meetings/2026/council-2026-11-18"),
        Field::new("partial", Shape::Flag, "Whether a part is not published.", "true"),
        Field::words("exempt_ground", Shape::Text, "The legal ground for leaving it out.", "Secrecy Act, chapter 18, section 13"),
    ],
    archetype: "## Background\n\nWhat led to the decision.\n\n## What it means for you\n\nWho notices what, and when.\n",
};
