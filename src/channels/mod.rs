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
mod described;
pub mod discord;
mod discord_find;
pub mod email;
mod email_words;
pub mod facebook;
mod facebook_find;
pub mod fit;
pub mod gov_notify;
mod gov_notify_answers;
pub mod graph;
pub mod graph_faults;
pub mod instagram;
pub mod linkedin;
mod linkedin_calls;
mod linkedin_comments;
mod linkedin_find;
mod linkedin_media;
mod linkedin_proof;
pub mod little;
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
mod nostr_login;
mod nostr_relay;
mod oauth1;
pub mod own_posts;
pub mod plugin;
pub mod protocol;
mod said;
pub(crate) mod server;
pub mod slack;
mod slack_answer;
pub mod statuses;
pub mod teams;
pub mod telegram;
mod telegram_calls;
pub mod text;
pub mod threads;
pub mod tid;
pub mod tiktok;
pub mod tiktok_calls;
pub mod tiktok_status;
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
    &misskey::PLATFORM,
    &bluesky::PLATFORM,
    &nostr::PLATFORM,
    &matrix::PLATFORM,
    &facebook::PLATFORM,
    &instagram::PLATFORM,
    &threads::PLATFORM,
    &x::PLATFORM,
    &linkedin::PLATFORM,
    &tiktok::PLATFORM,
    &telegram::PLATFORM,
    &vk::PLATFORM,
    &viber::PLATFORM,
    &discord::PLATFORM,
    &slack::PLATFORM,
    &teams::PLATFORM,
    &email::PLATFORM,
    &gov_notify::PLATFORM,
    &by_hand::PLATFORM,
    &webhook::PLATFORM,
    &plugin::PLATFORM,
];
