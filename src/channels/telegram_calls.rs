//! In: a method of Telegram's API with its fields. Out: its result, or what the refusal means.

use crate::channels::answers::{Step, silence};
use crate::channels::said::{account, never, said, unknown, wait};
use crate::model::announcement::Image;
use crate::model::transport::{Body, Method, Part, Request, Response, Secret, SendError, Transport};
use serde_json::Value;

/// A wait where Telegram gives none, in seconds.
const PAUSE: u64 = 60;
/// Words of a 400 that concern the bot's place in the channel and not the message.
const PLACE: [&str; 6] =
    ["chat not found", "not enough rights", "need administrator rights", "CHAT_WRITE_FORBIDDEN", "not a member", "CHAT_ADMIN_REQUIRED"];

/// The way to a server.
pub(crate) struct Api {
    pub(crate) server: String,
}

/// A call.
pub(crate) struct Call {
    method: &'static str,
    body: Body,
    /// Whether a lost answer leaves anything open.
    step: Step,
    /// Words of a refusal that mean that it is done already.
    done: Option<&'static str>,
}

impl Call {
    /// One that makes a message: it may happen once.
    pub(crate) fn once(method: &'static str, body: &Value) -> Call {
        Call { method, body: json_body(body), step: Step::Post, done: None }
    }

    /// One that can be repeated until it is done.
    pub(crate) fn again(method: &'static str, body: &Value, done: &'static str) -> Call {
        Call { method, body: json_body(body), step: Step::Before, done: Some(done) }
    }

    /// A question.
    pub(crate) fn look(method: &'static str, body: &Value) -> Call {
        Call { method, body: json_body(body), step: Step::Before, done: None }
    }

    /// One that makes messages with pictures, in parts of those names.
    pub(crate) fn with_pictures(
        method: &'static str,
        fields: Value,
        names: &[&'static str],
        images: &[Image],
        out: &mut dyn Transport,
    ) -> Result<Call, SendError> {
        const FIELDS: [&str; 6] = ["chat_id", "caption", "caption_entities", "disable_notification", "reply_parameters", "media"];
        let mut parts = Vec::new();
        for name in FIELDS.into_iter().filter(|name| !fields[*name].is_null()) {
            let text = fields[name].as_str().map_or_else(|| fields[name].to_string(), str::to_owned);
            parts.push(Part { name, file: None, bytes: text.into_bytes() });
        }
        for (name, image) in names.iter().zip(images) {
            let bytes = out.image(image).map_err(|error| silence(error, Step::Before))?;
            parts.push(Part { name, file: Some((image.path().name().to_owned(), image.media_type)), bytes });
        }
        Ok(Call { method, body: Body::Multipart(parts), step: Step::Post, done: None })
    }
}

impl Api {
    /// Calls a method; gives its `result`.
    pub(crate) fn call(&self, call: &Call, out: &mut dyn Transport) -> Result<Value, SendError> {
        let token = out.secret("token").map_err(|error| account(error.to_string()))?;
        let url = format!("{}/bot{}/{}", self.server, token.expose(), call.method);
        let request = Request { body: call.body.clone(), ..Request::new(Method::Post, url) };
        let response = out.http(&request).map_err(|error| silence(error, call.step))?;
        result(&response, call, &token)
    }
}

fn result(response: &Response, call: &Call, token: &Secret) -> Result<Value, SendError> {
    let value: Value = serde_json::from_slice(&response.body).unwrap_or_default();
    if value["ok"] == true && !value["result"].is_null() {
        return Ok(value["result"].clone());
    }
    let code = value["error_code"].as_u64().unwrap_or(u64::from(response.status));
    let description = value["description"].as_str().unwrap_or_default();
    let words = said(&format!("{code} {description}"), &[token]);
    if call.done.is_some_and(|done| description.contains(done)) {
        return Ok(Value::Bool(true));
    }
    let parameters = &value["parameters"];
    if let Some(moved) = parameters["migrate_to_chat_id"].as_i64() {
        return Err(account(format!("{words}; the chat has the number {moved} now: write it into `account`")));
    }
    match code {
        429 => Err(wait(parameters["retry_after"].as_u64().unwrap_or(PAUSE), words)),
        401 | 403 | 404 => Err(account(words)),
        400 if PLACE.iter().any(|place| description.contains(place)) => Err(account(words)),
        408 | 500.. | 200..=299 if call.step == Step::Post => Err(unknown(words)),
        408 | 500.. | 200..=299 => Err(SendError::Retry { after: None, reason: words }),
        _ => Err(never(words)),
    }
}

fn json_body(value: &Value) -> Body {
    Body::Bytes("application/json", value.to_string().into_bytes())
}
