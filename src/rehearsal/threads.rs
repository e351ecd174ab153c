//! A stand-in for Threads. In: requests of its API. Out: what the real one answers, for the calls documented at
//! <https://developers.facebook.com/docs/threads/>.
//!
//! 500 characters, an emoji as its bytes, five distinct links; carousels of 2 to 20 pictures; 250 posts, 1,000 replies and 100 deletions a day.

use crate::channels::text;
use crate::rehearsal::boards::Posted;
use crate::rehearsal::meta::{self, Call, broken, fault, invalid};
use crate::rehearsal::meta_containers as containers;
use crate::rehearsal::shared::{Shared, Troubles, around, json};
use crate::rehearsal::stand_in::{self, StandIn};
use axum::Router;
use axum::extract::{Request, State as Extract};
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::any;
use serde_json::{Value, json as value};

const NETWORK: &str = "threads";
/// Posts and replies of an account in 24 hours.
const QUOTA: u64 = 250;
const REPLIES: u64 = 1_000;
/// Pictures of a carousel.
const PICTURES: usize = 20;
/// Deletions of an account in 24 hours.
const DELETIONS: (u64, i64) = (100, meta::DAY);

/// Any token `rehearsal-NAME` is that of the account NAME.
pub static STAND_IN: StandIn = StandIn { platform: NETWORK, name: "Threads", routes, door: stand_in::front, secrets: stand_in::token };

static TROUBLES: Troubles =
    meta::troubles(|method, path| method == Method::DELETE || (method == Method::POST && path.ends_with("/threads_publish")));

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/{*path}", any(answer))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

async fn answer(Extract(shared): Extract<Shared>, request: Request) -> Response {
    if request.uri().path().ends_with("/refresh_access_token") {
        return meta::renew(&shared, NETWORK, "th_refresh_token", &request);
    }
    // The documentation knows the token as a parameter only.
    if request.headers().contains_key("authorization") {
        return fault(104, 0, "An access token is required to request this resource.");
    }
    meta::answered(&shared, NETWORK, request, sorted).await
}

fn sorted(shared: &Shared, call: &Call) -> Result<Response, Response> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match (call.method.as_str(), path.as_slice()) {
        ("POST", [user, "threads"]) => container(shared, call, user),
        ("POST", [user, "threads_publish"]) => containers::publish(shared, call, user, "text", (QUOTA, REPLIES)),
        ("GET", [_, "threads"]) => call.page(&containers::posts(shared, call, |post| post.parent.is_none(), view)),
        ("GET", [_, "replies"]) => call.page(&containers::posts(shared, call, |post| post.parent.is_some(), view)),
        ("GET", [_, "threads_publishing_limit"]) => quota(shared, call),
        ("GET", [id, "insights"]) => {
            containers::own(shared, call, id)?;
            call.insights(&[("views", 90), ("likes", 7), ("replies", 1), ("reposts", 2), ("quotes", 0), ("shares", 3)])
        }
        ("GET", [id]) => containers::node(shared, call, id, ("status", "error_message"), view),
        ("DELETE", [id]) => delete(shared, call, id),
        _ => Err(fault(100, 33, "Unsupported request")),
    }
}

fn container(shared: &Shared, call: &Call, user: &str) -> Result<Response, Response> {
    call.only(&["media_type", "text", "image_url", "alt_text", "reply_to_id", "link_attachment", "is_carousel_item", "children"])?;
    let words = call.text("text")?.unwrap_or_default();
    let counted = text::threads(words);
    match counted.unit {
        "links" => return Err(fault(100, 0, "THREADS_API__LINK_LIMIT_EXCEEDED")),
        _ if !text::fits(&counted) => return Err(invalid("Param text must be at most 500 characters long.")),
        _ => {}
    }
    if let Some(parent) = call.text("reply_to_id")? {
        containers::own(shared, call, parent)?;
    }
    let picture = containers::picture(call)?;
    let kind = call.need("media_type")?;
    if kind != "CAROUSEL" && call.params.contains_key("children") {
        return Err(invalid("children can be used with media_type CAROUSEL only"));
    }
    match kind {
        "TEXT" if words.trim().is_empty() || picture.is_some() => Err(invalid("A text post has a text and no picture")),
        "TEXT" => {
            call.address("link_attachment")?;
            containers::make(shared, call, user, None)
        }
        "IMAGE" if picture.is_none() => Err(invalid("The parameter image_url is required.")),
        "IMAGE" if call.params.contains_key("link_attachment") => Err(invalid("link_attachment can be used with text posts only")),
        "IMAGE" if call.flag("is_carousel_item")? && ["text", "reply_to_id"].iter().any(|name| call.params.contains_key(*name)) => {
            Err(invalid("The text of a carousel, and what it answers, are the carousel's own"))
        }
        "IMAGE" => containers::make(shared, call, user, picture),
        "CAROUSEL" => containers::carousel(shared, call, user, PICTURES),
        other => Err(invalid(&format!("Param media_type must be one of {{TEXT, IMAGE, CAROUSEL}}; {other} is none"))),
    }
}

fn delete(shared: &Shared, call: &Call, id: &str) -> Result<Response, Response> {
    let post = containers::own(shared, call, id)?;
    if shared.take(("threads deletions", &call.account), DELETIONS, 1).0 < 0 {
        return Err(fault(613, 0, "(#613) Calls to this api have exceeded the rate limit."));
    }
    shared.put(Posted { deleted: true, ..post }).map_err(broken)?;
    Ok(json(200, value!({"success": true, "deleted_id": id})))
}

fn view(post: &Posted) -> Value {
    let mut view = value!({
        "id": post.id,
        "text": post.text,
        "permalink": format!("https://www.threads.net/@{}/post/{}", post.account, post.id),
        "timestamp": format!("{:.0}", post.at),
        "link_attachment_url": post.more["link"],
    });
    view["replied_to"] = post.parent.as_ref().map_or(Value::Null, |id| value!({"id": id}));
    view
}

fn quota(shared: &Shared, call: &Call) -> Result<Response, Response> {
    let used = |replies| containers::posts_of_a_day(shared, call, replies);
    let (posts, replies) = (containers::daily(QUOTA), containers::daily(REPLIES));
    let whole = value!({"id": null, "quota_usage": used(false), "config": posts, "reply_quota_usage": used(true), "reply_config": replies});
    containers::limits(call, &whole)
}
