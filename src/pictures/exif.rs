//! In: an Exif block (CIPA DC-008, a TIFF file in small). Out: how the picture has to be turned; nothing else is read.

use super::{be16, be32, le};
use crate::model::picture::Turn;

/// The turn that a block asks for; upright where it says nothing that can be understood.
pub(super) fn turn(block: &[u8]) -> Turn {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    read(block).unwrap_or(Turn::UPRIGHT)
}

fn read(block: &[u8]) -> Option<Turn> {
    let big = match block.get(..4)? {
        b"MM\0*" => true,
        b"II*\0" => false,
        _ => return None,
    };
    let short = |at: usize| if big { be16(block, at) } else { le(block, at, 2) };
    let long = |at: usize| if big { be32(block, at) } else { le(block, at, 4) };
    let first = usize::try_from(long(4).ok()?).ok()?;
    let entries = short(first).ok()?;
    for entry in 0..entries.min(512) as usize {
        let at = first.checked_add(2 + entry * 12)?;
        if short(at).ok()? == 0x0112 {
            return Some(Turn::of(u16::try_from(short(at + 8).ok()?).ok()?));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_turn_is_read_in_both_byte_orders_and_nonsense_is_upright() {
        let little = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0";
        let big = b"MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0";
        assert_eq!(turn(little).value(), 6);
        assert_eq!(turn(big).value(), 6);
        for nonsense in [&b""[..], b"II*\0\xff\xff\xff\xff", b"MM\0*\0\0\0\x08\xff\xff", b"Exif\0\0"] {
            assert_eq!(turn(nonsense), Turn::UPRIGHT);
        }
    }
}
