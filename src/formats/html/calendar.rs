//! In: meetings, consultations, vacancies, decisions. Out: the calendar: what comes, by month, and the last meetings.

use super::Made;
use super::entries;
use super::fixed::Fixed;
use super::shop::Shop;
use super::standing::{coming_consultations, coming_meetings, of_kind, open_consultations, rendered};
use super::tree::{Tree, text};
use crate::formats::feed::beside;
use crate::formats::icalendar;
use crate::model::date::Stamp;
use crate::model::lang::Lang;
use crate::model::site::ItemIx;
use tera::Value;

/// A day in the calendar: when, the message that says what, whose.
pub(super) type Coming = (Stamp, &'static str, ItemIx);

/// Meetings past and still shown.
const PAST: usize = 10;

/// Everything that has a day ahead, the soonest first.
pub(super) fn ahead(shop: &Shop<'_>) -> Vec<Coming> {
    let mut coming: Vec<Coming> = Vec::new();
    let field = |at: ItemIx, name: &str| shop.item(at).original().record.fields.stamp(name);
    coming.extend(coming_meetings(shop).into_iter().filter_map(|at| Some((field(at, "starts")?, "calendar-meeting", at))));
    coming.extend(open_consultations(shop).into_iter().filter_map(|at| Some((field(at, "closes")?, "calendar-closes", at))));
    coming.extend(coming_consultations(shop).into_iter().filter_map(|at| Some((field(at, "opens")?, "calendar-opens", at))));
    let vacancies = of_kind(shop, "vacancy", |item| item.status.word == "open");
    coming.extend(vacancies.into_iter().filter_map(|at| Some((field(at, "closes")?, "calendar-apply", at))));
    let appeals = of_kind(shop, "decision", |item| item.status.word == "appealable");
    coming.extend(appeals.into_iter().filter_map(|at| Some((Stamp::Day(shop.item(at).appeal_until?), "calendar-appeal", at))));
    let now = &shop.site.now;
    for at in of_kind(shop, "consultation", |item| matches!(item.status.word, "open" | "upcoming")) {
        let events = shop.item(at).original().record.fields.maps("events").filter_map(|event| event.stamp("at"));
        coming.extend(events.filter(|stamp| !now.passed(*stamp)).map(|stamp| (stamp, "calendar-event", at)));
    }
    coming.sort_by_key(|(stamp, _, at)| (stamp.begins(&now.zone), *at));
    coming
}

/// Days as rows for templates.
pub(super) fn row(shop: &Shop<'_>, lang: Lang, (stamp, key, at): Coming) -> Value {
    Tree::new()
        .with("date", shop.stamp(lang, stamp))
        .with("what", shop.words(lang, key))
        .with("entry", entries::value(shop, at, lang))
        .done()
}

/// The calendar.
pub(super) fn page(shop: &Shop<'_>, lang: Lang, here: &Fixed<'_>, out: &mut Vec<u8>) -> Made {
    let mut months: Vec<(String, Vec<Value>)> = Vec::new();
    for coming in ahead(shop) {
        let month = shop.dates.month_year(lang, shop.dates.day_of(coming.0));
        let row = row(shop, lang, coming);
        match months.last_mut().filter(|(last, _)| *last == month) {
            Some((_, rows)) => rows.push(row),
            None => months.push((month, vec![row])),
        }
    }
    let months: Vec<Value> = months.into_iter().map(|(title, rows)| Tree::new().with("title", title).with("rows", rows).done()).collect();
    let mut past = of_kind(shop, "meeting", |item| !matches!(item.status.word, "upcoming" | "under-way"));
    past.reverse();
    past.truncate(PAST);
    let page = here.page(shop, lang, "calendar", shop.words(lang, "calendar")).described(&shop.words(lang, "calendar-about"));
    let file = beside(&shop.home(lang), icalendar::CALENDAR).href();
    let page = page.also(&shop.words(lang, "calendar"), file.clone(), icalendar::MEDIA).put("calendar", text(&file));
    let page = page.put("months", months).put("past", rendered(shop, &past, lang)?);
    shop.render("calendar.html", page.into_context(), "the calendar", out)
}
