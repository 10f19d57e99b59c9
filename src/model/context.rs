//! The sentences beside a sentence to what they say about it: a heading announces what follows, and who speaks of
//! keeping data seldom changes the subject for one sentence.
//!
//! Each neighbour moves the scores of the categories by what it scores itself. A sentence that stands in several places,
//! or in two versions, is moved by the mean of them, so that it is about the same wherever it stands. Sums are whole
//! numbers, so the order of places does not matter.

use crate::Result;

use super::classifier::{MOST_COLUMNS, Scores};
use super::weights::Reader;

/// Neighbours of a sentence: the one before and the one after.
pub(super) const SIDES: usize = 2;

/// What a score of one counts in sums.
const UNIT: f32 = 65_536.0;

/// How neighbours move scores: for each column and side a constant, then a weight for each column of the neighbour.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Context {
    pub columns: Vec<[Vec<f32>; SIDES]>,
}

/// The places in which a sentence stands, as far as they move its scores.
#[derive(Clone, Debug, Default)]
pub struct Places {
    sums: [i64; MOST_COLUMNS],
    count: i64,
}

/// What a neighbour's scores are to those beside it: beyond a half it is sure of itself.
pub(super) fn signals(scores: &Scores) -> impl Iterator<Item = f32> {
    scores.0.iter().map(|score| (2.0 * score).clamp(-1.0, 1.0))
}

impl Context {
    /// Adds a place between two sentences.
    pub fn add(&self, neighbours: [Option<&Scores>; SIDES], places: &mut Places) {
        places.count += 1;
        for (side, neighbour) in neighbours.into_iter().enumerate() {
            let Some(neighbour) = neighbour.filter(|scores| scores.is_known()) else { continue };
            for (sum, weights) in places.sums.iter_mut().zip(&self.columns) {
                *sum += (UNIT * moved(&weights[side], neighbour)) as i64;
            }
        }
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        let weights = self.columns.iter().flatten().flatten();
        weights.for_each(|weight| out.extend(weight.to_bits().to_le_bytes()));
    }

    /// Reads what moves so many columns.
    pub fn read(from: &mut Reader, columns: usize) -> Result<Context> {
        let mut context = Context { columns: Vec::with_capacity(columns) };
        for _ in 0..columns {
            let mut sides: [Vec<f32>; SIDES] = Default::default();
            for weight in sides.iter_mut().flat_map(|side| {
                side.resize(1 + columns, 0.0);
                side
            }) {
                *weight = from.f32()?;
            }
            context.columns.push(sides);
        }
        Ok(context)
    }
}

/// By how much a neighbour moves one score.
pub(super) fn moved(weights: &[f32], neighbour: &Scores) -> f32 {
    weights.iter().zip(std::iter::once(1.0).chain(signals(neighbour))).map(|(w, x)| w * x).sum()
}

impl Places {
    /// By how much they move the score of a column.
    pub(super) fn moves(&self, column: usize) -> f32 {
        let sum = self.sums.get(column).copied().unwrap_or_default();
        (sum / self.count.max(1)) as f32 / UNIT
    }
}
