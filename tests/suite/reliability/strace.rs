//! A fault at every occurrence of a system call in a `publish` that builds, waits for its pages and tells: the process
//! is killed there, or the call answers with an error of the disk, or that it is full. Then one run without a fault, and
//! everything is told once. (Tessera tests its log in the same way.)
//!
//! `PROMULGATE_STRACE=N` runs N points instead of a sample, 0 all of them; `PROMULGATE_SEED` chooses which.

use super::figures::{at_once, number, row, seed};
use super::injection::{Point, occurrences, points, sample, strace};
use super::town::{ASKABLE, Outcome, STORES, Shape, Town, expected};
use promulgate::rehearsal::Mishaps;
use std::collections::BTreeMap;
use std::path::Path;

/// Those of the issue, and what this program uses in their place: `rename`, `writev`, `fdatasync`, `sendmsg`.
const CALLS: [&str; 13] = [
    "openat",
    "renameat2",
    "rename",
    "unlinkat",
    "write",
    "writev",
    "fsync",
    "fdatasync",
    "close",
    "connect",
    "sendto",
    "sendmsg",
    "recvfrom",
];
fn shape(number: u64, begun: Option<&Town>) -> Shape {
    let begun = begun.map(|town| town.root().join("begun"));
    Shape { records: 3, accounts: ASKABLE, mishaps: Mishaps::none(), store: &STORES[0], number, begun }
}

/// How often each call occurs, at most, in one thread of a publish in which nothing goes wrong.
fn counted(town: &Town) -> BTreeMap<&'static str, usize> {
    let trace = format!("trace={}", CALLS.join(","));
    let output = town.command(&strace("calls.log", &trace, ""), &["publish", "--wait-live", "5s"]).output();
    let output = output.expect("strace is installed; tests/all does that");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    occurrences(&std::fs::read_to_string(town.root().join("calls.log")).unwrap(), &CALLS)
}

#[derive(Default)]
struct Result {
    outcome: Outcome,
    hit: usize,
    killed: usize,
    faults: Vec<String>,
}

fn injected(point: &Point, number: u64, (begun, expected): (&Town, &[super::town::Seen])) -> Result {
    let town = Town::new(shape(number, Some(begun)));
    let (trace, inject) = (point.trace(), point.inject());
    let first = town.command(&strace("calls.log", &trace, &inject), &["publish", "--wait-live", "5s"]).output().unwrap();
    let log = std::fs::read_to_string(town.root().join("calls.log")).unwrap_or_default();
    // strace ends itself by the signal that ended the program.
    let killed = std::os::unix::process::ExitStatusExt::signal(&first.status) == Some(9);
    let hit = killed || log.contains("(INJECTED)");
    let clean = town.run(&["publish", "--wait-live", "5s"]);
    let outcome = town.outcome(expected);
    let mut said = [first.stdout, first.stderr].concat();
    said.extend_from_slice(clean.stdout.as_bytes());
    said.extend_from_slice(clean.stderr.as_bytes());
    let leaks = town.leaks(&said);
    let mut faults = Vec::new();
    if clean.code != 0 || !outcome.is_clean() || !outcome.parked.is_empty() || !leaks.is_empty() {
        let first = String::from_utf8_lossy(&said).into_owned();
        faults.push(format!("{point:?}: exit {} of the clean run, {outcome:#?}, {leaks:?}\n{first}", clean.code));
    }
    Result { outcome, hit: usize::from(hit), killed: usize::from(killed), faults }
}

#[test]
fn a_fault_at_any_system_call_doubles_and_loses_nothing_and_leaves_no_handwork() {
    let (seed, wanted) = (seed(), number("PROMULGATE_STRACE", 48) as usize);
    let begun = Town::new(shape(seed, None));
    crate::sandbox_site::copy_folder(&begun.root().join("ledger"), &begun.root().join("begun"));
    let expected = expected(&shape(seed, Some(&begun)));
    let counts = counted(&begun);
    for call in ["openat", "renameat2", "rename", "unlinkat", "write", "fsync", "fdatasync", "close", "connect", "recvfrom"] {
        assert!(counts.contains_key(call), "{call} does not occur any more: {counts:?}");
    }
    let all = points(&counts, &CALLS);
    let every = all.len();
    let all = sample(all, wanted, seed);
    let runs = all.len();
    let work: Vec<(u64, Point)> = (1..).zip(all).map(|(at, point)| (seed + at, point)).collect();
    let results = at_once(number("PROMULGATE_AT_ONCE", 4) as usize, work, |(number, point)| injected(&point, number, (&begun, &expected)));
    let (mut outcome, mut hit, mut killed, mut faults) = (Outcome::default(), 0, 0, Vec::new());
    for result in results {
        outcome.add(result.outcome);
        hit += result.hit;
        killed += result.killed;
        faults.extend(result.faults);
    }
    let done = format!("{runs} of {every} points, {hit} faults struck, {killed} of them kills; seed {seed}; {counts:?}");
    row("a fault at a system call of `publish` (KILL, EIO, ENOSPC), then one run without", &done.replace('"', ""), &outcome.sentence());
    assert!(hit * 10 > runs * 8, "{hit} of {runs} faults struck");
    assert!(killed > 0, "no run was killed");
    assert!(faults.is_empty(), "seed {seed}: {} of {runs} points\n{}", faults.len(), faults.join("\n"));
}

/// Whether `strace` can be used here at all, for a message that helps.
#[test]
fn strace_is_installed() {
    let found = std::env::split_paths(&std::env::var_os("PATH").unwrap()).any(|folder| Path::new(&folder).join("strace").exists());
    assert!(found, "install strace, or run tests/all, which does");
}
