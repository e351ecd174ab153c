//! A stand-in for Facebook Pages. In: requests of the Graph API. Out: what the real one answers, for the calls documented at
//! <https://developers.facebook.com/docs/pages-api/>.
//!
//! A Page belongs to the first token that posts to it. The same text and link as the last post are refused with code 506;
//! a post has a link or pictures; every parameter and field must be a documented one.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::meta::{self, Call, broken, fault, invalid, missing};
use crate::rehearsal::shared::{Shared, Troubles, around, bearer, json};
use crate::rehearsal::stand_in::{self, StandIn};
use axum::Router;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request, State as Extract};
use axum::http::Method;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::any;
use jiff::Timestamp;
use serde_json::{Value, json as value};
use std::collections::BTreeMap;

const NETWORK: &str = "facebook";
const LIMIT: usize = 63_206;
const PICTURE: usize = 4_000_000;

/// Any token `rehearsal-NAME` is that of the Page NAME.
pub static STAND_IN: StandIn = StandIn { platform: NETWORK, name: "Facebook", routes, door: stand_in::front, secrets: stand_in::token };

static TROUBLES: Troubles =
    meta::troubles(|method, path| method == Method::DELETE || (method == Method::POST && !path.ends_with("/photos")));

/// The calls of the server.
pub fn routes(shared: &Shared) -> Router {
    let mishaps = shared.clone();
    Router::new()
        .route("/{*path}", any(answer))
        .layer(DefaultBodyLimit::max(8 * 1024 * 1024))
        .layer(from_fn(move |request, next: Next| around(mishaps.clone(), &TROUBLES, request, next)))
        .with_state(shared.clone())
}

async fn answer(Extract(shared): Extract<Shared>, request: Request) -> Response {
    if request.method() == Method::POST && request.uri().path().ends_with("/photos") {
        return photo(&shared, request).await.unwrap_or_else(|refusal| refusal);
    }
    meta::answered(&shared, NETWORK, request, sorted).await
}

fn sorted(shared: &Shared, call: &Call) -> Result<Response, Response> {
    let path: Vec<&str> = call.path.iter().map(String::as_str).collect();
    match (call.method.as_str(), path.as_slice()) {
        ("GET", ["debug_token"]) => debug(shared, call),
        ("POST", [page, "feed"]) => publish(shared, call, page),
        ("GET", [page, "published_posts"]) => list(shared, call, page),
        ("POST", [id, "comments"]) => comment(shared, call, id),
        ("GET", [id, "comments"]) => {
            own(shared, call, id)?;
            call.page(&below(shared, id).iter().map(|post| view(shared, post)).collect::<Vec<_>>())
        }
        ("GET", [id, "insights"]) => own(shared, call, id).and_then(|_| call.insights(&[("post_media_view", 120)])),
        ("GET", [id]) => node(shared, call, id),
        ("POST", [id]) => edit(shared, call, id),
        ("DELETE", [id]) => {
            let post = own(shared, call, id)?;
            shared.put(Posted { deleted: true, ..post }).map_err(broken)?;
            Ok(json(200, value!({"success": true})))
        }
        _ => Err(fault(2500, 0, "Unknown path components")),
    }
}

/// The Page must belong to the account.
fn page(shared: &Shared, account: &str, id: &str) -> Result<(), Response> {
    if id.is_empty() || !id.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(missing(id));
    }
    let thing = format!("page {id}");
    let owner = shared.world().boards.thing(NETWORK, &thing).cloned();
    match owner {
        None => shared.keep_thing(NETWORK, &thing, value!(account)).map_err(broken),
        Some(owner) if owner == account => Ok(()),
        Some(_) => Err(fault(200, 0, "(#200) The user has not granted the application the permission to do this")),
    }
}

fn own(shared: &Shared, call: &Call, id: &str) -> Result<Posted, Response> {
    let found = shared.world().boards.get(NETWORK, id).cloned().ok_or_else(|| missing(id))?;
    match found.account == call.account {
        true => Ok(found),
        false => Err(fault(200, 0, "(#200) Permissions error")),
    }
}

fn message(call: &Call) -> Result<&str, Response> {
    let message = call.need("message")?;
    if message.chars().count() > LIMIT { Err(invalid("The message is too long")) } else { Ok(message) }
}

fn publish(shared: &Shared, call: &Call, page_id: &str) -> Result<Response, Response> {
    page(shared, &call.account, page_id)?;
    call.only(&["message", "link", "attached_media", "published"])?;
    let (text, link) = (message(call)?, call.address("link")?);
    let pictures = attached(shared, call)?;
    if link.is_some() && !pictures.is_empty() {
        return Err(invalid("A post has a link or pictures"));
    }
    let last = shared.world().boards.of(NETWORK).into_iter().find(|post| post.account == call.account && post.parent.is_none()).cloned();
    if last.is_some_and(|last| last.text == text && last.more["link"].as_str() == link) {
        return Err(fault(506, 0, "(#506) Duplicate status message"));
    }
    let id = format!("{page_id}_{}", meta::next_id(shared));
    let images = pictures.iter().map(|photo| (text_of(photo, "file"), text_of(photo, "alt"))).collect();
    let more = value!({"link": link});
    shared.put(Posted { images, more, ..Posted::new(NETWORK, &call.account, &id, text) }).map_err(broken)?;
    for (photo, name) in pictures.into_iter().zip(names(call)) {
        let mut photo = photo;
        photo["used"] = value!(true);
        shared.keep_thing(NETWORK, &format!("photo {name}"), photo).map_err(broken)?;
    }
    Ok(json(200, value!({"id": id})))
}

fn text_of(value: &Value, name: &str) -> String {
    value[name].as_str().unwrap_or_default().to_owned()
}

/// The ids in `attached_media`.
fn names(call: &Call) -> Vec<String> {
    call.params.get("attached_media").and_then(Value::as_array).into_iter().flatten().map(|media| text_of(media, "media_fbid")).collect()
}

/// The uploaded pictures that a post refers to, each of which can be used once.
fn attached(shared: &Shared, call: &Call) -> Result<Vec<Value>, Response> {
    if call.params.get("attached_media").is_some_and(|media| !media.is_array()) {
        return Err(invalid("Param attached_media must be an array."));
    }
    let world = shared.world();
    let photo = |name: &String| {
        world.boards.thing(NETWORK, &format!("photo {name}")).filter(|photo| photo["account"] == *call.account && photo["used"] != true)
    };
    names(call)
        .iter()
        .map(|name| photo(name).cloned().ok_or_else(|| invalid("Param attached_media[0] must be a photo that was not used yet")))
        .collect()
}

async fn photo(shared: &Shared, request: Request) -> Result<Response, Response> {
    let token = bearer(request.headers()).unwrap_or_default();
    let account = meta::account(shared, NETWORK, token).ok_or_else(|| fault(190, 0, "Invalid OAuth access token"))?;
    let path = meta::path(request.uri().path())?;
    page(shared, &account, path.first().map_or("", String::as_str))?;
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| fault(324, 0, "(#324) Missing or invalid image file"))?;
    let (mut words, mut bytes) = (BTreeMap::new(), Vec::new());
    while let Ok(Some(field)) = form.next_field().await {
        match field.name().map(str::to_owned).as_deref() {
            Some("source") => bytes = field.bytes().await.map_err(|_| fault(324, 0, "(#324) Missing or invalid image file"))?.to_vec(),
            Some(name @ ("published" | "alt_text_custom" | "caption")) => {
                words.insert(name.to_owned(), field.text().await.unwrap_or_default());
            }
            other => return Err(invalid(&format!("Unexpected parameter {}", other.unwrap_or_default()))),
        }
    }
    let is_picture = bytes.starts_with(&[0xff, 0xd8, 0xff]) || bytes.starts_with(b"\x89PNG");
    if !is_picture || bytes.len() >= PICTURE {
        return Err(fault(
            100,
            1_366_046,
            "Your photos couldn't be uploaded. Photos should be less than 4 MB and saved as JPG or PNG files.",
        ));
    }
    if words.get("published").map(String::as_str) != Some("false") {
        return Err(invalid("The stand-in takes pictures of posts only: published=false"));
    }
    let file = shared.keep_picture(&bytes).map_err(broken)?;
    let id = meta::next_id(shared);
    let photo = value!({"account": account, "file": file, "alt": words.get("alt_text_custom"), "used": false});
    shared.keep_thing(NETWORK, &format!("photo {id}"), photo).map_err(broken)?;
    Ok(json(200, value!({"id": id})))
}

fn comment(shared: &Shared, call: &Call, id: &str) -> Result<Response, Response> {
    call.only(&["message"])?;
    let post = own(shared, call, id)?;
    let text = message(call)?;
    let comment = format!("{}_{}", id.rsplit('_').next().unwrap_or(id), meta::next_id(shared));
    let more = value!({"page": page_of(&post)});
    shared.put(Posted { parent: Some(post.id), more, ..Posted::new(NETWORK, &call.account, &comment, text) }).map_err(broken)?;
    Ok(json(200, value!({"id": comment})))
}

/// Only the text can be changed.
fn edit(shared: &Shared, call: &Call, id: &str) -> Result<Response, Response> {
    call.only(&["message"])?;
    let post = own(shared, call, id)?;
    let text = message(call)?.to_owned();
    shared.put(Posted { text, edited: Some(Timestamp::now()), ..post }).map_err(broken)?;
    Ok(json(200, value!({"success": true})))
}

fn below(shared: &Shared, id: &str) -> Vec<Posted> {
    shared.world().boards.of(NETWORK).into_iter().filter(|post| post.parent.as_deref() == Some(id)).cloned().collect()
}

fn list(shared: &Shared, call: &Call, page_id: &str) -> Result<Response, Response> {
    page(shared, &call.account, page_id)?;
    let posts: Vec<Posted> = shared
        .world()
        .boards
        .of(NETWORK)
        .into_iter()
        .filter(|post| post.account == call.account && post.parent.is_none())
        .cloned()
        .collect();
    call.page(&posts.iter().map(|post| view(shared, post)).collect::<Vec<_>>())
}

fn node(shared: &Shared, call: &Call, id: &str) -> Result<Response, Response> {
    call.only(&["fields"])?;
    if id.contains('_') {
        return Ok(json(200, call.shown(&view(shared, &own(shared, call, id)?))?));
    }
    page(shared, &call.account, id)?;
    Ok(json(200, call.shown(&value!({"id": id, "name": call.account, "link": format!("https://www.facebook.com/{id}")}))?))
}

fn view(shared: &Shared, post: &Posted) -> Value {
    let count = |number: usize| value!({"data": [], "summary": {"total_count": number}});
    let links: Vec<Value> = post.more["link"].as_str().into_iter().map(|link| value!({"unshimmed_url": link})).collect();
    let from = value!({"id": page_of(post), "name": post.account});
    value!({
        "id": post.id,
        "message": post.text,
        "created_time": format!("{:.0}", post.at),
        "permalink_url": format!("https://www.facebook.com/{}", post.id),
        "attachments": {"data": links},
        "from": from,
        "shares": {"count": 2},
        "reactions": count(5),
        "comments": count(below(shared, &post.id).len()),
    })
}

/// The Page that a post or comment belongs to.
fn page_of(post: &Posted) -> String {
    post.more["page"].as_str().unwrap_or_else(|| post.id.split('_').next().unwrap_or_default()).to_owned()
}

fn debug(shared: &Shared, call: &Call) -> Result<Response, Response> {
    call.only(&["input_token"])?;
    let known = meta::account(shared, NETWORK, call.need("input_token")?).is_some();
    let scopes = ["pages_manage_posts", "pages_read_engagement", "pages_manage_engagement", "pages_show_list"];
    let until = Timestamp::now().as_second() + 90 * meta::DAY;
    let data = value!({"app_id": "1", "type": "PAGE", "application": "Promulgate", "expires_at": 0, "data_access_expires_at": until, "is_valid": known, "scopes": scopes});
    Ok(json(200, value!({"data": data})))
}
