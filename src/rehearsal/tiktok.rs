//! A stand-in for TikTok. In: requests of its Content Posting API. Out: what the real one answers, for the calls documented at
//! <https://developers.tiktok.com/doc/content-posting-api-reference-photo-post>.
//!
//! A draft lands in the inbox when its status has been asked for once; nobody finishes it here. It fetches no picture: it
//! believes the address, which must be below a verified domain, and that is any but `unverified.example`.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::shared::{Shared, Troubles, around, bearer, json};
use crate::rehearsal::stand_in::{self, StandIn};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{RawQuery, State as Extract};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::post;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

const NETWORK: &str = "tiktok";
const TITLE: usize = 90;
const DESCRIPTION: usize = 4_000;
/// Calls of an account in a minute.
const INITS: (u64, i64) = (6, 60);
const STATUSES: (u64, i64) = (30, 60);
const LEVELS: [&str; 3] = ["PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY"];
const CLIENT: (&str, &str) = ("rehearsal-key", "rehearsal-password");

/// Any token `rehearsal-NAME` is that of the account NAME, and so is the refresh token `rehearsal-refresh-NAME`.
pub static STAND_IN: StandIn = StandIn {
    platform: NETWORK,
    name: "TikTok",
    routes,
    door: stand_in::front,
    secrets: |_, channel| {
        let token = ("token", format!("rehearsal-{channel}"));
        let refresh = ("refresh", format!("rehearsal-refresh-{channel}"));
        vec![token, refresh, ("client_key", CLIENT.0.into()), ("client_secret", CLIENT.1.into())]
    },
};

static TROUBLES: Troubles = Troubles {
    too_many: |_| fault(429, "rate_limit_exceeded", "The API rate limit was exceeded. Please try again later."),
    unauthorised: || fault(401, "scope_not_authorized", "The user did not authorize the scope required for completing this request."),
    expired: || fault(401, "access_token_invalid", "The access token is invalid or not found in the request."),
    failed: || fault(500, "internal_error", "Internal error"),
    writes: |method, path| method == Method::POST && path.ends_with("/content/init/"),
};

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/v2/oauth/token/", post(renew))
        .route("/v2/post/publish/creator_info/query/", post(creator))
        .route("/v2/post/publish/content/init/", post(init))
        .route("/v2/post/publish/status/fetch/", post(status))
        .route("/v2/video/query/", post(videos))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

fn fault(status: u16, code: &str, message: &str) -> Response {
    json(status, value!({"data": {}, "error": {"code": code, "message": message, "log_id": "202611210000000000000000"}}))
}

fn good(data: Value) -> Response {
    json(200, value!({"data": data, "error": {"code": "ok", "message": "", "log_id": "202611210000000000000000"}}))
}

fn invalid(why: &str) -> Response {
    fault(400, "invalid_params", why)
}

fn broken(error: std::io::Error) -> Response {
    fault(500, "internal_error", &format!("the stand-in cannot write: {error}"))
}

/// The newest number of an account's tokens; the first ones, without a number, are always good.
fn newest(shared: &Shared, name: &str) -> u64 {
    shared.world().boards.thing(NETWORK, &format!("token {name}")).and_then(Value::as_u64).unwrap_or(1)
}

/// The account behind a token; of those that were renewed only the newest is good.
fn holder(shared: &Shared, token: &str, prefix: &str) -> Option<String> {
    let rest = token.strip_prefix(prefix)?;
    let (name, number) = rest.split_once('~').map_or((rest, None), |(name, number)| (name, Some(number)));
    let good = number.is_none_or(|number| number == newest(shared, name).to_string());
    (good && !name.is_empty()).then(|| name.to_owned())
}

/// Who asks, and for what.
fn read(shared: &Shared, headers: &HeaderMap, body: &Bytes) -> Result<(String, Value), Response> {
    let token = bearer(headers).unwrap_or_default();
    let name = holder(shared, token, "rehearsal-").ok_or_else(TROUBLES.expired)?;
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/json") {
        return Err(invalid("Content-Type must be application/json"));
    }
    let body: Value = serde_json::from_slice(body).map_err(|_| invalid("The body is not JSON"))?;
    if body.is_object() { Ok((name, body)) } else { Err(invalid("The body is no object")) }
}

fn only(value: &Value, known: &[&str]) -> Result<(), Response> {
    let fields = value.as_object().ok_or_else(|| invalid("An object is missing"))?;
    match fields.keys().find(|name| !known.contains(&name.as_str())) {
        Some(name) => Err(invalid(&format!("Unknown field {name}"))),
        None => Ok(()),
    }
}

async fn creator(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let asked = read(&shared, &headers, &body).and_then(|(name, body)| only(&body, &[]).map(|()| name));
    asked.map_or_else(
        |refusal| refusal,
        |name| good(value!({"creator_username": name, "creator_nickname": name, "privacy_level_options": LEVELS, "comment_disabled": false, "max_video_post_duration_sec": 300})),
    )
}

async fn init(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    read(&shared, &headers, &body).and_then(|(name, body)| taken(&shared, &name, &body)).unwrap_or_else(|refusal| refusal)
}

fn taken(shared: &Shared, name: &str, body: &Value) -> Result<Response, Response> {
    only(body, &["media_type", "post_mode", "post_info", "source_info"])?;
    let direct = match body["post_mode"].as_str() {
        Some("DIRECT_POST") => true,
        Some("MEDIA_UPLOAD") => false,
        _ => return Err(invalid("post_mode is invalid")),
    };
    if body["media_type"] != "PHOTO" {
        return Err(invalid("media_type is invalid"));
    }
    let info = &body["post_info"];
    post_info(info, direct)?;
    let photos = photos(&body["source_info"])?;
    if shared.take(("tiktok init", name), INITS, 1).0 < 0 {
        return Err((TROUBLES.too_many)(shared));
    }
    let number = 7_400_000_000_000_000_000 + shared.world().boards.next();
    let id = if direct { format!("p_pub_url~v2.{number}") } else { format!("p_inbox_url~v2.{number}") };
    let text = [&info["title"], &info["description"]].iter().filter_map(|text| text.as_str()).collect::<Vec<_>>().join("\n\n");
    let images = photos.iter().map(|url| (url.rsplit('/').next().unwrap_or_default().to_owned(), String::new())).collect();
    let more = value!({"mode": body["post_mode"], "asked": 0, "photos": photos, "number": number.to_string()});
    shared.put(Posted { images, more, ..Posted::new(NETWORK, name, &id, text) }).map_err(broken)?;
    Ok(good(value!({"publish_id": id})))
}

fn post_info(info: &Value, direct: bool) -> Result<(), Response> {
    let switches = ["disable_comment", "auto_add_music", "brand_content_toggle", "brand_organic_toggle"];
    let words = ["title", "description"];
    match direct {
        true => only(info, &[&words[..], &switches[..], &["privacy_level"]].concat())?,
        false => only(info, &words)?,
    }
    for (name, limit) in [("title", TITLE), ("description", DESCRIPTION)] {
        let good = info.get(name).is_none_or(|text| text.as_str().is_some_and(|text| text.encode_utf16().count() <= limit));
        if !good {
            return Err(invalid(&format!("{name} must be a text of at most {limit} UTF-16 runes")));
        }
    }
    if switches.iter().any(|name| info.get(*name).is_some_and(|switch| !switch.is_boolean())) {
        return Err(invalid("A switch must be true or false"));
    }
    if direct && !info["privacy_level"].as_str().is_some_and(|level| LEVELS.contains(&level)) {
        return Err(fault(403, "privacy_level_option_mismatch", "The privacy level is not among those of creator_info"));
    }
    Ok(())
}

fn photos(source: &Value) -> Result<Vec<String>, Response> {
    only(source, &["source", "photo_images", "photo_cover_index"])?;
    let urls: Vec<String> = source["photo_images"].as_array().into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect();
    let cover = source["photo_cover_index"].as_u64().unwrap_or(u64::MAX);
    if source["source"] != "PULL_FROM_URL" || urls.is_empty() || urls.len() > 35 || cover >= urls.len() as u64 {
        return Err(invalid("source_info is invalid"));
    }
    for url in &urls {
        let Ok(url) = url::Url::parse(url) else { return Err(invalid("photo_images must hold addresses")) };
        let kind = url.path().to_lowercase();
        if ![".jpg", ".jpeg", ".webp"].iter().any(|ending| kind.ends_with(ending)) {
            return Err(fault(400, "file_format_check_failed", "Unsupported media format"));
        }
        if url.host_str() == Some("unverified.example") {
            return Err(fault(403, "url_ownership_unverified", "Please review our URL ownership verification rules"));
        }
    }
    Ok(urls)
}

async fn status(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    read(&shared, &headers, &body).and_then(|(name, body)| told(&shared, &name, &body)).unwrap_or_else(|refusal| refusal)
}

fn told(shared: &Shared, name: &str, body: &Value) -> Result<Response, Response> {
    only(body, &["publish_id"])?;
    let id = body["publish_id"].as_str().ok_or_else(|| invalid("publish_id is missing"))?;
    if shared.take(("tiktok status", name), STATUSES, 1).0 < 0 {
        return Err((TROUBLES.too_many)(shared));
    }
    let found = shared.world().boards.get(NETWORK, id).filter(|post| post.account == name).cloned();
    let mut post = found.ok_or_else(|| fault(400, "invalid_publish_id", "The publish id does not exist"))?;
    let asked = post.more["asked"].as_u64().unwrap_or_default();
    let direct = post.more["mode"] == "DIRECT_POST";
    let (status, ids) = match (asked, direct) {
        (0, _) => ("PROCESSING_DOWNLOAD", value!([])),
        (_, true) => ("PUBLISH_COMPLETE", value!([post.more["number"]])),
        (_, false) => ("SEND_TO_USER_INBOX", value!([])),
    };
    post.more["asked"] = value!(asked + 1);
    shared.put(post).map_err(broken)?;
    Ok(good(value!({"status": status, "publicaly_available_post_id": ids, "uploaded_bytes": 0})))
}

async fn videos(Extract(shared): Extract<Shared>, RawQuery(query): RawQuery, headers: HeaderMap, body: Bytes) -> Response {
    let counted = read(&shared, &headers, &body).and_then(|(_, body)| {
        only(&body, &["filters"])?;
        let id = body["filters"]["video_ids"][0].as_str().ok_or_else(|| invalid("filters.video_ids is missing"))?;
        if !query.unwrap_or_default().contains("fields=id") {
            return Err(invalid("fields is missing"));
        }
        Ok(good(value!({"videos": [{"id": id, "like_count": 12, "comment_count": 3, "share_count": 4, "view_count": 560}]})))
    });
    counted.unwrap_or_else(|refusal| refusal)
}

/// A new pair of tokens for a refresh token.
async fn renew(Extract(shared): Extract<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let form: BTreeMap<String, String> = url::form_urlencoded::parse(&body).into_owned().collect();
    let word = |name: &str| form.get(name).map(String::as_str).unwrap_or_default();
    let refused = |error: &str, why: &str| json(400, value!({"error": error, "error_description": why, "log_id": "20261121"}));
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind != "application/x-www-form-urlencoded" || word("grant_type") != "refresh_token" || form.len() != 4 {
        return refused("invalid_request", "The request parameters are malformed.");
    }
    if (word("client_key"), word("client_secret")) != CLIENT {
        return refused("invalid_client", "Client key or secret is incorrect.");
    }
    let Some(name) = holder(&shared, word("refresh_token"), "rehearsal-refresh-") else {
        return refused("invalid_grant", "Refresh token is invalid or expired.");
    };
    let number = newest(&shared, &name) + 1;
    if let Err(error) = shared.keep_thing(NETWORK, &format!("token {name}"), value!(number)) {
        return broken(error);
    }
    json(
        200,
        value!({
            "access_token": format!("rehearsal-{name}~{number}"),
            "expires_in": 86_400,
            "open_id": name,
            "refresh_expires_in": 31_536_000,
            "refresh_token": format!("rehearsal-refresh-{name}~{number}"),
            "scope": "user.info.basic,video.upload,video.publish",
            "token_type": "Bearer",
        }),
    )
}
