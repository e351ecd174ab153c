//! In: the bytes of a picture. Out: the sizes of it that pages offer, upright, in sRGB, without metadata.
//!
//! One picture at a time is unpacked as a whole; what stays in memory while its sizes are made is the largest of them.
//! The bytes depend on those of the picture alone. Decoders are those of the `image` crate, in safe Rust, behind limits;
//! they only ever see a file that has been stripped to what its picture needs.

use super::{SIDE, Trouble, strip};
use crate::model::picture::{Form, Picture};
use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::imageops::FilterType as Filter;
use image::metadata::Orientation;
use image::{DynamicImage, ExtendedColorType, ImageDecoder, ImageEncoder, ImageFormat, ImageReader, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};

/// Changes whenever the same picture would give other bytes than before.
pub const VERSION: u32 = 1;

/// Most memory that a decoder may take.
const MEMORY: u64 = 512 * 1024 * 1024;

/// Qualities of WebP that are tried until a size has no more bytes than the picture itself, the best first.
const QUALITIES: [u8; 3] = [78, 66, 54];

/// Quality of a whole picture that had to be turned.
const UPRIGHT: u8 = 90;

const UNPACKABLE: Trouble = Trouble::Broken("what is in it cannot be unpacked");

/// One picture at a time is unpacked in this program.
static TABLE: Mutex<()> = Mutex::new(());

/// Where the sizes of one picture are made.
pub struct Studio {
    picture: Picture,
    largest: Mutex<Largest>,
}

struct Largest {
    made: Option<Arc<DynamicImage>>,
    wanted: usize,
}

impl Studio {
    /// A studio that will be asked for so many sizes at most; after the last it lets go of the picture.
    pub fn new(picture: Picture, wanted: usize) -> Studio {
        Studio { picture, largest: Mutex::new(Largest { made: None, wanted }) }
    }

    /// The picture at a width and in a form.
    pub fn size(&self, bytes: &[u8], width: u32, form: Form, out: &mut Vec<u8>) -> Result<(), Trouble> {
        let largest = self.largest(bytes)?;
        let (width, height) = (width.min(largest.width()), self.picture.height_at(width));
        let small = match width == largest.width() {
            true => largest,
            false => Arc::new(largest.resize_exact(width, height, Filter::Lanczos3)),
        };
        let bare = strip::bare(self.picture.form, bytes)?.len();
        for quality in QUALITIES {
            out.clear();
            encode(&small, form, quality, self.picture.form == Form::Png, out)?;
            if out.len() <= bare || form != Form::Webp {
                break;
            }
        }
        Ok(())
    }

    fn largest(&self, bytes: &[u8]) -> Result<Arc<DynamicImage>, Trouble> {
        let mut largest = self.largest.lock().unwrap_or_else(PoisonError::into_inner);
        largest.wanted = largest.wanted.saturating_sub(1);
        let there = if largest.wanted == 0 { largest.made.take() } else { largest.made.clone() };
        if let Some(made) = there {
            return Ok(made);
        }
        let made = Arc::new(unpacked(&self.picture, bytes, self.picture.widths().last().copied())?);
        if largest.wanted > 0 {
            largest.made = Some(made.clone());
        }
        Ok(made)
    }
}

/// The picture, turned as it asks to be, at most `width` wide, in its own form.
pub fn upright(picture: &Picture, bytes: &[u8], width: u32) -> Result<Vec<u8>, Trouble> {
    let image = unpacked(picture, bytes, Some(width))?;
    let mut out = Vec::new();
    encode(&image, picture.form, UPRIGHT, false, &mut out)?;
    Ok(out)
}

/// Unpacks a picture, at most `width` wide, upright, in sRGB of eight bits.
fn unpacked(picture: &Picture, bytes: &[u8], width: Option<u32>) -> Result<DynamicImage, Trouble> {
    let bare = strip::bare(picture.form, bytes)?;
    let _one = TABLE.lock().unwrap_or_else(PoisonError::into_inner);
    // A decoder that meets what it did not foresee must not take the run down with it.
    let done = catch_unwind(AssertUnwindSafe(|| unpack(picture, &bare, width)));
    done.unwrap_or(Err(UNPACKABLE))
}

fn unpack(picture: &Picture, bare: &[u8], width: Option<u32>) -> Result<DynamicImage, Trouble> {
    let format = match picture.form {
        Form::Jpeg => ImageFormat::Jpeg,
        Form::Png => ImageFormat::Png,
        Form::Webp => ImageFormat::WebP,
        _ => return Err(UNPACKABLE),
    };
    let mut reader = ImageReader::with_format(Cursor::new(bare), format);
    let mut limits = Limits::default();
    (limits.max_image_width, limits.max_image_height, limits.max_alloc) = (Some(SIDE), Some(SIDE), Some(MEMORY));
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| UNPACKABLE)?;
    let profile = decoder.icc_profile().ok().flatten();
    let stored = if picture.turn.swaps_sides() { (picture.height, picture.width) } else { (picture.width, picture.height) };
    if decoder.dimensions() != stored {
        return Err(Trouble::Broken("it is not as large as it says"));
    }
    let mut image = DynamicImage::from_decoder(decoder).map_err(|_| UNPACKABLE)?;
    image = if picture.clear { image.into_rgba8().into() } else { image.into_rgb8().into() };
    if let Some(orientation) = Orientation::from_exif(picture.turn.value()) {
        image.apply_orientation(orientation);
    }
    if let Some(width) = width.filter(|width| *width < image.width()) {
        image = image.resize_exact(width, picture.height_at(width), Filter::Lanczos3);
    }
    if let Some(profile) = profile {
        to_srgb(&mut image, &profile);
    }
    Ok(image)
}

/// Colours as every screen takes them where no profile is given. A profile that cannot be used is passed over.
fn to_srgb(image: &mut DynamicImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    let layout = if image.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let Ok(transform) = profile.create_transform_8bit(layout, &ColorProfile::new_srgb(), layout, TransformOptions::default()) else {
        return;
    };
    let mut converted = vec![0; image.as_bytes().len()];
    if transform.transform(image.as_bytes(), &mut converted).is_err() {
        return;
    }
    match image {
        DynamicImage::ImageRgb8(pixels) => pixels.copy_from_slice(&converted),
        DynamicImage::ImageRgba8(pixels) => pixels.copy_from_slice(&converted),
        _ => {}
    }
}

/// Writes an image of eight bits, RGB or RGBA. What was drawn rather than photographed keeps its sharp edges.
fn encode(image: &DynamicImage, form: Form, quality: u8, drawn: bool, out: &mut Vec<u8>) -> Result<(), Trouble> {
    let (pixels, width, height) = (image.as_bytes(), image.width(), image.height());
    let clear = image.color().has_alpha();
    match form {
        Form::Webp => {
            let lossy = webp(image, f32::from(quality), false)?;
            let lossless = if drawn { Some(webp(image, 75.0, true)?) } else { None };
            out.extend_from_slice(lossless.as_deref().filter(|lossless| lossless.len() < lossy.len()).unwrap_or(&lossy));
        }
        Form::Png => {
            let colour = if clear { ExtendedColorType::Rgba8 } else { ExtendedColorType::Rgb8 };
            let encoder = PngEncoder::new_with_quality(&mut *out, CompressionType::Best, FilterType::Adaptive);
            encoder.write_image(pixels, width, height, colour).map_err(|_| UNPACKABLE)?;
        }
        _ => {
            let rgb = if clear { &image.to_rgb8() } else { pixels };
            let side = |length: u32| u16::try_from(length).map_err(|_| Trouble::TooLarge);
            let mut encoder = jpeg_encoder::Encoder::new(&mut *out, quality);
            encoder.set_optimized_huffman_tables(true);
            encoder.set_progressive(true);
            if drawn {
                encoder.set_sampling_factor(jpeg_encoder::SamplingFactor::F_1_1);
            }
            encoder.encode(rgb, side(width)?, side(height)?, jpeg_encoder::ColorType::Rgb).map_err(|_| UNPACKABLE)?;
        }
    }
    Ok(())
}

fn webp(image: &DynamicImage, quality: f32, lossless: bool) -> Result<Vec<u8>, Trouble> {
    let (pixels, width, height) = (image.as_bytes(), image.width(), image.height());
    let encoder = match image.color().has_alpha() {
        true => webp::Encoder::from_rgba(pixels, width, height),
        false => webp::Encoder::from_rgb(pixels, width, height),
    };
    let mut config = webp::WebPConfig::new().map_err(|()| UNPACKABLE)?;
    (config.quality, config.lossless, config.method) = (quality, i32::from(lossless), 4);
    Ok(encoder.encode_advanced(&config).map_err(|_| UNPACKABLE)?.to_vec())
}
