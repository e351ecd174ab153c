//! A stand-in for Threads. In: requests of its API. Out: what the real one answers, for the calls documented at
//! <https://developers.facebook.com/docs/threads/>.
//!
//! 500 characters, an emoji as its bytes, five distinct links; 250 posts, 1,000 replies and 100 deletions a day.

use crate::channels::text;
use crate::rehearsal::boards::Posted;
use crate::rehearsal::meta::{self, Call, broken, fault, invalid, missing};
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
    match meta::read(&shared, NETWORK, request).await {
        Ok(call) => meta::counted(&shared, NETWORK, &call.account, || sorted(&shared, &call).unwrap_or_else(|refusal| refusal)),
        Err(refusal) => refusal,
    }
}

fn sorted(shared: &Shared, call: &Call) -> Result<Response, Response> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match (call.method.as_str(), path.as_slice()) {
        ("POST", [user, "threads"]) => container(shared, call, user),
        ("POST", [user, "threads_publish"]) => publish(shared, call, user),
        ("GET", [_, "threads"]) => call.page(&posts(shared, call, false)),
        ("GET", [_, "replies"]) => call.page(&posts(shared, call, true)),
        ("GET", [_, "threads_publishing_limit"]) => quota(shared, call),
        ("GET", [id, "insights"]) => {
            own(shared, call, id)?;
            call.insights(&[("views", 90), ("likes", 7), ("replies", 1), ("reposts", 2), ("quotes", 0), ("shares", 3)])
        }
        ("GET", [id]) => node(shared, call, id),
        ("DELETE", [id]) => delete(shared, call, id),
        _ => Err(fault(100, 33, "Unsupported request")),
    }
}

fn container(shared: &Shared, call: &Call, user: &str) -> Result<Response, Response> {
    call.only(&["media_type", "text", "image_url", "alt_text", "reply_to_id", "link_attachment"])?;
    let words = call.text("text")?.unwrap_or_default();
    let counted = text::threads(words);
    match counted.unit {
        "links" => return Err(fault(100, 0, "THREADS_API__LINK_LIMIT_EXCEEDED")),
        _ if !text::fits(&counted) => return Err(invalid("Param text must be at most 500 characters long.")),
        _ => {}
    }
    let image = call.address("image_url")?;
    match call.need("media_type")? {
        "TEXT" if words.trim().is_empty() || image.is_some() => return Err(invalid("A text post has a text and no picture")),
        "TEXT" => drop(call.address("link_attachment")?),
        "IMAGE" if image.is_none() => return Err(invalid("The parameter image_url is required.")),
        "IMAGE" if call.params.contains_key("link_attachment") => return Err(invalid("link_attachment can be used with text posts only")),
        "IMAGE" => {}
        other => return Err(invalid(&format!("Param media_type must be one of {{TEXT, IMAGE}}; {other} is none"))),
    }
    if call.text("alt_text")?.is_some_and(|alt| alt.chars().count() > 1_000) {
        return Err(invalid("Param alt_text must be at most 1000 characters long."));
    }
    if let Some(parent) = call.text("reply_to_id")? {
        own(shared, call, parent)?;
    }
    containers::make(shared, call, user)
}

fn publish(shared: &Shared, call: &Call, user: &str) -> Result<Response, Response> {
    let (container, made) = containers::ready(shared, call)?;
    if made["user"] != user {
        return Err(fault(10, 0, "(#10) Application does not have permission for this action"));
    }
    let word = |name: &str| made["params"][name].as_str().map(str::to_owned);
    let parent = word("reply_to_id");
    let most = if parent.is_some() { REPLIES } else { QUOTA };
    let limited = shared.mishaps().limited();
    if limited && containers::posts_of_a_day(shared, call, parent.is_some()) >= most {
        return Err(fault(9, 2_207_042, "The maximum number of posts is reached"));
    }
    let id = meta::next_id(shared);
    let picture =
        word("image_url").map(|url| (url.rsplit('/').next().unwrap_or_default().to_owned(), word("alt_text").unwrap_or_default()));
    let more = value!({"link": word("link_attachment")});
    let images = picture.into_iter().collect();
    let post = Posted { parent, images, more, ..Posted::new(NETWORK, &call.account, &id, word("text").unwrap_or_default()) };
    shared.put(post).map_err(broken)?;
    containers::published(shared, call, &container, made, &id)?;
    Ok(json(200, value!({"id": id})))
}

fn own(shared: &Shared, call: &Call, id: &str) -> Result<Posted, Response> {
    shared.world().boards.get(NETWORK, id).filter(|post| post.account == call.account).cloned().ok_or_else(|| missing(id))
}

fn delete(shared: &Shared, call: &Call, id: &str) -> Result<Response, Response> {
    let post = own(shared, call, id)?;
    if shared.take(("threads deletions", &call.account), DELETIONS, 1).0 < 0 {
        return Err(fault(613, 0, "(#613) Calls to this api have exceeded the rate limit."));
    }
    shared.put(Posted { deleted: true, ..post }).map_err(broken)?;
    Ok(json(200, value!({"success": true, "deleted_id": id})))
}

fn posts(shared: &Shared, call: &Call, replies: bool) -> Vec<Value> {
    let world = shared.world();
    let own = world.boards.of(NETWORK).into_iter().filter(|post| post.account == call.account && post.parent.is_some() == replies);
    own.map(view).collect()
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

fn node(shared: &Shared, call: &Call, id: &str) -> Result<Response, Response> {
    if containers::get(shared, call, id).is_some() {
        return containers::status(shared, call, id, ("status", "error_message"));
    }
    call.only(&["fields"])?;
    if let Ok(post) = own(shared, call, id) {
        return Ok(json(200, call.shown(&view(&post))?));
    }
    let asked = call.params.get("fields").and_then(Value::as_str).unwrap_or_default();
    if !asked.contains("username") {
        return Err(missing(id));
    }
    Ok(json(200, call.shown(&value!({"id": id, "username": call.account}))?))
}

fn quota(shared: &Shared, call: &Call) -> Result<Response, Response> {
    call.only(&["fields"])?;
    let most = |total: u64| value!({"quota_total": total, "quota_duration": meta::DAY});
    let whole = value!({
        "id": null,
        "quota_usage": containers::posts_of_a_day(shared, call, false),
        "config": most(QUOTA),
        "reply_quota_usage": containers::posts_of_a_day(shared, call, true),
        "reply_config": most(REPLIES),
    });
    let mut shown = call.shown(&whole)?;
    shown.as_object_mut().map(|fields| fields.remove("id"));
    Ok(json(200, value!({"data": [shown]})))
}
