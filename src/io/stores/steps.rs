//! In: names and bytes of a state's files. Out: which of them are the log's, whether one of its steps is gone, and the
//! lines of the ledger that a step brings.
//!
//! A step of the log and its lines count together or not at all. A branch and a database do that by themselves. A folder
//! and a bucket write down first what lines come with the step (`log/.lines`, with the hash of the file that decides),
//! then the step, then the lines. A run that dies between the two leaves a step whose lines the next reading adds; one
//! that dies before leaves nothing. The note is never taken twice: the count of lines before it tells what is there.

use super::found::{self, ENDING, HEADER, Place, io};
use super::lines::{self, Header};
use crate::model::announcement::hex;
use crate::model::ledger::Line;
use crate::model::record::RecordId;
use crate::model::transport::StateError;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::ErrorKind;

/// The folder of the log's files.
pub(super) const LOG: &str = "log";
/// The note of the lines that a step brings.
pub(super) const INTENT: &str = "log/.lines";
/// Longest file of the log that is written or read, in bytes.
pub(super) const LIMIT: u64 = 256 * 1024 * 1024;
/// How the file ends that decides about a step.
const DECIDES: &str = ".json";

/// New files of the log, in the order in which they become durable.
pub(super) type Step<'s> = &'s [(String, Vec<u8>)];
/// Lines of many records.
pub(super) type Batch = Vec<(RecordId, Vec<Line>)>;

/// The names of a state's files, by what they are.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// Records that have a file, sorted.
    pub ids: Vec<String>,
    /// The log's files, by their names below its folder, sorted.
    pub log: Vec<String>,
    /// Whether there is a note of lines.
    pub intent: bool,
}

impl Names {
    /// From the paths of all files. What begins with a dot is a leftover, and a record may have a file in the same folder;
    /// anything else there that the log cannot have written is refused.
    pub(super) fn of<'n>(paths: impl Iterator<Item = &'n str>) -> Result<Names, StateError> {
        let mut names = Names::default();
        for path in paths {
            if path == INTENT {
                names.intent = true;
            } else if let Some(id) = path.strip_suffix(ENDING) {
                names.ids.push(id.to_owned());
            } else if let Some(name) = path.strip_prefix("log/").filter(|name| !name.starts_with('.')) {
                path_of(name)?;
                names.log.push(name.to_owned());
            }
        }
        names.ids.sort();
        names.log.sort();
        Ok(names)
    }

    /// How many steps the log has.
    pub(super) fn steps(&self) -> usize {
        count(&self.log)
    }
}

/// How many steps these files of the log make.
pub(super) fn count(log: &[String]) -> usize {
    log.iter().filter(|name| name.ends_with(DECIDES)).count()
}

/// Refuses a log that has fewer steps than the header says, or one that no header knows of.
pub(super) fn whole(header: Option<&Header>, log: &[String], place: Place<'_>) -> Result<(), StateError> {
    let steps = count(log);
    match header {
        Some(header) => enough(steps, header.log, &place(LOG)),
        None if steps > 0 => Err(StateError::Truncated(format!("{} is missing, though something was published", place(HEADER)))),
        None => Ok(()),
    }
}

/// Refuses a log that was cut.
pub(super) fn enough(steps: usize, expected: usize, place: &str) -> Result<(), StateError> {
    if steps >= expected {
        return Ok(());
    }
    Err(StateError::Truncated(format!("{place} has {steps} steps where {expected} were written")))
}

/// The path of a file of the log in the state, if it can have one.
pub(super) fn path_of(name: &str) -> Result<String, StateError> {
    let plain = !name.starts_with('.') && name.len() < 100 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'.');
    let path = format!("{LOG}/{name}");
    if plain && !name.is_empty() && !name.ends_with(ENDING) {
        return Ok(path);
    }
    Err(io(&path.escape_debug().to_string(), ErrorKind::InvalidInput, "no file of the log can have this name"))
}

/// The same files by their paths, each fit to be written.
pub(super) fn fit(files: Step<'_>) -> Result<Vec<(String, &[u8])>, StateError> {
    let one = |(name, bytes): &'_ (String, Vec<u8>)| {
        let path = path_of(name)?;
        match bytes.len() as u64 > LIMIT {
            true => Err(io(&path, ErrorKind::InvalidInput, format!("longer than {} MiB, which no store can keep", LIMIT >> 20))),
            false => Ok(path),
        }
    };
    files.iter().map(|file| Ok((one(file)?, file.1.as_slice()))).collect()
}

#[derive(Serialize, Deserialize)]
struct Intent {
    v: u32,
    step: String,
    sha256: String,
    lines: Vec<Brought>,
}

#[derive(Serialize, Deserialize)]
struct Brought {
    record: RecordId,
    before: usize,
    lines: Vec<String>,
}

/// The note of the lines that come with a step; `counts` tells how many lines each record has.
pub(super) fn intent(
    step: &(String, Vec<u8>),
    batch: &[(RecordId, Vec<Line>)],
    counts: &BTreeMap<String, usize>,
) -> Result<Vec<u8>, StateError> {
    let mut counts = counts.clone();
    let mut brought = Vec::new();
    for (record, lines) in batch {
        found::name_of(record)?;
        let count = counts.entry(record.as_str().to_owned()).or_default();
        let texts = lines.iter().map(|line| lines::encode(line).trim_end_matches('\n').to_owned()).collect();
        brought.push(Brought { record: record.clone(), before: *count, lines: texts });
        *count += lines.len();
    }
    let note = Intent { v: 1, step: step.0.clone(), sha256: sum(&step.1), lines: brought };
    let mut text = serde_json::to_vec(&note).expect("a note is made of text and numbers only");
    text.push(b'\n');
    Ok(text)
}

/// The lines of a step that counts which the ledger has not got; `counts` tells how many whole lines each record has.
pub(super) fn missing(
    names: &Names,
    counts: &BTreeMap<String, usize>,
    place: Place<'_>,
    bytes: &mut dyn FnMut(&str) -> Result<Vec<u8>, StateError>,
) -> Result<Batch, StateError> {
    if !names.intent {
        return Ok(Batch::new());
    }
    let damaged = |what: String| StateError::Damaged { path: place(INTENT), line: 1, what };
    let note: Intent = serde_json::from_slice(&bytes(INTENT)?).map_err(|error| damaged(error.to_string()))?;
    if note.v != 1 {
        return Err(damaged(format!("it is of version {}", note.v)));
    }
    if names.log.binary_search(&note.step).is_err() || sum(&bytes(&path_of(&note.step)?)?) != note.sha256 {
        return Ok(Batch::new());
    }
    let mut batch = Batch::new();
    for brought in note.lines {
        found::name_of(&brought.record)?;
        let have = counts.get(brought.record.as_str()).copied().unwrap_or(0);
        let Some(done) = have.checked_sub(brought.before) else {
            let what = format!("{} has {have} whole lines where {} were written", place(brought.record.as_str()), brought.before);
            return Err(StateError::Truncated(what));
        };
        let parse = |text: &String| lines::line(&format!("{text}\n")).map_err(damaged);
        let lines = brought.lines.iter().skip(done).map(parse).collect::<Result<Vec<Line>, _>>()?;
        if !lines.is_empty() {
            batch.push((brought.record, lines));
        }
    }
    Ok(batch)
}

fn sum(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
