//! In: the address of a database. Out: a session that behaves, the tables, and what they hold, checked line by line.

use super::found;
use super::lines;
use super::steps;
use crate::io::secrets;
use crate::model::ledger::{Ledger, Line};
use crate::model::record::RecordId;
use crate::model::settings::SecretRef;
use crate::model::state::LogFiles;
use crate::model::transport::{Repair, StateError};
use ::postgres::config::{Host, SslMode};
use ::postgres::{Client, Config, GenericClient, NoTls, Transaction};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::Path;
use std::time::Duration;
use tokio_postgres_rustls::MakeRustlsConnect;

/// Version of the tables.
pub(super) const VERSION: i32 = 1;

/// How the session behaves: no call lasts for ever, what is committed is on the disk, and a client that vanished is
/// noticed within two minutes.
const SESSION: &str = "SET statement_timeout = '30s'; SET lock_timeout = '10s'; SET idle_in_transaction_session_timeout = '60s'; \
     SET synchronous_commit = on; SET client_min_messages = warning; SET tcp_keepalives_idle = 60; SET tcp_keepalives_interval = 10; \
     SET tcp_keepalives_count = 5; SET application_name = 'promulgate'";

/// What a reading found.
pub(super) struct Read {
    /// The standings.
    pub ledger: Ledger,
    /// How many lines each record has.
    pub counts: BTreeMap<String, i32>,
    /// What is to be told.
    pub repairs: Vec<Repair>,
    /// How many lines there are.
    pub total: i64,
    /// How many steps the log has; nothing where there is no place for one.
    pub steps: Option<i32>,
}

/// Connects; and where that is, for people. Where nothing else is said, a password never crosses a network in clear.
pub(super) fn connect(root: &Path, url: &SecretRef, schema: &str) -> Result<(Client, String), StateError> {
    let place = format!("the database, schema {schema}");
    let unusable = |what: String| found::io(&place, ErrorKind::InvalidInput, what);
    let url = secrets::read(url, root, &[]).map_err(|error| unusable(error.to_string()))?;
    // The error of a wrong address could repeat it.
    let wrong = |_| unusable("its address cannot be read; write postgres://USER:PASSWORD@HOST/DATABASE".into());
    let mut config: Config = url.expose().parse().map_err(wrong)?;
    config.connect_timeout(Duration::from_secs(10)).tcp_user_timeout(Duration::from_secs(30)).keepalives_idle(Duration::from_secs(30));
    let place = format!("{}, schema {schema}", host(&config));
    let in_clear = match config.get_ssl_mode() {
        SslMode::Disable => true,
        SslMode::Prefer => is_near(&config),
        _ => false,
    };
    let client = if in_clear {
        config.connect(NoTls)
    } else {
        config.ssl_mode(SslMode::Require);
        let certificates = MakeRustlsConnect::with_native_certs();
        let (tls, _) = certificates.map_err(|_| found::io(&place, ErrorKind::NotFound, "this machine has no certificates to trust"))?;
        config.connect(tls)
    };
    let mut client = client.map_err(fault(&place))?;
    client.batch_execute(SESSION).map_err(fault(&place))?;
    Ok((client, place))
}

/// What an administrator may run beforehand, so that the program's own role may make nothing.
pub(super) fn tables(schema: &str) -> String {
    format!(
        "BEGIN;
         CREATE SCHEMA IF NOT EXISTS {schema};
         CREATE TABLE {schema}.lines (record text NOT NULL, n int NOT NULL CHECK (n > 0), line text NOT NULL, PRIMARY KEY (record, n));
         CREATE TABLE {schema}.baselines (channel text PRIMARY KEY, at text NOT NULL);
         CREATE TABLE {schema}.notes (name text PRIMARY KEY, text text NOT NULL);
         CREATE TABLE {schema}.log (name text PRIMARY KEY, bytes bytea NOT NULL);
         CREATE TABLE {schema}.state (one boolean PRIMARY KEY DEFAULT true CHECK (one), v int NOT NULL, epoch bigint NOT NULL, holder text NOT NULL, lines bigint NOT NULL, log int NOT NULL DEFAULT 0);
         INSERT INTO {schema}.state (v, epoch, holder, lines) VALUES ({VERSION}, 0, '', 0);
         COMMIT"
    )
}

/// Whether the state has been begun.
pub(super) fn has_tables(client: &mut Client, schema: &str) -> Result<bool, ::postgres::Error> {
    let found = client.query_one("SELECT to_regclass($1) IS NOT NULL", &[&format!("{schema}.state")])?;
    Ok(found.get(0))
}

/// The place of the log, for tables that were made before there was one.
pub(super) fn log_tables(schema: &str) -> String {
    format!(
        "BEGIN;
         CREATE TABLE IF NOT EXISTS {schema}.log (name text PRIMARY KEY, bytes bytea NOT NULL);
         ALTER TABLE {schema}.state ADD COLUMN IF NOT EXISTS log int NOT NULL DEFAULT 0;
         COMMIT"
    )
}

/// Whether there is a place for the log.
pub(super) fn has_log(client: &mut impl GenericClient, schema: &str) -> Result<bool, ::postgres::Error> {
    let asked = "SELECT to_regclass($1) IS NOT NULL AND EXISTS \
         (SELECT FROM pg_attribute WHERE attrelid = to_regclass($2) AND attname = 'log' AND NOT attisdropped)";
    Ok(client.query_one(asked, &[&format!("{schema}.log"), &format!("{schema}.state")])?.get(0))
}

/// The files of the log whose name is wanted, if none of its steps is gone.
pub(super) fn read_log(
    work: &mut Transaction<'_>,
    schema: &str,
    place: &str,
    wanted: &dyn Fn(&str) -> bool,
) -> Result<LogFiles, StateError> {
    if !has_log(work, schema).map_err(fault(place))? {
        return Ok(LogFiles::new());
    }
    let rows = work.query(&format!("SELECT name FROM {schema}.log"), &[]).map_err(fault(place))?;
    let names: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    let expected: i32 = work.query_one(&format!("SELECT log FROM {schema}.state"), &[]).map_err(fault(place))?.get(0);
    steps::enough(steps::count(&names), usize::try_from(expected).unwrap_or(0), &format!("the log in {place}"))?;
    names.iter().try_for_each(|name| steps::path_of(name).map(drop))?;
    let wanted: Vec<String> = names.into_iter().filter(|name| wanted(name)).collect();
    let rows = work.query(&format!("SELECT name, bytes FROM {schema}.log WHERE name = ANY($1)"), &[&wanted]).map_err(fault(place))?;
    Ok(rows.iter().map(|row| (row.get(0), row.get(1))).collect())
}

/// Who holds the lock, if they have said so.
pub(super) fn holder(client: &mut Client, schema: &str) -> Option<String> {
    let row = client.query_opt(&format!("SELECT holder FROM {schema}.state"), &[]).ok()??;
    Some(row.get::<_, String>(0)).filter(|holder| !holder.is_empty())
}

/// Reads and checks all; each line is handed to `each` besides.
pub(super) fn read(
    work: &mut Transaction<'_>,
    schema: &str,
    place: &str,
    each: &mut dyn FnMut(&RecordId, &Line),
) -> Result<Read, StateError> {
    let mut found = Read { ledger: Ledger::default(), counts: BTreeMap::new(), repairs: Vec::new(), total: 0, steps: None };
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
    if has_log(work, schema).map_err(fault(place))? {
        found.steps = read_steps(work, schema, place)?;
    }
    Ok(found)
}

/// How many steps the log has, where this role may look; a log that was cut is refused.
fn read_steps(work: &mut Transaction<'_>, schema: &str, place: &str) -> Result<Option<i32>, StateError> {
    let asked = format!("SELECT log, has_table_privilege($1::text, 'SELECT') FROM {schema}.state");
    let row = work.query_one(&asked, &[&format!("{schema}.log")]).map_err(fault(place))?;
    let (expected, may): (i32, bool) = (row.get(0), row.get(1));
    // A role that was made before there was a log needs no right to an empty one.
    if expected == 0 && !may {
        return Ok(None);
    }
    let rows = work.query(&format!("SELECT name FROM {schema}.log"), &[]).map_err(fault(place))?;
    let names: Vec<String> = rows.iter().map(|row| row.get(0)).collect();
    names.iter().try_for_each(|name| steps::path_of(name).map(drop))?;
    let steps = steps::count(&names);
    steps::enough(steps, usize::try_from(expected).unwrap_or(0), &format!("the log in {place}"))?;
    Ok(i32::try_from(steps).ok())
}

/// One lock for each schema: the first 64 bits of a hash of its name.
pub(super) fn lock_number(schema: &str) -> i64 {
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
pub(super) fn fault(place: &str) -> impl Fn(::postgres::Error) -> StateError + use<> {
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
