//! A notice that would be taken down before the time to appeal is over (Kommunallagen 2017:725, 8:12 and 13:5).

use super::rule::Rule;
use crate::model::finding::{Finding, Findings};
use crate::model::site::{Item, Site};

/// A notice that would be taken down before the time to appeal is over.
pub struct NoticeTooShort;

impl Rule for NoticeTooShort {
    fn name(&self) -> &'static str {
        "notice-too-short"
    }

    fn check(&self, site: &Site, out: &mut Findings) {
        for item in site.items.iter().filter(|item| item.kind.name == "notice") {
            let record = &item.original().record;
            let Some(until) = appeal_until(item, site) else { continue };
            let ends = |name: &'static str| record.fields.stamp(name).map(|stamp| (name, stamp.day(&site.settings.zone)));
            // A notice that expires is off the board as surely as one that is taken down.
            for (field, take_down) in [ends("take_down"), ends("expires")].into_iter().flatten().filter(|(_, day)| *day <= until) {
                out.push(Finding::error(
                    self.name(),
                    record.place(field),
                    format!("The notice would go down on {take_down}, but an appeal may arrive until {until}; the time to appeal would not have run out."),
                    format!("Write `{field}: {}` or a later day.", until.plus(1)),
                ));
            }
        }
    }
}

/// The last day to appeal what the notice announces: the decision's own, or the latest of the meeting's decisions; where
/// it names neither, three weeks from its posting, which Swedish law gives against minutes and delegated decisions.
fn appeal_until(item: &Item, site: &Site) -> Option<crate::model::date::Day> {
    let announces = |decision: &&Item| decision.links.notices.iter().any(|at| site.items[*at].id == item.id);
    let named = site.items.iter().filter(announces);
    let meeting = item.links.meeting.filter(|_| item.original().record.fields.text("notice_kind") == Some("minutes"));
    let decided = meeting.into_iter().flat_map(|at| &site.items[at].links.decided).map(|at| &site.items[*at]);
    let known = named.chain(decided).filter_map(|decision| decision.appeal_until).max();
    let fields = &item.original().record.fields;
    let appealable = site.settings.law == Some("sweden") && matches!(fields.text("notice_kind"), Some("minutes" | "delegated-decision"));
    known.or_else(|| fields.day("posted").filter(|_| appealable).map(|posted| posted.plus(21)))
}
