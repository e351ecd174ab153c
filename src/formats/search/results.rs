//! In: the site. Out: what a result shows, sixteen records a file, for readers of one language.

use super::PER_FILE;
use super::pool::Pool;
use crate::model::date::Stamp;
use crate::model::lang::Lang;
use crate::model::site::{Item, Site};
use crate::text::dates::Dates;
use serde_json::{Value, json};

/// Longest excerpt, in characters.
const EXCERPT: usize = 300;

/// Writes the file of a number.
pub(super) fn write(pool: &Pool<'_>, dates: &Dates, (lang, number): (Lang, usize), out: &mut String) {
    let site = pool.site;
    let items = site.items.iter().skip(number * PER_FILE).take(PER_FILE);
    let records: Vec<Value> = items.map(|item| record(site, dates, lang, item)).collect();
    let last = ((number + 1) * PER_FILE).min(site.items.len()).saturating_sub(1);
    out.push_str("{\"v\":");
    out.push_str(&pool.stamp(last));
    out.push_str(",\"records\":");
    out.push_str(&Value::Array(records).to_string());
    out.push_str("}\n");
}

fn record(site: &Site, dates: &Dates, lang: Lang, item: &Item) -> Value {
    let edition = item.best(lang);
    let own = edition.record.lang;
    let mut value = json!({
        "title": edition.record.title(),
        "href": edition.route.href(),
        "kind": site.messages.get(lang, &format!("kind-{}", item.kind.name)),
        "text": excerpt(&edition.summary),
        "tone": item.status.tone.class(),
        "status": status(site, dates, lang, item),
    });
    if let Some(day) = item.day {
        value["date"] = json!([day.to_string(), dates.long(lang, day)]);
    }
    if let Some(reference) = edition.record.fields.text("reference") {
        value["number"] = json!(reference);
    }
    if own != lang {
        value["lang"] = json!([own.as_str(), own.direction(), crate::formats::html::lang_name(own)]);
    }
    value
}

/// The status with its date, or the word alone.
fn status(site: &Site, dates: &Dates, lang: Lang, item: &Item) -> String {
    let key = format!("status-{}", item.status.word);
    let dated = item.status.date.map(|stamp: Stamp| {
        let shown = dates.stamp(lang, stamp);
        site.messages.format(lang, &format!("{key}-date"), &[("date", crate::model::messages::Arg::Text(&shown))])
    });
    dated.unwrap_or_else(|| site.messages.get(lang, &key))
}

fn excerpt(summary: &str) -> String {
    match summary.char_indices().nth(EXCERPT) {
        None => summary.to_owned(),
        Some((cut, _)) => format!("{}…", summary[..cut].rsplit_once(' ').map_or(&summary[..cut], |(whole, _)| whole)),
    }
}
