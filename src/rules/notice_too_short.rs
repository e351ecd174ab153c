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
            let (Some(take_down), Some(until)) = (record.fields.day("take_down"), appeal_until(item, site)) else { continue };
            if take_down <= until {
                out.push(Finding::error(
                    self.name(),
                    record.place("take_down"),
                    format!("The notice would go down on {take_down}, but an appeal may arrive until {until}; the time to appeal would not have run out."),
                    format!("Write `take_down: {}` or a later day.", until.plus(1)),
                ));
            }
        }
    }
}

/// The last day to appeal what the notice announces: the decision's own, or the latest of the meeting's decisions.
fn appeal_until(item: &Item, site: &Site) -> Option<crate::model::date::Day> {
    let announces = |decision: &&Item| decision.links.notices.iter().any(|at| site.items[*at].id == item.id);
    let named = site.items.iter().filter(announces);
    let meeting = item.links.meeting.filter(|_| item.original().record.fields.text("notice_kind") == Some("minutes"));
    let decided = meeting.into_iter().flat_map(|at| &site.items[at].links.decided).map(|at| &site.items[*at]);
    named.chain(decided).filter_map(|decision| decision.appeal_until).max()
}
