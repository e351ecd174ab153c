//! In: notices. Out: the digital notice board and its posting log (Kommunallagen 2017:725, chapter 8, sections 9 to 12).
//!
//! The board stands apart from the rest of the site and holds nothing but what the law lets it hold: the kind of record
//! that may stand on it has a closed list of what it announces, and no other kind is ever read here.

use super::Made;
use super::entries;
use super::fixed::Fixed;
use super::shop::Shop;
use super::standing::of_kind;
use super::tree::{Tree, text};
use crate::model::lang::Lang;
use crate::model::recipe::RenderFault;
use crate::model::route::Route;
use crate::model::site::ItemIx;
use tera::Value;

/// What may be announced, in the order of the law.
const KINDS: [&str; 5] = ["council-meeting", "minutes", "delegated-decision", "board-meeting", "other-law"];

/// What is posted now, by what it announces; each heading stands, so that an empty one is seen to be empty.
pub(super) fn board(shop: &Shop<'_>, lang: Lang) -> Result<Value, RenderFault> {
    let posted = of_kind(shop, "notice", |item| item.status.word == "posted");
    let mut groups = Vec::new();
    for kind in KINDS {
        let of_it = |at: &&ItemIx| shop.item(**at).original().record.fields.text("notice_kind") == Some(kind);
        let entries = posted.iter().rev().filter(of_it).map(|at| shop.entry(*at, lang)).collect::<Result<Vec<_>, _>>()?;
        if !entries.is_empty() || kind != "other-law" {
            let title = shop.words(lang, &format!("word-notice-kind-{kind}"));
            groups.push(Tree::new().with("title", title).with("kind", text(kind)).with("entries", entries).done());
        }
    }
    Ok(Tree::new()
        .with("groups", groups)
        .with("count", shop.words_count(lang, "board-count", posted.len()))
        .with("law", shop.site.settings.law.map(text))
        .with("log", shop.fixed(lang, "notices/log/").href())
        .done())
}

/// The posting log: every notice with the days on which it was posted and taken down, the newest first.
pub(super) fn log(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let mut all = of_kind(shop, "notice", |_| true);
    all.reverse();
    let rows = all.into_iter().map(|at| {
        let item = shop.item(at);
        let fields = &item.original().record.fields;
        let kind = fields.text("notice_kind").map(|kind| shop.words(lang, &format!("word-notice-kind-{kind}")));
        let down = item.status.date.filter(|_| matches!(item.status.word, "posted" | "taken-down"));
        Tree::new()
            .with("entry", entries::value(shop, at, lang))
            .with("kind", kind)
            .with("posted", fields.stamp("posted").map(|stamp| shop.stamp(lang, stamp)))
            .with("down", down.map(|stamp| shop.stamp(lang, stamp)))
            .done()
    });
    let rows: Vec<Value> = rows.collect();
    let mut page = here.page(shop, lang, "notice", shop.words(lang, "board-log")).described(&shop.words(lang, "board-log-about"));
    if let Some(route) = shop.kind_index("notice").and_then(|index| index.routes.get(&lang)) {
        page = page.crumb(&shop.words(lang, "kinds-notice"), &Route::href(route));
    }
    shop.render("notice-log.html", page.put("rows", rows).into_context(), "the posting log", out)
}
