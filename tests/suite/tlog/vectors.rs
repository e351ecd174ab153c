//! The vectors of others (`tests/data/tlog`, its SOURCE.md names where each comes from), every one of them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use promulgate::transparency::checkpoint::Checkpoint;
use promulgate::transparency::leaf;
use promulgate::transparency::note::{Note, VerifierKey};
use promulgate::transparency::proof::TlogProof;
use promulgate::transparency::tiles::{self, TileKind, TilePath};
use promulgate::transparency::tree::{self, Hash, Tree, leaf_hash, verify_consistency, verify_inclusion};
use promulgate::transparency::witness::{self, Answer};
use promulgate::transparency::{hex, unhex};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::path::PathBuf;

fn data(path: &str) -> Vec<u8> {
    let file = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/data/tlog").join(path);
    std::fs::read(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn text(path: &str) -> String {
    String::from_utf8(data(path)).unwrap()
}

fn json(path: &str) -> Value {
    serde_json::from_slice(&data(path)).unwrap()
}

fn key(path: &str) -> VerifierKey {
    VerifierKey::parse(text(path).trim_end()).unwrap()
}

/// A hash in base64; none where it has not 32 bytes, which a caller of the proofs cannot even hand in.
fn hash64(value: &Value) -> Option<Hash> {
    STANDARD.decode(value.as_str()?).ok()?.try_into().ok()
}

/// A root in base64. Some cases have roots of another length, which no hash of ours can be: their SHA-256 stands in, so
/// that equal ones stay equal and no proof leads to them.
fn root64(value: &Value) -> Option<Hash> {
    let bytes = STANDARD.decode(value.as_str()?).ok()?;
    Some(<Hash>::try_from(bytes.as_slice()).unwrap_or_else(|_| Sha256::digest(&bytes).into()))
}

fn hashes64(value: &Value) -> Option<Vec<Hash>> {
    value.as_array().map_or(Some(Vec::new()), |list| list.iter().map(hash64).collect())
}

fn hashes16(value: &Value) -> Vec<Hash> {
    value.as_array().unwrap().iter().map(|hash| unhex(hash.as_str().unwrap()).unwrap()).collect()
}

#[test]
fn all_98_inclusion_cases_of_others_are_judged_as_they_say() {
    let (mut good, mut bad) = (0, 0);
    for line in text("merkle-proofs/inclusion.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let number = |key: &str| case[key].as_u64().unwrap();
        let verdict = (|| {
            let (leaf, root, proof) = (hash64(&case["leafHash"])?, root64(&case["root"])?, hashes64(&case["proof"])?);
            verify_inclusion(number("leafIdx"), number("treeSize"), &leaf, &proof, &root).ok()
        })();
        assert_eq!(verdict.is_none(), case["wantErr"].as_bool().unwrap(), "{}", case["file"]);
        if verdict.is_some() { good += 1 } else { bad += 1 }
    }
    assert_eq!((good, bad), (6, 92));
}

#[test]
fn all_98_consistency_cases_of_others_are_judged_as_they_say() {
    let (mut good, mut bad) = (0, 0);
    for line in text("merkle-proofs/consistency.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        let number = |key: &str| case[key].as_u64().unwrap();
        let verdict = (|| {
            let (old, new, proof) = (root64(&case["root1"])?, root64(&case["root2"])?, hashes64(&case["proof"])?);
            verify_consistency(number("size1"), number("size2"), &old, &new, &proof).ok()
        })();
        assert_eq!(verdict.is_none(), case["wantErr"].as_bool().unwrap(), "{}", case["file"]);
        if verdict.is_some() { good += 1 } else { bad += 1 }
    }
    assert_eq!((good, bad), (6, 92));
}

#[test]
fn the_eight_reference_leaves_give_the_nine_roots_and_72_proofs_of_the_standard() {
    let case = json("rfc6962-8leaves.json");
    let unhexed = |text: &str| (0..text.len()).step_by(2).map(|at| u8::from_str_radix(&text[at..at + 2], 16).unwrap()).collect::<Vec<u8>>();
    let entries: Vec<Vec<u8>> = case["leaves_hex"].as_array().unwrap().iter().map(|leaf| unhexed(leaf.as_str().unwrap())).collect();
    let leaves = hashes16(&case["leaf_hashes"]);
    assert_eq!(entries.iter().map(|entry| leaf_hash(entry)).collect::<Vec<_>>(), leaves);
    let tree = Tree::of(&entries);
    let roots = hashes16(&case["roots_by_size"]);
    for (size, root) in roots.iter().enumerate() {
        assert_eq!(tree.root_at(size as u64), Some(*root), "size {size}");
    }
    let number = |proof: &Value, key: &str| proof[key].as_u64().unwrap();
    let mut proofs = 0;
    for proof in case["inclusion"].as_array().unwrap() {
        let (index, size) = (number(proof, "index"), number(proof, "size"));
        let made = tree.inclusion(index, size);
        assert_eq!(made, hashes16(&proof["proof"]), "{index} in {size}");
        verify_inclusion(index, size, &leaves[index as usize], &made, &roots[size as usize]).unwrap();
        proofs += 1;
    }
    for proof in case["consistency"].as_array().unwrap() {
        let (old, size) = (number(proof, "first"), number(proof, "second"));
        let made = tree.consistency(old, size);
        assert_eq!(made, hashes16(&proof["proof"]), "{old} in {size}");
        verify_consistency(old, size, &roots[old as usize], &roots[size as usize], &made).unwrap();
        proofs += 1;
    }
    assert_eq!(proofs, 72);
}

#[test]
fn all_26_notes_have_as_many_good_signatures_as_they_should() {
    let notes = json("notes.json");
    for case in notes.as_array().unwrap() {
        let keys: Vec<VerifierKey> =
            case["vkeys"].as_array().unwrap().iter().map(|key| VerifierKey::parse(key.as_str().unwrap()).unwrap()).collect();
        for (key, line) in keys.iter().zip(case["vkeys"].as_array().unwrap()) {
            assert_eq!(key.to_string(), line.as_str().unwrap());
        }
        let note = case["note"].as_str().unwrap();
        let bytes = match case["latin1"].as_bool() {
            Some(true) => note.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
            _ => note.as_bytes().to_vec(),
        };
        let found = Note::parse(&bytes).and_then(|note| note.verified(&keys)).map_or(0, |found| found.len() as u64);
        assert_eq!(found, case["verified"].as_u64().unwrap(), "{}", case["name"]);
    }
    assert_eq!(notes.as_array().unwrap().len(), 26);
}

#[test]
fn all_39_paths_of_tiles_go_both_ways_and_13_others_are_refused() {
    let case = json("tile-paths.json");
    for path in case["paths"].as_array().unwrap() {
        let kind = path["level"].as_u64().map_or(TileKind::Entries, |level| TileKind::Hashes(level as u8));
        let tile = TilePath { kind, index: path["index"].as_u64().unwrap(), width: path["width"].as_u64().unwrap() as u16 };
        let spelled = path["path"].as_str().unwrap();
        assert_eq!(tile.to_string(), spelled);
        assert_eq!(TilePath::parse(spelled), Ok(tile));
    }
    let refused = case["invalid_paths"].as_array().unwrap();
    for path in refused {
        assert!(TilePath::parse(path.as_str().unwrap()).is_err(), "{path}");
    }
    assert_eq!((case["paths"].as_array().unwrap().len(), refused.len()), (39, 13));
}

#[test]
fn fourteen_sizes_need_the_tiles_that_others_have_counted() {
    let case = json("tile-paths.json");
    let sizes = case["required_tiles"].as_object().unwrap();
    for (size, levels) in sizes {
        let levels = levels.as_object().unwrap();
        let mut wanted = 0;
        let mut found = std::collections::BTreeMap::<u8, (u64, Option<(u64, u64)>)>::new();
        for tile in tiles::tiles_of(size.parse().unwrap()) {
            let TileKind::Hashes(level) = tile.kind else { panic!("a bundle among the hashes") };
            let of_level = found.entry(level).or_default();
            if tile.width == tiles::FULL {
                assert_eq!(tile.index, of_level.0, "size {size}: full tiles in order");
                of_level.0 += 1;
            } else {
                assert_eq!(of_level.1.replace((tile.index, u64::from(tile.width))), None, "size {size}: one partial tile a level");
            }
        }
        for (level, tiles) in levels {
            let partial = tiles["partial"].as_array().map(|pair| (pair[0].as_u64().unwrap(), pair[1].as_u64().unwrap()));
            assert_eq!(found.get(&level.parse().unwrap()), Some(&(tiles["full"].as_u64().unwrap(), partial)), "size {size}, level {level}");
            wanted += 1;
        }
        assert_eq!(found.len(), wanted, "size {size}");
    }
    assert_eq!(sizes.len(), 14);
}

/// Reads a log's bundles, makes it anew with our code, and compares every file that this size needs with the one there.
fn remade(folder: &str, size: u64, root: &Hash) -> (Tree, Vec<Vec<u8>>) {
    let mut entries: Vec<Vec<u8>> = Vec::new();
    for path in tiles::bundles_of(size) {
        entries.extend(tiles::parse_bundle(&data(&format!("{folder}/{path}"))).unwrap());
    }
    assert_eq!(entries.len() as u64, size);
    let tree = Tree::of(&entries);
    assert_eq!(tree.root(), *root, "{folder}, size {size}");
    for (path, bytes) in tiles::files(&tree, &entries, size).unwrap() {
        assert!(bytes == data(&format!("{folder}/{path}")), "{folder}, size {size}: {path} differs");
    }
    (tree, entries)
}

#[test]
fn the_log_of_tessera_is_made_again_byte_for_byte_at_all_its_sizes() {
    let vkey = key("tessera-testlog/log.vkey");
    let mut last: Option<Checkpoint> = None;
    for size in 0..=15 {
        let note = data(&format!("tessera-testlog/checkpoint.{size}"));
        let (checkpoint, _) = Checkpoint::open(&note, vkey.name(), std::slice::from_ref(&vkey)).unwrap();
        assert_eq!(checkpoint.size, size);
        let (tree, _) = remade("tessera-testlog", size, &checkpoint.root);
        if let Some(old) = last.filter(|old| old.size > 0) {
            verify_consistency(old.size, size, &old.root, &checkpoint.root, &tree.consistency(old.size, size)).unwrap();
        }
        last = Some(checkpoint);
    }
}

#[test]
fn the_log_of_300_is_made_again_at_its_nine_sizes_with_its_witness_and_its_proof() {
    let (vkey, witness) = (key("handmade-log-300/log.vkey"), key("handmade-log-300/witness.vkey"));
    let keys = [vkey.clone(), witness.clone()];
    for size in [0, 1, 2, 100, 255, 256, 257, 299, 300] {
        let note = data(&format!("handmade-log-300/checkpoint.{size}"));
        let (checkpoint, verified) = Checkpoint::open(&note, vkey.name(), &keys).unwrap();
        assert_eq!((checkpoint.size, verified.len()), (size, 2));
        let (_, time) = witness::cosigned(&note, vkey.name(), &vkey, &witness).unwrap();
        assert!(time.is_some_and(|time| time > 1_700_000_000));
        remade("handmade-log-300", size, &checkpoint.root);
    }
    let proof = TlogProof::parse(&data("handmade-log-300/sample.tlog-proof")).unwrap();
    assert_eq!(proof.text().into_bytes(), data("handmade-log-300/sample.tlog-proof"));
    let entry = data("handmade-log-300/sample.leaf");
    let (checkpoint, verified) = proof.verify(&leaf_hash(&entry), vkey.name(), &keys).unwrap();
    assert_eq!((checkpoint.size, proof.index, verified.len()), (300, 200, 2));
    let (tree, entries) = remade("handmade-log-300", 300, &checkpoint.root);
    assert_eq!((entries[200].as_slice(), tree.inclusion(200, 300)), (entry.as_slice(), proof.hashes.clone()));
    assert!(proof.verify(&leaf_hash(&entries[199]), vkey.name(), &keys).is_err());
}

/// A witness as the specification describes it, on our own checks: what it would answer.
struct Witness {
    key: VerifierKey,
    size: u64,
    root: Hash,
}

impl Witness {
    fn status(&mut self, body: &str) -> u16 {
        let (head, note) = body.split_once("\n\n").unwrap();
        let mut lines = head.lines();
        let old: u64 = lines.next().unwrap().strip_prefix("old ").unwrap().parse().unwrap();
        let proof: Vec<Hash> = lines.map(|line| STANDARD.decode(line).unwrap().try_into().unwrap()).collect();
        assert_eq!(witness::request(old, &proof, note), body, "the request is written as it was recorded");
        let Ok((checkpoint, _)) = Checkpoint::open(note.as_bytes(), self.key.name(), std::slice::from_ref(&self.key)) else { return 403 };
        if old != self.size {
            return 409;
        }
        let proven = match old {
            0 => proof.is_empty(),
            _ => verify_consistency(old, checkpoint.size, &self.root, &checkpoint.root, &proof).is_ok(),
        };
        if !proven {
            return 422;
        }
        (self.size, self.root) = (checkpoint.size, checkpoint.root);
        200
    }
}

#[test]
fn the_nine_recorded_exchanges_with_a_witness_are_understood() {
    let transcript = json("witness-transcript.json");
    let key = VerifierKey::parse(transcript["log_vkey"].as_str().unwrap()).unwrap();
    let mut witness = Witness { key: key.clone(), size: 0, root: tree::empty_root() };
    let steps = transcript["steps"].as_array().unwrap();
    for (at, step) in steps.iter().enumerate() {
        let (body, status) = (step["request"].as_str().unwrap(), step["status"].as_u64().unwrap() as u16);
        assert_eq!(witness.status(body), status, "step {at}");
        let answer = witness::answer(status, Some("text/x.tlog.size"), step["body"].as_str().unwrap().as_bytes(), "", &key);
        match status {
            409 => assert_eq!(answer, Answer::Behind(witness.size), "step {at}"),
            403 => assert_eq!(answer, Answer::BadSignature, "step {at}"),
            422 => assert_eq!(answer, Answer::Alarm, "step {at}"),
            // The record holds the beginning of the line only, which must not pass for a signature.
            200 => assert!(matches!(answer, Answer::Refused(_)), "step {at}"),
            other => panic!("step {at}: status {other}"),
        }
    }
    assert_eq!(steps.len(), 9);
}

#[test]
fn a_commitment_is_the_hash_that_the_specification_writes_down() {
    // Computed with Python's hashlib: sha256(b"record/v1\n" + bytes([1]*32) + bytes([2]*32)).
    let wanted = "9d93ca72dc499429f0ba46edfcfd8f725e0f6b9d7a580412ca5475092f0ad5f0";
    assert_eq!(hex(&leaf::commitment(&[1; 32], &[2; 32])), wanted);
}
