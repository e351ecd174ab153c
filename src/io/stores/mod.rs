//! In: what the settings say about the place of the state. Out: the store, ready to be loaded, or a look without a lock.
//!
//! All stores keep the same lines and make the same promises; they differ in who can reach them, and in how a second run
//! is kept out: by the operating system (folder), by a claim and compare-and-swap (branch, bucket), by the database.

pub mod claim;
mod database;
pub mod folder;
pub mod found;
pub mod git;
pub mod lines;
mod objects;
pub mod postgres;
pub mod s3;

use crate::model::ledger::Ledger;
use crate::model::settings::{Settings, StateSettings};
use crate::model::state::LogFiles;
use crate::model::transport::{Repair, StateError, StateStore};
use claim::Terms;
use std::path::Path;
use std::time::Duration;

/// The store of a site's state; nothing is locked or written before it is loaded. With `recover`, a person has said that
/// whatever run holds it is dead.
pub fn open(root: &Path, settings: &Settings, recover: bool) -> Box<dyn StateStore + Send> {
    open_with(root, &settings.state, Terms::new(Duration::from_secs(u64::from(settings.announce.quiet_seconds)), recover))
}

/// The same, on the given terms.
pub fn open_with(root: &Path, state: &StateSettings, terms: Terms) -> Box<dyn StateStore + Send> {
    match state {
        StateSettings::Folder => Box::new(folder::FolderStore::new(root.join("ledger"))),
        StateSettings::Git { branch, remote } => Box::new(git::GitStore::new(root, branch, remote.as_deref(), terms)),
        StateSettings::Postgres { url, schema } => Box::new(postgres::PostgresStore::new(root, url, schema)),
        StateSettings::S3(bucket) => Box::new(s3::S3Store::new(objects::Objects::open(root, bucket), terms)),
    }
}

/// The ledger as it stands, for a plan: no lock, no write, nothing mended; what a run would mend is told.
pub fn look(root: &Path, state: &StateSettings) -> Result<(Ledger, Vec<Repair>), StateError> {
    let terms = Terms::new(Duration::ZERO, false);
    match state {
        StateSettings::Folder => folder::FolderStore::new(root.join("ledger")).look(),
        StateSettings::Git { branch, remote } => git::GitStore::new(root, branch, remote.as_deref(), terms).look(),
        StateSettings::Postgres { url, schema } => postgres::PostgresStore::new(root, url, schema).look(),
        StateSettings::S3(bucket) => s3::S3Store::new(objects::Objects::open(root, bucket), terms).look(),
    }
}

/// The files of the log as they stand: no lock, no write.
pub fn look_log(root: &Path, state: &StateSettings, wanted: &dyn Fn(&str) -> bool) -> Result<LogFiles, StateError> {
    open_with(root, state, Terms::new(Duration::ZERO, false)).log(wanted)
}

/// Copies a state that is not a folder into a folder that has none yet: for rehearsals, and to move from one store to
/// another. Whether there was anything to copy.
pub fn copy(root: &Path, state: &StateSettings, folder: &Path) -> Result<bool, StateError> {
    let terms = Terms::new(Duration::ZERO, false);
    let whole = match state {
        StateSettings::Folder => return Ok(false),
        StateSettings::Git { branch, remote } => git::GitStore::new(root, branch, remote.as_deref(), terms).whole()?,
        StateSettings::Postgres { url, schema } => postgres::PostgresStore::new(root, url, schema).whole()?,
        StateSettings::S3(bucket) => s3::S3Store::new(objects::Objects::open(root, bucket), terms).whole()?,
    };
    if whole.lines.is_empty() && whole.baselines.is_empty() {
        return Ok(false);
    }
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent).map_err(|source| StateError::Io { path: parent.display().to_string(), source })?;
    }
    let mut store = folder::FolderStore::new(folder);
    store.load()?;
    store.append_all(&whole.lines)?;
    whole.baselines.iter().try_for_each(|(channel, at)| store.baseline(channel, *at))?;
    Ok(true)
}
