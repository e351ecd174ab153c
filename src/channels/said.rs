//! In: a server's words. Out: a reason for people: short, on one line, without secrets; and what a status code means.

use crate::model::transport::{Secret, SendError};
use std::time::Duration;

/// Longest stretch of a server's words that is kept.
const WORDS: usize = 200;

/// A server's words, fit to be written down.
pub fn said(words: &str, secrets: &[&Secret]) -> String {
    let mut words = words.to_owned();
    for secret in secrets.iter().map(|secret| secret.expose()).filter(|secret| !secret.is_empty()) {
        words = words.replace(secret, "…");
        words = words.replace(&percent_encoding::utf8_percent_encode(secret, percent_encoding::NON_ALPHANUMERIC).to_string(), "…");
    }
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(WORDS).collect();
    words.trim().to_owned()
}

/// Try again after so many seconds.
pub fn wait(seconds: u64, reason: impl Into<String>) -> SendError {
    SendError::Retry { after: Some(Duration::from_secs(seconds.clamp(1, 24 * 60 * 60))), reason: reason.into() }
}

/// Never.
pub fn never(reason: impl Into<String>) -> SendError {
    SendError::Refused { reason: reason.into() }
}

/// The account is not accepted.
pub fn account(reason: impl Into<String>) -> SendError {
    SendError::Account { reason: reason.into() }
}

/// Nobody knows.
pub fn unknown(reason: impl Into<String>) -> SendError {
    SendError::Unknown { reason: reason.into() }
}
