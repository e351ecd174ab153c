//! In: a person's word about an announcement. Out: a line that settles it.
//!
//! For what no machine can know: `posted`, with the address where readers see it, or `not posted`, which opens it for
//! the next run. Also records posts that were made by hand.

use crate::announce::endings::new_line;
use crate::announce::plan::{Entry, Plan};
use crate::model::announcement::Key;
use crate::model::ledger::{Ledger, Line, Receipt, Standing, State};
use crate::model::record::RecordId;
use crate::model::transport::{StateError, StateStore};
use jiff::Timestamp;

/// Fewest digits by which an announcement can be named.
const FEWEST_DIGITS: usize = 6;

/// What a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// It is there, at this address.
    Posted(String),
    /// It is not there: the next run sends it.
    NotPosted,
    /// It is not to be told any more, whatever became of it.
    Never,
}

/// Why a person's word cannot be taken.
#[derive(Debug, thiserror::Error)]
pub enum ResolveError {
    /// Nothing has this name.
    #[error("no announcement begins with `{0}`")]
    NoSuch(String),
    /// Too few digits, or several begin so.
    #[error("`{0}` is too short to name one announcement: write more of its digits")]
    Ambiguous(String),
    /// It is recorded as sent, and saying otherwise would post it twice.
    #[error("it is on record as posted at {0}")]
    AlreadySent(String),
    /// The address is none.
    #[error("`{0}` is not an address that readers can open: it begins with https:// or http://")]
    NotAnAddress(String),
    /// The store failed.
    #[error(transparent)]
    State(#[from] StateError),
}

/// Settles the announcement whose key begins with `name`, on record or in the plan. `ledger` is what `store.load()`
/// gave in this very run. Gives the lines written, that of the announcement itself first.
pub fn resolve(
    plan: &Plan,
    ledger: &Ledger,
    store: &mut dyn StateStore,
    (name, word, reason): (&str, &Word, &str),
    (run, now): (&str, Timestamp),
) -> Result<Vec<Line>, ResolveError> {
    if let Word::Posted(url) = word
        && !url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
    {
        return Err(ResolveError::NotAnAddress(url.clone()));
    }
    let (record, lines) = open_lines(plan, ledger, name, (run, now))?;
    if let Some(sent) = lines.iter().find(|line| line.state == State::Sent && line.remote.is_some()) {
        let place = sent.remote.as_ref().map(|receipt| if receipt.url.is_empty() { &receipt.id } else { &receipt.url });
        return Err(ResolveError::AlreadySent(place.cloned().unwrap_or_default()));
    }
    let settled: Vec<Line> = lines.into_iter().enumerate().map(|(at, line)| settled(line, at == 0, (word, reason), (run, now))).collect();
    store.append(&record, &settled)?;
    Ok(settled)
}

/// Settles everything that waits for a person, on these channels or on all: once an outage or an emergency is over. Only
/// `NotPosted` and `Never` can be said of many at once. Gives the lines written.
pub fn resolve_all(
    ledger: &Ledger,
    store: &mut dyn StateStore,
    (channels, word, reason): (&[String], &Word, &str),
    (run, now): (&str, Timestamp),
) -> Result<Vec<Line>, ResolveError> {
    let chosen = |line: &Line| line.state == State::Parked && (channels.is_empty() || channels.contains(&line.channel));
    let mut batch: Vec<(RecordId, Vec<Line>)> = Vec::new();
    for (record, keys) in &ledger.records {
        let parked = keys.values().map(|standing| &standing.line).filter(|line| chosen(line));
        let lines: Vec<Line> = parked.map(|line| settled(line.clone(), true, (word, reason), (run, now))).collect();
        batch.extend((!lines.is_empty()).then(|| (record.clone(), lines)));
    }
    store.append_all(&batch)?;
    Ok(batch.into_iter().flat_map(|(_, lines)| lines).collect())
}

fn settled(line: Line, first: bool, (word, reason): (&Word, &str), (run, now): (&str, Timestamp)) -> Line {
    let because = |said: &str| if reason.is_empty() { said.to_owned() } else { format!("{said} {reason}") };
    let line = Line { run: run.to_owned(), at: now, not_before: None, ..line };
    match word {
        Word::Posted(url) if first => {
            let remote = Some(Receipt { id: url.clone(), url: url.clone(), version_id: String::new() });
            Line { state: State::Sent, remote, reason: because("A person says that it is there."), ..line }
        }
        Word::Posted(_) => Line { state: State::Suppressed, reason: because("A person posted the whole of it."), ..line },
        Word::NotPosted => Line {
            state: State::Queued,
            attempt: line.attempt + 1,
            round: line.round + 1,
            absent: 0,
            reason: because("A person says that it is not there."),
            ..line
        },
        // A round of its own, so that it outranks the parked line whatever the order in which they are read.
        Word::Never => {
            let reason = because("A person says that it is not to be told.");
            Line { state: State::Suppressed, round: line.round + 1, reason, ..line }
        }
    }
}

/// The line of the announcement and those of its parts that are not at an end.
fn open_lines(plan: &Plan, ledger: &Ledger, name: &str, (run, now): (&str, Timestamp)) -> Result<(RecordId, Vec<Line>), ResolveError> {
    if name.len() < FEWEST_DIGITS {
        return Err(ResolveError::Ambiguous(name.to_owned()));
    }
    let known = ledger.records.iter().flat_map(|(record, keys)| keys.iter().map(move |(key, standing)| (record, key, standing)));
    let mut known = known.filter(|(_, key, _)| key.as_str().starts_with(name));
    let planned: Vec<&Entry> = plan.entries.iter().filter(|entry| entry.key.as_str().starts_with(name)).collect();
    match (known.next(), known.next(), planned.as_slice()) {
        (_, Some(_), _) | (_, _, [_, _, ..]) => Err(ResolveError::Ambiguous(name.to_owned())),
        (Some((_, key, _)), None, [entry]) if entry.key != *key => Err(ResolveError::Ambiguous(name.to_owned())),
        (Some((record, key, standing)), None, _) => Ok((record.clone(), with_parts(ledger, record, key, standing))),
        (None, None, [entry]) => Ok((entry.record.clone(), vec![new_line(entry, &entry.key, None, run, now)])),
        (None, None, []) => Err(ResolveError::NoSuch(name.to_owned())),
    }
}

fn with_parts(ledger: &Ledger, record: &RecordId, key: &Key, standing: &Standing) -> Vec<Line> {
    let parts = (1..).map_while(|part| ledger.standing(record, &key.part(part)));
    let removals = (0..).map_while(|part| ledger.standing(record, &key.removal(part)));
    let open: Vec<Line> = parts.chain(removals).map(|standing| &standing.line).filter(|line| line.state != State::Sent).cloned().collect();
    match standing.line.state {
        // Of a thread that is half there, the rest is what is settled.
        State::Sent if !open.is_empty() => open,
        _ => std::iter::once(standing.line.clone()).chain(open).collect(),
    }
}
