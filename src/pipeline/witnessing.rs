//! In: a log whose newest checkpoint is published. Out: what its witnesses and the service that stamps times have signed,
//! kept in the state; and a finding for each that has not.
//!
//! Best effort, and after everything else: nothing that was published depends on it, and the next run asks again for what is
//! missing. One answer is loud: a witness that says that the log does not go on from what it has signed.

use super::RunError;
use super::logging;
use super::telling::Telling;
use crate::io::disk::SETTINGS;
use crate::io::outside::Outside;
use crate::io::random;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::manifest::Manifest;
use crate::model::state::StateStore;
use crate::model::transport::{Body, Method, Request, Response, Transport};
use crate::transparency::hex;
use crate::transparency::journal::{Batch, Journal};
use crate::transparency::note::VerifierKey;
use crate::transparency::seen::{self, Seen};
use crate::transparency::time_stamp;
use crate::transparency::witness::{self, Answer};
use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// The name of the note beside the ledger: who has not answered, and since when.
const NOTE: &str = "witnesses";

/// What a round has brought.
#[derive(Debug, Default)]
pub struct Round {
    /// The names of the witnesses that have signed.
    pub signed: Vec<String>,
    /// When the checkpoint was stamped, if it was.
    pub stamped: Option<Timestamp>,
    /// Whether a witness has seen another history.
    pub alarm: bool,
    /// Who is missing, and why.
    pub findings: Findings,
}

impl Round {
    /// Whether there is something new to show.
    pub fn is_new(&self) -> bool {
        !self.signed.is_empty() || self.stamped.is_some()
    }
}

/// Since when each that is missing has been.
#[derive(Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Note {
    v: u32,
    missing: BTreeMap<String, Timestamp>,
}

/// Why a witness has not signed.
enum Missing {
    Later(String),
    Alarm(String),
}

/// Asks whoever has not signed the newest checkpoint yet, if the site just published shows it; the state is locked.
pub fn round(telling: &Telling<'_>, store: &mut (dyn StateStore + Send)) -> Result<Round, RunError> {
    let mut round = Round::default();
    let (ways, now) = (telling.ways, telling.site.now.at);
    let Some(log) = &telling.site.settings.log else { return Ok(round) };
    let Some(mut out) = ways.witnesses().filter(|_| !log.witnesses.is_empty() || log.timestamps.is_some()) else { return Ok(round) };
    let Some(keys) = logging::keys(log, &mut round.findings) else { return Ok(round) };
    let files = store.log(&|name| !name.ends_with(".texts") && !name.ends_with(".papers"))?;
    let journal = Journal::signed(&files, &log.origin, keys, None)?;
    let Some(newest) = journal.batches().last().filter(|newest| is_shown(newest, telling.manifest)) else { return Ok(round) };
    let kept = store.note(NOTE)?.and_then(|text| serde_json::from_str::<Note>(&text).ok()).filter(|note| note.v == 1).unwrap_or_default();
    let mut note = Note { v: 1, missing: BTreeMap::new() };
    let mut since = |who: &str| *note.missing.entry(who.to_owned()).or_insert_with(|| kept.missing.get(who).copied().unwrap_or(now));

    let witnesses: Vec<(usize, Option<VerifierKey>, Option<Outside>)> =
        log.witnesses.iter().enumerate().map(|(at, witness)| (at, VerifierKey::parse(&witness.key).ok(), ways.witnesses())).collect();
    let asked: Vec<(usize, String, Result<Option<Seen>, Missing>)> = witnesses
        .into_par_iter()
        .map(|(at, key, out)| {
            let (Some(key), Some(mut out)) = (key, out) else {
                let why = "its key is no verifier key; write the line that the witness gave you";
                return (at, log.witnesses[at].url.clone(), Err(Missing::Later(why.into())));
            };
            let answer = ask(&log.witnesses[at].url, &key, &journal, newest, &mut out);
            (at, key.name().to_owned(), answer)
        })
        .collect();
    let mut all = newest.seen.clone();
    for (at, name, answer) in asked {
        match answer {
            Ok(None) => {}
            Ok(Some(seen)) => {
                all.push(seen);
                round.signed.push(name);
            }
            Err(Missing::Later(why)) => round.findings.push(unwitnessed((at, &name), &why, newest.size, since(&name))),
            Err(Missing::Alarm(why)) => {
                since(&name);
                round.alarm = true;
                round.findings.push(alarm((at, &name), &why, newest.size));
            }
        }
    }
    let mut files = Vec::new();
    if !round.signed.is_empty() {
        files.push((seen::seen_name(newest.from), seen::file(&all)));
    }
    if let Some(url) = log.timestamps.as_ref().filter(|_| newest.stamp.is_none()) {
        match stamp(url, &seen::served(&newest.signed, &all), &mut out) {
            Ok((bytes, time)) => {
                files.push((seen::stamp_name(newest.from), bytes));
                round.stamped = Some(time);
            }
            Err(why) => round.findings.push(unstamped(&why, newest.size, since(url))),
        }
    }
    if !files.is_empty() {
        store.attach(&files)?;
    }
    if note.missing != kept.missing {
        let text = serde_json::to_string_pretty(&note).expect("a note is made of text and numbers only");
        store.keep(NOTE, &format!("{text}\n"))?;
    }
    Ok(round)
}

/// Whether a site shows a checkpoint, with all that witnesses have signed or a part of it.
fn is_shown(newest: &Batch, manifest: &Manifest) -> bool {
    let shown = manifest.files.get("log/checkpoint").map(|file| file.sha256.as_str());
    (0..=newest.seen.len()).any(|count| shown == Some(&hex(&Sha256::digest(seen::served(&newest.signed, &newest.seen[..count])))))
}

/// Asks one witness; none where it has signed this checkpoint already.
fn ask(url: &str, key: &VerifierKey, journal: &Journal, newest: &Batch, out: &mut dyn Transport) -> Result<Option<Seen>, Missing> {
    if newest.seen.iter().any(|seen| seen.key == *key) {
        return Ok(None);
    }
    let mut old = journal.seen_by(key);
    // Once from where we believe it is, once from where it says it is.
    for again in [true, false] {
        let proof = if old == 0 || old == newest.size { Vec::new() } else { journal.tree().consistency(old, newest.size) };
        let mut request = Request::new(Method::Post, format!("{}/{}", url.trim_end_matches('/'), witness::ADD));
        request.body = Body::Bytes("text/plain; charset=utf-8", witness::request(old, &proof, &newest.signed).into_bytes());
        let Response { status, headers, body } = out.http(&request).map_err(|error| Missing::Later(error.to_string()))?;
        let media_type = headers.iter().find(|(name, _)| name == "content-type").map(|(_, value)| value.as_str());
        let later = |why: &str| Err(Missing::Later(why.to_owned()));
        return match witness::answer(status, media_type, &body, &newest.signed, key) {
            Answer::Signed { lines, .. } => match lines.lines().find_map(|line| Seen::of(line, &newest.signed, key)) {
                Some(seen) => Ok(Some(seen)),
                None => later("its signature does not hold"),
            },
            Answer::Behind(size) if size > newest.size => Err(Missing::Alarm(format!("it has signed a checkpoint of {size} entries"))),
            Answer::Behind(size) if again => {
                old = size;
                continue;
            }
            Answer::Behind(_) => later("it gives another size each time that it is asked"),
            Answer::Alarm => Err(Missing::Alarm("what it has signed does not lead here".into())),
            Answer::UnknownLog => later("it does not know this log; its operator must add the key that stands first in `log.key`"),
            Answer::BadSignature => {
                later("it does not accept the log's signature; its operator must know the key that stands first in `log.key`")
            }
            Answer::Refused(why) => Err(Missing::Later(why)),
        };
    }
    Err(Missing::Later("it does not say how far it has come".into()))
}

/// Asks the service for a stamp of the checkpoint as it is served.
fn stamp(url: &str, note: &str, out: &mut dyn Transport) -> Result<(Vec<u8>, Timestamp), String> {
    let random = random::bytes();
    let nonce = time_stamp::nonce(std::array::from_fn(|at| random[at]));
    let mut request = Request::new(Method::Post, url);
    request.body = Body::Bytes(time_stamp::QUERY, time_stamp::request(note.as_bytes(), &nonce));
    let answer = out.http(&request).map_err(|error| error.to_string())?;
    if answer.status != 200 {
        return Err(format!("it answers {}", answer.status));
    }
    match time_stamp::answer(&answer.body, note.as_bytes(), &nonce) {
        Ok(stamp) => Ok((answer.body, stamp.time)),
        Err(error) => Err(format!("its answer is not accepted: {error}")),
    }
}

fn unwitnessed((at, name): (usize, &str), why: &str, size: u64, since: Timestamp) -> Finding {
    Finding::warning(
        "log-unwitnessed",
        Place::field(SETTINGS, format!("log.witnesses.{at}")),
        format!("The witness {name} has not signed the log's checkpoint of {size} entries: {why}. It is missing since {since}."),
        "The site is published all the same, and the next run asks again. Where this lasts, ask whoever runs the witness.",
    )
}

fn unstamped(why: &str, size: u64, since: Timestamp) -> Finding {
    Finding::warning(
        "log-unstamped",
        Place::field(SETTINGS, "log.timestamps"),
        format!("The log's checkpoint of {size} entries has no time stamp: {why}. Stamps are missing since {since}."),
        "The site is published all the same, and the next run asks again. Where this lasts, name another service.",
    )
}

fn alarm((at, name): (usize, &str), why: &str, size: u64) -> Finding {
    Finding::error(
        "log-alarm",
        Place::field(SETTINGS, format!("log.witnesses.{at}")),
        format!(
            "The witness {name} says that this log of {size} entries is not the one that it knows: {why}. Somebody has published another history with the log's key, or this state is an old one."
        ),
        "Publish nothing more until a person has looked: `docs/log.md`, \u{201c}When a witness raises the alarm\u{201d}. The site stays as it is.",
    )
}
