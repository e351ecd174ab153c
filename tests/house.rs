//! Guards the house that `docs/house.md` draws: reads the sources of this crate and fails, naming file and line.
//!
//! Every guard is a pure function of the files it is shown, so that each is also shown a small bad house, in which it
//! must find the fault. A guard that has never failed guards nothing.

#[path = "house/doors.rs"]
mod doors;
#[path = "house/floors.rs"]
mod floors;
#[path = "house/galleries.rs"]
mod galleries;
#[path = "house/leaks.rs"]
mod leaks;
#[path = "house/manners.rs"]
mod manners;
#[path = "house/pages.rs"]
mod pages;
#[path = "house/paths.rs"]
mod paths;
#[path = "house/source.rs"]
mod source;

use source::{File, read_tree};
use std::path::Path;

/// Fails with all faults, one a line.
fn assert_none(faults: Vec<String>) {
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

fn crate_root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<File> {
    let files = read_tree(crate_root(), "src", ".rs");
    assert!(files.len() > 30, "only {} files were found below src/: the guard looks in the wrong place", files.len());
    files
}

#[test]
fn an_import_points_down() {
    assert_none(floors::upward(&sources()));
}

#[test]
fn the_nouns_know_no_circle() {
    assert_none(floors::circles(&sources(), "model"));
}

#[test]
fn only_doors_lead_outside() {
    assert_none(doors::doors(&sources()));
}

#[test]
fn only_commands_print() {
    assert_none(doors::printing(&sources()));
}

#[test]
fn every_file_is_declared() {
    assert_none(galleries::undeclared(&sources()));
}

#[test]
fn every_entry_stands_in_its_gallerys_list() {
    assert_none(galleries::unlisted(&sources()));
}

#[test]
fn no_entry_knows_its_gallerys_list() {
    assert_none(galleries::list_imports(&sources()));
}

#[test]
fn every_file_says_what_it_promises() {
    assert_none(manners::headless(&sources()));
}

#[test]
fn maps_are_ordered() {
    assert_none(manners::unordered(&sources()));
}

#[test]
fn nothing_is_hushed_or_unwrapped() {
    assert_none(manners::loosened(&sources()));
}

#[test]
fn half_of_the_files_are_short() {
    assert_none(manners::median_length(&sources()));
}

#[test]
fn every_test_file_runs() {
    let suite = read_tree(crate_root(), "tests/suite", ".rs");
    let root = File::read(crate_root(), "tests/suite.rs");
    assert_none(pages::tests_that_never_run(&root, &suite));
}

#[test]
fn every_rule_has_its_page() {
    let pages: Vec<_> = read_tree(crate_root(), "tests/rules", ".md").into_iter().map(|page| page.path).collect();
    assert_none(pages::rules_without_page(&sources(), &pages));
}

#[test]
fn no_file_names_one_machine() {
    assert_none(leaks::leaks(&leaks::text_files(crate_root())));
}
