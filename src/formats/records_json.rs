//! In: the site. Out: `records.json`: every record with every field, for whoever wants to count, compare or build on it.
//!
//! Contract `records/1`: within version 1 we only add. Fields are named as writers name them; dates are ISO 8601;
//! relations are ids; a translation carries the fields that it says itself.

use super::format::Format;
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::record::{Fields, Value};
use crate::model::route::SafePath;
use crate::model::site::{Edition, Item, ItemIx, Links, Site};
use serde_json::{Map, Value as Json, json};

/// The format.
pub struct RecordsJson;

impl Format for RecordsJson {
    fn name(&self) -> &'static str {
        "records_json"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let path = SafePath::new("records.json").expect("a plain name");
        vec![Recipe::plain(path, "records.json", move |out| write(site, out))].into()
    }
}

/// Writes record by record, so that the whole is never held twice.
fn write(site: &Site, out: &mut Vec<u8>) {
    let settings = &site.settings;
    let head = json!({
        "title": settings.title.get(settings.default_lang()),
        "url": settings.url,
        "languages": settings.languages,
    });
    // A buffer that grows by doubling would hold an old copy beside the new one.
    let editions = site.items.iter().flat_map(|item| &item.editions);
    out.reserve(editions.map(|edition| 1024 + edition.record.body.start).sum());
    out.extend_from_slice(format!("{{\"api\":1,\"site\":{head},\"records\":[").as_bytes());
    for (at, item) in site.items.iter().enumerate() {
        out.extend_from_slice(if at == 0 { b"\n" } else { b",\n" });
        serde_json::to_writer(&mut *out, &record(site, item)).expect("writing to memory does not fail");
    }
    out.extend_from_slice(b"\n]}\n");
}

fn record(site: &Site, item: &Item) -> Json {
    let original = item.original();
    let languages: Map<String, Json> =
        item.editions.iter().map(|edition| (edition.record.lang.to_string(), language(site, edition, edition.record.original))).collect();
    json!({
        "id": item.id,
        "kind": item.kind.name,
        "url": site.settings.absolute(&original.route.href()),
        "status": {"word": item.status.word, "date": item.status.date.map(|stamp| stamp.to_string())},
        "published": item.published.map(|stamp| stamp.to_string()),
        "changed": item.changed.map(|stamp| stamp.to_string()),
        "appeal_until": item.appeal_until.map(|day| day.to_string()),
        "fields": fields(&original.record.fields, &|_| true),
        "relations": relations(site, &item.links),
        "languages": languages,
    })
}

fn language(site: &Site, edition: &Edition, original: bool) -> Json {
    let record = &edition.record;
    let own = |name: &str| !original && record.own.contains(&name);
    json!({
        "url": site.settings.absolute(&edition.route.href()),
        "title": record.title(),
        "summary": edition.summary,
        "original": original,
        "stale": edition.stale,
        "fields": fields(&record.fields, &own),
    })
}

/// The fields that `wanted` names, as JSON.
pub fn fields(fields: &Fields, wanted: &dyn Fn(&str) -> bool) -> Json {
    let wanted = fields.0.iter().filter(|(name, _)| wanted(name));
    Json::Object(wanted.map(|(name, value)| ((*name).to_owned(), json_of(value))).collect())
}

/// A value as JSON.
pub fn json_of(value: &Value) -> Json {
    match value {
        Value::Text(text) | Value::Markdown(text) => Json::from(text.as_str()),
        Value::Flag(flag) => Json::from(*flag),
        Value::Count(number) => Json::from(*number),
        Value::Day(day) => Json::from(day.to_string()),
        Value::Instant(instant) => Json::from(instant.to_string()),
        Value::Word(word) => Json::from(*word),
        Value::Lang(lang) => Json::from(lang.as_str()),
        Value::List(items) => Json::Array(items.iter().map(json_of).collect()),
        Value::Map(map) => fields(map, &|_| true),
        Value::Named(named) => Json::Object(named.iter().map(|(name, value)| (name.clone(), json_of(value))).collect()),
        Value::Off => Json::Bool(false),
        Value::Any(any) => any.clone(),
    }
}

fn relations(site: &Site, links: &Links) -> Json {
    let one = |at: &Option<ItemIx>| at.iter().copied().collect::<Vec<_>>();
    let all = [
        ("supersedes", links.supersedes.clone()),
        ("superseded_by", links.superseded_by.clone()),
        ("amends", links.amends.clone()),
        ("amended_by", links.amended_by.clone()),
        ("corrects", links.corrects.clone()),
        ("corrected_by", links.corrected_by.clone()),
        ("consultation", one(&links.consultation)),
        ("decisions", links.decisions.clone()),
        ("meeting", one(&links.meeting)),
        ("decided", links.decided.clone()),
        ("services", links.services.clone()),
        ("updates", links.updates.clone()),
        ("notices", links.notices.clone()),
        ("related", links.related.clone()),
    ];
    let named = all.into_iter().filter(|(_, items)| !items.is_empty());
    let ids = |items: Vec<ItemIx>| items.into_iter().map(|at| Json::from(site.items[at].id.as_str())).collect::<Vec<_>>();
    Json::Object(named.map(|(name, items)| (name.to_owned(), Json::Array(ids(items)))).collect())
}
