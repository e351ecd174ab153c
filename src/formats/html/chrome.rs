//! In: the settings and what stands now. Out: what frames every page of a language: site, navigation, footer, alert bar.

use super::shop::{Shop, lang_name};
use super::tree::{Tree, text};
use crate::formats::search;
use crate::model::lang::Lang;
use crate::model::recipe::RenderFault;
use crate::model::record::{RecordId, Value as Typed};
use crate::model::site::{Item, ItemIx};
use crate::model::theme::Seal;
use crate::text::links::{Resolution, by_form};
use tera::{Context, Value};

/// Kinds in the navigation, in this order; a kind without records is left out.
const NAV: [&str; 6] = ["decision", "service", "consultation", "correction", "meeting", "notice"];

/// Sections for which the navigation is made.
const SECTIONS: [&str; 21] = [
    "home",
    "decision",
    "service",
    "consultation",
    "correction",
    "meeting",
    "notice",
    "update",
    "alert",
    "vacancy",
    "page",
    "status",
    "calendar",
    "plan",
    "subscribe",
    "verify",
    "terms",
    "sitemap",
    "search",
    "data",
    "redirect",
];

/// All kinds, in the order in which lists of them are shown.
pub(super) const ALL_KINDS: [&str; 10] =
    ["decision", "service", "update", "alert", "consultation", "correction", "meeting", "notice", "vacancy", "page"];

/// Pages that a body words itself and that readers look for at the foot of every page; linked where they are there.
const KNOWN: [&str; 4] = ["pages/about", "pages/contact", "pages/accessibility", "pages/privacy"];

/// The site as templates see it.
pub(super) fn site_value(shop: &Shop<'_>, lang: Lang) -> Value {
    let settings = &shop.site.settings;
    let asset = |name: &str| shop.site.theme.statics.iter().find(|(own, ..)| own.as_str() == name).map(|(_, route, _)| route.href());
    let token = |colours: &std::collections::BTreeMap<&'static str, String>| colours.get("paper").map(|colour| text(colour));
    let mut contact = Tree::new();
    ["name", "email", "phone", "url", "address"].iter().for_each(|name| contact.set(name, Value::none()));
    for (name, value) in &settings.contact.0 {
        if let Some(said) = in_language(value, lang, settings.default_lang()) {
            contact.set(name, text(said));
        }
    }
    Tree::new()
        .with("title", text(settings.title.get(lang)))
        .with("tagline", text(settings.tagline.get(lang)))
        .with("url", text(&settings.url))
        .with("lang", text(lang.as_str()))
        .with("dir", text(lang.direction()))
        .with("lang_name", lang_name(lang))
        .with("home", shop.home(lang).href())
        .with("status", shop.fixed(lang, "status/").href())
        .with("calendar", shop.fixed(lang, "calendar/").href())
        .with("subscribe", shop.fixed(lang, "subscribe/").href())
        .with("search", search::is_on(shop.site).then(|| search::page(shop.site, lang).href()))
        .with("plan", shop.fixed(lang, "plan/").href())
        .with("verify", shop.fixed(lang, "verify/").href())
        .with("sitemap", shop.fixed(lang, "sitemap/").href())
        .with("data", shop.fixed(lang, "data/").href())
        .with("accounts", settings.accounts.iter().map(|account| text(account)).collect::<Vec<_>>())
        .with("creator", settings.fediverse_creator.as_deref().map(text))
        .with("locale", text(&locale(lang)))
        .with("css", shop.style.route.href())
        .with("font", shop.style.font(lang).map(text))
        .with("favicon", shop.style.favicon.as_ref().map(|_| super::favicon().href()).or_else(|| asset("favicon.svg")))
        .with("brand_css", asset("brand.css"))
        .with("logo", shop.site.theme.logo.as_deref().and_then(asset))
        .with("seal", seal(&shop.site.theme.seal, asset))
        .with("corner", text(&shop.site.theme.corner))
        .with("languages", languages(shop, lang))
        .with("paper_light", token(&shop.site.theme.light))
        .with("paper_dark", token(&shop.site.theme.dark))
        .with("contact", contact.done())
        .with("today", shop.stamp(lang, crate::model::date::Stamp::Day(shop.site.now.today())))
        .with("now", shop.stamp(lang, crate::model::date::Stamp::Instant(shop.site.now.instant())))
        .with("extra", Value::try_from_serializable(&settings.extra).unwrap_or_else(|_| Value::none()))
        .done()
}

/// The seal as templates see it: `drawn`, `off`, or the address of the body's own.
fn seal(seal: &Seal, asset: impl Fn(&str) -> Option<String>) -> Value {
    match seal {
        Seal::Drawn => text("drawn"),
        Seal::Off => text("off"),
        Seal::Own(file) => asset(file).map_or_else(|| text("off"), |href| text(&href)),
    }
}

/// The languages of the site with their home pages.
fn languages(shop: &Shop<'_>, lang: Lang) -> Value {
    let made = shop.site.settings.languages.iter().map(|own| {
        Tree::new()
            .with("lang", text(own.as_str()))
            .with("dir", text(own.direction()))
            .with("name", lang_name(*own))
            .with("href", shop.home(*own).href())
            .with("current", *own == lang)
            .done()
    });
    Value::from(made.collect::<Vec<_>>())
}

/// A language as Open Graph writes it, `language_TERRITORY`; where the tag names no country, the one whose spelling is meant.
pub(super) fn locale(lang: Lang) -> String {
    let known = match lang.as_str() {
        "ar" => "ar_AR",
        "da" => "da_DK",
        "de" => "de_DE",
        "en" => "en_GB",
        "fa" => "fa_IR",
        "fi" => "fi_FI",
        "fr" => "fr_FR",
        "ka" => "ka_GE",
        "kk" => "kk_KZ",
        "nb" | "no" => "nb_NO",
        "pl" => "pl_PL",
        "ru" => "ru_RU",
        "se" => "se_NO",
        "sv" => "sv_SE",
        "tr" => "tr_TR",
        "uk" => "uk_UA",
        other => return other.replace('-', "_"),
    };
    known.to_owned()
}

/// A text, or the one of several that is in a language, else in the default one.
pub(super) fn in_language(value: &Typed, lang: Lang, default: Lang) -> Option<&str> {
    match value {
        Typed::Named(texts) => [lang, default].iter().find_map(|lang| texts.iter().find(|(tag, _)| tag == lang.as_str())?.1.text()),
        other => other.text(),
    }
}

/// The parts that frame pages, rendered once.
pub(super) fn parts(shop: &Shop<'_>, lang: Lang) -> Result<Value, RenderFault> {
    let mut nav = Tree::new();
    for section in SECTIONS {
        let mut context = Context::new();
        context.insert_value("items", nav_items(shop, lang, section));
        nav.set(section, shop.part("parts/nav.html", lang, context)?);
    }
    let footer = {
        let mut context = Context::new();
        context.insert_value("links", footer_links(shop, lang));
        context.insert_value("fixed", Value::from(super::site_map::fixed_links(shop, lang)));
        context.insert_value("accounts", accounts(shop, lang));
        context.insert_value("lists", kind_lists(shop, lang, &["update", "alert", "notice", "vacancy"]));
        shop.part("parts/footer.html", lang, context)?
    };
    let banner = |least: Level| banner(shop, lang, |_, level| level >= least);
    Ok(Tree::new()
        .with("nav", nav.done())
        .with("footer", footer)
        .with("banner", banner(Level::Life)?)
        .with("banner_home", banner(Level::Notice)?)
        .done())
}

fn nav_items(shop: &Shop<'_>, lang: Lang, section: &str) -> Value {
    let made = NAV.iter().filter_map(|kind| {
        let index = shop.kind_index(kind).filter(|index| !index.items.is_empty())?;
        let href = index.routes.get(&lang)?.href();
        let title = shop.words(lang, &format!("nav-{kind}"));
        Some(Tree::new().with("title", title).with("href", href).with("current", *kind == section).done())
    });
    let search = search::is_on(shop.site).then(|| {
        let href = search::page(shop.site, lang).href();
        Tree::new().with("title", shop.words(lang, "search")).with("href", href).with("current", section == "search").done()
    });
    Value::from(made.chain(search).collect::<Vec<_>>())
}

/// Lists of some kinds that have records.
pub(super) fn kind_lists(shop: &Shop<'_>, lang: Lang, kinds: &[&'static str]) -> Value {
    let made = kinds.iter().filter_map(|kind| {
        let index = shop.kind_index(kind).filter(|index| !index.items.is_empty())?;
        let href = index.routes.get(&lang)?.href();
        Some(
            Tree::new()
                .with("title", shop.words(lang, &format!("kinds-{kind}")))
                .with("number", shop.dates.number(lang, index.items.len() as u64))
                .with("href", href)
                .done(),
        )
    });
    Value::from(made.collect::<Vec<_>>())
}

/// Links of the settings, each a record's id or an address; then the known pages that they do not name.
fn footer_links(shop: &Shop<'_>, lang: Lang) -> Value {
    let settings = &shop.site.settings;
    let link = |title: &str, href: String| Tree::new().with("title", text(title)).with("href", href).done();
    let record = |id: &str| shop.site.by_id.get(&RecordId(id.to_owned())).map(|at| shop.item(*at).best(lang));
    let named = settings.footer.iter().filter_map(|(label, target)| {
        let href = record(target).map(|edition| edition.route.href()).or_else(|| match by_form(target) {
            Resolution::Href(href) | Resolution::External(href) | Resolution::Anchor(href) => Some(href),
            _ => None,
        })?;
        Some(link(label.get(lang), href))
    });
    let known = KNOWN.iter().filter(|id| !settings.footer.iter().any(|(_, target)| target == *id));
    let known = known.filter_map(|id| record(id)).map(|edition| link(edition.record.title(), edition.route.href()));
    Value::from(named.chain(known).collect::<Vec<_>>())
}

/// The body's accounts elsewhere, as the channels' `profile:` names them.
pub(super) fn accounts(shop: &Shop<'_>, lang: Lang) -> Value {
    let told = shop.site.settings.channels.iter().filter_map(|channel| {
        let url = channel.profile.as_deref()?;
        let name = channel.label.as_ref().map_or(channel.name.as_str(), |label| label.get(lang));
        Some(Tree::new().with("name", text(name)).with("url", text(url)).done())
    });
    Value::from(told.collect::<Vec<_>>())
}

/// How grave an alert is for readers: of what pages its bar stands on.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// For information: on the home page.
    Notice,
    /// Important: also on the services that it concerns.
    Important,
    /// A danger to life: on every page.
    Life,
}

fn level(item: &Item) -> Level {
    match item.original().record.fields.text("severity") {
        Some("Extreme" | "Severe") => Level::Life,
        Some("Moderate") => Level::Important,
        _ => Level::Notice,
    }
}

/// The bar above a record where it is another than on any other page: an important alert on the services that it
/// concerns, and an alert's own page without the bar about itself, so that what to do now stands high on a phone.
pub(super) fn banner_of(shop: &Shop<'_>, lang: Lang, item: &Item) -> Result<Option<Value>, RenderFault> {
    let important = |at: &ItemIx| {
        let other = shop.item(*at);
        other.kind.name == "alert" && other.status.word == "active" && level(other) == Level::Important
    };
    match item.kind.name {
        "alert" if item.status.word == "active" && level(item) == Level::Life => {
            banner(shop, lang, |at, level| level == Level::Life && shop.item(at).id != item.id).map(Some)
        }
        "service" if item.links.updates.iter().any(important) => {
            banner(shop, lang, |at, level| level == Level::Life || (level == Level::Important && item.links.updates.contains(&at)))
                .map(Some)
        }
        _ => Ok(None),
    }
}

/// The bar with the alerts that stand now and satisfy a test, the newest first.
fn banner(shop: &Shop<'_>, lang: Lang, shown: impl Fn(ItemIx, Level) -> bool) -> Result<Value, RenderFault> {
    let all = shop.kind_index("alert").map_or(&[][..], |index| &index.items);
    let standing = all.iter().rev().copied().filter(|at| shop.item(*at).status.word == "active");
    let made = standing.filter(|at| shown(*at, level(shop.item(*at)))).map(|at| {
        let item = shop.item(at);
        let changed = item.changed.map(|stamp| shop.stamp(lang, stamp));
        let level = level(item);
        let word = match level {
            Level::Life => "life",
            Level::Important => "important",
            Level::Notice => "notice",
        };
        Tree::new()
            .with("link", shop.reference(at, lang))
            .with("grave", level == Level::Life)
            .with("level", text(word))
            .with("level_name", shop.words(lang, &format!("alert-level-{word}")))
            .with("changed", changed)
            .done()
    });
    let mut context = Context::new();
    context.insert_value("alerts", Value::from(made.collect::<Vec<_>>()));
    shop.part("parts/banner.html", lang, context)
}
