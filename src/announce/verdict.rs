//! In: how an announcement stands in the ledger, and the guards of a run. Out: what is done with it, and why.

use crate::announce::happenings::{self, Happening, Note};
use crate::announce::plan::Verdict;
use crate::announce::reach;
use crate::model::announcement::{Event, Key};
use crate::model::date::Stamp;
use crate::model::ledger::{Ledger, State};
use crate::model::record::RecordId;
use crate::model::site::{Item, Site};
use jiff::{SignedDuration, Timestamp};

/// What the ledger says, if that is the end of it: nothing for what is new or queued.
pub fn by_ledger(ledger: &Ledger, record: &RecordId, key: &Key) -> Option<Verdict> {
    let line = &ledger.standing(record, key)?.line;
    let reason = line.reason.clone();
    Some(match line.state {
        // A post whose predecessor is gone or going must follow, whatever the guards say by now.
        State::Queued if ledger.standing(record, &key.removal(0)).is_some_and(|old| old.line.state != State::Queued) => {
            Verdict::Unknown("It takes the place of a post that is being taken away.".into())
        }
        State::Queued => return None,
        State::Sending | State::Unknown => Verdict::Unknown("Nobody knows yet whether it was posted.".into()),
        State::Suppressed => Verdict::Suppressed(reason),
        State::Refused => Verdict::Refused(reason),
        State::Parked => Verdict::Parked(reason),
        State::Sent => return by_parts(ledger, record, key).or(Some(Verdict::Done(line.remote.clone()))),
    })
}

/// A thread of which the first part is there and another is not.
fn by_parts(ledger: &Ledger, record: &RecordId, key: &Key) -> Option<Verdict> {
    let parts = (1..).map_while(|part| ledger.standing(record, &key.part(part)));
    let open = parts.map(|standing| &standing.line).find(|line| !matches!(line.state, State::Sent | State::Suppressed))?;
    Some(match open.state {
        State::Parked => Verdict::Parked(open.reason.clone()),
        State::Refused => Verdict::Refused(open.reason.clone()),
        _ => Verdict::Unknown("Only a part of it is known to be posted.".into()),
    })
}

/// Why something that could be told is not told now, if so. `root` is the verdict on the first post of the thread, and
/// nothing for the first post itself.
pub fn by_guards(site: &Site, item: &Item, happening: &Happening, root: Option<&Verdict>) -> Option<Verdict> {
    let happened = happening.at.timestamp();
    match root {
        None => {
            if let Some(why) = happenings::over(site, item) {
                return Some(Verdict::Skipped(why.into()));
            }
            if let Some(until) = reach::not_before(item).map(|at| at.timestamp()).filter(|at| *at > site.now.at) {
                return Some(Verdict::Hold { until, reason: "The record says when it is to be told.".into() });
            }
        }
        Some(Verdict::Hold { until, .. }) => {
            return Some(Verdict::Hold { until: *until, reason: "The first post of the thread is not to be sent yet.".into() });
        }
        Some(Verdict::Done(_) | Verdict::Send | Verdict::Unknown(_)) => {}
        Some(_) => return Some(Verdict::Skipped("There is no post that this could follow.".into())),
    }
    if happened > site.now.at {
        return Some(Verdict::Hold { until: happened, reason: "It has not happened yet.".into() });
    }
    if let Note::Due(due) = happening.note {
        if happenings::over(site, item).is_some() {
            return Some(Verdict::Skipped("There is nothing left to be reminded of.".into()));
        }
        if site.now.passed(due) || matches!(due, Stamp::Instant(_)) && site.now.reached(due) {
            return Some(Verdict::Skipped("Its date has passed.".into()));
        }
    }
    if let Some(until) = quiet_until(site, item) {
        return Some(Verdict::Hold { until, reason: "These are quiet hours, in which only alerts are told.".into() });
    }
    too_old(site, item, happening).map(Verdict::Skipped)
}

/// When the quiet hours end, if these are such; alerts have none, nor has what a record wants told at an hour of its own.
fn quiet_until(site: &Site, item: &Item) -> Option<Timestamp> {
    let hours = site.settings.announce.quiet_hours?;
    if item.kind.name == "alert" || reach::not_before(item).is_some() {
        return None;
    }
    let (hour, minute) = site.now.instant().clock(&site.now.zone);
    let now = u16::try_from(i16::from(hour) * 60 + i16::from(minute)).ok()?;
    if !hours.contains(now) {
        return None;
    }
    let left = (hours.until + 24 * 60 - now) % (24 * 60);
    site.now.at.checked_add(SignedDuration::from_mins(left.into())).ok()
}

/// Old news is no news. A correction, an end or a withdrawal reaches its post however late; an alert lives as long as
/// it says itself.
fn too_old(site: &Site, item: &Item, happening: &Happening) -> Option<String> {
    let ages = happening.event == Event::Published || matches!(happening.note, Note::Revision(_) | Note::Entry(_));
    if !ages || item.kind.name == "alert" {
        return None;
    }
    let days = site.settings.announce.max_age_days;
    let told_at = reach::not_before(item).filter(|_| happening.event == Event::Published).map_or(happening.at, |at| at.max(happening.at));
    let oldest = site.now.at.checked_sub(SignedDuration::from_hours(24 * i64::from(days))).unwrap_or(Timestamp::MIN);
    (told_at.timestamp() < oldest).then(|| format!("It is older than {days} days."))
}
