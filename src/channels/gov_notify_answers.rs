//! In: a key, or an answer of Notify. Out: the token of a request; what an answer means.

use crate::channels::answers::Step;
use crate::model::ledger::Receipt;
use crate::model::transport::{Response, Secret, SendError};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};
use sha2::Sha256;
use std::time::Duration;

/// A UUID's length.
const UUID: usize = 36;
/// How long to wait where the service says "too many" of a minute.
const MINUTE: Duration = Duration::from_secs(60);
/// Longest stretch of the service's words that is kept.
const WORDS: usize = 200;

/// The JSON Web Token (RFC 7519) of a request at a second; nothing where the key has not the form `name-service-secret`.
pub fn claim(key: &Secret, second: i64) -> Option<Secret> {
    let (service, secret) = parts(key.expose())?;
    let encoded = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encoded(json!({"alg": "HS256", "typ": "JWT"})), encoded(json!({"iss": service, "iat": second})));
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(signed.as_bytes());
    Some(Secret::new(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes()))))
}

fn parts(key: &str) -> Option<(&str, &str)> {
    let (rest, secret) = key.split_at_checked(key.len().checked_sub(UUID)?)?;
    let rest = rest.strip_suffix('-')?;
    let (_, service) = rest.split_at_checked(rest.len().checked_sub(UUID)?)?;
    let uuid =
        |text: &str| text.bytes().enumerate().all(|(at, b)| if matches!(at, 8 | 13 | 18 | 23) { b == b'-' } else { b.is_ascii_hexdigit() });
    (uuid(service) && uuid(secret)).then_some((service, secret))
}

/// The newest message of a list that has the reference.
pub fn listed(answer: &Value, reference: &str) -> Result<Option<Receipt>, SendError> {
    let lost = || SendError::Retry { after: None, reason: "an answer without `notifications`".into() };
    let list = answer["notifications"].as_array().ok_or_else(lost)?;
    let found = list.iter().find(|one| one["reference"] == *reference).and_then(|one| one["id"].as_str());
    Ok(found.map(|id| Receipt { id: id.to_owned(), url: String::new(), version_id: String::new() }))
}

/// What an answer other than a good one means.
pub fn refusal(response: &Response, step: Step, key: &Secret, now: Timestamp) -> SendError {
    let errors = serde_json::from_slice::<Value>(&response.body).unwrap_or_default();
    let errors = errors["errors"].as_array().cloned().unwrap_or_default();
    let has = |name: &str| errors.iter().any(|error| error["error"] == name);
    let words: Vec<String> = errors.iter().map(|error| format!("{}: {}", word(&error["error"]), word(&error["message"]))).collect();
    let words = words.join("; ").replace(key.expose(), "…");
    let words = parts(key.expose()).map_or(words.clone(), |(_, secret)| words.replace(secret, "…"));
    let words: String = words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(WORDS).collect();
    let reason = format!("{} {words}", response.status).trim_end().to_owned();
    match response.status {
        401 | 403 => SendError::Account { reason },
        // A service on trial, or a key for the team alone, sends nothing to the public.
        400 if words.contains("team-only") || words.contains("trial mode") => SendError::Account { reason },
        429 if has("TooManyRequestsError") => SendError::Retry { after: Some(until_midnight(now)), reason },
        429 => {
            let told = response.header("retry-after").and_then(|text| text.trim().parse().ok()).map(Duration::from_secs);
            SendError::Retry { after: Some(told.unwrap_or(MINUTE)), reason }
        }
        408 | 500.. if step == Step::Post => SendError::Unknown { reason },
        408 | 500.. => SendError::Retry { after: None, reason },
        _ => SendError::Refused { reason },
    }
}

fn word(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

/// The limit of a day ends at midnight UTC.
fn until_midnight(now: Timestamp) -> Duration {
    let day = 24 * 60 * 60;
    let left = SignedDuration::from_secs(day - now.as_second().rem_euclid(day));
    Duration::try_from(left).unwrap_or(MINUTE)
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str = "town-26785a09-ab16-4eb0-8407-a37497a57506-3d844edf-8d35-48ac-975b-e847b4f122b0";

    #[test]
    fn a_token_is_what_any_other_hs256_makes_of_it() {
        let token = claim(&Secret::new(KEY), 1_788_249_600).unwrap();
        assert_eq!(token.expose(), TOKEN);
        for bad in ["", "short", "town-26785a09-ab16-4eb0-8407-a37497a57506", &KEY.replace('3', "ö")] {
            assert!(claim(&Secret::new(bad), 0).is_none(), "{bad}");
        }
    }

    const TOKEN: &str = "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpc3MiOiIyNjc4NWEwOS1hYjE2LTRlYjAtODQwNy1hMzc0OTdhNTc1MDYiLCJpYXQiOjE3ODgyNDk2MDB9.i_Sy2C_7Y91IsmQGu8MtQ6tpHW8_uX_Hui2_XdhStnE";

    #[test]
    fn the_limit_of_a_day_ends_at_midnight() {
        assert_eq!(until_midnight("2026-09-01T23:59:00Z".parse().unwrap()), Duration::from_secs(60));
        assert_eq!(until_midnight("2026-09-01T00:00:00Z".parse().unwrap()), Duration::from_secs(86_400));
    }
}
