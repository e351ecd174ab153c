//! A stand-in for Telegram's Bot API. In: requests. Out: what the real one would answer, for the methods documented at
//! <https://core.telegram.org/bots/api>.
//!
//! Any token `rehearsal-NAME` is that of a bot which administers every channel, unless `guest` is in its name. Texts are
//! limited to 4,096 UTF-16 units, words under pictures to 1,024; messages are deleted within 48 hours.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::exact::{object, only, parts, picture};
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::{self, StandIn};
use crate::rehearsal::world::Change;
use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State as Extract};
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::post;
use jiff::Timestamp;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

const LIMIT: usize = 4096;
const CAPTION: usize = 1024;
const LARGEST: usize = 10 * 1024 * 1024;
/// Hours in which a message can be deleted.
const HOURS: i64 = 48;
const KINDS: [&str; 9] = ["url", "hashtag", "mention", "bold", "italic", "code", "text_link", "email", "phone_number"];

/// Any token `rehearsal-NAME` is that of the bot NAME.
pub static STAND_IN: StandIn = StandIn { platform: "telegram", name: "Telegram", routes, door: stand_in::front, secrets: stand_in::token };

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/{bot}/{method}", post(call))
        .layer(DefaultBodyLimit::max(64 * 1024 * 1024))
        .layer(from_fn(move |request: Request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| {
        json(
            429,
            value!({"ok": false, "error_code": 429, "description": "Too Many Requests: retry after 9", "parameters": {"retry_after": 9}}),
        )
    },
    unauthorised: || fault(401, "Unauthorized"),
    expired: || fault(401, "Unauthorized"),
    failed: || fault(502, "Bad Gateway"),
    writes: |method, path| *method == Method::POST && !path.contains("/get"),
};

fn fault(code: u16, description: &str) -> Response {
    json(code, value!({"ok": false, "error_code": code, "description": description}))
}

fn bad(why: &str) -> Response {
    fault(400, &format!("Bad Request: {why}"))
}

fn good(result: Value) -> Response {
    json(200, value!({"ok": true, "result": result}))
}

fn broken(error: std::io::Error) -> Response {
    fault(500, &format!("Internal Server Error: {error}"))
}

/// The fields of a call, and its files by name.
struct Given {
    fields: Value,
    files: BTreeMap<String, Vec<u8>>,
}

async fn given(request: Request) -> Option<Given> {
    let kind = crate::rehearsal::exact::header(request.headers(), "content-type").to_owned();
    if !kind.starts_with("multipart/form-data") {
        let (head, body) = request.into_parts();
        let body: Bytes = to_bytes(body, LARGEST).await.ok()?;
        return object(&head.headers, &body).ok().map(|fields| Given { fields, files: BTreeMap::new() });
    }
    let form = Multipart::from_request(request, &()).await.ok()?;
    let mut given = Given { fields: value!({}), files: BTreeMap::new() };
    for part in parts(form).await? {
        if part.file.is_some() {
            given.files.insert(part.name, part.bytes);
        } else {
            let text = String::from_utf8(part.bytes).ok()?;
            let structured = matches!(part.name.as_str(), "caption_entities" | "media" | "reply_parameters" | "disable_notification");
            given.fields[part.name.as_str()] = if structured { serde_json::from_str(&text).ok()? } else { value!(text) };
        }
    }
    Some(given)
}

async fn call(Extract(shared): Extract<Shared>, Path((bot, method)): Path<(String, String)>, request: Request) -> Response {
    let Some(name) = bot.strip_prefix("botrehearsal-").filter(|name| !name.is_empty()).map(str::to_owned) else {
        return fault(401, "Unauthorized");
    };
    let Some(given) = given(request).await else { return bad("can't parse the request") };
    let answer = match method.as_str() {
        "getMe" => Ok(value!({"id": 4300, "is_bot": true, "first_name": name, "username": format!("{name}_bot")})),
        "getChatMember" => member(&name, &given.fields),
        "sendMessage" => send(&shared, &given, &["text", "entities", "link_preview_options"], "text", LIMIT),
        "sendPhoto" => send(&shared, &given, &["caption", "caption_entities", "photo"], "caption", CAPTION),
        "sendMediaGroup" => album(&shared, &given),
        "editMessageText" => edit(&shared, &given.fields, ("text", "entities"), LIMIT, false),
        "editMessageCaption" => edit(&shared, &given.fields, ("caption", "caption_entities"), CAPTION, true),
        "deleteMessage" => delete(&shared, &given.fields),
        _ => Err(fault(404, "Not Found")),
    };
    answer.map_or_else(|refusal| refusal, good)
}

fn member(name: &str, fields: &Value) -> Result<Value, Response> {
    only(fields, &["chat_id", "user_id"]).map_err(|why| bad(&why))?;
    let right = !name.contains("guest");
    let status = if right { "administrator" } else { "member" };
    Ok(
        value!({"user": {"id": fields["user_id"]}, "status": status, "can_post_messages": right, "can_edit_messages": right, "can_delete_messages": false}),
    )
}

/// The channel's name as its addresses show it.
fn channel(fields: &Value) -> Result<(String, Value), Response> {
    let chat = fields["chat_id"].as_str().filter(|chat| chat.starts_with('@') || chat.starts_with("-100"));
    let chat = chat.ok_or_else(|| bad("chat not found"))?;
    let shown = match chat.strip_prefix('@') {
        Some(name) => value!({"id": -1_001_234_567_890_i64, "type": "channel", "username": name}),
        None => value!({"id": chat.parse::<i64>().unwrap_or_default(), "type": "channel"}),
    };
    Ok((chat.to_owned(), shown))
}

/// A text whose marks lie within it.
fn words<'v>(fields: &'v Value, name: &str, marks: &str, limit: usize) -> Result<&'v str, Response> {
    let text = fields[name].as_str().unwrap_or_default();
    let units: Vec<u16> = text.encode_utf16().collect();
    if text.trim().is_empty() || units.len() > limit {
        return Err(bad(if units.len() > limit { "message is too long" } else { "message text is empty" }));
    }
    for mark in fields[marks].as_array().into_iter().flatten() {
        only(mark, &["type", "offset", "length", "url"]).map_err(|why| bad(&why))?;
        let (Some(offset), Some(length)) = (mark["offset"].as_u64(), mark["length"].as_u64()) else {
            return Err(bad("can't parse entities"));
        };
        let marked = units.get(offset as usize..(offset + length) as usize).ok_or_else(|| bad("entity is out of bounds"))?;
        let marked = String::from_utf16(marked).map_err(|_| bad("entity begins within a character"))?;
        let kind = mark["type"].as_str().unwrap_or_default();
        let fits = match kind {
            "url" => marked.starts_with("http"),
            "hashtag" => marked.starts_with('#'),
            kind => KINDS.contains(&kind),
        };
        if !fits {
            return Err(bad("can't parse entities"));
        }
    }
    Ok(text)
}

fn parent(shared: &Shared, fields: &Value, chat: &str) -> Result<Option<String>, Response> {
    let Some(reply) = fields["reply_parameters"].as_object() else { return Ok(None) };
    let id = reply.get("message_id").and_then(Value::as_i64).unwrap_or_default().to_string();
    let there = shared.world().boards.get("telegram", &id).is_some_and(|post| post.account == chat);
    if there { Ok(Some(id)) } else { Err(bad("message to be replied not found")) }
}

fn send(shared: &Shared, given: &Given, own: &[&str], name: &str, limit: usize) -> Result<Value, Response> {
    let fields = &given.fields;
    let common = ["chat_id", "disable_notification", "reply_parameters", "protect_content"];
    only(fields, &[own, &common].concat()).map_err(|why| bad(&why))?;
    let (chat, shown) = channel(fields)?;
    let marks = if name == "text" { "entities" } else { "caption_entities" };
    let text = words(fields, name, marks, limit)?;
    let images = if name == "caption" { vec![keep(shared, given.files.get("photo"))?] } else { Vec::new() };
    let parent = parent(shared, fields, &chat)?;
    let mut world = shared.world();
    let id = world.boards.next().to_string();
    let more = value!({"photo": name == "caption"});
    let post = Posted { parent, images, more, ..Posted::new("telegram", &chat, &id, text) };
    world.commit(Change::Posted(post)).map_err(broken)?;
    Ok(message(&id, &shown))
}

fn message(id: &str, chat: &Value) -> Value {
    value!({"message_id": id.parse::<i64>().unwrap_or_default(), "date": Timestamp::now().as_second(), "chat": chat})
}

fn keep(shared: &Shared, bytes: Option<&Vec<u8>>) -> Result<(String, String), Response> {
    let bytes = bytes.filter(|bytes| bytes.len() <= LARGEST && picture(bytes).is_some()).ok_or_else(|| bad("IMAGE_PROCESS_FAILED"))?;
    Ok((shared.keep_picture(bytes).map_err(broken)?, String::new()))
}

/// An album: its pictures are messages of their own, of which the first has the words.
fn album(shared: &Shared, given: &Given) -> Result<Value, Response> {
    let fields = &given.fields;
    only(fields, &["chat_id", "media", "disable_notification", "reply_parameters"]).map_err(|why| bad(&why))?;
    let (chat, shown) = channel(fields)?;
    let media = fields["media"].as_array().filter(|media| (2..=10).contains(&media.len())).ok_or_else(|| bad("wrong number of media"))?;
    let text = words(&media[0], "caption", "caption_entities", CAPTION)?;
    let file = |one: &Value| one["media"].as_str().and_then(|name| given.files.get(name.strip_prefix("attach://")?));
    let images = media.iter().map(|one| keep(shared, file(one))).collect::<Result<Vec<_>, _>>()?;
    let parent = parent(shared, fields, &chat)?;
    let mut world = shared.world();
    let first = world.boards.next();
    let ids: Vec<String> = (0..media.len() as u64).map(|at| (first * 100 + at).to_string()).collect();
    let more = value!({"photo": true});
    let post = Posted { parent, images, more, ..Posted::new("telegram", &chat, &ids[0], text) };
    world.commit(Change::Posted(post)).map_err(broken)?;
    Ok(Value::Array(ids.iter().map(|id| message(id, &shown)).collect()))
}

fn own(shared: &Shared, fields: &Value, why: &str) -> Result<Posted, Response> {
    let (chat, _) = channel(fields)?;
    let id = fields["message_id"].as_i64().ok_or_else(|| bad("message identifier is not specified"))?.to_string();
    let post = shared.world().boards.get("telegram", &id).filter(|post| post.account == chat).cloned();
    post.ok_or_else(|| bad(why))
}

fn edit(shared: &Shared, fields: &Value, (name, marks): (&str, &str), limit: usize, photo: bool) -> Result<Value, Response> {
    only(fields, &["chat_id", "message_id", "link_preview_options", name, marks]).map_err(|why| bad(&why))?;
    let text = words(fields, name, marks, limit)?;
    let post = own(shared, fields, "message to edit not found")?;
    if post.more["photo"] != photo {
        return Err(bad(if photo { "there is no caption in the message to edit" } else { "there is no text in the message to edit" }));
    }
    if post.text == text {
        return Err(bad("message is not modified: specified new message content and reply markup are exactly the same"));
    }
    let answer = message(&post.id, &channel(fields)?.1);
    shared.put(Posted { text: text.to_owned(), edited: Some(Timestamp::now()), ..post }).map_err(broken)?;
    Ok(answer)
}

fn delete(shared: &Shared, fields: &Value) -> Result<Value, Response> {
    only(fields, &["chat_id", "message_id"]).map_err(|why| bad(&why))?;
    let post = own(shared, fields, "message to delete not found")?;
    if Timestamp::now().duration_since(post.at).as_hours() >= HOURS {
        return Err(bad("message can't be deleted"));
    }
    shared.put(Posted { deleted: true, ..post }).map_err(broken)?;
    Ok(Value::Bool(true))
}
