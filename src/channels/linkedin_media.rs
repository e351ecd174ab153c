//! In: a post for LinkedIn. Out: its whole body, pictures uploaded and named in it.
//!
//! An upload is two steps: LinkedIn gives a name and an address, and the bytes go there. The name is noted when the bytes
//! have arrived, so that an attempt after a crash uses it again.

use crate::channels::answers::{Step, silence, text as field};
use crate::channels::linkedin::LinkedIn;
use crate::channels::said::{never, said};
use crate::channels::uploads::{may_go, may_know, request};
use crate::model::announcement::Image;
use crate::model::transport::{Body, Method, Post, Request, SendError, Transport};
use serde_json::{Value, json};

/// The whole body of a post, and whether a picture in it is from an earlier attempt.
pub(crate) fn complete(channel: &LinkedIn, post: &Post, out: &mut dyn Transport) -> Result<(Value, bool), SendError> {
    let (mut body, mut old) = (post.payload.clone(), false);
    for (at, image) in post.images.iter().enumerate() {
        let urn = match out.noted(&note(at)) {
            Some(urn) => {
                old = true;
                urn
            }
            None => upload(channel, image, &note(at), out)?,
        };
        let content = &mut body["content"];
        if content["article"].is_object() {
            content["article"]["thumbnail"] = json!(urn);
        } else if content["media"].is_object() {
            content["media"]["id"] = json!(urn);
        } else {
            content["multiImage"]["images"][at]["id"] = json!(urn);
        }
    }
    Ok((body, old))
}

/// Forgets the pictures of earlier attempts: they do not wait for ever, and the next attempt uploads them anew.
pub(crate) fn forget(post: &Post, out: &mut dyn Transport) -> Result<(), SendError> {
    (0..post.images.len()).try_for_each(|at| out.note(&note(at), "")).map_err(|error| silence(error, Step::Before))
}

fn note(at: usize) -> String {
    format!("image-{}", at + 1)
}

fn upload(channel: &LinkedIn, image: &Image, name: &str, out: &mut dyn Transport) -> Result<String, SendError> {
    let bytes = out.image(image).map_err(|error| silence(error, Step::Before))?;
    let body = json!({"initializeUploadRequest": {"owner": channel.author}});
    let request = Request::new(Method::Post, channel.api.url("/rest/images?action=initializeUpload")).json(&body);
    let value = channel.api.call(request, Step::Before, out)?.accepted(Step::Before)?;
    let address = field(&value["value"], "uploadUrl", Step::Before)?;
    let urn = field(&value["value"], "image", Step::Before)?;
    put(channel, address, Body::Bytes(image.media_type, bytes), out)?;
    out.note(name, urn).map_err(|error| silence(error, Step::Before))?;
    Ok(urn.to_owned())
}

fn put(channel: &LinkedIn, address: &str, body: Body, out: &mut dyn Transport) -> Result<(), SendError> {
    let (server, earnest) = (&channel.api.server, out.in_earnest());
    may_go(address, server, earnest)?;
    let token = out.secret("token").map_err(|error| silence(error, Step::Before))?;
    let request = Request { body, ..request(Method::Put, address, server) };
    let request = if may_know(address, server, "linkedin.com", earnest) { request.bearer(&token) } else { request };
    let response = out.http(&request).map_err(|error| silence(error, Step::Before))?;
    let words = || said(&format!("{} to a picture", response.status), &[&token]);
    match response.status {
        200..=299 => Ok(()),
        400..=499 if response.status != 408 && response.status != 429 => Err(never(words())),
        _ => Err(SendError::Retry { after: None, reason: words() }),
    }
}
