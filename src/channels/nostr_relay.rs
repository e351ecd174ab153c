//! In: a relay and an event, or the id of one. Out: what the relay said, sorted by what to do.
//!
//! `["OK", id, true|false, "prefix: words"]` answers an event (NIP-01); `duplicate` is as good as `true`, whatever the flag.
//! Where the relay wants a login first, `nostr_login` gives it.

use crate::channels::answers::{Step, silence};
use crate::channels::nostr_login::{Asking, Login, Relay};
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
pub(crate) fn publish(relay: &Relay<'_>, event: &Value, out: &mut dyn Transport) -> Verdict {
    let mut answer = None;
    let question = |_: usize| json!(["EVENT", event]);
    let mut asking = Asking::new(relay, &question);
    let mut lines = |heard: Option<&str>| {
        let Some(heard) = heard else { return asking.ask() };
        let heard: Value = serde_json::from_str(heard).unwrap_or_default();
        // A relay that refuses before it has read the event knows no id.
        let ours = heard[0] == "OK" && (heard[1] == event["id"] || heard[1] == "" && heard[2] == false);
        let words = ours.then(|| short(heard[3].as_str().unwrap_or_default()));
        if ours && (heard[2] == true || words.as_deref().is_some_and(|words| words.starts_with("duplicate"))) {
            answer = Some(Verdict::Taken);
            return Talk::Done;
        }
        asking.follow(&heard, words).unwrap_or_else(|words| {
            answer = Some(Verdict::No(words));
            Talk::Done
        })
    };
    let ended = out.socket(relay.address, &mut lines, LIMIT);
    let held = asking.held().map(|words| Verdict::No(words.to_owned()));
    answer.or(held).unwrap_or_else(|| match ended {
        Err(CallError::NotSent(reason)) => Verdict::Silent(reason),
        Err(CallError::Lost(reason)) => Verdict::Lost(reason),
        Ok(()) => Verdict::Lost("the relay gave no answer".into()),
    })
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
pub(crate) fn has(relay: &Relay<'_>, id: &str, out: &mut dyn Transport) -> Result<bool, SendError> {
    let events = ask(relay, &json!({"ids": [id], "limit": 1}), out)?;
    Ok(events.iter().any(|event| event["id"] == *id))
}

/// The events of a relay that fit a filter.
pub(crate) fn ask(relay: &Relay<'_>, filter: &Value, out: &mut dyn Transport) -> Result<Vec<Value>, SendError> {
    query(relay, filter, false, out).map(|(events, _)| events)
}

/// Says hello, with a login where the relay asks for one: whether it did, and whether it took it, where it says so.
pub(crate) fn greet(relay: &Relay<'_>, out: &mut dyn Transport) -> Result<Login, SendError> {
    query(relay, &json!({"ids": ["0".repeat(64)], "limit": 1}), true, out).map(|(_, login)| login)
}

fn query(relay: &Relay<'_>, filter: &Value, greets: bool, out: &mut dyn Transport) -> Result<(Vec<Value>, Login), SendError> {
    let name = |turn: usize| if turn == 0 { "promulgate".to_owned() } else { format!("promulgate-{}", turn + 1) };
    let question = |turn: usize| json!(["REQ", name(turn), filter]);
    let mut asking = Asking::new(relay, &question);
    let (mut events, mut heard_in_all, mut done, mut refused) = (Vec::new(), 0, false, None);
    let mut lines = |heard: Option<&str>| {
        let Some(heard) = heard else { return asking.ask() };
        heard_in_all += 1;
        let heard: Value = serde_json::from_str(heard).unwrap_or_default();
        let ours = heard[1] == *name(asking.turn());
        let mut refusal = None;
        match heard[0].as_str() {
            Some("EVENT") if ours => events.push(heard[2].clone()),
            Some("EOSE") if ours => done = true,
            Some("CLOSED") if ours => refusal = Some(short(heard[2].as_str().unwrap_or_default())),
            // Relays from before `CLOSED` refuse a question in passing.
            Some("NOTICE") => refusal = heard[1].as_str().filter(|words| is_about_login(words)).map(short),
            _ => {}
        }
        if done || heard_in_all > HEARD {
            return Talk::Done;
        }
        let next = asking.follow(&heard, refusal).unwrap_or_else(|words| {
            refused = Some(words);
            Talk::Done
        });
        match next {
            Talk::Listen if greets => asking.log_in().unwrap_or(Talk::Listen),
            next => next,
        }
    };
    let ended = out.socket(relay.address, &mut lines, LIMIT);
    match refused.or_else(|| asking.held().filter(|_| !done).map(str::to_owned)) {
        Some(words) => Err(match of_prefix(Some(&prefix(&words)), words.clone()) {
            error @ SendError::Account { .. } => error,
            _ => SendError::Retry { after: None, reason: format!("the relay closed the question: {words}") },
        }),
        None => ended.map_err(|error| silence(error, Step::Before)).map(|()| (events, asking.outcome())),
    }
}

fn is_about_login(words: &str) -> bool {
    matches!(prefix(words).as_str(), "auth-required" | "restricted")
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
