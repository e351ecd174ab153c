//! In: when something happened, and an announcement's key. Out: the record key that the post has on AT Protocol, for ever.
//!
//! A TID is a 64-bit number as 13 base-32-sortable digits: 53 bits of microseconds, 10 bits of a clock id
//! (<https://atproto.com/specs/tid>). Ours is made of the second of the event and of the key, never of the clock, so that
//! a repeat, years later, is the same record.

use crate::model::announcement::Key;
use jiff::Timestamp;

const DIGITS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// The record key of an announcement.
pub fn of(at: Timestamp, key: &Key) -> String {
    let hash = key.number();
    let second = u64::try_from(at.as_second()).unwrap_or(0);
    let micros = (second * 1_000_000 + (hash >> 10) % 1_000_000) & ((1 << 53) - 1);
    encode(micros << 10 | hash & 1023)
}

/// Whether a text is a TID.
pub fn is_valid(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.len() == 13 && bytes.iter().all(|byte| DIGITS.contains(byte)) && DIGITS[..16].contains(&bytes[0])
}

fn encode(number: u64) -> String {
    (0..13).rev().map(|place| char::from(DIGITS[(number >> (place * 5) & 31) as usize])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::announcement::Event;
    use crate::model::record::RecordId;
    use proptest::prelude::*;

    fn key(version: &str) -> Key {
        let record = RecordId("alerts/2026/storm".into());
        Key::of("bluesky", "https://bsky.social/norrvik.example", &record, "sv".parse().unwrap(), version, Event::Updated)
    }

    #[test]
    fn the_same_announcement_has_the_same_key_and_another_another() {
        let at: Timestamp = "2026-09-01T08:00:00Z".parse().unwrap();
        assert_eq!(of(at, &key("1")), of(at, &key("1")));
        assert_ne!(of(at, &key("1")), of(at, &key("2")));
        assert!(of(at, &key("1")) < of("2026-09-01T08:00:01Z".parse().unwrap(), &key("2")), "keys sort by time");
    }

    proptest! {
        #[test]
        fn every_key_is_a_tid(second in 0i64..8_000_000_000, version in ".{0,8}") {
            prop_assert!(is_valid(&of(Timestamp::from_second(second).unwrap(), &key(&version))));
        }
    }
}
