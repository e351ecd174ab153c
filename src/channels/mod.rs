//! Where news is told: one file a platform.

pub mod answers;
pub mod atoms;
pub mod bluesky;
pub mod bluesky_record;
pub mod channel;
pub mod containers;
pub mod facebook;
mod facebook_find;
pub mod fit;
pub mod graph;
pub mod graph_faults;
pub mod instagram;
pub mod mastodon;
mod mastodon_find;
pub mod meta_pictures;
pub mod meta_token;
pub mod own_posts;
pub mod plugin;
pub mod protocol;
pub mod statuses;
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
];
