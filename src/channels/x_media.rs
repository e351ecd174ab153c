//! In: pictures of a post. Out: X's ids of them, with their alt text set.
//!
//! The id of an upload is noted with the second at which it ends, so that an attempt after a crash uses it again.

use crate::channels::answers::{Step, silence, text as field};
use crate::channels::x_calls::Api;
use crate::model::announcement::Image;
use crate::model::transport::{Body, Method, Part, Request, SendError, Transport};
use serde_json::json;

/// Characters of an alt text.
const ALT: usize = 1000;
/// How long an upload is kept where X does not say, in seconds.
const KEPT: i64 = 24 * 60 * 60;
/// An upload that ends so soon is made anew, in seconds.
const SPARE: i64 = 600;
const NAMES: [&str; 4] = ["media-1", "media-2", "media-3", "media-4"];

/// The ids of the pictures, uploaded now or by an earlier attempt.
pub(crate) fn upload(api: &Api, images: &[Image], out: &mut dyn Transport) -> Result<Vec<String>, SendError> {
    images.iter().zip(NAMES).map(|(image, name)| one(api, image, name, out)).collect()
}

fn one(api: &Api, image: &Image, name: &str, out: &mut dyn Transport) -> Result<String, SendError> {
    let id = match earlier(name, out) {
        Some(id) => id,
        None => {
            let bytes = out.image(image).map_err(|error| silence(error, Step::Before))?;
            let file = Part { name: "media", file: Some((image.path().name().to_owned(), image.media_type)), bytes };
            let kind = Part { name: "media_category", file: None, bytes: b"tweet_image".to_vec() };
            let request = Request { body: Body::Multipart(vec![kind, file]), ..Request::new(Method::Post, api.url("/2/media/upload")) };
            let value = api.call(request, Step::Before, out)?.accepted(Step::Before)?;
            let id = field(&value["data"], "id", Step::Before)?.to_owned();
            let life = value["data"]["expires_after_secs"].as_i64().unwrap_or(KEPT);
            let ends = out.now().as_second().saturating_add(life);
            out.note(name, &format!("{id} {ends}")).map_err(|error| silence(error, Step::Before))?;
            id
        }
    };
    if !image.alt.is_empty() {
        let words: String = image.alt.chars().take(ALT).collect();
        let body = json!({"id": id, "metadata": {"alt_text": {"text": words}}});
        api.call(Request::new(Method::Post, api.url("/2/media/metadata")).json(&body), Step::Before, out)?.accepted(Step::Before)?;
    }
    Ok(id)
}

fn earlier(name: &str, out: &mut dyn Transport) -> Option<String> {
    let noted = out.noted(name)?;
    let (id, ends) = noted.split_once(' ')?;
    (ends.parse::<i64>().ok()? > out.now().as_second() + SPARE).then(|| id.to_owned())
}
