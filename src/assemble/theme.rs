//! In: a theme's files. Out: templates, messages and static files with their final addresses.

use super::look::look;
use crate::model::finding::{Checked, Finding, Findings, Place};
use crate::model::lang::Lang;
use crate::model::messages::Messages;
use crate::model::route::{Route, SafePath};
use crate::model::settings::Settings;
use crate::model::source::{Asset, AssetBytes, ThemeSources};
use crate::model::theme::Theme;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The version of the template context that this program gives.
const CONTEXT: u64 = 1;

/// Reads a theme for the languages of the site.
pub fn theme(sources: &ThemeSources, settings: &Settings) -> Checked<(Theme, Messages)> {
    let mut findings = Findings::new();
    let messages = messages(sources, settings, &mut findings);
    let look = look(sources, settings, &mut findings);
    let wanted = |name: &SafePath, asset: &Asset| {
        let font = name.as_str().ends_with(".woff2") && matches!(asset.bytes, AssetBytes::BuiltIn(_));
        !font || look.fonts.values().any(|file| file == name.as_str())
    };
    let statics = sources.statics.iter().filter(|(name, asset)| wanted(name, asset));
    let theme = Theme {
        name: settings.theme.clone(),
        context: look.context,
        templates: sources.templates.clone(),
        statics: statics.map(|(name, asset)| (name.clone(), address(name, asset), asset.clone())).collect(),
        light: look.palette.light,
        dark: look.palette.dark,
        corner: look.corner,
        fonts: look.fonts,
        logo: look.logo,
        seal: look.seal,
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

fn messages(sources: &ThemeSources, settings: &Settings, out: &mut Findings) -> Messages {
    let english = "en".parse().expect("`en` is a language tag");
    let mut messages = Messages::new(vec![settings.default_lang(), english]);
    let mut wanted = settings.languages.clone();
    wanted.push(english);
    wanted.dedup();
    for source in &sources.messages {
        let stem = source.path.name().strip_suffix(".ftl").unwrap_or_default();
        let Ok(spoken) = stem.parse::<Lang>() else { continue };
        // `sv.ftl` serves `sv-FI` too; a file of the region's own comes after it in the order of names.
        let readers = wanted.iter().filter(|lang| **lang == spoken || lang.primary() == spoken.as_str());
        for lang in readers.copied().collect::<BTreeSet<_>>() {
            if let Err(error) = messages.add(lang, &source.text) {
                let place = Place::span(source.path.as_str(), &source.text, error.at, error.at + 1);
                out.push(Finding::error(
                    "bad-messages",
                    place,
                    format!("The messages cannot be read: {error}."),
                    "Write `key = Text`; a text of several lines is indented.",
                ));
                break;
            }
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
