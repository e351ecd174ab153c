//! A stand-in for an AT Protocol server. In: XRPC calls. Out: what the real server (`@atproto/pds`) answers, odd statuses
//! included: 400 for a token that has ended, 400 for a record that is missing, 500 for a key that is taken.
//!
//! Any handle is an account; its app password is `rehearsal`, whatever follows a dot after it. Records are checked against their lexicon.

use crate::rehearsal::shared::{Shared, Troubles, around, bearer, json};
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::world::Change;
use crate::rehearsal::{cid, lexicon};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State as Extract};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{get, post};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json as value};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

const POSTS: &str = "app.bsky.feed.post";
/// The app password of every account.
pub const PASSWORD: &str = "rehearsal";
/// Sessions of an account in five minutes.
const SESSIONS: (u64, i64) = (30, 300);
/// Write points of an account in an hour: 3 to create, 2 to put, 1 to delete.
const POINTS: (u64, i64) = (5000, 3600);
const BLOB: usize = 5 * 1024 * 1024;

/// A record in a repository.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Entry {
    /// Whose repository.
    pub did: String,
    /// The account's handle.
    pub handle: String,
    /// Its key.
    pub rkey: String,
    /// The record.
    pub record: Value,
    /// Its content identifier.
    pub cid: String,
    /// When it was written.
    pub at: Timestamp,
    /// Whether it was written over.
    #[serde(default)]
    pub edited: bool,
    /// Whether it was deleted.
    #[serde(default)]
    pub deleted: bool,
}

/// What the server knows.
#[derive(Default)]
pub struct State {
    /// Records by repository and key, deleted ones too.
    pub records: BTreeMap<(String, String), Entry>,
    blobs: BTreeMap<String, (String, usize)>,
}

impl State {
    /// Takes a change in.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Record(entry) => {
                self.records.insert((entry.did.clone(), entry.rkey.clone()), entry.clone());
            }
            Change::RecordDeleted { did, rkey } => {
                if let Some(entry) = self.records.get_mut(&(did.clone(), rkey.clone())) {
                    entry.deleted = true;
                }
            }
            Change::Blob { cid, media_type, size } => {
                self.blobs.insert(cid.clone(), (media_type.clone(), *size));
            }
            _ => {}
        }
    }

    /// A record that is still there.
    pub fn live(&self, did: &str, rkey: &str) -> Option<&Entry> {
        self.records.get(&(did.to_owned(), rkey.to_owned())).filter(|entry| !entry.deleted)
    }
}

/// Every handle has the same app password.
pub static STAND_IN: StandIn =
    StandIn { platform: "bluesky", name: "Bluesky", routes, door: stand_in::front, secrets: |_, _| vec![("password", PASSWORD.into())] };

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/xrpc/_health", get(async || json(200, value!({"version": "rehearsal"}))))
        .route("/xrpc/com.atproto.server.describeServer", get(describe))
        .route("/xrpc/com.atproto.server.createSession", post(create_session))
        .route("/xrpc/com.atproto.server.refreshSession", post(refresh_session))
        .route("/xrpc/com.atproto.repo.putRecord", post(put_record))
        .route("/xrpc/com.atproto.repo.createRecord", post(create_record))
        .route("/xrpc/com.atproto.repo.deleteRecord", post(delete_record))
        .route("/xrpc/com.atproto.repo.getRecord", get(get_record))
        .route("/xrpc/com.atproto.repo.listRecords", get(list_records))
        .route("/xrpc/com.atproto.repo.uploadBlob", post(upload_blob))
        .layer(DefaultBodyLimit::max(BLOB + 1024))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |shared| with_limits(too_many(), POINTS, (0, shared.take(("points", ""), POINTS, 0).1)),
    unauthorised: || fault(401, "AuthenticationRequired", "Invalid identifier or password"),
    expired: || fault(400, "ExpiredToken", "Token has expired"),
    failed: || fault(500, "InternalServerError", "Internal Server Error"),
    writes: |method, path| method == Method::POST && path.ends_with("Record"),
};

fn fault(status: u16, error: &str, message: &str) -> Response {
    json(status, value!({"error": error, "message": message}))
}

fn too_many() -> Response {
    fault(429, "RateLimitExceeded", "Rate Limit Exceeded")
}

fn broken(error: std::io::Error) -> Response {
    fault(500, "InternalServerError", &format!("the stand-in cannot write: {error}"))
}

fn with_limits(mut answer: Response, (limit, seconds): (u64, i64), (left, reset): (i64, i64)) -> Response {
    let fields = [
        ("ratelimit-limit", limit.to_string()),
        ("ratelimit-remaining", left.max(0).to_string()),
        ("ratelimit-reset", reset.to_string()),
        ("ratelimit-policy", format!("{limit};w={seconds}")),
    ];
    for (name, text) in fields {
        if let Ok(text) = text.parse() {
            answer.headers_mut().insert(name, text);
        }
    }
    answer
}

/// The DID of a handle; the same every time.
pub fn did_of(handle: &str) -> String {
    if handle.starts_with("did:") {
        return handle.to_owned();
    }
    format!("did:plc:{}", &cid::base32(&Sha256::digest(handle.as_bytes()))[..24])
}

async fn describe() -> Response {
    json(200, value!({"did": "did:web:localhost", "availableUserDomains": [".test"], "inviteCodeRequired": false}))
}

#[derive(Deserialize)]
struct Login {
    identifier: String,
    password: String,
}

async fn create_session(Extract(shared): Extract<Shared>, body: Bytes) -> Response {
    let Ok(login) = serde_json::from_slice::<Login>(&body) else {
        return fault(400, "InvalidRequest", "Input must have the properties \"identifier\" and \"password\"");
    };
    let left = shared.take(("sessions", &login.identifier), SESSIONS, 1);
    if left.0 < 0 {
        return with_limits(too_many(), SESSIONS, left);
    }
    match login.password.split('.').next() == Some(PASSWORD) && !login.identifier.is_empty() {
        true => json(200, session(&login.identifier)),
        false => fault(401, "AuthenticationRequired", "Invalid identifier or password"),
    }
}

async fn refresh_session(headers: HeaderMap) -> Response {
    match bearer(&headers).and_then(|token| token.strip_prefix("rehearsal.refresh.")) {
        Some(handle) => json(200, session(handle)),
        None => fault(400, "InvalidToken", "Token could not be verified"),
    }
}

fn session(handle: &str) -> Value {
    value!({"accessJwt": format!("rehearsal.access.{handle}"), "refreshJwt": format!("rehearsal.refresh.{handle}"), "handle": handle, "did": did_of(handle), "active": true})
}

/// The handle behind the token.
fn handle(headers: &HeaderMap) -> Result<String, Response> {
    let token = bearer(headers).ok_or_else(|| fault(401, "AuthMissing", "Authentication Required"))?;
    let handle = token.strip_prefix("rehearsal.access.");
    handle.map(str::to_owned).ok_or_else(|| fault(400, "InvalidToken", "Token could not be verified"))
}

#[derive(Deserialize)]
struct Write {
    repo: String,
    collection: String,
    rkey: Option<String>,
    #[serde(default)]
    record: Value,
    // Present and null is not the same as absent.
    #[serde(default, rename = "swapRecord", deserialize_with = "present")]
    swap: Option<Value>,
}

fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(deserializer).map(Some)
}

/// Reads a write and checks that it is the account's own.
fn own_write(headers: &HeaderMap, body: &Bytes) -> Result<(String, Write), Response> {
    let handle = handle(headers)?;
    let write: Write =
        serde_json::from_slice(body).map_err(|error| fault(400, "InvalidRequest", &format!("Input is not valid: {error}")))?;
    if did_of(&write.repo) != did_of(&handle) {
        return Err(fault(401, "AuthRequiredError", "Invalid repo"));
    }
    if write.collection != POSTS {
        return Err(fault(400, "InvalidRequest", "This rehearsal knows the collection app.bsky.feed.post only"));
    }
    Ok((handle, write))
}

fn ensure_valid(shared: &Shared, write: &Write, rkey: &str) -> Result<(), Response> {
    let invalid = |message: &str| fault(400, "InvalidRequest", &format!("Invalid {POSTS} record: {message}"));
    if !lexicon::is_tid(rkey) {
        return Err(fault(400, "InvalidRequest", "Invalid record key: must be a valid TID"));
    }
    if let Some(message) = lexicon::fault(&write.record) {
        return Err(invalid(&message));
    }
    let world = shared.world();
    for blob in blobs(&write.record) {
        let known = blob["ref"]["$link"].as_str().and_then(|cid| world.bluesky.blobs.get(cid));
        if known.is_none_or(|(media_type, size)| blob["mimeType"] != **media_type || blob["size"] != *size) {
            return Err(fault(400, "BlobNotFound", "Could not find blob"));
        }
    }
    Ok(())
}

fn blobs(record: &Value) -> Vec<&Value> {
    let embed = &record["embed"];
    let images = embed["images"].as_array().into_iter().flatten().map(|image| &image["image"]);
    images.chain([&embed["external"]["thumb"]]).filter(|blob| !blob.is_null()).collect()
}

async fn put_record(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    put(&shared, &headers, &body).unwrap_or_else(|refusal| refusal)
}

fn put(shared: &Shared, headers: &HeaderMap, body: &Bytes) -> Result<Response, Response> {
    let (handle, write) = own_write(headers, body)?;
    let left = shared.take(("points", &handle), POINTS, 2);
    if left.0 < 0 {
        return Err(with_limits(too_many(), POINTS, left));
    }
    let rkey = write.rkey.clone().ok_or_else(|| fault(400, "InvalidRequest", "Input must have the property \"rkey\""))?;
    ensure_valid(shared, &write, &rkey)?;
    let cid = cid::of_record(&write.record);
    let before = shared.world().bluesky.live(&did_of(&handle), &rkey).cloned();
    if before.as_ref().is_some_and(|entry| entry.cid == cid) {
        return Ok(with_limits(json(200, value!({"uri": uri(&handle, &rkey), "cid": cid, "validationStatus": "valid"})), POINTS, left));
    }
    let swap_fits = match &write.swap {
        None => true,
        Some(Value::Null) => before.is_none(),
        Some(expected) => before.as_ref().is_some_and(|entry| *expected == *entry.cid),
    };
    if !swap_fits {
        let was = before.map_or("null".into(), |entry| entry.cid);
        return Err(fault(400, "InvalidSwap", &format!("Record was at {was}")));
    }
    let answer = store(shared, (&handle, &rkey), write.record, before.is_some())?;
    Ok(with_limits(answer, POINTS, left))
}

fn uri(handle: &str, rkey: &str) -> String {
    format!("at://{}/{POSTS}/{rkey}", did_of(handle))
}

fn store(shared: &Shared, (handle, rkey): (&str, &str), record: Value, edited: bool) -> Result<Response, Response> {
    let cid = cid::of_record(&record);
    let entry = Entry {
        did: did_of(handle),
        handle: handle.into(),
        rkey: rkey.into(),
        record,
        cid: cid.clone(),
        at: Timestamp::now(),
        edited,
        deleted: false,
    };
    let commit = value!({"cid": cid::of_record(&value!({"cid": cid, "rkey": rkey})), "rev": rkey});
    shared.world().commit(Change::Record(entry)).map_err(broken)?;
    Ok(json(200, value!({"uri": uri(handle, rkey), "cid": cid, "commit": commit, "validationStatus": "valid"})))
}

async fn create_record(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let created = || {
        let (handle, write) = own_write(&headers, &body)?;
        let left = shared.take(("points", &handle), POINTS, 3);
        if left.0 < 0 {
            return Err(with_limits(too_many(), POINTS, left));
        }
        let rkey = write.rkey.clone().unwrap_or_else(|| next_rkey(&shared));
        ensure_valid(&shared, &write, &rkey)?;
        if shared.world().bluesky.live(&did_of(&handle), &rkey).is_some() {
            return Err(fault(500, "InternalServerError", "Internal Server Error"));
        }
        store(&shared, (&handle, &rkey), write.record, false).map(|answer| with_limits(answer, POINTS, left))
    };
    created().unwrap_or_else(|refusal| refusal)
}

/// A key as a server chooses it: from its clock, later than all others.
fn next_rkey(shared: &Shared) -> String {
    let count = shared.world().bluesky.records.len() as u64;
    lexicon::tid((Timestamp::now().as_microsecond().unsigned_abs() + count) << 10)
}

async fn delete_record(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let deleted = || {
        let (handle, write) = own_write(&headers, &body)?;
        let (did, rkey) = (did_of(&handle), write.rkey.unwrap_or_default());
        let mut world = shared.world();
        if world.bluesky.live(&did, &rkey).is_some() {
            world.commit(Change::RecordDeleted { did, rkey }).map_err(broken)?;
        }
        Ok::<_, Response>(json(200, value!({})))
    };
    deleted().unwrap_or_else(|refusal| refusal)
}

async fn get_record(Extract(shared): Extract<Shared>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let field = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let world = shared.world();
    match world.bluesky.live(&did_of(field("repo")), field("rkey")).filter(|_| field("collection") == POSTS) {
        Some(entry) => json(200, shown(entry)),
        None => fault(400, "RecordNotFound", &format!("Could not locate record: at://{}/{POSTS}/{}", field("repo"), field("rkey"))),
    }
}

fn shown(entry: &Entry) -> Value {
    value!({"uri": format!("at://{}/{POSTS}/{}", entry.did, entry.rkey), "cid": entry.cid, "value": entry.record})
}

async fn list_records(Extract(shared): Extract<Shared>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let did = did_of(query.get("repo").map(String::as_str).unwrap_or_default());
    let most: usize = query.get("limit").and_then(|most| most.parse().ok()).unwrap_or(50).clamp(1, 100);
    let forward = query.get("reverse").is_some_and(|word| word == "true");
    let cursor = query.get("cursor").cloned();
    let world = shared.world();
    let own = world.bluesky.records.values().filter(|entry| entry.did == did && !entry.deleted);
    let mut entries: Vec<&Entry> = own.collect();
    if !forward {
        entries.reverse();
    }
    let after = |entry: &&&Entry| cursor.as_ref().is_none_or(|cursor| if forward { entry.rkey > *cursor } else { entry.rkey < *cursor });
    let page: Vec<&Entry> = entries.iter().filter(after).take(most).copied().collect();
    let mut answer = value!({"records": page.iter().map(|entry| shown(entry)).collect::<Vec<_>>()});
    if let Some(last) = page.last() {
        answer["cursor"] = value!(last.rkey);
    }
    json(200, answer)
}

async fn upload_blob(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    if let Err(refusal) = handle(&headers) {
        return refusal;
    }
    if body.len() > BLOB {
        return fault(413, "PayloadTooLarge", "request entity too large");
    }
    let media_type = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("*/*").to_owned();
    let cid = cid::of_blob(&body);
    let mut world = shared.world();
    let kept = world
        .keep(&cid, &body)
        .and_then(|()| world.commit(Change::Blob { cid: cid.clone(), media_type: media_type.clone(), size: body.len() }));
    match kept {
        Ok(()) => json(200, value!({"blob": {"$type": "blob", "ref": {"$link": cid}, "mimeType": media_type, "size": body.len()}})),
        Err(error) => broken(error),
    }
}
