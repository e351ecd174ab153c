//! In: an item and the reader's language. Out: its entry in lists, made once and copied into every list.

use super::shop::Shop;
use super::tree::{Tree, text};
use crate::model::date::Stamp;
use crate::model::lang::Lang;
use crate::model::recipe::RenderFault;
use crate::model::site::ItemIx;
use tera::{Context, Value};

/// Renders the entry of an item for readers of a language.
pub(super) fn entry(shop: &Shop<'_>, at: ItemIx, lang: Lang) -> Result<Value, RenderFault> {
    let mut context = Context::new();
    context.insert_value("entry", value(shop, at, lang));
    shop.part("parts/entry.html", lang, context)
}

/// An item as entries and short lists see it: a link, its dates and what its kind shows beside it.
pub(super) fn value(shop: &Shop<'_>, at: ItemIx, lang: Lang) -> Value {
    let item = shop.item(at);
    let edition = item.best(lang);
    let fields = &edition.record.fields;
    let reference = fields.text("reference").map(|reference| reference.split_once(", ").map_or(reference, |(number, _)| number));
    let stamp = |name: &str| fields.stamp(name).map(|stamp| shop.stamp(lang, stamp));
    let claim = fields.text("claim").is_some();
    let link = shop.reference(at, lang);
    let body = fields.text("body").map(|id| shop.term(crate::model::kind::Vocabulary::Bodies, id, lang));
    Tree::new()
        .with("link", link)
        .with("kind", text(item.kind.name))
        .with("kind_name", shop.words(lang, &format!("kind-{}", item.kind.name)))
        .with("number", reference.map(text))
        .with("date", item.day.map(|day| shop.stamp(lang, Stamp::Day(day))))
        .with("starts", stamp("starts"))
        .with("opens", stamp("opens"))
        .with("closes", stamp("closes"))
        .with("take_down", stamp("take_down"))
        .with("place", fields.text("where").map(text))
        .with("body", body)
        .with("claim", claim)
        .with("said", fields.text("claim").map(text))
        .with("verdict", fields.text("verdict").map(|word| shop.words(lang, &format!("word-verdict-{word}"))))
        .with("summary", text(&edition.summary))
        .with("status", shop.status(item, lang))
        .done()
}
