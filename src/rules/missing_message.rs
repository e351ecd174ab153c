//! An interface string that a language of the site lacks.

use super::rule::Rule;
use crate::model::finding::Place;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// An interface string that a language of the site lacks.
pub struct MissingMessage;

impl Rule for MissingMessage {
    fn name(&self) -> &'static str {
        "missing-message"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let reference = site.settings.default_lang();
        let english = site.messages.langs().find(|lang| lang.as_str() == "en").unwrap_or(reference);
        for lang in &site.settings.languages {
            let missing: Vec<&str> = site.messages.keys(english).into_iter().filter(|key| !site.messages.has(*lang, key)).collect();
            if !missing.is_empty() {
                let some = missing.iter().take(5).copied().collect::<Vec<_>>().join(", ");
                out.push(Finding::warning(
                    self.name(),
                    Place::file(format!("messages/{lang}.ftl")),
                    format!("The interface lacks {} strings in `{lang}` ({some} …); readers get another language there.", missing.len()),
                    format!("Add them to `messages/{lang}.ftl` of the site or the theme."),
                ));
            }
        }
    }
}
