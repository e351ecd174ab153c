//! In: Markdown as typed and what the page knows about links. Out: safe HTML with its headings, links and pictures.
//!
//! One streaming pass. Text can never become a tag, an attribute or a script; a document with raw HTML goes as a whole
//! through an allow list, and what was dropped is reported with its place. No smart punctuation: it knows English only.

use crate::text::figures::{self, Figure};
use crate::text::invisible;
use crate::text::markdown_limits::fault_of;
use crate::text::markdown_writer::Writer;
use crate::text::sanitise;
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

pub use crate::text::links::{ByForm, Links, Resolution, by_form};

/// Largest HTML made of one text, in bytes.
pub const OUTPUT_LIMIT: usize = 8 << 20;

/// A heading of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// Level on the page, 2 to 6.
    pub level: u8,
    /// Its anchor, unique on the page.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A link of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The target as typed.
    pub target: String,
    /// Where it stands in the Markdown, in bytes.
    pub range: Range<usize>,
    /// What became of it.
    pub resolution: Resolution,
}

/// A picture of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageRef {
    /// The source as typed.
    pub src: String,
    /// Words for those who do not see it; empty where none were given.
    pub alt: String,
    /// Where it stands in the Markdown, in bytes.
    pub range: Range<usize>,
    /// What became of its source.
    pub resolution: Resolution,
}

/// Something that was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dropped {
    /// What, such as `<iframe>` or `the attribute onclick`.
    pub what: String,
    /// Where it stands in the Markdown, in bytes.
    pub range: Range<usize>,
}

/// A text that costs too much to render; nothing of it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What is too much, a whole sentence.
    pub what: String,
    /// Where it stands in the Markdown, in bytes.
    pub range: Range<usize>,
}

/// Markdown as HTML.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rendered {
    /// The HTML.
    pub html: String,
    /// Its headings in order.
    pub outline: Vec<Heading>,
    /// Its links in order.
    pub links: Vec<Link>,
    /// Its pictures in order.
    pub images: Vec<ImageRef>,
    /// What was left out.
    pub dropped: Vec<Dropped>,
    /// Pictures of known size, to stand where their marks are.
    pub(crate) figures: Vec<Figure>,
    /// Why nothing was rendered at all.
    pub fault: Option<Fault>,
}

/// The syntax that records are written in.
pub fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
}

/// Renders a text.
pub fn render(markdown: &str, links: &dyn Links) -> Rendered {
    if let Some(fault) = fault_of(markdown) {
        return Rendered { fault: Some(fault), ..Rendered::default() };
    }
    let mut writer = Writer::new(links);
    for (event, range) in Parser::new_ext(markdown, options()).into_offset_iter() {
        if let Err(what) = writer.event(event, range.clone()) {
            return Rendered { fault: Some(Fault { what, range }), ..Rendered::default() };
        }
    }
    let (mut rendered, raw) = writer.finish();
    if raw {
        rendered.html = sanitise::allow_listed(&rendered.html);
    }
    without_invisible(&mut rendered);
    figures::put_in(&mut rendered.html, &rendered.figures);
    rendered
}

/// Takes out what was written as a reference, such as `&#x202e;`, and turns around what readers see.
fn without_invisible(rendered: &mut Rendered) {
    let Some((_, c)) = invisible::first(&rendered.html) else { return };
    rendered.html = invisible::without(&rendered.html);
    rendered.outline.iter_mut().for_each(|heading| heading.text = invisible::without(&heading.text));
    rendered.images.iter_mut().for_each(|image| image.alt = invisible::without(&image.alt));
    let what = format!("an invisible character (U+{:04X}, written as a reference)", c as u32);
    rendered.dropped.push(Dropped { what, range: 0..0 });
}

/// Renders a single paragraph without its `<p>`; further paragraphs are kept as they are.
pub fn inline(markdown: &str, links: &dyn Links) -> String {
    let html = render(markdown, links).html;
    let bare = html.trim();
    match bare.strip_prefix("<p>").and_then(|rest| rest.strip_suffix("</p>")) {
        Some(inner) if !inner.contains("<p>") => inner.to_owned(),
        _ => bare.to_owned(),
    }
}

/// The words alone: paragraphs apart by an empty line, list items and rows on lines of their own, no raw HTML.
pub fn plain(markdown: &str) -> String {
    if fault_of(markdown).is_some() {
        return String::new();
    }
    let mut out = String::with_capacity(markdown.len());
    for event in Parser::new_ext(markdown, options()) {
        match event {
            Event::Text(text) | Event::Code(text) => out.push_str(&text),
            Event::SoftBreak => out.push(' '),
            Event::HardBreak => out.push('\n'),
            Event::Start(Tag::Item) => break_line(&mut out, 1),
            Event::End(TagEnd::TableCell) => out.push(' '),
            Event::End(TagEnd::TableRow | TagEnd::TableHead | TagEnd::DefinitionListTitle) => break_line(&mut out, 1),
            Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::CodeBlock | TagEnd::List(_) | TagEnd::Table) => {
                break_line(&mut out, 2)
            }
            _ => {}
        }
    }
    out.truncate(out.trim_end().len());
    if invisible::first(&out).is_some() { invisible::without(&out) } else { out }
}

fn break_line(out: &mut String, lines: usize) {
    out.truncate(out.trim_end_matches(' ').len());
    let have = out.len() - out.trim_end_matches('\n').len();
    if !out.is_empty() {
        (have..lines).for_each(|_| out.push('\n'));
    }
}
