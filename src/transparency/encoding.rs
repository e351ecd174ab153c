//! In: bytes. Out: their hexadecimal and base64 spelling, and back; only the one canonical spelling is read.

use super::tree::Hash;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Bytes in lower-case hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |four: u8| char::from(DIGITS[usize::from(four)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Thirty-two bytes from 64 lower-case hexadecimal digits.
pub fn unhex(text: &str) -> Option<Hash> {
    let digits = text.as_bytes();
    let value = |digit: u8| match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    };
    if digits.len() != 64 {
        return None;
    }
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.chunks(2)) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(hash)
}

/// Bytes in base64 (RFC 4648 section 4, padded).
pub(super) fn base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// Bytes from base64; spare bits, missing padding and foreign characters are refused.
pub(super) fn unbase64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// A hash from base64.
pub(super) fn unbase64_hash(text: &str) -> Option<Hash> {
    unbase64(text)?.try_into().ok()
}

/// A decimal number without sign or leading zero.
pub(super) fn decimal(text: &str) -> Option<u64> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) && (text == "0" || !text.starts_with('0'));
    if plain { text.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_spelling_is_read() {
        let hash: Hash = std::array::from_fn(|at| at as u8 * 7);
        assert_eq!(unhex(&hex(&hash)), Some(hash));
        assert_eq!(unhex(&hex(&hash).to_uppercase()), None);
        assert_eq!(unhex(&hex(&hash)[..62]), None);
        assert_eq!(unbase64("AA=="), Some(vec![0]));
        for bad in ["AB==", "AA=", "AA", "A A=", "AA==\n", "A-=="] {
            assert_eq!(unbase64(bad), None, "{bad:?}");
        }
        assert_eq!((decimal("0"), decimal("18446744073709551615")), (Some(0), Some(u64::MAX)));
        for bad in ["", "00", "01", "+1", "-1", "1 ", "18446744073709551616", "\u{661}"] {
            assert_eq!(decimal(bad), None, "{bad:?}");
        }
    }
}
