//! A stand-in for a webhook's receiver. In: signed messages. Out: 204, or 401 where the signature is wrong. It remembers
//! keys, as a receiver should, so that a repeat is taken once.

use crate::model::announcement::hex;
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::StandIn;
use crate::rehearsal::world::Change;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State as Extract};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json as value};
use sha2::Sha256;

/// The secret of every hook that has agreed on no other.
pub const SECRET: &str = "rehearsal";

/// A message that was taken.
#[derive(Debug, Clone)]
pub struct Taken {
    /// The hook's name.
    pub name: String,
    /// Its key.
    pub key: String,
    /// What was sent.
    pub body: Value,
    /// When.
    pub at: Timestamp,
}

/// What the receivers know.
#[derive(Default)]
pub struct State {
    /// Messages in the order in which they came.
    pub taken: Vec<Taken>,
}

impl State {
    /// Takes a change in.
    pub fn apply(&mut self, change: &Change) {
        if let Change::Hook { name, key, body, at } = change {
            self.taken.push(Taken { name: name.clone(), key: key.clone(), body: body.clone(), at: *at });
        }
    }
}

/// Each channel has a hook of its own name.
pub static STAND_IN: StandIn = StandIn {
    platform: "webhook",
    name: "Webhooks",
    routes,
    door: |channel| format!("/{channel}"),
    secrets: |_, _| vec![("secret", SECRET.into())],
};

/// The calls of the receivers.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/{name}", post(take))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "60")]).into_response(),
    unauthorised: || json(401, value!({"error": "signature"})),
    expired: || json(401, value!({"error": "signature"})),
    failed: || json(500, value!({"error": "fault"})),
    writes: |method, _| method == Method::POST,
};

async fn take(Extract(shared): Extract<Shared>, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let header = |name: &str| headers.get(name).and_then(|text| text.to_str().ok()).unwrap_or_default().to_owned();
    let (key, given) = (header("idempotency-key"), header("promulgate-signature"));
    let secret = shared.agreed(&name).unwrap_or_else(|| SECRET.to_owned());
    if given != signature(&secret, &key, &body) {
        return json(401, value!({"error": "the signature does not fit"}));
    }
    let Ok(body) = serde_json::from_slice::<Value>(&body) else { return json(400, value!({"error": "not JSON"})) };
    let keyed = shared.mishaps().keyed();
    let mut world = shared.world();
    let deed = body["do"].clone();
    if keyed && world.hooks.taken.iter().any(|taken| taken.name == name && taken.key == key && taken.body["do"] == deed) {
        return StatusCode::NO_CONTENT.into_response();
    }
    match world.commit(Change::Hook { name, key, body, at: Timestamp::now() }) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => json(500, value!({"error": error.to_string()})),
    }
}

/// The signature as `docs/channels.md` tells receivers to make it, written a second time so that it can disagree.
fn signature(secret: &str, key: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).expect("HMAC takes keys of every length");
    mac.update(&[key.as_bytes(), b".", body].concat());
    format!("v1={}", hex(&mac.finalize().into_bytes()))
}
