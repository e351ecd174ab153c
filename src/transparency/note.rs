//! In: the bytes of a signed note, and the keys one trusts. Out: its text and who has signed it (C2SP signed-note 1.0).
//!
//! A note is a text, an empty line, and signature lines. A signature by an unknown key is passed over; one by a known key
//! that does not hold refuses the whole note, and so does a note that no known key has signed.

use super::encoding::unbase64;
use super::keys::is_name;

pub use super::keys::{KeyError, Kind, SigningKey, VerifierKey};

/// Most signature lines of a note.
pub const SIGNATURE_LIMIT: usize = 100;
/// Longest note, in bytes.
pub const NOTE_LIMIT: usize = 1_000_000;

/// A note that is not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// Not UTF-8, too long, or a control character.
    #[error("it is not plain text")]
    Text,
    /// Not a text, an empty line and signature lines.
    #[error("it is not a text, an empty line and signature lines")]
    Form,
    /// A signature line that cannot be read.
    #[error("its signature line {0} cannot be read")]
    Line(usize),
    /// Too many signatures.
    #[error("it has more than {SIGNATURE_LIMIT} signatures")]
    TooMany,
    /// A known key's signature does not hold.
    #[error("the signature of {0} does not belong to this text")]
    Signature(String),
    /// No known key has signed it.
    #[error("none of the trusted keys has signed it")]
    Unsigned,
}

/// One signature line.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    name: String,
    id: [u8; 4],
    signature: Vec<u8>,
}

/// A note whose signatures are not yet checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    lines: Vec<Line>,
}

/// A signature that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    /// Whose.
    pub name: String,
    /// The id of the key.
    pub id: [u8; 4],
    /// When a witness has signed, in seconds since 1970; none for a log.
    pub time: Option<u64>,
}

impl Note {
    /// Reads a note.
    pub fn parse(bytes: &[u8]) -> Result<Note, NoteError> {
        let whole = std::str::from_utf8(bytes).map_err(|_| NoteError::Text)?;
        if whole.len() > NOTE_LIMIT || whole.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
            return Err(NoteError::Text);
        }
        let split = whole.rfind("\n\n").ok_or(NoteError::Form)?;
        let (text, block) = (&whole[..=split], &whole[split + 2..]);
        let block = block.strip_suffix('\n').ok_or(NoteError::Form)?;
        if block.split('\n').count() > SIGNATURE_LIMIT {
            return Err(NoteError::TooMany);
        }
        let lines = block.split('\n').enumerate().map(|(at, line)| read_line(line).ok_or(NoteError::Line(at + 1)));
        Ok(Note { text: text.to_owned(), lines: lines.collect::<Result<_, _>>()? })
    }

    /// The text that is signed, its last line end included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whose signatures it carries: names and ids of keys, which say nothing until they are checked.
    pub fn signers(&self) -> impl Iterator<Item = (&str, [u8; 4])> {
        self.lines.iter().map(|line| (line.name.as_str(), line.id))
    }

    /// The signatures of the keys one trusts, each key once; fails where one of them does not hold or none is there.
    pub fn verified(&self, keys: &[VerifierKey]) -> Result<Vec<Verified>, NoteError> {
        let mut found: Vec<Verified> = Vec::new();
        for line in &self.lines {
            let Some(key) = keys.iter().find(|key| key.name() == line.name && key.id() == line.id) else { continue };
            let time = key.verify(&self.text, &line.signature).ok_or_else(|| NoteError::Signature(line.name.clone()))?;
            if !found.iter().any(|known| known.name == line.name && known.id == line.id) {
                found.push(Verified { name: line.name.clone(), id: line.id, time });
            }
        }
        if found.is_empty() { Err(NoteError::Unsigned) } else { Ok(found) }
    }
}

fn read_line(line: &str) -> Option<Line> {
    let (name, signature) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let bytes = unbase64(signature)?;
    let (id, signature) = bytes.split_first_chunk::<4>()?;
    let sound = is_name(name) && !signature.is_empty();
    sound.then(|| Line { name: name.to_owned(), id: *id, signature: signature.to_vec() })
}

/// Whether this may be a line of signatures: what a witness answers.
pub(super) fn is_signature(line: &str) -> bool {
    read_line(line).is_some()
}

/// A text with the signature of a log's key.
pub fn sign(text: &str, key: &SigningKey) -> Result<String, NoteError> {
    sign_all(text, &[key])
}

/// A text with the signatures of several keys, as while one takes over from another.
pub fn sign_all(text: &str, keys: &[&SigningKey]) -> Result<String, NoteError> {
    if !text.ends_with('\n') || text.bytes().any(|byte| byte < 0x20 && byte != b'\n') {
        return Err(NoteError::Text);
    }
    let mut note = format!("{text}\n");
    for key in keys {
        // A cosignature needs a time, and what signs notes has none.
        if key.verifier().kind() != Kind::Ed25519 {
            return Err(NoteError::Signature(key.verifier().name().to_owned()));
        }
        note.push_str(&key.line(text, 0));
    }
    if keys.is_empty() { Err(NoteError::Unsigned) } else { Ok(note) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(seed: u8) -> SigningKey {
        SigningKey::from_seed("norrvik.example/log", [seed; 32]).unwrap()
    }

    #[test]
    fn what_one_signs_the_other_accepts_and_a_second_broken_line_refuses_it_all() {
        let (one, two) = (key(1), key(2));
        let note = sign_all("a\n\nb\n", &[&one, &two]).unwrap();
        let read = Note::parse(note.as_bytes()).unwrap();
        assert_eq!(read.text(), "a\n\nb\n");
        let both = [one.verifier().clone(), two.verifier().clone()];
        assert_eq!(read.verified(&both).unwrap().len(), 2);
        assert_eq!(read.verified(&both[..1]).unwrap().len(), 1);
        assert_eq!(read.verified(&[key(3).verifier().clone()]), Err(NoteError::Unsigned));
        let other = sign("c\n", &one).unwrap();
        let foreign = format!("{note}{}\n", other.lines().last().unwrap());
        assert!(matches!(Note::parse(foreign.as_bytes()).unwrap().verified(&both), Err(NoteError::Signature(_))));
    }

    #[test]
    fn no_spelling_but_one_is_read() {
        let note = sign("a\n", &key(1)).unwrap();
        let bad = [
            note.trim_end().to_owned(),
            format!("{note}\n"),
            note.replace('\u{2014}', "-"),
            note.replace("\u{2014} ", "\u{2014}  "),
            note.replace("a\n", "a\r\n"),
            note.replace("a\n", "a\t\n"),
            note.replace("=\n", "\n"),
        ];
        for bad in bad {
            let refused = Note::parse(bad.as_bytes()).and_then(|note| note.verified(&[key(1).verifier().clone()]));
            assert!(refused.is_err(), "{bad:?}");
        }
        assert_eq!(sign("no line end", &key(1)), Err(NoteError::Text));
        let witness = SigningKey::witness_from_seed("w", [1; 32]).unwrap();
        assert!(sign("a\n", &witness).is_err());
    }
}
