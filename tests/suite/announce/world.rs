//! A world that can go wrong at every step: a ledger, a clock and a platform in memory, and somebody who chooses what
//! happens next. The code that delivers is the real one.

use super::choices::Choices;
use jiff::{SignedDuration, Timestamp};
use promulgate::announce::deliver::{Options, Outside, deliver};
use promulgate::announce::lane::Lane;
use promulgate::announce::outcome::Outcome;
use promulgate::announce::plan::{Entry, Job, Plan, Verdict};
use promulgate::model::announcement::{Act, Announcement, Card, Event, Image, Key, News};
use promulgate::model::date::Instant;
use promulgate::model::finding::Checked;
use promulgate::model::ledger::{Ledger, Line, Receipt, State};
use promulgate::model::manifest::{Manifest, OutputFile};
use promulgate::model::record::RecordId;
use promulgate::model::route::SafePath;
use promulgate::model::transport::*;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

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
}

/// How the run goes about it: the product's way, or one of the ways that are known to be unsafe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Policy {
    Ours,
    PostThenRecord,
    RetryWhenUnknown,
    ResendAtOnce,
    NoLock,
}

/// The program was killed.
struct Killed;

/// What is to be told: a name for each key, and what to do.
pub type Telling = Vec<(&'static str, Tell)>;

#[derive(Debug, Clone, Copy)]
pub enum Tell {
    Post,
    Reply(&'static str),
    Edit(&'static str),
    Replace(&'static str),
}

#[derive(Default)]
pub struct State_ {
    pub now: i64,
    pub lines: Vec<Line>,
    locked: bool,
    nested: bool,
    /// How often each key made a post.
    pub made: BTreeMap<Key, u32>,
    /// Posts that readers see, by id, and what they say.
    pub shown: BTreeMap<String, String>,
    on_the_wire: Vec<(i64, Key, Deed, String)>,
}

#[derive(Clone)]
pub struct World {
    pub state: Arc<Mutex<State_>>,
    pub choices: Arc<Mutex<Choices>>,
    pub class: Class,
    pub policy: Policy,
    pub telling: Arc<Telling>,
}

pub fn record() -> RecordId {
    RecordId("decisions/2026/night-buses-permanent".into())
}

pub fn key(name: &str) -> Key {
    Key::of("mastodon", "social.norrvik.example", &record(), "sv".parse().unwrap(), name, Event::Published)
}

impl World {
    pub fn new(class: Class, policy: Policy, telling: Telling, choices: Choices) -> World {
        let state = State_ { now: 1_763_000_000, ..State_::default() };
        World { state: Arc::new(Mutex::new(state)), choices: Arc::new(Mutex::new(choices)), class, policy, telling: Arc::new(telling) }
    }

    pub fn state(&self) -> MutexGuard<'_, State_> {
        self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }

    /// One of several things happens; 0 is that all goes well.
    fn choose(&self, options: usize) -> usize {
        self.choices.lock().unwrap_or_else(std::sync::PoisonError::into_inner).choose(options)
    }

    fn free(&self, options: usize) -> usize {
        self.choices.lock().unwrap_or_else(std::sync::PoisonError::into_inner).free(options)
    }

    fn kill(&self) -> ! {
        resume_unwind(Box::new(Killed))
    }

    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.state().now).unwrap()
    }

    pub fn pass(&self, seconds: i64) {
        let mut state = self.state();
        state.now += seconds;
        let now = state.now;
        let due: Vec<_> = state.on_the_wire.extract_if(.., |(at, ..)| *at <= now).collect();
        for (_, key, deed, text) in due {
            apply(&mut state, self.class, &key, &deed, &text);
        }
    }

    pub fn ledger(&self) -> Ledger {
        let mut ledger = Ledger::default();
        self.state().lines.iter().for_each(|line| ledger.fold(&record(), line.clone()));
        ledger
    }

    /// Another publisher starts now and runs until it ends or is killed.
    fn another_publisher(&self) {
        if std::mem::replace(&mut self.state().nested, true) {
            return;
        }
        let _ = self.publish();
        self.state().nested = false;
    }

    /// One run of the real code; nothing if it was killed or kept out.
    pub fn publish(&self) -> Option<Outcome> {
        let world = self.clone();
        let result = catch_unwind(AssertUnwindSafe(move || world.run()));
        match result {
            Ok(outcome) => outcome,
            Err(panic) if panic.is::<Killed>() => None,
            Err(panic) => resume_unwind(panic),
        }
    }

    fn run(&self) -> Option<Outcome> {
        let mut store = Store { world: self.clone(), holds: false };
        let (ledger, _) = store.load().ok()?;
        let plan = self.plan(&ledger);
        let channel = Platform(self.clone());
        let (mut transport, mut lane_clock, mut clock, mut live) = (NoWay, Ticks(self.clone()), Ticks(self.clone()), AllLive);
        let lane = Lane { name: "fediverse".into(), channel: &channel, transport: &mut transport, clock: &mut lane_clock };
        let manifest = manifest();
        let outside = Outside { lanes: vec![lane], live: &mut live, clock: &mut clock, manifest: &manifest };
        let quiet = if matches!(self.policy, Policy::RetryWhenUnknown | Policy::ResendAtOnce) { Duration::ZERO } else { QUIET };
        let options =
            Options { quiet, request_limit: if quiet.is_zero() { quiet } else { Duration::from_secs(30) }, ..Options::new("run") };
        Some(deliver(&plan, ledger, &mut store, outside, &options))
    }

    fn plan(&self, ledger: &Ledger) -> Plan {
        let entries = self.telling.iter().map(|(name, tell)| entry(name, *tell, ledger)).collect();
        Plan { entries, max: 10, baselines: Vec::new() }
    }
}

fn entry(name: &str, tell: Tell, ledger: &Ledger) -> Entry {
    let act = match tell {
        Tell::Post => Act::Post,
        Tell::Reply(to) => Act::Reply { to: key(to), root: key(to) },
        Tell::Edit(of) => Act::Edit { of: key(of) },
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
    let announcement = Announcement { key: key(name), channel: "fediverse".into(), news, act };
    let posts = Platform::compose_it(&announcement);
    let page = SafePath::new("decisions/2026/night-buses-permanent/index.html").unwrap();
    Entry {
        key: key(name),
        channel: "fediverse".into(),
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
        job: Some(Box::new(Job { announcement, posts, page, after: None, instead: None, targets: Vec::new(), preview: Preview::None })),
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
}

impl StateStore for Store {
    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let mut state = self.world.state();
        if self.world.policy != Policy::NoLock {
            if state.locked {
                return Err(StateError::Locked { holder: "another".into() });
            }
            state.locked = true;
            self.holds = true;
        }
        drop(state);
        Ok((self.world.ledger(), Vec::new()))
    }

    fn append(&mut self, _: &RecordId, lines: &[Line]) -> Result<(), StateError> {
        let choice = self.world.choose(4);
        match choice {
            1 => self.world.kill(),
            2 => self.world.another_publisher(),
            _ => {}
        }
        let unsafe_way = self.world.policy == Policy::PostThenRecord;
        let kept = lines.iter().filter(|line| !(unsafe_way && matches!(line.state, State::Sending | State::Unknown))).cloned();
        let kept: Vec<Line> = kept.collect();
        self.world.state().lines.extend(kept);
        if choice == 3 {
            self.world.kill();
        }
        Ok(())
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

struct Platform(World);

fn receipt(key: &Key) -> Receipt {
    Receipt { id: key.to_string(), url: String::new(), version_id: String::new() }
}

fn apply(state: &mut State_, class: Class, key: &Key, deed: &Deed, text: &str) {
    match deed {
        Deed::New | Deed::Reply { .. } => {
            if class == Class::OwnId && state.made.contains_key(key) {
                return;
            }
            *state.made.entry(key.clone()).or_default() += 1;
            state.shown.insert(receipt(key).id, text.to_owned());
        }
        Deed::Edit(of) => drop(state.shown.insert(of.id.clone(), text.to_owned())),
        Deed::Delete(of) => drop(state.shown.remove(&of.id)),
    }
}

impl Platform {
    fn compose_it(announcement: &Announcement) -> Vec<Post> {
        let text = announcement.news.wordings[0].clone();
        let parts = if text.starts_with("two parts") { 2 } else { 1 };
        (0..parts)
            .map(|part| {
                let counted = Counted { used: text.len(), limit: 300, unit: "graphemes" };
                let payload = serde_json::json!({ "text": text, "part": part });
                Post { part, ..Post::new(announcement, format!("{text} {part}"), counted, payload) }
            })
            .collect()
    }
}

impl Channel for Platform {
    fn account(&self) -> &str {
        "social.norrvik.example"
    }

    fn abilities(&self) -> Abilities {
        let look_up = match self.0.class {
            Class::OwnId => LookUp::OwnId,
            Class::Expiring | Class::Link => LookUp::Link,
            // The unsafe way asks nobody: it takes "not found" for granted.
            Class::Nothing if self.0.policy == Policy::RetryWhenUnknown => LookUp::Link,
            Class::Nothing => LookUp::None,
        };
        Abilities { look_up, edit: Edit::Full, delete: Delete::Yes, reply: Reply::Native, ..Abilities::LEAST }
    }

    fn compose(&self, announcement: &Announcement) -> Checked<Vec<Post>> {
        Platform::compose_it(announcement).into()
    }

    fn send(&self, post: &Post, deed: &Deed, key: &Key, _: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let world = &self.0;
        let lost = || Err(SendError::Unknown { reason: "the answer was lost".into() });
        let do_it = || {
            let remembered = || world.class == Class::Expiring && world.state().made.contains_key(key) && world.free(2) == 0;
            if !matches!(deed, Deed::New | Deed::Reply { .. }) || !remembered() {
                apply(&mut world.state(), world.class, key, deed, &post.text);
            }
        };
        let later = |seconds: i64| {
            let mut state = world.state();
            let at = state.now + seconds;
            state.on_the_wire.push((at, key.clone(), deed.clone(), post.text.clone()));
        };
        let answer = match deed {
            Deed::New | Deed::Reply { .. } => Some(receipt(key)),
            Deed::Edit(of) => Some(of.clone()),
            Deed::Delete(_) => None,
        };
        match world.choose(10) {
            1 => return Err(SendError::Retry { after: None, reason: "nobody listens".into() }),
            2 => return lost(),
            3 => {
                do_it();
                return lost();
            }
            4 => {
                later(QUIET.as_secs() as i64 - 1);
                return lost();
            }
            5 => world.kill(),
            6 => {
                do_it();
                world.kill();
            }
            7 => {
                later(QUIET.as_secs() as i64 + 29);
                world.kill();
            }
            8 => world.another_publisher(),
            9 => {
                do_it();
                world.another_publisher();
                return Ok(answer);
            }
            _ => {}
        }
        do_it();
        Ok(answer)
    }

    fn find(&self, post: &Post, deed: &Deed, key: &Key, _: &mut dyn Transport) -> Result<Option<Receipt>, SendError> {
        let world = &self.0;
        if world.policy == Policy::RetryWhenUnknown && world.class != Class::OwnId {
            return Ok(None);
        }
        match world.choose(3) {
            1 => return Err(SendError::Retry { after: None, reason: "nobody listens".into() }),
            2 => world.kill(),
            _ => {}
        }
        let state = world.state();
        Ok(match deed {
            Deed::New | Deed::Reply { .. } => state.made.contains_key(key).then(|| receipt(key)),
            Deed::Edit(of) => (state.shown.get(&of.id) == Some(&post.text)).then(|| of.clone()),
            Deed::Delete(of) => (!state.shown.contains_key(&of.id)).then(|| of.clone()),
        })
    }
}

struct NoWay;

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

struct Ticks(World);

impl Clock for Ticks {
    fn now(&mut self) -> Timestamp {
        self.0.now()
    }

    fn wait(&mut self, time: Duration) {
        match self.0.choose(3) {
            1 => self.0.kill(),
            2 => self.0.another_publisher(),
            _ => {}
        }
        self.0.pass(SignedDuration::try_from(time).unwrap().as_secs().max(1));
    }
}
