//! In: records that parsed. Out: the site, resolved: addresses, lists, relations both ways, statuses, old addresses.
//!
//! Each step is one file. `schedule` alone decides what is visible; what it leaves out exists for no output.

mod appeal;
mod indexes;
mod items;
mod look;
mod pictures;
mod relations;
mod routes;
mod schedule;
mod status;
mod theme;

pub use appeal::{is_day_off, last_appeal_day};
pub use schedule::Visibility;
pub use theme::theme;

use crate::model::date::Now;
use crate::model::finding::{Checked, Findings};
use crate::model::lang::Lang;
use crate::model::messages::Messages;
use crate::model::record::{Record, RecordId};
use crate::model::settings::Settings;
use crate::model::site::{Posted, Site, TemplateWatch};
use crate::model::source::Asset;
use crate::model::theme::Theme;
use std::collections::{BTreeMap, BTreeSet};

/// Where records were announced, by record and language.
pub type Posts = BTreeMap<(RecordId, Lang), Vec<Posted>>;

/// What a site is assembled from.
pub struct Parts {
    /// The settings.
    pub settings: Settings,
    /// The run's present.
    pub now: Now,
    /// Whether drafts and records of the future are seen too.
    pub visibility: Visibility,
    /// The theme.
    pub theme: Theme,
    /// The interface's strings.
    pub messages: Messages,
    /// All records of all languages, translations behind their originals.
    pub records: Vec<Record>,
    /// Files below `content/` that are not records.
    pub assets: Vec<Asset>,
    /// Where records were announced.
    pub posted: Posts,
    /// Records whose original has errors.
    pub broken: BTreeSet<RecordId>,
}

/// Assembles the site.
pub fn site(parts: Parts) -> Checked<Site> {
    let mut findings = Findings::new();
    let Parts { settings, now, visibility, theme, messages, records, assets, posted, broken } = parts;
    let (visible, hidden) = schedule::split(records, &now, visibility);
    let mut items = items::items(visible, &settings, &now, &mut findings);
    let by_id = items.iter().enumerate().map(|(at, item)| (item.id.clone(), at)).collect();
    relations::link(&mut items, &relations::Known { by_id: &by_id, hidden: &hidden, broken: &broken }, &mut findings);
    status::derive(&mut items, &settings, &now);
    let redirects = routes::redirects(&items, &mut findings);
    let assets = routes::assets(assets, &items, &settings, &mut findings);
    let pictures = pictures::named(&assets, &items);
    let indexes = indexes::indexes(&items, &settings);
    let next_change = schedule::next_change(&items, &hidden, &now);
    let (log, tombstones, hashes) = (None, Vec::new(), BTreeMap::new());
    let site = Site {
        settings,
        now,
        theme,
        messages,
        items,
        by_id,
        indexes,
        assets,
        pictures,
        redirects,
        broken,
        posted,
        log,
        tombstones,
        hashes,
        next_change,
        watch: TemplateWatch::default(),
    };
    Checked::new(site, findings)
}
