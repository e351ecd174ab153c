//! In: `promulgate.yaml`. Out: complete settings with their defaults, and the table that says what may stand there.

use super::fields::AnyId;
use super::{Demand, read, scalar};
use crate::model::announcement::Event;
use crate::model::finding::{Checked, Finding, Findings, Place};
use crate::model::kind::{Field, Kind, Shape};
use crate::model::lang::Lang;
use crate::model::record::{Fields, Value};
use crate::model::settings::{
    AnnounceSettings, CardFormat, CardSettings, CardShape, ChannelSettings, CorrectBy, Ending, Localised, SecretRef, Settings,
    StateSettings, Term,
};
use crate::model::source::Source;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

const TERM: &[Field] = &[
    Field::new("name", Shape::Localised, "Its name as citizens read it.", "{sv: Kommunfullmäktige, en: Municipal Council}").required(),
    Field::new("about", Shape::Localised, "One sentence about it.", "{en: Decides on the budget and the large questions.}"),
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
    Field::new("correct_by", Shape::Word(&["edit", "reply", "replace"]), "How a change reaches what was posted.", "edit"),
    Field::new("template", Shape::Named(&Shape::Localised), "Own wording by event or kind-event.", "{published: '{ $title } { $link }'}"),
];

const ANNOUNCE: &[Field] = &[
    Field::new("max", Shape::Count, "Most posts of one run; more, and none is sent.", "20"),
    Field::new("max_age_days", Shape::Count, "Older records are never announced.", "30"),
    Field::new("quiet_seconds", Shape::Count, "How long an absent post may still appear.", "120"),
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
    Field::new("state", Shape::Word(&["folder"]), "Where ledger and log live.", "folder"),
    Field::new("extra", Shape::Anything, "Anything, for themes.", "{}"),
];

/// A platform's name and own fields, handed in by the catalogue.
pub type PlatformFields = (&'static str, &'static [Field]);

/// Parses the settings; `None` where an error makes the rest meaningless.
pub fn settings(source: &Source, kinds: &[&'static Kind], platforms: &[PlatformFields]) -> Checked<Option<Settings>> {
    let demand = Demand { ids: &AnyId, complete: true };
    let read = read(source, &(0..source.text.len()), &[SETTINGS], &demand);
    let mut findings = Findings::new();
    let fields = read.into_value(&mut findings);
    let mut reader = Reader { source, kinds, platforms, out: &mut findings };
    let settings = if reader.out.has_errors() { None } else { reader.settings(&fields) };
    let settings = settings.filter(|_| !findings.has_errors());
    Checked::new(settings, findings)
}

struct Reader<'r> {
    source: &'r Source,
    kinds: &'r [&'static Kind],
    platforms: &'r [PlatformFields],
    out: &'r mut Findings,
}

impl Reader<'_> {
    fn fault(&mut self, field: &str, message: impl Into<String>, help: impl Into<String>) {
        self.out.push(Finding::error("bad-settings", Place::field(self.source.path.as_str(), field), message, help));
    }

    fn settings(&mut self, fields: &Fields) -> Option<Settings> {
        let languages = langs(fields, "languages");
        if languages.is_empty() {
            self.fault("languages", "The site has no language.", "Write `languages: [sv]`, the default first.");
            return None;
        }
        let zone_name = fields.text("time_zone").unwrap_or("UTC").to_owned();
        let zone = TimeZone::get(&zone_name).unwrap_or_else(|_| {
            self.fault(
                "time_zone",
                format!("There is no time zone `{}`.", scalar::shown(&zone_name)),
                "Write an IANA name such as `Europe/Stockholm`.",
            );
            TimeZone::UTC
        });
        self.published_addresses(fields);
        let channels = self.channels(fields, &languages);
        let announce = fields.map("announce").cloned().unwrap_or_default();
        let hub = fields.text("hub").map(|typed| self.hub(typed));
        Some(Settings {
            hub,
            title: localised(fields.get("title")),
            tagline: localised(fields.get("tagline")),
            url: fields.text("url").unwrap_or_default().trim_end_matches('/').to_owned(),
            languages,
            zone,
            zone_name,
            contact: fields.map("contact").cloned().unwrap_or_default(),
            accounts: fields.texts("accounts").map(str::to_owned).collect(),
            fediverse_creator: fields.text("fediverse_creator").map(str::to_owned),
            licence: fields.text("licence").map(str::to_owned),
            security: fields.map("security").cloned(),
            theme: fields.text("theme").unwrap_or("daylight").to_owned(),
            brand: fields.map("brand").cloned().unwrap_or_default(),
            law: (fields.text("law") == Some("sweden")).then_some("sweden"),
            bodies: terms(fields, "bodies"),
            topics: terms(fields, "topics"),
            audiences: terms(fields, "audiences"),
            places: terms(fields, "places"),
            routes: self.routes(fields),
            ending: if fields.text("ending") == Some("file") { Ending::File } else { Ending::Folder },
            per_page: fields.count("per_page").unwrap_or(25).clamp(1, 1000) as usize,
            search: fields.text("search") != Some("off"),
            footer: fields
                .maps("footer")
                .map(|link| (localised(link.get("label")), link.text("url").unwrap_or_default().to_owned()))
                .collect(),
            checks: named(fields, "checks").map(|(name, value)| (name.clone(), value.text().unwrap_or_default().to_owned())).collect(),
            cards: cards(fields),
            channels,
            announce: AnnounceSettings {
                max: announce.count("max").unwrap_or(20) as usize,
                max_age_days: announce.count("max_age_days").unwrap_or(30) as u32,
                quiet_seconds: announce.count("quiet_seconds").unwrap_or(120) as u32,
            },
            state: StateSettings::Folder,
            extra: match fields.get("extra") {
                Some(Value::Any(value)) => value.clone(),
                _ => serde_json::Value::Null,
            },
        })
    }

    /// A hub is asked over HTTPS, or over HTTP on this machine; it stands in headers, so it is plain ASCII.
    fn hub(&mut self, typed: &str) -> String {
        let parsed = url::Url::parse(typed).ok();
        let safe = parsed.as_ref().is_some_and(|url| {
            let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
            url.has_host() && url.username().is_empty() && (url.scheme() == "https" || url.scheme() == "http" && here)
        });
        let written = parsed.map(String::from).unwrap_or_default();
        if !safe || !written.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b',' | b';')) {
            let message = format!("`{}` is not the address of a hub.", scalar::shown(typed));
            self.fault("hub", message, "Write an address that begins with `https://`, such as `https://hub.norrvik.example/`.");
        }
        written
    }

    /// Addresses that other machines read must be whole, and safe to be followed.
    fn published_addresses(&mut self, fields: &Fields) {
        let security = fields.map("security");
        let contacts = security.map(|own| own.list("contact")).unwrap_or_default();
        for (at, contact) in contacts.iter().enumerate() {
            let safe = contact.text().is_some_and(|uri| ["https://", "mailto:", "tel:"].iter().any(|scheme| uri.starts_with(scheme)));
            if !safe {
                self.fault(
                    &format!("security.contact.{at}"),
                    "This is no contact that `security.txt` may name.",
                    "Write `https://…`, `mailto:…` or `tel:…` (RFC 9116).",
                );
            }
        }
        let named = fields.texts("accounts").enumerate().map(|(at, account)| (format!("accounts.{at}"), account));
        for (field, address) in named.chain(fields.text("licence").map(|licence| ("licence".to_owned(), licence))) {
            if !address.starts_with("https://") && !address.starts_with("http://") {
                self.fault(&field, "Machines elsewhere need the whole address.", "Write it with `https://`.");
            }
        }
        let handle = |text: &str| {
            text.strip_prefix('@').and_then(|rest| rest.split_once('@')).is_some_and(|(user, host)| !user.is_empty() && host.contains('.'))
        };
        if fields.text("fediverse_creator").is_some_and(|text| !handle(text)) {
            self.fault(
                "fediverse_creator",
                "This is not the name of an account in the fediverse.",
                "Write `\"@name@server.example\"`, in quotes.",
            );
        }
    }

    fn routes(&mut self, fields: &Fields) -> BTreeMap<String, String> {
        let mut routes = BTreeMap::new();
        for (kind, pattern) in named(fields, "routes") {
            let pattern = pattern.text().unwrap_or_default();
            let known = self.kinds.iter().any(|known| known.name == kind);
            let bare = pattern.replace("{path}", "x").replace("{slug}", "x").replace("{year}", "x");
            if !known {
                let near = scalar::nearest(kind, self.kinds.iter().map(|kind| kind.name));
                self.fault(
                    &format!("routes.{kind}"),
                    format!("There is no kind `{kind}`."),
                    near.map_or_else(String::new, |near| format!("Did you mean `{near}`?")),
                );
            } else if !bare.starts_with('/') || bare.contains(['{', '}']) || !(pattern.contains("{slug}") || pattern.contains("{path}")) {
                self.fault(
                    &format!("routes.{kind}"),
                    format!("`{pattern}` is not the pattern of an address."),
                    "Write a path with `{slug}` or `{path}`, and `{year}` if you like: `/records/{slug}/`.",
                );
            }
            routes.insert(kind.clone(), pattern.to_owned());
        }
        routes
    }

    fn channels(&mut self, fields: &Fields, languages: &[Lang]) -> Vec<ChannelSettings> {
        let entries: Vec<(String, Value)> = named(fields, "channels").cloned().collect();
        let channels: Vec<ChannelSettings> =
            entries.into_iter().filter_map(|(name, value)| self.channel(&name, &value, languages)).collect();
        for (at, channel) in channels.iter().enumerate() {
            let twin =
                channels[..at].iter().find(|other| other.platform == channel.platform && identity(&other.own) == identity(&channel.own));
            if let Some(twin) = twin {
                let message = format!(
                    "`{}` and `{}` are the same account, so each thing would be told on one of them only.",
                    twin.name, channel.name
                );
                self.fault(
                    &format!("channels.{}", channel.name),
                    message,
                    "Say who each of them is, with `handle:` or its own address; or keep one of the two.",
                );
            }
        }
        channels
    }

    /// A channel is read by the table of its platform, so it is read again as YAML of its own.
    fn channel(&mut self, name: &str, value: &Value, languages: &[Lang]) -> Option<ChannelSettings> {
        let at = format!("channels.{name}");
        let Value::Any(value) = value else { return None };
        let platform = value.get("platform").and_then(|platform| platform.as_str()).unwrap_or_default().to_owned();
        let Some((_, own_table)) = self.platforms.iter().copied().find(|(known, _)| *known == platform) else {
            let known: Vec<&str> = self.platforms.iter().map(|(name, _)| *name).collect();
            let near = scalar::nearest(&platform, known.iter().copied());
            let help = near.map_or_else(
                || format!("Write one of: {}.", known.join(", ")),
                |near| format!("Did you mean `{near}`? One of: {}.", known.join(", ")),
            );
            self.fault(&format!("{at}.platform"), format!("There is no platform `{}`.", scalar::shown(&platform)), help);
            return None;
        };
        let fields = self.channel_fields(&at, value, own_table)?;
        let secrets = own_table.iter().filter(|field| matches!(field.shape, Shape::Secret));
        let secrets: BTreeMap<String, SecretRef> =
            secrets.filter_map(|field| fields.text(field.name).map(|text| (field.name.to_owned(), secret_ref(text)))).collect();
        let own = own_table.iter().filter(|field| !matches!(field.shape, Shape::Secret));
        let own = Fields(own.filter_map(|field| fields.get(field.name).map(|value| (field.name, value.clone()))).collect());
        let mut channel_languages = langs(&fields, "languages");
        for lang in channel_languages.clone() {
            if !languages.contains(&lang) {
                self.fault(
                    &format!("{at}.languages"),
                    format!("`{lang}` is not a language of the site."),
                    "Add it to `languages:` at the top, or remove it here.",
                );
            }
        }
        if channel_languages.is_empty() {
            channel_languages.push(languages[0]);
        }
        let kinds = self.channel_kinds(&at, &fields);
        let on: Vec<Event> = fields.texts("on").filter_map(|word| word.parse().ok()).collect();
        Some(ChannelSettings {
            name: name.to_owned(),
            label: fields.get("label").map(|label| localised(Some(label))),
            profile: fields.text("profile").map(str::to_owned),
            platform,
            own,
            secrets,
            languages: channel_languages,
            kinds,
            audiences: fields.texts("audiences").map(str::to_owned).collect(),
            on: if on.is_empty() { Event::ALL.to_vec() } else { on },
            correct_by: match fields.text("correct_by") {
                Some("edit") => CorrectBy::Edit,
                Some("replace") => CorrectBy::Replace,
                _ => CorrectBy::Reply,
            },
            template: named(&fields, "template").map(|(name, value)| (name.clone(), localised(Some(value)))).collect(),
        })
    }

    fn channel_fields(&mut self, at: &str, value: &serde_json::Value, own: &'static [Field]) -> Option<Fields> {
        use super::fields::{Context, MapSeed, Trail};
        use serde::de::DeserializeSeed;
        let context = Context { ids: &AnyId, complete: true, problems: Default::default() };
        let text = serde_yaml::to_string(value).ok()?;
        let tree = super::node::parse(&text).ok()?;
        let seed = MapSeed { tables: &[CHANNEL, own], trail: &Trail::TOP, context: &context };
        let fields = seed.deserialize(super::node::Reader { node: &tree, typed: false }).ok()?;
        let problems = context.problems.into_inner();
        for problem in &problems {
            let field = if problem.path.is_empty() { at.to_owned() } else { format!("{at}.{}", problem.path) };
            self.out.push(Finding::error(problem.code, Place::field(self.source.path.as_str(), field), &problem.message, &problem.help));
        }
        problems.is_empty().then_some(fields)
    }

    fn channel_kinds(&mut self, at: &str, fields: &Fields) -> Vec<&'static str> {
        let typed: Vec<&str> = fields.texts("kinds").collect();
        if typed.is_empty() {
            return self.kinds.iter().map(|kind| kind.name).filter(|name| !matches!(*name, "page" | "service")).collect();
        }
        let mut kinds = Vec::new();
        for name in typed {
            match self.kinds.iter().find(|kind| kind.name == name) {
                Some(kind) => kinds.push(kind.name),
                None => {
                    let near = scalar::nearest(name, self.kinds.iter().map(|kind| kind.name));
                    self.fault(
                        &format!("{at}.kinds"),
                        format!("There is no kind `{}`.", scalar::shown(name)),
                        near.map_or_else(String::new, |near| format!("Did you mean `{near}`?")),
                    );
                }
            }
        }
        kinds
    }
}

/// What tells one account of a platform from another, as far as the settings say it.
fn identity(own: &Fields) -> Vec<Option<&Value>> {
    ["server", "handle", "url", "account", "command"].map(|name| own.get(name)).to_vec()
}

fn cards(fields: &Fields) -> CardSettings {
    let off = matches!(fields.get("cards"), Some(Value::Off));
    let own = fields.map("cards").cloned().unwrap_or_default();
    let shape = |word: &str| match word {
        "og" => CardShape::Og,
        "square" => CardShape::Square,
        _ => CardShape::Tall,
    };
    let format = |word: &str| if word == "jpeg" { CardFormat::Jpeg } else { CardFormat::Png };
    let mut shapes: Vec<CardShape> = own.texts("sizes").map(shape).collect();
    if shapes.is_empty() {
        shapes = vec![CardShape::Og, CardShape::Square, CardShape::Tall];
    }
    let formats: Vec<CardFormat> = own.texts("formats").map(format).collect();
    let usual = |shape: &CardShape| if *shape == CardShape::Og { CardFormat::Png } else { CardFormat::Jpeg };
    let in_formats = |shape: &CardShape| if formats.is_empty() { vec![usual(shape)] } else { formats.clone() };
    let mut made = Vec::new();
    for pair in shapes.iter().flat_map(|shape| in_formats(shape).into_iter().map(|format| (*shape, format))) {
        if !off && !made.contains(&pair) {
            made.push(pair);
        }
    }
    CardSettings { made, days: own.count("days").unwrap_or(400).min(100_000) as u32 }
}

fn secret_ref(text: &str) -> SecretRef {
    match text.split_once(':') {
        Some(("file", path)) => SecretRef::File(path.to_owned()),
        Some(("command", line)) => SecretRef::Command(line.split_whitespace().map(str::to_owned).collect()),
        Some((_, name)) => SecretRef::Env(name.to_owned()),
        None => SecretRef::Env(text.to_owned()),
    }
}

fn named<'f>(fields: &'f Fields, name: &str) -> impl Iterator<Item = &'f (String, Value)> + use<'f> {
    match fields.get(name) {
        Some(Value::Named(entries)) => entries.iter(),
        _ => [].iter(),
    }
}

fn langs(fields: &Fields, name: &str) -> Vec<Lang> {
    let langs = fields.list(name).iter();
    langs.filter_map(|value| if let Value::Lang(lang) = value { Some(*lang) } else { None }).collect()
}

/// Text in one or several languages, from a value of that shape.
pub fn localised(value: Option<&Value>) -> Localised {
    match value {
        Some(Value::Named(entries)) => Localised {
            any: None,
            by_lang: entries.iter().filter_map(|(lang, text)| Some((lang.parse().ok()?, text.text()?.to_owned()))).collect(),
        },
        Some(value) => Localised::same(value.text().unwrap_or_default()),
        None => Localised::default(),
    }
}

fn terms(fields: &Fields, name: &str) -> Vec<Term> {
    let entries = named(fields, name);
    let term = |(id, value): &(String, Value)| {
        let empty = Fields::default();
        let own = value.map().unwrap_or(&empty);
        Term { id: id.clone(), name: localised(own.get("name")), about: localised(own.get("about")), seats: own.count("seats") }
    };
    entries.map(term).collect()
}
