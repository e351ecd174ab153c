//! In: names in a language. Out: their order, and the letter that each stands under, as that language's readers expect.
//!
//! CLDR through `icu`: in Swedish å, ä and ö stand behind z; in Kazakh ә stands behind а.

use crate::model::lang::Lang;
use icu::collator::options::{CollatorOptions, Strength};
use icu::collator::{Collator as Icu, CollatorBorrowed};
use icu::locale::Locale;
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;

/// The order of one language.
pub struct Collator {
    whole: Option<CollatorBorrowed<'static>>,
    letters: Option<CollatorBorrowed<'static>>,
}

impl Collator {
    /// The order of a language; of code points where `icu` has none.
    pub fn new(lang: Lang) -> Collator {
        let locale: Locale = lang.as_str().parse().unwrap_or(Locale::UNKNOWN);
        let mut primary = CollatorOptions::default();
        primary.strength = Some(Strength::Primary);
        Collator {
            whole: Icu::try_new((&locale).into(), CollatorOptions::default()).ok(),
            letters: Icu::try_new((&locale).into(), primary).ok(),
        }
    }

    /// How two names stand to each other.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.whole.as_ref().map_or_else(|| a.cmp(b), |collator| collator.compare(a, b))
    }

    /// The capital that a name stands under: without its accent, where the language takes the accented one for the same.
    pub fn letter(&self, name: &str) -> String {
        let Some(first) = name.chars().find(|c| c.is_alphanumeric()) else { return "#".into() };
        if first.is_ascii_digit() {
            return "0–9".into();
        }
        let composed = first.to_string();
        let base = composed.nfd().next().unwrap_or(first).to_string();
        let same = self.letters.as_ref().is_some_and(|collator| collator.compare(&base, &composed) == Ordering::Equal);
        let letter = if same { base } else { composed };
        // Georgian has one case; its capitals are for whole words set in capitals only.
        if letter.starts_with(|c| ('\u{10d0}'..='\u{10ff}').contains(&c)) { letter } else { letter.to_uppercase() }
    }
}

#[cfg(test)]
mod tests {
    use super::Collator;

    fn sorted(lang: &str, mut names: Vec<&str>) -> String {
        let collator = Collator::new(lang.parse().expect("a language"));
        names.sort_by(|a, b| collator.compare(a, b));
        names.join(" ")
    }

    #[test]
    fn names_stand_in_the_order_of_their_language() {
        assert_eq!(sorted("sv", vec!["Översyn", "Zon", "Ärende", "Ånga", "Avfall"]), "Avfall Zon Ånga Ärende Översyn");
        assert_eq!(sorted("en", vec!["Översyn", "Zon", "Ånga", "Avfall"]), "Ånga Avfall Översyn Zon");
        assert_eq!(sorted("kk", vec!["Балық", "Әкім", "Ғимарат", "Гүл", "Аула"]), "Аула Әкім Балық Гүл Ғимарат");
        assert_eq!(sorted("ka", vec!["წყალი", "ავტობუსი", "ბიბლიოთეკა"]), "ავტობუსი ბიბლიოთეკა წყალი");
    }

    #[test]
    fn a_letter_keeps_its_mark_where_it_is_a_letter_of_its_own() {
        let letter = |lang: &str, name: &str| Collator::new(lang.parse().expect("a language")).letter(name);
        assert_eq!(letter("sv", "ånga"), "Å");
        assert_eq!(letter("en", "ånga"), "A");
        assert_eq!(letter("sv", "Éva"), "E");
        assert_eq!(letter("ru", "Йод"), "Й");
        assert_eq!(letter("ru", "ёлка"), "Е");
        assert_eq!(letter("kk", "әкім"), "Ә");
        assert_eq!(letter("ka", "წყალი"), "წ");
        assert_eq!(letter("ar", "أعمال"), "ا");
        assert_eq!(letter("sv", "24 timmar"), "0–9");
        assert_eq!(letter("sv", "…"), "#");
    }
}
