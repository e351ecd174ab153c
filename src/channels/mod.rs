//! Where news is told: one file a platform.

pub mod answers;
pub mod atoms;
pub mod bech32;
pub mod bluesky;
pub mod bluesky_record;
pub mod channel;
pub mod containers;
pub mod facebook;
mod facebook_find;
mod chat;
pub mod discord;
mod discord_find;
pub mod fit;
pub mod graph;
pub mod graph_faults;
pub mod instagram;
pub mod mastodon;
mod mastodon_find;
pub mod meta_pictures;
pub mod meta_token;
pub mod own_posts;
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
pub mod threads;
pub mod tid;
pub mod tiktok;
pub mod tiktok_calls;
pub mod tiktok_status;
pub mod webhook;
pub mod wordings;

use channel::Platform;

/// All platforms.
pub const PLATFORMS: &[&Platform] = &[
    &mastodon::PLATFORM,
    &bluesky::PLATFORM,
    &facebook::PLATFORM,
    &instagram::PLATFORM,
    &threads::PLATFORM,
    &tiktok::PLATFORM,
    &webhook::PLATFORM,
    &plugin::PLATFORM,
    &webhook::PLATFORM,
    &plugin::PLATFORM,
    &matrix::PLATFORM,
    &nostr::PLATFORM,
    &discord::PLATFORM,
    &slack::PLATFORM,
    &teams::PLATFORM,
    &misskey::PLATFORM,
];
