//! Where news is told: one file a platform.

pub mod answers;
pub mod atoms;
pub mod bech32;
pub mod bluesky;
pub mod bluesky_record;
mod bluesky_view;
pub mod channel;
mod chat;
pub mod discord;
mod discord_find;
pub mod fit;
pub mod mastodon;
mod mastodon_find;
mod mastodon_prove;
pub mod matrix;
mod matrix_event;
mod matrix_find;
pub mod misskey;
pub mod nostr;
pub mod nostr_event;
mod nostr_relay;
pub mod plugin;
pub mod protocol;
pub mod slack;
mod slack_answer;
pub mod statuses;
pub mod teams;
pub mod text;
pub mod tid;
pub mod webhook;
pub mod wordings;

use channel::Platform;

/// All platforms.
pub const PLATFORMS: &[&Platform] = &[
    &mastodon::PLATFORM,
    &bluesky::PLATFORM,
    &webhook::PLATFORM,
    &plugin::PLATFORM,
    &matrix::PLATFORM,
    &nostr::PLATFORM,
    &discord::PLATFORM,
    &slack::PLATFORM,
    &teams::PLATFORM,
    &misskey::PLATFORM,
];
