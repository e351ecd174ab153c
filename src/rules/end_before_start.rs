//! Something that ends before it begins.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// Something that ends before it begins.
pub struct EndBeforeStart;

impl Rule for EndBeforeStart {
    fn name(&self) -> &'static str {
        "end-before-start"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        const PAIRS: [(&str, &str); 5] =
            [("opens", "closes"), ("starts", "ends"), ("in_force", "until"), ("effective", "resolved"), ("posted", "take_down")];
        for record in site.items.iter().map(|item| &item.original().record) {
            for (first, last) in PAIRS {
                if let (Some(begins), Some(ends)) = (record.fields.stamp(first), record.fields.stamp(last))
                    && ends.ends(&site.now.zone) < begins.begins(&site.now.zone)
                {
                    out.push(Finding::error(
                        self.name(),
                        record.place(last),
                        format!("`{last}` ({ends}) lies before `{first}` ({begins})."),
                        "Correct one of the two dates.",
                    ));
                }
            }
        }
    }
}
