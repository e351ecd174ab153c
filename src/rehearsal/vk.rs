//! A stand-in for VK's API. In: requests. Out: what the real one would answer, always with the status 200, for the methods
//! documented at <https://dev.vk.com/method/wall>.
//!
//! Any token `rehearsal-NAME` is that of an editor of every community. The same `guid` within an hour gives the same post.

use crate::rehearsal::exact::{form, parts, picture};
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::vk_wall as wall;
use crate::rehearsal::world::Change;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Request, State as Extract};
use axum::http::HeaderMap;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::post;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

/// The version that is spoken here.
const VERSION: &str = "5.199";
const OWNER: i64 = 4300;

/// The fields of a call.
pub(super) type Fields = BTreeMap<String, String>;

/// Any token `rehearsal-NAME` is that of an editor of every community.
pub static STAND_IN: StandIn = StandIn { platform: "vk", name: "VK", routes, door: stand_in::front, secrets: stand_in::token };

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/method/{name}", post(call))
        .route("/upload/{group}", post(upload))
        .layer(DefaultBodyLimit::max(64 * 1024 * 1024))
        .layer(from_fn(move |request: Request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| fault(6, "Too many requests per second"),
    unauthorised: || fault(5, "User authorization failed: invalid access_token (4)."),
    expired: || fault(5, "User authorization failed: access_token has expired."),
    failed: || fault(10, "Internal server error"),
    writes: |_, path| ["wall.post", "wall.edit", "wall.delete", "wall.createComment"].iter().any(|name| path.ends_with(name)),
};

/// An error, with the status 200 as all of them.
pub(super) fn fault(code: u16, message: &str) -> Response {
    json(200, value!({"error": {"error_code": code, "error_msg": message, "request_params": []}}))
}

/// A parameter that is wrong.
pub(super) fn wrong(why: &str) -> Response {
    fault(100, &format!("One of the parameters specified was missing or invalid: {why}"))
}

pub(super) fn broken(error: std::io::Error) -> Response {
    fault(10, &format!("Internal server error: {error}"))
}

/// A field that must be there.
pub(super) fn must<'f>(fields: &'f Fields, name: &str) -> Result<&'f str, Response> {
    fields.get(name).map(String::as_str).filter(|text| !text.is_empty()).ok_or_else(|| wrong(&format!("{name} is undefined")))
}

/// None but the documented fields.
pub(super) fn known(fields: &Fields, names: &[&str]) -> Result<(), Response> {
    let other = fields.keys().find(|name| !["access_token", "v"].contains(&name.as_str()) && !names.contains(&name.as_str()));
    other.map_or(Ok(()), |name| Err(wrong(&format!("{name} is unknown"))))
}

async fn call(Extract(shared): Extract<Shared>, Path(name): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let fields = match form(&headers, &body) {
        Ok(fields) => fields,
        Err(why) => return wrong(&why),
    };
    let token = fields.get("access_token").map(String::as_str).unwrap_or_default();
    if token.strip_prefix("rehearsal-").is_none_or(str::is_empty) {
        return fault(5, "User authorization failed: invalid access_token (4).");
    }
    if fields.get("v").map(String::as_str) != Some(VERSION) {
        return fault(8, "Invalid request: v is required");
    }
    let answer = match name.as_str() {
        "wall.post" => wall::make(&shared, &fields),
        "wall.edit" => wall::edit(&shared, &fields),
        "wall.delete" => wall::delete(&shared, &fields, "post_id"),
        "wall.get" => wall::list(&shared, &fields),
        "wall.getById" => wall::read(&shared, &fields),
        "wall.createComment" => wall::comment(&shared, &fields),
        "wall.editComment" => wall::edit_comment(&shared, &fields),
        "wall.deleteComment" => wall::delete(&shared, &fields, "comment_id"),
        "wall.getComment" => wall::read_comment(&shared, &fields),
        "wall.getComments" => wall::comments(&shared, &fields),
        "photos.getWallUploadServer" => place(&shared, &fields),
        "photos.saveWallPhoto" => save(&shared, &fields),
        "groups.getById" => must(&fields, "group_id")
            .map(|id| value!({"groups": [{"id": id.parse::<i64>().unwrap_or_default(), "name": "Norrvik", "can_post": 1}]})),
        "users.get" => Ok(value!([{"id": OWNER, "first_name": "Press", "last_name": "Desk"}])),
        _ => Err(fault(3, "Unknown method passed")),
    };
    answer.map_or_else(|refusal| refusal, |answer| json(200, value!({"response": answer})))
}

fn place(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    let group = must(fields, "group_id")?;
    Ok(value!({"upload_url": format!("{}/vk/upload/{group}", shared.base()), "album_id": -14, "user_id": OWNER}))
}

async fn upload(Extract(shared): Extract<Shared>, Path(group): Path<String>, body: Multipart) -> Response {
    let parts = parts(body).await.unwrap_or_default();
    let Some(file) = parts.iter().find(|part| part.name == "photo" && part.file.is_some()).filter(|part| picture(&part.bytes).is_some())
    else {
        return json(200, value!({"server": 1, "photo": "[]", "hash": ""}));
    };
    match shared.keep_picture(&file.bytes) {
        Ok(name) => json(
            200,
            value!({"server": 851_224, "photo": value!([{"photo": name}]).to_string(), "hash": format!("hash-of-{group}-{name}")}),
        ),
        Err(error) => broken(error),
    }
}

fn save(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    known(fields, &["group_id", "server", "photo", "hash"])?;
    let group = must(fields, "group_id")?;
    let photo: Value = serde_json::from_str(must(fields, "photo")?).map_err(|_| wrong("photo is undefined"))?;
    let file = photo[0]["photo"].as_str().ok_or_else(|| wrong("photo is undefined"))?;
    if must(fields, "server")? != "851224" || must(fields, "hash")? != format!("hash-of-{group}-{file}") {
        return Err(fault(121, "Invalid hash"));
    }
    let mut world = shared.world();
    let id = world.boards.next();
    let name = format!("photo-{group}_{id}");
    world.commit(Change::Thing { network: "vk".into(), name, value: value!(file) }).map_err(broken)?;
    Ok(value!([{"id": id, "owner_id": -group.parse::<i64>().unwrap_or_default(), "album_id": -14}]))
}
