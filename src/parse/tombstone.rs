//! In: a file `content/RECORD.erased.yaml`. Out: the record whose text was taken out for good, when and why.

use super::fields::AnyId;
use super::{Demand, read};
use crate::model::finding::Checked;
use crate::model::kind::Field;
use crate::model::log::Tombstone;
use crate::model::record::{RecordId, Value};
use crate::model::source::Source;

/// Reads one; `table` says what may stand in it.
pub fn tombstone(source: &Source, table: &'static [Field]) -> Checked<Option<Tombstone>> {
    let demand = Demand { ids: &AnyId, complete: true };
    let mut findings = crate::model::finding::Findings::new();
    let fields = read(source, &(0..source.text.len()), &[table], &demand).into_value(&mut findings);
    let path = source.path.as_str();
    let record = path.strip_prefix("content/").unwrap_or(path).trim_end_matches(".erased.yaml").to_owned();
    let reason = match fields.get("reason") {
        Some(Value::Word(word)) => *word,
        _ => "",
    };
    let date = match fields.get("date") {
        Some(Value::Day(day)) => day.to_string(),
        _ => String::new(),
    };
    let whole = !findings.has_errors();
    let tombstone =
        Tombstone { record: RecordId(record), file: path.to_owned(), date, reason, basis: fields.text("basis").map(str::to_owned) };
    Checked::new(whole.then_some(tombstone), findings)
}
