//! A record without a date.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A record without a date.
pub struct MissingDate;

impl Rule for MissingDate {
    fn name(&self) -> &'static str {
        "missing-date"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let dated = site.items.iter().filter(|item| !matches!(item.kind.name, "page" | "service"));
        for record in dated.map(|item| &item.original().record).filter(|record| record.fields.get("date").is_none()) {
            out.push(Finding::error(
                self.name(),
                record.place("title"),
                "There is no `date:`, so nobody can know when this was published.",
                "Add `date: 2026-11-18`, or the time with its zone.",
            ));
        }
    }
}
