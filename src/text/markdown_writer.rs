//! In: the events of a Markdown parser. Out: HTML and what was met on the way.

use crate::text::escape::{push_attribute, push_html};
use crate::text::figures;
use crate::text::links::{Links, Resolution};
use crate::text::markdown::{Heading, ImageRef, Link, OUTPUT_LIMIT, Rendered};
use crate::text::raw_html;
use pulldown_cmark::{Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Tag, TagEnd};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

const DEPTH_LIMIT: usize = 200;

/// Writes events as HTML.
pub(crate) struct Writer<'a> {
    links: &'a dyn Links,
    out: String,
    made: Rendered,
    depth: usize,
    heading: Option<OpenHeading>,
    shift: Option<i8>,
    last_level: u8,
    ids: BTreeSet<String>,
    numbers: BTreeMap<String, usize>,
    ends: Vec<&'static str>,
    image: Option<OpenImage>,
    table: Table,
    notes: Notes,
    raw: Option<(String, Range<usize>)>,
    has_raw: bool,
}

struct OpenHeading {
    level: u8,
    at: usize,
    id: Option<String>,
    text: String,
}

struct OpenImage {
    src: String,
    title: String,
    alt: String,
    range: Range<usize>,
    nested: usize,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    cell: usize,
    head: bool,
    body: bool,
}

#[derive(Default)]
struct Notes {
    numbers: BTreeMap<String, usize>,
    seen: BTreeMap<String, usize>,
    texts: Vec<(String, String)>,
    outer: Option<String>,
    label: String,
}

impl<'a> Writer<'a> {
    /// A writer for one text.
    pub(crate) fn new(links: &'a dyn Links) -> Writer<'a> {
        Writer {
            links,
            out: String::new(),
            made: Rendered::default(),
            depth: 0,
            heading: None,
            shift: None,
            last_level: links.top() - 1,
            ids: BTreeSet::new(),
            numbers: BTreeMap::new(),
            ends: Vec::new(),
            image: None,
            table: Table::default(),
            notes: Notes::default(),
            raw: None,
            has_raw: false,
        }
    }

    /// Writes one event; an error says, in a sentence, why the text is too much.
    pub(crate) fn event(&mut self, event: Event<'_>, range: Range<usize>) -> Result<(), String> {
        if self.out.len() > OUTPUT_LIMIT {
            return Err(format!("The text becomes more than {} MiB of HTML.", OUTPUT_LIMIT >> 20));
        }
        if self.image.is_some() {
            self.in_image(event);
            return Ok(());
        }
        match event {
            Event::Start(tag) => {
                self.depth += 1;
                if self.depth > DEPTH_LIMIT {
                    return Err(format!("The text is nested more than {DEPTH_LIMIT} deep."));
                }
                self.start(tag, range);
            }
            Event::End(tag) => {
                self.depth -= 1;
                self.end(tag);
            }
            Event::Html(html) if self.raw.is_some() => self.keep_raw(&html, range),
            Event::Html(html) | Event::InlineHtml(html) => self.write_raw(&html, range),
            other => self.leaf(other),
        }
        Ok(())
    }

    fn leaf(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.text(&text),
            Event::Code(text) => {
                self.out.push_str("<code>");
                self.text(&text);
                self.out.push_str("</code>");
            }
            Event::SoftBreak => self.text("\n"),
            Event::HardBreak => self.out.push_str("<br>\n"),
            Event::Rule => self.out.push_str("<hr>\n"),
            Event::FootnoteReference(label) => self.footnote_reference(&label),
            Event::TaskListMarker(done) => self.task(done),
            Event::InlineMath(text) | Event::DisplayMath(text) => self.text(&text),
            Event::Start(_) | Event::End(_) | Event::Html(_) | Event::InlineHtml(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(text);
        }
        push_html(&mut self.out, text);
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => self.out.push_str("<p>"),
            Tag::Heading { level, id, .. } => self.start_heading(level as u8, id),
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::CodeBlock(kind) => self.start_code(&kind),
            Tag::HtmlBlock => self.raw = Some((String::new(), range)),
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(first)) => {
                self.out.push_str("<ol");
                push_attribute(&mut self.out, "start", &first.to_string());
                self.out.push_str(">\n");
            }
            Tag::Item => self.out.push_str("<li>"),
            Tag::FootnoteDefinition(label) => {
                self.notes.label = label.to_string();
                self.notes.outer = Some(std::mem::take(&mut self.out));
            }
            Tag::DefinitionList => self.out.push_str("<dl>\n"),
            Tag::DefinitionListTitle => self.out.push_str("<dt>"),
            Tag::DefinitionListDefinition => self.out.push_str("<dd>"),
            Tag::Table(alignments) => self.start_table(alignments),
            Tag::TableHead => {
                self.table.head = true;
                self.table.cell = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => self.start_row(),
            Tag::TableCell => self.start_cell(),
            Tag::Emphasis => self.out.push_str("<em>"),
            Tag::Strong => self.out.push_str("<strong>"),
            Tag::Strikethrough => self.out.push_str("<del>"),
            Tag::Superscript => self.out.push_str("<sup>"),
            Tag::Subscript => self.out.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => self.start_link(link_type, &dest_url, &title, range),
            Tag::Image { dest_url, title, .. } => {
                self.image = Some(OpenImage { src: dest_url.to_string(), title: title.to_string(), alt: String::new(), range, nested: 0 });
            }
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => self.out.push_str("</p>\n"),
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::BlockQuote(_) | TagEnd::Link => self.close(),
            TagEnd::CodeBlock => self.out.push_str("</code></pre>\n"),
            TagEnd::HtmlBlock => {
                if let Some((html, range)) = self.raw.take() {
                    self.write_raw(&html, range);
                }
            }
            TagEnd::List(true) => self.out.push_str("</ol>\n"),
            TagEnd::List(false) => self.out.push_str("</ul>\n"),
            TagEnd::Item => self.out.push_str("</li>\n"),
            TagEnd::FootnoteDefinition => self.end_footnote(),
            TagEnd::DefinitionList => self.out.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => self.out.push_str("</dt>\n"),
            TagEnd::DefinitionListDefinition => self.out.push_str("</dd>\n"),
            TagEnd::Table => {
                self.out.push_str(if self.table.body { "</tbody></table></div>\n" } else { "</table></div>\n" });
                self.table = Table::default();
            }
            TagEnd::TableHead => {
                self.table.head = false;
                self.out.push_str("</tr></thead>");
            }
            TagEnd::TableRow => self.out.push_str("</tr>"),
            TagEnd::TableCell => {
                self.out.push_str(if self.table.head { "</th>" } else { "</td>" });
                self.table.cell += 1;
            }
            TagEnd::Emphasis => self.out.push_str("</em>"),
            TagEnd::Strong => self.out.push_str("</strong>"),
            TagEnd::Strikethrough => self.out.push_str("</del>"),
            TagEnd::Superscript => self.out.push_str("</sup>"),
            TagEnd::Subscript => self.out.push_str("</sub>"),
            TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn close(&mut self) {
        let end = self.ends.pop().unwrap_or_default();
        self.out.push_str(end);
    }

    /// The first heading becomes the highest level allowed; the others keep their distance and never skip one.
    fn start_heading(&mut self, typed: u8, id: Option<CowStr<'_>>) {
        let top = self.links.top();
        let shift = *self.shift.get_or_insert(top as i8 - typed as i8);
        let level = (typed as i8 + shift).clamp(top as i8, 6) as u8;
        let level = level.min(self.last_level + 1).max(top);
        self.last_level = level;
        self.heading = Some(OpenHeading { level, at: self.out.len(), id: id.map(|id| slug(&id)), text: String::new() });
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.heading.take() else { return };
        let wanted = heading.id.filter(|id| !id.is_empty()).unwrap_or_else(|| slug(&heading.text));
        let id = self.unique(if wanted.is_empty() { "section".into() } else { wanted });
        let mut open = format!("<h{}", heading.level);
        push_attribute(&mut open, "id", &id);
        open.push('>');
        self.out.insert_str(heading.at, &open);
        self.out.push_str(&format!("</h{}>\n", heading.level));
        self.made.outline.push(Heading { level: heading.level, id, text: heading.text.trim().to_owned() });
    }

    fn unique(&mut self, wanted: String) -> String {
        let mut id = wanted.clone();
        // Where the last of the same name left off: a thousand equal headings must not look through each other's numbers.
        let number = self.numbers.entry(wanted.clone()).or_insert(2);
        while self.ids.contains(&id) || !self.links.claim(&id) {
            id = format!("{wanted}-{number}");
            *number += 1;
        }
        self.ids.insert(id.clone());
        id
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.out.push_str("<blockquote>\n");
            self.ends.push("</blockquote>\n");
            return;
        };
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        self.out.push_str(&format!("<div class=\"callout {name}\"><p class=\"callout-title\">"));
        push_html(&mut self.out, &self.links.word(&format!("md-{name}")));
        self.out.push_str("</p>\n");
        self.ends.push("</div>\n");
    }

    fn start_code(&mut self, kind: &CodeBlockKind<'_>) {
        let language = match kind {
            CodeBlockKind::Fenced(info) => info.split([' ', ',']).next().unwrap_or_default(),
            CodeBlockKind::Indented => "",
        };
        self.out.push_str("<pre tabindex=\"0\"");
        if !language.is_empty() {
            push_attribute(&mut self.out, "data-language", language);
        }
        self.out.push_str("><code>");
    }

    fn start_table(&mut self, alignments: Vec<Alignment>) {
        self.table = Table { alignments, ..Table::default() };
        self.out.push_str("<div class=\"scroll\" role=\"region\" tabindex=\"0\"");
        match self.made.outline.last() {
            Some(heading) => push_attribute(&mut self.out, "aria-labelledby", &heading.id),
            None => push_attribute(&mut self.out, "aria-label", &self.links.word("md-table")),
        }
        self.out.push_str("><table>");
    }

    fn start_row(&mut self) {
        if !self.table.body {
            self.table.body = true;
            self.out.push_str("<tbody>");
        }
        self.table.cell = 0;
        self.out.push_str("<tr>");
    }

    fn start_cell(&mut self) {
        let class = match self.table.alignments.get(self.table.cell) {
            Some(Alignment::Right) => " class=\"num\"",
            Some(Alignment::Center) => " class=\"mid\"",
            _ => "",
        };
        self.out.push_str(if self.table.head { "<th scope=\"col\"" } else { "<td" });
        self.out.push_str(class);
        self.out.push('>');
    }

    fn start_link(&mut self, kind: LinkType, target: &str, title: &str, range: Range<usize>) {
        let target = if kind == LinkType::Email { format!("mailto:{target}") } else { target.to_owned() };
        let resolution = self.links.resolve(&target);
        match resolution.href() {
            Some(href) => {
                self.out.push_str("<a");
                push_attribute(&mut self.out, "href", href);
                if !title.is_empty() {
                    push_attribute(&mut self.out, "title", title);
                }
                self.out.push('>');
                self.ends.push("</a>");
            }
            None => self.ends.push(""),
        }
        self.made.links.push(Link { target, range, resolution });
    }

    fn in_image(&mut self, event: Event<'_>) {
        let Some(image) = &mut self.image else { return };
        match event {
            Event::Text(text) | Event::Code(text) => image.alt.push_str(&text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Start(_) => image.nested += 1,
            Event::End(_) if image.nested > 0 => image.nested -= 1,
            Event::End(_) => {
                self.depth -= 1;
                self.end_image();
            }
            _ => {}
        }
    }

    /// A picture of this site is shown; one from elsewhere becomes a link, because no page asks a third party for anything.
    fn end_image(&mut self) {
        let Some(image) = self.image.take() else { return };
        let resolution = self.links.resolve(&image.src);
        match &resolution {
            Resolution::Href(href)
                if figures::mark(href, (&image.alt, &image.title), self.links, &mut self.out, &mut self.made.figures) => {}
            Resolution::Href(href) => {
                self.out.push_str("<img");
                push_attribute(&mut self.out, "src", href);
                push_attribute(&mut self.out, "alt", &image.alt);
                if !image.title.is_empty() {
                    push_attribute(&mut self.out, "title", &image.title);
                }
                self.out.push_str(" loading=\"lazy\">");
            }
            Resolution::External(href) => {
                self.out.push_str("<a");
                push_attribute(&mut self.out, "href", href);
                self.out.push('>');
                push_html(&mut self.out, if image.alt.is_empty() { href } else { &image.alt });
                self.out.push_str("</a>");
            }
            _ => push_html(&mut self.out, &image.alt),
        }
        self.made.images.push(ImageRef { src: image.src, alt: image.alt, range: image.range, resolution });
    }

    fn task(&mut self, done: bool) {
        let (sign, key) = if done { ("☑", "md-done") } else { ("☐", "md-open") };
        self.out.push_str("<span class=\"task\" role=\"img\"");
        push_attribute(&mut self.out, "aria-label", &self.links.word(key));
        self.out.push('>');
        self.out.push_str(sign);
        self.out.push_str("</span> ");
    }

    fn footnote_reference(&mut self, label: &str) {
        let next = self.notes.numbers.len() + 1;
        let number = *self.notes.numbers.entry(label.to_owned()).or_insert(next);
        let times = self.notes.seen.entry(label.to_owned()).or_default();
        *times += 1;
        let id = if *times == 1 { format!("fnref-{number}") } else { format!("fnref-{number}-{times}") };
        self.out.push_str(&format!("<sup class=\"fnref\"><a href=\"#fn-{number}\" id=\"{id}\">{number}</a></sup>"));
    }

    fn end_footnote(&mut self) {
        let outer = self.notes.outer.take().unwrap_or_default();
        let text = std::mem::replace(&mut self.out, outer);
        self.notes.texts.push((std::mem::take(&mut self.notes.label), text));
    }

    fn keep_raw(&mut self, html: &str, range: Range<usize>) {
        if let Some((kept, whole)) = &mut self.raw {
            if kept.is_empty() {
                whole.start = range.start;
            }
            kept.push_str(html);
        }
    }

    fn write_raw(&mut self, html: &str, range: Range<usize>) {
        self.has_raw = true;
        raw_html::copy(html, range, self.links, &mut self.out, &mut self.made);
    }

    /// The HTML with its footnotes, and whether an author's own HTML is in it.
    pub(crate) fn finish(mut self) -> (Rendered, bool) {
        let mut notes: Vec<(usize, String)> = std::mem::take(&mut self.notes.texts)
            .into_iter()
            .filter_map(|(label, text)| self.notes.numbers.get(&label).map(|number| (*number, text)))
            .collect();
        notes.sort();
        notes.dedup_by_key(|(number, _)| *number);
        if !notes.is_empty() {
            self.out.push_str("<section class=\"footnotes\"");
            push_attribute(&mut self.out, "aria-label", &self.links.word("md-footnotes"));
            self.out.push_str("><ol>\n");
            for (number, text) in notes {
                self.footnote(number, &text);
            }
            self.out.push_str("</ol></section>\n");
        }
        self.made.html = self.out;
        (self.made, self.has_raw)
    }

    fn footnote(&mut self, number: usize, text: &str) {
        let (body, tail) = match text.trim_end().strip_suffix("</p>") {
            Some(body) => (body, "</p>"),
            None => (text.trim_end(), ""),
        };
        self.out.push_str(&format!("<li id=\"fn-{number}\" value=\"{number}\">{body} <a href=\"#fnref-{number}\""));
        push_attribute(&mut self.out, "aria-label", &self.links.word("md-footnote-back"));
        self.out.push_str(&format!(">\u{21a9}\u{fe0e}</a>{tail}</li>\n"));
    }
}

/// An anchor of a heading's words: letters and digits of any script in lower case, hyphens between them.
pub(crate) fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            out.push(c);
        } else if !out.ends_with('-') && !out.is_empty() {
            out.push('-');
        }
    }
    out.truncate(out.trim_end_matches('-').len());
    out
}
