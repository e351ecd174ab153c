//! In: the fields of a record. Out: the same fields as templates read them, by one walk for all kinds.
//!
//! Text is escaped where it is written; Markdown is safe HTML; dates, ids, records, words and languages become small
//! maps. What was not given is none, so that a template may ask for every field of the kind. Words that a translation
//! took over from the original stand in a `span` with the language they are in.

use super::links::PageLinks;
use super::shop::{Shop, lang_name};
use super::tree::{Tree, safe, text};
use crate::model::date::Stamp;
use crate::model::finding::{Finding, Findings};
use crate::model::kind::{Field, Shape, Vocabulary};
use crate::model::record::{Fields, Record, RecordId, Value as Typed};
use crate::text::links::{Links, Resolution};
use crate::text::markdown::{self, Rendered};
use crate::text::{escape, figures};
use tera::Value;

/// So many findings of one sort are told of one text; who mends those sees the next.
const MANY: usize = 100;

/// The common fields that hold ids and records; all others say what they are by their value.
const COMMON: [(&str, Shape); 18] = [
    ("title", Shape::Text),
    ("summary", Shape::Text),
    ("date", Shape::Stamp),
    ("updated", Shape::Stamp),
    ("reference", Shape::Text),
    ("body", Shape::Id(Vocabulary::Bodies)),
    ("topics", Shape::List(&Shape::Id(Vocabulary::Topics))),
    ("audiences", Shape::List(&Shape::Id(Vocabulary::Audiences))),
    ("places", Shape::List(&Shape::Id(Vocabulary::Places))),
    ("services", Shape::List(&Shape::Ref(None))),
    ("contact", Shape::Anything),
    ("documents", Shape::List(&Shape::Map(DOCUMENT))),
    ("revisions", Shape::List(&Shape::Anything)),
    ("related", Shape::List(&Shape::Ref(None))),
    ("expires", Shape::Instant),
    ("withdrawn", Shape::Anything),
    ("announce", Shape::Anything),
    ("extra", Shape::Anything),
];

const DOCUMENT: &[Field] = &[
    Field::new("title", Shape::Text, "", ""),
    Field::new("file", Shape::File, "", ""),
    Field::new("url", Shape::Url, "", ""),
    Field::new("type", Shape::Text, "", ""),
    Field::new("language", Shape::Lang, "", ""),
    Field::new("size", Shape::Text, "", ""),
    Field::new("note", Shape::Text, "", ""),
    Field::new("withheld", Shape::Text, "", ""),
];

/// The walk through one record.
pub(super) struct Walk<'w, 'p, 's> {
    pub(super) shop: &'p Shop<'s>,
    pub(super) record: &'w Record,
    /// The original, where this is a translation.
    pub(super) original: Option<&'w Record>,
    pub(super) links: &'w PageLinks<'p, 's>,
    pub(super) findings: Findings,
}

impl Walk<'_, '_, '_> {
    /// All fields, common and own.
    pub(super) fn all(&mut self) -> Value {
        let mut made = Tree::new();
        let record = self.record;
        for (name, shape) in
            COMMON.iter().map(|(name, shape)| (*name, shape)).chain(record.kind.fields.iter().map(|field| (field.name, &field.shape)))
        {
            let value = record.fields.get(name).map(|value| self.value(value, Some(shape), name, true));
            made.set(name, value);
        }
        made.done()
    }

    /// The summary, if there is one in any language.
    pub(super) fn summary(&self) -> Option<Value> {
        self.record.summary().map(|summary| self.in_its_language(text(summary), &Typed::Text(summary.to_owned()), "summary"))
    }

    /// Words that are exactly the original's were inherited, or are names; either way they are in its language.
    fn in_its_language(&self, made: Value, typed: &Typed, path: &str) -> Value {
        let Some(original) = self.original.filter(|original| at(&original.fields, path) == Some(typed)) else { return made };
        let words = typed.text().is_some_and(|typed| typed.chars().any(char::is_alphabetic)) && is_words(self.record, path);
        if !words {
            return made;
        }
        let lang = original.lang;
        let tag = if made.as_str().is_some_and(|html| html.contains("<p>")) { "div" } else { "span" };
        let inner = match typed {
            Typed::Text(typed) => escape::html(typed).into_owned(),
            _ => made.as_str().unwrap_or_default().to_owned(),
        };
        safe(&format!("<{tag} lang=\"{lang}\" dir=\"{}\">{inner}</{tag}>", lang.direction()))
    }

    fn value(&mut self, value: &Typed, shape: Option<&Shape>, path: &str, block: bool) -> Value {
        match value {
            Typed::Text(typed) => {
                let made = self.text(typed, shape, path);
                if matches!(shape, Some(Shape::Text)) { self.in_its_language(made, value, path) } else { made }
            }
            Typed::Markdown(typed) => {
                let made = self.markdown(typed, path, block);
                self.in_its_language(made, value, path)
            }
            Typed::Flag(flag) => Value::from(*flag),
            Typed::Count(number) => Value::from(*number),
            Typed::Day(day) => self.shop.stamp(self.record.lang, Stamp::Day(*day)),
            Typed::Instant(instant) => self.shop.stamp(self.record.lang, Stamp::Instant(*instant)),
            Typed::Word(word) => self.word(word, path),
            Typed::Lang(lang) => {
                Tree::new().with("code", text(lang.as_str())).with("name", lang_name(*lang)).with("dir", text(lang.direction())).done()
            }
            Typed::List(items) => {
                let inner = match shape {
                    Some(Shape::List(inner) | Shape::OneOrMany(inner)) => Some(*inner),
                    _ => None,
                };
                let made = items.iter().enumerate().map(|(at, item)| self.value(item, inner, &format!("{path}.{at}"), false));
                Value::from(made.collect::<Vec<_>>())
            }
            Typed::Map(fields) => self.map(fields, shape, path),
            Typed::Named(named) => {
                let mut made = Tree::new();
                for (name, value) in named {
                    made.set_named(name.clone(), self.value(value, None, &format!("{path}.{name}"), false));
                }
                made.done()
            }
            Typed::Off => Value::from(false),
            Typed::Any(any) => Value::try_from_serializable(any).unwrap_or_else(|_| Value::none()),
        }
    }

    fn map(&mut self, fields: &Fields, shape: Option<&Shape>, path: &str) -> Value {
        let table: &[Field] = match shape {
            Some(Shape::Map(table) | Shape::MapOrOff(table)) => table,
            _ => &[],
        };
        let mut made = Tree::new();
        table.iter().for_each(|field| made.set(field.name, Value::none()));
        for (name, value) in &fields.0 {
            let shape = table.iter().find(|field| field.name == *name).map(|field| &field.shape);
            made.set(name, self.value(value, shape, &format!("{path}.{name}"), false));
        }
        if let Some(picture) = self.picture(fields) {
            made.set("picture", picture);
        }
        made.done()
    }

    /// The markup of a picture that the front matter names with its words.
    fn picture(&self, fields: &Fields) -> Option<Value> {
        let alt = match fields.get("alt")? {
            Typed::Named(by_lang) => by_lang.iter().find(|(lang, _)| lang == self.record.lang.as_str()).or(by_lang.first())?.1.text()?,
            other => other.text()?,
        };
        let resolution = self.links.resolve(fields.text("file")?);
        Some(safe(&figures::picture(&self.links.picture(resolution.href()?)?, alt)))
    }

    fn text(&mut self, typed: &str, shape: Option<&Shape>, path: &str) -> Value {
        let lang = self.record.lang;
        match shape {
            Some(Shape::Id(list)) => self.shop.term(*list, typed, lang),
            Some(Shape::Ref(_)) => match self.shop.site.by_id.get(&RecordId(typed.to_owned())) {
                Some(at) => self.shop.reference(*at, lang),
                None => Value::none(),
            },
            Some(Shape::Url | Shape::File) => self.address(typed, path),
            _ if path == "cost.amount" => match typed.parse::<u64>() {
                Ok(amount) => text(&self.shop.dates.number(lang, amount)),
                Err(_) => text(typed),
            },
            None if path.ends_with("url") || path.ends_with("file") => self.address(typed, path),
            _ => text(typed),
        }
    }

    fn address(&mut self, typed: &str, path: &str) -> Value {
        let resolution = self.links.resolve(typed);
        if let Some(finding) = link_finding(&resolution, typed, || self.record.place(path)) {
            self.findings.push(finding);
        }
        resolution.href().map(text).into()
    }

    fn word(&self, word: &str, path: &str) -> Value {
        let field = path.split('.').rfind(|part| !part.chars().all(|c| c.is_ascii_digit())).unwrap_or(path);
        let key = format!("word-{}-{}", field.replace('_', "-"), word.to_lowercase());
        Tree::new().with("word", text(word)).with("text", self.shop.words(self.record.lang, &key)).done()
    }

    /// A top-level field keeps its paragraphs; an entry of a list that is one paragraph is written without.
    fn markdown(&mut self, typed: &str, path: &str, block: bool) -> Value {
        let rendered = markdown::render(typed, self.links);
        self.report(&rendered, |_| self.record.place(path));
        let html = rendered.html.trim();
        let bare = html.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")).filter(|inner| !block && !inner.contains("<p>"));
        safe(bare.unwrap_or(html))
    }

    /// The body below the front matter.
    pub(super) fn body(&mut self) -> Rendered {
        let rendered = markdown::render(self.record.body(), self.links);
        self.report(&rendered, |range| self.record.body_place(range));
        rendered
    }

    fn report(&mut self, rendered: &Rendered, place: impl Fn(std::ops::Range<usize>) -> crate::model::finding::Place) {
        let mut found = Vec::new();
        // A place costs a walk through the text, so it is looked up for the first of many only.
        let (mut broken, mut others) = (0, 0);
        found.extend(rendered.links.iter().filter_map(|link| {
            let count = if matches!(link.resolution, Resolution::Broken(_)) { &mut broken } else { &mut others };
            let faulty = matches!(link.resolution, Resolution::Broken(_) | Resolution::Unsafe(_));
            *count += usize::from(faulty);
            let told = faulty && *count <= MANY;
            told.then(|| link_finding(&link.resolution, &link.target, || place(link.range.clone())))?
        }));
        for image in &rendered.images {
            found.extend(link_finding(&image.resolution, &image.src, || place(image.range.clone())));
            if found.len() > 2 * MANY {
                break;
            }
            if image.alt.trim().is_empty() {
                found.push(Finding::error(
                    "missing-alt",
                    place(image.range.clone()),
                    format!("The picture `{}` has no words for people who do not see it.", short(&image.src)),
                    "Say in the brackets what it shows: ![The new entrance, without a step](entrance.jpg).",
                ));
            }
        }
        for dropped in rendered.dropped.iter().take(MANY) {
            found.push(Finding::warning(
                "dropped-html",
                place(dropped.range.clone()),
                format!("{} was left out of the page.", capital(&dropped.what)),
                "Write it in Markdown, or link to it.",
            ));
        }
        if let Some(fault) = &rendered.fault {
            found.push(Finding::error(
                "too-large",
                place(fault.range.clone()),
                fault.what.clone(),
                "Split the text, or attach it as a file.",
            ));
        }
        self.findings.extend(found);
    }
}

/// The value at a path such as `documents.0.title`.
fn at<'f>(fields: &'f Fields, path: &str) -> Option<&'f Typed> {
    let mut steps = path.split('.');
    let first = fields.get(steps.next()?)?;
    steps.try_fold(first, |value, step| match value {
        Typed::List(items) => items.get(step.parse::<usize>().ok()?),
        Typed::Map(inner) => inner.get(step),
        _ => None,
    })
}

/// Whether the field at a path is made of words, which each language has of its own.
fn is_words(record: &Record, path: &str) -> bool {
    let mut names = path.split('.').filter(|step| !step.bytes().all(|byte| byte.is_ascii_digit()));
    let first = names.next().unwrap_or_default();
    let Some(mut field) = record.kind.fields.iter().find(|field| field.name == first) else {
        let last = names.next_back().unwrap_or(first);
        return matches!(last, "summary" | "name" | "title" | "note" | "withheld" | "reason");
    };
    for name in names {
        let table = inner(&field.shape);
        let Some(next) = table.iter().find(|field| field.name == name) else { return false };
        field = next;
    }
    field.words
}

fn inner(shape: &Shape) -> &'static [Field] {
    match shape {
        Shape::Map(table) | Shape::MapOrOff(table) => table,
        Shape::List(shape) | Shape::OneOrMany(shape) => inner(shape),
        _ => &[],
    }
}

fn link_finding(resolution: &Resolution, target: &str, place: impl FnOnce() -> crate::model::finding::Place) -> Option<Finding> {
    match resolution {
        Resolution::Broken(_) => Some(Finding::error(
            "broken-link",
            place(),
            format!("`{}` leads nowhere on this site.", short(target)),
            "Write the path of the record's file, its id, or a full address.",
        )),
        Resolution::Unsafe(_) => Some(Finding::warning(
            "unsafe-link",
            place(),
            format!("`{}` is not an address that a page may link to.", short(target)),
            "Use an address that begins with https:, mailto: or tel:, or a path on this site.",
        )),
        _ => None,
    }
}

/// A target as a finding shows it.
fn short(target: &str) -> String {
    let mut cut: String = target.chars().take(200).collect();
    if cut.len() < target.len() {
        cut.push('…');
    }
    cut
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}
