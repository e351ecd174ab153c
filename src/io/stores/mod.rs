//! In: what the settings say about the place of the state. Out: the store, ready to be loaded, or a look without a lock.

pub mod folder;
mod lines;

use crate::model::ledger::Ledger;
use crate::model::settings::StateSettings;
use crate::model::transport::{Repair, StateError, StateStore};
use std::path::Path;

/// The store of a site's state; nothing is locked or written before it is loaded.
pub fn open(root: &Path, settings: &StateSettings) -> Box<dyn StateStore + Send> {
    match settings {
        StateSettings::Folder => Box::new(folder::FolderStore::new(root.join("ledger"))),
    }
}

/// The ledger as it stands, for a plan: no lock, no write, nothing mended; what a run would mend is told.
pub fn look(root: &Path, settings: &StateSettings) -> Result<(Ledger, Vec<Repair>), StateError> {
    match settings {
        StateSettings::Folder => folder::FolderStore::new(root.join("ledger")).look(),
    }
}
