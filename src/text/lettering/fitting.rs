//! In: words and a box. Out: the lines they are broken into and the largest size at which they fit; nothing is ever cut.

use super::{Lettering, Line, Weight};
use icu::segmenter::LineSegmenter;
use icu::segmenter::options::LineBreakOptions;

/// A box that words must fit into.
#[derive(Debug, Clone, Copy)]
pub struct Fit {
    /// Its width.
    pub width: f32,
    /// Its height.
    pub height: f32,
    /// Most lines.
    pub lines: usize,
    /// Largest and smallest size of letters.
    pub sizes: (f32, f32),
    /// Distance of two baselines, in sizes.
    pub leading: f32,
}

/// Words broken into lines.
#[derive(Debug, Clone)]
pub struct Block {
    /// Size of its letters.
    pub size: f32,
    /// Distance of two baselines, in pixels.
    pub leading: f32,
    /// Its lines.
    pub lines: Vec<Line>,
}

impl Block {
    /// How high it is, from the top of the first line's letters to the foot of the last one's.
    pub fn height(&self) -> f32 {
        self.leading * self.lines.len() as f32
    }
}

/// Words between two places at which a line may be broken.
struct Piece<'t> {
    text: &'t str,
    /// With and without the spaces at its end, in sizes.
    full: f32,
    bare: f32,
}

impl Lettering {
    /// Breaks words at the largest size at which they fit; none where they do not fit at the smallest. The lines are
    /// about equally long.
    pub fn block(&self, text: &str, weight: Weight, rtl: bool, fit: &Fit) -> Option<Block> {
        let pieces = self.pieces(text, weight, rtl);
        let mut size = fit.sizes.0;
        while size >= fit.sizes.1 {
            let room = fit.width / size;
            let most = fit.lines.min((fit.height / (fit.leading * size)) as usize);
            if let Some(lines) = broken(&pieces, room).filter(|lines| lines.len() <= most) {
                let lines = balanced(&pieces, room, lines);
                let lines: Vec<Line> = lines.iter().map(|line| self.line(line, weight, rtl)).collect();
                if lines.iter().all(|line| line.width <= room) {
                    return Some(Block { size, leading: fit.leading * size, lines });
                }
            }
            size -= 1.0;
        }
        None
    }

    fn pieces<'t>(&self, text: &'t str, weight: Weight, rtl: bool) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let mut start = 0;
        let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
        for end in segmenter.segment_str(text).filter(|end| *end > 0) {
            let piece = &text[start..end];
            if clings(piece.trim_end()) && end < text.len() {
                continue;
            }
            let bare = self.line(piece.trim_end(), weight, rtl).width;
            let full = if piece.ends_with(' ') { bare + self.line("\u{a0}", weight, rtl).width } else { bare };
            pieces.push(Piece { text: piece, full, bare });
            start = end;
        }
        pieces
    }
}

/// Whether a word should not end a line: a single letter, a short number, a section sign.
fn clings(word: &str) -> bool {
    let last = word.rsplit(' ').next().unwrap_or_default();
    let digits = last.chars().all(|c| c.is_ascii_digit());
    (digits && last.len() <= 2) || last.chars().count() == 1
}

/// Lines no wider than `room`; none where one word alone is wider.
fn broken(pieces: &[Piece<'_>], room: f32) -> Option<Vec<String>> {
    let mut lines = vec![String::new()];
    let mut used = 0.0;
    for piece in pieces {
        if piece.bare > room {
            return None;
        }
        if used + piece.bare > room {
            lines.push(String::new());
            used = 0.0;
        }
        used += piece.full;
        lines.last_mut().expect("there is always a line").push_str(piece.text);
    }
    lines.iter_mut().for_each(|line| line.truncate(line.trim_end().len()));
    Some(lines)
}

/// As many lines in the narrowest room that holds them.
fn balanced(pieces: &[Piece<'_>], room: f32, lines: Vec<String>) -> Vec<String> {
    let (mut narrow, mut wide, mut best) = (0.0, room, lines);
    for _ in 0..12 {
        let middle = (narrow + wide) / 2.0;
        match broken(pieces, middle).filter(|lines| lines.len() <= best.len()) {
            Some(lines) => (wide, best) = (middle, lines),
            None => narrow = middle,
        }
    }
    best
}
