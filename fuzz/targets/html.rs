//! HTML as a browser's parser reads it, and what in it could act. The lists are written down here a second time, from the
//! HTML standard and not from the program, so that the two can disagree.

use html5ever::tendril::TendrilSink;
use html5ever::{ParseOpts, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use url::Url;

/// Elements that run, load, send or change how the rest is read.
const ACTIVE: &[&str] = &[
    "script",
    "style",
    "iframe",
    "frame",
    "frameset",
    "object",
    "embed",
    "applet",
    "svg",
    "math",
    "form",
    "input",
    "button",
    "textarea",
    "select",
    "link",
    "meta",
    "base",
    "template",
    "noscript",
    "audio",
    "video",
    "source",
    "track",
    "portal",
    "dialog",
    "marquee",
    "plaintext",
    "xmp",
    "image",
    "keygen",
    "isindex",
];

/// Attributes that run, load or send; besides all that begin with `on`.
const ACTING: &[&str] = &[
    "style",
    "srcdoc",
    "formaction",
    "action",
    "ping",
    "background",
    "xlink:href",
    "target",
    "download",
    "is",
    "slot",
    "autofocus",
    "accesskey",
    "contenteditable",
    "nonce",
    "integrity",
    "http-equiv",
    "usemap",
];

/// What could act in a piece of HTML, the first that there is. `foreign` pictures are let through where that is asked for.
pub fn danger(html: &str, foreign: bool) -> Option<String> {
    let dom = parse_document(RcDom::default(), ParseOpts::default()).one(html);
    // A node that is dropped takes the whole tree below it apart: the document is held until the end.
    let mut open: Vec<Handle> = vec![dom.document.clone()];
    while let Some(node) = open.pop() {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            let element = name.local.to_string();
            if ACTIVE.contains(&element.as_str()) {
                return Some(format!("<{element}>"));
            }
            for attribute in attrs.borrow().iter() {
                let name = attribute.name.local.to_string();
                if name.starts_with("on")
                    || ACTING.contains(&name.as_str())
                    || !address_is_plain(&element, &name, &attribute.value, foreign)
                {
                    return Some(format!("<{element} {name}={:?}>", attribute.value.to_string()));
                }
            }
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    None
}

fn address_is_plain(element: &str, name: &str, value: &str, foreign: bool) -> bool {
    if !matches!(name, "href" | "src" | "cite" | "srcset" | "poster" | "data" | "longdesc") {
        return true;
    }
    let base = Url::parse("https://norrvik.example/decisions/2026/night-buses/").expect("an address");
    // What is no address at all leads nowhere.
    let Ok(url) = base.join(value) else { return true };
    let plain = matches!(url.scheme(), "http" | "https" | "mailto" | "tel");
    plain && (foreign || element != "img" || url.host_str() == base.host_str())
}
