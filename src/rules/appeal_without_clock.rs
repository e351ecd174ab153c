//! A decision that can be appealed, and no day from which or until which.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A decision that can be appealed, and no day from which or until which.
pub struct AppealWithoutClock;

impl Rule for AppealWithoutClock {
    fn name(&self) -> &'static str {
        "appeal-without-clock"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for item in site.items.iter().filter(|item| item.kind.name == "decision" && item.appeal_until.is_none()) {
            let record = &item.original().record;
            if record.fields.map("appeal").is_some() {
                out.push(Finding::warning(
                    self.name(),
                    record.place("appeal"),
                    "The page says how to appeal, but not until when.",
                    "Add `announced:` with the day on which the minutes were announced, or `appeal.until:`.",
                ));
            }
        }
    }
}
