//! In: the site. Out: what stands now, by kind: open, coming, running, disturbed; in the order people look for it.

use super::entries;
use super::shop::Shop;
use crate::model::lang::Lang;
use crate::model::recipe::RenderFault;
use crate::model::site::{Item, ItemIx, Tone};
use tera::Value;

/// Items as short lists show them.
pub(super) fn values(shop: &Shop<'_>, items: &[ItemIx], lang: Lang) -> Value {
    Value::from(items.iter().map(|at| entries::value(shop, *at, lang)).collect::<Vec<_>>())
}

/// Items as lists show them, each an entry.
pub(super) fn rendered(shop: &Shop<'_>, items: &[ItemIx], lang: Lang) -> Result<Value, RenderFault> {
    Ok(Value::from(items.iter().map(|at| shop.entry(*at, lang)).collect::<Result<Vec<_>, _>>()?))
}

/// Items of a kind that satisfy a test, oldest first.
pub(super) fn of_kind(shop: &Shop<'_>, kind: &'static str, test: impl Fn(&Item) -> bool) -> Vec<ItemIx> {
    let all = shop.kind_index(kind).map_or(&[][..], |index| &index.items);
    all.iter().copied().filter(|at| test(shop.item(*at))).collect()
}

/// The newest items of a kind.
pub(super) fn newest(shop: &Shop<'_>, kind: &'static str, most: usize) -> Vec<ItemIx> {
    shop.kind_index(kind).map(|index| index.items.iter().rev().take(most).copied().collect()).unwrap_or_default()
}

fn by_field(shop: &Shop<'_>, items: &mut [ItemIx], field: &str) {
    let zone = &shop.site.now.zone;
    items.sort_by_key(|at| shop.item(*at).original().record.fields.stamp(field).map(|stamp| stamp.begins(zone)));
}

/// Consultations that can be answered, the first to close first.
pub(super) fn open_consultations(shop: &Shop<'_>) -> Vec<ItemIx> {
    let mut open = of_kind(shop, "consultation", |item| item.status.word == "open");
    by_field(shop, &mut open, "closes");
    open
}

/// Consultations that open later, the first to open first.
pub(super) fn coming_consultations(shop: &Shop<'_>) -> Vec<ItemIx> {
    let mut coming = of_kind(shop, "consultation", |item| item.status.word == "upcoming");
    by_field(shop, &mut coming, "opens");
    coming
}

/// Meetings that are held now or later, the next one first.
pub(super) fn coming_meetings(shop: &Shop<'_>) -> Vec<ItemIx> {
    let mut coming = of_kind(shop, "meeting", |item| matches!(item.status.word, "upcoming" | "under-way"));
    by_field(shop, &mut coming, "starts");
    coming
}

/// Services, the disturbed ones first.
pub(super) fn services(shop: &Shop<'_>) -> Vec<ItemIx> {
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

/// Whether a correction answers a claim by others; else it puts an error of our own right.
pub(super) fn answers_claim(item: &Item) -> bool {
    item.original().record.fields.text("claim").is_some()
}
