//! The contract of an importer: an old archive in, records out, and an account of every file.
//!
//! An importer is pure: whoever calls it reads the files and writes what comes back. Nothing is lost in silence: each
//! file that was found stands in the account once, with where it went or why it did not.

use crate::importers::map::ImportMap;
use crate::model::kind::{Field, Kind};
use crate::model::route::SafePath;
use crate::model::source::{Asset, Source};

/// The files of an archive.
#[derive(Debug, Clone, Default)]
pub struct Archive {
    /// Its text files, paths below the archive.
    pub texts: Vec<Source>,
    /// All other files.
    pub others: Vec<Asset>,
    /// Files that could not be read at all, and why.
    pub unreadable: Vec<(String, String)>,
}

impl Archive {
    /// How many files were found.
    pub fn len(&self) -> usize {
        self.texts.len() + self.others.len() + self.unreadable.len()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What a record may be, handed in by the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Tables {
    /// All kinds.
    pub kinds: &'static [&'static Kind],
    /// The fields of every kind.
    pub common: &'static [Field],
}

/// What became of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fate {
    /// A record was made of it, at this path.
    Imported(SafePath),
    /// It is copied as it is, to this path.
    Copied(SafePath),
    /// It was left out: the line (from 1) that shows why, and the reason as a whole sentence.
    Rejected(usize, String),
}

/// A file of the archive and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path below the archive.
    pub path: String,
    /// What became of it.
    pub fate: Fate,
    /// What was changed on the way, whole sentences.
    pub notes: Vec<String>,
}

/// An archive as records.
#[derive(Debug, Clone, Default)]
pub struct Imported {
    /// `promulgate.yaml`: the map's settings with every term that was met.
    pub settings: String,
    /// The records: path below the new root, text.
    pub records: Vec<(SafePath, String)>,
    /// Records that no file stands for: services and the like that others only named.
    pub made: Vec<(SafePath, String)>,
    /// Files to copy: from below the archive, to below the new root.
    pub copies: Vec<(SafePath, SafePath)>,
    /// One entry a file, by path.
    pub account: Vec<Entry>,
}

impl Imported {
    /// Files that became records, files copied, files left out.
    pub fn counts(&self) -> (usize, usize, usize) {
        let count = |wanted: fn(&Fate) -> bool| self.account.iter().filter(|entry| wanted(&entry.fate)).count();
        (
            count(|fate| matches!(fate, Fate::Imported(_))),
            count(|fate| matches!(fate, Fate::Copied(_))),
            count(|fate| matches!(fate, Fate::Rejected(..))),
        )
    }
}

/// A kind of archive that can be read.
pub trait Importer: Send + Sync {
    /// Its name on the command line, such as `markdown`.
    fn name(&self) -> &'static str;

    /// Makes records of an archive.
    fn import(&self, archive: &Archive, map: &ImportMap, tables: Tables) -> Imported;
}
