//! `kill -9` at random: eight publishers on one state, platforms of all four classes that lose answers, come late and
//! forget keys. What is counted is what the platforms' journals hold.
//!
//! `PROMULGATE_POSTS` and `PROMULGATE_KILLS` say how long it goes on, `PROMULGATE_STORE` on which store.

use super::figures::{Seeded, at_once, number, row, seed};
use super::town::{ALL, Outcome, STORES, Seen, Shape, Store, Town, expected};
use promulgate::rehearsal::{Mishap, Mishaps};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Publishers at once.
const PUBLISHERS: usize = 8;
/// Kills in one town, most of them while there is much to tell.
const KILLS: u64 = 25;
/// Decisions of a town: with four accounts, and corrections on three, about 120 posts.
const RECORDS: usize = 25;

/// 5 % lost (half of them before they were accepted), 5 % late, 1 % of writes at which all keys are forgotten.
fn mishaps(seed: u64) -> Mishaps {
    let late = |milliseconds| Mishap::Delay(Duration::from_millis(milliseconds));
    let mix = [(25, Mishap::AcceptThenCut), (25, Mishap::FailFirst), (30, late(300)), (20, late(2_500)), (10, Mishap::ForgetKeys)];
    Mishaps::mixed(seed, mix)
}

fn shape(number: u64, store: &'static Store) -> Shape {
    Shape { records: RECORDS, accounts: ALL, mishaps: mishaps(number), store, number, begun: None }
}

#[derive(Default)]
struct Round {
    outcome: Outcome,
    kills: u64,
    /// Kills of the one that held the lock.
    holders: u64,
    faults: Vec<String>,
}

/// The number of the process that says it holds the state.
fn holder(town: &Town) -> Option<u32> {
    std::fs::read_to_string(town.root().join("ledger/.lock")).ok()?.trim().strip_prefix("process ")?.parse().ok()
}

fn start(town: &Town) -> Child {
    let mut command = town.command(&[], &["announce", "--wait-live", "5s", "--log-level", "error"]);
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// Publishers come and go, some of them killed; ends when one says that all is done, or with the last kill.
fn under_fire(town: &Town, random: &mut Seeded, round: &mut Round) {
    let mut publishers: Vec<Option<Child>> = (0..PUBLISHERS).map(|_| None).collect();
    let mut starts: Vec<Instant> = (0..PUBLISHERS).map(|_| Instant::now() + Duration::from_millis(random.below(200))).collect();
    let begun = Instant::now();
    let mut next_kill = begun + Duration::from_millis(random.below(250));
    while round.kills < KILLS && begun.elapsed() < Duration::from_secs(120) {
        for (publisher, at) in publishers.iter_mut().zip(&mut starts) {
            match publisher {
                None if *at <= Instant::now() => *publisher = Some(start(town)),
                None => {}
                Some(child) => {
                    if let Some(status) = child.try_wait().unwrap() {
                        *publisher = None;
                        *at = Instant::now() + Duration::from_millis(200 + random.below(1_500));
                        if matches!(status.code(), Some(0 | 4)) && is_quiet(town) {
                            stop(&mut publishers);
                            return;
                        }
                    }
                }
            }
        }
        if next_kill <= Instant::now() {
            let held = holder(town);
            let alive: Vec<usize> = (0..PUBLISHERS).filter(|at| publishers[*at].is_some()).collect();
            let of_holder = alive.iter().copied().find(|at| publishers[*at].as_ref().map(Child::id) == held);
            let chosen = match of_holder {
                Some(at) if random.below(4) > 0 => Some(at),
                _ if alive.is_empty() => None,
                _ => Some(alive[random.below(alive.len() as u64) as usize]),
            };
            if let Some(mut child) = chosen.and_then(|at| publishers[at].take()) {
                let was_alive = child.try_wait().unwrap().is_none();
                let _ = child.kill();
                let _ = child.wait();
                round.kills += u64::from(was_alive);
                round.holders += u64::from(was_alive && chosen == of_holder);
            }
            // The last fifth strikes what the first has left in doubt.
            let pause = if round.kills == KILLS * 4 / 5 { 31_000 } else { 40 + random.below(400) };
            next_kill = Instant::now() + Duration::from_millis(pause);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    stop(&mut publishers);
}

/// The last ones are killed too; nobody counts them.
fn stop(publishers: &mut [Option<Child>]) {
    for child in publishers.iter_mut().flatten() {
        let _ = child.kill();
        let _ = child.wait();
    }
}

fn is_quiet(town: &Town) -> bool {
    town.ledger().records.values().flat_map(|keys| keys.values()).all(|standing| standing.line.state.is_terminal())
}

fn round(number: u64, store: &'static Store, expected: &[Seen]) -> Round {
    let town = Town::new(shape(number, store));
    let built = town.run(&["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let mut round = Round::default();
    under_fire(&town, &mut Seeded(number), &mut round);
    let mut said = String::new();
    for _ in 0..12 {
        let run = town.run(&["announce", "--wait-live", "5s"]);
        said = format!("{said}exit {}\n{}", run.code, run.stderr);
        if run.code == 0 || run.code == 4 && is_quiet(&town) {
            break;
        }
    }
    round.outcome = town.outcome(expected);
    let again = town.seen().len();
    town.run(&["announce", "--wait-live", "5s"]);
    let leaks = town.leaks(said.as_bytes());
    if !round.outcome.is_clean() || town.seen().len() != again || !leaks.is_empty() {
        round.faults.push(format!("town {number}: {:#?} {leaks:?}\n{said}", round.outcome));
    }
    round
}

#[test]
fn eight_publishers_killed_at_random_double_and_lose_nothing() {
    let (seed, posts, kills) = (seed(), number("PROMULGATE_POSTS", 200) as usize, number("PROMULGATE_KILLS", 40));
    let threads = number("PROMULGATE_AT_ONCE", 2);
    let wanted = std::env::var("PROMULGATE_STORE").ok();
    for store in STORES.iter().filter(|store| wanted.as_deref().is_none_or(|name| name == store.name)) {
        let expected = expected(&shape(seed, store));
        let (mut outcome, mut killed, mut holders, mut towns, mut faults) = (Outcome::default(), 0, 0, 0, Vec::new());
        while outcome.posts < posts || killed < kills {
            let work: Vec<u64> = (0..threads).map(|at| seed + 1 + towns + at).collect();
            towns += threads;
            for round in at_once(threads as usize, work, |number| round(number, store, &expected)) {
                outcome.add(round.outcome);
                killed += round.kills;
                holders += round.holders;
                faults.extend(round.faults);
            }
            println!("{towns} towns, {} posts, {killed} kills, {holders} of them of the one at work", outcome.posts);
            assert!(faults.is_empty(), "seed {seed}: {}", faults.join("\n"));
        }
        let done = format!(
            "{} posts, {killed} kills ({holders} of the one that held the state), {PUBLISHERS} publishers, {towns} towns; seed {seed}",
            outcome.posts
        );
        row(&format!("`kill -9` at random, state in the store `{}`", store.name), &done, &outcome.sentence());
        assert!(outcome.parked.keys().all(|account| account != "sky"), "an id of our own never needs a person");
    }
}
