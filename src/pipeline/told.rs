//! In: a site's folder and settings. Out: where its ledger lives, and where each record was announced, for its pages.

use super::Run;
use crate::assemble;
use crate::catalogue::CATALOGUE;
use crate::io::disk;
use crate::io::files;
use crate::io::stores::{self, folder::FolderStore};
use crate::model::announcement::Event;
use crate::model::finding::{Finding, Findings, Place};
use crate::model::ledger::State;
use crate::model::route::SafePath;
use crate::model::settings::{Settings, StateSettings};
use crate::model::site::Posted;
use crate::model::source::Source;
use crate::parse;
use std::path::{Path, PathBuf};

/// Where pages learn where their records were announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// From the site's own state, wherever that is: for pages that readers will see.
    State,
    /// From the site's own state if that is a folder; a look over a network is not worth its time.
    Near,
    /// From a folder in its place.
    Folder(PathBuf),
}

/// The settings of a site alone; none where they cannot be read, which a build tells in full.
pub fn settings_of(root: &Path) -> Option<Settings> {
    let (path, text) = (SafePath::new(disk::SETTINGS).ok()?, files::read(&root.join(disk::SETTINGS)).ok()?);
    parse::settings::settings(&Source { path, text: text.into() }, CATALOGUE.kinds.all, &CATALOGUE.platform_fields()).value
}

/// Where the state of a site lives, by its settings alone; the folder where they cannot be read.
pub fn state_of(root: &Path) -> StateSettings {
    settings_of(root).map_or(StateSettings::Folder, |settings| settings.state)
}

/// Where each record was announced; a ledger that cannot be read stops no page, only what is told.
pub(super) fn posted(run: &Run, state: &StateSettings, findings: &mut Findings) -> assemble::Posts {
    let mut posts = assemble::Posts::new();
    let looked = match &run.told {
        Told::Folder(folder) => FolderStore::new(folder).look(),
        Told::Near if state.is_remote() => return posts,
        Told::Near | Told::State => stores::look(&run.root, state),
    };
    let ledger = match looked {
        Ok((ledger, _)) => ledger,
        Err(error) => {
            let help = "Restore the ledger from version control or a backup; nothing can be told until then.";
            findings.push(Finding::warning(
                "unreadable-ledger",
                Place::file("ledger"),
                format!("The ledger cannot be read: {error}."),
                help,
            ));
            return posts;
        }
    };
    for (record, keys) in &ledger.records {
        let first = keys.values().filter(|standing| standing.line.state == State::Sent && standing.line.event == Event::Published);
        for line in first.map(|standing| &standing.line) {
            let url = line.remote.as_ref().map(|receipt| receipt.url.clone()).filter(|url| url.starts_with("http"));
            if let Some(url) = url {
                posts.entry((record.clone(), line.lang)).or_default().push(Posted { channel: line.channel.clone(), url });
            }
        }
    }
    posts.values_mut().for_each(|list| list.sort_by(|a, b| (&a.channel, &a.url).cmp(&(&b.channel, &b.url))));
    posts
}
