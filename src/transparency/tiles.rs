//! In: a tree and its entries. Out: the static files that serve it (C2SP tlog-tiles), and entries read back from them.
//!
//! A hash tile holds up to 256 hashes of one height, an entry bundle up to 256 entries; a partial one is named by its
//! width. Paths and bundles have one spelling each, and every other one is refused.

use super::encoding::decimal;
use super::tree::{Hash, Tree};
use std::fmt;

/// Hashes of a full tile and entries of a full bundle.
pub const FULL: u16 = 256;
/// Longest entry, in bytes.
pub const ENTRY_LIMIT: usize = 4096;

/// A tile or bundle that cannot be read or made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// No path of a tile.
    #[error("`{0}` is not the path of a tile")]
    Path(String),
    /// An entry is too long.
    #[error("entry {index} has {bytes} bytes; at most {ENTRY_LIMIT} are allowed")]
    Entry {
        /// Which entry, counted from nought.
        index: usize,
        /// Its length.
        bytes: usize,
    },
    /// A bundle ends within an entry.
    #[error("the bundle ends in the middle of an entry")]
    Cut,
    /// Too many entries in one bundle.
    #[error("the bundle holds more than 256 entries")]
    TooMany,
    /// Fewer entries or leaves than the size asks for.
    #[error("a log of {size} entries was asked for, and there are only {found}")]
    Size {
        /// The size that was asked for.
        size: u64,
        /// How many there are.
        found: u64,
    },
}

/// What a tile holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TileKind {
    /// Hashes of a level, 0 to 63; level 0 are the leaves.
    Hashes(u8),
    /// Entries.
    Entries,
}

/// Which tile; its display is its path below the log's prefix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TilePath {
    /// What it holds.
    pub kind: TileKind,
    /// Its number within its level.
    pub index: u64,
    /// How many it holds, 1 to 256.
    pub width: u16,
}

impl TilePath {
    /// Reads a path, such as `tile/0/x001/067.p/5`.
    pub fn parse(path: &str) -> Result<TilePath, TileError> {
        let read = || {
            let rest = path.strip_prefix("tile/")?;
            let (kind, rest) = rest.split_once('/')?;
            let kind = match kind {
                "entries" => TileKind::Entries,
                level => TileKind::Hashes(decimal(level).filter(|level| *level < 64)? as u8),
            };
            let (number, width) = match rest.split_once(".p/") {
                Some((number, width)) => (number, decimal(width).filter(|width| (1..256).contains(width))? as u16),
                None => (rest, FULL),
            };
            let mut index: u64 = 0;
            for group in number.split('/') {
                let digits = group.strip_prefix('x').unwrap_or(group);
                let plain = digits.len() == 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
                let value: u64 = if plain { digits.parse().ok()? } else { return None };
                index = index.checked_mul(1000)?.checked_add(value)?;
            }
            Some(TilePath { kind, index, width })
        };
        let tile = read().filter(|tile| tile.to_string() == path);
        tile.ok_or_else(|| TileError::Path(path.chars().take(100).collect()))
    }
}

impl fmt::Display for TilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes(level) => write!(f, "tile/{level}/")?,
            TileKind::Entries => write!(f, "tile/entries/")?,
        }
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for group in groups[1..].iter().rev() {
            write!(f, "x{group:03}/")?;
        }
        write!(f, "{:03}", groups[0])?;
        if self.width < FULL { write!(f, ".p/{}", self.width) } else { Ok(()) }
    }
}

/// The tiles of one kind that a log of this size needs: full ones, then a partial one if something is left over.
fn of_kind(kind: TileKind, size: u64) -> impl Iterator<Item = TilePath> {
    let level = match kind {
        TileKind::Hashes(level) => level,
        TileKind::Entries => 0,
    };
    let hashes = size.checked_shr(8 * u32::from(level)).unwrap_or(0);
    let (full, rest) = (hashes / 256, (hashes % 256) as u16);
    let partial = (rest > 0).then_some(TilePath { kind, index: full, width: rest });
    (0..full).map(move |index| TilePath { kind, index, width: FULL }).chain(partial)
}

/// The hash tiles that a log of this size needs, level by level.
pub fn tiles_of(size: u64) -> impl Iterator<Item = TilePath> {
    (0..8).flat_map(move |level| of_kind(TileKind::Hashes(level), size))
}

/// The entry bundles that a log of this size needs.
pub fn bundles_of(size: u64) -> impl Iterator<Item = TilePath> {
    of_kind(TileKind::Entries, size)
}

/// The bytes of a hash tile; none where the tree does not reach so far.
pub fn tile(tree: &Tree, path: &TilePath) -> Option<Vec<u8>> {
    let TileKind::Hashes(level) = path.kind else { return None };
    let first = path.index.checked_mul(256)?;
    let hashes = (0..u64::from(path.width)).map(|at| tree.subtree(8 * u32::from(level), first + at));
    hashes.collect::<Option<Vec<Hash>>>().map(|hashes| hashes.concat())
}

/// The files of one checkpoint: path below the log's prefix, and bytes. Tiles of earlier checkpoints stay where they are.
pub fn files<E: AsRef<[u8]>>(tree: &Tree, entries: &[E], size: u64) -> Result<Vec<(String, Vec<u8>)>, TileError> {
    let found = tree.size().min(entries.len() as u64);
    let missing = TileError::Size { size, found };
    if size > found {
        return Err(missing);
    }
    let mut files = Vec::new();
    for path in tiles_of(size) {
        files.push((path.to_string(), tile(tree, &path).ok_or_else(|| missing.clone())?));
    }
    for path in bundles_of(size) {
        let from = (path.index * 256) as usize;
        let held = entries.get(from..from + usize::from(path.width)).ok_or_else(|| missing.clone())?;
        files.push((path.to_string(), bundle(held)?));
    }
    Ok(files)
}

/// Entries as a bundle: each its length in two bytes, most significant first, then the entry.
pub fn bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, TileError> {
    if entries.len() > usize::from(FULL) {
        return Err(TileError::TooMany);
    }
    let mut out = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let entry = entry.as_ref();
        if entry.len() > ENTRY_LIMIT {
            return Err(TileError::Entry { index, bytes: entry.len() });
        }
        out.extend_from_slice(&(entry.len() as u16).to_be_bytes());
        out.extend_from_slice(entry);
    }
    Ok(out)
}

/// The entries of a bundle.
pub fn parse_bundle(bytes: &[u8]) -> Result<Vec<Vec<u8>>, TileError> {
    let (mut rest, mut entries) = (bytes, Vec::new());
    while !rest.is_empty() {
        if entries.len() == usize::from(FULL) {
            return Err(TileError::TooMany);
        }
        let (length, after) = rest.split_first_chunk::<2>().ok_or(TileError::Cut)?;
        let length = usize::from(u16::from_be_bytes(*length));
        if length > ENTRY_LIMIT {
            return Err(TileError::Entry { index: entries.len(), bytes: length });
        }
        let (entry, after) = after.split_at_checked(length).ok_or(TileError::Cut)?;
        entries.push(entry.to_vec());
        rest = after;
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bundle_comes_back_as_it_went_in_and_a_broken_one_does_not() {
        let entries: Vec<Vec<u8>> = vec![b"".to_vec(), b"one".to_vec(), vec![7; ENTRY_LIMIT]];
        let bytes = bundle(&entries).unwrap();
        assert_eq!(parse_bundle(&bytes).unwrap(), entries);
        assert_eq!(parse_bundle(&bytes[..bytes.len() - 1]), Err(TileError::Cut));
        assert_eq!(parse_bundle(&[0]), Err(TileError::Cut));
        assert_eq!(parse_bundle(&[0x10, 1, 0]), Err(TileError::Entry { index: 0, bytes: 4097 }));
        assert_eq!(parse_bundle(&[0; 2 * 257]), Err(TileError::TooMany));
        assert_eq!(bundle(&[vec![0; 4097]]), Err(TileError::Entry { index: 0, bytes: 4097 }));
    }

    #[test]
    fn files_are_made_of_what_is_there_alone() {
        let tree = Tree::of(&["a", "b"]);
        let names: Vec<String> = files(&tree, &["a", "b"], 2).unwrap().into_iter().map(|(path, _)| path).collect();
        assert_eq!(names, ["tile/0/000.p/2", "tile/entries/000.p/2"]);
        assert_eq!(files(&tree, &["a", "b"], 3), Err(TileError::Size { size: 3, found: 2 }));
        assert!(files(&tree, &["a", "b"], 0).unwrap().is_empty());
    }

    #[test]
    fn a_path_beyond_all_numbers_is_refused() {
        assert_eq!(TilePath::parse("tile/0/x018/x446/x744/x073/x709/x551/615").unwrap().index, u64::MAX);
        assert!(TilePath::parse("tile/0/x018/x446/x744/x073/x709/x551/616").is_err());
        assert!(TilePath::parse("tile/0/000.p/256").is_err() && TilePath::parse("tile/entries/").is_err());
    }
}
