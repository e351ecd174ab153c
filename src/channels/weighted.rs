//! In: a text for X. Out: its length by twitter-text's third configuration.
//!
//! The text is counted in Unicode NFC. A link counts 23 whatever its length, with and without `https://`; an emoji counts
//! 2, however many code points it is made of; everything else counts 1 or 2 by its range. Proven against the conformance
//! files of <https://github.com/twitter/twitter-text> (`tests/data/twitter-text`). Where an emoji is newer than what is
//! known here, its parts are counted: that is never less than the network counts.

use crate::channels::{text, weighted_emoji, weighted_urls};
use crate::model::transport::Counted;
use unicode_normalization::UnicodeNormalization;

/// Most units of a post (`maxWeightedTweetLength`).
pub const LIMIT: usize = 280;
/// What a link counts (`transformedURLLength`).
pub const LINK: usize = 23;
/// First and last code points of the ranges that count 1 (`ranges`); everything else counts 2 (`defaultWeight`).
pub const LIGHT: [(u32, u32); 4] = [(0, 4351), (8192, 8205), (8208, 8223), (8242, 8247)];

/// The length of a text as X counts it. A link to a top-level domain that is not in our list may be in X's by now, so it
/// counts as the longer of both.
pub fn count(text: &str) -> Counted {
    let unlisted = text::links(text).into_iter().map(|at| &text[at]).filter(|link| links(link).is_empty());
    let spare: usize = unlisted.map(|link| LINK.saturating_sub(weigh(link, true))).sum();
    Counted { used: weigh(text, true) + spare, limit: LIMIT, unit: "weighted characters" }
}

/// The length of a text; `emoji` tells whether the code points of one emoji count as one character (configuration 3) or
/// each by itself (configuration 2).
pub fn weigh(text: &str, emoji: bool) -> usize {
    let chars: Vec<char> = text.nfc().collect();
    let mut links = weighted_urls::find(&chars).into_iter().peekable();
    let (mut used, mut at) = (0, 0);
    while at < chars.len() {
        if let Some(link) = links.next_if(|link| link.start == at) {
            used += LINK;
            at = link.end;
            continue;
        }
        let sequence = if emoji { weighted_emoji::length(&chars[at..]) } else { None };
        used += if sequence.is_some() { 2 } else { weight(chars[at]) };
        at += sequence.unwrap_or(1);
    }
    used
}

fn weight(c: char) -> usize {
    if LIGHT.iter().any(|(first, last)| (*first..=*last).contains(&u32::from(c))) { 1 } else { 2 }
}

/// The links of a text, with and without a scheme.
pub fn links(text: &str) -> Vec<String> {
    let chars: Vec<char> = text.nfc().collect();
    weighted_urls::find(&chars).into_iter().map(|link| chars[link].iter().collect()).collect()
}

/// A character that no post may hold: byte order marks and a non-character.
pub fn is_forbidden(c: char) -> bool {
    matches!(c, '\u{fffe}' | '\u{feff}' | '\u{ffff}')
}
