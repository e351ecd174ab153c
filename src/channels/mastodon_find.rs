//! In: a deed whose outcome nobody knows. Out: whether it is done, read from the account's own statuses.

use crate::channels::answers::{Step, refusal};
use crate::channels::mastodon::{Mastodon, accepted, receipt};
use crate::channels::statuses::{Match, Wanted, judge, mostly_same_words, same_words};
use crate::model::announcement::Event;
use crate::model::ledger::Receipt;
use crate::model::transport::{Body, Deed, Method, Post, SendError, Transport};
use serde_json::Value;

/// Statuses a page; servers give 40 at most.
const PAGE: usize = 40;
/// Pages read back: 1,000 statuses, far more than a body posts between two runs.
const PAGES: usize = 25;

/// Whether a deed is done.
pub(crate) fn find(channel: &Mastodon, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    match deed {
        Deed::New => find_status(channel, post, None, out),
        Deed::Reply { to, .. } => find_status(channel, post, Some(&to.id), out),
        Deed::Edit(of) => {
            let status = read(channel, of, out)?;
            let edited = status.filter(|status| same_words(status, &post.text));
            edited.as_ref().map(receipt).transpose()
        }
        Deed::Delete(of) => Ok(is_gone(channel, of, out)?.then(|| of.clone())),
    }
}

/// Whether a status is not there any more.
pub(crate) fn is_gone(channel: &Mastodon, of: &Receipt, out: &mut dyn Transport) -> Result<bool, SendError> {
    Ok(read(channel, of, out)?.is_none())
}

fn read(channel: &Mastodon, of: &Receipt, out: &mut dyn Transport) -> Result<Option<Value>, SendError> {
    let (response, token) = channel.call(Method::Get, &format!("/api/v1/statuses/{}", of.id), Body::Empty, out)?;
    match response.status {
        404 | 410 => Ok(None),
        _ => accepted(&response, Step::Before, &token).map(Some),
    }
}

/// Reads back through the own statuses. The same words decide at once. Other words about the same page, in the same
/// language and outside any thread, are this announcement too where it is the first of its record, worded anew since: its
/// identity is not its text. A reminder and a correction share the page too, and so do the replies of a thread: there a post
/// in almost the same words leaves the question to a person.
fn find_status(channel: &Mastodon, post: &Post, parent: Option<&str>, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    let wanted = Wanted { text: &post.text, link: &post.link, lang: post.lang.primary(), parent };
    let account = channel.account_id(out)?;
    let first = parent.is_none() && post.part == 0 && post.announcement.news.event == Event::Published;
    let mut reworded = None;
    let mut similar = false;
    let mut before = String::new();
    for _ in 0..PAGES {
        let page = page(channel, &account, &before, out)?;
        for status in &page {
            match judge(status, &wanted) {
                Match::Exact => return receipt(status).map(Some),
                Match::Reworded if first => reworded = reworded.or_else(|| receipt(status).ok()),
                Match::Reworded => similar |= mostly_same_words(status, &post.text),
                Match::No => {}
            }
        }
        match page.last().and_then(|status| status["id"].as_str()) {
            Some(last) if last != before => before = last.to_owned(),
            _ => break,
        }
    }
    match similar {
        true => Err(SendError::Unknown { reason: "the account has a post in almost the same words".into() }),
        false => Ok(reworded),
    }
}

fn page(channel: &Mastodon, account: &str, before: &str, out: &mut dyn Transport) -> Result<Vec<Value>, SendError> {
    let mut path = format!("/api/v1/accounts/{account}/statuses?exclude_reblogs=true&limit={PAGE}");
    if !before.is_empty() {
        path.push_str(&format!("&max_id={before}"));
    }
    let (response, token) = channel.call(Method::Get, &path, Body::Empty, out)?;
    match accepted(&response, Step::Before, &token)? {
        Value::Array(statuses) => Ok(statuses),
        _ => Err(refusal(&response, Step::Before, Some(&token))),
    }
}
