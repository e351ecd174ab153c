//! Logs of our making, judged by two programs that are not ours: golang.org/x/mod and a few pages of plain Python.
//!
//! A sample of sizes; `PROMULGATE_LOG_SIZES=all` for every size up to 1,030 and 65,535 to 65,537, `PROMULGATE_DAMAGED`
//! for the number of damaged logs.

use crate::reliability::figures::{Seeded, number, row, seed};
use promulgate::transparency::checkpoint::Checkpoint;
use promulgate::transparency::hex;
use promulgate::transparency::leaf::{self, Action, Leaf, Reason};
use promulgate::transparency::note::{SigningKey, VerifierKey, sign};
use promulgate::transparency::tiles;
use promulgate::transparency::tree::{Tree, leaf_hash};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

const ORIGIN: &str = "norrvik.example/log";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed(ORIGIN, [seed; 32]).unwrap()
}

/// Entries as the program writes them, each of its own length.
fn entries(count: u64) -> Vec<Vec<u8>> {
    let time = "2026-11-20T10:00:00Z".parse().unwrap();
    let entry = |at: u64| {
        let id = leaf::opaque_id(&u128::from(at).to_be_bytes());
        let k = "decision".repeat(1 + at as usize % 3);
        let leaf =
            Leaf { action: Action::Published, c: leaf_hash(&at.to_be_bytes()), id, k, n: 1, p: None, r: Reason::None, t: time, v: 1 };
        leaf.line().into_bytes()
    };
    (0..count).map(entry).collect()
}

type Files = BTreeMap<String, Vec<u8>>;

/// A log with checkpoints of these sizes, and proofs between them.
fn log(sizes: &[u64]) -> Files {
    let entries = entries(sizes.iter().copied().max().unwrap());
    let tree = Tree::of(&entries);
    let mut files = Files::from([("vkey".to_owned(), format!("{}\n", key(1).verifier()).into_bytes())]);
    let mut proofs = String::new();
    for (at, size) in sizes.iter().copied().enumerate() {
        let checkpoint = Checkpoint { origin: ORIGIN.into(), size, root: tree.root_at(size).unwrap() };
        files.insert(format!("checkpoints/{size}"), sign(&checkpoint.text(), &key(1)).unwrap().into_bytes());
        files.extend(tiles::files(&tree, &entries, size).unwrap());
        let mut tell = |kind: &str, first: u64, path: Vec<[u8; 32]>| {
            let hashes: String = path.iter().map(|hash| format!(" {}", hex(hash))).collect();
            proofs.push_str(&format!("{kind} {first} {size}{hashes}\n"));
        };
        let indices: std::collections::BTreeSet<u64> = [0, size / 3, size / 2, size.saturating_sub(2), size.saturating_sub(1)].into();
        indices.into_iter().filter(|index| *index < size).for_each(|index| tell("inclusion", index, tree.inclusion(index, size)));
        for old in [at.saturating_sub(1), at / 2, at].map(|at| sizes[at]).into_iter().filter(|old| *old > 0) {
            tell("consistency", old, tree.consistency(old, size));
        }
    }
    files.insert("proofs".into(), proofs.into_bytes());
    files
}

fn write(folder: &Path, files: &Files) {
    for (path, bytes) in files {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
}

/// The two programs; Debian's Go finds golang.org/x/mod where Debian's package puts it, and asks no network.
pub struct Checkers {
    go: PathBuf,
    python: PathBuf,
}

impl Checkers {
    pub fn new(folder: &Path) -> Checkers {
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/servers/tlog-check");
        let go = folder.join("tlog-check");
        let built = Command::new("go")
            .args(["build", "-o"])
            .arg(&go)
            .arg(here.join("main.go"))
            .env("GO111MODULE", "off")
            .env("GOPATH", "/usr/share/gocode")
            .env("GOFLAGS", "")
            .env("GOPROXY", "off")
            .output()
            .expect("go is there: tests/all installs golang-go and golang-golang-x-mod-dev");
        assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
        Checkers { go, python: here.join("check.py") }
    }

    /// What each says of each folder: the line after `ok`, or why it is bad.
    pub fn judge(&self, folders: &[PathBuf]) -> Vec<[Result<String, String>; 2]> {
        let run = |command: &mut Command| {
            let output = command.args(folders).output().expect("the checker starts");
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let text = String::from_utf8(output.stdout).unwrap();
            let verdict = |line: &str| match line.split_once(' ') {
                Some(("ok", rest)) => Ok(rest.to_owned()),
                _ => Err(line.to_owned()),
            };
            let verdicts: Vec<_> = text.lines().map(verdict).collect();
            assert_eq!(verdicts.len(), folders.len(), "one line for each log");
            verdicts
        };
        let (go, python) = (run(&mut Command::new(&self.go)), run(Command::new("python3").arg(&self.python)));
        go.into_iter().zip(python).map(|(go, python)| [go, python]).collect()
    }
}

/// What our own reading says of the files of a log.
fn ours(files: &Files) -> Result<usize, String> {
    let get = |path: &str| files.get(path).ok_or(format!("{path} is missing"));
    let vkey = VerifierKey::parse(std::str::from_utf8(get("vkey")?).map_err(|e| e.to_string())?.trim()).map_err(|e| e.to_string())?;
    let mut checked = 0;
    for (path, bytes) in files.iter().filter(|(path, _)| path.starts_with("checkpoints/")) {
        let (checkpoint, _) = Checkpoint::open(bytes, ORIGIN, std::slice::from_ref(&vkey)).map_err(|e| format!("{path}: {e}"))?;
        if *path != format!("checkpoints/{}", checkpoint.size) {
            return Err(format!("{path} holds another size"));
        }
        let mut entries = Vec::new();
        for bundle in tiles::bundles_of(checkpoint.size) {
            let found = tiles::parse_bundle(get(&bundle.to_string())?).map_err(|e| e.to_string())?;
            if found.len() != usize::from(bundle.width) {
                return Err(format!("{bundle} is too short"));
            }
            entries.extend(found);
        }
        let tree = Tree::of(&entries);
        if tree.root() != checkpoint.root {
            return Err(format!("{path}: another root"));
        }
        for tile in tiles::tiles_of(checkpoint.size) {
            if Some(get(&tile.to_string())?) != tiles::tile(&tree, &tile).as_ref() {
                return Err(format!("{tile} differs"));
            }
        }
        checked += 1;
    }
    Ok(checked)
}

fn sampled_sizes() -> Vec<Vec<u64>> {
    if std::env::var("PROMULGATE_LOG_SIZES").is_ok_and(|value| value == "all") {
        return vec![(0..=1030).collect(), vec![65_535, 65_536, 65_537]];
    }
    let near = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 63, 64, 65, 127, 128, 129, 255, 256, 257, 511, 512, 513, 700, 1023, 1024, 1025, 1030];
    vec![near.to_vec()]
}

#[test]
fn logs_of_every_size_are_accepted_by_two_programs_that_are_not_ours() {
    let place = tempfile::tempdir().unwrap();
    let checkers = Checkers::new(place.path());
    let (mut sizes, mut proofs) = (0, 0);
    for (at, wanted) in sampled_sizes().into_iter().enumerate() {
        let folder = place.path().join(format!("log-{at}"));
        let files = log(&wanted);
        write(&folder, &files);
        let told = files["proofs"].split(|byte| *byte == b'\n').count() - 1;
        let expected = Ok(format!("{} {told}", wanted.len()));
        assert_eq!(checkers.judge(&[folder]), [[expected.clone(), expected]]);
        if wanted.len() < 100 {
            assert_eq!(ours(&files), Ok(wanted.len()));
        }
        (sizes, proofs) = (sizes + wanted.len(), proofs + told);
    }
    row("R2 logs for two independent checkers", &format!("{sizes} sizes, {proofs} proofs"), "all accepted by both");
}

/// One damage to a log that its holder might do; none where it would change nothing.
fn damaged(files: &Files, random: &mut Seeded) -> Option<(String, Files)> {
    let mut other = files.clone();
    let paths: Vec<&String> = files.keys().filter(|path| !["vkey", "proofs"].contains(&path.as_str())).collect();
    let path = paths[random.below(paths.len() as u64) as usize];
    let bytes = other.get_mut(path).unwrap();
    let what = match random.below(6) {
        0 | 1 => {
            let at = random.below(bytes.len() as u64) as usize;
            // The last character of a signature has spare bits, which x/mod does not look at.
            if path.starts_with("checkpoints/") && at == bytes.len() - 3 {
                return None;
            }
            bytes[at] ^= 1 << random.below(8);
            format!("{path}: a bit of byte {at} turned")
        }
        2 => {
            bytes.truncate(random.below(bytes.len() as u64) as usize);
            format!("{path}: cut to {} bytes", bytes.len())
        }
        3 => {
            let second = paths[random.below(paths.len() as u64) as usize];
            if files[path] == files[second] {
                return None;
            }
            other.insert(path.clone(), files[second].clone());
            other.insert(second.clone(), files[path].clone());
            format!("{path} and {second} exchanged")
        }
        4 => {
            other.remove(path);
            // A checkpoint less is a smaller log, but the proofs speak of its size.
            format!("{path} removed")
        }
        _ => {
            let size = random.below(300) + 1;
            let forged = Checkpoint { origin: ORIGIN.into(), size: 300, root: Tree::of(&entries(size)).root() };
            if size == 300 {
                return None;
            }
            other.insert("checkpoints/300".into(), sign(&forged.text(), &key(1)).unwrap().into_bytes());
            format!("another history of {size} signed")
        }
    };
    Some((what, other))
}

#[test]
fn a_damaged_log_is_refused_by_us_and_by_both_others() {
    let place = tempfile::tempdir().unwrap();
    let checkers = Checkers::new(place.path());
    let files = log(&[1, 5, 255, 256, 300]);
    assert_eq!(ours(&files), Ok(5));
    let wanted = number("PROMULGATE_DAMAGED", 60) as usize;
    let mut random = Seeded(seed());
    let mut cases = Vec::new();
    while cases.len() < wanted {
        cases.extend(damaged(&files, &mut random));
    }
    let folders: Vec<PathBuf> = (0..wanted).map(|at| place.path().join(format!("damaged-{at}"))).collect();
    for (folder, (_, files)) in folders.iter().zip(&cases) {
        write(folder, files);
    }
    let mut refused = 0;
    for ((what, files), [go, python]) in cases.iter().zip(checkers.judge(&folders)) {
        // A removed checkpoint is missed only by whoever knows of it: the proofs name it, and our site check does.
        let missed = what.starts_with("checkpoints/") && what.ends_with("removed");
        assert!(missed || ours(files).is_err(), "we accept: {what}");
        assert!(go.is_err(), "x/mod accepts: {what}");
        assert!(python.is_err(), "Python accepts: {what}");
        refused += 1;
    }
    row("R2 damaged logs", &format!("{refused} logs"), "0 accepted by us, by x/mod, by Python");
}
