//! The public log of what was published, as values and pure functions: a C2SP tlog-tiles log of static files.
//!
//! Floor 3: may import `text` and `model` only. No disk, no network, no clock, no randomness: salts, keys and times are
//! given in. Formats: RFC 6962 section 2.1 (hashing), C2SP signed-note, tlog-checkpoint, tlog-tiles, tlog-cosignature,
//! tlog-proof, tlog-policy and tlog-witness. Whatever comes in may be hostile; nothing here panics over it.

pub mod acts;
mod change;
pub mod check;
mod check_chains;
mod check_log;
pub mod check_page;
mod check_records;
mod check_stamps;
mod check_witness;
pub mod checkpoint;
mod der;
mod encoding;
pub mod journal;
mod journal_fault;
mod journal_keys;
pub mod journal_step;
pub mod keys;
pub mod leaf;
pub mod manifest_note;
pub mod note;
pub mod papers;
pub mod policy;
pub mod proof;
pub mod seen;
pub mod site;
mod stretches;
pub mod tiles;
pub mod time_stamp;
pub mod tree;
pub mod witness;
mod words;

pub use encoding::{hex, unhex};
