//! Whatever bytes come in: nothing panics, and what is accepted is spelled as we would spell it ourselves.
//!
//! A sample; `PROMULGATE_HOSTILE` for the number of inputs of each form.

use super::published::life;
use crate::reliability::figures::{Seeded, number, row, seed};
use promulgate::transparency::check_page::{self, Page};
use promulgate::transparency::checkpoint::Checkpoint;
use promulgate::transparency::leaf::{self, Leaf};
use promulgate::transparency::manifest_note::ManifestNote;
use promulgate::transparency::note::{Note, VerifierKey};
use promulgate::transparency::policy::Policy;
use promulgate::transparency::proof::TlogProof;
use promulgate::transparency::site::Trust;
use promulgate::transparency::tiles::{self, TilePath};
use promulgate::transparency::witness;

/// Some changes to honest bytes: bits, cuts, repetitions, and pieces that parsers trip over.
fn mutated(honest: &[u8], random: &mut Seeded) -> Vec<u8> {
    const PIECES: [&[u8]; 14] = [
        b"\n",
        b"\n\n",
        b" ",
        b"+",
        b"=",
        b"\0",
        b"\xff",
        b"99999999999999999999",
        b"-1",
        b"x001/",
        b"\xe2\x80\x94 ",
        b"{\"",
        b"<!--",
        b"&#x1f;",
    ];
    let mut bytes = honest.to_vec();
    for _ in 0..=random.below(3) {
        let at = random.below(bytes.len() as u64 + 1) as usize;
        match random.below(5) {
            0 if at < bytes.len() => bytes[at] ^= 1 << random.below(8),
            1 => bytes.truncate(at),
            2 => bytes.splice(at..at, PIECES[random.below(14) as usize].iter().copied()).for_each(drop),
            3 => {
                let end = (at + random.below(40) as usize).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.splice(at..at, piece).for_each(drop);
            }
            _ => {
                let end = (at + random.below(8) as usize).min(bytes.len());
                bytes.drain(at..end);
            }
        }
    }
    bytes
}

#[test]
fn what_is_accepted_has_one_spelling_and_nothing_panics() {
    let mut random = Seeded(seed() ^ 0xf0f0);
    let body = life(&mut random, 6, false).pop().unwrap();
    let files = body.site();
    let any = |end: &str| files.iter().find(|(path, _)| path.ends_with(end)).map(|(_, bytes)| bytes.clone()).unwrap();
    let (stem, page) = body.pages().remove(0);
    let (html, record, proof) = (any(&page), any(&format!("{stem}record.json")), any(&format!("{stem}record.tlog-proof")));
    let bundle = files.iter().find(|(path, _)| path.starts_with("log/tile/entries/")).map(|(_, bytes)| bytes.clone()).unwrap();
    let (checkpoint, note, vkey) = (any("log/checkpoint"), any("manifest.note"), any("log/vkey"));
    let leaf = tiles::parse_bundle(&bundle).unwrap().remove(0);
    let extra = leaf::extra(&Leaf::parse(&leaf).unwrap(), &[7; 32]);
    let policy = format!("log {}quorum none\n", String::from_utf8_lossy(&vkey));
    let key = body.key().verifier().clone();
    let (wanted, mut accepted) = (number("PROMULGATE_HOSTILE", 2_000), 0u64);
    for _ in 0..wanted {
        let mut told = |same: Option<bool>, what: &str, bytes: &[u8]| {
            assert!(same != Some(false), "{what}: accepted in another spelling: {:?}", String::from_utf8_lossy(bytes));
            accepted += u64::from(same.is_some());
        };
        let bytes = mutated(&proof, &mut random);
        told(TlogProof::parse(&bytes).ok().map(|read| read.text().into_bytes() == bytes), "proof", &bytes);
        let bytes = mutated(&leaf, &mut random);
        told(Leaf::parse(&bytes).ok().map(|read| read.line().into_bytes() == bytes), "leaf", &bytes);
        let bytes = mutated(&extra, &mut random);
        told(leaf::parse_extra(&bytes).ok().map(|(leaf, salt)| leaf::extra(&leaf, &salt) == bytes), "extra", &bytes);
        let bytes = mutated(&bundle, &mut random);
        told(tiles::parse_bundle(&bytes).ok().map(|read| tiles::bundle(&read).unwrap() == bytes), "bundle", &bytes);
        let bytes = mutated(&note, &mut random);
        if let Ok(read) = Note::parse(&bytes) {
            assert!(read.verified(std::slice::from_ref(&key)).is_err() || read.text() == Note::parse(&note).unwrap().text());
            told(ManifestNote::parse(read.text()).ok().map(|one| one.text() == read.text()), "manifest note", &bytes);
        }
        let bytes = mutated(&checkpoint, &mut random);
        if let Ok((found, _)) = Checkpoint::open(&bytes, key.name(), std::slice::from_ref(&key)) {
            assert_eq!(found.size, body.size(), "another size under the same signature");
        }
        let text = String::from_utf8_lossy(&mutated(b"tile/0/x001/234.p/17", &mut random)).into_owned();
        told(TilePath::parse(&text).ok().map(|tile| tile.to_string() == text), "path", text.as_bytes());
        let text = String::from_utf8_lossy(&mutated(vkey.trim_ascii_end(), &mut random)).into_owned();
        told(VerifierKey::parse(&text).ok().map(|key| key.to_string() == text), "key", text.as_bytes());
        let _ = Policy::parse(&String::from_utf8_lossy(&mutated(policy.as_bytes(), &mut random)));
        let _ = witness::answer(200, None, &mutated(&checkpoint, &mut random), &String::from_utf8_lossy(&checkpoint), &key);
        let (html, record) = (mutated(&html, &mut random), mutated(&record, &mut random));
        let _ = check_page::page(
            &Page { html: Some(("page", &html)), record: ("record", &record), proof: ("proof", &proof) },
            &key,
            &Trust::default(),
        );
    }
    row(
        "Hostile bytes for the log's forms",
        &format!("{} inputs of 12 forms, {accepted} accepted", wanted * 12),
        "0 panics, 0 in a second spelling",
    );
}
