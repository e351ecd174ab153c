//! In: a record in the public log. Out: what its page needs so that a reader can check it: the addresses of its proof and
//! of the log, the key, and the words in which the script tells what was proven and what was not.
//!
//! The words lie in a file beside the page on checking, one a language, fetched when the button is pressed.

use super::Made;
use super::shop::Shop;
use super::tree::{Tree, text};
use crate::formats::record_json;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::site::{Edition, Item};
use serde_json::{Map, Value as Json};
use std::sync::Arc;
use tera::Value;

/// The messages that the script says, without `prove-`.
const SAID: [&str; 30] = [
    "bad",
    "busy",
    "entry",
    "fail-in",
    "fail-key",
    "fail-leaf",
    "fail-now",
    "fail-page",
    "fail-record",
    "form",
    "gone",
    "good",
    "keep",
    "no-key",
    "not-newer",
    "not-others",
    "not-page",
    "not-script",
    "not-true",
    "now-left",
    "ok-in",
    "ok-key",
    "ok-leaf",
    "ok-now",
    "ok-page",
    "ok-record",
    "state",
    "unfinished",
    "unproven",
    "withdrawn",
];

/// The address of a static file of the theme.
fn script(shop: &Shop<'_>, name: &str) -> Option<String> {
    shop.site.theme.statics.iter().find(|(own, ..)| own.as_str() == name).map(|(_, route, _)| route.href())
}

/// What the box needs for a record; none where it is not in the log as it stands on its page.
pub(super) fn proof(shop: &Shop<'_>, item: &Item, edition: &Edition) -> Option<Value> {
    let log = shop.site.log.as_ref()?;
    let lang = edition.record.lang;
    let logged = log.of(&item.id, lang)?;
    let newest = logged.newest()?;
    if logged.pending {
        return Some(Tree::new().with("pending", true).with("script", Value::none()).done());
    }
    let number = shop.dates.number(lang, newest.index + 1);
    let made = Tree::new()
        .with("pending", false)
        .with("href", record_json::beside(&edition.route, "record.tlog-proof").href())
        .with("checkpoint", text("/log/checkpoint"))
        .with("log", text("/log/"))
        .with("keys", text(&log.keys.join(" ")))
        .with("origin", text(&log.origin))
        .with("page", edition.route.href())
        .with("entry", shop.words_with(lang, "prove-number", "number", &number))
        .with("words", shop.fixed(lang, "verify/words.json").href())
        .with("script", script(shop, "check.js"))
        .with("module", script(shop, "prove.js"));
    Some(made.done())
}

/// The words of the script in every language, where the site keeps a log.
pub(super) fn recipes<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    if shop.site.log.is_none() {
        return Vec::new();
    }
    let made = shop.site.settings.languages.iter().map(|lang| {
        let (shop, lang) = (shop.clone(), *lang);
        let route = shop.fixed(lang, "verify/words.json");
        Recipe { path: route.file(), subject: format!("the file {route}"), render: Box::new(move |out| words(&shop, lang, out)) }
    });
    made.collect()
}

fn words(shop: &Shop<'_>, lang: Lang, out: &mut Vec<u8>) -> Made {
    // The script puts names of files and numbers where these stand.
    let said = |key: &&str| ((*key).to_owned(), Json::from(shop.words_with(lang, &format!("prove-{key}"), "what", "{what}")));
    out.extend_from_slice(Json::Object(SAID.iter().map(said).collect::<Map<String, Json>>()).to_string().as_bytes());
    Ok(crate::model::finding::Findings::new())
}
