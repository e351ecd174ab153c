//! Stand-ins for the platforms, on this machine: what a publish would do, seen before anyone is told.
//!
//! They enforce the documented rules of their networks and pass the same tests as the real servers (`tests/suite/channels.rs`),
//! keep what they accept before they answer, and go wrong when told to. Wherever a channel's own address leads, a
//! rehearsal's transport leads here.

pub mod bluesky;
pub mod boards;
pub mod by_hand;
pub mod cid;
pub mod email;
mod email_message;
pub mod hook;
pub mod lexicon;
pub mod mastodon;
mod mastodon_view;
pub mod mishaps;
pub mod notify;
pub mod posts;
mod server;
pub mod shared;
mod site;
pub mod stand_in;
mod stand_ins;
mod transcript;
mod wall;
pub mod world;

use stand_in::StandIn;

/// All stand-ins, in the order of the wall.
pub const STAND_INS: &[&StandIn] =
    &[&mastodon::STAND_IN, &bluesky::STAND_IN, &email::STAND_IN, &notify::STAND_IN, &by_hand::STAND_IN, &hook::STAND_IN];

pub use mishaps::{Mishap, Mishaps};
pub use posts::WallPost;
pub use stand_ins::{RehearsalError, ServedSite, StandIns, serve_site};
