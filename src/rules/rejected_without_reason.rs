//! An option that was rejected without saying why.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// An option that was rejected without saying why.
pub struct RejectedWithoutReason;

impl Rule for RejectedWithoutReason {
    fn name(&self) -> &'static str {
        "rejected-without-reason"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for record in site.items.iter().map(|item| &item.original().record) {
            for (at, option) in record.fields.maps("options").enumerate() {
                if !option.flag("chosen") && option.text("why").is_none() {
                    out.push(Finding::warning(
                        self.name(),
                        record.place(format!("options.{at}")),
                        "Readers see that this option was rejected, but not why.",
                        "Add `why:` with the reason in one or two sentences.",
                    ));
                }
            }
        }
    }
}
