//! Where news is told: one file a platform.

pub mod answers;
pub mod atoms;
pub mod bech32;
pub mod bluesky;
pub mod bluesky_record;
mod bluesky_view;
pub mod by_hand;
mod by_hand_kit;
pub mod channel;
mod chat;
pub mod containers;
pub mod discord;
mod discord_find;
pub mod email;
mod email_words;
pub mod facebook;
mod facebook_find;
pub mod fit;
pub mod graph;
pub mod graph_faults;
pub mod instagram;
pub mod mastodon;
mod mastodon_find;
mod mastodon_prove;
pub mod matrix;
mod matrix_event;
mod matrix_find;
pub mod meta_pictures;
pub mod meta_token;
pub mod misskey;
pub mod nostr;
pub mod nostr_event;
mod nostr_relay;
pub mod notify;
mod notify_answers;
pub mod own_posts;
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
    &misskey::PLATFORM,
    &bluesky::PLATFORM,
    &nostr::PLATFORM,
    &matrix::PLATFORM,
    &facebook::PLATFORM,
    &instagram::PLATFORM,
    &threads::PLATFORM,
    &tiktok::PLATFORM,
    &discord::PLATFORM,
    &slack::PLATFORM,
    &teams::PLATFORM,
    &email::PLATFORM,
    &notify::PLATFORM,
    &by_hand::PLATFORM,
    &webhook::PLATFORM,
    &plugin::PLATFORM,
];
