//! Where the entries of a table of weights begin, for each upper half of their keys.
//!
//! The file says only how many entries each has. The build adds them up for the built-in models: to do so at each start
//! would take longer than to compare two short policies.

use std::borrow::Cow;

/// Upper halves of keys: 2^16.
pub(super) const HALVES: usize = 1 << 16;
/// Bytes of a start.
pub(super) const START: usize = 4;
/// The starts of all halves, and after the last where its entries end.
const ALL: usize = START * (HALVES + 1);
/// Fewer entries than any table has that the build adds up.
#[allow(dead_code)] // for the build
const FEWEST: u32 = 1 << 10;

/// The starts of halves that have so many entries each.
pub(super) fn starts(counts: impl Iterator<Item = u32>) -> Vec<u8> {
    let mut starts = vec![0; ALL];
    let mut total = 0;
    for (end, count) in starts.as_chunks_mut().0.iter_mut().skip(1).zip(counts) {
        total += count;
        *end = u32::to_le_bytes(total);
    }
    starts
}

/// The starts of all tables of a file: of each where its counts stand in the file, and its starts. A table is known by a
/// number of entries behind which as many counts as there are halves add up to it.
#[allow(dead_code)] // for the build
pub(super) fn make_ready(file: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    let mut sum = file.iter().take(HALVES).map(|&count| u32::from(count)).sum::<u32>();
    for (at, ends) in file.iter().zip(file.iter().skip(HALVES)).enumerate() {
        let before = at.checked_sub(4).and_then(|before| file.get(before..)?.first_chunk());
        if sum >= FEWEST && before.is_some_and(|entries| u32::from_le_bytes(*entries) == sum) {
            out.extend((at as u32).to_le_bytes());
            out.extend(starts(file[at..at + HALVES].iter().map(|&count| u32::from(count))));
        }
        sum = sum + u32::from(*ends.1) - u32::from(*ends.0);
    }
    out
}

/// The starts that [`make_ready`] made of the counts at a place of the file.
#[allow(dead_code)] // for the program
pub(super) fn ready(made: &'static [u8], at: usize) -> Option<Cow<'static, [u8]>> {
    let mut tables = made.chunks_exact(4 + ALL).filter_map(<[u8]>::split_first_chunk);
    let table = tables.find(|(place, _)| u32::from_le_bytes(**place) as usize == at);
    table.map(|(_, starts)| starts.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_found_where_they_stand() {
        let counts: Vec<u8> = (0..HALVES).map(|half| (half % 7) as u8).collect();
        let sum = counts.iter().map(|&count| u32::from(count)).sum::<u32>();
        let file = [&[9; 30][..], &sum.to_le_bytes(), &counts, &[1; 100]].concat();
        let made: &'static [u8] = make_ready(&file).leak();
        let expected = starts(counts.iter().map(|&count| u32::from(count)));
        assert_eq!(ready(made, 34), Some(expected.into()));
        assert_eq!(ready(made, 33), None);
        assert_eq!(made.len(), 4 + ALL);
    }

    #[test]
    fn the_build_finds_all_tables_of_the_built_in_models() {
        for made in [
            include_bytes!(concat!(env!("OUT_DIR"), "/model/weights/en.starts")),
            include_bytes!(concat!(env!("OUT_DIR"), "/model/weights/zh.starts")),
        ] {
            assert_eq!(made.len(), 3 * (4 + ALL), "two of the tagger and one of the classifier");
        }
    }
}
