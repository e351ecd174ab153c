//! Pages in a real Chromium: readable by everyone (axe, WCAG 2.2 AA), whole on a small screen, silent towards others.

use crate::served::Served;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

const NOW: &str = "2026-11-20T12:00:00+01:00";

/// What a reader opens: in Swedish every sort of page, in languages of the crisis pages what they have.
const PAGES: &[&str] = &[
    "/",
    "/decisions/",
    "/decisions/2026/library-in-soderby/",
    "/alerts/2026/boil-water-ostra/",
    "/services/drinking-water/",
    "/ar/",
    "/ar/decisions/",
    "/ar/decisions/2026/water-main-emergency/",
    "/ar/alerts/2026/boil-water-ostra/",
    "/ar/services/drinking-water/",
    "/ka/",
    "/ka/decisions/",
    "/ka/decisions/2026/water-main-emergency/",
    "/ka/alerts/2026/boil-water-ostra/",
    "/ka/services/drinking-water/",
];

/// Loads pages, light and dark, on a phone and on a desk; gives the report of `tests/browser/check.mjs`.
fn looked_at(base: &str, paths: &[&str]) -> Value {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cached = here.join("tests/.cache/browser/node_modules").is_dir();
    assert!(cached, "the browser's tools are not installed: run tests/all, or tests/browser/install.sh");
    let output = Command::new("node").arg(here.join("tests/browser/check.mjs")).arg(base).args(paths).output();
    let output = output.expect("node starts: tests/all installs it");
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "the browser could not look: {errors}");
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("no report: {error}: {errors}"))
}

/// The problems of a report, each once, with the views in which it was met.
fn problems(report: &Value) -> Vec<String> {
    let mut met: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for problem in report["problems"].as_array().expect("a report lists problems") {
        let [path, scheme, name, detail] = ["path", "scheme", "problem", "detail"].map(|key| problem[key].as_str().unwrap_or_default());
        let view = format!("{path} {scheme} {}px", problem["width"]);
        met.entry(format!("{name}: {detail}")).or_default().push(view);
    }
    met.into_iter().map(|(problem, views)| format!("{problem}\n    {} views: {}", views.len(), views.join(", "))).collect()
}

fn build_norrvik(out: &Path) {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut build = Command::new(env!("CARGO_BIN_EXE_promulgate"));
    build.args(["--root", root, "--now", NOW, "build", "--out"]).arg(out);
    let output = build.output().expect("the program starts");
    assert!(output.status.success(), "Norrvik does not build:\n{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn norrvik_can_be_read_by_everyone() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let out = folder.path().join("public");
    build_norrvik(&out);
    let site = Served::folder(&out);
    let report = looked_at(&site.url(), PAGES);
    assert_eq!(report["loads"], PAGES.len() * 4, "every page is loaded light and dark, narrow and wide");
    let problems = problems(&report);
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// A rehearsal that stays up until it is dropped.
struct Rehearsal(Child);

impl Rehearsal {
    /// Starts one over Norrvik, and waits for the address of its wall.
    fn of_norrvik(stage: &Path) -> (Rehearsal, String) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_promulgate"));
        command.args(["--root", env!("CARGO_MANIFEST_DIR"), "--now", NOW, "rehearse", "--stage"]).arg(stage).stderr(Stdio::piped());
        let mut rehearsal = Rehearsal(command.spawn().expect("the program starts"));
        let messages = BufReader::new(rehearsal.0.stderr.take().expect("messages are piped"));
        let mut heard = Vec::new();
        for line in messages.lines().map_while(Result::ok) {
            if let Some(url) = line.trim().strip_prefix("The wall") {
                return (rehearsal, url.trim().to_owned());
            }
            heard.push(line);
        }
        panic!("the rehearsal ended without a wall:\n{}", heard.join("\n"));
    }
}

impl Drop for Rehearsal {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn the_wall_of_a_rehearsal_can_be_read_by_everyone() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let (_rehearsal, wall) = Rehearsal::of_norrvik(&folder.path().join("stage"));
    let problems = problems(&looked_at(&wall, &["/"]));
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn a_page_that_keeps_readers_out_is_found() {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    let head = "<!doctype html><html><head><meta charset=utf-8><meta name=viewport content='width=device-width'><title>Water</title>";
    let body = format!(
        "<body><main><h1>Water</h1><p style='color:#ddd'>Boil it.</p><pre>{}</pre><img src='http://tracker.example/a.gif'>\
         <img src=gone.png alt=''><script>alert(1)</script></main>",
        "water".repeat(80)
    );
    std::fs::write(folder.path().join("index.html"), format!("{head}{body}")).expect("the folder can be written");
    let policy = "/*\n  Content-Security-Policy: default-src 'none'; img-src *; style-src 'unsafe-inline'\n";
    std::fs::write(folder.path().join("_headers"), policy).expect("the folder can be written");
    let site = Served::folder(folder.path());
    let found = problems(&looked_at(&site.url(), &["/", "/gone/"]));
    let expected = [
        ("axe:color-contrast", "/ light 360px"),
        ("axe:image-alt", "/ dark 1280px"),
        ("axe:html-has-lang", "/ dark 360px"),
        ("sideways-scroll", "/ light 320px"),
        ("off-site-request: http://tracker.example/a.gif", "/ light 1280px"),
        ("missing: 404 /gone.png", "/ dark 360px"),
        ("security-policy: script-src-elem forbids inline", "/ dark 1280px"),
        ("answer: 404", "/gone/ light 360px"),
    ];
    for (problem, view) in expected {
        let is_met = found.iter().any(|line| line.starts_with(problem) && line.contains(view));
        assert!(is_met, "not found: {problem} at {view}\n{}", found.join("\n"));
    }
}
