//! In: the body of a message event. Out: its content, or what a Matrix server says against it.
//!
//! Real servers take any JSON; here only what the section "Instant messaging" of the client-server API names is taken, and
//! fields with a name of their own domain.

use axum::body::Bytes;
use axum::http::HeaderMap;
use serde_json::Value;

/// Most bytes of an event (`M_TOO_LARGE`), less what the server adds.
const EVENT: usize = 65_000;
/// Fields of every message.
const COMMON: &[&str] = &["msgtype", "body", "m.mentions", "m.relates_to"];
const TEXT: &[&str] = &["format", "formatted_body", "m.new_content"];
const IMAGE: &[&str] = &["filename", "url", "info"];

type Fault = (u16, &'static str, String);

/// The content of a message event.
pub(super) fn content(headers: &HeaderMap, body: &Bytes) -> Result<Value, Fault> {
    if !headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"application/json")) {
        return Err((400, "M_NOT_JSON", "the content type is not application/json".into()));
    }
    if body.len() > EVENT {
        return Err((413, "M_TOO_LARGE", "event too large".into()));
    }
    let content: Value = serde_json::from_slice(body).map_err(|_| bad("Content not JSON.", "M_NOT_JSON"))?;
    checked(&content, true)?;
    Ok(content)
}

fn bad(words: &str, code: &'static str) -> Fault {
    (400, code, words.to_owned())
}

fn checked(content: &Value, whole: bool) -> Result<(), Fault> {
    let refuse = |words: String| Err(bad(&words, "M_BAD_JSON"));
    let Some(fields) = content.as_object() else { return refuse("the content is no object".into()) };
    let image = match content["msgtype"].as_str() {
        Some("m.text" | "m.notice") => false,
        Some("m.image") => true,
        _ => return refuse("`msgtype` is not one of m.text, m.notice, m.image".into()),
    };
    let own = if image { IMAGE } else { TEXT };
    for name in fields.keys() {
        let known = COMMON.contains(&name.as_str()) || own.contains(&name.as_str()) || name.starts_with("org.promulgate.");
        if !known || (!whole && ["m.relates_to", "m.new_content"].contains(&name.as_str())) {
            return refuse(format!("the field `{name}` is not known"));
        }
    }
    if content["body"].as_str().is_none_or(str::is_empty) {
        return refuse("`body` is missing".into());
    }
    if !image && (content["formatted_body"].is_string() != (content["format"] == "org.matrix.custom.html")) {
        return refuse("`formatted_body` and `format` belong together".into());
    }
    if image && !content["url"].as_str().is_some_and(|url| url.starts_with("mxc://")) {
        return refuse("`url` is not an address of content".into());
    }
    if image && content["info"]["mimetype"].as_str().is_none() {
        return refuse("`info` has no `mimetype`".into());
    }
    related(content)
}

fn related(content: &Value) -> Result<(), Fault> {
    let relation = &content["m.relates_to"];
    let names = |value: &Value| value["event_id"].as_str().is_some_and(|id| id.starts_with('$'));
    let fine = match relation["rel_type"].as_str() {
        None => relation.is_null() || names(&relation["m.in_reply_to"]),
        Some("m.thread") => names(relation) && names(&relation["m.in_reply_to"]),
        Some("m.replace") => {
            checked(&content["m.new_content"], false)?;
            names(relation)
        }
        Some(_) => false,
    };
    let stray = content.get("m.new_content").is_some() && relation["rel_type"] != "m.replace";
    if fine && !stray { Ok(()) } else { Err(bad("`m.relates_to` does not fit", "M_BAD_JSON")) }
}
