//! In: `promulgate.yaml`. Out: complete settings with their defaults, and the table that says what may stand there.

use super::fields::AnyId;
pub use super::settings_table::{CHANNEL, SETTINGS};
use super::{Demand, read, scalar};
use crate::model::finding::{Checked, Finding, Findings, Place, Span, Spot};
use crate::model::kind::{Field, Kind};
use crate::model::lang::Lang;
use crate::model::record::{Fields, Value};
use crate::model::settings::{AnnounceSettings, CardFormat, CardSettings, CardShape, Ending, Hours, Localised, Reminders, Settings, Term};
use crate::model::source::Source;
use crate::text::tokens;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

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
    if let Some(finding) = pasted(source) {
        findings.iter_mut().for_each(hush);
        findings.push(finding);
    }
    let settings = settings.filter(|_| !findings.has_errors());
    Checked::new(settings, findings)
}

/// Takes what looks like a secret out of a finding.
fn hush(finding: &mut Finding) {
    finding.message = tokens::masked(&finding.message);
    finding.help = tokens::masked(&finding.help);
    if let Some(Place { spot: Spot::Span(span), .. }) = &mut finding.place {
        span.text = tokens::masked(&span.text);
    }
}

/// A token that stands in the settings, whatever the key: found by its shape, and masked where it is shown.
fn pasted(source: &Source) -> Option<Finding> {
    let (range, what) = tokens::first(&source.text)?;
    let mut span = Span::of(&source.text, range.start, range.end);
    span.text = tokens::masked(&span.text);
    let place = Place { path: source.path.to_string(), spot: Spot::Span(span) };
    Some(Finding::error(
        "secret-in-settings",
        place,
        format!("Here stands what looks like {what}; a secret must not stand in the settings."),
        "Write where it is found: `env:NAME`, `file:PATH` or `command:PROGRAM`; if this was a real secret, replace it at the platform now.",
    ))
}

pub(super) struct Reader<'r> {
    pub(super) source: &'r Source,
    pub(super) kinds: &'r [&'static Kind],
    pub(super) platforms: &'r [PlatformFields],
    pub(super) out: &'r mut Findings,
}

impl Reader<'_> {
    pub(super) fn fault(&mut self, field: &str, message: impl Into<String>, help: impl Into<String>) {
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
            transport_security: self.transport_security(fields),
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
                quiet_hours: self.quiet_hours(&announce),
                reminders: reminders(&announce),
                stop: announce.text("stop").map(str::to_owned),
            },
            state: self.state(fields),
            log: fields.map("log").and_then(|log| self.log(log)),
            extra: match fields.get("extra") {
                Some(Value::Any(value)) => value.clone(),
                _ => serde_json::Value::Null,
            },
        })
    }

    /// A hub is asked over HTTPS, or over HTTP on this machine; it stands in headers, so it is plain ASCII.
    fn hub(&mut self, typed: &str) -> String {
        let written = url::Url::parse(typed).map(String::from).unwrap_or_default();
        if !scalar::is_private(typed)
            || !written.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'<' | b'>' | b'"' | b',' | b';'))
        {
            let message = format!("`{}` is not the address of a hub.", scalar::shown(typed));
            self.fault("hub", message, "Write an address that begins with `https://`, such as `https://hub.norrvik.example/`.");
        }
        written
    }

    /// The header that tells browsers to use TLS alone (RFC 6797; hstspreload.org for what its list asks).
    fn transport_security(&mut self, fields: &Fields) -> Option<String> {
        const YEAR: u64 = 31_536_000;
        if matches!(fields.get("transport_security"), Some(Value::Off)) {
            return None;
        }
        let own = fields.map("transport_security").cloned().unwrap_or_default();
        let (age, subdomains, preload) = (own.count("max_age").unwrap_or(YEAR), own.flag("subdomains"), own.flag("preload"));
        if preload && (!subdomains || age < YEAR) {
            let help = "Add `subdomains: true` and a `max_age:` of a year or more, or take `preload:` away.";
            self.fault("transport_security.preload", "The browsers' list takes no domain on these terms.", help);
        }
        let more = if subdomains { "; includeSubDomains" } else { "" };
        Some(format!("max-age={age}{more}{}", if preload { "; preload" } else { "" }))
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

    fn quiet_hours(&mut self, announce: &Fields) -> Option<Hours> {
        let text = announce.text("quiet_hours")?;
        let hours = Hours::parse(text);
        if hours.is_none() {
            let message = format!("`{}` are no hours of a day.", scalar::shown(text));
            self.fault("announce.quiet_hours", message, "Write from and until by the clock of the body: `21:00-07:00`.");
        }
        hours
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
}

fn reminders(announce: &Fields) -> Reminders {
    let own = announce.map("reminders").cloned().unwrap_or_default();
    let usual = Reminders::default();
    let days = |name: &str, usual: u32| own.count(name).map_or(usual, |days| days.min(365) as u32);
    Reminders {
        consultation: days("consultation", usual.consultation),
        appeal: days("appeal", usual.appeal),
        maintenance: days("maintenance", usual.maintenance),
    }
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

pub(super) fn named<'f>(fields: &'f Fields, name: &str) -> impl Iterator<Item = &'f (String, Value)> + use<'f> {
    match fields.get(name) {
        Some(Value::Named(entries)) => entries.iter(),
        _ => [].iter(),
    }
}

pub(super) fn langs(fields: &Fields, name: &str) -> Vec<Lang> {
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
        Term {
            id: id.clone(),
            name: localised(own.get("name")),
            about: localised(own.get("about")),
            hashtag: localised(own.get("hashtag")),
            seats: own.count("seats"),
        }
    };
    entries.map(term).collect()
}
