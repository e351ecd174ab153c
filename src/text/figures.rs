//! In: a picture of this site and the words that go with it. Out: its markup, with its size, so that a page does not jump
//! when it arrives, and with every width it is offered in, so that a phone fetches no more than it shows.
//!
//! While a text is written only a mark stands in the picture's place: an author's own HTML is cleaned by an allow list
//! that knows no `srcset`, and the markup takes the mark's place after that.

use crate::model::picture::{Picture, Size};
use crate::text::escape::{push_attribute, push_html};
use crate::text::links::{Links, Shown};
use std::fmt::Write;

/// A picture that waits for its place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Figure {
    markup: String,
    /// What is written below it where it stands alone.
    caption: String,
}

const MARK: &str = "<img src=\"picture-";
const MARK_END: &str = "\">";

/// Writes the mark of a picture that the page knows; false, and nothing written, where it knows none at that address.
pub(crate) fn mark(href: &str, (alt, title): (&str, &str), links: &dyn Links, out: &mut String, into: &mut Vec<Figure>) -> bool {
    let Some(shown) = links.picture(href) else { return false };
    let _ = write!(out, "{MARK}{}{MARK_END}", into.len());
    into.push(Figure { markup: picture(&shown, alt), caption: title.trim().to_owned() });
    true
}

/// Puts every picture where its mark stands. One that is a paragraph of its own and has a title becomes a figure.
pub(crate) fn put_in(html: &mut String, figures: &[Figure]) {
    if figures.is_empty() {
        return;
    }
    let mut out = String::with_capacity(html.len() + figures.iter().map(|figure| figure.markup.len()).sum::<usize>());
    let mut rest = html.as_str();
    while let Some(at) = rest.find(MARK) {
        let (before, after) = (&rest[..at], &rest[at + MARK.len()..]);
        let read = after.split_once(MARK_END).and_then(|(number, tail)| Some((figures.get(number.parse::<usize>().ok()?)?, tail)));
        let Some((figure, tail)) = read else {
            out.push_str(&rest[..at + MARK.len()]);
            rest = after;
            continue;
        };
        let alone = if figure.caption.is_empty() { None } else { before.strip_suffix("<p>").zip(tail.strip_prefix("</p>")) };
        match alone {
            Some((before, tail)) => {
                let _ = write!(out, "{before}<figure>{}<figcaption>", figure.markup);
                push_html(&mut out, &figure.caption);
                out.push_str("</figcaption></figure>");
                rest = tail;
            }
            None => {
                out.push_str(before);
                out.push_str(&figure.markup);
                rest = tail;
            }
        }
    }
    out.push_str(rest);
    *html = out;
}

/// The markup of a picture.
pub fn picture(shown: &Shown<'_>, alt: &str) -> String {
    let Shown { route, picture, first } = *shown;
    let sizes = picture.sizes(route);
    let mut out = String::new();
    if let Some(sizes) = &sizes {
        out.push_str("<picture><source type=\"image/webp\"");
        push_attribute(&mut out, "srcset", &srcset(&sizes.modern));
        push_attribute(&mut out, "sizes", Picture::SIZES);
        out.push('>');
    }
    out.push_str("<img");
    let fallback = sizes.as_ref().map_or(&[][..], |sizes| &sizes.fallback);
    push_attribute(&mut out, "src", &fallback.first().map_or_else(|| route.href(), |size| size.route.href()));
    if fallback.len() > 1 {
        push_attribute(&mut out, "srcset", &srcset(fallback));
        push_attribute(&mut out, "sizes", Picture::SIZES);
    }
    push_attribute(&mut out, "alt", alt);
    if picture.width > 0 {
        let width = fallback.last().map_or(picture.width, |size| size.width);
        push_attribute(&mut out, "width", &width.to_string());
        push_attribute(&mut out, "height", &picture.height_at(width).to_string());
    }
    if !first {
        push_attribute(&mut out, "loading", "lazy");
    }
    push_attribute(&mut out, "decoding", "async");
    out.push('>');
    if sizes.is_some() {
        out.push_str("</picture>");
    }
    out
}

fn srcset(sizes: &[Size]) -> String {
    let one = |size: &Size| format!("{} {}w", size.route.href().replace(',', "%2C"), size.width);
    sizes.iter().map(one).collect::<Vec<_>>().join(", ")
}
