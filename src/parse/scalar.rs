//! In: the text of a value and the shape it must have. Out: a typed value, or what is wrong in plain words.

use super::fields::Ids;
use crate::model::date::{DateError, Day, Instant, Stamp};
use crate::model::kind::Shape;
use crate::model::record::Value;
use crate::text::invisible;

/// What is wrong with a value.
pub struct Fault {
    /// Code of the finding.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

fn fault(code: &'static str, message: impl Into<String>, help: impl Into<String>) -> Fault {
    Fault { code, message: message.into(), help: help.into() }
}

/// Reads the text of a value by its shape.
pub fn read(shape: &Shape, text: &str, ids: &dyn Ids) -> Result<Value, Fault> {
    if text.is_empty() && !matches!(shape, Shape::Text | Shape::Markdown | Shape::Localised) {
        return Err(fault("empty-value", "The field has no value.", "Write a value, or remove the line."));
    }
    match shape {
        Shape::Text | Shape::Ref(_) | Shape::Localised => plain(text),
        Shape::Markdown => plain(text).map(|_| Value::Markdown(text.to_owned())),
        Shape::Flag => match text {
            "true" => Ok(Value::Flag(true)),
            "false" => Ok(Value::Flag(false)),
            _ => Err(fault(
                "not-a-flag",
                format!("`{}` is neither `true` nor `false`.", shown(text)),
                "Write `true` or `false`, without quotes.",
            )),
        },
        Shape::Count => text.parse().map(Value::Count).map_err(|_| {
            fault("not-a-count", format!("`{}` is not a whole number from 0.", shown(text)), "Write digits only, such as `31`.")
        }),
        Shape::Day => text.parse::<Day>().map(Value::Day).map_err(|error| date_fault(&error)),
        Shape::Instant => text.parse::<Instant>().map(Value::Instant).map_err(|error| date_fault(&error)),
        Shape::Stamp => text.parse::<Stamp>().map_err(|error| date_fault(&error)).map(|stamp| match stamp {
            Stamp::Day(day) => Value::Day(day),
            Stamp::Instant(instant) => Value::Instant(instant),
        }),
        Shape::Url => url(text),
        Shape::OldPath => old_path(text),
        Shape::File => file(text),
        Shape::Word(words) => word(text, words),
        Shape::Id(list) => match ids.of(*list) {
            Some(known) if !known.contains(&text) => Err(unknown_id(text, list.name(), &known)),
            _ => Ok(Value::Text(text.to_owned())),
        },
        Shape::Lang => text.parse().map(Value::Lang).map_err(|error: crate::model::lang::NotALang| {
            fault("not-a-language", error.to_string(), "Write a tag such as `sv`, `en` or `kk`.")
        }),
        Shape::Secret => secret(text),
        Shape::Colour => {
            let hex = text.strip_prefix('#').unwrap_or_default();
            let fits = hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit());
            let error = || {
                fault(
                    "not-a-colour",
                    format!("`{}` is not a colour.", shown(text)),
                    "Write six hex digits in quotes, such as `\"#0f5257\"`.",
                )
            };
            if fits { Ok(Value::Text(text.to_ascii_lowercase())) } else { Err(error()) }
        }
        Shape::MapOrOff(_) if text == "false" => Ok(Value::Off),
        Shape::List(_) | Shape::Map(_) | Shape::MapOrOff(_) | Shape::Named(_) | Shape::OneOrMany(_) | Shape::Anything => {
            Err(fault("wrong-shape", format!("`{}` is a text; it must be {}.", shown(text), wanted(shape)), as_list_help(shape, text)))
        }
    }
}

fn as_list_help(shape: &Shape, text: &str) -> String {
    match shape {
        Shape::List(Shape::Map(_)) => hint(shape),
        Shape::List(_) => format!("Write it as a list: `[{}]`.", shown(text)),
        _ => hint(shape),
    }
}

/// Refuses characters that could reverse or hide what a reader sees (threat 15).
fn plain(text: &str) -> Result<Value, Fault> {
    let control = text.chars().find(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'));
    match control.or_else(|| invisible::first(text).map(|(_, c)| c)) {
        Some(c) => Err(fault(
            "hidden-character",
            format!("An invisible character (U+{:04X}) stands in this text.", c as u32),
            "Delete it; it can turn around what readers see.",
        )),
        None => Ok(Value::Text(text.to_owned())),
    }
}

fn date_fault(error: &DateError) -> Fault {
    let help = match error {
        DateError::NotADay(_) | DateError::DayWanted(_) | DateError::NoSuchDay(_) => "Write year-month-day, such as `2026-11-18`.",
        DateError::NoZone(_) => "Add the zone, such as `2026-11-18T17:00:00+01:00`, or write the day alone where the field is a day.",
        DateError::NotAnInstant(_) | DateError::InstantWanted(_) => "Write day, time and zone, such as `2026-11-18T17:00:00+01:00`.",
    };
    fault("bad-date", error.to_string(), help)
}

fn url(text: &str) -> Result<Value, Fault> {
    let relative = text.starts_with('/') || text.starts_with('#') || text.starts_with("./") || text.starts_with("../");
    let scheme = text.split_once(':').map(|(scheme, _)| scheme.to_ascii_lowercase());
    let known = matches!(scheme.as_deref(), Some("http" | "https" | "mailto" | "tel"));
    let clean = !text.chars().any(|c| c.is_control() || c.is_whitespace());
    if clean && !text.starts_with("//") && (relative || known) {
        return Ok(Value::Text(text.to_owned()));
    }
    Err(fault(
        "bad-url",
        format!("`{}` is not an address that a page may link to.", shown(text)),
        "Write `https://…`, `mailto:…`, `tel:…`, or a path that begins with `/`.",
    ))
}

fn old_path(text: &str) -> Result<Value, Fault> {
    if !text.starts_with('/') {
        return Err(fault(
            "bad-alias",
            format!("`{}` is not a path on the site.", shown(text)),
            format!("Begin it with `/`: `/{}`.", shown(text)),
        ));
    }
    match crate::model::route::Route::new(text) {
        Ok(_) => Ok(Value::Text(text.to_owned())),
        Err(error) => {
            Err(fault("bad-alias", error.to_string(), "Write the old path as it stood in the address bar, without the site's name."))
        }
    }
}

fn file(text: &str) -> Result<Value, Fault> {
    match crate::model::route::SafePath::new(text) {
        Ok(path) => Ok(Value::Text(path.as_str().to_owned())),
        Err(error) => Err(fault("bad-file", error.to_string(), "Name a file that lies in the record's own folder.")),
    }
}

fn word(text: &str, words: &[&'static str]) -> Result<Value, Fault> {
    if let Some(word) = words.iter().find(|word| **word == text) {
        return Ok(Value::Word(word));
    }
    let help = match nearest(text, words.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`? One of: {}.", words.join(", ")),
        None => format!("Write one of: {}.", words.join(", ")),
    };
    Err(fault("unknown-word", format!("`{}` is not one of the words of this field.", shown(text)), help))
}

fn unknown_id(text: &str, list: &str, known: &[&str]) -> Fault {
    let help = match nearest(text, known.iter().copied()) {
        Some(near) => format!("Did you mean `{near}`? Or add `{}` to `{list}:` in promulgate.yaml.", shown(text)),
        None => format!("Add `{}` to `{list}:` in promulgate.yaml, or use one of: {}.", shown(text), known.join(", ")),
    };
    fault("unknown-id", format!("`{}` is not in the site's list of {list}.", shown(text)), help)
}

fn secret(text: &str) -> Result<Value, Fault> {
    let known = text.split_once(':').is_some_and(|(kind, rest)| matches!(kind, "env" | "file" | "command") && !rest.trim().is_empty());
    if known {
        return Ok(Value::Text(text.to_owned()));
    }
    Err(fault(
        "secret-in-settings",
        "A secret must not stand in the settings.",
        "Write where it is found: `env:NAME`, `file:PATH` or `command:PROGRAM`; if this was a real secret, replace it at the platform now.",
    ))
}

/// What a shape wants, for `it must be …`.
pub fn wanted(shape: &Shape) -> &'static str {
    match shape {
        Shape::Text | Shape::Markdown | Shape::Localised => "text",
        Shape::Flag => "`true` or `false`",
        Shape::Count => "a whole number",
        Shape::Day => "a day",
        Shape::Instant => "a date, time and zone",
        Shape::Stamp => "a day, or a date, time and zone",
        Shape::Url => "an address",
        Shape::OldPath => "a path on the site",
        Shape::File => "the name of a file",
        Shape::Word(_) => "one word of a list",
        Shape::Id(_) => "an id of the settings",
        Shape::Ref(_) => "the id of a record",
        Shape::Lang => "a language",
        Shape::Secret => "a reference to a secret",
        Shape::Colour => "a colour",
        Shape::List(_) => "a list",
        Shape::OneOrMany(_) => "one value or a list",
        Shape::Map(_) => "named fields",
        Shape::MapOrOff(_) => "named fields, or `false`",
        Shape::Named(_) => "names with values",
        Shape::Anything => "anything",
    }
}

/// How a shape is written.
pub fn hint(shape: &Shape) -> String {
    match shape {
        Shape::Text | Shape::Markdown | Shape::Localised => "Write the text on the same line, in quotes if it holds `: `.".into(),
        Shape::List(Shape::Map(_)) => "Write one item a line, each begun with `- `, its fields below each other.".into(),
        Shape::List(_) | Shape::OneOrMany(_) => "Write `[one, two]`, or one item a line begun with `- `.".into(),
        Shape::Map(fields) | Shape::MapOrOff(fields) => fields
            .first()
            .map_or_else(String::new, |field| format!("Write indented lines `key: value`, such as `{}: {}`.", field.name, field.example)),
        _ => format!("Write {}.", wanted(shape)),
    }
}

/// The known name that the typed one most likely meant.
pub fn nearest<'n>(typed: &str, known: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let typed = typed.to_lowercase();
    known
        .map(|name| (strsim::damerau_levenshtein(&typed, &name.to_lowercase()), strsim::jaro_winkler(&typed, &name.to_lowercase()), name))
        .filter(|(edits, alike, name)| *edits <= 1 + name.len() / 5 || *alike > 0.9)
        .min_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)))
        .map(|(_, _, name)| name)
}

/// Whether what is sent to this address can be overheard by nobody on the way: HTTPS, or HTTP on this machine; and no name
/// or password stands in it.
pub fn is_private(address: &str) -> bool {
    url::Url::parse(address).is_ok_and(|url| {
        let here = matches!(url.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
        url.has_host() && url.username().is_empty() && (url.scheme() == "https" || url.scheme() == "http" && here)
    })
}

/// Text cut to a length that fits a message, its control characters made visible.
pub fn shown(text: &str) -> String {
    let mut cut: String =
        text.chars().take(60).flat_map(|c| if c.is_control() { c.escape_default().collect::<Vec<_>>() } else { vec![c] }).collect();
    if text.chars().count() > 60 {
        cut.push('…');
    }
    cut
}
