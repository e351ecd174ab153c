//! In: a theme's files. Out: templates, static files with their final names, and the tokens of its look.

use crate::model::route::{Route, SafePath};
use crate::model::source::{Asset, FontBytes, Source};
use std::collections::BTreeMap;

/// A theme, the site's own files already in place of the theme's.
#[derive(Debug, Default)]
pub struct Theme {
    /// Its name.
    pub name: String,
    /// Version of the template context it was written for, 1.
    pub context: u64,
    /// Templates by name, such as `decision.html`.
    pub templates: Vec<Source>,
    /// Static files: name below `static/`, address in the output (hashed for style sheets, scripts and fonts), asset.
    pub statics: Vec<(SafePath, Route, Asset)>,
    /// Colours by token for light and dark, such as `paper` and `ink`, as hex.
    pub light: BTreeMap<&'static str, String>,
    /// The dark colours.
    pub dark: BTreeMap<&'static str, String>,
    /// Corner radius as CSS, such as `3px`.
    pub corner: String,
    /// The font file of a script below `static/`, by the names of [`SCRIPTS`]; a script without one uses the system's.
    pub fonts: BTreeMap<&'static str, String>,
    /// The logo below `static/`.
    pub logo: Option<String>,
    /// The seal.
    pub seal: Seal,
    /// Templates of cards by name, such as `card.svg`.
    pub card_templates: Vec<Source>,
    /// Fonts of cards, by name, in the order in which they are asked for a letter.
    pub card_fonts: Vec<(String, FontBytes)>,
}

/// Scripts for which a theme may bring a font file of its own.
pub const SCRIPTS: [&str; 4] = ["latin", "cyrillic", "georgian", "arabic"];

/// The mark of authenticity on records and in place of a logo.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Seal {
    /// Drawn from the record's own hash.
    #[default]
    Drawn,
    /// None.
    Off,
    /// The body's own, a file below `static/`.
    Own(String),
}
