//! In: the site's channels. Out: for each, what it can do, what its platform asks for, and whether its credentials hold.
//!
//! Every call is one that changes nothing on the platform. A token that ends within [`SOON`] days is told of while there
//! is time to make a new one.

use super::telling::{Ways, crew};
use crate::catalogue::CATALOGUE;
use crate::model::settings::ChannelSettings;
use crate::model::site::Site;
use crate::model::transport::{Abilities, Channel, Proof, SendError};
use jiff::{SignedDuration, Timestamp};
use std::path::Path;

/// Days before the end of a token from which on it is told.
pub const SOON: i64 = 14;

/// What is known of one channel.
#[derive(Debug)]
pub struct Proven {
    /// Its name in the settings.
    pub channel: String,
    /// Its platform.
    pub platform: String,
    /// What it can do.
    pub abilities: Abilities,
    /// What the platform's terms ask of a public body.
    pub terms: &'static [&'static str],
    /// What the calls have shown.
    pub proof: Result<Proof, SendError>,
}

/// How long a token still lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Life {
    /// Nobody said when it ends.
    Unknown,
    /// So many whole days.
    Days(i64),
    /// So many whole days, fewer than [`SOON`].
    Soon(i64),
    /// It has ended.
    Over,
}

/// Proves the channels named, or all.
pub fn prove(site: &Site, root: &Path, ways: &dyn Ways, only: &[String]) -> Vec<Proven> {
    let crew = crew(site, root);
    let chosen = |settings: &ChannelSettings| only.is_empty() || only.contains(&settings.name);
    let both = site.settings.channels.iter().zip(crew.iter().map(AsRef::as_ref)).filter(|(settings, _)| chosen(settings));
    let one = |(settings, channel): (&ChannelSettings, &dyn Channel)| {
        let platform = CATALOGUE.platforms.iter().find(|platform| platform.name == settings.platform);
        Proven {
            channel: settings.name.clone(),
            platform: settings.platform.clone(),
            abilities: channel.abilities(),
            terms: platform.map_or(&[], |platform| platform.terms),
            proof: channel.prove(&mut ways.out(settings)),
        }
    };
    both.map(one).collect()
}

/// How long a token lives from now on.
pub fn life(expires: Option<Timestamp>, now: Timestamp) -> Life {
    let Some(expires) = expires else { return Life::Unknown };
    let left: SignedDuration = expires.duration_since(now);
    match left.as_hours().div_euclid(24) {
        _ if left <= SignedDuration::ZERO => Life::Over,
        days if days < SOON => Life::Soon(days),
        days => Life::Days(days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_fourteen_days_are_soon() {
        let now = Timestamp::from_second(1_700_000_000).expect("an instant");
        let after = |hours: i64| life(Some(now + SignedDuration::from_hours(hours)), now);
        assert_eq!(after(24 * 14), Life::Days(14));
        assert_eq!(after(24 * 14 - 1), Life::Soon(13));
        assert_eq!(after(1), Life::Soon(0));
        assert_eq!(after(0), Life::Over);
        assert_eq!(life(None, now), Life::Unknown);
    }
}
