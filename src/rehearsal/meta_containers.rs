//! The containers of Instagram's and Threads' stand-ins. In: what shall be posted, then the word to publish it. Out: each
//! published once at most; before it is ready, after a day and a second time the documented faults.
//!
//! A carousel names the containers of its pictures, which must be the account's own, made for one, and worked on to their
//! end; such a picture is never a post of its own.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::meta::{Call, DAY, broken, fault, invalid, missing, next_id};
use crate::rehearsal::shared::{Shared, json};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json as value};

const ALT: usize = 1_000;

/// Keeps a container for what a call asks for, with the picture that it shows.
pub fn make(shared: &Shared, call: &Call, user: &str, picture: Option<Value>) -> Result<Response, Response> {
    keep(shared, call, user, picture.into_iter().collect())
}

fn keep(shared: &Shared, call: &Call, user: &str, pictures: Vec<Value>) -> Result<Response, Response> {
    let id = next_id(shared);
    let container = value!({"account": call.account, "user": user, "params": call.params, "pictures": pictures,
        "status": "IN_PROGRESS", "at": Timestamp::now().as_second()});
    shared.keep_thing(call.network, &name(&id), container).map_err(broken)?;
    Ok(json(200, value!({"id": id})))
}

/// The picture that a call brings: its address and its words.
pub fn picture(call: &Call) -> Result<Option<Value>, Response> {
    let alt = call.text("alt_text")?.unwrap_or_default();
    if alt.chars().count() > ALT {
        return Err(invalid("Param alt_text must be at most 1000 characters long."));
    }
    Ok(call.address("image_url")?.map(|url| value!({"url": url, "alt": alt})))
}

/// Keeps the container of a carousel, which shows the pictures of the containers that it names.
pub fn carousel(shared: &Shared, call: &Call, user: &str, most: usize) -> Result<Response, Response> {
    if let Some(name) =
        ["image_url", "alt_text", "is_carousel_item", "link_attachment"].iter().find(|name| call.params.contains_key(**name))
    {
        return Err(invalid(&format!("{name} cannot be used with media_type CAROUSEL")));
    }
    let children: Vec<&str> = call.need("children")?.split(',').map(str::trim).collect();
    if !(2..=most).contains(&children.len()) {
        return Err(invalid(&format!("A carousel has 2 to {most} children")));
    }
    let pictures = children.iter().map(|id| child(shared, call, user, id)).collect::<Result<Vec<Value>, Response>>()?;
    keep(shared, call, user, pictures)
}

fn child(shared: &Shared, call: &Call, user: &str, id: &str) -> Result<Value, Response> {
    let container = get(shared, call, id).filter(|container| container["user"] == user);
    let container = container.ok_or_else(|| fault(24, 2_207_006, "The requested resource does not exist"))?;
    if !is_item(&container) {
        return Err(invalid(&format!("Param children: {id} was not made with is_carousel_item")));
    }
    is_ready(&container)?;
    Ok(container["pictures"][0].clone())
}

fn is_item(container: &Value) -> bool {
    matches!(&container["params"]["is_carousel_item"], Value::Bool(true)) || container["params"]["is_carousel_item"] == "true"
}

fn is_ready(container: &Value) -> Result<(), Response> {
    match container["status"].as_str() {
        Some("FINISHED") => Ok(()),
        Some("IN_PROGRESS") => Err(fault(9007, 2_207_027, "Media ID is not available: the media is not ready for publishing")),
        Some("EXPIRED") => Err(fault(-2, 2_207_020, "The media you are trying to access has expired")),
        _ => Err(invalid("The media has already been published")),
    }
}

fn name(id: &str) -> String {
    format!("container {id}")
}

/// A container of the account's own.
fn get(shared: &Shared, call: &Call, id: &str) -> Option<Value> {
    let found = shared.world().boards.thing(call.network, &name(id)).cloned();
    let mut container = found.filter(|container| container["account"] == *call.account)?;
    let age = Timestamp::now().as_second() - container["at"].as_i64().unwrap_or_default();
    if age > DAY && container["status"] != "PUBLISHED" {
        container["status"] = value!("EXPIRED");
    }
    Some(container)
}

/// How a container stands, in the fields of its network. It has been worked on when it has been asked for once.
fn status(shared: &Shared, call: &Call, id: &str, (field, words): (&str, &str)) -> Result<Response, Response> {
    call.only(&["fields"])?;
    let mut container = get(shared, call, id).ok_or_else(|| missing(id))?;
    let shown = call.shown(&value!({"id": id, field: container["status"], words: Value::Null}))?;
    if container["status"] == "IN_PROGRESS" {
        container["status"] = value!("FINISHED");
        shared.keep_thing(call.network, &name(id), container).map_err(broken)?;
    }
    Ok(json(200, shown))
}

/// Publishes the container that a call names, if it can be: its text is in the parameter `words`; `most` are the posts of a
/// day, and the replies.
pub fn publish(shared: &Shared, call: &Call, user: &str, words: &str, most: (u64, u64)) -> Result<Response, Response> {
    call.only(&["creation_id"])?;
    let container = call.need("creation_id")?;
    let mut made = get(shared, call, container).ok_or_else(|| fault(24, 2_207_006, "The requested resource does not exist"))?;
    is_ready(&made)?;
    if made["user"] != user {
        return Err(fault(10, 0, "(#10) Application does not have permission for this action"));
    }
    if is_item(&made) {
        return Err(invalid("The media is an item of a carousel"));
    }
    let word = |name: &str| made["params"][name].as_str().map(str::to_owned);
    let parent = word("reply_to_id");
    let most = if parent.is_some() { most.1 } else { most.0 };
    let limited = shared.mishaps().limited();
    if limited && posts_of_a_day(shared, call, parent.is_some()) >= most {
        return Err(fault(9, 2_207_042, "Application request limit reached: the maximum number of posts is reached"));
    }
    let id = next_id(shared);
    let part = |picture: &Value, name: &str| picture[name].as_str().unwrap_or_default().to_owned();
    let images = made["pictures"].as_array().into_iter().flatten();
    let images = images.map(|one| (part(one, "url").rsplit('/').next().unwrap_or_default().to_owned(), part(one, "alt"))).collect();
    let more = value!({"link": word("link_attachment"), "type": word("media_type")});
    let text = word(words).unwrap_or_default();
    shared.put(Posted { parent, images, more, ..Posted::new(call.network, &call.account, &id, text) }).map_err(broken)?;
    made["status"] = value!("PUBLISHED");
    made["post"] = value!(id);
    shared.keep_thing(call.network, &name(container), made).map_err(broken)?;
    Ok(json(200, value!({"id": id})))
}

/// A post of the account's own.
pub fn own(shared: &Shared, call: &Call, id: &str) -> Result<Posted, Response> {
    shared.world().boards.get(call.network, id).filter(|post| post.account == call.account).cloned().ok_or_else(|| missing(id))
}

/// The posts of the account of which `wanted` holds, as `view` shows them.
pub fn posts(shared: &Shared, call: &Call, wanted: impl Fn(&Posted) -> bool, view: fn(&Posted) -> Value) -> Vec<Value> {
    let world = shared.world();
    let own = world.boards.of(call.network).into_iter().filter(|post| post.account == call.account && wanted(post));
    own.map(view).collect()
}

/// What stands at an id: a container, whose status and words about it are in `fields`, a post, or the account.
pub fn node(shared: &Shared, call: &Call, id: &str, fields: (&str, &str), view: fn(&Posted) -> Value) -> Result<Response, Response> {
    if get(shared, call, id).is_some() {
        return status(shared, call, id, fields);
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

/// The limits of a day, those that were asked for.
pub fn limits(call: &Call, whole: &Value) -> Result<Response, Response> {
    call.only(&["fields"])?;
    let mut shown = call.shown(whole)?;
    shown.as_object_mut().map(|fields| fields.remove("id"));
    Ok(json(200, value!({"data": [shown]})))
}

/// So many in a day, as the networks write it.
pub fn daily(total: u64) -> Value {
    value!({"quota_total": total, "quota_duration": DAY})
}

/// How many posts of an account are not older than a day.
pub fn posts_of_a_day(shared: &Shared, call: &Call, replies: bool) -> u64 {
    let world = shared.world();
    let since = Timestamp::now().as_second() - DAY;
    let own = world.boards.of(call.network).into_iter().filter(|post| post.account == call.account && post.parent.is_some() == replies);
    own.filter(|post| post.at.as_second() > since).count() as u64
}
