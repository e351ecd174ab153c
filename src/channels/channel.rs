//! The contract of a platform: what it is called, what its settings may hold, how a configured channel is made.
//!
//! The behaviour of a channel is [`crate::model::transport::Channel`], so that delivery can be tested against
//! channels that exist nowhere.

use crate::model::kind::Field;
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
    /// What every channel of it can do.
    pub abilities: Abilities,
    /// Makes the channel of checked settings. `speak` starts the programs of plugins, which must be asked for their texts
    /// before anything is sent; the other platforms leave it alone. A rehearsal opens the very same channel: only its
    /// transport leads elsewhere.
    pub open: fn(settings: &ChannelSettings, speak: &Arc<dyn Speak>) -> Box<dyn Channel>,
}
