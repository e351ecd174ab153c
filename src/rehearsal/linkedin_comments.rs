//! A stand-in for comments on LinkedIn. In: requests. Out: what the real one would answer, for the calls documented at
//! <https://learn.microsoft.com/linkedin/marketing/community-management/shares/comments-api>.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::exact::{object, only};
use crate::rehearsal::linkedin::{broken, fault, invalid, is_method, is_page, missing};
use crate::rehearsal::shared::{Shared, json};
use crate::rehearsal::world::Change;
use axum::body::Bytes;
use axum::extract::{Path, Query, State as Extract};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

const LIMIT: usize = 1250;
const FIRST: u64 = 6_600_000_000_000_000_000;

fn view(post: &Posted) -> Value {
    let parent = post.parent.clone().unwrap_or_default();
    let urn = format!("urn:li:comment:({parent},{})", post.id);
    value!({"id": post.id, "actor": post.account, "object": parent, "commentUrn": urn, "message": {"text": post.text}})
}

fn find(shared: &Shared, urn: &str, id: &str) -> Option<Posted> {
    shared.world().boards.get("linkedin", id).filter(|post| post.parent.as_deref() == Some(urn)).cloned()
}

/// `POST …/comments`.
pub async fn make(Extract(shared): Extract<Shared>, headers: HeaderMap, Path(urn): Path<String>, body: Bytes) -> Response {
    if shared.world().boards.get("linkedin", &urn).is_none() {
        return missing();
    }
    let body = match object(&headers, &body).and_then(|body| only(&body, &["actor", "object", "message"]).map(|()| body)) {
        Ok(body) => body,
        Err(why) => return fault(400, "ILLEGAL_ARGUMENT", &why),
    };
    let text = body["message"]["text"].as_str().filter(|text| !text.is_empty() && text.chars().count() <= LIMIT);
    let actor = body["actor"].as_str().filter(|actor| is_page(actor));
    let (Some(text), Some(actor), true) = (text, actor, body["object"] == *urn) else { return invalid("the comment is not as documented") };
    let mut world = shared.world();
    let id = (FIRST + world.boards.next()).to_string();
    let post = Posted { parent: Some(urn), ..Posted::new("linkedin", actor, &id, text) };
    let shown = view(&post).to_string();
    match world.commit(Change::Posted(post)) {
        Ok(()) => (StatusCode::CREATED, [("x-restli-id", id), ("content-type", "application/json".into())], shown).into_response(),
        Err(error) => broken(error),
    }
}

/// `GET …/comments`.
pub async fn list(Extract(shared): Extract<Shared>, Path(urn): Path<String>, Query(query): Query<BTreeMap<String, String>>) -> Response {
    let number = |name: &str, usual: usize| query.get(name).and_then(|text| text.parse().ok()).unwrap_or(usual);
    let world = shared.world();
    if world.boards.get("linkedin", &urn).is_none() {
        return missing();
    }
    let all = world.boards.of("linkedin").into_iter().filter(|post| post.parent.as_deref() == Some(&urn));
    let page: Vec<Value> = all.skip(number("start", 0)).take(number("count", 10).min(100)).map(view).collect();
    json(200, value!({"elements": page}))
}

/// `GET …/comments/ID`.
pub async fn read(Extract(shared): Extract<Shared>, Path((urn, id)): Path<(String, String)>) -> Response {
    find(&shared, &urn, &id).map_or_else(missing, |post| json(200, view(&post)))
}

/// `POST …/comments/ID`, a partial update.
pub async fn edit(Extract(shared): Extract<Shared>, headers: HeaderMap, Path((urn, id)): Path<(String, String)>, body: Bytes) -> Response {
    let Some(post) = find(&shared, &urn, &id) else { return missing() };
    let body = object(&headers, &body).unwrap_or_default();
    let text = body["patch"]["message"]["$set"]["text"].as_str().filter(|text| text.chars().count() <= LIMIT);
    let Some(text) = text.filter(|_| is_method(&headers, "PARTIAL_UPDATE")) else { return invalid("the patch is not as documented") };
    match shared.put(Posted { text: text.to_owned(), edited: Some(Timestamp::now()), ..post }) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => broken(error),
    }
}

/// `DELETE …/comments/ID?actor=…`.
pub async fn delete(
    Extract(shared): Extract<Shared>,
    Path((urn, id)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    if !query.get("actor").is_some_and(|actor| is_page(actor)) {
        return fault(400, "ILLEGAL_ARGUMENT", "actor is missing");
    }
    let Some(post) = find(&shared, &urn, &id) else { return missing() };
    match shared.put(Posted { deleted: true, ..post }) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => broken(error),
    }
}
