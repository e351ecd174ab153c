//! In: the site. Out: a table of each kind below `/data/`, and one of the controlled lists.
//!
//! RFC 4180 with a header, one row for each record and language. UTF-8 with a byte order mark: without one Excel shows
//! `SÃ¶derby`, and whoever reads by program has JSON too. A cell that a spreadsheet would run begins with `'`.

use super::format::Format;
use super::open_data::{self, Column, Dataset, Holds, SEPARATOR, Source};
use super::{record_json, records_json};
use crate::model::finding::Checked;
use crate::model::kind::Vocabulary;
use crate::model::recipe::Recipe;
use crate::model::record::{Fields, Value};
use crate::model::site::{Edition, Item, Site};
use crate::text::escape::csv_cell;
use std::fmt::Write;

const MARK: &str = "\u{feff}";

/// The columns of the table of controlled lists, and what they say.
pub const TERMS: [(&str, &str); 5] = [
    ("list", "The list: bodies, topics, audiences, places."),
    ("id", "The id that records name."),
    ("language", "The language of this row."),
    ("name", "The name as citizens read it."),
    ("about", "One sentence about it."),
];

/// The format.
pub struct Csv;

impl Format for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let mut recipes: Vec<Recipe<'s>> = Vec::new();
        for dataset in open_data::datasets(site) {
            let path = open_data::address(&dataset.table()).file();
            recipes.push(Recipe::plain(path, "the open data", move |out| table(site, &dataset, out)));
        }
        recipes.push(Recipe::plain(open_data::address("terms.csv").file(), "the open data", move |out| terms(site, out)));
        recipes.into()
    }
}

/// Rows in the making; a cell is made in a buffer that is used again.
struct Rows<'o> {
    out: &'o mut Vec<u8>,
    first: bool,
}

impl Rows<'_> {
    fn cell(&mut self, text: &str) {
        if !std::mem::take(&mut self.first) {
            self.out.push(b',');
        }
        self.out.extend_from_slice(csv_cell(text).as_bytes());
    }

    fn end(&mut self) {
        self.out.extend_from_slice(b"\r\n");
        self.first = true;
    }
}

fn table(site: &Site, dataset: &Dataset<'_>, out: &mut Vec<u8>) {
    let columns = open_data::columns(dataset.kind);
    out.extend_from_slice(MARK.as_bytes());
    let mut rows = Rows { out, first: true };
    columns.iter().for_each(|column| rows.cell(&column.name));
    rows.end();
    let mut cell = String::new();
    for item in dataset.index.items.iter().map(|at| &site.items[*at]) {
        for edition in &item.editions {
            for column in &columns {
                cell.clear();
                fill(site, (item, edition), column, &mut cell);
                rows.cell(&cell);
            }
            rows.end();
        }
    }
}

fn fill(site: &Site, (item, edition): (&Item, &Edition), column: &Column, cell: &mut String) {
    match &column.from {
        Source::Site(name) => derived(site, item, edition, name, cell),
        Source::Field(path) => {
            if let Some(value) = found(&edition.record.fields, path) {
                write(site, column, value, cell);
            }
        }
        Source::Given(path) => match found(&edition.record.fields, path) {
            Some(Value::Off) => cell.push_str("false"),
            Some(_) => cell.push_str("true"),
            None => {}
        },
    }
}

fn found<'f>(fields: &'f Fields, path: &[&'static str]) -> Option<&'f Value> {
    let (last, above) = path.split_last()?;
    above.iter().try_fold(fields, |fields, name| fields.map(name))?.get(last)
}

fn derived(site: &Site, item: &Item, edition: &Edition, name: &str, cell: &mut String) {
    let full = |href: String| site.settings.absolute(&href);
    let flag = |flag: bool| if flag { "true" } else { "false" };
    let written = match name {
        "id" => write!(cell, "{}", item.id.as_str()),
        "language" => write!(cell, "{}", edition.record.lang),
        "original" => write!(cell, "{}", flag(edition.record.original)),
        "stale" => write!(cell, "{}", flag(edition.stale)),
        "url" => write!(cell, "{}", full(edition.route.href())),
        "record" => write!(cell, "{}", full(record_json::route(edition).href())),
        "status" => write!(cell, "{}", item.status.word),
        "status_date" => item.status.date.map_or(Ok(()), |stamp| write!(cell, "{stamp}")),
        "published" => item.published.map_or(Ok(()), |stamp| write!(cell, "{stamp}")),
        "changed" => item.changed.map_or(Ok(()), |stamp| write!(cell, "{stamp}")),
        _ => item.appeal_until.map_or(Ok(()), |day| write!(cell, "{day}")),
    };
    written.expect("writing to memory does not fail");
}

fn write(site: &Site, column: &Column, value: &Value, cell: &mut String) {
    match (column.holds, value) {
        (Holds::Json, value) => cell.push_str(&records_json::json_of(value).to_string()),
        (Holds::Markdown, Value::List(items)) => joined(site, column, items, "\n\n", cell),
        (_, Value::List(items)) => joined(site, column, items, "|", cell),
        (Holds::Url, Value::Text(text)) if text.starts_with('/') => cell.push_str(&site.settings.absolute(text)),
        // A separator within an item would make two of it.
        (_, Value::Text(text)) if column.many && text.contains(SEPARATOR) => cell.push_str(&text.replace(SEPARATOR, "¦")),
        (_, Value::Text(text) | Value::Markdown(text)) => cell.push_str(text),
        (_, Value::Flag(flag)) => cell.push_str(if *flag { "true" } else { "false" }),
        (_, Value::Word(word)) => cell.push_str(word),
        (_, Value::Count(number)) => put(cell, number),
        (_, Value::Day(day)) => put(cell, day),
        (_, Value::Instant(instant)) => put(cell, instant),
        (_, Value::Lang(lang)) => put(cell, lang),
        (_, other) => cell.push_str(&records_json::json_of(other).to_string()),
    }
}

fn joined(site: &Site, column: &Column, items: &[Value], between: &str, cell: &mut String) {
    for (at, item) in items.iter().enumerate() {
        if at > 0 {
            cell.push_str(between);
        }
        write(site, column, item, cell);
    }
}

fn put(cell: &mut String, value: &dyn std::fmt::Display) {
    write!(cell, "{value}").expect("writing to memory does not fail");
}

/// The controlled lists, a row for each term and language.
fn terms(site: &Site, out: &mut Vec<u8>) {
    out.extend_from_slice(MARK.as_bytes());
    let mut rows = Rows { out, first: true };
    TERMS.iter().for_each(|(name, _)| rows.cell(name));
    rows.end();
    for list in [Vocabulary::Bodies, Vocabulary::Topics, Vocabulary::Audiences, Vocabulary::Places] {
        for term in site.settings.terms(list) {
            for lang in &site.settings.languages {
                [list.name(), &term.id, lang.as_str(), term.name.get(*lang), term.about.get(*lang)].iter().for_each(|text| rows.cell(text));
                rows.end();
            }
        }
    }
}
