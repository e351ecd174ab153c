//! In: words and a language. Out: the words as one list: `A, B och C`.
//!
//! CLDR through `icu`; one is built once a language and shared.

use crate::model::lang::Lang;
use crate::text::dates::locale;
use icu::list::ListFormatter;
use icu::list::options::{ListFormatterOptions, ListLength};

/// The way a language joins the items of a list.
pub struct Lists(ListFormatter);

impl Lists {
    /// The way of a language.
    pub fn new(lang: Lang) -> Lists {
        let options = ListFormatterOptions::default().with_length(ListLength::Wide);
        Lists(ListFormatter::try_new_and((&locale(lang)).into(), options).expect("compiled data holds every locale by fallback"))
    }

    /// The items in one line; nothing where there are none.
    pub fn and(&self, items: &[String]) -> String {
        self.0.format_to_string(items.iter())
    }
}

impl std::fmt::Debug for Lists {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Lists")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_joins_in_its_own_way() {
        let items = ["A", "B", "C"].map(str::to_owned);
        for (lang, three, two) in [
            ("en", "A, B and C", "A and B"),
            ("sv", "A, B och C", "A och B"),
            ("fi", "A, B ja C", "A ja B"),
            ("ru", "A, B и C", "A и B"),
            // Kazakh sets the word between two things only (CLDR).
            ("kk", "A, B, C", "A және B"),
            ("ka", "A, B და C", "A და B"),
            ("ar", "A وB وC", "A وB"),
        ] {
            let lists = Lists::new(lang.parse().unwrap());
            assert_eq!((lists.and(&items), lists.and(&items[..2])), (three.to_owned(), two.to_owned()), "{lang}");
        }
    }
}
