//! A translation that has not followed its original.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A translation that has not followed its original.
pub struct StaleTranslation;

impl Rule for StaleTranslation {
    fn name(&self) -> &'static str {
        "stale-translation"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for edition in site.items.iter().flat_map(|item| &item.editions).filter(|edition| edition.stale) {
            out.push(Finding::warning(
                self.name(),
                edition.record.place("title"),
                format!("The original changed after this translation (`{}`); its page says so.", edition.record.lang),
                "Bring the translation up to date and repeat the original's `updated:` in it.",
            ));
        }
    }
}
