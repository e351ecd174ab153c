//! A `security.txt` that has expired, soon will, or would hold for longer than a year.

use super::rule::Rule;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::site::Site;

/// How many days before its end a warning begins.
const AHEAD: i32 = 30;
/// The longest that RFC 9116 recommends, in days.
const YEAR: i32 = 366;

/// A `security.txt` that has expired, or soon will.
pub struct SecurityExpired;

impl Rule for SecurityExpired {
    fn name(&self) -> &'static str {
        "security-expired"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        let Some(expires) = site.settings.security.as_ref().and_then(|own| own.stamp("expires")) else { return };
        let place = Place::field("promulgate.yaml", "security.expires");
        let help = "Check that the contacts still answer, then write a new date less than a year ahead.";
        let message = |what: &str| format!("`security.txt` {what} {expires}; after that day nobody should rely on it (RFC 9116).");
        if site.now.passed(expires) {
            out.push(Finding::error(self.name(), place, message("expired"), help));
        } else if expires.day(&site.now.zone) <= site.now.today().plus(AHEAD) {
            out.push(Finding::warning("security-expires", place, message("expires"), help));
        } else if expires.day(&site.now.zone) > site.now.today().plus(YEAR) {
            let far = format!("`security.txt` would hold until {expires}, for longer than a year (RFC 9116, section 2.5.5).");
            out.push(Finding::warning("security-far-off", place, far, "Write a date less than a year ahead; contacts change."));
        }
    }
}
