//! A site without an accessibility statement (Directive (EU) 2016/2102, article 7; in Sweden lag 2018:1937, section 13).

use super::rule::Rule;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::record::RecordId;
use crate::model::site::Site;

/// A site without an accessibility statement.
pub struct MissingAccessibilityStatement;

impl Rule for MissingAccessibilityStatement {
    fn name(&self) -> &'static str {
        "missing-accessibility-statement"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let id = RecordId("pages/accessibility".into());
        let linked = site.settings.footer.iter().any(|(_, target)| target.contains("accessib"));
        if site.items.is_empty() || linked || site.by_id.contains_key(&id) || site.broken.contains(&id) {
            return;
        }
        out.push(Finding::warning(
            self.name(),
            Place::file("content/pages/accessibility.md"),
            "The site has no accessibility statement, so nobody is told how to report what keeps them out.",
            "Write `content/pages/accessibility.md`; every page then links it. `promulgate init` shows what belongs in it.",
        ));
    }
}
