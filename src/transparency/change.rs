//! In: two versions of one `record.json`. Out: what kind of change lies between them, or why it is no lawful one.

use super::leaf::Reason;
use serde_json::{Map, Value};

/// A lawful change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Nothing that the record says.
    Nothing,
    /// What it says.
    Revised,
    /// It no longer holds.
    Withdrawn(Reason),
}

/// A change that would rewrite what was published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The code of the finding.
    pub code: &'static str,
    /// The field it is about; empty for the file.
    pub field: String,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// Fields that may be set, or that may grow, without a note: they tell of themselves when and what.
const GROWING: [&str; 13] = [
    "timeline",
    "resolved",
    "withdrawn",
    "outcome",
    "decisions",
    "minutes",
    "documents",
    "implemented",
    "announced",
    "related",
    "events",
    "updated",
    "revisions",
];

/// Fields that say when.
const DATES: [&str; 14] = [
    "date",
    "decided",
    "in_force",
    "until",
    "announced",
    "implemented",
    "opens",
    "closes",
    "starts",
    "ends",
    "posted",
    "take_down",
    "effective",
    "onset",
];

/// Kinds that are living documents.
const LIVING: [&str; 2] = ["page", "service"];

/// Compares two versions. `since` is when the earlier was published (RFC 3339), `moved` says that the record has a new name
/// and names its old address.
pub fn change(before: Option<&str>, after: &[u8], since: &str, moved: bool) -> Result<Change, Refusal> {
    let read = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap_or(Value::Null);
    let new = read(after);
    // Without the earlier text nobody can say what changed, so a note must.
    let old = before.map_or(Value::Null, |text| read(text.as_bytes()));
    let changed = differing(&old, &new);
    if changed.is_empty() && before.is_some() {
        return Ok(Change::Nothing);
    }
    let empty = Map::new();
    let fields = |value: &'_ Value| -> Map<String, Value> { value.get("fields").and_then(Value::as_object).unwrap_or(&empty).clone() };
    let (was, is) = (fields(&old), fields(&new));
    if let Some(refusal) = notes_kept(&was, &is) {
        return Err(refusal);
    }
    let withdrawn = !was.contains_key("withdrawn") && is.contains_key("withdrawn");
    let others: Vec<&String> = changed.iter().filter(|name| !grew(name, &was, &is)).collect();
    let living = new.get("kind").and_then(Value::as_str).is_some_and(|kind| LIVING.contains(&kind));
    let notes = notes(&was, &is);
    let is_late = |note: &Option<String>| note.as_deref().is_some_and(|day| !is_before(day, since));
    let moved_alone = moved && others.iter().all(|name| matches!(name.as_str(), "id" | "url" | "aliases"));
    let named = is_late(&notes.0) || is_late(&notes.1) || living || moved_alone;
    if !others.is_empty() && !named {
        return Err(match notes.0 {
            Some(day) => Refusal {
                code: "log-backdated",
                field: "revisions".into(),
                message: format!(
                    "The note about the change is of {day}, before the version that it changes was published ({}).",
                    &since[..since.len().min(10)]
                ),
                help: "Give it the day of the change.".into(),
            },
            None => silent(&others, moved),
        });
    }
    Ok(if withdrawn { Change::Withdrawn(reason(&is["withdrawn"])) } else { Change::Revised })
}

/// What differs, but for where the text lies: `title`, `text`, `attachments`, names of fields.
fn differing(old: &Value, new: &Value) -> Vec<String> {
    let empty = Map::new();
    let object = |value: &'_ Value| -> Map<String, Value> { value.as_object().unwrap_or(&empty).clone() };
    let (mut before, mut after) = (object(old), object(new));
    let mut names = Vec::new();
    for map in [&mut before, &mut after] {
        map.remove("source");
        // A body that moves to another domain changes no record.
        if let Some(Value::String(url)) = map.get_mut("url") {
            let path = url.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| rest[at..].to_owned()));
            *url = path.unwrap_or_default();
        }
    }
    let inner = |map: &mut Map<String, Value>| map.remove("fields").map(|fields| object(&fields)).unwrap_or_default();
    let (was, is) = (inner(&mut before), inner(&mut after));
    for (one, other) in [(&before, &after), (&was, &is)] {
        let all: std::collections::BTreeSet<&String> = one.keys().chain(other.keys()).collect();
        names.extend(all.into_iter().filter(|name| one.get(*name) != other.get(*name)).cloned());
    }
    names.sort();
    names.dedup();
    names
}

/// Whether a field was only set, or only got more entries.
fn grew(name: &str, was: &Map<String, Value>, is: &Map<String, Value>) -> bool {
    if name == "updated" {
        return true;
    }
    if !GROWING.contains(&name) {
        return false;
    }
    match (was.get(name), is.get(name)) {
        (None, Some(_)) => true,
        (Some(Value::Array(old)), Some(Value::Array(new))) => new.len() >= old.len() && contains(new, old),
        _ => false,
    }
}

/// Whether a list still has all entries of an earlier one, in their order.
fn contains(new: &[Value], old: &[Value]) -> bool {
    let mut rest = new.iter();
    old.iter().all(|entry| rest.any(|other| other == entry))
}

/// Earlier notes about changes stand as they were.
fn notes_kept(was: &Map<String, Value>, is: &Map<String, Value>) -> Option<Refusal> {
    let list = |map: &Map<String, Value>, name: &str| map.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let lost = !contains(&list(is, "revisions"), &list(was, "revisions"));
    lost.then(|| Refusal {
        code: "log-note-changed",
        field: "revisions".into(),
        message: "A note about an earlier change is gone or says something else.".into(),
        help: "Put it back as it was, and add a new note for what is to be said now.".into(),
    })
}

/// The days of the newest notes that were not there before: in `revisions`, and in `timeline`.
fn notes(was: &Map<String, Value>, is: &Map<String, Value>) -> (Option<String>, Option<String>) {
    let fresh = |name: &str, date: &str| {
        let old = was.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        let new = is.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
        new.iter().filter(|entry| !old.contains(entry)).filter_map(|entry| entry.get(date).and_then(Value::as_str)).map(str::to_owned).max()
    };
    (fresh("revisions", "date"), fresh("timeline", "at"))
}

/// Whether a day or instant lies on an earlier day than another instant; a day earlier may be a matter of time zones.
fn is_before(day: &str, since: &str) -> bool {
    let parse = |text: &str| text.get(..10).and_then(|day| day.parse::<jiff::civil::Date>().ok());
    match (parse(day), parse(since)) {
        (Some(day), Some(since)) => day.tomorrow().is_ok_and(|next| next < since),
        _ => false,
    }
}

fn silent(names: &[&String], moved: bool) -> Refusal {
    let all = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    let note = "Put it back, or add a note that readers will see: `revisions: [{date: …, note: what changed and why, material: true}]`.";
    let dated = names.iter().find(|name| DATES.contains(&name.as_str()));
    let numbered = names.iter().find(|name| matches!(name.as_str(), "reference" | "id"));
    let (code, field, message) = match (dated, numbered) {
        (Some(date), _) => {
            ("log-redated", (*date).clone(), format!("The date `{date}` is not the one that was published, and no note says why."))
        }
        (_, Some(_)) if !moved => {
            ("log-renumbered", "reference".to_owned(), "The reference is not the one that was published, and no note says why.".to_owned())
        }
        _ => ("log-changed", String::new(), format!("What was published has changed ({all}), and no note says why.")),
    };
    Refusal { code, field, message, help: note.into() }
}

/// The code of a withdrawal, where the writer chose one.
fn reason(withdrawn: &Value) -> Reason {
    withdrawn.get("ground").and_then(Value::as_str).and_then(Reason::of).unwrap_or(Reason::None)
}
