//! In: a request of which nobody knows whether it arrived. Out: whether the post is there, surely is not, or must wait.
//!
//! With an identifier of our own the answer is certain at once, because a repeated request cannot make a second post.
//! By link, "absent" counts only when the quiet time is over: until then the post may still appear. Without a look-up
//! only a person can know. Nothing is ever repeated on a guess.

use crate::model::ledger::{Line, Receipt, Standing, State};
use crate::model::transport::LookUp;
use jiff::{SignedDuration, Timestamp};
use std::time::Duration;

/// After so many attempts that left nothing to be seen, the look-up itself is in doubt, and no further attempt is safe.
const MOST_ABSENT: u32 = 3;

/// What a look-up showed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// The post is there, or the edit or deletion is done.
    There(Option<Receipt>),
    /// It is not to be seen.
    NotThere,
    /// The look-up itself failed.
    Failed(String),
    /// What is to be seen could be this post or another one.
    Unclear(String),
    /// It is known what became of it, and a person must do the rest.
    Person(String),
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// Record it as sent.
    Sent(Option<Receipt>),
    /// It surely never arrived: queue the next attempt.
    Again,
    /// Look again, at the earliest then if an instant is given.
    Wait(Option<Timestamp>, String),
    /// A person must look.
    Park(String),
}

/// Whether the platform can be asked at all.
pub fn can_ask(look_up: LookUp) -> bool {
    look_up != LookUp::None
}

/// The instant from which "absent" counts. The process that wrote `sending` was about to send and then needed at most
/// `request` for the answer.
pub fn quiet_until(line: &Line, quiet: Duration, request: Duration) -> Timestamp {
    let spare = if line.state == State::Sending { request } else { Duration::ZERO };
    past(line.at, quiet + spare)
}

/// Until when a post could be made once more under its own id after it was deleted: by an earlier attempt that is late.
pub fn may_come_back(look_up: LookUp, of: &Standing, quiet: Duration, request: Duration) -> Option<Timestamp> {
    let again = look_up == LookUp::OwnId && of.line.attempt > 1;
    of.sent_at.filter(|_| again).map(|at| past(at, quiet + request))
}

/// Until when a change that was left to a person could still arrive, and undo a later one.
pub fn may_arrive(change: &Standing, quiet: Duration, request: Duration) -> Option<Timestamp> {
    (change.line.state == State::Parked).then(|| past(change.line.at, quiet + request))
}

fn past(at: Timestamp, wait: Duration) -> Timestamp {
    SignedDuration::try_from(wait).ok().and_then(|wait| at.checked_add(wait).ok()).unwrap_or(Timestamp::MAX)
}

/// What follows from what was seen; `quiet_until` is the instant from which "absent" counts.
pub fn next(look_up: LookUp, seen: Seen, absent: u32, now: Timestamp, quiet_until: Timestamp) -> Next {
    match (look_up, seen) {
        (LookUp::None, _) => Next::Park("Nobody knows whether it was posted, and this platform cannot be asked.".into()),
        (_, Seen::There(receipt)) => Next::Sent(receipt),
        (_, Seen::Failed(why)) => Next::Wait(None, format!("Nobody knows yet whether it was posted; asking failed: {why}.")),
        (_, Seen::Unclear(why)) => Next::Park(format!("Nobody knows whether it was posted: {why}.")),
        (_, Seen::Person(why)) => Next::Park(why),
        (LookUp::Link, Seen::NotThere) if now < quiet_until => {
            Next::Wait(Some(quiet_until), "It is not to be seen yet, but may still appear.".into())
        }
        (LookUp::Link, Seen::NotThere) if absent + 1 >= MOST_ABSENT => {
            Next::Park(format!("{MOST_ABSENT} attempts gave no clear answer and left no post to be seen."))
        }
        (_, Seen::NotThere) => Next::Again,
    }
}
