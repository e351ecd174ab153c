//! In: the day on which minutes were announced. Out: the last day on which an appeal may arrive, by Swedish law.
//!
//! Three weeks from the day of announcement (Kommunallagen 2017:725, chapter 13, section 5) end on the same weekday
//! three weeks later. A last day on a Saturday, Sunday, public holiday, Midsummer Eve, Christmas Eve or New Year's Eve
//! moves to the next working day (Lag 1930:173 om beräkning av lagstadgad tid, section 2; holidays by Lag 1989:253).

use crate::model::date::Day;

/// The last day on which an appeal may arrive.
pub fn last_appeal_day(announced: Day) -> Day {
    let mut day = announced.plus(21);
    while is_day_off(day) {
        day = day.plus(1);
    }
    day
}

/// Whether a time limit may not end on this day.
pub fn is_day_off(day: Day) -> bool {
    let weekend = day.weekday() >= 6;
    let easter = easter_sunday(day.year());
    let movable = [-2, 1, 39].iter().any(|offset| easter.plus(*offset) == day);
    let fixed = matches!((day.month(), day.day()), (1, 1) | (1, 6) | (5, 1) | (6, 6) | (12, 24) | (12, 25) | (12, 26) | (12, 31));
    // Midsummer Day is the Saturday and its eve the Friday between 19 and 25 June; All Saints' Day is a Saturday.
    let midsummer_eve = day.month() == 6 && day.weekday() == 5 && (19..=25).contains(&day.day());
    weekend || movable || fixed || midsummer_eve
}

/// Easter Sunday of a year, by the anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, chapter 8).
fn easter_sunday(year: i16) -> Day {
    let year = i32::from(year);
    let (a, b, c) = (year % 19, year / 100, year % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (8 * b + 13) / 25;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 19 * l) / 433;
    let month = (h + l - 7 * m + 90) / 25;
    let day = (h + l - 7 * m + 33 * month + 19) % 32;
    Day::new(year as i16, month as i8, day as i8).expect("Easter falls between 22 March and 25 April")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        text.parse().expect("a day of the test")
    }

    #[test]
    fn easter_agrees_with_the_church_calendar() {
        let known = ["2019-04-21", "2024-03-31", "2025-04-20", "2026-04-05", "2027-03-28", "2038-04-25", "2285-03-22"];
        for sunday in known.map(day) {
            assert_eq!(easter_sunday(sunday.year()), sunday);
        }
    }

    #[test]
    fn three_weeks_end_on_the_same_weekday() {
        assert_eq!(last_appeal_day(day("2026-11-19")), day("2026-12-10"));
    }

    #[test]
    fn a_last_day_off_moves_to_the_next_working_day() {
        let cases = [
            ("2026-11-21", "2026-12-14"), // Saturday to Monday
            ("2026-12-03", "2026-12-28"), // Christmas Eve, two holidays, a weekend
            ("2026-12-10", "2027-01-04"), // New Year's Eve, New Year's Day, a weekend
            ("2026-12-16", "2027-01-07"), // Epiphany
            ("2026-03-13", "2026-04-07"), // Good Friday to Tuesday after Easter
            ("2026-04-23", "2026-05-15"), // Ascension Day
            ("2026-05-29", "2026-06-22"), // Midsummer Eve
            ("2025-05-16", "2025-06-09"), // the national day on a Friday
        ];
        for (announced, last) in cases {
            assert_eq!(last_appeal_day(day(announced)), day(last), "announced on {announced}");
        }
    }
}
