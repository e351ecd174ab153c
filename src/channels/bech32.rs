//! In: bytes and a short name for what they are. Out: text such as `npub1…`, and back.
//!
//! Bech32 as BIP-173 has it (<https://github.com/bitcoin/bips/blob/master/bip-0173.mediawiki>), without its limit of 90
//! characters, as NIP-19 (<https://github.com/nostr-protocol/nips/blob/master/19.md>) uses it.

const LETTERS: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const CHECK: usize = 6;

/// The text of some bytes.
pub fn encode(name: &str, bytes: &[u8]) -> String {
    let mut five = regroup(bytes, 8, 5, true).unwrap_or_default();
    let sum = checksum(name, &five);
    five.extend((0..CHECK).map(|at| ((sum >> (5 * (CHECK - 1 - at))) & 31) as u8));
    let letters: String = five.iter().map(|value| LETTERS[usize::from(*value)] as char).collect();
    format!("{name}1{letters}")
}

/// The name and the bytes of a text; nothing where it was mistyped.
pub fn decode(text: &str) -> Option<(String, Vec<u8>)> {
    let mixed = text.chars().any(|c| c.is_ascii_lowercase()) && text.chars().any(|c| c.is_ascii_uppercase());
    let lower = text.to_ascii_lowercase();
    let (name, data) = lower.rsplit_once('1').filter(|(name, _)| !name.is_empty() && !mixed)?;
    let five: Vec<u8> =
        data.bytes().map(|byte| LETTERS.iter().position(|letter| *letter == byte).map(|at| at as u8)).collect::<Option<_>>()?;
    if five.len() < CHECK || polymod(expanded(name).chain(five.iter().copied())) != 1 {
        return None;
    }
    Some((name.to_owned(), regroup(&five[..five.len() - CHECK], 5, 8, false)?))
}

fn checksum(name: &str, five: &[u8]) -> u32 {
    polymod(expanded(name).chain(five.iter().copied()).chain([0; CHECK])) ^ 1
}

fn expanded(name: &str) -> impl Iterator<Item = u8> + '_ {
    name.bytes().map(|byte| byte >> 5).chain([0]).chain(name.bytes().map(|byte| byte & 31))
}

fn polymod(values: impl Iterator<Item = u8>) -> u32 {
    const GENERATOR: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
    values.fold(1, |sum: u32, value| {
        let top = sum >> 25;
        let shifted = ((sum & 0x01ff_ffff) << 5) ^ u32::from(value);
        GENERATOR.iter().enumerate().filter(|(at, _)| (top >> at) & 1 == 1).fold(shifted, |sum, (_, part)| sum ^ part)
    })
}

/// Groups of `from` bits as groups of `to` bits. What is left over must be nothing but padding.
fn regroup(values: &[u8], from: u32, to: u32, pad: bool) -> Option<Vec<u8>> {
    let (mut held, mut bits, mut out) = (0_u32, 0, Vec::new());
    for value in values {
        held = ((held << from) | u32::from(*value)) & 0xfff;
        bits += from;
        while bits >= to {
            bits -= to;
            out.push(((held >> bits) & ((1 << to) - 1)) as u8);
        }
    }
    let rest = held & ((1 << bits) - 1);
    if pad && bits > 0 {
        out.push((rest << (to - bits)) as u8);
    }
    (pad || (bits < from && rest == 0)).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::announcement::hex;

    #[test]
    fn the_examples_of_nip_19_are_read_and_written() {
        let cases = [
            (
                "npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg",
                "7e7e9c42a91bfef19fa929e5fda1b72e0ebc1a4c1141673e2794234d86addf4e",
            ),
            (
                "nsec1vl029mgpspedva04g90vltkh6fvh240zqtv9k0t9af8935ke9laqsnlfe5",
                "67dea2ed018072d675f5415ecfaed7d2597555e202d85b3d65ea4e58d2d92ffa",
            ),
        ];
        for (text, bytes) in cases {
            let (name, read) = decode(text).unwrap();
            assert_eq!(hex(&read), bytes);
            assert_eq!(encode(&name, &read), text);
            assert_eq!(decode(&text.to_uppercase()).unwrap().1, read);
        }
    }

    #[test]
    fn a_mistyped_text_is_none() {
        assert_eq!(decode("npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptq"), None);
        assert_eq!(decode("Npub10elfcs4fr0l0r8af98jlmgdh9c8tcxjvz9qkw038js35mp4dma8qzvjptg"), None);
        assert_eq!(decode("1qqqqqq"), None);
        assert_eq!(decode("A12UEL5L").map(|(name, bytes)| (name, bytes.len())), Some(("a".into(), 0)), "BIP-173");
    }
}
