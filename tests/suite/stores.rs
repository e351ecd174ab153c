//! One suite for all state stores, on the real things: a folder, a bare git repository, PostgreSQL, a server that speaks
//! S3. What holds of one holds of all.

#![allow(clippy::unwrap_used)]

use crate::ledger::{line, record, three};
use crate::stores_bench::{Bench, Damage, benches, bucket_at, folder, git, postgres, recovering, s3, sql, usual};
use jiff::Timestamp;
use promulgate::io::stores::claim::Terms;
use promulgate::io::stores::{copy, look, open_with};
use promulgate::model::ledger::{Ledger, Line, State};
use promulgate::model::record::RecordId;
use promulgate::model::settings::{SecretRef, StateSettings};
use promulgate::model::transport::StateError;
use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

fn written(bench: &Bench, lines: &[Line]) {
    let mut store = bench.open();
    store.load().unwrap();
    lines.iter().for_each(|line| store.append(&record(), std::slice::from_ref(line)).unwrap());
    // The header is written with a batch at the latest.
    store.append_all(&[(RecordId("updates/2026/ferry".into()), vec![line("1", State::Queued, 1, 9)])]).unwrap();
}

fn folded(lines: &[(RecordId, Vec<Line>)]) -> Ledger {
    let mut ledger = Ledger::default();
    lines.iter().for_each(|(record, lines)| lines.iter().for_each(|line| ledger.fold(record, line.clone())));
    ledger
}

#[test]
fn what_a_run_has_written_the_next_one_reads_and_so_does_a_look() {
    for bench in benches() {
        let at = Timestamp::from_second(1_763_000_000).unwrap();
        let batch: Vec<_> = (0..20).map(|n| (RecordId(format!("decisions/2024/d{n}")), vec![line("1", State::Suppressed, 0, n)])).collect();
        assert_eq!(bench.look().unwrap().0, Ledger::default(), "{}: a store that is not there yet is empty", bench.name);
        let mut store = bench.open();
        assert_eq!(store.load().unwrap(), (Ledger::default(), Vec::new()), "{}", bench.name);
        three().iter().for_each(|line| store.append(&record(), std::slice::from_ref(line)).unwrap());
        store.append_all(&batch).unwrap();
        store.append_all(&[]).unwrap();
        store.baseline("fediverse", at).unwrap();
        assert_eq!(store.note("hub").unwrap(), None, "{}", bench.name);
        store.keep("hub", "{\"v\":1}").unwrap();
        store.keep("hub", "{\"v\":1,\"feeds\":\"ärende\"}\n").unwrap();
        let mut expected = folded(&[batch, vec![(record(), three())]].concat());
        expected.baselines.insert("fediverse".into(), at);
        assert_eq!(store.load().unwrap().0, expected, "{}: read again within a run", bench.name);
        drop(store);
        assert_eq!(bench.look().unwrap(), (expected.clone(), Vec::new()), "{}", bench.name);
        let mut again = bench.open();
        assert_eq!(again.load().unwrap(), (expected, Vec::new()), "{}", bench.name);
        assert_eq!(again.note("hub").unwrap().as_deref(), Some("{\"v\":1,\"feeds\":\"ärende\"}\n"), "{}", bench.name);
        for id in ["../outside", "alerts/../../x", "/etc/x", "a//b", ""] {
            assert!(again.append(&RecordId(id.into()), &three()).is_err(), "{}: {id}", bench.name);
        }
    }
}

#[test]
fn each_line_is_durable_by_itself_whatever_becomes_of_the_run() {
    for bench in benches() {
        let mut store = bench.open();
        store.load().unwrap();
        for count in 1..=3 {
            store.append(&record(), &three()[count - 1..count]).unwrap();
            let seen = bench.look().unwrap().0;
            assert_eq!(
                seen,
                folded(&[(record(), three()[..count].to_vec())]),
                "{}: after {count} lines, the run still at work",
                bench.name
            );
        }
    }
}

#[test]
fn a_ledger_that_was_cut_or_changed_is_refused_and_a_torn_end_is_mended() {
    for damage in [Damage::Cut, Damage::Changed, Damage::Gone] {
        for bench in benches() {
            written(&bench, &three());
            bench.damage(damage);
            let refused = |terms: Terms| bench.open_with(terms).load().unwrap_err();
            for error in [bench.look().unwrap_err(), refused(usual()), refused(recovering())] {
                match (damage, &error) {
                    (Damage::Changed, StateError::Damaged { line: 1, .. }) | (Damage::Cut | Damage::Gone, StateError::Truncated(_)) => {}
                    _ => panic!("{}, {damage:?}: {error:?}", bench.name),
                }
            }
        }
    }
    for bench in [folder(), git(), s3()] {
        written(&bench, &three());
        bench.damage(Damage::Torn);
        let mut store = bench.open();
        let (ledger, repairs) = store.load().unwrap();
        assert_eq!((ledger.standing(&record(), &three()[0].key).unwrap().line.state, repairs.len()), (State::Sent, 1), "{}", bench.name);
        store.append(&record(), &[line("2", State::Queued, 1, 9)]).unwrap();
        drop(store);
        assert_eq!(bench.look().unwrap().1, [], "{}: mended", bench.name);
    }
}

#[test]
fn one_run_at_a_time_and_a_plan_needs_no_lock() {
    for bench in benches() {
        let mut first = bench.open();
        first.load().unwrap();
        first.append(&record(), &three()[..1]).unwrap();
        match bench.open().load() {
            Err(StateError::Locked { holder }) => assert!(holder.contains(&std::process::id().to_string()), "{}: {holder}", bench.name),
            other => panic!("{}: {other:?}", bench.name),
        }
        bench.look().unwrap();
        first.append(&record(), &three()[1..2]).unwrap();
        drop(first);
        bench.open().load().unwrap();
    }
}

#[test]
fn of_runs_that_begin_at_the_same_instant_exactly_one_proceeds() {
    for bench in benches() {
        for round in 0..3 {
            let gate = std::sync::Barrier::new(6);
            let gone = std::sync::Barrier::new(6);
            let wins: usize = std::thread::scope(|scope| {
                let racers: Vec<_> = (0..6)
                    .map(|racer| {
                        let (bench, gate, gone) = (&bench, &gate, &gone);
                        scope.spawn(move || {
                            let mut store = bench.open();
                            gate.wait();
                            let loaded = store.load();
                            let won = match loaded {
                                Ok(_) => store.append(&record(), &[line(&format!("{round}-{racer}"), State::Sending, 1, 1)]).map(|()| 1),
                                Err(StateError::Locked { .. } | StateError::Raced { .. }) => Ok(0),
                                Err(other) => Err(other),
                            };
                            // Who fails must not keep the others waiting.
                            gone.wait();
                            won
                        })
                    })
                    .collect();
                let won = racers.into_iter().map(|racer| racer.join().unwrap());
                won.map(|won| won.unwrap_or_else(|error| panic!("{}: {error:?}", bench.name))).sum()
            });
            assert_eq!(wins, 1, "{}, round {round}", bench.name);
            assert_eq!(bench.look().unwrap().0.records[&record()].len(), round + 1, "{}", bench.name);
        }
    }
}

#[test]
fn the_very_first_runs_in_a_folder_may_begin_at_the_same_instant() {
    for round in 0..300 {
        let bench = folder();
        let gate = std::sync::Barrier::new(4);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    let mut store = bench.open();
                    gate.wait();
                    let loaded = store.load();
                    assert!(matches!(loaded, Ok(_) | Err(StateError::Locked { .. })), "round {round}: {loaded:?}");
                });
            }
        });
    }
}

/// The other process of the test below: writes a line and dies with the lock held.
#[test]
fn die_with_the_lock_held_for_another_process() {
    let Some(path) = std::env::var_os("NORRVIK_STORE_TO_HOLD") else { return };
    let root = std::path::PathBuf::from(path);
    let yaml = std::fs::read_to_string(root.join("state.yaml")).unwrap();
    let mut store = open_with(&root, &settings(&yaml).unwrap(), usual());
    store.load().unwrap();
    store.append(&record(), &[line("1", State::Sending, 1, 1)]).unwrap();
    std::process::abort();
}

/// What a whole `promulgate.yaml` with these lines says of the state, or what is wrong with it.
pub fn settings(state: &str) -> Result<StateSettings, Vec<String>> {
    use promulgate::catalogue::CATALOGUE;
    use promulgate::model::route::SafePath;
    use promulgate::model::source::Source;
    let text = format!("title: Norrvik\nurl: https://norrvik.example\nlanguages: [sv]\n{state}\n");
    let source = Source { path: SafePath::new("promulgate.yaml").unwrap(), text: text.into() };
    let checked = promulgate::parse::settings::settings(&source, CATALOGUE.kinds.all, &CATALOGUE.platform_fields());
    match checked.value {
        Some(settings) => Ok(settings.state),
        None => Err(checked.findings.iter().map(|finding| format!("{}: {} {}", finding.code, finding.message, finding.help)).collect()),
    }
}

#[test]
fn after_a_crash_the_lock_ends_with_the_process_or_when_it_is_older_than_any_run() {
    for bench in benches() {
        std::fs::write(bench.root.path().join("state.yaml"), bench.yaml()).unwrap();
        let died = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "stores::die_with_the_lock_held_for_another_process"])
            .env("NORRVIK_STORE_TO_HOLD", bench.root.path())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .unwrap();
        assert!(!died.success());
        let expected = folded(&[(record(), vec![line("1", State::Sending, 1, 1)])]);
        if bench.claims() {
            match bench.open().load() {
                Err(StateError::Locked { holder }) => assert!(holder.contains("min"), "{}: {holder}", bench.name),
                other => panic!("{}: {other:?}", bench.name),
            }
            let soon = Terms { takeover: Duration::ZERO, recover: false };
            assert!(matches!(bench.open_with(soon).load(), Err(StateError::Locked { .. })), "{}: the longer term counts", bench.name);
            let (ledger, repairs) = bench.open_with(recovering()).load().unwrap();
            assert_eq!((ledger, repairs.len()), (expected, 1), "{}", bench.name);
        } else {
            // A database notices a connection that was cut by the system at once, but not before it has looked.
            let begun = Instant::now();
            let loaded = loop {
                match bench.open().load() {
                    Err(StateError::Locked { .. }) if begun.elapsed() < Duration::from_secs(20) => std::thread::yield_now(),
                    loaded => break loaded.unwrap(),
                }
            };
            assert_eq!(loaded, (expected, Vec::new()), "{}", bench.name);
        }
    }
}

#[test]
fn a_claim_that_is_older_than_any_run_is_taken_over_without_a_word() {
    for bench in [git(), s3()] {
        let short = Terms { takeover: Duration::ZERO, recover: false };
        let mut first = bench.open_with(short);
        first.load().unwrap();
        let (_, repairs) = bench.open_with(short).load().unwrap();
        assert!(repairs[0].what.contains("never ended"), "{}: {repairs:?}", bench.name);
        drop(first);
    }
}

#[test]
fn a_run_that_was_taken_for_dead_writes_nothing_more() {
    for bench in [git(), s3(), postgres()] {
        for second_first in [false, true] {
            let mut first = bench.open();
            let at = |version: &str| [line(version, State::Sending, 1, 1)];
            first.load().unwrap();
            bench.cut_connections();
            let mut second = bench.open_with(recovering());
            second.load().unwrap();
            let mut results = [("first", false), ("second", false)];
            let order = if second_first { [1, 0] } else { [0, 1] };
            for who in order {
                let store = if who == 0 { &mut first } else { &mut second };
                results[who].1 = store.append(&record(), &at(&format!("{}-{second_first}", results[who].0))).is_ok();
            }
            let won = results.iter().filter(|(_, won)| *won).count();
            assert_eq!(won, 1, "{}: one of the two goes on with a record: {results:?}", bench.name);
            if bench.name != "s3" || second_first {
                assert!(results[1].1, "{}: {results:?}", bench.name);
            }
            let loser = if results[0].1 { &mut second } else { &mut first };
            assert!(loser.append(&RecordId("updates/2026/other".into()), &at("1")).is_err(), "{}: once lost, always lost", bench.name);
            let seen = bench.look().unwrap().0.records.remove(&record()).unwrap();
            let all = seen.values().map(|one| one.line.version.as_str());
            let of_this_round: Vec<&str> = all.filter(|version| version.ends_with(&format!("-{second_first}"))).collect();
            let expected = format!("{}-{second_first}", if results[0].1 { "first" } else { "second" });
            assert_eq!(of_this_round, [expected], "{}", bench.name);
            drop((first, second));
            bench.open_with(recovering()).load().unwrap();
        }
    }
}

#[test]
fn all_stores_fold_one_story_to_one_ledger_and_copying_keeps_it() {
    let states = [State::Queued, State::Sending, State::Unknown, State::Queued, State::Sending, State::Sent, State::Parked, State::Refused];
    let mut story = Vec::new();
    for n in 0..60_u32 {
        let record = RecordId(format!("decisions/2026/d{}", n * 7 % 5));
        story.push((record, vec![line(&format!("{}", n % 3), states[(n * 5 % 8) as usize], n % 4 + 1, i64::from(n))]));
    }
    let expected = folded(&story);
    for bench in benches() {
        let mut store = bench.open();
        store.load().unwrap();
        for (at, piece) in story.chunks(7).enumerate() {
            if at % 2 == 0 {
                store.append_all(piece).unwrap();
            } else {
                piece.iter().for_each(|(record, lines)| store.append(record, lines).unwrap());
            }
        }
        store.baseline("fediverse", Timestamp::UNIX_EPOCH).unwrap();
        drop(store);
        let (mut ledger, _) = bench.look().unwrap();
        assert_eq!(ledger.baselines.remove("fediverse"), Some(Timestamp::UNIX_EPOCH));
        assert_eq!(ledger, expected, "{}", bench.name);
        let copied = tempfile::tempdir().unwrap();
        let there_was = copy(bench.root.path(), &bench.state, &copied.path().join("ledger")).unwrap();
        assert_eq!(there_was, bench.name != "folder");
        if there_was {
            let again = look(copied.path(), &StateSettings::Folder).unwrap().0;
            assert_eq!(again, bench.look().unwrap().0, "{}", bench.name);
        }
    }
}

#[test]
fn branch_and_bucket_hold_the_very_files_of_the_folder() {
    let [folder, git, s3] = [folder(), git(), s3()];
    for bench in [&folder, &git, &s3] {
        written(bench, &three());
    }
    for name in [format!("{}.jsonl", record()), "state.json".to_owned()] {
        assert_eq!(folder.file(&name), git.file(&name), "{name}");
        assert_eq!(folder.file(&name), s3.file(&name), "{name}");
    }
    // Moving is copying: the branch's files, put into a folder.
    let moved = tempfile::tempdir().unwrap();
    let StateSettings::Git { remote, .. } = &git.state else { unreachable!() };
    let script = "mkdir \"$1\" && git -C \"$0\" archive promulgate-state | tar -x -C \"$1\"";
    let said = Command::new("sh").args(["-c", script, remote.as_deref().unwrap()]).arg(moved.path().join("ledger")).output().unwrap();
    assert!(said.status.success(), "{}", String::from_utf8_lossy(&said.stderr));
    assert_eq!(look(moved.path(), &StateSettings::Folder).unwrap().0, git.look().unwrap().0);
    open_with(moved.path(), &StateSettings::Folder, usual()).load().unwrap();
}

#[test]
fn a_thousand_lines_take_their_time() {
    for bench in benches() {
        let mut store = bench.open();
        store.load().unwrap();
        let batch: Vec<_> =
            (0..1000).map(|n| (RecordId(format!("decisions/2024/d{}", n / 10)), vec![line(&n.to_string(), State::Queued, 1, n)])).collect();
        let begun = Instant::now();
        store.append_all(&batch).unwrap();
        let together = begun.elapsed();
        let begun = Instant::now();
        (0..20).for_each(|n| store.append(&record(), &[line(&n.to_string(), State::Sending, 1, n)]).unwrap());
        let single = begun.elapsed() / 20;
        drop(store);
        let begun = Instant::now();
        assert_eq!(bench.look().unwrap().0.records.len(), 101, "{}", bench.name);
        println!("{:9} 1,000 lines in one batch {together:?}, one line {single:?}, read {:?}", bench.name, begun.elapsed());
    }
}

#[test]
fn a_site_in_a_repository_needs_no_address_and_its_own_files_stay_as_they_are() {
    let root = tempfile::tempdir().unwrap();
    let git = |args: &[&str]| {
        let said = Command::new("git")
            .arg("-C")
            .arg(root.path())
            .args(["-c", "user.name=N", "-c", "user.email=n@norrvik.example"])
            .args(args)
            .output()
            .unwrap();
        assert!(said.status.success(), "{args:?}: {}", String::from_utf8_lossy(&said.stderr));
        String::from_utf8(said.stdout).unwrap()
    };
    git(&["init", "--quiet", "--initial-branch", "main"]);
    std::fs::write(root.path().join("promulgate.yaml"), "title: N\n").unwrap();
    git(&["add", "--all"]);
    git(&["commit", "--quiet", "--message", "Begin"]);
    // A hook that would stop every push.
    std::fs::create_dir_all(root.path().join(".git/hooks")).unwrap();
    std::fs::write(root.path().join(".git/hooks/pre-push"), "#!/bin/sh\nexit 1\n").unwrap();
    Command::new("chmod").args(["+x"]).arg(root.path().join(".git/hooks/pre-push")).status().unwrap();
    let before = (git(&["rev-parse", "main"]), git(&["status", "--porcelain"]));
    let state = StateSettings::Git { branch: "promulgate-state".into(), remote: None };
    let mut store = open_with(root.path(), &state, usual());
    store.load().unwrap();
    store.append(&record(), &three()).unwrap();
    drop(store);
    assert_eq!((git(&["rev-parse", "main"]), git(&["status", "--porcelain"])), before);
    assert!(git(&["show", &format!("promulgate-state:{}.jsonl", record())]).lines().count() == 3);
    // The same site, cloned: its origin is asked.
    let clone = tempfile::tempdir().unwrap();
    let cloned = Command::new("git").args(["clone", "--quiet"]).arg(root.path()).arg(clone.path().join("site")).status().unwrap();
    assert!(cloned.success());
    assert_eq!(look(&clone.path().join("site"), &state).unwrap().0, folded(&[(record(), three())]));
    let nowhere = tempfile::tempdir().unwrap();
    let error = look(nowhere.path(), &state).unwrap_err().to_string();
    assert!(error.contains("lies in no git repository"), "{error}");
}

#[test]
fn a_branch_moved_by_other_hands_stops_the_run() {
    let bench = git();
    written(&bench, &three());
    let mut store = bench.open();
    store.load().unwrap();
    bench.damage(Damage::Torn);
    let refused = store.append(&record(), &three()[..1]).unwrap_err();
    assert!(matches!(refused, StateError::Raced { .. }), "{refused:?}");
}

#[test]
fn a_database_that_goes_away_stops_the_run_at_once() {
    let bench = postgres();
    let mut store = bench.open();
    store.load().unwrap();
    store.append(&record(), &three()[..1]).unwrap();
    bench.cut_connections();
    for _ in 0..2 {
        let error = store.append(&record(), &three()[1..2]).unwrap_err();
        assert!(matches!(error, StateError::Io { .. }), "{error:?}");
    }
    bench.open().load().unwrap();
    assert_eq!(bench.look().unwrap().0, folded(&[(record(), three()[..1].to_vec())]));
}

#[test]
fn a_role_that_may_only_add_lines_is_enough_for_the_database() {
    let bench = postgres();
    written(&bench, &three());
    let role = bench.url().rsplit('/').next().unwrap().to_owned() + "_publisher";
    let mut admin = ::postgres::Client::connect(bench.url(), ::postgres::NoTls).unwrap();
    // As docs/stores.md has it.
    admin
        .batch_execute(&format!(
            "CREATE ROLE {role} LOGIN; GRANT USAGE ON SCHEMA promulgate TO {role}; GRANT SELECT, INSERT ON promulgate.lines TO {role};
             GRANT SELECT, INSERT, UPDATE ON promulgate.state, promulgate.baselines, promulgate.notes TO {role}"
        ))
        .unwrap();
    let url = bench.url().replace("app@", &format!("{role}@"));
    std::fs::write(bench.root.path().join("url"), &url).unwrap();
    let mut store = bench.open();
    store.load().unwrap();
    store.append(&record(), &[line("2", State::Queued, 1, 9)]).unwrap();
    store.baseline("fediverse", Timestamp::UNIX_EPOCH).unwrap();
    store.keep("hub", "{}").unwrap();
    let mut client = ::postgres::Client::connect(&url, ::postgres::NoTls).unwrap();
    for forbidden in [
        "DELETE FROM promulgate.lines",
        "UPDATE promulgate.lines SET line = ''",
        "TRUNCATE promulgate.lines",
        "CREATE TABLE promulgate.more (x int)",
    ] {
        assert!(client.execute(forbidden, &[]).is_err(), "{forbidden}");
    }
    drop((store, client));
    // Lines that an administrator puts there, as when moving, are counted by the next run.
    sql(
        bench.url(),
        "INSERT INTO promulgate.lines SELECT 'decisions/2026/moved', n, line FROM promulgate.lines WHERE record LIKE 'alerts/%'",
    );
    let (ledger, repairs) = bench.open().load().unwrap();
    assert_eq!((ledger.records.len(), repairs.len()), (3, 1));
    assert_eq!(bench.open().load().unwrap().1, []);
}

#[test]
fn no_password_stands_in_an_error() {
    let dir = tempfile::tempdir().unwrap();
    let dead = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    for url in [
        format!("postgres://app:hunter2@127.0.0.1:{dead}/x"),
        "postgres://app:hunter2@[bad".into(),
        "mysql://hunter2".into(),
        format!("postgres://app:hunter2@localhost:{}/x?sslmode=require", crate::servers::postgres().handle),
    ] {
        std::fs::write(dir.path().join("url"), &url).unwrap();
        let state = StateSettings::Postgres { url: SecretRef::File("url".into()), schema: "promulgate".into() };
        let error = open_with(dir.path(), &state, usual()).load().unwrap_err();
        assert!(matches!(error, StateError::Io { .. }) && !format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
    std::fs::write(dir.path().join("key"), "hunter2").unwrap();
    let bucket = bucket_at(&format!("http://127.0.0.1:{dead}"), "norrvik");
    for state in [
        StateSettings::S3(bucket.clone()),
        StateSettings::S3(promulgate::model::settings::Bucket {
            endpoint: Some(crate::servers::s3().url.clone()),
            name: "there-is-no-such-bucket".into(),
            ..bucket
        }),
    ] {
        let error = open_with(dir.path(), &state, usual()).load().unwrap_err();
        assert!(matches!(error, StateError::Io { .. }) && !format!("{error} {error:?}").contains("hunter2"), "{error:?}");
    }
    let state = StateSettings::Git { branch: "s".into(), remote: Some(format!("http://bot:hunter2@127.0.0.1:{dead}/x.git")) };
    let error = open_with(dir.path(), &state, usual()).load().unwrap_err();
    assert!(matches!(error, StateError::Io { .. }) && !format!("{error} {error:?}").contains("hunter2"), "{error:?}");
}

#[test]
fn a_certificate_that_nobody_vouches_for_is_refused_and_a_known_one_is_taken() {
    let real = crate::servers::postgres();
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("url"), format!("postgres://app@localhost:{}/postgres?sslmode=require", real.handle)).unwrap();
    std::fs::write(
        dir.path().join("promulgate.yaml"),
        "title: N\nurl: https://norrvik.example\nlanguages: [sv]\nstate: {postgres: {url: 'file:url', schema: tls}}\n",
    )
    .unwrap();
    let plan = |certificates: &std::path::Path| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_promulgate"));
        command.args(["--root", ".", "plan"]).current_dir(dir.path()).env("SSL_CERT_FILE", certificates).env_remove("SSL_CERT_DIR");
        let said = command.output().unwrap();
        (said.status.code().unwrap(), String::from_utf8_lossy(&said.stderr).into_owned())
    };
    let folder = std::path::Path::new(&real.secret);
    let known = plan(&folder.join("ca.pem"));
    assert_eq!(known.0, 0, "{}", known.1);
    let other = tempfile::tempdir().unwrap();
    let script = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Other -keyout \"$0/k\" -out \"$0/ca.pem\"";
    assert!(Command::new("sh").args(["-c", script]).arg(other.path()).stderr(Stdio::null()).status().unwrap().success());
    let unknown = plan(&other.path().join("ca.pem"));
    assert!(unknown.0 == 5 && unknown.1.contains("certificate"), "{unknown:?}");
}

#[test]
fn a_bucket_that_knows_no_conditions_is_refused() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let mut stream = stream.unwrap();
            let mut head = Vec::new();
            let mut byte = [0];
            while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                head.push(byte[0]);
            }
            let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
            let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse().ok()).unwrap_or(0);
            let _ = std::io::copy(&mut (&mut stream).take(length), &mut std::io::sink());
            let status = if head.starts_with("put") { "200 OK" } else { "404 Not Found" };
            let _ = write!(stream, "HTTP/1.1 {status}\r\netag: \"x\"\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
        }
    });
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("key"), "k").unwrap();
    let error = open_with(dir.path(), &StateSettings::S3(bucket_at(&url, "norrvik")), usual()).load().unwrap_err();
    assert!(error.to_string().contains("cannot keep two runs apart"), "{error}");
}

/// Hands requests on to another server, and what that answers back; something may happen before the one and the other.
fn go_between(to: &str, happens: impl Fn(&str, bool) + Send + Sync + 'static) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (to, happens) = (to.trim_start_matches("http://").to_owned(), std::sync::Arc::new(happens));
    std::thread::spawn(move || {
        for stream in listener.incoming() {
            let (mut stream, to, happens) = (stream.unwrap(), to.clone(), happens.clone());
            std::thread::spawn(move || {
                let mut head = Vec::new();
                let mut byte = [0];
                while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|read| read == 1) {
                    head.push(byte[0]);
                }
                let head = String::from_utf8_lossy(&head).into_owned();
                let request = head.lines().next().unwrap_or_default();
                happens(request, false);
                let mut server = std::net::TcpStream::connect(to).unwrap();
                server.write_all(head.replacen("\r\n", "\r\nConnection: close\r\n", 1).as_bytes()).unwrap();
                let mut answer = Vec::new();
                let _ = server.read_to_end(&mut answer);
                happens(request, true);
                let _ = stream.write_all(&answer);
            });
        }
    });
    url
}

#[test]
fn a_look_at_a_bucket_in_which_a_run_writes_finds_nothing_missing() {
    for is_begun in [true, false] {
        let bench = s3();
        if is_begun {
            written(&bench, &three()[..1]);
        }
        let store = std::sync::Mutex::new(bench.open());
        let (once, is_listed) = (std::sync::Once::new(), AtomicBool::new(false));
        // A run writes while a look is between two of its requests: where there is a ledger, after the look has a record
        // and before it has a header that it asks for later; where there is none yet, after its very first request.
        let happens = move |request: &str, is_answered: bool| {
            is_listed.fetch_or(request.contains("list-type=2"), Ordering::SeqCst);
            if is_answered && (!is_begun || request.contains("/boil-water-ostra.jsonl")) {
                once.call_once(|| {
                    let mut store = store.lock().unwrap();
                    store.load().unwrap();
                    store.append_all(&[(record(), three()[1..].to_vec())]).unwrap();
                });
            }
            if is_begun && !is_answered && request.contains("/state.json") && is_listed.load(Ordering::SeqCst) {
                once.wait();
            }
        };
        let StateSettings::S3(mut bucket) = bench.state.clone() else { unreachable!() };
        bucket.endpoint = bucket.endpoint.map(|url| go_between(&url, happens));
        let looked = look(bench.root.path(), &StateSettings::S3(bucket));
        let (ledger, repairs) = looked.unwrap_or_else(|error| panic!("begun: {is_begun}: {error}"));
        assert_eq!((ledger.records.len(), repairs), (1 + usize::from(is_begun), Vec::new()));
    }
}

#[test]
fn settings_name_a_store_in_one_line_or_with_settings_of_its_own() {
    let env = |name: &str| SecretRef::Env(name.into());
    let database = StateSettings::Postgres { url: env("DATABASE_URL"), schema: "promulgate".into() };
    let branch = |name: &str, remote: Option<&str>| StateSettings::Git { branch: name.into(), remote: remote.map(Into::into) };
    let bucket = promulgate::model::settings::Bucket {
        name: "norrvik-state".into(),
        prefix: "a/b".into(),
        endpoint: None,
        region: "us-east-1".into(),
        key: env("AWS_ACCESS_KEY_ID"),
        secret: env("AWS_SECRET_ACCESS_KEY"),
        token: None,
        path_style: false,
    };
    let own = promulgate::model::settings::Bucket {
        endpoint: Some("https://s3.norrvik.example".into()),
        region: "eu-north-1".into(),
        key: env("K"),
        path_style: true,
        prefix: String::new(),
        ..bucket.clone()
    };
    for (text, expected) in [
        ("", StateSettings::Folder),
        ("state: folder", StateSettings::Folder),
        ("state: git:state", branch("state", None)),
        ("state: {git: state/record}", branch("state/record", None)),
        (
            "state: {git: {branch: state, remote: 'git@git.norrvik.example:web/state.git'}}",
            branch("state", Some("git@git.norrvik.example:web/state.git")),
        ),
        ("state: postgres:env:DATABASE_URL", database.clone()),
        ("state: 'postgres: env:DATABASE_URL'", database.clone()),
        ("state:\n  postgres: env:DATABASE_URL", database.clone()),
        ("state: {postgres: {url: env:DATABASE_URL}}", database),
        ("state: s3://norrvik-state/a/b/", StateSettings::S3(bucket)),
        (
            "state: {s3: {bucket: norrvik-state, endpoint: 'https://s3.norrvik.example/', region: eu-north-1, key: env:K}}",
            StateSettings::S3(own),
        ),
    ] {
        assert_eq!(settings(text), Ok(expected), "{text}");
    }
    for (text, code) in [
        ("state: dropbox", "bad-settings"),
        ("state: 17", "bad-settings"),
        ("state: [folder]", "bad-settings"),
        ("state: 'git:'", "bad-settings"),
        ("state: 'git:-x'", "bad-settings"),
        ("state: 'git:a..b'", "bad-settings"),
        ("state: {git: {branch: s, remote: '--upload-pack=x'}}", "bad-settings"),
        ("state: {git: {branch: s, remote: 'https://bot:hunter2@git.example/x'}}", "secret-in-settings"),
        ("state: {git: {remote: x}}", "missing-field"),
        ("state: {git: a, postgres: env:B}", "bad-settings"),
        ("state: 'postgres://app:hunter2@db.example/x'", "secret-in-settings"),
        ("state: {postgres: {url: 'postgres://app:hunter2@db.example/x'}}", "secret-in-settings"),
        ("state: {postgres: {url: env:A, schema: 'x; drop'}}", "bad-settings"),
        ("state: {postgres: {url: env:A, schemas: x}}", "unknown-key"),
        ("state: 's3://'", "bad-settings"),
        ("state: {s3: {bucket: b, endpoint: 'http://s3.example'}}", "bad-settings"),
        ("state: {s3: {bucket: b, secret: hunter2}}", "secret-in-settings"),
    ] {
        let found = settings(text).unwrap_err();
        assert!(found.iter().any(|finding| finding.starts_with(code)), "{text}: {found:?}");
        assert!(!found.concat().contains("hunter2"), "{text}: {found:?}");
    }
}
