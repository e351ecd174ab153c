//! A record without a summary in plain language.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A record without a summary in plain language.
pub struct MissingSummary;

impl Rule for MissingSummary {
    fn name(&self) -> &'static str {
        "missing-summary"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let wanted = site.items.iter().filter(|item| item.kind.name != "page");
        for edition in wanted.flat_map(|item| &item.editions).filter(|edition| edition.record.summary().is_none()) {
            out.push(Finding::warning(
                self.name(),
                edition.record.place("title"),
                "There is no summary; lists, feeds and posts fall back to the first sentences of the text.",
                "Add `summary:` with what, why and what it means for the reader, in 60 words at most.",
            ));
        }
    }
}
