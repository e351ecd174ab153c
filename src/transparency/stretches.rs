//! In: a text as Markdown. Out: the stretches of words that must stand unbroken wherever the text is shown.
//!
//! It knows what the renderer (`text::markdown_writer`) puts in of its own: the numbers of footnotes and the mark behind
//! each, the boxes of tasks. None of these has a letter.

use super::words::squeezed;
use crate::text::markdown;
use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use std::collections::BTreeMap;

/// Words that stand unbroken on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    /// The words.
    pub words: String,
    /// Whether words of the renderer or of an author's HTML may stand before them within their paragraph.
    pub loose: bool,
}

/// The stretches of a text: one for each paragraph, heading, item or cell, and apart where the renderer puts a mark of its
/// own (a footnote's number, a task's box) or a picture or an author's HTML stands. Footnotes come last, as on the page, in
/// the order in which they are referred to. The last stretch is empty: the end.
pub(super) fn of_markdown(text: &str) -> Vec<Stretch> {
    let mut parts = Parts::default();
    for event in Parser::new_ext(text, markdown::options()) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => parts.push(&text),
            Event::SoftBreak | Event::HardBreak => parts.push(" "),
            Event::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. })
            | Event::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link) => {}
            // The words of a picture are said, not shown.
            Event::Start(Tag::Image { .. }) => {
                parts.cut(true);
                parts.unseen += 1;
            }
            Event::End(TagEnd::Image) => {
                parts.unseen -= 1;
                parts.cut(true);
            }
            Event::FootnoteReference(label) => {
                parts.cut(true);
                if !parts.order.contains(&label.to_string()) {
                    parts.order.push(label.to_string());
                }
            }
            Event::Start(Tag::FootnoteDefinition(label)) => {
                parts.cut(false);
                parts.note = Some(label.to_string());
            }
            Event::End(TagEnd::FootnoteDefinition) => {
                parts.cut(true);
                parts.end_note();
            }
            Event::TaskListMarker(_) | Event::Html(_) | Event::InlineHtml(_) => parts.cut(true),
            _ => parts.cut(false),
        }
    }
    parts.finish()
}

/// Stretches as they are gathered.
#[derive(Default)]
struct Parts {
    body: Vec<Stretch>,
    now: String,
    loose: bool,
    unseen: usize,
    note: Option<String>,
    order: Vec<String>,
    notes: BTreeMap<String, Vec<Stretch>>,
}

impl Parts {
    fn push(&mut self, text: &str) {
        if self.unseen == 0 {
            self.now.push_str(text);
        }
    }

    /// Ends a stretch; `loose` where a mark may follow it.
    fn cut(&mut self, loose: bool) {
        let words = squeezed(&std::mem::take(&mut self.now));
        if words.is_empty() {
            self.loose |= loose;
            return;
        }
        let stretch = Stretch { words, loose: std::mem::replace(&mut self.loose, loose) };
        match &self.note {
            Some(label) => self.notes.entry(label.clone()).or_default().push(stretch),
            None => self.body.push(stretch),
        }
    }

    /// The mark that leads back from a footnote stands behind it.
    fn end_note(&mut self) {
        let Some(label) = self.note.take() else { return };
        self.notes.entry(label).or_default().push(Stretch { words: String::new(), loose: true });
        self.loose = false;
    }

    fn finish(mut self) -> Vec<Stretch> {
        self.cut(false);
        self.body.push(Stretch { words: String::new(), loose: self.loose });
        for label in &self.order {
            self.body.extend(self.notes.remove(label).unwrap_or_default());
        }
        self.body
    }
}
