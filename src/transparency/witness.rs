//! In: a signed checkpoint, and what a witness answers. Out: the request to it, and what its answer means (tlog-witness).
//!
//! Pure: whoever sends the request hands the answer in. A cosignature is taken only if it holds for this checkpoint.

use super::checkpoint::{Checkpoint, CheckpointError};
use super::encoding::{base64, decimal, hex};
use super::note::{self, Note, SIGNATURE_LIMIT, Verified, VerifierKey};
use super::tree::Hash;
use sha2::{Digest, Sha256};

/// What the request goes to, below a witness's submission prefix.
pub const ADD: &str = "add-checkpoint";
/// The media type of an answer that gives a size.
pub const SIZE_TYPE: &str = "text/x.tlog.size";

/// What a witness has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// It has signed: lines to put below the checkpoint, and the signatures in them that hold.
    Signed {
        /// The lines, each with its line end.
        lines: String,
        /// Whose they are and when they were made.
        by: Vec<Verified>,
    },
    /// It knows the log up to another size: prove from there, once.
    Behind(u64),
    /// It says that this checkpoint does not go on from the one it has signed. Somebody must look at this at once.
    Alarm,
    /// It does not know this log.
    UnknownLog,
    /// It does not accept the log's signature.
    BadSignature,
    /// It has refused for another reason, or its answer cannot be read; try again at the next run.
    Refused(String),
}

/// The body of the request: from which size on, the proof of consistency, the signed checkpoint.
pub fn request(old: u64, proof: &[Hash], checkpoint: &str) -> String {
    let hashes: String = proof.iter().map(|hash| base64(hash) + "\n").collect();
    format!("old {old}\n{hashes}\n{checkpoint}")
}

/// Reads an answer to a request with this signed checkpoint.
pub fn answer(status: u16, media_type: Option<&str>, body: &[u8], checkpoint: &str, witness: &VerifierKey) -> Answer {
    let text = std::str::from_utf8(body).unwrap_or_default();
    let refused = |why: &str| Answer::Refused(format!("the witness {} {why} (status {status})", witness.name()));
    match status {
        200 => signed(text, checkpoint, witness).unwrap_or_else(|| refused("has answered without a signature that holds")),
        409 => {
            let plain = media_type.is_some_and(|kind| kind.split(';').next().is_some_and(|kind| kind.trim() == SIZE_TYPE));
            match text.strip_suffix('\n').and_then(decimal).filter(|_| plain) {
                Some(size) => Answer::Behind(size),
                None => refused("knows the log up to another size and does not say which"),
            }
        }
        422 => Answer::Alarm,
        404 => Answer::UnknownLog,
        403 => Answer::BadSignature,
        400 => refused("holds the request for wrong"),
        _ => refused("has not signed"),
    }
}

fn signed(text: &str, checkpoint: &str, witness: &VerifierKey) -> Option<Answer> {
    let lines: Vec<&str> = text.strip_suffix('\n')?.split('\n').collect();
    if lines.len() > SIGNATURE_LIMIT || !lines.iter().all(|line| note::is_signature(line)) {
        return None;
    }
    let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let text = Note::parse(checkpoint.as_bytes()).ok()?.text().to_owned();
    let by = Note::parse(format!("{text}\n{lines}").as_bytes()).ok()?.verified(std::slice::from_ref(witness)).ok()?;
    by.iter().all(|one| one.time.is_some()).then_some(Answer::Signed { lines, by })
}

/// A signed checkpoint with further signature lines; lines that it has already are not put there twice.
pub fn append(checkpoint: &str, lines: &str) -> String {
    let mut note = checkpoint.to_owned();
    for line in lines.lines() {
        if !note.lines().any(|known| known == line) {
            note.push_str(&format!("{line}\n"));
        }
    }
    note
}

/// Where a witness shows the latest checkpoint of a log, below its monitoring prefix.
pub fn latest_path(origin: &str) -> String {
    format!("{}/checkpoint", hex(&Sha256::digest(origin)))
}

/// A checkpoint with a witness's signature, as `cosignature/v1` gives it.
pub fn cosigned(note: &[u8], origin: &str, log: &VerifierKey, witness: &VerifierKey) -> Result<(Checkpoint, Option<u64>), CheckpointError> {
    let (checkpoint, verified) = Checkpoint::open(note, origin, &[log.clone(), witness.clone()])?;
    let time = verified.iter().find(|one| one.id == witness.id() && one.name == witness.name()).and_then(|one| one.time);
    Ok((checkpoint, time))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transparency::note::{SigningKey, sign};

    #[test]
    fn an_answer_is_taken_only_where_it_holds_for_this_checkpoint() {
        let log = SigningKey::from_seed("norrvik.example/log", [1; 32]).unwrap();
        let witness = SigningKey::witness_from_seed("witness.example", [2; 32]).unwrap();
        let text = Checkpoint { origin: "norrvik.example/log".into(), size: 3, root: [9; 32] }.text();
        let signed = sign(&text, &log).unwrap();
        let read = |status, kind, body: &str| answer(status, kind, body.as_bytes(), &signed, witness.verifier());
        let line = witness.line(&text, 1_700_000_000);
        let Answer::Signed { lines, by } = read(200, None, &line) else { panic!("not taken") };
        assert_eq!((lines.as_str(), by[0].time), (line.as_str(), Some(1_700_000_000)));
        let both = append(&append(&signed, &lines), &lines);
        let opened = cosigned(both.as_bytes(), "norrvik.example/log", log.verifier(), witness.verifier()).unwrap();
        assert_eq!((opened.0.size, opened.1, both.lines().count()), (3, Some(1_700_000_000), 6));
        let other = witness.line("norrvik.example/log\n4\n", 1);
        for bad in ["", "\n", line.trim_end(), other.as_str(), "hello\n", &format!("{line}\n"), signed.lines().last().unwrap()] {
            assert!(matches!(read(200, None, bad), Answer::Refused(_)), "{bad:?}");
        }
        assert_eq!(read(409, Some("text/x.tlog.size"), "3\n"), Answer::Behind(3));
        assert!(matches!(read(409, None, "3\n"), Answer::Refused(_)));
        assert!(matches!(read(409, Some("text/x.tlog.size"), "03\n"), Answer::Refused(_)));
        assert_eq!(
            (read(422, None, ""), read(404, None, ""), read(403, None, "")),
            (Answer::Alarm, Answer::UnknownLog, Answer::BadSignature)
        );
        assert!(matches!(read(500, None, ""), Answer::Refused(_)));
    }
}
