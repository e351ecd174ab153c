//! In: fonts as bytes, and words. Out: lines broken and measured, and their letters as outlines.
//!
//! What measures is what draws: a line is put in visual order (Unicode bidirectional algorithm), cut into runs of one
//! font, shaped (HarfBuzz's rules) and turned into one SVG path. No font of the machine is ever looked at, so every
//! machine draws the same; a character that no font has is told, never replaced.

mod face;
mod fitting;

pub use fitting::{Block, Fit};

use crate::model::source::FontBytes;
use face::Face;
use unicode_bidi::{BidiInfo, Level};

/// How heavy letters are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Running text.
    Plain,
    /// Headlines and labels.
    Strong,
}

/// Fonts, ready to write with. The first that has a letter writes it.
pub struct Lettering {
    plain: Vec<Face>,
    strong: Vec<Face>,
}

/// Words in one line, shaped; lengths count in the font size.
#[derive(Debug, Clone, Default)]
pub struct Line {
    /// How wide the line is.
    pub width: f32,
    runs: Vec<Run>,
}

#[derive(Debug, Clone)]
struct Run {
    face: usize,
    weight: Weight,
    /// Glyph and where it stands.
    glyphs: Vec<(u32, f32, f32)>,
}

/// A font that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not a TrueType or OpenType font")]
pub struct NotAFont(pub String);

impl Lettering {
    /// Opens fonts; the order is that in which they are asked for a letter. Those of weight 550 and more are strong.
    pub fn new(fonts: &[(String, FontBytes)]) -> Result<Lettering, NotAFont> {
        let (mut plain, mut strong) = (Vec::new(), Vec::new());
        for (name, bytes) in fonts {
            let face = Face::new(bytes.clone()).ok_or_else(|| NotAFont(name.clone()))?;
            if face.is_strong() { strong.push(face) } else { plain.push(face) }
        }
        Ok(Lettering { plain, strong })
    }

    /// The first character of a text that no font of one of the weights has.
    pub fn missing(&self, text: &str) -> Option<char> {
        let lacks = |c: &char| !invisible(*c) && [&self.plain, &self.strong].iter().any(|faces| !faces.iter().any(|face| face.has(*c)));
        text.chars().find(lacks)
    }

    /// Shapes words as one line; `rtl` is the direction of the language.
    pub fn line(&self, text: &str, weight: Weight, rtl: bool) -> Line {
        let faces = self.faces(weight);
        let bidi = BidiInfo::new(text, Some(if rtl { Level::rtl() } else { Level::ltr() }));
        let mut line = Line::default();
        for paragraph in &bidi.paragraphs {
            let (levels, runs) = bidi.visual_runs(paragraph, paragraph.range.clone());
            for run in runs {
                let backwards = levels[run.start].is_rtl();
                let mut parts = parts(faces, &text[run]);
                if backwards {
                    parts.reverse();
                }
                for (face, part) in parts {
                    let (glyphs, width) = faces[face].shape(part, backwards, line.width);
                    line.width += width;
                    line.runs.push(Run { face, weight, glyphs });
                }
            }
        }
        line
    }

    /// The outline of a line as the data of an SVG path, its left end at `x`, its baseline at `y`.
    pub fn outline(&self, line: &Line, size: f32, (x, y): (f32, f32)) -> String {
        let mut out = String::new();
        for run in &line.runs {
            self.faces(run.weight)[run.face].outline(&run.glyphs, size, (x, y), &mut out);
        }
        out
    }

    fn faces(&self, weight: Weight) -> &[Face] {
        match weight {
            Weight::Strong if !self.strong.is_empty() => &self.strong,
            _ if !self.plain.is_empty() => &self.plain,
            _ => &self.strong,
        }
    }
}

impl std::fmt::Debug for Lettering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Lettering").field("plain", &self.plain.len()).field("strong", &self.strong.len()).finish()
    }
}

/// Cuts a text of one direction into runs of one font. Digits, spaces and signs stay with the letters before them.
fn parts<'t>(faces: &[Face], text: &'t str) -> Vec<(usize, &'t str)> {
    let first = |c: char| faces.iter().position(|face| face.has(c));
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let current = cuts.last().map(|(face, _)| *face);
        let stays = current.is_some_and(|face| invisible(c) || (!c.is_alphabetic() && faces[face].has(c)));
        let face = if stays { current } else { first(c).or(current) };
        if face != current {
            cuts.extend(face.map(|face| (face, at)));
        }
    }
    let ends = cuts.iter().skip(1).map(|(_, start)| *start).chain([text.len()]);
    cuts.iter().zip(ends).enumerate().map(|(n, ((face, start), end))| (*face, &text[if n == 0 { 0 } else { *start }..end])).collect()
}

/// Whether a character steers the text and is not seen.
fn invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}
