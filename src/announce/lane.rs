//! In: one channel account and its announcements, in order. Out: each of them sent, waiting, or settled otherwise.
//!
//! The intent is durable before a request leaves, and the result before the next one does. What the ledger calls
//! `sending` or `unknown` is asked for and never repeated on a guess.

use crate::announce::book::{Book, Halt};
use crate::announce::diary::{self, Diary};
use crate::announce::outcome::Ending;
use crate::announce::plan::{Entry, Job};
use crate::announce::settle::{self, Next, Seen};
use crate::announce::steps::{self, Aim, Step};
use crate::model::announcement::{Key, hex};
use crate::model::ledger::{Ledger, Line, Receipt, Standing, State};
use crate::model::record::RecordId;
use crate::model::transport::{Channel, Clock, Deed, LookUp, Post, SendError, Transport};
use jiff::{SignedDuration, Timestamp};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// Attempts of one step within one run.
const MOST_TRIES: u32 = 5;
/// The wait before the second attempt; it doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_secs(2);

/// One channel account with its own way out and its own clock.
pub struct Lane<'a> {
    /// The channel's name in the settings.
    pub name: String,
    /// The channel.
    pub channel: &'a dyn Channel,
    /// Its way out.
    pub transport: &'a mut (dyn Transport + Send),
    /// Its clock.
    pub clock: &'a mut (dyn Clock + Send),
}

/// Limits and names of a run.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The run's own name, in every line that it writes.
    pub run: String,
    /// No request leaves so shortly before this instant that its answer could come after it.
    pub deadline: Timestamp,
    /// Longest time for one request.
    pub request: Duration,
    /// How long an absent post may still appear.
    pub quiet: Duration,
}

/// Where an announcement is after its turn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Turn {
    /// At an end; the ledger says which.
    Over,
    /// It goes on at that instant, or in a later run.
    Later(Option<Timestamp>, String),
    /// The account is not accepted: the lane stops.
    Account(String),
}

/// A lane at work.
pub(super) struct Worker<'l, 'a, 'b> {
    pub lane: &'l mut Lane<'a>,
    pub book: &'l Book<'b>,
    pub limits: &'l Limits,
    pub stopped: Option<String>,
}

/// A step with all that it concerns.
struct Task<'t> {
    entry: &'t Entry,
    step: &'t Step,
    post: &'t Post,
}

impl Worker<'_, '_, '_> {
    /// Goes on with an announcement as far as it can. Without `send`, it only asks for what is unknown.
    pub(super) fn turn(&mut self, entry: &Entry, job: &Job, send: bool) -> Result<Turn, Halt> {
        if let Some(why) = &self.stopped {
            return Ok(Turn::Account(why.clone()));
        }
        if let Some(earlier) = job.after.as_ref().and_then(|after| self.standing(&entry.record, after)) {
            let until = settle::may_arrive(&earlier, self.limits.quiet, self.limits.request);
            let until = until.filter(|until| *until > self.lane.clock.now());
            if until.is_some() || !earlier.line.state.is_terminal() {
                return Ok(Turn::Later(until, "An earlier change of the same post is not through yet.".into()));
            }
        }
        let steps = self.book.read(|ledger| steps::steps(&job.announcement, job.posts.len(), &entry.record, ledger));
        for step in &steps {
            let task = Task { entry, step, post: &job.posts[step.post.min(job.posts.len() - 1)] };
            match self.step(&task, send)? {
                Turn::Over if self.is_sent(&entry.record, &step.key) => {}
                Turn::Account(why) => {
                    self.stopped = Some(why.clone());
                    return Ok(Turn::Account(why));
                }
                other => return Ok(other),
            }
        }
        Ok(Turn::Over)
    }

    fn step(&mut self, task: &Task<'_>, send: bool) -> Result<Turn, Halt> {
        let mut tries = 0;
        loop {
            let turn = match self.standing(&task.entry.record, &task.step.key) {
                Some(standing) if standing.line.state.is_terminal() => return Ok(Turn::Over),
                Some(standing) if standing.line.state != State::Queued => self.settle(task, &standing)?,
                _ if !send => return Ok(Turn::Later(None, "It is to be sent.".into())),
                standing => self.attempt(task, standing.as_ref(), &mut tries)?,
            };
            if let Some(turn) = turn {
                return Ok(turn);
            }
        }
    }

    /// Asks what became of an earlier attempt; nothing where the step can go on at once.
    fn settle(&mut self, task: &Task<'_>, standing: &Standing) -> Result<Option<Turn>, Halt> {
        let look_up = self.lane.channel.abilities().look_up;
        let seen = if settle::can_ask(look_up) { self.look(task)? } else { Ok(Seen::NotThere) };
        let seen = match seen {
            Ok(seen) => seen,
            Err(account) => return Ok(Some(Turn::Account(account))),
        };
        let now = self.lane.clock.now();
        let quiet = settle::quiet_until(&standing.line, self.limits.quiet, self.limits.request);
        // An id of our own keeps a late post from being another one, but not a late edit from undoing a later one.
        let (look_up, absent) = match (look_up, &task.step.aim) {
            (LookUp::OwnId, Aim::Edit(_)) => (LookUp::Link, 0),
            (other, _) => (other, standing.absent),
        };
        match settle::next(look_up, seen, absent, now, quiet) {
            Next::Sent(receipt) => {
                let line = Line { remote: receipt, ..self.line(task, State::Sent, "It was found on the platform.") };
                self.write(task, line)?;
                Ok(Some(Turn::Over))
            }
            Next::Park(why) => {
                let line = self.line(task, State::Parked, &why);
                self.write(task, line)?;
                Ok(Some(Turn::Over))
            }
            Next::Again => {
                let line = self.line(task, State::Queued, "It was looked for and is not there.");
                let line = Line { attempt: line.attempt + 1, absent: standing.absent + 1, ..line };
                self.write(task, line)?;
                Ok(None)
            }
            Next::Wait(until, why) => Ok(Some(Turn::Later(until, why))),
        }
    }

    fn look(&mut self, task: &Task<'_>) -> Result<Result<Seen, String>, Halt> {
        let Some(deed) = self.deed(task) else { return Ok(Ok(Seen::Failed("the post it refers to is not known".into()))) };
        let line = self.line(task, State::Unknown, "");
        let (record, key) = (&task.entry.record, &task.step.key);
        let mut diary = Diary { out: &mut *self.lane.transport, clock: &mut *self.lane.clock, book: self.book, record, line };
        let answer = self.lane.channel.find(task.post, &deed, key, &mut diary);
        Ok(match diary::clean(&diary, answer) {
            Ok(Some(receipt)) => Ok(Seen::There(Some(receipt).filter(|receipt| !receipt.id.is_empty() || !receipt.url.is_empty()))),
            Ok(None) => Ok(Seen::NotThere),
            Err(SendError::Account { reason }) => Err(reason),
            Err(SendError::Unknown { reason } | SendError::Person { reason }) => Ok(Seen::Unclear(reason)),
            Err(SendError::Retry { reason, .. } | SendError::Refused { reason }) => Ok(Seen::Failed(reason)),
        })
    }

    /// One attempt; nothing where the step can go on at once.
    fn attempt(&mut self, task: &Task<'_>, standing: Option<&Standing>, tries: &mut u32) -> Result<Option<Turn>, Halt> {
        let now = self.lane.clock.now();
        if let Some(until) = standing.and_then(|standing| standing.line.not_before).filter(|until| *until > now) {
            if *tries == 0 || *tries >= MOST_TRIES || !self.fits(until) {
                let why = standing.map(|standing| standing.line.reason.clone()).unwrap_or_default();
                return Ok(Some(Turn::Later(Some(until), why)));
            }
            self.lane.clock.wait(Duration::try_from(until.duration_since(now)).unwrap_or_default());
        }
        let now = self.lane.clock.now();
        if !self.fits(now) || *tries >= MOST_TRIES {
            let why = if *tries >= MOST_TRIES { "The platform took none of this run's attempts." } else { "The time of this run is over." };
            return Ok(Some(Turn::Later(None, why.into())));
        }
        let Some(deed) = self.deed(task) else { return self.without_target(task) };
        let deleted = if let Aim::Delete(of) = &task.step.aim { self.standing(&task.entry.record, of) } else { None };
        let back = deleted
            .and_then(|of| settle::may_come_back(self.lane.channel.abilities().look_up, &of, self.limits.quiet, self.limits.request));
        if let Some(until) = back.filter(|until| *until > now) {
            return Ok(Some(Turn::Later(Some(until), "An earlier attempt of the post may still arrive and would bring it back.".into())));
        }
        *tries += 1;
        let sending = self.line(task, State::Sending, "");
        self.write(task, sending.clone())?;
        // A store can be slow, and a machine can sleep: by now another run may be entitled to take over.
        let now = self.lane.clock.now();
        if !self.fits(now) {
            let why = "The time of this run was over before the request could leave.";
            self.queue_again(task, None, why)?;
            return Ok(Some(Turn::Later(None, why.into())));
        }
        let (record, key) = (&task.entry.record, &task.step.key);
        let mut diary = Diary { out: &mut *self.lane.transport, clock: &mut *self.lane.clock, book: self.book, record, line: sending };
        let answer = self.lane.channel.send(task.post, &deed, key, &mut diary);
        let answer = diary::clean(&diary, answer);
        if self.book.has_failed() {
            return Err(Halt);
        }
        self.record(task, answer, *tries)
    }

    /// The post that a step refers to has no receipt: wait for it, or give up where it can never have one.
    fn without_target(&mut self, task: &Task<'_>) -> Result<Option<Turn>, Halt> {
        let target = match &task.step.aim {
            Aim::Reply { to, .. } => to,
            Aim::Edit(of) | Aim::Delete(of) => of,
            Aim::New => return Ok(None),
        };
        if self.is_sent(&task.entry.record, target) {
            let line = self.line(task, State::Refused, "The platform never told where the post is that this one refers to.");
            self.write(task, line)?;
            return Ok(Some(Turn::Over));
        }
        Ok(Some(Turn::Later(None, "The post that this one refers to is not there yet.".into())))
    }

    fn record(&mut self, task: &Task<'_>, answer: Result<Option<Receipt>, SendError>, tries: u32) -> Result<Option<Turn>, Halt> {
        match answer {
            Ok(remote) => {
                let line = Line { remote, ..self.line(task, State::Sent, "") };
                self.write(task, line)?;
                Ok(Some(Turn::Over))
            }
            Err(SendError::Refused { reason }) => {
                let line = self.line(task, State::Refused, &reason);
                self.write(task, line)?;
                Ok(Some(Turn::Over))
            }
            Err(SendError::Person { reason }) => {
                let line = self.line(task, State::Parked, &reason);
                self.write(task, line)?;
                Ok(Some(Turn::Over))
            }
            Err(SendError::Unknown { reason }) => {
                let line = self.line(task, State::Unknown, &reason);
                self.write(task, line)?;
                Ok(None)
            }
            Err(SendError::Retry { after, reason }) => {
                let wait = after.unwrap_or(FIRST_WAIT * 2_u32.pow((tries - 1).min(8)));
                self.queue_again(task, Some(wait), &reason)?;
                Ok(None)
            }
            Err(SendError::Account { reason }) => {
                self.queue_again(task, None, &reason)?;
                Ok(Some(Turn::Account(reason)))
            }
        }
    }

    fn queue_again(&mut self, task: &Task<'_>, wait: Option<Duration>, reason: &str) -> Result<(), Halt> {
        let line = self.line(task, State::Queued, reason);
        let until = wait.and_then(|wait| SignedDuration::try_from(wait).ok()).and_then(|wait| line.at.checked_add(wait).ok());
        self.write(task, Line { attempt: line.attempt + 1, not_before: until, ..line })
    }

    fn line(&mut self, task: &Task<'_>, state: State, reason: &str) -> Line {
        let standing = self.standing(&task.entry.record, &task.step.key);
        let line = new_line(task.entry, &task.step.key, standing.as_ref(), &self.limits.run, self.lane.clock.now());
        Line {
            state,
            reason: reason.to_owned(),
            body: body_of(task.post),
            act: task.step.aim.name().into(),
            of: task.step.aim.of().cloned(),
            ..line
        }
    }

    fn write(&self, task: &Task<'_>, line: Line) -> Result<(), Halt> {
        self.book.write(&task.entry.record, line)
    }

    fn deed(&self, task: &Task<'_>) -> Option<Deed> {
        self.book.read(|ledger| steps::deed(&task.step.aim, &task.entry.record, ledger))
    }

    fn standing(&self, record: &RecordId, key: &Key) -> Option<Standing> {
        self.book.read(|ledger| ledger.standing(record, key).cloned())
    }

    fn is_sent(&self, record: &RecordId, key: &Key) -> bool {
        self.standing(record, key).is_some_and(|standing| standing.line.state == State::Sent)
    }

    /// Whether a request that leaves then has its answer before the run must end.
    fn fits(&self, then: Timestamp) -> bool {
        let request = SignedDuration::try_from(self.limits.request).unwrap_or(SignedDuration::MAX);
        then.checked_add(request).is_ok_and(|end| end <= self.limits.deadline)
    }
}

/// A line for the present attempt of a step.
pub(super) fn new_line(entry: &Entry, key: &Key, standing: Option<&Standing>, run: &str, at: Timestamp) -> Line {
    Line {
        v: 1,
        key: key.clone(),
        state: State::Queued,
        at,
        run: run.to_owned(),
        attempt: standing.map_or(1, |standing| standing.line.attempt.max(1)),
        round: standing.map_or(0, |standing| standing.line.round),
        absent: standing.map_or(0, |standing| standing.absent),
        channel: entry.channel.clone(),
        event: entry.event,
        lang: entry.lang,
        version: entry.version.clone(),
        body: String::new(),
        remote: None,
        reason: String::new(),
        not_before: None,
        notes: std::collections::BTreeMap::new(),
        act: standing.map(|standing| standing.line.act.clone()).unwrap_or_default(),
        of: standing.and_then(|standing| standing.line.of.clone()),
        happened: Some(standing.and_then(|standing| standing.line.happened).unwrap_or(entry.at)),
    }
}

fn body_of(post: &Post) -> String {
    hex(&Sha256::digest(post.payload.to_string().as_bytes()))
}

/// How an announcement ended, by what the ledger says of its steps.
pub(super) fn ending(entry: &Entry, job: &Job, ledger: &Ledger, turn: &Turn) -> Ending {
    match turn {
        Turn::Later(_, why) => Ending::Later(why.clone()),
        Turn::Account(why) => Ending::Blocked(why.clone()),
        Turn::Over => {
            let steps = steps::steps(&job.announcement, job.posts.len(), &entry.record, ledger);
            let open = steps.iter().filter_map(|step| ledger.standing(&entry.record, &step.key)).find(|at| at.line.state != State::Sent);
            match open.map(|standing| (standing.line.state, standing.line.reason.clone())) {
                None => Ending::Sent(steps::receipt_of(&entry.record, &entry.key, ledger)),
                Some((State::Refused, why)) => Ending::Refused(why),
                Some((State::Parked, why)) => Ending::Parked(why),
                Some((State::Suppressed, why)) => Ending::Suppressed(why),
                Some((_, why)) => Ending::Later(why),
            }
        }
    }
}
