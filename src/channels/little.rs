//! In: a text. Out: the same in LinkedIn's "little" format, and back.
//!
//! In <https://learn.microsoft.com/linkedin/marketing/community-management/shares/little-text-format> some characters have a
//! meaning; each must stand behind a backslash, or LinkedIn silently cuts the text at the first one. A hashtag is a template.

use crate::channels::text;

/// Characters with a meaning of their own.
pub const RESERVED: &str = "\\|{}@[]()<>#*_~";

/// A text as LinkedIn wants it, its hashtags made into templates.
pub fn commentary(text: &str) -> String {
    let (mut out, mut at) = (String::with_capacity(text.len() + 16), 0);
    for tag in text::hashtags(text) {
        // A template cannot hold an escape, so a tag with an underscore stays plain words.
        if text[tag.start + 1..tag.end].contains(is_reserved) {
            continue;
        }
        out.push_str(&escaped(&text[at..tag.start]));
        out.push_str(&format!("{{hashtag|#|{}}}", &text[tag.start + 1..tag.end]));
        at = tag.end;
    }
    out.push_str(&escaped(&text[at..]));
    out
}

/// A text without any meaning but its own.
pub fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len() + 16), |mut out, c| {
        if is_reserved(c) {
            out.push('\\');
        }
        out.push(c);
        out
    })
}

/// What readers see of a commentary.
pub fn plain(commentary: &str) -> String {
    let mut out = String::with_capacity(commentary.len());
    let mut rest = commentary;
    while let Some(c) = rest.chars().next() {
        let template = rest.strip_prefix("{hashtag|").and_then(|inner| inner.split_once('}'));
        if let Some((inner, after)) = template {
            let (sign, word) = inner.split_once('|').unwrap_or(("#", inner));
            out.push_str(sign.trim_start_matches('\\'));
            out.push_str(word);
            rest = after;
            continue;
        }
        rest = &rest[c.len_utf8()..];
        match rest.chars().next().filter(|_| c == '\\') {
            Some(next) => {
                out.push(next);
                rest = &rest[next.len_utf8()..];
            }
            None => out.push(c),
        }
    }
    out
}

fn is_reserved(c: char) -> bool {
    RESERVED.contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_has_a_meaning_stands_behind_a_backslash() {
        assert_eq!(commentary("Buss 7 (ny) #Norrvik"), r"Buss 7 \(ny\) {hashtag|#|Norrvik}");
        assert_eq!(commentary("a_b <c> @d #e_f"), r"a\_b \<c\> \@d \#e\_f");
    }

    proptest! {
        #[test]
        fn every_text_comes_back_as_it_was(text in r"[\PC\n\\|{}@\[\]()<>#*_~ a]{0,60}") {
            prop_assert_eq!(plain(&commentary(&text)), text.clone());
            prop_assert_eq!(plain(&escaped(&text)), text);
        }

        #[test]
        fn nothing_with_a_meaning_stands_alone(text in r"[\\|{}@\[\]()<>#*_~ ab]{0,60}") {
            let mut chars = escaped(&text).chars().collect::<Vec<_>>().into_iter();
            while let Some(c) = chars.next() {
                match c {
                    '\\' => prop_assert!(chars.next().is_some_and(is_reserved)),
                    other => prop_assert!(!is_reserved(other)),
                }
            }
        }
    }
}
