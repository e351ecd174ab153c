//! In: an event as someone sent it. Out: what a strict relay says against it, and what it is about.
//!
//! Written from NIP-01, 09, 10, 23, 32, 42 and 92 alone, without the code that makes events.

use k256::schnorr::{Signature, VerifyingKey};
use serde_json::Value;
use sha2::{Digest, Sha256};

/// Most bytes of a message.
pub(super) const MESSAGE: usize = 128 * 1024;
/// Most bytes of a text.
const CONTENT: usize = 64 * 1024;
/// How many seconds a login may be from the relay's clock.
const LOGIN_AGE: i64 = 600;
/// How far ahead of the relay's clock an event may be, in seconds.
const AHEAD: i64 = 15 * 60;

/// What is wrong with an event, in the words of `OK`.
pub(super) fn checked(event: &Value, now: i64) -> Result<(), String> {
    let fields = event.as_object().ok_or("invalid: an event is an object")?;
    let names = ["id", "pubkey", "created_at", "kind", "tags", "content", "sig"];
    if fields.len() != names.len() || !names.iter().all(|name| fields.contains_key(*name)) {
        return Err("invalid: an event has exactly the seven fields of NIP-01".into());
    }
    let (id, public, signature) = (bytes(&event["id"], 32)?, bytes(&event["pubkey"], 32)?, bytes(&event["sig"], 64)?);
    let content = event["content"].as_str().ok_or("invalid: `content` is no text")?;
    let at = event["created_at"].as_i64().filter(|at| *at >= 0).ok_or("invalid: `created_at` is no time")?;
    let kind = event["kind"].as_u64().filter(|kind| *kind <= 65535).ok_or("invalid: `kind` is no number from 0 to 65535")?;
    let strings = |tag: &Value| tag.as_array().is_some_and(|tag| !tag.is_empty() && tag.iter().all(Value::is_string));
    if !event["tags"].as_array().is_some_and(|tags| tags.iter().all(strings)) {
        return Err("invalid: `tags` is not a list of lists of texts".into());
    }
    let written = format!("[0,{},{at},{kind},{},{}]", event["pubkey"], list(&event["tags"]), quoted(content));
    if Sha256::digest(written.as_bytes()).as_slice() != id {
        return Err("invalid: the id is not the hash of the event".into());
    }
    let key = VerifyingKey::from_slice(&public).map_err(|_| "invalid: no such public key")?;
    let signature = Signature::try_from(signature.as_slice()).map_err(|_| "invalid: no such signature")?;
    key.verify_raw(&id, &signature).map_err(|_| "invalid: the signature does not fit")?;
    if at > now + AHEAD {
        return Err("invalid: created_at is too far in the future".into());
    }
    if content.len() > CONTENT {
        return Err("invalid: the content is larger than 64 KiB".into());
    }
    of_kind(event, kind)
}

/// What is wrong with a login, in the words of `OK`. Which name the world knows this relay by is nothing that it knows itself.
pub(super) fn login(event: &Value, challenge: &str, now: i64) -> Result<(), String> {
    checked(event, now)?;
    let age = now - event["created_at"].as_i64().unwrap_or_default();
    match event["kind"] == 22242 {
        false => Err("invalid: a login is of kind 22242".into()),
        true if age.abs() > LOGIN_AGE => Err("invalid: the login is not of this moment".into()),
        true if first(event, "challenge") != Some(challenge) => Err("invalid: the login answers another challenge".into()),
        true if !first(event, "relay").is_some_and(|url| url.starts_with("ws://") || url.starts_with("wss://")) => {
            Err("invalid: the login is for no relay".into())
        }
        true => Ok(()),
    }
}

fn of_kind(event: &Value, kind: u64) -> Result<(), String> {
    let has = |name: &str| first(event, name).is_some();
    let fine = match kind {
        1 => all(event, "e").all(|tag| matches!(tag[3].as_str(), Some("root" | "reply"))),
        5 => (has("e") || has("a")) && has("k"),
        1111 => (has("E") || has("A")) && has("K") && (has("e") || has("a")) && has("k"),
        30023 => has("d") && has("title"),
        _ => true,
    };
    let labelled = all(event, "l").all(|tag| tag[2] == "ISO-639-1" && tag[1].as_str().is_some_and(|code| code.len() == 2));
    let content = event["content"].as_str().unwrap_or_default();
    let shown = all(event, "imeta").all(|tag| part(tag, "url").is_some_and(|url| content.contains(url)));
    match (fine, labelled, shown) {
        (false, ..) => Err(format!("invalid: the tags do not fit kind {kind}")),
        (_, false, _) => Err("invalid: a language label is `l`, two letters, ISO-639-1".into()),
        (.., false) => Err("invalid: `imeta` tells of a picture that the text does not show".into()),
        _ => Ok(()),
    }
}

fn bytes(value: &Value, length: usize) -> Result<Vec<u8>, String> {
    let text = value.as_str().unwrap_or_default();
    let lower = text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f')) && text.len() == 2 * length;
    let read = || (0..length).map(|at| u8::from_str_radix(&text[2 * at..2 * at + 2], 16).unwrap_or_default()).collect();
    if lower { Ok(read()) } else { Err(format!("invalid: {length} bytes in lower-case hex are expected")) }
}

/// A text as NIP-01 writes it: seven characters escaped, all others as they are.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '\n' => out.push_str("\\n"),
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn list(value: &Value) -> String {
    match value {
        Value::Array(items) => format!("[{}]", items.iter().map(list).collect::<Vec<_>>().join(",")),
        other => quoted(other.as_str().unwrap_or_default()),
    }
}

fn all<'e>(event: &'e Value, name: &'e str) -> impl Iterator<Item = &'e Value> {
    event["tags"].as_array().into_iter().flatten().filter(move |tag| tag[0] == *name)
}

fn first<'e>(event: &'e Value, name: &'e str) -> Option<&'e str> {
    all(event, name).find_map(|tag| tag[1].as_str())
}

/// A part of an `imeta` tag.
fn part<'e>(tag: &'e Value, name: &str) -> Option<&'e str> {
    let parts = tag.as_array().into_iter().flatten().filter_map(Value::as_str);
    parts.filter_map(|part| part.split_once(' ')).find(|(own, _)| *own == name).map(|(_, rest)| rest)
}

/// `30023:AUTHOR:NAME` for what is kept once for each address.
pub(super) fn address(event: &Value) -> Option<String> {
    let kind = event["kind"].as_u64().filter(|kind| (30_000..40_000).contains(kind))?;
    Some(format!("{kind}:{}:{}", event["pubkey"].as_str()?, first(event, "d")?))
}

/// What a deletion asks to be deleted.
pub(super) fn targets(event: &Value) -> Vec<String> {
    all(event, "e").chain(all(event, "a")).filter_map(|tag| tag[1].as_str()).map(str::to_owned).collect()
}

/// Whether the first event asks for the second to be deleted: its own author's, and no younger than it where an address is named.
pub(super) fn deletes(deletion: &Value, event: &Value) -> bool {
    let named = targets(deletion);
    let by_id = event["id"].as_str().is_some_and(|id| named.iter().any(|target| target == id));
    let older = event["created_at"].as_i64() <= deletion["created_at"].as_i64();
    let by_address = address(event).is_some_and(|address| named.contains(&address)) && older;
    deletion["kind"] == 5 && event["kind"] != 5 && deletion["pubkey"] == event["pubkey"] && (by_id || by_address)
}

/// The event that is answered.
pub(super) fn parent(event: &Value) -> Option<String> {
    let marked = |mark: &str| all(event, "e").find(|tag| tag[3] == *mark).and_then(|tag| tag[1].as_str());
    let comment = || first(event, "a").or_else(|| first(event, "e"));
    let found = marked("reply").or_else(|| marked("root"));
    found.or_else(|| (event["kind"] == 1111).then(comment).flatten()).map(str::to_owned)
}

/// The language that an event says it is in.
pub(super) fn label(event: &Value) -> Option<String> {
    first(event, "l").map(str::to_owned)
}

/// The pictures that an event shows: none is kept here, so only their words.
pub(super) fn alts(event: &Value) -> Vec<(String, String)> {
    all(event, "imeta").map(|tag| (String::new(), part(tag, "alt").unwrap_or_default().to_owned())).collect()
}

/// Whether an event fits a filter: ids, authors, kinds, tags of one letter, times.
pub(super) fn fits(event: &Value, filter: &Value) -> bool {
    filter.as_object().into_iter().flatten().all(|(name, wanted)| {
        let among = |value: &Value| wanted.as_array().is_some_and(|wanted| wanted.contains(value));
        match name.as_str() {
            "ids" => among(&event["id"]),
            "authors" => among(&event["pubkey"]),
            "kinds" => among(&event["kind"]),
            "since" => event["created_at"].as_i64() >= wanted.as_i64(),
            "until" => event["created_at"].as_i64() <= wanted.as_i64(),
            "limit" => true,
            tag => tag.strip_prefix('#').is_some_and(|letter| all(event, letter).any(|tag| among(&tag[1]))),
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::announcement::hex;

    #[test]
    fn an_event_that_anyone_could_have_changed_is_refused() {
        // The id fits, the signature is another's.
        let mut event = serde_json::json!({"pubkey": "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e",
            "created_at": 1, "kind": 1, "tags": [], "content": "x", "sig": "00".repeat(64), "id": ""});
        let written = format!("[0,{},1,1,[],\"x\"]", event["pubkey"]);
        event["id"] = Value::String(hex(&Sha256::digest(written.as_bytes())));
        assert!(checked(&event, 10).unwrap_err().contains("signature"));
        event["content"] = "y".into();
        assert_eq!(checked(&event, 10).unwrap_err(), "invalid: the id is not the hash of the event");
        event["more"] = 1.into();
        assert!(checked(&event, 10).unwrap_err().contains("seven fields"));
    }
}
