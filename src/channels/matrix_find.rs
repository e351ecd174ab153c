//! In: a deed on Matrix whose outcome nobody knows. Out: whether it is done, by the keys in the room's own messages.
//!
//! Only events that this very account has sent count: anyone in the room could write the field.

use crate::channels::answers::{Step, text as field};
use crate::channels::matrix::{Matrix, accepted, encoded};
use crate::channels::matrix_event::KEY;
use crate::model::announcement::Key;
use crate::model::ledger::Receipt;
use crate::model::transport::{Body, Deed, Method, Post, SendError, Transport};
use serde_json::{Value, json};

/// Events a page.
const PAGE: usize = 100;
/// Pages read back: 5,000 messages of the account's own.
const PAGES: usize = 50;

/// Whether a deed is done.
pub(crate) fn find(channel: &Matrix, post: &Post, deed: &Deed, key: &Key, out: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
    match deed {
        Deed::Delete(of) => Ok(is_gone(channel, &of.id, out)?.then(|| of.clone())),
        Deed::Edit(of) => Ok(with_key(channel, key.as_str(), out)?.map(|_| of.clone())),
        Deed::New | Deed::Reply { .. } => {
            let Some(id) = with_key(channel, key.as_str(), out)? else { return Ok(None) };
            let mut pictures = Vec::new();
            for at in 1..=post.images.len() {
                pictures.extend(with_key(channel, &format!("{key}.{at}"), out)?);
            }
            Ok(Some(channel.receipt(&id, &pictures)))
        }
    }
}

/// The id of the own event that carries a key.
pub(crate) fn with_key(channel: &Matrix, key: &str, out: &mut dyn Transport) -> Result<Option<String>, SendError> {
    let (response, token) = channel.call(Method::Get, "client/v3/account/whoami", Body::Empty, out)?;
    let me = field(&accepted(&response, Step::Before, &token)?, "user_id", Step::Before)?.to_owned();
    let filter = json!({"types": ["m.room.message"], "senders": [me]}).to_string();
    let mut from = String::new();
    for _ in 0..PAGES {
        let mut path = format!("client/v3/rooms/{}/messages?dir=b&limit={PAGE}&filter={}", encoded(&channel.room), encoded(&filter));
        if !from.is_empty() {
            path.push_str(&format!("&from={}", encoded(&from)));
        }
        let (response, token) = channel.call(Method::Get, &path, Body::Empty, out)?;
        let page = accepted(&response, Step::Before, &token)?;
        let events: &[Value] = page["chunk"].as_array().map_or(&[], Vec::as_slice);
        let found = events.iter().find(|event| event["sender"] == *me && event["content"][KEY] == *key);
        if let Some(id) = found.and_then(|event| event["event_id"].as_str()) {
            return Ok(Some(id.to_owned()));
        }
        match page["end"].as_str() {
            Some(end) if end != from => from = end.to_owned(),
            _ => break,
        }
    }
    Ok(None)
}

/// Whether an event was redacted, or is not there at all.
fn is_gone(channel: &Matrix, id: &str, out: &mut dyn Transport) -> Result<bool, SendError> {
    let path = format!("client/v3/rooms/{}/event/{}", encoded(&channel.room), encoded(id));
    let (response, token) = channel.call(Method::Get, &path, Body::Empty, out)?;
    if response.status == 404 {
        return Ok(true);
    }
    let event = accepted(&response, Step::Before, &token)?;
    Ok(event["content"]["body"].is_null())
}
