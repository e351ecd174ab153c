//! In: calls about a community's wall on VK's stand-in. Out: posts and comments, made, changed, deleted and shown.

use crate::rehearsal::boards::Posted;
use crate::rehearsal::shared::Shared;
use crate::rehearsal::vk::{Fields, broken, fault, known, must, wrong};
use crate::rehearsal::world::{Change, World};
use axum::response::Response;
use jiff::Timestamp;
use serde_json::{Value, json as value};

/// Characters of a text here.
const LIMIT: usize = 16_384;
const ATTACHMENTS: usize = 10;
/// Seconds for which a `guid` is remembered.
const MEMORY: i64 = 3600;

/// The wall's owner, a community.
fn owner(fields: &Fields) -> Result<String, Response> {
    let owner = must(fields, "owner_id")?;
    let number = owner.strip_prefix('-').unwrap_or_default();
    let community = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if community { Ok(owner.to_owned()) } else { Err(fault(15, "Access denied: no such wall")) }
}

fn words(fields: &Fields) -> Result<String, Response> {
    let text = must(fields, "message")?;
    if text.chars().count() <= LIMIT { Ok(text.to_owned()) } else { Err(wrong("message is too long")) }
}

/// The names of what hangs on a post, and the files of its pictures.
type Attachments = (Vec<String>, Vec<(String, String)>);

/// Pictures, and the one link, of a post.
fn attachments(shared: &Shared, fields: &Fields) -> Result<Attachments, Response> {
    let all: Vec<String> =
        fields.get("attachments").into_iter().flat_map(|list| list.split(',')).filter(|one| !one.is_empty()).map(str::to_owned).collect();
    let links = all.iter().filter(|one| one.starts_with("http")).count();
    if links > 1 || all.len() > ATTACHMENTS {
        return Err(fault(222, "Hyperlinks are forbidden: too many of them"));
    }
    let world = shared.world();
    let photos = all.iter().filter(|one| !one.starts_with("http"));
    let files = photos.map(|name| {
        let file = world.boards.thing("vk", name).and_then(Value::as_str);
        file.map(|file| (file.to_owned(), String::new())).ok_or_else(|| wrong("attachments names no picture"))
    });
    let files = files.collect::<Result<Vec<_>, _>>()?;
    drop(world);
    Ok((all, files))
}

/// The post that came with a `guid` a while ago.
fn repeated(world: &World, owner: &str, fields: &Fields) -> Option<Posted> {
    let key = fields.get("guid")?;
    let post = world.boards.by_key("vk", key).filter(|post| post.account == owner)?;
    (Timestamp::now().duration_since(post.at).as_secs() < MEMORY).then(|| post.clone())
}

/// `wall.post`.
pub(super) fn make(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    known(fields, &["owner_id", "from_group", "message", "attachments", "guid", "signed"])?;
    let (owner, text) = (owner(fields)?, words(fields)?);
    if must(fields, "from_group")? != "1" {
        return Err(fault(214, "Access to adding post denied: from_group is not 1"));
    }
    let (names, images) = attachments(shared, fields)?;
    let mut world = shared.world();
    if let Some(first) = repeated(&world, &owner, fields) {
        return Ok(value!({"post_id": number(&first)}));
    }
    let id = world.boards.next().to_string();
    let (key, more) = (fields.get("guid").cloned(), value!({"attachments": names}));
    world.commit(Change::Posted(Posted { images, key, more, ..Posted::new("vk", &owner, &id, text) })).map_err(broken)?;
    Ok(value!({"post_id": id.parse::<u64>().unwrap_or_default()}))
}

fn number(post: &Posted) -> u64 {
    post.id.parse().unwrap_or_default()
}

fn own(shared: &Shared, owner: &str, id: &str) -> Result<Posted, Response> {
    let post = shared.world().boards.get("vk", id).filter(|post| post.account == owner).cloned();
    post.ok_or_else(|| fault(100, "One of the parameters specified was missing or invalid: post not found"))
}

/// `wall.edit`: what is not sent along is lost.
pub(super) fn edit(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    known(fields, &["owner_id", "post_id", "message", "attachments", "signed"])?;
    let (owner, text) = (owner(fields)?, words(fields)?);
    let post = own(shared, &owner, must(fields, "post_id")?)?;
    let (names, images) = attachments(shared, fields)?;
    let (id, more) = (number(&post), value!({"attachments": names}));
    shared.put(Posted { text, images, more, edited: Some(Timestamp::now()), ..post }).map_err(broken)?;
    Ok(value!({"post_id": id}))
}

/// `wall.delete` and `wall.deleteComment`.
pub(super) fn delete(shared: &Shared, fields: &Fields, name: &str) -> Result<Value, Response> {
    known(fields, &["owner_id", name])?;
    let post = own(shared, &owner(fields)?, must(fields, name)?)?;
    shared.put(Posted { deleted: true, ..post }).map_err(broken)?;
    Ok(value!(1))
}

fn view(post: &Posted) -> Value {
    let owner: i64 = post.account.parse().unwrap_or_default();
    let attachments = post.more["attachments"].as_array().into_iter().flatten().filter_map(Value::as_str).map(|name| {
        match name.strip_prefix("photo").and_then(|rest| rest.split_once('_')) {
            Some((owner, id)) => value!({"type": "photo", "photo": {"owner_id": owner.parse::<i64>().unwrap_or_default(), "id": id.parse::<i64>().unwrap_or_default()}}),
            None => value!({"type": "link", "link": {"url": name, "title": ""}}),
        }
    });
    let counts = value!({"count": 4});
    value!({
        "id": number(post), "owner_id": owner, "from_id": owner, "date": post.at.as_second(), "text": post.text,
        "attachments": attachments.collect::<Vec<_>>(), "likes": counts, "reposts": counts, "comments": counts, "views": {"count": 512},
    })
}

fn page(posts: Vec<&Posted>, fields: &Fields) -> Result<Value, Response> {
    let number = |name: &str| fields.get(name).map_or(Some(0), |text| text.parse::<usize>().ok());
    let (Some(count @ 0..=100), Some(offset)) = (number("count"), number("offset")) else {
        return Err(wrong("count is not from 0 to 100"));
    };
    let items: Vec<Value> = posts.iter().skip(offset).take(if count == 0 { 20 } else { count }).map(|post| view(post)).collect();
    Ok(value!({"count": posts.len(), "items": items}))
}

/// `wall.get`.
pub(super) fn list(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    known(fields, &["owner_id", "count", "offset", "filter"])?;
    let (owner, world) = (owner(fields)?, shared.world());
    page(world.boards.of("vk").into_iter().filter(|post| post.account == owner && post.parent.is_none()).collect(), fields)
}

/// `wall.getById`.
pub(super) fn read(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    known(fields, &["posts"])?;
    let world = shared.world();
    let names = must(fields, "posts")?.split(',').filter_map(|name| name.split_once('_'));
    let there = names.filter_map(|(owner, id)| world.boards.get("vk", id).filter(|post| post.account == owner && post.parent.is_none()));
    Ok(value!({"items": there.map(view).collect::<Vec<_>>()}))
}

/// `wall.createComment`.
pub(super) fn comment(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    known(fields, &["owner_id", "post_id", "from_group", "message", "guid", "reply_to_comment"])?;
    let (owner, text) = (owner(fields)?, words(fields)?);
    let group = must(fields, "from_group")?;
    let root = own(shared, &owner, must(fields, "post_id")?)?;
    let parent = fields.get("reply_to_comment").map(|id| own(shared, &owner, id)).transpose()?.unwrap_or_else(|| root.clone());
    if owner != format!("-{group}") || root.parent.is_some() {
        return Err(wrong("from_group or post_id"));
    }
    let mut world = shared.world();
    if let Some(first) = repeated(&world, &owner, fields) {
        return Ok(value!({"comment_id": number(&first)}));
    }
    let id = world.boards.next().to_string();
    let (key, more) = (fields.get("guid").cloned(), value!({"post": root.id}));
    let post = Posted { parent: Some(parent.id), key, more, ..Posted::new("vk", &owner, &id, text) };
    world.commit(Change::Posted(post)).map_err(broken)?;
    Ok(value!({"comment_id": id.parse::<u64>().unwrap_or_default()}))
}

/// `wall.editComment`.
pub(super) fn edit_comment(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    known(fields, &["owner_id", "comment_id", "message", "attachments"])?;
    let text = words(fields)?;
    let post = own(shared, &owner(fields)?, must(fields, "comment_id")?)?;
    shared.put(Posted { text, edited: Some(Timestamp::now()), ..post }).map_err(broken)?;
    Ok(value!(1))
}

/// `wall.getComment`.
pub(super) fn read_comment(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    known(fields, &["owner_id", "comment_id"])?;
    Ok(value!({"items": [view(&own(shared, &owner(fields)?, must(fields, "comment_id")?)?)]}))
}

/// `wall.getComments`: those below a post, or below a comment.
pub(super) fn comments(shared: &Shared, fields: &Fields) -> Result<Value, Response> {
    known(fields, &["owner_id", "post_id", "comment_id", "count", "offset"])?;
    let (owner, post) = (owner(fields)?, must(fields, "post_id")?);
    let below = fields.get("comment_id").map_or(post, String::as_str);
    let world = shared.world();
    page(world.boards.of("vk").into_iter().filter(|one| one.account == owner && one.parent.as_deref() == Some(below)).collect(), fields)
}
