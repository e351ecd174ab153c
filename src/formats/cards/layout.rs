//! In: the words of a card and its shape. Out: where each line and the seal stand, in pixels.
//!
//! The headline has the largest size at which it fits above the seal; the summary is left out before the headline
//! shrinks below its floor; only then may it take more lines, and no word is ever smaller than 34 pixels.

use super::words::Words;
use crate::model::settings::CardShape;
use crate::text::lettering::{Block, Fit, Lettering, Line, Weight};

/// Empty edge of a card.
pub const MARGIN: f32 = 72.0;

/// Size of small words: about 11 CSS pixels on a phone.
pub const SMALL: f32 = 34.0;

/// Where the gazette rule begins.
const RULE: f32 = 122.0;

/// Where words may begin below the rule.
const TOP: f32 = 166.0;

/// Empty room around the seal.
const GAP: f32 = 32.0;

/// Measures of a shape of card.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    width: f32,
    height: f32,
    /// Room kept free at the foot, for what apps lay over it.
    foot: f32,
    /// Largest and smallest size of the headline, and its lines.
    headline: (f32, f32, usize),
    /// Size and lines of the summary.
    summary: (f32, usize),
    /// Diameters of the seal, tried in turn.
    seals: [f32; 2],
}

/// What a line says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The body's name.
    Body,
    /// The record's number.
    Number,
    /// The headline.
    Headline,
    /// The summary.
    Summary,
    /// How it stands.
    Status,
    /// Where it is found.
    Address,
}

/// A line in its place.
#[derive(Debug, Clone)]
pub struct Text {
    /// What it says.
    pub role: Role,
    /// Its letters.
    pub line: Line,
    /// Their size.
    pub size: f32,
    /// Left end and baseline.
    pub at: (f32, f32),
}

/// A card laid out.
#[derive(Debug, Clone)]
pub struct Placed {
    /// Width and height.
    pub size: (u32, u32),
    /// Its lines.
    pub texts: Vec<Text>,
    /// Left end, top and width of the gazette rule.
    pub rule: (f32, f32, f32),
    /// Middle and radius of the seal.
    pub seal: (f32, f32, f32),
}

/// The measures of a shape.
pub fn plan(shape: CardShape) -> Plan {
    match shape {
        CardShape::Og => {
            Plan { width: 1200.0, height: 630.0, foot: 62.0, headline: (88.0, 58.0, 3), summary: (36.0, 2), seals: [212.0, 176.0] }
        }
        CardShape::Square => {
            Plan { width: 1080.0, height: 1080.0, foot: 72.0, headline: (112.0, 70.0, 6), summary: (40.0, 3), seals: [400.0, 300.0] }
        }
        CardShape::Tall => {
            Plan { width: 1080.0, height: 1350.0, foot: 132.0, headline: (112.0, 70.0, 6), summary: (42.0, 5), seals: [460.0, 340.0] }
        }
    }
}

impl Plan {
    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        (self.width as u32, self.height as u32)
    }

    /// Width and height of the room of a headline above a seal.
    fn above(&self, seal: f32) -> (f32, f32) {
        (self.width - 2.0 * MARGIN, self.height - self.foot - seal - GAP / 2.0 - TOP)
    }

    /// The headline and the diameter of the seal below it; none where it does not fit however small it is.
    pub fn headline(&self, letters: &Lettering, words: &Words) -> Option<(Block, f32)> {
        let (largest, floor, lines) = self.headline;
        let [usual, small] = self.seals;
        let tries = [(usual, largest, floor, lines), (small, floor, floor - 10.0, lines + 1), (small, floor, 44.0, lines + 2)];
        tries.iter().find_map(|(seal, largest, least, lines)| {
            let (width, height) = self.above(*seal);
            let fit = Fit { width, height, lines: *lines, sizes: (*largest, *least), leading: 1.14 };
            letters.block(&words.headline, Weight::Strong, words.lang.is_rtl(), &fit).map(|block| (block, *seal))
        })
    }
}

/// Lays a card out; none where its headline does not fit.
pub fn place(letters: &Lettering, words: &Words, shape: CardShape) -> Option<Placed> {
    let plan = plan(shape);
    let (headline, seal) = plan.headline(letters, words)?;
    let rtl = words.lang.is_rtl();
    let beside = plan.width - 2.0 * MARGIN - seal - GAP;
    let mut sheet = Sheet { plan, rtl, texts: Vec::new() };
    sheet.head(letters, words);
    let mut y = TOP;
    y = sheet.block(Role::Headline, &headline, y);
    let bottom = plan.height - plan.foot;
    let foot = sheet.foot(letters, words, (beside, bottom));
    if let Some(summary) = &words.summary {
        let (size, lines) = plan.summary;
        let top = y + size * 0.55;
        let above = plan.height - plan.foot - seal - GAP / 2.0 - top;
        // Above the seal the whole width is free; where that is too low, the room beside it.
        let rooms = [(plan.width - 2.0 * MARGIN, above), (beside, foot - size * 0.7 - top)];
        let fitted = rooms.iter().find_map(|(width, height)| {
            let fit = Fit { width: width.min(size * 26.0), height: *height, lines, sizes: (size, SMALL), leading: 1.36 };
            letters.block(summary, Weight::Plain, rtl, &fit)
        });
        if let Some(block) = fitted {
            sheet.block(Role::Summary, &block, top);
        }
    }
    let radius = seal / 2.0;
    let x = if rtl { MARGIN + radius } else { plan.width - MARGIN - radius };
    Some(Placed {
        size: plan.size(),
        texts: sheet.texts,
        rule: (MARGIN, RULE, plan.width - 2.0 * MARGIN),
        seal: (x, bottom - radius, radius),
    })
}

/// A card being laid out.
struct Sheet {
    plan: Plan,
    rtl: bool,
    texts: Vec<Text>,
}

impl Sheet {
    /// The body's name and, opposite, the number; where both are too long for one line, what is less needed goes.
    fn head(&mut self, letters: &Lettering, words: &Words) {
        let room = self.plan.width - 2.0 * MARGIN;
        let of = |text: &str| letters.line(text, Weight::Strong, self.rtl);
        let (body, number) = (of(&words.body), words.number.as_deref().map(of));
        let taken = |size: f32, number: &Option<Line>| (body.width + number.as_ref().map_or(0.0, |line| line.width + 1.5)) * size;
        let number = number.filter(|number| taken(SMALL, &Some(number.clone())) <= room);
        let size = [40.0, 38.0, 36.0, SMALL].into_iter().find(|size| taken(*size, &number) <= room);
        let (body, size) = match size {
            Some(size) => (body, size),
            None => (of(&words.address.1), SMALL),
        };
        let y = RULE - 26.0;
        let (start, end) = (MARGIN, self.plan.width - MARGIN);
        let at = |line: &Line, leading: bool| if leading != self.rtl { start } else { end - line.width * size };
        let mut made = vec![Text { role: Role::Body, at: (at(&body, true), y), line: body, size }];
        made.extend(number.map(|line| Text { role: Role::Number, at: (at(&line, false), y), line, size }));
        self.texts.extend(made);
    }

    /// Lines one below the other from a top on; gives where they end.
    fn block(&mut self, role: Role, block: &Block, top: f32) -> f32 {
        for (at, line) in block.lines.iter().enumerate() {
            let y = top + block.leading * at as f32 + block.size * 0.86;
            self.line(role, line.clone(), block.size, y);
        }
        top + block.height()
    }

    fn line(&mut self, role: Role, line: Line, size: f32, y: f32) {
        let x = if self.rtl { self.plan.width - MARGIN - line.width * size } else { MARGIN };
        self.texts.push(Text { role, at: (x, y), line, size });
    }

    /// Status and address at the foot, beside the seal; gives where they begin.
    fn foot(&mut self, letters: &Lettering, words: &Words, (width, bottom): (f32, f32)) -> f32 {
        let leading = SMALL * 1.34;
        let mut y = bottom - 8.0;
        let (long, short) = &words.address;
        let fitting =
            [long, short].into_iter().map(|text| letters.line(text, Weight::Plain, false)).find(|line| line.width * SMALL <= width);
        if let Some(line) = fitting {
            self.line(Role::Address, line, SMALL, y);
            y -= leading;
        }
        let fit = Fit { width, height: leading * 4.5, lines: 4, sizes: (SMALL + 2.0, SMALL), leading: 1.3 };
        let status = words.status.as_ref().and_then(|status| letters.block(status, Weight::Strong, self.rtl, &fit));
        if let Some(block) = status {
            for line in block.lines.iter().rev() {
                self.line(Role::Status, line.clone(), block.size, y);
                y -= block.leading;
            }
        }
        y
    }
}

impl Role {
    /// The name that templates know.
    pub fn name(self) -> &'static str {
        match self {
            Role::Body => "body",
            Role::Number => "number",
            Role::Headline => "headline",
            Role::Summary => "summary",
            Role::Status => "status",
            Role::Address => "address",
        }
    }
}
