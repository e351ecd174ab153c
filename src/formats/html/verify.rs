//! In: the newest decision. Out: the page that tells how to check a record, with one checked as an example.

use super::super::record_json;
use super::Made;
use super::fixed::Fixed;
use super::shop::Shop;
use super::standing::newest;
use super::tree::{Tree, safe, text};
use crate::model::lang::Lang;
use crate::text::seal;
use tera::Value;

/// A record to show the check with: the newest decision, else the newest of another kind; none where the site is empty.
pub(super) fn example(shop: &Shop<'_>, lang: Lang) -> Value {
    let newest =
        ["decision", "alert", "consultation", "update", "notice", "service", "page"].iter().find_map(|kind| newest(shop, kind, 1).pop());
    let Some(at) = newest else { return Value::none() };
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
        .with("grouped", seal::grouped(&hash))
        .with("seal", safe(&seal::rosette(&hash, "seal")))
        .done()
}

/// The page on checking.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let editions = shop.site.items.iter().map(|item| item.editions.len()).sum();
    let corrections = shop.kind_index("correction").and_then(|index| index.routes.get(&lang)).map(crate::model::route::Route::href);
    let value = Tree::new()
        .with("example", example(shop, lang))
        .with("count", shop.words_count(lang, "list-count", editions))
        .with("corrections", corrections)
        .done();
    let page = here.page(shop, lang, "verify", shop.words(lang, "verify")).described(&shop.words(lang, "verify-about"));
    shop.render("verify.html", page.put("verify", value).into_context(), "the page on checking", out)
}
