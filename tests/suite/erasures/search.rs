//! The search for what must be gone: words in a row however a file writes them, names, salts, whole files.

use super::Record;
use aho_corasick::AhoCorasick;
use base64::Engine;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use percent_encoding::percent_decode_str;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// Something that should be gone.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// Whose it is.
    pub record: String,
    /// What it is: words, a name, a salt or hash, a file.
    pub what: &'static str,
    /// The thing itself.
    pub needle: String,
    /// Where it was found.
    pub path: String,
}

/// What is looked for.
pub struct Search {
    /// Three words in a row, and whose they are.
    rows: BTreeMap<String, String>,
    /// Bytes, whose they are, and what.
    bytes: Vec<(Vec<u8>, String, &'static str)>,
    /// Files by their hash.
    files: BTreeMap<[u8; 32], String>,
    found: Option<AhoCorasick>,
}

/// Three words in a row, of those that are invented: short ones and numbers stand in every file.
fn rows_of(text: &str) -> BTreeSet<String> {
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let invented = |word: &&str| word.chars().count() > 4 && !word.chars().any(|c| c.is_ascii_digit());
    words.windows(3).filter(|row| row.iter().all(&invented)).map(|row| row.join(" ")).collect()
}

impl Search {
    /// What stands in records that are to be erased, and in none that stays.
    pub fn new(erased: &[Record], kept: &[Record]) -> Search {
        let stays: BTreeSet<String> = kept.iter().flat_map(|record| rows_of(&record.text().to_lowercase())).collect();
        let mut rows = BTreeMap::new();
        let mut bytes = Vec::new();
        for record in erased {
            let own = rows_of(&record.text().to_lowercase()).into_iter().filter(|row| !stays.contains(row));
            rows.extend(own.map(|row| (row, record.id.clone())));
            for name in record.names() {
                // An index may hold the stem alone.
                bytes.push((name.as_bytes()[..name.len() - 2].to_vec(), record.id.clone(), "a name"));
            }
        }
        Search { rows, bytes, files: BTreeMap::new(), found: None }
    }

    /// Salts and hashes of one record, as hex.
    pub fn secrets(&mut self, (record, secrets): (&String, &Vec<String>)) {
        for secret in secrets {
            let raw: Vec<u8> = (0..secret.len()).step_by(2).map(|at| u8::from_str_radix(&secret[at..at + 2], 16).unwrap()).collect();
            // In the middle of a longer base64, wherever it begins.
            let shifted = (0..3).map(|shift| {
                let text = STANDARD_NO_PAD.encode([&vec![0; shift][..], &raw].concat());
                text.as_bytes()[[0, 2, 3][shift]..(shift + raw.len()) / 3 * 4].to_vec()
            });
            let forms = shifted.chain([secret.clone().into_bytes(), raw.clone()]);
            self.bytes.extend(forms.map(|form| (form, record.clone(), "a salt or hash")));
        }
    }

    /// Every file whose path says that it is theirs.
    pub fn files_of(&mut self, all: &[(String, Vec<u8>)], erased: &[Record]) {
        for record in erased {
            let stem = record.slug();
            let stem = stem.trim_end_matches('/');
            let names = record.names();
            let theirs = |path: &str| {
                path.contains(&format!("{stem}/")) || path.contains(&format!("{stem}.")) || names.iter().any(|name| path.contains(name))
            };
            for (_, bytes) in all.iter().filter(|(path, _)| theirs(path)) {
                self.files.insert(Sha256::digest(bytes).into(), record.id.clone());
            }
        }
        let patterns = self.bytes.iter().map(|(needle, _, _)| needle);
        self.found = Some(AhoCorasick::builder().ascii_case_insensitive(true).build(patterns).unwrap());
    }

    /// How many things are looked for.
    pub fn size(&self) -> usize {
        self.rows.len() + self.bytes.len() + self.files.len()
    }

    /// What is found in files by path; each thing once a file.
    pub fn over(&self, files: &[(String, Vec<u8>)]) -> Vec<Found> {
        let mut all = BTreeSet::new();
        for (path, bytes) in files {
            let mut tell = |record: &String, what, needle: String| {
                all.insert(Found { record: record.clone(), what, needle, path: path.clone() });
            };
            let whole = [path.as_bytes(), b"\n", bytes].concat();
            for found in self.found.as_ref().unwrap().find_overlapping_iter(&whole) {
                let (needle, record, what) = &self.bytes[found.pattern().as_usize()];
                tell(record, what, String::from_utf8_lossy(needle).into_owned());
            }
            if let Some(record) = self.files.get(&<[u8; 32]>::from(Sha256::digest(bytes))) {
                tell(record, "a file", String::new());
            }
            let Ok(text) = std::str::from_utf8(bytes) else { continue };
            for reading in readings(text) {
                for row in rows_of(&reading) {
                    if let Some(record) = self.rows.get(&row) {
                        tell(record, "words", row);
                    }
                }
            }
        }
        all.into_iter().collect()
    }

    /// Files in which something of a record stands, in the ways in which files write things.
    pub fn plants(&self, record: &Record, before: &[(String, Vec<u8>)]) -> Vec<(Vec<u8>, &'static str)> {
        let row = self.rows.iter().find(|(_, whose)| **whose == record.id).unwrap().0;
        let words: Vec<&str> = row.split(' ').collect();
        let mut planted = vec![
            (format!("<p>{}\n <strong>{}</strong>, {}", words[0].to_uppercase(), words[1], words[2]), "words"),
            (format!("<img alt=\"{row}\">"), "words"),
            (format!("{{\"text\":\"1\\n{}\\u0020{}\\t{}\"}}", words[0], words[1], words[2]), "words"),
            (format!("SUMMARY:{}\r\n {} {} {}", &words[0][..2], &words[0][2..], words[1], words[2]), "words"),
            (row.replace(' ', "%20"), "words"),
            (record.names()[0].to_uppercase(), "a name"),
        ]
        .into_iter()
        .map(|(text, what)| (text.into_bytes(), what))
        .collect::<Vec<_>>();
        let salts = self.bytes.iter().filter(|(_, whose, what)| *whose == record.id && *what == "a salt or hash");
        planted.extend(salts.map(|(salt, _, what)| ([b"extra AA", &salt[..]].concat(), *what)));
        let (_, document) = record.files(true).into_iter().find(|(path, _)| path.ends_with(".png")).unwrap();
        assert!(before.iter().any(|(_, bytes)| *bytes == document), "a picture goes out as it is");
        planted.push((document, "a file"));
        planted
    }
}

/// The words of a file as people read them, and as they stand in attributes.
fn readings(text: &str) -> Vec<String> {
    let unfolded = text.replace("\r\n ", "").replace("\r\n\t", "");
    let decoded = percent_decode_str(&unfolded).decode_utf8_lossy().into_owned();
    let plain = escapes(&decoded).to_lowercase();
    let mut bare = String::with_capacity(plain.len());
    let mut inside = false;
    for c in plain.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if !inside => bare.push(c),
            _ => continue,
        }
        if matches!(c, '<' | '>') {
            bare.push(' ');
        }
    }
    vec![plain, bare]
}

/// The escapes of JSON, taken back.
fn escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('u') => {
                let code: String = chars.by_ref().take(4).collect();
                out.push(u32::from_str_radix(&code, 16).ok().and_then(char::from_u32).unwrap_or(' '));
            }
            Some('n' | 't' | 'r' | 'b' | 'f') | None => out.push(' '),
            Some(other) => out.push(other),
        }
    }
    out
}
