//! A world that can go wrong at every step: a ledger, a clock and an account of a platform in memory, and somebody who
//! chooses what happens next. The code that delivers is the real one.

use super::choices::Choices;
use super::platform::{Platform, State_, apply};
use super::turns::Turns;
use jiff::{SignedDuration, Timestamp};
use promulgate::announce::deliver::{Options, Outside, deliver};
use promulgate::announce::lane::Lane;
use promulgate::announce::outcome::Outcome;
use promulgate::announce::plan::{Entry, Job, Plan, Verdict};
use promulgate::model::announcement::{Act, Announcement, Card, Event, Image, Key, News};
use promulgate::model::date::Instant;
use promulgate::model::ledger::{Ledger, Line, State};
use promulgate::model::manifest::{Manifest, OutputFile};
use promulgate::model::record::RecordId;
use promulgate::model::route::SafePath;
use promulgate::model::transport::*;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// The name of what is older than the account.
pub const OLD: &str = "old news";

pub const QUIET: Duration = Duration::from_secs(120);

/// What a platform helps with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// An id of our own, for ever.
    OwnId,
    /// A key that it may forget, and a look-up by link.
    Expiring,
    /// A look-up by link.
    Link,
    /// Nothing.
    Nothing,
    /// Two steps: a container is made and then published; a container can be asked for and ends some day.
    Container,
}

/// How the run goes about it: the product's way, or one of the ways that are known to be unsafe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    Ours,
    PostThenRecord,
    /// The look-up is taken away.
    RetryWhenUnknown,
    /// The quiet time is taken away.
    ResendAtOnce,
    /// The lock is taken away.
    NoLock,
    /// The lock is taken away, and whoever writes second is told.
    OnlyRaced,
    /// Containers are not noted.
    NoNotes,
}

/// The program was killed.
pub struct Killed;

/// What is to be told: a name for each key, and what to do.
pub type Telling = Vec<(&'static str, Tell)>;

#[derive(Debug, Clone, Copy)]
pub enum Tell {
    Post,
    /// A post of its own that comes after another one: a reminder.
    Remind(&'static str),
    Reply(&'static str),
    Edit(&'static str),
    /// An edit of the first that comes after another edit.
    EditAfter(&'static str, &'static str),
    Replace(&'static str),
}

#[derive(Clone)]
pub struct World {
    /// The channel's name; part of every key.
    pub name: &'static str,
    pub state: Arc<Mutex<State_>>,
    pub choices: Arc<Mutex<Choices>>,
    pub class: Class,
    pub policy: Policy,
    pub telling: Arc<Telling>,
    /// Whether a store may answer with an error, before or after it has kept a line.
    pub failing: bool,
    /// Whether no second publisher can come.
    pub alone: bool,
    /// Whether a lane may be told that the run is to end.
    pub may_be_called_off: bool,
    turns: Arc<Turns>,
}

pub fn record() -> RecordId {
    RecordId("decisions/2026/night-buses-permanent".into())
}

impl World {
    pub fn new(class: Class, policy: Policy, telling: Telling, choices: Choices) -> World {
        World::named("fediverse", class, policy, telling, choices)
    }

    pub fn named(name: &'static str, class: Class, policy: Policy, telling: Telling, choices: Choices) -> World {
        let (state, choices) = (Arc::new(Mutex::new(State_::default())), Arc::new(Mutex::new(choices)));
        World {
            name,
            state,
            choices,
            class,
            policy,
            telling: Arc::new(telling),
            failing: false,
            alone: false,
            may_be_called_off: false,
            turns: Arc::default(),
        }
    }

    pub fn key(&self, name: &str) -> Key {
        Key::of("mastodon", self.name, &record(), "sv".parse().unwrap(), name, Event::Published)
    }

    /// Whether something is told.
    pub fn has(&self, name: &str) -> bool {
        self.telling.iter().any(|(told, _)| *told == name)
    }

    pub fn state(&self) -> MutexGuard<'_, State_> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn chooser(&self) -> MutexGuard<'_, Choices> {
        self.choices.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// One of several things happens; 0 is that all goes well.
    pub fn choose(&self, options: usize) -> usize {
        self.chooser().choose(options)
    }

    /// One of several things that are all no fault.
    pub fn free(&self, options: usize) -> usize {
        self.chooser().free(options)
    }

    pub fn kill(&self) -> ! {
        resume_unwind(Box::new(Killed))
    }

    pub fn now(&self) -> Timestamp {
        Timestamp::from_second(self.state().now).unwrap()
    }

    pub fn pass(&self, seconds: i64) {
        let mut state = self.state();
        state.now += seconds;
        let now = state.now;
        let due: Vec<_> = state.on_the_wire.extract_if(.., |wire| wire.at <= now).collect();
        for wire in due {
            apply(&mut state, self.class, &wire);
        }
    }

    pub fn ledger(&self) -> Ledger {
        let mut ledger = Ledger::default();
        self.state().lines.iter().for_each(|line| ledger.fold(&record(), line.clone()));
        ledger
    }

    /// Between two steps: another publisher may take its turn here, and go on with it later.
    pub fn boundary(&self) {
        if !self.alone && self.turns.can_pass_on() && self.chooser().switch() {
            let world = self.clone();
            self.turns.pass_on(|| {
                std::thread::spawn(move || {
                    world.turns.second(|| drop(world.one_run()));
                });
            });
        }
    }

    /// A run, and whoever else began during it, to the end of both; nothing if it was killed or kept out.
    pub fn publish(&self) -> Option<Outcome> {
        let outcome = self.one_run();
        self.turns.first_is_done();
        outcome
    }

    fn one_run(&self) -> Option<Outcome> {
        let world = self.clone();
        survive(move || world.run())
    }

    fn run(&self) -> Option<Outcome> {
        let mut store = Store { world: self.clone(), holds: false, read: 0 };
        let (ledger, _) = store.load().ok()?;
        let plan = Plan { entries: self.entries(&ledger), max: 10, ..Plan::default() };
        let channel = Platform(self.clone());
        let (mut transport, mut lane_clock, mut clock, mut live) = (NoWay, Ticks(self.clone()), Ticks(self.clone()), AllLive);
        let lane = Lane { name: self.name.into(), channel: &channel, transport: &mut transport, clock: &mut lane_clock };
        let manifest = manifest();
        let outside = Outside { lanes: vec![lane], live: &mut live, clock: &mut clock, manifest: &manifest };
        Some(deliver(&plan, ledger, &mut store, outside, &self.options()))
    }

    pub fn options(&self) -> Options {
        let quiet = if matches!(self.policy, Policy::RetryWhenUnknown | Policy::ResendAtOnce) { Duration::ZERO } else { QUIET };
        Options { quiet, request_limit: if quiet.is_zero() { quiet } else { Duration::from_secs(30) }, ..Options::new("run") }
    }

    pub fn entries(&self, ledger: &Ledger) -> Vec<Entry> {
        self.telling.iter().map(|(name, tell)| self.entry(name, *tell, ledger)).collect()
    }

    fn entry(&self, name: &str, tell: Tell, ledger: &Ledger) -> Entry {
        let key = |name| self.key(name);
        let act = match tell {
            Tell::Post | Tell::Remind(_) => Act::Post,
            Tell::Reply(to) => Act::Reply { to: key(to), root: key(to) },
            Tell::Edit(of) | Tell::EditAfter(of, _) => Act::Edit { of: key(of) },
            Tell::Replace(of) => Act::Replace { of: key(of) },
        };
        let at = Timestamp::from_second(1_762_900_000).unwrap();
        let state = ledger.standing(&record(), &key(name)).map(|standing| standing.line.state);
        let news = News {
            record: record(),
            kind: "decision",
            lang: "sv".parse().unwrap(),
            event: Event::Published,
            version: name.into(),
            at: Instant::utc(at),
            link: "https://norrvik.example/decisions/2026/night-buses-permanent/".into(),
            wordings: vec![name.into()],
            hashtags: Vec::new(),
            card: Card { title: name.into(), description: String::new() },
            images: Vec::new(),
            drawn: Vec::new(),
            urgent: false,
        };
        let announcement = Announcement { key: key(name), channel: self.name.into(), news, act };
        let posts = Platform::compose_it(&announcement);
        let page = SafePath::new("decisions/2026/night-buses-permanent/index.html").unwrap();
        let after = match tell {
            Tell::Remind(after) | Tell::EditAfter(_, after) => Some(key(after)),
            _ => None,
        };
        Entry {
            key: key(name),
            channel: self.name.into(),
            record: record(),
            kind: "decision",
            event: Event::Published,
            lang: "sv".parse().unwrap(),
            version: name.into(),
            at,
            title: name.into(),
            urgent: false,
            verdict: match state {
                None | Some(State::Queued) => Verdict::Send,
                Some(State::Parked) => Verdict::Parked(String::new()),
                Some(State::Sent) => Verdict::Done(None),
                Some(_) => Verdict::Unknown(String::new()),
            },
            job: Some(Box::new(Job { announcement, posts, page, after, instead: None, targets: Vec::new(), preview: Preview::None })),
        }
    }

    /// What was told before this account was known here: never to be told, as soon as its baseline is taken.
    pub fn old(&self, ledger: &Ledger, has_baseline: bool) -> Entry {
        let entry = self.entry(OLD, Tell::Post, ledger);
        let verdict = match ledger.standing(&record(), &entry.key).map(|standing| standing.line.state) {
            None if !has_baseline => Verdict::Adopt("It is older than the channel.".into()),
            Some(State::Suppressed) => Verdict::Suppressed(String::new()),
            _ => entry.verdict.clone(),
        };
        Entry { verdict, ..entry }
    }

    /// What a store does with a line: keeps it, unless it or the whole program goes down first.
    pub fn keep(&self, lines: &[Line]) -> Result<(), StateError> {
        self.boundary();
        let choice = self.choose(if self.failing { 5 } else { 3 });
        let full = || StateError::Io { path: "ledger".into(), source: std::io::ErrorKind::StorageFull.into() };
        match choice {
            1 => self.kill(),
            3 => return Err(full()),
            _ => {}
        }
        let unsafe_way = self.policy == Policy::PostThenRecord;
        let kept = lines.iter().filter(|line| !(unsafe_way && matches!(line.state, State::Sending | State::Unknown)));
        let kept: Vec<Line> = kept.cloned().collect();
        self.state().lines.extend(kept);
        match choice {
            2 => self.kill(),
            4 => Err(full()),
            _ => Ok(()),
        }
    }
}

/// The result of work, or nothing if it was killed.
pub fn survive<T>(work: impl FnOnce() -> Option<T>) -> Option<T> {
    match catch_unwind(AssertUnwindSafe(work)) {
        Ok(result) => result,
        Err(panic) if panic.is::<Killed>() => None,
        Err(panic) => resume_unwind(panic),
    }
}

pub fn manifest() -> Manifest {
    let mut manifest = Manifest::new();
    let file = OutputFile { bytes: 1, sha256: "00".into() };
    manifest.files.insert("decisions/2026/night-buses-permanent/index.html".into(), file);
    manifest
}

struct Store {
    world: World,
    holds: bool,
    /// How many lines there were when it last looked.
    read: usize,
}

impl StateStore for Store {
    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        self.world.boundary();
        let mut state = self.world.state();
        if !matches!(self.world.policy, Policy::NoLock | Policy::OnlyRaced) {
            if state.locked {
                return Err(StateError::Locked { holder: "another".into() });
            }
            state.locked = true;
            self.holds = true;
        }
        self.read = state.lines.len();
        drop(state);
        Ok((self.world.ledger(), Vec::new()))
    }

    fn append(&mut self, _: &RecordId, lines: &[Line]) -> Result<(), StateError> {
        if self.world.policy == Policy::OnlyRaced {
            self.world.boundary();
            if self.world.state().lines.len() != self.read {
                return Err(StateError::Raced { place: "the branch".into() });
            }
            self.read += lines.len();
            self.world.state().lines.extend_from_slice(lines);
            return Ok(());
        }
        self.world.keep(lines)
    }

    fn baseline(&mut self, _: &str, _: Timestamp) -> Result<(), StateError> {
        Ok(())
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        if self.holds {
            self.world.state().locked = false;
        }
    }
}

pub struct NoWay;

impl Transport for NoWay {
    fn http(&mut self, _: &Request) -> Result<Response, CallError> {
        Err(CallError::NotSent("there is no network here".into()))
    }
    fn plugin(&mut self, _: &[String], _: &mut dyn FnMut(&str) -> Option<String>, _: Duration) -> Result<(), CallError> {
        Err(CallError::NotSent("there are no programs here".into()))
    }
    fn secret(&mut self, _: &str) -> Result<Secret, CallError> {
        Err(CallError::NotSent("there are no secrets here".into()))
    }
    fn image(&mut self, _: &Image) -> Result<Vec<u8>, CallError> {
        Err(CallError::NotSent("there are no pictures here".into()))
    }
}

pub struct AllLive;

impl LiveCheck for AllLive {
    fn look(&mut self, _: &LivePage) -> Result<(), String> {
        Ok(())
    }
}

/// The clock of an account.
pub struct Ticks(pub World);

impl Clock for Ticks {
    fn now(&mut self) -> Timestamp {
        self.0.now()
    }

    fn wait(&mut self, time: Duration) {
        self.0.boundary();
        if self.0.choose(2) == 1 {
            self.0.kill();
        }
        self.0.pass(SignedDuration::try_from(time).unwrap().as_secs().max(1));
    }

    fn is_called_off(&mut self) -> bool {
        self.0.may_be_called_off && self.0.choose(4) == 1
    }
}
