//! In: a post on Bluesky. Out: how often it was liked, shared, answered, quoted, as the public view of the network counts it
//! (<https://docs.bsky.app/docs/api/app-bsky-feed-get-posts>). No login is needed; a rehearsal's posts are not known there.

use crate::channels::answers::{Step, json, refusal, silence};
use crate::model::ledger::Receipt;
use crate::model::transport::{Method, Request, SendError, Transport};

/// Where anyone may ask.
pub(crate) const VIEW: &str = "https://public.api.bsky.app";
/// The counts by our names and theirs.
const NAMES: [(&str, &str); 4] = [("likes", "likeCount"), ("reposts", "repostCount"), ("replies", "replyCount"), ("quotes", "quoteCount")];

/// The counts of a post; none in a rehearsal.
pub(crate) fn counts(view: &str, of: &Receipt, out: &mut dyn Transport) -> Result<Vec<(&'static str, u64)>, SendError> {
    if !out.in_earnest() {
        return Ok(Vec::new());
    }
    let uri: String = url::form_urlencoded::byte_serialize(of.id.as_bytes()).collect();
    let request = Request::new(Method::Get, format!("{view}/xrpc/app.bsky.feed.getPosts?uris={uri}"));
    let response = out.http(&request).map_err(|error| silence(error, Step::Before))?;
    match response.status {
        200..=299 => {
            let post = json(&response, Step::Before)?["posts"][0].take();
            Ok(NAMES.into_iter().filter_map(|(name, theirs)| Some((name, post[theirs].as_u64()?))).collect())
        }
        _ => Err(refusal(&response, Step::Before, None)),
    }
}
