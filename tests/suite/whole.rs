//! Whole runs of the program on real input, and under a reader's eyes.

use crate::sandbox::{NOW, Sandbox, files_below};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

/// Imports an archive and builds it twice, on all cores and on one; gives imported, copied, left out, pages.
fn imported_and_built(archive: &str, below: &str, map: &str) -> Option<(u64, u64, u64, usize)> {
    let Some(folder) = std::env::var_os("PROMULGATE_CORPORA").map(PathBuf::from) else {
        println!("not run: the archive {archive} is not part of this repository; set PROMULGATE_CORPORA to the folder that holds it");
        return None;
    };
    let site = Sandbox::new();
    let unpacked = Sandbox::new();
    let status =
        Command::new("tar").arg("xzf").arg(folder.join(format!("{archive}.tar.gz"))).arg("-C").arg(unpacked.root()).status().unwrap();
    assert!(status.success());
    let map = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/maps").join(map);
    let from = unpacked.path(below);
    let found = files_below(&from).len() as u64;
    let said = site.run(&["import", "markdown", from.to_str().unwrap(), "--map", map.to_str().unwrap(), "--format", "json"]);
    assert_eq!(said.code, 0, "{}", said.stderr);
    let account: serde_json::Value = serde_json::from_str(&said.stdout).unwrap();
    let count = |name: &str| account[name].as_u64().unwrap();
    assert_eq!(count("imported") + count("copied") + count("rejected"), found, "every file is accounted for");
    for entry in account["files"].as_array().unwrap().iter().filter(|entry| entry["fate"] == "rejected") {
        assert!(entry["line"].as_u64() > Some(0) && entry["reason"].as_str().is_some_and(|reason| reason.ends_with('.')), "{entry}");
    }
    let mut pages = 0;
    for (out, more) in [("a", &[][..]), ("b", &["--threads", "1"])] {
        let start = Instant::now();
        let mut args = vec!["build", "--out", out, "--log-level", "error"];
        args.extend_from_slice(more);
        let said = site.run(&args);
        assert_eq!(said.code, 0, "{archive}: {}", said.stderr.chars().take(3_000).collect::<String>());
        pages = files_below(&site.path(out)).len();
        println!("{archive}: {pages} files in {:.1} s", start.elapsed().as_secs_f64());
    }
    let differing = files_below(&site.path("a")).into_iter().find(|file| {
        let other = site.path("b").join(file.strip_prefix(site.path("a")).unwrap());
        fs::read(file).unwrap() != fs::read(other).unwrap_or_default()
    });
    assert_eq!(differing, None, "all cores and one give the same bytes");
    Some((count("imported"), count("copied"), count("rejected"), pages))
}

#[test]
fn nine_hundred_and_forty_nine_improvement_proposals_become_a_site() {
    if let Some((imported, _, rejected, pages)) = imported_and_built("eips", "EIPS", "eips.yaml") {
        assert_eq!((imported, rejected), (949, 0));
        assert!(pages > 949, "{pages}");
    }
}

#[test]
fn a_status_page_of_incidents_becomes_a_site() {
    if let Some((imported, copied, rejected, pages)) = imported_and_built("jenkins-status", "content", "jenkins-status.yaml") {
        assert_eq!((imported, imported + copied + rejected), (297, 303));
        assert!(pages > 297, "{pages}");
    }
}

#[test]
fn a_government_site_of_four_thousand_pages_becomes_a_site() {
    if let Some((imported, _, rejected, pages)) = imported_and_built("digitalgov", "content", "digitalgov.yaml") {
        assert_eq!((imported, rejected), (4_011, 33));
        assert!(pages > 4_011, "{pages}");
    }
}

#[test]
fn a_reader_in_another_process_meets_a_whole_site_during_200_rebuilds() {
    let site = Sandbox::new();
    site.write("promulgate.yaml", b"title: Town\nurl: https://norrvik.example\nlanguages: [sv]\ncards: false\n");
    let page = |version: usize| {
        format!("---\ntitle: Sida {version}\nsummary: Version {version}.\n---\n\n{}\n", format!("Version {version}. ").repeat(400))
    };
    for number in 0..12 {
        site.write(&format!("content/pages/p{number}.md"), page(0).as_bytes());
    }
    assert_eq!(site.run(&["build"]).code, 0);
    let (done, reads) = (AtomicBool::new(false), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        let reader = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) {
                for number in 0..12 {
                    let text = fs::read_to_string(site.path(&format!("public/pages/p{number}/index.html")));
                    let text = text.unwrap_or_else(|error| panic!("p{number} is missing: {error}"));
                    assert!(text.trim_end().ends_with("</html>"), "p{number} is half written");
                    let version = text
                        .split("<h1")
                        .nth(1)
                        .and_then(|rest| rest.split("Sida ").nth(1))
                        .and_then(|rest| rest.split('<').next())
                        .unwrap();
                    assert!(text.matches(&format!("Version {version}. ")).count() >= 399, "p{number} mixes versions");
                    reads.fetch_add(1, Ordering::Relaxed);
                }
            }
        });
        for version in 1..=200 {
            for number in 0..12 {
                site.write(&format!("content/pages/p{number}.md"), page(version).as_bytes());
            }
            let said = site.run(&["build", "--now", NOW]);
            assert_eq!(said.code, 0, "{}", said.stderr);
            assert!(!reader.is_finished(), "the reader found a fault");
        }
        done.store(true, Ordering::Relaxed);
    });
    println!("{} reads during 200 rebuilds", reads.load(Ordering::Relaxed));
    assert!(reads.load(Ordering::Relaxed) > 1_000);
}
