//! In: the target of a link as typed. Out: what it may become on a page.
//!
//! Only http, https, mailto, tel and relative addresses survive, judged after controls and spaces are stripped and
//! case is folded, as a browser would read them.

use crate::model::picture::Picture;
use crate::model::route::Route;

/// What became of a link's target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// An address on this site.
    Href(String),
    /// An address elsewhere.
    External(String),
    /// A place on the same page, `#voted`.
    Anchor(String),
    /// Meant for this site, but nothing is there.
    Broken(String),
    /// A scheme that no page may link to.
    Unsafe(String),
}

impl Resolution {
    /// The address to link to, where there is one.
    pub fn href(&self) -> Option<&str> {
        match self {
            Resolution::Href(href) | Resolution::External(href) | Resolution::Anchor(href) => Some(href),
            Resolution::Broken(_) | Resolution::Unsafe(_) => None,
        }
    }
}

/// A picture of this site, as a page is about to show it.
#[derive(Debug, Clone, Copy)]
pub struct Shown<'l> {
    /// Its address.
    pub route: &'l Route,
    /// What it is.
    pub picture: &'l Picture,
    /// Whether it is the first of its page, which is fetched at once.
    pub first: bool,
}

/// What a page knows that its Markdown does not.
pub trait Links {
    /// What a target becomes.
    fn resolve(&self, target: &str) -> Resolution;

    /// The picture at an address that [`Links::resolve`] gave, if the page knows it; asked once for each time it is shown.
    fn picture(&self, _href: &str) -> Option<Shown<'_>> {
        None
    }

    /// A word that the renderer itself needs, in the page's language: `md-table`, `md-footnotes`, `md-footnote-back`,
    /// `md-done`, `md-open`, `md-note`, `md-tip`, `md-important`, `md-warning`, `md-caution`.
    fn word(&self, key: &str) -> String {
        key.trim_start_matches("md-").to_owned()
    }

    /// Claims an id for a heading; false where the page already has one of that name.
    fn claim(&self, _id: &str) -> bool {
        true
    }

    /// The level of the highest heading, 2 to 6.
    fn top(&self) -> u8 {
        2
    }
}

/// Links judged by their form alone; every relative target is taken to exist.
#[derive(Debug, Clone, Copy, Default)]
pub struct ByForm;

impl Links for ByForm {
    fn resolve(&self, target: &str) -> Resolution {
        by_form(target)
    }
}

/// Judges a target by its form: external, anchor, relative (as `Href`) or unsafe.
pub fn by_form(target: &str) -> Resolution {
    let bare: String = target.chars().filter(|c| !c.is_control() && !invisible(*c)).collect();
    let bare = bare.trim();
    if bare.starts_with('#') {
        return Resolution::Anchor(bare.to_owned());
    }
    if bare.contains('\\') {
        return Resolution::Unsafe(target.to_owned());
    }
    if bare.starts_with("//") {
        return Resolution::External(format!("https:{bare}"));
    }
    let head = bare.split(['/', '?', '#']).next().unwrap_or_default();
    let Some((scheme, _)) = head.split_once(':') else { return Resolution::Href(bare.to_owned()) };
    let scheme: String = scheme.chars().filter(|c| !c.is_whitespace()).flat_map(char::to_lowercase).collect();
    match scheme.as_str() {
        "http" | "https" | "mailto" | "tel" => Resolution::External(bare.to_owned()),
        _ => Resolution::Unsafe(target.to_owned()),
    }
}

fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_schemes_survive() {
        for bad in [
            "javascript:alert(1)",
            "JaVaScRiPt:x",
            " data:text/html,x",
            "java\tscript:x",
            "\u{1}javascript:x",
            "vbscript:x",
            "/\\evil.example",
        ] {
            assert!(matches!(by_form(bad), Resolution::Unsafe(_)), "{bad:?}");
        }
        for good in ["https://norrvik.example/a:b", "mailto:record@norrvik.example", "tel:+46910000000", "//cdn.example/x"] {
            assert!(matches!(by_form(good), Resolution::External(_)), "{good:?}");
        }
        assert_eq!(by_form("../2024/closure.md#why"), Resolution::Href("../2024/closure.md#why".into()));
        assert_eq!(by_form("?page=1:2"), Resolution::Href("?page=1:2".into()));
    }
}
