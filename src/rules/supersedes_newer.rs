//! A decision that replaces a later one.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::Site;

/// A decision that replaces a later one.
pub struct SupersedesNewer;

impl Rule for SupersedesNewer {
    fn name(&self) -> &'static str {
        "supersedes-newer"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for item in &site.items {
            for older in item.links.supersedes.iter().map(|at| &site.items[*at]).filter(|older| older.day > item.day) {
                out.push(Finding::error(
                    self.name(),
                    item.original().record.place("supersedes"),
                    format!("This decision is older than `{}`, which it is said to replace.", older.id),
                    "Write `supersedes:` in the newer of the two.",
                ));
            }
        }
    }
}
