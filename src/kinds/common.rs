//! The fields that every kind shares, and shapes that several kinds use.

use crate::model::kind::{Field, Shape, Vocabulary};

/// A person or desk to ask.
pub const CONTACT: &[Field] = &[
    Field::words("name", Shape::Text, "Who answers: a role or desk rather than a person.", "Water services"),
    Field::new("email", Shape::Text, "A role address.", "water@norrvik.example"),
    Field::new("phone", Shape::Text, "As it is dialled in the country.", "0910-00 00 00"),
    Field::new("url", Shape::Url, "A page or form.", "/services/drinking-water/"),
];

/// A labelled link.
pub const LINK: &[Field] = &[
    Field::words("label", Shape::Text, "Words that make sense alone, such as `Answer online`.", "Answer online").required(),
    Field::new("url", Shape::Url, "Where it leads.", "https://norrvik.example/answer").required(),
];

/// A source that is cited.
pub const SOURCE: &[Field] = &[
    Field::words("title", Shape::Text, "What it is.", "Minutes of 18 November 2026").required(),
    Field::new("url", Shape::Url, "Where it can be read.", "/decisions/2026/library-in-soderby/"),
];

/// A law or rule that is relied on.
pub const LAW: &[Field] = &[
    Field::words("text", Shape::Text, "The law and the section.", "Local Government Act (2017:725), chapter 5").required(),
    Field::new("url", Shape::Url, "Where it can be read.", "https://www.riksdagen.se/"),
];

const DOCUMENT: &[Field] = &[
    Field::words("title", Shape::Text, "What the document is.", "Statement by the Finance Office").required(),
    Field::new("file", Shape::File, "A file that lies beside the record.", "statement.pdf"),
    Field::new("url", Shape::Url, "Its address, where it lies elsewhere.", "https://norrvik.example/statement.pdf"),
    Field::new("type", Shape::Text, "Its format, as readers know it.", "PDF"),
    Field::new("language", Shape::Lang, "The language it is in.", "sv"),
    Field::new("size", Shape::Text, "How large it is; taken from the file where one is given.", "310 kB"),
    Field::words("note", Shape::Text, "Whether it can be read by screen readers, or what else to know.", "Tagged for screen readers."),
    Field::words("withheld", Shape::Text, "The legal ground, where it is not published.", "Secrecy Act, chapter 18, section 13"),
];

const REVISION: &[Field] = &[
    Field::new("date", Shape::Stamp, "When the page changed.", "2026-11-19").required(),
    Field::words("note", Shape::Text, "What changed and why.", "The repair costs SEK 340,000, not 430,000.").required(),
    Field::new("material", Shape::Flag, "Whether it changes what a reader would do or think; such a change is told.", "true"),
];

const WITHDRAWN: &[Field] = &[
    Field::new("date", Shape::Stamp, "When it was taken back.", "2026-03-02").required(),
    Field::words("reason", Shape::Text, "Why, in words for the reader.", "The fees were set by the wrong board.").required(),
    Field::new("ground", Shape::Word(GROUNDS), "The kind of reason, as the public log tells it.", "mistake"),
];

/// Reasons that the public log knows.
pub const GROUNDS: &[&str] = &["correction", "superseded", "court-order", "data-protection", "copyright", "mistake"];

/// `RECORD.erased.yaml`: what says that a record's text was taken out for good.
pub const TOMBSTONE: &[Field] = &[
    Field::new("date", Shape::Day, "The day.", "2026-11-20").required(),
    Field::new("reason", Shape::Word(GROUNDS), "The kind of reason, as the public log tells it.", "data-protection").required(),
    Field::new("basis", Shape::Text, "The law or ruling, without names of persons.", "GDPR article 17(1)(d)"),
];

const IMAGE: &[Field] = &[
    Field::new("file", Shape::File, "A picture that lies beside the record.", "map.png").required(),
    Field::new("alt", Shape::Localised, "What it shows, for those who do not see it.", "{sv: Karta över Östra Norrvik}").required(),
];

const ANNOUNCE: &[Field] = &[
    Field::new("text", Shape::Named(&Shape::Localised), "Own wording, by language or by channel.", "{sv: Koka vattnet i Östra Norrvik.}"),
    Field::new("channels", Shape::List(&Shape::Id(Vocabulary::Channels)), "Only these channels.", "[fediverse]"),
    Field::new("at", Shape::Instant, "Not before this time.", "2026-11-18T21:00:00+01:00"),
    Field::new(
        "image",
        Shape::OneOrMany(&Shape::Map(IMAGE)),
        "A picture with its words, or several: each platform takes as many as it can.",
        "{file: map.png, alt: {sv: Karta}}",
    ),
    Field::new("variants", Shape::Anything, "Other wordings, kept for themes and plugins.", "{}"),
];

/// The fields of every kind.
pub const COMMON: &[Field] = &[
    Field::words(
        "title",
        Shape::Text,
        "The headline: what is decided, open, closed or true, in one line.",
        "The library in Söderby stays open until 2029",
    )
    .required(),
    Field::words(
        "summary",
        Shape::Text,
        "Plain language, 60 words at most: what, why, what it means for you.",
        "Söderby keeps its library for three more years.",
    ),
    Field::words("card_title", Shape::Text, "A shorter headline for cards, where the title is too long for one.", "The library stays"),
    Field::new("date", Shape::Stamp, "When this page was first published.", "2026-11-18"),
    Field::new("updated", Shape::Stamp, "When it last changed in substance; a translation repeats it once it has caught up.", "2026-11-19"),
    Field::new("reference", Shape::Text, "Case or paragraph number, exactly as it is written elsewhere.", "KS 2026/0391"),
    Field::new("body", Shape::Id(Vocabulary::Bodies), "Who decided or is responsible.", "council"),
    Field::new("topics", Shape::List(&Shape::Id(Vocabulary::Topics)), "What it is about.", "[libraries]"),
    Field::new("audiences", Shape::List(&Shape::Id(Vocabulary::Audiences)), "Whom it concerns.", "[everyone]"),
    Field::new("places", Shape::List(&Shape::Id(Vocabulary::Places)), "Where it matters.", "[soderby]"),
    Field::new("services", Shape::List(&Shape::Ref(Some("service"))), "Services concerned.", "[services/library]"),
    Field::new("contact", Shape::Map(CONTACT), "Whom to ask.", "{email: water@norrvik.example}"),
    Field::new("documents", Shape::List(&Shape::Map(DOCUMENT)), "Papers that belong to it.", "[{title: Minutes, file: minutes.pdf}]"),
    Field::new(
        "revisions",
        Shape::List(&Shape::Map(REVISION)),
        "What changed on the page since it was published.",
        "[{date: 2026-11-19, note: A date was wrong.}]",
    ),
    Field::new("related", Shape::List(&Shape::Ref(None)), "Other records a reader may want.", "[decisions/2025/night-buses]"),
    Field::new("aliases", Shape::List(&Shape::OldPath), "Old addresses that lead here.", "[/old/library/]"),
    Field::new("publish_at", Shape::Instant, "Hidden until then.", "2026-11-20T07:00:00+01:00"),
    Field::new("expires", Shape::Instant, "Marked as over from then on.", "2026-12-31T23:59:00+01:00"),
    Field::new("draft", Shape::Flag, "Seen by nobody but `serve` and `build --drafts`.", "true"),
    Field::new(
        "withdrawn",
        Shape::Map(WITHDRAWN),
        "Taken back: the page stays and says so.",
        "{date: 2026-03-02, reason: The wrong board decided.}",
    ),
    Field::new("announce", Shape::MapOrOff(ANNOUNCE), "What channels are told; `false` for nothing.", "false"),
    Field::new("extra", Shape::Anything, "Anything, for themes.", "{}"),
    Field::new("kind", Shape::Text, "The kind, where the folder does not say it.", "decision"),
];
