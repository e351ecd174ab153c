//! In: a deed on LinkedIn whose outcome nobody knows, or a post that it calls a duplicate. Out: whether the deed is done.

use crate::channels::answers::Step;
use crate::channels::linkedin::{LinkedIn, is_own, is_urn, receipt};
use crate::channels::linkedin_calls::encoded;
use crate::channels::linkedin_comments as comments;
use crate::channels::little;
use crate::channels::own_posts::{Listed, Search};
use crate::channels::said::{unknown, wait};
use crate::model::ledger::Receipt;
use crate::model::transport::{Deed, Method, Post, Request, SendError, Transport};
use serde_json::Value;

const PAGE: usize = 20;
/// Pages read back: far more posts than a body makes between two runs.
const PAGES: usize = 20;
/// LinkedIn remembers the words of a deleted post for a day or two; a wait in seconds until it is asked again.
const REMEMBERS: u64 = 12 * 60 * 60;

/// Whether a deed is done.
pub(crate) fn find(channel: &LinkedIn, post: &Post, deed: &Deed, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    match deed {
        Deed::New => find_post(channel, post, out),
        Deed::Reply { to, root } => {
            let parent = if comments::is_comment(to) { root } else { to };
            let mut search = Search::below(post, Some(&parent.id));
            let all = comments::list(channel, parent, out)?;
            match all.iter().find_map(|own| search.look(own)) {
                Some(receipt) => Ok(Some(receipt)),
                None => search.verdict(),
            }
        }
        Deed::Edit(of) => Ok(shown(channel, of, out)?.filter(|own| own.says(post)).map(|own| own.receipt)),
        Deed::Delete(of) => Ok(shown(channel, of, out)?.is_none().then(|| of.clone())),
    }
}

fn shown(channel: &LinkedIn, of: &Receipt, out: &mut dyn Transport) -> Result<Option<Listed>, SendError> {
    if comments::is_comment(of) {
        return comments::read(channel, of, out);
    }
    Ok(read(channel, &of.id, out)?.as_ref().and_then(own))
}

/// A post as LinkedIn shows it; nothing where it is not there.
fn read(channel: &LinkedIn, urn: &str, out: &mut dyn Transport) -> Result<Option<Value>, SendError> {
    let request = Request::new(Method::Get, channel.api.url(&format!("/rest/posts/{}", encoded(urn))));
    let answer = channel.api.call(request, Step::Before, out)?;
    match answer.status() {
        404 => Ok(None),
        _ => answer.accepted(Step::Before).map(Some),
    }
}

/// What a refusal as a duplicate means: the post it names is looked at.
pub(crate) fn of_duplicate(channel: &LinkedIn, post: &Post, urn: &str, out: &mut dyn Transport) -> Result<Receipt, SendError> {
    let Some(value) = read(channel, urn, out)? else {
        return Err(wait(
            REMEMBERS,
            format!("LinkedIn calls it a duplicate of {urn}, which has been deleted; it forgets that in a day or two"),
        ));
    };
    match own(&value).filter(|own| is_own(channel, &value) && own.says(post)) {
        Some(own) => Ok(own.receipt),
        None => Err(unknown(format!("LinkedIn calls it a duplicate of {urn}, which says something else"))),
    }
}

fn find_post(channel: &LinkedIn, post: &Post, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    let mut search = Search::below(post, None);
    for page in 0..PAGES {
        let path =
            format!("/rest/posts?q=author&author={}&start={}&count={PAGE}&sortBy=LAST_MODIFIED", encoded(&channel.author), page * PAGE);
        let request = Request::new(Method::Get, channel.api.url(&path)).header("x-restli-method", "FINDER");
        let value = channel.api.call(request, Step::Before, out)?.accepted(Step::Before)?;
        let all = value["elements"].as_array().map(Vec::as_slice).unwrap_or_default();
        if let Some(receipt) = all.iter().filter(|value| is_own(channel, value)).filter_map(own).find_map(|own| search.look(&own)) {
            return Ok(Some(receipt));
        }
        if all.len() < PAGE {
            break;
        }
    }
    search.verdict()
}

/// A post as its readers see it, with the address of its card.
fn own(value: &Value) -> Option<Listed> {
    let urn = value["id"].as_str().filter(|urn| is_urn(urn))?;
    let words = little::plain(value["commentary"].as_str().unwrap_or_default());
    let source = value["content"]["article"]["source"].as_str().unwrap_or_default();
    Some(Listed { links: Vec::new(), receipt: receipt(urn), text: format!("{words}\n{source}"), parent: None })
}
