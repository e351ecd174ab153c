//! In: statements. Out: the same statements as Turtle (W3C, 2014) and as JSON-LD 1.1.

use crate::model::date::Day;
use crate::model::lang::Lang;
use serde_json::{Map, Value as Json, json};
use std::collections::BTreeMap;
use std::fmt::Write;

/// Prefixes of both files.
const PREFIXES: [(&str, &str); 7] = [
    ("dcat", "http://www.w3.org/ns/dcat#"),
    ("dct", "http://purl.org/dc/terms/"),
    ("foaf", "http://xmlns.com/foaf/0.1/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("vcard", "http://www.w3.org/2006/vcard/ns#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
];

/// What a statement ends in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Object {
    /// A resource.
    Link(String),
    /// A text in a language.
    Text(String, Lang),
    /// A text in no language.
    Plain(String),
    /// A day.
    Day(Day),
}

type Said = Vec<(&'static str, Object)>;

/// Statements in the order they were made, by subject.
#[derive(Debug, Default)]
pub(super) struct Graph {
    order: Vec<String>,
    types: BTreeMap<String, Vec<&'static str>>,
    said: BTreeMap<String, Said>,
}

impl Graph {
    fn subject(&mut self, subject: &str) -> String {
        let subject = iri(subject);
        if !self.types.contains_key(&subject) && !self.said.contains_key(&subject) {
            self.order.push(subject.clone());
        }
        subject
    }

    /// States of which class a resource is, once.
    pub(super) fn kind(&mut self, subject: &str, class: &'static str) {
        let subject = self.subject(subject);
        let types = self.types.entry(subject).or_default();
        if !types.contains(&class) {
            types.push(class);
        }
    }

    /// States a relation to a resource.
    pub(super) fn link(&mut self, subject: &str, predicate: &'static str, target: String) {
        self.add(subject, predicate, Object::Link(iri(&target)));
    }

    /// States anything, once.
    pub(super) fn add(&mut self, subject: &str, predicate: &'static str, object: Object) {
        let subject = self.subject(subject);
        let said = self.said.entry(subject).or_default();
        if !said.iter().any(|(own, other)| *own == predicate && *other == object) {
            said.push((predicate, object));
        }
    }

    fn about(&self, subject: &str) -> (&[&'static str], &[(&'static str, Object)]) {
        (self.types.get(subject).map_or(&[], Vec::as_slice), self.said.get(subject).map_or(&[], Vec::as_slice))
    }

    /// Turtle.
    pub(super) fn turtle(&self) -> String {
        let mut out = String::new();
        for (prefix, namespace) in PREFIXES {
            put(&mut out, format_args!("@prefix {prefix}: <{namespace}> .\n"));
        }
        for subject in &self.order {
            let (types, said) = self.about(subject);
            put(&mut out, format_args!("\n<{subject}>"));
            let types = types.iter().map(|class| format!("a {class}"));
            let said = said.iter().map(|(predicate, object)| match object {
                Object::Link(target) => format!("{predicate} <{target}>"),
                Object::Text(text, lang) => format!("{predicate} \"{}\"@{lang}", quoted(text)),
                Object::Plain(text) => format!("{predicate} \"{}\"", quoted(text)),
                Object::Day(day) => format!("{predicate} \"{day}\"^^xsd:date"),
            });
            put(&mut out, format_args!(" {} .\n", types.chain(said).collect::<Vec<_>>().join(" ;\n  ")));
        }
        out
    }

    /// JSON-LD; its context is in the file, so that nothing is fetched to read it.
    pub(super) fn json_ld(&self) -> String {
        let context: Map<String, Json> = PREFIXES.iter().map(|(prefix, namespace)| ((*prefix).to_owned(), json!(namespace))).collect();
        let nodes = self.order.iter().map(|subject| {
            let (types, said) = self.about(subject);
            let mut node = Map::from_iter([("@id".to_owned(), json!(subject))]);
            if !types.is_empty() {
                node.insert("@type".to_owned(), json!(types));
            }
            for (predicate, object) in said {
                let value = match object {
                    Object::Link(target) => json!({"@id": target}),
                    Object::Text(text, lang) => json!({"@value": text, "@language": lang.as_str()}),
                    Object::Plain(text) => json!({"@value": text}),
                    Object::Day(day) => json!({"@value": day.to_string(), "@type": "xsd:date"}),
                };
                let values = node.entry((*predicate).to_owned()).or_insert_with(|| json!([]));
                values.as_array_mut().expect("every property was begun as a list").push(value);
            }
            Json::Object(node)
        });
        let whole = json!({"@context": context, "@graph": nodes.collect::<Vec<_>>()});
        let mut text = serde_json::to_string_pretty(&whole).expect("writing to memory does not fail");
        text.push('\n');
        text
    }
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("writing to memory does not fail");
}

/// An address without the characters that no IRI may hold (RFC 3987; Turtle, production 18).
fn iri(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\0'..=' ' | '<' | '>' | '"' | '{' | '}' | '|' | '^' | '`' | '\\' => put(&mut out, format_args!("%{:02X}", u32::from(c))),
            other => out.push(other),
        }
    }
    out
}

/// A text between quotation marks (Turtle, production 22).
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control.is_control() => put(&mut out, format_args!("\\u{:04X}", u32::from(control))),
            other => out.push(other),
        }
    }
    out
}
