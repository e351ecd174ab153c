//! In: the log during a run. Out: its own files as recipes, and what stands beside pages for those who check them.

use super::logging::{Logging, editions};
use crate::formats::record_json;
use crate::model::log::Logged;
use crate::model::recipe::Recipe;
use crate::model::route::SafePath;
use crate::model::site::{Edition, Item, Site};
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// Makes the bytes of one file of the log.
type Bytes<'s> = Box<dyn Fn(&mut Vec<u8>) + Send + Sync + 's>;
/// Takes a path and the bytes that go there.
type Put<'p, 's> = &'p mut dyn FnMut(&str, Bytes<'s>);

impl Logging {
    /// The log's own files, and what stands beside pages for those who check them.
    pub fn recipes<'s>(&self, site: &'s Site) -> Vec<Recipe<'s>> {
        let mut all = Vec::new();
        let mut put = |path: &str, bytes: Bytes<'s>| {
            if let Ok(path) = SafePath::new(path) {
                all.push(Recipe::plain(path, "log", move |out| bytes(out)));
            }
        };
        self.log_files(&mut put);
        let Some(log) = &site.log else { return all };
        for (item, edition) in editions(site) {
            let Some(logged) = log.of(&item.id, edition.record.lang) else { continue };
            self.beside(site, (item, edition), logged, &mut put);
        }
        all
    }

    fn log_files<'s>(&self, put: Put<'_, 's>) {
        let Some(last) = self.journal.batches().last() else { return };
        let note = last.note();
        put("log/checkpoint", Box::new(move |out| out.extend_from_slice(note.as_bytes())));
        for batch in self.journal.batches() {
            let note = batch.note();
            put(&format!("log/checkpoints/{}", batch.size), Box::new(move |out| out.extend_from_slice(note.as_bytes())));
            if let Some(stamp) = batch.stamp.clone() {
                put(&format!("log/checkpoints/{}.tsr", batch.size), Box::new(move |out| out.extend_from_slice(&stamp)));
            }
        }
        for key in self.journal.announced() {
            let line = format!("{key}\n");
            put(&format!("log/keys/{}", key.id_text()), Box::new(move |out| out.extend_from_slice(line.as_bytes())));
        }
        for path in self.journal.tiles() {
            let journal = Arc::clone(&self.journal);
            put(&format!("log/{path}"), Box::new(move |out| out.extend_from_slice(&journal.tile(&path))));
        }
        let key = self.journal.keys().first().map(|key| format!("{key}\n")).unwrap_or_default();
        put("log/vkey", Box::new(move |out| out.extend_from_slice(key.as_bytes())));
    }

    fn beside<'s>(&self, site: &'s Site, (item, edition): (&'s Item, &'s Edition), logged: &'s Logged, put: Put<'_, 's>) {
        let Some(newest) = logged.newest() else { return };
        for version in &logged.versions {
            let index = version.index;
            let is_newest = index == newest.index;
            let place = if is_newest { edition.route.clone() } else { record_json::version_route(&edition.route, version.n) };
            if let (false, Some(text)) = (is_newest, &version.record) {
                put(
                    record_json::beside(&place, "record.json").file().as_str(),
                    Box::new(move |out| out.extend_from_slice(text.as_bytes())),
                );
            }
            let is_shown = !is_newest
                || self
                    .journal
                    .paper(index)
                    .is_some_and(|paper| paper.sha256 == Some(Sha256::digest(record_json::shown(site, item, edition)).into()));
            let journal = Arc::clone(&self.journal);
            if is_shown && journal.paper(index).is_some_and(|paper| paper.salt.is_some()) {
                let path = record_json::beside(&place, "record.tlog-proof").file();
                put(path.as_str(), Box::new(move |out| out.extend_from_slice(journal.proof(index).unwrap_or_default().as_bytes())));
            }
        }
    }
}
