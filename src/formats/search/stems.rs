//! In: a language. Out: what brings the forms of a word together: Snowball's stemmer, where there is one.
//!
//! Stems are met at build time only. Words of one stem are one class in the index, so that a browser needs no stemmer.

use crate::model::lang::Lang;
use frostem::{Algorithm, Stemmer};
use std::borrow::Cow;

/// The stemmer of a language, if it has one.
pub(super) struct Stems {
    stemmer: Option<Stemmer>,
    swedish: bool,
}

/// Endings before which a Swedish word loses the `e` of its last syllable.
const ENDINGS: [&str; 15] = ["arnas", "ornas", "ernas", "arna", "orna", "erna", "ets", "ens", "nas", "et", "en", "na", "ar", "or", "er"];

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
            _ => return Stems { stemmer: None, swedish: false },
        };
        Stems { stemmer: Some(Stemmer::new(algorithm)), swedish: lang.primary() == "sv" }
    }

    /// Whether there is one.
    pub(super) fn any(&self) -> bool {
        self.stemmer.is_some()
    }

    /// The stem of a word; the word itself where there is no stemmer, and for numbers.
    pub(super) fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match &self.stemmer {
            Some(stemmer) if !word.starts_with(|c: char| c.is_numeric()) => stemmer.stem(word),
            _ => Cow::Borrowed(word),
        }
    }

    /// The stem of a word on a site whose other words are known: `vattnet` is a form of `vatten`, `numret` of `nummer`,
    /// which no stemmer sees by the word alone.
    pub(super) fn stem_among<'w>(&self, word: &'w str, is_known: &dyn Fn(&str) -> bool) -> Cow<'w, str> {
        let whole = if self.swedish { whole(word, is_known) } else { None };
        whole.map_or_else(|| self.stem(word), |whole| Cow::Owned(self.stem(&whole).into_owned()))
    }
}

/// The known word of which a Swedish word may be a shortened form.
fn whole(word: &str, is_known: &dyn Fn(&str) -> bool) -> Option<String> {
    let bare = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending))?;
    let mut letters = bare.chars().rev();
    let (last, before) = (letters.next()?, letters.next()?);
    if !matches!(last, 'l' | 'n' | 'r') || matches!(before, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'å' | 'ä' | 'ö') {
        return None;
    }
    let stem = &bare[..bare.len() - 1];
    [format!("{stem}e{last}"), format!("{stem}{before}e{last}")].into_iter().find(|whole| is_known(whole))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shortened_form_is_brought_home_only_where_its_word_is_known() {
        let stems = Stems::of("sv".parse().unwrap());
        let among = |word: &str, known: &'static [&str]| stems.stem_among(word, &|other| known.contains(&other)).into_owned();
        assert_eq!(among("vattnet", &["vatten"]), stems.stem("vatten"));
        assert_eq!(among("numret", &["nummer"]), stems.stem("nummer"));
        assert_eq!(among("nycklarna", &["nyckel"]), stems.stem("nyckel"));
        assert_eq!(among("hamnen", &["hamn"]), stems.stem("hamn"));
    }
}
