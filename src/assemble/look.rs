//! In: a theme's `theme.yaml` and the site's `brand:`. Out: its look: colours, fonts, logo, corner and seal, each one checked.
//!
//! The site's word stands over the theme's, token by token. A colour that nobody could read is refused here, where no
//! setting can switch the check off.

use crate::model::finding::{Finding, Findings, Place};
use crate::model::record::{Fields, Value as Typed};
use crate::model::settings::Settings;
use crate::model::source::{Source, ThemeSources};
use crate::model::theme::{SCRIPTS, Seal};
use crate::text::contrast;
use crate::text::palette::{self, Palette};
use serde_json::Value;
use std::collections::BTreeMap;

/// The file of the settings, for places.
const SETTINGS: &str = "promulgate.yaml";

/// The version of the template context that a theme without one was written for.
const CONTEXT: u64 = 1;

/// What a theme and a site ask for.
pub(super) struct Look {
    /// Version of the template context.
    pub(super) context: u64,
    /// All colours.
    pub(super) palette: Palette,
    /// Radius of corners.
    pub(super) corner: String,
    /// Font file by script.
    pub(super) fonts: BTreeMap<&'static str, String>,
    /// The logo below `static/`.
    pub(super) logo: Option<String>,
    /// The seal.
    pub(super) seal: Seal,
}

/// One layer: `brand:` of the theme, or of the site.
#[derive(Default)]
struct Brand {
    place: String,
    texts: BTreeMap<&'static str, String>,
    fonts: Vec<(String, String)>,
    tokens: Vec<(&'static str, String, String)>,
}

/// Reads the look of a theme under the brand of a site.
pub(super) fn look(sources: &ThemeSources, settings: &Settings, out: &mut Findings) -> Look {
    let (context, theme) = sources.tokens.as_ref().map_or((CONTEXT, Brand::default()), |source| of_theme(source, out));
    let site = of_site(&settings.brand);
    let said = |name: &str| site.texts.get(name).or_else(|| theme.texts.get(name)).cloned();
    let mut palette = palette::palette(said("colour").as_deref().unwrap_or(palette::DEFAULT_BRAND));
    let mut fonts = BTreeMap::new();
    for brand in [&theme, &site] {
        brand.set_tokens(&mut palette, out);
        brand.set_fonts(&mut fonts, out);
    }
    let seal = match said("seal").as_deref() {
        None | Some("on" | "true") => Seal::Drawn,
        Some("off" | "false") => Seal::Off,
        Some(file) => Seal::Own(file.to_owned()),
    };
    let look = Look { context, palette, corner: said("corner").unwrap_or_else(|| "3px".into()), fonts, logo: said("logo"), seal };
    let place = if site.tokens.is_empty() { &theme.place } else { &site.place };
    unreadable(&look.palette, place, out);
    alarming(&said("colour"), out);
    missing(&look, sources, out);
    look
}

fn of_theme(source: &Source, out: &mut Findings) -> (u64, Brand) {
    let place = source.path.to_string();
    if let Some(why) = is_bomb(&source.text) {
        bad(&place, why, out);
        return (CONTEXT, Brand { place, ..Brand::default() });
    }
    let parsed: Result<BTreeMap<String, Value>, _> = serde_yaml::from_str(&source.text);
    let Ok(map) = parsed else {
        bad(&place, "theme.yaml cannot be read.", out);
        return (CONTEXT, Brand { place, ..Brand::default() });
    };
    let mut brand = Brand { place, ..Brand::default() };
    for (name, value) in map.get("brand").and_then(Value::as_object).into_iter().flatten() {
        match (name.as_str(), value) {
            ("colour", Value::String(colour)) if !is_hex(colour) => {
                bad(&brand.place, &format!("`{colour}` is not a hex colour such as `#0f5257`."), out);
            }
            ("colour", Value::String(said)) => brand.say("colour", said),
            ("logo", Value::String(said)) => brand.say("logo", said),
            ("corner", Value::String(said)) => brand.say("corner", said),
            ("seal", Value::String(said)) => brand.say("seal", said),
            ("seal", Value::Bool(said)) => brand.say("seal", if *said { "on" } else { "off" }),
            ("fonts", Value::Object(fonts)) => {
                brand.fonts.extend(fonts.iter().filter_map(|(script, file)| Some((script.clone(), file.as_str()?.to_owned()))));
            }
            ("tokens", Value::Object(modes)) => {
                for (mode, tokens) in [("light", modes.get("light")), ("dark", modes.get("dark"))] {
                    let tokens = tokens.and_then(Value::as_object).into_iter().flatten();
                    brand
                        .tokens
                        .extend(tokens.map(|(token, colour)| (mode, token.clone(), colour.as_str().unwrap_or_default().to_owned())));
                }
            }
            _ => bad(&brand.place, &format!("`brand.{name}` is not a token, or does not hold what it should."), out),
        }
    }
    (map.get("context").and_then(Value::as_u64).unwrap_or(CONTEXT), brand)
}

/// What no parser should see: a theme's settings are short, flat, and name nothing twice.
fn is_bomb(text: &str) -> Option<&'static str> {
    if text.len() > 64 * 1024 {
        return Some("theme.yaml is longer than 64 KiB.");
    }
    let mut before = '\n';
    let (mut open, mut deepest) = (0usize, 0usize);
    for line in text.lines().filter(|line| !line.trim_start().starts_with('#')) {
        for c in line.chars() {
            if matches!(c, '&' | '*' | '!') && matches!(before, '\n' | ':' | '-' | '[' | ',' | '{' | '?') {
                return Some("theme.yaml holds an anchor, an alias or a tag; write the value itself.");
            }
            open = match c {
                '[' | '{' => open + 1,
                ']' | '}' => open.saturating_sub(1),
                _ => open,
            };
            deepest = deepest.max(open);
            before = if c.is_whitespace() { before } else { c };
        }
        let indent = line.len() - line.trim_start().len();
        let dashes = line.trim_start().split(' ').take_while(|word| matches!(*word, "-" | "?")).count();
        if deepest > 16 || dashes > 16 || indent > 64 {
            return Some("theme.yaml is nested too deep.");
        }
        before = '\n';
    }
    None
}

fn of_site(fields: &Fields) -> Brand {
    let mut brand = Brand { place: SETTINGS.into(), ..Brand::default() };
    for name in ["colour", "logo", "corner", "seal"] {
        fields.text(name).into_iter().for_each(|said| brand.say(name, said));
    }
    let latin = fields.text("font").map(|file| ("latin".to_owned(), file.to_owned()));
    brand.fonts.extend(latin);
    if let Some(fonts) = fields.map("fonts") {
        brand.fonts.extend(fonts.0.iter().filter_map(|(script, file)| Some(((*script).to_string(), file.text()?.to_owned()))));
    }
    for mode in ["light", "dark"] {
        if let Some(Typed::Named(tokens)) = fields.map("tokens").and_then(|tokens| tokens.get(mode)) {
            brand.tokens.extend(tokens.iter().filter_map(|(token, colour)| Some((mode, token.clone(), colour.text()?.to_owned()))));
        }
    }
    brand
}

impl Brand {
    fn say(&mut self, name: &'static str, said: &str) {
        self.texts.insert(name, said.to_owned());
    }

    fn set_tokens(&self, palette: &mut Palette, out: &mut Findings) {
        for (mode, token, colour) in &self.tokens {
            let tokens = if *mode == "light" { &mut palette.light } else { &mut palette.dark };
            match tokens.iter_mut().find(|(name, _)| *name == token) {
                Some((_, set)) if is_hex(colour) => *set = colour.to_ascii_lowercase(),
                Some(_) => bad(&self.place, &format!("`{token}` holds `{colour}`, which is not a hex colour such as `#0f5257`."), out),
                None => bad(&self.place, &format!("There is no colour token `{token}`."), out),
            }
        }
    }

    fn set_fonts(&self, fonts: &mut BTreeMap<&'static str, String>, out: &mut Findings) {
        for (script, file) in &self.fonts {
            match SCRIPTS.iter().find(|known| *known == script) {
                Some(known) => {
                    fonts.insert(known, file.clone());
                }
                None => bad(&self.place, &format!("There is no script `{script}`; fonts are given for {}.", SCRIPTS.join(", ")), out),
            }
        }
    }
}

fn bad(place: &str, message: &str, out: &mut Findings) {
    let help = "Write `context: 1`, and under `brand:` the tokens that docs/theme.md lists: colour, fonts, logo, corner, seal, tokens.";
    out.push(Finding::error("bad-theme", Place::file(place), message, help));
}

fn unreadable(palette: &Palette, place: &str, out: &mut Findings) {
    for fault in contrast::faults(palette) {
        let (ink, ground, mode) = (fault.ink, fault.ground, fault.mode);
        let message = format!(
            "`{ink}` {} on `{ground}` {} has a contrast of {:.2}:1 in the {mode} colours; {} needs {}:1.",
            fault.ink_colour, fault.ground_colour, fault.ratio, fault.what, fault.least
        );
        let help = format!(
            "Make `{ink}` {} or leave the token out, so that it is derived from `colour` and can be read.",
            if fault.darker { "darker" } else { "lighter" }
        );
        out.push(Finding::error("low-contrast", Place::field(place, format!("brand.tokens.{mode}.{ink}")), message, help));
    }
}

fn alarming(colour: &Option<String>, out: &mut Findings) {
    if let Some(colour) = colour.as_deref().filter(|colour| palette::looks_like_alarm(colour)) {
        out.push(Finding::warning(
            "alarming-brand",
            Place::field(SETTINGS, "brand.colour"),
            format!("The brand colour {colour} looks like the red of alerts."),
            "Choose another hue for links and rules, and keep the red for the logo, so that an alert is still seen as one.",
        ));
    }
}

fn missing(look: &Look, sources: &ThemeSources, out: &mut Findings) {
    let seal = if let Seal::Own(file) = &look.seal { Some(("seal", file)) } else { None };
    let fonts = look.fonts.iter().map(|(script, file)| (*script, file));
    for (what, file) in look.logo.iter().map(|file| ("logo", file)).chain(seal).chain(fonts) {
        if !sources.statics.iter().any(|(name, _)| name.as_str() == file) {
            out.push(Finding::error(
                "missing-brand-file",
                Place::field(SETTINGS, "brand"),
                format!("The {what} `{file}` is neither in the site's `static/` nor in the theme's."),
                format!("Put the file at `static/{file}`, or correct its name."),
            ));
        }
    }
}

fn is_hex(colour: &str) -> bool {
    colour.strip_prefix('#').is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|b| b.is_ascii_hexdigit()))
}
