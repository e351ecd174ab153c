//! In: a stretch of an author's own HTML. Out: the same stretch with its links resolved, and what will be dropped of it.
//!
//! This only looks and resolves; the allow list in `sanitise` decides what survives.

use crate::text::escape::push_attribute;
use crate::text::figures;
use crate::text::links::{Links, Resolution};
use crate::text::markdown::{Dropped, ImageRef, Link, Rendered};
use crate::text::sanitise::{allows_attribute, allows_tag};
use std::ops::Range;

/// Copies raw HTML; `range` is where it stands in the Markdown.
pub(crate) fn copy(html: &str, range: Range<usize>, links: &dyn Links, out: &mut String, made: &mut Rendered) {
    let mut rest = 0;
    while let Some(open) = html[rest..].find('<').map(|at| rest + at) {
        out.push_str(&html[rest..open]);
        let tag = read_tag(html, open);
        let place = range.start + open..(range.start + tag.end).min(range.end.max(range.start + open));
        note_dropped(&tag, &place, made);
        match tag.name.as_str() {
            "a" | "img" if !tag.closing => write_resolved(&tag, place, links, out, made),
            "h1" => out.push_str(if tag.closing { "</h2>" } else { "<h2>" }),
            _ => out.push_str(&html[open..tag.end]),
        }
        rest = tag.end;
    }
    out.push_str(&html[rest..]);
}

struct RawTag {
    name: String,
    closing: bool,
    attributes: Vec<(String, String)>,
    end: usize,
}

fn read_tag(html: &str, open: usize) -> RawTag {
    let bytes = html.as_bytes();
    let closing = bytes.get(open + 1) == Some(&b'/');
    let mut at = open + 1 + usize::from(closing);
    let name_start = at;
    while bytes.get(at).is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'-') {
        at += 1;
    }
    let mut tag = RawTag { name: html[name_start..at].to_ascii_lowercase(), closing, attributes: Vec::new(), end: at };
    loop {
        while bytes.get(at).is_some_and(|b| b.is_ascii_whitespace() || *b == b'/') {
            at += 1;
        }
        match bytes.get(at) {
            None => break,
            Some(b'>') => {
                at += 1;
                break;
            }
            Some(b'<') => break,
            Some(_) => at = read_attribute(html, at, &mut tag.attributes),
        }
    }
    tag.end = at.max(open + 1);
    tag
}

fn read_attribute(html: &str, start: usize, into: &mut Vec<(String, String)>) -> usize {
    let until =
        |from: usize, stop: &dyn Fn(u8) -> bool| html.as_bytes()[from..].iter().position(|b| stop(*b)).map_or(html.len(), |n| from + n);
    let name_end = until(start, &|b| b.is_ascii_whitespace() || matches!(b, b'=' | b'>' | b'/')).max(start + 1);
    let name_end = (name_end..=html.len()).find(|at| html.is_char_boundary(*at)).unwrap_or(html.len());
    let name = html[start..name_end].to_ascii_lowercase();
    let at = until(name_end, &|b| !b.is_ascii_whitespace());
    if html.as_bytes().get(at) != Some(&b'=') {
        into.push((name, String::new()));
        return name_end;
    }
    let at = until(at + 1, &|b| !b.is_ascii_whitespace());
    let (from, to, end) = match html.as_bytes().get(at) {
        Some(quote @ (b'"' | b'\'')) => {
            let close = until(at + 1, &|b| b == *quote);
            (at + 1, close, (close + 1).min(html.len()))
        }
        _ => {
            let close = until(at, &|b| b.is_ascii_whitespace() || b == b'>');
            (at, close, close)
        }
    };
    into.push((name, decode(&html[from.min(to)..to])));
    end
}

/// Numeric references and the five that matter in an address; anything else stays and is escaped again.
fn decode(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find("&#") {
        out.push_str(&rest[..at]);
        let body = &rest[at + 2..];
        let (radix, digits) = match body.strip_prefix(['x', 'X']) {
            Some(hex) => (16, hex),
            None => (10, body),
        };
        let end = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        match u32::from_str_radix(&digits[..end], radix).ok().and_then(char::from_u32) {
            Some(c) => {
                out.push(c);
                rest = digits[end..].strip_prefix(';').unwrap_or(&digits[end..]);
            }
            None => {
                out.push_str("&#");
                rest = body;
            }
        }
    }
    out.push_str(rest);
    let named = [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&colon;", ":"), ("&Tab;", "\t"), ("&NewLine;", "\n"), ("&amp;", "&")];
    named.iter().fold(out, |text, (name, c)| text.replace(name, c))
}

fn note_dropped(tag: &RawTag, place: &Range<usize>, made: &mut Rendered) {
    if tag.closing || tag.name.is_empty() {
        return;
    }
    if !allows_tag(&tag.name) {
        made.dropped.push(Dropped { what: format!("<{}>", tag.name), range: place.clone() });
        return;
    }
    for (name, _) in &tag.attributes {
        if !allows_attribute(&tag.name, name) {
            made.dropped.push(Dropped { what: format!("the attribute {name} of <{}>", tag.name), range: place.clone() });
        }
    }
}

/// Marks the place of a picture whose size is known; false for any other.
fn write_figure(tag: &RawTag, place: &Range<usize>, links: &dyn Links, out: &mut String, made: &mut Rendered) -> bool {
    let value = |name: &str| tag.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let Some(target) = value("src") else { return false };
    let resolution = links.resolve(target);
    let Resolution::Href(href) = &resolution else { return false };
    let alt = value("alt").unwrap_or_default();
    if !figures::mark(href, (alt, value("title").unwrap_or_default()), links, out, &mut made.figures) {
        return false;
    }
    made.images.push(ImageRef { src: target.to_owned(), alt: alt.to_owned(), range: place.clone(), resolution });
    true
}

fn write_resolved(tag: &RawTag, place: Range<usize>, links: &dyn Links, out: &mut String, made: &mut Rendered) {
    let (key, picture) = if tag.name == "img" { ("src", true) } else { ("href", false) };
    let value = |name: &str| tag.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    if picture && write_figure(tag, &place, links, out, made) {
        return;
    }
    out.push('<');
    out.push_str(&tag.name);
    if let Some(target) = value(key) {
        let resolution = links.resolve(target);
        match (&resolution, picture) {
            (Resolution::External(_), true) => {
                made.dropped.push(Dropped { what: "a picture from another site".into(), range: place.clone() });
            }
            _ => {
                if let Some(href) = resolution.href() {
                    push_attribute(out, key, href);
                }
            }
        }
        if picture {
            let alt = value("alt").unwrap_or_default().to_owned();
            made.images.push(ImageRef { src: target.to_owned(), alt, range: place, resolution });
        } else {
            made.links.push(Link { target: target.to_owned(), range: place, resolution });
        }
    }
    for (name, value) in tag.attributes.iter().filter(|(name, _)| name != key && allows_attribute(&tag.name, name)) {
        push_attribute(out, name, value);
    }
    out.push('>');
}
