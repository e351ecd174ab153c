//! Where news is told: one file a platform.

pub mod answers;
pub mod atoms;
pub mod bluesky;
pub mod bluesky_record;
pub mod by_hand;
mod by_hand_kit;
pub mod channel;
pub mod email;
mod email_words;
pub mod fit;
pub mod gov_notify;
mod gov_notify_answers;
pub mod mastodon;
mod mastodon_find;
pub mod plugin;
pub mod protocol;
pub mod statuses;
pub mod text;
pub mod tid;
pub mod webhook;
pub mod wordings;

use channel::Platform;

/// All platforms.
pub const PLATFORMS: &[&Platform] = &[
    &mastodon::PLATFORM,
    &bluesky::PLATFORM,
    &email::PLATFORM,
    &gov_notify::PLATFORM,
    &by_hand::PLATFORM,
    &webhook::PLATFORM,
    &plugin::PLATFORM,
];
