//! In: files. Out: files that their `mod.rs` forgot, and entries that know the list in which they stand.

use crate::paths::paths;
use crate::source::File;
use std::collections::BTreeSet;

/// Rooms that are lists of entries: one file an entry, one line each in `mod.rs`.
const GALLERIES: &[&str] = &["kinds", "rules", "formats", "channels", "importers", "commands", "rehearsal"];

/// The file that declares a module: its folder's `mod.rs`, or the map for what lies at the root.
fn declarer<'f>(files: &'f [File], file: &File) -> Option<&'f File> {
    let module = file.module();
    let above = &module[..module.len() - 1];
    let wanted = if above.is_empty() { "lib".to_owned() } else { format!("{}/mod", above.join("/")) };
    let beside = above.join("/");
    files.iter().find(|other| other.path == format!("src/{wanted}.rs") || (!beside.is_empty() && other.path == format!("src/{beside}.rs")))
}

fn declares(file: &File, name: &str) -> bool {
    file.code.lines().any(|line| {
        let line = line.trim();
        line == format!("mod {name};") || (line.starts_with("pub") && line.ends_with(&format!(" mod {name};")))
    })
}

/// Files that no module declares: the compiler never reads them.
pub fn undeclared(files: &[File]) -> Vec<String> {
    let modules = files.iter().filter(|file| !["lib", "main"].contains(&file.room()));
    let lost = modules.filter_map(|file| {
        let module = file.module();
        let name = module.last().expect("a file below src is a module");
        let above = declarer(files, file);
        match above {
            Some(above) if declares(above, name) => None,
            Some(above) => Some(format!("{}:1: {} forgot `mod {name};`", file.path, above.path)),
            None => Some(format!("{}:1: no file declares `mod {name};`", file.path)),
        }
    });
    lost.collect()
}

/// Entries that are declared and then neither listed in `mod.rs` nor used by another file of their gallery.
pub fn unlisted(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for gallery in GALLERIES {
        let inside: Vec<&File> = files.iter().filter(|file| file.room() == *gallery).collect();
        for file in inside.iter().filter(|file| file.module().len() == 2) {
            let name = file.module()[1];
            let names_it = |other: &&&File| {
                paths(other).iter().any(|path| matches!(path.ours(), Some([first, second, ..]) if first == gallery && second == name))
            };
            let list = format!("src/{gallery}/mod.rs");
            let shared = files.iter().any(|other| other.path == list && other.code.contains(&format!("pub mod {name};")));
            let listed = inside.iter().filter(|other| other.path == list).any(|other| mentions(other, name));
            let used = inside.iter().filter(|other| other.path != file.path).any(|other| names_it(&other));
            if !(shared || listed || used) {
                faults.push(format!("{}:1: {list} declares `{name}` and does not list it", file.path));
            }
        }
    }
    faults
}

/// Whether a list names the entry by its relative path, as in `&alert::ALERT`.
fn mentions(list: &File, name: &str) -> bool {
    paths(list).iter().any(|path| path.parts[0] == name)
}

/// Entries that import from their gallery's list; each thing is told once a file.
pub fn list_imports(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| GALLERIES.contains(&file.room()) && file.module().len() > 1) {
        let gallery = file.room();
        let is_file =
            |name: &str| files.iter().any(|other| matches!(other.module()[..], [first, second, ..] if first == gallery && second == name));
        let mut told = BTreeSet::new();
        for name in paths(file) {
            let Some(path) = name.ours().filter(|path| path.first().is_some_and(|first| first == gallery)) else { continue };
            let item = path.get(1).map_or("", String::as_str);
            if !is_file(item) && told.insert(item.to_owned()) {
                faults.push(format!("{}:{}: an entry imports its gallery's list: crate::{gallery}::{item}", file.path, name.line));
            }
        }
    }
    faults
}

#[cfg(test)]
fn gallery(list: &str, entry: &str) -> Vec<File> {
    vec![File::new("src/kinds/mod.rs", list), File::new("src/kinds/tender.rs", entry), File::new("src/lib.rs", "pub mod kinds;")]
}

#[test]
fn a_forgotten_file_is_found() {
    assert_eq!(undeclared(&gallery("mod alert;", "")), ["src/kinds/tender.rs:1: src/kinds/mod.rs forgot `mod tender;`"]);
    assert_eq!(undeclared(&gallery("// mod tender;", "")).len(), 1);
    assert_eq!(undeclared(&gallery("pub mod tender;", "")), Vec::<String>::new());
    assert_eq!(undeclared(&[File::new("src/lib.rs", ""), File::new("src/attic.rs", "")]).len(), 1);
}

#[test]
fn an_entry_that_is_declared_and_not_listed_is_found() {
    let found = unlisted(&gallery("mod tender;\npub const KINDS: &[&Kind] = &[];", ""));
    assert_eq!(found, ["src/kinds/tender.rs:1: src/kinds/mod.rs declares `tender` and does not list it"]);
    assert_eq!(unlisted(&gallery("mod tender;\npub const KINDS: &[&Kind] = &[&tender::TENDER];", "")), Vec::<String>::new());
}

#[test]
fn an_entry_that_imports_the_list_is_found() {
    let found = list_imports(&gallery("mod tender;", "\nuse super::KINDS;"));
    assert_eq!(found, ["src/kinds/tender.rs:2: an entry imports its gallery's list: crate::kinds::KINDS"]);
    assert_eq!(list_imports(&gallery("mod tender;", "use crate::kinds::*;")).len(), 1);
    assert_eq!(list_imports(&gallery("mod tender;", "use crate::kinds::tender::TENDER;")), Vec::<String>::new());
}
