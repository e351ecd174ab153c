//! In: the bytes of a picture. Out: the same picture without metadata: no place, camera, names, comments or thumbnails.
//!
//! Nothing is decoded: not one pixel changes. The colour profile stays, since colours would change without it.

use super::{Trouble, gif, jpeg, look, png, webp};
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

/// A picture as others may have it: without metadata and upright. Only one that lies on its side is made anew.
pub fn publishable<'b>(name: &str, bytes: &'b [u8]) -> Result<Cow<'b, [u8]>, Trouble> {
    match look::look(name, bytes)? {
        None => Ok(bytes.into()),
        Some(picture) if picture.turn.value() != 1 => Ok(super::studio::upright(&picture, bytes)?.into()),
        Some(picture) => bare(picture.form, bytes),
    }
}
