//! In: a theme's files. Out: templates, messages and static files with their final addresses.

use crate::model::finding::{Checked, Finding, Findings, Place};
use crate::model::messages::Messages;
use crate::model::route::{Route, SafePath};
use crate::model::settings::Settings;
use crate::model::source::{Asset, AssetBytes, Source, ThemeSources};
use crate::model::theme::Theme;
use crate::text::palette;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The version of the template context that this program gives.
const CONTEXT: u64 = 1;

/// Reads a theme for the languages of the site.
pub fn theme(sources: &ThemeSources, settings: &Settings) -> Checked<(Theme, Messages)> {
    let mut findings = Findings::new();
    let messages = messages(sources, settings, &mut findings);
    let tokens = sources.tokens.as_ref().map(|source| tokens(source, &mut findings)).unwrap_or_default();
    let colour = settings.brand.text("colour").or(tokens.colour.as_deref()).unwrap_or("#0f5257");
    let colours = palette::palette(colour);
    let statics = sources.statics.iter().map(|(name, asset)| (name.clone(), address(name, asset), asset.clone())).collect();
    let theme = Theme {
        name: settings.theme.clone(),
        context: tokens.context,
        templates: sources.templates.clone(),
        statics,
        light: colours.light,
        dark: colours.dark,
        corner: settings.brand.text("corner").map(str::to_owned).or(tokens.corner).unwrap_or_else(|| "3px".into()),
        card_templates: sources.card_templates.clone(),
        card_fonts: sources.card_fonts.clone(),
    };
    if theme.context != CONTEXT {
        let place = sources.tokens.as_ref().map_or_else(|| Place::file("theme.yaml"), |source| Place::file(source.path.as_str()));
        findings.push(Finding::error(
            "theme-context",
            place,
            format!("The theme was written for version {} of the template context; this program gives version {CONTEXT}.", theme.context),
            "Use a theme for this version, or change it and its `context:`.",
        ));
    }
    Checked::new((theme, messages), findings)
}

struct Tokens {
    context: u64,
    colour: Option<String>,
    corner: Option<String>,
}

impl Default for Tokens {
    fn default() -> Tokens {
        Tokens { context: CONTEXT, colour: None, corner: None }
    }
}

fn tokens(source: &Source, out: &mut Findings) -> Tokens {
    let parsed: Result<BTreeMap<String, serde_json::Value>, _> = serde_yaml::from_str(&source.text);
    let Ok(map) = parsed else {
        out.push(Finding::error(
            "bad-theme",
            Place::file(source.path.as_str()),
            "theme.yaml cannot be read.",
            "Write `context: 1` and the brand's `colour` and `corner`.",
        ));
        return Tokens::default();
    };
    let brand = |name: &str| map.get("brand").and_then(|brand| brand.get(name)).and_then(|value| value.as_str()).map(str::to_owned);
    Tokens {
        context: map.get("context").and_then(serde_json::Value::as_u64).unwrap_or(CONTEXT),
        colour: brand("colour"),
        corner: brand("corner"),
    }
}

fn messages(sources: &ThemeSources, settings: &Settings, out: &mut Findings) -> Messages {
    let english = "en".parse().expect("`en` is a language tag");
    let mut messages = Messages::new(vec![settings.default_lang(), english]);
    for source in &sources.messages {
        let stem = source.path.name().strip_suffix(".ftl").unwrap_or_default();
        let Ok(lang) = stem.parse() else { continue };
        if !settings.languages.contains(&lang) && lang != english {
            continue;
        }
        if let Err(error) = messages.add(lang, &source.text) {
            let place = Place::span(source.path.as_str(), &source.text, error.at, error.at + 1);
            out.push(Finding::error(
                "bad-messages",
                place,
                format!("The messages cannot be read: {error}."),
                "Write `key = Text`; a text of several lines is indented.",
            ));
        }
    }
    messages
}

/// Where a static file is reached: what a page loads carries a hash of its bytes in its name, so that it can be kept
/// for ever; what has a name of its own keeps it. A site's file on disk is hashed by its name and length, since its
/// bytes are read only when it is copied.
fn address(name: &SafePath, asset: &Asset) -> Route {
    let plain = Route::new(&format!("/{name}")).expect("a safe path is an address");
    let Some((stem, ending)) = name.as_str().rsplit_once('.') else { return plain };
    let (AssetBytes::BuiltIn(bytes), "css" | "js" | "woff2") = (&asset.bytes, ending) else { return plain };
    let hash = crate::model::announcement::hex(&Sha256::digest(bytes)[..6]);
    Route::new(&format!("/{stem}.{hash}.{ending}")).unwrap_or(plain)
}
