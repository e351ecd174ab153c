//! In: the records and the files beside them. Out: the pictures that a record names, by their addresses.
//!
//! Only those are made in several sizes: an archive of photographs that is merely attached is copied. Names are looked
//! for in the records' files as they were typed; a picture too many costs time, one too few is shown in its own size.

use crate::model::route::Route;
use crate::model::site::Item;
use crate::model::source::Asset;
use std::collections::{BTreeMap, BTreeSet};

const ENDINGS: [&str; 6] = ["jpg", "jpeg", "png", "webp", "gif", "svg"];

/// Pictures that records name, and where they are in `assets`.
pub fn named(assets: &[(Route, Asset)], items: &[Item]) -> BTreeMap<String, usize> {
    let pictures: Vec<usize> = (0..assets.len()).filter(|at| assets[*at].1.picture.is_some()).collect();
    if pictures.is_empty() {
        return BTreeMap::new();
    }
    let mut words = BTreeSet::new();
    for edition in items.iter().flat_map(|item| &item.editions) {
        gather(&edition.record.source.text, &mut words);
    }
    let is_named = |at: &usize| words.contains(last_word(assets[*at].1.path.name()));
    pictures.into_iter().filter(is_named).map(|at| (assets[at].0.href(), at)).collect()
}

/// Words of a text that end like the name of a picture.
fn gather(text: &str, into: &mut BTreeSet<String>) {
    for (dot, _) in text.match_indices('.') {
        let rest = &text.as_bytes()[dot + 1..];
        let Some(ending) =
            ENDINGS.iter().find(|ending| rest.get(..ending.len()).is_some_and(|own| own.eq_ignore_ascii_case(ending.as_bytes())))
        else {
            continue;
        };
        let start = text[..dot].rfind(|c: char| c.is_whitespace() || "/()<>[]\"'=,;{}`".contains(c));
        let start = start.map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
        let word = percent_encoding::percent_decode_str(&text[start..dot + 1 + ending.len()]).decode_utf8_lossy();
        into.insert(last_word(&word).to_owned());
    }
}

fn last_word(name: &str) -> &str {
    name.rsplit(|c: char| c.is_whitespace() || "/()<>[]\"'=,;{}`".contains(c)).next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_however_they_are_written() {
        let mut words = BTreeSet::new();
        gather(
            "![a](map.png) <img src='../x/plan%20of%20town.JPG'> {file: bro\u{308}.webp} map.pdf 3.14 ![](<den nya b\u{e5}ten.svg>)",
            &mut words,
        );
        assert_eq!(words.into_iter().collect::<Vec<_>>(), ["bro\u{308}.webp", "b\u{e5}ten.svg", "map.png", "town.JPG"]);
    }
}
