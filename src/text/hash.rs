//! Hash maps of words: a quick hash with a key that differs from run to run, so that no text can be made to collide.
//!
//! The order of such a map differs from run to run too; it must never reach an output.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::sync::LazyLock;

/// A map whose keys are words or small numbers.
pub type WordMap<K, V> = HashMap<K, V, Quick>;

/// A set of such.
pub type WordSet<K> = HashSet<K, Quick>;

static KEY: LazyLock<u64> = LazyLock::new(|| RandomState::new().hash_one(0) | 1);

/// Makes hashers with the key of this run.
#[derive(Clone, Copy, Debug)]
pub struct Quick(u64);

impl Default for Quick {
    fn default() -> Self {
        Quick(*KEY)
    }
}

impl BuildHasher for Quick {
    type Hasher = Folded;

    fn build_hasher(&self) -> Folded {
        Folded { state: self.0, key: self.0 }
    }
}

/// Multiplies eight bytes at a time and folds the product.
#[derive(Clone, Copy, Debug)]
pub struct Folded {
    state: u64,
    key: u64,
}

impl Folded {
    fn add(&mut self, word: u64) {
        let product = u128::from(self.state ^ word) * u128::from(self.key ^ 0x9e37_79b9_7f4a_7c15);
        self.state = (product as u64) ^ (product >> 64) as u64 ^ self.key.rotate_left(32);
    }
}

impl Hasher for Folded {
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.add(word.first_chunk().map_or(0, |word| u64::from_le_bytes(*word)));
        }
        let rest = words.remainder();
        if !rest.is_empty() {
            self.add(rest.iter().fold(rest.len() as u64, |word, &byte| word << 8 | u64::from(byte)));
        }
    }

    fn write_u8(&mut self, n: u8) {
        self.add(u64::from(n));
    }

    fn write_u32(&mut self, n: u32) {
        self.add(u64::from(n));
    }

    fn write_u64(&mut self, n: u64) {
        self.add(n);
    }

    fn write_usize(&mut self, n: usize) {
        self.add(n as u64);
    }

    fn finish(&self) -> u64 {
        self.state
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn different_words_have_different_hashes() {
        let words: Vec<String> = (0..20_000).map(|n| format!("word {n}")).collect();
        let hashes: BTreeSet<u64> = words.iter().map(|word| Quick::default().hash_one(word)).collect();
        assert_eq!(hashes.len(), words.len());
        let low: BTreeSet<u64> = (0..1_000u32).map(|n| Quick::default().hash_one(n) % 4096).collect();
        assert!(low.len() > 700, "{}", low.len());
    }
}
