//! Where news is told: one file a platform.

pub mod answers;
pub mod atoms;
pub mod bluesky;
pub mod bluesky_record;
pub mod channel;
mod described;
pub mod fit;
pub mod linkedin;
mod linkedin_calls;
mod linkedin_comments;
mod linkedin_find;
mod linkedin_media;
mod linkedin_proof;
pub mod little;
pub mod mastodon;
mod mastodon_find;
mod oauth1;
mod own_posts;
pub mod plugin;
pub mod protocol;
mod punycode;
mod said;
pub mod statuses;
pub mod telegram;
mod telegram_calls;
pub mod text;
pub mod tid;
mod uploads;
pub mod viber;
pub mod vk;
mod vk_calls;
mod vk_find;
mod vk_photos;
pub mod webhook;
pub mod weighted;
pub mod weighted_emoji;
pub mod weighted_urls;
pub mod wordings;
pub mod x;
mod x_calls;
mod x_find;
mod x_media;

use channel::Platform;

/// All platforms.
pub const PLATFORMS: &[&Platform] = &[
    &mastodon::PLATFORM,
    &bluesky::PLATFORM,
    &webhook::PLATFORM,
    &plugin::PLATFORM,
    &linkedin::PLATFORM,
    &telegram::PLATFORM,
    &viber::PLATFORM,
    &vk::PLATFORM,
    &x::PLATFORM,
];
