//! In: who wants to publish, and when. Out: the claim that keeps every other run out, for stores that no operating system
//! can lock.
//!
//! A claim is a small file, `.lock.json`, changed only by compare-and-swap. Its holder gives it up when it ends; one that
//! crashed cannot, so its claim may be taken over when it is older than any run can last: the hard limit of a run, one
//! request, the quiet time, and a margin for clocks (`takeover`). Never earlier, but on a person's word that the other
//! run is dead. What its holder had begun is then `sending` in the ledger, and is asked for like after any crash.

use crate::model::transport::StateError;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

/// The claim's file.
pub(super) const LOCK: &str = ".lock.json";

/// What a run may do about another run's claim.
#[derive(Debug, Clone, Copy)]
pub struct Terms {
    /// The age from which a claim may be taken over.
    pub takeover: Duration,
    /// A person said that the other run is dead.
    pub recover: bool,
}

impl Terms {
    /// No claim is shorter than the longest run: ten minutes, half a minute for a request, the quiet time, and as much
    /// again as clocks and uploads may need; twenty minutes at least.
    pub fn new(quiet: Duration, recover: bool) -> Terms {
        let longest = Duration::from_secs(600 + 30 + 300) + quiet;
        Terms { takeover: longest.max(Duration::from_secs(20 * 60)), recover }
    }
}

/// A claim, held or given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Claim {
    /// Version of the contract, 1.
    pub v: u32,
    /// Whether somebody holds it.
    pub held: bool,
    /// Who, for people; different for each claim.
    pub holder: String,
    /// Since when.
    pub since: Timestamp,
    /// Seconds after which it may be taken over.
    pub takeover: u64,
}

impl Claim {
    /// A new one of this very run.
    pub(super) fn new(terms: Terms) -> Claim {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let host = std::fs::read_to_string("/proc/sys/kernel/hostname").unwrap_or_default();
        let count = match COUNT.fetch_add(1, Ordering::Relaxed) {
            0 => String::new(),
            count => format!(", {count}"),
        };
        let holder = format!(
            "process {}{count} on {}",
            std::process::id(),
            if host.trim().is_empty() { "a machine without a name" } else { host.trim() }
        );
        Claim { v: 1, held: true, holder, since: Timestamp::now(), takeover: terms.takeover.as_secs() }
    }

    /// From the bytes of its file; one that cannot be read counts as held from the beginning of time, so that a person
    /// is told of it and can take it over.
    pub(super) fn read(bytes: &[u8]) -> Claim {
        let unreadable =
            || Claim { v: 1, held: true, holder: "its claim cannot be read".into(), since: Timestamp::UNIX_EPOCH, takeover: u64::MAX };
        serde_json::from_slice(bytes).ok().filter(|claim: &Claim| claim.v == 1).unwrap_or_else(unreadable)
    }

    /// The bytes of its file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut text = serde_json::to_vec(self).expect("a claim is made of text and numbers only");
        text.push(b'\n');
        text
    }

    /// The same, given up.
    pub(super) fn given_up(&self) -> Claim {
        Claim { held: false, ..self.clone() }
    }

    /// Whether another run may have it, by its age: nothing if it is free, a sentence if it was taken over.
    pub(super) fn yields(&self, age: Duration, terms: Terms) -> Result<Option<String>, StateError> {
        if !self.held {
            return Ok(None);
        }
        let needed = Duration::from_secs(self.takeover).max(terms.takeover);
        if !terms.recover && age < needed {
            let left = (needed - age).as_secs().div_ceil(60);
            let wait = if left > 24 * 60 {
                "until a person takes it over".to_owned()
            } else {
                format!("if it is dead, another may go on in {left} min")
            };
            return Err(StateError::Locked { holder: format!("{} since {}; {wait}", self.holder, self.since) });
        }
        Ok(Some(format!("A run that never ended was taken over ({} since {}).", self.holder, self.since)))
    }

    /// Its age by this machine's clock.
    pub(super) fn age(&self) -> Duration {
        Duration::try_from(Timestamp::now().duration_since(self.since).max(SignedDuration::ZERO)).unwrap_or_default()
    }
}
