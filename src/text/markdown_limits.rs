//! In: Markdown before it is parsed. Out: the fault of one that would cost more than two seconds.
//!
//! The families are pulldown-cmark's own open and past reports: quadratic link definitions (#844), unclosed footnote
//! marks (#1076), deep nesting, wide sparse tables.

use crate::text::markdown::Fault;

const FILE_BYTES: usize = 2 << 20;
const NESTING: usize = 64;
const DEFINITIONS: usize = 2_000;
const FOOTNOTE_MARKS: usize = 2_000;
const TABLE_CELLS: usize = 200_000;

/// The first limit that a text breaks.
pub(crate) fn fault_of(markdown: &str) -> Option<Fault> {
    let fault = |what: String, from: usize, to: usize| Some(Fault { what, range: from..to });
    if markdown.len() > FILE_BYTES {
        return fault(format!("The text is longer than {} MiB.", FILE_BYTES >> 20), 0, 0);
    }
    let (mut definitions, mut marks, mut columns, mut rows, mut at) = (0, 0, 0usize, 0usize, 0);
    for line in markdown.split_inclusive('\n') {
        let seen = Marks::of(line.as_bytes());
        definitions += usize::from(seen.defines);
        marks += seen.footnotes;
        columns = columns.max(seen.pipes);
        rows += usize::from(columns > 0);
        let end = at + line.trim_end().len();
        if definitions > DEFINITIONS {
            return fault(format!("The text has more than {DEFINITIONS} link definitions."), at, end);
        }
        if marks > FOOTNOTE_MARKS {
            return fault(format!("The text has more than {FOOTNOTE_MARKS} footnote marks."), at, end);
        }
        if columns > 200 && columns * rows > TABLE_CELLS {
            return fault(format!("A table has more than {TABLE_CELLS} cells."), at, end);
        }
        if seen.depth > NESTING {
            return fault(format!("Quotations or lists are nested more than {NESTING} deep."), at, end);
        }
        at += line.len();
    }
    None
}

/// What a line holds that can cost much, seen in one pass: most lines of a record hold nothing of it.
#[derive(Default)]
struct Marks {
    /// Whether it may be a link definition.
    defines: bool,
    /// Footnote marks.
    footnotes: usize,
    /// Borders of table cells.
    pipes: usize,
    /// How deep the quotation and list marks at its beginning go, or its brackets anywhere.
    depth: usize,
}

impl Marks {
    fn of(line: &[u8]) -> Marks {
        let mut seen = Marks::default();
        let (mut before, mut open) = (b'\n', 0usize);
        for byte in line.iter().copied() {
            match byte {
                b'[' => {
                    open += 1;
                    seen.depth = seen.depth.max(open);
                }
                b']' => open = open.saturating_sub(1),
                b'^' => seen.footnotes += usize::from(before == b'['),
                b':' => seen.defines |= before == b']',
                b'|' => seen.pipes += 1,
                _ => {}
            }
            before = byte;
        }
        let lead = line.iter().take_while(|b| matches!(b, b' ' | b'\t' | b'>' | b'-' | b'*' | b'+')).filter(|b| **b == b'>').count();
        let lists = line.chunks(2).take_while(|pair| matches!(pair, [b'-' | b'*' | b'+', b' '])).count();
        seen.depth = seen.depth.max(lead).max(lists);
        seen
    }
}
