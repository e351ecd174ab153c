//! In: a palette. Out: the pairs of its colours that stand together on pages and cannot be told apart well enough.
//!
//! WCAG 2.2: words need 4.5:1 (1.4.3), edges of controls, focus rings and other signs 3:1 (1.4.11). The table is what
//! themes promise to keep to; a colour that a theme puts elsewhere is beyond what can be known here.

use crate::text::palette::{Palette, Tokens, contrast};

/// What must be readable: its words, its tokens, the grounds they stand on, the least contrast.
const PAIRS: &[(&str, &[&str], &[&str], f64)] = &[
    ("text", &["ink", "muted", "link", "visited", "brand"], &["paper", "surface", "raised"], 4.5),
    ("text", &["ink", "link", "visited"], &["ok-tint", "warn-tint", "stop-tint", "info-tint"], 4.5),
    ("text", &["ok", "warn", "stop", "info"], &["paper", "surface", "raised"], 4.5),
    ("text", &["ok"], &["ok-tint"], 4.5),
    ("text", &["warn"], &["warn-tint"], 4.5),
    ("text", &["stop"], &["stop-tint"], 4.5),
    ("text", &["info"], &["info-tint"], 4.5),
    ("text", &["on-brand"], &["brand"], 4.5),
    ("text", &[WHITE], &["stop-solid"], 4.5),
    ("an edge", &["edge"], &["paper", "surface", "raised"], 3.0),
    ("a focus ring", &["focus"], &["paper", "surface", "raised"], 3.0),
];

/// The words of the alert bar.
const WHITE: &str = "#ffffff";

/// A pair that cannot be told apart well enough.
#[derive(Debug, Clone, PartialEq)]
pub struct Fault {
    /// `light` or `dark`.
    pub mode: &'static str,
    /// The token of the words or lines.
    pub ink: &'static str,
    /// Its colour.
    pub ink_colour: String,
    /// The token behind them.
    pub ground: &'static str,
    /// Its colour.
    pub ground_colour: String,
    /// Contrast, 1 to 21.
    pub ratio: f64,
    /// What WCAG asks for.
    pub least: f64,
    /// What it is: `text`, `an edge`, `a focus ring`.
    pub what: &'static str,
    /// Whether a darker ink would help, and not a lighter one.
    pub darker: bool,
}

/// Every pair of a palette below what WCAG 2.2 AA asks for, light and dark.
pub fn faults(palette: &Palette) -> Vec<Fault> {
    [("light", &palette.light), ("dark", &palette.dark)].into_iter().flat_map(|(mode, tokens)| of_mode(mode, tokens)).collect()
}

/// The pairs that are checked, as `ink on ground`, with the contrast they need.
pub fn pairs() -> impl Iterator<Item = (&'static str, &'static str, f64)> {
    PAIRS
        .iter()
        .flat_map(|(_, inks, grounds, least)| inks.iter().flat_map(move |ink| grounds.iter().map(move |ground| (*ink, *ground, *least))))
}

fn of_mode<'t>(mode: &'static str, tokens: &'t Tokens) -> impl Iterator<Item = Fault> + 't {
    let colour = |token: &str| tokens.get(token).cloned().unwrap_or_else(|| token.to_owned());
    let all = PAIRS.iter().flat_map(|(what, inks, grounds, least)| {
        inks.iter().flat_map(move |ink| grounds.iter().map(move |ground| (*what, *ink, *ground, *least)))
    });
    all.filter_map(move |(what, ink, ground, least)| {
        let (ink_colour, ground_colour) = (colour(ink), colour(ground));
        let ratio = contrast(&ink_colour, &ground_colour);
        // Rounded as it is shown, down: 4.4999 is not 4.5.
        let ratio = (ratio * 100.0).floor() / 100.0;
        let darker = contrast(&ground_colour, "#000000") > contrast(&ground_colour, WHITE);
        (ratio < least).then_some(Fault { mode, ink, ink_colour, ground, ground_colour, ratio, least, what, darker })
    })
}
