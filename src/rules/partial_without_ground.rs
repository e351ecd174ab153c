//! A decision published in part, without the legal ground.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A decision published in part, without the legal ground.
pub struct PartialWithoutGround;

impl Rule for PartialWithoutGround {
    fn name(&self) -> &'static str {
        "partial-without-ground"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for record in site.items.iter().flat_map(|item| &item.editions).map(|edition| &edition.record) {
            if record.fields.flag("partial") && record.fields.get("exempt_ground").is_none() {
                out.push(Finding::error(
                    self.name(),
                    record.place("partial"),
                    "A part is left out, but the page does not say on what ground.",
                    "Add `exempt_ground:` with the law and section.",
                ));
            }
        }
    }
}
