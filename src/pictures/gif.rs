//! In: the bytes of a GIF file (GIF 87a, 89a). Out: its size, and the file without comments and foreign extensions.

use super::{Trouble, le, part};

/// Width and height.
pub(super) fn head(bytes: &[u8]) -> Result<(u32, u32), Trouble> {
    bare(bytes)?;
    Ok((le(bytes, 6, 2)?, le(bytes, 8, 2)?))
}

/// The file with its pictures, their timing and how often they repeat; comments, XMP and what follows the end are gone.
pub(super) fn bare(bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
    let mut at = 13 + table(part(bytes, 10, 1)?[0]);
    let mut out = Vec::with_capacity(bytes.len());
    out.extend_from_slice(part(bytes, 0, at)?);
    loop {
        let from = at;
        let stays = match part(bytes, at, 1)?[0] {
            0x3B => {
                out.push(0x3B);
                return Ok(out);
            }
            0x2C => {
                at += 10 + table(part(bytes, at + 9, 1)?[0]) + 1;
                true
            }
            0x21 => {
                let label = part(bytes, at + 1, 1)?[0];
                at += 2;
                label == 0xF9 || (label == 0xFF && part(bytes, at, 12)? == b"\x0bNETSCAPE2.0")
            }
            _ => return Err(Trouble::Broken("there is something between its parts")),
        };
        at = after_blocks(bytes, at)?;
        if stays {
            out.extend_from_slice(part(bytes, from, at - from)?);
        }
    }
}

/// Length of the colour table that a packed field announces.
fn table(packed: u8) -> usize {
    if packed & 0x80 == 0 { 0 } else { 3 << ((packed & 7) + 1) }
}

fn after_blocks(bytes: &[u8], mut at: usize) -> Result<usize, Trouble> {
    loop {
        let length = part(bytes, at, 1)?[0];
        at += 1 + usize::from(length);
        if length == 0 {
            return Ok(at);
        }
    }
}
