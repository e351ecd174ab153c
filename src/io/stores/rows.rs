//! In: lines of many records. Out: the rows of a database that hold them.

use super::found;
use super::lines;
use crate::model::ledger::Line;
use crate::model::record::RecordId;
use crate::model::transport::StateError;
use ::postgres::Transaction;
use std::collections::BTreeMap;

/// Lines as rows, numbered on from those that are there.
pub(super) struct Rows {
    records: Vec<String>,
    numbers: Vec<i32>,
    texts: Vec<String>,
    /// How many lines each record has then.
    pub counts: BTreeMap<String, i32>,
}

impl Rows {
    /// From the lines and from how many there are of each record.
    pub(super) fn of(batch: &[(RecordId, Vec<Line>)], counts: &BTreeMap<String, i32>) -> Result<Rows, StateError> {
        let mut rows = Rows { records: Vec::new(), numbers: Vec::new(), texts: Vec::new(), counts: counts.clone() };
        for (record, lines) in batch {
            found::name_of(record)?;
            for line in lines {
                let count = rows.counts.entry(record.as_str().to_owned()).or_default();
                *count += 1;
                rows.numbers.push(*count);
                rows.records.push(record.as_str().to_owned());
                rows.texts.push(lines::encode(line).trim_end_matches('\n').to_owned());
            }
        }
        Ok(rows)
    }

    /// Puts them into the table, and counts them.
    pub(super) fn insert(&self, work: &mut Transaction<'_>, schema: &str) -> Result<(), ::postgres::Error> {
        let added = i64::try_from(self.texts.len()).unwrap_or(i64::MAX);
        let all = format!("INSERT INTO {schema}.lines (record, n, line) SELECT * FROM unnest($1::text[], $2::int[], $3::text[])");
        work.execute(&all, &[&self.records, &self.numbers, &self.texts])?;
        work.execute(&format!("UPDATE {schema}.state SET lines = lines + $1"), &[&added]).map(drop)
    }
}
