//! In: lines of the ledger. Out: the contract of what keeps them.

use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// Files of the public log that the state keeps, by name below its `log/`.
pub type LogFiles = BTreeMap<String, Vec<u8>>;

/// What was mended while the state was read, for the person who runs it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Repair {
    /// The file.
    pub path: String,
    /// What was found and done, a sentence.
    pub what: String,
}

/// A state store that cannot be read or written.
#[derive(Debug, thiserror::Error)]
pub enum StateError {
    /// Another run holds the lock.
    #[error("another run is publishing ({holder})")]
    Locked {
        /// What is known about it.
        holder: String,
    },
    /// The ledger is shorter than its own count says: nothing may be posted until it is restored.
    #[error("the ledger was cut or lost: {0}")]
    Truncated(String),
    /// A line in the middle of a file cannot be read: nothing may be posted until it is restored.
    #[error("{path}, line {line}, was changed or damaged: {what}")]
    Damaged {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        what: String,
    },
    /// Another run was first: what was written there must be read before this run can go on.
    #[error("another run has written to {place} in the meantime")]
    Raced {
        /// The branch, table or bucket.
        place: String,
    },
    /// Reading or writing failed.
    #[error("{path}: {source}")]
    Io {
        /// The file, or the address of the store without secrets.
        path: String,
        /// The cause.
        source: std::io::Error,
    },
}

/// Where the ledger lives. All methods are durable when they return; the lock is held from `load` until it is dropped.
pub trait StateStore {
    /// The ledger, and what had to be mended.
    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError>;
    /// Appends lines of one record.
    fn append(&mut self, record: &RecordId, lines: &[Line]) -> Result<(), StateError>;
    /// Appends lines of many records; a store may make this cheaper than one by one.
    fn append_all(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        batch.iter().try_for_each(|(record, lines)| self.append(record, lines))
    }
    /// Whether a write is dear, so that lines of several accounts that wait at the same time are better written together.
    fn is_far(&self) -> bool {
        false
    }
    /// Notes that a channel's baseline has been taken.
    fn baseline(&mut self, channel: &str, at: Timestamp) -> Result<(), StateError>;
    /// A small note beside the ledger, by its name; none where none was kept.
    fn note(&mut self, name: &str) -> Result<Option<String>, StateError> {
        let _ = name;
        Ok(None)
    }
    /// Keeps a note in place of an earlier one of its name. A note may be lost without harm, the ledger may not.
    fn keep(&mut self, name: &str, text: &str) -> Result<(), StateError> {
        let _ = (name, text);
        Ok(())
    }
    /// The files of the log whose name is wanted; also without the lock, for a look.
    fn log(&mut self, wanted: &dyn Fn(&str) -> bool) -> Result<LogFiles, StateError> {
        let _ = wanted;
        Ok(LogFiles::new())
    }
    /// Takes the log on by one step, and the ledger with it. The files are new; they become durable in their order, and the
    /// last one is made exclusively: where it is there already, another run was first and nothing of this step counts.
    fn advance(&mut self, step: &[(String, Vec<u8>)], lines: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        let _ = (step, lines);
        let source = std::io::Error::new(std::io::ErrorKind::Unsupported, "this store keeps no log");
        Err(StateError::Io { path: "log".into(), source })
    }
    /// Puts files beside a step that counts, in place of earlier ones of their names: what came after it, and decides nothing.
    fn attach(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), StateError> {
        self.redact(files)
    }
    /// Puts files of the log in place of those that still hold what was erased.
    fn redact(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), StateError> {
        let _ = files;
        let source = std::io::Error::new(std::io::ErrorKind::Unsupported, "this store keeps no log");
        Err(StateError::Io { path: "log".into(), source })
    }
}
