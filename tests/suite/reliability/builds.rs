//! A fault at every occurrence of a system call in a `build` over a site that stands there, and in a first one: the
//! process is killed there, or the call answers with an error of the disk, or that it is full. Readers find the old site
//! or the new one, byte for byte, and one build without a fault brings the new one, with nothing left to tidy up.
//!
//! `PROMULGATE_STRACE=N` runs N points instead of a sample, 0 all of them; `PROMULGATE_SEED` chooses which.

use super::figures::{at_once, number, row, seed};
use super::injection::{Point, occurrences, points, sample, strace};
use crate::sandbox::{NOW, Sandbox, files_below};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// Those of the issue, and what this program uses in their place: `openat2`, `fchmod`, `syncfs`.
const CALLS: [&str; 15] = [
    "openat",
    "openat2",
    "mkdir",
    "mkdirat",
    "fchmod",
    "rename",
    "renameat2",
    "linkat",
    "unlink",
    "unlinkat",
    "write",
    "fsync",
    "syncfs",
    "fdatasync",
    "close",
];

/// Every file of a folder by its path; none where there is no folder.
pub type Tree = Option<BTreeMap<String, Vec<u8>>>;

/// What readers see of a site.
pub fn tree(folder: &Path) -> Tree {
    folder.is_dir().then(|| {
        let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
        files_below(folder).iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect()
    })
}

/// The first path at which two trees differ.
pub fn difference(one: &Tree, other: &Tree) -> String {
    let empty = BTreeMap::new();
    let (one, other) = (one.as_ref().unwrap_or(&empty), other.as_ref().unwrap_or(&empty));
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let differing = paths.into_iter().filter(|path| one.get(*path) != other.get(*path));
    differing.take(5).cloned().collect::<Vec<_>>().join(", ")
}

/// The program in a folder, after other words if there are some.
pub fn program(root: &Path, before: &[&str], args: &[&str]) -> Command {
    let binary = std::env::var("PROMULGATE_BINARY").unwrap_or_else(|_| env!("CARGO_BIN_EXE_promulgate").to_owned());
    let mut words = before.to_vec();
    words.push(&binary);
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).args(["--root", ".", "--now", NOW]).args(args).current_dir(root).stdin(Stdio::null());
    command.env("RAYON_NUM_THREADS", "1").env_remove("CI");
    command
}

/// A small site with a picture and an attachment, as it was written first.
pub fn small_site() -> Sandbox {
    let town = Sandbox::new();
    town.write(
        "content/decisions/2026/karta.png",
        &std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/content/services/night-bus-lines.png")).unwrap(),
    );
    town.write("content/decisions/2026/bilaga.pdf", &[b"%PDF-1.4\n".as_slice(), &[7; 30_000]].concat());
    write(&town, 1, "#0f5257");
    town
}

/// The same in another year of its life: a decision more, another sentence in each, another colour and so another sheet.
pub fn write(town: &Sandbox, year: usize, colour: &str) {
    let settings = format!(
        "title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv]\ncards: false\nsearch: 'off'\ntime_zone: Europe/Stockholm\nbrand: {{colour: '{colour}'}}\n"
    );
    town.write("promulgate.yaml", settings.as_bytes());
    for number in 1..=year + 1 {
        let text = format!(
            "---\ntitle: Beslut nummer {number}\nsummary: Kommunen bygger etapp {number}.\ndate: 2026-11-{:02}\ndecided: 2026-11-{:02}\ndecision: Etapp {number} byggs.\n---\n\nText {year}. ![En karta](karta.png) [Bilaga](bilaga.pdf)\n",
            10 + number,
            10 + number
        );
        town.write(&format!("content/decisions/2026/d{number}.md"), text.as_bytes());
    }
}

/// A copy with the times of its files, and with files that are one still one.
pub fn copied(from: &Path) -> Sandbox {
    let town = Sandbox::new();
    let done = Command::new("cp").arg("-a").arg(format!("{}/.", from.display())).arg(town.root()).status().unwrap();
    assert!(done.success());
    town
}

/// A place to begin: the folder, what readers see, and what they shall see.
struct Start {
    name: &'static str,
    town: Sandbox,
    old: Tree,
    new: Tree,
    counts: BTreeMap<&'static str, usize>,
}

impl Start {
    fn new(name: &'static str, town: Sandbox) -> Start {
        let old = tree(&town.path("public"));
        let trial = copied(town.root());
        let trace = format!("trace={}", CALLS.join(","));
        let output = program(trial.root(), &strace("calls.log", &trace, ""), &["build"]).output();
        let output = output.expect("strace is installed; tests/all does that");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let counts = occurrences(&trial.read("calls.log"), &CALLS);
        Start { name, old, new: tree(&trial.path("public")), counts, town }
    }
}

/// A site that is built for the first time, and one that was built twice before.
fn starts() -> [Start; 2] {
    let first = small_site();
    let again = small_site();
    for (year, colour) in [(2, "#1d4f91"), (3, "#5b2a86")] {
        let output = program(again.root(), &[], &["build"]).output().unwrap();
        assert!(output.status.success(), "{}", said(&output));
        write(&again, year, colour);
    }
    [Start::new("a first build", first), Start::new("a build over a site", again)]
}

#[derive(Default)]
struct Result {
    hit: usize,
    killed: usize,
    became_new: usize,
    faults: Vec<String>,
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&[output.stdout.as_slice(), &output.stderr].concat()).into_owned()
}

fn injected(start: &Start, point: &Point) -> Result {
    let town = copied(start.town.root());
    let (trace, inject) = (point.trace(), point.inject());
    let first = program(town.root(), &strace("calls.log", &trace, &inject), &["build"]).output().unwrap();
    let killed = std::os::unix::process::ExitStatusExt::signal(&first.status) == Some(9);
    let hit = killed || std::fs::read_to_string(town.path("calls.log")).unwrap_or_default().contains("(INJECTED)");
    let _ = std::fs::remove_file(town.path("calls.log"));
    let mut faults = Vec::new();
    let mut tell = |what: String| faults.push(format!("{}, {point:?}: {what}", start.name));
    let seen = tree(&town.path("public"));
    let (is_old, is_new) = (seen == start.old, seen == start.new);
    if !is_old && !is_new {
        tell(format!("half a site: {}; {}", difference(&seen, &start.new), said(&first)));
    }
    // 127 is the loader's, which could not start the program at all; 101 a panic of the standard library, which takes a
    // folder's handle that cannot be closed for a fault of the program.
    let code = first.status.code();
    if !killed && !matches!(code, Some(0 | 1 | 2 | 5 | 127)) && (code, point.call) != (Some(101), "close") {
        tell(format!("exit {code:?}: {}", said(&first)));
    }
    if code == Some(0) && !is_new {
        tell(format!("it said that it was done: {}", said(&first)));
    }
    let untouched = said(&first).contains("is untouched");
    if untouched && !is_old {
        tell(format!("it said that the old site stands: {}", said(&first)));
    }
    let clean = program(town.root(), &[], &["build"]).output().unwrap();
    let after = tree(&town.path("public"));
    if clean.status.code() != Some(0) || after != start.new {
        tell(format!("the next run: {}; {}\nbefore: {}", difference(&after, &start.new), said(&clean), said(&first)));
    }
    let left = leftovers(&town);
    if !left.is_empty() {
        tell(format!("left over: {left:?}"));
    }
    Result { hit: usize::from(hit), killed: usize::from(killed), became_new: usize::from(is_new && !is_old), faults }
}

/// What a build leaves that is neither the site, nor its other generation, nor its lock, nor a whole entry of the cache.
pub fn leftovers(town: &Sandbox) -> Vec<String> {
    let mut left: Vec<String> =
        std::fs::read_dir(town.root()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    left.retain(|name| {
        !matches!(name.as_str(), "content" | "promulgate.yaml" | "public" | ".public.previous" | ".public.lock" | ".cache" | "ledger")
    });
    if town.path(".public.previous/.promulgate-unfinished").exists() {
        left.push(".public.previous is not finished".into());
    }
    let cache = std::fs::read_dir(town.path(".cache")).into_iter().flatten();
    left.extend(cache.map(|entry| entry.unwrap().file_name().into_string().unwrap()).filter(|name| name.starts_with("new.")));
    left
}

#[test]
fn a_fault_at_any_system_call_of_a_build_leaves_the_old_site_or_the_new_one() {
    let (seed, wanted) = (seed(), number("PROMULGATE_STRACE", 40) as usize);
    let starts = starts();
    assert!(starts[1].old.is_some() && starts[1].old != starts[1].new && starts[0].old.is_none());
    for call in ["openat", "openat2", "mkdirat", "renameat2", "linkat", "unlinkat", "write", "fsync", "syncfs", "close"] {
        assert!(starts[1].counts.contains_key(call), "{call} does not occur any more: {:?}", starts[1].counts);
    }
    let all: Vec<(&Start, Point)> =
        starts.iter().flat_map(|start| points(&start.counts, &CALLS).into_iter().map(move |point| (start, point))).collect();
    let every = all.len();
    let all = sample(all, wanted, seed);
    let runs = all.len();
    let results = at_once(number("PROMULGATE_AT_ONCE", 4) as usize, all, |(start, point)| injected(start, &point));
    let mut sum = Result::default();
    for result in results {
        sum.hit += result.hit;
        sum.killed += result.killed;
        sum.became_new += result.became_new;
        sum.faults.extend(result.faults);
    }
    let done =
        format!("{runs} of {every} points, {} faults struck, {} of them kills; seed {seed}; {:?}", sum.hit, sum.killed, starts[1].counts);
    let result = format!(
        "{} half sites, {} runs that needed a hand; the new site stood {} times",
        sum.faults.len(),
        sum.faults.len(),
        sum.became_new
    );
    row("a fault at a system call of `build` (KILL, EIO, ENOSPC), then one run without", &done.replace('"', ""), &result);
    assert!(sum.faults.is_empty(), "seed {seed}: {} of {runs} points\n{}", sum.faults.len(), sum.faults.join("\n"));
    assert!(sum.hit * 10 > runs * 8, "{} of {runs} faults struck", sum.hit);
    assert!(sum.killed > 0, "no run was killed");
}

#[test]
fn what_a_disk_could_not_save_is_thrown_away_and_made_anew() {
    let [_, start] = starts();
    for call in ["syncfs", "fsync"] {
        for nth in 1..=start.counts[call] {
            let point = Point { call, fault: "error=EIO", nth };
            let town = copied(start.town.root());
            let (trace, inject) = (point.trace(), point.inject());
            let first = program(town.root(), &strace("calls.log", &trace, &inject), &["build"]).output().unwrap();
            assert_eq!(first.status.code(), Some(5), "{point:?}: {}", said(&first));
            let seen = tree(&town.path("public"));
            if seen == start.new {
                // The last one: the exchange is made, and what is told is that it may not last.
                assert!(said(&first).contains("Readers see the new site"), "{point:?}: {}", said(&first));
                continue;
            }
            assert_eq!(seen, start.old, "{point:?}");
            assert!(said(&first).contains("is untouched"), "{point:?}: {}", said(&first));
            let staged: Vec<String> = tree(&town.path(".public.previous")).unwrap_or_default().into_keys().collect();
            let marked = [".promulgate-unfinished".to_owned()];
            let begun = nth == 1 && call == "fsync";
            assert!(begun || staged == marked, "{point:?}: it holds {staged:?}");
        }
    }
}

#[test]
fn a_manifest_that_cannot_be_read_is_not_taken_for_a_missing_one() {
    let [_, start] = starts();
    start.town.write("public/CNAME", b"norrvik.example");
    let old = tree(&start.town.path("public"));
    let mut struck = 0;
    for nth in 1..=9 {
        let town = copied(start.town.root());
        let path = town.path("public/manifest.json").canonicalize().unwrap();
        let inject = format!("inject=openat:error=EIO:when={nth}");
        let mut words = strace("calls.log", "trace=openat", &inject);
        words.splice(1..1, ["-P", path.to_str().unwrap()]);
        let output = program(town.root(), &words, &["build"]).output().unwrap();
        if !town.read("calls.log").contains("(INJECTED)") {
            break;
        }
        struck += 1;
        assert_eq!(output.status.code(), Some(5), "occurrence {nth}: {}", said(&output));
        let seen = tree(&town.path("public"));
        assert!(seen == old, "occurrence {nth}: {}", difference(&seen, &old));
    }
    assert!(struck >= 2, "the manifest of the live site is read {struck} times");
}
