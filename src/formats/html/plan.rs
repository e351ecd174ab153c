//! In: agendas, consultations and decisions. Out: the forward plan: what is to be decided, where one can still speak,
//! what takes effect soon. It shows what is published and promises nothing else.

use super::Made;
use super::calendar::row;
use super::entries;
use super::fixed::Fixed;
use super::shop::Shop;
use super::standing::{coming_consultations, coming_meetings, of_kind, open_consultations};
use super::tree::{Tree, text};
use crate::model::date::Stamp;
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use crate::model::site::ItemIx;
use tera::Value;

/// The forward plan.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let meetings: Vec<Value> = coming_meetings(shop).into_iter().map(|at| meeting(shop, lang, at)).collect();
    let value = Tree::new()
        .with("meetings", meetings)
        .with("decisions", rows(shop, lang, decisions(shop)))
        .with("consultations", rows(shop, lang, consultations(shop)))
        .with("effect", rows(shop, lang, effect(shop)))
        .done();
    let page = here.page(shop, lang, "plan", shop.words(lang, "plan")).described(&shop.words(lang, "plan-about"));
    shop.render("plan.html", page.put("plan", value).into_context(), "the forward plan", out)
}

type Row = (Stamp, &'static str, ItemIx);

fn rows(shop: &Shop<'_>, lang: Lang, mut all: Vec<Row>) -> Value {
    all.sort_by_key(|(stamp, _, at)| (stamp.begins(&shop.site.now.zone), *at));
    Value::from(all.into_iter().map(|own| row(shop, lang, own)).collect::<Vec<_>>())
}

/// A coming meeting with what is on its agenda, in the language of the edition that readers get.
fn meeting(shop: &Shop<'_>, lang: Lang, at: ItemIx) -> Value {
    let agenda = shop.item(at).best(lang).record.fields.maps("agenda").map(|point| {
        let decision = point.text("decision").and_then(|id| shop.site.by_id.get(&RecordId(id.trim_matches('/').to_owned())));
        Tree::new().with("title", point.text("title").map(text)).with("decision", decision.map(|at| shop.reference(*at, lang))).done()
    });
    let agenda: Vec<Value> = agenda.collect();
    Tree::new().with("entry", entries::value(shop, at, lang)).with("agenda", agenda).done()
}

/// Decisions that are announced and not taken.
fn decisions(shop: &Shop<'_>) -> Vec<Row> {
    let found = of_kind(shop, "decision", |item| item.status.word == "upcoming");
    let day = |at: ItemIx| shop.item(at).original().record.fields.stamp("decided");
    found.into_iter().filter_map(|at| Some((day(at)?, "plan-decided", at))).collect()
}

fn consultations(shop: &Shop<'_>) -> Vec<Row> {
    let field = |at: ItemIx, name: &str| shop.item(at).original().record.fields.stamp(name);
    let open = open_consultations(shop).into_iter().filter_map(|at| Some((field(at, "closes")?, "calendar-closes", at)));
    let coming = coming_consultations(shop).into_iter().filter_map(|at| Some((field(at, "opens")?, "calendar-opens", at)));
    open.chain(coming).collect()
}

/// Decisions that are taken and whose effect begins later; one that stands no longer has none.
fn effect(shop: &Shop<'_>) -> Vec<Row> {
    let now = &shop.site.now;
    let found = of_kind(shop, "decision", |item| !matches!(item.status.word, "upcoming" | "withdrawn" | "superseded" | "expired"));
    let begins = |at: ItemIx| shop.item(at).original().record.fields.stamp("in_force").filter(|day| !now.reached(*day));
    found.into_iter().filter_map(|at| Some((begins(at)?, "in-force-from", at))).collect()
}
