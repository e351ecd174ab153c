//! Whole sites: the one of our own decisions, and the one that `init` makes.

use crate::sandbox::{Sandbox, files_below};
use std::fs;
use std::path::{Path, PathBuf};

fn ours() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites/decisions-of-ours")
}

fn copied(from: &Path) -> Sandbox {
    let sandbox = Sandbox::new();
    for file in files_below(from) {
        let below = file.strip_prefix(from).expect("a file below the site").to_str().expect("a plain name");
        sandbox.write(below, &fs::read(&file).expect("a file of the site"));
    }
    sandbox
}

/// The title of the option that a record marks as chosen.
fn chosen(record: &str) -> &str {
    let before = record.split("chosen: true").next().expect("text before the mark");
    before.rsplit("- title: ").next().and_then(|rest| rest.lines().next()).expect("an option has a title").trim_matches('"')
}

#[test]
fn our_own_decisions_are_a_site_without_a_finding_and_each_page_shows_what_was_chosen() {
    let sandbox = copied(&ours());
    let checked = sandbox.run(&["check"]);
    assert_eq!((checked.code, checked.stdout.as_str()), (0, ""), "{}", checked.stderr);
    assert!(checked.stderr.ends_with("nothing to mend.\n"), "{}", checked.stderr);
    let built = sandbox.run(&["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let records = files_below(&ours().join("content/decisions"));
    assert!((8..=10).contains(&records.len()), "{} decisions", records.len());
    for record in records {
        let text = fs::read_to_string(&record).expect("a record");
        assert_eq!(text.matches("chosen: true").count(), 1, "{}: one option is chosen", record.display());
        let year = record.parent().and_then(Path::file_name).expect("a year").to_str().expect("a plain year");
        let name = record.file_stem().expect("a name").to_str().expect("a plain name");
        let page = sandbox.read(&format!("public/decisions/{year}/{name}/index.html"));
        let option = chosen(&text);
        assert!(option.len() > 8 && page.contains(option), "{name}: the page shows `{option}`");
        assert!(page.contains("The maintainers"), "{name}: the page says who decided");
    }
}

/// A site made by `init`.
fn initialised() -> Sandbox {
    let sandbox = Sandbox::new();
    let made = sandbox.run(&["init", "."]);
    assert_eq!(made.code, 0, "{}", made.stderr);
    sandbox
}

#[test]
fn a_new_site_passes_check_without_any_finding_and_builds() {
    let sandbox = initialised();
    let checked = sandbox.run(&["check", "--format", "json"]);
    assert_eq!(checked.code, 0, "{}", checked.stderr);
    let json: serde_json::Value = serde_json::from_str(&checked.stdout).expect("one JSON document");
    assert_eq!(json["findings"], serde_json::json!([]));
    let built = sandbox.run(&["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    for page in ["index.html", "sv/index.html", "decisions/2026/night-buses/index.html", "sv/decisions/2026/night-buses/index.html"] {
        assert!(sandbox.path(&format!("public/{page}")).exists(), "{page}");
    }
}

#[test]
fn a_folder_that_is_not_empty_is_no_place_for_a_new_site() {
    let sandbox = Sandbox::new();
    sandbox.write("minutes.txt", b"Minutes of 18 November.");
    let refused = sandbox.run(&["init", "."]);
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert_eq!(files_below(sandbox.root()), [sandbox.path("minutes.txt")]);
}
