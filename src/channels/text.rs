//! In: a text as it would be posted. Out: how long it is by each network's own rule, and where links and tags lie in it.
//!
//! Every count is the network's: what fits here is accepted there.

use crate::model::announcement::Announcement;
use crate::model::finding::{Finding, Severity};
use crate::model::transport::Counted;
use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// What a link counts on Mastodon, whatever its length (`characters_reserved_per_url` of `GET /api/v2/instance`).
pub const MASTODON_LINK: usize = 23;
/// Most graphemes of a Bluesky post (lexicon `app.bsky.feed.post`, `maxGraphemes`).
pub const BLUESKY_GRAPHEMES: usize = 300;
/// Most UTF-8 bytes of a Bluesky post (lexicon `app.bsky.feed.post`, `maxLength`).
pub const BLUESKY_BYTES: usize = 3000;

/// Most characters of a post on Threads, and most distinct links in it (`THREADS_API__LINK_LIMIT_EXCEEDED`).
pub const THREADS_CHARACTERS: usize = 500;
/// See [`THREADS_CHARACTERS`].
pub const THREADS_LINKS: usize = 5;

/// Extended grapheme clusters: what a reader takes for one character.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}

/// Mastodon's count: graphemes, a link as 23, a mention without its domain.
pub fn mastodon(text: &str, limit: usize) -> Counted {
    let mut used = 0;
    let mut at = 0;
    for link in links(text) {
        used += graphemes(&without_domains(&text[at..link.start])) + MASTODON_LINK;
        at = link.end;
    }
    used += graphemes(&without_domains(&text[at..]));
    Counted { used, limit, unit: "graphemes" }
}

/// Bluesky's count: graphemes; bytes instead where they are the tighter limit.
pub fn bluesky(text: &str) -> Counted {
    let used = graphemes(text);
    if used <= BLUESKY_GRAPHEMES && text.len() > BLUESKY_BYTES {
        return Counted { used: text.len(), limit: BLUESKY_BYTES, unit: "bytes" };
    }
    Counted { used, limit: BLUESKY_GRAPHEMES, unit: "graphemes" }
}

/// A count of plain graphemes against a limit.
pub fn plain(text: &str, limit: usize) -> Counted {
    Counted { used: graphemes(text), limit, unit: "graphemes" }
}

/// Unicode scalar values against a limit.
pub fn characters(text: &str, limit: usize) -> Counted {
    Counted { used: text.chars().count(), limit, unit: "characters" }
}

/// UTF-16 code units against a limit: an emoji outside the basic plane is two.
pub fn utf16(text: &str, limit: usize) -> Counted {
    Counted { used: text.encode_utf16().count(), limit, unit: "UTF-16 units" }
}

/// UTF-8 bytes against a limit.
pub fn bytes(text: &str, limit: usize) -> Counted {
    Counted { used: text.len(), limit, unit: "bytes" }
}

/// Threads' count: characters, an emoji as its UTF-8 bytes; the distinct links instead where there are more than five.
/// <https://developers.facebook.com/docs/threads/reference/publishing/>
pub fn threads(text: &str) -> Counted {
    let addresses: std::collections::BTreeSet<&str> = links(text).into_iter().map(|at| &text[at]).collect();
    if addresses.len() > THREADS_LINKS {
        return Counted { used: addresses.len(), limit: THREADS_LINKS, unit: "links" };
    }
    let length = |cluster: &str| if cluster.chars().any(is_pictured) { cluster.len() } else { cluster.chars().count() };
    Counted { used: text.graphemes(true).map(length).sum(), limit: THREADS_CHARACTERS, unit: "characters" }
}

/// Whether a character is drawn as an emoji, or makes its neighbour one. A sign too many costs a few bytes; one too few
/// would cost the post.
fn is_pictured(c: char) -> bool {
    matches!(u32::from(c), 0x200d | 0x203c | 0x2049 | 0x20e3 | 0x2122 | 0x2139 | 0x2194..=0x21aa | 0x231a..=0x23ff | 0x24c2
        | 0x25aa..=0x27bf | 0x2934..=0x2935 | 0x2b05..=0x2b55 | 0x3030 | 0x303d | 0x3297 | 0x3299 | 0xfe0f | 0x1_f000..=0x1_faff
        | 0xe_0020..=0xe_007f)
}

/// X's count: weights, a link as 23, an emoji as 2.
pub fn weighted(text: &str) -> Counted {
    crate::channels::weighted::count(text)
}

/// Whether a text is within its limit.
pub fn fits(counted: &Counted) -> bool {
    counted.used <= counted.limit
}

/// Where `http` and `https` links lie in a text, in bytes; a sentence's closing marks do not belong to them.
pub fn links(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = next_link(text, at) {
        let rest = &text[start..];
        let end = rest.find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"')).unwrap_or(rest.len());
        let link = rest[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', ')', ']', '\'', '»', '”', '’', '…', '،', '؛', '؟']);
        found.push(start..start + link.len());
        at = start + end;
    }
    found
}

fn next_link(text: &str, from: usize) -> Option<usize> {
    let http = text[from..].find("http://");
    let https = text[from..].find("https://");
    [http, https].into_iter().flatten().min().map(|at| from + at)
}

/// `@town@social.example` as Mastodon counts it: `@town`.
fn without_domains(text: &str) -> String {
    let mut words = text.split_inclusive(char::is_whitespace);
    words.by_ref().fold(String::with_capacity(text.len()), |mut out, word| {
        match word.strip_prefix('@').and_then(|name| name.split_once('@')) {
            Some((name, domain)) if !name.is_empty() && domain.contains('.') => {
                out.push('@');
                out.push_str(name);
                out.extend(word.chars().next_back().filter(|c| c.is_whitespace()));
            }
            _ => out.push_str(word),
        }
        out
    })
}

/// Where hashtags lie in a text, in bytes, `#` included. A tag is made of letters, marks, digits and `_`, not of digits alone.
pub fn hashtags(text: &str) -> Vec<Range<usize>> {
    let inside_link = |at: usize| links(text).iter().any(|link| link.contains(&at));
    text.match_indices('#')
        .filter(|(at, _)| text[..*at].chars().next_back().is_none_or(char::is_whitespace) && !inside_link(*at))
        .filter_map(|(at, _)| {
            let rest = &text[at + 1..];
            let length = rest.find(|c: char| !in_tag(c)).unwrap_or(rest.len());
            let tag = &rest[..length];
            tag.chars().any(char::is_alphabetic).then_some(at..at + 1 + length)
        })
        .collect()
}

// Vowel signs and combining marks are parts of words in many scripts.
fn in_tag(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || unicode_normalization::char::is_combining_mark(c)
}

/// The text with as many of the hashtags below it as `fits` allows, in their order.
pub fn with_tags(text: &str, tags: &[String], fits: &dyn Fn(&str) -> bool) -> String {
    let mut best = text.to_owned();
    let mut separator = "\n\n";
    for tag in tags {
        let tag: String = tag.chars().filter(|c| in_tag(*c)).collect();
        let longer = format!("{best}{separator}#{tag}");
        if tag.chars().any(char::is_alphabetic) && fits(&longer) {
            best = longer;
            separator = " ";
        }
    }
    best
}

/// The finding for an announcement of which not even the title and link fit.
pub fn too_long(announcement: &Announcement, limit: usize) -> Finding {
    let record = &announcement.news.record;
    Finding {
        code: "post-too-long",
        severity: Severity::Error,
        place: None,
        message: format!(
            "Not even the title and link of {record} fit into a post on {}, where {limit} characters are allowed.",
            announcement.channel
        ),
        help: "Write a shorter title, or a text of its own for this channel under `announce: text`.".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_counts_twenty_three_on_mastodon_however_long_it_is() {
        let text = format!("Night buses: https://norrvik.example/{}", "a".repeat(300));
        assert_eq!(mastodon(&text, 500).used, 13 + 23);
        assert_eq!(mastodon("Se (https://norrvik.example/). Ja", 500).used, 4 + 23 + 5);
        assert_eq!(mastodon("Tack @norrvik@social.example för det", 500).used, graphemes("Tack @norrvik för det"));
    }

    #[test]
    fn a_reader_s_character_counts_one() {
        assert_eq!(mastodon("👨‍👩‍👧‍👦🇸🇪é", 500).used, 3);
        assert_eq!(bluesky("საქართველო").used, 10);
    }

    #[test]
    fn bytes_limit_bluesky_where_they_are_tighter() {
        let families = "👨‍👩‍👧‍👦".repeat(150);
        let counted = bluesky(&families);
        assert_eq!((counted.unit, counted.limit, counted.used), ("bytes", 3000, 3750));
    }

    #[test]
    fn an_emoji_counts_its_bytes_on_threads_and_a_sixth_link_is_too_many() {
        assert_eq!(threads("Nattbussar åäö").used, 14);
        assert_eq!(threads("საქართველო").used, 10);
        assert_eq!(threads("🚌").used, 4);
        assert_eq!(threads("a👨‍👩‍👧‍👦").used, 1 + 25);
        assert_eq!(threads("⚠️").used, 6);
        assert_eq!(threads("🇸🇪").used, 8);
        let many: String = (0..6).map(|at| format!("https://norrvik.example/{at} ")).collect();
        assert_eq!((threads(&many).used, threads(&many).unit), (6, "links"));
        assert_eq!(threads(&"https://norrvik.example/ ".repeat(6)).unit, "characters", "the same link is one");
    }

    #[test]
    fn tags_are_found_outside_links_and_in_every_script() {
        let text = "Nytt #Norrvik #2026 #тест https://norrvik.example/#top #ნორვიკი";
        let tags: Vec<&str> = hashtags(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(tags, ["#Norrvik", "#тест", "#ნორვიკი"]);
    }

    #[test]
    fn tags_are_added_only_while_they_fit() {
        let tags = ["Norrvik".to_owned(), "a very long tag".to_owned(), "Buss".to_owned()];
        assert_eq!(with_tags("Text", &tags, &|text| text.len() <= 20), "Text\n\n#Norrvik #Buss");
    }
}
