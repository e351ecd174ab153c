//! In: a page of a list. Out: its entries in order, each under its heading: what stands now, a year, a letter.

use super::lists::Listed;
use super::shop::Shop;
use super::standing::answers_claim;
use super::tree::{Tree, text};
use crate::model::lang::Lang;
use crate::model::recipe::RenderFault;
use crate::model::site::{Facet, Index, ItemIx};
use crate::text::collate::Collator;
use tera::Value;

/// Statuses that put an entry above the years, in this order, by kind.
const STANDING: &[(&str, &[&str])] = &[
    ("alert", &["active"]),
    ("consultation", &["open", "upcoming"]),
    ("meeting", &["under-way", "upcoming"]),
    ("notice", &["posted"]),
    ("vacancy", &["open"]),
    ("update", &["outage", "degraded", "maintenance", "planned"]),
];

/// The entries of a page under their headings.
pub(super) fn groups(shop: &Shop<'_>, list: &Listed<'_>) -> Result<Value, RenderFault> {
    let mut made: Vec<(String, Vec<Value>)> = Vec::new();
    for (heading, at) in sorted(shop, list) {
        let entry = shop.entry(at, list.lang)?;
        match made.last_mut().filter(|(last, _)| *last == heading) {
            Some((_, entries)) => entries.push(entry),
            None => made.push((heading, vec![entry])),
        }
    }
    let groups = made.into_iter().map(|(heading, entries)| Tree::new().with("title", heading).with("entries", entries).done());
    Ok(Value::from(groups.collect::<Vec<_>>()))
}

/// The two halves of a page of corrections, which no reader may mistake for one another: claims by others that are
/// answered, and our own errors. Both stand on the first page, so that an empty one is seen to be empty.
pub(super) fn halves(shop: &Shop<'_>, list: &Listed<'_>) -> Result<Value, RenderFault> {
    if list.index.facet != Facet::Kind("correction") {
        return Ok(Value::from(Vec::<Value>::new()));
    }
    let per_page = shop.site.settings.per_page;
    let items: Vec<ItemIx> =
        if list.number == 0 { list.index.newest(per_page).collect() } else { list.index.page(list.number, per_page).collect() };
    let mut made = Vec::new();
    for (word, title, about, claims) in
        [("claims", "false-claims", "claims-about", true), ("own", "own-corrections", "own-corrections-about", false)]
    {
        let own = items.iter().filter(|at| answers_claim(shop.item(**at)) == claims);
        let entries = own.map(|at| shop.entry(*at, list.lang)).collect::<Result<Vec<_>, _>>()?;
        if !entries.is_empty() || list.number == 0 {
            let (title, about) = (shop.words(list.lang, title), shop.words(list.lang, about));
            made.push(Tree::new().with("word", text(word)).with("title", title).with("about", about).with("entries", entries).done());
        }
    }
    Ok(Value::from(made))
}

/// The items of a page, each with its heading, in the order they are shown.
fn sorted(shop: &Shop<'_>, list: &Listed<'_>) -> Vec<(String, ItemIx)> {
    let per_page = shop.site.settings.per_page;
    let index = list.index;
    if list.whole {
        return by_name(shop, index, list.lang);
    }
    let mut items: Vec<ItemIx> = match list.number {
        0 => index.newest(per_page).collect(),
        number => index.page(number, per_page).collect(),
    };
    let Facet::Kind(kind) = index.facet else { return dated(shop, &items, list) };
    if kind == "correction" {
        items.sort_by_key(|at| !answers_claim(shop.item(*at)));
        let heading = |at: ItemIx| shop.words(list.lang, if answers_claim(shop.item(at)) { "false-claims" } else { "own-corrections" });
        return items.into_iter().map(|at| (heading(at), at)).collect();
    }
    let standing = STANDING.iter().find(|(own, _)| *own == kind).map_or(&[][..], |(_, words)| words);
    if list.number > 0 || standing.is_empty() {
        return dated(shop, &items, list);
    }
    let rank = |at: &ItemIx| standing.iter().position(|word| *word == shop.item(*at).status.word);
    items.retain(|at| rank(at).is_none());
    if kind == "notice" {
        // What is posted stands on the board itself, above this list.
        return dated(shop, &items, list);
    }
    let mut above: Vec<ItemIx> = index.items.iter().copied().filter(|at| rank(at).is_some()).collect();
    // What is still to come is read soonest first, what stands already newest first.
    above.sort_by_key(|at| (rank(at), if matches!(kind, "meeting" | "consultation" | "vacancy") { *at as i64 } else { -(*at as i64) }));
    let mut all: Vec<(String, ItemIx)> =
        above.into_iter().map(|at| (shop.words(list.lang, &format!("group-{kind}-{}", shop.item(at).status.word)), at)).collect();
    all.extend(dated(shop, &items, list));
    all
}

/// Under the year, or within one year under the month.
fn dated(shop: &Shop<'_>, items: &[ItemIx], list: &Listed<'_>) -> Vec<(String, ItemIx)> {
    let monthly = matches!(list.index.facet, Facet::Year(..));
    let heading = |at: ItemIx| match shop.item(at).day {
        Some(day) if monthly => shop.dates.month_year(list.lang, day),
        Some(day) => day.year().to_string(),
        None => shop.words(list.lang, "undated"),
    };
    items.iter().map(|at| (heading(*at), *at)).collect()
}

/// By name under the first letter, in the language's own order.
fn by_name(shop: &Shop<'_>, index: &Index, lang: Lang) -> Vec<(String, ItemIx)> {
    let collator = Collator::new(lang);
    let mut all: Vec<(&str, ItemIx)> = index.items.iter().map(|at| (shop.item(*at).best(lang).record.title(), *at)).collect();
    all.sort_by(|a, b| collator.compare(a.0, b.0).then(a.1.cmp(&b.1)));
    all.into_iter().map(|(title, at)| (collator.initial(title), at)).collect()
}
