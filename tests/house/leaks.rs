//! In: every text file that the project keeps. Out: lines that only mean something on one machine.
//!
//! A path of somebody's disk, or the address of the package mirror that somebody installs from, is of no use to
//! anyone else and may tell what is nobody's business.

use crate::source::File;
use std::path::Path;

/// What is made, not kept. In a second working tree `.git` is a file.
const MADE: &[&str] = &[".git", "target", "public", "ledger", "node_modules", ".cache", ".rehearsal"];

/// Folders at the root of a disk in which people keep their own things.
const OWN_FOLDERS: &[&str] = &["home", "root", "Users", "work", "workspace", "mnt", "tmp"];

/// The one place that `Cargo.lock` may name.
const CRATES: &str = "registry+https://github.com/rust-lang/crates.io-index";

/// All kept files that are text.
pub fn text_files(root: &Path) -> Vec<File> {
    let mut files = Vec::new();
    collect(root, "", &mut files);
    assert!(files.len() > 50, "only {} files were found: the guard looks in the wrong place", files.len());
    files
}

fn collect(root: &Path, below: &str, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(root.join(below)).expect("the folder can be read") {
        let name = entry.expect("the folder can be read").file_name().to_string_lossy().into_owned();
        let path = if below.is_empty() { name.clone() } else { format!("{below}/{name}") };
        let whole = root.join(&path);
        if MADE.contains(&name.as_str()) || name.starts_with(".public") {
            continue;
        }
        if whole.is_dir() {
            collect(root, &path, files);
        } else if whole.is_file()
            && let Ok(text) = std::fs::read_to_string(&whole)
        {
            files.push(File { path, raw: text, code: String::new() });
        }
    }
}

/// Lines that name one machine's paths, or where its packages come from.
pub fn leaks(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files {
        for (at, line) in file.raw.lines().enumerate() {
            if let Some(folder) = OWN_FOLDERS.iter().find(|folder| names_folder(line, folder)) {
                faults.push(format!("{}:{}: names a path of one machine, below /{folder}", file.path, at + 1));
            }
            if names_mirror(&file.path, line) {
                faults.push(format!("{}:{}: names where one machine's packages come from", file.path, at + 1));
            }
        }
    }
    faults
}

/// Whether the line holds a path that starts with the folder; a part of a longer path or address is none.
fn names_folder(line: &str, folder: &str) -> bool {
    let start = format!("/{folder}/");
    let starts_there = |at: usize| !line[..at].ends_with(|c: char| c.is_alphanumeric() || "._-~/}*".contains(c));
    line.match_indices(&start).any(|(at, found)| starts_there(at) && line[at + found.len()..].starts_with(|c: char| c.is_alphanumeric()))
}

fn names_mirror(path: &str, line: &str) -> bool {
    match path.rsplit('/').next().unwrap_or_default() {
        "Cargo.lock" => line.starts_with("source = ") && !line.contains(CRATES),
        "package-lock.json" => line.trim_start().starts_with("\"resolved\""),
        ".npmrc" => line.contains("registry=") || line.contains("_auth"),
        _ => false,
    }
}

#[test]
fn a_path_of_one_machine_is_found() {
    let bad = format!("a\nread /{}/anna/notes.md", "home");
    assert_eq!(leaks(&[File::new("docs/a.md", bad)]), ["docs/a.md:2: names a path of one machine, below /home"]);
    let good = "https://norrvik.example/home/water /decisions/home/ ${DIR}/tmp/a /home/";
    assert_eq!(leaks(&[File::new("docs/a.md", good)]), Vec::<String>::new());
}

#[test]
fn the_address_of_a_mirror_is_found() {
    let lock = File::new("tests/browser/package-lock.json", "{\n  \"resolved\": \"https://mirror.example/axe.tgz\",\n");
    let cargo = File::new(
        "Cargo.lock",
        "source = \"registry+https://mirror.example/index\"\nsource = \"registry+https://github.com/rust-lang/crates.io-index\"",
    );
    assert_eq!(leaks(&[lock, cargo]).len(), 2);
}
