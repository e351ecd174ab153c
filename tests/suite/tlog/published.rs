//! A body that publishes: small sites with their log, made with the parts of the program itself, one act after the other.
//!
//! It knows nothing of how the site is checked.

use crate::reliability::figures::Seeded;
use promulgate::model::manifest::{Manifest, OutputFile};
use promulgate::text::canonical;
use promulgate::transparency::checkpoint::Checkpoint;
use promulgate::transparency::hex;
use promulgate::transparency::leaf::{self, Action, Leaf, Reason};
use promulgate::transparency::manifest_note::ManifestNote;
use promulgate::transparency::note::{SigningKey, sign_all};
use promulgate::transparency::proof::TlogProof;
use promulgate::transparency::site::{Site, Unreachable};
use promulgate::transparency::tiles;
use promulgate::transparency::tree::Tree;
use serde_json::json;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

pub const ORIGIN: &str = "norrvik.example/log";

/// The files of a site by path.
pub type Files = BTreeMap<String, Vec<u8>>;

/// A site in memory, which can be listed like a folder or not, like a web server.
pub struct InMemory<'f>(pub &'f Files, pub bool);

impl Site for InMemory<'_> {
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Unreachable> {
        Ok(self.0.get(path).cloned())
    }

    fn list(&self) -> Result<Option<Vec<String>>, Unreachable> {
        Ok(self.1.then(|| self.0.keys().cloned().collect()))
    }
}

/// One version of a record.
#[derive(Clone)]
struct Version {
    index: u64,
    leaf: Leaf,
    salt: [u8; 32],
    title: String,
    text: String,
    json: Vec<u8>,
    proof: Option<Vec<u8>>,
}

#[derive(Clone)]
struct Record {
    /// `decisions/3/` or `decisions/3.`: what the names of its files begin with.
    stem: String,
    versions: Vec<Version>,
    erased: bool,
}

/// The body.
#[derive(Clone)]
pub struct Body {
    keys: Vec<SigningKey>,
    records: Vec<Record>,
    entries: Vec<Vec<u8>>,
    tree: Tree,
    log: Files,
    /// Every signed checkpoint, by size.
    pub checkpoints: BTreeMap<u64, Vec<u8>>,
    announced: u64,
    theme: u64,
    hours: i64,
}

const WORDS: [&str; 16] = [
    "the", "council", "has", "decided", "on", "fees", "harbour", "school", "roads", "budget", "of", "Norrvik", "from", "winter", "library",
    "permits",
];

fn words(random: &mut Seeded, count: u64) -> String {
    let some: Vec<&str> = (0..count).map(|_| WORDS[random.below(16) as usize]).collect();
    some.join(" ")
}

fn bytes<const N: usize>(random: &mut Seeded) -> [u8; N] {
    std::array::from_fn(|_| random.below(256) as u8)
}

impl Body {
    /// A body whose log has no entry yet.
    pub fn new() -> Body {
        let key = SigningKey::from_seed(ORIGIN, [1; 32]).unwrap();
        let mut body = Body {
            keys: vec![key],
            records: Vec::new(),
            entries: Vec::new(),
            tree: Tree::new(),
            log: Files::new(),
            checkpoints: BTreeMap::new(),
            announced: 0,
            theme: 0,
            hours: 0,
        };
        body.seal();
        body
    }

    /// The key that readers were given at the start.
    pub fn key(&self) -> SigningKey {
        SigningKey::from_seed(ORIGIN, [1; 32]).unwrap()
    }

    /// The key that signs now.
    pub fn newest_key(&self) -> &SigningKey {
        self.keys.last().unwrap()
    }

    /// How many entries the log has.
    pub fn size(&self) -> u64 {
        self.tree.size()
    }

    /// The present of the body.
    pub fn now(&self) -> jiff::Timestamp {
        "2026-11-20T10:00:00Z".parse::<jiff::Timestamp>().unwrap() + jiff::SignedDuration::from_hours(self.hours)
    }

    fn append(&mut self, action: Action, k: &str, c: [u8; 32], previous: Option<(u64, &Leaf)>, random: &mut Seeded) -> (u64, Leaf) {
        let reasons = [Reason::Correction, Reason::CourtOrder, Reason::DataProtection, Reason::Mistake, Reason::Superseded];
        let r = match action {
            Action::Published | Action::Key => Reason::None,
            _ => reasons[random.below(5) as usize],
        };
        let id = previous.map_or_else(|| leaf::opaque_id(&bytes(random)), |(_, leaf)| leaf.id.clone());
        let n = previous.map_or(1, |(_, leaf)| leaf.n + 1);
        let made = Leaf { action, c, id, k: k.into(), n, p: previous.map(|(index, _)| index), r, t: self.now(), v: 1 };
        self.entries.push(made.line().into_bytes());
        self.tree.push(made.hash());
        (self.tree.size() - 1, made)
    }

    fn log_version(&mut self, at: usize, action: Action, title: String, text: String, random: &mut Seeded) {
        let previous = self.records[at].versions.last().map(|version| (version.index, version.leaf.clone()));
        let n = previous.as_ref().map_or(1, |(_, leaf)| leaf.n + 1);
        let record = json!({ "format": "record/1", "id": self.records[at].stem, "version": n, "title": title, "text": text, "withdrawn": action == Action::Withdrawn });
        let (json, salt) = (canonical::json(&record), bytes(random));
        let c = leaf::commitment(&salt, &Sha256::digest(&json).into());
        let (index, leaf) = self.append(action, "decision", c, previous.as_ref().map(|(index, leaf)| (*index, leaf)), random);
        self.records[at].versions.push(Version { index, leaf, salt, title, text, json, proof: None });
    }

    /// Publishes a new record.
    pub fn publish(&mut self, random: &mut Seeded) {
        let number = self.records.len();
        let stem = if random.below(3) == 0 { format!("decisions/{number}.") } else { format!("decisions/{number}/") };
        self.records.push(Record { stem, versions: Vec::new(), erased: false });
        let (title, text) = (words(random, 4), format!("{}.\n\n- {}\n- {}", words(random, 12), words(random, 3), words(random, 5)));
        self.log_version(number, Action::Published, title, text, random);
    }

    /// One act that is allowed now.
    pub fn act(&mut self, random: &mut Seeded, rotate: bool) {
        let standing: Vec<usize> = (0..self.records.len()).filter(|at| !self.records[*at].erased).collect();
        let some = standing.get(random.below(standing.len() as u64) as usize).copied();
        let action = |body: &Body, at: usize| body.records[at].versions.last().unwrap().leaf.action;
        match (random.below(10), some) {
            (0..=2, _) | (_, None) => self.publish(random),
            (3..=5, Some(at)) => {
                let title = self.records[at].versions.last().unwrap().title.clone();
                let again = if action(self, at) == Action::Withdrawn { Action::Published } else { Action::Revised };
                let text = words(random, 20);
                self.log_version(at, again, title, text, random);
            }
            (6, Some(at)) => {
                let last = self.records[at].versions.last().unwrap().clone();
                self.log_version(at, Action::Withdrawn, last.title, last.text, random);
            }
            (7, Some(at)) => {
                let last = self.records[at].versions.last().map(|version| (version.index, version.leaf.clone())).unwrap();
                self.append(Action::Erased, "decision", leaf::NOTHING, Some((last.0, &last.1)), random);
                self.records[at].erased = true;
                self.records[at].versions.clear();
            }
            (8, _) if rotate && self.keys.len() == 1 => {
                let key = SigningKey::from_seed(ORIGIN, bytes(random)).unwrap();
                self.announced = self.append(Action::Key, "key", key.verifier().fingerprint(), None, random).0;
                self.log.insert(format!("log/keys/{}", key.verifier().id_text()), format!("{}\n", key.verifier()).into_bytes());
                self.keys.push(key);
            }
            // The old key goes once it has signed for the new one.
            (8, _) if self.keys.len() == 2 && self.checkpoints.keys().any(|size| *size > self.announced) => drop(self.keys.remove(0)),
            _ => self.theme += 1,
        }
    }

    /// Signs what the log has now, and makes the proofs of what is new.
    pub fn seal(&mut self) {
        self.hours += 7;
        let size = self.tree.size();
        let checkpoint = Checkpoint { origin: ORIGIN.into(), size, root: self.tree.root() };
        let note = match self.checkpoints.get(&size) {
            Some(note) => note.clone(),
            None => sign_all(&checkpoint.text(), &self.keys.iter().collect::<Vec<_>>()).unwrap().into_bytes(),
        };
        for (path, bytes) in tiles::files(&self.tree, &self.entries, size).unwrap() {
            self.log.insert(format!("log/{path}"), bytes);
        }
        self.log.insert("log/checkpoint".into(), note.clone());
        self.log.insert(format!("log/checkpoints/{size}"), note.clone());
        self.log.insert("log/vkey".into(), format!("{}\n", self.keys.last().unwrap().verifier()).into_bytes());
        self.log.insert("log/checkpoints.atom".into(), format!("<feed><id>{ORIGIN}</id><entry>{size}</entry></feed>").into_bytes());
        for version in self.records.iter_mut().flat_map(|record| &mut record.versions).filter(|version| version.proof.is_none()) {
            let proof = TlogProof {
                extra: Some(leaf::extra(&version.leaf, &version.salt)),
                index: version.index,
                hashes: self.tree.inclusion(version.index, size),
                checkpoint: String::from_utf8(note.clone()).unwrap(),
            };
            version.proof = Some(proof.text().into_bytes());
        }
        self.checkpoints.insert(size, note);
    }

    fn page(&self, version: &Version) -> Vec<u8> {
        let blocks: String = version
            .text
            .split("\n\n")
            .map(|block| match block.strip_prefix("- ") {
                Some(items) => format!("<ul>{}</ul>", items.split("\n- ").map(|item| format!("<li>{item}</li>")).collect::<String>()),
                None => format!("<p>{block}</p>"),
            })
            .collect();
        let (title, theme) = (&version.title, self.theme);
        format!("<!doctype html><html lang=en><head><title>{title} – Norrvik</title></head><body class=\"t{theme}\"><nav>Menu</nav><main><h1>{title}</h1>{blocks}</main></body></html>")
            .into_bytes()
    }

    /// The site as it is published now.
    pub fn site(&self) -> Files {
        let mut files = self.log.clone();
        files.insert("style.css".into(), format!("body{{color:#{:06x}}}", self.theme).into_bytes());
        files.insert("index.html".into(), b"<!doctype html><title>Norrvik</title><p>Welcome".to_vec());
        for record in &self.records {
            let (stem, page) = match record.stem.strip_suffix('.') {
                Some(stem) => (stem, format!("{stem}.html")),
                None => (record.stem.trim_end_matches('/'), format!("{}index.html", record.stem)),
            };
            let Some((current, older)) = record.versions.split_last() else {
                files.insert(page, b"<!doctype html><title>Gone</title><p>This record was erased.".to_vec());
                continue;
            };
            files.insert(page, self.page(current));
            let mut put = |prefix: &str, version: &Version| {
                files.insert(format!("{prefix}record.json"), version.json.clone());
                files.insert(format!("{prefix}record.tlog-proof"), version.proof.clone().expect("sealed"));
            };
            put(&record.stem, current);
            older.iter().for_each(|version| put(&format!("{stem}/versions/{}/", version.leaf.n), version));
            for version in older {
                files.insert(format!("{stem}/versions/{}/index.html", version.leaf.n), self.page(version));
            }
        }
        self.list(&mut files);
        files
    }

    /// Makes the list of files anew, and signs it: whoever has the key can do that to any files.
    pub fn list(&self, files: &mut Files) {
        files.retain(|path, _| !path.starts_with("manifest."));
        let listed = |bytes: &Vec<u8>| OutputFile { bytes: bytes.len() as u64, sha256: hex(&Sha256::digest(bytes)) };
        let manifest = Manifest {
            manifest: 1,
            files: files.iter().map(|(path, bytes)| (path.clone(), listed(bytes))).collect(),
            kept: Default::default(),
        };
        let manifest = serde_json::to_vec(&manifest).unwrap();
        let note = ManifestNote::of(ORIGIN, self.tree.size(), self.now(), &manifest);
        let note = sign_all(&note.text(), &self.keys.iter().collect::<Vec<_>>()).unwrap();
        files.insert("manifest.json".into(), manifest);
        files.insert("manifest.note".into(), note.into_bytes());
    }

    /// What the names of the files of each standing record begin with, and its page.
    pub fn pages(&self) -> Vec<(String, String)> {
        let page = |stem: &str| match stem.strip_suffix('.') {
            Some(stem) => format!("{stem}.html"),
            None => format!("{stem}index.html"),
        };
        self.records.iter().filter(|record| !record.versions.is_empty()).map(|record| (record.stem.clone(), page(&record.stem))).collect()
    }
}

/// A body after so many batches of one to three acts each, and what it had published after each.
pub fn life(random: &mut Seeded, batches: u64, rotate: bool) -> Vec<Body> {
    let mut body = Body::new();
    let mut states = vec![body.clone()];
    for _ in 0..batches {
        for _ in 0..=random.below(3) {
            body.act(random, rotate);
        }
        body.seal();
        states.push(body.clone());
    }
    states
}
