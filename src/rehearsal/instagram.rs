//! A stand-in for Instagram. In: requests of the Graph API. Out: what the real one answers, for the calls documented at
//! <https://developers.facebook.com/docs/instagram-platform/content-publishing/>.
//!
//! It fetches no picture: it believes the address, which must end as that of a JPEG does.

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

const NETWORK: &str = "instagram";
const CAPTION: usize = 2_200;
const ALT: usize = 1_000;
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
    match meta::read(&shared, NETWORK, request).await {
        Ok(call) => meta::counted(&shared, NETWORK, &call.account, || sorted(&shared, &call).unwrap_or_else(|refusal| refusal)),
        Err(refusal) => refusal,
    }
}

fn sorted(shared: &Shared, call: &Call) -> Result<Response, Response> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match (call.method.as_str(), path.as_slice()) {
        ("POST", [user, "media"]) => container(shared, call, user),
        ("POST", [user, "media_publish"]) => publish(shared, call, user),
        ("GET", [_, "media"]) => call.page(&posts(shared, call, None)),
        ("GET", [_, "content_publishing_limit"]) => quota(shared, call),
        ("POST", [id, "comments"]) => comment(shared, call, id),
        ("GET", [id, "comments"]) => own(shared, call, id).and_then(|_| call.page(&posts(shared, call, Some(id)))),
        ("GET", [id, "insights"]) => {
            own(shared, call, id)?;
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
        ("GET", [id]) => node(shared, call, id),
        _ => Err(fault(100, 33, "Unsupported request")),
    }
}

fn container(shared: &Shared, call: &Call, user: &str) -> Result<Response, Response> {
    call.only(&["image_url", "caption", "alt_text"])?;
    let image = call.address("image_url")?.ok_or_else(|| invalid("The parameter image_url is required."))?;
    let name = image.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    if !(name.ends_with(".jpg") || name.ends_with(".jpeg")) {
        return Err(fault(9004, 2_207_052, "Only photo or video can be accepted as media type: the picture is no JPEG"));
    }
    let caption = call.text("caption")?.unwrap_or_default();
    if caption.chars().count() > CAPTION {
        return Err(fault(36_004, 2_207_010, "The caption was too long"));
    }
    let marks = |mark: char| caption.split_whitespace().filter(|word| word.starts_with(mark) && word.len() > 1).count();
    if marks('#') > 30 || marks('@') > 20 {
        return Err(fault(36_004, 2_207_011, "A caption has at most 30 hashtags and 20 mentions"));
    }
    if call.text("alt_text")?.is_some_and(|alt| alt.chars().count() > ALT) {
        return Err(invalid("Param alt_text must be at most 1000 characters long."));
    }
    containers::make(shared, call, user)
}

fn publish(shared: &Shared, call: &Call, user: &str) -> Result<Response, Response> {
    let (container, made) = containers::ready(shared, call)?;
    if made["user"] != user {
        return Err(fault(10, 0, "(#10) Application does not have permission for this action"));
    }
    let limited = shared.mishaps().limited();
    if limited && containers::posts_of_a_day(shared, call, false) >= QUOTA {
        return Err(fault(9, 2_207_042, "Application request limit reached: the maximum number of posts is reached"));
    }
    let id = meta::next_id(shared);
    let word = |name: &str| made["params"][name].as_str().unwrap_or_default().to_owned();
    let file = word("image_url").rsplit('/').next().unwrap_or_default().to_owned();
    let post = Posted {
        images: vec![(file, word("alt_text"))],
        more: value!({"image_url": word("image_url")}),
        ..Posted::new(NETWORK, &call.account, &id, word("caption"))
    };
    shared.put(post).map_err(broken)?;
    containers::published(shared, call, &container, made, &id)?;
    Ok(json(200, value!({"id": id})))
}

fn own(shared: &Shared, call: &Call, id: &str) -> Result<Posted, Response> {
    shared.world().boards.get(NETWORK, id).filter(|post| post.account == call.account).cloned().ok_or_else(|| missing(id))
}

fn comment(shared: &Shared, call: &Call, id: &str) -> Result<Response, Response> {
    call.only(&["message"])?;
    let media = own(shared, call, id)?;
    let text = call.need("message")?;
    if text.chars().count() > COMMENT || text.matches("http").count() > 1 {
        return Err(invalid("A comment has at most 300 characters and one address"));
    }
    let id = meta::next_id(shared);
    shared.put(Posted { parent: Some(media.id), ..Posted::new(NETWORK, &call.account, &id, text) }).map_err(broken)?;
    Ok(json(200, value!({"id": id})))
}

fn posts(shared: &Shared, call: &Call, parent: Option<&str>) -> Vec<Value> {
    let world = shared.world();
    let own = world.boards.of(NETWORK).into_iter().filter(|post| post.account == call.account && post.parent.as_deref() == parent);
    own.map(view).collect()
}

fn view(post: &Posted) -> Value {
    let at = format!("{:.0}", post.at);
    match &post.parent {
        Some(_) => value!({"id": post.id, "text": post.text, "timestamp": at, "from": null}),
        None => {
            value!({"id": post.id, "caption": post.text, "permalink": format!("https://www.instagram.com/p/{}/", post.id), "timestamp": at, "media_type": "IMAGE"})
        }
    }
}

fn node(shared: &Shared, call: &Call, id: &str) -> Result<Response, Response> {
    if containers::get(shared, call, id).is_some() {
        return containers::status(shared, call, id, ("status_code", "status"));
    }
    call.only(&["fields"])?;
    if let Ok(post) = own(shared, call, id) {
        return Ok(json(200, call.shown(&view(&post))?));
    }
    // Whatever is neither a container nor a post is asked for as an account: only its own id is one.
    let asked = call.params.get("fields").and_then(Value::as_str).unwrap_or_default();
    if !asked.contains("username") {
        return Err(missing(id));
    }
    Ok(json(200, call.shown(&value!({"id": id, "username": call.account}))?))
}

fn quota(shared: &Shared, call: &Call) -> Result<Response, Response> {
    call.only(&["fields"])?;
    let used = containers::posts_of_a_day(shared, call, false);
    let mut shown =
        call.shown(&value!({"id": null, "quota_usage": used, "config": {"quota_total": QUOTA, "quota_duration": meta::DAY}}))?;
    shown.as_object_mut().map(|fields| fields.remove("id"));
    Ok(json(200, value!({"data": [shown]})))
}
