//! In: a relay and an event, or the id of one. Out: what the relay said, sorted by what to do.
//!
//! `["OK", id, true|false, "prefix: words"]` answers an event (NIP-01); `duplicate` is as good as `true`, whatever the flag.

use crate::model::transport::{CallError, SendError, Talk, Transport};
use serde_json::{Value, json};
use std::time::Duration;

/// Longest talk with a relay.
const LIMIT: Duration = Duration::from_secs(20);
/// Longest stretch of a relay's words that is kept.
const WORDS: usize = 200;
/// Most messages that one question may bring.
const HEARD: usize = 2000;

/// What came of handing an event to one relay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The relay has it.
    Taken,
    /// The relay said no, in these words.
    No(String),
    /// It was never asked.
    Silent(String),
    /// It was asked, and nobody knows.
    Lost(String),
}

impl Verdict {
    /// Whether the relay has it.
    pub(crate) fn is_taken(&self) -> bool {
        *self == Verdict::Taken
    }
}

/// Hands an event to a relay.
pub(crate) fn publish(address: &str, event: &Value, out: &mut dyn Transport) -> Verdict {
    let mut answer = None;
    let mut first = Some(json!(["EVENT", event]).to_string());
    let mut lines = |heard: Option<&str>| {
        let heard: Value = heard.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        if heard[0] == "OK" && heard[1] == event["id"] {
            answer = Some((heard[2] == true, short(heard[3].as_str().unwrap_or_default())));
            return Talk::Done;
        }
        first.take().map_or(Talk::Listen, Talk::Say)
    };
    let ended = out.socket(address, &mut lines, LIMIT);
    match (answer, ended) {
        (Some((true, _)), _) => Verdict::Taken,
        (Some((false, words)), _) if words.starts_with("duplicate") => Verdict::Taken,
        (Some((false, words)), _) => Verdict::No(words),
        (None, Err(CallError::NotSent(reason))) => Verdict::Silent(reason),
        (None, Err(CallError::Lost(reason))) => Verdict::Lost(reason),
        (None, Ok(())) => Verdict::Lost("the relay gave no answer".into()),
    }
}

/// What the verdicts of all relays come to. What nobody knows outweighs what may be repeated, and that what is refused.
pub(crate) fn judge(verdicts: &[Verdict], need: usize) -> Result<(), SendError> {
    let taken = verdicts.iter().filter(|verdict| verdict.is_taken()).count();
    if taken >= need {
        return Ok(());
    }
    let lost = verdicts.iter().find_map(|verdict| if let Verdict::Lost(reason) = verdict { Some(reason.clone()) } else { None });
    if let Some(reason) = lost {
        return Err(SendError::Unknown { reason });
    }
    let said = verdicts.iter().filter_map(|verdict| match verdict {
        Verdict::Silent(reason) => Some((None, reason.clone())),
        Verdict::No(words) => Some((Some(prefix(words)), words.clone())),
        _ => None,
    });
    let mut errors: Vec<SendError> = said.map(|(prefix, reason)| of_prefix(prefix.as_deref(), reason)).collect();
    errors.sort_by_key(|error| match error {
        SendError::Retry { .. } => 0,
        SendError::Account { .. } => 1,
        _ => 2,
    });
    let reason = format!("{taken} of {need} relays have it");
    match errors.into_iter().next() {
        // What one relay has is out in the world: the rest is asked again, with the same event.
        Some(error) if taken > 0 => Err(SendError::Retry { after: None, reason: format!("{reason}; {error}") }),
        Some(error) => Err(error),
        None => Err(SendError::Account { reason: format!("{reason}: the settings name too few") }),
    }
}

/// The prefixes of NIP-01 and NIP-42.
fn of_prefix(prefix: Option<&str>, reason: String) -> SendError {
    match prefix {
        Some("rate-limited") => SendError::Retry { after: Some(Duration::from_secs(300)), reason },
        None | Some("error") => SendError::Retry { after: None, reason },
        Some("restricted" | "blocked" | "auth-required") => SendError::Account { reason },
        Some(_) => SendError::Refused { reason },
    }
}

fn prefix(words: &str) -> String {
    words.split(':').next().unwrap_or_default().trim().to_owned()
}

/// Whether a relay has an event.
pub(crate) fn has(address: &str, id: &str, out: &mut dyn Transport) -> Result<bool, CallError> {
    let events = ask(address, &json!({"ids": [id], "limit": 1}), out)?;
    Ok(events.iter().any(|event| event["id"] == *id))
}

/// The events of a relay that fit a filter.
pub(crate) fn ask(address: &str, filter: &Value, out: &mut dyn Transport) -> Result<Vec<Value>, CallError> {
    let mut events = Vec::new();
    let mut closed = None;
    let mut first = Some(json!(["REQ", "promulgate", filter]).to_string());
    let mut heard_in_all = 0;
    let mut lines = |heard: Option<&str>| {
        heard_in_all += 1;
        let heard: Value = heard.and_then(|text| serde_json::from_str(text).ok()).unwrap_or_default();
        match heard[0].as_str() {
            Some("EVENT") => events.push(heard[2].clone()),
            Some("EOSE") => return Talk::Done,
            Some("CLOSED") => {
                closed = Some(short(heard[2].as_str().unwrap_or_default()));
                return Talk::Done;
            }
            _ => {}
        }
        if heard_in_all > HEARD { Talk::Done } else { first.take().map_or(Talk::Listen, Talk::Say) }
    };
    out.socket(address, &mut lines, LIMIT)?;
    match closed {
        Some(words) => Err(CallError::Lost(format!("the relay closed the question: {words}"))),
        None => Ok(events),
    }
}

fn short(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { ' ' } else { c }).take(WORDS).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn no(words: &str) -> Verdict {
        Verdict::No(words.into())
    }

    #[test]
    fn what_relays_say_is_sorted_by_what_to_do() {
        assert_eq!(judge(&[Verdict::Taken, no("blocked: spam")], 1), Ok(()));
        assert!(matches!(judge(&[Verdict::Taken, no("blocked: spam")], 2), Err(SendError::Retry { .. })));
        assert!(matches!(judge(&[no("rate-limited: slow down")], 1), Err(SendError::Retry { after: Some(_), .. })));
        assert!(matches!(judge(&[no("error: disk full")], 1), Err(SendError::Retry { after: None, .. })));
        assert!(matches!(judge(&[Verdict::Silent("nothing listens".into())], 1), Err(SendError::Retry { .. })));
        assert!(matches!(judge(&[no("invalid: bad signature"), Verdict::Lost("cut".into())], 1), Err(SendError::Unknown { .. })));
        for words in ["restricted: members only", "blocked: you are banned", "auth-required: log in"] {
            assert!(matches!(judge(&[no(words), no("invalid: no")], 1), Err(SendError::Account { .. })), "{words}");
        }
        for words in ["invalid: created_at is too far off", "pow: 26 bits needed", "replaced: have newer event", "no"] {
            assert!(matches!(judge(&[no(words)], 1), Err(SendError::Refused { .. })), "{words}");
        }
    }
}
