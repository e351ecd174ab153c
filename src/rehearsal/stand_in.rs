//! The contract of a stand-in: whose place it takes, what it answers, what its channels hold for secrets.

use crate::rehearsal::shared::Shared;
use axum::Router;

/// A platform on this machine.
pub struct StandIn {
    /// The platform, as `platform:` names it; also the first part of its addresses here.
    pub platform: &'static str,
    /// What readers call it, for the wall.
    pub name: &'static str,
    /// Its calls.
    pub routes: fn(&Shared) -> Router,
    /// Where below its own address the requests of a channel arrive: nothing, or a path such as `/press-desk`.
    pub door: fn(channel: &str) -> String,
    /// What its channels have for secrets, by the platform's names for them. `base` is the stand-in's own address.
    pub secrets: fn(base: &str, channel: &str) -> Vec<(&'static str, String)>,
}

/// Requests arrive at the stand-in's own address.
pub fn front(_: &str) -> String {
    String::new()
}

/// `rehearsal-NAME` is the token of the account NAME.
pub fn token(_: &str, channel: &str) -> Vec<(&'static str, String)> {
    vec![("token", format!("rehearsal-{channel}"))]
}
