//! In: the time stamps beside the checkpoints of a site. Out: whether each belongs to its checkpoint, and what time it tells.
//!
//! The signature of a stamp is that of a certificate; whom one trusts there is for the reader to say, and `openssl` checks it.

use super::check_log::{LOG, entries_of};
use super::encoding::decimal;
use super::site::{Falsehood, Report, Site, Unreachable, of};
use super::time_stamp;

/// Looks at every stamp.
pub(super) fn stamps(site: &dyn Site, report: &mut Report) -> Result<(), Unreachable> {
    let sound = report.holds();
    let (mut count, mut newest) = (0, None::<(u64, jiff::Timestamp, String, Option<usize>)>);
    for path in site.list()?.unwrap_or_default() {
        let Some(checkpoint) = path.strip_suffix(".tsr").filter(|checkpoint| checkpoint.starts_with(LOG)) else { continue };
        let bytes = site.get(&path)?.unwrap_or_default();
        let note = site.get(checkpoint)?.and_then(|note| String::from_utf8(note).ok());
        let stamp = match time_stamp::read(&bytes) {
            Ok(stamp) => stamp,
            Err(error) => {
                report.fault(Falsehood::Stamp, &path, format!("The time stamp is not accepted: {error}."));
                continue;
            }
        };
        let Some(note) = note else {
            report.fault(Falsehood::Stamp, &path, "The checkpoint is missing that the time stamp belongs to.");
            continue;
        };
        let Some(lines) = time_stamp::lines_of(&stamp, &note) else {
            report.fault(Falsehood::Stamp, &path, "The time stamp is one of something else than the checkpoint beside it.");
            continue;
        };
        count += 1;
        let size = checkpoint.rsplit('/').next().and_then(decimal).unwrap_or_default();
        if newest.as_ref().is_none_or(|(known, ..)| *known < size) {
            let part = (lines < note.lines().count()).then_some(lines);
            newest = Some((size, stamp.time, path, part));
        }
    }
    let Some((size, time, path, part)) = newest else { return Ok(()) };
    if sound && report.holds() {
        let text = match count {
            1 => "The time stamp belongs to the checkpoint beside it.".to_owned(),
            _ => format!("{} belong to the checkpoints beside them.", of(count, "time stamp")),
        };
        report.proven.push(text);
    }
    let checkpoint = path.trim_end_matches(".tsr");
    let (first, data) = match part {
        None => (String::new(), checkpoint.to_owned()),
        Some(lines) => (format!("head -n {lines} {checkpoint} > stamped; "), "stamped".to_owned()),
    };
    report.open.push(format!(
        "The signature of the time stamp that says that the log had {} on {time}. With the certificates of the service that stamps: \
         `{first}openssl ts -verify -in {path} -data {data} -CAfile CERTIFICATES.pem`",
        entries_of(size)
    ));
    Ok(())
}
