//! In: a script or a seed. Out: what goes wrong at which write, the same way every time, and how often it did.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

/// Something that goes wrong at one write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mishap {
    /// The post is accepted and the answer says 500.
    AcceptThenFail,
    /// The post is accepted and the connection is cut before the answer.
    AcceptThenCut,
    /// The answer comes late.
    Delay(Duration),
    /// 429, with the headers that say until when.
    TooMany,
    /// The server has forgotten its idempotency keys; the write goes on.
    ForgetKeys,
    /// The token is not accepted.
    Unauthorised,
    /// The session has ended: 400 ExpiredToken on Bluesky, 401 on Mastodon.
    Expired,
    /// The server fails before it has accepted anything.
    FailFirst,
}

impl Mishap {
    const DRAWN: [Mishap; 6] = [
        Mishap::AcceptThenFail,
        Mishap::AcceptThenCut,
        Mishap::Delay(Duration::from_millis(20)),
        Mishap::ForgetKeys,
        Mishap::Expired,
        Mishap::FailFirst,
    ];

    /// Its name, for counts.
    pub fn name(self) -> &'static str {
        match self {
            Mishap::AcceptThenFail => "accept-then-fail",
            Mishap::AcceptThenCut => "accept-then-cut",
            Mishap::Delay(_) => "delay",
            Mishap::TooMany => "too-many",
            Mishap::ForgetKeys => "forget-keys",
            Mishap::Unauthorised => "unauthorised",
            Mishap::Expired => "expired",
            Mishap::FailFirst => "fail-first",
        }
    }
}

/// What goes wrong, and when.
#[derive(Debug, Clone, Default)]
pub struct Mishaps {
    script: VecDeque<Option<Mishap>>,
    seed: Option<(u64, u64)>,
    mix: Vec<(u64, Mishap)>,
    drawn: u64,
    unlimited: bool,
    keyless: bool,
    counts: BTreeMap<&'static str, usize>,
}

impl Mishaps {
    /// Nothing goes wrong.
    pub fn none() -> Mishaps {
        Mishaps::default()
    }

    /// One entry for each write, in order; after the last nothing goes wrong.
    pub fn script(script: impl IntoIterator<Item = Option<Mishap>>) -> Mishaps {
        Mishaps { script: script.into_iter().collect(), ..Mishaps::default() }
    }

    /// So many of a hundred writes go wrong, chosen by the seed.
    pub fn seeded(seed: u64, percent: u64) -> Mishaps {
        Mishaps { seed: Some((seed, percent)), ..Mishaps::default() }
    }

    /// Each mishap at so many of a thousand writes, chosen by the seed.
    pub fn mixed(seed: u64, mix: impl IntoIterator<Item = (u64, Mishap)>) -> Mishaps {
        Mishaps { seed: Some((seed, 0)), mix: mix.into_iter().collect(), ..Mishaps::default() }
    }

    /// The same, on servers that take no notice of keys: a repeat is another post.
    pub fn without_keys(self) -> Mishaps {
        Mishaps { keyless: true, ..self }
    }

    /// Whether the servers remember keys.
    pub fn keyed(&self) -> bool {
        !self.keyless
    }

    /// The same, on servers without rate limits, for tests that write much.
    pub fn without_limits(self) -> Mishaps {
        Mishaps { unlimited: true, ..self }
    }

    /// Whether the servers' rate limits hold.
    pub fn limited(&self) -> bool {
        !self.unlimited
    }

    /// Adds a mishap for the next write that has none yet.
    pub fn add(&mut self, mishap: Mishap) {
        self.script.push_back(Some(mishap));
    }

    /// How often each has happened.
    pub fn counts(&self) -> &BTreeMap<&'static str, usize> {
        &self.counts
    }

    /// What goes wrong at this write.
    pub(crate) fn draw(&mut self) -> Option<Mishap> {
        let scripted = self.script.pop_front();
        let mishap = scripted.unwrap_or_else(|| self.seed.and_then(|(seed, percent)| self.by_seed(seed, percent)));
        if let Some(mishap) = mishap {
            *self.counts.entry(mishap.name()).or_default() += 1;
        }
        mishap
    }

    fn by_seed(&mut self, seed: u64, percent: u64) -> Option<Mishap> {
        self.drawn += 1;
        let number = mixed(seed ^ mixed(self.drawn));
        if !self.mix.is_empty() {
            let mut at = number % 1000;
            return self
                .mix
                .iter()
                .find(|(share, _)| {
                    at < *share || {
                        at -= share;
                        false
                    }
                })
                .map(|(_, mishap)| *mishap);
        }
        (number % 100 < percent).then(|| Mishap::DRAWN[(number / 100 % Mishap::DRAWN.len() as u64) as usize])
    }
}

/// splitmix64 (Steele, Lea, Flood 2014): one number in, one well-mixed number out.
fn mixed(number: u64) -> u64 {
    let number = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let number = (number ^ number >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let number = (number ^ number >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ number >> 31
}
