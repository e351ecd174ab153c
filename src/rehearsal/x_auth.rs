//! In: the `Authorization` of a request to X's stand-in. Out: whose it is, or nothing where the signature or token is wrong.
//!
//! Written a second time, from RFC 5849, so that it can disagree with the channel. A refresh token works once; only the
//! first one of an account works always, as if a person had just authorised the app.

use crate::rehearsal::shared::Shared;
use crate::rehearsal::world::Change;
use axum::http::{HeaderMap, Method, Uri};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json as value};
use sha1::Sha1;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{LazyLock, Mutex, PoisonError};

/// Where a client believes itself to be, if not here.
const OWN: &str = "https://api.x.com";
const CONSUMER: (&str, &str) = ("rehearsal-consumer", "rehearsal-consumer-secret");
const TOKEN_SECRET: &str = "rehearsal-token-secret";
const FIRST: &str = "rehearsal-refresh-";

static NONCES: LazyLock<Mutex<BTreeSet<String>>> = LazyLock::new(Mutex::default);

/// What the accounts of both kinds hold for secrets.
pub fn secrets(channel: &str) -> Vec<(&'static str, String)> {
    vec![
        ("consumer_key", CONSUMER.0.into()),
        ("consumer_secret", CONSUMER.1.into()),
        ("token", format!("rehearsal-{channel}")),
        ("token_secret", TOKEN_SECRET.into()),
        ("client_secret", "rehearsal-client-secret".into()),
        ("refresh_token", format!("{FIRST}{channel}")),
    ]
}

/// The account behind a request.
pub fn account(shared: &Shared, method: &Method, uri: &Uri, headers: &HeaderMap) -> Option<String> {
    let given = headers.get("authorization")?.to_str().ok()?;
    if let Some(token) = given.strip_prefix("Bearer ") {
        return shared.world().boards.thing("x", &format!("access/{token}"))?.as_str().map(str::to_owned);
    }
    let fields: BTreeMap<String, String> = given
        .strip_prefix("OAuth ")?
        .split(", ")
        .map(|field| field.split_once('=').map(|(name, text)| (name.to_owned(), decoded(text.trim_matches('"')))))
        .collect::<Option<_>>()?;
    let field = |name: &str| fields.get(name).map(String::as_str);
    let sound = field("oauth_consumer_key") == Some(CONSUMER.0)
        && field("oauth_signature_method") == Some("HMAC-SHA1")
        && field("oauth_version") == Some("1.0")
        && field("oauth_timestamp")?.parse::<u64>().is_ok()
        && fields.len() == 7;
    let fresh = NONCES.lock().unwrap_or_else(PoisonError::into_inner).insert(field("oauth_nonce")?.to_owned());
    let here = format!("{}/x", shared.base());
    let signed = [OWN, &here]
        .iter()
        .any(|base| Some(&*signature(method, &format!("{base}{}", uri.path()), uri, &fields)) == field("oauth_signature"));
    let name = field("oauth_token")?.strip_prefix("rehearsal-").filter(|name| !name.is_empty())?;
    (sound && fresh && signed).then(|| name.to_owned())
}

fn signature(method: &Method, address: &str, uri: &Uri, fields: &BTreeMap<String, String>) -> String {
    let query: Vec<(String, String)> = url::form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).into_owned().collect();
    let own = fields.iter().filter(|(name, _)| *name != "oauth_signature").map(|(name, text)| (name.clone(), text.clone()));
    let mut pairs: Vec<String> =
        query.into_iter().chain(own).map(|(name, text)| format!("{}={}", encoded(&name), encoded(&text))).collect();
    pairs.sort();
    let base = [method.as_str().to_owned(), encoded(address), encoded(&pairs.join("&"))].join("&");
    let mut mac =
        Hmac::<Sha1>::new_from_slice(format!("{}&{TOKEN_SECRET}", CONSUMER.1).as_bytes()).expect("HMAC takes keys of every length");
    mac.update(base.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(
            |byte| {
                if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") }
            },
        )
        .collect()
}

fn decoded(text: &str) -> String {
    percent_encoding::percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// New tokens for a refresh token; nothing where it is spent or was never given.
pub fn refreshed(shared: &Shared, form: &BTreeMap<String, String>) -> Result<Value, std::io::Error> {
    let given = form.get("refresh_token").map(String::as_str).unwrap_or_default();
    let mut world = shared.world();
    let thing = world.boards.thing("x", &format!("refresh/{given}")).cloned();
    let name = match (given.strip_prefix(FIRST), &thing) {
        (Some(name), _) => Some(name.to_owned()),
        (None, Some(name)) => name.as_str().map(str::to_owned),
        (None, None) => None,
    };
    let sound =
        form.get("grant_type").is_some_and(|kind| kind == "refresh_token") && form.get("client_id").is_some_and(|id| !id.is_empty());
    let Some(name) = name.filter(|_| sound) else { return Ok(Value::Null) };
    let number = world.boards.next();
    let (access, refresh) = (format!("access-{number}-{name}"), format!("next-{number}-{name}"));
    for (name, value) in [
        (format!("refresh/{given}"), Value::Null),
        (format!("access/{access}"), value!(name)),
        (format!("refresh/{refresh}"), value!(name)),
    ] {
        world.commit(Change::Thing { network: "x".into(), name, value })?;
    }
    let scope = "tweet.read tweet.write users.read media.write offline.access";
    Ok(value!({"token_type": "bearer", "expires_in": 7200, "access_token": access, "refresh_token": refresh, "scope": scope}))
}
