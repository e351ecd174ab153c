//! In: a word of an address. Out: whether its letters are of two scripts that look alike, as those of a forged name are.
//!
//! Latin, Cyrillic, Greek, Armenian, Cherokee and Coptic share shapes of letters; no word of an honest name mixes two of
//! them. A word that is wholly of one script is not judged: `аррӏе` in Cyrillic letters is a word like any other.

use crate::text::punycode::adapted;
use icu::properties::CodePointMapData;
use icu::properties::props::Script;

/// Scripts whose letters are mistaken for each other's.
const ALIKE: [Script; 6] = [Script::Latin, Script::Cyrillic, Script::Greek, Script::Armenian, Script::Cherokee, Script::Coptic];

/// The first word of a text that mixes them.
pub fn mixed(text: &str) -> Option<&str> {
    if text.is_ascii() {
        return None;
    }
    text.split(|c: char| !c.is_alphanumeric()).find(|word| !word.is_ascii() && is_mixed(word))
}

fn is_mixed(word: &str) -> bool {
    let scripts = CodePointMapData::<Script>::new();
    let mut first = None;
    word.chars().map(|c| scripts.get(c)).filter(|script| ALIKE.contains(script)).any(|script| *first.get_or_insert(script) != script)
}

/// The first label of a host that mixes them, as people read it; `xn--` labels are decoded first.
pub fn mixed_host(host: &str) -> Option<String> {
    let labels = host.split('.').map(|label| match label.to_ascii_lowercase().strip_prefix("xn--") {
        Some(encoded) => decoded(encoded).unwrap_or_else(|| label.to_owned()),
        None => label.to_owned(),
    });
    labels.into_iter().find(|label| mixed(label).is_some())
}

/// Hosts of the addresses in a text: where they stand, in bytes.
pub fn hosts(text: &str) -> impl Iterator<Item = std::ops::Range<usize>> + '_ {
    text.match_indices("://").filter_map(|(at, mark)| {
        let from = at + mark.len();
        let ends = |c: char| c.is_whitespace() || matches!(c, '/' | '?' | '#' | ')' | ']' | '>' | '"' | '\'' | '`' | '|');
        let to = text[from..].find(ends).map_or(text.len(), |length| from + length);
        let user = text[from..to].rfind('@').map_or(0, |at| at + 1);
        let port = text[from + user..to].find(':').map_or(to, |at| from + user + at);
        (from + user < port).then_some(from + user..port)
    })
}

/// Punycode (RFC 3492, section 6.2).
fn decoded(encoded: &str) -> Option<String> {
    let (basic, rest) = encoded.rsplit_once('-').unwrap_or(("", encoded));
    let mut out: Vec<char> = basic.chars().collect();
    let (mut n, mut i, mut bias, mut first) = (128u32, 0u32, 72u32, true);
    let mut digits = rest.bytes().map(|byte| match byte {
        b'a'..=b'z' => Some(u32::from(byte - b'a')),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 26),
        _ => None,
    });
    while digits.len() > 0 {
        let (before, mut weight, mut k) = (i, 1u32, 36u32);
        loop {
            let digit = digits.next()??;
            i = i.checked_add(digit.checked_mul(weight)?)?;
            let threshold = k.saturating_sub(bias).clamp(1, 26);
            if digit < threshold {
                break;
            }
            weight = weight.checked_mul(36 - threshold)?;
            k += 36;
        }
        let length = out.len() as u32 + 1;
        bias = adapted(i - before, length, first);
        first = false;
        n = n.checked_add(i / length)?;
        i %= length;
        out.insert(i as usize, char::from_u32(n)?);
        i += 1;
    }
    Some(out.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forged_name_mixes_scripts_and_an_honest_one_does_not() {
        for forged in ["nоrrvik", "раypal", "night-buѕes", "αpple"] {
            assert!(mixed(forged).is_some(), "{forged}");
        }
        for honest in ["norrvik", "мәслихат", "nattbussar-och-автобус", "დადგენილება", "東京tower", "ελλάδα", "café", "قرار-2026", "аррӏе"]
        {
            assert_eq!(mixed(honest), None, "{honest}");
        }
    }

    #[test]
    fn hosts_are_judged_as_people_read_them() {
        assert_eq!(decoded("mnchen-3ya").as_deref(), Some("münchen"));
        assert_eq!(decoded("e1afmkfd").as_deref(), Some("пример"));
        // `pаypal` with a Cyrillic а.
        assert_eq!(mixed_host("xn--pypal-4ve.com").as_deref(), Some("pаypal"));
        assert_eq!(mixed_host("xn--e1afmkfd.xn--p1ai"), None);
        assert_eq!(mixed_host("xn--99999999999"), None);
        let text = "See https://user@nоrrvik.example:8080/x and (http://b.example)";
        assert_eq!(hosts(text).map(|range| &text[range]).collect::<Vec<_>>(), ["nоrrvik.example", "b.example"]);
    }
}
