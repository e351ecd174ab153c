//! In: what a file said. Out: a record in one language: its kind, its typed fields, where its body lies.

use crate::model::date::{Day, Instant, Stamp};
use crate::model::finding::Place;
use crate::model::kind::Kind;
use crate::model::lang::Lang;
use crate::model::source::Source;
use serde::{Deserialize, Serialize};
use std::fmt;
use std::ops::Range;

/// The identity of a record in all its languages: its path below `content/` without language and ending, such as
/// `decisions/2026/night-buses`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RecordId(pub String);

impl RecordId {
    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last part, such as `night-buses`.
    pub fn slug(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or_default()
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A typed value of a field.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text as typed (also addresses, ids, references to records, file names, secrets by reference).
    Text(String),
    /// Markdown as typed.
    Markdown(String),
    /// Yes or no.
    Flag(bool),
    /// A whole number from 0.
    Count(u64),
    /// A calendar day.
    Day(Day),
    /// A point in time.
    Instant(Instant),
    /// A word of the field's closed list.
    Word(&'static str),
    /// A language.
    Lang(Lang),
    /// A list.
    List(Vec<Value>),
    /// Named fields, in the order of the kind's table.
    Map(Fields),
    /// Names of the site's own, in the order they were written.
    Named(Vec<(String, Value)>),
    /// `false` where a map could stand.
    Off,
    /// Anything, for themes.
    Any(serde_json::Value),
}

impl Value {
    /// The text of a text, Markdown or word.
    pub fn text(&self) -> Option<&str> {
        match self {
            Value::Text(text) | Value::Markdown(text) => Some(text),
            Value::Word(word) => Some(word),
            _ => None,
        }
    }

    /// The fields of a map.
    pub fn map(&self) -> Option<&Fields> {
        match self {
            Value::Map(fields) => Some(fields),
            _ => None,
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Value] {
        match self {
            Value::List(items) => items,
            _ => &[],
        }
    }

    /// A day or instant.
    pub fn stamp(&self) -> Option<Stamp> {
        match self {
            Value::Day(day) => Some(Stamp::Day(*day)),
            Value::Instant(instant) => Some(Stamp::Instant(*instant)),
            _ => None,
        }
    }
}

/// Named values, in the order of the table that they were read by.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Fields(pub Vec<(&'static str, Value)>);

impl Fields {
    /// The value of a field, if it was given.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    /// The text of a field.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.get(name)?.text()
    }

    /// Whether a flag is set.
    pub fn flag(&self, name: &str) -> bool {
        matches!(self.get(name), Some(Value::Flag(true)))
    }

    /// The number of a field.
    pub fn count(&self, name: &str) -> Option<u64> {
        match self.get(name)? {
            Value::Count(number) => Some(*number),
            _ => None,
        }
    }

    /// The day of a field; an instant gives its own day.
    pub fn day(&self, name: &str) -> Option<Day> {
        self.stamp(name).map(Stamp::own_day)
    }

    /// The instant of a field that holds one.
    pub fn instant(&self, name: &str) -> Option<Instant> {
        match self.get(name)? {
            Value::Instant(instant) => Some(*instant),
            _ => None,
        }
    }

    /// The day or instant of a field.
    pub fn stamp(&self, name: &str) -> Option<Stamp> {
        self.get(name)?.stamp()
    }

    /// The items of a list field; none where it was not given.
    pub fn list(&self, name: &str) -> &[Value] {
        self.get(name).map_or(&[], Value::items)
    }

    /// The texts of a list field.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = &str> {
        self.list(name).iter().filter_map(Value::text)
    }

    /// The maps of a list field.
    pub fn maps(&self, name: &str) -> impl Iterator<Item = &Fields> {
        self.list(name).iter().filter_map(Value::map)
    }

    /// The fields of a map field.
    pub fn map(&self, name: &str) -> Option<&Fields> {
        self.get(name)?.map()
    }
}

/// A record in one language, as one file says it; a translation has already inherited what is not words.
#[derive(Debug, Clone)]
pub struct Record {
    /// Its identity in all languages.
    pub id: RecordId,
    /// The language of this file.
    pub lang: Lang,
    /// Whether the file is the default language's, from which the others inherit.
    pub original: bool,
    /// Its kind.
    pub kind: &'static Kind,
    /// The file.
    pub source: Source,
    /// The bytes of the source that are the Markdown body.
    pub body: Range<usize>,
    /// Its fields, common and own.
    pub fields: Fields,
    /// Names of the fields that this very file gave, before inheriting.
    pub own: Vec<&'static str>,
}

impl Record {
    /// The Markdown below the front matter.
    pub fn body(&self) -> &str {
        &self.source.text[self.body.clone()]
    }

    /// The title.
    pub fn title(&self) -> &str {
        self.fields.text("title").unwrap_or_default()
    }

    /// The summary, if one was written.
    pub fn summary(&self) -> Option<&str> {
        self.fields.text("summary")
    }

    /// The place of a field, for findings.
    pub fn place(&self, field: impl Into<String>) -> Place {
        Place::field(self.source.path.as_str(), field)
    }

    /// The place of a stretch of the body; offsets count from the body's beginning.
    pub fn body_place(&self, range: Range<usize>) -> Place {
        Place::span(self.source.path.as_str(), &self.source.text, self.body.start + range.start, self.body.start + range.end)
    }
}
