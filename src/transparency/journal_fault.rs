//! In: nothing. Out: what may be wrong with the state of a log, each in its words.

/// A state of the log that cannot be gone on from.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JournalFault {
    /// A file is not what the program wrote.
    #[error("`log/{file}` was changed or damaged: {what}")]
    Damaged {
        /// The file.
        file: String,
        /// What is wrong.
        what: String,
    },
    /// A step is missing.
    #[error("the log was cut: after {have} leaves the next step is `log/{next}`")]
    Cut {
        /// How many leaves are whole.
        have: u64,
        /// The file that comes after the gap.
        next: String,
    },
    /// A checkpoint is signed by nobody that the settings know.
    #[error("`log/{file}` is not signed by the key in `log:` of the settings: {what}")]
    OtherKey {
        /// The file.
        file: String,
        /// What the check said.
        what: String,
    },
    /// The public has seen more than this state holds.
    #[error("the live site's log has {live} leaves and this state has {have}: the state is older than what was published")]
    Older {
        /// Leaves of the live log.
        live: u64,
        /// Leaves of the state.
        have: u64,
    },
    /// The public has seen another history.
    #[error("the live site's log tells another history than this state from its first {size} leaves on: two states have been published")]
    LiveForked {
        /// Leaves of the live log.
        size: u64,
    },
    /// The live checkpoint is not the log's.
    #[error("the live site's checkpoint is not signed by the key in `log:` of the settings: {what}")]
    LiveKey {
        /// What the check said.
        what: String,
    },
    /// The keys at hand may not sign.
    #[error("the log cannot be signed like this: {0}")]
    Signer(String),
    /// A checkpoint does not fit the leaves before it.
    #[error("`log/{file}` signs another history than the leaves tell")]
    Forked {
        /// The file.
        file: String,
    },
}
