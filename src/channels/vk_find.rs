//! In: a deed on VK whose outcome nobody knows. Out: whether it is done, read from the community's wall.

use crate::channels::answers::Step;
use crate::channels::own_posts::{Listed, Search};
use crate::channels::vk::{Place, Vk};
use crate::model::ledger::Receipt;
use crate::model::transport::{Deed, Post, SendError, Transport};
use serde_json::Value;

const PAGE: usize = 100;
/// Pages read back: far more posts than a body makes between two runs.
const PAGES: usize = 10;

/// Whether a deed is done.
pub(crate) fn find(vk: &Vk, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    match deed {
        Deed::New => search(vk, post, None, out),
        Deed::Reply { to, .. } => search(vk, post, Some(&Place::of(to)?), out),
        Deed::Edit(of) => Ok(shown(vk, &Place::of(of)?, out)?.filter(|own| own.says(post)).map(|_| of.clone())),
        Deed::Delete(of) => Ok(shown(vk, &Place::of(of)?, out)?.is_none().then(|| of.clone())),
    }
}

/// Looks through the wall, or through the comments below one of its posts.
fn search(vk: &Vk, post: &Post, below: Option<&Place>, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    let parent = below.map(|place| place.comment.clone().unwrap_or_else(|| place.post.clone()));
    let mut search = Search::below(post, parent.as_deref());
    let (owner, count) = (vk.owner(), PAGE.to_string());
    for page in 0..PAGES {
        let offset = (page * PAGE).to_string();
        let mut fields = vec![("owner_id", owner.as_str()), ("count", &count), ("offset", &offset)];
        let value = match below {
            None => vk.api.call("wall.get", &fields, Step::Before, out)?,
            Some(place) => {
                fields.push(("post_id", &place.post));
                fields.extend(place.comment.as_deref().map(|comment| ("comment_id", comment)));
                vk.api.call("wall.getComments", &fields, Step::Before, out)?
            }
        };
        let all = items(&value);
        let ours = all.iter().filter(|value| value["from_id"].as_i64().is_some_and(|id| id.to_string() == owner));
        let own = ours.filter_map(|value| own(vk, value, below, parent.clone()));
        if let Some(receipt) = own.into_iter().find_map(|own| search.look(&own)) {
            return Ok(Some(receipt));
        }
        if all.len() < PAGE {
            break;
        }
    }
    search.verdict()
}

fn items(value: &Value) -> &[Value] {
    value["items"].as_array().or(value.as_array()).map(Vec::as_slice).unwrap_or_default()
}

fn own(vk: &Vk, value: &Value, below: Option<&Place>, parent: Option<String>) -> Option<Listed> {
    let id = value["id"].as_u64()?.to_string();
    let place = match below {
        None => Place { post: id, comment: None },
        Some(below) => Place { post: below.post.clone(), comment: Some(id) },
    };
    Some(Listed { links: Vec::new(), receipt: vk.receipt(&place), text: words(value), parent })
}

/// A post as its readers see it, with the address of its card.
fn words(value: &Value) -> String {
    let links = value["attachments"].as_array().into_iter().flatten().filter_map(|one| one["link"]["url"].as_str());
    links.fold(value["text"].as_str().unwrap_or_default().to_owned(), |text, link| format!("{text}\n{link}"))
}

/// A post as VK shows it; nothing where it is not there.
pub(crate) fn read(vk: &Vk, place: &Place, out: &mut dyn Transport) -> Result<Option<Value>, SendError> {
    let name = format!("{}_{}", vk.owner(), place.post);
    let value = vk.api.call("wall.getById", &[("posts", name.as_str())], Step::Before, out)?;
    Ok(items(&value).first().filter(|post| post["is_deleted"] != true).cloned())
}

/// A post or a comment as its readers see it; nothing where it is not there.
pub(crate) fn shown(vk: &Vk, place: &Place, out: &mut dyn Transport) -> Result<Option<Listed>, SendError> {
    let there = match &place.comment {
        None => read(vk, place, out)?,
        Some(comment) => {
            let owner = vk.owner();
            let fields = [("owner_id", owner.as_str()), ("comment_id", comment)];
            match vk.api.call("wall.getComment", &fields, Step::Before, out) {
                // What VK does not know any more is an error here.
                Err(SendError::Refused { .. }) => None,
                answer => items(&answer?).first().filter(|comment| comment["deleted"] != true).cloned(),
            }
        }
    };
    Ok(there.map(|value| Listed { links: Vec::new(), receipt: vk.receipt(place), text: words(&value), parent: None }))
}

/// The names of the pictures on a post.
pub(crate) fn photos(post: &Value) -> Vec<String> {
    let photos = post["attachments"].as_array().into_iter().flatten().map(|one| &one["photo"]);
    photos.filter_map(|photo| Some(format!("photo{}_{}", photo["owner_id"].as_i64()?, photo["id"].as_i64()?))).collect()
}
