//! In: nothing. Out: what a check needs of a published site, and what it says of one, as values.

use super::note::VerifierKey;
use super::policy::Policy;
use super::tree::Hash;
use jiff::{SignedDuration, Timestamp};

/// A site that cannot be read: neither true nor false, but unknown.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` cannot be read: {reason}")]
pub struct Unreachable {
    /// Which file.
    pub path: String,
    /// Why.
    pub reason: String,
}

/// A published site, as its files. A file that changes between two requests is a fault of the site.
pub trait Site: Sync {
    /// The bytes of a file, by its path below the site's root; none where there is no such file.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, Unreachable>;

    /// The paths of all files, where the site can be listed: a folder can, a web server cannot.
    fn list(&self) -> Result<Option<Vec<String>>, Unreachable>;
}

/// What a check is held to.
#[derive(Debug, Clone)]
pub struct Demand {
    /// The log's key, from elsewhere than the site itself.
    pub key: VerifierKey,
    /// A checkpoint of earlier days: the log must go on from it.
    pub since: Option<Vec<u8>>,
    /// How old the newest signature may be, and the present.
    pub max_age: Option<(SignedDuration, Timestamp)>,
    /// Whom else one trusts.
    pub trust: Trust,
}

/// Whom a check trusts beside the log's key.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// Further keys of the log: those before or after the first one.
    pub further: Vec<VerifierKey>,
    /// Witnesses whose keys are at hand.
    pub witnesses: Vec<VerifierKey>,
    /// How many of whom must have signed; its witnesses are known, too.
    pub policy: Option<Policy>,
}

impl Trust {
    /// The keys of witnesses, each once.
    pub fn witnesses(&self) -> Vec<VerifierKey> {
        let mut keys = self.witnesses.clone();
        for party in self.policy.iter().flat_map(|policy| &policy.witnesses) {
            if !keys.contains(&party.key) {
                keys.push(party.key.clone());
            }
        }
        keys
    }

    /// The key of the log and those beside it, each once.
    pub fn log_keys(&self, key: &VerifierKey) -> Vec<VerifierKey> {
        let mut keys = vec![key.clone()];
        for other in self.further.iter().filter(|other| other.name() == key.name()) {
            if !keys.contains(other) {
                keys.push(other.clone());
            }
        }
        keys
    }
}

/// What is false.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Falsehood {
    /// The list of files is not what the key has signed.
    Manifest,
    /// A file is not the one on the list.
    File,
    /// A checkpoint is not signed by the log's key, or is of another log.
    Checkpoint,
    /// The log's files do not lead to the signed root.
    Log,
    /// The log does not go on from an earlier checkpoint.
    History,
    /// An entry of the log is none, or does not follow from the one before.
    Chain,
    /// A further key of the log is missing or another.
    Key,
    /// A record's proof does not hold, or a record has none.
    Proof,
    /// A record is not the one that was logged.
    Record,
    /// A record that the log has is not on the site, or stands where a newer one should.
    Missing,
    /// Something that was erased is there again.
    Erased,
    /// The newest signature is too old.
    Age,
    /// The page does not show what the record says.
    Words,
    /// Too few witnesses have signed, or a witness's signature does not hold.
    Witness,
    /// A time stamp is none, or is one of something else.
    Stamp,
}

impl Falsehood {
    /// Its word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Falsehood::Manifest => "manifest",
            Falsehood::File => "file",
            Falsehood::Checkpoint => "checkpoint",
            Falsehood::Log => "log",
            Falsehood::History => "history",
            Falsehood::Chain => "chain",
            Falsehood::Key => "key",
            Falsehood::Proof => "proof",
            Falsehood::Record => "record",
            Falsehood::Missing => "missing",
            Falsehood::Erased => "erased",
            Falsehood::Age => "age",
            Falsehood::Words => "words",
            Falsehood::Witness => "witness",
            Falsehood::Stamp => "stamp",
        }
    }

    /// What it means, in a sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Falsehood::Manifest => {
                "Nobody can tell which files the body has published: the list of files is not the one that its key has signed."
            }
            Falsehood::File => "The file is not the one that the body has signed: it was changed, damaged, taken away or added afterwards.",
            Falsehood::Checkpoint => "The log's statement about itself is not signed by the key that you trust.",
            Falsehood::Log => "The log's entries are not those that were signed: something in it was changed or taken away.",
            Falsehood::History => {
                "The log was rewritten: it does not go on from a state that was signed before. Keep both checkpoints; together they prove it."
            }
            Falsehood::Chain => "The log breaks its own rules: a version was left out, counted twice or put in after the fact.",
            Falsehood::Key => "The log speaks of a key that is not published, or publishes another one.",
            Falsehood::Proof => "Nothing shows that this record is in the log.",
            Falsehood::Record => "The record is not the one that was logged: it was changed after publication.",
            Falsehood::Missing => {
                "The log says that there is a record, and the site does not show it as the current one: it was taken away silently, or an older one put in its place."
            }
            Falsehood::Erased => "The log says that this was erased, and it is on the site again.",
            Falsehood::Age => "Nothing new was signed for longer than you allow: perhaps you are shown an old copy.",
            Falsehood::Words => "The page shows other words than the record that was logged.",
            Falsehood::Witness => {
                "Those who watch the log have not signed what you are shown: perhaps it is shown to you alone. Ask one of them for the log's newest checkpoint."
            }
            Falsehood::Stamp => "The time stamp beside the checkpoint does not show when the checkpoint was there.",
        }
    }
}

/// One thing that is false.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// What kind of thing.
    pub what: Falsehood,
    /// The file, below the site's root.
    pub path: String,
    /// What was found, a whole sentence.
    pub message: String,
}

/// A signature of a witness that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witnessed {
    /// The name of its key.
    pub name: String,
    /// How many entries the checkpoint has that it signed.
    pub size: u64,
    /// When, by its clock.
    pub time: Timestamp,
}

/// What a check has found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Report {
    /// Size and root of the log, where they were proven.
    pub log: Option<(u64, Hash)>,
    /// When the site was signed, where that was proven.
    pub signed: Option<Timestamp>,
    /// The known witnesses that have signed the newest checkpoint.
    pub witnessed: Vec<Witnessed>,
    /// What was proven, in whole sentences.
    pub proven: Vec<String>,
    /// What is false.
    pub faults: Vec<Fault>,
    /// What was not looked at or cannot be proven this way, in whole sentences.
    pub open: Vec<String>,
}

impl Report {
    /// Whether nothing false was found.
    pub fn holds(&self) -> bool {
        self.faults.is_empty()
    }

    /// Notes something false.
    pub(super) fn fault(&mut self, what: Falsehood, path: &str, message: impl Into<String>) {
        self.faults.push(Fault { what, path: path.to_owned(), message: message.into() });
    }
}

/// `1 file`, `2 files`.
pub(super) fn of(count: usize, one: &str) -> String {
    format!("{count} {one}{}", if count == 1 { "" } else { "s" })
}
