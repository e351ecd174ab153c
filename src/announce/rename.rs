//! In: a record that names its former address, and a ledger that knows records by id. Out: the id under which the
//! ledger knows it.
//!
//! An id is a path below `content/`, so a renamed file would be a new record and be told again. Its `aliases` hold the
//! former address, from which the former id follows by the convention of routes: `/en/decisions/2026/night-buses/` and
//! `/decisions/2026/night-buses.html` are `decisions/2026/night-buses`; where the settings give a kind its own addresses,
//! such as `/records/{slug}/`, the ids that the ledger knows are put into the pattern and compared. Only an id that has
//! left the site is taken over, and only by a record of which the ledger knows nothing.

use crate::model::ledger::Ledger;
use crate::model::record::RecordId;
use crate::model::settings::Settings;
use crate::model::site::{Item, Site};
use std::collections::BTreeMap;

/// Former addresses of ids that the ledger knows and the site does not.
pub struct Former(BTreeMap<String, RecordId>);

impl Former {
    /// Gathers them.
    pub fn of(site: &Site, ledger: &Ledger) -> Former {
        let gone = ledger.records.keys().filter(|id| !site.by_id.contains_key(*id));
        Former(gone.flat_map(|id| addresses(id, &site.settings).into_iter().map(|address| (address, id.clone()))).collect())
    }

    /// The id under which the ledger knows an item: its own, or the one it had before it was renamed.
    pub fn id_of(&self, item: &Item, ledger: &Ledger, settings: &Settings) -> RecordId {
        if self.0.is_empty() || ledger.records.contains_key(&item.id) {
            return item.id.clone();
        }
        let aliases = item.editions.iter().flat_map(|edition| edition.record.fields.texts("aliases"));
        aliases.filter_map(|alias| self.0.get(&bare(alias, settings))).next().unwrap_or(&item.id).clone()
    }
}

/// An address without its language and ending.
fn bare(address: &str, settings: &Settings) -> String {
    let path = address.trim_matches('/');
    let path = path.strip_suffix("index.html").unwrap_or(path).trim_end_matches('/');
    let path = path.strip_suffix(".html").unwrap_or(path);
    match path.split_once('/') {
        Some((first, rest)) if settings.languages.iter().any(|lang| lang.as_str() == first) => rest.to_owned(),
        _ => path.to_owned(),
    }
}

fn addresses(id: &RecordId, settings: &Settings) -> Vec<String> {
    let own = settings.routes.values().map(|pattern| {
        let year = id.as_str().split('/').find(|part| part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()));
        bare(&pattern.replace("{slug}", id.slug()).replace("{year}", year.unwrap_or_default()), settings)
    });
    own.chain([id.as_str().to_owned()]).collect()
}
