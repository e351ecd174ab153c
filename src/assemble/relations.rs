//! In: items that name each other. Out: links both ways; names that lead nowhere and circles are found.

use super::schedule::Hidden;
use crate::model::finding::{Finding, Findings};
use crate::model::kind::{Field, Shape};
use crate::model::record::{Fields, Record, RecordId, Value};
use crate::model::site::{Item, ItemIx};
use std::collections::{BTreeMap, BTreeSet};

/// A reference as found in a record: where, to whom, and of which kind it must be.
struct Reference<'r> {
    path: String,
    target: &'r str,
    kind: Option<&'static str>,
}

/// The records that a reference can mean.
pub struct Known<'k> {
    /// Those that are visible.
    pub by_id: &'k BTreeMap<RecordId, ItemIx>,
    /// Those that are not public yet.
    pub hidden: &'k Hidden,
    /// Those whose original has errors, which are told on their own.
    pub broken: &'k BTreeSet<RecordId>,
}

/// Resolves every reference and derives the inverse links.
pub fn link(items: &mut [Item], known: &Known<'_>, out: &mut Findings) {
    let mut found: Vec<(ItemIx, String, ItemIx)> = Vec::new();
    for (at, item) in items.iter().enumerate() {
        let record = &item.original().record;
        for reference in references(record) {
            if let Some(to) = resolve(record, &reference, known, items, out) {
                found.push((at, reference.path, to));
            }
        }
    }
    for (from, path, to) in &found {
        let name = path.split('.').next().unwrap_or_default();
        connect(items, *from, name, path, *to);
    }
    neighbours(items);
    for item in items.iter_mut() {
        tidy(&mut item.links.related);
        tidy(&mut item.links.decisions);
        tidy(&mut item.links.decided);
        tidy(&mut item.links.notices);
    }
    for name in ["supersedes", "amends", "corrects"] {
        cycles(items, name, out);
    }
}

fn tidy(list: &mut Vec<ItemIx>) {
    list.sort_unstable();
    list.dedup();
}

/// All references of a record, nested ones too.
fn references(record: &Record) -> Vec<Reference<'_>> {
    let mut found = Vec::new();
    for (name, value) in &record.fields.0 {
        let own = record.kind.fields.iter().find(|field| field.name == *name).map(|field| field.shape);
        let common = match *name {
            "services" => Some(Shape::List(&Shape::Ref(Some("service")))),
            "related" => Some(Shape::List(&Shape::Ref(None))),
            _ => None,
        };
        if let Some(shape) = own.or(common) {
            collect(&shape, value, (*name).to_owned(), &mut found);
        }
    }
    found
}

fn collect<'r>(shape: &Shape, value: &'r Value, path: String, found: &mut Vec<Reference<'r>>) {
    match (shape, value) {
        (Shape::Ref(kind), Value::Text(target)) => found.push(Reference { path, target, kind: *kind }),
        (Shape::List(inner) | Shape::OneOrMany(inner), Value::List(items)) => {
            for (at, item) in items.iter().enumerate() {
                collect(inner, item, format!("{path}.{at}"), found);
            }
        }
        (Shape::Map(table) | Shape::MapOrOff(table), Value::Map(fields)) => collect_map(table, fields, &path, found),
        _ => {}
    }
}

fn collect_map<'r>(table: &[Field], fields: &'r Fields, path: &str, found: &mut Vec<Reference<'r>>) {
    for (name, value) in &fields.0 {
        if let Some(field) = table.iter().find(|field| field.name == *name) {
            collect(&field.shape, value, format!("{path}.{name}"), found);
        }
    }
}

/// The id as it may be typed: with or without slash, ending, or language.
fn normal(target: &str) -> &str {
    let target = target.trim_matches('/');
    target.strip_suffix(".md").unwrap_or(target)
}

fn resolve(record: &Record, reference: &Reference<'_>, known: &Known<'_>, items: &[Item], out: &mut Findings) -> Option<ItemIx> {
    let id = RecordId(normal(reference.target).to_owned());
    let place = || record.place(reference.path.clone());
    let Some(at) = known.by_id.get(&id).copied() else {
        if known.broken.contains(&id) {
            return None;
        }
        if known.hidden.contains_key(&id) {
            out.push(Finding::warning(
                "hidden-record",
                place(),
                format!("`{id}` is not public yet, so it is not linked."),
                "Publish it first, or leave the line as it is until then.",
            ));
        } else {
            let near = known.by_id.keys().map(|known| (strsim::damerau_levenshtein(known.as_str(), id.as_str()), known)).min();
            let help = match near {
                Some((edits, known)) if edits <= 4 || known.slug() == id.slug() => format!("Did you mean `{known}`?"),
                _ => "Write the record's path below content/ without its ending, such as `decisions/2026/library-in-soderby`.".into(),
            };
            out.push(Finding::error("unknown-record", place(), format!("There is no record `{id}`."), help));
        }
        return None;
    };
    match reference.kind {
        Some(kind) if items[at].kind.name != kind => {
            let is = items[at].kind.name;
            out.push(Finding::error(
                "wrong-kind",
                place(),
                format!("`{id}` is of kind `{is}`; this field names a `{kind}`."),
                "Name another record, or use `related:`.",
            ));
            None
        }
        _ => Some(at),
    }
}

/// Sets a link and its inverse.
fn connect(items: &mut [Item], from: ItemIx, name: &str, path: &str, to: ItemIx) {
    match name {
        "supersedes" => both(items, from, to, |links| &mut links.supersedes, |links| &mut links.superseded_by),
        "amends" => both(items, from, to, |links| &mut links.amends, |links| &mut links.amended_by),
        "corrects" => both(items, from, to, |links| &mut links.corrects, |links| &mut links.corrected_by),
        "related" => both(items, from, to, |links| &mut links.related, |links| &mut links.related),
        "services" | "service" => both(items, from, to, |links| &mut links.services, |links| &mut links.updates),
        "decisions" => {
            items[from].links.decisions.push(to);
            items[to].links.consultation.get_or_insert(from);
        }
        "consultation" => {
            items[from].links.consultation = Some(to);
            items[to].links.decisions.push(from);
        }
        "meeting" => {
            items[from].links.meeting = Some(to);
            let notice = items[from].kind.name == "notice";
            let links = &mut items[to].links;
            if notice { links.notices.push(from) } else { links.decided.push(from) }
        }
        "decision" => items[to].links.notices.push(from),
        "agenda" if path.ends_with(".decision") => {
            items[from].links.decided.push(to);
            items[to].links.meeting.get_or_insert(from);
        }
        _ => {}
    }
}

type Side = fn(&mut crate::model::site::Links) -> &mut Vec<ItemIx>;

fn both(items: &mut [Item], from: ItemIx, to: ItemIx, there: Side, back: Side) {
    there(&mut items[from].links).push(to);
    back(&mut items[to].links).push(from);
}

/// Older and newer within a kind, in the order of the items.
fn neighbours(items: &mut [Item]) {
    let mut last: BTreeMap<&'static str, ItemIx> = BTreeMap::new();
    for at in 0..items.len() {
        if let Some(older) = last.insert(items[at].kind.name, at) {
            items[at].links.older = Some(older);
            items[older].links.newer = Some(at);
        }
    }
}

/// Finds records that replace, change or correct themselves in the end.
fn cycles(items: &[Item], name: &'static str, out: &mut Findings) {
    let next = |at: ItemIx| match name {
        "supersedes" => &items[at].links.supersedes,
        "amends" => &items[at].links.amends,
        _ => &items[at].links.corrects,
    };
    // 0 unseen, 1 on the way, 2 done; an explicit stack, so that a long chain cannot exhaust the program's own.
    let mut marks = vec![0u8; items.len()];
    for start in 0..items.len() {
        if marks[start] != 0 || next(start).is_empty() {
            continue;
        }
        let mut way = vec![(start, 0)];
        marks[start] = 1;
        while let Some((at, step)) = way.last_mut() {
            let Some(to) = next(*at).get(*step).copied() else {
                marks[*at] = 2;
                way.pop();
                continue;
            };
            *step += 1;
            match marks[to] {
                0 => {
                    marks[to] = 1;
                    way.push((to, 0));
                }
                1 => {
                    let from = way.iter().position(|(seen, _)| *seen == to).unwrap_or(0);
                    let chain: Vec<&str> = way[from..].iter().map(|(seen, _)| items[*seen].id.as_str()).collect();
                    let record = &items[to].original().record;
                    out.push(Finding::error(
                        "relation-cycle",
                        record.place(name),
                        format!("`{name}` leads in a circle: {} and back to `{}`.", chain.join(", then "), items[to].id),
                        "Remove the line in the older record.",
                    ));
                }
                _ => {}
            }
        }
    }
}
