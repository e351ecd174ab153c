//! In: names and titles. Out: their order in a language, and the letter of the alphabet that each stands under.
//!
//! CLDR through `icu`: Swedish and Finnish put å ä ö after z, Kazakh ә after а, and numbers stand in their own order (`9`
//! before `10`). Building one costs microseconds, so build it once a list.

use crate::model::lang::Lang;
use crate::text::dates::locale;
use icu::collator::options::{CollatorOptions, Strength};
use icu::collator::preferences::CollationNumericOrdering;
use icu::collator::{CollatorBorrowed, CollatorPreferences};
use std::cmp::Ordering;
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

/// The heading of names that begin with no letter.
pub const OTHER_INITIAL: &str = "#";

/// The alphabetical order of one language.
pub struct Collator {
    lang: Lang,
    order: CollatorBorrowed<'static>,
    letters: CollatorBorrowed<'static>,
}

impl Collator {
    /// The order of a language; one that CLDR does not know gets the root order of Unicode.
    pub fn new(lang: Lang) -> Collator {
        let mut wanted = CollatorPreferences::from(&locale(lang));
        wanted.numeric_ordering = Some(CollationNumericOrdering::True);
        let with = |strength| {
            let mut options = CollatorOptions::default();
            options.strength = Some(strength);
            icu::collator::Collator::try_new(wanted, options).expect("compiled data holds every locale by fallback")
        };
        Collator { lang, order: with(Strength::Tertiary), letters: with(Strength::Primary) }
    }

    /// How two texts stand in the language's order; equal to a reader means ordered by their characters, so that a sorted
    /// list never depends on the order it came in.
    pub fn compare(&self, one: &str, other: &str) -> Ordering {
        self.order.compare(one, other).then_with(|| one.cmp(other))
    }

    /// Sorts values by the text that readers see.
    pub fn sort_by<T>(&self, values: &mut [T], seen: impl Fn(&T) -> &str) {
        values.sort_by(|one, other| self.compare(seen(one), seen(other)));
    }

    /// The letter that a text stands under in an index from A to Z: `Ä` in Swedish, `É` under `E`, `أ` under `ا`; [`OTHER_INITIAL`] for what begins with no letter.
    pub fn initial(&self, text: &str) -> String {
        let Some(letter) = text.graphemes(true).find(|part| part.chars().any(char::is_alphanumeric)) else { return OTHER_INITIAL.into() };
        if !letter.chars().any(char::is_alphabetic) {
            return OTHER_INITIAL.into();
        }
        let plain: String = letter.nfd().filter(|c| c.is_alphabetic()).take(1).collect();
        let base = if self.letters.compare(&plain, letter) == Ordering::Equal { plain } else { letter.nfc().collect() };
        self.capital(&base)
    }

    /// The capital of a letter. Georgian has none in running text (Mtavruli would read as a title), Turkish has its own İ.
    fn capital(&self, letter: &str) -> String {
        match (self.lang.primary(), letter) {
            ("ka", _) => letter.to_owned(),
            ("tr" | "az", "i") => "İ".to_owned(),
            _ => letter.to_uppercase(),
        }
    }
}

impl std::fmt::Debug for Collator {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Collator").field("lang", &self.lang).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(lang: &str, words: &str) -> String {
        let mut words: Vec<&str> = words.split(' ').collect();
        words.sort_unstable();
        Collator::new(lang.parse().unwrap()).sort_by(&mut words, |word| word);
        words.join(" ")
    }

    #[test]
    fn every_language_has_its_own_alphabet() {
        for (lang, expected) in [
            ("en", "Aabenraa Älvdalen Örebro Zagreb"),
            ("sv", "Arboga Visby Zinkgruvan Åmål Älvdalen Öland"),
            ("fi", "Arkisto Vantaa Zeniitti Åbo Äiti Öljy"),
            ("kk", "Ақ Әке Бала Ғалым Күн Қала Нан Ңұр От Өмір Су Тау Ұл Үй Хат Һун Ыдыс Ік Ію"),
            ("ru", "Адрес Ёлка Ель Жильё Школа Яма"),
            ("ka", "ანი ბანი თბილისი ქუთაისი ყვარელი ჰაერი"),
            ("ar", "أحمد باب تقويم خدمة قرار مجلس"),
        ] {
            assert_eq!(sorted(lang, expected), expected, "{lang}");
        }
    }

    #[test]
    fn numbers_stand_in_their_own_order() {
        let order = Collator::new("sv".parse().unwrap());
        assert_eq!(order.compare("Linje 9", "Linje 10"), Ordering::Less);
        assert_eq!(order.compare("§ 112", "§ 99"), Ordering::Greater);
    }

    #[test]
    fn a_name_stands_under_its_letter() {
        let initial = |lang: &str, text: &str| Collator::new(lang.parse().unwrap()).initial(text);
        for (lang, text, letter) in [
            ("sv", "ålidhem", "Å"),
            ("sv", "”Öppna förskolan”", "Ö"),
            ("sv", "École", "E"),
            ("en", "Ålidhem", "A"),
            ("en", "112, the number", "#"),
            ("en", "…", "#"),
            ("ka", "თბილისი", "თ"),
            ("kk", "қала", "Қ"),
            ("ru", "ёлка", "Е"),
            ("ar", "أحمد", "ا"),
            ("tr", "izmir", "İ"),
        ] {
            assert_eq!(initial(lang, text), letter, "{lang} {text}");
        }
    }
}
