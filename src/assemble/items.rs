//! In: visible records, editions of one id behind each other. Out: items with their addresses, oldest first.

use super::{appeal, routes};
use crate::model::date::{Day, Now, Stamp};
use crate::model::finding::{Finding, Findings};
use crate::model::record::Record;
use crate::model::settings::Settings;
use crate::model::site::{Edition, Item, Links, Status, Tone};
use crate::text::{markdown, sentences};

/// Gathers records into items.
pub fn items(records: Vec<Record>, settings: &Settings, now: &Now, out: &mut Findings) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut records = records.into_iter().peekable();
    while let Some(first) = records.next() {
        let mut editions = vec![first];
        while records.peek().is_some_and(|next| next.id == editions[0].id) {
            editions.extend(records.next());
        }
        items.extend(item(editions, settings, now, out));
    }
    // Within a day, by the instant of publication, where one was given.
    let instant = |item: &Item| item.published.map(|stamp| stamp.begins(&now.zone));
    items.sort_by_cached_key(|item| (item.day, instant(item), item.id.clone()));
    items
}

fn item(records: Vec<Record>, settings: &Settings, now: &Now, out: &mut Findings) -> Option<Item> {
    let first = &records[0];
    let (id, kind) = (first.id.clone(), first.kind);
    let day = filed_under(first, now);
    let published = first.fields.stamp("date").or(day.map(Stamp::Day));
    let changed = changed(first, published, now);
    let appeal_until = appeal_until(first, settings, out);
    let updated = first.fields.stamp("updated");
    let mut editions = Vec::with_capacity(records.len());
    for record in records {
        let stale = !record.original && is_stale(&record, updated, now);
        match routes::edition(&record, day, settings) {
            Ok(route) => editions.push(Edition { route, stale, summary: summary(&record), record }),
            Err(error) => out.push(Finding::error(
                "bad-path",
                crate::model::finding::Place::file(record.source.path.as_str()),
                error.to_string(),
                "Rename the file, or change the pattern under `routes:` in promulgate.yaml.",
            )),
        }
    }
    let status = Status { word: "published", tone: Tone::Ok, date: published };
    (!editions.is_empty()).then_some(Item { id, kind, day, published, changed, editions, status, appeal_until, links: Links::default() })
}

/// The day under which a reader looks for it.
fn filed_under(record: &Record, now: &Now) -> Option<Day> {
    let names: &[&str] = match record.kind.name {
        "decision" => &["decided", "date"],
        "meeting" => &["starts", "date"],
        "notice" => &["posted", "date"],
        "consultation" => &["opens", "date"],
        "alert" => &["effective", "date"],
        "update" => &["starts", "date"],
        "service" | "page" => &[],
        _ => &["date"],
    };
    names.iter().find_map(|name| record.fields.stamp(name)).map(|stamp| stamp.day(&now.zone))
}

/// When it last changed in substance, as far as that is not in the future.
fn changed(record: &Record, published: Option<Stamp>, now: &Now) -> Option<Stamp> {
    let revisions =
        record.fields.maps("revisions").filter(|revision| revision.flag("material")).filter_map(|revision| revision.stamp("date"));
    let entries = record.fields.maps("timeline").filter_map(|entry| entry.stamp("at"));
    let ends = ["updated", "resolved"].into_iter().filter_map(|name| record.fields.stamp(name));
    let all = revisions.chain(entries).chain(ends).filter(|stamp| now.reached(*stamp)).chain(published);
    all.max_by_key(|stamp| stamp.begins(&now.zone))
}

/// A translation is stale when the original says that it changed and the translation does not say that it followed.
fn is_stale(translation: &Record, original_updated: Option<Stamp>, now: &Now) -> bool {
    let Some(updated) = original_updated else { return false };
    let own = translation.own.contains(&"updated").then(|| translation.fields.stamp("updated")).flatten();
    own.is_none_or(|own| own.begins(&now.zone) < updated.begins(&now.zone))
}

fn appeal_until(record: &Record, settings: &Settings, out: &mut Findings) -> Option<Day> {
    let appeal = record.fields.map("appeal")?;
    let counted = record.fields.day("announced").filter(|_| settings.law == Some("sweden")).map(appeal::last_appeal_day);
    let typed = appeal.day("until");
    if let (Some(typed), Some(counted)) = (typed, counted)
        && typed != counted
    {
        out.push(Finding::error(
            "appeal-date",
            record.place("appeal.until"),
            format!("The law counts {counted} as the last day to appeal, not {typed}."),
            "Remove `until:`; it is counted from `announced:`.",
        ));
    }
    typed.or(counted)
}

/// The written summary, or the first sentences of the body.
fn summary(record: &Record) -> String {
    if let Some(summary) = record.summary() {
        return summary.split_whitespace().collect::<Vec<_>>().join(" ");
    }
    let head: String = record.body().chars().take(2_000).collect();
    sentences::lead(&markdown::plain(&head), record.lang, 280)
}
