//! In: the bytes of a JPEG file (ITU-T T.81, JFIF). Out: its segments, its size, and the file without metadata.

use super::{ENDS_EARLY, Trouble, be16, exif, part};
use crate::model::picture::Turn;
use std::ops::Range;

const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;

struct Segment {
    marker: u8,
    /// All its bytes with the marker; of a scan, its coded data too.
    range: Range<usize>,
}

impl Segment {
    /// What stands after marker and length.
    fn body<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        bytes.get(self.range.start + 4..self.range.end).unwrap_or_default()
    }
}

/// The segments up to the first end mark; what follows it is no part of the picture.
fn segments(bytes: &[u8]) -> Result<Vec<Segment>, Trouble> {
    let mut all = vec![Segment { marker: START, range: 0..2 }];
    let mut at = 2;
    loop {
        if part(bytes, at, 2)?[0] != 0xFF {
            return Err(Trouble::Broken("there is something between its parts"));
        }
        let marker = bytes[at + 1];
        match marker {
            0xFF => at += 1,
            END => {
                all.push(Segment { marker, range: at..at + 2 });
                return Ok(all);
            }
            0x01 | 0xD0..=0xD8 => return Err(Trouble::Broken("a mark stands where none may be")),
            _ => {
                let length = be16(bytes, at + 2)? as usize;
                if length < 2 {
                    return Err(Trouble::Broken("a part says that it has no length"));
                }
                part(bytes, at + 2, length)?;
                let mut end = at + 2 + length;
                if marker == SCAN {
                    end = after_scan(bytes, end)?;
                }
                all.push(Segment { marker, range: at..end });
                at = end;
            }
        }
    }
}

/// Where coded data ends: at the first mark that is neither a stuffed zero nor a restart.
fn after_scan(bytes: &[u8], from: usize) -> Result<usize, Trouble> {
    let mut at = from;
    loop {
        at += bytes.get(at..).and_then(|rest| rest.iter().position(|byte| *byte == 0xFF)).ok_or(ENDS_EARLY)?;
        match bytes.get(at + 1).ok_or(ENDS_EARLY)? {
            0x00 | 0xD0..=0xD7 => at += 2,
            0xFF => at += 1,
            _ => return Ok(at),
        }
    }
}

/// Width, height and turn as stored.
pub(super) fn head(bytes: &[u8]) -> Result<(u32, u32, Turn), Trouble> {
    let segments = segments(bytes)?;
    let frame = segments.iter().find(|segment| matches!(segment.marker, 0xC0..=0xCF) && !matches!(segment.marker, 0xC4 | 0xC8 | 0xCC));
    let frame = frame.ok_or(Trouble::Broken("it does not say how large it is"))?.body(bytes);
    let (height, width) = (be16(frame, 1)?, be16(frame, 3)?);
    if !segments.iter().any(|segment| segment.marker == SCAN) {
        return Err(Trouble::Broken("there is no picture in it"));
    }
    let block = segments.iter().filter(|segment| segment.marker == 0xE1).map(|segment| segment.body(bytes));
    let turn = block.filter(|body| body.starts_with(b"Exif\0\0")).map(exif::turn).next().unwrap_or(Turn::UPRIGHT);
    Ok((width, height, turn))
}

/// The file with nothing but what its picture needs: tables, frames, scans, the colour profile, and Adobe's word on
/// how colours are coded. Comments, Exif, XMP, IPTC, thumbnails and whatever follows the end are gone.
pub(super) fn bare(bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
    let mut out = Vec::with_capacity(bytes.len());
    for segment in segments(bytes)? {
        let body = segment.body(bytes);
        let stays = match segment.marker {
            0xE0 => body.starts_with(b"JFIF\0") && body.len() == 14,
            0xE2 => body.starts_with(b"ICC_PROFILE\0"),
            0xEE => body.starts_with(b"Adobe") && body.len() == 12,
            0xE1..=0xEF | 0xFE => false,
            _ => true,
        };
        if stays {
            out.extend_from_slice(&bytes[segment.range]);
        }
    }
    Ok(out)
}
