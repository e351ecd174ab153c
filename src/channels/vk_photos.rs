//! In: pictures of a post. Out: VK's names of them.
//!
//! Three steps a picture: VK gives an address, the bytes go there, VK keeps them. The name is noted at the end, so that an
//! attempt after a crash uses it again; a picture that no post names is seen by nobody.

use crate::channels::answers::{Step, json, text as field};
use crate::channels::said::{never, said};
use crate::channels::uploads::{may_go, request};
use crate::channels::vk::{Vk, lost};
use crate::model::announcement::Image;
use crate::model::transport::{Body, Method, Part, Request, SendError, Transport};
use serde_json::Value;

/// The names of the pictures, such as `photo-1_2`.
pub(crate) fn upload(vk: &Vk, images: &[Image], out: &mut dyn Transport) -> Result<Vec<String>, SendError> {
    images.iter().enumerate().map(|(at, image)| one(vk, image, &format!("photo-{}", at + 1), out)).collect()
}

fn one(vk: &Vk, image: &Image, name: &str, out: &mut dyn Transport) -> Result<String, SendError> {
    if let Some(photo) = out.noted(name) {
        return Ok(photo);
    }
    let bytes = out.image(image).map_err(lost)?;
    let place = vk.api.call("photos.getWallUploadServer", &[("group_id", vk.group.as_str())], Step::Before, out)?;
    let address = field(&place, "upload_url", Step::Before)?;
    let file = Part { name: "photo", file: Some((image.path().name().to_owned(), image.media_type)), bytes };
    let sent = send(vk, address, file, out)?;
    let server =
        sent["server"].as_i64().map(|number| number.to_string()).or(sent["server"].as_str().map(str::to_owned)).unwrap_or_default();
    let (photo, hash) = (field(&sent, "photo", Step::Before)?, field(&sent, "hash", Step::Before)?);
    if photo.is_empty() || photo == "[]" {
        return Err(never(format!("VK cannot use the picture {}", image.path().as_str())));
    }
    let fields = [("group_id", vk.group.as_str()), ("server", server.as_str()), ("photo", photo), ("hash", hash)];
    let saved = vk.api.call("photos.saveWallPhoto", &fields, Step::Before, out)?;
    let number = |name: &str| saved[0][name].as_i64();
    let (Some(owner), Some(id)) = (number("owner_id"), number("id")) else {
        return Err(SendError::Retry { after: None, reason: "VK did not say what it calls the picture".into() });
    };
    let photo = format!("photo{owner}_{id}");
    out.note(name, &photo).map_err(lost)?;
    Ok(photo)
}

fn send(vk: &Vk, address: &str, file: Part, out: &mut dyn Transport) -> Result<Value, SendError> {
    may_go(address, &vk.api.server, out.in_earnest())?;
    let request = Request { body: Body::Multipart(vec![file]), ..request(Method::Post, address, &vk.api.server) };
    let response = out.http(&request).map_err(lost)?;
    match response.status {
        200..=299 => json(&response, Step::Before),
        status => Err(SendError::Retry { after: None, reason: said(&format!("{status} to a picture"), &[]) }),
    }
}
