//! In: the bytes of an AVIF file (ISO/IEC 14496-12 boxes). Out: its size; one with metadata is refused, because taking
//! it out would mean to write the whole file anew.

use super::{Trouble, be32, part};

/// Whether the file says that it is one.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let brands = be32(bytes, 0).ok().and_then(|length| bytes.get(..length as usize)).unwrap_or_default();
    brands.get(4..8) == Some(b"ftyp") && brands.get(8..).is_some_and(|rest| rest.chunks(4).any(|brand| matches!(brand, b"avif" | b"avis")))
}

/// Width and height, and whether it moves.
pub(super) fn head(bytes: &[u8]) -> Result<((u32, u32), bool), Trouble> {
    let mut at = 0;
    let mut meta = None;
    while at < bytes.len() {
        let length = be32(bytes, at)? as usize;
        let whole = part(bytes, at, if length == 0 { bytes.len() - at } else { length })?;
        match part(whole, 4, 4)? {
            b"meta" => meta = Some(whole),
            b"uuid" => return Err(Trouble::Metadata),
            _ => {}
        }
        if whole.len() < 8 {
            return Err(Trouble::Broken("a part says that it has no length"));
        }
        at += whole.len();
    }
    let meta = meta.ok_or(Trouble::Broken("it does not say how large it is"))?;
    let find = |name: &[u8; 4]| meta.windows(4).position(|four| four == name);
    if find(b"Exif").is_some() || find(b"mime").is_some() {
        return Err(Trouble::Metadata);
    }
    let size = find(b"ispe").ok_or(Trouble::Broken("it does not say how large it is"))?;
    Ok(((be32(meta, size + 8)?, be32(meta, size + 12)?), bytes.get(8..12) == Some(b"avis")))
}
