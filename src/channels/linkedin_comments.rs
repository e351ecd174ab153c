//! In: replies. Out: comments of the page below its own post, made, edited, deleted, found again.
//!
//! Facts from <https://learn.microsoft.com/linkedin/marketing/community-management/shares/comments-api>. A comment's name is
//! `urn:li:comment:(POST,NUMBER)`. Its words are plain: the escapes of posts do not hold here.

use crate::channels::answers::Step;
use crate::channels::linkedin::{LinkedIn, no_such, receipt};
use crate::channels::linkedin_calls::encoded;
use crate::channels::own_posts::Listed;
use crate::channels::said::unknown;
use crate::model::ledger::Receipt;
use crate::model::transport::{Method, Post, Request, SendError, Transport};
use serde_json::{Value, json};

const PAGE: usize = 100;
/// Pages of comments that are read.
const PAGES: usize = 10;

/// Whether a receipt is that of a comment.
pub(crate) fn is_comment(of: &Receipt) -> bool {
    of.id.starts_with("urn:li:comment:(")
}

/// Comments on the post; comments on comments go to the first post of the thread, where readers look.
pub(crate) fn make(channel: &LinkedIn, post: &Post, to: &Receipt, root: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
    let parent = if is_comment(to) { root } else { to };
    let body = json!({"actor": channel.author, "object": parent.id, "message": {"text": post.text}});
    let request = Request::new(Method::Post, channel.api.url(&format!("/rest/socialActions/{}/comments", encoded(&parent.id))));
    let answer = channel.api.call(request.json(&body), Step::Post, out)?;
    let value = answer.accepted(Step::Post)?;
    let number = answer.header("x-restli-id").or(value["id"].as_str()).unwrap_or_default();
    match (value["commentUrn"].as_str(), number) {
        (Some(urn), _) | (None, urn) if urn.starts_with("urn:li:comment:(") => Ok(of(parent, urn)),
        (_, number) if !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) => {
            Ok(of(parent, &format!("urn:li:comment:({},{number})", parent.id)))
        }
        _ => Err(unknown("LinkedIn took the comment and did not say where it is")),
    }
}

/// A comment's receipt; its page is the post's.
fn of(parent: &Receipt, urn: &str) -> Receipt {
    Receipt { id: urn.to_owned(), url: receipt(&parent.id).url, version_id: String::new() }
}

/// Post and number of a comment.
fn parts(of: &Receipt) -> Result<(&str, &str), SendError> {
    let inner = of.id.strip_prefix("urn:li:comment:(").and_then(|rest| rest.strip_suffix(')'));
    inner.and_then(|inner| inner.rsplit_once(',')).ok_or_else(no_such)
}

fn address(channel: &LinkedIn, of: &Receipt) -> Result<String, SendError> {
    let (post, number) = parts(of)?;
    let (post, actor) = (encoded(post), encoded(&channel.author));
    Ok(channel.api.url(&format!("/rest/socialActions/{post}/comments/{}?actor={actor}", encoded(number))))
}

/// Puts other words into a comment.
pub(crate) fn edit(channel: &LinkedIn, post: &Post, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
    let body = json!({"patch": {"message": {"$set": {"text": post.text}}}});
    let request = Request::new(Method::Post, address(channel, of)?).header("x-restli-method", "PARTIAL_UPDATE").json(&body);
    channel.api.call(request, Step::Post, out)?.accepted(Step::Post)?;
    Ok(of.clone())
}

/// Takes a comment away; one that is not there any more is away.
pub(crate) fn delete(channel: &LinkedIn, of: &Receipt, out: &mut dyn Transport) -> Result<Receipt, SendError> {
    let request = Request::new(Method::Delete, address(channel, of)?).header("x-restli-method", "DELETE");
    let answer = channel.api.call(request, Step::Post, out)?;
    if answer.status() != 404 {
        answer.accepted(Step::Post)?;
    }
    Ok(of.clone())
}

/// A comment as LinkedIn shows it; nothing where it is not there.
pub(crate) fn read(channel: &LinkedIn, of: &Receipt, out: &mut dyn Transport) -> Result<Option<Listed>, SendError> {
    let request = Request::new(Method::Get, address(channel, of)?.split('?').next().unwrap_or_default());
    let answer = channel.api.call(request, Step::Before, out)?;
    if answer.status() == 404 {
        return Ok(None);
    }
    let text = answer.accepted(Step::Before)?["message"]["text"].as_str().unwrap_or_default().to_owned();
    Ok(Some(Listed { links: Vec::new(), receipt: of.clone(), text, parent: None }))
}

/// The page's own comments below a post.
pub(crate) fn list(channel: &LinkedIn, parent: &Receipt, out: &mut dyn Transport) -> Result<Vec<Listed>, SendError> {
    let mut found = Vec::new();
    for page in 0..PAGES {
        let path = format!("/rest/socialActions/{}/comments?start={}&count={PAGE}", encoded(&parent.id), page * PAGE);
        let answer = channel.api.call(Request::new(Method::Get, channel.api.url(&path)), Step::Before, out)?;
        if answer.status() == 404 {
            break;
        }
        let value = answer.accepted(Step::Before)?;
        let all = value["elements"].as_array().map(Vec::as_slice).unwrap_or_default();
        found.extend(all.iter().filter(|value| value["actor"] == *channel.author).filter_map(|value| own(parent, value)));
        if all.len() < PAGE {
            break;
        }
    }
    Ok(found)
}

fn own(parent: &Receipt, value: &Value) -> Option<Listed> {
    let number = value["id"].as_str()?;
    let urn = value["commentUrn"].as_str().map_or_else(|| format!("urn:li:comment:({},{number})", parent.id), str::to_owned);
    Some(Listed {
        links: Vec::new(),
        receipt: of(parent, &urn),
        text: value["message"]["text"].as_str()?.to_owned(),
        parent: Some(parent.id.clone()),
    })
}
