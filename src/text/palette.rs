//! In: one brand colour. Out: every colour of the site, light and dark, each one readable.
//!
//! Works in OKLCH (Björn Ottosson, 2020): the hue is kept, lightness is walked in steps of 0.005 until the contrast
//! (WCAG 2.2, relative luminance) holds: ink 12:1 (11:1 dark), words 7:1 on paper and surface, edges and focus 3.2:1.
//! The hues of statuses are fixed and never derived, so that red always means stop.

use std::collections::BTreeMap;

/// Colours by token, as `#rrggbb`.
pub type Tokens = BTreeMap<&'static str, String>;

/// All colours of a site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Palette {
    /// On light paper.
    pub light: Tokens,
    /// On dark paper.
    pub dark: Tokens,
}

/// The colour taken where none, or none that can be read, was given: a deep sea green.
pub const DEFAULT_BRAND: &str = "#0f5257";

const STATUS: [(&str, &str, f64, f64); 4] = [
    ("ok", "ok-tint", 155.0, 0.1),
    ("warn", "warn-tint", 75.0, 0.11),
    ("stop", "stop-tint", 27.0, 0.17),
    ("info", "info-tint", 250.0, 0.1),
];

/// The palette of a brand colour `#rrggbb`.
pub fn palette(brand: &str) -> Palette {
    let brand = Oklch::of(brand).or_else(|| Oklch::of(DEFAULT_BRAND)).expect("the default brand is a hex colour");
    Palette { light: light(brand), dark: dark(brand) }
}

/// Whether a brand colour could be taken for an alarm: its hue lies within 20° of the red of alerts.
pub fn looks_like_alarm(brand: &str) -> bool {
    Oklch::of(brand).is_some_and(|colour| colour.c > 0.05 && (colour.h - 27.0).abs() < 20.0)
}

/// Contrast of two colours by WCAG 2.2, 1 to 21; 1 where one is not a hex colour.
pub fn contrast(one: &str, other: &str) -> f64 {
    let (Some(a), Some(b)) = (luminance(one), luminance(other)) else { return 1.0 };
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

fn light(brand: Oklch) -> Tokens {
    let (hue, neutral) = (brand.h, (brand.c * 0.14).min(0.018));
    let paper = hex(0.988, neutral * 0.25, hue);
    let surface = hex(0.957, neutral * 0.9, hue);
    let grounds = [paper.as_str(), surface.as_str()];
    let darker = |l, c, h, min| guard(Oklch { l, c, h }, &grounds, min, -0.005);
    let main = darker(brand.l.min(0.42), brand.c.max(0.03), hue, 7.0);
    let mut tokens = Tokens::from([
        ("ink", darker(0.235, neutral * 1.6, hue, 12.0)),
        ("muted", darker(0.46, neutral * 1.6, hue, 7.0)),
        ("line", hex(0.885, neutral * 0.9, hue)),
        ("edge", darker(0.62, neutral * 1.4, hue, 3.2)),
        ("link", main.clone()),
        ("brand", main),
        ("on-brand", "#ffffff".into()),
        ("raised", "#ffffff".into()),
        ("visited", darker(0.42, 0.13, visited_hue(hue), 7.0)),
        ("focus", darker(0.5, 0.2, (hue + 140.0) % 360.0, 3.2)),
        ("stop-solid", guard(Oklch { l: 0.45, c: 0.17, h: 27.0 }, &["#ffffff"], 7.0, -0.005)),
    ]);
    for (name, tint_name, h, c) in STATUS {
        let tint = hex(0.952, (c * 0.3_f64).min(0.035), h);
        let plain = guard(Oklch { l: 0.42, c, h }, &[&paper, &surface, &tint], 7.0, -0.005);
        tokens.extend([(name, plain), (tint_name, tint)]);
    }
    tokens.extend([("paper", paper), ("surface", surface)]);
    tokens
}

fn dark(brand: Oklch) -> Tokens {
    let (hue, neutral) = (brand.h, (brand.c * 0.14).min(0.018));
    let paper = hex(0.185, neutral * 1.1, hue);
    let surface = hex(0.232, neutral * 1.4, hue);
    let raised = hex(0.262, neutral * 1.5, hue);
    let grounds = [paper.as_str(), surface.as_str(), raised.as_str()];
    let lighter = |l, c, h, min| guard(Oklch { l, c, h }, &grounds, min, 0.005);
    let main = lighter(0.78, brand.c.min(0.11), hue, 7.0);
    let mut tokens = Tokens::from([
        ("ink", lighter(0.93, neutral * 0.5, hue, 11.0)),
        ("muted", lighter(0.74, neutral * 0.9, hue, 7.0)),
        ("line", hex(0.34, neutral * 1.6, hue)),
        ("edge", lighter(0.55, neutral * 1.4, hue, 3.2)),
        ("link", main.clone()),
        ("brand", main),
        ("on-brand", paper.clone()),
        ("visited", lighter(0.78, 0.1, visited_hue(hue), 7.0)),
        ("focus", lighter(0.82, 0.15, (hue + 140.0) % 360.0, 3.2)),
        ("stop-solid", guard(Oklch { l: 0.45, c: 0.17, h: 27.0 }, &["#ffffff"], 7.0, -0.005)),
    ]);
    for (name, tint_name, h, c) in STATUS {
        let tint = hex(0.29, (c * 0.45_f64).min(0.055), h);
        let plain = guard(Oklch { l: 0.8, c: c * 0.85, h }, &[&paper, &surface, &raised, &tint], 7.0, 0.005);
        tokens.extend([(name, plain), (tint_name, tint)]);
    }
    tokens.extend([("paper", paper), ("surface", surface), ("raised", raised)]);
    tokens
}

/// Violet, or its neighbour where the brand itself is violet.
fn visited_hue(brand: f64) -> f64 {
    if brand > 285.0 && brand < 345.0 { brand - 60.0 } else { 318.0 }
}

/// Walks the lightness until the contrast holds on every ground.
fn guard(mut colour: Oklch, grounds: &[&str], least: f64, step: f64) -> String {
    loop {
        let shown = hex(colour.l, colour.c, colour.h);
        colour.l += step;
        if grounds.iter().all(|ground| contrast(&shown, ground) >= least) || !(0.0..=1.0).contains(&colour.l) {
            return shown;
        }
    }
}

#[derive(Clone, Copy)]
struct Oklch {
    l: f64,
    c: f64,
    h: f64,
}

impl Oklch {
    fn of(hex: &str) -> Option<Oklch> {
        let [r, g, b] = linear(hex)?;
        let l = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b).cbrt();
        let m = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b).cbrt();
        let s = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b).cbrt();
        let a = 1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s;
        let b = 0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s;
        let light = 0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s;
        Some(Oklch { l: light, c: a.hypot(b), h: (b.atan2(a).to_degrees() + 360.0) % 360.0 })
    }
}

fn to_rgb(l: f64, c: f64, h: f64) -> [f64; 3] {
    let (a, b) = (c * h.to_radians().cos(), c * h.to_radians().sin());
    let long = (l + 0.3963377774 * a + 0.2158037573 * b).powi(3);
    let mid = (l - 0.1055613458 * a - 0.0638541728 * b).powi(3);
    let short = (l - 0.0894841775 * a - 1.291485548 * b).powi(3);
    [
        4.0767416621 * long - 3.3077115913 * mid + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * mid - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * mid + 1.707614701 * short,
    ]
}

/// The nearest colour that a screen can show: chroma shrinks until all three channels fit.
fn hex(l: f64, c: f64, h: f64) -> String {
    let mut chroma = c;
    for _ in 0..60 {
        if to_rgb(l, chroma, h).iter().all(|v| *v > -0.0005 && *v < 1.0005) {
            break;
        }
        chroma *= 0.95;
    }
    let byte = |v: f64| (255.0 * gamma(v.clamp(0.0, 1.0)).clamp(0.0, 1.0)).round() as u8;
    let [r, g, b] = to_rgb(l, chroma, h).map(byte);
    format!("#{r:02x}{g:02x}{b:02x}")
}

fn gamma(v: f64) -> f64 {
    if v <= 0.0031308 { 12.92 * v } else { 1.055 * v.powf(1.0 / 2.4) - 0.055 }
}

fn linear(hex: &str) -> Option<[f64; 3]> {
    let digits = hex.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    let number = u32::from_str_radix(digits, 16).ok()?;
    Some([number >> 16, number >> 8 & 255, number & 255].map(|v| {
        let v = f64::from(v) / 255.0;
        if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    }))
}

fn luminance(hex: &str) -> Option<f64> {
    linear(hex).map(|[r, g, b]| 0.2126 * r + 0.7152 * g + 0.0722 * b)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// SplitMix64 (Steele, Lea, Flood 2014), so that every run tries the same colours.
    fn random(state: &mut u64) -> u64 {
        *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = *state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    #[test]
    fn any_brand_colour_gives_readable_words() {
        let mut seed = 20_261_118;
        for _ in 0..3_000 {
            let brand = format!("#{:06x}", random(&mut seed) & 0xff_ffff);
            let made = palette(&brand);
            for tokens in [&made.light, &made.dark] {
                for word in ["ink", "muted", "link", "brand", "visited", "ok", "warn", "stop", "info"] {
                    for ground in ["paper", "surface"] {
                        let ratio = contrast(&tokens[word], &tokens[ground]);
                        assert!(ratio >= 7.0, "{brand}: {word} on {ground} is {ratio:.2}");
                    }
                }
                for tint in ["ok", "warn", "stop", "info"] {
                    assert!(contrast(&tokens[tint], &tokens[format!("{tint}-tint").as_str()]) >= 7.0, "{brand}: {tint} on its tint");
                }
                assert!(contrast(&tokens["on-brand"], &tokens["brand"]) >= 7.0, "{brand}: on-brand");
                assert!(
                    contrast(&tokens["edge"], &tokens["paper"]) >= 3.0 && contrast(&tokens["focus"], &tokens["paper"]) >= 3.0,
                    "{brand}"
                );
                assert!(contrast("#ffffff", &tokens["stop-solid"]) >= 7.0);
            }
        }
    }

    #[test]
    fn the_prototype_is_met() {
        let made = palette("#0f5257");
        assert_eq!(made.light["paper"], "#f9fbfc");
        assert_eq!(made.light["brand"], "#0f5257");
        assert_eq!(made.dark["brand"], "#87c4c9");
        assert!(looks_like_alarm("#c0201c") && !looks_like_alarm("#0f5257"));
    }
}
