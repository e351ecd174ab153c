//! In: records and the run's present. Out: which of them exist for this run, and when that changes next.
//!
//! The one place that decides: a draft, or a record whose `publish_at` has not come, is left out of every output,
//! index, feed and plan alike. An expired record keeps its address and is marked.

use crate::model::date::{Instant, Now, Stamp};
use crate::model::record::{Record, RecordId};
use crate::model::site::Item;
use std::collections::BTreeMap;

/// Whether records that are not yet public are seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// What the public sees.
    Public,
    /// Drafts and records of the future too, for `serve` and `build --drafts`.
    Drafts,
}

/// Why a record is not visible, by its id.
pub type Hidden = BTreeMap<RecordId, Option<Instant>>;

/// Parts visible records from hidden ones; a hidden original hides its translations.
pub fn split(records: Vec<Record>, now: &Now, visibility: Visibility) -> (Vec<Record>, Hidden) {
    let mut hidden = Hidden::new();
    for record in records.iter().filter(|record| record.original && visibility == Visibility::Public) {
        let later = record.fields.instant("publish_at").filter(|at| at.timestamp() > now.at);
        if record.fields.flag("draft") || later.is_some() {
            hidden.insert(record.id.clone(), later);
        }
    }
    let own_draft = |record: &Record| visibility == Visibility::Public && record.fields.flag("draft");
    let visible = records.into_iter().filter(|record| !hidden.contains_key(&record.id) && !own_draft(record)).collect();
    (visible, hidden)
}

/// Fields whose date changes how a record stands.
const TURNING: [&str; 12] =
    ["opens", "closes", "starts", "ends", "effective", "resolved", "expires", "in_force", "until", "implemented", "take_down", "decided"];

/// The next instant after now at which the site changes by itself.
pub fn next_change(items: &[Item], hidden: &Hidden, now: &Now) -> Option<Instant> {
    let after = |at: jiff::Timestamp| (at > now.at).then_some(at);
    let appearing = hidden.values().flatten().filter_map(|at| after(at.timestamp()));
    let turning = items.iter().flat_map(|item| {
        let fields = &item.original().record.fields;
        let stamps = TURNING.iter().filter_map(|name| fields.stamp(name));
        stamps.chain(item.appeal_until.map(Stamp::Day)).flat_map(|stamp| [stamp.begins(&now.zone), stamp.ends(&now.zone)])
    });
    appearing.chain(turning.filter_map(after)).min().map(|at| Instant::utc(at).in_zone(&now.zone))
}
