//! A summary of more than 60 words.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A summary of more than 60 words.
pub struct LongSummary;

impl Rule for LongSummary {
    fn name(&self) -> &'static str {
        "long-summary"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for edition in site.items.iter().flat_map(|item| &item.editions) {
            let words = edition.record.summary().map_or(0, |summary| summary.split_whitespace().count());
            if words > 60 {
                out.push(Finding::warning(
                    self.name(),
                    edition.record.place("summary"),
                    format!("The summary has {words} words; readers on a phone stop after 60."),
                    "Keep what, why and what it means; move the rest into the text.",
                ));
            }
        }
    }
}
