//! A stand-in for Discord. In: requests of its API, by a webhook or a bot. Out: what Discord would answer, for the calls
//! documented at <https://docs.discord.com/developers/resources/webhook> and `resources/message`.
//!
//! The token of a bot or webhook is `rehearsal-NAME`. A bot sees every channel but those that begin with `0`; a nonce is
//! remembered when it is to be enforced; without `wait` a webhook answers 204 and tells nothing (`discord_rules`).

use crate::rehearsal::boards::Posted;
use crate::rehearsal::discord_rules as rules;
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::world::Change;
use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State as Extract};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use jiff::Timestamp;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

const NETWORK: &str = "discord";
/// Ids of Discord are numbers of about this length.
const FIRST: u64 = 1_288_000_000_000_000_000;

/// Webhook and bot of a channel have the same token.
pub static STAND_IN: StandIn = StandIn {
    platform: NETWORK,
    name: "Discord",
    routes,
    door: stand_in::front,
    secrets: |base, channel| {
        vec![("url", format!("{base}/api/webhooks/77/rehearsal-{channel}")), ("token", format!("rehearsal-{channel}"))]
    },
};

/// The calls.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/api/webhooks/{hook}/{token}", get(hook).post(by_hook))
        .route("/api/webhooks/{hook}/{token}/messages/{id}", get(hook_message).patch(hook_edit).delete(hook_delete))
        .route("/api/v10/users/@me", get(me))
        .route("/api/v10/channels/{channel}", get(channel))
        .route("/api/v10/channels/{channel}/messages", post(by_bot).get(history))
        .route("/api/v10/channels/{channel}/messages/{id}", get(bot_message).patch(bot_edit).delete(bot_delete))
        .layer(DefaultBodyLimit::max(25 * 1024 * 1024))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| {
        let said = value!({"message": "You are being rate limited.", "retry_after": 1.337, "global": false});
        ([("x-ratelimit-remaining", "0"), ("x-ratelimit-reset-after", "1.337")], json(429, said)).into_response()
    },
    unauthorised: || error(401, 0, "401: Unauthorized"),
    expired: || error(401, 0, "401: Unauthorized"),
    failed: || error(500, 0, "500: Internal Server Error"),
    writes: |method, _| method != Method::GET,
};

pub(super) fn error(status: u16, code: u64, words: &str) -> Response {
    json(status, value!({"message": words, "code": code}))
}

fn broken(cause: std::io::Error) -> Response {
    error(500, 0, &format!("the stand-in cannot write: {cause}"))
}

/// Who speaks, and where.
struct Speaker {
    name: String,
    place: String,
}

fn hooked(hook: &str, token: &str) -> Result<Speaker, Response> {
    let name = token.strip_prefix("rehearsal-").filter(|name| !name.is_empty() && hook == "77");
    let name = name.ok_or_else(|| error(404, 10015, "Unknown Webhook"))?;
    Ok(Speaker { name: name.to_owned(), place: format!("hook-{name}") })
}

fn bot(headers: &HeaderMap) -> Result<String, Response> {
    let token = headers.get("authorization").and_then(|text| text.to_str().ok()).and_then(|text| text.strip_prefix("Bot rehearsal-"));
    token.filter(|name| !name.is_empty()).map(str::to_owned).ok_or_else(|| error(401, 0, "401: Unauthorized"))
}

fn in_channel(headers: &HeaderMap, channel: &str) -> Result<Speaker, Response> {
    let name = bot(headers)?;
    match channel.starts_with('0') || !channel.bytes().all(|byte| byte.is_ascii_digit()) {
        true => Err(error(404, 10003, "Unknown Channel")),
        false => Ok(Speaker { name, place: channel.to_owned() }),
    }
}

fn shown(post: &Posted) -> Value {
    let reference = post.parent.as_ref().map(|id| value!({"message_id": id}));
    let attachments: Vec<Value> = post
        .images
        .iter()
        .enumerate()
        .map(|(at, (file, alt))| value!({"id": at.to_string(), "filename": file, "description": alt}))
        .collect();
    let mut message = value!({
        "id": post.id, "type": if post.parent.is_some() { 19 } else { 0 }, "channel_id": post.more["channel"], "content": post.text,
        "author": {"id": format!("id-{}", post.account), "username": post.account, "bot": true}, "attachments": attachments, "embeds": [],
        "timestamp": post.at, "edited_timestamp": post.edited,
    });
    if let Some(reference) = reference {
        message["message_reference"] = reference;
    }
    message
}

async fn made(shared: &Shared, speaker: Speaker, request: Request, by_bot: bool) -> Result<Posted, Response> {
    let (message, files) = rules::message(request, by_bot).await?;
    let nonce = message["nonce"].as_str().filter(|_| message["enforce_nonce"] == true).map(|nonce| format!("{} {nonce}", speaker.place));
    let mut images = Vec::new();
    for (at, bytes) in files.iter().enumerate() {
        let alt = message["attachments"][at]["description"].as_str().unwrap_or_default().to_owned();
        images.push((shared.keep_picture(bytes).map_err(broken)?, alt));
    }
    let parent = message["message_reference"]["message_id"].as_str().map(str::to_owned);
    let mut world = shared.world();
    if let Some(first) = nonce.as_ref().and_then(|nonce| world.boards.by_key(NETWORK, nonce)) {
        return Ok(first.clone());
    }
    let post = Posted {
        parent: parent.filter(|id| world.boards.get(NETWORK, id).is_some()),
        images,
        key: nonce,
        more: value!({"channel": speaker.place}),
        ..Posted::new(NETWORK, &speaker.name, (FIRST + world.boards.next()).to_string(), message["content"].as_str().unwrap_or_default())
    };
    world.commit(Change::Posted(post.clone())).map_err(broken)?;
    Ok(post)
}

async fn by_hook(
    Extract(shared): Extract<Shared>,
    Path((hook, token)): Path<(String, String)>,
    Query(query): Query<BTreeMap<String, String>>,
    request: Request,
) -> Response {
    let speaker = match hooked(&hook, &token) {
        Ok(speaker) => speaker,
        Err(no) => return no,
    };
    match made(&shared, speaker, request, false).await {
        Ok(post) if query.get("wait").is_some_and(|wait| wait == "true") => json(200, shown(&post)),
        Ok(_) => StatusCode::NO_CONTENT.into_response(),
        Err(no) => no,
    }
}

async fn by_bot(Extract(shared): Extract<Shared>, Path(channel): Path<String>, headers: HeaderMap, request: Request) -> Response {
    match in_channel(&headers, &channel) {
        Ok(speaker) => made(&shared, speaker, request, true).await.map_or_else(|no| no, |post| json(200, shown(&post))),
        Err(no) => no,
    }
}

async fn hook(Path((hook, token)): Path<(String, String)>) -> Response {
    let found = hooked(&hook, &token);
    found.map_or_else(
        |no| no,
        |speaker| json(200, value!({"id": hook, "type": 1, "name": speaker.name, "channel_id": "1288000000000000001"})),
    )
}

async fn me(headers: HeaderMap) -> Response {
    bot(&headers).map_or_else(|no| no, |name| json(200, value!({"id": format!("id-{name}"), "username": name, "bot": true})))
}

async fn channel(headers: HeaderMap, Path(channel): Path<String>) -> Response {
    in_channel(&headers, &channel).map_or_else(|no| no, |_| json(200, value!({"id": channel, "type": 0, "name": "nyheter"})))
}

async fn history(
    Extract(shared): Extract<Shared>,
    Path(channel): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
) -> Response {
    let speaker = match in_channel(&headers, &channel) {
        Ok(speaker) => speaker,
        Err(no) => return no,
    };
    let most: usize = query.get("limit").and_then(|most| most.parse().ok()).unwrap_or(50);
    if !(1..=100).contains(&most) {
        return error(400, 50035, "Invalid Form Body");
    }
    let before: u64 = query.get("before").and_then(|id| id.parse().ok()).unwrap_or(u64::MAX);
    let world = shared.world();
    let there = world.boards.of(NETWORK).into_iter().filter(|post| post.more["channel"] == *speaker.place);
    let older = there.filter(|post| post.id.parse().is_ok_and(|id: u64| id < before));
    json(200, older.take(most).map(shown).collect())
}

/// A message of the speaker's own.
fn own(shared: &Shared, speaker: &Speaker, id: &str) -> Result<Posted, Response> {
    let found = shared.world().boards.get(NETWORK, id).filter(|post| post.more["channel"] == *speaker.place).cloned();
    let found = found.ok_or_else(|| error(404, 10008, "Unknown Message"))?;
    if found.account == speaker.name { Ok(found) } else { Err(error(403, 50005, "Cannot edit a message authored by another user")) }
}

async fn edited(shared: &Shared, speaker: Result<Speaker, Response>, id: &str, request: Request) -> Response {
    let change = async {
        let old = own(shared, &speaker?, id)?;
        let (message, _) = rules::message(request, false).await?;
        let text = message["content"].as_str().unwrap_or_default().to_owned();
        let post = Posted { text, edited: Some(Timestamp::now()), ..old };
        shared.put(post.clone()).map_err(broken)?;
        Ok::<Response, Response>(json(200, shown(&post)))
    };
    change.await.unwrap_or_else(|no| no)
}

fn deleted(shared: &Shared, speaker: Result<Speaker, Response>, id: &str) -> Response {
    let change = || {
        let old = own(shared, &speaker?, id)?;
        shared.put(Posted { deleted: true, ..old }).map_err(broken)?;
        Ok::<Response, Response>(StatusCode::NO_CONTENT.into_response())
    };
    change().unwrap_or_else(|no| no)
}

fn read(shared: &Shared, speaker: Result<Speaker, Response>, id: &str) -> Response {
    speaker.and_then(|speaker| own(shared, &speaker, id)).map_or_else(|no| no, |post| json(200, shown(&post)))
}

type Of3 = Path<(String, String, String)>;
type Of2 = Path<(String, String)>;

async fn hook_message(Extract(shared): Extract<Shared>, Path((hook, token, id)): Of3) -> Response {
    read(&shared, hooked(&hook, &token), &id)
}

async fn hook_edit(Extract(shared): Extract<Shared>, Path((hook, token, id)): Of3, request: Request) -> Response {
    edited(&shared, hooked(&hook, &token), &id, request).await
}

async fn hook_delete(Extract(shared): Extract<Shared>, Path((hook, token, id)): Of3) -> Response {
    deleted(&shared, hooked(&hook, &token), &id)
}

async fn bot_message(Extract(shared): Extract<Shared>, Path((channel, id)): Of2, headers: HeaderMap) -> Response {
    read(&shared, in_channel(&headers, &channel), &id)
}

async fn bot_edit(Extract(shared): Extract<Shared>, Path((channel, id)): Of2, headers: HeaderMap, request: Request) -> Response {
    edited(&shared, in_channel(&headers, &channel), &id, request).await
}

async fn bot_delete(Extract(shared): Extract<Shared>, Path((channel, id)): Of2, headers: HeaderMap) -> Response {
    deleted(&shared, in_channel(&headers, &channel), &id)
}
