//! In: the lists of a site. Out: the page that tells how to follow it: feeds by what people want, calendar, accounts.

use super::chrome;
use super::fixed::Fixed;
use super::shop::Shop;
use super::terms;
use super::tree::{Tree, text};
use super::{Made, page as pages};
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::text::collate::Collator;
use tera::Value;

/// Kinds that have news.
const KINDS: [&str; 8] = ["decision", "update", "alert", "consultation", "correction", "meeting", "notice", "vacancy"];

/// Every list that has records, in groups: by kind, topic, place, body, audience.
pub(super) fn lists(shop: &Shop<'_>, lang: Lang) -> Vec<Value> {
    let collator = Collator::new(lang);
    let mut groups = vec![group(shop.words(lang, "by-kind"), chrome::kind_lists(shop, lang, &KINDS), Value::none())];
    for (list, key) in [
        (Vocabulary::Topics, "by-topic"),
        (Vocabulary::Places, "by-place"),
        (Vocabulary::Bodies, "by-body"),
        (Vocabulary::Audiences, "by-audience"),
    ] {
        let links: Vec<Value> = terms::links(shop, list, lang, &collator).into_iter().filter(terms::has_list).collect();
        if !links.is_empty() {
            groups.push(group(shop.words(lang, key), Value::from(links), text(&shop.fixed(lang, &format!("{}/", list.name())).href())));
        }
    }
    groups
}

fn group(title: String, links: Value, all: Value) -> Value {
    Tree::new().with("title", title).with("links", links).with("all", all).done()
}

/// The page on subscribing.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let page = here
        .page(shop, lang, "subscribe", shop.words(lang, "subscribe"))
        .described(&shop.words(lang, "subscribe-about"))
        .put("everything", pages::feeds(&shop.home(lang).href()))
        .put("groups", lists(shop, lang))
        .put("accounts", chrome::accounts(shop, lang));
    shop.render("subscribe.html", page.into_context(), "the page on subscribing", out)
}
