//! In: a PostgreSQL database. Out: its standings; and lines in it, committed before an append returns.
//!
//! One row a line, in the very writing of the folder's files, checksum included; rows are only ever added. A session
//! advisory lock keeps a second run out and ends with the connection, so a crash needs no waiting. Every write is one
//! transaction that first looks, under a row lock, whether the state's `epoch` is still ours: it grows with each `load`,
//! so a run that was taken for dead cannot make a `sending` durable, and sends nothing. A connection that is lost is the
//! lock lost: nothing is written or sent after it, and nothing reconnects within a run.
//!
//! The count of all lines stands in the state's row and is changed in the same transaction, so a line that is missing is
//! seen. The connection goes straight to the server: a pooler that hands one session to several clients has no session
//! locks, which the epoch then makes good. Facts: <https://www.postgresql.org/docs/15/explicit-locking.html#ADVISORY-LOCKS>.

use super::found::{self, Whole};
use super::lines;
use crate::io::secrets;
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::settings::SecretRef;
use crate::model::transport::{Repair, StateError, StateStore};
use ::postgres::config::{Host, SslMode};
use ::postgres::{Client, Config, NoTls, Transaction};
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Version of the tables.
const VERSION: i32 = 1;

/// How the session behaves: no call lasts for ever, what is committed is on the disk, and a client that vanished is
/// noticed within two minutes.
const SESSION: &str = "SET statement_timeout = '30s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; \
     SET synchronous_commit = on; SET client_min_messages = warning; SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 10; \
     SET tcp_keepalives_count = 5; SET application_name = 'promulgate'";

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

/// What a reading found.
struct Read {
    ledger: Ledger,
    counts: BTreeMap<String, i32>,
    repairs: Vec<Repair>,
    total: i64,
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
        let found = read(&mut snapshot.map_err(fault(&place))?, &self.schema, &place, &mut keep)?;
        Ok(Whole { baselines: found.ledger.baselines, lines: kept.into_iter().collect() })
    }

    fn connect(&self) -> Result<(Client, String), StateError> {
        let place = format!("the database, schema {}", self.schema);
        let unusable = |what: String| found::io(&place, ErrorKind::InvalidInput, what);
        let url = secrets::read(&self.url, &self.root).map_err(|error| unusable(error.to_string()))?;
        // The error of a wrong address could repeat it.
        let mut config: Config = url
            .expose()
            .parse()
            .map_err(|_| unusable("its address cannot be read; write postgres://USER:PASSWORD@HOST/DATABASE".into()))?;
        config.connect_timeout(Duration::from_secs(10)).tcp_user_timeout(Duration::from_secs(30)).keepalives_idle(Duration::from_secs(30));
        let place = format!("{}, schema {}", host(&config), self.schema);
        let client = match is_near(&config) && config.get_ssl_mode() == SslMode::Prefer || config.get_ssl_mode() == SslMode::Disable {
            true => config.connect(NoTls),
            false => {
                // Where nothing is said, a password never crosses a network in clear.
                config.ssl_mode(SslMode::Require);
                let certificates = MakeRustlsConnect::with_native_certs();
                let (tls, _) =
                    certificates.map_err(|_| found::io(&place, ErrorKind::NotFound, "this machine has no certificates to trust"))?;
                config.connect(tls)
            }
        };
        let mut client = client.map_err(fault(&place))?;
        client.batch_execute(SESSION).map_err(fault(&place))?;
        Ok((client, place))
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
    fn write(&mut self, work: impl FnOnce(&mut Transaction<'_>, &str) -> Result<(), ::postgres::Error>) -> Result<(), StateError> {
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
        work(&mut transaction, schema).map_err(fault(place))?;
        transaction.commit().map_err(fault(place))?;
        self.lost = false;
        Ok(())
    }

    fn append(&mut self, batch: &[(RecordId, Vec<Line>)]) -> Result<(), StateError> {
        let (mut records, mut numbers, mut texts) = (Vec::new(), Vec::new(), Vec::new());
        let mut counts = self.counts.clone();
        for (record, lines) in batch {
            found::name_of(record)?;
            for line in lines {
                let count = counts.entry(record.as_str().to_owned()).or_default();
                *count += 1;
                records.push(record.as_str());
                numbers.push(*count);
                texts.push(lines::encode(line).trim_end_matches('\n').to_owned());
            }
        }
        let added = i64::try_from(texts.len()).unwrap_or(i64::MAX);
        self.write(|work, schema| {
            let all = format!("INSERT INTO {schema}.lines (record, n, line) SELECT * FROM unnest($1::text[], $2::int[], $3::text[])");
            work.execute(&all, &[&records, &numbers, &texts])?;
            work.execute(&format!("UPDATE {schema}.state SET lines = lines + $1"), &[&added]).map(drop)
        })?;
        self.counts = counts;
        Ok(())
    }
}

impl StateStore for PostgresStore {
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
}

/// What an administrator may run beforehand, so that the program's own role may make nothing.
fn tables(schema: &str) -> String {
    format!(
        "BEGIN;
         CREATE SCHEMA IF NOT EXISTS {schema};
         CREATE TABLE {schema}.lines (record text NOT NULL, n int NOT NULL CHECK (n > 0), line text NOT NULL, PRIMARY KEY (record, n));
         CREATE TABLE {schema}.baselines (channel text PRIMARY KEY, at text NOT NULL);
         CREATE TABLE {schema}.notes (name text PRIMARY KEY, text text NOT NULL);
         CREATE TABLE {schema}.state (one boolean PRIMARY KEY DEFAULT true CHECK (one), v int NOT NULL, epoch bigint NOT NULL, holder text NOT NULL, lines bigint NOT NULL);
         INSERT INTO {schema}.state (v, epoch, holder, lines) VALUES ({VERSION}, 0, '', 0);
         COMMIT"
    )
}

fn has_tables(client: &mut Client, schema: &str) -> Result<bool, ::postgres::Error> {
    let found = client.query_one("SELECT to_regclass($1) IS NOT NULL", &[&format!("{schema}.state")])?;
    Ok(found.get(0))
}

/// Who holds the lock, if they have said so.
fn holder(client: &mut Client, schema: &str) -> Option<String> {
    let row = client.query_opt(&format!("SELECT holder FROM {schema}.state"), &[]).ok()??;
    Some(row.get::<_, String>(0)).filter(|holder| !holder.is_empty())
}

/// Reads and checks all; each line is handed to `each` besides.
fn read(work: &mut Transaction<'_>, schema: &str, place: &str, each: &mut dyn FnMut(&RecordId, &Line)) -> Result<Read, StateError> {
    let mut found = Read { ledger: Ledger::default(), counts: BTreeMap::new(), repairs: Vec::new(), total: 0 };
    for row in work.query(&format!("SELECT channel, at FROM {schema}.baselines"), &[]).map_err(fault(place))? {
        let (channel, at): (String, String) = (row.get(0), row.get(1));
        let damaged = |_| StateError::Damaged { path: format!("{place}, baselines"), line: 1, what: "an instant cannot be read".into() };
        found.ledger.baselines.insert(channel, at.parse().map_err(damaged)?);
    }
    let mut broken = BTreeSet::new();
    for row in
        work.query(&format!("SELECT record, n, line FROM {schema}.lines ORDER BY record COLLATE \"C\", n"), &[]).map_err(fault(place))?
    {
        let (record, n, text): (String, i32, String) = (row.get(0), row.get(1), row.get(2));
        let number = usize::try_from(n).unwrap_or(0);
        let damaged = |what: String| StateError::Damaged { path: format!("{record} in {place}"), line: number, what };
        let line = lines::line(&format!("{text}\n")).map_err(damaged)?;
        let count = found.counts.entry(record.clone()).or_default();
        *count += 1;
        if *count != n {
            broken.insert(record.clone());
        }
        found.total += 1;
        let record = RecordId(record);
        each(&record, &line);
        found.ledger.fold(&record, line);
    }
    if let Some(record) = broken.first() {
        return Err(StateError::Truncated(format!("{record} in {place} has a gap")));
    }
    let expected: i64 = work.query_one(&format!("SELECT lines FROM {schema}.state"), &[]).map_err(fault(place))?.get(0);
    if found.total < expected {
        return Err(StateError::Truncated(format!("{place} has {} lines where {expected} were written", found.total)));
    }
    if found.total > expected {
        let what = format!("{} lines were put there by other hands; they were taken as they are.", found.total - expected);
        found.repairs.push(Repair { path: place.to_owned(), what });
    }
    Ok(found)
}

/// One lock for each schema: the first 64 bits of a hash of its name.
fn lock_number(schema: &str) -> i64 {
    let hash = Sha256::digest(format!("promulgate/state/1\n{schema}").as_bytes());
    i64::from_be_bytes(hash[..8].try_into().expect("a hash has 32 bytes"))
}

/// The host and database, which are no secret.
fn host(config: &Config) -> String {
    let host = config.get_hosts().first().map(|host| match host {
        Host::Tcp(name) => name.clone(),
        #[cfg(unix)]
        Host::Unix(path) => path.display().to_string(),
    });
    format!("database {} on {}", config.get_dbname().or(config.get_user()).unwrap_or("?"), host.unwrap_or_else(|| "?".into()))
}

/// Whether every host is this very machine.
fn is_near(config: &Config) -> bool {
    config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => matches!(name.as_str(), "localhost" | "127.0.0.1" | "::1"),
        #[cfg(unix)]
        Host::Unix(_) => true,
    })
}

/// A failure of the database, in its own words but without the values that it repeats in its details.
fn fault(place: &str) -> impl Fn(::postgres::Error) -> StateError + use<> {
    let place = place.to_owned();
    move |error| {
        let kind = if error.is_closed() { ErrorKind::NotConnected } else { ErrorKind::Other };
        let words = match error.as_db_error() {
            Some(told) => format!("{} ({})", told.message(), told.code().code()),
            None => causes(&error),
        };
        found::io(&place, kind, words)
    }
}

/// An error and what caused it, in one line.
fn causes(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut inner = error.source();
    while let Some(source) = inner {
        let more = source.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        inner = source.source();
    }
    words
}
