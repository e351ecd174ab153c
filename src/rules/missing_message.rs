//! An interface string that a language of the site lacks.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::lang::Lang;
use crate::model::site::Site;

/// An interface string that a language of the site lacks.
pub struct MissingMessage;

impl Rule for MissingMessage {
    fn name(&self) -> &'static str {
        "missing-message"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let reference = reference(site);
        for lang in &site.settings.languages {
            let missing = site.messages.lacks(*lang, reference);
            let place = Place::file(format!("messages/{lang}.ftl"));
            let there = site.messages.langs().any(|own| own == *lang);
            if !there {
                out.push(Finding::warning(
                    self.name(),
                    place,
                    format!("The theme has no interface in `{lang}`; readers get buttons and labels in `{}` there.", fallback(site, *lang)),
                    format!(
                        "Write `messages/{lang}.ftl`: `promulgate schema messages` prints the English one, to be translated. Or take `{lang}` out of `languages`."
                    ),
                ));
            } else if !missing.is_empty() {
                let more = if missing.len() > 5 { " …" } else { "" };
                let some = missing.iter().take(5).map(String::as_str).collect::<Vec<_>>().join(", ");
                let strings = if missing.len() == 1 { "string" } else { "strings" };
                out.push(Finding::warning(
                    self.name(),
                    place,
                    format!(
                        "The interface lacks {} {strings} in `{lang}` ({some}{more}); readers get another language there.",
                        missing.len()
                    ),
                    format!("Add them to `messages/{lang}.ftl` of the site or the theme."),
                ));
            }
        }
    }
}

/// English has every message; a site without any English is measured by its first language.
pub(super) fn reference(site: &Site) -> Lang {
    site.messages.langs().find(|lang| lang.as_str() == "en").unwrap_or(site.settings.default_lang())
}

/// The language that stands in for one without messages.
fn fallback(site: &Site, lang: Lang) -> Lang {
    let default = site.settings.default_lang();
    if default != lang && site.messages.langs().any(|own| own == default) { default } else { reference(site) }
}
