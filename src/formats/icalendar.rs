//! In: the site. Out: calendars to subscribe to (RFC 5545, 7986), and an event to add to one's own beside its page.
//!
//! `calendar.ics` lies beside the home page, the lists of kinds that have dates, and the list of each body, in every
//! language. What was over more than a year ago is left out, so that a subscription stays small.

mod events;
mod lines;

use super::feed::{beside, entries, home};
use super::format::Format;
use crate::model::finding::Checked;
use crate::model::kind::Vocabulary;
use crate::model::lang::Lang;
use crate::model::recipe::Recipe;
use crate::model::route::Route;
use crate::model::site::{Facet, Index, ItemIx, Site};
use events::{Event, of_item};
use lines::Lines;

/// The calendar of a page, beside it.
pub const CALENDAR: &str = "calendar.ics";
/// The event of a page, beside it.
pub const EVENT: &str = "event.ics";
/// The media type of both.
pub const MEDIA: &str = "text/calendar";
/// Days for which what is over stays in a calendar.
const PAST: i32 = 366;
/// Kinds whose list has a calendar.
const KINDS: [&str; 4] = ["meeting", "consultation", "decision", "vacancy"];
/// Kinds of which each page has its event.
const SINGLE: [&str; 2] = ["meeting", "consultation"];

/// The format.
pub struct Calendars;

impl Format for Calendars {
    fn name(&self) -> &'static str {
        "icalendar"
    }

    fn recipes<'s>(&self, site: &'s Site) -> Checked<Vec<Recipe<'s>>> {
        let mut recipes = Vec::new();
        for lang in site.settings.languages.iter().copied() {
            let name = site.settings.title.get(lang).to_owned();
            recipes.push(calendar(site, (lang, name), home(site, lang), None));
        }
        for index in site.indexes.iter().filter(|index| has_calendar(&index.facet)) {
            for (lang, route) in &index.routes {
                let name = format!("{} · {}", site.settings.title.get(*lang), named(site, &index.facet, *lang));
                recipes.push(calendar(site, (*lang, name), route.clone(), Some(index)));
            }
        }
        for item in site.items.iter().filter(|item| has_event(item.kind.name)) {
            for edition in &item.editions {
                let route = beside(&edition.route, EVENT);
                recipes.push(Recipe::plain(route.file(), edition.record.source.path.to_string(), move |out| {
                    let lang = edition.record.lang;
                    write(&frame(site, (lang, edition.record.title()), None), &of_item(site, item, lang), out);
                }));
            }
        }
        recipes.into()
    }
}

/// Whether a list has a calendar.
pub fn has_calendar(facet: &Facet) -> bool {
    match facet {
        Facet::Kind(kind) => KINDS.contains(kind),
        Facet::Term(list, _) => *list == Vocabulary::Bodies,
        Facet::Year(..) => false,
    }
}

/// Whether the pages of a kind have an event to add to one's calendar.
pub fn has_event(kind: &str) -> bool {
    SINGLE.contains(&kind)
}

fn named(site: &Site, facet: &Facet, lang: Lang) -> String {
    match facet {
        Facet::Kind(kind) | Facet::Year(kind, _) => site.messages.get(lang, &format!("kinds-{kind}")),
        Facet::Term(list, id) => {
            let term = site.settings.terms(*list).iter().find(|term| term.id == *id);
            term.map_or_else(|| id.clone(), |term| term.name.get(lang).to_owned())
        }
    }
}

fn calendar<'s>(site: &'s Site, (lang, name): (Lang, String), page: Route, index: Option<&'s Index>) -> Recipe<'s> {
    let route = beside(&page, CALENDAR);
    Recipe::plain(route.file(), format!("the calendar {route}"), move |out| {
        let from = site.now.today().plus(-PAST);
        let all: Box<dyn Iterator<Item = ItemIx>> = match index {
            None => Box::new(0..site.items.len()),
            Some(index) => Box::new(index.items.iter().copied()),
        };
        let mut events: Vec<Event> = all.flat_map(|at| of_item(site, &site.items[at], lang)).collect();
        events.retain(|event| event.last_day(site) >= from);
        events.sort_by(|a, b| (a.begins(site), &a.uid).cmp(&(b.begins(site), &b.uid)));
        write(&frame(site, (lang, &name), Some((&page, &route))), &events, out);
    })
}

/// The lines before the events; a calendar to subscribe to has a page and an address of its own.
fn frame(site: &Site, (lang, name): (Lang, &str), own: Option<(&Route, &Route)>) -> Lines {
    let mut lines = Lines::new();
    lines.raw("BEGIN", "VCALENDAR");
    lines.raw("VERSION", "2.0");
    lines.raw("PRODID", &format!("-//{}//Promulgate//{}", entries::host(site), lang.as_str().to_ascii_uppercase()));
    lines.raw("CALSCALE", "GREGORIAN");
    lines.raw("METHOD", "PUBLISH");
    let Some((page, route)) = own else { return lines };
    lines.text("NAME", name);
    lines.text("X-WR-CALNAME", name);
    lines.text("X-WR-TIMEZONE", &site.settings.zone_name);
    lines.raw("URL", &site.settings.absolute(&page.href()));
    lines.raw("SOURCE;VALUE=URI", &site.settings.absolute(&route.href()));
    lines.raw("REFRESH-INTERVAL;VALUE=DURATION", "PT6H");
    lines.raw("X-PUBLISHED-TTL", "PT6H");
    lines
}

fn write(frame: &Lines, events: &[Event], out: &mut Vec<u8>) {
    let mut lines = frame.clone();
    events.iter().for_each(|event| event.write(&mut lines));
    lines.raw("END", "VCALENDAR");
    out.extend_from_slice(lines.as_str().as_bytes());
}
