//! In: a record in one language. Out: everything it says in words, each piece with how much it weighs.

use crate::model::kind::{Field, Shape};
use crate::model::record::{Fields, Value};
use crate::model::site::{Edition, Item};
use crate::text::markdown;
use std::borrow::Cow;

/// Where a word stands.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Weight {
    /// In the body or a field of words.
    Body,
    /// In the summary.
    Summary,
    /// In the case number.
    Reference,
    /// In the title.
    Title,
}

/// Calls `say` with every text of an edition: the common fields, the kind's own fields of words, the body.
pub(super) fn each(item: &Item, edition: &Edition, say: &mut dyn FnMut(&str, Weight)) {
    let record = &edition.record;
    let fields = &record.fields;
    say(record.title(), Weight::Title);
    fields.text("reference").into_iter().for_each(|text| say(text, Weight::Reference));
    record.summary().into_iter().for_each(|text| say(text, Weight::Summary));
    own(item.kind.fields, fields, say);
    for document in fields.maps("documents") {
        document.text("title").into_iter().for_each(|text| say(text, Weight::Body));
    }
    fields.map("withdrawn").and_then(|withdrawn| withdrawn.text("reason")).into_iter().for_each(|text| say(text, Weight::Body));
    say(&markdown::plain(record.body()), Weight::Body);
}

/// The fields of words of a table, and those inside its maps.
fn own(table: &[Field], fields: &Fields, say: &mut dyn FnMut(&str, Weight)) {
    for field in table {
        let Some(value) = fields.get(field.name) else { continue };
        let inner = table_of(&field.shape);
        match (field.words, inner) {
            (_, Some(inner)) => {
                let one = value.map().into_iter();
                one.chain(value.items().iter().filter_map(Value::map)).for_each(|map| own(inner, map, say));
            }
            (true, None) => texts(value, say),
            (false, None) => {}
        }
    }
}

fn table_of(shape: &Shape) -> Option<&'static [Field]> {
    match shape {
        Shape::Map(table) | Shape::MapOrOff(table) => Some(table),
        Shape::List(inner) | Shape::OneOrMany(inner) => table_of(inner),
        _ => None,
    }
}

fn texts(value: &Value, say: &mut dyn FnMut(&str, Weight)) {
    match value {
        Value::Text(text) => say(text, Weight::Body),
        Value::Markdown(text) => say(&plain(text), Weight::Body),
        Value::List(items) => items.iter().for_each(|item| texts(item, say)),
        _ => {}
    }
}

/// Markdown without its signs; most fields have none.
fn plain(text: &str) -> Cow<'_, str> {
    if text.contains(['[', '<', '&', '\\', '`']) { Cow::Owned(markdown::plain(text)) } else { Cow::Borrowed(text) }
}
