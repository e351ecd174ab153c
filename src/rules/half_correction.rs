//! A correction that is neither a rebuttal nor an error of our own.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A correction that is neither a rebuttal nor an error of our own.
pub struct HalfCorrection;

impl Rule for HalfCorrection {
    fn name(&self) -> &'static str {
        "half-correction"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let corrections = site.items.iter().filter(|item| item.kind.name == "correction");
        for record in corrections.flat_map(|item| &item.editions).map(|edition| &edition.record) {
            let has = |names: &[&str]| names.iter().all(|name| record.fields.get(name).is_some());
            if !has(&["claim", "verdict", "fact"]) && !has(&["corrects", "type"]) {
                out.push(Finding::error(
                    self.name(),
                    record.place("title"),
                    "It cannot be told whether this answers a claim by others or puts an error of our own right.",
                    "Write `claim:`, `verdict:` and `fact:`; or `corrects:` and `type:`.",
                ));
            }
        }
    }
}
