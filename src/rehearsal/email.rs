//! A stand-in for a mail server. In: messages as they stand on the wire, with their envelope. Out: what a strict server and
//! a careful reader of RFC 5322 would say; each message stands on the wall.
//!
//! Bytes of lines end in CRLF, lines have at most 998 of them, headers are ASCII, each of the needed ones is there once.
//! A recipient that begins with `bounce` is refused for good, one that begins with `later` for now.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::email_message::{Message, read};
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::StandIn;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, State as Extract};
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::post;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json as value};

const NETWORK: &str = "email";

/// The password is `rehearsal-NAME`, for any user.
pub static STAND_IN: StandIn = StandIn {
    platform: NETWORK,
    name: "E-mail",
    routes,
    door: |channel| format!("/{channel}"),
    secrets: |_, channel| vec![("password", format!("rehearsal-{channel}"))],
};

/// The one call.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/{channel}", post(take))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| said("message", 452, "4.5.3 too many messages"),
    unauthorised: || said("login", 535, "5.7.8 authentication credentials invalid"),
    expired: || said("login", 454, "4.7.0 temporary authentication failure"),
    failed: || said("greeting", 421, "4.3.2 service not available"),
    writes: |method, _| method == Method::POST,
};

fn said(stage: &str, code: u16, words: &str) -> Response {
    json(200, value!({"stage": stage, "code": code, "words": words, "refused": []}))
}

async fn take(Extract(shared): Extract<Shared>, Path(channel): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let header = |name: &str| headers.get(name).and_then(|text| text.to_str().ok()).unwrap_or_default().to_owned();
    if let Some(login) = header("authorization").strip_prefix("Basic ") {
        let login = STANDARD.decode(login).ok().and_then(|login| String::from_utf8(login).ok()).unwrap_or_default();
        if login.split_once(':').is_none_or(|(user, password)| user.is_empty() || password != format!("rehearsal-{channel}")) {
            return said("login", 535, "5.7.8 authentication credentials invalid");
        }
    }
    let to: Vec<String> = header("x-mail-to").split(',').filter(|to| !to.is_empty()).map(str::to_owned).collect();
    let refused: Vec<Value> = to.iter().filter_map(|to| refusal(to)).collect();
    if refused.len() == to.len() {
        let code = refused.iter().filter_map(|one| one["code"].as_u64()).min().unwrap_or(550);
        return json(200, value!({"stage": "recipients", "code": code, "words": "no recipient", "refused": refused}));
    }
    if header("x-mail-task") == "probe" {
        return json(200, value!({"stage": "recipients", "code": 250, "words": "", "refused": refused}));
    }
    let message = match read(&body) {
        Ok(message) => message,
        Err(why) => return said("message", 554, &format!("5.6.0 {why}")),
    };
    if !message.from.contains(&header("x-mail-from")) {
        return said("message", 554, "5.6.0 From is not the sender");
    }
    match keep(&shared, &channel, message) {
        Ok(()) => json(200, value!({"stage": "message", "code": 250, "words": "2.0.0 queued", "refused": refused})),
        Err(error) => said("message", 451, &format!("4.3.0 {error}")),
    }
}

fn refusal(to: &str) -> Option<Value> {
    let said = |code: u16, words: &str| Some(value!({"to": to, "code": code, "words": words}));
    match to {
        to if to.starts_with("bounce") => said(550, "5.1.1 user unknown"),
        to if to.starts_with("later") => said(451, "4.7.1 try again later"),
        _ => None,
    }
}

/// Mail has no keys: what comes twice is there twice, as in a reader's box.
fn keep(shared: &Shared, channel: &str, message: Message) -> std::io::Result<()> {
    let number = shared.world().boards.next();
    let parent = message.answers.and_then(|id| {
        let world = shared.world();
        world.boards.of(NETWORK).into_iter().find(|post| post.more["message_id"] == *id).map(|post| post.id.clone())
    });
    let post = Posted::new(NETWORK, channel, format!("mail-{number}"), format!("{}\n\n{}", message.subject, message.text));
    let more = value!({"message_id": message.id});
    shared.put(Posted { parent, lang: message.lang, more, ..post })
}
