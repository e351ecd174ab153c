//! Announcing: every way in which it can go wrong, and what is planned when.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod choices;
mod explore;
mod planning;
mod platform;
mod running;
mod simulate;
mod town;
mod travelling;
mod turns;
mod world;
