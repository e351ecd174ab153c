//! In: the theme's colours and fonts. Out: one style sheet, its name carrying the hash of its bytes.

use super::tree::{Tree, text};
use crate::model::lang::Lang;
use crate::model::route::Route;
use crate::model::site::Site;
use tera::{Context, Tera, Value};
use xxhash_rust::xxh3::xxh3_64;

/// The site's style sheet and the font that pages of each language load.
pub(super) struct Style {
    /// Its bytes.
    pub(super) css: String,
    /// Its address.
    pub(super) route: Route,
    /// The icon of browser tabs in the site's colours; none where the theme or the site has a file of its own.
    pub(super) favicon: Option<String>,
    fonts: Vec<(&'static [&'static str], String)>,
}

/// A face per script group. Only the Latin one has Latin letters: where a page mixes scripts, a word such as `Björnäs` comes
/// whole from one design, and the second file is loaded on such pages alone. Name, script, characters, languages (none: all others), whether it is the script's own design.
const FACES: [(&str, &str, &str, &[&str], bool); 4] = [
    ("Latin", "latin", "U+20-7E,U+A0-17F,U+218-21B,U+2010-2026,U+2022,U+20AC,U+2212", &[], false),
    (
        "Cyrillic",
        "cyrillic",
        "U+20-40,U+5B-60,U+7B-7E,U+A0-BB,U+400-4FF,U+2010-2026,U+20AC,U+2116,U+2212",
        &["ru", "kk", "uk", "be", "bg", "ky", "tg", "mn"],
        false,
    ),
    ("Georgian", "georgian", "U+20-40,U+5B-60,U+7B-7E,U+A0-BB,U+10A0-10FF,U+2010-2026,U+20AC,U+2212", &["ka"], true),
    (
        "Arabic",
        "arabic",
        "U+20-40,U+5B-60,U+7B-7E,U+A0-BB,U+600-6FF,U+750-77F,U+8A0-8FF,U+200C-200F,U+FB50-FDFF,U+FE70-FEFC",
        &["ar", "fa", "ur"],
        true,
    ),
];

/// Languages written in scripts of their own; where the theme has no font for them they use the system's.
const SYSTEM: &[&str] = &["ar", "fa", "ur", "he", "el", "hy", "ti", "am", "zh", "ja", "ko", "th"];

impl Style {
    /// Renders `site.css` with the colours, the corner and the faces.
    pub(super) fn make(site: &Site, tera: &Tera) -> Result<Style, tera::Error> {
        let font = |file: &str| site.theme.statics.iter().find(|(name, ..)| name.as_str() == file).map(|(_, route, _)| route.href());
        let (mut faces, mut fonts) = (Vec::new(), Vec::new());
        for (name, script, range, langs, own_design) in FACES {
            let Some(href) = site.theme.fonts.get(script).and_then(|file| font(file)) else { continue };
            let selector = langs.iter().map(|lang| format!("html:lang({lang})")).collect::<Vec<_>>().join(",");
            fonts.push((langs, href.clone()));
            faces.push(
                Tree::new()
                    .with("name", text(name))
                    .with("href", href)
                    .with("range", text(range))
                    .with("langs", selector)
                    .with("own", own_design)
                    .done(),
            );
        }
        let tokens = |tokens: &std::collections::BTreeMap<&'static str, String>| Value::from(tokens.clone());
        let mut context = Context::new();
        context.insert_value("light", tokens(&site.theme.light));
        context.insert_value("dark", tokens(&site.theme.dark));
        context.insert_value("corner", text(&css_length(&site.theme.corner)));
        context.insert_value("faces", Value::from(faces));
        let css = tight(&tera.render("site.css", &context)?);
        let own_icon = font("favicon.svg").is_some() || !tera.contains_template("favicon.svg");
        let favicon = if own_icon { None } else { Some(tera.render("favicon.svg", &context)?) };
        let route = Route::new(&format!("/assets/site.{:016x}.css", xxh3_64(css.as_bytes()))).expect("a hash is a plain name");
        Ok(Style { css, route, favicon, fonts })
    }

    /// The one font file that pages of a language load.
    pub(super) fn font(&self, lang: Lang) -> Option<&str> {
        let named = self.fonts.iter().find(|(langs, _)| langs.contains(&lang.primary()));
        let latin = || self.fonts.iter().find(|(langs, _)| langs.is_empty() && !SYSTEM.contains(&lang.primary()));
        named.or_else(latin).map(|(_, href)| href.as_str())
    }
}

/// The style sheet without its comments and line ends, which only its writers need; quoted text stays as it is.
fn tight(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some(at) = rest.find(['"', '\'', '/', '\n']) {
        let (plain, from) = rest.split_at(at);
        out.push_str(plain);
        let sign = from.as_bytes()[0];
        let taken = match sign {
            b'/' if from.starts_with("/*") => from.find("*/").map_or(from.len(), |end| end + 2),
            b'\n' => {
                let next = from.trim_start();
                if !(out.is_empty() || out.ends_with(['{', '}', ';', ',', ' ']) || next.starts_with('}')) {
                    out.push(' ');
                }
                from.len() - next.len()
            }
            b'/' => {
                out.push('/');
                1
            }
            quote => {
                let end = from[1..].find(char::from(quote)).map_or(from.len(), |end| end + 2);
                out.push_str(&from[..end]);
                end
            }
        };
        rest = &from[taken..];
    }
    out.push_str(rest);
    out
}

/// A length that cannot end the rule it stands in.
fn css_length(typed: &str) -> String {
    typed.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '.').take(12).collect()
}

#[cfg(test)]
mod tests {
    use super::tight;

    #[test]
    fn a_style_sheet_loses_what_only_its_writers_need() {
        let css =
            "/* One. */\n:root{--a:1px;\n--b:url(\"x/*y*/.svg\")}\n\n.a{\n  margin:0\n  auto;font:1em/1.5 'A\n B'}\n.b/* two */ .c{}\n";
        assert_eq!(tight(css), ":root{--a:1px;--b:url(\"x/*y*/.svg\")}.a{margin:0 auto;font:1em/1.5 'A\n B'}.b .c{}");
    }
}
