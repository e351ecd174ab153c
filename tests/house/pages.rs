//! In: files and the paths of pages. Out: tests that never run, and rules that no page explains.

use crate::source::File;

/// Test files that neither `tests/suite.rs` nor a file beside them declares.
pub fn tests_that_never_run(root: &File, suite: &[File]) -> Vec<String> {
    let lost = suite.iter().filter(|file| {
        let below = file.path.trim_start_matches("tests/");
        let name = below.trim_end_matches("/mod.rs").trim_end_matches(".rs").rsplit('/').next().unwrap_or_default();
        let by_root = active(&root.raw).any(|line| line == format!("#[path = \"{below}\"]"));
        let by_other =
            suite.iter().any(|other| other.path != file.path && active(&other.raw).any(|line| line.ends_with(&format!("mod {name};"))));
        !(by_root || by_other)
    });
    lost.map(|file| format!("{}:1: tests/suite.rs does not declare it, so it never runs", file.path)).collect()
}

fn active(text: &str) -> impl Iterator<Item = &str> {
    text.lines().map(str::trim).filter(|line| !line.starts_with("//"))
}

/// Rules without the page that is their test, their documentation and what `explain` prints.
pub fn rules_without_page(files: &[File], pages: &[String]) -> Vec<String> {
    let rules = files.iter().filter_map(|file| match file.module()[..] {
        ["rules", name] if name != "rule" => Some((file, name)),
        _ => None,
    });
    let missing =
        rules.map(|(file, name)| (file, format!("tests/rules/{}.md", name.replace('_', "-")))).filter(|(_, page)| !pages.contains(page));
    missing.map(|(file, page)| format!("{}:1: has no page {page}", file.path)).collect()
}

#[test]
fn a_test_file_that_never_runs_is_found() {
    let root = File::new("tests/suite.rs", "#[path = \"suite/disk.rs\"]\nmod disk;\n// #[path = \"suite/lost.rs\"]\n");
    let suite = ["disk", "lost"].map(|name| File::new(format!("tests/suite/{name}.rs"), ""));
    assert_eq!(tests_that_never_run(&root, &suite), ["tests/suite/lost.rs:1: tests/suite.rs does not declare it, so it never runs"]);
}

#[test]
fn a_rule_without_a_page_is_found() {
    let files = ["rule", "mod", "dead_link", "missing_alt"].map(|name| File::new(format!("src/rules/{name}.rs"), ""));
    let found = rules_without_page(&files, &["tests/rules/dead-link.md".to_owned()]);
    assert_eq!(found, ["src/rules/missing_alt.rs:1: has no page tests/rules/missing-alt.md"]);
}
