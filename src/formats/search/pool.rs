//! In: the records. Out: the words of all editions, read once for all languages, by as many threads as ask for them.
//!
//! Whoever makes a shard first reads pieces that nobody has begun, so that no thread waits while there is work; a piece
//! never waits for anything. Once every shard has been made, the words are forgotten; `serve` reads them again if asked.

use super::reader::Reader;
use super::texts::{self, Weight};
use super::{PER_FILE, words};
use crate::model::lang::Lang;
use crate::model::site::Site;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use xxhash_rust::xxh3::{Xxh3, xxh3_64};

/// Items of one piece.
const PIECE: usize = 64;

/// A record and how much a word weighs in it: an index into the eight levels that the script knows.
pub(super) type Posting = (u32, u8);

/// Points of the levels, as in `static/search.js`.
const POINTS: [f32; 8] = [1.0, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0];

/// Words in a text of usual length; in a longer one, a single word says less.
const USUAL: f32 = 300.0;

/// The words of a site.
pub(super) struct Pool<'s> {
    pub(super) site: &'s Site,
    shards: usize,
    chain: Vec<String>,
    parts: Mutex<Option<Arc<Parts>>>,
    left: AtomicUsize,
}

/// All pieces, each made once, and what is known only when all are there.
pub(super) struct Parts {
    pieces: Vec<OnceLock<Piece>>,
    next: AtomicUsize,
    readers: BTreeMap<Lang, OnceLock<Reader>>,
}

/// The words of some items in all their languages, in the order of shard, language, word.
struct Piece {
    entries: Vec<Entry>,
    postings: Vec<Posting>,
}

struct Entry {
    shard: u16,
    lang: Lang,
    word: Box<str>,
    end: u32,
}

impl<'s> Pool<'s> {
    /// Nothing read yet.
    pub(super) fn new(site: &'s Site, shards: usize) -> Pool<'s> {
        let left = AtomicUsize::new(shards * site.settings.languages.len());
        Pool { site, shards, chain: chain(site), parts: Mutex::new(None), left }
    }

    /// The name of the state of each [`PER_FILE`] records and of all before them.
    pub(super) fn chain(&self) -> &[String] {
        &self.chain
    }

    /// The name of the state up to a record, as the files of the index repeat it: `[block,"name"]`.
    pub(super) fn stamp(&self, last: usize) -> String {
        let block = last / PER_FILE;
        format!("[{block},\"{}\"]", self.chain.get(block).map_or("", String::as_str))
    }

    /// How many shards a language has.
    pub(super) fn shards(&self) -> usize {
        self.shards
    }

    /// The words, read by now.
    pub(super) fn parts(&self) -> Arc<Parts> {
        let parts = {
            let mut held = self.parts.lock().unwrap_or_else(PoisonError::into_inner);
            held.get_or_insert_with(|| Arc::new(Parts::of(self.site))).clone()
        };
        loop {
            let at = parts.next.fetch_add(1, Ordering::Relaxed);
            let Some(cell) = parts.pieces.get(at) else { break };
            cell.get_or_init(|| piece(self.site, at, self.shards));
        }
        for (at, cell) in parts.pieces.iter().enumerate() {
            cell.get_or_init(|| piece(self.site, at, self.shards));
        }
        parts
    }

    /// One more shard was made; after the last, the words are forgotten.
    pub(super) fn done(&self) {
        if self.left.fetch_sub(1, Ordering::Relaxed) == 1 {
            self.left.store(self.shards * self.site.settings.languages.len(), Ordering::Relaxed);
            *self.parts.lock().unwrap_or_else(PoisonError::into_inner) = None;
        }
    }
}

impl Parts {
    fn of(site: &Site) -> Parts {
        let pieces = (0..site.items.len().div_ceil(PIECE)).map(|_| OnceLock::new()).collect();
        let readers = site.settings.languages.iter().map(|lang| (*lang, OnceLock::new())).collect();
        Parts { pieces, next: AtomicUsize::new(0), readers }
    }

    /// The words of a shard with their records, of every language.
    pub(super) fn of_shard(&self, shard: usize) -> impl Iterator<Item = (Lang, &str, &[Posting])> {
        self.pieces().flat_map(move |piece| {
            let from = piece.entries.partition_point(|entry| usize::from(entry.shard) < shard);
            let to = piece.entries.partition_point(|entry| usize::from(entry.shard) <= shard);
            (from..to).map(|at| piece.entry(at))
        })
    }

    /// The records of one word of a language.
    pub(super) fn of_word(&self, shard: usize, lang: Lang, word: &str) -> impl Iterator<Item = &[Posting]> {
        self.pieces().filter_map(move |piece| {
            let key = (shard, lang, word);
            let at = piece.entries.binary_search_by(|entry| (usize::from(entry.shard), entry.lang, &*entry.word).cmp(&key)).ok()?;
            Some(piece.entry(at).2)
        })
    }

    /// What is special to the readers of a language.
    pub(super) fn reader(&self, pool: &Pool<'_>, lang: Lang) -> &Reader {
        let words = || self.pieces().flat_map(|piece| &piece.entries).filter(|entry| entry.lang == lang).map(|entry| &*entry.word);
        let cell = self.readers.get(&lang).expect("there is a reader for every language of the site");
        cell.get_or_init(|| Reader::of(pool.site, lang, pool.shards, words))
    }

    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter_map(OnceLock::get)
    }
}

impl Piece {
    fn entry(&self, at: usize) -> (Lang, &str, &[Posting]) {
        let entry = &self.entries[at];
        let from = if at == 0 { 0 } else { self.entries[at - 1].end };
        (entry.lang, &entry.word, &self.postings[from as usize..entry.end as usize])
    }
}

fn chain(site: &Site) -> Vec<String> {
    let mut hash = Xxh3::new();
    let blocks = site.items.chunks(PER_FILE).map(|block| {
        for item in block {
            hash.update(item.id.as_str().as_bytes());
            hash.update(b"\n");
        }
        format!("{:08x}", hash.digest() as u32)
    });
    blocks.collect()
}

/// How often a word stands in the body of an edition, and the weightiest places it stands in.
#[derive(Default)]
struct Seen {
    times: u32,
    points: f32,
}

/// Reads the words of one piece. Words are told apart by a hash of 64 bits while they are counted.
fn piece(site: &Site, number: usize, shards: usize) -> Piece {
    let mut known: BTreeMap<(Lang, u64), (Box<str>, Vec<Posting>)> = BTreeMap::new();
    let items = site.items.iter().enumerate().skip(number * PIECE).take(PIECE);
    for (at, item) in items {
        for edition in &item.editions {
            let lang = edition.record.lang;
            let mut seen: Vec<(u64, Weight)> = Vec::new();
            texts::each(item, edition, &mut |text, weight| {
                words::each(text, |word| {
                    let hash = xxh3_64(word.as_bytes());
                    known.entry((lang, hash)).or_insert_with(|| (word.into(), Vec::new()));
                    seen.push((hash, weight));
                });
            });
            seen.sort_unstable();
            let length = seen.len() as f32;
            for same in seen.chunk_by(|a, b| a.0 == b.0) {
                let level = level(&counted(same), length);
                if let Some((_, postings)) = known.get_mut(&(lang, same[0].0)) {
                    postings.push((at as u32, level));
                }
            }
        }
    }
    ordered(known, shards)
}

fn counted(same: &[(u64, Weight)]) -> Seen {
    let mut seen = Seen::default();
    for place in same.chunk_by(|a, b| a.1 == b.1) {
        match place[0].1 {
            Weight::Body => seen.times += place.len() as u32,
            Weight::Summary => seen.points += 3.0,
            Weight::Reference => seen.points += 6.0,
            Weight::Title => seen.points += 8.0,
        }
    }
    seen
}

/// Points by the place, and up to three for the body, more slowly the more often and the longer the text (as BM25 does).
fn level(seen: &Seen, length: f32) -> u8 {
    let times = seen.times as f32;
    let points = seen.points + 3.0 * times / (times + 0.5 + length / USUAL);
    POINTS.iter().rposition(|least| points >= *least).unwrap_or(0) as u8
}

fn ordered(known: BTreeMap<(Lang, u64), (Box<str>, Vec<Posting>)>, shards: usize) -> Piece {
    let mut all: Vec<(u16, Lang, Box<str>, Vec<Posting>)> = known
        .into_iter()
        .map(|((lang, _), (word, postings))| (words::shard(&words::fold(&word), shards) as u16, lang, word, postings))
        .collect();
    all.sort_unstable_by(|a, b| (a.0, a.1, &a.2).cmp(&(b.0, b.1, &b.2)));
    let mut piece = Piece { entries: Vec::with_capacity(all.len()), postings: Vec::new() };
    for (shard, lang, word, postings) in all {
        piece.postings.extend(postings);
        piece.entries.push(Entry { shard, lang, word, end: piece.postings.len() as u32 });
    }
    piece
}
