//! A number that identifies a person, anywhere in what would be published.
//!
//! Swedish personal and co-ordination numbers: a valid date (day + 60 for the latter) and Luhn over ten digits. Kazakh
//! IIN: date, century digit, and the weighted check (Government Resolution 853 of 2003). A number alone is weak
//! evidence, so both need their whole check; only the first two and the last digit are shown.

use super::rule::Rule;
use crate::model::date::Day;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A number that identifies a person.
pub struct IdentityNumber;

impl Rule for IdentityNumber {
    fn name(&self) -> &'static str {
        "identity-number"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for record in site.items.iter().flat_map(|item| &item.editions).map(|edition| &edition.record) {
            let text = &record.source.text;
            for (start, end, kind) in numbers(text) {
                let digits: Vec<char> = text[start..end].chars().filter(char::is_ascii_digit).collect();
                let masked: String =
                    digits.iter().enumerate().map(|(at, c)| if at < 2 || at + 1 == digits.len() { *c } else { '*' }).collect();
                out.push(Finding::error(
                    self.name(),
                    crate::model::finding::Place { path: record.source.path.to_string(), spot: masked_spot(text, start, end, &masked) },
                    format!("`{masked}` has the form and check digit of a {kind}."),
                    "Remove it from the file and from the history; a person must never be found by it on the web.",
                ));
            }
        }
    }
}

/// The place with the number masked in the line that is shown.
fn masked_spot(text: &str, start: usize, end: usize, masked: &str) -> crate::model::finding::Spot {
    let mut span = crate::model::finding::Span::of(text, start, end);
    span.text = span.text.replace(&text[start..end], masked);
    crate::model::finding::Spot::Span(span)
}

/// Runs of digits with at most one hyphen or plus that pass a whole check: start, end, kind.
fn numbers(text: &str) -> Vec<(usize, usize, &'static str)> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len()
            && (bytes[at].is_ascii_digit() || (matches!(bytes[at], b'-' | b'+') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)))
        {
            at += 1;
        }
        let outside = start == 0 || !(bytes[start - 1].is_ascii_alphanumeric() || matches!(bytes[start - 1], b'/' | b'.' | b'_' | b'='));
        let ends = at == bytes.len() || !(bytes[at].is_ascii_alphanumeric() || matches!(bytes[at], b'/' | b'_'));
        if outside
            && ends
            && let Some(kind) = kind(&text[start..at])
        {
            found.push((start, at, kind));
        }
    }
    found
}

fn kind(number: &str) -> Option<&'static str> {
    let parts: Vec<&str> = number.split(['-', '+']).collect();
    let digits: Vec<u8> = number.bytes().filter(u8::is_ascii_digit).map(|b| b - b'0').collect();
    let shaped = match parts[..] {
        [whole] => whole.len() == 12 || whole.len() == 10,
        [date, last] => matches!(date.len(), 6 | 8) && last.len() == 4,
        _ => false,
    };
    if !shaped {
        return None;
    }
    if digits.len() == 12 && parts.len() == 1 && is_iin(&digits) {
        return Some("Kazakh individual identification number");
    }
    let ten = &digits[digits.len() - 10..];
    let century = if digits.len() == 12 { digits[0] * 10 + digits[1] } else { 19 };
    // Ten digits without a hyphen are too often a case or phone number to be sure.
    let sure = parts.len() == 2 || digits.len() == 12;
    (sure && matches!(century, 19 | 20) && swedish_date(ten) && luhn(ten)).then_some("Swedish personal identity number")
}

fn swedish_date(ten: &[u8]) -> bool {
    let two = |at: usize| i16::from(ten[at] * 10 + ten[at + 1]);
    let (month, mut day) = (two(2), two(4));
    if day > 60 {
        day -= 60;
    }
    Day::new(2000 + two(0), month as i8, day as i8).is_some() || Day::new(1900 + two(0), month as i8, day as i8).is_some()
}

fn luhn(ten: &[u8]) -> bool {
    let sum: u32 = ten
        .iter()
        .enumerate()
        .map(|(at, digit)| u32::from(*digit) * if at % 2 == 0 { 2 } else { 1 })
        .map(|product| product / 10 + product % 10)
        .sum();
    sum.is_multiple_of(10)
}

fn is_iin(digits: &[u8]) -> bool {
    let two = |at: usize| i16::from(digits[at] * 10 + digits[at + 1]);
    let dated = Day::new(2000 + two(0), two(2) as i8, two(4) as i8).is_some() && digits[6] <= 6;
    let sum = |shift: usize| (0..11).map(|at| u32::from(digits[at]) * ((at + shift) % 11 + 1) as u32).sum::<u32>() % 11;
    let check = match sum(0) {
        10 => sum(2),
        first => first,
    };
    dated && check == u32::from(digits[11])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn published_test_numbers_are_recognised_and_others_are_not() {
        for number in ["811218-9876", "19640823-3234", "701063-2391", "990101600002", "990101600302"] {
            assert!(kind(number).is_some(), "{number}");
        }
        for number in ["811218-9875", "811318-9876", "990101600341", "0910-000000", "2026-11-18", "556036-0793", "202611181200"] {
            assert!(kind(number).is_none(), "{number}");
        }
    }
}
