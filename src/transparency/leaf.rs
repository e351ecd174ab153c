//! In: an entry of the log. Out: which act of publication it stands for, and back (format version 1).
//!
//! One line of canonical JSON (RFC 8785, strings and integers only), ASCII, keys sorted, without a line end. It holds no
//! text and no name: an opaque id, an action, a time and a commitment that nobody can confirm by guessing. What is read
//! must be exactly what would be written.
//!
//! | action | `c` | `k` | `n` and `p` | `r` |
//! |---|---|---|---|---|
//! | `published` | commitment to the record | kind of record | 1 and -1; after a withdrawal as the others | empty |
//! | `revised` | commitment to the new record | kind | one more than the previous; its index | any |
//! | `withdrawn` | commitment to the record as it now stands | kind | as above | a reason |
//! | `erased` | 64 noughts: nothing is left to commit to | kind | as above | a reason |
//! | `key` | SHA-256 of the new verifier key's text, without a line end | `key` | a chain of its own | empty |
//!
//! The text of a key that a `key` leaf announces is published as `keys/<its eight digits>` below the log.

use super::encoding::{hex, unhex};
use super::tree::{self, Hash};
use crate::text::canonical;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// Version of this format.
pub const VERSION: u64 = 1;
/// Characters of an id.
pub const ID: usize = 26;
/// The kind that `key` leaves name.
pub const KEY_KIND: &str = "key";
/// What an erased leaf has in place of a commitment.
pub const NOTHING: Hash = [0; 32];
/// Integers beyond this are not the same in every reader of JSON.
const MOST: u64 = (1 << 53) - 1;

/// An entry that is no leaf.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LeafError {
    /// Not the one canonical line.
    #[error("it is not one line of canonical JSON with the keys action, c, id, k, n, p, r, t and v")]
    Form,
    /// A value that its key does not allow.
    #[error("its `{0}` is not what may stand there")]
    Value(&'static str),
}

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Action {
    /// Published for the first time, or again after a withdrawal.
    Published,
    /// Published in a new version.
    Revised,
    /// Marked as no longer valid; the text stays.
    Withdrawn,
    /// Taken away with its text.
    Erased,
    /// A further key of the log was made known.
    Key,
}

impl Action {
    /// All of them.
    pub const ALL: [Action; 5] = [Action::Published, Action::Revised, Action::Withdrawn, Action::Erased, Action::Key];

    /// Its word.
    pub fn word(self) -> &'static str {
        match self {
            Action::Published => "published",
            Action::Revised => "revised",
            Action::Withdrawn => "withdrawn",
            Action::Erased => "erased",
            Action::Key => "key",
        }
    }

    /// The action of a word.
    pub fn of(word: &str) -> Option<Action> {
        Action::ALL.into_iter().find(|action| action.word() == word)
    }
}

/// Why it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// No reason is given.
    None,
    /// A mistake in the text was corrected.
    Correction,
    /// Something newer stands in its place.
    Superseded,
    /// A court has ordered it.
    CourtOrder,
    /// The law on personal data asks for it.
    DataProtection,
    /// Somebody else's right in the text.
    Copyright,
    /// It should not have been published.
    Mistake,
}

impl Reason {
    /// All of them.
    pub const ALL: [Reason; 7] = [
        Reason::None,
        Reason::Correction,
        Reason::Superseded,
        Reason::CourtOrder,
        Reason::DataProtection,
        Reason::Copyright,
        Reason::Mistake,
    ];

    /// Its word; empty for none.
    pub fn word(self) -> &'static str {
        match self {
            Reason::None => "",
            Reason::Correction => "correction",
            Reason::Superseded => "superseded",
            Reason::CourtOrder => "court-order",
            Reason::DataProtection => "data-protection",
            Reason::Copyright => "copyright",
            Reason::Mistake => "mistake",
        }
    }

    /// The reason of a word.
    pub fn of(word: &str) -> Option<Reason> {
        Reason::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// An entry of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// What was done.
    pub action: Action,
    /// The commitment.
    pub c: Hash,
    /// Opaque and lasting: 26 characters `a`–`z`, `0`–`9`.
    pub id: String,
    /// The kind of record: lower-case letters, digits and hyphens.
    pub k: String,
    /// Which version of this id, from one.
    pub n: u64,
    /// Index of the previous leaf of this id; none for the first.
    pub p: Option<u64>,
    /// Why.
    pub r: Reason,
    /// When, to the second.
    pub t: Timestamp,
    /// Version of this format.
    pub v: u64,
}

impl Leaf {
    /// The line, without a line end: the bytes of the log's entry.
    pub fn line(&self) -> String {
        let previous = self.p.map_or(json!(-1), |index| json!(index));
        let value = json!({
            "action": self.action.word(), "c": hex(&self.c), "id": self.id, "k": self.k, "n": self.n, "p": previous,
            "r": self.r.word(), "t": stamp(self.t), "v": self.v,
        });
        String::from_utf8(canonical::json(&value)).expect("JSON is UTF-8")
    }

    /// The hash of the leaf in the tree.
    pub fn hash(&self) -> Hash {
        tree::leaf_hash(self.line().as_bytes())
    }

    /// Reads an entry; anything but the line that [`Leaf::line`] would write is refused.
    pub fn parse(entry: &[u8]) -> Result<Leaf, LeafError> {
        let Ok(Value::Object(map)) = serde_json::from_slice(entry) else { return Err(LeafError::Form) };
        let text = |key| map.get(key).and_then(Value::as_str).ok_or(LeafError::Form);
        let number = |key| map.get(key).and_then(Value::as_u64).ok_or(LeafError::Form);
        let leaf = Leaf {
            action: Action::of(text("action")?).ok_or(LeafError::Value("action"))?,
            c: unhex(text("c")?).ok_or(LeafError::Value("c"))?,
            id: text("id")?.to_owned(),
            k: text("k")?.to_owned(),
            n: number("n")?,
            p: if map.get("p").and_then(Value::as_i64) == Some(-1) { None } else { Some(number("p")?) },
            r: Reason::of(text("r")?).ok_or(LeafError::Value("r"))?,
            t: text("t")?.parse().map_err(|_| LeafError::Value("t"))?,
            v: number("v")?,
        };
        leaf.check()?;
        if leaf.line().as_bytes() == entry { Ok(leaf) } else { Err(LeafError::Form) }
    }

    /// Whether every value is one that its key allows, and they go together.
    pub fn check(&self) -> Result<(), LeafError> {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit();
        let sound = |holds: bool, key| if holds { Ok(()) } else { Err(LeafError::Value(key)) };
        sound(self.v == VERSION, "v")?;
        sound(self.id.len() == ID && self.id.chars().all(plain), "id")?;
        sound((1..=32).contains(&self.k.len()) && self.k.chars().all(|c| plain(c) || c == '-'), "k")?;
        sound((self.k == KEY_KIND) == (self.action == Action::Key), "k")?;
        sound((1..=MOST).contains(&self.n), "n")?;
        sound(self.p.is_some() == (self.n > 1) && self.p.is_none_or(|index| index <= MOST), "p")?;
        sound(self.n > 1 || matches!(self.action, Action::Published | Action::Key), "action")?;
        sound((self.c == NOTHING) == (self.action == Action::Erased), "c")?;
        sound(self.action != Action::Erased || self.r != Reason::None, "r")?;
        sound(!matches!(self.action, Action::Published | Action::Key) || self.r == Reason::None, "r")?;
        sound(self.t.subsec_nanosecond() == 0 && stamp(self.t).len() == 20, "t")
    }
}

/// `2026-11-20T10:00:00Z`.
pub fn stamp(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// What a leaf says of a record: nobody who does not have the salt can confirm a guess at the text.
pub fn commitment(salt: &[u8; 32], record_json_sha256: &[u8; 32]) -> Hash {
    Sha256::new().chain_update(b"record/v1\n").chain_update(salt).chain_update(record_json_sha256).finalize().into()
}

/// An id of 26 characters from 16 random bytes (base32 as in RFC 4648, in lower case, without padding).
pub fn opaque_id(random: &[u8; 16]) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let whole = u128::from_be_bytes(*random);
    // 128 bits are 25 letters of five and one of three, which base32 fills up with noughts.
    let five = |at: u32| if at < 25 { whole >> (123 - 5 * at) & 31 } else { whole << 2 & 31 };
    (0..26).map(|at| char::from(LETTERS[five(at) as usize])).collect()
}

/// The `extra` of a record's proof: its leaf and its salt, as canonical JSON.
pub fn extra(leaf: &Leaf, salt: &[u8; 32]) -> Vec<u8> {
    canonical::json(&json!({ "leaf": leaf.line(), "salt": hex(salt) }))
}

/// Reads an `extra`; anything but what [`extra`] writes is refused.
pub fn parse_extra(bytes: &[u8]) -> Result<(Leaf, [u8; 32]), LeafError> {
    let Ok(Value::Object(map)) = serde_json::from_slice(bytes) else { return Err(LeafError::Form) };
    let text = |key| map.get(key).and_then(Value::as_str).ok_or(LeafError::Form);
    let leaf = Leaf::parse(text("leaf")?.as_bytes())?;
    let salt = unhex(text("salt")?).ok_or(LeafError::Value("salt"))?;
    if extra(&leaf, &salt) == bytes { Ok((leaf, salt)) } else { Err(LeafError::Form) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"action":"published","c":"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef","id":"abcdefghijklmnopqrstuvwxyz","k":"decision","n":1,"p":-1,"r":"","t":"2026-11-20T10:00:00Z","v":1}"#;

    fn refused(from: &str, to: &str) -> LeafError {
        let line = LINE.replace(from, to);
        assert_ne!(line, LINE, "nothing was changed");
        Leaf::parse(line.as_bytes()).expect_err(&line)
    }

    #[test]
    fn the_line_of_the_specification_is_read_and_written_again() {
        let leaf = Leaf::parse(LINE.as_bytes()).unwrap();
        assert_eq!((leaf.line().as_str(), leaf.n, leaf.p, leaf.k.as_str()), (LINE, 1, None, "decision"));
        let again = Leaf { action: Action::Withdrawn, n: 2, p: Some(7), r: Reason::CourtOrder, ..leaf.clone() };
        assert_eq!(Leaf::parse(again.line().as_bytes()), Ok(again.clone()));
        let erased = Leaf { action: Action::Erased, c: NOTHING, n: 3, p: Some(9), ..again };
        assert_eq!(Leaf::parse(erased.line().as_bytes()), Ok(erased.clone()));
        assert_eq!(parse_extra(&extra(&erased, &[5; 32])), Ok((erased, [5; 32])));
    }

    #[test]
    fn another_order_spacing_key_or_spelling_is_refused() {
        for (from, to) in [
            (":1,", ": 1,"),
            ("{", "{ "),
            ("}", "}\n"),
            ("}", ",\"w\":1}"),
            ("}", ",\"v\":1}"),
            ("\"n\":1,\"p\":-1", "\"p\":-1,\"n\":1"),
            ("published", "\\u0070ublished"),
            ("\"v\":1", "\"v\":1.0"),
            ("\"n\":1", "\"n\":\"1\""),
            (",\"r\":\"\"", ""),
            ("\"p\":-1", "\"p\":-2"),
        ] {
            assert_eq!(refused(from, to), LeafError::Form, "{to}");
        }
        for (from, to, key) in [
            ("published", "deleted", "action"),
            ("published", "revised", "action"),
            ("published", "key", "k"),
            ("decision", "key", "k"),
            ("decision", "De", "k"),
            ("0123", "012G", "c"),
            (&"0123456789abcdef".repeat(4), &"0".repeat(64), "c"),
            ("xyz", "xy", "id"),
            ("\"n\":1", "\"n\":2", "p"),
            ("\"n\":1", "\"n\":0", "n"),
            ("\"p\":-1", "\"p\":3", "p"),
            ("\"r\":\"\"", "\"r\":\"whim\"", "r"),
            ("\"r\":\"\"", "\"r\":\"mistake\"", "r"),
            ("10:00:00Z", "25:00:00Z", "t"),
            ("10:00:00Z", "10:00:00.5Z", "t"),
            ("\"v\":1", "\"v\":2", "v"),
        ] {
            assert_eq!(refused(from, to), LeafError::Value(key), "{to}");
        }
        assert_eq!(refused("10:00:00Z", "11:00:00+01:00"), LeafError::Form);
    }

    #[test]
    fn an_id_is_26_characters_and_holds_every_bit() {
        // RFC 4648 base32 of sixteen bytes, computed with Python's base64 module.
        assert_eq!(opaque_id(&std::array::from_fn(|at| at as u8)), "aaaqeayeaudaocajbifqydiob4");
        assert_eq!(opaque_id(&[255; 16]), "77777777777777777777777774");
        assert_eq!(opaque_id(&[0; 16]).len(), ID);
    }
}
