//! Stand-ins for the platforms, on this machine: what a publish would do, seen before anyone is told.
//!
//! They enforce the documented rules of their networks and pass the same tests as the real servers (`tests/suite/channels.rs`),
//! keep what they accept before they answer, and go wrong when told to. Wherever a channel's own address leads, a
//! rehearsal's transport leads here.

pub mod bluesky;
pub mod boards;
pub mod by_hand;
pub mod cid;
pub mod discord;
mod discord_rules;
pub mod email;
mod email_message;
mod exact;
pub mod facebook;
pub mod hook;
pub mod instagram;
pub mod lexicon;
pub mod linkedin;
mod linkedin_comments;
mod linkedin_text;
pub mod mastodon;
mod mastodon_view;
pub mod matrix;
mod matrix_rules;
pub mod meta;
pub mod meta_containers;
pub mod mishaps;
pub mod misskey;
pub mod nostr;
mod nostr_rules;
pub mod notify;
pub mod posts;
mod server;
pub mod shared;
mod site;
pub mod slack;
mod slack_rules;
pub mod stand_in;
mod stand_ins;
pub mod teams;
pub mod telegram;
pub mod threads;
pub mod tiktok;
mod transcript;
pub mod viber;
pub mod vk;
mod vk_wall;
mod wall;
pub mod world;
pub mod x;
mod x_auth;
mod x_media;
mod x_view;

pub use mishaps::{Mishap, Mishaps};
pub use posts::WallPost;
pub use stand_ins::{RehearsalError, ServedSite, StandIns, serve_site};
