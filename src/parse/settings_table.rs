//! In: nothing. Out: what `promulgate.yaml` may hold, as tables that parsing, schemas and the manual share.

use crate::model::kind::{Field, Shape};

const TERM: &[Field] = &[
    Field::new("name", Shape::Localised, "Its name as citizens read it.", "{sv: Kommunfullmäktige, en: Municipal Council}").required(),
    Field::new("about", Shape::Localised, "One sentence about it.", "{en: Decides on the budget and the large questions.}"),
    Field::new(
        "hashtag",
        Shape::Localised,
        "For a topic: the word that its posts carry, without `#`.",
        "{sv: Kollektivtrafik, en: PublicTransport}",
    ),
    Field::new("seats", Shape::Count, "For a body: how many vote in it.", "49"),
];

const BRAND: &[Field] = &[
    Field::new("colour", Shape::Colour, "One colour; all others are derived so that text stays readable.", "\"#0f5257\""),
    Field::new("logo", Shape::File, "An SVG below static/, drawn in `currentColor`.", "logo.svg"),
    Field::new("corner", Shape::Text, "Radius of corners in CSS.", "3px"),
    Field::new("font", Shape::File, "A WOFF2 file below static/ for Latin script, in place of the theme's.", "record-serif.woff2"),
    Field::new("fonts", Shape::Map(FONTS), "A WOFF2 file below static/ for each script.", "{latin: fonts/own.woff2}"),
    Field::new("seal", Shape::Text, "`on`, `off`, or an image below static/ in place of the drawn one.", "off"),
    Field::new(
        "tokens",
        Shape::Map(TOKENS),
        "Single colours, where the derived ones do not do; contrast is checked.",
        "{light: {link: \"#003f72\"}}",
    ),
];

const FONTS: &[Field] = &[
    Field::new("latin", Shape::File, "Latin script.", "fonts/latin.woff2"),
    Field::new("cyrillic", Shape::File, "Cyrillic script.", "fonts/cyrillic.woff2"),
    Field::new("georgian", Shape::File, "Georgian script.", "fonts/georgian.woff2"),
    Field::new("arabic", Shape::File, "Arabic script.", "fonts/arabic.woff2"),
];

const TOKENS: &[Field] = &[
    Field::new("light", Shape::Named(&Shape::Colour), "Colours on light paper, by token.", "{link: \"#003f72\"}"),
    Field::new("dark", Shape::Named(&Shape::Colour), "Colours on dark paper, by token.", "{link: \"#9cc9f0\"}"),
];

const CONTACT: &[Field] = &[
    Field::new("name", Shape::Localised, "Name of the desk.", "Kommunens kontaktcenter"),
    Field::new("address", Shape::Localised, "Where the house stands.", "Storgatan 1"),
    Field::new("email", Shape::Text, "A role address.", "record@norrvik.example"),
    Field::new("phone", Shape::Text, "As it is dialled in the country.", "0910-00 00 00"),
    Field::new("url", Shape::Url, "A page or form.", "/contact/"),
];

const SECURITY: &[Field] = &[
    Field::new(
        "contact",
        Shape::OneOrMany(&Shape::Url),
        "Where to report a weakness, the best way first.",
        "mailto:security@norrvik.example",
    )
    .required(),
    Field::new("expires", Shape::Stamp, "Until when this holds; less than a year ahead.", "2027-06-30").required(),
    Field::new("policy", Shape::Url, "What reporters may do and expect.", "/pages/security/"),
    Field::new("encryption", Shape::Url, "A key for reports.", "https://norrvik.example/key.asc"),
    Field::new("acknowledgments", Shape::Url, "Where reporters are thanked.", "/pages/thanks/"),
    Field::new("languages", Shape::List(&Shape::Lang), "Languages that reports may be in; the site's where left out.", "[sv, en]"),
];

const TRANSPORT: &[Field] = &[
    Field::new("max_age", Shape::Count, "For how many seconds browsers hold to it; a year where left out.", "31536000"),
    Field::new("subdomains", Shape::Flag, "Every name below the site's too: only by choice of whoever owns the domain.", "true"),
    Field::new("preload", Shape::Flag, "May be put on the browsers' own list, which is hard to leave.", "true"),
];

const FOOTER: &[Field] = &[
    Field::new("label", Shape::Localised, "Words that make sense alone.", "{sv: Tillgänglighet, en: Accessibility}").required(),
    Field::new("url", Shape::Text, "An address, or the id of a record.", "pages/accessibility").required(),
];

const CARDS: &[Field] = &[
    Field::new(
        "sizes",
        Shape::List(&Shape::Word(&["og", "square", "tall"])),
        "Which are drawn: 1200 by 630, 1080 by 1080, 1080 by 1350.",
        "[og, square, tall]",
    ),
    Field::new(
        "formats",
        Shape::List(&Shape::Word(&["png", "jpeg"])),
        "Each in every format named; left out, PNG for `og` and JPEG for the others.",
        "[png, jpeg]",
    ),
    Field::new("days", Shape::Count, "Records unchanged for longer have the site's card in place of their own.", "400"),
];

/// The keys of every channel; its platform has more.
pub const CHANNEL: &[Field] = &[
    Field::new("platform", Shape::Text, "Which platform.", "mastodon").required(),
    Field::new("label", Shape::Localised, "Its name for readers.", "Mastodon"),
    Field::new("profile", Shape::Url, "Where readers find the account; linked with `rel=me`.", "https://social.norrvik.example/@norrvik"),
    Field::new("languages", Shape::List(&Shape::Lang), "Languages told; the site's first where left out.", "[sv, en]"),
    Field::new("kinds", Shape::List(&Shape::Text), "Kinds told.", "[decision, alert]"),
    Field::new("audiences", Shape::List(&Shape::Id(crate::model::kind::Vocabulary::Audiences)), "Audiences told.", "[everyone]"),
    Field::new(
        "on",
        Shape::List(&Shape::Word(&["published", "updated", "corrected", "superseded", "withdrawn", "resolved", "reminder"])),
        "Events told.",
        "[published, corrected]",
    ),
    Field::new(
        "hashtags",
        Shape::Named(&Shape::List(&Shape::Text)),
        "Words that every post carries where there is room, by language, without `#`.",
        "{sv: [Norrvik], en: [Norrvik]}",
    ),
    Field::new("correct_by", Shape::Word(&["edit", "reply", "replace"]), "How a change reaches what was posted.", "edit"),
    Field::new(
        "rotated",
        Shape::Named(&Shape::Secret),
        "Where secrets that the platform replaces are kept, by name: a file, or a program that reads the new value.",
        "{token: 'file:/var/lib/promulgate/fediverse'}",
    ),
    Field::new("template", Shape::Named(&Shape::Localised), "Own wording by event or kind-event.", "{published: '{ $title } { $link }'}"),
];

const ANNOUNCE: &[Field] = &[
    Field::new("max", Shape::Count, "Most posts of one run; more, and none is sent.", "20"),
    Field::new("max_age_days", Shape::Count, "Older records are never announced.", "30"),
    Field::new("quiet_seconds", Shape::Count, "How long an absent post may still appear.", "120"),
    Field::new("quiet_hours", Shape::Text, "Hours of the body's day in which nothing but alerts is told.", "\"21:00-07:00\""),
    Field::new("reminders", Shape::Map(REMINDERS), "How many days before its date each reminder is sent.", "{consultation: 3}"),
    Field::new(
        "stop",
        Shape::Text,
        "Emergency stop: while it is set nothing is told anywhere; the text is the reason.",
        "The account was taken over.",
    ),
];

const REMINDERS: &[Field] = &[
    Field::new("consultation", Shape::Count, "Before a consultation closes; 0 for none, 3 where left out.", "3"),
    Field::new("appeal", Shape::Count, "Before the last day to appeal; 0 for none, 3 where left out.", "3"),
    Field::new("maintenance", Shape::Count, "Before planned work begins; 0 for none, 1 where left out.", "1"),
];

const LOG: &[Field] = &[
    Field::new(
        "key",
        Shape::OneOrMany(&Shape::Text),
        "The verifier key of the log: today's first, then earlier ones that signed before.",
        "norrvik.example/log+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
    )
    .required(),
    Field::new(
        "secret",
        Shape::OneOrMany(&Shape::Secret),
        "The signing key, or two while one takes over from another; `publish` and `build --sign` alone read them.",
        "env:PROMULGATE_LOG_KEY",
    ),
    Field::new(
        "witnesses",
        Shape::List(&Shape::Map(WITNESS)),
        "Others who sign that they saw a checkpoint, at most 14; asked after publishing.",
        "[]",
    ),
    Field::new("timestamps", Shape::Url, "A service that stamps checkpoints with its time (RFC 3161).", "https://tsa.example/"),
];

const WITNESS: &[Field] = &[
    Field::new("key", Shape::Text, "Its verifier key.", "witness.example.net/w1+d92e63ac+BLMBU9k2lWhKM3KxcGk/d5Ts/khqwduB2Xsoas6F1vs2")
        .required(),
    Field::new("url", Shape::Url, "Its address, before `/add-checkpoint`.", "https://witness.example.net/w1").required(),
];

/// `state: {git: …}`.
pub const STATE_GIT: &[Field] = &[
    Field::new("branch", Shape::Text, "A branch that holds nothing else.", "promulgate-state").required(),
    Field::new(
        "remote",
        Shape::Text,
        "Address of the repository; that of `origin` where left out.",
        "git@git.norrvik.example:web/state.git",
    ),
];

/// `state: {postgres: …}`.
pub const STATE_POSTGRES: &[Field] = &[
    Field::new("url", Shape::Secret, "How to connect.", "env:DATABASE_URL").required(),
    Field::new("schema", Shape::Text, "Schema of its tables; `promulgate` where left out.", "promulgate"),
];

/// `state: {s3: …}`.
pub const STATE_S3: &[Field] = &[
    Field::new("bucket", Shape::Text, "The bucket.", "norrvik-state").required(),
    Field::new("prefix", Shape::Text, "Folder in it.", "record"),
    Field::new("endpoint", Shape::Url, "Address of the service; Amazon's where left out.", "https://s3.norrvik.example"),
    Field::new("region", Shape::Text, "Its region; `us-east-1` where left out.", "eu-north-1"),
    Field::new("key", Shape::Secret, "The access key; `env:AWS_ACCESS_KEY_ID` where left out.", "env:AWS_ACCESS_KEY_ID"),
    Field::new("secret", Shape::Secret, "The secret key; `env:AWS_SECRET_ACCESS_KEY` where left out.", "env:AWS_SECRET_ACCESS_KEY"),
    Field::new("token", Shape::Secret, "The session token of temporary keys.", "env:AWS_SESSION_TOKEN"),
    Field::new("path_style", Shape::Flag, "Whether the bucket stands in the path; so where an `endpoint` is named.", "true"),
];

/// The keys of `promulgate.yaml`; a channel has its platform's besides.
pub const SETTINGS: &[Field] = &[
    Field::new("title", Shape::Localised, "The body's name.", "{sv: Norrviks kommun, en: Norrvik Municipality}").required(),
    Field::new("tagline", Shape::Localised, "One sentence of purpose.", "{en: What Norrvik decides, in words you can use}"),
    Field::new("url", Shape::Url, "Where the site is reached.", "https://norrvik.example").required(),
    Field::new("languages", Shape::List(&Shape::Lang), "Languages, the default first.", "[sv, en]").required(),
    Field::new("time_zone", Shape::Text, "The body's IANA time zone; days begin and end by it.", "Europe/Stockholm"),
    Field::new("contact", Shape::Map(CONTACT), "Whom to ask.", "{email: record@norrvik.example}"),
    Field::new(
        "accounts",
        Shape::List(&Shape::Url),
        "The body's own accounts elsewhere; each shows a link back to this site.",
        "[https://social.norrvik.example/@norrvik]",
    ),
    Field::new(
        "fediverse_creator",
        Shape::Text,
        "The account shown as author where a page is shared.",
        "\"@norrvik@social.norrvik.example\"",
    ),
    Field::new("licence", Shape::Url, "Under what the records may be used again.", "https://creativecommons.org/publicdomain/zero/1.0/"),
    Field::new("security", Shape::Map(SECURITY), "What `security.txt` says.", "{contact: mailto:security@norrvik.example}"),
    Field::new(
        "transport_security",
        Shape::MapOrOff(TRANSPORT),
        "How browsers are told to use TLS alone; `false` where the host tells them itself.",
        "{subdomains: true}",
    ),
    Field::new("theme", Shape::Text, "Folder below themes/.", "daylight"),
    Field::new("brand", Shape::Map(BRAND), "Colour, fonts, logo, corner, seal.", "{colour: \"#0f5257\"}"),
    Field::new("law", Shape::Word(&["sweden", "none"]), "Whose law counts appeal time.", "sweden"),
    Field::new("bodies", Shape::Named(&Shape::Map(TERM)), "Who decides, by id.", "{council: {name: Municipal Council, seats: 49}}"),
    Field::new("topics", Shape::Named(&Shape::Map(TERM)), "What records are about, by id.", "{water: {name: Water}}"),
    Field::new("audiences", Shape::Named(&Shape::Map(TERM)), "Whom they concern, by id.", "{everyone: {name: Everyone}}"),
    Field::new("places", Shape::Named(&Shape::Map(TERM)), "Where they matter, by id.", "{soderby: {name: Söderby}}"),
    Field::new("routes", Shape::Named(&Shape::Text), "Addresses by kind.", "{decision: '/records/{slug}/'}"),
    Field::new("ending", Shape::Word(&["folder", "file"]), "`/a/` or `/a.html`.", "folder"),
    Field::new("per_page", Shape::Count, "Entries on a list page.", "25"),
    Field::new("search", Shape::Word(&["on", "off"]), "`off` leaves out the search page and its index.", "off"),
    Field::new("footer", Shape::List(&Shape::Map(FOOTER)), "Links in the footer.", "[{label: Privacy, url: pages/privacy}]"),
    Field::new("checks", Shape::Named(&Shape::Word(&["off", "warning", "error"])), "Rules by name.", "{stale-translation: off}"),
    Field::new("cards", Shape::MapOrOff(CARDS), "Pictures of records for social networks; `false` for none.", "{sizes: [og], days: 400}"),
    Field::new(
        "channels",
        Shape::Named(&Shape::Anything),
        "Where news is told, by a name of your own.",
        "{fediverse: {platform: mastodon}}",
    ),
    Field::new("hub", Shape::Url, "A WebSub hub that is told when a feed has changed.", "https://hub.norrvik.example/"),
    Field::new("announce", Shape::Map(ANNOUNCE), "Guards of a publishing run.", "{max: 20}"),
    Field::new(
        "state",
        Shape::Anything,
        "Where the ledger lives: `folder`, `git:BRANCH`, `postgres:env:NAME`, `s3://BUCKET/PREFIX`, or one of `git`, `postgres`, `s3` with its own settings.",
        "folder",
    ),
    Field::new("log", Shape::Map(LOG), "The public log of what was published; `promulgate keygen` writes this for you.", "{key: …}"),
    Field::new("extra", Shape::Anything, "Anything, for themes.", "{}"),
];
