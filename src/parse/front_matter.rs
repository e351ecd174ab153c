//! In: the text of a Markdown file. Out: where its front matter and its body lie, or what is wrong with the fence.
//!
//! One module owns the fence and the limits before any YAML parser runs: at most 64 KiB, nothing nested deeper than 32,
//! no anchors, aliases, tags or merge keys. So no alias bomb and no quadratic case can reach the parser.

use crate::model::finding::{Finding, Place};
use crate::text::invisible;
use std::ops::Range;

/// Longest front matter, in bytes.
pub const LIMIT: usize = 64 * 1024;
/// Deepest nesting of lists and maps.
pub const DEPTH: usize = 32;

/// Where the parts of a file lie, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parts {
    /// The YAML between the fences.
    pub yaml: Range<usize>,
    /// The Markdown below.
    pub body: Range<usize>,
}

/// Finds the fences; leading empty lines are skipped.
pub fn split(path: &str, text: &str) -> Result<Parts, Finding> {
    let start = text.len() - text.trim_start_matches(['\n', '\r', ' ', '\t', '\u{feff}']).len();
    let first = line_at(text, start);
    let opening = text[first.clone()].trim_end();
    if text.trim().is_empty() {
        return Err(Finding::error(
            "empty-file",
            Place::file(path),
            "The file is empty.",
            "Begin it with `---`, a `title:` and `---`, or delete the file.",
        ));
    }
    if opening == "+++" {
        return Err(Finding::error(
            "toml-front-matter",
            Place::span(path, text, first.start, first.end),
            "The front matter is TOML; records are written in YAML.",
            "Write `---` in place of `+++` and `key: value` in place of `key = value`.",
        ));
    }
    if opening != "---" {
        return Err(Finding::error(
            "no-front-matter",
            Place::span(path, text, first.start, first.end),
            "The file does not begin with front matter.",
            "Put `---`, a line `title: …` and `---` above the text.",
        ));
    }
    let yaml_start = (first.end + 1).min(text.len());
    let mut at = yaml_start;
    while at < text.len() {
        let line = line_at(text, at);
        if matches!(text[line.clone()].trim_end(), "---" | "...") {
            return Ok(Parts { yaml: yaml_start..line.start, body: (line.end + 1).min(text.len())..text.len() });
        }
        at = line.end + 1;
    }
    Err(Finding::error(
        "unclosed-front-matter",
        Place::span(path, text, first.start, first.end),
        "The front matter that begins here is never closed.",
        "Put a line `---` between the last field and the text.",
    ))
}

/// The line that holds byte `at`, without its end.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    start..end
}

/// Refuses what no parser should see. Offsets in findings are those of the whole file.
pub fn guard(path: &str, text: &str, yaml: &Range<usize>) -> Result<(), Finding> {
    let front = &text[yaml.clone()];
    let at = |offset: usize, length: usize| Place::span(path, text, yaml.start + offset, yaml.start + offset + length);
    if front.len() > LIMIT {
        return Err(Finding::error(
            "front-matter-too-long",
            at(0, 1),
            format!("The front matter is {} bytes long; the limit is {LIMIT}.", front.len()),
            "Move long text below the second `---`.",
        ));
    }
    if let Some(offset) = too_deep(front) {
        return Err(Finding::error(
            "too-deep",
            at(offset, 1),
            format!("Lists and maps are nested deeper than {DEPTH}."),
            "Write it flatter; no field needs more than five levels.",
        ));
    }
    if let Some((offset, _)) = front.char_indices().find(|(_, c)| c.is_control() && !matches!(c, '\n' | '\r' | '\t')) {
        return Err(Finding::error("control-character", at(offset, 1), "An invisible control character stands here.", "Delete it."));
    }
    Ok(())
}

/// Refuses in the text below what nobody would see: characters that reverse or hide, control characters.
pub fn guard_body(path: &str, text: &str, body: &Range<usize>) -> Result<(), Finding> {
    let own = &text[body.clone()];
    let at = |range: Range<usize>| Place::span(path, text, body.start + range.start, body.start + range.end);
    // Every control character is one byte or begins with 0xC2.
    let control = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}');
    if let Some(offset) = own.find(control) {
        let length = own[offset..].chars().next().map_or(1, char::len_utf8);
        let message = "An invisible control character stands here.";
        return Err(Finding::error("control-character", at(offset..offset + length), message, "Delete it."));
    }
    match invisible::first(own) {
        None => Ok(()),
        Some((range, c)) => Err(Finding::error(
            "hidden-character",
            at(range),
            format!("An invisible character (U+{:04X}) stands in this text.", c as u32),
            "Delete it; it can turn around what readers see.",
        )),
    }
}

/// The offset at which brackets, indentation or dashes first nest deeper than [`DEPTH`].
fn too_deep(front: &str) -> Option<usize> {
    let (mut depth, mut quote, mut offset) = (0usize, None, 0);
    for line in front.split_inclusive('\n') {
        let dashes = line.trim_start().split(' ').take_while(|word| *word == "-" || *word == "?").count();
        let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
        if dashes > DEPTH || (indent > 8 * DEPTH && quote.is_none() && depth > 0) {
            return Some(offset);
        }
        let mut before = ' ';
        for (at, c) in line.char_indices() {
            match (quote, c) {
                (Some(open), _) if c == open && before != '\\' => quote = None,
                (Some(_), _) => {}
                (None, '"' | '\'') if matches!(before, ' ' | '[' | '{' | ',' | ':') => quote = Some(c),
                (None, '[' | '{') => depth += 1,
                (None, ']' | '}') => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > DEPTH {
                return Some(offset + at);
            }
            before = c;
        }
        offset += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_split_at_its_fences_whatever_its_line_ends() {
        for text in ["---\ntitle: a\n---\nBody.\n", "---\r\ntitle: a\r\n---\r\nBody.\n", "\n\n---\ntitle: a\n...\nBody.\n"] {
            let parts = split("a.md", text).expect("the fence is closed");
            assert_eq!(text[parts.yaml].trim(), "title: a");
            assert_eq!(text[parts.body].trim(), "Body.");
        }
    }

    #[test]
    fn a_fence_that_never_closes_is_named() {
        assert_eq!(split("a.md", "---\ntitle: a\n\nBody.\n").expect_err("no second fence").code, "unclosed-front-matter");
    }

    #[test]
    fn thirty_thousand_brackets_are_refused_before_parsing() {
        let text = format!("---\ntopics: {}\n---\n", "[".repeat(30_000));
        let parts = split("a.md", &text).expect("the fence is closed");
        assert_eq!(guard("a.md", &text, &parts.yaml).expect_err("too deep").code, "too-deep");
    }
}
