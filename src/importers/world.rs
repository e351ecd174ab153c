//! In: names that files of an archive use. Out: ids, each given once: of records, of terms, of records that are only named.

use super::words::{one_line, slug};
use crate::model::kind::{Kind, Vocabulary};
use crate::model::route::SafePath;
use jiff::tz::TimeZone;
use std::collections::{BTreeMap, BTreeSet};

/// What an import has learnt so far.
#[derive(Debug)]
pub struct World {
    /// The body's zone, by which a day begins where a field wants an instant.
    pub zone: TimeZone,
    /// Ids that are taken, case folded.
    taken: BTreeSet<String>,
    /// Records by the name of their old file, without ending.
    by_file: BTreeMap<String, String>,
    /// Terms by list and id, with their names.
    terms: BTreeMap<Vocabulary, BTreeMap<String, String>>,
    /// Records made for a name alone: kind and name, then their id.
    made: BTreeMap<(&'static str, String), String>,
}

impl World {
    /// Nothing learnt yet.
    pub fn new(zone: TimeZone) -> World {
        let (taken, by_file, terms, made) = Default::default();
        World { zone, taken, by_file, terms, made }
    }

    /// Gives a record its id; one that is taken gets a number.
    pub fn claim(&mut self, wanted: &str) -> Option<String> {
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        let id = std::iter::once(wanted.to_owned()).chain(numbered).find(|id| !self.taken.contains(&id.to_lowercase()))?;
        SafePath::new(&id).ok()?;
        self.taken.insert(id.to_lowercase());
        Some(id)
    }

    /// Remembers which record a file became.
    pub fn became(&mut self, file: &str, id: &str) {
        self.by_file.entry(file.to_owned()).or_insert_with(|| id.to_owned());
    }

    /// The record that a file became.
    pub fn record_of(&self, file: &str) -> Option<&str> {
        self.by_file.get(file).map(String::as_str)
    }

    /// Whether a record has this id.
    pub fn has(&self, id: &str) -> bool {
        self.taken.contains(&id.to_lowercase())
    }

    /// The id of a term; the first name it was met under stays.
    pub fn term(&mut self, list: Vocabulary, name: &str) -> Option<String> {
        let id = slug(name);
        let terms = self.terms.entry(list).or_default();
        (!id.is_empty()).then(|| terms.entry(id.clone()).or_insert_with(|| one_line(name)))?;
        Some(id)
    }

    /// The terms of a list.
    pub fn terms(&self, list: Vocabulary) -> impl Iterator<Item = (&str, &str)> {
        self.terms.get(&list).into_iter().flatten().map(|(id, name)| (id.as_str(), name.as_str()))
    }

    /// The record that stands for a name; made where there is none yet. Names that differ are different records.
    pub fn make(&mut self, kind: &'static Kind, name: &str) -> Option<String> {
        let key = (kind.name, name.to_owned());
        if let Some(id) = self.made.get(&key) {
            return Some(id.clone());
        }
        let slug = Some(slug(name)).filter(|slug| !slug.is_empty())?;
        let id = self.claim(&format!("{}/{slug}", kind.folder))?;
        self.made.insert(key, id.clone());
        Some(id)
    }

    /// The records that were made for names: id and name.
    pub fn made(&self) -> impl Iterator<Item = (&str, &str)> {
        self.made.iter().map(|((_, name), id)| (id.as_str(), name.as_str()))
    }
}
