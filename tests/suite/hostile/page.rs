//! In: the pages of a built site. Out: the first thing in them that acts, as a browser's own parser reads them.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::fs;
use std::path::Path;

/// Elements that run, embed, or steer where links and forms lead.
const ACTING: [&str; 12] =
    ["iframe", "frame", "frameset", "object", "embed", "applet", "base", "style", "portal", "math", "marquee", "foreignobject"];
/// Attributes whose value is an address.
const ADDRESSES: [&str; 11] =
    ["href", "src", "action", "formaction", "data", "poster", "background", "cite", "srcset", "ping", "xlink:href"];

/// What acts in any page of a folder, with the page's path.
pub fn acting(folder: &Path) -> Option<String> {
    crate::sandbox::files_below(folder).iter().filter(|path| path.extension().is_some_and(|ending| ending == "html")).find_map(|path| {
        let text = fs::read_to_string(path).ok()?;
        let what = acting_in(&text)?;
        Some(format!("{}: {what}", path.display()))
    })
}

/// What acts in a page.
pub fn acting_in(html: &str) -> Option<String> {
    let page = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    let mut open: Vec<Handle> = vec![page.document.clone()];
    while let Some(node) = open.pop() {
        if let NodeData::Element { name, attrs, template_contents, .. } = &node.data {
            let attributes: Vec<(String, String)> =
                attrs.borrow().iter().map(|one| (one.name.local.to_string(), one.value.to_string())).collect();
            if let Some(what) = element(&name.local, &attributes) {
                return Some(what);
            }
            open.extend(template_contents.borrow().iter().cloned());
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    None
}

fn element(name: &str, attributes: &[(String, String)]) -> Option<String> {
    let value = |key: &str| attributes.iter().find(|(name, _)| name == key).map(|(_, value)| value.as_str());
    let lower = name.to_ascii_lowercase();
    if ACTING.contains(&lower.as_str()) {
        return Some(format!("<{name}>"));
    }
    if lower == "script" {
        let own = value("src").is_some_and(|src| src.starts_with('/') && !src.starts_with("//"));
        if !own && value("type") != Some("application/ld+json") {
            return Some("a script".into());
        }
    }
    if lower == "meta" && value("http-equiv").is_some_and(|kind| kind.eq_ignore_ascii_case("refresh")) {
        let leads = value("content").and_then(|content| content.split_once("url=")).map(|(_, to)| to.to_owned()).unwrap_or_default();
        if !leads.starts_with('/') || leads.starts_with("//") {
            return Some(format!("a refresh to `{leads}`"));
        }
    }
    attributes.iter().find_map(|(key, value)| attribute(key, value).map(|what| format!("<{name} {key}={value:?}>: {what}")))
}

fn attribute(key: &str, value: &str) -> Option<&'static str> {
    let key = key.to_ascii_lowercase();
    if key.starts_with("on") {
        return Some("a handler");
    }
    if matches!(key.as_str(), "style" | "srcdoc" | "is" | "formaction" | "autofocus") {
        return Some("an attribute of no text");
    }
    if !ADDRESSES.contains(&key.as_str()) {
        return None;
    }
    // A browser leaves out these characters before it looks for the scheme (WHATWG URL, section 4.4).
    let bare: String = value.chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let bare = bare.trim_start_matches(|c: char| c <= ' ').to_ascii_lowercase();
    let head = bare.split(['/', '?', '#']).next().unwrap_or_default();
    match head.split_once(':') {
        Some((scheme, _)) if !matches!(scheme, "http" | "https" | "mailto" | "tel" | "webcal") => {
            (!bare.starts_with("data:image/svg+xml") || key != "href").then_some("a scheme of no text")
        }
        _ => None,
    }
}

#[test]
fn a_page_that_acts_is_found() {
    let bad = [
        "<script>alert(1)</script>",
        "<script src=//evil.example/x.js></script>",
        "<img src=x onerror=alert(1)>",
        "<a href=' java\tscript:alert(1)'>x</a>",
        "<a href=data:text/html,x>x</a>",
        "<iframe srcdoc=x></iframe>",
        "<p style='x'>y</p>",
        "<base href=//evil.example>",
        "<svg><a xlink:href='javascript:x'/></svg>",
        "<math><mtext>x</mtext></math>",
        "<meta http-equiv=refresh content='0; url=//evil.example'>",
        "<form action='javascript:x'></form>",
    ];
    for html in bad {
        assert!(acting_in(&format!("<!doctype html><title>x</title><body>{html}")).is_some(), "{html}");
    }
    let good = "<!doctype html><title>x</title><script type=application/ld+json>{}</script><script src=/a.js></script><a href=https://a.example>x</a><a href=/x:y>x</a>";
    assert_eq!(acting_in(good), None);
}
