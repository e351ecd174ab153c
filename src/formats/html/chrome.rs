//! In: the settings and what stands now. Out: what frames every page of a language: site, navigation, footer, alert bar.

use super::shop::{Shop, lang_name};
use super::tree::{Tree, text};
use crate::model::lang::Lang;
use crate::model::recipe::RenderFault;
use crate::model::record::{RecordId, Value as Typed};
use crate::text::links::{Resolution, by_form};
use tera::{Context, Value};

/// Kinds in the navigation, in this order; a kind without records is left out.
const NAV: [&str; 6] = ["decision", "service", "consultation", "correction", "meeting", "notice"];

/// Sections for which the navigation is made.
const SECTIONS: [&str; 16] = [
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
    "subscribe",
    "data",
    "redirect",
];

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
        .with("data", shop.fixed(lang, "data/").href())
        .with("accounts", settings.accounts.iter().map(|account| text(account)).collect::<Vec<_>>())
        .with("creator", settings.fediverse_creator.as_deref().map(text))
        .with("locale", text(&locale(lang)))
        .with("css", shop.style.route.href())
        .with("font", shop.style.font(lang).map(text))
        .with("favicon", asset("favicon.svg"))
        .with("brand_css", asset("brand.css"))
        .with("logo", settings.brand.text("logo").and_then(asset))
        .with("paper_light", token(&shop.site.theme.light))
        .with("paper_dark", token(&shop.site.theme.dark))
        .with("contact", contact.done())
        .with("today", shop.stamp(lang, crate::model::date::Stamp::Day(shop.site.now.today())))
        .with("now", shop.stamp(lang, crate::model::date::Stamp::Instant(shop.site.now.instant())))
        .with("extra", Value::try_from_serializable(&settings.extra).unwrap_or_else(|_| Value::none()))
        .done()
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
        context.insert_value("lists", kind_lists(shop, lang, &["update", "alert", "notice", "vacancy", "page"]));
        shop.part("parts/footer.html", lang, context)?
    };
    let banner = |everywhere: bool| {
        let mut context = Context::new();
        context.insert_value("alerts", standing(shop, lang, everywhere));
        shop.part("parts/banner.html", lang, context)
    };
    Ok(Tree::new().with("nav", nav.done()).with("footer", footer).with("banner", banner(true)?).with("banner_home", banner(false)?).done())
}

fn nav_items(shop: &Shop<'_>, lang: Lang, section: &str) -> Value {
    let made = NAV.iter().filter_map(|kind| {
        let index = shop.kind_index(kind).filter(|index| !index.items.is_empty())?;
        let href = index.routes.get(&lang)?.href();
        let title = shop.words(lang, &format!("nav-{kind}"));
        Some(Tree::new().with("title", title).with("href", href).with("current", *kind == section).done())
    });
    Value::from(made.collect::<Vec<_>>())
}

/// Lists of some kinds that have records.
pub(super) fn kind_lists(shop: &Shop<'_>, lang: Lang, kinds: &[&'static str]) -> Value {
    let made = kinds.iter().filter_map(|kind| {
        let index = shop.kind_index(kind).filter(|index| !index.items.is_empty())?;
        let href = index.routes.get(&lang)?.href();
        Some(Tree::new().with("title", shop.words(lang, &format!("kinds-{kind}"))).with("href", href).done())
    });
    Value::from(made.collect::<Vec<_>>())
}

/// Links of the settings: a record's id or an address.
fn footer_links(shop: &Shop<'_>, lang: Lang) -> Value {
    let made = shop.site.settings.footer.iter().filter_map(|(label, target)| {
        let record = shop.site.by_id.get(&RecordId(target.clone())).map(|at| shop.item(*at).best(lang).route.href());
        let href = record.or_else(|| match by_form(target) {
            Resolution::Href(href) | Resolution::External(href) | Resolution::Anchor(href) => Some(href),
            _ => None,
        })?;
        Some(Tree::new().with("title", text(label.get(lang))).with("href", href).done())
    });
    Value::from(made.collect::<Vec<_>>())
}

/// Alerts that stand now, newest first: extreme and severe ones everywhere, all of them at home.
fn standing(shop: &Shop<'_>, lang: Lang, everywhere: bool) -> Value {
    let Some(index) = shop.kind_index("alert") else { return Value::from(Vec::<Value>::new()) };
    let made = index.items.iter().rev().filter_map(|at| {
        let item = shop.item(*at);
        let grave = matches!(item.original().record.fields.text("severity"), Some("Extreme" | "Severe"));
        if item.status.word != "active" || (everywhere && !grave) {
            return None;
        }
        let changed = item.changed.map(|stamp| shop.stamp(lang, stamp));
        Some(Tree::new().with("link", shop.reference(*at, lang)).with("grave", grave).with("changed", changed).done())
    });
    Value::from(made.collect::<Vec<_>>())
}
