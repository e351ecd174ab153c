//! In: a PostgreSQL database. Out: its standings; and lines in it, committed before an append returns.
//!
//! One row a line, in the very writing of the folder's files, checksum included; rows are only ever added. A session
//! advisory lock keeps a second run out and ends with the connection, so a crash needs no waiting. Every write is one
//! transaction that first looks, under a row lock, whether the state's `epoch` is still ours: it grows with each `load`,
//! so a run that was taken for dead cannot make a `sending` durable, and sends nothing. A connection that is lost is the
//! lock lost: nothing is written or sent after it, and nothing reconnects within a run.
//!
//! A file of the log is a row too. A step of the log, its lines and both counts are one transaction; a name that is there
//! already means that another run was first.
//!
//! The count of all lines stands in the state's row and is changed in the same transaction, so a line that is missing is
//! seen. The connection goes straight to the server: a pooler that hands one session to several clients has no session
//! locks, which the epoch then makes good. Facts: <https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS>.

use super::database::{self, VERSION, fault, has_log, has_tables, holder, lock_number, log_tables, read, read_log, tables};
use super::found::{self, Whole};
use super::rows::Rows;
use super::steps;
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::settings::SecretRef;
use crate::model::state::LogFiles;
use crate::model::transport::{Repair, StateError, StateStore};
use ::postgres::{Client, Transaction};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The ledger in a database.
pub struct PostgresStore {
    root: PathBuf,
    url: SecretRef,
    schema: String,
    held: Option<Held>,
}

/// A database whose lock is ours.
struct Held {
    client: Client,
    schema: String,
    place: String,
    epoch: i64,
    /// How many lines each record has.
    counts: BTreeMap<String, i32>,
    /// A write failed: nobody knows what the database holds now, so nothing more is written.
    lost: bool,
}

impl PostgresStore {
    /// A store in this database; touches nothing.
    pub fn new(root: &Path, url: &SecretRef, schema: &str) -> PostgresStore {
        PostgresStore { root: root.to_owned(), url: url.clone(), schema: schema.to_owned(), held: None }
    }

    /// The ledger without the lock; nothing is made or written.
    pub fn look(&self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let (mut client, place) = self.connect()?;
        if !has_tables(&mut client, &self.schema).map_err(fault(&place))? {
            return Ok((Ledger::default(), Vec::new()));
        }
        let snapshot = client.build_transaction().isolation_level(::postgres::IsolationLevel::RepeatableRead).read_only(true).start();
        let read = read(&mut snapshot.map_err(fault(&place))?, &self.schema, &place, &mut |_, _| {})?;
        Ok((read.ledger, read.repairs))
    }

    /// All lines, for a copy.
    pub fn whole(&self) -> Result<Whole, StateError> {
        let (mut client, place) = self.connect()?;
        if !has_tables(&mut client, &self.schema).map_err(fault(&place))? {
            return Ok(Whole::default());
        }
        let snapshot = client.build_transaction().isolation_level(::postgres::IsolationLevel::RepeatableRead).read_only(true).start();
        let mut kept: BTreeMap<RecordId, Vec<Line>> = BTreeMap::new();
        let mut keep = |record: &RecordId, line: &Line| kept.entry(record.clone()).or_default().push(line.clone());
        let mut snapshot = snapshot.map_err(fault(&place))?;
        let found = read(&mut snapshot, &self.schema, &place, &mut keep)?;
        let log = if found.steps.is_some() { read_log(&mut snapshot, &self.schema, &place, &|_| true)? } else { LogFiles::new() };
        Ok(Whole { baselines: found.ledger.baselines, lines: kept.into_iter().collect(), log })
    }

    fn connect(&self) -> Result<(Client, String), StateError> {
        database::connect(&self.root, &self.url, &self.schema)
    }

    fn claim(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let (mut client, place) = self.connect()?;
        let schema = &self.schema;
        let number = lock_number(schema);
        let locked: bool = client.query_one("SELECT pg_try_advisory_lock($1)", &[&number]).map_err(fault(&place))?.get(0);
        if !locked {
            let holder = holder(&mut client, schema).unwrap_or_else(|| "it holds the lock of the database".into());
            return Err(StateError::Locked { holder });
        }
        if !has_tables(&mut client, schema).map_err(fault(&place))? {
            client.batch_execute(&tables(schema)).map_err(fault(&place))?;
        } else if !has_log(&mut client, schema).map_err(fault(&place))? && client.batch_execute(&log_tables(schema)).is_err() {
            // This role may make nothing; that is told when a log is to be written.
            client.batch_execute("ROLLBACK").map_err(fault(&place))?;
        }
        let me = format!("process {}, since {}", std::process::id(), Timestamp::now());
        let mut work = client.transaction().map_err(fault(&place))?;
        let begun = work.query_one(&format!("UPDATE {schema}.state SET epoch = epoch + 1, holder = $1 RETURNING epoch, v"), &[&me]);
        let (epoch, version): (i64, i32) = begun.map(|row| (row.get(0), row.get(1))).map_err(fault(&place))?;
        if version != VERSION {
            let what = format!("its tables are of version {version}, which this program does not know");
            return Err(StateError::Damaged { path: place, line: 1, what });
        }
        let found = read(&mut work, schema, &place, &mut |_, _| {})?;
        if !found.repairs.is_empty() {
            work.execute(&format!("UPDATE {schema}.state SET lines = $1"), &[&found.total]).map_err(fault(&place))?;
        }
        if let Some(steps) = found.steps {
            work.execute(&format!("UPDATE {schema}.state SET log = $1 WHERE log <> $1"), &[&steps]).map_err(fault(&place))?;
        }
        work.commit().map_err(fault(&place))?;
        self.held = Some(Held { client, schema: schema.clone(), place, epoch, counts: found.counts, lost: false });
        Ok((found.ledger, found.repairs))
    }

    fn held(&mut self) -> &mut Held {
        self.held.as_mut().expect("a store is loaded, and so locked, before it is written")
    }
}

impl Held {
    /// One transaction, if the state is still ours; committed when it returns.
    fn write<T>(&mut self, work: impl FnOnce(&mut Transaction<'_>, &str) -> Result<T, ::postgres::Error>) -> Result<T, StateError> {
        if self.lost {
            return Err(found::io(&self.place, ErrorKind::NotConnected, "the connection was lost, and with it the lock"));
        }
        // Lost until the opposite is known.
        self.lost = true;
        let (schema, place) = (&self.schema, &self.place);
        let mut transaction = self.client.transaction().map_err(fault(place))?;
        let row = transaction.query_one(&format!("SELECT epoch FROM {schema}.state FOR UPDATE"), &[]).map_err(fault(place))?;
        if row.get::<_, i64>(0) != self.epoch {
            return Err(StateError::Raced { place: place.clone() });
        }
        let done = work(&mut transaction, schema).map_err(fault(place))?;
        transaction.commit().map_err(fault(place))?;
        self.lost = false;
        Ok(done)
    }

    fn append(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        let rows = Rows::of(batch, &self.counts)?;
        self.write(|work, schema| rows.insert(work, schema))?;
        self.counts = rows.counts;
        Ok(())
    }

    fn advance(&mut self, files: &[(String, Vec<u8>)], batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        steps::fit(files)?;
        let Some(((last, decides), before)) = files.split_last() else { return self.append(batch) };
        let rows = Rows::of(batch, &self.counts)?;
        let is_first = self.write(|work, schema| {
            let put = format!("INSERT INTO {schema}.log (name, bytes) VALUES ($1, $2) ON CONFLICT (name)");
            if work.execute(&format!("{put} DO NOTHING"), &[last, decides])? == 0 {
                return Ok(false);
            }
            for (name, bytes) in before {
                work.execute(&format!("{put} DO UPDATE SET bytes = excluded.bytes"), &[name, bytes])?;
            }
            work.execute(&format!("UPDATE {schema}.state SET log = log + 1"), &[])?;
            rows.insert(work, schema).map(|()| true)
        })?;
        if !is_first {
            return Err(StateError::Raced { place: format!("{last} in {}", self.place) });
        }
        self.counts = rows.counts;
        Ok(())
    }

    /// Refuses, with a word for the administrator, where nobody has made a place for the log.
    fn has_log(&mut self) -> Result<(), StateError> {
        if has_log(&mut self.client, &self.schema).map_err(fault(&self.place))? {
            return Ok(());
        }
        let what = "there is no table for the log, and this role may not make it; docs/stores.md says what an administrator runs";
        Err(found::io(&self.place, ErrorKind::PermissionDenied, what))
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        // The server lets go by itself when it notices that the connection has ended; the next run need not wait for that.
        if !self.client.is_closed() {
            let _ = self.client.batch_execute("SELECT pg_advisory_unlock_all()");
        }
    }
}

impl StateStore for PostgresStore {
    fn is_far(&self) -> bool {
        true
    }

    fn load(&mut self) -> Result<(Ledger, Vec<Repair>), StateError> {
        let Some(held) = &mut self.held else { return self.claim() };
        let place = held.place.clone();
        let mut work = held.client.transaction().map_err(fault(&place))?;
        read(&mut work, &held.schema, &place, &mut |_, _| {}).map(|found| (found.ledger, found.repairs))
    }

    fn append(&mut self, record: &RecordId, lines: &[Line]) -> Result<(), StateError> {
        self.held().append(&[(record.clone(), lines.to_vec())])
    }

    fn append_all(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        if batch.is_empty() { Ok(()) } else { self.held().append(batch) }
    }

    fn baseline(&mut self, channel: &str, at: Timestamp) -> Result<(), StateError> {
        self.held().write(|work, schema| {
            let put = format!(
                "INSERT INTO {schema}.baselines (channel, at) VALUES ($1, $2) ON CONFLICT (channel) DO UPDATE SET at = excluded.at"
            );
            work.execute(&put, &[&channel, &at.to_string()]).map(drop)
        })
    }

    fn note(&mut self, name: &str) -> Result<Option<String>, StateError> {
        if self.held.is_none() {
            self.claim()?;
        }
        let held = self.held();
        let rows = held.client.query(&format!("SELECT text FROM {}.notes WHERE name = $1", held.schema), &[&name]);
        Ok(rows.map_err(fault(&held.place))?.first().map(|row| row.get(0)))
    }

    fn keep(&mut self, name: &str, text: &str) -> Result<(), StateError> {
        if self.held.is_none() {
            self.claim()?;
        }
        self.held().write(|work, schema| {
            let put =
                format!("INSERT INTO {schema}.notes (name, text) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET text = excluded.text");
            work.execute(&put, &[&name, &text]).map(drop)
        })
    }

    fn log(&mut self, wanted: &dyn Fn(&str) -> bool) -> Result<LogFiles, StateError> {
        if let Some(held) = &mut self.held {
            let mut work = held.client.transaction().map_err(fault(&held.place))?;
            return read_log(&mut work, &held.schema, &held.place, wanted);
        }
        let (mut client, place) = self.connect()?;
        if !has_tables(&mut client, &self.schema).map_err(fault(&place))? {
            return Ok(LogFiles::new());
        }
        let snapshot = client.build_transaction().isolation_level(::postgres::IsolationLevel::RepeatableRead).read_only(true).start();
        read_log(&mut snapshot.map_err(fault(&place))?, &self.schema, &place, wanted)
    }

    fn advance(&mut self, step: &[(String, Vec<u8>)], lines: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        let held = self.held();
        held.has_log()?;
        held.advance(step, lines)
    }

    fn redact(&mut self, files: &[(String, Vec<u8>)]) -> Result<(), StateError> {
        steps::fit(files)?;
        let held = self.held();
        held.has_log()?;
        held.write(|work, schema| {
            for (name, bytes) in files {
                let put = "ON CONFLICT (name) DO UPDATE SET bytes = excluded.bytes";
                work.execute(&format!("INSERT INTO {schema}.log (name, bytes) VALUES ($1, $2) {put}"), &[name, bytes])?;
            }
            Ok(())
        })
    }
}
