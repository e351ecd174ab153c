//! In: what came after a step of the log: signatures of witnesses, a stamp of the time. Out: the checkpoint as it is served.
//!
//! Two files may stand beside those of a step, and decide nothing: `NNN.seen` (one line of JSON for each witness, contract
//! `seen/1`: its key and its signature line) and `NNN.tsr` (an answer of RFC 3161, as it came). What does not hold is
//! passed over as if it had never come, so a witness is asked again. Lines are only ever added at the end: a stamp made
//! before the last of them still belongs to the lines above it.

use super::note::{Note, VerifierKey};
use super::papers::json_line;
use super::time_stamp;
use serde::{Deserialize, Serialize};

/// Most witnesses whose signatures are served. Whoever reads notes must accept sixteen signatures (C2SP signed-note), and
/// two of them may be the log's own.
pub const WITNESS_LIMIT: usize = 14;

/// A signature of a witness on a checkpoint, which holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// Whose it is.
    pub key: VerifierKey,
    /// The line, without its end.
    pub line: String,
    /// When it was made, in seconds since 1970.
    pub time: u64,
}

#[derive(Serialize, Deserialize)]
struct SeenLine {
    v: u32,
    key: String,
    line: String,
}

/// The name of the file with the signatures that came after a step.
pub fn seen_name(from: u64) -> String {
    format!("{from:012}.seen")
}

/// The name of the file with the time stamp that came after a step.
pub fn stamp_name(from: u64) -> String {
    format!("{from:012}.tsr")
}

impl Seen {
    /// A signature line, if it is this witness's and holds for the text of a signed checkpoint.
    pub fn of(line: &str, signed: &str, key: &VerifierKey) -> Option<Seen> {
        let text = Note::parse(signed.as_bytes()).ok()?.text().to_owned();
        let verified = Note::parse(format!("{text}\n{line}\n").as_bytes()).ok()?.verified(std::slice::from_ref(key)).ok()?;
        Some(Seen { key: key.clone(), line: line.to_owned(), time: verified.first()?.time? })
    }
}

/// The signatures of a file that hold, each witness once.
pub(super) fn read(bytes: &[u8], signed: &str) -> Vec<Seen> {
    let mut all: Vec<Seen> = Vec::new();
    let text = String::from_utf8_lossy(bytes);
    let lines = text.lines().filter_map(|line| serde_json::from_str::<SeenLine>(line).ok()).filter(|line| line.v == 1);
    for seen in lines.filter_map(|line| Seen::of(&line.line, signed, &VerifierKey::parse(&line.key).ok()?)) {
        if all.len() < WITNESS_LIMIT && all.iter().all(|known| known.key != seen.key) {
            all.push(seen);
        }
    }
    all
}

/// Whether an answer of the service that stamps times is a stamp of this checkpoint.
pub(super) fn is_stamp(bytes: &[u8], note: &str) -> bool {
    time_stamp::read(bytes).is_ok_and(|stamp| time_stamp::lines_of(&stamp, note).is_some())
}

/// The file of these signatures.
pub fn file(all: &[Seen]) -> Vec<u8> {
    let line = |seen: &Seen| json_line(&SeenLine { v: 1, key: seen.key.to_string(), line: seen.line.clone() });
    all.iter().map(line).collect::<String>().into_bytes()
}

/// The signed checkpoint with these signatures below.
pub fn served(signed: &str, all: &[Seen]) -> String {
    let lines: String = all.iter().map(|seen| format!("{}\n", seen.line)).collect();
    format!("{signed}{lines}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::transparency::note::{SigningKey, sign};

    #[test]
    fn what_holds_is_kept_in_its_order_and_what_does_not_is_passed_over() {
        let log = SigningKey::from_seed("norrvik.example/log", [1; 32]).unwrap();
        let text = "norrvik.example/log\n1\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n";
        let signed = sign(text, &log).unwrap();
        let witness = |seed: u8| SigningKey::witness_from_seed(&format!("w{seed}.example"), [seed; 32]).unwrap();
        let seen = |seed: u8, text: &str| Seen::of(witness(seed).line(text, u64::from(seed)).trim_end(), &signed, witness(seed).verifier());
        let both = [seen(2, text).unwrap(), seen(3, text).unwrap()];
        assert_eq!((seen(4, "another\n"), both[1].time), (None, 3));
        assert_eq!(read(&file(&both), &signed), both);
        let note = served(&signed, &both);
        let keys = [log.verifier().clone(), witness(2).verifier().clone(), witness(3).verifier().clone()];
        assert_eq!(Note::parse(note.as_bytes()).unwrap().verified(&keys).unwrap().len(), 3);
        // Half a line, a line of another checkpoint, the same witness twice, a log's key in place of a witness's.
        let mut bytes = [file(&both), file(&both)].concat();
        bytes.extend_from_slice(&file(&both)[..40]);
        assert_eq!(read(&bytes, &signed), both);
        assert_eq!(read(&file(&both), &sign("another\n", &log).unwrap()), []);
        assert_eq!(Seen::of(sign(text, &log).unwrap().lines().last().unwrap(), &signed, log.verifier()), None);
    }
}
