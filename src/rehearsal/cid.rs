//! In: a record or the bytes of a blob. Out: its content identifier, the one a real server gives it.
//!
//! A record is encoded as DAG-CBOR (<https://ipld.io/specs/codecs/dag-cbor/spec/>): map keys by length, then bytes; links
//! as tag 42. The identifier is CIDv1, SHA-256, base 32.

use serde_json::Value;
use sha2::{Digest, Sha256};

/// The identifier of a record.
pub fn of_record(record: &Value) -> String {
    let mut bytes = Vec::new();
    encode(record, &mut bytes);
    cid(0x71, &bytes)
}

/// The identifier of a blob.
pub fn of_blob(bytes: &[u8]) -> String {
    cid(0x55, bytes)
}

fn cid(codec: u8, bytes: &[u8]) -> String {
    let mut cid = vec![0x01, codec, 0x12, 0x20];
    cid.extend_from_slice(&Sha256::digest(bytes));
    format!("b{}", base32(&cid))
}

/// RFC 4648 base 32, lower case, no padding.
pub(crate) fn base32(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let mut out = String::new();
    let (mut held, mut bits) = (0u32, 0);
    for byte in bytes {
        held = held << 8 | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            out.push(char::from(DIGITS[(held >> bits & 31) as usize]));
        }
    }
    if bits > 0 {
        out.push(char::from(DIGITS[(held << (5 - bits) & 31) as usize]));
    }
    out
}

fn unbase32(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let (mut held, mut bits) = (0u32, 0);
    for byte in text.bytes() {
        let digit = match byte {
            b'a'..=b'z' => byte - b'a',
            b'2'..=b'7' => byte - b'2' + 26,
            _ => continue,
        };
        held = held << 5 | u32::from(digit);
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            out.push((held >> bits & 255) as u8);
        }
    }
    out
}

fn encode(value: &Value, out: &mut Vec<u8>) {
    match value {
        Value::Null => out.push(0xf6),
        Value::Bool(yes) => out.push(if *yes { 0xf5 } else { 0xf4 }),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(number), _) => head(0, number, out),
            (None, Some(number)) => head(1, number.unsigned_abs() - 1, out),
            (None, None) => {
                out.push(0xfb);
                out.extend_from_slice(&number.as_f64().unwrap_or_default().to_be_bytes());
            }
        },
        Value::String(text) => {
            head(3, text.len() as u64, out);
            out.extend_from_slice(text.as_bytes());
        }
        Value::Array(items) => {
            head(4, items.len() as u64, out);
            items.iter().for_each(|item| encode(item, out));
        }
        Value::Object(fields) if fields.len() == 1 && fields.contains_key("$link") => link(&fields["$link"], out),
        Value::Object(fields) => {
            let mut fields: Vec<(&String, &Value)> = fields.iter().collect();
            fields.sort_by_key(|(name, _)| (name.len(), name.as_bytes()));
            head(5, fields.len() as u64, out);
            for (name, value) in fields {
                head(3, name.len() as u64, out);
                out.extend_from_slice(name.as_bytes());
                encode(value, out);
            }
        }
    }
}

fn link(cid: &Value, out: &mut Vec<u8>) {
    let bytes = unbase32(cid.as_str().unwrap_or_default().trim_start_matches('b'));
    out.extend_from_slice(&[0xd8, 42]);
    head(2, bytes.len() as u64 + 1, out);
    out.push(0);
    out.extend_from_slice(&bytes);
}

/// A CBOR head (RFC 8949, section 3): major type and the shortest form of the number.
fn head(major: u8, number: u64, out: &mut Vec<u8>) {
    let major = major << 5;
    match number {
        0..=23 => out.push(major | number as u8),
        24..=0xff => out.extend_from_slice(&[major | 24, number as u8]),
        0x100..=0xffff => {
            out.push(major | 25);
            out.extend_from_slice(&(number as u16).to_be_bytes());
        }
        0x1_0000..=0xffff_ffff => {
            out.push(major | 26);
            out.extend_from_slice(&(number as u32).to_be_bytes());
        }
        _ => {
            out.push(major | 27);
            out.extend_from_slice(&number.to_be_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn known_values_have_their_known_identifiers() {
        // Computed apart, with hashlib and base64 of Python, from the bytes a0 and "hello world".
        assert_eq!(of_record(&json!({})), "bafyreigbtj4x7ip5legnfznufuopl4sg4knzc2cof6duas4b3q2fy6swua");
        assert_eq!(of_blob(b"hello world"), "bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e");
    }

    #[test]
    fn the_order_of_fields_makes_no_difference() {
        assert_eq!(of_record(&json!({"a": 1, "bb": [true, null, -7]})), of_record(&json!({"bb": [true, null, -7], "a": 1})));
    }
}
