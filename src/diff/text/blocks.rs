//! Which block of one side is which of the other, in the same section or at the same place of the document.
//!
//! Rows of a table are paired as wholes, so that an inserted row does not shift every cell.

use super::items::{Class, Item, Side};
use super::sequence::{equal_in_order, gaps, heaviest_chain, increasing};

/// Blocks of one section that are less alike than this are different blocks.
const ALIKE_IN_SECTION: f32 = 0.35;
/// The same for blocks at the same place of the document, but in sections that are no pair.
const ALIKE_IN_PLACE: f32 = 0.5;

/// The same for a block that stands alone between two pairs, on both sides.
const ALIKE_ALONE: f32 = 0.25;
/// Blocks of at most so many words that stand alone and have a number are a date that changed, or the like.
const MOST_WORDS_OF_A_DATE: usize = 8;

/// Paired units of both sides; each occurs at most once.
pub(super) struct Pairs {
    /// For each unit of the first side its counterpart.
    pub of_a: Vec<Option<usize>>,
    /// For each unit of the second side its counterpart.
    pub of_b: Vec<Option<usize>>,
}

impl Pairs {
    /// No pairs yet.
    pub fn new(a: &Side, b: &Side) -> Pairs {
        Pairs { of_a: vec![None; a.units.len()], of_b: vec![None; b.units.len()] }
    }

    /// Whether both are without counterpart.
    pub fn free(&self, i: usize, j: usize) -> bool {
        self.of_a[i].is_none() && self.of_b[j].is_none()
    }

    /// Makes a pair, unless one of the two has a counterpart.
    pub fn set(&mut self, i: usize, j: usize) {
        if self.free(i, j) {
            self.of_a[i] = Some(j);
            self.of_b[j] = Some(i);
        }
    }

    /// Units of the first side without counterpart.
    pub fn left_a(&self) -> Vec<usize> {
        (0..self.of_a.len()).filter(|&i| self.of_a[i].is_none()).collect()
    }

    /// Units of the second side without counterpart.
    pub fn left_b(&self) -> Vec<usize> {
        (0..self.of_b.len()).filter(|&j| self.of_b[j].is_none()).collect()
    }

    /// Pairs that stand in the same order on both sides, as many words as can be; all others have moved.
    pub fn in_order(&self, a: &Side, b: &Side) -> Vec<(usize, usize)> {
        let all: Vec<(usize, usize)> =
            self.of_a.iter().enumerate().filter_map(|(i, j)| j.map(|j| (i, j))).collect();
        increasing(&all, &|k| {
            let (i, j) = all[k];
            (a.item(i).length() + b.item(j).length()) as f32
        })
    }
}

/// Headings of paired sections, and equal blocks in the same order within them.
pub(super) fn equal_in_sections(a: &Side, b: &Side, sections: &[Option<usize>], pairs: &mut Pairs) {
    for (own_a, own_b) in paired(a, b, sections) {
        if let (Some(&i), Some(&j)) = (own_a.first(), own_b.first())
            && a.item(i).class == Class::Heading
            && b.item(j).class == Class::Heading
        {
            pairs.set(i, j);
        }
        let keys = |side: &Side, own: &[usize]| own.iter().map(|&u| side.item(u).cased).collect::<Vec<_>>();
        for (i, j) in equal_in_order(&keys(a, own_a), &keys(b, own_b)) {
            pairs.set(own_a[i], own_b[j]);
        }
    }
}

/// Blocks that are alike, in the gaps between equal ones of paired sections.
pub(super) fn alike_in_sections(a: &Side, b: &Side, sections: &[Option<usize>], pairs: &mut Pairs) {
    for (own_a, own_b) in paired(a, b, sections) {
        alike_in_gaps(a, b, own_a, own_b, ALIKE_IN_SECTION, pairs);
    }
}

/// Blocks that are alike at the same place of the document, whatever became of their headings.
pub(super) fn alike_in_place(a: &Side, b: &Side, pairs: &mut Pairs) {
    let all = |side: &Side| (0..side.units.len()).collect::<Vec<_>>();
    alike_in_gaps(a, b, &all(a), &all(b), ALIKE_IN_PLACE, pairs);
}

fn paired<'s>(
    a: &'s Side,
    b: &'s Side,
    sections: &'s [Option<usize>],
) -> impl Iterator<Item = (&'s [usize], &'s [usize])> {
    sections
        .iter()
        .enumerate()
        .filter_map(|(s, t)| Some((a.own.get(s)?.as_slice(), b.own.get((*t)?)?.as_slice())))
}

fn alike_in_gaps(a: &Side, b: &Side, own_a: &[usize], own_b: &[usize], least: f32, pairs: &mut Pairs) {
    let place = |j: usize| own_b.binary_search(&j).ok();
    let known: Vec<(usize, usize)> =
        own_a.iter().enumerate().filter_map(|(i, &u)| Some((i, place(pairs.of_a[u]?)?))).collect();
    let length = |k: usize| a.item(own_a[known[k].0]).length() as f32;
    for ([a0, a1], [b0, b1]) in gaps(&increasing(&known, &length), own_a.len(), own_b.len()) {
        let left: Vec<usize> = own_a[a0..a1].iter().copied().filter(|&i| pairs.of_a[i].is_none()).collect();
        let right: Vec<usize> = own_b[b0..b1].iter().copied().filter(|&j| pairs.of_b[j].is_none()).collect();
        let weight = |i: usize, j: usize| {
            let (x, y) = (a.item(left[i]), b.item(right[j]));
            if x.bound(y) < least {
                return 0.0;
            }
            let alike = x.similarity(y);
            if alike < least { 0.0 } else { alike * (x.length() + y.length()) as f32 }
        };
        let chain = heaviest_chain(left.len(), right.len(), &weight, &|i| a.item(left[i]).grams(), &|j| {
            b.item(right[j]).grams()
        });
        for ([i0, i1], [j0, j1]) in gaps(&chain, left.len(), right.len()) {
            if (i1 - i0, j1 - j0) == (1, 1) && alike_alone(a.item(left[i0]), b.item(right[j0])) {
                pairs.set(left[i0], right[j0]);
            }
        }
        for (i, j) in chain {
            pairs.set(left[i], right[j]);
        }
    }
}

fn alike_alone(x: &Item, y: &Item) -> bool {
    let dated = |item: &Item| item.is_numbered() && item.length() <= MOST_WORDS_OF_A_DATE;
    x.class == y.class && (dated(x) && dated(y) || x.similarity(y) >= ALIKE_ALONE)
}

/// Pairs of blocks from a pair of units: one, or the cells of two rows. Cells without counterpart stay alone.
pub(super) fn expand(a: &Side, b: &Side, i: usize, j: usize) -> Vec<(usize, usize)> {
    let (x, y) = (a.units[i].blocks.clone(), b.units[j].blocks.clone());
    if x.len() == y.len() {
        return x.zip(y).collect();
    }
    // A column came or went: the cells that are most alike, in order.
    let weight = |i: usize, j: usize| {
        let (p, q) = (&a.blocks[x.start + i], &b.blocks[y.start + j]);
        let alike = p.similarity(q);
        if alike < ALIKE_IN_SECTION { 0.0 } else { alike * (p.length() + q.length()) as f32 }
    };
    heaviest_chain(x.len(), y.len(), &weight, &|i| a.blocks[x.start + i].grams(), &|j| {
        b.blocks[y.start + j].grams()
    })
    .into_iter()
    .map(|(p, q)| (x.start + p, y.start + q))
    .collect()
}
