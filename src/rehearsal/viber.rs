//! A stand-in for Viber's Channels Post API. In: requests. Out: what the real one would answer, always with the status 200,
//! for the calls documented at <https://developers.viber.com/docs/tools/channels-post-api/>.
//!
//! Any token `rehearsal-NAME` is that of the channel NAME, which has a webhook unless `new` is in its name.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::exact::{object, only};
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::world::Change;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Request, State as Extract};
use axum::http::HeaderMap;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::post;
use serde_json::{Value, json as value};

const LIMIT: usize = 7000;
const CAPTION: usize = 768;
const BODY: usize = 30 * 1024;

/// Any token `rehearsal-NAME` is that of the channel NAME.
pub static STAND_IN: StandIn = StandIn { platform: "viber", name: "Viber", routes, door: stand_in::front, secrets: stand_in::token };

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/pa/post", post(make))
        .route("/pa/get_account_info", post(info))
        .layer(from_fn(move |request: Request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| status(12, "tooManyRequests"),
    unauthorised: || status(2, "invalidAuthToken"),
    expired: || status(2, "invalidAuthToken"),
    failed: || json(502, value!({})),
    writes: |_, path| path.ends_with("/pa/post"),
};

fn status(status: u8, message: &str) -> Response {
    json(200, value!({"status": status, "status_message": message}))
}

fn account(body: &Value) -> Result<String, Response> {
    let name = body["auth_token"].as_str().and_then(|token| token.strip_prefix("rehearsal-")).filter(|name| !name.is_empty());
    name.map(str::to_owned).ok_or_else(|| status(2, "invalidAuthToken"))
}

fn owner(name: &str) -> String {
    format!("owner-of-{name}==")
}

async fn info(headers: HeaderMap, body: Bytes) -> Response {
    let Ok(body) = object(&headers, &body) else { return status(3, "badData") };
    let name = match account(&body) {
        Ok(name) => name,
        Err(refusal) => return refusal,
    };
    let members = value!([
        {"id": "helper==", "name": "Helper", "role": "admin"},
        {"id": owner(&name), "name": "Owner", "role": "superadmin"},
    ]);
    let webhook = if name.contains("new") { "" } else { "https://norrvik.example/viber" };
    json(200, value!({"status": 0, "status_message": "ok", "id": "pa:1", "name": name, "webhook": webhook, "members": members}))
}

async fn make(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    if body.len() > BODY {
        return status(3, "badData: the request is larger than 30 KB");
    }
    let body = match object(&headers, &body).and_then(|body| only(&body, &["auth_token", "from", "type", "text", "media"]).map(|()| body)) {
        Ok(body) => body,
        Err(why) => return status(3, &format!("badData: {why}")),
    };
    made(&shared, &body).unwrap_or_else(|refusal| refusal)
}

fn made(shared: &Shared, body: &Value) -> Result<Response, Response> {
    let name = account(body)?;
    if name.contains("new") {
        return Err(status(10, "webhookNotSet"));
    }
    if body["from"] != owner(&name) {
        return Err(status(3, "badData: from is no super administrator"));
    }
    let text = body["text"].as_str().unwrap_or_default();
    let media = body["media"].as_str();
    let images = match (body["type"].as_str(), media) {
        (Some("text"), None) if !text.is_empty() && text.chars().count() <= LIMIT => Vec::new(),
        (Some("picture"), Some(media)) if media.starts_with("https://") && text.chars().count() <= CAPTION => {
            vec![(media.to_owned(), String::new())]
        }
        _ => return Err(status(3, "badData")),
    };
    let mut world = shared.world();
    let token = 5_741_311_803_571_721_000 + world.boards.next();
    match world.commit(Change::Posted(Posted { images, ..Posted::new("viber", &name, token.to_string(), text) })) {
        Ok(()) => Ok(json(200, value!({"status": 0, "status_message": "ok", "message_token": token}))),
        Err(error) => Err(status(99, &error.to_string())),
    }
}
