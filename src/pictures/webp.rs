//! In: the bytes of a WebP file (RFC 9649). Out: its chunks, its size, and the file without metadata.

use super::{Trouble, exif, le, part};
use crate::model::picture::Turn;

/// What a browser needs to draw the picture.
const NEEDED: [&[u8; 4]; 7] = [b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"];

/// Flags of `VP8X` that announce Exif and XMP.
const METADATA: u8 = 0x08 | 0x04;

struct Chunk<'b> {
    name: &'b [u8],
    body: &'b [u8],
}

fn chunks(bytes: &[u8]) -> Result<Vec<Chunk<'_>>, Trouble> {
    let length = le(bytes, 4, 4)? as usize;
    let whole = part(bytes, 0, length.saturating_add(8))?;
    let mut all = Vec::new();
    let mut at = 12;
    while at < whole.len() {
        let length = le(whole, at + 4, 4)? as usize;
        let body = part(whole, at + 8, length)?;
        all.push(Chunk { name: &whole[at..at + 4], body });
        at += 8 + length + length % 2;
    }
    Ok(all)
}

/// Width and height, turn, whether it moves, whether something may shine through.
pub(super) fn head(bytes: &[u8]) -> Result<((u32, u32), Turn, bool, bool), Trouble> {
    let chunks = chunks(bytes)?;
    let find = |name: &[u8]| chunks.iter().find(|chunk| chunk.name == name).map(|chunk| chunk.body);
    let turn = find(b"EXIF").map_or(Turn::UPRIGHT, exif::turn);
    if !chunks.iter().any(|chunk| matches!(chunk.name, b"VP8 " | b"VP8L" | b"ANMF")) {
        return Err(Trouble::Broken("there is no picture in it"));
    }
    if let Some(wide) = find(b"VP8X") {
        let flags = part(wide, 0, 1)?[0];
        return Ok(((le(wide, 4, 3)? + 1, le(wide, 7, 3)? + 1), turn, flags & 0x02 != 0, flags & 0x10 != 0));
    }
    if let Some(lossless) = find(b"VP8L") {
        let bits = le(lossless, 1, 4)?;
        let size = ((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1);
        return Ok((size, turn, false, bits >> 28 & 1 == 1));
    }
    let lossy = find(b"VP8 ").ok_or(Trouble::Broken("there is no picture in it"))?;
    if part(lossy, 3, 3)? != b"\x9d\x01\x2a" {
        return Err(Trouble::Broken("it does not say how large it is"));
    }
    Ok(((le(lossy, 6, 2)? & 0x3FFF, le(lossy, 8, 2)? & 0x3FFF), turn, false, false))
}

/// The file with nothing but what its picture needs.
pub(super) fn bare(bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(b"RIFF\0\0\0\0WEBP");
    for chunk in chunks(bytes)?.into_iter().filter(|chunk| NEEDED.iter().any(|name| chunk.name == *name)) {
        out.extend_from_slice(chunk.name);
        out.extend_from_slice(&u32::try_from(chunk.body.len()).map_err(|_| Trouble::TooLarge)?.to_le_bytes());
        let from = out.len();
        out.extend_from_slice(chunk.body);
        if chunk.name == b"VP8X" && out.len() > from {
            out[from] &= !METADATA;
        }
        if out.len() % 2 == 1 {
            out.push(0);
        }
    }
    let length = u32::try_from(out.len() - 8).map_err(|_| Trouble::TooLarge)?;
    out[4..8].copy_from_slice(&length.to_le_bytes());
    Ok(out)
}
