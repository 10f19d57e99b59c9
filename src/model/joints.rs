//! What words say together with the span before them: an "and" after data begins more data, after a purpose another one.

use std::borrow::Cow;

use crate::Result;

use super::chain::{FREE, Joint, MEMORIES};
use super::weights::{Reader, key};

/// Weights of one feature: of each free label after each memory.
pub(super) const WIDTH: usize = MEMORIES * FREE;

/// Features of a word that are looked up: the word before, and itself.
pub(super) const OF_WORD: usize = 2;

/// Rows of weights by feature hash; few, since only frequent words are worth their row.
#[derive(Clone, Debug, Default)]
pub(super) struct Joints {
    /// In order.
    keys: Vec<u32>,
    rows: Cow<'static, [u8]>,
}

impl Joints {
    /// `rows` in the order of their sorted keys.
    pub fn new(keys: Vec<u32>, rows: Vec<u8>) -> Joints {
        Joints { keys, rows: Cow::Owned(rows) }
    }

    /// What the features of a word say.
    pub fn sum(&self, hashes: [u64; OF_WORD]) -> Joint<i32> {
        let mut sum = [0i16; WIDTH];
        for hash in hashes {
            let Ok(place) = self.keys.binary_search(&key(hash)) else { continue };
            for (sum, &weight) in sum.iter_mut().zip(self.row(place)) {
                *sum += i16::from(weight as i8);
            }
        }
        let mut joint = [[0; FREE]; MEMORIES];
        for (row, sums) in joint.iter_mut().zip(sum.chunks_exact(FREE)) {
            row.iter_mut().zip(sums).for_each(|(weight, &sum)| *weight = i32::from(sum));
        }
        joint
    }

    /// The keys in order, and the weights of each.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.keys.iter().enumerate().map(|(place, &key)| (key, self.row(place)))
    }

    /// The weights of the feature at a place.
    pub fn row(&self, place: usize) -> &[u8] {
        self.rows.get(place * WIDTH..(place + 1) * WIDTH).unwrap_or_default()
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        out.extend((self.keys.len() as u32).to_le_bytes());
        self.keys.iter().for_each(|key| out.extend(key.to_le_bytes()));
        out.extend(&*self.rows);
    }

    pub fn read(from: &mut Reader) -> Result<Joints> {
        let count = from.u32()? as usize;
        if count > 1 << 20 {
            return from.fail("a table of weights has an impossible size");
        }
        let keys = from.take(count * 4)?.as_chunks().0;
        let keys: Vec<u32> = keys.iter().map(|key| u32::from_le_bytes(*key)).collect();
        if !keys.is_sorted() {
            return from.fail("a table of weights is not in order");
        }
        Ok(Joints { keys, rows: from.take_static(count * WIDTH)? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_add_up() {
        let row = |weight: i8| [weight as u8; WIDTH];
        let joints = Joints::new(vec![3, 9], [row(5), row(-7)].concat());
        let hash = |key: u32| u64::from(key) << 32;
        assert_eq!(joints.sum([hash(3), hash(9)]), [[-2; FREE]; MEMORIES]);
        assert_eq!(joints.sum([hash(4), hash(9)]), [[-7; FREE]; MEMORIES]);
        assert_eq!(
            joints.entries().map(|(key, row)| (key, row[80] as i8)).collect::<Vec<_>>(),
            [(3, 5), (9, -7)]
        );
    }
}
