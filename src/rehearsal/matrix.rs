//! A stand-in for a Matrix homeserver. In: requests of its client API. Out: what the real one would answer, for the calls
//! documented at <https://spec.matrix.org/latest/client-server-api/>: whoami, joined_rooms, send, redact, messages, event, upload.
//!
//! Any token `rehearsal-NAME` is that of the user `@NAME:rehearsal.example`, who is in every room but those that begin with
//! `!closed`. A transaction id is remembered; an event is at most 65,536 bytes.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::matrix_rules as rules;
use crate::rehearsal::shared::{Shared, Troubles, around, bearer, json};
use crate::rehearsal::stand_in::{self, StandIn};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, State as Extract};
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post, put};
use jiff::Timestamp;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

const NETWORK: &str = "matrix";
const ROOMS: &str = "/_matrix/client/v3/rooms/{room}";

/// Any token `rehearsal-NAME` is that of the user NAME.
pub static STAND_IN: StandIn = StandIn { platform: NETWORK, name: "Matrix", routes, door: stand_in::front, secrets: stand_in::token };

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/_matrix/client/v3/account/whoami", get(whoami))
        .route("/_matrix/client/v3/joined_rooms", get(joined))
        .route(&format!("{ROOMS}/send/m.room.message/{{txn}}"), put(send))
        .route(&format!("{ROOMS}/redact/{{event}}/{{txn}}"), put(redact))
        .route(&format!("{ROOMS}/messages"), get(messages))
        .route(&format!("{ROOMS}/event/{{event}}"), get(event))
        .route("/_matrix/media/v3/upload", post(upload))
        .layer(DefaultBodyLimit::max(50 * 1024 * 1024))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| {
        let said = value!({"errcode": "M_LIMIT_EXCEEDED", "error": "Too Many Requests", "retry_after_ms": 2500});
        ([("retry-after", "3")], json(429, said)).into_response()
    },
    unauthorised: || error(401, "M_UNKNOWN_TOKEN", "Invalid access token passed."),
    expired: || error(401, "M_UNKNOWN_TOKEN", "Access token has expired"),
    failed: || error(500, "M_UNKNOWN", "Internal server error"),
    writes: |method, _| method == Method::PUT,
};

fn error(status: u16, code: &str, words: &str) -> Response {
    json(status, value!({"errcode": code, "error": words}))
}

fn broken(cause: std::io::Error) -> Response {
    error(500, "M_UNKNOWN", &format!("the stand-in cannot write: {cause}"))
}

type Answer = Result<Response, Response>;

fn user(headers: &HeaderMap) -> Result<String, Response> {
    let token = bearer(headers).ok_or_else(|| error(401, "M_MISSING_TOKEN", "Missing access token"))?;
    let name = token.strip_prefix("rehearsal-").filter(|name| !name.is_empty());
    name.map(|name| format!("@{name}:rehearsal.example")).ok_or_else(|| error(401, "M_UNKNOWN_TOKEN", "Invalid access token passed."))
}

/// The user, who must be in the room.
fn member(headers: &HeaderMap, room: &str) -> Result<String, Response> {
    let user = user(headers)?;
    match room.starts_with('!') && !room.starts_with("!closed") {
        true => Ok(user),
        false => Err(error(403, "M_FORBIDDEN", &format!("User {user} not in room {room}"))),
    }
}

async fn whoami(headers: HeaderMap) -> Response {
    user(&headers).map_or_else(|no| no, |user| json(200, value!({"user_id": user, "device_id": "REHEARSAL", "is_guest": false})))
}

async fn joined(headers: HeaderMap) -> Response {
    user(&headers)
        .map_or_else(|no| no, |_| json(200, value!({"joined_rooms": ["!Norrvik:rehearsal.example", "!Norrvik:matrix.example.se"]})))
}

async fn send(Extract(shared): Extract<Shared>, Path((room, txn)): Path<(String, String)>, headers: HeaderMap, body: Bytes) -> Response {
    sent(&shared, (&room, &txn), &headers, &body).unwrap_or_else(|no| no)
}

fn sent(shared: &Shared, (room, txn): (&str, &str), headers: &HeaderMap, body: &Bytes) -> Answer {
    let user = member(headers, room)?;
    let content = rules::content(headers, body).map_err(|(status, code, words)| error(status, code, &words))?;
    let transaction = format!("{room} {user} {txn}");
    let mut events = events(shared);
    if let Some(first) = known(shared, &transaction) {
        return Ok(json(200, value!({"event_id": first})));
    }
    let id = format!("$rehearsal{:034}", shared.world().boards.next());
    let replaced = content["m.relates_to"]["rel_type"] == "m.replace";
    if replaced {
        let of = content["m.relates_to"]["event_id"].as_str().unwrap_or_default();
        let old = shared.world().boards.get(NETWORK, of).filter(|post| post.account == user).cloned();
        let old = old.ok_or_else(|| error(400, "M_UNKNOWN", "Can't send an edit for an unknown event"))?;
        let text = content["m.new_content"]["body"].as_str().unwrap_or_default().to_owned();
        shared.put(Posted { text, edited: Some(Timestamp::now()), ..old }).map_err(broken)?;
    } else {
        let parent = content["m.relates_to"]["m.in_reply_to"]["event_id"].as_str().map(str::to_owned);
        if parent.as_ref().is_some_and(|id| shared.world().boards.get(NETWORK, id).is_none()) {
            return Err(error(400, "M_UNKNOWN", "Can't send a reply to an unknown event"));
        }
        let picture = content["msgtype"] == "m.image";
        let words = content["body"].as_str().unwrap_or_default().to_owned();
        let file = content["url"].as_str().and_then(|url| url.rsplit('/').next()).unwrap_or_default().to_owned();
        let images = if picture { vec![(file, words.clone())] } else { Vec::new() };
        let text = if picture { String::new() } else { words };
        let key = Some(transaction.clone());
        shared.put(Posted { parent, images, key, ..Posted::new(NETWORK, &user, &id, text) }).map_err(broken)?;
    }
    events.push(value!({
        "event_id": id, "type": "m.room.message", "room_id": room, "sender": user,
        "origin_server_ts": Timestamp::now().as_millisecond(), "content": content,
        "unsigned": {"transaction_id": txn}, "transaction": transaction,
    }));
    shared.keep_thing(NETWORK, "events", Value::Array(events)).map_err(broken)?;
    Ok(json(200, value!({"event_id": id})))
}

fn events(shared: &Shared) -> Vec<Value> {
    shared.world().boards.thing(NETWORK, "events").and_then(Value::as_array).cloned().unwrap_or_default()
}

/// The first event of a transaction, unless the server has forgotten it.
fn known(shared: &Shared, transaction: &str) -> Option<String> {
    let posted = shared.world().boards.by_key(NETWORK, transaction).map(|post| post.id.clone());
    let edit = |event: &&Value| event["transaction"] == *transaction && event["content"]["m.relates_to"]["rel_type"] == "m.replace";
    posted.or_else(|| events(shared).iter().find(edit).and_then(|event| event["event_id"].as_str()).map(str::to_owned))
}

async fn redact(Extract(shared): Extract<Shared>, Path((room, id, txn)): Path<(String, String, String)>, headers: HeaderMap) -> Response {
    let redacted = || -> Answer {
        let user = member(&headers, &room)?;
        // As Synapse has it: a transaction id is known whatever it was used for.
        if let Some(first) = known(&shared, &format!("{room} {user} {txn}")) {
            return Ok(json(200, value!({"event_id": first})));
        }
        let mut events = events(&shared);
        let found = events.iter_mut().find(|event| event["event_id"] == *id);
        let event = found.ok_or_else(|| error(404, "M_NOT_FOUND", "Event not found."))?;
        if event["sender"] != *user {
            return Err(error(403, "M_FORBIDDEN", "You don't have permission to redact events"));
        }
        event["content"] = value!({});
        event["unsigned"] = value!({"redacted_because": {"type": "m.room.redaction", "sender": user}});
        let post = shared.world().boards.get(NETWORK, &id).cloned();
        if let Some(post) = post {
            shared.put(Posted { deleted: true, ..post }).map_err(broken)?;
        }
        shared.keep_thing(NETWORK, "events", Value::Array(events)).map_err(broken)?;
        Ok(json(200, value!({"event_id": format!("$redaction{:034}", shared.world().boards.next())})))
    };
    redacted().unwrap_or_else(|no| no)
}

fn shown(event: &Value) -> Value {
    let mut event = event.clone();
    if let Some(fields) = event.as_object_mut() {
        fields.remove("transaction");
    }
    event
}

async fn event(Extract(shared): Extract<Shared>, Path((room, id)): Path<(String, String)>, headers: HeaderMap) -> Response {
    if let Err(no) = member(&headers, &room) {
        return no;
    }
    let found = events(&shared).into_iter().find(|event| event["event_id"] == *id);
    found.map_or_else(|| error(404, "M_NOT_FOUND", "Event not found."), |event| json(200, shown(&event)))
}

async fn messages(
    Extract(shared): Extract<Shared>,
    Path(room): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    if let Err(no) = member(&headers, &room) {
        return no;
    }
    let asked = |name: &str| query.get(name).map(String::as_str);
    if asked("dir") != Some("b") {
        return error(400, "M_MISSING_PARAM", "Missing required string query parameter 'dir'");
    }
    let Ok(filter) = serde_json::from_str::<Value>(asked("filter").unwrap_or("{}")) else {
        return error(400, "M_BAD_JSON", "Invalid filter");
    };
    let all: Vec<Value> = events(&shared).into_iter().filter(|event| event["room_id"] == *room).rev().collect();
    let from: usize = asked("from").and_then(|from| from.strip_prefix('t')).and_then(|from| from.parse().ok()).unwrap_or(0);
    let most: usize = asked("limit").and_then(|most| most.parse().ok()).unwrap_or(10).min(100);
    let wanted = |event: &&Value| {
        let among = |list: &Value, one: &Value| list.as_array().is_none_or(|list| list.contains(one));
        among(&filter["senders"], &event["sender"]) && among(&filter["types"], &event["type"])
    };
    let chunk: Vec<Value> = all.iter().skip(from).take(most).filter(wanted).map(shown).collect();
    let mut page = value!({"start": format!("t{from}"), "chunk": chunk});
    if from + most < all.len() {
        page["end"] = value!(format!("t{}", from + most));
    }
    json(200, page)
}

async fn upload(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let kind = headers.get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if let Err(no) = user(&headers) {
        return no;
    }
    if !kind.starts_with("image/") || body.is_empty() {
        return error(400, "M_UNKNOWN", "a picture with its media type is expected");
    }
    match shared.keep_picture(&body) {
        Ok(file) => json(200, value!({"content_uri": format!("mxc://rehearsal.example/{file}")})),
        Err(cause) => broken(cause),
    }
}
