//! A message with a placeholder that nothing fills.

use super::missing_message::reference;
use super::rule::Rule;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::site::Site;

/// A message with a placeholder that nothing fills.
pub struct UnknownVariable;

impl Rule for UnknownVariable {
    fn name(&self) -> &'static str {
        "unknown-variable"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let reference = reference(site);
        for lang in &site.settings.languages {
            for (key, name) in site.messages.unfillable(*lang, reference) {
                let help = if name.starts_with('$') {
                    format!("Use the placeholders that `{key}` has in `messages/{reference}.ftl`.")
                } else {
                    "Define it in the same file, or write the words out.".to_owned()
                };
                out.push(Finding::warning(
                    self.name(),
                    Place::file(format!("messages/{lang}.ftl")),
                    format!("The message `{key}` has `{{ {name} }}`, which nothing fills; readers would see it as it is typed."),
                    help,
                ));
            }
        }
    }
}
