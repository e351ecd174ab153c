//! In: the text form of a key. Out: keys that sign and that check signatures (C2SP signed-note, tlog-cosignature).
//!
//! A verifier key names its owner, and its id is recomputed, never believed. The secret half is wiped from memory when it
//! is dropped, shows itself nowhere, and errors never repeat it.

use super::encoding::{base64, hex, unbase64};
use crate::model::transport::Secret;
use ed25519_dalek::{Signature, Signer, VerifyingKey};
use sha2::{Digest, Sha256};
use std::fmt;
use zeroize::{Zeroize, Zeroizing};

/// A key that cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// Not of the form `name+hash+base64`.
    #[error("this is no verifier key: `name+8 hexadecimal digits+base64` is expected, on one line")]
    Form,
    /// Not of the form `PRIVATE+KEY+name+hash+base64`; the value is not repeated.
    #[error("this is no signing key: `PRIVATE+KEY+name+8 hexadecimal digits+base64` is expected, on one line")]
    SigningForm,
    /// The name is empty, or holds a space, a plus sign or a control character.
    #[error("the key's name is empty, or holds a space or a plus sign")]
    Name,
    /// The id does not belong to this name and key.
    #[error("the key's eight digits do not belong to its name and bytes; copy it again, whole")]
    Id,
    /// A kind of signature that this program does not know.
    #[error("the key is of a kind that this program does not know (type {0:#04x})")]
    Kind(u8),
    /// No point of the curve, or a weak one.
    #[error("the key's bytes are no safe Ed25519 key")]
    Weak,
}

/// What a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The text itself (type `0x01`): logs, manifests.
    Ed25519,
    /// The text with a time (type `0x04`, cosignature/v1): witnesses.
    Cosignature,
}

impl Kind {
    fn byte(self) -> u8 {
        match self {
            Kind::Ed25519 => 1,
            Kind::Cosignature => 4,
        }
    }

    fn of(byte: u8) -> Result<Kind, KeyError> {
        match byte {
            1 => Ok(Kind::Ed25519),
            4 => Ok(Kind::Cosignature),
            other => Err(KeyError::Kind(other)),
        }
    }
}

/// Whether a name may be that of a key.
pub(super) fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.chars().any(|c| c.is_whitespace() || c.is_control() || c == '+')
}

fn id_of(name: &str, kind: Kind, key: &VerifyingKey) -> [u8; 4] {
    let digest = Sha256::new().chain_update(name).chain_update([b'\n', kind.byte()]).chain_update(key.as_bytes()).finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

/// The public half of a key. Its display is its text form, which can be published anywhere.
#[derive(Clone, PartialEq, Eq)]
pub struct VerifierKey {
    name: String,
    kind: Kind,
    key: VerifyingKey,
    id: [u8; 4],
}

impl VerifierKey {
    /// Reads `name+hash+base64`.
    pub fn parse(text: &str) -> Result<VerifierKey, KeyError> {
        let (name, rest) = text.split_once('+').ok_or(KeyError::Form)?;
        let (id, key) = rest.split_once('+').ok_or(KeyError::Form)?;
        let bytes = unbase64(key).ok_or(KeyError::Form)?;
        let (kind, bytes) = bytes.split_first().ok_or(KeyError::Form)?;
        let kind = Kind::of(*kind)?;
        let bytes: [u8; 32] = bytes.try_into().map_err(|_| KeyError::Form)?;
        let key = VerifyingKey::from_bytes(&bytes).map_err(|_| KeyError::Weak)?;
        if key.is_weak() {
            return Err(KeyError::Weak);
        }
        let found = VerifierKey::new(name, kind, key)?;
        if found.id_text() == id { Ok(found) } else { Err(KeyError::Id) }
    }

    fn new(name: &str, kind: Kind, key: VerifyingKey) -> Result<VerifierKey, KeyError> {
        if !is_name(name) {
            return Err(KeyError::Name);
        }
        Ok(VerifierKey { name: name.to_owned(), kind, key, id: id_of(name, kind, &key) })
    }

    /// Whose key it is; for a log, its origin.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it signs.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The four bytes that signatures carry.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The id as eight hexadecimal digits.
    pub fn id_text(&self) -> String {
        hex(&self.id)
    }

    /// The SHA-256 of its text form without a line end, as a `key` leaf commits to it.
    pub fn fingerprint(&self) -> [u8; 32] {
        Sha256::digest(self.to_string()).into()
    }

    /// The key's own bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        self.key.as_bytes()
    }

    /// Whether the bytes of a signature line, after the id, sign this text; for a cosignature also when, in seconds since 1970.
    pub fn verify(&self, text: &str, signature: &[u8]) -> Option<Option<u64>> {
        let (message, signature, time) = match self.kind {
            Kind::Ed25519 => (text.as_bytes().to_vec(), signature, None),
            Kind::Cosignature => {
                let (time, signature) = signature.split_first_chunk::<8>()?;
                let time = Some(u64::from_be_bytes(*time)).filter(|time| *time < 1 << 63)?;
                (cosigned(text, time).into_bytes(), signature, Some(time))
            }
        };
        let signature = Signature::from_slice(signature).ok()?;
        self.key.verify_strict(&message, &signature).ok().map(|()| time)
    }
}

/// What a witness signs.
fn cosigned(text: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{text}")
}

impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend_from_slice(self.key.as_bytes());
        write!(f, "{}+{}+{}", self.name, self.id_text(), base64(&bytes))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

/// The secret half of a key. Its `Debug` shows whose it is and nothing more.
#[derive(Clone)]
pub struct SigningKey {
    public: VerifierKey,
    secret: ed25519_dalek::SigningKey,
}

impl SigningKey {
    /// Reads `PRIVATE+KEY+name+hash+base64`.
    pub fn parse(text: &str) -> Result<SigningKey, KeyError> {
        let rest = text.strip_prefix("PRIVATE+KEY+").ok_or(KeyError::SigningForm)?;
        let (name, rest) = rest.split_once('+').ok_or(KeyError::SigningForm)?;
        let (id, key) = rest.split_once('+').ok_or(KeyError::SigningForm)?;
        let bytes = Zeroizing::new(unbase64(key).ok_or(KeyError::SigningForm)?);
        let (kind, seed) = bytes.split_first().ok_or(KeyError::SigningForm)?;
        let seed = Zeroizing::new(<[u8; 32]>::try_from(seed).map_err(|_| KeyError::SigningForm)?);
        let found = SigningKey::of(name, Kind::of(*kind)?, &seed)?;
        if found.public.id_text() == id { Ok(found) } else { Err(KeyError::Id) }
    }

    /// The key of a log, from 32 random bytes.
    pub fn from_seed(name: &str, mut seed: [u8; 32]) -> Result<SigningKey, KeyError> {
        let key = SigningKey::of(name, Kind::Ed25519, &seed);
        seed.zeroize();
        key
    }

    /// The key of a witness, from 32 random bytes.
    pub fn witness_from_seed(name: &str, mut seed: [u8; 32]) -> Result<SigningKey, KeyError> {
        let key = SigningKey::of(name, Kind::Cosignature, &seed);
        seed.zeroize();
        key
    }

    fn of(name: &str, kind: Kind, seed: &[u8; 32]) -> Result<SigningKey, KeyError> {
        let secret = ed25519_dalek::SigningKey::from_bytes(seed);
        Ok(SigningKey { public: VerifierKey::new(name, kind, secret.verifying_key())?, secret })
    }

    /// The public half.
    pub fn verifier(&self) -> &VerifierKey {
        &self.public
    }

    /// The text form, for the one place where it is kept.
    pub fn encode(&self) -> Secret {
        let mut bytes = Zeroizing::new(vec![self.public.kind.byte()]);
        let seed = Zeroizing::new(self.secret.to_bytes());
        bytes.extend_from_slice(&*seed);
        let key = Zeroizing::new(base64(&bytes));
        Secret::new(format!("PRIVATE+KEY+{}+{}+{}", self.public.name, self.public.id_text(), *key))
    }

    /// The signature line of a text; `time`, in seconds since 1970, goes into a cosignature and is not used otherwise.
    pub fn line(&self, text: &str, time: u64) -> String {
        let mut bytes = self.public.id.to_vec();
        match self.public.kind {
            Kind::Ed25519 => bytes.extend_from_slice(&self.secret.sign(text.as_bytes()).to_bytes()),
            Kind::Cosignature => {
                bytes.extend_from_slice(&time.to_be_bytes());
                bytes.extend_from_slice(&self.secret.sign(cosigned(text, time).as_bytes()).to_bytes());
            }
        }
        format!("\u{2014} {} {}\n", self.public.name, base64(&bytes))
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({}+{}+…)", self.public.name, self.public.id_text())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_back_as_it_was_written_and_shows_nothing_of_its_seed() {
        let key = SigningKey::from_seed("norrvik.example/log", [7; 32]).unwrap();
        let text = key.encode();
        let again = SigningKey::parse(text.expose()).unwrap();
        assert_eq!(again.verifier(), key.verifier());
        assert_eq!(VerifierKey::parse(&key.verifier().to_string()).unwrap(), *key.verifier());
        let secret = text.expose().rsplit('+').next().unwrap();
        assert!(!format!("{key:?} {text:?}").contains(&secret[4..20]));
        let error = SigningKey::parse(&text.expose()[..text.expose().len() - 4]).unwrap_err();
        assert!(!format!("{error} {error:?}").contains(&secret[4..20]));
    }

    #[test]
    fn a_key_with_a_bad_name_id_or_kind_is_refused() {
        let key = SigningKey::from_seed("norrvik.example/log", [7; 32]).unwrap().verifier().to_string();
        assert_eq!(VerifierKey::parse(&key.replace("norrvik", "nordvik")), Err(KeyError::Id));
        assert_eq!(VerifierKey::parse("norrvik.example/log"), Err(KeyError::Form));
        assert_eq!(SigningKey::from_seed("two words", [7; 32]).map(|_| ()), Err(KeyError::Name));
        assert_eq!(SigningKey::from_seed("a\u{a0}b", [7; 32]).map(|_| ()), Err(KeyError::Name));
        assert_eq!(VerifierKey::parse(&format!("a+00000000+{}", base64(&[&[6u8][..], &[0; 32]].concat()))), Err(KeyError::Kind(6)));
        // The neutral point of the curve, under which some checkers accept a signature of any text.
        let mut neutral = vec![1u8; 2];
        neutral.resize(33, 0);
        assert_eq!(VerifierKey::parse(&format!("a+00000000+{}", base64(&neutral))), Err(KeyError::Weak));
    }
}
