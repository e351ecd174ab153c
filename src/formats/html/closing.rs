//! In: a record. Out: what its page ends with: how to check it, whom to ask, where to follow; and the wider channels of a crisis.

use super::prove;
use super::shop::Shop;
use super::tree::{Tree, safe, text};
use crate::formats::record_json;
use crate::model::lang::Lang;
use crate::model::route::Route;
use crate::model::site::{Edition, Item, ItemIx};
use crate::text::seal;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tera::Value;

/// What may stand as it is in the address of a `mailto:` link (RFC 6068).
const MAILBOX: &AsciiSet = &NON_ALPHANUMERIC.remove(b'@').remove(b'.').remove(b'-').remove(b'_').remove(b'+');

/// The seal, the hash it is drawn from, and the file that anybody can hash.
pub(super) fn check(shop: &Shop<'_>, item: &Item, edition: &Edition) -> Value {
    let hash = record_json::fingerprint(shop.site, item, edition);
    let route = record_json::route(edition);
    let file = route.as_str().rsplit('/').next().unwrap_or_default();
    Tree::new()
        .with("hash", text(&seal::grouped(&hash)))
        .with("seal", safe(&seal::rosette(&hash, "seal")))
        .with("href", route.href())
        .with("file", text(file))
        .with("proof", prove::proof(shop, item, edition))
        .with("verify", shop.fixed(edition.record.lang, "verify/").href())
        .done()
}

/// A message to whoever answers for the record, its reference in the subject already.
pub(super) fn ask(shop: &Shop<'_>, edition: &Edition) -> Option<Value> {
    let record = &edition.record;
    let own = record.fields.map("contact").and_then(|contact| contact.text("email"));
    let mailbox = own.or(shop.site.settings.contact.text("email"))?;
    let title = record.title();
    let subject = record.fields.text("reference").map_or_else(|| title.to_owned(), |reference| format!("{reference}: {title}"));
    let href = format!("mailto:{}?subject={}", utf8_percent_encode(mailbox, MAILBOX), utf8_percent_encode(&subject, NON_ALPHANUMERIC));
    Some(Tree::new().with("href", href).with("email", text(mailbox)).done())
}

/// The Atom feed of the record's kind.
pub(super) fn feed(shop: &Shop<'_>, item: &Item, lang: Lang) -> Option<String> {
    let route = shop.kind_index(item.kind.name)?.routes.get(&lang).map(Route::href)?;
    Some(format!("{}/feed.atom", route.trim_end_matches('/')))
}

/// The country's own channel for warnings, beside which a municipality's page only stands.
pub(super) fn national(shop: &Shop<'_>, item: &Item) -> Option<Value> {
    (item.kind.name == "alert" && shop.site.settings.law == Some("sweden")).then(|| {
        Tree::new()
            .with("name", text("Krisinformation.se"))
            .with("url", text("https://www.krisinformation.se/"))
            .with("phone", text("113 13"))
            .with("lang", text("sv"))
            .done()
    })
}

/// What is linked to a service, by what it means now: under way, planned, decided, all else; the newest first.
pub(super) fn of_service(shop: &Shop<'_>, item: &Item, lang: Lang) -> Option<Value> {
    let standing = |at: ItemIx| {
        let other = shop.item(at);
        match (other.kind.name, other.status.word) {
            ("update", "outage" | "degraded" | "maintenance") | ("alert", "active") => "now",
            ("update", "planned") => "planned",
            ("decision", _) => "decisions",
            _ => "rest",
        }
    };
    let mut all = item.links.updates.clone();
    all.extend(item.links.related.iter().filter(|at| !item.links.updates.contains(at)));
    all.sort_by_key(|at| std::cmp::Reverse(shop.item(*at).day));
    let part = |name: &str| all.iter().filter(|at| standing(**at) == name).map(|at| shop.reference(*at, lang)).collect::<Vec<_>>();
    let made = ["now", "planned", "decisions", "rest"].into_iter().fold(Tree::new(), |tree, name| tree.with(name, part(name)));
    (item.kind.name == "service").then(|| made.done())
}
