//! The nouns: plain values that every room may hold. Imports nothing above itself.

pub mod abilities;
pub mod announcement;
pub mod date;
pub mod finding;
pub mod keeping;
pub mod kind;
pub mod lang;
pub mod ledger;
pub mod log;
pub mod manifest;
pub mod messages;
pub mod picture;
pub mod recipe;
pub mod record;
pub mod route;
pub mod settings;
pub mod site;
pub mod source;
pub mod state;
pub mod theme;
pub mod transport;
pub mod wire;
