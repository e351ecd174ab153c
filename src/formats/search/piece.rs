//! In: some records. Out: their words in all their languages with what each weighs, packed: six to ten bytes a word and record.

use super::texts::{self, Weight};
use super::words;
use crate::model::lang::Lang;
use crate::model::site::{Edition, Item, Site};
use std::collections::BTreeMap;
use std::ops::Range;
use xxhash_rust::xxh3::xxh3_64;

/// A record and how much a word weighs in it: an index into the eight levels that the script knows.
pub(super) type Posting = (u32, u8);

/// Points of the levels, as in `static/search.js`.
const POINTS: [f32; 8] = [1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0];

/// Words in a text of usual length; in a longer one, a single word says less.
const USUAL: f32 = 300.0;

/// The words of some items, in the order of shard, language, word.
pub(super) struct Piece {
    first: u32,
    groups: Vec<Group>,
    ends: Vec<End>,
    words: String,
    /// Places counted from the first, times eight, plus the level.
    postings: Vec<u16>,
}

/// The words of one shard and language, and where they end.
struct Group {
    shard: u16,
    lang: Lang,
    end: u32,
}

/// Where a word ends, and where its postings do.
#[derive(Clone, Copy, Default)]
struct End {
    word: u32,
    posting: u32,
}

/// A word of a language and its records.
pub(super) struct Entry<'p> {
    pub(super) lang: Lang,
    pub(super) word: &'p str,
    first: u32,
    postings: &'p [u16],
}

impl Entry<'_> {
    /// The records, in rising order.
    pub(super) fn postings(&self) -> impl Iterator<Item = Posting> {
        self.postings.iter().map(|code| (self.first + u32::from(code >> 3), (code & 7) as u8))
    }
}

/// A word of one record while a piece is made; words are told apart by 64 bits of a hash.
#[derive(Clone, Copy)]
struct Token {
    hash: u64,
    start: u32,
    place: u16,
    length: u8,
    level: u8,
}

impl Piece {
    /// Reads the words of some items, at most 8,192.
    pub(super) fn of(site: &Site, range: Range<usize>, shards: usize) -> Piece {
        let first = range.start as u32;
        let mut desk = Desk::default();
        for (place, item) in site.items[range].iter().enumerate() {
            item.editions.iter().for_each(|edition| desk.read(item, edition, place as u16));
        }
        desk.piece(first, shards)
    }

    /// The words of a shard, of every language.
    pub(super) fn of_shard(&self, shard: usize) -> impl Iterator<Item = Entry<'_>> {
        let from = self.groups.partition_point(|group| usize::from(group.shard) < shard);
        let to = self.groups.partition_point(|group| usize::from(group.shard) <= shard);
        (from..to).flat_map(move |group| self.of_group(group))
    }

    /// One word of a language.
    pub(super) fn of_word(&self, shard: usize, lang: Lang, word: &str) -> Option<Entry<'_>> {
        let group = self.groups.binary_search_by_key(&(shard, lang), |group| (usize::from(group.shard), group.lang)).ok()?;
        let range = self.range(group);
        let (mut low, mut high) = (range.start, range.end);
        while low < high {
            let middle = low.midpoint(high);
            if self.word(middle) < word { low = middle + 1 } else { high = middle }
        }
        (low < range.end && self.word(low) == word).then(|| self.entry(low, lang))
    }

    /// All words of a language.
    pub(super) fn words(&self, lang: Lang) -> impl Iterator<Item = &str> {
        let groups = (0..self.groups.len()).filter(move |at| self.groups[*at].lang == lang);
        groups.flat_map(|group| self.range(group)).map(|at| self.word(at))
    }

    fn of_group(&self, group: usize) -> impl Iterator<Item = Entry<'_>> {
        let lang = self.groups[group].lang;
        self.range(group).map(move |at| self.entry(at, lang))
    }

    fn range(&self, group: usize) -> Range<usize> {
        let start = if group == 0 { 0 } else { self.groups[group - 1].end };
        start as usize..self.groups[group].end as usize
    }

    fn bounds(&self, at: usize) -> (End, End) {
        (if at == 0 { End::default() } else { self.ends[at - 1] }, self.ends[at])
    }

    fn word(&self, at: usize) -> &str {
        let (start, end) = self.bounds(at);
        &self.words[start.word as usize..end.word as usize]
    }

    fn entry(&self, at: usize, lang: Lang) -> Entry<'_> {
        let (start, end) = self.bounds(at);
        Entry { lang, word: self.word(at), first: self.first, postings: &self.postings[start.posting as usize..end.posting as usize] }
    }
}

/// A piece in the making.
#[derive(Default)]
struct Desk {
    letters: String,
    tokens: BTreeMap<Lang, Vec<Token>>,
    seen: Vec<(u64, Weight, u32, u8)>,
}

impl Desk {
    /// Reads an edition: each of its words once, with the level that all its places give it.
    fn read(&mut self, item: &Item, edition: &Edition, place: u16) {
        let mut said = String::new();
        let seen = &mut self.seen;
        seen.clear();
        texts::each(item, edition, &mut |text, weight| {
            words::each(text, |word| {
                seen.push((xxh3_64(word.as_bytes()), weight, said.len() as u32, word.len() as u8));
                said.push_str(word);
            });
        });
        seen.sort_unstable_by_key(|word| word.0);
        let length = seen.len() as f32;
        let tokens = self.tokens.entry(edition.record.lang).or_default();
        for same in seen.chunk_by(|a, b| a.0 == b.0) {
            let (hash, _, from, bytes) = same[0];
            let start = self.letters.len() as u32;
            self.letters.push_str(&said[from as usize..from as usize + usize::from(bytes)]);
            tokens.push(Token { hash, start, place, length: bytes, level: level(same, length) });
        }
    }

    /// Sorts everything that was read.
    fn piece(mut self, first: u32, shards: usize) -> Piece {
        let mut all: Vec<(u16, Lang, &str, &[Token])> = Vec::new();
        // A stable sort keeps the places of a word in order.
        self.tokens.values_mut().for_each(|tokens| tokens.sort_by_key(|token| token.hash));
        for (lang, tokens) in &self.tokens {
            for same in tokens.chunk_by(|a, b| a.hash == b.hash) {
                let start = same[0].start as usize;
                let word = &self.letters[start..start + usize::from(same[0].length)];
                all.push((words::shard(&words::fold(word), shards) as u16, *lang, word, same));
            }
        }
        all.sort_unstable_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)));
        let mut piece =
            Piece { first, groups: Vec::new(), ends: Vec::with_capacity(all.len()), words: String::new(), postings: Vec::new() };
        for same in all.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
            for (_, _, word, tokens) in same {
                piece.words.push_str(word);
                piece.postings.extend(tokens.iter().map(|token| token.place << 3 | u16::from(token.level)));
                piece.ends.push(End { word: piece.words.len() as u32, posting: piece.postings.len() as u32 });
            }
            piece.groups.push(Group { shard: same[0].0, lang: same[0].1, end: piece.ends.len() as u32 });
        }
        piece.words.shrink_to_fit();
        piece.postings.shrink_to_fit();
        piece
    }
}

/// Points by the places of a word, and up to three for the text, more slowly the more often it stands there and the longer
/// the text is, as BM25 has it.
fn level(same: &[(u64, Weight, u32, u8)], length: f32) -> u8 {
    let at = |weight: Weight| same.iter().any(|word| word.1 == weight);
    let times = same.iter().filter(|word| word.1 == Weight::Body).count() as f32;
    let places = [(Weight::Summary, 3.0), (Weight::Reference, 6.0), (Weight::Title, 8.0)];
    let mut points: f32 = places.iter().filter(|(weight, _)| at(*weight)).map(|(_, points)| points).sum();
    points += 3.0 * times / (times + 0.5 + length / USUAL);
    POINTS.iter().rposition(|least| points >= *least).unwrap_or(0) as u8
}
