//! Where old archives come from: one file a source, listed here.

mod body;
mod fields;
pub mod importer;
pub mod map;
pub mod markdown;
mod words;
mod world;

/// All importers, by the name that `import` knows them by.
pub const IMPORTERS: &[&dyn importer::Importer] = &[&markdown::Markdown];
