//! In: what channels ask of stand-ins, and the answers. Out: the same as lines of JSON, for whoever must see the bytes.
//!
//! `transcript.jsonl` in the stand-ins' folder: `{"at":…,"platform":…,"method":…,"path":…,"headers":{…},"body":…,"status":…,
//! "answer":…}`. A rehearsal knows no real secret, so there is none to hide.

use crate::rehearsal::shared::Shared;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::Request;
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;
use serde_json::{Value, json};

/// Most bytes of a request or answer that are read for the transcript.
const LIMIT: usize = 64 * 1024 * 1024;
/// Most bytes of a text that are written down.
const SHOWN: usize = 16 * 1024;

/// Passes a request on and writes both sides down.
pub async fn transcribe(shared: Shared, platform: &'static str, request: Request, next: Next) -> Response {
    let (head, body) = request.into_parts();
    // A WebSocket has no body to be read, and its answer never ends.
    if head.headers.contains_key("upgrade") {
        return next.run(Request::from_parts(head, body)).await;
    }
    let bytes = to_bytes(body, LIMIT).await.unwrap_or_default();
    let mut line = json!({
        "at": jiff::Timestamp::now(),
        "platform": platform,
        "method": head.method.as_str(),
        "path": head.uri.path_and_query().map_or("/", |path| path.as_str()),
        "headers": headers(&head.headers),
        "body": shown(&head.headers, &bytes),
    });
    let answer = next.run(Request::from_parts(head, Body::from(bytes))).await;
    let (head, body) = answer.into_parts();
    line["status"] = json!(head.status.as_u16());
    match to_bytes(body, LIMIT).await {
        Ok(bytes) => {
            line["answer"] = shown(&head.headers, &bytes);
            shared.write_down(&line);
            Response::from_parts(head, Body::from(bytes))
        }
        Err(_) => {
            line["answer"] = json!("(cut off)");
            shared.write_down(&line);
            crate::rehearsal::shared::cut()
        }
    }
}

fn headers(headers: &HeaderMap) -> Value {
    let dull = ["host", "accept", "user-agent", "content-length", "accept-encoding", "connection"];
    let told = headers.iter().filter(|(name, _)| !dull.contains(&name.as_str()));
    Value::Object(told.map(|(name, value)| (name.to_string(), json!(String::from_utf8_lossy(value.as_bytes())))).collect())
}

/// JSON as it is, other text as text, anything else by its length.
fn shown(headers: &HeaderMap, bytes: &Bytes) -> Value {
    if let Ok(value) = serde_json::from_slice(bytes) {
        return value;
    }
    let form = headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"multipart"));
    match std::str::from_utf8(bytes) {
        Ok(text) if text.len() <= SHOWN && !form => json!(text),
        _ => json!(format!("({} bytes)", bytes.len())),
    }
}
