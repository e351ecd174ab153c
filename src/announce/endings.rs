//! In: an announcement, its step, and what the ledger says. Out: the line of the present attempt; and how it all ended.

use crate::announce::lane::Turn;
use crate::announce::outcome::Ending;
use crate::announce::plan::{Entry, Job};
use crate::announce::steps;
use crate::model::announcement::{Key, hex};
use crate::model::ledger::{Ledger, Line, Standing, State};
use crate::model::transport::Post;
use jiff::Timestamp;
use sha2::{Digest, Sha256};

/// A line for the present attempt of a step.
pub(super) fn new_line(entry: &Entry, key: &Key, standing: Option<&Standing>, run: &str, at: Timestamp) -> Line {
    Line {
        v: 1,
        key: key.clone(),
        state: State::Queued,
        at,
        run: run.to_owned(),
        attempt: standing.map_or(1, |standing| standing.line.attempt.max(1)),
        round: standing.map_or(0, |standing| standing.line.round),
        absent: standing.map_or(0, |standing| standing.absent),
        channel: entry.channel.clone(),
        event: entry.event,
        lang: entry.lang,
        version: entry.version.clone(),
        body: String::new(),
        remote: None,
        reason: String::new(),
        not_before: None,
        notes: std::collections::BTreeMap::new(),
        act: standing.map(|standing| standing.line.act.clone()).unwrap_or_default(),
        of: standing.and_then(|standing| standing.line.of.clone()),
        happened: Some(standing.and_then(|standing| standing.line.happened).unwrap_or(entry.at)),
    }
}

/// The hash of what is sent.
pub(super) fn body_of(post: &Post) -> String {
    hex(&Sha256::digest(post.payload.to_string().as_bytes()))
}

/// How an announcement ended, by what the ledger says of its steps.
pub(super) fn ending(entry: &Entry, job: &Job, ledger: &Ledger, turn: &Turn) -> Ending {
    match turn {
        Turn::Later(_, why) => Ending::Later(why.clone()),
        Turn::Account(why) => Ending::Blocked(why.clone()),
        Turn::Over => {
            let steps = steps::steps(&job.announcement, job.posts.len(), &entry.record, ledger);
            let open = steps.iter().filter_map(|step| ledger.standing(&entry.record, &step.key)).find(|at| at.line.state != State::Sent);
            match open.map(|standing| (standing.line.state, standing.line.reason.clone())) {
                None => Ending::Sent(steps::receipt_of(&entry.record, &entry.key, ledger)),
                Some((State::Refused, why)) => Ending::Refused(why),
                Some((State::Parked, why)) => Ending::Parked(why),
                Some((State::Suppressed, why)) => Ending::Suppressed(why),
                Some((_, why)) => Ending::Later(why),
            }
        }
    }
}
