//! In: a feed. Out: JSON Feed (jsonfeed.org, version 1.1).

use super::entries::{Entry, entries};
use super::{Desk, Feed};
use crate::model::route::Route;
use serde_json::{Value, json};

pub(super) fn write(desk: &Desk<'_>, feed: &Feed<'_>, route: &Route, out: &mut Vec<u8>) {
    serde_json::to_writer(&mut *out, &value(desk, feed, route)).expect("writing to memory does not fail");
    out.push(b'\n');
}

fn value(desk: &Desk<'_>, feed: &Feed<'_>, route: &Route) -> Value {
    let settings = &desk.site.settings;
    let author = json!({"name": settings.title.get(feed.lang), "url": desk.absolute(&feed.home)});
    let mut value = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": desk.absolute(&feed.home),
        "feed_url": desk.absolute(route),
        "description": settings.tagline.get(feed.lang),
        "language": feed.lang,
        "authors": [author],
    });
    if let Some(hub) = &settings.hub {
        value["hubs"] = json!([{"type": "WebSub", "url": hub}]);
    }
    value["items"] = entries(desk, feed).iter().map(|entry| item(desk, entry)).collect();
    value
}

fn item(desk: &Desk<'_>, entry: &Entry<'_>) -> Value {
    let edition = entry.item.best(entry.lang);
    let fields = &entry.item.original().record.fields;
    let topics = fields.texts("topics").map(|topic| {
        let name = desk.site.settings.topics.iter().find(|term| term.id == topic).map_or(topic, |term| term.name.get(entry.lang));
        Value::from(name)
    });
    // A reader shows an item without words as broken, so the title stands in for a missing summary.
    let words = if entry.summary.trim().is_empty() { &entry.title } else { &entry.summary };
    json!({
        "id": entry.id,
        "url": desk.absolute(&edition.route),
        "title": entry.title,
        "content_text": words,
        "date_published": entry.published.to_string(),
        "date_modified": entry.updated.to_string(),
        "language": entry.lang,
        "tags": std::iter::once(Value::from(entry.item.kind.name)).chain(topics).collect::<Vec<_>>(),
    })
}
