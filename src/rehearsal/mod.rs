//! Stand-ins for the platforms, on this machine: what a publish would do, seen before anyone is told.
//!
//! They enforce the documented rules of their networks and pass the same tests as the real servers (`tests/suite/channels.rs`),
//! keep what they accept before they answer, and go wrong when told to. Wherever a channel's own address leads, a
//! rehearsal's transport leads here.

pub mod bluesky;
pub mod boards;
pub mod cid;
mod exact;
pub mod hook;
pub mod lexicon;
pub mod linkedin;
mod linkedin_comments;
mod linkedin_text;
pub mod mastodon;
mod mastodon_view;
pub mod mishaps;
pub mod posts;
mod server;
pub mod shared;
mod site;
pub mod stand_in;
mod stand_ins;
pub mod telegram;
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

use stand_in::StandIn;

/// All stand-ins, in the order of the wall.
pub const STAND_INS: &[&StandIn] = &[
    &mastodon::STAND_IN,
    &bluesky::STAND_IN,
    &hook::STAND_IN,
    &linkedin::STAND_IN,
    &telegram::STAND_IN,
    &viber::STAND_IN,
    &vk::STAND_IN,
    &x::STAND_IN,
];

pub use mishaps::{Mishap, Mishaps};
pub use posts::WallPost;
pub use stand_ins::{RehearsalError, ServedSite, StandIns, serve_site};
