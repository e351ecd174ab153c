//! `kill -9` at random: eight publishers on one state, platforms of all four classes that lose answers, come late and
//! forget keys. What is counted is what the platforms' journals hold.
//!
//! A claim in a branch or a bucket outlives the one that made it. So the town has an operator, who does what
//! `docs/stores.md` asks for: when the claim is that of a dead run, all publishers are stopped, and one alone is started
//! with `--recover-now`; the others come back when the claim is seen to be its own, or when it has ended.
//!
//! `PROMULGATE_POSTS` and `PROMULGATE_KILLS` say how long it goes on, `PROMULGATE_STORE` on which store.

use super::figures::{Seeded, at_once, number, row, seed};
use super::town::{ALL, Outcome, STORES, Seen, Shape, Store, Town, expected};
use promulgate::rehearsal::{Mishap, Mishaps};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

/// Publishers at once.
const PUBLISHERS: usize = 8;
const SECOND: Duration = Duration::from_secs(1);

/// How much a town has to bear.
#[derive(Clone, Copy)]
struct Size {
    /// Its decisions.
    records: usize,
    /// The kills, most of them while there is much to tell.
    kills: u64,
}

/// With four accounts, and corrections on three, about 120 posts.
const WHOLE: Size = Size { records: 25, kills: 25 };
/// About 25 posts.
const SMALL: Size = Size { records: 5, kills: 6 };

/// 5 % lost (half of them before they were accepted), 5 % late, 1 % of writes at which all keys are forgotten.
fn mishaps(seed: u64) -> Mishaps {
    let late = |milliseconds| Mishap::Delay(Duration::from_millis(milliseconds));
    let mix = [(25, Mishap::AcceptThenCut), (25, Mishap::FailFirst), (30, late(300)), (20, late(2_500)), (10, Mishap::ForgetKeys)];
    Mishaps::mixed(seed, mix)
}

fn shape(number: u64, store: &'static Store, size: Size) -> Shape {
    Shape { records: size.records, accounts: ALL, mishaps: mishaps(number), store, number, begun: None }
}

#[derive(Default)]
struct Round {
    outcome: Outcome,
    kills: u64,
    /// Kills of the one that held the state.
    holders: u64,
    /// Runs that were started with `--recover-now`.
    recovered: u64,
    faults: Vec<String>,
}

fn start(town: &Town, more: &[&str]) -> Child {
    let mut command = town.command(&[], &[&["announce", "--wait-live", "5s", "--log-level", "error"], more].concat());
    command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
}

/// The publishers of a town, and who of them lives.
struct Crew<'t> {
    town: &'t Town,
    publishers: Vec<Option<Child>>,
    starts: Vec<Instant>,
    /// The number of the one that was started with `--recover-now` and does not hold the state yet; nobody else lives.
    alone: Option<u32>,
    /// When the claim was last looked at.
    looked: Instant,
    recovered: u64,
}

impl Crew<'_> {
    /// Starts whoever is due, buries whoever has ended; whether all is done.
    fn come_and_go(&mut self, random: &mut Seeded) -> bool {
        let mut was_kept_out = false;
        for at in 0..PUBLISHERS {
            match &mut self.publishers[at] {
                None if self.alone.is_none() && self.starts[at] <= Instant::now() => self.publishers[at] = Some(start(self.town, &[])),
                None => {}
                Some(child) => {
                    let Some(status) = child.try_wait().unwrap() else { continue };
                    self.alone = self.alone.filter(|number| *number != child.id());
                    self.publishers[at] = None;
                    self.starts[at] = Instant::now() + Duration::from_millis(200 + random.below(1_500));
                    let is_done = matches!(status.code(), Some(0 | 4));
                    if is_done && is_quiet(self.town) {
                        return true;
                    }
                    was_kept_out |= !is_done;
                }
            }
        }
        if was_kept_out {
            self.recover();
        }
        if self.alone.is_some() && self.looked.elapsed() > SECOND / 20 {
            self.alone = self.alone.filter(|number| self.town.holder() != Some(*number));
            self.looked = Instant::now();
        }
        false
    }

    /// What an operator does where the claim is that of a dead run: stops everybody, and starts one alone.
    fn recover(&mut self) {
        if !self.town.claims() {
            return;
        }
        let Some(holder) = self.town.holder() else { return };
        if self.publishers.iter().flatten().any(|child| child.id() == holder) || self.alone.is_some() {
            return;
        }
        stop(&mut self.publishers);
        let one = start(self.town, &["--recover-now"]);
        self.alone = Some(one.id());
        self.publishers = (0..PUBLISHERS).map(|_| None).collect();
        self.publishers[0] = Some(one);
        self.recovered += 1;
    }

    /// Kills one, most often the one that holds the state; whether one was alive to be killed, and whether it held it.
    fn kill(&mut self, random: &mut Seeded) -> Option<bool> {
        let held = self.town.holder();
        let alive: Vec<usize> = (0..PUBLISHERS).filter(|at| self.publishers[*at].is_some()).collect();
        let of_holder = alive.iter().copied().find(|at| self.publishers[*at].as_ref().map(Child::id) == held);
        let chosen = match of_holder {
            Some(at) if random.below(4) > 0 => at,
            _ if alive.is_empty() => return None,
            // Where it takes a while to claim, most kills wait for one that has.
            None if self.town.claims() && random.below(8) > 0 => return None,
            _ => alive[random.below(alive.len() as u64) as usize],
        };
        let mut child = self.publishers[chosen].take()?;
        let was_alive = child.try_wait().unwrap().is_none();
        let _ = child.kill();
        let _ = child.wait();
        self.alone = self.alone.filter(|number| *number != child.id());
        self.recover();
        was_alive.then_some(Some(chosen) == of_holder)
    }
}

/// Publishers come and go, some of them killed; ends when one says that all is done, or with the last kill.
fn under_fire(town: &Town, size: Size, random: &mut Seeded, round: &mut Round) {
    let starts = (0..PUBLISHERS).map(|_| Instant::now() + Duration::from_millis(random.below(200))).collect();
    let mut crew =
        Crew { town, publishers: (0..PUBLISHERS).map(|_| None).collect(), starts, alone: None, looked: Instant::now(), recovered: 0 };
    let begun = Instant::now();
    let mut next_kill = begun + Duration::from_millis(random.below(250));
    while round.kills < size.kills && begun.elapsed() < 120 * SECOND {
        if crew.come_and_go(random) {
            break;
        }
        if next_kill <= Instant::now() {
            let killed = crew.kill(random);
            round.kills += u64::from(killed.is_some());
            round.holders += u64::from(killed == Some(true));
            // The last fifth strikes what the first has left in doubt.
            let is_last_fifth = killed.is_some() && size.kills == WHOLE.kills && round.kills == size.kills * 4 / 5;
            let pause = if is_last_fifth { 31_000 } else { 40 + random.below(town.shape.store.pace) };
            next_kill = Instant::now() + Duration::from_millis(pause);
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    stop(&mut crew.publishers);
    round.recovered = crew.recovered;
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

fn round(number: u64, store: &'static Store, size: Size, expected: &[Seen]) -> Round {
    let town = Town::new(shape(number, store, size));
    let built = town.run(&["build"]);
    assert_eq!(built.code, 0, "{}", built.stderr);
    let mut round = Round::default();
    under_fire(&town, size, &mut Seeded(number), &mut round);
    // Nobody else lives now, so one run after the other may say so.
    let alone: &[&str] =
        if town.claims() { &["announce", "--wait-live", "5s", "--recover-now"] } else { &["announce", "--wait-live", "5s"] };
    let mut said = String::new();
    for _ in 0..12 {
        let run = town.run(alone);
        said = format!("{said}exit {}\n{}", run.code, run.stderr);
        if run.code == 0 || run.code == 4 && is_quiet(&town) {
            break;
        }
    }
    round.outcome = town.outcome(expected);
    let again = town.seen().len();
    town.run(alone);
    let leaks = town.leaks(said.as_bytes());
    if !round.outcome.is_clean() || town.seen().len() != again || !leaks.is_empty() {
        round.faults.push(format!("town {number}: {:#?} {leaks:?}\n{said}", round.outcome));
    }
    round
}

/// Towns on this store until there were so many posts and kills.
fn campaign(name: &str, (posts, kills): (u64, u64), size: Size) {
    if std::env::var("PROMULGATE_STORE").is_ok_and(|wanted| wanted != name) {
        return;
    }
    let is_long = std::env::var_os("PROMULGATE_KILLS").is_some();
    let (size, threads) = if is_long { (WHOLE, 2) } else { (size, if size.records == WHOLE.records { 2 } else { 1 }) };
    let store = STORES.iter().find(|store| store.name == name).unwrap();
    let (seed, posts, kills) = (seed(), number("PROMULGATE_POSTS", posts) as usize, number("PROMULGATE_KILLS", kills));
    let threads = number("PROMULGATE_AT_ONCE", threads);
    let expected = expected(&shape(seed, store, size));
    let (mut outcome, mut killed, mut holders, mut recovered, mut towns) = (Outcome::default(), 0, 0, 0, 0);
    while outcome.posts < posts || killed < kills {
        let work: Vec<u64> = (0..threads).map(|at| seed + 1 + towns + at).collect();
        towns += threads;
        let mut faults = Vec::new();
        for round in at_once(threads as usize, work, |number| round(number, store, size, &expected)) {
            outcome.add(round.outcome);
            killed += round.kills;
            holders += round.holders;
            recovered += round.recovered;
            faults.extend(round.faults);
        }
        println!("{name}: {towns} towns, {} posts, {killed} kills, {holders} of them of the one at work", outcome.posts);
        assert!(faults.is_empty(), "{name}, seed {seed}: {}", faults.join("\n"));
    }
    let claims = if recovered > 0 { format!(", {recovered} runs with `--recover-now`") } else { String::new() };
    let done = format!(
        "{} posts, {killed} kills ({holders} of the one that held the state){claims}, {PUBLISHERS} publishers, {towns} towns; seed {seed}",
        outcome.posts
    );
    row(&format!("`kill -9` at random, state in the store `{name}`"), &done, &outcome.sentence());
    assert!(outcome.parked.keys().all(|account| account != "sky"), "an id of our own never needs a person");
}

#[test]
fn eight_publishers_killed_at_random_double_and_lose_nothing() {
    campaign("folder", (200, 40), WHOLE);
}

#[test]
fn the_same_with_the_state_in_a_branch() {
    campaign("git", (20, 1), SMALL);
}

#[test]
fn the_same_with_the_state_in_a_database() {
    campaign("postgres", (20, 1), SMALL);
}

#[test]
fn the_same_with_the_state_in_a_bucket() {
    campaign("s3", (20, 1), SMALL);
}
