//! In: lines that runs have left. Out: how each announcement stands.
//!
//! Contract `ledger/1`, one append-only file a record, one JSON object a line:
//! `{"v":1,"key":…,"state":…,"at":…,"run":…,"attempt":…,"channel":…,"event":…,"lang":…,"version":…,"body":…,"remote":…,"reason":…,"sum":…}`.
//! `sum` is the first 16 hex digits of the SHA-256 of the line without it. States fold by rank, so that reading twice
//! or out of order gives one answer: a post that is there outranks all; then the later round (a person opened it
//! again); then a terminal state; then the later attempt; then the higher state. Within version 1 we only add.

use crate::model::announcement::{Event, Key};
use crate::model::lang::Lang;
use crate::model::record::RecordId;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How an announcement stands; ordered by rank, the highest wins within an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// To be sent, not before `not_before`.
    Queued,
    /// The intent is durable; a request may be on its way.
    Sending,
    /// Nobody knows whether it arrived.
    Unknown,
    /// Never to be sent: baseline, too old, switched off.
    Suppressed,
    /// A person must settle it.
    Parked,
    /// The platform said never.
    Refused,
    /// It is there.
    Sent,
}

impl State {
    /// Whether no run will touch it again by itself.
    pub fn is_terminal(self) -> bool {
        matches!(self, State::Sent | State::Refused | State::Parked | State::Suppressed)
    }
}

/// Where a post is, as the platform told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// The platform's id: a status id, an `at://` address, a delivery id.
    pub id: String,
    /// Where readers see it; empty where the platform has no such address.
    pub url: String,
    /// A second id where the platform needs one to refer to the post, such as Bluesky's `cid`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub version_id: String,
}

/// One line of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Version of the contract, 1.
    pub v: u32,
    /// The announcement.
    pub key: Key,
    /// Its new state.
    pub state: State,
    /// When the line was written, RFC 3339 in UTC.
    pub at: Timestamp,
    /// The run that wrote it.
    pub run: String,
    /// Which attempt it belongs to, from 1; 0 where none was ever meant. To queue again is to begin the next attempt.
    pub attempt: u32,
    /// How often a person has opened it again after it was settled.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub round: u32,
    /// How often, by now, a look-up after an attempt has found nothing.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub absent: u32,
    /// The channel's name in the settings.
    pub channel: String,
    /// What happened to the record.
    pub event: Event,
    /// The language.
    pub lang: Lang,
    /// Tells events of one name apart.
    pub version: String,
    /// SHA-256 of the text and payload that was or will be sent, in hex.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub body: String,
    /// Where the post is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remote: Option<Receipt>,
    /// Why it was suppressed, parked, refused or queued again.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
    /// Not to be sent before this instant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub not_before: Option<Timestamp>,
    /// When it happened, as the files said at the first attempt: identifiers that a platform wants made from a date
    /// stay the same when the date is mended later.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened: Option<Timestamp>,
    /// What the request does: `post`, `reply`, `edit` or `delete`. What has begun goes on in that way, whatever the settings
    /// or the age of the post say by then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub act: String,
    /// For an edit or deletion: the post that it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<Key>,
    /// What a step of the attempt has brought to light and later steps need: ids of containers and uploads, by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub notes: BTreeMap<String, String>,
}

fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// What a step has noted. The latest attempt's counts, whatever the clock said: an older container that came back in place
/// of a newer one would be published beside it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Note {
    /// The round and the attempt in which it was made.
    pub made_in: (u32, u32),
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub value: String,
}

/// How one announcement stands: its lines, folded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// The line that decides.
    pub line: Line,
    /// How often a look-up after an attempt has found nothing.
    pub absent: u32,
    /// The latest note of each name.
    pub notes: BTreeMap<String, Note>,
    /// When the line was written that first said that it is there.
    pub sent_at: Option<Timestamp>,
}

/// All standings, by record and key.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ledger {
    /// By record, then by announcement.
    pub records: BTreeMap<RecordId, BTreeMap<Key, Standing>>,
    /// Channels whose baseline has been taken, by name, and when.
    pub baselines: BTreeMap<String, Timestamp>,
}

impl Ledger {
    /// How an announcement stands.
    pub fn standing(&self, record: &RecordId, key: &Key) -> Option<&Standing> {
        self.records.get(record)?.get(key)
    }

    /// How an announcement stands, whatever its record.
    pub fn find(&self, key: &Key) -> Option<(&RecordId, &Standing)> {
        self.records.iter().find_map(|(record, keys)| keys.get(key).map(|standing| (record, standing)))
    }

    /// Takes a line in; the order in which lines come makes no difference.
    pub fn fold(&mut self, record: &RecordId, line: Line) {
        let keys = self.records.entry(record.clone()).or_default();
        let absent = line.absent;
        let fresh = || Standing { line: line.clone(), absent, notes: BTreeMap::new(), sent_at: None };
        let standing = keys.entry(line.key.clone()).or_insert_with(fresh);
        standing.absent = standing.absent.max(absent);
        for (name, value) in &line.notes {
            let note = Note { made_in: (line.round, line.attempt), at: line.at, value: value.clone() };
            let known = standing.notes.entry(name.clone()).or_insert_with(|| note.clone());
            *known = note.max(known.clone());
        }
        if line.state == State::Sent {
            standing.sent_at = Some(standing.sent_at.map_or(line.at, |at| at.min(line.at)));
        }
        if outranks(&line, &standing.line) {
            standing.line = line;
        }
    }
}

fn outranks(new: &Line, old: &Line) -> bool {
    fn rank(line: &Line) -> (bool, u32, bool, u32, State) {
        let terminal = line.state.is_terminal();
        (line.state == State::Sent, line.round, terminal, if terminal { 0 } else { line.attempt }, line.state)
    }
    // Two lines of one rank are told apart by when and by whom, so that no order of reading can matter.
    fn tie(line: &Line) -> (Timestamp, &str, &str, Option<&str>) {
        (line.at, &line.run, &line.reason, line.remote.as_ref().map(|receipt| receipt.id.as_str()))
    }
    (rank(new), tie(new)) > (rank(old), tie(old))
}
