//! Markdown to HTML, the allow list included. Nothing in the HTML can act, nothing is loaded from elsewhere, it stays below
//! its limit, headings have anchors of their own, every reported place lies in the text, and twice gives the same.

use super::html::danger;
use super::site::text;
use promulgate::text::markdown::{ByForm, OUTPUT_LIMIT, inline, plain, render};
use std::collections::BTreeSet;

/// The text as it is.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let made = render(text, &ByForm);
    assert_eq!(made, render(text, &ByForm));
    assert_eq!(danger(&made.html, false), None, "{}", made.html);
    assert!(made.html.len() <= 2 * OUTPUT_LIMIT, "{} bytes", made.html.len());
    assert!(made.fault.is_none() || made.html.is_empty(), "a text with a fault is not shown");
    let ids: BTreeSet<&str> = made.outline.iter().map(|heading| heading.id.as_str()).collect();
    assert!(ids.len() == made.outline.len() && !ids.contains(""), "{:?}", made.outline);
    let links = made.links.iter().map(|link| &link.range);
    let ranges = links.chain(made.images.iter().map(|image| &image.range)).chain(made.dropped.iter().map(|dropped| &dropped.range));
    for range in ranges.chain(made.fault.iter().map(|fault| &fault.range)) {
        assert!(text.get(range.clone()).is_some(), "{range:?} is no place in the text");
    }
    assert_eq!(danger(&inline(text, &ByForm), false), None);
    let _ = plain(text);
}
