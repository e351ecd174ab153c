//! In: what the public log says of a site's records. Out: plain values for pages: which versions there were, and where
//! each is proven.
//!
//! The log itself (leaves, tree, checkpoints) is the room `transparency`; pages need only what stands here.

use crate::model::keeping::SecretRef;
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// `log:` of the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogSettings {
    /// The name of the log, such as `norrvik.example/log`: the first line of every checkpoint and the name of its key.
    pub origin: String,
    /// The keys that may sign, as text: today's first, then earlier ones.
    pub keys: Vec<String>,
    /// Where the signing keys are: today's, and for a while the one before.
    pub secrets: Vec<SecretRef>,
    /// Who else signs that they saw a checkpoint: name of the key and address.
    pub witnesses: Vec<WitnessSettings>,
    /// Address of a service that stamps checkpoints with its time (RFC 3161).
    pub timestamps: Option<String>,
}

/// A witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WitnessSettings {
    /// Its verifier key.
    pub key: String,
    /// Its address; `/add-checkpoint` is put behind it.
    pub url: String,
}

/// What the log holds, as a site's pages need it.
#[derive(Debug, Clone, Default)]
pub struct SiteLog {
    /// The name of the log.
    pub origin: String,
    /// The keys that may sign.
    pub keys: Vec<String>,
    /// How many leaves it has.
    pub size: u64,
    /// Its signed states, oldest first.
    pub checkpoints: Vec<LogCheckpoint>,
    /// What it says of each edition.
    pub editions: BTreeMap<(RecordId, Lang), Logged>,
}

impl SiteLog {
    /// What the log says of an edition; nothing where it is not in it.
    pub fn of(&self, record: &RecordId, lang: Lang) -> Option<&Logged> {
        self.editions.get(&(record.clone(), lang))
    }
}

/// A signed state of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogCheckpoint {
    /// How many leaves it covers.
    pub size: u64,
    /// When its newest leaf was published.
    pub at: Timestamp,
    /// The signed note with the signatures of witnesses, as it stands in its file.
    pub note: Arc<str>,
}

/// An edition in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logged {
    /// Its id in the log: random, and without meaning.
    pub id: String,
    /// The address of its page, as it was when its newest version was logged.
    pub route: String,
    /// Its versions, oldest first; withdrawal and erasure are versions too.
    pub versions: Vec<Version>,
    /// The bytes of `record.json` that the newest version stands for, where the file has since changed in nothing that
    /// matters (a comment, a post's wording).
    pub shown: Option<Arc<str>>,
    /// Set where what stands in the file is not logged yet, because this run does not sign.
    pub pending: bool,
}

impl Logged {
    /// The newest version.
    pub fn newest(&self) -> Option<&Version> {
        self.versions.last()
    }

    /// Whether its text was taken out for good.
    pub fn is_erased(&self) -> bool {
        self.newest().is_some_and(|version| version.action == "erased")
    }
}

/// One act of publication.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// From 1.
    pub n: u32,
    /// The place of its leaf.
    pub index: u64,
    /// How many leaves the checkpoint covers that it is proven against.
    pub size: u64,
    /// `published`, `revised`, `withdrawn` or `erased`.
    pub action: &'static str,
    /// A code of the closed list, or nothing.
    pub reason: &'static str,
    /// When.
    pub at: Timestamp,
    /// Its `record.json`, for versions before the newest; none where it was erased.
    pub record: Option<Arc<str>>,
}

/// A record whose text was taken out for good, as `RECORD.erased.yaml` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tombstone {
    /// The record.
    pub record: RecordId,
    /// The file.
    pub file: String,
    /// The day.
    pub date: String,
    /// Why: a code of the closed list.
    pub reason: &'static str,
    /// The legal basis, free of names.
    pub basis: Option<String>,
}
