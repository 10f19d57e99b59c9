//! What words say together with the span before them: an "and" after data begins more data, after a purpose another one.

use crate::Result;

use super::chain::{FREE, Joint, MEMORIES};
use super::weights::{Reader, Table};

/// Weights of one feature: of each free label after each memory.
pub(super) const WIDTH: usize = MEMORIES * FREE;

/// Features of a word that are looked up: the word before, and itself.
pub(super) const OF_WORD: usize = 2;

/// Rows of weights by feature hash; few, since only frequent words are worth their row.
#[derive(Clone, Debug, Default)]
pub(super) struct Joints(Table);

impl Joints {
    /// `rows` in the order of their sorted keys.
    pub fn new(keys: &[u32], rows: Vec<u8>) -> Joints {
        Joints(Table::new(WIDTH, keys, rows))
    }

    /// What the features of a word say, if they say anything.
    pub fn sum(&self, hashes: [u64; OF_WORD]) -> Option<Joint<i32>> {
        let mut sum = [0i16; WIDTH];
        let mut is_known = false;
        for hash in hashes {
            let (place, known) = self.0.find(hash);
            if !known {
                continue;
            }
            is_known = true;
            for (sum, &weight) in sum.iter_mut().zip(self.row(place)) {
                *sum += i16::from(weight as i8);
            }
        }
        let mut joint = [[0; FREE]; MEMORIES];
        for (row, sums) in joint.iter_mut().zip(sum.chunks_exact(FREE)) {
            row.iter_mut().zip(sums).for_each(|(weight, &sum)| *weight = i32::from(sum));
        }
        is_known.then_some(joint)
    }

    /// The keys in order, and the weights of each.
    pub fn entries(&self) -> impl Iterator<Item = (u32, &[u8])> {
        self.0.entries()
    }

    /// The weights of the feature at a place.
    pub fn row(&self, place: usize) -> &[u8] {
        self.0.row(place).unwrap_or_default()
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
    }

    pub fn read(from: &mut Reader) -> Result<Joints> {
        Ok(Joints(Table::read(from, WIDTH)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_words_add_up() {
        let row = |weight: i8| [weight as u8; WIDTH];
        let joints = Joints::new(&[3, 9], [row(5), row(-7)].concat());
        let hash = |key: u32| u64::from(key) << 32;
        assert_eq!(joints.sum([hash(3), hash(9)]), Some([[-2; FREE]; MEMORIES]));
        assert_eq!(joints.sum([hash(4), hash(9)]), Some([[-7; FREE]; MEMORIES]));
        assert_eq!(joints.sum([hash(4), hash(5)]), None);
        assert_eq!(
            joints.entries().map(|(key, row)| (key, row[80] as i8)).collect::<Vec<_>>(),
            [(3, 5), (9, -7)]
        );
    }
}
