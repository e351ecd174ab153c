//! In: one channel account and its announcements, in order. Out: each of them sent, waiting, or settled otherwise.
//!
//! The intent is durable before a request leaves, and the result before the next one does. What the ledger calls
//! `sending` or `unknown` is asked for and never repeated on a guess.

use crate::announce::book::{Book, Halt};
use crate::announce::diary::{self, Diary};
use crate::announce::endings::{body_of, new_line};
use crate::announce::plan::{Entry, Job};
use crate::announce::settle;
use crate::announce::steps::{self, Aim, Step};
use crate::model::announcement::Key;
use crate::model::ledger::{Line, Receipt, Standing, State};
use crate::model::record::RecordId;
use crate::model::transport::{Channel, Clock, Deed, Post, SendError, Transport};
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// Attempts of one step within one run.
const MOST_TRIES: u32 = 5;
/// The wait before the second attempt; it doubles with each further one.
const FIRST_WAIT: Duration = Duration::from_secs(2);

/// Why nothing begins any more.
pub(super) const CALLED_OFF: &str = "The run was asked to end.";

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
pub(super) struct Task<'t> {
    pub entry: &'t Entry,
    pub step: &'t Step,
    pub post: &'t Post,
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
        let is_called_off = self.lane.clock.is_called_off();
        if is_called_off || !self.fits(now) || *tries >= MOST_TRIES {
            let why = match *tries >= MOST_TRIES {
                _ if is_called_off => CALLED_OFF,
                true => "The platform took none of this run's attempts.",
                false => "The time of this run is over.",
            };
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
        let is_called_off = self.lane.clock.is_called_off();
        if is_called_off || !self.fits(now) {
            let why = if is_called_off { CALLED_OFF } else { "The time of this run was over before the request could leave." };
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

    pub(super) fn line(&mut self, task: &Task<'_>, state: State, reason: &str) -> Line {
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

    pub(super) fn write(&self, task: &Task<'_>, line: Line) -> Result<(), Halt> {
        self.book.write(&task.entry.record, line)
    }

    pub(super) fn deed(&self, task: &Task<'_>) -> Option<Deed> {
        self.book.read(|ledger| steps::deed(&task.step.aim, &task.entry.record, ledger))
    }

    pub(super) fn standing(&self, record: &RecordId, key: &Key) -> Option<Standing> {
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
