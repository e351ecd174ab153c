//! In: the entries of a log. Out: whether each follows from the one before of its id.

use super::check_log::{History, LOG};
use super::leaf::{Action, Leaf};
use super::site::{Falsehood, Report};
use std::collections::BTreeMap;

/// Whether the entries follow from each other: each id counts its versions up, and what is erased stays erased.
pub(super) fn chains(history: &History, report: &mut Report) {
    let mut last = BTreeMap::<&str, (u64, &Leaf)>::new();
    for (index, leaf) in history.leaves.iter().enumerate() {
        let mut wrong = |why: &str| report.fault(Falsehood::Chain, &format!("{LOG}checkpoint"), format!("Entry {index} of the log {why}."));
        let Some(leaf) = leaf else {
            wrong("is none that this program knows");
            continue;
        };
        let index = index as u64;
        match last.insert(&leaf.id, (index, leaf)) {
            None if leaf.n != 1 => wrong("goes on from an entry that there is not"),
            None => {}
            Some((before, previous)) => {
                if leaf.p != Some(before) || leaf.n != previous.n + 1 {
                    wrong("does not follow from the one before it");
                } else if previous.action == Action::Erased {
                    wrong("goes on from something that was erased");
                } else if (previous.action == Action::Key) != (leaf.action == Action::Key) {
                    wrong("makes a key of a record, or a record of a key");
                } else if leaf.action == Action::Published && previous.action != Action::Withdrawn {
                    wrong("publishes for the first time what was there already");
                }
            }
        }
    }
}
