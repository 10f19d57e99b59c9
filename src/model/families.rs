//! Weights of features that say the same thing of several words: that a word is "collect" is said of the word itself, of the
//! one before it, of the one five words on. One look-up finds all of them, and their rows lie side by side, so that reading
//! a sentence touches few places of memory.

use std::borrow::Cow;

use crate::Result;

use super::weights::{Reader, Table, key};

/// Bits of the kind of a feature within its family.
const KIND_BITS: u32 = 4;
/// Kinds of a family, at most.
pub(super) const KINDS: u32 = 12;
/// Rows of a table, at most: their number and the kinds of a family share four bytes.
pub(super) const MOST_ROWS: usize = 1 << (u32::BITS - KINDS);
/// Bytes that say where the rows of a family begin, and of which kinds they are.
const ENTRY: usize = 4;

/// The feature of a kind: known by the key of its family and by the kind.
pub(super) fn id(family: u64, kind: u32) -> u64 {
    u64::from(key(family)) << KIND_BITS | u64::from(kind)
}

/// Rows of weights of families.
#[derive(Clone, Debug)]
pub(super) struct Families {
    /// For each family the place of its first row times 2^[`KINDS`], and a bit for each kind that has a row.
    entries: Table,
    width: usize,
    rows: Cow<'static, [u8]>,
}

/// Where the rows of a family begin, and a bit for each kind that has one: rows follow each other in the order of kinds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rows {
    pub first: usize,
    pub kinds: u32,
}

impl Families {
    /// `rows` in the order of their sorted ids; each `width` bytes wide. Of more than [`MOST_ROWS`] the first are kept.
    pub fn new(width: usize, ids: &[u64], mut rows: Vec<u8>) -> Families {
        rows.truncate(width * MOST_ROWS);
        let mut keys: Vec<u32> = Vec::new();
        let mut entries: Vec<u32> = Vec::new();
        for (place, id) in ids.iter().enumerate().take(MOST_ROWS) {
            let family = (id >> KIND_BITS) as u32;
            if keys.last() != Some(&family) {
                keys.push(family);
                entries.push((place as u32) << KINDS);
            }
            if let Some(entry) = entries.last_mut() {
                *entry |= 1 << (id & ((1 << KIND_BITS) - 1));
            }
        }
        let entries = entries.into_iter().flat_map(u32::to_le_bytes).collect();
        Families { entries: Table::new(ENTRY, &keys, entries), width, rows: Cow::Owned(rows) }
    }

    /// The place of a family, and whether any of its features has weights.
    #[inline]
    pub fn find(&self, family: u64) -> (usize, bool) {
        self.entries.find(family)
    }

    /// The rows of the family at a place.
    #[inline]
    pub fn rows_of(&self, place: usize) -> Rows {
        let entry = self.entries.row(place).and_then(<[u8]>::first_chunk);
        let entry = entry.map_or(0, |entry| u32::from_le_bytes(*entry));
        Rows { first: (entry >> KINDS) as usize, kinds: entry & ((1 << KINDS) - 1) }
    }

    /// The weights in a row.
    #[inline]
    pub fn row(&self, place: usize) -> Option<&[u8]> {
        self.rows.get(place * self.width..(place + 1) * self.width)
    }

    /// The ids in order, and the weights of each.
    pub fn rows(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let ids = self.entries.keys().enumerate().flat_map(|(place, family)| {
            let Rows { kinds, .. } = self.rows_of(place);
            let of_family = (0..KINDS).filter(move |kind| kinds >> kind & 1 == 1);
            of_family.map(move |kind| u64::from(family) << KIND_BITS | u64::from(kind))
        });
        ids.zip(self.rows.chunks_exact(self.width.max(1)))
    }

    /// How many features have weights.
    pub fn len(&self) -> usize {
        self.rows.len() / self.width.max(1)
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        self.entries.write(out);
        out.extend((self.width as u32).to_le_bytes());
        out.extend((self.len() as u32).to_le_bytes());
        out.extend(&*self.rows);
    }

    /// Reads families whose rows must be so wide.
    pub fn read(from: &mut Reader, wanted: usize) -> Result<Families> {
        let entries = Table::read(from, ENTRY)?;
        let (width, count) = (from.u32()? as usize, from.u32()? as usize);
        if width != wanted || count > MOST_ROWS {
            return from.fail("a table of weights has an impossible size");
        }
        let rows = from.take_static(count * width)?;
        Ok(Families { entries, width, rows })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_a_family_lie_side_by_side() {
        let family = |key: u64| key << 32 | 77;
        let ids = [id(family(3), 0), id(family(3), 5), id(family(9), 11), id(family(1 << 20), 2)];
        let families = Families::new(2, &ids, (1..=8).collect());
        let rows = |key: u64| match families.find(family(key)) {
            (place, true) => Some(families.rows_of(place)),
            _ => None,
        };
        assert_eq!(rows(3), Some(Rows { first: 0, kinds: 0b10_0001 }));
        assert_eq!(rows(9), Some(Rows { first: 2, kinds: 1 << 11 }));
        assert_eq!(rows(1 << 20), Some(Rows { first: 3, kinds: 0b100 }));
        assert_eq!(rows(4), None);
        assert_eq!(families.row(1), Some(&[3, 4][..]));
        assert!(families.rows().map(|(id, _)| id).eq(ids));
        assert_eq!(families.len(), 4);
    }
}
