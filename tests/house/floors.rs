//! In: files. Out: imports that point up, or across a floor, and circles between the files of one room.

use crate::paths::paths;
use crate::source::File;
use std::collections::{BTreeMap, BTreeSet};

/// The floors from the lowest; `docs/house.md` tells why each room stands where it stands.
const FLOORS: &[&[&str]] = &[
    &["model"],
    &["text", "pictures"],
    &["parse", "assemble", "kinds", "rules", "formats", "channels", "importers", "transparency", "io"],
    &["catalogue", "announce", "rehearsal"],
    &["pipeline"],
    &["commands"],
    &["main"],
];

/// What rooms may use of the floors below, where that is less than everything.
const NARROW: &[(&str, &[&str])] = &[
    ("announce", &["model", "text", "channels::channel", "channels::text", "io"]),
    ("rehearsal", &["model", "text", "channels::channel", "channels::text", "io"]),
];

fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// Imports that do not point down. The map, `lib.rs`, stands outside the floors.
pub fn upward(files: &[File]) -> Vec<String> {
    let mut faults = Vec::new();
    for file in files.iter().filter(|file| file.room() != "lib") {
        let room = file.room();
        let Some(own) = floor(room) else {
            faults
                .push(format!("{}:1: the room `{room}` stands on no floor; add it to docs/house.md and tests/house/floors.rs", file.path));
            continue;
        };
        for name in paths(file) {
            let Some(path) = name.ours().filter(|path| !path.is_empty() && path[0] != room) else { continue };
            let Some(other) = floor(&path[0]) else { continue };
            let path = path.join("::");
            if other >= own {
                let way = if other > own { "up" } else { "across" };
                faults.push(format!("{}:{}: `{room}` imports {way}: crate::{path}", file.path, name.line));
            } else if !may_use(room, &path) {
                faults.push(format!("{}:{}: `{room}` may not use crate::{path}", file.path, name.line));
            }
        }
    }
    faults
}

fn may_use(room: &str, path: &str) -> bool {
    let narrow = NARROW.iter().find(|(name, _)| *name == room);
    narrow.is_none_or(|(_, open)| open.iter().any(|door| path == *door || path.starts_with(&format!("{door}::"))))
}

/// Circles between the files of a room, each told once with the import that closes it.
pub fn circles(files: &[File], room: &str) -> Vec<String> {
    let mut imports: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
    for file in files.iter().filter(|file| file.room() == room && file.module().len() == 2) {
        let own = file.module()[1].to_owned();
        let others = imports.entry(own.clone()).or_default();
        for name in paths(file) {
            let Some([first, second, ..]) = name.ours() else { continue };
            if first == room && *second != own {
                others.entry(second.clone()).or_insert_with(|| format!("{}:{}", file.path, name.line));
            }
        }
    }
    let (mut done, mut faults) = (BTreeSet::new(), Vec::new());
    for start in imports.keys() {
        walk(&imports, &mut vec![start.clone()], &mut done, &mut faults);
    }
    faults
}

fn walk(
    imports: &BTreeMap<String, BTreeMap<String, String>>,
    way: &mut Vec<String>,
    done: &mut BTreeSet<String>,
    faults: &mut Vec<String>,
) {
    let here = way.last().expect("a way starts somewhere").clone();
    if done.contains(&here) {
        return;
    }
    for (next, place) in imports.get(&here).into_iter().flatten() {
        if let Some(at) = way.iter().position(|step| step == next) {
            faults.push(format!("{place}: closes a circle: {} -> {next}", way[at..].join(" -> ")));
        } else {
            way.push(next.clone());
            walk(imports, way, done, faults);
            way.pop();
        }
    }
    done.insert(here);
}

#[test]
fn an_upward_import_is_found() {
    let bad = [File::new("src/model/route.rs", "//! a\nuse crate::text::dates;")];
    assert_eq!(upward(&bad), ["src/model/route.rs:2: `model` imports up: crate::text::dates"]);
}

#[test]
fn an_import_across_a_floor_is_found_in_code_too() {
    let bad = [File::new("src/rules/dead_link.rs", "fn a() {\n    super::super::formats::atom::b()\n}")];
    assert_eq!(upward(&bad), ["src/rules/dead_link.rs:2: `rules` imports across: crate::formats::atom::b"]);
}

#[test]
fn announcing_knows_no_platform() {
    let bad = [File::new("src/announce/plan.rs", "use crate::channels::{channel::Platform, mastodon};")];
    assert_eq!(upward(&bad), ["src/announce/plan.rs:1: `announce` may not use crate::channels::mastodon"]);
}

#[test]
fn a_room_without_a_floor_is_found() {
    assert_eq!(upward(&[File::new("src/attic/box.rs", "")]).len(), 1);
}

#[test]
fn a_way_down_is_no_fault() {
    let good = [
        File::new("src/main.rs", "use promulgate::commands;"),
        File::new("src/commands/check.rs", "use crate::{model::site::Site, io::disk};"),
        File::new("src/parse/mod.rs", "use crate::parse::fields; // crate::commands"),
    ];
    assert_eq!(upward(&good), Vec::<String>::new());
}

#[test]
fn a_circle_is_found_with_the_import_that_closes_it() {
    let bad = [
        File::new("src/model/day.rs", "use super::record::Record;"),
        File::new("src/model/record.rs", "use crate::model::vote::Vote;"),
        File::new("src/model/vote.rs", "use crate::model::day::Day;"),
    ];
    assert_eq!(circles(&bad, "model"), ["src/model/vote.rs:1: closes a circle: day -> record -> vote -> day"]);
    assert_eq!(circles(&bad[..2], "model"), Vec::<String>::new());
}
