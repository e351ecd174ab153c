//! In: what stands now. Out: the home page and the fixed pages of every language.

use super::Made;
use super::data;
use super::entries;
use super::json_ld;
use super::lists::subscriptions;
use super::shop::Shop;
use super::tree::Tree;
use crate::model::date::Stamp;
use crate::model::lang::Lang;
use crate::model::recipe::{Recipe, RenderFault};
use crate::model::route::Route;
use crate::model::site::{ItemIx, Tone};
use std::sync::Arc;
use tera::Value;

type Maker = fn(&Shop<'_>, Lang, &Fixed<'_>, &mut Vec<u8>) -> Made;

/// A fixed page in a language, and its others.
pub(super) struct Fixed<'r> {
    pub(super) route: &'r Route,
    pub(super) editions: Vec<(Lang, &'r Route, bool)>,
}

/// The home page, status, calendar, subscribe and "not found", in every language.
pub(super) fn recipes<'s>(shop: &Arc<Shop<'s>>) -> Vec<Recipe<'s>> {
    let pages: [(&'static str, Maker); 6] = [
        ("", home),
        ("status/", status),
        ("calendar/", calendar),
        ("subscribe/", subscribe),
        ("data/", data::page),
        ("404.html", not_found),
    ];
    let mut made = Vec::new();
    for (path, maker) in pages {
        let routes: Arc<Vec<(Lang, Route)>> =
            Arc::new(shop.site.settings.languages.iter().map(|lang| (*lang, shop.fixed(*lang, path))).collect());
        for at in 0..routes.len() {
            let (shop, routes) = (shop.clone(), routes.clone());
            made.push(Recipe {
                path: routes[at].1.file(),
                subject: format!("the page {}", routes[at].1),
                render: Box::new(move |out| {
                    let editions = routes.iter().map(|(lang, route)| (*lang, route, false)).collect();
                    maker(&shop, routes[at].0, &Fixed { route: &routes[at].1, editions }, out)
                }),
            });
        }
    }
    made
}

fn values(shop: &Shop<'_>, items: &[ItemIx], lang: Lang) -> Value {
    Value::from(items.iter().map(|at| entries::value(shop, *at, lang)).collect::<Vec<_>>())
}

/// Items of a kind that satisfy a test, oldest first.
fn of_kind(shop: &Shop<'_>, kind: &'static str, test: impl Fn(&crate::model::site::Item) -> bool) -> Vec<ItemIx> {
    let all = shop.kind_index(kind).map_or(&[][..], |index| &index.items);
    all.iter().copied().filter(|at| test(shop.item(*at))).collect()
}

fn by_field(shop: &Shop<'_>, items: &mut [ItemIx], field: &str) {
    let zone = &shop.site.now.zone;
    items.sort_by_key(|at| shop.item(*at).original().record.fields.stamp(field).map(|stamp| stamp.begins(zone)));
}

fn open_consultations(shop: &Shop<'_>) -> Vec<ItemIx> {
    let mut open = of_kind(shop, "consultation", |item| item.status.word == "open");
    by_field(shop, &mut open, "closes");
    open
}

fn coming_meetings(shop: &Shop<'_>) -> Vec<ItemIx> {
    let mut coming = of_kind(shop, "meeting", |item| matches!(item.status.word, "upcoming" | "open"));
    by_field(shop, &mut coming, "starts");
    coming
}

/// Services, the disturbed ones first.
fn services(shop: &Shop<'_>) -> Vec<ItemIx> {
    let mut all = of_kind(shop, "service", |_| true);
    let grave = |tone: Tone| match tone {
        Tone::Stop => 0,
        Tone::Warn => 1,
        Tone::Info => 2,
        Tone::Ok | Tone::Off => 3,
    };
    all.sort_by_key(|at| (grave(shop.item(*at).status.tone), *at));
    all
}

fn home(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let newest = |kind: &'static str, most: usize| -> Vec<ItemIx> {
        shop.kind_index(kind).map(|index| index.items.iter().rev().take(most).copied().collect()).unwrap_or_default()
    };
    let first = |mut items: Vec<ItemIx>, most: usize| {
        items.truncate(most);
        items
    };
    let list = |kind: &'static str| shop.kind_index(kind).and_then(|index| index.routes.get(&lang)).map(Route::href);
    let heard = of_kind(shop, "consultation", |item| matches!(item.status.word, "decided" | "closed")).len();
    let corrections = newest("correction", 12);
    let own = corrections.iter().copied().find(|at| shop.item(*at).original().record.fields.text("claim").is_none());
    let claims = corrections.iter().copied().filter(|at| shop.item(*at).original().record.fields.text("claim").is_some()).take(2);
    let put_right: Vec<ItemIx> = claims.chain(own).collect();
    let value = Tree::new()
        .with("decisions", values(shop, &newest("decision", 5), lang))
        .with("consultations", values(shop, &first(open_consultations(shop), 4), lang))
        .with("heard", (heard > 0).then(|| shop.words_count(lang, "finished-consultations", heard)))
        .with("services", values(shop, &first(services(shop), 6), lang))
        .with("corrections", values(shop, &put_right, lang))
        .with("meetings", values(shop, &first(coming_meetings(shop), 4), lang))
        .with("all_decisions", list("decision"))
        .with("all_consultations", list("consultation"))
        .with("all_services", list("service"))
        .with("all_corrections", list("correction"))
        .with("all_meetings", list("meeting"))
        .done();
    let settings = &shop.site.settings;
    let title = settings.title.get(lang);
    let page = shop.page(lang, "home").titled(title).described(settings.tagline.get(lang)).at(here.route).in_languages(&here.editions);
    shop.render("home.html", page.json_ld(json_ld::home(shop, lang)).put("home", value).into_context(), "the home page", out)
}

fn status(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let running = |words: &'static [&'static str]| {
        let mut found = of_kind(shop, "update", move |item| words.contains(&item.status.word));
        found.reverse();
        found
    };
    let all = services(shop);
    let disturbed = all.iter().filter(|at| matches!(shop.item(**at).status.tone, Tone::Stop | Tone::Warn)).count();
    let value = Tree::new()
        .with("sentence", shop.words_count(lang, "status-sentence", disturbed))
        .with("tone", Value::normal_string(if disturbed == 0 { "ok" } else { "warn" }))
        .with("services", values(shop, &all, lang))
        .with("now", entries_of(shop, &running(&["outage", "degraded"]), lang)?)
        .with("planned", entries_of(shop, &running(&["planned", "maintenance"]), lang)?)
        .with("over", entries_of(shop, &running(&["over", "operational"]).into_iter().take(10).collect::<Vec<_>>(), lang)?)
        .done();
    let title = shop.words(lang, "services-now");
    let page = shop.page(lang, "status").titled(title).at(here.route).in_languages(&here.editions).put("status_page", value);
    shop.render("status.html", page.into_context(), "the status page", out)
}

fn entries_of(shop: &Shop<'_>, items: &[ItemIx], lang: Lang) -> Result<Value, RenderFault> {
    Ok(Value::from(items.iter().map(|at| shop.entry(*at, lang)).collect::<Result<Vec<_>, _>>()?))
}

fn calendar(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let mut coming: Vec<(Stamp, &'static str, ItemIx)> = Vec::new();
    let field = |at: ItemIx, name: &str| shop.item(at).original().record.fields.stamp(name);
    coming.extend(coming_meetings(shop).into_iter().filter_map(|at| Some((field(at, "starts")?, "calendar-meeting", at))));
    coming.extend(open_consultations(shop).into_iter().filter_map(|at| Some((field(at, "closes")?, "calendar-closes", at))));
    let opening = of_kind(shop, "consultation", |item| item.status.word == "upcoming");
    coming.extend(opening.into_iter().filter_map(|at| Some((field(at, "opens")?, "calendar-opens", at))));
    let vacancies = of_kind(shop, "vacancy", |item| item.status.word == "open");
    coming.extend(vacancies.into_iter().filter_map(|at| Some((field(at, "closes")?, "calendar-apply", at))));
    let appeals = of_kind(shop, "decision", |item| item.status.word == "appealable");
    coming.extend(appeals.into_iter().filter_map(|at| Some((Stamp::Day(shop.item(at).appeal_until?), "calendar-appeal", at))));
    let zone = &shop.site.now.zone;
    coming.sort_by_key(|(stamp, _, at)| (stamp.begins(zone), *at));
    let mut months: Vec<(String, Vec<Value>)> = Vec::new();
    for (stamp, key, at) in coming {
        let month = shop.dates.month_year(lang, shop.dates.day_of(stamp));
        let row = Tree::new()
            .with("date", shop.stamp(lang, stamp))
            .with("what", shop.words(lang, key))
            .with("entry", entries::value(shop, at, lang))
            .done();
        match months.last_mut().filter(|(last, _)| *last == month) {
            Some((_, rows)) => rows.push(row),
            None => months.push((month, vec![row])),
        }
    }
    let months: Vec<Value> = months.into_iter().map(|(title, rows)| Tree::new().with("title", title).with("rows", rows).done()).collect();
    let past = {
        let mut past = of_kind(shop, "meeting", |item| !matches!(item.status.word, "upcoming" | "open"));
        past.reverse();
        past.truncate(10);
        entries_of(shop, &past, lang)?
    };
    let title = shop.words(lang, "calendar");
    let page =
        shop.page(lang, "calendar").titled(title).at(here.route).in_languages(&here.editions).put("months", months).put("past", past);
    shop.render("calendar.html", page.into_context(), "the calendar", out)
}

fn subscribe(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let title = shop.words(lang, "subscribe");
    let page =
        shop.page(lang, "subscribe").titled(title).at(here.route).in_languages(&here.editions).put("groups", subscriptions(shop, lang));
    shop.render("subscribe.html", page.into_context(), "the page on subscribing", out)
}

fn not_found(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let title = shop.words(lang, "not-found");
    let page = shop.page(lang, "redirect").titled(title).at(here.route).hidden().put("groups", subscriptions(shop, lang));
    shop.render("404.html", page.into_context(), "the page for what is not found", out)
}
