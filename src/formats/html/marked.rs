//! In: two versions of a record. Out: what changed between them, field by field, marked in words: "Added:", "Removed:".

use super::paper::{Paper, Piece, paragraphs};
use super::shop::Shop;
use crate::model::lang::Lang;
use crate::text::difference::{self, Budget, Paragraph, Stretch};
use crate::text::escape;
use serde_json::Value as Json;

/// Words of unchanged text that are kept on each side of a change.
const AROUND: usize = 10;

/// A field that changed.
pub(super) struct Change {
    /// Its name for readers.
    pub(super) label: String,
    /// The marked difference, safe.
    pub(super) html: String,
}

/// What changed, in the order of the later version; then what it no longer has.
pub(super) fn changes(shop: &Shop<'_>, lang: Lang, old: &Paper, new: &Paper) -> Vec<Change> {
    let mut budget = Budget::default();
    let labels = [shop.words(lang, "diff-removed"), shop.words(lang, "diff-added")];
    let mut all = Vec::new();
    let mut put = |label: &str, before: &[String], after: &[String]| {
        let html = marked(&difference::paragraphs(before, after, &mut budget), &labels);
        if !html.is_empty() {
            all.push(Change { label: label.to_owned(), html });
        }
    };
    put(&shop.words(lang, "field-title"), std::slice::from_ref(&old.title), std::slice::from_ref(&new.title));
    let named = |paper: &'_ Paper, name: &str| paper.pieces.iter().position(|piece| piece.name == name);
    for piece in &new.pieces {
        let before = named(old, &piece.name).map(|at| &old.pieces[at]);
        if before.is_none_or(|before| before.raw != piece.raw) {
            let (before, after) = compared(before, Some(piece));
            put(&piece.label, &before, &after);
        }
    }
    for piece in old.pieces.iter().filter(|piece| named(new, &piece.name).is_none()) {
        let (before, after) = compared(Some(piece), None);
        put(&piece.label, &before, &after);
    }
    all
}

/// The paragraphs to compare: the words; where those are the same, what was written.
fn compared(old: Option<&Piece>, new: Option<&Piece>) -> (Vec<String>, Vec<String>) {
    let blocks = |piece: Option<&Piece>| piece.map(|piece| piece.blocks.clone()).unwrap_or_default();
    let (before, after) = (blocks(old), blocks(new));
    if before != after {
        return (before, after);
    }
    let raw = |piece: Option<&Piece>| match piece.map(|piece| &piece.raw) {
        Some(Json::String(text)) => paragraphs(text),
        Some(other) => vec![other.to_string()],
        None => Vec::new(),
    };
    (raw(old), raw(new))
}

/// The paragraphs that are not as they were.
fn marked(paragraphs: &[Paragraph], labels: &[String; 2]) -> String {
    let mut out = String::new();
    for paragraph in paragraphs {
        match paragraph {
            Paragraph::Same(_) => {}
            Paragraph::Gone(text) => out.push_str(&format!("<p>{}</p>", mark("del", &labels[0], text))),
            Paragraph::New(text) => out.push_str(&format!("<p>{}</p>", mark("ins", &labels[1], text))),
            Paragraph::Changed(stretches) => {
                out.push_str("<p>");
                for (at, stretch) in stretches.iter().enumerate() {
                    match stretch {
                        Stretch::Same(text) => out.push_str(&context(text, at == 0, at + 1 == stretches.len())),
                        Stretch::Gone(text) => out.push_str(&format!(" {}", mark("del", &labels[0], text))),
                        Stretch::New(text) => out.push_str(&format!(" {}", mark("ins", &labels[1], text))),
                    }
                }
                out.push_str("</p>");
            }
        }
    }
    out
}

fn mark(tag: &str, label: &str, text: &str) -> String {
    format!("<b class=\"meta\">{}</b> <{tag}>{}</{tag}>", escape::html(label), escape::html(text.trim()))
}

/// Unchanged words: those next to a change, and a sign for what lies between.
fn context(text: &str, first: bool, last: bool) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let (head, tail) = (if first { 0 } else { AROUND }, if last { 0 } else { AROUND });
    if words.len() <= head + tail + AROUND {
        return escape::html(text).into_owned();
    }
    let (before, after) = (words[..head].join(" "), words[words.len() - tail..].join(" "));
    let lead = if text.starts_with(' ') { " " } else { "" };
    format!("{lead}{} … {}", escape::html(&before), escape::html(&after))
}
