//! Steps of the log that go wrong: runs killed at any instant, requests that fail or whose answers are lost, a run that
//! stalls between its papers and the file that decides. A step and its lines are there together, or neither is.
//!
//! `PROMULGATE_LOG_KILLS=N` kills each store's runs so often.

#![allow(clippy::unwrap_used)]

use crate::ledger::record;
use crate::reliability::figures::{Seeded, number, row, seed};
use crate::stores_bench::{Bench, benches, folder, recovering, s3};
use crate::stores_log::{Batch, Files, brought, files, folded, seen, step, with_steps};
use promulgate::io::stores::open_with;
use promulgate::model::ledger::Line;
use promulgate::model::record::RecordId;
use promulgate::model::settings::StateSettings;
use promulgate::model::transport::{StateError, StateStore};
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::time::{Duration, Instant};

fn files_of(batch: &[(RecordId, Vec<Line>)]) -> Vec<String> {
    batch.iter().map(|(record, _)| format!("{record}.jsonl")).collect()
}

/// Loads, whoever held it: a database may need a moment to notice that its client is gone.
fn loaded(bench: &Bench) -> Box<dyn StateStore + Send> {
    let begun = Instant::now();
    loop {
        let mut store = bench.open_with(recovering());
        match store.load() {
            Err(StateError::Locked { .. }) if begun.elapsed() < Duration::from_secs(20) => std::thread::yield_now(),
            read => {
                read.unwrap_or_else(|error| panic!("{}: {error}", bench.name));
                return store;
            }
        }
    }
}

/// The log is whole steps, each of one hand; the ledger has their lines, once, and no others. How many steps there are.
fn consistent(bench: &Bench) -> usize {
    let mut store = loaded(bench);
    let log = store.log(&|_| true).unwrap();
    let count = log.keys().filter(|name| name.ends_with(".json")).count();
    for from in 0..count {
        let decides = String::from_utf8(log[&format!("{from:012}.json")].clone()).unwrap();
        let tag = decides.trim_start_matches("{\"json\":\"").split(' ').next().unwrap().to_owned();
        for (name, bytes) in step(from, &tag) {
            assert_eq!(log.get(&name), Some(&bytes), "{}: {name} is of the run that decided", bench.name);
        }
    }
    drop(store);
    let lines: Batch = (0..count).flat_map(brought).collect();
    assert_eq!(bench.look().unwrap(), (folded(&lines), Vec::new()), "{}: {count} steps", bench.name);
    if bench.name != "postgres" && count > 0 {
        let written = bench.file(&format!("{}.jsonl", record())).iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(written, count, "{}: each line is there once", bench.name);
    }
    count
}

#[test]
fn a_crash_between_any_two_files_leaves_all_of_a_step_or_nothing() {
    for kind in [folder, s3] {
        let whole = kind();
        with_steps(&whole, 1);
        let names: Vec<String> = [
            vec!["log/.lines".to_owned()],
            step(1, "").into_iter().map(|(name, _)| format!("log/{name}")).collect(),
            files_of(&brought(1)),
        ]
        .concat();
        with_steps_from(&whole, 1);
        for done in 0..=names.len() {
            for torn in [false, true] {
                // The state before the step, and of the step the first so many files.
                let bench = kind();
                with_steps(&bench, 1);
                for name in &names[..done] {
                    bench.write(name, Some(&whole.file(name)));
                }
                if torn {
                    // Half of the next one, where that can be: a line at the end of a file.
                    let Some(next) = names.get(done).filter(|name| name.ends_with(".jsonl") && bench.name == "folder") else { continue };
                    let bytes = whole.file(next);
                    bench.write(next, Some(&bytes[..bytes.len() - 10]));
                }
                let counts = done >= 4;
                let expected: Batch = (0..if counts { 2 } else { 1 }).flat_map(brought).collect();
                assert_eq!(bench.look().unwrap().0, folded(&expected), "{}: a look after {done} files", bench.name);
                assert_eq!(consistent(&bench), if counts { 2 } else { 1 }, "{}: after {done} files", bench.name);
                if counts {
                    for name in names.iter().skip(1) {
                        assert_eq!(bench.file(name), whole.file(name), "{}: {name} after {done} files", bench.name);
                    }
                }
                let mut store = loaded(&bench);
                let again = store.advance(&step(1, "again"), &brought(1));
                assert_eq!(again.is_ok(), !counts, "{}: after {done} files: {again:?}", bench.name);
                drop(store);
                assert_eq!(consistent(&bench), 2, "{}: after {done} files and another run", bench.name);
            }
        }
    }
}

fn with_steps_from(bench: &Bench, from: usize) {
    loaded(bench).advance(&step(from, "a"), &brought(from)).unwrap();
}

#[test]
fn the_lines_of_another_runs_step_are_not_taken_for_ours() {
    for bench in [folder(), s3()] {
        with_steps(&bench, 1);
        let whole = if bench.name == "folder" { folder() } else { s3() };
        with_steps(&whole, 1);
        with_steps_from(&whole, 1);
        // A run wrote down its lines; the step that counts is another's.
        bench.write("log/.lines", Some(&whole.file("log/.lines")));
        for (name, bytes) in step(1, "other") {
            bench.write(&format!("log/{name}"), Some(&bytes));
        }
        assert_eq!(bench.look().unwrap().0, folded(&brought(0)), "{}", bench.name);
        assert_eq!(bench.open().load().unwrap(), (folded(&brought(0)), Vec::new()), "{}", bench.name);
        // And one that was changed is refused.
        bench.write("log/.lines", Some(b"{}\n"));
        assert!(matches!(bench.open().load(), Err(StateError::Damaged { .. })), "{}", bench.name);
    }
}

/// The other process of the test below: takes step after step until it is killed.
#[test]
fn step_after_step_for_another_process() {
    let Some(path) = std::env::var_os("NORRVIK_LOG_TO_ADVANCE") else { return };
    let root = std::path::PathBuf::from(path);
    let yaml = std::fs::read_to_string(root.join("state.yaml")).unwrap();
    let mut store = open_with(&root, &crate::stores::settings(&yaml).unwrap(), recovering());
    store.load().unwrap();
    let count = store.log(&|name| name.ends_with(".json")).unwrap().len();
    for from in count..count + 200 {
        println!("begun");
        store.advance(&step(from, &format!("p{}", std::process::id())), &brought(from)).unwrap();
    }
}

#[test]
fn killed_at_any_instant_a_step_and_its_lines_are_there_or_neither() {
    let kills = number("PROMULGATE_LOG_KILLS", 6);
    let mut random = Seeded(seed());
    for bench in benches() {
        std::fs::write(bench.root.path().join("state.yaml"), bench.yaml()).unwrap();
        let (mut killed, mut steps) = (0, 0);
        while killed < kills {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", "stores_log_faults::step_after_step_for_another_process", "--nocapture"])
                .env("NORRVIK_LOG_TO_ADVANCE", bench.root.path())
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut said =
                BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).filter(|line| line.ends_with("begun"));
            // Within the second, third or fourth step, at an instant that the length of the one before it makes likely.
            let mut last = Instant::now();
            let mut span = Duration::ZERO;
            for _ in 0..2 + random.below(3) {
                assert!(said.next().is_some(), "{}: the run goes on until it is killed", bench.name);
                span = last.elapsed();
                last = Instant::now();
            }
            std::thread::sleep(Duration::from_micros(random.below(span.as_micros().max(1) as u64)));
            child.kill().unwrap();
            child.wait().unwrap();
            killed += 1;
            let now = consistent(&bench);
            assert!(now > steps, "{}: at least the first step of the run counts", bench.name);
            steps = now;
        }
        row(
            &format!("log in {}: `kill -9` while steps are taken", bench.name),
            &format!("{killed} kills, {steps} steps"),
            "no step without its lines, no line twice",
        );
    }
}

/// What happens to a request.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fate {
    Handed,
    Refused,
    AnswerLost,
}

/// Hands requests with their bodies on to a server, as it is told for each one; `done` hears of each answer.
fn between(to: &str, fate: impl Fn(&str) -> Fate + Send + Sync + 'static, done: impl Fn(&str) + Send + Sync + 'static) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (to, hooks) = (to.trim_start_matches("http://").to_owned(), Arc::new((fate, done)));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, to, hooks) = (stream.unwrap(), to.clone(), hooks.clone());
            std::thread::spawn(move || {
                let (mut head, mut byte) = (Vec::new(), [0]);
                while !head.ends_with(b"\r\n\r\n") {
                    match stream.read(&mut byte) {
                        Ok(1) => head.push(byte[0]),
                        _ => return,
                    }
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                let length =
                    head.to_ascii_lowercase().lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
                let mut body = Vec::new();
                let _ = (&mut stream).take(length).read_to_end(&mut body);
                let request = head.lines().next().unwrap_or_default();
                let fate = hooks.0(request);
                if fate == Fate::Refused {
                    return;
                }
                let mut server = std::net::TcpStream::connect(to).unwrap();
                server.write_all(head.replacen("\r\n", "\r\nConnection: close\r\n", 1).as_bytes()).unwrap();
                server.write_all(&body).unwrap();
                let mut answer = Vec::new();
                let _ = server.read_to_end(&mut answer);
                hooks.1(request);
                if fate == Fate::Handed {
                    let _ = stream.write_all(&answer);
                }
            });
        }
    });
    url
}

fn behind(bench: &Bench, url: impl FnOnce(&str) -> String) -> Box<dyn StateStore + Send> {
    let StateSettings::S3(mut bucket) = bench.state.clone() else { unreachable!() };
    bucket.endpoint = bucket.endpoint.map(|to| url(&to));
    open_with(bench.root.path(), &StateSettings::S3(bucket), recovering())
}

/// Nothing is handed on any more.
const DEAD: usize = usize::MAX - 1;

#[test]
fn a_bucket_that_fails_from_any_write_on_has_all_of_a_step_or_nothing() {
    for lost in [Fate::Refused, Fate::AnswerLost] {
        let mut outcomes = Vec::new();
        for good in 0..20 {
            let bench = s3();
            with_steps(&bench, 1);
            let left = Arc::new(AtomicUsize::new(usize::MAX));
            let counted = left.clone();
            let fate = move |request: &str| {
                let is_write = request.starts_with("PUT");
                match counted.load(Ordering::SeqCst) {
                    usize::MAX => Fate::Handed,
                    // This one arrives and nobody hears of it; after it, nothing does.
                    0 if lost == Fate::AnswerLost && is_write => {
                        counted.store(DEAD, Ordering::SeqCst);
                        Fate::AnswerLost
                    }
                    0 if lost == Fate::AnswerLost => Fate::Handed,
                    0 | DEAD => Fate::Refused,
                    _ => {
                        counted.fetch_sub(usize::from(is_write), Ordering::SeqCst);
                        Fate::Handed
                    }
                }
            };
            let mut store = behind(&bench, |to| between(to, fate, |_| {}));
            store.load().unwrap();
            left.store(good, Ordering::SeqCst);
            let taken = store.advance(&step(1, "cut"), &brought(1)).is_ok();
            drop(store);
            let steps = consistent(&bench);
            assert!(!taken || steps == 2, "what was promised is there, after {good} writes");
            outcomes.push((steps, taken));
            if taken {
                break;
            }
            with_next(&bench, steps);
        }
        assert_eq!(outcomes.last(), Some(&(2, true)), "in the end all requests were good: {outcomes:?}");
        assert!(outcomes.contains(&(1, false)) && outcomes.contains(&(2, false)), "both ends were met: {outcomes:?}");
    }
}

fn with_next(bench: &Bench, steps: usize) {
    loaded(bench).advance(&step(steps, "next"), &brought(steps)).unwrap();
    assert_eq!(consistent(bench), steps + 1);
}

#[test]
fn a_lost_answer_to_our_own_deciding_write_counts_as_ours() {
    let bench = s3();
    with_steps(&bench, 1);
    let once = Mutex::new(false);
    let fate = move |request: &str| {
        let is_it = request.starts_with("PUT") && request.contains("000000000001.json");
        if is_it && !std::mem::replace(&mut *once.lock().unwrap(), true) { Fate::AnswerLost } else { Fate::Handed }
    };
    let mut store = behind(&bench, |to| between(to, fate, |_| {}));
    store.load().unwrap();
    store.advance(&step(1, "ours"), &brought(1)).unwrap();
    drop(store);
    assert_eq!(consistent(&bench), 2);
}

#[test]
fn a_run_that_stalls_before_it_decides_keeps_its_papers_if_it_decides_first() {
    let bench = s3();
    with_steps(&bench, 1);
    let decides = |request: &str| request.starts_with("PUT") && request.contains("000000000001.json");
    // A stands at its deciding write until B, who took over and wrote over A's papers, stands at its own.
    let (first_there, both_there, first_done) = (Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)), Arc::new(Barrier::new(2)));
    let (there, both, done) = (first_there.clone(), both_there.clone(), first_done.clone());
    let hold_first = move |request: &str| {
        if decides(request) {
            there.wait();
            both.wait();
        }
        Fate::Handed
    };
    let first_is_done = move |request: &str| {
        if decides(request) {
            done.wait();
        }
    };
    let mut first = behind(&bench, |to| between(to, hold_first, first_is_done));
    first.load().unwrap();
    let hold_second = move |request: &str| {
        if decides(request) {
            both_there.wait();
            first_done.wait();
        }
        Fate::Handed
    };
    let mut second = behind(&bench, |to| between(to, hold_second, |_| {}));
    std::thread::scope(|scope| {
        let taken = scope.spawn(move || first.advance(&step(1, "first"), &brought(1)));
        first_there.wait();
        second.load().unwrap();
        let refused = second.advance(&step(1, "second"), &brought(1));
        assert!(matches!(refused, Err(StateError::Raced { .. })), "{refused:?}");
        taken.join().unwrap().unwrap();
    });
    let expected: [Files; 2] = [step(0, "a"), step(1, "first")];
    assert_eq!(seen(&bench).unwrap(), files(&expected), "what B wrote over was put back");
    assert_eq!(consistent(&bench), 2);
}
