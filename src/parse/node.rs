//! In: YAML that has something wrong with it. Out: a tree in which every value knows its place.
//!
//! The fast path reads with `serde_yaml`. Only when that finds a fault is the text parsed again here, and the same
//! seeds read this tree; it never refuses a shape, so that all faults of a file are found in one run.

use saphyr_parser::{Event, Parser, ScalarStyle, Span as YamlSpan};
use serde::de::{self, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

/// A value with its place; lines count from 1 in the YAML, columns from 0.
#[derive(Debug, Clone)]
pub struct Node {
    /// What it is.
    pub what: What,
    /// Line of its first character.
    pub line: usize,
    /// Column of its first character.
    pub column: usize,
    /// Length in characters, where it ends on the same line; else 1.
    pub length: usize,
}

/// What a value is.
#[derive(Debug, Clone)]
pub enum What {
    /// A scalar and whether it was written without quotes.
    Scalar(String, bool),
    /// A list.
    Seq(Vec<Node>),
    /// A map: keys in order, doubles kept.
    Map(Vec<(Node, Node)>),
}

/// What keeps YAML from being a tree: where and what, in the words of the parser or ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Line from 1 in the YAML.
    pub line: usize,
    /// Column from 0.
    pub column: usize,
    /// A code for findings.
    pub code: &'static str,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: &'static str,
}

/// Parses YAML to a tree with places.
pub fn parse(yaml: &str) -> Result<Node, Broken> {
    let mut parser = Parser::new_from_str(yaml);
    let mut stack: Vec<Node> = Vec::new();
    let mut pending: Vec<Option<Node>> = Vec::new();
    loop {
        let Some(next) = parser.next_event() else { return Ok(empty()) };
        let (event, span) = next.map_err(|error| scan_error(yaml, &error))?;
        let done = match event {
            Event::Scalar(text, style, anchor, tag) => {
                refuse(&span, anchor, tag.is_some())?;
                Some(node(What::Scalar(text.into_owned(), style == ScalarStyle::Plain), &span))
            }
            Event::SequenceStart(anchor, tag) => {
                refuse(&span, anchor, tag.is_some())?;
                stack.push(node(What::Seq(Vec::new()), &span));
                pending.push(None);
                None
            }
            Event::MappingStart(anchor, tag) => {
                refuse(&span, anchor, tag.is_some())?;
                stack.push(node(What::Map(Vec::new()), &span));
                pending.push(None);
                None
            }
            Event::SequenceEnd | Event::MappingEnd => {
                pending.pop();
                stack.pop()
            }
            Event::Alias(_) => return Err(no_anchors(&span)),
            Event::StreamEnd | Event::DocumentEnd => return Ok(empty()),
            _ => None,
        };
        let Some(done) = done else { continue };
        let Some(parent) = stack.last_mut() else { return Ok(done) };
        match &mut parent.what {
            What::Seq(items) => items.push(done),
            What::Map(entries) => match pending.last_mut().and_then(Option::take) {
                Some(key) => entries.push((key, done)),
                None => {
                    if let Some(slot) = pending.last_mut() {
                        *slot = Some(done);
                    }
                }
            },
            What::Scalar(..) => {}
        }
    }
}

fn empty() -> Node {
    Node { what: What::Map(Vec::new()), line: 1, column: 0, length: 1 }
}

fn node(what: What, span: &YamlSpan) -> Node {
    let same_line = span.start.line() == span.end.line();
    let length = if same_line { span.end.col().saturating_sub(span.start.col()).max(1) } else { 1 };
    Node { what, line: span.start.line(), column: span.start.col(), length }
}

fn refuse(span: &YamlSpan, anchor: usize, tagged: bool) -> Result<(), Broken> {
    match (anchor, tagged) {
        (0, false) => Ok(()),
        (0, true) => Err(Broken {
            line: span.start.line(),
            column: span.start.col(),
            code: "yaml-tag",
            message: "A YAML tag (`!…`) stands here; records do not use them.".into(),
            help: "Remove the tag, or put the value in quotes if the `!` belongs to it.",
        }),
        _ => Err(no_anchors(span)),
    }
}

fn no_anchors(span: &YamlSpan) -> Broken {
    Broken {
        line: span.start.line(),
        column: span.start.col(),
        code: "yaml-anchor",
        message: "A YAML anchor or alias (`&…`, `*…`) stands here; records do not use them.".into(),
        help: "Write the value out, or put it in quotes if the `&` or `*` belongs to it.",
    }
}

fn scan_error(yaml: &str, error: &saphyr_parser::ScanError) -> Broken {
    let mark = error.marker();
    let line = yaml.lines().nth(mark.line().saturating_sub(1)).unwrap_or_default();
    let tab_line = yaml.lines().take(mark.line()).enumerate().filter(|(_, line)| line.trim_start_matches(' ').starts_with('\t')).last();
    if let Some((at, tabbed)) = tab_line {
        return Broken {
            line: at + 1,
            column: tabbed.find('\t').unwrap_or(0),
            code: "tab",
            message: "A tab indents this line; YAML allows spaces only.".into(),
            help: "Put two spaces in place of each tab.",
        };
    }
    let colon_in_text = line.matches(": ").count() > 1 || error.info().contains("mapping values");
    Broken {
        line: mark.line(),
        column: mark.col(),
        code: "bad-yaml",
        message: format!("The front matter cannot be read: {}.", error.info().trim_end_matches('.')),
        help: if colon_in_text {
            "A text that holds `: ` must stand in quotes."
        } else {
            "Check quotes, indentation and brackets here and on the line above."
        },
    }
}

impl Node {
    /// The node at a path such as `options.1.cost`; `title#2` is the second key of that name. Where the path leads
    /// nowhere, the last node on the way. A map's entry gives its key.
    pub fn at(&self, path: &str) -> &Node {
        let mut here = self;
        let mut shown = self;
        for step in path.split('.').filter(|step| !step.is_empty()) {
            let (name, nth) = step.split_once('#').map_or((step, 1), |(name, nth)| (name, nth.parse().unwrap_or(1)));
            let found = match &here.what {
                What::Seq(items) => name.parse::<usize>().ok().and_then(|at| items.get(at)).map(|item| (item, item)),
                What::Map(entries) => entries.iter().filter(|(key, _)| key.is_key(name)).nth(nth - 1).map(|(key, value)| (key, value)),
                What::Scalar(..) => None,
            };
            if found.is_none() && name == "0" && matches!(here.what, What::Map(_)) {
                // One value stands where a list may.
                continue;
            }
            let Some((key, value)) = found else { break };
            here = value;
            shown = if matches!(value.what, What::Scalar(ref text, _) if !text.is_empty()) { value } else { key };
        }
        shown
    }

    /// The key at the end of a path, where the fault is the key itself.
    pub fn key_at(&self, path: &str) -> &Node {
        let (up, last) = path.rsplit_once('.').unwrap_or(("", path));
        let parent = if up.is_empty() { self } else { self.value_at(up) };
        let (name, nth) = last.split_once('#').map_or((last, 1), |(name, nth)| (name, nth.parse().unwrap_or(1)));
        let What::Map(entries) = &parent.what else { return self.at(path) };
        entries.iter().filter(|(key, _)| key.is_key(name)).nth(nth - 1).map_or_else(|| self.at(path), |(key, _)| key)
    }

    fn value_at(&self, path: &str) -> &Node {
        path.split('.').fold(self, |here, step| {
            let name = step.split('#').next().unwrap_or(step);
            match &here.what {
                What::Seq(items) => name.parse::<usize>().ok().and_then(|at| items.get(at)).unwrap_or(here),
                What::Map(entries) => entries.iter().find(|(key, _)| key.is_key(name)).map_or(here, |(_, value)| value),
                What::Scalar(..) => here,
            }
        })
    }

    fn is_key(&self, name: &str) -> bool {
        matches!(&self.what, What::Scalar(text, _) if text == name)
    }
}

/// Reads a node as whatever it is, never refusing a shape; `typed` resolves plain scalars as YAML's core schema does.
#[derive(Clone, Copy)]
pub struct Reader<'n> {
    /// The value.
    pub node: &'n Node,
    /// Whether plain scalars become booleans and numbers.
    pub typed: bool,
}

/// The error of a reader: it does not happen but where a visitor refuses.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ReadError(String);

impl de::Error for ReadError {
    fn custom<T: std::fmt::Display>(message: T) -> ReadError {
        ReadError(message.to_string())
    }
}

impl<'de> Deserializer<'de> for Reader<'_> {
    type Error = ReadError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ReadError> {
        match &self.node.what {
            What::Scalar(text, true) if self.typed => match serde_yaml::from_str::<serde_json::Value>(text) {
                Ok(value) => value.deserialize_any(visitor).map_err(de::Error::custom),
                Err(_) => visitor.visit_str(text),
            },
            What::Scalar(text, _) => visitor.visit_str(text),
            What::Seq(items) => visitor.visit_seq(Items { rest: items.iter(), typed: self.typed }),
            What::Map(entries) => visitor.visit_map(Entries { rest: entries.iter(), value: None, typed: self.typed }),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(self, _: &'static str, visitor: V) -> Result<V::Value, ReadError> {
        visitor.visit_newtype_struct(Reader { typed: true, ..self })
    }

    serde::forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

struct Items<'n> {
    rest: std::slice::Iter<'n, Node>,
    typed: bool,
}

impl<'de> SeqAccess<'de> for Items<'_> {
    type Error = ReadError;
    fn next_element_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<Option<T::Value>, ReadError> {
        let typed = self.typed;
        self.rest.next().map(|node| seed.deserialize(Reader { node, typed })).transpose()
    }
}

struct Entries<'n> {
    rest: std::slice::Iter<'n, (Node, Node)>,
    value: Option<&'n Node>,
    typed: bool,
}

impl<'de> MapAccess<'de> for Entries<'_> {
    type Error = ReadError;
    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, ReadError> {
        let Some((key, value)) = self.rest.next() else { return Ok(None) };
        self.value = Some(value);
        seed.deserialize(Reader { node: key, typed: false }).map(Some)
    }
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, ReadError> {
        let node = self.value.take().ok_or_else(|| de::Error::custom("a value without its key"))?;
        seed.deserialize(Reader { node, typed: self.typed })
    }
}
