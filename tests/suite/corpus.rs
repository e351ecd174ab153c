//! Every file of the fuzzers' corpora, through the functions that the fuzzers call: what was found once stays found.

#[path = "../../fuzz/targets/checkpoint.rs"]
mod checkpoint;
#[path = "../../fuzz/targets/front_matter.rs"]
mod front_matter;
#[path = "../../fuzz/targets/html.rs"]
mod html;
#[path = "../../fuzz/targets/importer.rs"]
mod importer;
#[path = "../../fuzz/targets/leaf.rs"]
mod leaf;
#[path = "../../fuzz/targets/ledger.rs"]
mod ledger;
#[path = "../../fuzz/targets/link.rs"]
mod link;
#[path = "../../fuzz/targets/markdown.rs"]
mod markdown;
#[path = "../../fuzz/targets/note.rs"]
mod note;
#[path = "../../fuzz/targets/picture.rs"]
mod picture;
#[path = "../../fuzz/targets/policy.rs"]
mod policy;
#[path = "../../fuzz/targets/proof.rs"]
mod proof;
#[path = "../../fuzz/targets/route.rs"]
mod route;
#[path = "../../fuzz/targets/sanitise.rs"]
mod sanitise;
#[path = "../../fuzz/targets/settings.rs"]
mod settings;
#[path = "../../fuzz/targets/site.rs"]
mod site;
#[path = "../../fuzz/targets/template.rs"]
mod template;
#[path = "../../fuzz/targets/tiles.rs"]
mod tiles;

use std::collections::BTreeSet;
use std::fs;
use std::panic::catch_unwind;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// A fuzzer: its name, and what it does with an input.
type Target = (&'static str, fn(&[u8]));

const TARGETS: &[Target] = &[
    ("checkpoint", checkpoint::check),
    ("front_matter", front_matter::check),
    ("importer", importer::check),
    ("leaf", leaf::check),
    ("ledger", ledger::check),
    ("link", link::check),
    ("markdown", markdown::check),
    ("note", note::check),
    ("picture", picture::check),
    ("policy", policy::check),
    ("proof", proof::check),
    ("route", route::check),
    ("sanitise", sanitise::check),
    ("settings", settings::check),
    ("template", template::check),
    ("tiles", tiles::check),
];

fn fuzz(below: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz").join(below)
}

fn names(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn every_file_of_every_corpus_holds() {
    let mut broken = Vec::new();
    for (name, check) in TARGETS {
        let folder = fuzz("corpus").join(name);
        let files = names(&folder);
        assert!(files.len() >= 5, "{name} has {} files", files.len());
        for file in files {
            let bytes = fs::read(folder.join(&file)).unwrap();
            let begun = Instant::now();
            if catch_unwind(|| check(&bytes)).is_err() {
                broken.push(format!("{name}/{file}"));
            }
            assert!(begun.elapsed().as_secs() < 20, "{name}/{file} takes {:?}", begun.elapsed());
        }
    }
    assert!(broken.is_empty(), "{broken:#?}");
}

/// The fuzzers themselves can fail: each invariant that is checked is shown an input that breaks it.
#[test]
fn what_could_act_is_seen() {
    for bad in [
        "<p><script>x</script>",
        "<p onclick=x>",
        "<a href=' java\nscript:x'>",
        "<svg><a>",
        "<p style=x>",
        "<img src=//evil.example/a.png>",
        "<b><iframe>",
        "<a href=data:x>",
    ] {
        assert!(html::danger(bad, false).is_some(), "{bad}");
    }
    assert_eq!(html::danger("<p title=onclick><a href=mailto:a@b.example>x</a><img src=/a.png>", false), None);
}

/// A target that no list names would never run.
#[test]
fn every_target_has_its_list_entries_and_its_seeds() {
    let manifest = fs::read_to_string(fuzz("Cargo.toml")).unwrap();
    let switched_on: BTreeSet<String> =
        manifest.lines().filter_map(|line| Some(line.strip_prefix("name = \"")?.trim_end_matches('"').to_owned())).collect();
    let here: BTreeSet<String> = TARGETS.iter().map(|(name, _)| (*name).to_owned()).collect();
    assert_eq!(switched_on.iter().filter(|name| *name != "promulgate-fuzz").cloned().collect::<BTreeSet<_>>(), here);
    let own: BTreeSet<String> = names(&fuzz("targets")).into_iter().filter(|name| name != "site.rs" && name != "html.rs").collect();
    assert_eq!(own, names(&fuzz("fuzz_targets")), "each target has its entry for libFuzzer, of the same name");
    assert!(here.iter().all(|name| own.contains(&format!("{name}.rs"))));
}
