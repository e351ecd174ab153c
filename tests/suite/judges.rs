//! Finished pages before judges that we did not write: the Nu HTML checker over every page of Norrvik, and Lighthouse.

use crate::browser::{NORRVIK_NOW, build_norrvik};
use crate::served::Served;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What Lighthouse judges: home, a decision, an alert, the search.
const JUDGED: &[&str] = &["/", "/decisions/2026/library-in-soderby/", "/alerts/2026/boil-water-ostra/", "/search/"];

/// Warnings of the HTML checker that do not speak of the page: it reads files where the policy speaks of a site, takes
/// data blocks for scripts, and guesses the language of lists whose records are in another one and say so.
const BESIDE_THE_POINT: &[&str] = &["Content Security Policy", "This document appears to be written in"];

fn installed(path: &str) -> PathBuf {
    let found = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/.cache/judges/node_modules").join(path);
    assert!(found.exists(), "the judges are not installed: run tests/all, or tests/judges/install.sh");
    found
}

fn ran(command: &mut Command) -> Output {
    let output = command.output().unwrap_or_else(|error| panic!("{command:?}: {error}: tests/all installs it"));
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output
}

/// What the Nu HTML checker says of all pages below a folder: each message once, with the pages it was said of.
fn html_faults(folder: &Path) -> BTreeMap<String, Vec<String>> {
    let mut checker = Command::new("java");
    checker.arg("-Xss8m").arg("-jar").arg(installed("vnu-jar/build/dist/vnu.jar"));
    let output = ran(checker.args(["--format", "json", "--skip-non-html", "--exit-zero-always"]).arg(folder));
    let report: Value = serde_json::from_slice(&output.stderr).expect("the checker answers in JSON");
    let mut faults: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for message in report["messages"].as_array().expect("the checker lists messages") {
        let text = message["message"].as_str().unwrap_or_default();
        // An info without a subtype explains the message before it.
        let counts = message["type"] != "info" || message["subType"] == "warning";
        if counts && !BESIDE_THE_POINT.iter().any(|known| text.contains(known)) {
            let page = message["url"].as_str().unwrap_or_default().rsplit("public").next().unwrap_or_default().to_owned();
            faults.entry(format!("{text} {}", message["extract"])).or_default().push(page);
        }
    }
    faults
}

#[test]
fn every_page_of_norrvik_is_valid_html() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let out = folder.path().join("public");
    build_norrvik(&out);
    let faults = html_faults(&out);
    assert!(faults.is_empty(), "at {NORRVIK_NOW}: {faults:#?}");
}

#[test]
fn the_html_checker_finds_a_fault_where_there_is_one() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let page = "<!doctype html><html lang=en><title>t</title><body><p id=a>one<p id=a>two<ul><p>three</ul>";
    std::fs::write(folder.path().join("index.html"), page).expect("the page is written");
    let faults = html_faults(folder.path());
    assert!(faults.keys().any(|fault| fault.contains("Duplicate ID")), "{faults:#?}");
}

#[test]
fn lighthouse_gives_the_whole_hundred() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let out = folder.path().join("public");
    build_norrvik(&out);
    let site = Served::folder(&out);
    installed("lighthouse/package.json");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/judges/lighthouse.mjs");
    let output = ran(Command::new("node").arg(script).arg(site.url()).args(JUDGED).arg("--runs=5"));
    let report: Value = serde_json::from_slice(&output.stdout).expect("a report in JSON");
    let report = report.as_array().expect("a list of pages");
    assert_eq!(report.len(), JUDGED.len());
    for page in report {
        println!("{} {} {} bytes in {} requests, LCP {} ms", page["path"], page["scores"], page["bytes"], page["requests"], page["lcp"]);
    }
    let short = |page: &&Value| {
        let scores = page["scores"].as_object().expect("scores by category");
        assert_eq!(scores.len(), 4, "four categories: {scores:?}");
        // The score for speed is of this machine as much as of the page: it is printed above, and only a page that is slow
        // whatever runs beside it fails.
        scores.iter().any(|(name, score)| score.as_u64() < Some(if name == "performance" { 60 } else { 100 }))
    };
    let short: Vec<&Value> = report.iter().filter(short).collect();
    assert!(short.is_empty(), "{short:#?}");
}
