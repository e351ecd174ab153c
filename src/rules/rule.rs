//! The contract of a rule: what must hold for a site, found before anything is written.
//!
//! A rule is one file, named for the fault that it finds, so that `checks: {stale-translation: off}` reads well. Its
//! page for users, with an example of the fault and its mending, is `tests/rules/NAME.md`; the same page is its test
//! and what `promulgate explain NAME` prints.

use crate::model::finding::Findings;
use crate::model::site::Site;

/// Something that must hold.
pub trait Rule: Send + Sync {
    /// The name of the fault: the code of its findings and the key under `checks:`.
    fn name(&self) -> &'static str;

    /// Looks at the whole site and adds what it finds.
    fn check(&self, site: &Site, out: &mut Findings);
}
