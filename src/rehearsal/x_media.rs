//! In: pictures for X's stand-in. Out: their ids, and the words that were given to them.

use crate::rehearsal::exact::{object, only, parts, picture};
use crate::rehearsal::shared::{Shared, json};
use crate::rehearsal::world::Change;
use crate::rehearsal::x::{broken, invalid, unauthorised};
use crate::rehearsal::x_auth;
use axum::body::Bytes;
use axum::extract::{Multipart, State as Extract};
use axum::http::{HeaderMap, Method, Uri};
use axum::response::Response;
use serde_json::{Value, json as value};

const LARGEST: usize = 5 * 1024 * 1024;
const ALT: usize = 1000;
const FIRST: u64 = 1_800_000_000_000_000_000;

/// `POST /2/media/upload`.
pub async fn upload(Extract(shared): Extract<Shared>, method: Method, uri: Uri, headers: HeaderMap, form: Multipart) -> Response {
    let Some(name) = x_auth::account(&shared, &method, &uri, &headers) else { return unauthorised() };
    let Some(parts) = parts(form).await else { return invalid("the form breaks off") };
    let mut kind = String::new();
    let mut bytes = None;
    for part in parts {
        match part.name.as_str() {
            "media_category" => kind = String::from_utf8_lossy(&part.bytes).into_owned(),
            "media" if part.file.is_some() && picture(&part.bytes) == Some(part.media_type.as_str()) => bytes = Some(part.bytes),
            other => return invalid(&format!("there is no field {other}")),
        }
    }
    let Some(bytes) = bytes.filter(|bytes| bytes.len() <= LARGEST) else {
        return invalid("media is no picture");
    };
    if kind != "tweet_image" {
        return invalid("media_category is not tweet_image");
    }
    let kept = shared.keep_picture(&bytes).and_then(|file| {
        let mut world = shared.world();
        let id = (FIRST + world.boards.next()).to_string();
        let value = value!({"account": name, "file": file, "alt": ""});
        world.commit(Change::Thing { network: "x".into(), name: format!("media/{id}"), value })?;
        Ok(value!({"data": {"id": id, "media_key": format!("3_{id}"), "size": bytes.len(), "expires_after_secs": 86400}}))
    });
    kept.map_or_else(broken, |answer| json(200, answer))
}

/// `POST /2/media/metadata`.
pub async fn describe(Extract(shared): Extract<Shared>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let Some(name) = x_auth::account(&shared, &method, &uri, &headers) else { return unauthorised() };
    let body = match object(&headers, &body).and_then(|body| only(&body, &["id", "metadata"]).map(|()| body)) {
        Ok(body) => body,
        Err(why) => return invalid(&why),
    };
    let id = body["id"].as_str().unwrap_or_default();
    let alt = body["metadata"]["alt_text"]["text"].as_str().filter(|alt| alt.chars().count() <= ALT);
    let thing = shared.world().boards.thing("x", &format!("media/{id}")).filter(|thing| thing["account"] == *name).cloned();
    let (Some(alt), Some(mut thing)) = (alt, thing) else { return invalid("alt_text or id is wrong") };
    thing["alt"] = value!(alt);
    let kept = shared.keep_thing("x", &format!("media/{id}"), thing);
    kept.map_or_else(broken, |()| json(200, value!({"data": {"id": id, "associated_metadata": {"alt_text": {"text": alt}}}})))
}

/// File and alt text of the pictures that a post names.
pub(super) fn pictures(shared: &Shared, name: &str, media: &Value) -> Result<Vec<(String, String)>, Response> {
    if media.is_null() {
        return Ok(Vec::new());
    }
    only(media, &["media_ids"]).map_err(|why| invalid(&why))?;
    let ids =
        media["media_ids"].as_array().filter(|ids| (1..=4).contains(&ids.len())).ok_or_else(|| invalid("media_ids has not 1 to 4"))?;
    let world = shared.world();
    let one = |id: &Value| {
        let thing = world.boards.thing("x", &format!("media/{}", id.as_str()?)).filter(|thing| thing["account"] == *name)?;
        Some((thing["file"].as_str()?.to_owned(), thing["alt"].as_str()?.to_owned()))
    };
    ids.iter().map(|id| one(id).ok_or_else(|| invalid("Your media IDs are invalid."))).collect()
}
