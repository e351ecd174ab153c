//! In: a file's front matter and the map. Out: fields as a record has them, read by the same tables that `check` uses.
//!
//! A value that cannot be read is left out with a note and kept under `extra`; where the field is required, the whole
//! file is rejected, with the line.

use super::importer::Tables;
use super::map::{Origin, Source};
use super::words;
use super::world::World;
use crate::model::date::{Instant, Stamp};
use crate::model::kind::{Field, Kind, Need, Shape};
use crate::text::links::{Resolution, by_form};
use serde_yaml::{Mapping, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What a file's front matter says.
#[derive(Debug, Clone, Copy)]
pub struct Front<'f> {
    /// The keys.
    pub keys: &'f Mapping,
    /// As typed, for line numbers.
    pub yaml: &'f str,
    /// The line of the file on which it begins.
    pub first_line: usize,
}

impl Front<'_> {
    /// The line, from 1, that a key stands on.
    pub fn line(&self, key: &str) -> usize {
        let found = self.yaml.lines().position(|line| line.strip_prefix(key).is_some_and(|rest| rest.trim_start().starts_with(':')));
        self.first_line + found.unwrap_or(0)
    }
}

/// The fields of one record.
#[derive(Debug, Default)]
pub struct Taken {
    /// Fields in the order of the tables, then `extra`.
    pub fields: Mapping,
    /// What was left out and why.
    pub notes: Vec<String>,
}

/// Reads all fields of a kind; the error is the line and the reason.
pub fn take(
    front: Front<'_>,
    origins: &BTreeMap<String, Origin>,
    (kind, tables): (&'static Kind, Tables),
    world: &mut World,
) -> Result<Taken, (usize, String)> {
    let (mut taken, mut used) = (Taken::default(), BTreeSet::new());
    for field in tables.common.iter().chain(kind.fields) {
        let Some(origin) = origins.get(field.name) else { continue };
        let source = origin.source();
        let read = Reading { front, source: &source, tables, world, notes: Vec::new() }.field(field);
        match read {
            Ok((Some(value), notes)) => {
                taken.fields.insert(field.name.into(), value);
                taken.notes.extend(notes);
                used.extend(source.from.iter().cloned());
            }
            Ok((None, notes)) => taken.notes.extend(notes),
            Err(why) if field.need == Need::Required && field.name != "title" => {
                return Err((
                    front.line(source.from.first().map_or("", String::as_str)),
                    format!("`{}` is needed, but {why}.", field.name),
                ));
            }
            Err(why) => taken.notes.push(format!("`{}` was left out: {why}.", field.name)),
        }
    }
    let missing = kind.fields.iter().find(|field| field.need == Need::Required && !taken.fields.contains_key(field.name));
    if let Some(field) = missing {
        return Err((front.first_line, format!("The file says nothing for `{}`, which every {} must have.", field.name, kind.name)));
    }
    let extra: Mapping = front.keys.iter().filter_map(|(key, value)| kept(key, value, &used)).collect();
    if !extra.is_empty() {
        taken.fields.insert("extra".into(), Value::Mapping(extra));
    }
    Ok(taken)
}

fn kept(key: &Value, value: &Value, used: &BTreeSet<String>) -> Option<(Value, Value)> {
    let key = scalar(key).filter(|key| !used.contains(key))?;
    Some((Value::String(words::one_line(&key)), tidy(value)?))
}

/// A value without nothings and without characters that no one sees.
fn tidy(value: &Value) -> Option<Value> {
    match value {
        Value::Null => None,
        Value::String(text) => Some(words::visible(text)).filter(|text| !text.trim().is_empty()).map(Value::String),
        Value::Sequence(items) => {
            Some(items.iter().filter_map(tidy).collect::<Vec<_>>()).filter(|items| !items.is_empty()).map(Value::Sequence)
        }
        Value::Mapping(map) => {
            let pairs: Mapping = map.iter().filter_map(|(key, value)| kept(key, value, &BTreeSet::new())).collect();
            (!pairs.is_empty()).then_some(Value::Mapping(pairs))
        }
        Value::Tagged(tagged) => tidy(&tagged.value),
        other => Some(other.clone()),
    }
}

/// A single value as text.
pub fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Tagged(tagged) => scalar(&tagged.value),
        _ => None,
    }
}

struct Reading<'r> {
    front: Front<'r>,
    source: &'r Source,
    tables: Tables,
    world: &'r mut World,
    notes: Vec<String>,
}

type Read = Result<(Option<Value>, Vec<String>), String>;

impl Reading<'_> {
    fn field(mut self, field: &Field) -> Read {
        let values = values(self.front.keys, self.source);
        let value = match &field.shape {
            Shape::List(inner) | Shape::OneOrMany(inner) => self.list(inner, &values),
            shape => match values.first() {
                Some(first) => self.one(shape, first)?,
                None => None,
            },
        };
        Ok((value, self.notes))
    }

    /// A list of what can be read; the rest is noted.
    fn list(&mut self, shape: &Shape, values: &[Value]) -> Option<Value> {
        let mut items: Vec<Value> = Vec::new();
        for value in values {
            match self.one(shape, value) {
                Ok(Some(item)) if !items.contains(&item) => items.push(item),
                Ok(_) => {}
                Err(why) => self.notes.push(format!("One value was left out: {why}.")),
            }
        }
        (!items.is_empty()).then_some(Value::Sequence(items))
    }

    fn one(&mut self, shape: &Shape, value: &Value) -> Result<Option<Value>, String> {
        if matches!(shape, Shape::Map(_) | Shape::MapOrOff(_) | Shape::Named(_) | Shape::Anything) {
            return Ok(tidy(value));
        }
        let Some(text) = scalar(value) else { return Err("it is a list or a map where one value belongs".to_owned()) };
        let text = self.source.words.get(text.trim()).cloned().unwrap_or(text);
        if text.trim().is_empty() {
            return Ok(None);
        }
        self.text(shape, text.trim()).map(Some)
    }

    fn text(&mut self, shape: &Shape, text: &str) -> Result<Value, String> {
        let shown: String = text.chars().take(60).collect();
        let stamp = || words::stamp(text).ok_or(format!("`{shown}` is not a date that can be read with certainty"));
        Ok(match shape {
            Shape::Flag => Value::Bool(matches!(text, "true" | "yes" | "1")),
            Shape::Count => Value::Number(text.parse::<u64>().map_err(|_| format!("`{shown}` is not a number"))?.into()),
            Shape::Day => stamp()?.own_day().to_string().into(),
            Shape::Stamp => stamp()?.to_string().into(),
            Shape::Instant => self.instant(stamp()?).to_string().into(),
            Shape::Markdown => words::visible(text).into(),
            Shape::Url => address(text).ok_or(format!("`{shown}` is not an address that a page may link to"))?.into(),
            Shape::OldPath => words::old_path(text).ok_or(format!("`{shown}` is not an address on this site"))?.into(),
            Shape::Word(list) if !list.contains(&text) => return Err(format!("`{shown}` is none of: {}", list.join(", "))),
            Shape::Id(list) => self.world.term(*list, text).ok_or(format!("`{shown}` has no letters for a name"))?.into(),
            Shape::Ref(kind) => self.reference(*kind, text).ok_or(format!("no record stands for `{shown}`"))?.into(),
            _ => words::one_line(text).into(),
        })
    }

    fn instant(&self, stamp: Stamp) -> Instant {
        match stamp {
            Stamp::Instant(instant) => instant,
            Stamp::Day(day) => Instant::utc(day.begins(&self.world.zone)).in_zone(&self.world.zone),
        }
    }

    fn reference(&mut self, kind: Option<&'static str>, text: &str) -> Option<String> {
        let file = self.source.file.as_ref().map_or_else(|| text.to_owned(), |file| file.replace("{value}", text));
        if let Some(id) = self.world.record_of(&file).map(str::to_owned) {
            let folder = kind.and_then(|kind| self.tables.kinds.iter().find(|known| known.name == kind)).map(|kind| kind.folder);
            return Some(id).filter(|id| folder.is_none_or(|folder| id.split('/').next() == Some(folder)));
        }
        let kind = self.tables.kinds.iter().find(|known| self.source.make && Some(known.name) == kind)?;
        self.world.make(kind, &words::one_line(text))
    }
}

fn address(text: &str) -> Option<String> {
    match by_form(text) {
        Resolution::External(address) => Some(address),
        Resolution::Href(path) if path.starts_with('/') => Some(path),
        _ => None,
    }
}

/// All values that the keys of a source hold, lists laid out flat, texts parted; else the value that stands for none.
pub fn values(front: &Mapping, source: &Source) -> Vec<Value> {
    let mut values = Vec::new();
    for value in source.from.iter().filter_map(|key| front.get(key.as_str())) {
        match value {
            Value::Sequence(items) => values.extend(items.iter().cloned()),
            Value::String(text) => match &source.split {
                Some(mark) => values.extend(text.split(mark.as_str()).map(|part| Value::from(part.trim()))),
                None => values.push(value.clone()),
            },
            other => values.push(other.clone()),
        }
    }
    values.retain(|value| !matches!(value, Value::Null) && scalar(value).is_none_or(|text| !text.trim().is_empty()));
    match &source.otherwise {
        Some(Value::Sequence(items)) if values.is_empty() => items.iter().map(|item| filled(item, front)).collect(),
        Some(other) if values.is_empty() => vec![filled(other, front)],
        _ => values,
    }
}

/// A text with `{key}` replaced by the value of that key.
fn filled(value: &Value, front: &Mapping) -> Value {
    let Value::String(text) = value else { return value.clone() };
    let keys = front.iter().filter_map(|(key, value)| Some((scalar(key)?, scalar(value)?)));
    Value::String(keys.fold(text.clone(), |text, (key, value)| text.replace(&format!("{{{key}}}"), &value)))
}
