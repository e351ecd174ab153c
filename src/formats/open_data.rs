//! In: the site and its kinds' field tables. Out: what there is to download, and the columns of each table.
//!
//! One description for all: the CSV files, their dictionary, the catalogue and the page about them say the same because
//! they read this. Contract `columns/1`: within version 1 columns are only added, behind those that are there.

use crate::model::kind::{Field, Kind, Need, Shape};
use crate::model::lang::Lang;
use crate::model::route::Route;
use crate::model::site::{Facet, Index, Site};

/// What stands between the items of a list in one cell.
pub const SEPARATOR: char = '|';

/// Fields that say how the site is made rather than what the record says.
const INNER: [&str; 6] = ["publish_at", "draft", "announce", "aliases", "extra", "kind"];

/// All records of a kind.
pub struct Dataset<'s> {
    /// The kind.
    pub kind: &'static Kind,
    /// Its list.
    pub index: &'s Index,
}

/// The kinds that the site has records of, in the order of their names.
pub fn datasets(site: &Site) -> Vec<Dataset<'_>> {
    let kinds = site.indexes.iter().filter_map(|index| match index.facet {
        Facet::Kind(_) => index.items.first().map(|at| Dataset { kind: site.items[*at].kind, index }),
        _ => None,
    });
    kinds.collect()
}

/// A file below `/data/`.
pub fn address(name: &str) -> Route {
    Route::new(&format!("/data/{name}")).expect("names of data files are plain")
}

impl Dataset<'_> {
    /// The name of its table, such as `decisions.csv`.
    pub fn table(&self) -> String {
        format!("{}.csv", self.kind.folder)
    }

    /// The name of the kind and what it holds, in a language.
    pub fn words(&self, site: &Site, lang: Lang) -> (String, String) {
        let say = |key: &str| site.messages.get(lang, &format!("{key}-{}", self.kind.name));
        (say("kinds"), say("about"))
    }
}

/// What the cells of a column hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Holds {
    /// Text as typed.
    Text,
    /// Markdown; several clauses stand apart by an empty line.
    Markdown,
    /// `true` or `false`.
    Flag,
    /// A whole number.
    Count,
    /// A day.
    Day,
    /// A time with its offset.
    Instant,
    /// A day, or a time with its offset.
    Stamp,
    /// A full address.
    Url,
    /// One word of a closed list.
    Word(&'static [&'static str]),
    /// A language tag.
    Lang,
    /// Fields within fields, as JSON.
    Json,
}

/// Where a column's cells come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// From the site: the identity, address and state of the record.
    Site(&'static str),
    /// From a field, by the names that lead to it.
    Field(Vec<&'static str>),
    /// Whether a field holds fields, or says "none" on purpose.
    Given(Vec<&'static str>),
}

/// A column of a table.
#[derive(Debug)]
pub struct Column {
    /// Its name: the field's own, joined by `_` where it lies within another.
    pub name: String,
    /// What it says, one sentence.
    pub about: &'static str,
    /// What its cells hold.
    pub holds: Holds,
    /// Whether a cell may hold several, joined by [`SEPARATOR`].
    pub many: bool,
    /// Whether every original has it.
    pub required: bool,
    /// Where the cells come from.
    pub from: Source,
}

/// Columns that no writer types.
const DERIVED: [(&str, &str, Holds); 11] = [
    ("id", "The record's identity in all its languages.", Holds::Text),
    ("language", "The language of this row.", Holds::Lang),
    ("original", "Whether the row is the original; the others are translations of it.", Holds::Flag),
    ("stale", "Whether the original changed after this translation.", Holds::Flag),
    ("url", "The page.", Holds::Url),
    ("record", "The same record as JSON.", Holds::Url),
    ("status", "How the record stood when the file was made.", Holds::Text),
    ("status_date", "The date that belongs to the status.", Holds::Stamp),
    ("published", "When it was first published.", Holds::Stamp),
    ("changed", "When it last changed in substance.", Holds::Stamp),
    ("last_appeal_day", "For a decision that can be appealed: the last day.", Holds::Day),
];

/// The columns of a kind: derived ones, those of every kind, its own.
pub fn columns(kind: &Kind) -> Vec<Column> {
    let mut columns: Vec<Column> = DERIVED
        .into_iter()
        .filter(|(name, ..)| *name != "last_appeal_day" || kind.name == "decision")
        .map(|(name, about, holds)| Column {
            name: name.to_owned(),
            about,
            holds,
            many: false,
            required: matches!(name, "id" | "language" | "original" | "stale" | "url" | "record" | "status"),
            from: Source::Site(name),
        })
        .collect();
    let wanted = kind.common.iter().filter(|field| !INNER.contains(&field.name)).chain(kind.fields);
    wanted.for_each(|field| push(field, &[], &mut columns));
    columns
}

fn push(field: &Field, above: &[&'static str], out: &mut Vec<Column>) {
    let path: Vec<&'static str> = above.iter().copied().chain([field.name]).collect();
    match field.shape {
        Shape::Map(inner) => return inner.iter().for_each(|field| push(field, &path, out)),
        Shape::MapOrOff(inner) => {
            let given = Column { from: Source::Given(path.clone()), ..column(field, &path, Holds::Flag, false) };
            out.push(Column { required: false, ..given });
            return inner.iter().for_each(|field| push(field, &path, out));
        }
        _ => {}
    }
    let (holds, many) = held(&field.shape);
    let made = column(field, &path, holds, many);
    // What a writer must say in one language only, a translation inherits; within other fields nothing is always there.
    out.push(Column { required: made.required && above.is_empty(), ..made });
}

fn column(field: &Field, path: &[&'static str], holds: Holds, many: bool) -> Column {
    Column {
        name: path.join("_"),
        about: field.about,
        holds,
        many,
        required: field.need == Need::Required,
        from: Source::Field(path.to_vec()),
    }
}

fn held(shape: &Shape) -> (Holds, bool) {
    match shape {
        Shape::Markdown => (Holds::Markdown, false),
        Shape::Flag => (Holds::Flag, false),
        Shape::Count => (Holds::Count, false),
        Shape::Day => (Holds::Day, false),
        Shape::Instant => (Holds::Instant, false),
        Shape::Stamp => (Holds::Stamp, false),
        Shape::Url => (Holds::Url, false),
        Shape::Word(words) => (Holds::Word(words), false),
        Shape::Lang => (Holds::Lang, false),
        // Clauses are paragraphs of one text.
        Shape::List(Shape::Markdown) | Shape::OneOrMany(Shape::Markdown) => (Holds::Markdown, false),
        Shape::List(inner) | Shape::OneOrMany(inner) => match held(inner) {
            (Holds::Json, _) | (_, true) => (Holds::Json, false),
            (holds, false) => (holds, true),
        },
        Shape::Map(_) | Shape::MapOrOff(_) | Shape::Named(_) | Shape::Localised | Shape::Anything => (Holds::Json, false),
        _ => (Holds::Text, false),
    }
}
