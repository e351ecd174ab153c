//! The only doors to the outside: disk, network, processes, the environment, the clock.

pub mod archive;
pub mod cache;
pub mod clock;
pub mod disk;
pub mod files;
pub mod git;
mod git_call;
pub mod handover;
pub mod http;
pub mod live;
pub mod mail;
pub mod occasion;
pub mod outplace;
pub mod outside;
pub mod pictures;
pub mod process;
mod rehearsed;
pub mod rotation;
pub mod scan;
pub mod secrets;
pub mod server;
pub mod socket;
pub mod staging;
pub mod stores;
pub mod theme;
pub mod tree;
pub mod watcher;
