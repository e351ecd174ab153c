//! In: dates as people type them. Out: days, instants with a zone, and one explicit now.
//!
//! A day is a day: it has no zone and never moves. An instant carries its offset, or it is refused. Nothing in the
//! program but `io::clock` asks what time it is.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use std::fmt;
use std::str::FromStr;

/// A calendar day without a zone, written `2026-11-18`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(Date);

impl Day {
    /// The day with this year, month (1 to 12) and day of the month, if there is one.
    pub fn new(year: i16, month: i8, day: i8) -> Option<Day> {
        Date::new(year, month, day).ok().map(Day)
    }

    /// The year, such as 2026.
    pub fn year(self) -> i16 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> i8 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> i8 {
        self.0.day()
    }

    /// The day so many days later; negative for earlier. Stops at the ends of the calendar.
    pub fn plus(self, days: i32) -> Day {
        Day(self.0.saturating_add(days.days()))
    }

    /// The weekday, Monday = 1 to Sunday = 7.
    pub fn weekday(self) -> i8 {
        self.0.weekday().to_monday_one_offset()
    }

    /// The first instant of the day in a zone.
    pub fn begins(self, zone: &TimeZone) -> Timestamp {
        self.0.to_zoned(zone.clone()).map(|zoned| zoned.timestamp()).unwrap_or(Timestamp::MAX)
    }

    /// The first instant after the day in a zone.
    pub fn ends(self, zone: &TimeZone) -> Timestamp {
        self.plus(1).begins(zone)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(ascii(&day_digits(self.0)))
    }
}

/// `2026-11-18`. Every page holds a score of dates, and the general formatter takes ten times as long.
fn day_digits(day: Date) -> [u8; 10] {
    let (year, [m, n], [d, e]) = (day.year().unsigned_abs(), two_digits(day.month()), two_digits(day.day()));
    let digit = |number: u16| b'0' + (number % 10) as u8;
    [digit(year / 1000), digit(year / 100), digit(year / 10), digit(year), b'-', m, n, b'-', d, e]
}

fn two_digits(number: i8) -> [u8; 2] {
    let number = number.unsigned_abs();
    [b'0' + number / 10, b'0' + number % 10]
}

fn ascii(digits: &[u8]) -> &str {
    std::str::from_utf8(digits).expect("digits, hyphens and colons are ASCII")
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// What is wrong with a date as typed; the text is a whole sentence for the person who typed it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// Not written as year-month-day.
    #[error("`{0}` is not a day.")]
    NotADay(String),
    /// Written right, but the calendar has no such day.
    #[error("There is no day `{0}` in the calendar.")]
    NoSuchDay(String),
    /// A time without an offset from UTC.
    #[error("`{0}` has a time but no zone, so nobody can know when that is.")]
    NoZone(String),
    /// Not a date and time.
    #[error("`{0}` is not a date and time.")]
    NotAnInstant(String),
    /// A date and time where only a day makes sense.
    #[error("`{0}` has a time of day; this field is a day.")]
    DayWanted(String),
    /// A day where the exact time matters.
    #[error("`{0}` is only a day; this field needs the time and the zone.")]
    InstantWanted(String),
}

impl FromStr for Day {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Day, DateError> {
        if !is_day_shaped(text) {
            return Err(match text.parse::<Instant>() {
                Ok(_) | Err(DateError::NoZone(_)) => DateError::DayWanted(text.into()),
                Err(_) => DateError::NotADay(text.into()),
            });
        }
        Date::from_str(text).map(Day).map_err(|_| DateError::NoSuchDay(text.into()))
    }
}

/// Whether a text is four digits, two and two, with hyphens between.
fn is_day_shaped(text: &str) -> bool {
    let fits = |(at, byte): (usize, &u8)| if matches!(at, 4 | 7) { *byte == b'-' } else { byte.is_ascii_digit() };
    text.len() == 10 && text.as_bytes().iter().enumerate().all(fits)
}

/// A point in time with the offset it was written with.
#[derive(Clone, Copy)]
pub struct Instant {
    at: Timestamp,
    offset: Offset,
}

impl Instant {
    /// The point in time, shown with the given offset.
    pub fn new(at: Timestamp, offset: Offset) -> Instant {
        Instant { at, offset }
    }

    /// The point in time, shown in UTC.
    pub fn utc(at: Timestamp) -> Instant {
        Instant { at, offset: Offset::UTC }
    }

    /// The point in time.
    pub fn timestamp(self) -> Timestamp {
        self.at
    }

    /// The calendar day at this instant in a zone.
    pub fn day(self, zone: &TimeZone) -> Day {
        Day(self.at.to_zoned(zone.clone()).date())
    }

    /// The calendar day as written, in the instant's own offset.
    pub fn own_day(self) -> Day {
        Day(self.offset.to_datetime(self.at).date())
    }

    /// Hour (0 to 23) and minute in a zone.
    pub fn clock(self, zone: &TimeZone) -> (i8, i8) {
        let zoned = self.at.to_zoned(zone.clone());
        (zoned.hour(), zoned.minute())
    }

    /// The same instant with the offset a zone has then.
    pub fn in_zone(self, zone: &TimeZone) -> Instant {
        Instant { at: self.at, offset: zone.to_offset(self.at) }
    }
}

impl PartialEq for Instant {
    fn eq(&self, other: &Instant) -> bool {
        self.at == other.at
    }
}
impl Eq for Instant {}
impl PartialOrd for Instant {
    fn partial_cmp(&self, other: &Instant) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Instant {
    fn cmp(&self, other: &Instant) -> std::cmp::Ordering {
        self.at.cmp(&other.at)
    }
}

impl fmt::Display for Instant {
    /// RFC 3339 with seconds and offset; `Z` for UTC.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let civil = self.offset.to_datetime(self.at);
        let ([h, i], [m, n], [s, t]) = (two_digits(civil.hour()), two_digits(civil.minute()), two_digits(civil.second()));
        f.write_str(ascii(&day_digits(civil.date())))?;
        f.write_str(ascii(&[b'T', h, i, b':', m, n, b':', s, t]))?;
        match self.offset.seconds() {
            0 => f.write_str("Z"),
            seconds => {
                let sign = if seconds < 0 { '-' } else { '+' };
                let minutes = seconds.abs() / 60;
                write!(f, "{sign}{:02}:{:02}", minutes / 60, minutes % 60)
            }
        }
    }
}

impl fmt::Debug for Instant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Instant {
    type Err = DateError;

    /// Reads RFC 3339 (seconds may be left out, a space may stand for the `T`); a missing zone is its own error.
    fn from_str(text: &str) -> Result<Instant, DateError> {
        let not = || DateError::NotAnInstant(text.to_owned());
        let (day, rest) = text.split_at_checked(10).ok_or_else(not)?;
        if rest.is_empty() && is_day_shaped(day) {
            return Err(DateError::InstantWanted(text.to_owned()));
        }
        let time = rest.strip_prefix(['T', 't', ' ']).ok_or_else(not)?;
        let zone_at = time.find(['Z', 'z', '+', '-', '[', '\u{2212}']).unwrap_or(time.len());
        let (clock, zone) = time.split_at(zone_at);
        let clock = clock.trim_end();
        let shaped = matches!(clock.len(), 5 | 8..)
            && clock.as_bytes()[2] == b':'
            && clock.bytes().all(|b| b.is_ascii_digit() || b == b':' || b == b'.');
        if !shaped {
            return Err(not());
        }
        if zone.is_empty() {
            return Err(DateError::NoZone(text.to_owned()));
        }
        let seconds = if clock.len() == 5 { ":00" } else { "" };
        if zone.eq_ignore_ascii_case("z") {
            let at = format!("{day}T{clock}{seconds}Z").parse().map_err(|_| not())?;
            return Ok(Instant { at, offset: Offset::UTC });
        }
        let zone = match zone.len() {
            6 if zone.as_bytes()[3] == b':' => zone.to_owned(),
            5 if zone[1..].bytes().all(|b| b.is_ascii_digit()) => format!("{}:{}", &zone[..3], &zone[3..]),
            _ => return Err(not()),
        };
        let hours: i32 = zone[1..3].parse().map_err(|_| not())?;
        let minutes: i32 = zone[4..6].parse().map_err(|_| not())?;
        let total = (hours * 3600 + minutes * 60) * if zone.starts_with('-') { -1 } else { 1 };
        let offset = Offset::from_seconds(total).map_err(|_| not())?;
        let at = format!("{day}T{clock}{seconds}{zone}").parse().map_err(|_| not())?;
        Ok(Instant { at, offset })
    }
}

/// A day or an instant, where a field takes either.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Stamp {
    /// The whole day.
    Day(Day),
    /// A point in time.
    Instant(Instant),
}

impl Stamp {
    /// The first instant it covers, in a zone.
    pub fn begins(self, zone: &TimeZone) -> Timestamp {
        match self {
            Stamp::Day(day) => day.begins(zone),
            Stamp::Instant(instant) => instant.timestamp(),
        }
    }

    /// The first instant after it: a day ends with the day, an instant with itself.
    pub fn ends(self, zone: &TimeZone) -> Timestamp {
        match self {
            Stamp::Day(day) => day.ends(zone),
            Stamp::Instant(instant) => instant.timestamp(),
        }
    }

    /// The calendar day, in a zone.
    pub fn day(self, zone: &TimeZone) -> Day {
        match self {
            Stamp::Day(day) => day,
            Stamp::Instant(instant) => instant.day(zone),
        }
    }

    /// The calendar day as written.
    pub fn own_day(self) -> Day {
        match self {
            Stamp::Day(day) => day,
            Stamp::Instant(instant) => instant.own_day(),
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Stamp::Day(day) => day.fmt(f),
            Stamp::Instant(instant) => instant.fmt(f),
        }
    }
}

impl fmt::Debug for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl FromStr for Stamp {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Stamp, DateError> {
        match text.parse::<Day>() {
            Ok(day) => Ok(Stamp::Day(day)),
            Err(DateError::DayWanted(_)) => text.parse().map(Stamp::Instant),
            Err(other) => Err(other),
        }
    }
}

/// The one explicit now of a run, and the zone of the public body, by which days begin and end.
#[derive(Debug, Clone)]
pub struct Now {
    /// The point in time that the whole run takes for the present.
    pub at: Timestamp,
    /// The body's zone.
    pub zone: TimeZone,
}

impl Now {
    /// Today's date in the body's zone.
    pub fn today(&self) -> Day {
        Instant::utc(self.at).day(&self.zone)
    }

    /// The present as an instant in the body's zone.
    pub fn instant(&self) -> Instant {
        Instant::utc(self.at).in_zone(&self.zone)
    }

    /// Whether a stamp has begun.
    pub fn reached(&self, stamp: Stamp) -> bool {
        stamp.begins(&self.zone) <= self.at
    }

    /// Whether a stamp is over.
    pub fn passed(&self, stamp: Stamp) -> bool {
        stamp.ends(&self.zone) <= self.at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_letters_that_are_no_date_are_refused_and_end() {
        for text in ["03/04/2019", "tomorrow!!", "0123456789"] {
            assert_eq!(text.parse::<Day>(), Err(DateError::NotADay(text.into())));
            assert_eq!(text.parse::<Instant>(), Err(DateError::NotAnInstant(text.into())));
        }
        assert_eq!("2026-11-18".parse::<Instant>(), Err(DateError::InstantWanted("2026-11-18".into())));
    }
}
