//! In: the words of a language that writes compounds as one. Out: which of them end in another word of the site.
//!
//! `kollektivtrafiken` ends in `trafiken`: whoever looks for `trafik` finds it. The site's own words are the dictionary.

use super::stems::Stems;
use super::words;
use crate::model::lang::Lang;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::xxh3_64;

/// Shortest compound, tail and heads, in letters; an unknown head must be longer to be believed.
const COMPOUND: usize = 8;
const TAIL: usize = 5;
const HEAD: usize = 3;
const UNKNOWN_HEAD: usize = 5;

/// A compound and its last part.
pub(super) struct Compound {
    /// The whole word.
    pub(super) word: Box<str>,
    /// Where its last part begins, in bytes.
    pub(super) cut: usize,
    /// The shard in which the last part is looked for.
    pub(super) shard: usize,
}

/// Splits the words of a language; none where it does not write compounds as one word.
pub(super) fn compounds<'w, I: Iterator<Item = &'w str>>(lang: Lang, shards: usize, all: impl Fn() -> I) -> Vec<Compound> {
    if !matches!(lang.primary(), "sv" | "fi" | "da" | "nb" | "nn" | "no" | "de") {
        return Vec::new();
    }
    let stems = Stems::of(lang);
    let known: BTreeSet<&str> = all().filter(|word| !word.starts_with(|c: char| c.is_numeric())).collect();
    let mut dictionary: Vec<u64> = known.iter().flat_map(|word| [hash(word), hash(&stems.stem(word))]).collect();
    dictionary.sort_unstable();
    dictionary.dedup();
    let knows = |part: &str| dictionary.binary_search(&hash(part)).is_ok();
    let is_tail = |part: &str| knows(part) || knows(&stems.stem(part));
    let long = known.iter().filter(|word| word.chars().count() >= COMPOUND);
    let mut found: Vec<Compound> = long
        .filter_map(|word| {
            let cut = cut(word, &is_tail, &knows)?;
            Some(Compound { word: (*word).into(), cut, shard: words::shard(&words::fold(&word[cut..]), shards) })
        })
        .collect();
    found.sort_by_key(|compound| compound.shard);
    found
}

/// Where the longest known last part begins.
fn cut(word: &str, is_tail: &dyn Fn(&str) -> bool, knows: &dyn Fn(&str) -> bool) -> Option<usize> {
    let letters: Vec<usize> = word.char_indices().map(|(at, _)| at).collect();
    (HEAD..=letters.len() - TAIL).find_map(|head| {
        let at = letters[head];
        let (first, tail) = word.split_at(at);
        let believed = head >= UNKNOWN_HEAD || knows(first) || first.strip_suffix('s').is_some_and(knows);
        (believed && is_tail(tail)).then_some(at)
    })
}

fn hash(word: &str) -> u64 {
    xxh3_64(word.as_bytes())
}
