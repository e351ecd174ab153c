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
use std::cmp::Ordering;
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
    // Even of one instant and one run there is one order: that of what else they say.
    fn whole(line: &Line) -> String {
        serde_json::to_string(line).unwrap_or_default()
    }
    match (rank(new), tie(new)).cmp(&(rank(old), tie(old))) {
        Ordering::Equal => new != old && whole(new) > whole(old),
        order => order == Ordering::Greater,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn line(state: State, attempt: u32) -> Line {
        Line {
            v: 1,
            key: "ab".repeat(32).parse().unwrap(),
            state,
            at: "2026-11-20T10:00:00Z".parse().unwrap(),
            run: "one".into(),
            attempt,
            round: 0,
            absent: 0,
            channel: "town".into(),
            event: Event::Published,
            lang: "sv".parse().unwrap(),
            version: String::new(),
            body: String::new(),
            remote: None,
            reason: String::new(),
            not_before: None,
            happened: None,
            act: String::new(),
            of: None,
            notes: BTreeMap::new(),
        }
    }

    /// How it stands after these lines, which is the same in any order.
    fn standing(lines: &[Line]) -> Standing {
        let record = RecordId("updates/2026/ferry".into());
        let fold = |lines: &mut dyn Iterator<Item = &Line>| {
            let mut ledger = Ledger::default();
            lines.for_each(|line| ledger.fold(&record, line.clone()));
            ledger
        };
        let ledger = fold(&mut lines.iter());
        assert_eq!(ledger, fold(&mut lines.iter().rev()), "the order of lines must not matter");
        let key = &lines[0].key;
        let (of, found) = ledger.find(key).unwrap();
        assert_eq!((of, Some(found)), (&record, ledger.standing(&record, key)));
        assert!(ledger.find(&"cd".repeat(32).parse().unwrap()).is_none());
        found.clone()
    }

    #[test]
    fn a_post_that_is_there_outranks_every_later_line() {
        let later = Line { round: 3, at: "2027-01-01T00:00:00Z".parse().unwrap(), ..line(State::Parked, 9) };
        assert_eq!(standing(&[line(State::Sent, 1), later]).line.state, State::Sent);
    }

    #[test]
    fn what_a_person_has_opened_again_outranks_what_was_settled_before() {
        let again = Line { round: 1, ..line(State::Queued, 1) };
        for settled in [State::Suppressed, State::Parked, State::Refused] {
            assert_eq!(standing(&[line(settled, 7), again.clone()]).line.state, State::Queued);
        }
    }

    #[test]
    fn a_terminal_state_outranks_attempts_and_the_later_attempt_the_earlier() {
        for terminal in [State::Suppressed, State::Parked, State::Refused, State::Sent] {
            assert!(terminal.is_terminal());
            assert_eq!(standing(&[line(terminal, 1), line(State::Unknown, 5)]).line.state, terminal);
        }
        for open in [State::Queued, State::Sending, State::Unknown] {
            assert!(!open.is_terminal());
        }
        assert_eq!(standing(&[line(State::Unknown, 1), line(State::Queued, 2)]).line.attempt, 2);
        assert_eq!(standing(&[line(State::Queued, 1), line(State::Sending, 1), line(State::Unknown, 1)]).line.state, State::Unknown);
        assert_eq!(standing(&[line(State::Refused, 1), line(State::Parked, 4)]).line.state, State::Refused, "not by the attempt");
    }

    #[test]
    fn lines_of_one_instant_and_run_are_told_apart_by_what_else_they_say() {
        let one = line(State::Parked, 1);
        let others = [
            Line { reason: "x".into(), ..one.clone() },
            Line { run: "two".into(), ..one.clone() },
            Line { body: "x".into(), ..one.clone() },
            Line { not_before: Some("2026-11-20T11:00:00Z".parse().unwrap()), ..one.clone() },
            Line { at: "2026-11-20T10:00:01Z".parse().unwrap(), ..one.clone() },
        ];
        for other in others {
            standing(&[one.clone(), other.clone()]);
            standing(&[other, one.clone(), one.clone()]);
        }
    }

    #[test]
    fn counts_notes_and_the_first_sending_are_gathered_from_all_lines() {
        let note = |at: &str, value: &str| Line {
            at: at.parse().unwrap(),
            notes: BTreeMap::from([("container".to_owned(), value.to_owned())]),
            ..line(State::Sending, 1)
        };
        let sent = |at: &str| Line { at: at.parse().unwrap(), ..line(State::Sent, 1) };
        let late = note("2026-11-20T10:00:02Z", "b");
        let all =
            [note("2026-11-20T10:00:01Z", "c"), Line { absent: 2, ..late }, sent("2026-11-20T10:00:09Z"), sent("2026-11-20T10:00:04Z")];
        let standing = standing(&all);
        assert_eq!(standing.absent, 2);
        let latest = Note { made_in: (0, 1), at: "2026-11-20T10:00:02Z".parse().unwrap(), value: "b".into() };
        assert_eq!(standing.notes["container"], latest);
        assert_eq!(standing.sent_at, Some("2026-11-20T10:00:04Z".parse().unwrap()));
    }
}
