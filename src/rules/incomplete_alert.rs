//! An alert that no machine could take: CAP 1.2 wants a category, and words for each area (3.2.2, 3.2.4).

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// An alert of which no valid CAP file can be written.
pub struct IncompleteAlert;

impl Rule for IncompleteAlert {
    fn name(&self) -> &'static str {
        "incomplete-alert"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let alerts = site.items.iter().filter(|item| item.kind.name == "alert");
        for record in alerts.map(|item| &item.original().record) {
            if record.fields.list("category").is_empty() {
                out.push(Finding::error(
                    self.name(),
                    record.place("category"),
                    "The alert has no category, so receivers of warnings drop it.",
                    "Write one or more of CAP's categories, such as `category: [Met]`.",
                ));
            }
            for (at, area) in record.fields.maps("areas").enumerate() {
                let said = area.text("name").is_some_and(|name| name.chars().any(|c| !c.is_whitespace() && !c.is_control()));
                if !said {
                    out.push(Finding::error(
                        self.name(),
                        record.place(format!("areas.{at}.name")),
                        "The area has no words, so receivers of warnings drop the alert.",
                        "Write where it holds as people call the place.",
                    ));
                }
            }
        }
    }
}
