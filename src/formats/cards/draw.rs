//! In: a card laid out. Out: its SVG by the theme's template, and the pixels of it.

use super::Studio;
use super::layout::{Placed, Role};
use super::words::{Variant, Words};
use crate::model::finding::{Finding, Place};
use crate::text::palette::Tokens;
use crate::text::seal;
use resvg::tiny_skia::Pixmap;
use resvg::usvg;
use std::collections::BTreeMap;
use std::error::Error;
use tera::{Context, Value};

/// The SVG of a card: `KIND.svg` where the theme has one, else `card.svg`.
pub(super) fn svg(studio: &Studio<'_>, words: &Words, hash: &[u8; 32], placed: &Placed) -> Result<String, String> {
    let (width, height) = placed.size;
    let colours = colours(&studio.site.theme.light, words.variant, width == height);
    let mut context = Context::new();
    context.insert("width", &width);
    context.insert("height", &height);
    context.insert("variant", words.variant.name());
    context.insert("kind", words.kind);
    context.insert("lang", words.lang.as_str());
    context.insert("dir", words.lang.direction());
    context.insert("rule", &BTreeMap::from([("x", placed.rule.0), ("y", placed.rule.1), ("width", placed.rule.2)]));
    let (x, y, radius) = placed.seal;
    context.insert("seal", &BTreeMap::from([("x", x), ("y", y), ("radius", radius)]));
    // Numbers and fixed words alone, drawn from a hash.
    context.insert_value("rosette", Value::safe_string(&seal::rosette(hash, "s")));
    let lines: Vec<BTreeMap<&str, String>> = placed
        .texts
        .iter()
        .map(|text| {
            let colour = match text.role {
                Role::Body | Role::Headline | Role::Summary => &colours["ink"],
                Role::Number | Role::Status => &colours["accent"],
                Role::Address => &colours["quiet"],
            };
            let d = studio.letters.outline(&text.line, text.size, text.at);
            BTreeMap::from([("role", text.role.name().to_owned()), ("colour", colour.clone()), ("d", d)])
        })
        .collect();
    context.insert("lines", &lines);
    context.insert("colours", &colours);
    context.insert("tokens", &studio.site.theme.light);
    let own = format!("{}.svg", words.kind);
    let name = if studio.tera.contains_template(&own) { own.as_str() } else { "card.svg" };
    studio.site.watch.over(name, || studio.tera.render(name, &context)).map_err(|error| spelled(&error))
}

/// Colours of a card by use; each word stands at 7:1 on its ground, as the palette promises of these pairs.
pub fn colours(tokens: &Tokens, variant: Variant, square: bool) -> Tokens {
    let token = |name: &str| tokens.get(name).cloned().unwrap_or_default();
    let of = |names: [&str; 4]| {
        let [ground, ink, accent, quiet] = names.map(|name| if name == "white" { "#ffffff".to_owned() } else { token(name) });
        BTreeMap::from([("ground", ground), ("ink", ink), ("accent", accent), ("quiet", quiet)])
    };
    match (variant, square) {
        (Variant::Alert, _) => of(["stop-solid", "white", "white", "white"]),
        (Variant::Correction, _) => of(["ok-tint", "ink", "ok", "ink"]),
        (Variant::Plain, true) => of(["brand", "on-brand", "on-brand", "on-brand"]),
        (Variant::Plain, false) => of(["paper", "ink", "brand", "muted"]),
    }
}

/// Draws an SVG; it can name no file and load nothing.
pub(super) fn pixels(svg: &str, (width, height): (u32, u32)) -> Result<Pixmap, String> {
    let resolver = usvg::ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
    let options = usvg::Options { image_href_resolver: resolver, resources_dir: None, ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(svg, &options).map_err(|error| format!("the card's SVG cannot be read: {error}"))?;
    let mut pixmap = Pixmap::new(width, height).ok_or("a card has no size")?;
    resvg::render(&tree, usvg::Transform::identity(), &mut pixmap.as_mut());
    Ok(pixmap)
}

/// The finding for a template that does not compile.
pub(super) fn template_fault(error: &tera::Error) -> Box<Finding> {
    Box::new(Finding::error(
        "bad-template",
        Place::file("cards/card.svg"),
        format!("The template of cards cannot be used: {}", spelled(error)),
        "Mend the template, or remove it to get the theme's own back.",
    ))
}

fn spelled(error: &tera::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    message
}
