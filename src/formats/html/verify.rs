//! In: the newest decision. Out: the page that tells how to check a record, with one checked as an example.

use super::super::{checkpoints, record_json};
use super::Made;
use super::fixed::Fixed;
use super::prove;
use super::shop::Shop;
use super::standing::newest;
use super::tree::{Tree, safe, text};
use crate::model::lang::Lang;
use crate::model::route::Route;
use crate::model::site::ItemIx;
use crate::text::seal;
use tera::Value;

/// The record that is checked as an example.
fn shown(shop: &Shop<'_>) -> Option<ItemIx> {
    ["decision", "alert", "consultation", "update", "notice", "service", "page"].iter().find_map(|kind| newest(shop, kind, 1).pop())
}

/// A record to show the check with: the newest decision, else the newest of another kind; none where the site is empty.
pub(super) fn example(shop: &Shop<'_>, lang: Lang) -> Value {
    let Some(at) = shown(shop) else { return Value::none() };
    let (item, edition) = (shop.item(at), shop.item(at).best(lang));
    let hash = record_json::fingerprint(shop.site, item, edition);
    let route = record_json::route(edition);
    let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
    Tree::new()
        .with("link", shop.reference(at, lang))
        .with("href", route.href())
        .with("url", shop.site.settings.absolute(&route.href()))
        .with("file", text(route.as_str().rsplit('/').next().unwrap_or_default()))
        .with("hash", hex)
        .with("proof", prove::proof(shop, item, edition))
        .with("grouped", seal::grouped(&hash))
        .with("seal", safe(&seal::rosette(&hash, "seal")))
        .done()
}

/// What the page says of the public log; none for a site without one.
fn log(shop: &Shop<'_>, lang: Lang) -> Option<Value> {
    let log = shop.site.log.as_ref()?;
    let settings = &shop.site.settings;
    let example = shown(shop).map(|at| record_json::beside(&shop.item(at).best(lang).route, "record.tlog-proof"));
    let file = |route: &Route| route.as_str().rsplit('/').next().unwrap_or_default().to_owned();
    let script = shop.site.theme.statics.iter().find(|(name, ..)| name.as_str() == "check.js").map(|(_, route, _)| route.href());
    let made = Tree::new()
        .with("size", shop.dates.number(lang, log.size))
        .with("keys", log.keys.iter().map(|key| text(key)).collect::<Vec<_>>())
        .with("key", log.keys.first().map(|key| text(key)))
        .with("feed", text(checkpoints::ADDRESS))
        .with("url", text(&settings.absolute("/")))
        .with("proof", example.as_ref().map(|route| settings.absolute(&route.href())))
        .with("proof_file", example.as_ref().map(file))
        .with("script", script);
    Some(made.done())
}

/// The page on checking.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let editions = shop.site.items.iter().map(|item| item.editions.len()).sum();
    let corrections = shop.kind_index("correction").and_then(|index| index.routes.get(&lang)).map(Route::href);
    let value = Tree::new()
        .with("example", example(shop, lang))
        .with("log", log(shop, lang))
        .with("count", shop.words_count(lang, "list-count", editions))
        .with("corrections", corrections)
        .done();
    let page = here.page(shop, lang, "verify", shop.words(lang, "verify")).described(&shop.words(lang, "verify-about"));
    shop.render("verify.html", page.put("verify", value).into_context(), "the page on checking", out)
}
