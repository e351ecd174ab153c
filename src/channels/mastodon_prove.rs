//! In: an account on a server with Mastodon's API. Out: what its server is, what it allows, where the settings disagree; how
//! often a post was liked, shared, answered.
//!
//! Servers tell their limits at `/api/v2/instance` (<https://docs.joinmastodon.org/methods/instance/>), older ones at
//! `/api/v1/instance`; what they really are stands in their version.

use crate::channels::answers::{Step, text as field};
use crate::channels::mastodon::{Mastodon, accepted};
use crate::channels::text::MASTODON_LINK;
use crate::model::ledger::Receipt;
use crate::model::transport::{Body, Method, Proof, SendError, Transport};
use serde_json::Value;

/// Servers with this API, by a word in their version or source, and whether they mind `Idempotency-Key`.
const KINDS: &[(&str, &str, bool)] = &[
    ("snac", "snac", false),
    ("gotosocial", "GoToSocial", false),
    ("pixelfed", "Pixelfed", false),
    ("akkoma", "Akkoma", true),
    ("pleroma", "Pleroma", true),
    ("mitra", "Mitra", true),
];

/// Proves an account by questions alone.
pub(crate) fn prove(channel: &Mastodon, limit: usize, always_picture: bool, out: &mut dyn Transport) -> Result<Proof, SendError> {
    let me = ask(channel, "/api/v1/accounts/verify_credentials", out)?;
    let name = me["acct"].as_str().or(me["username"].as_str()).unwrap_or_default();
    let mut proof = Proof { account: format!("@{name}"), ..Proof::default() };
    let instance = match ask(channel, "/api/v2/instance", out) {
        Err(SendError::Refused { .. }) => ask(channel, "/api/v1/instance", out)?,
        answer => answer?,
    };
    let (kind, keys) = kind(&instance);
    let version: String = instance["version"].as_str().unwrap_or_default().chars().take(60).collect();
    proof.seen.push(format!("The server is {kind}, version {version}."));
    if !keys {
        proof.seen.push(format!(
            "{kind} pays no heed to Idempotency-Key: whether a lost post is there is settled by reading the account's posts alone."
        ));
    }
    if kind == "Pixelfed" && !always_picture {
        proof.obstacles.push("Pixelfed takes no post without a picture; write `always_picture: true`.".into());
    }
    limits(&instance, limit, &mut proof);
    Ok(proof)
}

fn limits(instance: &Value, limit: usize, proof: &mut Proof) {
    let (statuses, media) = (&instance["configuration"]["statuses"], &instance["configuration"]["media_attachments"]);
    let told = statuses["max_characters"].as_u64().or(instance["max_toot_chars"].as_u64());
    match told.and_then(|told| usize::try_from(told).ok()) {
        Some(told) if told < limit => {
            proof.obstacles.push(format!("The settings allow {limit} characters, the server {told}; write `limit: {told}`."));
        }
        Some(told) if told > limit => {
            proof
                .seen
                .push(format!("The server allows {told} characters, more than the {limit} of the settings; `limit: {told}` uses them."));
        }
        Some(told) => proof.seen.push(format!("The server allows {told} characters.")),
        None => proof.seen.push(format!("The server does not tell its limit; {limit} characters are used.")),
    }
    if let Some(reserved) = statuses["characters_reserved_per_url"].as_u64().filter(|reserved| *reserved != MASTODON_LINK as u64) {
        proof.seen.push(format!("A link counts {reserved} characters there and {MASTODON_LINK} here; keep `limit` low by the difference."));
    }
    if let Some(most) = media["description_limit"].as_u64() {
        proof.seen.push(format!("The words of a picture may have {most} characters."));
    }
    let types: Vec<&str> = media["supported_mime_types"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let missing: Vec<&str> = ["image/png", "image/jpeg"].into_iter().filter(|kind| !types.is_empty() && !types.contains(kind)).collect();
    if !missing.is_empty() {
        proof.obstacles.push(format!("The server takes no pictures of the type {}; give records pictures of another.", missing.join(", ")));
    }
}

/// What a server is, and whether it minds the key.
fn kind(instance: &Value) -> (&'static str, bool) {
    let words = [&instance["version"], &instance["source_url"]].map(|word| word.as_str().unwrap_or_default().to_lowercase()).join(" ");
    let known = KINDS.iter().find(|(word, ..)| words.contains(word)).map(|(_, name, keys)| (*name, *keys));
    // Mastodon itself is long past 0; GoToSocial gives its own number alone.
    known.unwrap_or(if words.starts_with("0.") { ("GoToSocial", false) } else { ("Mastodon", true) })
}

/// The counts of a status.
pub(crate) fn measure(channel: &Mastodon, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
    let status = ask(channel, &format!("/api/v1/statuses/{}", of.id), out)?;
    field(&status, "id", Step::Before)?;
    let names = [("likes", "favourites_count"), ("reposts", "reblogs_count"), ("replies", "replies_count")];
    Ok(names.into_iter().filter_map(|(name, theirs)| Some((name, status[theirs].as_u64()?))).collect())
}

fn ask(channel: &Mastodon, path: &str, out: &mut dyn Transport) -> Result<Value, SendError> {
    let (response, token) = channel.call(Method::Get, path, Body::Empty, out)?;
    accepted(&response, Step::Before, &token)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_server_is_known_by_its_version() {
        let of = |version: &str| kind(&json!({"version": version}));
        assert_eq!(of("4.5.0"), ("Mastodon", true));
        assert_eq!(of("4.3.0+glitch"), ("Mastodon", true));
        assert_eq!(of("0.19.1+git-5a1b"), ("GoToSocial", false));
        assert_eq!(of("2.7.2 (compatible; Pleroma 2.9.1)"), ("Pleroma", true));
        assert_eq!(of("2.7.2 (compatible; Akkoma 3.15.2)"), ("Akkoma", true));
        assert_eq!(of("3.5.3 (compatible; Pixelfed 0.12.4)"), ("Pixelfed", false));
        assert_eq!(of("4.0.0 (not true; snac 2.75)"), ("snac", false));
    }

    #[test]
    fn the_settings_are_held_against_the_server_s_limits() {
        let of = |instance: Value| {
            let mut proof = Proof::default();
            limits(&instance, 500, &mut proof);
            (proof.seen.len(), proof.obstacles)
        };
        assert_eq!(of(json!({"max_toot_chars": 5000})), (1, vec![]));
        let small = of(
            json!({"configuration": {"statuses": {"max_characters": 300}, "media_attachments": {"supported_mime_types": ["image/gif"]}}}),
        );
        assert_eq!(small.1.len(), 2, "{small:?}");
        assert!(small.1[0].contains("limit: 300"));
    }
}
