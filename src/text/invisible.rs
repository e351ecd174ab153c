//! In: a text that readers see. Out: the first character in it that nobody sees and that changes what is seen.
//!
//! Two measures. Characters that reverse the direction of what follows, and tags, stand nowhere. Characters without a
//! width stand only where a script needs them: joiners between letters of scripts that join, and within emoji; the
//! zero-width space where words are written without spaces. A soft hyphen, the marks U+200E, U+200F and U+061C, and
//! variation selectors are used by honest texts, reverse nothing and stay.

use std::ops::Range;

/// The first character that may not stand in a text, with its place in bytes.
pub fn first(text: &str) -> Option<(Range<usize>, char)> {
    // Each of them is written with a lead byte of 0xC2 or more that few texts in Latin letters have.
    if text.is_ascii() {
        return None;
    }
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let after = chars.peek().map(|(_, c)| *c);
        if is_hidden(c, before, after) {
            return Some((at..at + c.len_utf8(), c));
        }
        before = Some(c);
    }
    None
}

/// The text without them.
pub fn without(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    // What joins is judged by its neighbours, so each is looked for in what is left.
    while let Some((range, _)) = first(rest) {
        out.push_str(&rest[..range.start]);
        rest = &rest[range.end..];
    }
    out.push_str(rest);
    out
}

fn is_hidden(c: char, before: Option<char>, after: Option<char>) -> bool {
    match c {
        // Embeddings, overrides and isolates (CVE-2021-42574), the deprecated format characters, tags.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{206a}'..='\u{206f}' | '\u{e0000}'..='\u{e007f}' => true,
        // Without width: byte order mark, word joiner, invisible operators, fillers, the Mongolian separator.
        '\u{feff}' | '\u{2060}'..='\u{2065}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' => true,
        '\u{180e}' => !before.is_some_and(joins),
        '\u{200b}' => !before.is_some_and(spaceless),
        '\u{200c}' => !(before.is_some_and(joins) && after.is_none_or(|after| joins(after) || !after.is_alphanumeric())),
        '\u{200d}' => !(before.is_some_and(|before| joins(before) || pictures(before))),
        _ => false,
    }
}

/// Letters and marks of scripts whose letters join (RFC 5892, appendix A), by block.
fn joins(c: char) -> bool {
    matches!(c,
        '\u{600}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{f00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{18af}'
        | '\u{1a20}'..='\u{1aaf}' | '\u{1b00}'..='\u{1c4f}' | '\u{a840}'..='\u{a87f}' | '\u{a8e0}'..='\u{a8ff}' | '\u{aa60}'..='\u{aaff}'
        | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' | '\u{10a00}'..='\u{10fff}' | '\u{11000}'..='\u{11fff}'
        | '\u{1e900}'..='\u{1e95f}')
}

/// Letters of scripts that put no space between words.
fn spaceless(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{fff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{1950}'..='\u{1aaf}' | '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}')
}

/// What an emoji of several parts is made of.
fn pictures(c: char) -> bool {
    matches!(c, '\u{fe0f}' | '\u{2190}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_hides_or_reverses_is_found() {
        let bad = [
            "Fees rise \u{202e}tnec rep 8\u{202c}",
            "\u{2066}x\u{2069}",
            "pay\u{200b}pal",
            "a\u{200d}b",
            "a\u{200c}b",
            "x\u{2060}y",
            "\u{feff}x",
            "x\u{e0041}",
            "\u{3164}",
            "1\u{2063}000",
            "а\u{200d}б",
            "x\u{180e}y",
            "\u{200d}",
            "x\u{206e}",
            "x\u{fff9}y",
        ];
        for text in bad {
            assert!(first(text).is_some(), "{text:?}");
        }
        assert_eq!(first("åä\u{202e}").map(|(range, _)| range), Some(4..7));
    }

    #[test]
    fn a_text_is_freed_of_them() {
        assert_eq!(without("a\u{202e}\u{200b}b\u{2066}"), "ab");
    }

    #[test]
    fn what_languages_and_emoji_need_stays() {
        let good = [
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}👧",
            "🏳\u{fe0f}\u{200d}🌈",
            "ភាសា\u{200b}ខ្មែរ",
            "شركة\u{200f} ABC",
            "Sam\u{ad}man\u{ad}träde",
            "ქართული",
            "ශ්\u{200d}රී",
        ];
        for text in good {
            assert_eq!(first(text), None, "{text:?}");
        }
    }
}
