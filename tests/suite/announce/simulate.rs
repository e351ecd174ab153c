//! Seeded simulation: a body with one to four accounts of any class, each a lane of its own with its own clock, and a store
//! that fails; threads, edits, replacements, reminders. The code that delivers is the real one, threads included. What a
//! seed does is the same every time, because accounts touch one another only where the real ones do: in the plan, in the
//! store, and in the end of a run. Every fourth schedule has a store that fails at any line of any account, intents, results
//! and notes; it stops the other accounts where they happen to be, so there a seed chooses the faults and the machine the
//! instant.
//!
//! `PROMULGATE_SCHEDULES=N` plays N schedules, `PROMULGATE_SEED=S` begins with that seed.

use super::choices::{Choices, next};
use super::platform::Platform;
use super::world::{AllLive, Class, Killed, NoWay, OLD, Policy, Tell, Telling, Ticks, World, manifest, record, survive};
use crate::reliability::{at_once, number, row};
use jiff::{SignedDuration, Timestamp};
use promulgate::announce::deliver::{Outside, deliver};
use promulgate::announce::lane::Lane;
use promulgate::announce::plan::Plan;
use promulgate::model::ledger::{Ledger, Line, State};
use promulgate::model::record::RecordId;
use promulgate::model::transport::*;
use std::collections::BTreeMap;
use std::panic::resume_unwind;
use std::sync::Mutex;
use std::time::{Duration, Instant};

const CLASSES: [Class; 5] = [Class::OwnId, Class::Expiring, Class::Link, Class::Nothing, Class::Container];
const NAMES: [&str; 4] = ["one", "two", "three", "four"];

/// All accounts of a body.
struct Fleet {
    worlds: Vec<World>,
    /// What happens to the run as a whole.
    fate: Mutex<Choices>,
    /// Accounts whose baseline is taken.
    baselines: Mutex<BTreeMap<String, Timestamp>>,
}

/// Where the store may fail.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Faults {
    /// At any line, and where there are several accounts only before they part: then a seed does the same every time.
    Replayed,
    /// At any line of any account: it ends the other ones where they happen to be.
    Anywhere,
}

impl Fleet {
    fn new(seed: u64, faults: Faults) -> Fleet {
        let mut choice = seed;
        let rarity = 3 + next(&mut choice) % 12;
        let accounts = 1 + next(&mut choice) % 4;
        let worlds = NAMES.iter().take(accounts as usize).map(|name| {
            let class = CLASSES[(next(&mut choice) % 5) as usize];
            let mut world = World::named(name, class, Policy::Ours, story(&mut choice), Choices::seed(next(&mut choice), rarity));
            world.failing = accounts == 1 || faults == Faults::Anywhere;
            world.alone = accounts > 1;
            world.may_be_called_off = true;
            world
        });
        let worlds = worlds.collect();
        Fleet { worlds, fate: Mutex::new(Choices::seed(next(&mut choice), rarity)), baselines: Mutex::default() }
    }

    fn fate(&self, options: usize) -> usize {
        self.fate.lock().unwrap_or_else(std::sync::PoisonError::into_inner).choose(options)
    }

    fn now(&self) -> i64 {
        self.worlds.iter().map(|world| world.state().now).max().unwrap_or_default()
    }

    /// Time passes for all accounts; those that were behind catch up first.
    fn pass(&self, seconds: i64) {
        let now = self.now();
        for world in &self.worlds {
            let behind = now - world.state().now;
            world.pass(behind + seconds);
        }
    }

    fn ledger(&self) -> Ledger {
        let mut ledger = Ledger::default();
        for world in &self.worlds {
            world.state().lines.iter().for_each(|line| ledger.fold(&record(), line.clone()));
        }
        ledger.baselines = self.baselines.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone();
        ledger
    }

    fn publish(&self) {
        match self.worlds.as_slice() {
            [one] => drop(one.publish()),
            _ => drop(survive(|| self.run())),
        }
    }

    fn run(&self) -> Option<()> {
        let mut store = Store { fleet: self };
        let (ledger, _) = store.load().ok()?;
        let is_new = |world: &&World| !ledger.baselines.contains_key(world.name);
        let entries = self.worlds.iter().flat_map(|world| {
            let old = world.old(&ledger, !is_new(&world));
            world.entries(&ledger).into_iter().chain([old])
        });
        let baselines = self.worlds.iter().filter(is_new).map(|world| world.name.to_owned()).collect();
        let plan = Plan { entries: entries.collect(), max: 100, baselines, ..Plan::default() };
        let channels: Vec<Platform> = self.worlds.iter().cloned().map(Platform).collect();
        let mut ways: Vec<(NoWay, Ticks)> = self.worlds.iter().map(|world| (NoWay, Ticks(world.clone()))).collect();
        let lanes = channels.iter().zip(&mut ways).map(|(channel, (transport, clock))| Lane {
            name: channel.0.name.into(),
            channel,
            transport,
            clock,
        });
        let (mut clock, mut live, manifest) = (Clock_(self), AllLive, manifest());
        let outside = Outside { lanes: lanes.collect(), live: &mut live, clock: &mut clock, manifest: &manifest };
        deliver(&plan, ledger, &mut store, outside, &self.worlds[0].options());
        Some(())
    }

    /// Trouble for some runs, then none, as every trouble ends.
    fn play(&self) {
        for round in 0..8 {
            self.publish();
            self.pass(if round % 2 == 0 { 5 } else { 3600 });
        }
        for world in &self.worlds {
            *world.choices.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Choices::seed(1, u64::MAX);
        }
        *self.fate.lock().unwrap() = Choices::seed(1, u64::MAX);
        for _ in 0..3 {
            self.publish();
            self.pass(3600);
        }
    }

    /// What is wrong in the end, and how many wait for a person.
    fn judge(&self) -> (Vec<String>, usize) {
        let (mut faults, mut waiting) = (Vec::new(), 0);
        for world in &self.worlds {
            let ledger = world.ledger();
            let standing = |name: &str| ledger.standing(&record(), &world.key(name));
            let parked = ledger.records.values().flat_map(|keys| keys.values()).filter(|one| one.line.state == State::Parked).count();
            waiting += parked;
            if parked > 0 && matches!(world.class, Class::OwnId | Class::Container) {
                faults.push(format!("{} ({:?}): parked without need", world.name, world.class));
            }
            if self.worlds.len() > 1 {
                let is_known = standing(OLD).is_some_and(|one| one.line.state == State::Suppressed);
                if !is_known || world.state().made.contains_key(&world.key(OLD)) {
                    faults.push(format!("{}: what is older than the account was told: {:?}", world.name, standing(OLD)));
                }
                if !self.ledger().baselines.contains_key(world.name) {
                    faults.push(format!("{}: its baseline was never taken", world.name));
                }
            }
            let state = world.state();
            for (key, count) in state.made.iter().filter(|(_, count)| **count > 1) {
                faults.push(format!("{} ({:?}): {key:?} was posted {count} times", world.name, world.class));
            }
            for (name, tell) in world.telling.iter() {
                let sent = standing(name).is_some_and(|one| one.line.state == State::Sent);
                let posts = matches!(tell, Tell::Post | Tell::Remind(_) | Tell::Reply(_));
                let there = !posts || state.made.contains_key(&world.key(name));
                if parked == 0 && !(sent && there) {
                    faults.push(format!("{} ({:?}): `{name}` was lost: {:?}", world.name, world.class, standing(name)));
                } else if sent && !there {
                    faults.push(format!("{} ({:?}): `{name}` is called sent and is not there", world.name, world.class));
                }
                if let (Tell::EditAfter(of, _), true) = (tell, sent && !world.has("instead"))
                    && !state.shown.get(&world.key(of).to_string()).is_some_and(|text| text.starts_with(name))
                {
                    faults.push(format!("{} ({:?}): `{name}` was undone by an earlier edit", world.name, world.class));
                }
            }
        }
        (faults, waiting)
    }
}

/// What an account is told: a post, and some of what can follow.
fn story(choice: &mut u64) -> Telling {
    let all: [(&'static str, Tell); 7] = [
        ("an update", Tell::Reply("first")),
        ("an edit", Tell::Edit("first")),
        ("a last edit", Tell::EditAfter("first", "an edit")),
        ("two parts", Tell::Post),
        ("a reminder", Tell::Remind("first")),
        ("two parts more", Tell::Reply("two parts")),
        ("instead", Tell::Replace("first")),
    ];
    let mut telling = vec![("first", Tell::Post)];
    let chosen = next(choice);
    telling.extend(all.into_iter().enumerate().filter(|(at, _)| chosen >> at & 1 == 1).map(|(_, one)| one));
    // What follows something comes only with it.
    for (what, follows) in [("two parts more", "two parts"), ("a last edit", "an edit")] {
        if !telling.iter().any(|(name, _)| *name == follows) {
            telling.retain(|(name, _)| *name != what);
        }
    }
    telling
}

/// The store of all accounts.
struct Store<'f> {
    fleet: &'f Fleet,
}

impl StateStore for Store<'_> {
    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        match self.fleet.fate(4) {
            1 => Err(StateError::Locked { holder: "another".into() }),
            2 => Err(StateError::Io { path: "ledger".into(), source: std::io::ErrorKind::StorageFull.into() }),
            3 => resume_unwind(Box::new(Killed)),
            _ => Ok((self.fleet.ledger(), Vec::new())),
        }
    }

    fn append(&mut self, _: &RecordId, lines: &[Line]) -> Result<(), StateError> {
        let world = self.fleet.worlds.iter().find(|world| world.name == lines[0].channel).unwrap();
        world.keep(lines)
    }

    /// The intents of a run: all kept, none kept, or some of them, whatever the answer is.
    fn append_all(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        let fate = self.fleet.fate(6);
        let raced = || StateError::Raced { place: "the branch".into() };
        let full = || StateError::Io { path: "ledger".into(), source: std::io::ErrorKind::StorageFull.into() };
        match fate {
            1 => return Err(raced()),
            2 => resume_unwind(Box::new(Killed)),
            _ => {}
        }
        let lines: Vec<&Line> = batch.iter().flat_map(|(_, lines)| lines).collect();
        let kept = if fate == 3 { lines.len() / 2 } else { lines.len() };
        for line in &lines[..kept] {
            let world = self.fleet.worlds.iter().find(|world| world.name == line.channel).unwrap();
            world.state().lines.push((*line).clone());
        }
        match fate {
            3 | 4 => Err(full()),
            5 => resume_unwind(Box::new(Killed)),
            _ => Ok(()),
        }
    }

    fn baseline(&mut self, channel: &str, at: Timestamp) -> Result<(), StateError> {
        let fate = self.fleet.fate(5);
        match fate {
            1 => return Err(StateError::Raced { place: "the branch".into() }),
            2 => resume_unwind(Box::new(Killed)),
            _ => {}
        }
        self.fleet.baselines.lock().unwrap_or_else(std::sync::PoisonError::into_inner).insert(channel.to_owned(), at);
        match fate {
            3 => Err(StateError::Io { path: "ledger".into(), source: std::io::ErrorKind::StorageFull.into() }),
            4 => resume_unwind(Box::new(Killed)),
            _ => Ok(()),
        }
    }
}

/// The run's own clock: as late as the latest of its accounts.
struct Clock_<'f>(&'f Fleet);

impl Clock for Clock_<'_> {
    fn now(&mut self) -> Timestamp {
        Timestamp::from_second(self.0.now()).unwrap()
    }

    fn wait(&mut self, time: Duration) {
        if self.0.fate(2) == 1 {
            resume_unwind(Box::new(Killed));
        }
        self.0.pass(SignedDuration::try_from(time).unwrap().as_secs().max(1));
    }

    fn is_called_off(&mut self) -> bool {
        self.0.fate(4) == 1
    }
}

fn one(seed: u64) -> (Vec<String>, usize, usize) {
    // Every fourth schedule has a store that fails anywhere.
    let fleet = Fleet::new(seed, if seed.is_multiple_of(4) { Faults::Anywhere } else { Faults::Replayed });
    fleet.play();
    let (faults, parked) = fleet.judge();
    let posts = fleet.worlds.iter().map(|world| world.state().made.len()).sum();
    (faults, parked, posts)
}

/// Seeds choose what goes wrong in long stories of several accounts; a seed that fails is named and replays.
#[test]
fn ten_thousand_schedules_double_and_lose_nothing() {
    let (first, schedules) = (number("PROMULGATE_SEED", 20_261_121), number("PROMULGATE_SCHEDULES", 10_000));
    let start = Instant::now();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let batches = (0..schedules).step_by(500).map(|at| first + at..(first + at + 500).min(first + schedules)).collect();
    let results = at_once(threads, batches, |seeds: std::ops::Range<u64>| {
        let (mut parked, mut posts) = (0, 0);
        for seed in seeds {
            let (faults, waiting, made) = one(seed);
            assert!(
                faults.is_empty(),
                "seed {seed}: {faults:#?}\nIt replays with: PROMULGATE_SEED={seed} PROMULGATE_SCHEDULES=1 cargo test --test suite announce::simulate -- --nocapture"
            );
            (parked, posts) = (parked + waiting, posts + made);
        }
        (parked, posts)
    });
    let parked: usize = results.iter().map(|(parked, _)| parked).sum();
    let posts: usize = results.iter().map(|(_, posts)| posts).sum();
    let done = format!(
        "{schedules} schedules, {posts} posts, seeds {first} to {} in {:.0} s",
        first + schedules - 1,
        start.elapsed().as_secs_f64()
    );
    row(
        "seeded simulation of publisher, accounts and store",
        &done,
        &format!("0 duplicates, 0 lost; {parked} parked where nothing can know"),
    );
}

/// A seed is worth something only if it does the same again, lanes on threads or not.
#[test]
fn a_seed_does_the_same_every_time() {
    let trace = |seed: u64| {
        let fleet = Fleet::new(seed, Faults::Replayed);
        fleet.play();
        let end = |world: &World| {
            let state = world.state();
            (state.lines.clone(), state.made.clone(), state.now)
        };
        fleet.worlds.iter().map(end).collect::<Vec<_>>()
    };
    for seed in 1..=60 {
        assert_eq!(trace(seed), trace(seed), "seed {seed}");
    }
}
