//! In: any text. Out: its words in the form in which they are compared; `static/search.js` does the same to a query.
//!
//! Compatibility forms and case are gone, ё is е, Arabic has no vowel marks, one alef, one ya, and no article. Marks on
//! letters stay here (å is not a in Swedish); [`fold`] takes them off for a query that was typed without.

use std::borrow::Cow;
use unicode_normalization::char::is_combining_mark;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfkc_quick};

/// Longest word, in characters; the rest of a longer one is cut.
const LONGEST: usize = 40;

/// Calls `found` with each word of a text, in order.
pub fn each(text: &str, mut found: impl FnMut(&str)) {
    let usual = text.chars().all(is_usual) || is_nfkc_quick(text.chars()) == IsNormalized::Yes;
    let text: Cow<'_, str> = if usual { Cow::Borrowed(text) } else { Cow::Owned(text.nfkc().collect()) };
    let mut word = String::with_capacity(2 * LONGEST);
    let mut rest = &*text;
    while !rest.is_empty() {
        // A run of ASCII letters at a time: most of most texts.
        let plain = rest.bytes().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(rest.len());
        if plain > 0 {
            let before = word.len();
            word.push_str(&rest[..plain]);
            word[before..].make_ascii_lowercase();
            rest = &rest[plain..];
        }
        let Some(c) = rest.chars().next() else { break };
        rest = &rest[c.len_utf8()..];
        if is_small(c) {
            word.push(c);
        } else if is_word(c) {
            push(&mut word, c);
        } else if !is_invisible(c) && !word.is_empty() {
            end(&mut word, &mut found);
        }
    }
    end(&mut word, &mut found);
}

/// Whether a character is its own compatibility form whatever stands beside it, or ends a word in every form: the letters
/// of Western Europe, Cyrillic, Georgian and Arabic, and punctuation.
fn is_usual(c: char) -> bool {
    matches!(c, '\0'..='\u{7f}' | 'À'..='ÿ' | 'Ѐ'..='ӿ' | 'ა'..='ჺ' | 'ء'..='ي' | '٠'..='٩' | '«' | '»' | '§' | '\u{a0}' | '‐'..='‧')
}

/// A word without marks on its letters.
pub fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    let bare = word.nfd().filter(|c| !is_combining_mark(*c));
    let mut out = String::with_capacity(word.len());
    for c in bare {
        match c {
            'ø' => out.push('o'),
            'ł' => out.push('l'),
            'đ' => out.push('d'),
            'ı' => out.push('i'),
            'æ' => out.push_str("ae"),
            'ß' => out.push_str("ss"),
            other => out.push(other),
        }
    }
    Cow::Owned(out)
}

/// The shard of a folded word: a hash (FNV-1a, 32 bits) of its first two letters.
pub fn shard(folded: &str, shards: usize) -> usize {
    let hash = folded.chars().take(2).fold(2_166_136_261_u32, |hash, c| (hash ^ u32::from(c)).wrapping_mul(16_777_619));
    (hash ^ hash >> 15) as usize & (shards - 1)
}

/// Whether a character is a letter that is compared as it stands, which spares looking it up.
fn is_small(c: char) -> bool {
    matches!(c, 'à'..='ö' | 'ø'..='ÿ' | 'а'..='я' | 'ა'..='ჰ')
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

/// Hyphenation and direction marks, which stand inside words and are not part of them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

fn push(word: &mut String, c: char) {
    if c.is_ascii() {
        return word.push(c.to_ascii_lowercase());
    }
    for c in c.to_lowercase() {
        match c {
            'ё' => word.push('е'),
            'آ' | 'أ' | 'إ' | 'ٱ' => word.push('ا'),
            'ؤ' => word.push('و'),
            'ئ' | 'ى' | 'ی' => word.push('ي'),
            'ة' => word.push('ه'),
            'ک' => word.push('ك'),
            '\u{640}' | '\u{64b}'..='\u{65f}' | '\u{670}' => {}
            '٠'..='٩' => word.push(digit(c, '٠')),
            '۰'..='۹' => word.push(digit(c, '۰')),
            other => word.push(other),
        }
    }
}

fn digit(c: char, zero: char) -> char {
    char::from_digit(u32::from(c) - u32::from(zero), 10).unwrap_or(c)
}

fn end(word: &mut String, found: &mut impl FnMut(&str)) {
    if word.len() > LONGEST
        && let Some((cut, _)) = word.char_indices().nth(LONGEST)
    {
        word.truncate(cut);
    }
    let bare = without_article(word);
    if !bare.is_empty() {
        found(bare);
    }
    word.clear();
}

/// An Arabic word without its article, also behind "and", "with", "like", "so" and "for".
fn without_article(word: &str) -> &str {
    if !word.starts_with(['ا', 'و', 'ب', 'ك', 'ف', 'ل']) {
        return word;
    }
    let rest = ["وال", "بال", "كال", "فال", "ال", "لل"].iter().find_map(|article| word.strip_prefix(article));
    rest.filter(|rest| rest.chars().count() >= 3).unwrap_or(word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut words = Vec::new();
        each(text, |word| words.push(word.to_owned()));
        words
    }

    #[test]
    fn words_are_compared_without_case_and_in_one_spelling() {
        assert_eq!(of("KS 2026/0391, So\u{308}derby\u{ad}bor"), ["ks", "2026", "0391", "söderbybor"]);
        assert_eq!(of("Ёлка ещё ᲗᲑᲘᲚᲘᲡᲘ"), ["елка", "еще", "თბილისი"]);
        assert_eq!(of("المَكْتَبة والمكتبة ٢٠٢٦ أخبار"), ["مكتبه", "مكتبه", "2026", "اخبار"]);
        assert_eq!(of("ﷺ"), ["صلي", "الله", "عليه", "وسلم"], "one character that stands for four words is four words");
        assert_eq!(fold("söderby"), "soderby");
    }
}
