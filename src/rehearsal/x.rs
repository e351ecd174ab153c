//! A stand-in for X's API, version 2. In: requests. Out: what the real one would answer, for the calls documented at
//! <https://docs.x.com/x-api>.
//!
//! Posts are limited to 280 weighted characters; the same text again is a duplicate; uploads belong to their account. An
//! account may reply to its own posts, unless `restricted` is in its name, and edit them for half an hour, five times.

use crate::channels::text;
use crate::rehearsal::boards::Posted;
use crate::rehearsal::exact::{object, only};
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::world::Change;
use crate::rehearsal::{x_auth, x_media, x_view as view};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State as Extract};
use axum::http::{HeaderMap, Method, Uri};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

/// First id; ids of the real one are about as long.
const FIRST: u64 = 1_900_000_000_000_000_000;
/// Posts of an account in a quarter of an hour.
const POSTS: (u64, i64) = (100, 900);
const FIELDS: [&str; 6] = ["text", "media", "reply", "reply_settings", "edit_options", "made_with_ai"];

/// Accounts by all their keys.
pub static STAND_IN: StandIn =
    StandIn { platform: "x", name: "X", routes, door: stand_in::front, secrets: |_, channel| x_auth::secrets(channel) };

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/2/tweets", post(make).get(list))
        .route("/2/tweets/{id}", get(read).delete(delete))
        .route("/2/users/me", get(me))
        .route("/2/users/{id}/tweets", get(timeline))
        .route("/2/media/upload", post(x_media::upload))
        .route("/2/media/metadata", post(x_media::describe))
        .route("/2/oauth2/token", post(token))
        .layer(DefaultBodyLimit::max(16 * 1024 * 1024))
        .layer(from_fn(move |request: Request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |shared| limited(problem(429, "Too Many Requests", "Too Many Requests"), 0, shared.take(("x", ""), POSTS, 0).1),
    unauthorised: || unauthorised(),
    expired: || unauthorised(),
    failed: || problem(503, "Service Unavailable", "Service Unavailable"),
    writes: |method, path| path.contains("/2/tweets") && matches!(*method, Method::POST | Method::DELETE),
};

/// A problem document.
pub(super) fn problem(status: u16, title: &str, detail: &str) -> Response {
    json(status, value!({"type": "about:blank", "title": title, "detail": detail, "status": status}))
}

pub(super) fn unauthorised() -> Response {
    problem(401, "Unauthorized", "Unauthorized")
}

pub(super) fn invalid(why: &str) -> Response {
    let kind = "https://api.x.com/2/problems/invalid-request";
    json(
        400,
        value!({"type": kind, "title": "Invalid Request", "detail": "One or more parameters to your request was invalid.", "errors": [{"message": why}]}),
    )
}

pub(super) fn broken(error: std::io::Error) -> Response {
    problem(500, "Internal Server Error", &error.to_string())
}

fn forbidden(detail: &str) -> Response {
    problem(403, "Forbidden", detail)
}

fn limited(mut answer: Response, left: i64, reset: i64) -> Response {
    for (name, number) in [("x-rate-limit-limit", POSTS.0 as i64), ("x-rate-limit-remaining", left), ("x-rate-limit-reset", reset)] {
        answer.headers_mut().insert(name, number.into());
    }
    answer
}

/// A post by any of its ids: each edit makes a new one.
pub(super) fn find<'w>(posts: &[&'w Posted], id: &str) -> Option<&'w Posted> {
    posts.iter().find(|post| view::ids(post).any(|own| own == id)).copied()
}

async fn make(Extract(shared): Extract<Shared>, method: Method, uri: Uri, headers: HeaderMap, body: Bytes) -> Response {
    let Some(name) = x_auth::account(&shared, &method, &uri, &headers) else { return unauthorised() };
    let (left, reset) = shared.take(("x", &name), POSTS, 1);
    if left < 0 {
        return limited(problem(429, "Too Many Requests", "Too Many Requests"), 0, reset);
    }
    let body = match object(&headers, &body).and_then(|body| only(&body, &FIELDS).map(|()| body)) {
        Ok(body) => body,
        Err(why) => return invalid(&why),
    };
    limited(made(&shared, &name, &body).unwrap_or_else(|refusal| refusal), left, reset)
}

fn made(shared: &Shared, name: &str, body: &Value) -> Result<Response, Response> {
    let words = body["text"].as_str().ok_or_else(|| invalid("text is missing"))?;
    if words.trim().is_empty() || !text::fits(&text::weighted(words)) || words.contains(['\u{fffe}', '\u{feff}', '\u{ffff}']) {
        return Err(invalid("Your Tweet text is too long."));
    }
    for (part, known) in [("reply", "in_reply_to_tweet_id"), ("edit_options", "previous_post_id")] {
        only(&body[part], &[known]).map_err(|why| invalid(&why))?;
        if !body[part].is_null() && !body[part][known].is_string() {
            return Err(invalid(&format!("{known} is missing")));
        }
    }
    let images = x_media::pictures(shared, name, &body["media"])?;
    let mut world = shared.world();
    let all: Vec<&Posted> = world.boards.of("x").into_iter().filter(|post| post.account == name).collect();
    if all.iter().any(|post| post.text == words && post.parent.as_deref() == body["reply"]["in_reply_to_tweet_id"].as_str()) {
        return Err(forbidden("You are not allowed to create a Tweet with duplicate content."));
    }
    let parent = body["reply"].as_object().map(|reply| reply["in_reply_to_tweet_id"].as_str().unwrap_or_default().to_owned());
    if let Some(parent) = &parent {
        if name.contains("restricted") {
            return Err(forbidden(
                "Reply to this conversation is not allowed because you have not been mentioned or otherwise engaged by the author of the post you are replying to.",
            ));
        }
        if find(&world.boards.of("x"), parent).is_none() {
            return Err(forbidden("You attempted to reply to a Tweet that is deleted or not visible to you."));
        }
    }
    let id = (FIRST + world.boards.next()).to_string();
    let post = match body["edit_options"]["previous_post_id"].as_str() {
        None => Posted { parent, images, ..Posted::new("x", name, &id, words) },
        Some(previous) => {
            let old = find(&all, previous).ok_or_else(|| forbidden("You are not allowed to edit this Tweet."))?;
            let mut ids: Vec<String> = view::ids(old).map(str::to_owned).collect();
            let late = Timestamp::now().duration_since(old.at).as_mins() >= 30;
            if late || ids.len() > 5 || ids.last().map(String::as_str) != Some(previous) {
                return Err(forbidden("The Tweet is no longer editable."));
            }
            ids.push(id.clone());
            Posted { text: words.into(), images, edited: Some(Timestamp::now()), more: value!({"ids": ids}), ..old.clone() }
        }
    };
    let shown = view::shown(&post, &["entities"]);
    world.commit(Change::Posted(post)).map_err(broken)?;
    Ok(json(201, value!({"data": {"id": id, "text": shown["text"], "edit_history_tweet_ids": shown["edit_history_tweet_ids"]}})))
}

async fn delete(Extract(shared): Extract<Shared>, method: Method, uri: Uri, headers: HeaderMap, Path(id): Path<String>) -> Response {
    let Some(name) = x_auth::account(&shared, &method, &uri, &headers) else { return unauthorised() };
    let post = find(&shared.world().boards.of("x"), &id).cloned();
    match post {
        None => json(200, value!({"data": {"deleted": false}})),
        Some(post) if post.account != name => forbidden("You are not authorized to delete this Tweet."),
        Some(post) => match shared.put(Posted { deleted: true, ..post }) {
            Ok(()) => json(200, value!({"data": {"deleted": true}})),
            Err(error) => broken(error),
        },
    }
}

fn wanted(query: &BTreeMap<String, String>) -> Vec<String> {
    query.get("tweet.fields").into_iter().flat_map(|fields| fields.split(',')).map(str::to_owned).collect()
}

async fn read(
    Extract(shared): Extract<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    (Path(id), Query(query)): (Path<String>, Query<BTreeMap<String, String>>),
) -> Response {
    if x_auth::account(&shared, &method, &uri, &headers).is_none() {
        return unauthorised();
    }
    match find(&shared.world().boards.of("x"), &id) {
        Some(post) => json(200, value!({"data": view::shown(post, &wanted(&query))})),
        None => json(200, value!({"errors": [view::missing(&id)]})),
    }
}

async fn list(
    Extract(shared): Extract<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    Query(query): Query<BTreeMap<String, String>>,
) -> Response {
    if x_auth::account(&shared, &method, &uri, &headers).is_none() {
        return unauthorised();
    }
    let Some(ids) = query.get("ids") else { return invalid("ids is missing") };
    let world = shared.world();
    let posts = world.boards.of("x");
    let data: Vec<Value> = ids.split(',').filter_map(|id| find(&posts, id)).map(|post| view::shown(post, &wanted(&query))).collect();
    let errors: Vec<Value> = ids.split(',').filter(|id| find(&posts, id).is_none()).map(view::missing).collect();
    json(200, if errors.is_empty() { value!({"data": data}) } else { value!({"data": data, "errors": errors}) })
}

async fn me(Extract(shared): Extract<Shared>, method: Method, uri: Uri, headers: HeaderMap) -> Response {
    match x_auth::account(&shared, &method, &uri, &headers) {
        Some(name) => limited(json(200, value!({"data": {"id": view::account_id(&name), "name": name, "username": name}})), 74, 0),
        None => unauthorised(),
    }
}

async fn timeline(
    Extract(shared): Extract<Shared>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    (Path(id), Query(query)): (Path<String>, Query<BTreeMap<String, String>>),
) -> Response {
    if x_auth::account(&shared, &method, &uri, &headers).is_none() {
        return unauthorised();
    }
    let most: usize = query.get("max_results").and_then(|most| most.parse().ok()).unwrap_or(10);
    if !(5..=100).contains(&most) {
        return invalid("max_results is not from 5 to 100");
    }
    let from: usize = query.get("pagination_token").and_then(|token| token.strip_prefix("page")?.parse().ok()).unwrap_or(0);
    let world = shared.world();
    let own: Vec<&Posted> = world.boards.of("x").into_iter().filter(|post| view::account_id(&post.account) == id).collect();
    let page: Vec<Value> = own.iter().skip(from).take(most).map(|post| view::shown(post, &wanted(&query))).collect();
    let mut meta = value!({"result_count": page.len()});
    if own.len() > from + most {
        meta["next_token"] = value!(format!("page{}", from + most));
    }
    json(200, value!({"data": page, "meta": meta}))
}

async fn token(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let tokens = crate::rehearsal::exact::form(&headers, &body).map_or(Ok(Value::Null), |form| x_auth::refreshed(&shared, &form));
    match tokens {
        Ok(Value::Null) => json(400, value!({"error": "invalid_request", "error_description": "Value passed for the token was invalid."})),
        Ok(tokens) => json(200, tokens).into_response(),
        Err(error) => broken(error),
    }
}
