//! In: a deed on X whose outcome nobody knows. Out: whether it is done, read from the account's own posts.
//!
//! Reading an own post costs 0.001 USD (2026-04-20), so only so many are read.

use crate::channels::answers::{Step, text as field};
use crate::channels::own_posts::{Listed, Search};
use crate::channels::x::X;
use crate::model::ledger::Receipt;
use crate::model::transport::{Deed, Method, Post, Request, SendError, Transport};
use serde_json::Value;

/// Pages read back, of a hundred posts each.
const PAGES: usize = 8;
const FIELDS: &str = "tweet.fields=created_at,entities,referenced_tweets,edit_history_tweet_ids";

/// Whether a deed is done.
pub(crate) fn find(x: &X, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    match deed {
        Deed::New => search(x, post, None, out),
        Deed::Reply { to, .. } => search(x, post, Some(&to.id), out),
        Deed::Edit(of) => {
            let mut edited = None;
            walk(x, out, &mut |value| {
                let newer = history(value).any(|id| id == of.id) && value["id"] != *of.id;
                edited = own(x, value).filter(|own| newer && own.says(post)).map(|own| own.receipt);
                edited.is_some()
            })?;
            Ok(edited)
        }
        Deed::Delete(of) => Ok(is_gone(x, of, out)?.then(|| of.clone())),
    }
}

/// Whether a post is not there any more.
pub(crate) fn is_gone(x: &X, of: &Receipt, out: &mut dyn Transport) -> Result<bool, SendError> {
    let request = Request::new(Method::Get, x.api.url(&format!("/2/tweets/{}", of.id)));
    let answer = x.api.call(request, Step::Before, out)?;
    if answer.status() == 404 {
        return Ok(true);
    }
    let value = answer.accepted(Step::Before)?;
    let missing = |error: &Value| error["type"].as_str().is_some_and(|kind| kind.ends_with("/resource-not-found"));
    Ok(value["data"].is_null() && value["errors"].as_array().is_some_and(|errors| errors.iter().any(missing)))
}

fn search(x: &X, post: &Post, parent: Option<&str>, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    let mut search = Search::below(post, parent);
    let mut exact = None;
    walk(x, out, &mut |value| {
        exact = own(x, value).and_then(|own| search.look(&own));
        exact.is_some()
    })?;
    match exact {
        Some(receipt) => Ok(Some(receipt)),
        None => search.verdict(),
    }
}

/// Walks back through the own posts until `look` has seen enough.
fn walk(x: &X, out: &mut dyn Transport, look: &mut dyn FnMut(&Value) -> bool) -> Result<(), SendError> {
    let me = x.api.call(Request::new(Method::Get, x.api.url("/2/users/me")), Step::Before, out)?.accepted(Step::Before)?;
    let id = field(&me["data"], "id", Step::Before)?;
    let mut next = String::new();
    for _ in 0..PAGES {
        let request = Request::new(Method::Get, x.api.url(&format!("/2/users/{id}/tweets?max_results=100&{FIELDS}{next}")));
        let page = x.api.call(request, Step::Before, out)?.accepted(Step::Before)?;
        if page["data"].as_array().into_iter().flatten().any(&mut *look) {
            return Ok(());
        }
        match page["meta"]["next_token"].as_str() {
            Some(token) if token.bytes().all(|byte| byte.is_ascii_alphanumeric()) => next = format!("&pagination_token={token}"),
            _ => return Ok(()),
        }
    }
    Ok(())
}

fn history(value: &Value) -> impl Iterator<Item = &str> {
    let lists = [&value["edit_history_post_ids"], &value["edit_history_tweet_ids"]];
    lists.into_iter().flat_map(|list| list.as_array().into_iter().flatten()).filter_map(Value::as_str)
}

/// A post with the links that it was sent with, in place of X's own short ones.
fn own(x: &X, value: &Value) -> Option<Listed> {
    let mut text = value["text"].as_str()?.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    for link in value["entities"]["urls"].as_array().into_iter().flatten() {
        let full = link["expanded_url"].as_str().or(link["unwound_url"].as_str());
        if let (Some(short), Some(full)) = (link["url"].as_str(), full) {
            text = text.replace(short, full);
        }
    }
    let parents = value["referenced_tweets"].as_array().into_iter().flatten();
    let parent = parents.filter(|other| other["type"] == "replied_to").find_map(|other| other["id"].as_str()).map(str::to_owned);
    Some(Listed { links: Vec::new(), receipt: x.receipt(value["id"].as_str()?), text, parent })
}
