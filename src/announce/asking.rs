//! In: a step whose outcome nobody knows. Out: what the platform says of it, written down, or when to ask again.

use crate::announce::book::Halt;
use crate::announce::diary::{self, Diary};
use crate::announce::lane::{CALLED_OFF, Task, Turn, Worker};
use crate::announce::settle::{self, Next, Seen};
use crate::announce::steps::Aim;
use crate::model::ledger::{Line, Standing, State};
use crate::model::transport::{LookUp, SendError};

impl Worker<'_, '_, '_> {
    /// Asks what became of an earlier attempt; nothing where the step can go on at once.
    pub(super) fn settle(&mut self, task: &Task<'_>, standing: &Standing) -> Result<Option<Turn>, Halt> {
        if self.lane.clock.is_called_off() {
            return Ok(Some(Turn::Later(None, CALLED_OFF.into())));
        }
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
            Err(SendError::Unknown { reason }) => Ok(Seen::Unclear(reason)),
            Err(SendError::Person { reason }) => Ok(Seen::Person(reason)),
            Err(SendError::Retry { reason, .. } | SendError::Refused { reason }) => Ok(Seen::Failed(reason)),
        })
    }
}
