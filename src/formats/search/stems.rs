//! In: a language. Out: what brings the forms of a word together: Snowball's stemmer, where there is one.
//!
//! Stems are met at build time only. Words of one stem are one class in the index, so that a browser needs no stemmer.

use crate::model::lang::Lang;
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The stemmer of a language, if it has one.
pub(super) struct Stems(Option<Stemmer>);

impl Stems {
    /// The stemmer of a language. Kazakh and Georgian have none: the browser cuts endings off instead.
    pub(super) fn of(lang: Lang) -> Stems {
        let algorithm = match lang.primary() {
            "sv" => Algorithm::Swedish,
            "en" => Algorithm::English,
            "ru" => Algorithm::Russian,
            "fi" => Algorithm::Finnish,
            "ar" => Algorithm::Arabic,
            "da" => Algorithm::Danish,
            "nb" | "nn" | "no" => Algorithm::Norwegian,
            "de" => Algorithm::German,
            "fr" => Algorithm::French,
            "es" => Algorithm::Spanish,
            _ => return Stems(None),
        };
        Stems(Some(Stemmer::new(algorithm)))
    }

    /// Whether there is one.
    pub(super) fn any(&self) -> bool {
        self.0.is_some()
    }

    /// The stem of a word; the word itself where there is no stemmer, and for numbers.
    pub(super) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match &self.0 {
            Some(stemmer) if !word.starts_with(|c: char| c.is_numeric()) => stemmer.stem(word),
            _ => Cow::Borrowed(word),
        }
    }
}
