//! In: secrets, and bytes that the public will read. Out: the name of a secret whose value stands in them.
//!
//! A value is found as it is, percent-encoded, in Base64 at each of its three alignments, in hex, and as JSON and HTML
//! escape it. All values are looked for in one pass.

use crate::model::announcement::hex;
use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Shorter values are not looked for: they stand in many a text by chance.
pub const SHORTEST: usize = 8;

/// What RFC 3986 leaves as it is.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Secrets to be looked for. Its `Debug` shows their names alone.
pub struct Needles {
    names: Vec<String>,
    /// Which secret each pattern belongs to.
    owners: Vec<usize>,
    search: AhoCorasick,
}

impl Needles {
    /// Needles of names and values; nothing where no value is long enough.
    pub fn of<'v>(secrets: impl IntoIterator<Item = (String, &'v str)>) -> Option<Needles> {
        let (mut names, mut owners, mut patterns) = (Vec::new(), Vec::new(), Vec::new());
        for (name, value) in secrets.into_iter().filter(|(_, value)| value.len() >= SHORTEST) {
            for pattern in encodings(value) {
                patterns.push(pattern);
                owners.push(names.len());
            }
            names.push(name);
        }
        if patterns.is_empty() {
            return None;
        }
        let search = AhoCorasick::new(&patterns).ok()?;
        Some(Needles { names, owners, search })
    }

    /// The name of a secret whose value stands in the bytes.
    pub fn find(&self, bytes: &[u8]) -> Option<&str> {
        let found = self.search.find(bytes)?;
        Some(&self.names[self.owners[found.pattern().as_usize()]])
    }
}

impl std::fmt::Debug for Needles {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Needles").field(&self.names).finish()
    }
}

fn encodings(value: &str) -> Vec<String> {
    let mut all = vec![value.to_owned()];
    for set in [NON_ALPHANUMERIC, UNRESERVED] {
        let upper = utf8_percent_encode(value, set).to_string();
        all.push(lower_digits(&upper));
        all.push(upper);
    }
    all.push(url::form_urlencoded::byte_serialize(value.as_bytes()).collect());
    for offset in 0..3 {
        all.extend(base64(value, offset));
    }
    let digits = hex(value.as_bytes());
    all.push(digits.to_uppercase());
    all.push(digits);
    all.extend(json(value));
    let html = crate::text::escape::html(value).into_owned();
    all.push(html.replace("&#39;", "&#x27;"));
    all.push(html.replace("&#39;", "'"));
    all.push(html.replace("&quot;", "\"").replace("&#39;", "'"));
    all.push(html);
    all.sort();
    all.dedup();
    all
}

/// `%2F` as `%2f`.
fn lower_digits(text: &str) -> String {
    let mut since = 3;
    let lower = |c: char| {
        since = if c == '%' { 0 } else { since + 1 };
        if since <= 2 { c.to_ascii_lowercase() } else { c }
    };
    text.chars().map(lower).collect()
}

/// The digits that the value alone decides when it begins so many bytes behind a whole group.
fn base64(value: &str, offset: usize) -> [String; 2] {
    let shifted = [&vec![0; offset], value.as_bytes()].concat();
    let (first, last) = ((offset * 8).div_ceil(6), shifted.len() * 8 / 6);
    [STANDARD.encode(&shifted), URL_SAFE.encode(&shifted)].map(|text| text[first..last].to_owned())
}

/// Inside a JSON string: as it must be, with slashes escaped too, and with everything beyond ASCII escaped.
fn json(value: &str) -> [String; 3] {
    let quoted = serde_json::to_string(value).unwrap_or_default();
    let inner = quoted.get(1..quoted.len().saturating_sub(1)).unwrap_or_default().to_owned();
    let mut units = [0; 2];
    let ascii: String = inner.chars().fold(String::new(), |mut out, c| {
        match c.is_ascii() {
            true => out.push(c),
            false => c.encode_utf16(&mut units).iter().for_each(|unit| out.push_str(&format!("\\u{unit:04x}"))),
        }
        out
    });
    [inner.replace('/', "\\/"), inner, ascii]
}

#[cfg(test)]
mod tests {
    use super::*;

    const VALUE: &str = "pä'ss/w<o>rd&\"+9";

    fn needles() -> Needles {
        Needles::of([("token".to_owned(), VALUE), ("key".to_owned(), "another-secret"), ("pin".to_owned(), "1234")]).unwrap()
    }

    #[test]
    fn a_value_is_found_in_every_guise_and_told_by_its_name() {
        let needles = needles();
        let mut guises = vec![
            VALUE.to_owned(),
            "p%C3%A4%27ss%2Fw%3Co%3Erd%26%22%2B9".to_owned(),
            "p%c3%a4%27ss%2fw%3co%3erd%26%22%2b9".to_owned(),
            "70c3a42773732f773c6f3e726426222b39".to_owned(),
            "70C3A42773732F773C6F3E726426222B39".to_owned(),
            "pä'ss/w<o>rd&\\\"+9".to_owned(),
            "pä'ss\\/w<o>rd&\\\"+9".to_owned(),
            "p\\u00e4'ss/w<o>rd&\\\"+9".to_owned(),
            "pä&#39;ss/w&lt;o&gt;rd&amp;&quot;+9".to_owned(),
            "pä'ss/w&lt;o&gt;rd&amp;\"+9".to_owned(),
        ];
        for before in ["", "a", "ab", "abc"] {
            for after in ["", "x", "xy"] {
                let text = format!("{before}{VALUE}{after}");
                guises.extend([STANDARD.encode(&text), URL_SAFE.encode(&text)]);
            }
        }
        for guise in guises {
            assert_eq!(needles.find(format!("<p>Text {guise} text</p>").as_bytes()), Some("token"), "{guise}");
        }
        assert_eq!(needles.find(b"<p>YW5vdGhlci1zZWNyZXQ=</p>"), Some("key"));
    }

    #[test]
    fn nothing_else_is_found_and_nothing_short_is_looked_for() {
        assert_eq!(needles().find("1234 token key pä'ss w<o>rd".as_bytes()), None);
        assert!(Needles::of([("pin".to_owned(), "1234567")]).is_none());
        assert!(Needles::of(std::iter::empty()).is_none());
    }

    #[test]
    fn nothing_shows_a_value() {
        assert_eq!(format!("{:?}", needles()), "Needles([\"token\", \"key\"])");
    }
}
