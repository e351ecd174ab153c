//! The containers of Instagram's and Threads' stand-ins. In: what shall be posted, then the word to publish it. Out: each
//! published once at most; before it is ready, after a day and a second time the documented faults.

use crate::rehearsal::meta::{Call, DAY, broken, fault, invalid, missing, next_id};
use crate::rehearsal::shared::{Shared, json};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json as value};

/// Keeps a container for what a call asks for.
pub fn make(shared: &Shared, call: &Call, user: &str) -> Result<Response, Response> {
    let id = next_id(shared);
    let container =
        value!({"account": call.account, "user": user, "params": call.params, "status": "IN_PROGRESS", "at": Timestamp::now().as_second()});
    shared.keep_thing(call.network, &name(&id), container).map_err(broken)?;
    Ok(json(200, value!({"id": id})))
}

fn name(id: &str) -> String {
    format!("container {id}")
}

/// A container of the account's own.
pub fn get(shared: &Shared, call: &Call, id: &str) -> Option<Value> {
    let found = shared.world().boards.thing(call.network, &name(id)).cloned();
    let mut container = found.filter(|container| container["account"] == *call.account)?;
    let age = Timestamp::now().as_second() - container["at"].as_i64().unwrap_or_default();
    if age > DAY && container["status"] != "PUBLISHED" {
        container["status"] = value!("EXPIRED");
    }
    Some(container)
}

/// How a container stands, in the fields of its network. It has been worked on when it has been asked for once.
pub fn status(shared: &Shared, call: &Call, id: &str, (field, words): (&str, &str)) -> Result<Response, Response> {
    call.only(&["fields"])?;
    let mut container = get(shared, call, id).ok_or_else(|| missing(id))?;
    let shown = call.shown(&value!({"id": id, field: container["status"], words: Value::Null}))?;
    if container["status"] == "IN_PROGRESS" {
        container["status"] = value!("FINISHED");
        shared.keep_thing(call.network, &name(id), container).map_err(broken)?;
    }
    Ok(json(200, shown))
}

/// The container that a call asks to publish, if it can be.
pub fn ready(shared: &Shared, call: &Call) -> Result<(String, Value), Response> {
    call.only(&["creation_id"])?;
    let id = call.need("creation_id")?;
    let container = get(shared, call, id).ok_or_else(|| fault(24, 2_207_006, "The requested resource does not exist"))?;
    match container["status"].as_str() {
        Some("FINISHED") => Ok((id.to_owned(), container)),
        Some("IN_PROGRESS") => Err(fault(9007, 2_207_027, "Media ID is not available: the media is not ready for publishing")),
        Some("EXPIRED") => Err(fault(-2, 2_207_020, "The media you are trying to access has expired")),
        _ => Err(invalid("The media has already been published")),
    }
}

/// Notes that a container is published.
pub fn published(shared: &Shared, call: &Call, id: &str, mut container: Value, post: &str) -> Result<(), Response> {
    container["status"] = value!("PUBLISHED");
    container["post"] = value!(post);
    shared.keep_thing(call.network, &name(id), container).map_err(broken)
}

/// How many posts of an account are not older than a day.
pub fn posts_of_a_day(shared: &Shared, call: &Call, replies: bool) -> u64 {
    let world = shared.world();
    let since = Timestamp::now().as_second() - DAY;
    let own = world.boards.of(call.network).into_iter().filter(|post| post.account == call.account && post.parent.is_some() == replies);
    own.filter(|post| post.at.as_second() > since).count() as u64
}
