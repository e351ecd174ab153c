//! In: a request that makes or changes a message on Discord. Out: the message and its files, or Discord's refusal.

use crate::rehearsal::discord::error;
use axum::body::{Bytes, to_bytes};
use axum::extract::{FromRequest, Multipart, Request};
use axum::response::Response;
use serde_json::Value;

/// Fields of both; of a webhook's message, of a bot's.
const COMMON: &[&str] = &["content", "embeds", "allowed_mentions", "flags", "attachments"];
const HOOK: &[&str] = &["username", "avatar_url"];
const BOT: &[&str] = &["nonce", "enforce_nonce", "message_reference"];
const BODY: usize = 25 * 1024 * 1024;

/// The message of a request, as JSON or as a form with files.
pub(super) async fn message(request: Request, by_bot: bool) -> Result<(Value, Vec<Bytes>), Response> {
    let kind = request.headers().get("content-type").and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let (message, files) = if kind.starts_with("multipart/form-data") {
        form(Multipart::from_request(request, &()).await.map_err(|_| invalid("the form cannot be read"))?).await?
    } else if kind.starts_with("application/json") {
        let bytes = to_bytes(request.into_body(), BODY).await.map_err(|_| invalid("the body cannot be read"))?;
        (serde_json::from_slice(&bytes).map_err(|_| error(400, 50109, "The request body contains invalid JSON."))?, Vec::new())
    } else {
        return Err(invalid("the content type is neither JSON nor a form"));
    };
    checked(&message, files.len(), by_bot)?;
    Ok((message, files))
}

async fn form(mut form: Multipart) -> Result<(Value, Vec<Bytes>), Response> {
    let (mut message, mut files) = (Value::Null, Vec::new());
    while let Some(field) = form.next_field().await.map_err(|_| invalid("the form cannot be read"))? {
        let name = field.name().unwrap_or_default().to_owned();
        let picture = field.content_type().is_some_and(|kind| kind.starts_with("image/")) && field.file_name().is_some();
        let bytes = field.bytes().await.map_err(|_| invalid("the form cannot be read"))?;
        match &*name {
            "payload_json" => message = serde_json::from_slice(&bytes).map_err(|_| invalid("payload_json is not JSON"))?,
            name if name == format!("files[{}]", files.len()) && picture => files.push(bytes),
            _ => return Err(invalid(&format!("the part `{name}` is not expected"))),
        }
    }
    Ok((message, files))
}

fn invalid(words: &str) -> Response {
    error(400, 50035, &format!("Invalid Form Body: {words}"))
}

fn checked(message: &Value, files: usize, by_bot: bool) -> Result<(), Response> {
    let fields = message.as_object().ok_or_else(|| invalid("a message is an object"))?;
    let own = if by_bot { BOT } else { HOOK };
    if let Some(name) = fields.keys().find(|name| !COMMON.contains(&name.as_str()) && !own.contains(&name.as_str())) {
        return Err(invalid(&format!("`{name}` is not a field of a message")));
    }
    let length = message["content"].as_str().unwrap_or_default().chars().count();
    if length == 0 && files == 0 {
        return Err(error(400, 50006, "Cannot send an empty message"));
    }
    if length > 2000 {
        return Err(invalid("content: Must be 2000 or fewer in length."));
    }
    if message["allowed_mentions"]["parse"].as_array().is_none_or(|parse| !parse.is_empty()) {
        return Err(invalid("a public body calls nobody: `allowed_mentions.parse` must be empty"));
    }
    if by_bot && message.get("nonce").is_some_and(|nonce| nonce.as_str().is_none_or(|nonce| nonce.is_empty() || nonce.len() > 25)) {
        return Err(invalid("nonce: Must be 25 or fewer in length."));
    }
    let attached = message["attachments"].as_array().map_or(&[][..], Vec::as_slice);
    let fine = |(at, file): (usize, &Value)| {
        file["id"].as_u64() == Some(at as u64)
            && file["filename"].as_str().is_some_and(|name| !name.is_empty())
            && file["description"].as_str().is_some_and(|alt| alt.chars().count() <= 1024)
    };
    match attached.len() == files && files <= 10 && attached.iter().enumerate().all(fine) {
        true => Ok(()),
        false => Err(invalid("`attachments` does not name the files")),
    }
}
