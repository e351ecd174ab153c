//! In: a deed on Discord whose outcome nobody knows. Out: whether it is done, read from the channel's history.

use crate::channels::answers::Step;
use crate::channels::chat::Hunt;
use crate::channels::discord::{Discord, UNKNOWN_MESSAGE, accepted, code};
use crate::model::announcement::Key;
use crate::model::ledger::Receipt;
use crate::model::transport::{Body, Deed, Method, Post, SendError, Transport};
use serde_json::Value;

/// Messages a page.
const PAGE: usize = 100;
/// Pages read back: 2,000 messages of all who write there.
const PAGES: usize = 20;

/// Whether a deed is done.
pub(crate) fn find(channel: &Discord, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    match deed {
        Deed::New => search(channel, post, None, key, out),
        Deed::Reply { to, .. } => search(channel, post, Some(&to.id), key, out),
        Deed::Edit(of) => Ok(read(channel, of, out)?.filter(|message| message["content"] == *post.text).map(|_| of.clone())),
        Deed::Delete(of) => Ok(read(channel, of, out)?.is_none().then(|| of.clone())),
    }
}

fn read(channel: &Discord, of: &Receipt, out: &mut dyn Transport) -> Result<Option<Value>, SendError> {
    let (response, hidden) = channel.call(Method::Get, &format!("/{}", of.id), Body::Empty, out)?;
    match code(&response) {
        UNKNOWN_MESSAGE => Ok(None),
        _ => accepted(&response, Step::Before, &hidden).map(Some),
    }
}

fn search(channel: &Discord, post: &Post, parent: Option<&str>, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    let me = channel.me(out)?;
    let mut hunt = Hunt::new(post, parent);
    let mut before = String::new();
    for _ in 0..PAGES {
        let mut path = format!("?limit={PAGE}");
        if !before.is_empty() {
            path.push_str(&format!("&before={before}"));
        }
        let (response, hidden) = channel.call(Method::Get, &path, Body::Empty, out)?;
        let page = accepted(&response, Step::Before, &hidden)?;
        let messages: &[Value] = page.as_array().map_or(&[], Vec::as_slice);
        for message in messages.iter().filter(|message| message["author"]["id"] == *me) {
            let receipt = channel.receipt(message)?;
            // Discord shows the nonce to those who listen, and not surely in the history.
            if message["nonce"] == key.as_str()[..25] {
                return Ok(Some(receipt));
            }
            let answers = message["message_reference"]["message_id"].as_str();
            if let Some(found) = hunt.look(message["content"].as_str().unwrap_or_default(), answers, &receipt) {
                return Ok(Some(found));
            }
        }
        match messages.last().and_then(|message| message["id"].as_str()) {
            Some(last) if messages.len() == PAGE => before = last.to_owned(),
            _ => break,
        }
    }
    hunt.end()
}
