//! A stand-in for GOV.UK Notify. In: requests of its API (<https://docs.notifications.service.gov.uk/rest-api.html>). Out:
//! what the real one would answer.
//!
//! Every token is checked: HS256 with the secret of the key, its service, made within 30 seconds. Bodies are checked field
//! by field; the addresses `temp-fail@simulator.notify` and `perm-fail@simulator.notify` fail as documented.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::shared::{Shared, Troubles, around, bearer, json};
use crate::rehearsal::stand_in::{self, StandIn};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, Query, State as Extract};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::{get, post};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use serde_json::{Value, json as value};
use sha2::Sha256;
use std::collections::BTreeMap;

const NETWORK: &str = "notify";
/// The service of every key.
pub const SERVICE: &str = "26785a09-ab16-4eb0-8407-a37497a57506";
/// The secret of every key.
pub const SECRET: &str = "3d844edf-8d35-48ac-975b-e847b4f122b0";
/// Requests of a service in a minute.
const REQUESTS: (u64, i64) = (3000, 60);
/// How many a page lists.
const PAGE: usize = 250;
/// How long a message is listed, in seconds: seven days.
const MEMORY: i64 = 7 * 24 * 60 * 60;

/// One service.
pub static STAND_IN: StandIn = StandIn {
    platform: NETWORK,
    name: "GOV.UK Notify",
    routes,
    door: stand_in::front,
    secrets: |_, channel| vec![("key", format!("{channel}-{SERVICE}-{SECRET}"))],
};

/// The calls of the service.
pub fn routes(shared: &Shared) -> Router {
    let (tokens, mishaps) = (shared.clone(), shared.clone());
    Router::new()
        .route("/v2/notifications/email", post(send))
        .route("/v2/notifications", get(list))
        .route("/v2/notifications/{id}", get(one))
        .route("/v2/template/{id}", get(template))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .layer(from_fn(move |request, next: Next| admitted(tokens.clone(), request, next)))
        .with_state(shared.clone())
}

static TROUBLES: Troubles = Troubles {
    too_many: |_| too_many(),
    unauthorised: || fault(403, "AuthError", "Invalid token: API key not found"),
    expired: || fault(403, "AuthError", "Error: Your system clock must be accurate to within 30 seconds"),
    failed: || fault(500, "Exception", "Internal server error"),
    writes: |method, _| method == Method::POST,
};

fn fault(status: u16, error: &str, message: &str) -> Response {
    json(status, value!({"status_code": status, "errors": [{"error": error, "message": message}]}))
}

fn too_many() -> Response {
    fault(429, "RateLimitError", "Exceeded rate limit for key type live of 3000 requests per 60 seconds")
}

async fn admitted(shared: Shared, request: axum::extract::Request, next: Next) -> Response {
    if let Err(why) = admit(request.headers()) {
        return if why.starts_with("Unauthorized") { fault(401, "AuthError", why) } else { fault(403, "AuthError", why) };
    }
    if shared.take((NETWORK, SERVICE), REQUESTS, 1).0 < 0 {
        return too_many();
    }
    next.run(request).await
}

/// Checks a token as the service does; written a second time so that it can disagree with the channel.
fn admit(headers: &HeaderMap) -> Result<(), &'static str> {
    let token = bearer(headers).ok_or("Unauthorized: authentication bearer scheme must be used")?;
    let parts: Vec<&str> = token.split('.').collect();
    let [head, claims, signature] = parts[..] else { return Err("Invalid token: is not a JSON web token") };
    let read = |part: &str| URL_SAFE_NO_PAD.decode(part).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let (head_value, claim) = (read(head).ok_or("Invalid token: header")?, read(claims).ok_or("Invalid token: claims")?);
    if head_value["alg"] != "HS256" {
        return Err("Invalid token: algorithm used is not HS256");
    }
    if claim["iss"] != SERVICE {
        return Err("Invalid token: service not found");
    }
    let signature = URL_SAFE_NO_PAD.decode(signature).map_err(|_| "Invalid token: signature")?;
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).map_err(|_| "Invalid token: signature")?;
    mac.update(format!("{head}.{claims}").as_bytes());
    mac.verify_slice(&signature).map_err(|_| "Invalid token: API key not found")?;
    let made = claim["iat"].as_i64().ok_or("Invalid token: iat field not provided")?;
    match (Timestamp::now().as_second() - made).abs() {
        0..=30 => Ok(()),
        _ => Err("Error: Your system clock must be accurate to within 30 seconds"),
    }
}

/// Fields of the body: name, whether needed.
const FIELDS: [(&str, bool); 6] = [
    ("email_address", true),
    ("template_id", true),
    ("personalisation", false),
    ("reference", false),
    ("email_reply_to_id", false),
    ("one_click_unsubscribe_url", false),
];

fn invalid(body: &Value) -> Option<String> {
    let Some(fields) = body.as_object() else { return Some("the body is no object".into()) };
    let unknown = fields.keys().find(|name| !FIELDS.iter().any(|(known, _)| known == name));
    if let Some(unknown) = unknown {
        return Some(format!("Additional properties are not allowed ({unknown} was unexpected)"));
    }
    if let Some((name, _)) = FIELDS.iter().find(|(name, needed)| *needed && body[*name].is_null()) {
        return Some(format!("{name} is a required property"));
    }
    for name in ["template_id", "email_reply_to_id"] {
        if fields.get(name).is_some_and(|id| !id.as_str().is_some_and(is_uuid)) {
            return Some(format!("{name} is not a valid UUID"));
        }
    }
    for name in ["email_address", "reference", "one_click_unsubscribe_url"] {
        if fields.get(name).is_some_and(|text| !text.is_string()) {
            return Some(format!("{name} is not of type string"));
        }
    }
    let address = body["email_address"].as_str().unwrap_or_default();
    if address.split_once('@').is_none_or(|(user, host)| user.is_empty() || !host.contains('.') || host.contains('@')) {
        return Some("email_address Not a valid email address".into());
    }
    let missing = ["subject", "body", "link"].into_iter().find(|name| !body["personalisation"][*name].is_string());
    missing.map(|name| format!("Missing personalisation: {name}"))
}

fn is_uuid(text: &str) -> bool {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    lengths == [8, 4, 4, 4, 12] && text.bytes().all(|b| b == b'-' || b.is_ascii_hexdigit())
}

async fn send(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    if headers.get(header::CONTENT_TYPE).is_none_or(|kind| kind != "application/json") {
        return fault(400, "BadRequestError", "Invalid JSON supplied in POST data");
    }
    let Ok(body) = serde_json::from_slice::<Value>(&body) else {
        return fault(400, "BadRequestError", "Invalid JSON supplied in POST data");
    };
    if let Some(why) = invalid(&body) {
        return fault(400, "ValidationError", &why);
    }
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let words = &body["personalisation"];
    let number = shared.world().boards.next();
    let id = format!("740e5834-3a29-46b4-9a6f-{number:012x}");
    let status = match body["email_address"].as_str() {
        Some("temp-fail@simulator.notify") => "temporary-failure",
        Some("perm-fail@simulator.notify") => "permanent-failure",
        _ => "delivered",
    };
    let text = format!("{}\n\n{}", word(&words["subject"]), word(&words["body"]));
    let post = Posted::new(NETWORK, &word(&body["email_address"]), &id, text);
    let more = value!({"reference": body["reference"], "status": status, "template": body["template_id"]});
    if let Err(error) = shared.put(Posted { more, ..post }) {
        return fault(500, "Exception", &error.to_string());
    }
    let uri = format!("{}/{NETWORK}/v2/notifications/{id}", shared.base());
    let content = value!({"subject": words["subject"], "body": words["body"], "from_email": "norrvik@notifications.example"});
    let template = value!({"id": body["template_id"], "version": 1, "uri": uri});
    let answer = value!({
        "id": id, "reference": body["reference"], "content": content, "uri": uri, "template": template, "scheduled_for": null,
    });
    json(201, answer)
}

fn shown(post: &Posted) -> Value {
    value!({
        "id": post.id, "reference": post.more["reference"], "email_address": post.account, "type": "email",
        "status": post.more["status"], "template": {"id": post.more["template"]}, "created_at": post.at.to_string(),
    })
}

async fn list(Extract(shared): Extract<Shared>, Query(wish): Query<BTreeMap<String, String>>) -> Response {
    let known = ["template_type", "status", "reference", "older_than", "include_jobs"];
    if let Some(name) = wish.keys().find(|name| !known.contains(&name.as_str())) {
        return fault(400, "ValidationError", &format!("Additional properties are not allowed ({name} was unexpected)"));
    }
    let since = Timestamp::now().as_second() - MEMORY;
    let world = shared.world();
    let fits = |post: &&&Posted| wish.get("reference").is_none_or(|wish| post.more["reference"] == **wish) && post.at.as_second() >= since;
    let found: Vec<Value> = world.boards.of(NETWORK).iter().filter(fits).take(PAGE).map(|post| shown(post)).collect();
    json(200, value!({"notifications": found, "links": {"current": "/v2/notifications"}}))
}

async fn one(Extract(shared): Extract<Shared>, Path(id): Path<String>) -> Response {
    match shared.world().boards.get(NETWORK, &id) {
        Some(post) => json(200, shown(post)),
        None => fault(404, "NoResultFound", "No result found"),
    }
}

/// Every template is there and shows what it should, but that of zeros.
async fn template(Path(id): Path<String>) -> Response {
    match is_uuid(&id) && !id.starts_with("00000000") {
        true => json(
            200,
            value!({"id": id, "type": "email", "version": 1, "subject": "((subject))", "body": "((body))", "personalisation": {}}),
        ),
        false => fault(404, "NoResultFound", "No result found"),
    }
}
