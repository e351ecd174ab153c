//! In: a controlled list. Out: its page: every body, topic, audience or place, with how many records it has.

use super::Made;
use super::fixed::Fixed;
use super::shop::Shop;
use super::tree::{Tree, text};
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::site::Facet;
use crate::text::collate::Collator;
use tera::Value;
use tera::value::Key;

/// The message that names a controlled list.
pub(super) fn title_key(list: Vocabulary) -> &'static str {
    match list {
        Vocabulary::Bodies => "terms-bodies",
        Vocabulary::Topics => "terms-topics",
        Vocabulary::Audiences => "terms-audiences",
        Vocabulary::Places | Vocabulary::Channels => "terms-places",
    }
}

/// The terms of a list that have records, in the language's order: name, address, how many.
pub(super) fn links(shop: &Shop<'_>, list: Vocabulary, lang: Lang, collator: &Collator) -> Vec<Value> {
    let mut terms: Vec<_> = shop.site.settings.terms(list).iter().map(|term| (term.name.get(lang), term)).collect();
    terms.sort_by(|a, b| collator.compare(a.0, b.0));
    let link = |(name, term): (&str, &crate::model::settings::Term)| {
        let index = shop.index(&Facet::Term(list, term.id.clone()));
        let count = index.map_or(0, |index| index.items.len());
        let href = index.filter(|_| count > 0).and_then(|index| index.routes.get(&lang)).map(crate::model::route::Route::href);
        Tree::new()
            .with("title", text(name))
            .with("about", text(term.about.get(lang)))
            .with("href", href)
            .with("number", shop.dates.number(lang, count as u64))
            .with("count", shop.words_count(lang, "list-count", count))
            .done()
    };
    terms.into_iter().map(link).collect()
}

/// Whether a link of [`links`] leads to a list, because there are records on it.
pub(super) fn has_list(link: &Value) -> bool {
    link.as_map().and_then(|map| map.get(&Key::Str("href"))).is_some_and(|href| !href.is_none())
}

/// The page of a controlled list.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, (here, list): (&Fixed<'_>, Vocabulary), out: &mut Vec<u8>) -> Made {
    let title = shop.words(lang, title_key(list));
    let about = shop.words(lang, &format!("{}-about", title_key(list)));
    let value = Tree::new()
        .with("list", text(list.name()))
        .with("about", text(&about))
        .with("links", links(shop, list, lang, &Collator::new(lang)))
        .done();
    let page = here.page(shop, lang, "terms", title).described(&about);
    shop.render("terms.html", page.put("terms", value).into_context(), here.route.as_str(), out)
}
