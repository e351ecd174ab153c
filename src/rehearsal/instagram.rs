//! A stand-in for Instagram. In: requests of the Graph API. Out: what the real one answers, for the calls documented at
//! <https://developers.facebook.com/docs/instagram-platform/content-publishing/>.
//!
//! It fetches no picture: it believes the address, which must end as that of a JPEG does.

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

const NETWORK: &str = "instagram";
const CAPTION: usize = 2_200;
/// Pictures of a carousel.
const PICTURES: usize = 10;
const COMMENT: usize = 300;
/// Posts of an account in 24 hours.
const QUOTA: u64 = 100;

/// Any token `rehearsal-NAME` is that of the account NAME.
pub static STAND_IN: StandIn = StandIn { platform: NETWORK, name: "Instagram", routes, door: stand_in::front, secrets: stand_in::token };

static TROUBLES: Troubles = meta::troubles(|method, path| method == Method::POST && !path.ends_with("/media"));

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
        return meta::renew(&shared, NETWORK, "ig_refresh_token", &request);
    }
    meta::answered(&shared, NETWORK, request, sorted).await
}

fn sorted(shared: &Shared, call: &Call) -> Result<Response, Response> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match (call.method.as_str(), path.as_slice()) {
        ("POST", [user, "media"]) => container(shared, call, user),
        ("POST", [user, "media_publish"]) => containers::publish(shared, call, user, "caption", (QUOTA, QUOTA)),
        ("GET", [_, "media"]) => call.page(&containers::posts(shared, call, |post| post.parent.is_none(), view)),
        ("GET", [_, "content_publishing_limit"]) => quota(shared, call),
        ("POST", [id, "comments"]) => comment(shared, call, id),
        ("GET", [id, "comments"]) => {
            containers::own(shared, call, id)?;
            call.page(&containers::posts(shared, call, |post| post.parent.as_deref() == Some(*id), view))
        }
        ("GET", [id, "insights"]) => {
            containers::own(shared, call, id)?;
            call.insights(&[
                ("views", 300),
                ("reach", 200),
                ("likes", 20),
                ("comments", 2),
                ("shares", 3),
                ("saved", 4),
                ("total_interactions", 29),
            ])
        }
        ("GET", [id]) => containers::node(shared, call, id, ("status_code", "status"), view),
        _ => Err(fault(100, 33, "Unsupported request")),
    }
}

fn container(shared: &Shared, call: &Call, user: &str) -> Result<Response, Response> {
    call.only(&["media_type", "image_url", "caption", "alt_text", "is_carousel_item", "children"])?;
    let caption = call.text("caption")?.unwrap_or_default();
    if caption.chars().count() > CAPTION {
        return Err(fault(36_004, 2_207_010, "The caption was too long"));
    }
    let marks = |mark: char| caption.split_whitespace().filter(|word| word.starts_with(mark) && word.len() > 1).count();
    if marks('#') > 30 || marks('@') > 20 {
        return Err(fault(36_004, 2_207_011, "A caption has at most 30 hashtags and 20 mentions"));
    }
    match call.text("media_type")? {
        None | Some("IMAGE") => picture(shared, call, user),
        Some("CAROUSEL") => containers::carousel(shared, call, user, PICTURES),
        Some(other) => Err(invalid(&format!("Param media_type must be one of {{IMAGE, CAROUSEL}}; {other} is none"))),
    }
}

/// A picture by itself, or one of a carousel, where the caption is the carousel's.
fn picture(shared: &Shared, call: &Call, user: &str) -> Result<Response, Response> {
    let picture = containers::picture(call)?.ok_or_else(|| invalid("The parameter image_url is required."))?;
    let name = picture["url"].as_str().and_then(|url| url.split(['?', '#']).next()).unwrap_or_default().to_lowercase();
    if !(name.ends_with(".jpg") || name.ends_with(".jpeg")) {
        return Err(fault(9004, 2_207_052, "Only photo or video can be accepted as media type: the picture is no JPEG"));
    }
    if call.params.contains_key("children") || (call.flag("is_carousel_item")? && call.params.contains_key("caption")) {
        return Err(invalid("A caption is not supported on the items of a carousel, and children on nothing but one"));
    }
    containers::make(shared, call, user, Some(picture))
}

fn comment(shared: &Shared, call: &Call, id: &str) -> Result<Response, Response> {
    call.only(&["message"])?;
    let media = containers::own(shared, call, id)?;
    let text = call.need("message")?;
    if text.chars().count() > COMMENT || text.matches("http").count() > 1 {
        return Err(invalid("A comment has at most 300 characters and one address"));
    }
    let id = meta::next_id(shared);
    shared.put(Posted { parent: Some(media.id), ..Posted::new(NETWORK, &call.account, &id, text) }).map_err(broken)?;
    Ok(json(200, value!({"id": id})))
}

fn view(post: &Posted) -> Value {
    let at = format!("{:.0}", post.at);
    if post.parent.is_some() {
        return value!({"id": post.id, "text": post.text, "timestamp": at, "from": null});
    }
    let kind = if post.images.len() > 1 { "CAROUSEL_ALBUM" } else { "IMAGE" };
    let permalink = format!("https://www.instagram.com/p/{}/", post.id);
    value!({"id": post.id, "caption": post.text, "permalink": permalink, "timestamp": at, "media_type": kind})
}

fn quota(shared: &Shared, call: &Call) -> Result<Response, Response> {
    let used = containers::posts_of_a_day(shared, call, false);
    containers::limits(call, &value!({"id": null, "quota_usage": used, "config": containers::daily(QUOTA)}))
}
