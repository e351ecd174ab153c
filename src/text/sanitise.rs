//! In: HTML that holds an author's own tags. Out: what an allow list leaves of it, a fixed point of the list.
//!
//! Never svg, math, style, script or frames. Classes and roles survive only where the renderer itself writes them.

use ammonia::{Builder, UrlRelative};
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Tags that may stand in a text.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "bdi",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
];

/// Attributes by tag; `*` for every tag.
const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("*", &["lang", "dir", "title", "id"]),
    ("a", &["href", "hreflang", "aria-label"]),
    ("img", &["src", "alt", "width", "height", "loading"]),
    ("ol", &["start", "reversed", "type"]),
    ("li", &["value"]),
    ("td", &["colspan", "rowspan"]),
    ("th", &["colspan", "rowspan", "scope"]),
    ("col", &["span"]),
    ("time", &["datetime"]),
    ("del", &["datetime"]),
    ("ins", &["datetime"]),
    ("details", &["open"]),
    ("div", &["role", "tabindex", "aria-label", "aria-labelledby"]),
    ("section", &["aria-label"]),
];

/// Classes that the renderer itself writes.
const CLASSES: &[(&str, &[&str])] = &[
    ("div", &["scroll", "callout", "note", "tip", "important", "warning", "caution"]),
    ("p", &["callout-title"]),
    ("section", &["footnotes"]),
    ("td", &["num", "mid"]),
    ("th", &["num", "mid"]),
    ("span", &["task"]),
    ("sup", &["fnref"]),
    ("ol", &["plain-list"]),
];

static LIST: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut list = Builder::empty();
    list.tags(TAGS.iter().copied().collect())
        .clean_content_tags(["script", "style", "template", "noscript", "iframe", "object", "svg", "math"].into())
        .generic_attributes(attributes("*"))
        .tag_attributes(TAGS.iter().map(|tag| (*tag, attributes(tag))).collect())
        .allowed_classes(CLASSES.iter().map(|(tag, classes)| (*tag, classes.iter().copied().collect())).collect::<HashMap<_, _>>())
        .url_schemes(["http", "https", "mailto", "tel"].into())
        .url_relative(UrlRelative::PassThrough)
        .link_rel(None)
        .strip_comments(true);
    list
});

fn attributes(tag: &str) -> HashSet<&'static str> {
    ATTRIBUTES.iter().filter(|(name, _)| *name == tag).flat_map(|(_, names)| names.iter().copied()).collect()
}

/// Whether a tag may stand in a text.
pub fn allows_tag(tag: &str) -> bool {
    TAGS.contains(&tag) || tag == "h1"
}

/// Whether an attribute may stand on a tag.
pub fn allows_attribute(tag: &str, name: &str) -> bool {
    ATTRIBUTES.iter().any(|(on, names)| (*on == "*" || *on == tag) && names.contains(&name))
}

/// What the allow list leaves. Where a second pass would still change something, no tag survives at all: a text that
/// two parsers read differently is how sanitisers are fooled.
pub fn allow_listed(html: &str) -> String {
    let once = unmarked(LIST.clean(html).to_string());
    let twice = unmarked(LIST.clean(&once).to_string());
    if once == twice { once } else { unmarked(Builder::empty().clean(html).to_string()) }
}

/// Without byte order marks at the beginning: a parser drops one there, so that a comment in front of it made two readings.
fn unmarked(mut html: String) -> String {
    let marks = html.len() - html.trim_start_matches('\u{feff}').len();
    html.drain(..marks);
    html
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_left_is_left_alone_though_a_mark_stood_behind_a_comment() {
        for html in ["<!-- -->\u{feff}<b>a</b>", "\u{feff}\u{feff}<b>a</b>", "<script></script>\u{feff}\u{feff}<b>a</b>"] {
            assert_eq!(allow_listed(html), "<b>a</b>");
            assert_eq!(allow_listed(&allow_listed(html)), "<b>a</b>");
        }
    }
}
