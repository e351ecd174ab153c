//! In: the bytes of one font. Out: whether it has a letter, words shaped, glyphs as outlines.

use crate::model::source::FontBytes;
use harfrust::{Direction, ShapeOptions, ShaperData, UnicodeBuffer};
use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider};
use std::fmt::Write;

/// One font.
pub(super) struct Face {
    bytes: FontBytes,
    shaping: ShaperData,
    strong: bool,
    per_em: f32,
    /// The characters it has, in order.
    cover: Vec<u32>,
}

impl Face {
    /// Opens a font; none where its bytes are none.
    pub(super) fn new(bytes: FontBytes) -> Option<Face> {
        let font = FontRef::new(&bytes).ok()?;
        let per_em = font.metrics(Size::unscaled(), LocationRef::default()).units_per_em;
        let mut cover: Vec<u32> = font.charmap().mappings().filter(|(_, glyph)| *glyph != GlyphId::NOTDEF).map(|(c, _)| c).collect();
        cover.sort_unstable();
        if !(16..=16384).contains(&per_em) || cover.is_empty() {
            return None;
        }
        let strong = font.attributes().weight.value() >= 550.0;
        let shaping = ShaperData::new(&harfrust::FontRef::new(&bytes).ok()?);
        Some(Face { shaping, strong, per_em: f32::from(per_em), cover, bytes })
    }

    /// Whether it is for headlines.
    pub(super) fn is_strong(&self) -> bool {
        self.strong
    }

    fn font(&self) -> FontRef<'_> {
        FontRef::new(&self.bytes).expect("the bytes were opened once already")
    }

    /// Whether it has a character.
    pub(super) fn has(&self, c: char) -> bool {
        self.cover.binary_search(&u32::from(c)).is_ok()
    }

    /// Shapes words of one direction; glyphs stand in visual order from `x` on. The second value is the width.
    pub(super) fn shape(&self, text: &str, backwards: bool, x: f32) -> (Vec<(u32, f32, f32)>, f32) {
        let font = harfrust::FontRef::new(&self.bytes).expect("the bytes were opened once already");
        let shaper = self.shaping.shaper(&font).build();
        let mut buffer = UnicodeBuffer::new();
        buffer.push_str(text);
        buffer.set_direction(if backwards { Direction::RightToLeft } else { Direction::LeftToRight });
        buffer.guess_segment_properties();
        let shaped = shaper.shape(buffer, ShapeOptions::new());
        let (mut glyphs, mut width) = (Vec::with_capacity(shaped.len()), 0.0);
        let em = |units: i32| units as f32 / self.per_em;
        for (info, position) in shaped.glyph_infos().iter().zip(shaped.glyph_positions()) {
            glyphs.push((info.glyph_id, x + width + em(position.x_offset), em(position.y_offset)));
            width += em(position.x_advance);
        }
        (glyphs, width)
    }

    /// Adds the outlines of glyphs to the data of a path.
    pub(super) fn outline(&self, glyphs: &[(u32, f32, f32)], size: f32, (x, y): (f32, f32), out: &mut String) {
        let outlines = self.font().outline_glyphs();
        for (glyph, dx, dy) in glyphs {
            let mut pen = Pen { out, x: x + dx * size, y: y - dy * size };
            if let Some(outline) = outlines.get(GlyphId::new(*glyph)) {
                // An outline that the font has broken stays white; `Face::new` cannot look at each of them.
                let _ = outline.draw(DrawSettings::unhinted(Size::new(size), LocationRef::default()), &mut pen);
            }
        }
    }
}

/// Writes a path, its origin moved, the y axis downwards.
struct Pen<'o> {
    out: &'o mut String,
    x: f32,
    y: f32,
}

impl Pen<'_> {
    fn add(&mut self, command: char, points: &[(f32, f32)]) {
        self.out.push(command);
        for (at, (x, y)) in points.iter().enumerate() {
            let gap = if at == 0 { "" } else { " " };
            let _ = write!(self.out, "{gap}{:.1} {:.1}", self.x + x, self.y - y);
        }
    }
}

impl OutlinePen for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.add('M', &[(x, y)]);
    }
    fn line_to(&mut self, x: f32, y: f32) {
        self.add('L', &[(x, y)]);
    }
    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.add('Q', &[(cx, cy), (x, y)]);
    }
    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        self.add('C', &[(ax, ay), (bx, by), (x, y)]);
    }
    fn close(&mut self) {
        self.out.push('Z');
    }
}
