//! The contract of a platform: what it is called, what its settings may hold, how a configured channel is made.
//!
//! The behaviour of a channel is [`crate::model::transport::Channel`], so that delivery can be tested against
//! channels that exist nowhere.

use crate::model::kind::Field;
use crate::model::record::Fields;
use crate::model::settings::ChannelSettings;
use crate::model::transport::{Abilities, Channel, Speak};
use std::sync::Arc;

/// A platform that news can be told on.
pub struct Platform {
    /// Its name in `platform:`.
    pub name: &'static str,
    /// One sentence about it.
    pub about: &'static str,
    /// The fields of its own in a channel's settings; a field of shape `Secret` is kept apart from the others.
    pub fields: &'static [Field],
    /// What a channel of it can do; one of them may be able to do less, as its settings say.
    pub abilities: Abilities,
    /// What its terms ask of a public body, a sentence each with the remedy: told by `doctor` and in the manual.
    pub terms: &'static [&'static str],
    /// The addresses that its requests begin with, by the channel's own settings: a rehearsal leads each of them to the
    /// stand-in. Addresses that are secret have none.
    pub hosts: fn(own: &Fields) -> Vec<String>,
    /// Makes the channel of checked settings. `speak` starts the programs of plugins, which must be asked for their texts
    /// before anything is sent; the other platforms leave it alone. A rehearsal opens the very same channel: only its
    /// transport leads elsewhere.
    pub open: fn(settings: &ChannelSettings, speak: &Arc<dyn Speak>) -> Box<dyn Channel>,
}
