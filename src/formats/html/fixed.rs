//! In: the site. Out: the recipes of its fixed pages, which neither a record nor a list makes, in every language.
//!
//! This is their list: to add a page, write its file and add its line to [`PAGES`].

use super::page::Page;
use super::shop::Shop;
use super::{Made, board, calendar, data, home, plan, site_map, status, subscribing, terms, verify};
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::{Facet, Site};
use std::collections::BTreeSet;
use std::sync::Arc;

type Maker = fn(&Shop<'_>, Lang, &Fixed<'_>, &mut Vec<u8>) -> Made;

/// A page below the home page of each language: its path, whether a site has it, what makes it.
struct FixedPage {
    path: &'static str,
    there: fn(&Site) -> bool,
    make: Maker,
}

const PAGES: &[FixedPage] = &[
    FixedPage { path: "", there: always, make: home::page },
    FixedPage { path: "status/", there: always, make: status::page },
    FixedPage { path: "calendar/", there: always, make: calendar::page },
    FixedPage { path: "plan/", there: always, make: plan::page },
    FixedPage { path: "subscribe/", there: always, make: subscribing::page },
    FixedPage { path: "data/", there: always, make: data::page },
    FixedPage { path: "verify/", there: always, make: verify::page },
    FixedPage { path: "sitemap/", there: always, make: site_map::page },
    FixedPage { path: "notices/log/", there: |site| has_kind(site, "notice"), make: board::log },
    FixedPage {
        path: "bodies/",
        there: |site| has_terms(site, Vocabulary::Bodies),
        make: |shop, lang, here, out| terms::page(shop, lang, (here, Vocabulary::Bodies), out),
    },
    FixedPage {
        path: "topics/",
        there: |site| has_terms(site, Vocabulary::Topics),
        make: |shop, lang, here, out| terms::page(shop, lang, (here, Vocabulary::Topics), out),
    },
    FixedPage {
        path: "audiences/",
        there: |site| has_terms(site, Vocabulary::Audiences),
        make: |shop, lang, here, out| terms::page(shop, lang, (here, Vocabulary::Audiences), out),
    },
    FixedPage {
        path: "places/",
        there: |site| has_terms(site, Vocabulary::Places),
        make: |shop, lang, here, out| terms::page(shop, lang, (here, Vocabulary::Places), out),
    },
    FixedPage { path: "404.html", there: always, make: site_map::not_found },
];

fn always(_: &Site) -> bool {
    true
}

fn has_kind(site: &Site, kind: &'static str) -> bool {
    site.indexes.iter().any(|index| index.facet == Facet::Kind(kind))
}

fn has_terms(site: &Site, list: Vocabulary) -> bool {
    !site.settings.terms(list).is_empty()
}

/// The paths of the fixed pages that a site has and that can be linked to.
pub fn paths(site: &Site) -> impl Iterator<Item = &'static str> + '_ {
    PAGES.iter().filter(|page| (page.there)(site) && page.path != "404.html").map(|page| page.path)
}

/// A fixed page in one language.
pub(super) struct Fixed<'r> {
    /// Its address.
    pub(super) route: &'r Route,
    /// Its addresses in all languages.
    pub(super) editions: Vec<(Lang, &'r Route, bool)>,
}

impl Fixed<'_> {
    /// The page in the making: at its address, with its title and its other languages.
    pub(super) fn page<'p, 's>(&self, shop: &'p Shop<'s>, lang: Lang, section: &'static str, title: String) -> Page<'p, 's> {
        shop.page(lang, section).titled(title).at(self.route).in_languages(&self.editions)
    }
}

/// Addresses that the site itself has given to a record or an old address, among those of fixed pages. They stay the
/// site's: an archive that came from elsewhere may have had a `/topics/` of its own for years.
fn claimed(shop: &Shop<'_>) -> BTreeSet<Route> {
    let langs = &shop.site.settings.languages;
    let own: BTreeSet<Route> = langs.iter().flat_map(|lang| paths(shop.site).map(|path| shop.fixed(*lang, path))).collect();
    let records = shop.site.items.iter().flat_map(|item| item.editions.iter().map(|edition| &edition.route));
    let old = shop.site.redirects.iter().map(|redirect| &redirect.from);
    let folder = |route: &Route| Route::new(&format!("{}/", route.as_str().trim_end_matches('/'))).ok();
    records.chain(old).filter_map(folder).filter(|route| route.as_str() != "/" && own.contains(route)).collect()
}

/// Every fixed page in every language.
pub(super) fn recipes<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    let mut made = Vec::new();
    let claimed = claimed(shop);
    for FixedPage { path, make, .. } in PAGES.iter().filter(|page| (page.there)(shop.site)) {
        let langs = &shop.site.settings.languages;
        let routes: Arc<Vec<(Lang, Route)>> = Arc::new(langs.iter().map(|lang| (*lang, shop.fixed(*lang, path))).collect());
        for at in (0..routes.len()).filter(|at| !claimed.contains(&routes[*at].1)) {
            let (shop, routes) = (shop.clone(), routes.clone());
            made.push(Recipe {
                path: routes[at].1.file(),
                subject: format!("the page {}", routes[at].1),
                render: Box::new(move |out| {
                    let editions = routes.iter().map(|(lang, route)| (*lang, route, false)).collect();
                    make(&shop, routes[at].0, &Fixed { route: &routes[at].1, editions }, out)
                }),
            });
        }
    }
    made
}
