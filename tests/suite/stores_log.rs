//! The public log in all state stores: a step and its lines are there together, two runs never take the same step, what
//! was erased is gone, what was cut is refused.

#![allow(clippy::unwrap_used)]

use crate::ledger::{line, record};
use crate::stores_bench::{Bench, benches, folder, git, postgres, recovering, s3, sql};
use promulgate::io::stores::{copy, look, look_log, open_with};
use promulgate::model::ledger::{Ledger, Line, State};
use promulgate::model::record::RecordId;
use promulgate::model::settings::{SecretRef, StateSettings};
use promulgate::model::state::LogFiles;
use promulgate::model::transport::StateError;
use std::process::Command;

pub type Files = Vec<(String, Vec<u8>)>;
pub type Batch = Vec<(RecordId, Vec<Line>)>;

/// The files of a step, the one that decides last; `tag` tells whose they are.
pub fn step(from: usize, tag: &str) -> Files {
    let one = |ending: &str| (format!("{from:012}.{ending}"), format!("{{\"{ending}\":\"{tag} ärende {from}\"}}\n").into_bytes());
    vec![one("texts"), one("papers"), one("json")]
}

/// The lines that come with it: of a record that each step touches, and of one of its own.
pub fn brought(from: usize) -> Batch {
    let at = |version: &str, second| line(version, State::Queued, 1, second);
    let own = RecordId(format!("decisions/2026/d{from}"));
    vec![(record(), vec![at(&format!("s{from}"), 1)]), (own, vec![at("1", 2), at("2", 3)])]
}

pub fn folded(batch: &[(RecordId, Vec<Line>)]) -> Ledger {
    let mut ledger = Ledger::default();
    batch.iter().for_each(|(record, lines)| lines.iter().for_each(|line| ledger.fold(record, line.clone())));
    ledger
}

pub fn files(steps: &[Files]) -> LogFiles {
    steps.iter().flatten().cloned().collect()
}

pub fn seen(bench: &Bench) -> Result<LogFiles, StateError> {
    look_log(bench.root.path(), &bench.state, &|_| true)
}

/// A state with so many steps.
pub fn with_steps(bench: &Bench, count: usize) {
    let mut store = bench.open();
    store.load().unwrap();
    (0..count).for_each(|from| store.advance(&step(from, "a"), &brought(from)).unwrap());
}

fn is_truncated<T: std::fmt::Debug>(result: Result<T, StateError>, about: &str) {
    assert!(matches!(result, Err(StateError::Truncated(_))), "{about}: {result:?}");
}

#[test]
fn a_step_and_its_lines_are_there_for_the_next_reader() {
    for bench in benches() {
        assert_eq!(seen(&bench).unwrap(), LogFiles::new(), "{}: a store that is not there yet has none", bench.name);
        let mut store = bench.open();
        store.load().unwrap();
        assert_eq!(store.log(&|_| true).unwrap(), LogFiles::new(), "{}", bench.name);
        store.advance(&step(0, "a"), &brought(0)).unwrap();
        assert_eq!(store.log(&|_| true).unwrap(), files(&[step(0, "a")]), "{}: within the run", bench.name);
        assert_eq!(seen(&bench).unwrap(), files(&[step(0, "a")]), "{}: from outside, the run still at work", bench.name);
        assert_eq!(bench.look().unwrap(), (folded(&brought(0)), Vec::new()), "{}", bench.name);
        store.append(&record(), &[line("between", State::Queued, 1, 1)]).unwrap();
        store.advance(&step(1, "a"), &[]).unwrap();
        store.advance(&[], &brought(7)).unwrap();
        drop(store);
        let expected = folded(&[brought(0), vec![(record(), vec![line("between", State::Queued, 1, 1)])], brought(7)].concat());
        let mut again = bench.open();
        assert_eq!(again.load().unwrap(), (expected, Vec::new()), "{}", bench.name);
        assert_eq!(again.log(&|_| true).unwrap(), files(&[step(0, "a"), step(1, "a")]), "{}", bench.name);
        let papers = again.log(&|name| name.ends_with(".papers")).unwrap();
        assert_eq!(papers.keys().collect::<Vec<_>>(), ["000000000000.papers", "000000000001.papers"], "{}", bench.name);
        again.advance(&step(2, "a"), &brought(2)).unwrap();
        assert_eq!(seen(&bench).unwrap().len(), 9, "{}", bench.name);
    }
}

#[test]
fn of_two_runs_at_the_same_step_exactly_one_proceeds() {
    for bench in benches() {
        with_steps(&bench, 1);
        // One after the other: the second has not looked.
        let mut late = bench.open();
        late.load().unwrap();
        let raced = late.advance(&step(0, "late"), &brought(5));
        assert!(matches!(raced, Err(StateError::Raced { .. })), "{}: {raced:?}", bench.name);
        drop(late);
        assert_eq!(seen(&bench).unwrap(), files(&[step(0, "a")]), "{}: nothing of the second is there", bench.name);
        assert_eq!(bench.look().unwrap().0, folded(&brought(0)), "{}", bench.name);
    }
    // One that was taken for dead, and the one that took over.
    for bench in [git(), postgres(), s3()] {
        for (round, order) in [[0, 1], [1, 0]].into_iter().enumerate() {
            let mut first = bench.open_with(recovering());
            first.load().unwrap();
            bench.cut_connections();
            let mut second = bench.open_with(recovering());
            second.load().unwrap();
            let mut stores = [(first, "first"), (second, "second")];
            let mut won = Vec::new();
            for who in order {
                let (store, tag) = &mut stores[who];
                if store.advance(&step(round, tag), &brought(round)).is_ok() {
                    won.push(*tag);
                }
            }
            assert_eq!(won.len(), 1, "{}: {won:?}", bench.name);
            drop(stores);
            let mut expected = step(round, won[0]);
            expected.sort();
            let mut here: Files = seen(&bench).unwrap().into_iter().collect();
            here.retain(|(name, _)| name.starts_with(&format!("{round:012}")));
            assert_eq!(here, expected, "{}: all three files are of one run", bench.name);
            let lines: Batch = (0..=round).flat_map(brought).collect();
            assert_eq!(bench.look().unwrap().0, folded(&lines), "{}: the lines are there once", bench.name);
        }
    }
}

#[test]
fn of_runs_at_the_same_instant_exactly_one_takes_the_step() {
    for bench in benches() {
        for round in 0..3 {
            let gate = std::sync::Barrier::new(4);
            let won: Vec<String> = std::thread::scope(|scope| {
                let racers: Vec<_> = (0..4)
                    .map(|racer| {
                        let (bench, gate) = (&bench, &gate);
                        scope.spawn(move || {
                            let tag = format!("r{racer}");
                            let mut store = bench.open_with(recovering());
                            let loaded = store.load();
                            gate.wait();
                            let taken = loaded.and_then(|_| store.advance(&step(round, &tag), &brought(round)));
                            // Who is done first must not let another begin.
                            gate.wait();
                            match taken {
                                Ok(()) => Some(tag),
                                Err(StateError::Locked { .. } | StateError::Raced { .. }) => None,
                                Err(other) => panic!("{}: {other:?}", bench.name),
                            }
                        })
                    })
                    .collect();
                racers.into_iter().filter_map(|racer| racer.join().unwrap()).collect()
            });
            assert_eq!(won.len(), 1, "{}, round {round}: {won:?}", bench.name);
            let here = seen(&bench).unwrap();
            assert!(step(round, &won[0]).iter().all(|(name, bytes)| here.get(name) == Some(bytes)), "{}: {here:?}", bench.name);
            let lines: Batch = (0..=round).flat_map(brought).collect();
            bench.open_with(recovering()).load().unwrap();
            assert_eq!(bench.look().unwrap().0, folded(&lines), "{}", bench.name);
        }
    }
}

#[test]
fn what_is_redacted_is_gone_and_the_rest_stays() {
    for bench in benches() {
        with_steps(&bench, 2);
        let mut store = bench.open();
        store.load().unwrap();
        let mut expected = store.log(&|_| true).unwrap();
        let bare: Files = vec![("000000000000.texts".into(), Vec::new()), ("000000000001.papers".into(), b"{}\n".to_vec())];
        store.redact(&bare).unwrap();
        store.redact(&[]).unwrap();
        expected.extend(bare.clone());
        assert_eq!(store.log(&|_| true).unwrap(), expected, "{}", bench.name);
        // A run may take another step after it, and redact what it has just written.
        store.advance(&step(2, "a"), &brought(2)).unwrap();
        store.redact(&[("000000000002.texts".into(), b"bare\n".to_vec())]).unwrap();
        expected.extend(step(2, "a"));
        expected.insert("000000000002.texts".into(), b"bare\n".to_vec());
        drop(store);
        assert_eq!(seen(&bench).unwrap(), expected, "{}", bench.name);
        let lines: Batch = (0..3).flat_map(brought).collect();
        assert_eq!(bench.open().load().unwrap(), (folded(&lines), Vec::new()), "{}", bench.name);
    }
}

#[test]
fn what_comes_after_a_step_stands_beside_it_and_may_be_replaced() {
    for bench in benches() {
        with_steps(&bench, 1);
        let mut store = bench.open();
        store.load().unwrap();
        let mut expected = store.log(&|_| true).unwrap();
        let (seen_by, stamp) =
            (("000000000000.seen".to_owned(), b"one\n".to_vec()), ("000000000000.tsr".to_owned(), vec![0x30, 0x00, 0xff]));
        store.attach(&[seen_by, stamp.clone()]).unwrap();
        let later = ("000000000000.seen".to_owned(), b"one\ntwo\n".to_vec());
        store.attach(std::slice::from_ref(&later)).unwrap();
        store.attach(&[]).unwrap();
        store.advance(&step(1, "a"), &brought(1)).unwrap();
        expected.extend([stamp, later]);
        expected.extend(step(1, "a"));
        drop(store);
        assert_eq!(seen(&bench).unwrap(), expected, "{}", bench.name);
        let lines: Batch = (0..2).flat_map(brought).collect();
        assert_eq!(bench.open().load().unwrap(), (folded(&lines), Vec::new()), "{}", bench.name);
    }
}

#[test]
fn a_run_that_was_taken_for_dead_redacts_nothing() {
    for bench in [git(), postgres(), s3()] {
        with_steps(&bench, 1);
        let mut first = bench.open();
        first.load().unwrap();
        first.log(&|_| true).unwrap();
        bench.cut_connections();
        let mut second = bench.open_with(recovering());
        second.load().unwrap();
        second.redact(&[("000000000000.texts".into(), b"second\n".to_vec())]).unwrap();
        let refused = first.redact(&[("000000000000.texts".into(), b"first\n".to_vec())]);
        assert!(refused.is_err(), "{}", bench.name);
        drop((first, second));
        assert_eq!(seen(&bench).unwrap()["000000000000.texts"], b"second\n", "{}", bench.name);
    }
}

#[test]
fn a_log_that_was_cut_is_refused() {
    for bench in benches() {
        with_steps(&bench, 3);
        bench.write("log/000000000002.json", None);
        is_truncated(bench.look(), bench.name);
        is_truncated(seen(&bench), bench.name);
        is_truncated(bench.open().load(), bench.name);
        is_truncated(bench.open_with(recovering()).load(), bench.name);
    }
    for bench in [folder(), git(), s3()] {
        let mut store = bench.open();
        store.load().unwrap();
        let before = bench.file("state.json");
        store.advance(&step(0, "a"), &[]).unwrap();
        drop(store);
        // A run that died before it counted the step: the next one counts it, and then it cannot be cut away.
        bench.write("state.json", Some(&before));
        bench.open().load().unwrap();
        bench.write("log/000000000000.json", None);
        is_truncated(bench.open().load(), bench.name);
        bench.write("log/000000000000.json", Some(&step(0, "a")[2].1));
        bench.open().load().unwrap();
        bench.write("state.json", None);
        is_truncated(bench.open().load(), bench.name);
        is_truncated(seen(&bench), bench.name);
    }
}

#[test]
fn what_a_dead_run_left_before_the_deciding_file_does_not_count_and_is_written_over() {
    for bench in benches() {
        with_steps(&bench, 1);
        for (name, bytes) in &step(1, "dead")[..2] {
            bench.write(&format!("log/{name}"), Some(bytes));
        }
        if bench.name != "postgres" {
            bench.write("log/.new", Some(b"half"));
            bench.write("log/.lock", Some(b"process 1"));
        }
        let mut store = bench.open_with(recovering());
        assert_eq!(store.load().unwrap(), (folded(&brought(0)), Vec::new()), "{}", bench.name);
        store.advance(&step(1, "alive"), &brought(1)).unwrap();
        drop(store);
        assert_eq!(seen(&bench).unwrap(), files(&[step(0, "a"), step(1, "alive")]), "{}", bench.name);
        assert_eq!(bench.look().unwrap().0, folded(&[brought(0), brought(1)].concat()), "{}", bench.name);
    }
}

#[test]
fn names_that_the_log_cannot_have_are_refused_and_a_record_may_be_called_log() {
    for bench in benches() {
        with_steps(&bench, 1);
        let mut store = bench.open();
        store.load().unwrap();
        for name in ["../x.json", "a/b.json", ".new", "", "..", "x.jsonl", "å.json", "a\n.json", "a b.json", "a-b.json"] {
            let hostile = (name.to_owned(), b"{}\n".to_vec());
            for bad in [vec![hostile.clone()], vec![hostile.clone(), step(1, "a")[2].clone()]] {
                let refused = store.advance(&bad, &brought(1));
                assert!(matches!(refused, Err(StateError::Io { .. })), "{}, {name:?}: {refused:?}", bench.name);
            }
            assert!(store.redact(&[hostile]).is_err(), "{}: {name:?}", bench.name);
        }
        let ids = ["log", "log/2026", "log/000000000000"].map(|id| RecordId(id.into()));
        ids.iter().for_each(|id| store.append(id, &[line("1", State::Queued, 1, 1)]).unwrap());
        store.advance(&step(1, "a"), &[]).unwrap();
        drop(store);
        assert_eq!(seen(&bench).unwrap(), files(&[step(0, "a"), step(1, "a")]), "{}", bench.name);
        let of_records: Batch = ids.iter().map(|id| (id.clone(), vec![line("1", State::Queued, 1, 1)])).collect();
        assert_eq!(bench.open().load().unwrap().0, folded(&[brought(0), of_records].concat()), "{}", bench.name);
        bench.write("log/a-b.json", Some(b"{}"));
        for refused in [bench.open().load().map(drop), seen(&bench).map(drop)] {
            assert!(refused.unwrap_err().to_string().contains("a-b.json"), "{}", bench.name);
        }
    }
    let bench = folder();
    with_steps(&bench, 1);
    std::os::unix::fs::symlink("/etc/passwd", bench.root.path().join("ledger/log/000000000001.papers")).unwrap();
    assert!(bench.open().load().unwrap_err().to_string().contains("symlink"));
    assert!(seen(&bench).unwrap_err().to_string().contains("symlink"));
}

#[test]
fn folder_branch_and_bucket_hold_the_same_bytes_and_a_copy_takes_the_log_along() {
    let all = benches();
    for bench in &all {
        with_steps(bench, 2);
        if bench.name == "folder" {
            continue;
        }
        let copied = tempfile::tempdir().unwrap();
        assert!(copy(bench.root.path(), &bench.state, &copied.path().join("ledger")).unwrap());
        assert_eq!(look_log(copied.path(), &StateSettings::Folder, &|_| true).unwrap(), seen(bench).unwrap(), "{}", bench.name);
        assert_eq!(look(copied.path(), &StateSettings::Folder).unwrap(), bench.look().unwrap(), "{}", bench.name);
        let header = std::fs::read(copied.path().join("ledger/state.json")).unwrap();
        assert_eq!(header, all[0].file("state.json"), "{}: the copy knows how long its log is", bench.name);
        let mut store = open_with(copied.path(), &StateSettings::Folder, recovering());
        store.load().unwrap();
        store.advance(&step(2, "copied"), &brought(2)).unwrap();
    }
    let names: Vec<String> = ["state.json".to_owned(), format!("{}.jsonl", record()), "decisions/2026/d1.jsonl".into()].into();
    for name in names.into_iter().chain(files(&[step(0, ""), step(1, "")]).into_keys().map(|name| format!("log/{name}"))) {
        assert_eq!(all[0].file(&name), all[1].file(&name), "git: {name}");
        assert_eq!(all[0].file(&name), all[3].file(&name), "s3: {name}");
    }
}

#[test]
fn a_state_with_a_log_and_no_line_is_copied_too_and_a_rehearsal_borrows_it() {
    use promulgate::pipeline::rehearsing::Stage;
    for bench in benches() {
        let mut store = bench.open();
        store.load().unwrap();
        store.advance(&step(0, "a"), &[]).unwrap();
        drop(store);
        std::fs::write(
            bench.root.path().join("promulgate.yaml"),
            format!("title: N\nurl: https://norrvik.example\nlanguages: [sv]\n{}", bench.yaml()),
        )
        .unwrap();
        let stage = Stage { folder: bench.root.path().join("stage") };
        let borrowed = match bench.name {
            "folder" => stage.borrow_ledger(bench.root.path()).unwrap(),
            _ => stage.borrow_state(bench.root.path()).unwrap(),
        };
        assert!(borrowed, "{}", bench.name);
        assert_eq!(look_log(&stage.folder, &StateSettings::Folder, &|_| true).unwrap(), files(&[step(0, "a")]), "{}", bench.name);
    }
}

#[test]
fn the_words_of_docs_stores_md_take_what_was_erased_out_of_the_branch() {
    let bench = git();
    with_steps(&bench, 1);
    let mut store = bench.open();
    store.load().unwrap();
    store.redact(&[("000000000000.texts".into(), b"{}\n".to_vec())]).unwrap();
    drop(store);
    let StateSettings::Git { remote, .. } = &bench.state else { unreachable!() };
    let remote = remote.as_deref().unwrap();
    let clone = tempfile::tempdir().unwrap();
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/stores.md")).unwrap();
    let script = docs.split("<!-- rewrite -->\n```sh\n").nth(1).and_then(|rest| rest.split("```").next()).expect("the docs say how");
    let run = |script: &str| {
        let said = Command::new("sh")
            .args(["-ec", script])
            .current_dir(clone.path())
            .env("SERVER_SIDE", remote)
            .envs([("GIT_AUTHOR_NAME", "N"), ("GIT_AUTHOR_EMAIL", "n@norrvik.example")])
            .envs([("GIT_COMMITTER_NAME", "N"), ("GIT_COMMITTER_EMAIL", "n@norrvik.example")])
            .output()
            .unwrap();
        assert!(said.status.success(), "{script}: {}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8_lossy(&said.stdout).into_owned()
    };
    run(&format!("git clone --quiet '{remote}' . 2>&1"));
    let all = format!("git -C '{remote}' cat-file --batch-all-objects --batch --unordered");
    assert!(run(&all).contains("{\"texts\":\"a ärende 0\"}"), "the history still holds it");
    let before = seen(&bench).unwrap();
    run(script);
    assert!(!run(&all).contains("{\"texts\":\"a ärende 0\"}"), "and now it does not");
    assert_eq!(seen(&bench).unwrap(), before);
    let mut store = bench.open();
    assert_eq!(store.load().unwrap(), (folded(&brought(0)), Vec::new()));
    store.advance(&step(1, "a"), &brought(1)).unwrap();
}

#[test]
fn a_database_from_before_the_log_gets_its_place_from_whoever_may_make_it() {
    let bench = postgres();
    let mut store = bench.open();
    store.load().unwrap();
    store.append_all(&brought(0)).unwrap();
    drop(store);
    // As a version without a log left it.
    sql(bench.url(), "DROP TABLE promulgate.log");
    sql(bench.url(), "ALTER TABLE promulgate.state DROP COLUMN log");
    assert_eq!((seen(&bench).unwrap(), bench.look().unwrap().0), (LogFiles::new(), folded(&brought(0))));
    let role = bench.url().rsplit('/').next().unwrap().to_owned() + "_publisher";
    let mut admin = ::postgres::Client::connect(bench.url(), ::postgres::NoTls).unwrap();
    // As docs/stores.md had it then.
    admin
        .batch_execute(&format!(
            "CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA promulgate TO {role}; GRANT SELECT, INSERT ON promulgate.lines TO {role};
             GRANT SELECT, INSERT, UPDATE ON promulgate.state, promulgate.baselines, promulgate.notes TO {role}"
        ))
        .unwrap();
    let url = bench.url().replace("app@", &format!("{role}@"));
    std::fs::write(bench.root.path().join("theirs"), &url).unwrap();
    let theirs = StateSettings::Postgres { url: SecretRef::File("theirs".into()), schema: "promulgate".into() };
    let mut store = open_with(bench.root.path(), &theirs, recovering());
    assert_eq!(store.load().unwrap(), (folded(&brought(0)), Vec::new()), "who keeps no log needs no more rights than before");
    let refused = store.advance(&step(0, "a"), &brought(1)).unwrap_err().to_string();
    assert!(refused.contains("administrator") && refused.contains("docs/stores.md"), "{refused}");
    store.append_all(&brought(1)).unwrap();
    drop(store);
    // The administrator's run makes the place; the role gets the rights that docs/stores.md names.
    bench.open().load().unwrap();
    let mut store = open_with(bench.root.path(), &theirs, recovering());
    assert_eq!(store.load().unwrap().0, folded(&[brought(0), brought(1)].concat()), "an empty log needs no rights");
    drop(store);
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/stores.md")).unwrap();
    let grants: Vec<&str> = docs.lines().filter(|line| line.starts_with("GRANT") && line.contains("promulgate.log ")).collect();
    assert!(!grants.is_empty());
    grants.iter().for_each(|grant| admin.batch_execute(&grant.replace("TO publisher", &format!("TO {role}"))).unwrap());
    let mut store = open_with(bench.root.path(), &theirs, recovering());
    store.load().unwrap();
    store.advance(&step(0, "a"), &brought(2)).unwrap();
    store.redact(&[("000000000000.texts".into(), b"{}\n".to_vec())]).unwrap();
    drop(store);
    assert_eq!(seen(&bench).unwrap()["000000000000.texts"], b"{}\n");
    let mut client = ::postgres::Client::connect(&url, ::postgres::NoTls).unwrap();
    for forbidden in
        ["DELETE FROM promulgate.log", "UPDATE promulgate.log SET name = 'x'", "TRUNCATE promulgate.log", "DROP TABLE promulgate.log"]
    {
        assert!(client.execute(forbidden, &[]).is_err(), "{forbidden}");
    }
}

#[test]
fn a_step_of_many_megabytes_is_kept_and_one_that_nobody_could_read_again_is_refused() {
    for bench in benches() {
        let mut store = bench.open();
        store.load().unwrap();
        let large = |size: usize| [vec![("000000000000.texts".to_owned(), vec![b'x'; size])], step(0, "a").split_off(1)].concat();
        let refused = store.advance(&large(257 << 20), &brought(0)).unwrap_err().to_string();
        assert!(refused.contains("256 MiB"), "{}: {refused}", bench.name);
        // More than an answer of a platform or the ledger of a record may have.
        let size = if bench.name == "folder" { 65 << 20 } else { 5 << 20 };
        store.advance(&large(size), &brought(0)).unwrap();
        drop(store);
        assert_eq!(seen(&bench).unwrap()["000000000000.texts"].len(), size, "{}", bench.name);
        assert_eq!(bench.open().load().unwrap().0, folded(&brought(0)), "{}", bench.name);
    }
}
