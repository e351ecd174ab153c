//! In: files. Out: breaches of the manners that a machine can see.

use crate::source::File;

/// Files that may name hash maps, and why. What they hold is never walked: clippy's `iter_over_hash_type` sees to it.
const HASHING: &[(&str, &str)] = &[("src/text/sanitise.rs", "the sanitiser's own builder takes them")];

/// Half of all files are shorter than this.
const MEDIAN_LINES: usize = 200;

/// Files that do not open with `//!`.
pub fn headless(files: &[File]) -> Vec<String> {
    let bare = files.iter().filter(|file| !file.raw.starts_with("//! "));
    bare.map(|file| format!("{}:1: does not open with `//!`: what comes in, what goes out, what it promises", file.path)).collect()
}

/// Maps and sets without an order.
pub fn unordered(files: &[File]) -> Vec<String> {
    let asked = files.iter().filter(|file| HASHING.iter().all(|(path, _)| *path != file.path));
    let faults = asked.flat_map(|file| {
        let lines = ["HashMap", "HashSet"].into_iter().flat_map(|name| file.lines_with(name).map(move |line| (line, name)));
        lines.map(|(line, name)| format!("{}:{line}: {name} has no order; BTreeMap and BTreeSet have", file.path)).collect::<Vec<_>>()
    });
    faults.collect()
}

/// Warnings that are hushed, and faults that would end the program in front of its user.
pub fn loosened(files: &[File]) -> Vec<String> {
    let phrases = ["#[allow(", "#![allow(", ".unwrap()", "todo!(", "unimplemented!("];
    let faults = files.iter().flat_map(|file| {
        phrases.into_iter().flat_map(move |phrase| file.lines_with(phrase).map(move |line| format!("{}:{line}: {phrase}", file.path)))
    });
    faults.collect()
}

/// The median length, if it is too great.
pub fn median_length(files: &[File]) -> Vec<String> {
    let mut lengths: Vec<usize> = files.iter().map(|file| file.raw.lines().count()).collect();
    lengths.sort_unstable();
    let median = lengths.get(lengths.len() / 2).copied().unwrap_or_default();
    if median < MEDIAN_LINES { Vec::new() } else { vec![format!("src: half of the files are longer than {median} lines")] }
}

#[test]
fn a_file_without_a_head_is_found() {
    let bad = [File::new("src/a.rs", "// a\n//! b"), File::new("src/b.rs", "use c;"), File::new("src/d.rs", "//! Days.")];
    assert_eq!(headless(&bad).len(), 2);
}

#[test]
fn a_hash_map_is_found() {
    let bad = [File::new("src/a.rs", "\nuse std::collections::HashMap; // HashSet")];
    assert_eq!(unordered(&bad), ["src/a.rs:2: HashMap has no order; BTreeMap and BTreeSet have"]);
}

#[test]
fn hushing_and_unwrapping_are_found_outside_tests() {
    let text = "#[allow(dead_code)]\nfn a() { b.unwrap() }\n#[cfg(test)]\nmod tests { fn c() { d.unwrap() } }";
    assert_eq!(loosened(&[File::new("src/a.rs", text)]), ["src/a.rs:1: #[allow(", "src/a.rs:2: .unwrap()"]);
}

#[test]
fn a_house_of_long_files_is_found() {
    let long = || File::new("src/a.rs", "//! a\n".repeat(MEDIAN_LINES));
    assert_eq!(median_length(&[long(), long(), File::new("src/b.rs", "")]).len(), 1);
    assert_eq!(median_length(&[long(), File::new("src/b.rs", ""), File::new("src/c.rs", "")]).len(), 0);
}
