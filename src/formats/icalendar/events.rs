//! In: a record. Out: its dates as events: a meeting, the days a consultation opens and closes, the last day to appeal.
//!
//! Same record, same bytes: the stamp of an event is that of the record and never the clock's. A withdrawn record's events
//! stay and are marked as cancelled (RFC 5545, 3.8.1.11).

use super::lines::Lines;
use crate::formats::feed::entries::{host, instant, path};
use crate::model::date::{Day, Instant, Stamp};
use crate::model::lang::Lang;
use crate::model::site::{Edition, Item, Site};
use jiff::{Timestamp, ToSpan};

/// An event.
pub(super) struct Event {
    /// Permanent (RFC 7986, 5.3): the record's id and the site's host.
    pub(super) uid: String,
    title: String,
    about: String,
    place: String,
    url: String,
    category: String,
    when: When,
    stamp: Instant,
    created: Option<Instant>,
    sequence: usize,
    cancelled: bool,
}

/// When an event is.
#[derive(Clone, Copy)]
enum When {
    /// Whole days, the last included.
    Days(Day, Day),
    /// From an instant, until another where it is known.
    Time(Instant, Option<Instant>),
}

/// The events of an item, in the words of a language.
pub(super) fn of_item(site: &Site, item: &Item, lang: Lang) -> Vec<Event> {
    let fields = &item.original().record.fields;
    let maker = Maker { site, item, edition: item.best(lang), lang };
    let last = |stamp: Stamp| maker.last_day(stamp);
    match item.kind.name {
        "meeting" => fields.instant("starts").map(|starts| maker.meeting(starts, fields.instant("ends"))).into_iter().collect(),
        "consultation" => {
            let opens = fields.stamp("opens").map(|stamp| stamp.day(&site.now.zone));
            let opens = opens.map(|day| maker.dated("-opens", "calendar-opens", When::Days(day, day)));
            let closes = fields.stamp("closes").map(last).map(|day| maker.dated("-closes", "calendar-closes", When::Days(day, day)));
            opens.into_iter().chain(maker.gatherings()).chain(closes).collect()
        }
        "vacancy" => {
            let closes = fields.stamp("closes").map(last);
            closes.map(|day| maker.dated("-closes", "calendar-apply", When::Days(day, day))).into_iter().collect()
        }
        "decision" => item.appeal_until.map(|day| maker.dated("-appeal", "calendar-appeal", When::Days(day, day))).into_iter().collect(),
        "update" if fields.text("state") == Some("maintenance") => maker.works().into_iter().collect(),
        _ => Vec::new(),
    }
}

struct Maker<'s> {
    site: &'s Site,
    item: &'s Item,
    edition: &'s Edition,
    lang: Lang,
}

impl Maker<'_> {
    /// The last day on which a stamp has not passed: midnight belongs to the day before.
    fn last_day(&self, stamp: Stamp) -> Day {
        match stamp {
            Stamp::Day(day) => day,
            Stamp::Instant(at) => {
                let before = at.timestamp().checked_sub(1.second()).unwrap_or(at.timestamp());
                Instant::utc(before).day(&self.site.now.zone)
            }
        }
    }

    fn event(&self, fragment: &str, title: String, when: When) -> Event {
        let (site, item) = (self.site, self.item);
        let fields = &item.original().record.fields;
        let withdrawn = fields.map("withdrawn");
        let changed = withdrawn.and_then(|withdrawn| withdrawn.stamp("date")).or(item.changed).or(item.published);
        let begins = match when {
            When::Days(day, _) => Stamp::Day(day),
            When::Time(at, _) => Stamp::Instant(at),
        };
        Event {
            uid: format!("{}{fragment}@{}", path(item), host(site)),
            title,
            about: self.edition.summary.clone(),
            place: String::new(),
            url: site.settings.absolute(&self.edition.route.href()),
            category: site.messages.get(self.lang, &format!("kinds-{}", item.kind.name)),
            when,
            stamp: instant(site, changed.unwrap_or(begins)),
            created: item.published.map(|stamp| instant(site, stamp)),
            sequence: fields.list("revisions").len() + usize::from(withdrawn.is_some()),
            cancelled: withdrawn.is_some(),
        }
    }

    /// A day that matters: `Last day to appeal: …`.
    fn dated(&self, fragment: &str, key: &str, when: When) -> Event {
        let title = format!("{}: {}", self.site.messages.get(self.lang, key), self.edition.record.title());
        self.event(fragment, title, when)
    }

    fn meeting(&self, starts: Instant, ends: Option<Instant>) -> Event {
        let mut event = self.event("", self.edition.record.title().to_owned(), When::Time(starts, ends.filter(|ends| *ends > starts)));
        let fields = &self.edition.record.fields;
        event.place = fields.text("where").unwrap_or_default().to_owned();
        let agenda = fields.maps("agenda").filter_map(|point| point.text("title")).enumerate();
        let agenda: String = agenda.map(|(at, title)| format!("\n{}. {title}", at + 1)).collect();
        event.about = format!("{}\n{agenda}", event.about).trim().to_owned();
        event
    }

    /// The meetings of a consultation.
    fn gatherings(&self) -> impl Iterator<Item = Event> {
        let held = self.edition.record.fields.maps("events").filter_map(|held| Some((held, held.instant("at")?)));
        held.map(|(held, at)| {
            let title = format!("{}: {}", held.text("title").unwrap_or_default(), self.edition.record.title());
            let fragment = format!("-event-{}", compact(at.timestamp()));
            let mut event = self.event(&fragment, title, When::Time(at, None));
            event.place = held.text("where").unwrap_or_default().to_owned();
            event
        })
    }

    /// Planned work on a service.
    fn works(&self) -> Option<Event> {
        let fields = &self.item.original().record.fields;
        let starts = fields.stamp("starts").or(self.item.published)?;
        let ends = fields.stamp("ends");
        let when = match (starts, ends) {
            (Stamp::Instant(starts), Some(Stamp::Instant(ends))) => When::Time(starts, (ends > starts).then_some(ends)),
            (Stamp::Instant(starts), None) => When::Time(starts, None),
            (starts, ends) => {
                let first = starts.day(&self.site.now.zone);
                When::Days(first, ends.map_or(first, |ends| self.last_day(ends).max(first)))
            }
        };
        Some(self.dated("-works", "calendar-works", when))
    }
}

impl Event {
    /// The first instant of the event.
    pub(super) fn begins(&self, site: &Site) -> Timestamp {
        match self.when {
            When::Days(day, _) => day.begins(&site.now.zone),
            When::Time(at, _) => at.timestamp(),
        }
    }

    /// The last day of the event.
    pub(super) fn last_day(&self, site: &Site) -> Day {
        match self.when {
            When::Days(_, day) => day,
            When::Time(starts, ends) => ends.unwrap_or(starts).day(&site.now.zone),
        }
    }

    /// Writes the event.
    pub(super) fn write(&self, lines: &mut Lines) {
        lines.raw("BEGIN", "VEVENT");
        lines.raw("UID", &self.uid);
        lines.raw("DTSTAMP", &compact(self.stamp.timestamp()));
        match self.when {
            When::Days(first, last) => {
                lines.raw("DTSTART;VALUE=DATE", &digits(first));
                // The end is the first day after the event (3.6.1).
                lines.raw("DTEND;VALUE=DATE", &digits(last.plus(1)));
                lines.raw("TRANSP", "TRANSPARENT");
            }
            When::Time(starts, ends) => {
                lines.raw("DTSTART", &compact(starts.timestamp()));
                if let Some(ends) = ends {
                    lines.raw("DTEND", &compact(ends.timestamp()));
                }
            }
        }
        lines.text("SUMMARY", &self.title);
        for (name, value) in [("DESCRIPTION", &self.about), ("LOCATION", &self.place), ("CATEGORIES", &self.category)] {
            if !value.trim().is_empty() {
                lines.text(name, value);
            }
        }
        lines.raw("URL", &self.url);
        lines.raw("STATUS", if self.cancelled { "CANCELLED" } else { "CONFIRMED" });
        lines.raw("SEQUENCE", &self.sequence.to_string());
        if let Some(created) = self.created {
            lines.raw("CREATED", &compact(created.timestamp()));
        }
        lines.raw("LAST-MODIFIED", &compact(self.stamp.timestamp()));
        lines.raw("END", "VEVENT");
    }
}

/// `20261118T200000Z`.
fn compact(at: Timestamp) -> String {
    at.strftime("%Y%m%dT%H%M%SZ").to_string()
}

/// `20261118`.
fn digits(day: Day) -> String {
    day.to_string().replace('-', "")
}
