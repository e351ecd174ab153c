//! The allow list alone, over any HTML. What it leaves is a fixed point of it, and nothing in it can act.

use super::html::danger;
use super::site::text;
use promulgate::text::sanitise::allow_listed;

/// The HTML as it is.
pub fn check(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let once = allow_listed(text);
    assert_eq!(allow_listed(&once), once, "a second pass changes something");
    assert_eq!(danger(&once, true), None, "{once}");
}
