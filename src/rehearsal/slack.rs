//! A stand-in for Slack. In: requests of its API and of incoming webhooks. Out: what Slack would answer, for the calls
//! documented at <https://docs.slack.dev/reference/methods>; refusals come with status 200.
//!
//! The bot token is `rehearsal-NAME`; the bot is in every channel whose id begins with `C` and not with `CX`.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::shared::{Shared, Troubles, around, bearer, json};
use crate::rehearsal::slack_rules as rules;
use crate::rehearsal::stand_in::{self, StandIn};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State as Extract};
use axum::http::{HeaderMap, Method};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

const NETWORK: &str = "slack";

/// Webhook and bot of each channel.
pub static STAND_IN: StandIn = StandIn {
    platform: NETWORK,
    name: "Slack",
    routes,
    door: stand_in::front,
    secrets: |base, channel| vec![("url", format!("{base}/services/T0/B0/rehearsal-{channel}")), ("token", format!("rehearsal-{channel}"))],
};

/// The calls.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/services/T0/B0/{token}", post(by_hook))
        .route("/api/chat.postMessage", post(make))
        .route("/api/chat.update", post(update))
        .route("/api/chat.delete", post(delete))
        .route("/api/chat.getPermalink", get(permalink))
        .route("/api/conversations.history", get(history))
        .route("/api/conversations.replies", get(replies))
        .route("/api/auth.test", get(me))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| ([("retry-after", "30")], json(429, value!({"ok": false, "error": "ratelimited"}))).into_response(),
    unauthorised: || no("invalid_auth"),
    expired: || no("token_expired"),
    failed: || json(500, value!({"ok": false, "error": "internal_error"})),
    writes: |method, _| method == Method::POST,
};

type Answer = Result<Value, String>;
type Asked = Query<BTreeMap<String, String>>;

fn no(word: &str) -> Response {
    json(200, value!({"ok": false, "error": word}))
}

fn answered(answer: Answer) -> Response {
    match answer {
        Ok(mut value) => {
            value["ok"] = value!(true);
            json(200, value)
        }
        Err(word) => no(&word),
    }
}

fn bot(headers: &HeaderMap) -> Result<String, String> {
    let token = bearer(headers).ok_or("not_authed")?;
    token.strip_prefix("rehearsal-").filter(|name| !name.is_empty()).map(str::to_owned).ok_or_else(|| "invalid_auth".into())
}

/// The bot and its channel.
fn here(headers: &HeaderMap, channel: &str) -> Result<String, String> {
    let name = bot(headers)?;
    match channel {
        channel if channel.starts_with("CX") => Err("not_in_channel".into()),
        channel if channel.starts_with('C') => Ok(name),
        _ => Err("channel_not_found".into()),
    }
}

fn body(headers: &HeaderMap, body: &Bytes) -> Result<Value, String> {
    match headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"application/json")) {
        true => serde_json::from_slice(body).map_err(|_| "invalid_json".into()),
        false => Err("invalid_post_type".into()),
    }
}

fn posted(shared: &Shared, account: &str, place: &str, message: &Value) -> Result<Posted, String> {
    let ts = format!("{}.{:06}", Timestamp::now().as_second(), shared.world().boards.next() % 1_000_000);
    let text = rules::kept(message["text"].as_str().unwrap_or_default());
    let more = value!({"channel": place, "blocks": message["blocks"], "metadata": message["metadata"], "ts": ts});
    let parent = message["thread_ts"].as_str().map(|thread| format!("{place}/{thread}"));
    let post = Posted {
        parent,
        images: rules::pictures(message),
        more,
        ..Posted::new(NETWORK, account, format!("{place}/{ts}"), rules::plain(&text))
    };
    shared.put(post.clone()).map_err(|_| "fatal_error".to_owned())?;
    Ok(post)
}

fn shown(post: &Posted) -> Value {
    let ts = post.more["ts"].clone();
    // The first message of a thread is named as its own.
    let thread = post.parent.as_ref().and_then(|parent| parent.split_once('/')).map_or_else(|| ts.clone(), |(_, ts)| value!(ts));
    let mut message = value!({
        "type": "message", "user": format!("U-{}", post.account), "bot_id": "B0", "text": rules::kept(&rules::escaped(&post.text)),
        "ts": ts, "thread_ts": thread,
    });
    if post.more["metadata"].is_object() {
        message["metadata"] = post.more["metadata"].clone();
    }
    message
}

async fn by_hook(Extract(shared): Extract<Shared>, Path(token): Path<String>, headers: HeaderMap, bytes: Bytes) -> Response {
    let plain = |status: u16, words: &str| (axum::http::StatusCode::from_u16(status).unwrap_or_default(), words.to_owned()).into_response();
    let Some(name) = token.strip_prefix("rehearsal-") else { return plain(404, "no_service") };
    let message = match body(&headers, &bytes).and_then(|message| rules::checked(&message, rules::HOOK).map(|()| message)) {
        Ok(message) => message,
        Err(_) => return plain(400, "invalid_payload"),
    };
    match posted(&shared, name, &format!("hook-{name}"), &message) {
        Ok(_) => plain(200, "ok"),
        Err(_) => plain(500, "fatal_error"),
    }
}

async fn make(Extract(shared): Extract<Shared>, headers: HeaderMap, bytes: Bytes) -> Response {
    let make = || -> Answer {
        let message = body(&headers, &bytes)?;
        let channel = message["channel"].as_str().unwrap_or_default().to_owned();
        let name = here(&headers, &channel)?;
        rules::checked(&message, rules::BOT)?;
        let thread = message["thread_ts"].as_str().map(|thread| format!("{channel}/{thread}"));
        if thread.is_some_and(|id| shared.world().boards.get(NETWORK, &id).is_none()) {
            return Err("thread_not_found".into());
        }
        let post = posted(&shared, &name, &channel, &message)?;
        Ok(value!({"channel": channel, "ts": post.more["ts"], "message": shown(&post)}))
    };
    answered(make())
}

/// A message of the bot's own.
fn own(shared: &Shared, name: &str, message: &Value, other: &str) -> Result<Posted, String> {
    let id = format!("{}/{}", message["channel"].as_str().unwrap_or_default(), message["ts"].as_str().unwrap_or_default());
    let found = shared.world().boards.get(NETWORK, &id).cloned().ok_or("message_not_found")?;
    if found.account == name { Ok(found) } else { Err(other.to_owned()) }
}

async fn update(Extract(shared): Extract<Shared>, headers: HeaderMap, bytes: Bytes) -> Response {
    let update = || -> Answer {
        let message = body(&headers, &bytes)?;
        let name = here(&headers, message["channel"].as_str().unwrap_or_default())?;
        rules::checked(&message, rules::UPDATE)?;
        let old = own(&shared, &name, &message, "cant_update_message")?;
        let text = rules::plain(message["text"].as_str().unwrap_or_default());
        let post = Posted { text, images: rules::pictures(&message), edited: Some(Timestamp::now()), ..old };
        shared.put(post).map_err(|_| "fatal_error")?;
        Ok(value!({"channel": message["channel"], "ts": message["ts"], "text": message["text"]}))
    };
    answered(update())
}

async fn delete(Extract(shared): Extract<Shared>, headers: HeaderMap, bytes: Bytes) -> Response {
    let delete = || -> Answer {
        let message = body(&headers, &bytes)?;
        let name = here(&headers, message["channel"].as_str().unwrap_or_default())?;
        let old = own(&shared, &name, &message, "cant_delete_message")?;
        shared.put(Posted { deleted: true, ..old }).map_err(|_| "fatal_error")?;
        Ok(value!({"channel": message["channel"], "ts": message["ts"]}))
    };
    answered(delete())
}

async fn permalink(Extract(shared): Extract<Shared>, headers: HeaderMap, Query(asked): Asked) -> Response {
    let (channel, ts) = (asked.get("channel").cloned().unwrap_or_default(), asked.get("message_ts").cloned().unwrap_or_default());
    let there = here(&headers, &channel).and_then(|_| {
        let found = shared.world().boards.get(NETWORK, &format!("{channel}/{ts}")).is_some();
        if found { Ok(value!({})) } else { Err("message_not_found".into()) }
    });
    let address = format!("https://rehearsal.slack.com/archives/{channel}/p{}", ts.replace('.', ""));
    answered(there.map(|_| value!({"channel": channel, "permalink": address})))
}

async fn history(Extract(shared): Extract<Shared>, headers: HeaderMap, Query(asked): Asked) -> Response {
    answered(listed(&shared, &headers, &asked, false, |post, _| post.parent.is_none()))
}

async fn replies(Extract(shared): Extract<Shared>, headers: HeaderMap, Query(asked): Asked) -> Response {
    answered(listed(&shared, &headers, &asked, true, |post, thread| post.id == thread || post.parent.as_deref() == Some(thread)).and_then(
        |page| {
            let empty = page["messages"].as_array().is_none_or(Vec::is_empty);
            if empty { Err("thread_not_found".into()) } else { Ok(page) }
        },
    ))
}

fn listed(
    shared: &Shared,
    headers: &HeaderMap,
    asked: &BTreeMap<String, String>,
    oldest_first: bool,
    of: impl Fn(&Posted, &str) -> bool,
) -> Answer {
    let channel = asked.get("channel").cloned().unwrap_or_default();
    here(headers, &channel)?;
    let thread = format!("{channel}/{}", asked.get("ts").cloned().unwrap_or_default());
    let most: usize = asked.get("limit").and_then(|most| most.parse().ok()).unwrap_or(100);
    let from: usize = asked.get("cursor").and_then(|from| from.parse().ok()).unwrap_or(0);
    let world = shared.world();
    let mut all: Vec<&Posted> =
        world.boards.of(NETWORK).into_iter().filter(|post| post.more["channel"] == *channel && of(post, &thread)).collect();
    // A thread begins with its first message, a channel's history with the last.
    if oldest_first {
        all.reverse();
    }
    let metadata = asked.get("include_all_metadata").is_some_and(|all| all == "true");
    let messages: Vec<Value> = all
        .iter()
        .skip(from)
        .take(most)
        .map(|post| shown(post))
        .map(|mut message| {
            if !metadata && let Some(fields) = message.as_object_mut() {
                fields.remove("metadata");
            }
            message
        })
        .collect();
    let next = if from + most < all.len() { (from + most).to_string() } else { String::new() };
    Ok(value!({"messages": messages, "has_more": !next.is_empty(), "response_metadata": {"next_cursor": next}}))
}

async fn me(headers: HeaderMap) -> Response {
    answered(bot(&headers).map(|name| value!({"url": "https://rehearsal.slack.com/", "team": "Norrvik", "user": name, "user_id": format!("U-{name}"), "bot_id": "B0"})))
}
