//! In: the editions of one record, the original first. Out: translations that have taken over all that is not words.

use crate::model::finding::{Finding, Findings};
use crate::model::kind::{Field, Shape};
use crate::model::record::{Fields, Record, Value};

/// Lets every translation inherit from the original; one without an original is made its own original.
pub fn editions(editions: &mut [Record], common: &'static [Field], out: &mut Findings) {
    let Some((first, translations)) = editions.split_first_mut() else { return };
    first.original = true;
    for translation in translations.iter_mut() {
        translation.original = false;
        inherit(first, translation, common, out);
    }
}

fn inherit(original: &Record, translation: &mut Record, common: &'static [Field], out: &mut Findings) {
    if translation.fields.get("title").is_none() {
        out.push(Finding::error(
            "missing-field",
            translation.place(""),
            "`title` is missing: a translation has its own headline.",
            "Add `title:` in this language.",
        ));
    }
    let mut merged = Vec::with_capacity(original.fields.0.len());
    let own = std::mem::take(&mut translation.fields);
    for field in order(original, &own) {
        let (from, mine) = (original.fields.get(field), own.get(field));
        let known = original.kind.fields.iter().chain(common).find(|known| known.name == field);
        if let Some(value) = merge(from, mine, known, &mut Walk { record: translation, path: field.to_owned(), out }) {
            merged.push((field, value));
        }
    }
    translation.fields = Fields(merged);
}

fn order(original: &Record, own: &Fields) -> Vec<&'static str> {
    let mut names: Vec<&'static str> = original.fields.0.iter().map(|(name, _)| *name).collect();
    for (name, _) in &own.0 {
        if !names.contains(name) {
            names.push(name);
        }
    }
    names
}

struct Walk<'w> {
    record: &'w Record,
    path: String,
    out: &'w mut Findings,
}

impl Walk<'_> {
    fn below(&mut self, step: &str, act: impl FnOnce(&mut Walk<'_>) -> Option<Value>) -> Option<Value> {
        let mut walk = Walk { record: self.record, path: format!("{}.{step}", self.path), out: self.out };
        act(&mut walk)
    }
}

/// The translation's words over the original's values; what the original alone has is inherited. A value that is not
/// words must be the original's: two dates or two votes for one decision could only contradict each other.
fn merge(from: Option<&Value>, mine: Option<&Value>, field: Option<&Field>, walk: &mut Walk<'_>) -> Option<Value> {
    match (from, mine) {
        (Some(from), None) => Some(from.clone()),
        (None, mine) => mine.cloned(),
        (Some(Value::Map(from)), Some(Value::Map(mine))) => Some(Value::Map(merge_map(from, mine, field, walk))),
        (Some(Value::List(from)), Some(Value::List(mine))) if has_maps(from) || has_maps(mine) => merge_list(from, mine, field, walk),
        (Some(from), Some(mine)) => {
            // A translation says of itself when it last followed, and whether it is ready.
            let its_own =
                field.is_none_or(|field| field.words || matches!(field.name, "updated" | "draft" | "aliases" | "announce" | "extra"));
            if !its_own && from != mine {
                walk.out.push(Finding::error(
                    "translation-differs",
                    walk.record.place(walk.path.clone()),
                    format!("`{}` says something else here than in the original.", walk.path),
                    "Remove the line: a translation inherits dates, numbers and references from the original.",
                ));
            }
            Some(mine.clone())
        }
    }
}

fn has_maps(items: &[Value]) -> bool {
    items.iter().any(|item| matches!(item, Value::Map(_)))
}

/// The table by which the maps of a field were read.
fn table(shape: &Shape) -> &'static [Field] {
    match shape {
        Shape::Map(table) | Shape::MapOrOff(table) => table,
        Shape::List(inner) | Shape::OneOrMany(inner) => table(inner),
        _ => &[],
    }
}

fn merge_map(from: &Fields, mine: &Fields, field: Option<&Field>, walk: &mut Walk<'_>) -> Fields {
    let below = field.map_or(&[][..], |field| table(&field.shape));
    let mut merged = Vec::with_capacity(from.0.len());
    for (name, value) in &from.0 {
        let known = below.iter().find(|known| known.name == *name);
        let value = walk.below(name, |walk| merge(Some(value), mine.get(name), known, walk));
        merged.extend(value.map(|value| (*name, value)));
    }
    let extra = mine.0.iter().filter(|(name, _)| from.get(name).is_none());
    merged.extend(extra.cloned());
    Fields(merged)
}

fn merge_list(from: &[Value], mine: &[Value], field: Option<&Field>, walk: &mut Walk<'_>) -> Option<Value> {
    if from.len() != mine.len() {
        walk.out.push(Finding::error(
            "translation-length",
            walk.record.place(walk.path.clone()),
            format!("`{}` has {} items here and {} in the original.", walk.path, mine.len(), from.len()),
            "List the same items in the same order, each with its words only.",
        ));
        return Some(Value::List(mine.to_vec()));
    }
    let pairs = from.iter().zip(mine).enumerate();
    let merged = pairs.filter_map(|(at, (from, mine))| walk.below(&at.to_string(), |walk| merge(Some(from), Some(mine), field, walk)));
    Some(Value::List(merged.collect()))
}
