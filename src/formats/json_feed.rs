//! In: the site. Out: JSON Feeds (jsonfeed.org, version 1.1) of the whole site and of each list, in every language.

use super::feed::{Entry, Feed, feeds};
use super::format::Format;
use crate::model::finding::Checked;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::Site;
use serde_json::{Value, json};

/// The format.
pub struct JsonFeed;

impl Format for JsonFeed {
    fn name(&self) -> &'static str {
        "json_feed"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let recipe = |feed: Feed<'s>| {
            let route = feed.route("feed.json").ok()?;
            let subject = format!("the JSON feed of {}", feed.home);
            Some(Recipe::plain(route.file(), subject, move |out| {
                serde_json::to_writer(&mut *out, &value(site, &feed, &route)).expect("writing to memory does not fail");
                out.push(b'\n');
            }))
        };
        feeds(site).into_iter().filter_map(recipe).collect::<Vec<_>>().into()
    }
}

fn value(site: &Site, feed: &Feed<'_>, route: &Route) -> Value {
    let settings = &site.settings;
    let absolute = |route: &Route| settings.absolute(&route.href());
    let author = json!({"name": settings.title.get(feed.lang), "url": absolute(&feed.home)});
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": absolute(&feed.home),
        "feed_url": absolute(route),
        "description": settings.tagline.get(feed.lang),
        "language": feed.lang,
        "authors": [author],
        "items": feed.entries(site).iter().map(|entry| item(site, entry)).collect::<Vec<_>>(),
    })
}

fn item(site: &Site, entry: &Entry<'_>) -> Value {
    let edition = entry.item.best(entry.lang);
    let fields = &entry.item.original().record.fields;
    let topics = fields.texts("topics").map(|topic| {
        let name = site.settings.topics.iter().find(|term| term.id == topic).map_or(topic, |term| term.name.get(entry.lang));
        Value::from(name)
    });
    // A reader shows an item without words as broken, so the title stands in for a missing summary.
    let words = if entry.summary.trim().is_empty() { &entry.title } else { &entry.summary };
    json!({
        "id": entry.id,
        "url": site.settings.absolute(&edition.route.href()),
        "title": entry.title,
        "content_text": words,
        "date_published": entry.published.to_string(),
        "date_modified": entry.updated.to_string(),
        "language": entry.lang,
        "tags": std::iter::once(Value::from(entry.item.kind.name)).chain(topics).collect::<Vec<_>>(),
    })
}
