//! A stand-in for a Matrix homeserver. In: requests of its client API. Out: what the real one would answer, for the calls
//! documented at <https://spec.matrix.org/latest/client-server-api/>: whoami, joined_rooms, send, redact, messages, event, upload.
//!
//! Any token `rehearsal-NAME` is that of the user `@NAME:rehearsal.example`, who is in every room but those that begin with
//! `!closed`. A transaction id is remembered; an event is at most 65,536 bytes.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::matrix_rules as rules;
use crate::rehearsal::shared::{Shared, Troubles, around, bearer, json};
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::world::{Change, World};
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
    let mut world = shared.world();
    if let Some(first) = known(&world, &transaction) {
        return Ok(json(200, value!({"event_id": first})));
    }
    let id = format!("$rehearsal{:034}", world.boards.next());
    let post = if content["m.relates_to"]["rel_type"] == "m.replace" {
        let of = content["m.relates_to"]["event_id"].as_str().unwrap_or_default();
        let old = world.boards.get(NETWORK, of).filter(|post| post.account == user).cloned();
        let old = old.ok_or_else(|| error(400, "M_UNKNOWN", "Can't send an edit for an unknown event"))?;
        let text = content["m.new_content"]["body"].as_str().unwrap_or_default().to_owned();
        keep(&mut world, &format!("edit/{transaction}"), value!(id))?;
        Posted { text, edited: Some(Timestamp::now()), ..old }
    } else {
        let parent = content["m.relates_to"]["m.in_reply_to"]["event_id"].as_str().map(str::to_owned);
        if parent.as_ref().is_some_and(|id| world.boards.get(NETWORK, id).is_none()) {
            return Err(error(400, "M_UNKNOWN", "Can't send a reply to an unknown event"));
        }
        let words = content["body"].as_str().unwrap_or_default().to_owned();
        let file = content["url"].as_str().and_then(|url| url.rsplit('/').next()).map(str::to_owned);
        let (text, images) = match file {
            Some(file) => (String::new(), vec![(file, words)]),
            None => (words, Vec::new()),
        };
        Posted { parent, images, key: Some(transaction), ..Posted::new(NETWORK, &user, &id, text) }
    };
    world.commit(Change::Posted(post)).map_err(broken)?;
    let event = value!({
        "event_id": id, "type": "m.room.message", "room_id": room, "sender": user,
        "origin_server_ts": Timestamp::now().as_millisecond(), "content": content, "unsigned": {"transaction_id": txn},
    });
    keep(&mut world, &format!("event/{id}"), event)?;
    Ok(json(200, value!({"event_id": id})))
}

fn keep(world: &mut World, name: &str, value: Value) -> Result<(), Response> {
    world.commit(Change::Thing { network: NETWORK.into(), name: name.into(), value }).map_err(broken)
}

/// The first event of a transaction, unless the server has forgotten it.
fn known(world: &World, transaction: &str) -> Option<String> {
    let edit = || world.boards.thing(NETWORK, &format!("edit/{transaction}")).and_then(Value::as_str).map(str::to_owned);
    world.boards.by_key(NETWORK, transaction).map(|post| post.id.clone()).or_else(edit)
}

async fn redact(Extract(shared): Extract<Shared>, Path((room, id, txn)): Path<(String, String, String)>, headers: HeaderMap) -> Response {
    let redacted = || -> Answer {
        let user = member(&headers, &room)?;
        let mut world = shared.world();
        // As Synapse has it: a transaction id is known whatever it was used for.
        if let Some(first) = known(&world, &format!("{room} {user} {txn}")) {
            return Ok(json(200, value!({"event_id": first})));
        }
        let name = format!("event/{id}");
        let mut event = world.boards.thing(NETWORK, &name).cloned().ok_or_else(|| error(404, "M_NOT_FOUND", "Event not found."))?;
        if event["sender"] != *user {
            return Err(error(403, "M_FORBIDDEN", "You don't have permission to redact events"));
        }
        event["content"] = value!({});
        event["unsigned"] = value!({"redacted_because": {"type": "m.room.redaction", "sender": user}});
        if let Some(post) = world.boards.get(NETWORK, &id).cloned() {
            world.commit(Change::Posted(Posted { deleted: true, ..post })).map_err(broken)?;
        }
        keep(&mut world, &name, event)?;
        Ok(json(200, value!({"event_id": format!("$redaction{:034}", world.boards.next())})))
    };
    redacted().unwrap_or_else(|no| no)
}

async fn event(Extract(shared): Extract<Shared>, Path((room, id)): Path<(String, String)>, headers: HeaderMap) -> Response {
    if let Err(no) = member(&headers, &room) {
        return no;
    }
    let found = shared.world().boards.thing(NETWORK, &format!("event/{id}")).cloned();
    found.map_or_else(|| error(404, "M_NOT_FOUND", "Event not found."), |event| json(200, event))
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
    let world = shared.world();
    let mut all: Vec<&Value> = world.boards.things_of(NETWORK, "event/").filter(|event| event["room_id"] == *room).collect();
    all.reverse();
    let from: usize = asked("from").and_then(|from| from.strip_prefix('t')).and_then(|from| from.parse().ok()).unwrap_or(0);
    let most: usize = asked("limit").and_then(|most| most.parse().ok()).unwrap_or(10).min(100);
    let wanted = |event: &&&Value| {
        let among = |list: &Value, one: &Value| list.as_array().is_none_or(|list| list.contains(one));
        among(&filter["senders"], &event["sender"]) && among(&filter["types"], &event["type"])
    };
    let chunk: Vec<Value> = all.iter().skip(from).take(most).filter(wanted).map(|event| (*event).clone()).collect();
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
