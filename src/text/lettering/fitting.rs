//! In: words and a box. Out: the lines they are broken into and the largest size at which they fit; nothing is ever cut.

use super::{Lettering, Line, Weight};
use icu::segmenter::LineSegmenter;
use icu::segmenter::options::LineBreakOptions;

/// How much smaller letters may be where that saves a line.
const SMALLER: f32 = 0.86;

/// Words are measured one by one; in a line they may stand a little closer or further apart.
const SPARE: f32 = 0.995;

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
        let mut best: Option<(f32, Vec<String>)> = None;
        let mut size = fit.sizes.0;
        while size >= fit.sizes.1 {
            let room = fit.width / size * SPARE;
            let most = fit.lines.min((fit.height / (fit.leading * size)) as usize);
            let lines = broken(&pieces, room).filter(|lines| lines.len() <= most);
            match (&best, lines) {
                (None, Some(lines)) => best = Some((size, lines)),
                // One line less is worth a little size: no word is then left alone.
                (Some((largest, longer)), Some(lines)) if lines.len() < longer.len() && size >= largest * SMALLER => {
                    best = Some((size, lines));
                    break;
                }
                (Some((largest, _)), _) if size < largest * SMALLER => break,
                _ => {}
            }
            size -= 1.0;
        }
        let (size, lines) = best?;
        let lines = balanced(&pieces, fit.width / size * SPARE, lines);
        let lines = lines.iter().map(|line| self.line(line, weight, rtl)).collect();
        Some(Block { size, leading: fit.leading * size, lines })
    }

    fn pieces<'t>(&self, text: &'t str, weight: Weight, rtl: bool) -> Vec<Piece<'t>> {
        let mut pieces = Vec::new();
        let mut start = 0;
        let segmenter = LineSegmenter::new_for_non_complex_scripts(LineBreakOptions::default());
        for end in segmenter.segment_str(text).filter(|end| *end > 0) {
            let piece = &text[start..end];
            if end < text.len() && clings(piece) {
                continue;
            }
            let bare = self.line(piece.trim_end(), weight, rtl).width;
            let full = self.line(piece, weight, rtl).width;
            pieces.push(Piece { text: piece, full, bare });
            start = end;
        }
        pieces
    }
}

/// Whether a word should not end a line: a single letter, a short number, a section sign, the first part of a short
/// name with a hyphen.
fn clings(piece: &str) -> bool {
    let last = piece.trim_end().rsplit(' ').next().unwrap_or_default();
    let (letters, digits) = (last.chars().count(), last.chars().all(|c| c.is_ascii_digit()));
    (digits && letters <= 2) || letters == 1 || (piece.ends_with('-') && letters <= 9)
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
