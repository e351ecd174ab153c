//! In: posts that are there. Out: how often they were seen, liked, shared and answered, day by day, beside the ledger.
//!
//! Contract `measures/1`, the note `measures` of the state store: `{"v":1,"posts":[{"key":…,"channel":…,"record":…,"lang":…,
//! "event":…,"url":…,"counts":[{"at":…,"views":…,"likes":…}]}]}`. Counts are added, never changed.

use super::telling::{Ways, crew};
use crate::model::announcement::{Event, Key};
use crate::model::lang::Lang;
use crate::model::ledger::{Ledger, State};
use crate::model::record::RecordId;
use crate::model::site::Site;
use crate::model::transport::{Channel, SendError, StateError, StateStore};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The note in the state store.
const NOTE: &str = "measures";

/// Everything that was measured so far.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    /// Version of the contract, 1.
    pub v: u32,
    /// Posts, in the order in which they were first measured.
    pub posts: Vec<Measured>,
}

/// A post and its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measured {
    /// The announcement.
    pub key: Key,
    /// The channel.
    pub channel: String,
    /// The record.
    pub record: String,
    /// The language.
    pub lang: Lang,
    /// What was told.
    pub event: Event,
    /// Where the post is.
    pub url: String,
    /// The counts, the oldest first.
    pub counts: Vec<Count>,
}

/// What a platform told at one time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// When it was asked.
    pub at: Timestamp,
    /// By name: `views`, `likes`, `reposts`, `replies`, `clicks` …
    #[serde(flatten)]
    pub numbers: BTreeMap<String, u64>,
}

/// What a run of measuring did.
#[derive(Debug, Default)]
pub struct Reading {
    /// How many posts were asked for and gave numbers.
    pub read: usize,
    /// Channels that could not be asked, and why.
    pub failed: BTreeMap<String, String>,
}

/// What was measured so far.
pub fn load(store: &mut dyn StateStore) -> Result<Measures, StateError> {
    let text = store.note(NOTE)?;
    // A note may be lost without harm: what cannot be read begins anew.
    Ok(text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or(Measures { v: 1, posts: Vec::new() }))
}

/// Asks for the counts of posts that were sent within so many days, and keeps them.
pub fn measure(
    (site, root): (&Site, &Path),
    ways: &dyn Ways,
    store: &mut dyn StateStore,
    (days, now): (u32, Timestamp),
) -> Result<Reading, StateError> {
    let (ledger, _) = store.load()?;
    let mut measures = load(store)?;
    let mut reading = Reading::default();
    for (settings, channel) in site.settings.channels.iter().zip(&crew(site, root)) {
        let mut out = ways.out(settings);
        for (record, key) in sent(&ledger, &settings.name, (days, now)) {
            match count(channel.as_ref(), &ledger, (&record, &key), &mut out) {
                Ok(numbers) if numbers.is_empty() => {}
                Ok(numbers) => {
                    reading.read += 1;
                    add(&mut measures, &ledger, (record, key), Count { at: now, numbers });
                }
                Err(SendError::Refused { .. }) => {}
                Err(error) => {
                    // A channel that cannot be asked now cannot be asked for its other posts either.
                    reading.failed.insert(settings.name.clone(), error.to_string());
                    break;
                }
            }
        }
    }
    store.keep(NOTE, &serde_json::to_string_pretty(&measures).unwrap_or_default())?;
    Ok(reading)
}

fn sent(ledger: &Ledger, channel: &str, (days, now): (u32, Timestamp)) -> Vec<(RecordId, Key)> {
    let oldest = now.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN);
    let all = ledger.records.iter().flat_map(|(record, keys)| keys.iter().map(move |(key, standing)| (record, key, standing)));
    let there = all.filter(|(_, _, standing)| {
        let line = &standing.line;
        let posted = matches!(line.act.as_str(), "post" | "reply" | "");
        line.state == State::Sent && line.channel == channel && posted && standing.sent_at.is_some_and(|at| at >= oldest)
    });
    there.map(|(record, key, _)| (record.clone(), key.clone())).collect()
}

fn count(
    channel: &dyn Channel,
    ledger: &Ledger,
    (record, key): (&RecordId, &Key),
    out: &mut dyn crate::model::transport::Transport,
) -> Result<BTreeMap<String, u64>, SendError> {
    let Some(receipt) = ledger.standing(record, key).and_then(|standing| standing.line.remote.as_ref()) else {
        return Ok(BTreeMap::new());
    };
    let numbers = channel.measure(receipt, out)?;
    Ok(numbers.into_iter().map(|(name, number)| (name.to_owned(), number)).collect())
}

fn add(measures: &mut Measures, ledger: &Ledger, (record, key): (RecordId, Key), count: Count) {
    if let Some(known) = measures.posts.iter_mut().find(|post| post.key == key) {
        known.counts.push(count);
        return;
    }
    let Some(line) = ledger.standing(&record, &key).map(|standing| &standing.line) else { return };
    measures.posts.push(Measured {
        channel: line.channel.clone(),
        lang: line.lang,
        event: line.event,
        url: line.remote.as_ref().map(|receipt| receipt.url.clone()).unwrap_or_default(),
        counts: vec![count],
        key,
        record: record.0,
    });
}
