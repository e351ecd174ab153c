//! Pure work on the bytes of pictures: what they are, what must not go out with them, and the sizes that pages offer.
//!
//! Floor 2: may import `model` only. Every reader here takes bytes that somebody may have made to do harm: it looks at
//! lengths before it believes them, and stops at the first that cannot be.

mod avif;
mod exif;
mod gif;
mod jpeg;
pub mod look;
mod png;
pub mod strip;
pub mod studio;
mod svg;
mod webp;

use crate::model::finding::{Finding, Place};

/// Why a picture cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trouble {
    /// Its bytes are not what they should be; a part of a sentence, such as `it ends before its end`.
    Broken(&'static str),
    /// It has more pixels or bytes than a page could ever need.
    TooLarge,
    /// A drawing that can run a program, or fetch something, in a reader's browser; names what.
    Script(String),
    /// It holds metadata that cannot be taken out of a file of its form.
    Metadata,
}

impl Trouble {
    /// The finding for a picture that cannot be used.
    pub fn finding(&self, path: &str) -> Finding {
        let place = Place::file(path);
        match self {
            Trouble::Broken(why) => Finding::error(
                "broken-picture",
                place,
                format!("The picture `{path}` cannot be used: {why}."),
                "Open it, see that it is whole, and save it anew as JPEG, PNG or WebP.",
            ),
            Trouble::TooLarge => Finding::error(
                "picture-too-large",
                place,
                format!(
                    "The picture `{path}` is too large: more than {} million pixels, {SIDE} pixels on one side or {} MiB.",
                    PIXELS / 1_000_000,
                    BYTES >> 20
                ),
                "Save it smaller: a page shows at most 1440 pixels of its width.",
            ),
            Trouble::Script(what) => Finding::error(
                "script-in-picture",
                place,
                format!("The drawing `{path}` holds {what}, which could act in a reader's browser."),
                "Save it as plain SVG, without scripts and embedded pages, or as PNG.",
            ),
            Trouble::Metadata => Finding::error(
                "picture-metadata",
                place,
                format!(
                    "The picture `{path}` holds metadata (where it was taken, with what, by whom) that cannot be taken out of an AVIF file."
                ),
                "Save it anew as JPEG, PNG or WebP: from those it is taken out at every build.",
            ),
        }
    }
}

/// The most pixels that a picture may have: more than any camera of a press office makes, and 150 MB once unpacked.
pub const PIXELS: u64 = 50_000_000;

/// The longest side of a picture, in pixels.
pub const SIDE: u32 = 16_384;

/// The longest file that is read as a picture, in bytes.
pub const BYTES: u64 = 32 * 1024 * 1024;

const ENDS_EARLY: Trouble = Trouble::Broken("it ends before its end");

/// Bytes `at..at + length`, where there are so many.
fn part(bytes: &[u8], at: usize, length: usize) -> Result<&[u8], Trouble> {
    at.checked_add(length).and_then(|end| bytes.get(at..end)).ok_or(ENDS_EARLY)
}

fn be16(bytes: &[u8], at: usize) -> Result<u32, Trouble> {
    Ok(part(bytes, at, 2)?.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

fn be32(bytes: &[u8], at: usize) -> Result<u32, Trouble> {
    Ok(part(bytes, at, 4)?.iter().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}

fn le(bytes: &[u8], at: usize, length: usize) -> Result<u32, Trouble> {
    Ok(part(bytes, at, length)?.iter().rev().fold(0, |sum, byte| sum << 8 | u32::from(*byte)))
}
