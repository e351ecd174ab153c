//! In: an answer that is not the wished-for one, or none. Out: what to do: try again, look it up, give up, stop the account.
//!
//! A server's fault or a lost answer after a post was on its way means that nobody knows. The same in a step before the
//! post (a picture, a session) means only that nothing has been posted yet.

use crate::model::transport::{CallError, Response, Secret, SendError};
use crate::text::disguise;
use jiff::Timestamp;
use serde_json::Value;
use std::time::Duration;

/// Longest stretch of a server's words that is kept.
const WORDS: usize = 200;
/// How long to wait where a network says "too many" and not until when.
const PAUSE: Duration = Duration::from_secs(300);
/// Longest wait that is believed.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// Whether the request could have made the post.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// A look, a session, a picture: nothing is posted yet.
    Before,
    /// The post itself.
    Post,
}

/// What no answer at all means.
pub fn silence(error: CallError, step: Step) -> SendError {
    match (error, step) {
        (CallError::NotSent(reason), _) | (CallError::Lost(reason), Step::Before) => SendError::Retry { after: None, reason },
        (CallError::Lost(reason), Step::Post) => SendError::Unknown { reason },
    }
}

/// What an answer other than 2xx means; `secret` is taken out of the server's words.
pub fn refusal(response: &Response, step: Step, secret: Option<&Secret>) -> SendError {
    let reason = format!("{} {}", response.status, said(response, secret)).trim_end().to_owned();
    match response.status {
        401 | 403 => SendError::Account { reason },
        429 => SendError::Retry { after: Some(wait(response)), reason },
        300..=399 => {
            SendError::Refused { reason: format!("{reason} (the server sends us elsewhere; correct its address in the settings)") }
        }
        408 | 500.. if step == Step::Post => SendError::Unknown { reason },
        408 | 500.. => SendError::Retry { after: None, reason },
        _ => SendError::Refused { reason },
    }
}

/// The JSON of an answer with a 2xx status. One that cannot be read tells nothing about what was done.
pub fn json(response: &Response, step: Step) -> Result<Value, SendError> {
    serde_json::from_slice(&response.body).map_err(|_| {
        let reason = format!("{} with an answer that is not JSON", response.status);
        silence(CallError::Lost(reason), step)
    })
}

/// A text of an answer; missing, it tells nothing about what was done.
pub fn text<'v>(value: &'v Value, field: &str, step: Step) -> Result<&'v str, SendError> {
    value[field].as_str().ok_or_else(|| silence(CallError::Lost(format!("an answer without `{field}`")), step))
}

/// The server's own words: `error`, `message`, `error_description`; short, on one line, without the secret.
fn said(response: &Response, secret: Option<&Secret>) -> String {
    let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    let words: Vec<&str> = ["error", "message", "error_description"].iter().filter_map(|field| value[*field].as_str()).collect();
    let words = words.join(": ");
    // Before the words are cut short, or half a secret would be left.
    let words = disguise::hidden(&words, secret.map(Secret::expose));
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(WORDS).collect()
}

/// How long to wait: `Retry-After` in seconds, else until the reset, by the server's own clock.
fn wait(response: &Response) -> Duration {
    let seconds = response.header("retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
    seconds.or_else(|| until_reset(response)).unwrap_or(PAUSE).min(LONGEST)
}

/// Mastodon gives an RFC 3339 time, AT Protocol servers Unix seconds.
fn until_reset(response: &Response) -> Option<Duration> {
    let date = jiff::fmt::rfc2822::parse(response.header("date")?).ok()?.timestamp();
    let reset = match (response.header("x-ratelimit-reset"), response.header("ratelimit-reset")) {
        (Some(text), _) => text.parse::<Timestamp>().ok()?,
        (None, Some(text)) => Timestamp::from_second(text.trim().parse().ok()?).ok()?,
        (None, None) => return None,
    };
    Duration::try_from(reset.duration_since(date)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, headers: &[(&str, &str)], body: &str) -> Response {
        let headers = headers.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
        Response { status, headers, body: body.as_bytes().to_vec() }
    }

    #[test]
    fn a_server_s_fault_after_a_post_is_unknown_and_before_it_harmless() {
        let fault = answer(500, &[], r#"{"error":"boom"}"#);
        assert_eq!(refusal(&fault, Step::Post, None), SendError::Unknown { reason: "500 boom".into() });
        assert_eq!(refusal(&fault, Step::Before, None), SendError::Retry { after: None, reason: "500 boom".into() });
        assert!(matches!(silence(CallError::Lost("cut".into()), Step::Post), SendError::Unknown { .. }));
        assert!(matches!(silence(CallError::NotSent("refused".into()), Step::Post), SendError::Retry { .. }));
    }

    #[test]
    fn a_limit_says_how_long_to_wait_by_the_server_s_own_clock() {
        let date = ("date", "Tue, 01 Sep 2026 08:00:00 GMT");
        let after = |headers: &[(&str, &str)]| match refusal(&answer(429, headers, ""), Step::Post, None) {
            SendError::Retry { after, .. } => after.unwrap().as_secs(),
            other => panic!("{other:?}"),
        };
        assert_eq!(after(&[("retry-after", "30")]), 30);
        assert_eq!(after(&[date, ("x-ratelimit-reset", "2026-09-01T08:05:00.000000Z")]), 300);
        assert_eq!(after(&[date, ("ratelimit-reset", "1788249612")]), 12);
        assert_eq!(after(&[]), PAUSE.as_secs());
    }

    #[test]
    fn a_secret_that_the_server_repeats_is_taken_out() {
        let echo = answer(401, &[], r#"{"error":"bad token s3cret"}"#);
        assert_eq!(refusal(&echo, Step::Post, Some(&Secret::new("s3cret"))), SendError::Account { reason: "401 bad token …".into() });
    }
}
