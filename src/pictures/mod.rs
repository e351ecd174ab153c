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
