//! In: words, dates and addresses as other systems wrote them. Out: slugs, stamps and old addresses of ours, or nothing.

use crate::model::date::{DateError, Day, Stamp};
use crate::model::route::Route;
use unicode_normalization::UnicodeNormalization;

/// A name for an address: lower case letters and digits of any script, hyphens between; accents of Latin letters go.
pub fn slug(text: &str) -> String {
    let mut out = String::new();
    for c in text.nfkd().filter(|c| !matches!(c, '\u{300}'..='\u{36f}')).flat_map(char::to_lowercase) {
        if c.is_alphanumeric() {
            out.push(c);
        } else if !out.is_empty() && !out.ends_with('-') {
            out.push('-');
        }
        if out.len() > 120 {
            break;
        }
    }
    out.trim_end_matches('-').nfc().collect()
}

/// Text without characters that no one sees, its white space folded to single spaces.
pub fn one_line(text: &str) -> String {
    visible(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Text without control and direction characters; line ends become `\n`.
pub fn visible(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| matches!(c, '\n' | '\t') || !(c.is_control() || invisible(*c))).collect()
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// A date as other systems wrote it. With a zone it is an instant; without one it is its day, whatever the clock said.
///
/// Day and month in digits alone are read only with the year first: `03/04/2019` means two different days.
pub fn stamp(text: &str) -> Option<Stamp> {
    let text = text.trim();
    match text.parse::<Stamp>() {
        Ok(stamp) => Some(stamp),
        Err(DateError::NoZone(_)) => text.get(..10)?.parse().ok().map(Stamp::Day),
        Err(_) => numbers_first(text).or_else(|| month_named(text)).map(Stamp::Day),
    }
}

/// `2014-1-5`, `2014/01/05 10:30`.
fn numbers_first(text: &str) -> Option<Day> {
    let day = text.split([' ', 'T']).next()?;
    let parts: Vec<&str> = day.split(['-', '/', '.']).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    (year.len() == 4).then(|| Day::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?))?
}

/// `January 2, 2014`, `2 Jan 2014`.
fn month_named(text: &str) -> Option<Day> {
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let (month, day) = match words.as_slice() {
        [a, b, _] if a.starts_with(|c: char| c.is_ascii_digit()) => (*b, *a),
        [a, b, _] => (*a, *b),
        _ => return None,
    };
    let month = MONTHS.iter().position(|name| month.to_lowercase().starts_with(name))?;
    let day = day.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()?;
    Day::new(words[2].parse().ok()?, i8::try_from(month).ok()? + 1, day)
}

/// An old address on the same site: a path beginning with `/`, without query; nothing for any other site's.
pub fn old_path(text: &str) -> Option<String> {
    let text = text.trim().split(['?', '#']).next()?;
    if text.contains("://") || text.starts_with("//") {
        return None;
    }
    let path = format!("/{}", text.trim_start_matches('/'));
    let route = Route::new(&path).ok()?;
    (route.as_str() != "/").then(|| route.as_str().to_owned())
}

/// A name made readable: `eip-20` becomes `Eip 20`.
pub fn title_of(name: &str) -> String {
    let words = name.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_without_a_zone_become_days_and_ambiguous_ones_nothing() {
        let read = |text: &str| stamp(text).map(|stamp| stamp.to_string());
        assert_eq!(read("2023-07-24 09:00:00 -0500").as_deref(), Some("2023-07-24T09:00:00-05:00"));
        assert_eq!(read("2020-06-13 15:54:00").as_deref(), Some("2020-06-13"));
        assert_eq!(read("2014-1-5").as_deref(), Some("2014-01-05"));
        assert_eq!(read("January 2, 2014").as_deref(), Some("2014-01-02"));
        assert_eq!(read("2nd Feb 2014").as_deref(), Some("2014-02-02"));
        assert_eq!(read("2021-02-30"), None);
        assert_eq!(read("03/04/2019"), None);
        assert_eq!(read("soon"), None);
    }

    #[test]
    fn slugs_keep_their_script_and_lose_their_accents() {
        assert_eq!(slug("Vård & omsorg (ny)"), "vard-omsorg-ny");
        assert_eq!(slug("ბიბლიოთეკა 2"), "ბიბლიოთეკა-2");
        assert_eq!(slug("--"), "");
    }

    #[test]
    fn old_addresses_of_other_sites_are_none_of_ours() {
        assert_eq!(old_path("news/a/?x=1").as_deref(), Some("/news/a/"));
        assert_eq!(old_path("https://elsewhere.example/a"), None);
        assert_eq!(old_path("/../../etc"), None);
        assert_eq!(old_path("/"), None);
    }
}
