//! In: the files of a state, wherever they are kept. Out: the ledger that they tell, what must be mended, or why they
//! cannot be trusted. Folder, branch and bucket hold the same files, so moving between them is copying.

use super::lines::{self, Header};
use super::steps::{self, Batch, INTENT, Names};
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::route::SafePath;
use crate::model::state::LogFiles;
use crate::model::transport::{Repair, StateError};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::{Error, ErrorKind};

/// The header's file.
pub(super) const HEADER: &str = "state.json";
/// How the file of a record ends.
pub(super) const ENDING: &str = ".jsonl";
/// How the file of a note ends.
pub(super) const NOTE: &str = ".json";
/// Appends between two writes of the header; it may lag, because files longer than their count are mended.
pub(super) const LAG: usize = 64;

/// What a reading found.
pub(super) struct Found {
    /// The standings.
    pub ledger: Ledger,
    /// The header as it should be.
    pub header: Header,
    /// What is to be told.
    pub repairs: Vec<Repair>,
    /// Records with a torn end, and how many bytes of their files are whole.
    pub torn: Vec<(String, usize)>,
    /// Lines that go with a step of the log and are not in their files yet; the standings know them.
    pub missing: Batch,
    /// Whether the header should be written.
    pub stale_header: bool,
}

/// Where a file is, for people.
pub(super) type Place<'p> = &'p dyn Fn(&str) -> String;

/// Reads what is named against the header; `bytes` gives a file by its path.
pub(super) fn read(
    header: Option<Header>,
    names: &Names,
    place: Place<'_>,
    bytes: &mut dyn FnMut(&str) -> Result<Vec<u8>, StateError>,
) -> Result<Found, StateError> {
    steps::whole(header.as_ref(), &names.log, place)?;
    let ids = &names.ids;
    let baselines = header.as_ref().map(|header| header.baselines.clone()).unwrap_or_default();
    let mut found = Found {
        ledger: Ledger { baselines: baselines.clone(), ..Ledger::default() },
        header: Header { v: 1, baselines, log: names.steps(), ..Header::default() },
        repairs: Vec::new(),
        torn: Vec::new(),
        missing: Batch::new(),
        stale_header: header.is_none(),
    };
    let Some(header) = header else {
        return match ids.is_empty() {
            true => Ok(found),
            false => Err(StateError::Truncated(format!("{} is missing, though there are announcements on record", place(HEADER)))),
        };
    };
    if let Some(lost) = header.files.keys().find(|id| ids.binary_search(id).is_err()) {
        return Err(StateError::Truncated(format!("{} is missing", place(&format!("{lost}{ENDING}")))));
    }
    for id in ids {
        let expected = header.files.get(id).copied().unwrap_or(0);
        let name = format!("{id}{ENDING}");
        found.take(id, &bytes(&name)?, expected, &place(&name))?;
    }
    found.missing = steps::missing(names, &found.header.files, place, bytes)?;
    for (record, lines) in &found.missing {
        lines.iter().for_each(|line| found.ledger.fold(record, line.clone()));
    }
    if !found.missing.is_empty() {
        let count: usize = found.missing.iter().map(|(_, lines)| lines.len()).sum();
        let what = format!("A step of the log was written and {count} lines of the ledger that go with it were not; they were added.");
        found.repairs.push(Repair { path: place(INTENT), what });
    }
    found.stale_header = found.header != header;
    Ok(found)
}

impl Found {
    fn take(&mut self, id: &str, bytes: &[u8], expected: usize, place: &str) -> Result<(), StateError> {
        let content = lines::decode(bytes).map_err(|(line, what)| StateError::Damaged { path: place.to_owned(), line, what })?;
        let seen = content.lines.len();
        if seen < expected {
            return Err(StateError::Truncated(format!("{place} has {seen} whole lines where {expected} were written")));
        }
        let torn = bytes.len() - content.whole;
        if torn > 0 {
            let what = format!("The last line was torn by a crash; its {torn} bytes were cut off and nothing else was lost.");
            self.repairs.push(Repair { path: place.to_owned(), what });
            self.torn.push((id.to_owned(), content.whole));
        }
        if seen > 0 {
            self.header.files.insert(id.to_owned(), seen);
        }
        let record = RecordId(id.to_owned());
        content.lines.into_iter().for_each(|line| self.ledger.fold(&record, line));
        Ok(())
    }
}

/// All of a state as it stands, for a copy of it.
#[derive(Debug, Default)]
pub struct Whole {
    /// When each channel's baseline was taken.
    pub baselines: BTreeMap<String, Timestamp>,
    /// The lines of each record, in their order.
    pub lines: Vec<(RecordId, Vec<Line>)>,
    /// The files of the log.
    pub log: LogFiles,
}

impl Whole {
    /// From the files of a state that has been read without fault, and those of its log.
    pub(super) fn of<'f>(found: Found, files: impl Iterator<Item = (&'f String, &'f Vec<u8>)>, log: LogFiles) -> Whole {
        let records =
            files.filter_map(|(name, bytes)| Some((RecordId(name.strip_suffix(ENDING)?.to_owned()), lines::decode(bytes).ok()?.lines)));
        Whole { baselines: found.ledger.baselines, lines: records.chain(found.missing).collect(), log }
    }

    /// Whether there is nothing to copy.
    pub(super) fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.baselines.is_empty() && self.log.is_empty()
    }
}

/// A header from the bytes of its file.
pub(super) fn header(bytes: &[u8], place: &str) -> Result<Header, StateError> {
    let damaged = |what: String| StateError::Damaged { path: place.to_owned(), line: 1, what };
    let header: Header = serde_json::from_slice(bytes).map_err(|error| damaged(error.to_string()))?;
    if header.v == 1 { Ok(header) } else { Err(damaged(format!("it is of version {}", header.v))) }
}

/// The bytes of a header's file.
pub(super) fn header_bytes(header: &Header) -> Vec<u8> {
    let mut text = serde_json::to_vec_pretty(header).expect("a header is made of text and numbers only");
    text.push(b'\n');
    text
}

/// The name of a record's file, if one can have it.
pub(super) fn name_of(record: &RecordId) -> Result<String, StateError> {
    let name = format!("{record}{ENDING}");
    let safe = SafePath::new(&name).is_ok_and(|safe| safe.as_str() == name) && !record.as_str().is_empty();
    if safe { Ok(name) } else { Err(io(&name, ErrorKind::InvalidInput, "no file can have this name")) }
}

/// A failure of reading or writing.
pub(super) fn io(path: &str, kind: ErrorKind, what: impl Into<String>) -> StateError {
    StateError::Io { path: path.to_owned(), source: Error::new(kind, what.into()) }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    /// A file with so many whole lines.
    fn file(lines: usize) -> Vec<u8> {
        let line = |attempt: usize| {
            let text = format!(
                r#"{{"v":1,"key":"{}","state":"sending","at":"2026-11-20T10:00:00Z","run":"r","attempt":{attempt},"channel":"town","event":"published","lang":"sv","version":""}}"#,
                "ab".repeat(32)
            );
            lines::encode(&serde_json::from_str(&text).unwrap())
        };
        (1..=lines).map(line).collect::<String>().into_bytes()
    }

    fn counted(files: &[(&str, usize)]) -> Header {
        Header { v: 1, files: files.iter().map(|(id, lines)| ((*id).to_owned(), *lines)).collect(), ..Header::default() }
    }

    fn seen(header: Option<Header>, files: &[(&str, Vec<u8>)]) -> Result<Found, StateError> {
        let names = Names { ids: files.iter().map(|(id, _)| (*id).to_owned()).collect(), log: Vec::new(), intent: false };
        let place = |name: &str| format!("ledger/{name}");
        read(header, &names, &place, &mut |path| Ok(files.iter().find(|(own, _)| format!("{own}.jsonl") == path).unwrap().1.clone()))
    }

    #[test]
    fn a_state_is_what_its_files_say_and_its_header_says_how_many_lines() {
        let mut header = counted(&[("a", 2), ("b", 1)]);
        header.baselines.insert("town".into(), "2026-11-01T00:00:00Z".parse().unwrap());
        let found = seen(Some(header.clone()), &[("a", file(2)), ("b", file(1))]).unwrap();
        assert!(!found.stale_header && found.repairs.is_empty() && found.torn.is_empty());
        assert_eq!((&found.ledger.baselines, &found.header), (&header.baselines, &header));
        assert_eq!(found.ledger.records[&RecordId("a".into())].values().next().unwrap().line.attempt, 2);
        assert_eq!(found.ledger.records.len(), 2);
    }

    #[test]
    fn a_state_that_was_never_there_is_empty_and_one_without_its_header_is_cut() {
        let none = seen(None, &[]).unwrap();
        assert!(none.stale_header && none.ledger == Ledger::default() && none.header == counted(&[]));
        assert!(
            matches!(seen(None, &[("a", file(1))]), Err(StateError::Truncated(why)) if why.starts_with("ledger/state.json is missing"))
        );
    }

    #[test]
    fn fewer_lines_or_files_than_were_counted_is_a_loss_and_more_is_a_crash_of_the_header() {
        let lost = seen(Some(counted(&[("a", 1), ("b", 1)])), &[("b", file(1))]);
        assert!(matches!(lost, Err(StateError::Truncated(why)) if why == "ledger/a.jsonl is missing"));
        let shorter = seen(Some(counted(&[("a", 3)])), &[("a", file(2))]);
        assert!(matches!(shorter, Err(StateError::Truncated(why)) if why.contains("2 whole lines where 3 were written")));
        let longer = seen(Some(counted(&[("a", 1)])), &[("a", file(2)), ("b", Vec::new())]).unwrap();
        assert!(longer.stale_header && longer.header == counted(&[("a", 2)]), "an empty file is not counted");
    }

    #[test]
    fn a_torn_end_is_told_with_its_length_and_damage_with_its_line() {
        let whole = file(2);
        let torn = [whole.clone(), b"{\"v\":1".to_vec()].concat();
        let found = seen(Some(counted(&[("a", 2)])), &[("a", torn)]).unwrap();
        assert_eq!(found.torn, [("a".to_owned(), whole.len())]);
        assert!(found.repairs.len() == 1 && found.repairs[0].path == "ledger/a.jsonl" && found.repairs[0].what.contains("its 6 bytes"));
        let damaged = [b"x\n".to_vec(), whole].concat();
        assert!(
            matches!(seen(Some(counted(&[])), &[("a", damaged)]), Err(StateError::Damaged { path, line: 1, .. }) if path == "ledger/a.jsonl")
        );
    }

    #[test]
    fn a_header_is_written_and_read_back_and_one_of_another_version_refused() {
        let own = counted(&[("a", 2)]);
        let bytes = header_bytes(&own);
        assert!(bytes.ends_with(b"}\n"));
        assert_eq!(header(&bytes, "x").unwrap(), own);
        assert!(matches!(header(b"{}", "x"), Err(StateError::Damaged { path, line: 1, .. }) if path == "x"));
        let other = String::from_utf8(bytes).unwrap().replace("\"v\": 1", "\"v\": 2");
        assert!(matches!(header(other.as_bytes(), "x"), Err(StateError::Damaged { what, .. }) if what.contains("version 2")));
    }

    #[test]
    fn a_record_has_a_file_only_if_its_name_is_one() {
        let name = |id: &str| name_of(&RecordId(id.into()));
        assert_eq!(name("updates/2026/ferry").unwrap(), "updates/2026/ferry.jsonl");
        for bad in ["", "../x", "a//b", "a%20b", "/a", "a\\b"] {
            assert!(matches!(name(bad), Err(StateError::Io { .. })), "{bad:?}");
        }
        let fault = io("place", ErrorKind::InvalidInput, "words");
        assert!(matches!(fault, StateError::Io { path, source } if path == "place" && source.to_string() == "words"));
    }

    #[test]
    fn a_whole_copy_has_every_line_of_every_record_and_nothing_else() {
        let found = seen(Some(counted(&[("a", 2)])), &[("a", file(2))]).unwrap();
        let files: BTreeMap<String, Vec<u8>> = [("a.jsonl".to_owned(), file(2)), ("state.json".to_owned(), b"{}".to_vec())].into();
        let whole = Whole::of(found, files.iter(), LogFiles::new());
        assert_eq!(whole.lines.iter().map(|(id, lines)| (id.as_str(), lines.len())).collect::<Vec<_>>(), [("a", 2)]);
    }
}
