//! In: services and their updates. Out: how every service works now, what is planned, what was; on one page.

use super::Made;
use super::fixed::Fixed;
use super::shop::Shop;
use super::standing::{of_kind, rendered, services, values};
use super::tree::{Tree, text};
use super::uptime;
use crate::model::lang::Lang;
use crate::model::site::Tone;

/// Incidents that are over and still shown.
const OVER: usize = 10;

/// The status page.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let running = |words: &'static [&'static str]| {
        let mut found = of_kind(shop, "update", move |item| words.contains(&item.status.word));
        found.reverse();
        found
    };
    let all = services(shop);
    let is = |tone: Tone| all.iter().filter(|at| shop.item(**at).status.tone == tone).count();
    let (stopped, disturbed) = (is(Tone::Stop), is(Tone::Stop) + is(Tone::Warn));
    let tone = match (stopped, disturbed) {
        (_, 0) => "ok",
        (0, _) => "warn",
        _ => "stop",
    };
    let mut over = running(&["over", "operational"]);
    over.truncate(OVER);
    let value = Tree::new()
        .with("sentence", shop.words_count(lang, "status-sentence", disturbed))
        .with("tone", text(tone))
        .with("services", values(shop, &all, lang))
        .with("histories", all.iter().map(|at| uptime::history(shop, shop.item(*at), lang)).collect::<Vec<_>>())
        .with("now", rendered(shop, &running(&["outage", "degraded"]), lang)?)
        .with("planned", rendered(shop, &running(&["planned", "maintenance"]), lang)?)
        .with("over", rendered(shop, &over, lang)?)
        .done();
    let page = here.page(shop, lang, "status", shop.words(lang, "services-now")).described(&shop.words(lang, "status-about"));
    shop.render("status.html", page.put("status_page", value).into_context(), "the status page", out)
}
