//! In: the records. Out: the words of all editions, read once for all languages, by as many threads as ask for them.
//!
//! Whoever makes a shard first reads pieces that nobody has begun, so that no thread waits while there is work; a piece
//! never waits for anything. Once every shard has been made, the words are forgotten; `serve` reads them again if asked.

use super::PER_FILE;
use super::piece::{Entry, Piece};
use super::reader::Reader;
use crate::model::lang::Lang;
use crate::model::site::Site;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use xxhash_rust::xxh3::Xxh3;

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
        while let Some(at) = parts.claim() {
            parts.pieces[at].get_or_init(|| self.piece(at));
        }
        // What others have begun is waited for.
        for (at, cell) in parts.pieces.iter().enumerate() {
            cell.get_or_init(|| self.piece(at));
        }
        parts
    }

    fn piece(&self, at: usize) -> Piece {
        let size = size(self.site);
        Piece::of(self.site, at * size..((at + 1) * size).min(self.site.items.len()), self.shards)
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
        let pieces = (0..site.items.len().div_ceil(size(site))).map(|_| OnceLock::new()).collect();
        let readers = site.settings.languages.iter().map(|lang| (*lang, OnceLock::new())).collect();
        Parts { pieces, next: AtomicUsize::new(0), readers }
    }

    /// A piece that nobody has begun.
    fn claim(&self) -> Option<usize> {
        Some(self.next.fetch_add(1, Ordering::Relaxed)).filter(|at| *at < self.pieces.len())
    }

    /// The words of a shard with their records, of every language.
    pub(super) fn of_shard(&self, shard: usize) -> impl Iterator<Item = Entry<'_>> {
        self.pieces().flat_map(move |piece| piece.of_shard(shard))
    }

    /// The records of one word of a language.
    pub(super) fn of_word(&self, shard: usize, lang: Lang, word: &str) -> impl Iterator<Item = Entry<'_>> {
        self.pieces().filter_map(move |piece| piece.of_word(shard, lang, word))
    }

    /// What is special to the readers of a language.
    pub(super) fn reader(&self, pool: &Pool<'_>, lang: Lang) -> &Reader {
        let words = || self.pieces().flat_map(move |piece| piece.words(lang));
        let cell = self.readers.get(&lang).expect("there is a reader for every language of the site");
        cell.get_or_init(|| Reader::of(pool.site, lang, pool.shards, words))
    }

    fn pieces(&self) -> impl Iterator<Item = &Piece> {
        self.pieces.iter().filter_map(OnceLock::get)
    }
}

/// Items of one piece: enough pieces for every core, few enough that a word is not held too often.
fn size(site: &Site) -> usize {
    (site.items.len() / 64).clamp(32, 1024)
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
