//! In: what stands now. Out: the home page of every language.

use super::Made;
use super::chrome;
use super::fixed::Fixed;
use super::json_ld;
use super::shop::Shop;
use super::standing::{answers_claim, coming_meetings, newest, of_kind, open_consultations, services, values};
use super::tree::Tree;
use super::verify;
use crate::model::lang::Lang;
use crate::model::route::Route;
use crate::model::site::ItemIx;

/// The home page: decisions, consultations, services, corrections, meetings, how to check, how to follow.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let first = |mut items: Vec<ItemIx>, most: usize| {
        items.truncate(most);
        items
    };
    let list = |kind: &'static str| shop.kind_index(kind).and_then(|index| index.routes.get(&lang)).map(Route::href);
    let heard = of_kind(shop, "consultation", |item| item.status.word == "answered").len();
    let corrections = newest(shop, "correction", 12);
    let own = corrections.iter().copied().find(|at| !answers_claim(shop.item(*at)));
    let claims = corrections.iter().copied().filter(|at| answers_claim(shop.item(*at))).take(2);
    let put_right: Vec<ItemIx> = claims.chain(own).collect();
    let value = Tree::new()
        .with("decisions", values(shop, &newest(shop, "decision", 5), lang))
        .with("consultations", values(shop, &first(open_consultations(shop), 4), lang))
        .with("heard", (heard > 0).then(|| shop.words_count(lang, "finished-consultations", heard)))
        .with("services", values(shop, &first(services(shop), 6), lang))
        .with("corrections", values(shop, &put_right, lang))
        .with("meetings", values(shop, &first(coming_meetings(shop), 4), lang))
        .with("check", verify::example(shop, lang))
        .with("accounts", chrome::accounts(shop, lang))
        .with("all_decisions", list("decision"))
        .with("all_consultations", list("consultation"))
        .with("all_services", list("service"))
        .with("all_corrections", list("correction"))
        .with("all_meetings", list("meeting"))
        .done();
    let settings = &shop.site.settings;
    let title = settings.title.get(lang);
    let page = here.page(shop, lang, "home", title.to_owned()).described(settings.tagline.get(lang)).json_ld(json_ld::home(shop, lang));
    shop.render("home.html", page.put("home", value).into_context(), "the home page", out)
}
