//! In: leaf hashes in order. Out: roots, proofs that a leaf is in a tree and that one tree goes on from another.
//!
//! RFC 6962 section 2.1 with SHA-256. The tree keeps the hash of every complete subtree, so that a root or a proof costs
//! as many hashes as the tree is high. The two checks follow RFC 9162, 2.1.3.2 and 2.1.4.2, and take nothing on trust.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Most hashes of one proof; a tree has at most 2^63 leaves.
pub const PROOF_LIMIT: usize = 63;

/// A proof that proves nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The entry lies beyond the tree, or the old tree is larger than the new one or empty.
    #[error("the proof speaks of a place that the tree does not have")]
    Range,
    /// Too few or too many hashes.
    #[error("the proof has {found} hashes, which is not the number that such a tree needs")]
    Length {
        /// How many there are.
        found: usize,
    },
    /// It leads to another root.
    #[error("the proof leads to another root than the one that was signed")]
    Root,
}

/// The hash of an entry as a leaf.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Sha256::new().chain_update([0]).chain_update(entry).finalize().into()
}

/// The hash of two subtrees together.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new().chain_update([1]).chain_update(left).chain_update(right).finalize().into()
}

/// The root of the tree without leaves.
pub fn empty_root() -> Hash {
    Sha256::digest(b"").into()
}

/// An append-only Merkle tree.
#[derive(Debug, Clone, Default)]
pub struct Tree {
    /// Hashes of complete subtrees: of one leaf, of two, of four …
    levels: Vec<Vec<Hash>>,
}

impl Tree {
    /// The tree without leaves.
    pub fn new() -> Tree {
        Tree::default()
    }

    /// The tree of these entries.
    pub fn of<E: AsRef<[u8]>>(entries: &[E]) -> Tree {
        let mut tree = Tree::new();
        entries.iter().for_each(|entry| tree.push(leaf_hash(entry.as_ref())));
        tree
    }

    /// Appends a leaf.
    pub fn push(&mut self, leaf: Hash) {
        let mut hash = leaf;
        for level in 0.. {
            if self.levels.len() == level {
                self.levels.push(Vec::new());
            }
            let row = &mut self.levels[level];
            row.push(hash);
            let [.., left, right] = row.as_slice() else { break };
            if row.len() % 2 == 1 {
                break;
            }
            hash = node_hash(left, right);
        }
    }

    /// How many leaves there are.
    pub fn size(&self) -> u64 {
        self.levels.first().map_or(0, |leaves| leaves.len() as u64)
    }

    /// The root.
    pub fn root(&self) -> Hash {
        self.range(0, self.size())
    }

    /// The root when there were so many leaves; none for more than there are.
    pub fn root_at(&self, size: u64) -> Option<Hash> {
        (size <= self.size()).then(|| self.range(0, size))
    }

    /// The hash of a leaf.
    pub fn leaf(&self, index: u64) -> Option<Hash> {
        self.subtree(0, index)
    }

    /// The hash of the complete subtree over the leaves `index << level` up to `(index + 1) << level`, if it is complete.
    pub fn subtree(&self, level: u32, index: u64) -> Option<Hash> {
        let row = self.levels.get(usize::try_from(level).ok()?)?;
        row.get(usize::try_from(index).ok()?).copied()
    }

    /// The proof that leaf `index` is in the tree of `size` leaves, the leaf's sibling first. Empty, and so a proof of
    /// nothing, where there is no such leaf or no such tree.
    pub fn inclusion(&self, index: u64, size: u64) -> Vec<Hash> {
        let mut proof = Vec::new();
        if index >= size || size > self.size() {
            return proof;
        }
        let (mut from, mut to) = (0, size);
        while to - from > 1 {
            let middle = from + split(to - from);
            if index < middle {
                proof.push(self.range(middle, to));
                to = middle;
            } else {
                proof.push(self.range(from, middle));
                from = middle;
            }
        }
        proof.reverse();
        proof
    }

    /// The proof that the tree of `size` leaves goes on from that of `old`. Empty where both are the same, and where there
    /// is nothing to prove: from an empty tree, or of trees that there are not.
    pub fn consistency(&self, old: u64, size: u64) -> Vec<Hash> {
        let mut proof = Vec::new();
        if old == 0 || old > size || size > self.size() {
            return proof;
        }
        let (mut from, mut to, mut whole) = (0, size, true);
        while to != old {
            let middle = from + split(to - from);
            if old <= middle {
                proof.push(self.range(middle, to));
                to = middle;
            } else {
                proof.push(self.range(from, middle));
                from = middle;
                whole = false;
            }
        }
        if !whole {
            proof.push(self.range(from, to));
        }
        proof.reverse();
        proof
    }

    /// The hash over the leaves `from` up to `to`, all of which must be there; `from` is where a subtree begins.
    fn range(&self, mut from: u64, to: u64) -> Hash {
        let mut parts = Vec::new();
        while from < to {
            let level = (to - from).ilog2();
            parts.push(self.levels[level as usize][(from >> level) as usize]);
            from += 1 << level;
        }
        let joined = parts.into_iter().rev().reduce(|right, left| node_hash(&left, &right));
        joined.unwrap_or_else(empty_root)
    }
}

/// The largest power of two below a number of leaves that is at least two.
fn split(leaves: u64) -> u64 {
    1 << (leaves - 1).ilog2()
}

/// Whether `proof` shows that `leaf` is entry `index` of the tree with `size` leaves and this root.
pub fn verify_inclusion(index: u64, size: u64, leaf: &Hash, proof: &[Hash], root: &Hash) -> Result<(), ProofError> {
    if index >= size {
        return Err(ProofError::Range);
    }
    let length = ProofError::Length { found: proof.len() };
    let (mut at, mut last, mut hash) = (index, size - 1, *leaf);
    for other in proof {
        if last == 0 {
            return Err(length);
        }
        if at % 2 == 1 || at == last {
            hash = node_hash(other, &hash);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, other);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    if last != 0 {
        return Err(length);
    }
    if hash == *root { Ok(()) } else { Err(ProofError::Root) }
}

/// Whether `proof` shows that the tree with `size` leaves and `root` begins with the tree of `old` leaves and `old_root`.
/// An old size of nought is refused: nothing can be proven of it.
pub fn verify_consistency(old: u64, size: u64, old_root: &Hash, root: &Hash, proof: &[Hash]) -> Result<(), ProofError> {
    if old == 0 || old > size {
        return Err(ProofError::Range);
    }
    let length = ProofError::Length { found: proof.len() };
    if old == size {
        return match (proof.is_empty(), old_root == root) {
            (false, _) => Err(length),
            (true, false) => Err(ProofError::Root),
            (true, true) => Ok(()),
        };
    }
    let (first, rest) = if old.is_power_of_two() { (old_root, proof) } else { proof.split_first().ok_or(length)? };
    if proof.is_empty() {
        return Err(length);
    }
    let skipped = (old - 1).trailing_ones();
    let (mut at, mut last) = ((old - 1).checked_shr(skipped).unwrap_or(0), (size - 1).checked_shr(skipped).unwrap_or(0));
    let (mut hash_old, mut hash) = (*first, *first);
    for other in rest {
        if last == 0 {
            return Err(length);
        }
        if at % 2 == 1 || at == last {
            hash_old = node_hash(other, &hash_old);
            hash = node_hash(other, &hash);
            while at % 2 == 0 && at != 0 {
                (at, last) = (at >> 1, last >> 1);
            }
        } else {
            hash = node_hash(&hash, other);
        }
        (at, last) = (at >> 1, last >> 1);
    }
    if last != 0 {
        return Err(length);
    }
    if hash_old == *old_root && hash == *root { Ok(()) } else { Err(ProofError::Root) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition of RFC 6962, 2.1, word for word: slow, and not the code above.
    fn defined(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => empty_root(),
            [one] => *one,
            more => {
                let mut k = 1;
                while k * 2 < more.len() {
                    k *= 2;
                }
                node_hash(&defined(&more[..k]), &defined(&more[k..]))
            }
        }
    }

    #[test]
    fn roots_and_proofs_of_every_small_tree_are_those_of_the_definition() {
        let leaves: Vec<Hash> = (0..70u8).map(|at| leaf_hash(&[at])).collect();
        let mut tree = Tree::new();
        for (at, leaf) in leaves.iter().enumerate() {
            assert_eq!(tree.root(), defined(&leaves[..at]), "size {at}");
            tree.push(*leaf);
        }
        assert_eq!(tree.root_at(71), None);
        for size in 1..=70u64 {
            let root = tree.root_at(size).unwrap();
            assert_eq!(root, defined(&leaves[..size as usize]));
            for index in 0..size {
                let proof = tree.inclusion(index, size);
                assert_eq!(verify_inclusion(index, size, &leaves[index as usize], &proof, &root), Ok(()), "{index} in {size}");
                let old = index + 1;
                let proof = tree.consistency(old, size);
                assert_eq!(verify_consistency(old, size, &tree.root_at(old).unwrap(), &root, &proof), Ok(()), "{old} in {size}");
            }
        }
    }

    #[test]
    fn a_proof_of_what_is_not_there_is_refused() {
        let tree = Tree::of(&["a", "b", "c"]);
        assert_eq!((tree.inclusion(3, 3), tree.inclusion(0, 4), tree.consistency(0, 3)), (vec![], vec![], vec![]));
        let (leaf, root) = (leaf_hash(b"a"), tree.root());
        assert_eq!(verify_inclusion(3, 3, &leaf, &[], &root), Err(ProofError::Range));
        assert_eq!(verify_inclusion(0, 3, &leaf, &[], &root), Err(ProofError::Length { found: 0 }));
        assert_eq!(verify_inclusion(0, 3, &leaf, &[root; 9], &root), Err(ProofError::Length { found: 9 }));
        assert_eq!(verify_inclusion(0, u64::MAX, &leaf, &[root; 64], &root), Err(ProofError::Root));
        assert_eq!(verify_consistency(1 << 63, u64::MAX, &root, &root, &[root; 1]), Err(ProofError::Root));
        assert_eq!(verify_consistency(1 << 63, u64::MAX, &root, &root, &[root; 63]), Err(ProofError::Length { found: 63 }));
        assert_eq!(verify_consistency(0, 3, &empty_root(), &root, &[]), Err(ProofError::Range));
        assert_eq!(verify_consistency(u64::MAX, u64::MAX, &leaf, &root, &[]), Err(ProofError::Root));
    }
}
