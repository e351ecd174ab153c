//! In: the lists of a site. Out: the page on subscribing: each list with every form in which it can be followed, and the
//! body's accounts elsewhere.

use super::fixed::Fixed;
use super::shop::Shop;
use super::tree::{Tree, text};
use super::{Made, chrome};
use crate::formats::feed::{FORMS, beside};
use crate::formats::{cap_feed, icalendar};
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::route::Route;
use crate::model::settings::Term;
use crate::model::site::Facet;
use crate::text::collate::Collator;
use tera::Value;

/// A form in which something can be followed: the name people know it by, its address, its media type.
pub(super) type Form = (String, String, &'static str);

/// The kinds that are offered, in this order.
const KINDS: [&str; 8] = ["decision", "update", "alert", "consultation", "correction", "meeting", "notice", "vacancy"];

/// What a list offers besides its feeds: a calendar, alerts in CAP.
pub(super) fn extras(shop: &Shop<'_>, facet: &Facet, lang: Lang, route: &Route) -> Vec<Form> {
    let mut forms = Vec::new();
    if icalendar::has_calendar(facet) {
        forms.push((shop.words(lang, "calendar"), beside(route, icalendar::CALENDAR).href(), icalendar::MEDIA));
    }
    if *facet == Facet::Kind("alert") {
        forms.push(("CAP".to_owned(), beside(route, cap_feed::NAME).href(), "application/atom+xml"));
    }
    forms
}

/// The forms of a page's feeds, and others after them.
pub(super) fn forms(route: &Route, extras: Vec<Form>) -> Value {
    let feeds = FORMS.into_iter().map(|(file, media, name)| (name.to_owned(), beside(route, file).href(), media));
    let made =
        feeds.chain(extras).map(|(name, href, media)| Tree::new().with("name", name).with("href", href).with("type", text(media)).done());
    Value::from(made.collect::<Vec<_>>())
}

/// A link of a group: title, page, forms.
fn link(title: &str, route: &Route, extras: Vec<Form>) -> Value {
    Tree::new().with("title", text(title)).with("href", route.href()).with("formats", forms(route, extras)).done()
}

/// The whole site, in every form.
pub(super) fn everything(shop: &Shop<'_>, lang: Lang) -> Value {
    let home = shop.home(lang);
    let calendar = (shop.words(lang, "calendar"), beside(&home, icalendar::CALENDAR).href(), icalendar::MEDIA);
    link(shop.site.settings.title.get(lang), &home, vec![calendar])
}

/// Every list with its forms, by what it gathers; services last.
pub(super) fn groups(shop: &Shop<'_>, lang: Lang) -> Value {
    let collator = Collator::new(lang);
    let listed = |facet: &Facet, title: &str| {
        let index = shop.index(facet).filter(|index| !index.items.is_empty())?;
        let route = index.routes.get(&lang)?;
        Some(link(title, route, extras(shop, facet, lang, route)))
    };
    let kinds = KINDS.iter().filter_map(|kind| listed(&Facet::Kind(kind), &shop.words(lang, &format!("kinds-{kind}"))));
    let mut groups = vec![("by-kind", kinds.collect::<Vec<Value>>())];
    for (list, key) in [
        (Vocabulary::Topics, "by-topic"),
        (Vocabulary::Places, "by-place"),
        (Vocabulary::Bodies, "by-body"),
        (Vocabulary::Audiences, "by-audience"),
    ] {
        let mut terms: Vec<&Term> = shop.site.settings.terms(list).iter().collect();
        collator.sort_by(&mut terms, |term| term.name.get(lang));
        let found = terms.into_iter().filter_map(|term| listed(&Facet::Term(list, term.id.clone()), term.name.get(lang)));
        groups.push((key, found.collect()));
    }
    let services = shop.site.items.iter().filter(|item| item.kind.name == "service").filter_map(|item| item.edition(lang));
    let mut services: Vec<_> = services.collect();
    collator.sort_by(&mut services, |edition| edition.record.title());
    let services = services.into_iter().map(|edition| link(edition.record.title(), &edition.route, Vec::new()));
    groups.push(("kinds-service", services.collect()));
    let groups = groups.into_iter().filter(|(_, links)| !links.is_empty());
    let made = groups.map(|(key, links)| Tree::new().with("title", shop.words(lang, key)).with("links", links).done());
    Value::from(made.collect::<Vec<_>>())
}

/// The page on subscribing.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let page = here
        .page(shop, lang, "subscribe", shop.words(lang, "subscribe"))
        .described(&shop.words(lang, "subscribe-about"))
        .put("everything", everything(shop, lang))
        .put("groups", groups(shop, lang))
        .put("accounts", chrome::accounts(shop, lang));
    shop.render("subscribe.html", page.into_context(), "the page on subscribing", out)
}
