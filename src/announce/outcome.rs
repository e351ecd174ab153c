//! In: what became of each announcement of a run. Out: counts, and one word for the exit code.

use crate::announce::plan::Entry;
use crate::model::announcement::{Event, Key};
use crate::model::lang::Lang;
use crate::model::ledger::Receipt;
use crate::model::record::RecordId;
use crate::model::transport::StateError;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// What became of an announcement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ending {
    /// It is there.
    Sent(Option<Receipt>),
    /// A later run goes on with it.
    Later(String),
    /// A person is needed before it can go on: the account is not accepted, the run was stopped.
    Blocked(String),
    /// The platform said never.
    Refused(String),
    /// Nobody can know whether it is there: a person must look.
    Parked(String),
    /// Recorded as already known, never to be sent.
    Suppressed(String),
}

/// An announcement and what became of it.
#[derive(Debug, Clone)]
pub struct Told {
    /// Its identity.
    pub key: Key,
    /// The channel's name.
    pub channel: String,
    /// The record, as the ledger calls it.
    pub record: RecordId,
    /// What happened to the record.
    pub event: Event,
    /// The language.
    pub lang: Lang,
    /// The title of the record.
    pub title: String,
    /// When delivery was done with it.
    pub at: Timestamp,
    /// What became of it.
    pub ending: Ending,
}

impl Told {
    pub(super) fn new(entry: &Entry, at: Timestamp, ending: Ending) -> Told {
        Told {
            key: entry.key.clone(),
            channel: entry.channel.clone(),
            record: entry.record.clone(),
            event: entry.event,
            lang: entry.lang,
            title: entry.title.clone(),
            at,
            ending,
        }
    }
}

/// What a run left behind.
#[derive(Debug, Default)]
pub struct Outcome {
    /// Every announcement that the run touched, in the order of the plan.
    pub told: Vec<Told>,
    /// Channels that stopped, by name, and why.
    pub stopped: BTreeMap<String, String>,
    /// Set where more was pending than a run may send, and so nothing was sent: pending, and the most allowed.
    pub too_many: Option<(usize, usize)>,
    /// Whether the run was asked to end; a later one goes on.
    pub called_off: bool,
    /// The store failed; what had been sent until then is above.
    pub fault: Option<StateError>,
}

/// The kinds of end that a run can have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// All is told.
    Done,
    /// A later run goes on.
    Retry,
    /// A person is needed.
    Person,
    /// Disk or network failed and nothing was lost.
    Environment,
}

impl Exit {
    /// The exit code.
    pub fn code(self) -> u8 {
        match self {
            Exit::Done => 0,
            Exit::Retry => 3,
            Exit::Person => 4,
            Exit::Environment => 5,
        }
    }
}

impl Outcome {
    /// The gravest thing that happened.
    pub fn exit(&self) -> Exit {
        let told = self.told.iter().map(|told| match told.ending {
            Ending::Sent(_) | Ending::Suppressed(_) => Exit::Done,
            Ending::Later(_) => Exit::Retry,
            Ending::Blocked(_) | Ending::Refused(_) | Ending::Parked(_) => Exit::Person,
        });
        let person = self.too_many.is_some() || !self.stopped.is_empty();
        let fault = self.fault.as_ref().map(fault_exit);
        let rest = [person.then_some(Exit::Person), self.called_off.then_some(Exit::Retry), fault];
        told.chain(rest.into_iter().flatten()).max().unwrap_or(Exit::Done)
    }

    /// How many announcements were sent or found to be there.
    pub fn sent(&self) -> usize {
        self.told.iter().filter(|told| matches!(told.ending, Ending::Sent(_))).count()
    }
}

/// What a store that fails means for the person who runs it.
pub fn fault_exit(fault: &StateError) -> Exit {
    match fault {
        StateError::Locked { .. } | StateError::Raced { .. } => Exit::Retry,
        StateError::Truncated(_) | StateError::Damaged { .. } => Exit::Person,
        StateError::Io { .. } => Exit::Environment,
    }
}
