//! In: YAML and the tables that say what it may hold. Out: typed fields, and every problem by its path.
//!
//! Seeds drive the parser by the table, so a text is asked for as text and survives as typed (`2017:45`, `no`, `0123`);
//! nothing goes through an untyped value. The same seeds read `serde_yaml` (fast) and [`super::node`] (exact places).

use super::scalar;
use crate::model::kind::{Field, Need, Shape, Vocabulary};
use crate::model::record::{Fields, Value};
use crate::model::settings::Settings;
use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::cell::RefCell;
use std::fmt;

/// Something wrong with a value, by its path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Path such as `options.1.cost`; empty for the whole.
    pub path: String,
    /// Code of the finding.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to write instead.
    pub help: String,
}

/// Ids that the settings know; none while the settings themselves are read.
pub trait Ids {
    /// The ids of a list, or `None` where any will do.
    fn of(&self, list: Vocabulary) -> Option<Vec<&str>>;
}

impl Ids for Settings {
    fn of(&self, list: Vocabulary) -> Option<Vec<&str>> {
        Some(match list {
            Vocabulary::Channels => self.channels.iter().map(|channel| channel.name.as_str()).collect(),
            _ => self.terms(list).iter().map(|term| term.id.as_str()).collect(),
        })
    }
}

/// Any id will do.
pub struct AnyId;

impl Ids for AnyId {
    fn of(&self, _: Vocabulary) -> Option<Vec<&str>> {
        None
    }
}

/// What reading needs besides the text.
pub struct Context<'c> {
    /// Controlled lists.
    pub ids: &'c dyn Ids,
    /// Whether required fields must be there; a translation may leave them to the original.
    pub complete: bool,
    /// The problems found so far.
    pub problems: RefCell<Vec<Problem>>,
}

impl Context<'_> {
    pub(super) fn add(&self, trail: &Trail<'_>, code: &'static str, message: String, help: String) {
        self.problems.borrow_mut().push(Problem { path: trail.path(), code, message, help });
    }
}

/// The way to a value; becomes text only when something is wrong there.
pub struct Trail<'t> {
    up: Option<&'t Trail<'t>>,
    step: Step<'t>,
}

enum Step<'t> {
    Top,
    Key(&'t str),
    Again(&'t str, usize),
    Item(usize),
}

impl<'t> Trail<'t> {
    /// The whole.
    pub const TOP: Trail<'static> = Trail { up: None, step: Step::Top };

    fn key(&'t self, name: &'t str) -> Trail<'t> {
        Trail { up: Some(self), step: Step::Key(name) }
    }

    fn path(&self) -> String {
        let mut path = self.up.map(Trail::path).unwrap_or_default();
        if !path.is_empty() && !matches!(self.step, Step::Top) {
            path.push('.');
        }
        match self.step {
            Step::Top => {}
            Step::Key(name) => path.push_str(name),
            Step::Again(name, nth) => path.push_str(&format!("{name}#{nth}")),
            Step::Item(at) => path.push_str(&at.to_string()),
        }
        path
    }
}

/// Reads a map by one or more tables of fields.
pub struct MapSeed<'a> {
    /// The tables, searched in order.
    pub tables: &'a [&'static [Field]],
    /// The way here.
    pub trail: &'a Trail<'a>,
    /// What reading needs.
    pub context: &'a Context<'a>,
}

impl<'de> DeserializeSeed<'de> for MapSeed<'_> {
    type Value = Fields;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Fields, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for MapSeed<'_> {
    type Value = Fields;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("named fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Fields, A::Error> {
        let mut found: Vec<(usize, &'static str, Value)> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        while let Some(key) = map.next_key_seed(KeySeed)? {
            let times = seen.iter().filter(|name| **name == key).count();
            let trail = Trail { up: Some(self.trail), step: if times > 0 { Step::Again(&key, times + 1) } else { Step::Key(&key) } };
            match self.field(&key) {
                None => {
                    map.next_value::<IgnoredAny>()?;
                    self.unknown(&key, &trail);
                }
                Some((at, field)) => {
                    let value = map.next_value_seed(ValueSeed { shape: &field.shape, trail: &trail, context: self.context })?;
                    if times > 0 {
                        self.context.add(
                            &trail,
                            "duplicate-key",
                            format!("`{key}` stands here a second time."),
                            "Keep one of the two.".into(),
                        );
                    } else if let Some(value) = value {
                        found.push((at, field.name, value));
                    }
                }
            }
            seen.push(key);
        }
        self.missing(&seen);
        found.sort_by_key(|(at, ..)| *at);
        Ok(Fields(found.into_iter().map(|(_, name, value)| (name, value)).collect()))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Fields, E> {
        let what = if text.is_empty() { "is empty".to_owned() } else { format!("is the text `{}`", scalar::shown(text)) };
        self.context.add(self.trail, "wrong-shape", format!("This {what}; it must hold named fields."), self.example());
        Ok(Fields::default())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Fields, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        self.context.add(self.trail, "wrong-shape", "This is a list; it must hold named fields.".into(), self.example());
        Ok(Fields::default())
    }
}

impl MapSeed<'_> {
    fn field(&self, key: &str) -> Option<(usize, &'static Field)> {
        self.tables.iter().flat_map(|table| table.iter()).enumerate().find(|(_, field)| field.name == key)
    }

    fn unknown(&self, key: &str, trail: &Trail<'_>) {
        let names = self.tables.iter().flat_map(|table| table.iter()).map(|field| field.name);
        let help = match scalar::nearest(key, names.clone()) {
            Some(near) => format!("Did you mean `{near}`?"),
            None => format!("Fields here are: {}.", names.collect::<Vec<_>>().join(", ")),
        };
        self.context.add(trail, "unknown-key", format!("There is no field `{}`.", scalar::shown(key)), help);
    }

    fn missing(&self, seen: &[String]) {
        if !self.context.complete {
            return;
        }
        for field in self.tables.iter().flat_map(|table| table.iter()) {
            if field.need == Need::Required && !seen.iter().any(|name| name == field.name) {
                self.context.add(
                    self.trail,
                    "missing-field",
                    format!("`{}` is missing: {}", field.name, lower_first(field.about)),
                    format!("Add `{}: {}`.", field.name, field.example),
                );
            }
        }
    }

    fn example(&self) -> String {
        let first = self.tables.iter().flat_map(|table| table.iter()).next();
        first.map_or_else(String::new, |field| {
            format!("Write it as indented lines `key: value`, such as `{}: {}`.", field.name, field.example)
        })
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

struct KeySeed;

impl<'de> DeserializeSeed<'de> for KeySeed {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed {
    type Value = String;
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<String, E> {
        Ok(text.to_owned())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<String, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok("[…]".into())
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<String, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok("{…}".into())
    }
}

/// Reads one value by its shape; `None` where a problem was noted instead.
struct ValueSeed<'a> {
    shape: &'a Shape,
    trail: &'a Trail<'a>,
    context: &'a Context<'a>,
}

impl<'de> DeserializeSeed<'de> for ValueSeed<'_> {
    type Value = Option<Value>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        match self.shape {
            Shape::Anything => deserializer.deserialize_newtype_struct("anything", self),
            Shape::OneOrMany(_) | Shape::MapOrOff(_) | Shape::Localised => deserializer.deserialize_any(self),
            Shape::List(_) => deserializer.deserialize_seq(self),
            Shape::Map(_) | Shape::Named(_) => deserializer.deserialize_map(self),
            _ => deserializer.deserialize_str(self),
        }
    }
}

/// Text of which the fast parser has lost the writing: the exact path must read it again.
fn raw_lost<E: Error>() -> E {
    E::custom("a scalar whose text is needed as typed")
}

impl<'de> Visitor<'de> for ValueSeed<'_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(scalar::wanted(self.shape))
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        serde::Deserialize::deserialize(deserializer).map(|value| Some(Value::Any(value)))
    }

    fn visit_bool<E: Error>(self, flag: bool) -> Result<Option<Value>, E> {
        match (self.shape, flag) {
            (Shape::MapOrOff(_), false) => Ok(Some(Value::Off)),
            _ => Err(raw_lost()),
        }
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Option<Value>, E> {
        Err(raw_lost())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Option<Value>, E> {
        Err(raw_lost())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Option<Value>, E> {
        Err(raw_lost())
    }

    fn visit_unit<E: Error>(self) -> Result<Option<Value>, E> {
        Err(raw_lost())
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<Value>, E> {
        let shape = match self.shape {
            Shape::OneOrMany(inner) => inner,
            other => other,
        };
        match scalar::read(shape, text, self.context.ids) {
            Ok(value) if matches!(self.shape, Shape::OneOrMany(_)) => Ok(Some(Value::List(vec![value]))),
            Ok(value) => Ok(Some(value)),
            Err(fault) => {
                self.context.add(self.trail, fault.code, fault.message, fault.help);
                Ok(None)
            }
        }
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<Value>, A::Error> {
        let (Shape::List(inner) | Shape::OneOrMany(inner)) = self.shape else {
            while seq.next_element::<IgnoredAny>()?.is_some() {}
            self.wrong("a list");
            return Ok(None);
        };
        let mut items = Vec::new();
        for at in 0.. {
            let trail = Trail { up: Some(self.trail), step: Step::Item(at) };
            match seq.next_element_seed(ValueSeed { shape: inner, trail: &trail, context: self.context })? {
                None => break,
                Some(item) => items.extend(item),
            }
        }
        Ok(Some(Value::List(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<Value>, A::Error> {
        match self.shape {
            Shape::Map(table) | Shape::MapOrOff(table) | Shape::OneOrMany(Shape::Map(table)) => {
                let seed = MapSeed { tables: &[*table], trail: self.trail, context: self.context };
                let value = Value::Map(seed.visit_map(map)?);
                Ok(Some(if matches!(self.shape, Shape::OneOrMany(_)) { Value::List(vec![value]) } else { value }))
            }
            Shape::Named(inner) => self.visit_named(inner, map),
            Shape::Localised => self.visit_named(&Shape::Text, map),
            _ => {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                self.wrong("a map");
                Ok(None)
            }
        }
    }
}

impl ValueSeed<'_> {
    fn visit_named<'de, A: MapAccess<'de>>(self, inner: &Shape, mut map: A) -> Result<Option<Value>, A::Error> {
        let mut entries: Vec<(String, Value)> = Vec::new();
        while let Some(key) = map.next_key_seed(KeySeed)? {
            let trail = self.trail.key(&key);
            let value = map.next_value_seed(ValueSeed { shape: inner, trail: &trail, context: self.context })?;
            if entries.iter().any(|(name, _)| *name == key) {
                let again = Trail { up: Some(self.trail), step: Step::Again(&key, 2) };
                self.context.add(&again, "duplicate-key", format!("`{key}` stands here a second time."), "Keep one of the two.".into());
            } else if matches!(self.shape, Shape::Localised) && key.parse::<crate::model::lang::Lang>().is_err() {
                self.context.add(
                    &trail,
                    "not-a-language",
                    format!("`{}` is not a language.", scalar::shown(&key)),
                    "Write a tag such as `sv` or `en`.".into(),
                );
            } else if let Some(value) = value {
                entries.push((key, value));
            }
        }
        Ok(Some(Value::Named(entries)))
    }

    fn wrong(&self, is: &str) {
        self.context.add(
            self.trail,
            "wrong-shape",
            format!("This is {is}; it must be {}.", scalar::wanted(self.shape)),
            scalar::hint(self.shape),
        );
    }
}
