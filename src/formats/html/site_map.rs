//! In: the site. Out: its contents as a page for people, and the page for what is not found.

use super::Made;
use super::chrome;
use super::fixed::{self, Fixed};
use super::shop::Shop;
use super::terms;
use super::tree::{Tree, text};
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::text::collate::Collator;
use tera::Value;

/// Fixed pages that are named in the contents, with the message of each.
const NAMED: [(&str, &str); 7] = [
    ("status/", "services-now"),
    ("calendar/", "calendar"),
    ("plan/", "plan"),
    ("subscribe/", "subscribe"),
    ("verify/", "verify"),
    ("notices/log/", "board-log"),
    ("data/", "open-data"),
];

/// Links to the fixed pages that a site has.
pub(super) fn fixed_links(shop: &Shop<'_>, lang: Lang) -> Vec<Value> {
    let there: Vec<&str> = fixed::paths(shop.site).collect();
    let own = NAMED.iter().filter(|(path, _)| there.contains(path));
    own.map(|(path, key)| Tree::new().with("title", shop.words(lang, key)).with("href", shop.fixed(lang, path).href()).done()).collect()
}

/// The content pages of a site, in the language's order.
fn content_pages(shop: &Shop<'_>, lang: Lang) -> Vec<Value> {
    let collator = Collator::new(lang);
    let mut all: Vec<_> = shop.kind_index("page").map(|index| index.items.clone()).unwrap_or_default();
    let title = |at: usize| shop.item(at).best(lang).record.title();
    all.sort_by(|a, b| collator.compare(title(*a), title(*b)));
    all.into_iter().map(|at| shop.reference(at, lang)).collect()
}

/// The lists of terms that have records: topics, places, bodies, audiences.
fn lists(shop: &Shop<'_>, lang: Lang) -> Vec<Value> {
    let collator = Collator::new(lang);
    let mut groups = Vec::new();
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

fn groups(shop: &Shop<'_>, lang: Lang) -> Vec<Value> {
    let group =
        |key: &str, links: Value| Tree::new().with("title", shop.words(lang, key)).with("links", links).with("all", Value::none()).done();
    let mut groups = vec![group("site-map-now", Value::from(fixed_links(shop, lang)))];
    groups.push(group("by-kind", chrome::kind_lists(shop, lang, &chrome::ALL_KINDS)));
    let pages = content_pages(shop, lang);
    if !pages.is_empty() {
        groups.push(group("about-this-site", Value::from(pages)));
    }
    groups.extend(lists(shop, lang));
    groups
}

/// The contents of the site.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let page = here.page(shop, lang, "sitemap", shop.words(lang, "site-map")).described(&shop.words(lang, "site-map-about"));
    shop.render("sitemap.html", page.put("groups", groups(shop, lang)).into_context(), "the contents", out)
}

/// What a reader of a mistyped address gets.
pub(super) fn not_found(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let page = shop.page(lang, "redirect").titled(shop.words(lang, "not-found")).at(here.route).hidden();
    let services = shop.kind_index("service").and_then(|index| index.routes.get(&lang)).map(|route| text(&route.href()));
    let page = page.put("groups", groups(shop, lang)).put("services", services);
    shop.render("404.html", page.into_context(), "the page for what is not found", out)
}
