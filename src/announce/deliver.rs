//! In: a plan, and the ledger as its store loaded it. Out: announcements delivered, each at most once.
//!
//! The order of a run: what is only recorded goes first; the intents of all that is sent become durable in one batch;
//! unknown outcomes are asked for; the pages must be live; alerts go before everything else; each account is a lane of
//! its own, its posts in order. A request leaves only after its own `sending` is durable, so that a crash leaves at most
//! one request of each account in doubt. The store's lock, taken by `load`, keeps every other run out.

use crate::announce::book::{Book, Halt};
use crate::announce::endings;
use crate::announce::lane::{Lane, Limits, Turn, Worker};
use crate::announce::outcome::{Ending, Outcome, Told};
use crate::announce::plan::{Entry, Job, Plan, Verdict};
use crate::announce::steps;
use crate::model::announcement::Key;
use crate::model::ledger::{Ledger, Line, State};
use crate::model::manifest::Manifest;
use crate::model::record::RecordId;
use crate::model::transport::{Clock, LiveCheck, StateStore};
use jiff::{SignedDuration, Timestamp};
use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

/// How a run behaves.
#[derive(Debug, Clone)]
pub struct Options {
    /// The run's own name, in every line that it writes.
    pub run: String,
    /// No request leaves after so much time.
    pub run_limit: Duration,
    /// Longest time for one request; the transport must keep to it.
    pub request_limit: Duration,
    /// How long an absent post may still appear.
    pub quiet: Duration,
    /// How long to wait for pages to be live.
    pub wait_live: Duration,
    /// Whether to stay until the quiet time of an unknown outcome or the platform's pause is over.
    pub patient: bool,
}

impl Options {
    /// Ten minutes for a run, half a minute for a request, two for the quiet time, five for pages.
    pub fn new(run: impl Into<String>) -> Options {
        let seconds = Duration::from_secs;
        Options {
            run: run.into(),
            run_limit: seconds(600),
            request_limit: seconds(30),
            quiet: seconds(120),
            wait_live: seconds(300),
            patient: true,
        }
    }
}

/// The world outside, as a run needs it.
pub struct Outside<'a> {
    /// One lane for each channel account.
    pub lanes: Vec<Lane<'a>>,
    /// Looks whether pages are live.
    pub live: &'a mut dyn LiveCheck,
    /// The run's clock.
    pub clock: &'a mut dyn Clock,
    /// The files just built.
    pub manifest: &'a Manifest,
}

/// Delivers a plan. `ledger` is what `store.load()` gave in this very run: that call took the lock.
pub fn deliver(plan: &Plan, ledger: Ledger, store: &mut (dyn StateStore + Send), outside: Outside<'_>, options: &Options) -> Outcome {
    let book = Book::new(ledger, store);
    let mut run = Run::new(plan, &book, outside, options);
    // A halt is told by the fault in the book.
    let _ = run.all();
    let Run { turns, stopped, adopted, outside, .. } = run;
    let (now, called_off) = (outside.clock.now(), outside.clock.is_called_off());
    drop(outside.lanes);
    let (ledger, fault) = book.close();
    let told = plan.entries.iter().filter_map(|entry| {
        let ending = match (&entry.verdict, &entry.job, turns.get(&entry.key)) {
            (Verdict::Adopt(why), ..) if adopted => Ending::Suppressed(why.clone()),
            (Verdict::Parked(why), ..) => Ending::Parked(why.clone()),
            (Verdict::Stopped(why), ..) => Ending::Blocked(why.clone()),
            (Verdict::Send | Verdict::Unknown(_), Some(job), Some(turn)) => endings::ending(entry, job, &ledger, turn),
            (Verdict::Send | Verdict::Unknown(_), ..) => Ending::Later("The run was stopped before its turn.".into()),
            _ => return None,
        };
        Some(Told::new(entry, now, ending))
    });
    let too_many = plan.is_too_many().then(|| (plan.pending(), plan.max));
    Outcome { told: told.collect(), stopped, too_many, called_off, fault }
}

/// A run under way.
pub(super) struct Run<'r, 'a, 'b> {
    pub plan: &'r Plan,
    pub book: &'r Book<'b>,
    pub outside: Outside<'a>,
    pub options: &'r Options,
    pub limits: Limits,
    pub turns: BTreeMap<Key, Turn>,
    pub stopped: BTreeMap<String, String>,
    pub adopted: bool,
}

/// An announcement and what is posted of it.
pub(super) type Work<'r> = (&'r Entry, &'r Job);

impl<'r, 'a, 'b> Run<'r, 'a, 'b> {
    fn new(plan: &'r Plan, book: &'r Book<'b>, outside: Outside<'a>, options: &'r Options) -> Run<'r, 'a, 'b> {
        let start = outside.clock.now();
        let deadline = plus(start, options.run_limit);
        let limits = Limits { run: options.run.clone(), deadline, request: options.request_limit, quiet: options.quiet };
        Run { plan, book, outside, options, limits, turns: BTreeMap::new(), stopped: BTreeMap::new(), adopted: false }
    }

    fn all(&mut self) -> Result<(), Halt> {
        if self.outside.clock.is_called_off() {
            return Ok(());
        }
        self.adopt()?;
        let work: Vec<Work<'r>> = self.plan.entries.iter().filter_map(|entry| Some((entry, entry.job.as_deref()?))).collect();
        let sends = |verdict: &Verdict| matches!(verdict, Verdict::Send | Verdict::Unknown(_));
        let work: Vec<Work<'r>> = work.into_iter().filter(|(entry, job)| sends(&entry.verdict) && !job.posts.is_empty()).collect();
        let (unknown, _): (Vec<_>, Vec<_>) = work.iter().copied().partition(|(entry, _)| matches!(entry.verdict, Verdict::Unknown(_)));
        if self.plan.is_too_many() {
            return self.lanes(&unknown, false);
        }
        self.queue(&work)?;
        self.lanes(&unknown, false)?;
        let (urgent, rest): (Vec<_>, Vec<_>) = work.iter().copied().partition(|(entry, _)| entry.urgent);
        let urgent = self.live(urgent);
        self.lanes(&urgent, true)?;
        let rest = self.live(rest);
        self.lanes(&rest, true)?;
        self.patience(&[urgent, rest].concat())
    }

    /// Records what is never to be sent, then the baselines: a crash between the two only makes it be recorded again.
    fn adopt(&mut self) -> Result<(), Halt> {
        let now = self.outside.clock.now();
        let mut batch: BTreeMap<RecordId, Vec<Line>> = BTreeMap::new();
        for entry in &self.plan.entries {
            if let Verdict::Adopt(reason) = &entry.verdict {
                let line = endings::new_line(entry, &entry.key, None, &self.options.run, now);
                let line = Line { state: State::Suppressed, attempt: 0, reason: reason.clone(), ..line };
                batch.entry(entry.record.clone()).or_default().push(line);
            }
        }
        self.write_all(batch)?;
        for channel in &self.plan.baselines {
            self.book.baseline(channel, now)?;
        }
        self.adopted = true;
        Ok(())
    }

    /// Makes the intent of everything that is to be sent durable, in one batch.
    fn queue(&mut self, work: &[Work<'r>]) -> Result<(), Halt> {
        let now = self.outside.clock.now();
        let mut batch: BTreeMap<RecordId, Vec<Line>> = BTreeMap::new();
        self.book.read(|ledger| {
            for (entry, job) in work {
                let steps = steps::steps(&job.announcement, job.posts.len(), &entry.record, ledger);
                for step in steps.iter().filter(|step| ledger.standing(&entry.record, &step.key).is_none()) {
                    let line = endings::new_line(entry, &step.key, None, &self.options.run, now);
                    batch.entry(entry.record.clone()).or_default().push(Line {
                        act: step.aim.name().into(),
                        of: step.aim.of().cloned(),
                        ..line
                    });
                }
            }
        });
        self.write_all(batch)
    }

    fn write_all(&mut self, batch: BTreeMap<RecordId, Vec<Line>>) -> Result<(), Halt> {
        self.book.write_all(batch.into_iter().collect())
    }

    /// Stays for what goes on within the time of this run: quiet times, pauses that a platform asked for.
    fn patience(&mut self, work: &[Work<'r>]) -> Result<(), Halt> {
        while self.options.patient && !self.outside.clock.is_called_off() {
            let now = self.outside.clock.now();
            let waits = work.iter().filter_map(|(entry, _)| match self.turns.get(&entry.key) {
                Some(Turn::Later(Some(until), _)) => Some(*until),
                _ => None,
            });
            let Some(until) = waits.min().filter(|until| plus(*until, self.limits.request) <= self.limits.deadline) else { break };
            self.outside.clock.wait(Duration::try_from(until.duration_since(now)).unwrap_or_default().max(Duration::from_millis(1)));
            let open: Vec<Work<'r>> = work.iter().copied().filter(|(entry, _)| self.is_open(entry)).collect();
            self.lanes(&open, true)?;
        }
        Ok(())
    }

    /// Whether its turn is not over.
    pub(super) fn is_open(&self, entry: &Entry) -> bool {
        !matches!(self.turns.get(&entry.key), Some(Turn::Over | Turn::Account(_)))
    }

    /// Every lane goes on with its work; several at once where there are several.
    fn lanes(&mut self, work: &[Work<'r>], send: bool) -> Result<(), Halt> {
        let Run { outside, book, limits, turns, stopped, .. } = self;
        let names: BTreeSet<&str> = outside.lanes.iter().map(|lane| lane.name.as_str()).collect();
        for (entry, _) in work.iter().filter(|(entry, _)| !names.contains(entry.channel.as_str())) {
            let why = "The channel could not be opened.".to_owned();
            stopped.entry(entry.channel.clone()).or_insert_with(|| why.clone());
            turns.insert(entry.key.clone(), Turn::Account(why));
        }
        let busy = outside.lanes.iter_mut().filter(|lane| work.iter().any(|(entry, _)| entry.channel == lane.name));
        let mut workers: Vec<_> = busy.map(|lane| Worker { stopped: stopped.get(&lane.name).cloned(), lane, book, limits }).collect();
        let results: Vec<Vec<(Key, Result<Turn, Halt>)>> = match workers.as_mut_slice() {
            [one] => vec![one_lane(one, work, send)],
            many => std::thread::scope(|scope| {
                let threads: Vec<_> = many.iter_mut().map(|worker| scope.spawn(|| one_lane(worker, work, send))).collect();
                threads.into_iter().map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))).collect()
            }),
        };
        for worker in workers {
            stopped.extend(worker.stopped.map(|why| (worker.lane.name.clone(), why)));
        }
        for (key, turn) in results.into_iter().flatten() {
            turns.insert(key, turn?);
        }
        Ok(())
    }
}

fn one_lane(worker: &mut Worker<'_, '_, '_>, work: &[Work<'_>], send: bool) -> Vec<(Key, Result<Turn, Halt>)> {
    let mut results = Vec::new();
    let name = worker.lane.name.clone();
    for (entry, job) in work.iter().filter(|(entry, _)| entry.channel == name) {
        let turn = worker.turn(entry, job, send);
        let halted = turn.is_err();
        results.push((entry.key.clone(), turn));
        if halted {
            break;
        }
    }
    results
}

/// An instant and so long after it.
pub(super) fn plus(at: Timestamp, time: Duration) -> Timestamp {
    SignedDuration::try_from(time).ok().and_then(|time| at.checked_add(time).ok()).unwrap_or(Timestamp::MAX)
}
