//! In: the settings. Out: the public body, its committees and its site as nodes.

use super::Thing;
use crate::formats::html::chrome::in_language;
use crate::formats::html::shop::Shop;
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::site::Facet;
use serde_json::Value as Json;

fn body_id(shop: &Shop<'_>) -> String {
    shop.site.settings.absolute("/#body")
}

/// The body in few words, as every page names its publisher.
pub(super) fn publisher(shop: &Shop<'_>, lang: Lang) -> Json {
    let settings = &shop.site.settings;
    Thing::at("GovernmentOrganization", body_id(shop)).with("name", settings.title.get(lang)).with("url", settings.absolute("/")).into()
}

/// The body with all that the settings say about it, for the home page and the page about it.
pub(in crate::formats::html) fn about_the_body(shop: &Shop<'_>, lang: Lang) -> Json {
    let settings = &shop.site.settings;
    let said = |name: &str| in_language(settings.contact.get(name)?, lang, settings.default_lang());
    let address = |href: &str| if href.starts_with('/') { settings.absolute(href) } else { href.to_owned() };
    let reachable = ["email", "phone", "url"].iter().any(|name| said(name).is_some());
    let contact = reachable.then(|| {
        Thing::new("ContactPoint")
            .with("name", said("name"))
            .with("contactType", "customer service")
            .with("email", said("email"))
            .with("telephone", said("phone"))
            .with("url", said("url").map(address))
    });
    let corrections = shop.kind_index("correction").and_then(|index| index.routes.get(&lang));
    let logo = settings.brand.text("logo").and_then(|name| shop.site.theme.statics.iter().find(|(own, ..)| own.as_str() == name));
    Thing::at("GovernmentOrganization", body_id(shop))
        .with("name", settings.title.get(lang))
        .with("url", settings.absolute("/"))
        .with("description", settings.tagline.get(lang))
        .with("logo", logo.map(|(_, route, _)| settings.absolute(&route.href())))
        .with("address", said("address"))
        .with("contactPoint", contact)
        .with("sameAs", settings.accounts.clone())
        .with("correctionsPolicy", corrections.map(|route| settings.absolute(&route.href())))
        .into()
}

/// The committee, board or officer of an id, with the list of what it decided.
pub(super) fn committee(shop: &Shop<'_>, id: &str, lang: Lang) -> Json {
    let settings = &shop.site.settings;
    let term = settings.terms(Vocabulary::Bodies).iter().find(|term| term.id == id);
    let list = shop.index(&Facet::Term(Vocabulary::Bodies, id.to_owned())).and_then(|index| index.routes.get(&lang));
    // Only what has seats is surely an organ of government; an officer or a company may stand in the list too.
    let kind = if term.is_some_and(|term| term.seats.is_some()) { "GovernmentOrganization" } else { "Organization" };
    Thing::at(kind, settings.absolute(&format!("/#body-{id}")))
        .with("name", term.map_or(id, |term| term.name.get(lang)))
        .with("url", list.map(|route| settings.absolute(&route.href())))
        .with("parentOrganization", publisher(shop, lang))
        .into()
}

fn site_id(shop: &Shop<'_>, lang: Lang) -> String {
    format!("{}#site", shop.site.settings.absolute(&shop.home(lang).href()))
}

/// The site in a language, by name only.
pub(super) fn site_reference(shop: &Shop<'_>, lang: Lang) -> Json {
    Thing::at("WebSite", site_id(shop, lang)).into()
}

/// The nodes of the home page: the site with its search, and the body.
pub(in crate::formats::html) fn home(shop: &Shop<'_>, lang: Lang) -> Vec<Json> {
    let settings = &shop.site.settings;
    let address = |href: &str| settings.absolute(href);
    let others = settings.languages.iter().filter(|other| **other != lang);
    let others = others.map(|other| Json::from(Thing::at("WebSite", site_id(shop, *other)).with("inLanguage", other.as_str())));
    // The search is offered only where its page is.
    let search = shop.fixed(lang, "search/");
    let search = shop.spot(search.as_str().trim_end_matches('/')).map(|_| {
        let target = Thing::new("EntryPoint").with("urlTemplate", format!("{}?q={{search_term_string}}", address(&search.href())));
        Thing::new("SearchAction").with("target", target).with("query-input", "required name=search_term_string")
    });
    let original = lang == settings.default_lang();
    let site = Thing::at("WebSite", site_id(shop, lang))
        .with("url", address(&shop.home(lang).href()))
        .with("name", settings.title.get(lang))
        .with("description", settings.tagline.get(lang))
        .with("inLanguage", lang.as_str())
        .with("publisher", Thing::at("GovernmentOrganization", body_id(shop)))
        .with("license", settings.licence.clone())
        .with(if original { "workTranslation" } else { "translationOfWork" }, {
            let mut others = others.collect::<Vec<_>>();
            others.truncate(if original { usize::MAX } else { 1 });
            others
        })
        .with("potentialAction", search);
    vec![site.into(), about_the_body(shop, lang)]
}
