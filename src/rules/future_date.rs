//! A publication date that lies in the future.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A publication date that lies in the future.
pub struct FutureDate;

impl Rule for FutureDate {
    fn name(&self) -> &'static str {
        "future-date"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for record in site.items.iter().map(|item| &item.original().record) {
            let ahead = record.fields.stamp("date").filter(|date| !site.now.reached(*date));
            if let (Some(date), None) = (ahead, record.fields.get("publish_at")) {
                out.push(Finding::warning(
                    self.name(),
                    record.place("date"),
                    format!("The page says that it was published on {date}, which has not come yet."),
                    "Correct the date, or add `publish_at:` so that the page waits for it.",
                ));
            }
        }
    }
}
