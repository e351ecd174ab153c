//! In: a checkpoint, and what a service for time stamps answers. Out: the request, and what the answer says (RFC 3161).
//!
//! Looked at are the status, the stamped hash, the number that the request was marked with, and the time. The signature is
//! that of a certificate, and whom one trusts there is for the reader to say: `openssl ts -verify` checks it. Answers may
//! be hostile; nothing here panics over them.

use super::der::{Der, INTEGER, MARKED, OCTETS, OID, SEQUENCE, SET, TIME, UTF8, part};
use super::tree::Hash;
use jiff::Timestamp;
use jiff::civil::DateTime;
use sha2::{Digest, Sha256};

/// The media type of a request.
pub const QUERY: &str = "application/timestamp-query";
/// Longest answer that is kept, in bytes; usual ones have some thousands.
pub const ANSWER_LIMIT: usize = 64 * 1024;

/// `2.16.840.1.101.3.4.2.1`, SHA-256.
const SHA256: &[u8] = &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01];
/// `1.2.840.113549.1.7.2`, signed data of CMS.
const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x02];
/// `1.2.840.113549.1.9.16.1.4`, what a time stamp says.
const TST_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x10, 0x01, 0x04];

/// An answer that is no stamp of this.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TimeStampError {
    /// Not of the form of RFC 3161.
    #[error("it is no time stamp (RFC 3161, in DER)")]
    Form,
    /// The service has not stamped.
    #[error("the service has refused{0}")]
    Refused(String),
    /// It stamps something else.
    #[error("it stamps something else")]
    Imprint,
    /// It answers another request.
    #[error("it answers another request")]
    Nonce,
}

/// What a stamp says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimeStamp {
    /// The SHA-256 of what was stamped.
    pub imprint: Hash,
    /// When, by the service's clock.
    pub time: Timestamp,
    /// The number of the request, as DER writes it.
    pub nonce: Option<Vec<u8>>,
}

/// A number for one request, from random bytes: positive, and always as long.
pub fn nonce(mut random: [u8; 16]) -> [u8; 16] {
    random[0] = random[0] & 0x7f | 0x40;
    random
}

/// The request to stamp these bytes; the answer shall bring the service's certificate along.
pub fn request(bytes: &[u8], nonce: &[u8; 16]) -> Vec<u8> {
    let algorithm = part(SEQUENCE, &[&part(OID, &[SHA256]), &[0x05, 0x00]]);
    let imprint = part(SEQUENCE, &[&algorithm, &part(OCTETS, &[Sha256::digest(bytes).as_slice()])]);
    part(SEQUENCE, &[&part(INTEGER, &[&[1]]), &imprint, &part(INTEGER, &[nonce]), &[0x01, 0x01, 0xff]])
}

/// What the answer to a request says, if it is a stamp of these bytes for this request.
pub fn answer(answer: &[u8], bytes: &[u8], nonce: &[u8; 16]) -> Result<TimeStamp, TimeStampError> {
    let stamp = read(answer)?;
    if stamp.imprint != <Hash>::from(Sha256::digest(bytes)) {
        return Err(TimeStampError::Imprint);
    }
    if stamp.nonce.as_deref() == Some(nonce) { Ok(stamp) } else { Err(TimeStampError::Nonce) }
}

/// What an answer says, if it is a stamp.
pub fn read(answer: &[u8]) -> Result<TimeStamp, TimeStampError> {
    if answer.len() > ANSWER_LIMIT {
        return Err(TimeStampError::Form);
    }
    let mut outer = Der::new(answer);
    let mut response = outer.enter(SEQUENCE).filter(|_| outer.is_done()).ok_or(TimeStampError::Form)?;
    let status = response.enter(SEQUENCE).ok_or(TimeStampError::Form)?;
    granted(status)?;
    token(&mut response).filter(|_| response.is_done()).ok_or(TimeStampError::Form)
}

/// PKIStatusInfo: 0 is granted, 1 is granted with changes.
fn granted(mut status: Der<'_>) -> Result<(), TimeStampError> {
    let number = status.take(INTEGER).ok_or(TimeStampError::Form)?;
    if matches!(number, [0 | 1]) {
        return Ok(());
    }
    let text = status.enter(SEQUENCE).and_then(|mut texts| texts.take(UTF8)).map(String::from_utf8_lossy).unwrap_or_default();
    let text: String = text.chars().filter(|c| !c.is_control()).take(100).collect();
    Err(TimeStampError::Refused(if text.is_empty() { String::new() } else { format!(": {text}") }))
}

/// The stamp within the signed data; its other parts (algorithms, certificates, signatures) are passed over.
fn token(response: &mut Der<'_>) -> Option<TimeStamp> {
    let mut content = response.enter(SEQUENCE)?;
    content.take(OID).filter(|kind| *kind == SIGNED_DATA)?;
    let mut signed = content.enter(MARKED)?.enter(SEQUENCE)?;
    signed.take(INTEGER)?;
    signed.take(SET)?;
    let mut inner = signed.enter(SEQUENCE)?;
    inner.take(OID).filter(|kind| *kind == TST_INFO)?;
    let said = inner.enter(MARKED)?.take(OCTETS)?;
    let mut outer = Der::new(said);
    let info = outer.enter(SEQUENCE).filter(|_| outer.is_done())?;
    info_of(info)
}

/// TSTInfo: version, policy, imprint, serial number, time, and what may follow.
fn info_of(mut info: Der<'_>) -> Option<TimeStamp> {
    info.take(INTEGER).filter(|version| *version == [1])?;
    info.take(OID)?;
    let mut imprint = info.enter(SEQUENCE)?;
    imprint.enter(SEQUENCE)?.take(OID).filter(|algorithm| *algorithm == SHA256)?;
    let hash = imprint.take(OCTETS).filter(|_| imprint.is_done())?.try_into().ok()?;
    info.take(INTEGER)?;
    let time = time_of(info.take(TIME)?)?;
    let mut nonce = None;
    while let Some((tag, content)) = info.any() {
        if tag == INTEGER {
            nonce = Some(content.to_vec());
        }
    }
    info.is_done().then_some(TimeStamp { imprint: hash, time, nonce })
}

/// `20261120100000Z`, perhaps with a fraction, which is left out.
fn time_of(text: &[u8]) -> Option<Timestamp> {
    let text = std::str::from_utf8(text).ok()?.strip_suffix('Z')?;
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.len() != 14 || !digits(whole) || !digits(fraction) {
        return None;
    }
    let (date, time) = whole.split_at(8);
    let time: DateTime =
        format!("{}-{}-{}T{}:{}:{}", &date[..4], &date[4..6], &date[6..], &time[..2], &time[2..4], &time[4..]).parse().ok()?;
    Some(time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp())
}

/// How many of the first lines of a signed checkpoint a stamp is of: at least to the first signature. A witness that came
/// later has put its line below them. None where it is of something else.
pub fn lines_of(stamp: &TimeStamp, note: &str) -> Option<usize> {
    let text = note.rfind("\n\n")? + 2;
    let mut ends = note.bytes().enumerate().skip(text).filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
    let of = |end: &usize| stamp.imprint == <Hash>::from(Sha256::digest(&note.as_bytes()[..*end]));
    ends.find(of).map(|end| note[..end].lines().count())
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTE: &str = "norrvik.example/log\n1\nAAAA\n\n\u{2014} norrvik.example/log AAAA\n\u{2014} witness.example BBBB\n";

    /// An answer as a service would give it, with an empty list of certificates and signatures.
    fn granted_answer(bytes: &[u8], nonce: &[u8]) -> Vec<u8> {
        let algorithm = part(SEQUENCE, &[&part(OID, &[SHA256]), &[0x05, 0x00]]);
        let imprint = part(SEQUENCE, &[&algorithm, &part(OCTETS, &[Sha256::digest(bytes).as_slice()])]);
        let info = part(
            SEQUENCE,
            &[
                &part(INTEGER, &[&[1]]),
                &part(OID, &[&[0x2a, 0x03]]),
                &imprint,
                &part(INTEGER, &[&[9]]),
                &part(TIME, &[b"20261120100001.5Z"]),
                &part(INTEGER, &[nonce]),
            ],
        );
        let inner = part(SEQUENCE, &[&part(OID, &[TST_INFO]), &part(MARKED, &[&part(OCTETS, &[&info])])]);
        let signed = part(SEQUENCE, &[&part(INTEGER, &[&[3]]), &part(SET, &[]), &inner, &part(SET, &[])]);
        let token = part(SEQUENCE, &[&part(OID, &[SIGNED_DATA]), &part(MARKED, &[&signed])]);
        part(SEQUENCE, &[&part(SEQUENCE, &[&part(INTEGER, &[&[0]])]), &token])
    }

    #[test]
    fn an_answer_is_taken_only_for_its_bytes_and_its_request() {
        let number = nonce([0xff; 16]);
        let stamped = granted_answer(NOTE.as_bytes(), &number);
        let found = answer(&stamped, NOTE.as_bytes(), &number).unwrap();
        assert_eq!(found.time.to_string(), "2026-11-20T10:00:01Z");
        assert_eq!(answer(&stamped, b"another", &number), Err(TimeStampError::Imprint));
        assert_eq!(answer(&stamped, NOTE.as_bytes(), &nonce([1; 16])), Err(TimeStampError::Nonce));
        let refusal = part(SEQUENCE, &[&part(SEQUENCE, &[&part(INTEGER, &[&[2]]), &part(SEQUENCE, &[&part(UTF8, &[b"closed\n today"])])])]);
        assert_eq!(read(&refusal), Err(TimeStampError::Refused(": closed today".into())));
    }

    #[test]
    fn a_stamp_belongs_to_the_lines_that_were_there_when_it_was_made() {
        let of = |lines: usize| {
            let bytes: String = NOTE.split_inclusive('\n').take(lines).collect();
            lines_of(&read(&granted_answer(bytes.as_bytes(), &[1])).unwrap(), NOTE)
        };
        assert_eq!((of(6), of(5), of(4), of(3)), (Some(6), Some(5), None, None));
        assert_eq!(lines_of(&read(&granted_answer(b"x", &[1])).unwrap(), "no note"), None);
    }

    /// Every cut, every turned bit and every length made longer of an answer: refused, or it says the very same hash.
    #[test]
    fn a_damaged_answer_is_refused_and_nothing_breaks_over_it() {
        let number = nonce([7; 16]);
        let stamped = granted_answer(NOTE.as_bytes(), &number);
        assert!((0..stamped.len()).all(|cut| read(&stamped[..cut]).is_err()), "a cut");
        for at in 0..stamped.len() {
            for bit in 0..8 {
                let mut other = stamped.clone();
                other[at] ^= 1 << bit;
                if let Ok(found) = answer(&other, NOTE.as_bytes(), &number) {
                    assert_eq!(found.imprint, <Hash>::from(Sha256::digest(NOTE)), "bit {bit} of byte {at}");
                }
            }
        }
        let mut random = 1_u64;
        for _ in 0..20_000 {
            let mut step = || {
                random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                (random >> 33) as usize
            };
            let mut other = stamped.clone();
            for _ in 0..1 + step() % 4 {
                let at = step() % other.len();
                match step() % 4 {
                    0 => other[at] = step() as u8,
                    1 if other.len() > 1 => drop(other.remove(at)),
                    2 => other.insert(at, [0x80, 0x84, 0xff, 0x30, 0][step() % 5]),
                    _ => other.truncate(at.max(1)),
                }
            }
            let _ = read(&other);
        }
        assert!(read(&vec![0x30; ANSWER_LIMIT + 1]).is_err());
    }
}
