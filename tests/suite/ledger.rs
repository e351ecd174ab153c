//! The ledger in a folder: durable lines, torn ends, losses, the lock; and how lines fold.

#![allow(clippy::unwrap_used)]

use jiff::Timestamp;
use promulgate::io::stores::folder::FolderStore;
use promulgate::model::announcement::{Event, Key};
use promulgate::model::ledger::{Ledger, Line, Receipt, State};
use promulgate::model::record::RecordId;
use promulgate::model::transport::{StateError, StateStore};
use std::fs;
use std::path::Path;

pub fn record() -> RecordId {
    RecordId("alerts/2026/boil-water-ostra".into())
}

pub fn line(version: &str, state: State, attempt: u32, second: i64) -> Line {
    let lang = "sv".parse().unwrap();
    Line {
        v: 1,
        key: Key::of("mastodon", "social.norrvik.example", &record(), lang, version, Event::Published),
        state,
        at: Timestamp::from_second(1_763_000_000 + second).unwrap(),
        run: "a".into(),
        attempt,
        round: 0,
        absent: 0,
        channel: "fediverse".into(),
        event: Event::Published,
        lang,
        version: version.into(),
        body: String::new(),
        remote: (state == State::Sent).then(|| Receipt { id: "17".into(), url: String::new(), version_id: String::new() }),
        reason: "Vattnet är \"påverkat\".\n".into(),
        not_before: None,
        happened: None,
        notes: Default::default(),
        act: String::new(),
        of: None,
    }
}

pub fn three() -> Vec<Line> {
    vec![line("1", State::Queued, 1, 0), line("1", State::Sending, 1, 1), line("1", State::Sent, 1, 2)]
}

fn store(root: &Path) -> FolderStore {
    FolderStore::new(root.join("ledger"))
}

fn file(root: &Path) -> std::path::PathBuf {
    root.join("ledger/alerts/2026/boil-water-ostra.jsonl")
}

fn written(root: &Path, lines: &[Line]) {
    let mut store = store(root);
    store.load().unwrap();
    lines.iter().for_each(|line| store.append(&record(), std::slice::from_ref(line)).unwrap());
}

#[test]
fn lines_survive_the_run_that_wrote_them() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &three());
    let mut again = store(dir.path());
    again.baseline_of("fediverse");
    let (ledger, repairs) = again.load().unwrap();
    assert!(repairs.is_empty());
    let standing = ledger.standing(&record(), &three()[0].key).unwrap();
    assert_eq!(standing.line, three()[2]);
    let text = fs::read_to_string(file(dir.path())).unwrap();
    assert_eq!(text.lines().count(), 3);
    assert!(text.lines().all(|line| line.starts_with("{\"v\":1,\"key\":\"") && line.contains(",\"sum\":\"")));
}

/// Reads better in the test above: a baseline noted and read back.
trait Baseline {
    fn baseline_of(&mut self, channel: &str);
}

impl Baseline for FolderStore {
    fn baseline_of(&mut self, channel: &str) {
        self.load().unwrap();
        let at = Timestamp::from_second(5).unwrap();
        self.baseline(channel, at).unwrap();
        assert_eq!(self.load().unwrap().0.baselines.get(channel), Some(&at));
    }
}

#[test]
fn a_file_torn_at_any_byte_loses_only_the_torn_line() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &three()[..1]);
    let first = fs::read(file(dir.path())).unwrap().len();
    let header = fs::read(dir.path().join("ledger/state.json")).unwrap();
    written(dir.path(), &three()[1..2]);
    let whole = fs::read(file(dir.path())).unwrap();
    for cut in first..whole.len() {
        fs::write(file(dir.path()), &whole[..cut]).unwrap();
        fs::write(dir.path().join("ledger/state.json"), &header).unwrap();
        let looked = store(dir.path()).look().unwrap();
        assert_eq!(fs::read(file(dir.path())).unwrap().len(), cut, "a look writes nothing");
        let (ledger, repairs) = store(dir.path()).load().unwrap();
        assert_eq!(looked.0, ledger);
        assert_eq!(repairs.len(), usize::from(cut > first), "torn after {cut} bytes");
        assert_eq!(ledger.standing(&record(), &three()[0].key).unwrap().line.state, State::Queued);
        written(dir.path(), &three()[2..]);
        let (ledger, repairs) = store(dir.path()).load().unwrap();
        assert!(repairs.is_empty());
        assert_eq!(ledger.standing(&record(), &three()[0].key).unwrap().line.state, State::Sent);
    }
}

#[test]
fn a_file_longer_than_its_count_is_taken_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &three()[..1]);
    let header = fs::read(dir.path().join("ledger/state.json")).unwrap();
    written(dir.path(), &three()[1..]);
    fs::write(dir.path().join("ledger/state.json"), header).unwrap();
    let (ledger, _) = store(dir.path()).load().unwrap();
    assert_eq!(ledger.standing(&record(), &three()[0].key).unwrap().line.state, State::Sent);
    let header = fs::read_to_string(dir.path().join("ledger/state.json")).unwrap();
    assert!(header.contains("\"alerts/2026/boil-water-ostra\": 3"), "{header}");
}

#[test]
fn a_ledger_that_was_cut_or_lost_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &three());
    let whole = fs::read(file(dir.path())).unwrap();
    for cut in 0..whole.len() {
        fs::write(file(dir.path()), &whole[..cut]).unwrap();
        assert!(matches!(store(dir.path()).load(), Err(StateError::Truncated(_))), "cut to {cut} bytes");
        assert_eq!(fs::read(file(dir.path())).unwrap(), &whole[..cut]);
    }
    fs::remove_file(file(dir.path())).unwrap();
    assert!(matches!(store(dir.path()).load(), Err(StateError::Truncated(_))));
    fs::write(file(dir.path()), &whole).unwrap();
    fs::remove_file(dir.path().join("ledger/state.json")).unwrap();
    assert!(matches!(store(dir.path()).load(), Err(StateError::Truncated(_))));
}

#[test]
fn a_changed_line_in_the_middle_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &three());
    let whole = fs::read(file(dir.path())).unwrap();
    let first = whole.iter().position(|byte| *byte == b'\n').unwrap();
    for at in 0..first {
        let mut bytes = whole.clone();
        bytes[at] ^= 1;
        fs::write(file(dir.path()), bytes).unwrap();
        match store(dir.path()).load() {
            Err(StateError::Damaged { line: 1, .. }) => {}
            other => panic!("byte {at}: {other:?}"),
        }
    }
}

#[test]
fn a_header_that_cannot_be_read_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &three());
    for text in ["", "{", "{\"v\":2,\"baselines\":{},\"files\":{}}", "[]"] {
        fs::write(dir.path().join("ledger/state.json"), text).unwrap();
        assert!(matches!(store(dir.path()).load(), Err(StateError::Damaged { .. })), "{text}");
    }
}

#[test]
fn one_run_at_a_time_holds_the_ledger() {
    let dir = tempfile::tempdir().unwrap();
    let mut first = store(dir.path());
    first.load().unwrap();
    let mut second = store(dir.path());
    match second.load() {
        Err(StateError::Locked { holder }) => assert!(holder.contains(&std::process::id().to_string())),
        other => panic!("{other:?}"),
    }
    assert!(store(dir.path()).look().is_ok(), "a plan needs no lock");
    drop(first);
    second.load().unwrap();
}

/// The second process of the test below: holds the lock until its standard input is closed.
#[test]
fn hold_the_lock_for_another_process() {
    let Some(root) = std::env::var_os("NORRVIK_LEDGER_TO_HOLD") else { return };
    let mut store = store(Path::new(&root));
    store.load().unwrap();
    fs::write(Path::new(&root).join("held"), "").unwrap();
    let _ = std::io::read_to_string(std::io::stdin());
    std::process::abort();
}

#[test]
fn the_lock_holds_across_processes_and_ends_with_them() {
    let dir = tempfile::tempdir().unwrap();
    let mut other = std::process::Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "ledger::hold_the_lock_for_another_process"])
        .env("NORRVIK_LEDGER_TO_HOLD", dir.path())
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::null())
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    while !dir.path().join("held").exists() {
        assert!(other.try_wait().unwrap().is_none(), "the other process ended before it had the lock");
        std::thread::yield_now();
    }
    assert!(matches!(store(dir.path()).load(), Err(StateError::Locked { .. })));
    other.kill().unwrap();
    other.wait().unwrap();
    store(dir.path()).load().unwrap();
}

#[cfg(unix)]
#[test]
fn symlinks_and_names_that_lead_out_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    written(dir.path(), &three());
    let outside = dir.path().join("outside");
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, dir.path().join("ledger/updates")).unwrap();
    assert!(matches!(store(dir.path()).load(), Err(StateError::Io { .. })));
    fs::remove_file(dir.path().join("ledger/updates")).unwrap();
    let mut store = store(dir.path());
    store.load().unwrap();
    for id in ["../outside/x", "alerts/../../x", "/etc/x", "a//b", ""] {
        assert!(store.append(&RecordId(id.into()), &three()).is_err(), "{id}");
    }
    assert_eq!(fs::read_dir(outside).unwrap().count(), 0);
}

#[test]
fn a_large_baseline_is_one_batch_and_is_all_there() {
    let dir = tempfile::tempdir().unwrap();
    let batch: Vec<_> = (0..200).map(|n| (RecordId(format!("decisions/2024/d{n}")), vec![line("1", State::Suppressed, 0, n)])).collect();
    {
        let mut store = store(dir.path());
        store.load().unwrap();
        store.append_all(&batch).unwrap();
    }
    assert_eq!(store(dir.path()).load().unwrap().0.records.len(), 200);
}

#[test]
fn lines_fold_to_one_answer_in_any_order() {
    let reopened = Line { round: 1, ..line("1", State::Queued, 2, 9) };
    let parked = line("1", State::Parked, 1, 5);
    let stories: [(&[Line], State); 6] = [
        (&[line("1", State::Queued, 1, 0), line("1", State::Sending, 1, 1), line("1", State::Unknown, 1, 2)], State::Unknown),
        (&[line("1", State::Sending, 1, 1), line("1", State::Unknown, 1, 2), line("1", State::Queued, 2, 3)], State::Queued),
        (&[line("1", State::Queued, 2, 3), line("1", State::Refused, 2, 4), line("1", State::Sending, 3, 4)], State::Refused),
        (&[line("1", State::Sending, 1, 1), parked.clone(), line("1", State::Sent, 1, 2)], State::Sent),
        (&[parked.clone(), line("1", State::Queued, 2, 6), line("1", State::Sending, 1, 2)], State::Parked),
        (&[parked, reopened, line("1", State::Unknown, 1, 3)], State::Queued),
    ];
    for (lines, expected) in stories {
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            let mut ledger = Ledger::default();
            order.iter().chain(&order).for_each(|at| ledger.fold(&record(), lines[*at].clone()));
            assert_eq!(ledger.standing(&record(), &lines[0].key).unwrap().line.state, expected, "{lines:?} in {order:?}");
        }
    }
}

/// A container that has ended is replaced by another at the next attempt, perhaps within the same instant, or after a
/// clock was set back: the later attempt's note is the one that counts. (Schedule 21039834 of the simulation: the older
/// one won, a third container was made, and the late publication of the second made the post twice.)
#[test]
fn the_note_of_the_latest_attempt_counts_whatever_the_clock_says() {
    let noted = |attempt: u32, second: i64, container: &str| Line {
        notes: [("container".to_owned(), container.to_owned())].into(),
        ..line("1", State::Sending, attempt, second)
    };
    let (first, second) = (noted(1, 5, "9"), noted(2, 5, "10"));
    for (one, other) in
        [(first.clone(), second.clone()), (second, first.clone()), (first.clone(), noted(2, 3, "10")), (noted(2, 3, "10"), first)]
    {
        let mut ledger = Ledger::default();
        ledger.fold(&record(), one.clone());
        ledger.fold(&record(), other);
        assert_eq!(ledger.standing(&record(), &one.key).unwrap().notes["container"].value, "10");
    }
}
