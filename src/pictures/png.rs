//! In: the bytes of a PNG file (W3C PNG, third edition). Out: its chunks, its size, and the file without metadata.

use super::{Trouble, be32, exif, part};
use crate::model::picture::Turn;
use std::ops::Range;

pub(super) const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";

/// What a browser needs to draw the picture: the critical chunks, see-through, colour, shape of pixels, movement.
const NEEDED: [&[u8; 4]; 15] =
    [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP", b"pHYs", b"acTL", b"fcTL", b"fdAT"];

/// What the head of a picture says.
pub(super) struct Head {
    pub(super) size: (u32, u32),
    pub(super) turn: Turn,
    pub(super) moves: bool,
    pub(super) clear: bool,
}

struct Chunk<'b> {
    name: &'b [u8],
    body: &'b [u8],
    range: Range<usize>,
}

/// The chunks up to the end; what follows is no part of the picture.
fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Trouble> {
    let mut all = Vec::new();
    let mut at = SIGNATURE.len();
    loop {
        let length = be32(bytes, at)? as usize;
        let whole = part(bytes, at, length.saturating_add(12))?;
        let chunk = Chunk { name: &whole[4..8], body: &whole[8..8 + length], range: at..at + length + 12 };
        at = chunk.range.end;
        if all.is_empty() && (chunk.name != b"IHDR" || length != 13) {
            return Err(Trouble::Broken("it does not begin with its size"));
        }
        let is_last = chunk.name == b"IEND";
        all.push(chunk);
        if is_last {
            return Ok(all);
        }
    }
}

pub(super) fn head(bytes: &[u8]) -> Result<Head, Trouble> {
    let chunks = chunks(bytes)?;
    let find = |name: &[u8]| chunks.iter().find(|chunk| chunk.name == name);
    if find(b"IDAT").is_none() {
        return Err(Trouble::Broken("there is no picture in it"));
    }
    let first = chunks[0].body;
    Ok(Head {
        size: (be32(first, 0)?, be32(first, 4)?),
        turn: find(b"eXIf").map_or(Turn::UPRIGHT, |chunk| exif::turn(chunk.body)),
        moves: find(b"acTL").is_some(),
        clear: matches!(first[9], 4 | 6) || find(b"tRNS").is_some(),
    })
}

/// The file with nothing but what its picture needs.
pub(super) fn bare(bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(SIGNATURE);
    for chunk in chunks(bytes)? {
        if NEEDED.iter().any(|name| chunk.name == *name) {
            out.extend_from_slice(&bytes[chunk.range]);
        }
    }
    Ok(out)
}
