//! In: the words of a site. Out: one shard of a language: its words, their classes, and the records of each class.
//!
//! `w`: words in order, apart by spaces, each as the number of letters it shares with the one before and the rest.
//! `c`: the class of each, counted back from the first one that is new. `p`: the records of each class, with levels.

use super::piece::{Entry, Posting};
use super::pool::Pool;
use super::stems::Stems;
use super::{code, words};
use crate::model::lang::Lang;
use std::collections::BTreeMap;

/// The level of a word that stands in the name of a body, topic or place.
const NAMED: u8 = 2;

/// Writes a shard.
pub(super) fn write(pool: &Pool<'_>, lang: Lang, number: usize, out: &mut String) {
    let parts = pool.parts();
    let reader = parts.reader(pool, lang);
    let shown =
        |entry: &Entry<'_>| -> Vec<Posting> { entry.postings().filter(|(at, _)| reader.best[*at as usize] == entry.lang).collect() };
    let mut found: BTreeMap<&str, Vec<Posting>> = BTreeMap::new();
    for entry in parts.of_shard(number) {
        let kept = shown(&entry);
        if !kept.is_empty() {
            found.entry(entry.word).or_default().extend(kept);
        }
    }
    for (word, items) in reader.names.get(&number).into_iter().flatten() {
        found.entry(word).or_default().extend(items.iter().map(|at| (*at, NAMED)));
    }
    let mut classes = Classes::of(lang, &found);
    let begin = reader.compounds.partition_point(|compound| compound.shard < number);
    for compound in reader.compounds[begin..].iter().take_while(|compound| compound.shard == number) {
        let Some(class) = classes.of_word(&compound.word[compound.cut..]) else { continue };
        let home = words::shard(&words::fold(&compound.word), pool.shards());
        for entry in parts.of_word(home, lang, &compound.word) {
            let lower = shown(&entry).into_iter().map(|(at, level)| (at, level.saturating_sub(2)));
            classes.records[class].extend(lower);
        }
    }
    text(pool, &found, classes, out);
    pool.done();
}

/// Words of one stem, numbered in the order of their first word.
struct Classes<'f> {
    stems: Stems,
    by_stem: BTreeMap<String, usize>,
    by_word: BTreeMap<&'f str, usize>,
    numbers: Vec<usize>,
    records: Vec<Vec<Posting>>,
}

impl<'f> Classes<'f> {
    fn of(lang: Lang, found: &BTreeMap<&'f str, Vec<Posting>>) -> Classes<'f> {
        let mut classes = Classes {
            stems: Stems::of(lang),
            by_stem: BTreeMap::new(),
            by_word: BTreeMap::new(),
            numbers: Vec::new(),
            records: Vec::new(),
        };
        for (word, postings) in found {
            let next = classes.records.len();
            let stem = classes.stems.stem_among(word, &|other| found.contains_key(other)).into_owned();
            let class = *classes.by_stem.entry(stem).or_insert(next);
            if class == next {
                classes.records.push(Vec::new());
            }
            classes.records[class].extend(postings);
            classes.by_word.insert(word, class);
            classes.numbers.push(class);
        }
        classes
    }

    fn of_word(&self, word: &str) -> Option<usize> {
        self.by_word.get(word).or_else(|| self.by_stem.get(&*self.stems.stem(word))).copied()
    }
}

fn text(pool: &Pool<'_>, found: &BTreeMap<&str, Vec<Posting>>, mut classes: Classes<'_>, out: &mut String) {
    let last = classes.records.iter().flatten().map(|(at, _)| *at).max().unwrap_or(0);
    out.push_str("{\"v\":");
    out.push_str(&pool.stamp(last as usize));
    out.push_str(",\"w\":\"");
    let mut before = "";
    for (at, word) in found.keys().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        let shared = before.chars().zip(word.chars()).take_while(|(a, b)| a == b).count().min(35);
        out.push(char::from_digit(shared as u32, 36).unwrap_or('0'));
        word.chars().skip(shared).for_each(|c| out.push(c));
        before = word;
    }
    out.push_str("\",\"c\":\"");
    let mut new = 0;
    for class in &classes.numbers {
        code::push(out, (new - class) as u32);
        new = new.max(class + 1);
    }
    out.push_str("\",\"p\":\"");
    for (at, postings) in classes.records.iter_mut().enumerate() {
        if at > 0 {
            out.push(' ');
        }
        records(postings, out);
    }
    out.push_str("\"}\n");
}

/// Records by the gaps between them, the level in the three lowest bits; a record met twice keeps its highest level.
fn records(postings: &mut Vec<Posting>, out: &mut String) {
    postings.sort_unstable_by_key(|(at, level)| (*at, std::cmp::Reverse(*level)));
    postings.dedup_by_key(|(at, _)| *at);
    let mut next = 0;
    for (at, level) in postings {
        code::push(out, (*at - next) << 3 | u32::from(*level));
        next = *at + 1;
    }
}
