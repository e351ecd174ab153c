//! A stand-in for a Misskey server. In: requests of its API. Out: what the real one would answer, for the calls documented
//! at <https://misskey-hub.net/en/docs/for-developers/api/>: `i`, `meta`, `drive/files/create`, `notes/*`, `users/notes`.
//!
//! The token is `rehearsal-NAME`, in the field `i`. Nothing is remembered against repeats.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::{self, StandIn};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, Path, State as Extract};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json as value};

const NETWORK: &str = "misskey";
const LIMIT: usize = 3000;
/// Fields of a note that a client may send, without the token.
const NOTE: &[&str] = &["text", "visibility", "cw", "replyId", "fileIds", "localOnly"];

/// Any token `rehearsal-NAME` is that of the account NAME.
pub static STAND_IN: StandIn = StandIn { platform: NETWORK, name: "Misskey", routes, door: stand_in::front, secrets: stand_in::token };

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/api/drive/files/create", post(upload))
        .route("/api/{*call}", post(called))
        .layer(DefaultBodyLimit::max(32 * 1024 * 1024))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| error(429, "RATE_LIMIT_EXCEEDED", "Rate limit exceeded. Please try again later."),
    unauthorised: || error(401, "AUTHENTICATION_FAILED", "Authentication failed. Please ensure your token is correct."),
    expired: || error(401, "AUTHENTICATION_FAILED", "Authentication failed. Please ensure your token is correct."),
    failed: || error(500, "INTERNAL_ERROR", "Internal error occurred."),
    writes: |method, path| method == Method::POST && (path.ends_with("notes/create") || path.ends_with("notes/delete")),
};

fn error(status: u16, code: &str, words: &str) -> Response {
    let kind = if status < 500 { "client" } else { "server" };
    json(status, value!({"error": {"message": words, "code": code, "id": "00000000-0000-0000-0000-000000000000", "kind": kind}}))
}

fn invalid(words: &str) -> Response {
    error(400, "INVALID_PARAM", words)
}

fn broken(cause: std::io::Error) -> Response {
    error(500, "INTERNAL_ERROR", &format!("the stand-in cannot write: {cause}"))
}

fn account(token: Option<&str>) -> Result<String, Response> {
    let token = token.ok_or_else(|| error(401, "CREDENTIAL_REQUIRED", "Credential required."))?;
    let name = token.strip_prefix("rehearsal-").filter(|name| !name.is_empty());
    name.map(str::to_owned).ok_or_else(TROUBLES.unauthorised)
}

async fn called(Extract(shared): Extract<Shared>, Path(call): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = || {
        if !headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"application/json")) {
            return Err(invalid("the content type is not application/json"));
        }
        let fields: Value = serde_json::from_slice(&body).map_err(|_| invalid("not JSON"))?;
        if call == "meta" {
            return Ok(json(200, value!({"maxNoteTextLength": LIMIT, "version": "2026.9.0", "name": "Rehearsal"})));
        }
        let name = account(fields["i"].as_str())?;
        match &*call {
            "i" => Ok(json(200, user(&name))),
            "notes/create" => create(&shared, &name, &fields),
            "notes/delete" => delete(&shared, &name, &fields),
            "notes/show" => note(&shared, &fields).map(|post| json(200, shown(&post))),
            "users/notes" => list(&shared, &fields),
            _ => Err(error(404, "UNKNOWN_API_ENDPOINT", "Unknown API endpoint.")),
        }
    };
    answer().unwrap_or_else(|no| no)
}

fn user(name: &str) -> Value {
    value!({"id": format!("id{name}"), "username": name, "isSilenced": false, "isSuspended": false})
}

fn shown(post: &Posted) -> Value {
    let files: Vec<Value> = post.images.iter().map(|(file, alt)| value!({"id": file, "comment": alt})).collect();
    value!({
        "id": post.id, "createdAt": post.at, "userId": format!("id{}", post.account), "user": user(&post.account), "text": post.text,
        "cw": null, "visibility": post.more["visibility"], "replyId": post.parent, "renoteId": null, "files": files,
        "reactions": {"👍": 2, "❤": 1}, "renoteCount": 0, "repliesCount": 0,
    })
}

fn create(shared: &Shared, name: &str, fields: &Value) -> Result<Response, Response> {
    let sent = fields.as_object().ok_or_else(|| invalid("not an object"))?;
    if let Some(name) = sent.keys().find(|name| *name != "i" && !NOTE.contains(&name.as_str())) {
        return Err(invalid(&format!("`{name}` is not a field of a note")));
    }
    let text = fields["text"].as_str().ok_or_else(|| invalid("`text` is missing"))?;
    if text.trim().is_empty() || text.chars().count() > LIMIT {
        return Err(invalid("`text` has 1 to 3,000 characters"));
    }
    if !["public", "home", "followers", "specified"].iter().any(|word| fields["visibility"] == *word) {
        return Err(invalid("`visibility` is none"));
    }
    let parent = fields["replyId"].as_str();
    if parent.is_some_and(|id| shared.world().boards.get(NETWORK, id).is_none()) {
        return Err(error(400, "NO_SUCH_REPLY_TARGET", "No such reply target."));
    }
    let mut images = Vec::new();
    for id in fields["fileIds"].as_array().into_iter().flatten() {
        let file = shared.world().boards.thing(NETWORK, id.as_str().unwrap_or_default()).cloned();
        let file = file.filter(|file| file["account"] == *name).ok_or_else(|| error(400, "NO_SUCH_FILE", "Some files are not found."))?;
        images.push((file["file"].as_str().unwrap_or_default().to_owned(), file["comment"].as_str().unwrap_or_default().to_owned()));
    }
    let id = format!("a{:09}", shared.world().boards.next());
    let post = Posted {
        parent: parent.map(str::to_owned),
        images,
        more: value!({"visibility": fields["visibility"]}),
        ..Posted::new(NETWORK, name, id, text)
    };
    shared.put(post.clone()).map_err(broken)?;
    Ok(json(200, value!({"createdNote": shown(&post)})))
}

fn note(shared: &Shared, fields: &Value) -> Result<Posted, Response> {
    let found = shared.world().boards.get(NETWORK, fields["noteId"].as_str().unwrap_or_default()).cloned();
    found.ok_or_else(|| error(400, "NO_SUCH_NOTE", "No such note."))
}

fn delete(shared: &Shared, name: &str, fields: &Value) -> Result<Response, Response> {
    let post = note(shared, fields)?;
    if post.account != name {
        return Err(error(400, "ACCESS_DENIED", "Access denied."));
    }
    shared.put(Posted { deleted: true, ..post }).map_err(broken)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

fn list(shared: &Shared, fields: &Value) -> Result<Response, Response> {
    let most = fields["limit"].as_u64().unwrap_or(10);
    if !(1..=100).contains(&most) {
        return Err(invalid("`limit` is from 1 to 100"));
    }
    let below = fields["untilId"].as_str();
    let world = shared.world();
    let own = world.boards.of(NETWORK).into_iter().filter(|post| fields["userId"] == format!("id{}", post.account));
    let page = own.filter(|post| below.is_none_or(|below| post.id.as_str() < below)).take(most as usize);
    Ok(json(200, page.map(shown).collect()))
}

async fn upload(Extract(shared): Extract<Shared>, mut form: Multipart) -> Response {
    let (mut token, mut comment, mut file) = (None, String::new(), None);
    while let Ok(Some(field)) = form.next_field().await {
        let name = field.name().unwrap_or_default().to_owned();
        let picture = field.content_type().is_some_and(|kind| kind.starts_with("image/"));
        let Ok(bytes) = field.bytes().await else { return invalid("the form cannot be read") };
        let words = || String::from_utf8_lossy(&bytes).into_owned();
        match &*name {
            "i" => token = Some(words()),
            "comment" => comment = words(),
            "name" | "force" | "folderId" | "isSensitive" => {}
            "file" if picture => file = Some(bytes),
            _ => return invalid(&format!("the part `{name}` is not expected")),
        }
    }
    let name = match account(token.as_deref()) {
        Ok(name) => name,
        Err(no) => return no,
    };
    let Some(bytes) = file.filter(|_| comment.chars().count() <= 512) else { return invalid("a picture is expected, its words up to 512") };
    let kept = shared.keep_picture(&bytes).and_then(|file| {
        let id = format!("f{:09}", shared.world().boards.next());
        let thing = value!({"file": file, "comment": comment, "account": name});
        shared.keep_thing(NETWORK, &id, thing).map(|()| id)
    });
    kept.map_or_else(broken, |id| json(200, value!({"id": id, "comment": comment, "type": "image/png"})))
}
