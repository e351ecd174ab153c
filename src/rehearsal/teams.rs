//! A stand-in for a Power Automate workflow that posts to Microsoft Teams. In: Adaptive Cards. Out: 202, or why not.
//!
//! By <https://learn.microsoft.com/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using> and the schema of
//! <https://adaptivecards.io/explorer/>. A message that comes twice stands there twice.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::{self, StandIn};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State as Extract};
use axum::http::{HeaderMap, Method, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

const NETWORK: &str = "teams";
/// Most bytes of a message.
const LIMIT: usize = 28 * 1024;

/// Each channel has a workflow of its own name.
pub static STAND_IN: StandIn = StandIn {
    platform: NETWORK,
    name: "Microsoft Teams",
    routes,
    door: stand_in::front,
    secrets: |base, channel| vec![("url", format!("{base}/workflows/{channel}/triggers/manual/paths/invoke?api-version=1&sig=rehearsal"))],
};

/// The calls.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/workflows/{name}/triggers/manual/paths/invoke", post(take))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| ([("retry-after", "20")], error(429, "WorkflowRequestsThrottled", "too many requests")).into_response(),
    unauthorised: || error(401, "DirectApiAuthorizationRequired", "the signature does not fit"),
    expired: || error(401, "DirectApiAuthorizationRequired", "the signature does not fit"),
    failed: || error(502, "NoResponse", "the workflow did not answer"),
    writes: |method, _| method == Method::POST,
};

fn error(status: u16, code: &str, words: &str) -> Response {
    json(status, value!({"error": {"code": code, "message": words}}))
}

async fn take(
    Extract(shared): Extract<Shared>,
    Path(name): Path<String>,
    Query(query): Query<BTreeMap<String, String>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    if query.get("sig").is_none_or(|sig| sig != "rehearsal") {
        return (TROUBLES.unauthorised)();
    }
    if !headers.get("content-type").is_some_and(|kind| kind.as_bytes().starts_with(b"application/json")) || body.len() > LIMIT {
        return error(413, "RequestEntityTooLarge", "JSON of 28 KB at most is expected");
    }
    let card = match serde_json::from_slice(&body).ok().map(|message| checked(&message)) {
        Some(Ok(card)) => card,
        Some(Err(why)) => return error(400, "TriggerInputSchemaMismatch", &why),
        None => return error(400, "InvalidRequestContent", "not JSON"),
    };
    let words = |field: &str, kind: &str| -> Vec<String> {
        let parts = card["body"].as_array().into_iter().flatten().filter(|part| part["type"] == *kind);
        parts.map(|part| part[field].as_str().unwrap_or_default().to_owned()).collect()
    };
    let id = format!("{NETWORK}-{}", shared.world().boards.next());
    let images = words("altText", "Image").into_iter().map(|alt| (String::new(), alt)).collect();
    let lang = card["lang"].as_str().map(str::to_owned);
    let post = Posted { images, lang, ..Posted::new(NETWORK, &name, id, words("text", "TextBlock").join("\n\n")) };
    match shared.put(post) {
        Ok(()) => StatusCode::ACCEPTED.into_response(),
        Err(cause) => error(500, "InternalServerError", &cause.to_string()),
    }
}

/// The card of a message.
fn checked(message: &Value) -> Result<Value, String> {
    let attachment = &message["attachments"][0];
    let card = &attachment["content"];
    let exactly =
        |value: &Value, names: &[&str]| value.as_object().is_some_and(|fields| fields.keys().all(|name| names.contains(&name.as_str())));
    if message["type"] != "message" || message["attachments"].as_array().is_none_or(|list| list.len() != 1) {
        return Err("a message with one attachment is expected".into());
    }
    if attachment["contentType"] != "application/vnd.microsoft.card.adaptive" {
        return Err("the attachment is no Adaptive Card".into());
    }
    let versions = ["1.0", "1.1", "1.2", "1.3", "1.4", "1.5"];
    let known = exactly(card, &["$schema", "type", "version", "lang", "body", "msteams", "actions"]);
    if !known || card["type"] != "AdaptiveCard" || !versions.iter().any(|version| card["version"] == *version) {
        return Err("the card is not an AdaptiveCard of a version that Teams shows".into());
    }
    let parts = card["body"].as_array().filter(|parts| !parts.is_empty()).ok_or("the card has no body")?;
    for part in parts {
        let text = |name: &str| part[name].as_str().is_some_and(|text| !text.is_empty());
        let fine = match part["type"].as_str() {
            Some("TextBlock") => text("text") && part["wrap"] == true && exactly(part, &["type", "text", "wrap"]),
            Some("Image") => {
                part["url"].as_str().is_some_and(|url| url.starts_with("https://"))
                    && text("altText")
                    && exactly(part, &["type", "url", "altText"])
            }
            _ => false,
        };
        if !fine {
            return Err(format!("the card cannot show {part}"));
        }
    }
    Ok(card.clone())
}
