//! In: bytes in DER (ITU-T X.690), from whoever sent them. Out: their parts, one after the other; and the way back.
//!
//! Only what a time stamp needs: tags of one byte, lengths that are given and spelled shortly. Whatever else comes is
//! nothing, and nothing here goes deeper than its caller asks.

/// An integer.
pub(super) const INTEGER: u8 = 0x02;
/// Bytes.
pub(super) const OCTETS: u8 = 0x04;
/// The name of a thing in the tree of all names.
pub(super) const OID: u8 = 0x06;
/// Text in UTF-8.
pub(super) const UTF8: u8 = 0x0c;
/// A time with its four-digit year.
pub(super) const TIME: u8 = 0x18;
/// Parts in their order.
pub(super) const SEQUENCE: u8 = 0x30;
/// Parts of one kind.
pub(super) const SET: u8 = 0x31;
/// The first part that a number marks.
pub(super) const MARKED: u8 = 0xa0;

/// Parts that are yet to be read.
#[derive(Debug, Clone, Copy)]
pub(super) struct Der<'b>(&'b [u8]);

impl<'b> Der<'b> {
    /// The parts in these bytes.
    pub(super) fn new(bytes: &'b [u8]) -> Der<'b> {
        Der(bytes)
    }

    /// The next part with its tag; none at the end, and for what is no DER.
    pub(super) fn any(&mut self) -> Option<(u8, &'b [u8])> {
        let (tag, rest) = self.0.split_first()?;
        let (first, rest) = rest.split_first()?;
        if tag & 0x1f == 0x1f {
            return None;
        }
        let (length, rest) = match first {
            0..=0x7f => (usize::from(*first), rest),
            0x81..=0x84 => {
                let (digits, rest) = rest.split_at_checked(usize::from(first & 0x7f))?;
                let length = digits.iter().fold(0_usize, |sum, digit| sum << 8 | usize::from(*digit));
                // The shortest spelling is the only one.
                let short = digits.first() != Some(&0) && length > 0x7f;
                (Some(length).filter(|_| short)?, rest)
            }
            _ => return None,
        };
        let (content, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some((*tag, content))
    }

    /// The next part, if it has this tag; otherwise it is still the next.
    pub(super) fn take(&mut self, tag: u8) -> Option<&'b [u8]> {
        let mut ahead = *self;
        let (_, content) = ahead.any().filter(|(found, _)| *found == tag)?;
        *self = ahead;
        Some(content)
    }

    /// The parts within the next part, if it has this tag.
    pub(super) fn enter(&mut self, tag: u8) -> Option<Der<'b>> {
        self.take(tag).map(Der)
    }

    /// Whether nothing is left.
    pub(super) fn is_done(self) -> bool {
        self.0.is_empty()
    }
}

/// A part of these parts.
pub(super) fn part(tag: u8, parts: &[&[u8]]) -> Vec<u8> {
    let content = parts.concat();
    let mut out = vec![tag];
    match content.len() {
        length @ 0..=0x7f => out.push(length as u8),
        length => {
            let digits = length.to_be_bytes();
            let first = digits.iter().position(|digit| *digit != 0).unwrap_or(digits.len() - 1);
            out.push(0x80 | (digits.len() - first) as u8);
            out.extend_from_slice(&digits[first..]);
        }
    }
    out.extend(content);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_read_as_it_was_written_and_in_no_other_spelling() {
        for length in [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x1_0000] {
            let bytes = part(OCTETS, &[&vec![7; length]]);
            let mut der = Der::new(&bytes);
            assert_eq!(der.take(INTEGER), None);
            assert_eq!(der.take(OCTETS).map(<[u8]>::len), Some(length));
            assert!(der.is_done());
            assert!(Der::new(&bytes[..bytes.len() - 1]).any().is_none(), "cut: {length}");
        }
        let bad: [&[u8]; 8] = [
            &[],
            &[0x30],
            &[0x30, 0x80, 0, 0],
            &[0x30, 0x81, 0x01, 0x05],
            &[0x30, 0x82, 0x00, 0x80],
            &[0x1f, 0x01, 0x00],
            &[0x30, 0x85, 0, 0, 0, 0, 1, 5],
            &[0x30, 0x84, 0xff, 0xff, 0xff, 0xff],
        ];
        for bad in bad {
            assert!(Der::new(bad).any().is_none(), "{bad:02x?}");
        }
    }
}
