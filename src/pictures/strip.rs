//! In: the bytes of a picture. Out: the same picture without metadata: no place, camera, names, comments or thumbnails.
//!
//! Nothing is decoded: not one pixel changes. The colour profile stays, since colours would change without it.

use super::{Trouble, gif, jpeg, look, png, studio, webp};
use crate::model::picture::Form;
use std::borrow::Cow;

/// The file without metadata; a form that is written as text, or that cannot hold any here, comes back as it is.
pub fn bare(form: Form, bytes: &[u8]) -> Result<Cow<'_, [u8]>, Trouble> {
    Ok(match form {
        Form::Jpeg => jpeg::bare(bytes)?.into(),
        Form::Png => png::bare(bytes)?.into(),
        Form::Webp => webp::bare(bytes)?.into(),
        Form::Gif => gif::bare(bytes)?.into(),
        Form::Avif | Form::Svg | Form::NotForWeb => bytes.into(),
    })
}

/// The longest side of a picture that goes with a post; networks make larger ones smaller themselves.
const POSTED: u32 = 2048;

/// A picture as others may have it: without metadata and upright. Only one that lies on its side is made anew.
pub fn publishable<'b>(name: &str, bytes: &'b [u8]) -> Result<Cow<'b, [u8]>, Trouble> {
    fitting(name, bytes, u32::MAX)
}

/// A picture as it goes with a post: like [`publishable`], and no longer on any side than networks keep.
pub fn sendable<'b>(name: &str, bytes: &'b [u8]) -> Result<Cow<'b, [u8]>, Trouble> {
    fitting(name, bytes, POSTED)
}

fn fitting<'b>(name: &str, bytes: &'b [u8], side: u32) -> Result<Cow<'b, [u8]>, Trouble> {
    let Some(picture) = look::look(name, bytes)? else { return Ok(bytes.into()) };
    let longest = picture.width.max(picture.height);
    if picture.is_turned() || (picture.has_sizes() && longest > side) {
        let width = (u64::from(picture.width) * u64::from(side.min(longest)) / u64::from(longest)).max(1);
        return Ok(studio::upright(&picture, bytes, width as u32)?.into());
    }
    bare(picture.form, bytes)
}
