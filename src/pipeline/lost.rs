//! In: the files of the site that readers see, and of the one that would replace it. Out: findings on what would vanish.
//!
//! A published page lives, redirects, or is shown as withdrawn. A notice has rules of its own: it stays up until the
//! time to appeal is over (Kommunallagen 2017:725, 8:12 and 13:5), whatever else is done to its page.

use crate::assemble::last_appeal_day;
use crate::catalogue::CATALOGUE;
use crate::model::date::Day;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::manifest::Manifest;
use crate::model::recipe::Recipe;
use crate::model::record::RecordId;
use crate::model::site::Site;
use std::collections::BTreeSet;

fn paths<'r>(recipes: &'r [Recipe<'_>]) -> BTreeSet<&'r str> {
    recipes.iter().map(|recipe| recipe.path.as_str()).collect()
}

/// Pages that were published and would vanish.
pub(super) fn pages(before: &Manifest, recipes: &[Recipe<'_>], site: &Site) -> Findings {
    let now = paths(recipes);
    let folders = CATALOGUE.kinds.all.iter().map(|kind| kind.folder.to_owned());
    // A site's own pattern, up to its first variable: `/records/` of `/records/{slug}/`.
    let patterns = site.settings.routes.values().filter_map(|pattern| Some(pattern.split('{').next()?.trim_matches('/').to_owned()));
    let records: BTreeSet<String> = folders.chain(patterns).filter(|top| !top.is_empty()).map(|top| format!("{top}/")).collect();
    let langs: Vec<String> = site.settings.languages.iter().map(|lang| format!("{lang}/")).collect();
    let mut out = Findings::new();
    for path in before.files.keys().filter(|path| path.ends_with("/index.html") && !now.contains(path.as_str())) {
        let bare = langs.iter().find_map(|lang| path.strip_prefix(lang.as_str())).unwrap_or(path);
        // An earlier version goes where its record goes: to a new name, or away with what was erased.
        if let Some((page, _)) = path.split_once("/versions/")
            && now.contains(format!("{page}/index.html").as_str())
        {
            continue;
        }
        // The list of a kind goes with the last record of it, where that one was erased.
        let is_list = records.iter().any(|folder| bare == format!("{folder}index.html"));
        if is_list && site.tombstones.iter().any(|tombstone| bare.split('/').next() == tombstone.record.as_str().split('/').next()) {
            continue;
        }
        let is_record = records.iter().any(|folder| bare.starts_with(folder.as_str())) && !bare.contains("/page/");
        if is_record {
            let address = path.trim_end_matches("index.html");
            out.push(Finding::error(
                "lost-url",
                Place::file(path.as_str()),
                format!("`/{address}` was published and would vanish."),
                format!("Put the record back, mark it with `withdrawn:`, or add `/{address}` to the `aliases:` of the page that takes its place."),
            ));
        }
    }
    out
}

/// Notices that were posted and would vanish before they may be taken down. What they said is read from the data
/// beside their page, since their own file may be gone.
pub(super) fn notices(before: &Manifest, recipes: &[Recipe<'_>], site: &Site, read: &dyn Fn(&str) -> Option<Vec<u8>>) -> Findings {
    let now = paths(recipes);
    let gone = before.files.keys().filter(|path| path.ends_with("record.json") && !now.contains(path.as_str()));
    let by_law = site.settings.law == Some("sweden");
    let mut seen = BTreeSet::new();
    let mut out = Findings::new();
    for path in gone {
        let Some(told) = read(path).and_then(|bytes| serde_json::from_slice::<serde_json::Value>(&bytes).ok()) else { continue };
        let id = told["id"].as_str().unwrap_or_default();
        if told["kind"] != "notice" || !seen.insert(id.to_owned()) || there(site, id) || erased(site, id) || moved(site, path) {
            continue;
        }
        let day = |name: &str| told["fields"][name].as_str().and_then(|text| text.parse::<Day>().ok());
        let until = day("take_down").or_else(|| Some(last_appeal_day(day("posted").filter(|_| by_law)?).plus(1)));
        if let Some(until) = until.filter(|until| site.now.today() < *until) {
            out.push(Finding::error(
                "notice-vanished",
                Place::file(format!("content/{id}.md")),
                format!(
                    "The notice is on the board until {until} and would vanish from it today; the time to appeal would not have run out."
                ),
                format!("Put the record back, without `draft:` or `publish_at:`, and leave it there until {until}."),
            ));
        }
    }
    out
}

/// Whether the notice itself is still on the site, if in fewer languages.
fn there(site: &Site, id: &str) -> bool {
    site.by_id.contains_key(&RecordId(id.to_owned()))
}

/// Whether the law took the text of a notice away: that goes before the time on the board, and its page says when and why.
fn erased(site: &Site, id: &str) -> bool {
    site.tombstones.iter().any(|tombstone| tombstone.record.as_str() == id)
}

/// Whether the old address of a notice leads to a notice that is on the board.
fn moved(site: &Site, path: &str) -> bool {
    let old =
        path.strip_suffix(".record.json").map_or_else(|| path.trim_end_matches("record.json").to_owned(), |stem| format!("{stem}.html"));
    let to =
        site.redirects.iter().find(|redirect| redirect.from.as_str().trim_matches('/') == old.trim_matches('/')).map(|found| &found.to);
    let posted = site.items.iter().filter(|item| item.kind.name == "notice" && item.status.word == "posted");
    to.is_some_and(|to| posted.flat_map(|item| &item.editions).any(|edition| edition.route == *to))
}
