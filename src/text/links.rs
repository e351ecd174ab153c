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

    #[test]
    fn characters_that_nobody_sees_hide_no_scheme_and_their_neighbours_stay() {
        for unseen in "\u{ad}\u{200b}\u{200f}\u{2028}\u{202e}\u{2060}\u{206f}\u{feff}\u{1}\u{7f}\t\n".chars() {
            assert!(matches!(by_form(&format!("{unseen}java{unseen}script:x")), Resolution::Unsafe(_)), "{unseen:?}");
            assert_eq!(by_form(&format!("{unseen}/a{unseen}b")), Resolution::Href("/ab".into()), "{unseen:?}");
        }
        for seen in "\u{ae}\u{2010}\u{202f}\u{2070}å".chars() {
            assert_eq!(by_form(&format!("/a{seen}b")), Resolution::Href(format!("/a{seen}b")), "{seen:?}");
        }
        assert!(matches!(by_form("java script:x"), Resolution::Unsafe(_)));
        assert!(matches!(by_form("ht tp:x"), Resolution::External(_)), "a browser reads no scheme here, and so no other one");
    }

    #[test]
    fn a_target_is_elsewhere_here_or_a_place_on_the_page() {
        let is = |target: &str, resolution: Resolution| assert_eq!(ByForm.resolve(target), resolution);
        is("//cdn.example/x", Resolution::External("https://cdn.example/x".into()));
        is(" MAILTO:a@norrvik.example ", Resolution::External("MAILTO:a@norrvik.example".into()));
        is(" #voted", Resolution::Anchor("#voted".into()));
        is("a/b:c", Resolution::Href("a/b:c".into()));
        is("a#b:c", Resolution::Href("a#b:c".into()));
        is(":", Resolution::Unsafe(":".into()));
        is("#a\\b", Resolution::Anchor("#a\\b".into()));
    }

    #[test]
    fn only_what_leads_somewhere_has_an_address() {
        let href = |make: fn(String) -> Resolution| make("x".into()).href().map(str::to_owned);
        for leads in [Resolution::Href, Resolution::External, Resolution::Anchor] {
            assert_eq!(href(leads).as_deref(), Some("x"));
        }
        for dead in [Resolution::Broken, Resolution::Unsafe] {
            assert_eq!(href(dead), None);
        }
    }

    #[test]
    fn a_text_without_a_page_has_its_words_its_anchors_and_no_pictures() {
        assert_eq!(ByForm.word("md-footnote-back"), "footnote-back");
        assert!(ByForm.claim("why") && ByForm.claim("why") && ByForm.picture("/a.png").is_none());
        assert_eq!(ByForm.top(), 2);
    }
}
