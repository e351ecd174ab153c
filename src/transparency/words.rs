//! In: a page as HTML, and the stretches of a text. Out: the words that a reader sees, and whether they are those of the text.
//!
//! Spaces are all one, and letters are compared in NFC. A style sheet can hide words, which no reading of the HTML tells;
//! what the HTML itself hides (`hidden`, `display:none` in a `style`) is left out.

use super::stretches::Stretch;
use unicode_normalization::UnicodeNormalization;

/// Elements whose text nobody sees.
const UNSEEN: [&str; 9] = ["head", "script", "style", "template", "noscript", "svg", "iframe", "object", "textarea"];
/// Elements that stand within a line; all others break words apart.
const INLINE: [&str; 26] = [
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "dfn", "em", "font", "i", "ins", "kbd", "mark", "q", "s", "samp", "small",
    "span", "strong", "sub", "sup", "u", "var", "wbr",
];
/// Elements that have no end.
const VOID: [&str; 13] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Stands before the words of the page's first heading; no other control character is kept.
const HEADING: char = '\u{1}';
/// Most places where a text may begin that are tried.
const BEGINNINGS: usize = 32;

/// The words of a page: a line for each paragraph, heading, item or cell, one space between any two words.
pub(super) fn of_page(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 2);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        push_decoded(&rest[..open], &mut out);
        rest = &rest[open..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.find("-->").map_or("", |end| &after[end + 3..]);
            continue;
        }
        let Some((tag, after)) = tag(rest) else {
            out.push('<');
            rest = &rest[1..];
            continue;
        };
        rest = after;
        match tag.name.as_str() {
            "br" => out.push(' '),
            "h1" if !tag.closing => out.push_str("\n\u{1}"),
            name if INLINE.contains(&name) => {}
            _ => out.push('\n'),
        }
        if tag.hides() {
            rest = skip(&tag.name, rest);
        }
    }
    push_decoded(rest, &mut out);
    let lines = out.split('\n').map(squeezed).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n")
}

struct TagRead {
    name: String,
    closing: bool,
    attributes: String,
}

impl TagRead {
    fn hides(&self) -> bool {
        let style = self.attributes.replace(char::is_whitespace, "");
        let hidden = self.attributes.split_ascii_whitespace().any(|word| word == "hidden" || word.starts_with("hidden="))
            || style.contains("display:none")
            || style.contains("visibility:hidden");
        !self.closing && !VOID.contains(&self.name.as_str()) && (hidden || UNSEEN.contains(&self.name.as_str()))
    }
}

/// The tag that a text begins with, in lower case, and what follows it.
fn tag(html: &str) -> Option<(TagRead, &str)> {
    let inner = &html[1..];
    let closing = inner.starts_with('/');
    let name_at = if closing { &inner[1..] } else { inner };
    if !name_at.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        return None;
    }
    let mut quote = None;
    let end = inner.char_indices().find(|(_, c)| match (quote, c) {
        (None, '>') => true,
        (None, '"' | '\'') => {
            quote = Some(*c);
            false
        }
        (Some(open), c) if open == *c => {
            quote = None;
            false
        }
        _ => false,
    });
    let end = end?.0;
    let name_length = name_at.find(|c: char| c.is_ascii_whitespace() || c == '>' || c == '/').unwrap_or(name_at.len());
    let name = name_at[..name_length].to_ascii_lowercase();
    let attributes = inner[..end].get(usize::from(closing) + name_length..).unwrap_or_default().to_ascii_lowercase();
    Some((TagRead { name, closing, attributes }, &inner[end + 1..]))
}

/// What follows the end of an element whose start was just read.
fn skip<'h>(name: &str, html: &'h str) -> &'h str {
    let (mut depth, mut rest) = (1, html);
    let raw = matches!(name, "script" | "style" | "textarea" | "noscript" | "iframe");
    while let Some(open) = rest.find('<') {
        rest = &rest[open..];
        match tag(rest) {
            Some((tag, after)) if tag.name == name => {
                depth = if tag.closing { depth - 1 } else { depth + u32::from(!raw) };
                rest = after;
                if depth == 0 {
                    return rest;
                }
            }
            Some((_, after)) if !raw => rest = after,
            _ => rest = &rest[1..],
        }
    }
    ""
}

/// Text with its references replaced: numbers, and the names that our encoders and writers use.
fn push_decoded(text: &str, out: &mut String) {
    let mut push = |text: &str| out.extend(text.chars().map(|c| if c.is_control() { ' ' } else { c }));
    const NAMES: [(&str, char); 9] = [
        ("amp", '&'),
        ("lt", '<'),
        ("gt", '>'),
        ("quot", '"'),
        ("apos", '\''),
        ("nbsp", ' '),
        ("shy", '\u{ad}'),
        ("ndash", '–'),
        ("mdash", '—'),
    ];
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        push(&rest[..at]);
        rest = &rest[at..];
        let found = rest[1..].find(';').filter(|end| *end <= 10).and_then(|end| {
            let name = &rest[1..=end];
            let number = name.strip_prefix('#').and_then(|number| match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok(),
                None => number.parse().ok(),
            });
            let named = NAMES.iter().find(|(known, _)| *known == name).map(|(_, c)| *c);
            Some((number.and_then(char::from_u32).or(named)?, end + 2))
        });
        match found {
            Some((c, length)) => {
                push(c.encode_utf8(&mut [0; 4]));
                rest = &rest[length..];
            }
            None => {
                push("&");
                rest = &rest[1..];
            }
        }
    }
    push(rest);
}

/// One space where there were any, none at the ends, NFC, without soft hyphens and word joiners.
pub(super) fn squeezed(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, '\u{ad}' | '\u{200b}' | '\u{2060}' | '\u{feff}')).nfc().collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether a page has this heading, and then these stretches, one after the other, with nothing added within their
/// paragraphs. Gives the paragraphs between them that are not theirs; the first words that are not there as an error.
pub(super) fn shown(page: &str, title: &str, stretches: &[Stretch]) -> Result<Vec<String>, String> {
    let (page, mut at) = match page.find(HEADING) {
        Some(mark) => {
            let heading = page[mark + 1..].split('\n').next().unwrap_or_default();
            if heading != title {
                return Err(title.to_owned());
            }
            (page, mark + 1 + heading.len())
        }
        None => (page, whole_word(page, title).ok_or(title)? + title.len()),
    };
    let Some((first, rest)) = stretches.split_first() else { return Ok(Vec::new()) };
    let (mut best, mut missed) = (None::<Vec<String>>, None);
    // A table of contents may show the first heading too: of several beginnings, the one with the least in between counts.
    for _ in 0..BEGINNINGS {
        let Some(found) = place(&page[at..], first, best.is_some() || missed.is_some()) else { break };
        at += found + first.words.len();
        match follow(&page[at..], rest) {
            Ok(between) if best.as_ref().is_none_or(|best| between.len() < best.len()) => best = Some(between),
            Ok(_) => {}
            Err(words) => missed = missed.or(Some(words)),
        }
        if first.words.is_empty() {
            break;
        }
    }
    best.ok_or_else(|| missed.unwrap_or_else(|| name(first)))
}

/// The lines between stretches that follow one another from the beginning of a page's rest.
fn follow(page: &str, stretches: &[Stretch]) -> Result<Vec<String>, String> {
    let (mut at, mut between) = (0, Vec::new());
    for stretch in stretches {
        let found = place(&page[at..], stretch, false).ok_or_else(|| name(stretch))?;
        let gap = page[at..at + found].split('\n').map(str::trim);
        between.extend(gap.filter(|line| line.contains(char::is_alphabetic)).map(str::to_owned));
        at += found + stretch.words.len();
    }
    Ok(between)
}

fn name(stretch: &Stretch) -> String {
    if stretch.words.is_empty() { "the end of a paragraph".to_owned() } else { stretch.words.clone() }
}

/// Where a stretch stands so that nothing else is in its paragraph before it, nor behind the one before it, but marks where
/// there may be some; for the empty stretch, whether the paragraph ends here.
/// `anywhere` lets something else stand behind the one before it.
fn place(page: &str, stretch: &Stretch, anywhere: bool) -> Option<usize> {
    let empty = |gap: &str| gap.trim().is_empty() || stretch.loose && !gap.contains(char::is_alphabetic);
    if stretch.words.is_empty() {
        return empty(page.split('\n').next().unwrap_or_default()).then_some(0);
    }
    let mut from = 0;
    while let Some(found) = whole_word(&page[from..], &stretch.words).map(|found| from + found) {
        let gap = &page[..found];
        let (head, tail) = (gap.split('\n').next().unwrap_or_default(), gap.rsplit('\n').next().unwrap_or_default());
        if (anywhere || empty(head)) && empty(tail) {
            return Some(found);
        }
        from = found + stretch.words.chars().next()?.len_utf8();
    }
    None
}

/// Where a stretch stands with no letter or digit touching its ends.
fn whole_word(page: &str, stretch: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = page[from..].find(stretch).map(|at| from + at) {
        let before = page[..at].chars().next_back().is_some_and(char::is_alphanumeric);
        let after = page[at + stretch.len()..].chars().next().is_some_and(char::is_alphanumeric);
        let (first, last) = (stretch.chars().next()?, stretch.chars().next_back()?);
        if !(before && first.is_alphanumeric() || after && last.is_alphanumeric()) {
            return Some(at);
        }
        from = at + first.len_utf8();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transparency::stretches::of_markdown;

    #[test]
    fn the_words_of_a_page_are_those_that_a_reader_sees() {
        let page = "<!doctype html><head><title>No</title></head><body><!-- no --><script>no<p></script>\
                    <h1>Fees &amp; fines</h1><p>The <em>fee</em>s&nbsp;rise<br>by 3&#37;.</p><div hidden><div>no</div>no</div>\
                    <p style=\"display: none\">no</p><a title=\"a > b\">yes</a>\n 1 < 2</body>";
        assert_eq!(of_page(page), "\u{1}Fees & fines\nThe fees rise by 3%.\nyes 1 < 2");
        assert_eq!(of_page("<p"), "<p");
        assert_eq!(of_page("a<script>never ended"), "a");
        assert_eq!(of_page("&#1;a&#x110000;"), "a&#x110000;");
    }

    #[test]
    fn a_text_is_found_in_its_order_and_every_word_put_in_or_changed_is_told() {
        let text = "## One\n\nThe *fees* rise\nby 3 %.[^1] Soon.\n\n- a\n- b `c`\n\n[^1]: Council.\n\n![said](x.png)\n\nEnd.";
        let stretches = of_markdown(text);
        let words: Vec<&str> = stretches.iter().map(|stretch| stretch.words.as_str()).collect();
        assert_eq!(words, ["One", "The fees rise by 3 %.", "Soon.", "a", "b c", "End.", "", "Council.", ""]);
        let page = "Menu\n\u{1}Title\n2 days ago\nOne\nThe fees rise by 3 %.1 Soon.\na\nb c\nEnd.\nNotes\nCouncil. \u{21a9}\u{fe0e}\nFoot";
        assert_eq!(shown(page, "Title", &stretches), Ok(vec!["Notes".to_owned()]));
        for (from, to, missed) in [
            ("rise", "fall", "The fees rise by 3 %."),
            ("3 %", "13 %", "The fees rise by 3 %."),
            ("\nOne", "\nNot One", "One"),
            ("One\n", "One not\n", "The fees rise by 3 %."),
            ("Soon.\n", "Soon. Never.\n", "a"),
            ("a\nb c", "b c\na", "b c"),
            ("End.", "End. Not.", "the end of a paragraph"),
            ("Council.", "Council. Not.", "the end of a paragraph"),
            ("Title", "Title not", "Title"),
        ] {
            assert_eq!(shown(&page.replace(from, to), "Title", &stretches), Err(missed.to_owned()), "{to}");
        }
    }
}
