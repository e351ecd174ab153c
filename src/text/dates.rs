//! In: days, instants and numbers. Out: how people write them in a language.
//!
//! CLDR through `icu`; formatters are built once a language. English is British. Clocks have 24 hours. Arabic keeps
//! Western digits: references, case numbers and amounts stand beside the dates in them, and two kinds of digits in one
//! line are misread; the same digits are also what a reader types into a form or a telephone.

use crate::model::date::{Day, Instant, Stamp};
use crate::model::lang::Lang;
use icu::calendar::{Date, Gregorian};
use icu::datetime::fieldsets::{M, MD, YM, YMD};
use icu::datetime::{FixedCalendarDateTimeFormatter, fieldsets};
use icu::decimal::DecimalFormatter;
use icu::decimal::input::Decimal;
use icu::locale::Locale;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;

type Formatter<F> = FixedCalendarDateTimeFormatter<Gregorian, F>;

/// Formatters of all languages of a site, built once.
pub struct Dates {
    langs: BTreeMap<Lang, Formatters>,
    zone: TimeZone,
}

struct Formatters {
    long: Formatter<YMD>,
    short: Formatter<YMD>,
    month_year: Formatter<YM>,
    day_month: Formatter<MD>,
    month: Formatter<M>,
    weekday: Formatter<fieldsets::E>,
    decimal: DecimalFormatter,
}

impl Dates {
    /// Builds the formatters of some languages; instants are shown in the zone.
    pub fn new(langs: &[Lang], zone: TimeZone) -> Dates {
        Dates { langs: langs.iter().map(|lang| (*lang, Formatters::new(*lang))).collect(), zone }
    }

    fn of(&self, lang: Lang) -> &Formatters {
        self.langs.get(&lang).or_else(|| self.langs.values().next()).expect("a site has at least one language")
    }

    /// `18 November 2026`.
    pub fn long(&self, lang: Lang, day: Day) -> String {
        let written = plain_spaces(self.of(lang).long.format(&date(day)).to_string());
        // CLDR's generic Georgian long form puts a comma before the year (`18 ნოემბერი, 2026`); officials write none.
        if lang.primary() == "ka" { written.replace(',', "") } else { written }
    }

    /// `18 Nov 2026`.
    pub fn short(&self, lang: Lang, day: Day) -> String {
        plain_spaces(self.of(lang).short.format(&date(day)).to_string())
    }

    /// `November 2026`.
    pub fn month_year(&self, lang: Lang, day: Day) -> String {
        plain_spaces(self.of(lang).month_year.format(&date(day)).to_string())
    }

    /// `18 November`.
    pub fn day_month(&self, lang: Lang, day: Day) -> String {
        plain_spaces(self.of(lang).day_month.format(&date(day)).to_string())
    }

    /// `Nov`, for the small date beside an entry.
    pub fn month(&self, lang: Lang, day: Day) -> String {
        self.of(lang).month.format(&date(day)).to_string()
    }

    /// `Wednesday`.
    pub fn weekday(&self, lang: Lang, day: Day) -> String {
        self.of(lang).weekday.format(&date(day)).to_string()
    }

    /// `17:00`, in the site's zone.
    pub fn time(&self, instant: Instant) -> String {
        let (hour, minute) = instant.clock(&self.zone);
        format!("{hour:02}:{minute:02}")
    }

    /// The time as a language writes it: Finnish has a full stop between hour and minute.
    pub fn clock(&self, lang: Lang, instant: Instant) -> String {
        let time = self.time(instant);
        if lang.primary() == "fi" { time.replace(':', ".") } else { time }
    }

    /// `18 November 2026, 17:00`, in the site's zone.
    pub fn date_time(&self, lang: Lang, instant: Instant) -> String {
        let day = self.long(lang, instant.day(&self.zone));
        format!("{day}{}{}", before_time(lang), self.clock(lang, instant))
    }

    /// A day as [`Dates::long`], an instant as [`Dates::date_time`].
    pub fn stamp(&self, lang: Lang, stamp: Stamp) -> String {
        match stamp {
            Stamp::Day(day) => self.long(lang, day),
            Stamp::Instant(instant) => self.date_time(lang, instant),
        }
    }

    /// The calendar day of a stamp in the site's zone.
    pub fn day_of(&self, stamp: Stamp) -> Day {
        stamp.day(&self.zone)
    }

    /// `4 May – 12 June 2026`; the year stands once where both share it, the time alone where both are on one day.
    pub fn range(&self, lang: Lang, from: Stamp, to: Stamp) -> String {
        let (first, last) = (self.day_of(from), self.day_of(to));
        match (from, to) {
            (Stamp::Instant(_), Stamp::Instant(end)) if first == last => format!("{}–{}", self.stamp(lang, from), self.clock(lang, end)),
            (Stamp::Day(_), Stamp::Day(_)) if first == last => self.long(lang, first),
            (Stamp::Day(_), Stamp::Day(_)) if first.year() == last.year() && lang.primary() == "kk" => {
                format!("{} – {}", self.long(lang, first), self.day_month(lang, last))
            }
            (Stamp::Day(_), Stamp::Day(_)) if first.year() == last.year() => {
                format!("{} – {}", self.day_month(lang, first), self.long(lang, last))
            }
            _ => format!("{} – {}", self.stamp(lang, from), self.stamp(lang, to)),
        }
    }

    /// `1,284` with the language's own group separator.
    pub fn number(&self, lang: Lang, number: u64) -> String {
        self.of(lang).decimal.format(&Decimal::from(number)).to_string()
    }

    /// `310 kB` or `1.2 MB`: decimal units, one decimal below 10, non-breaking.
    pub fn bytes(&self, lang: Lang, bytes: u64) -> String {
        let unit = |kilo: &'static str, mega: &'static str| if bytes < 1_000_000 { kilo } else { mega };
        let name = match lang.primary() {
            "ru" | "kk" => unit("кБ", "МБ"),
            "ka" => unit("კბ", "მბ"),
            "fi" => unit("kt", "Mt"),
            "ar" => unit("كيلوبايت", "ميغابايت"),
            _ => unit("kB", "MB"),
        };
        let tenths = if bytes < 1_000_000 { bytes.div_ceil(1000) * 10 } else { bytes.div_ceil(100_000) };
        let mut amount = Decimal::from(if tenths >= 100 { tenths / 10 * 10 } else { tenths });
        amount.multiply_pow10(-1);
        amount.trim_end();
        format!("{}\u{a0}{name}", self.of(lang).decimal.format(&amount))
    }
}

impl std::fmt::Debug for Dates {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Dates").field("langs", &self.langs.keys().collect::<Vec<_>>()).finish_non_exhaustive()
    }
}

impl Formatters {
    fn new(lang: Lang) -> Formatters {
        let locale = locale(lang);
        let own = "compiled data holds every locale by fallback";
        Formatters {
            long: Formatter::try_new((&locale).into(), YMD::long()).expect(own),
            short: Formatter::try_new((&locale).into(), YMD::medium()).expect(own),
            month_year: Formatter::try_new((&locale).into(), YM::long()).expect(own),
            day_month: Formatter::try_new((&locale).into(), MD::long()).expect(own),
            month: Formatter::try_new((&locale).into(), M::medium()).expect(own),
            weekday: Formatter::try_new((&locale).into(), fieldsets::E::long()).expect(own),
            decimal: DecimalFormatter::try_new((&locale).into(), Default::default()).expect(own),
        }
    }
}

/// The CLDR locale of a language: English is British, Arabic keeps Western digits.
pub(super) fn locale(lang: Lang) -> Locale {
    let tag = match lang.as_str() {
        "en" => "en-GB",
        "ar" => "ar-u-nu-latn",
        other => other,
    };
    tag.parse().unwrap_or(Locale::UNKNOWN)
}

/// CLDR's narrow no-break spaces as plain no-break spaces, which every font and screen reader knows.
fn plain_spaces(text: String) -> String {
    text.replace('\u{202f}', "\u{a0}")
}

fn date(day: Day) -> Date<Gregorian> {
    let (month, of_month) = (day.month().unsigned_abs(), day.day().unsigned_abs());
    Date::try_new_gregorian(i32::from(day.year()), month, of_month).expect("a Day is a day of the Gregorian calendar")
}

/// What stands between a date and its time.
fn before_time(lang: Lang) -> &'static str {
    match lang.primary() {
        "sv" | "nb" | "nn" | "da" => " kl. ",
        "fi" => " klo ",
        "ar" => "، ",
        _ => ", ",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dates() -> (Dates, Vec<Lang>) {
        let langs: Vec<Lang> = ["en", "sv", "kk", "ru", "ka", "ar", "fi"].map(|tag| tag.parse().unwrap()).to_vec();
        (Dates::new(&langs, TimeZone::get("Europe/Stockholm").unwrap()), langs)
    }

    #[test]
    fn every_language_writes_its_own_date() {
        let (dates, langs) = dates();
        let day: Day = "2026-11-18".parse().unwrap();
        let written: Vec<String> = langs.iter().map(|lang| dates.long(*lang, day)).collect();
        assert_eq!(
            written,
            [
                "18 November 2026",
                "18 november 2026",
                "2026\u{a0}ж. 18 қараша",
                "18 ноября 2026\u{a0}г.",
                "18 ნოემბერი 2026",
                "18 نوفمبر 2026",
                "18. marraskuuta 2026"
            ]
        );
    }

    #[test]
    fn times_ranges_and_numbers() {
        let (dates, langs) = dates();
        let at: Instant = "2026-11-18T16:00:00Z".parse().unwrap();
        assert_eq!(dates.date_time(langs[0], at), "18 November 2026, 17:00");
        assert_eq!(dates.date_time(langs[1], at), "18 november 2026 kl. 17:00");
        assert_eq!(dates.date_time(langs[6], at), "18. marraskuuta 2026 klo 17.00");
        assert_eq!(dates.bytes(langs[6], 1_234_567), "1,3\u{a0}Mt");
        let day = |text: &str| Stamp::Day(text.parse().unwrap());
        assert_eq!(dates.range(langs[0], day("2026-05-04"), day("2026-06-12")), "4 May – 12 June 2026");
        assert_eq!(dates.range(langs[2], day("2026-05-04"), day("2026-06-12")), "2026\u{a0}ж. 4 мамыр – 12 маусым");
        assert_eq!(dates.number(langs[0], 1284), "1,284");
        assert_eq!(dates.number(langs[1], 340_000), "340\u{a0}000");
        assert_eq!(dates.bytes(langs[0], 310_000), "310\u{a0}kB");
        assert_eq!(dates.bytes(langs[1], 1_234_567), "1,3\u{a0}MB");
        assert_eq!(dates.month(langs[0], "2026-11-30".parse().unwrap()), "Nov");
    }
}
