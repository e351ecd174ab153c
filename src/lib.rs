//! The map of Promulgate: a folder of Markdown becomes a public body's open record, and its news is told once.
//!
//! ```text
//! disk -> Sources -parse-> Records -assemble-> Site -formats-> Recipes -render, check-> staged files -> Manifest -swap-> public/
//! announce:  Site + Ledger -plan-> Announcements -deliver-> Receipts -> Ledger -> state store
//! ```
//!
//! Floors, from the top; an import points down, never up, and never across between rooms of one floor:
//!
//! | floor | rooms |
//! |---|---|
//! | 6 | [`commands`] and `main`: what a person can ask for; only they print |
//! | 5 | [`pipeline`]: the recipes of a run on one page |
//! | 4 | [`catalogue`]: the registries · [`announce`]: what is told, once · [`rehearsal`]: the stand-in platforms |
//! | 3 | [`parse`] · [`assemble`] · [`kinds`] · [`rules`] · [`formats`] · [`channels`] · [`importers`] · [`transparency`]: the public log · [`io`]: the only doors |
//! | 3 | [`parse`] · [`assemble`] · [`kinds`] · [`rules`] · [`formats`] · [`channels`] · [`importers`] · [`transparency`] · [`io`]: the only doors |
//! | 2 | [`text`]: Markdown, escaping, sentences, dates in words · [`pictures`]: heads, metadata and sizes of pictures |
//! | 1 | [`model`]: the nouns, plain values |
//!
//! `tests/house.rs` keeps this true. `docs/house.md` says why it is so.

pub mod announce;
pub mod assemble;
pub mod catalogue;
pub mod channels;
pub mod commands;
pub mod formats;
pub mod importers;
pub mod io;
pub mod kinds;
pub mod model;
pub mod parse;
pub mod pictures;
pub mod pipeline;
pub mod rehearsal;
pub mod rules;
pub mod text;
pub mod transparency;
