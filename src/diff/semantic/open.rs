//! What sentences that no edit touched have to say before units can be judged.

use std::collections::BTreeSet;

use rayon::prelude::*;

use super::elsewhere::Joined;
use super::{FEWEST_AT_ONCE, fresh, half, headings, residue};
use crate::diff::questions::Question;
use crate::diff::units::{Sides, Unit};
use crate::vocabulary::Vocabulary;

/// Units that leave nothing open, by the first sentence of either side: to read more opens nothing again.
pub(in crate::diff) type Settled = BTreeSet<(Option<usize>, Option<usize>)>;

/// The questions that units leave open, by what was read so far.
pub(in crate::diff) fn questions(
    sides: &Sides,
    units: &[Unit],
    settled: &mut Settled,
    vocabulary: &Vocabulary,
) -> BTreeSet<Question> {
    let joined = Joined::of(&sides.old.document, &sides.new.document, units);
    let name = |unit: &Unit| (unit.old.first().copied(), unit.new.first().copied());
    let of_unit = |unit: &&Unit| {
        let mut questions = BTreeSet::new();
        if joined.hold(unit) || headings::pair(sides, unit).is_some() {
            return questions;
        }
        let (old, new) = half::halves(sides, unit, &joined);
        fresh::open_questions(&new, &old, vocabulary, &mut questions);
        fresh::open_questions(&old, &new, vocabulary, &mut questions);
        let items = residue::fresh_items(&new, &old, vocabulary);
        let items = items.chain(residue::fresh_items(&old, &new, vocabulary));
        questions.extend(items.map(|(claim, id)| Question::concept(id, claim)));
        questions
    };
    let unsettled: Vec<&Unit> = units.iter().filter(|unit| !settled.contains(&name(unit))).collect();
    let open: Vec<BTreeSet<Question>> =
        unsettled.par_iter().with_min_len(FEWEST_AT_ONCE).map(of_unit).collect();
    let closed = unsettled.iter().zip(&open).filter(|(_, open)| open.is_empty());
    settled.extend(closed.map(|(unit, _)| name(unit)));
    open.into_iter().flatten().collect()
}

/// The sentences of the sections whose headings changed: what most of them are about is what such a change is about.
pub(in crate::diff) fn under_headings(sides: &Sides, units: &[Unit]) -> [Vec<usize>; 2] {
    let mut wanted = [Vec::new(), Vec::new()];
    for (old, new) in units.iter().filter_map(|unit| headings::pair(sides, unit)) {
        for ((set, heading), wanted) in [(sides.old, old), (sides.new, new)].into_iter().zip(&mut wanted) {
            wanted.extend(headings::section(&set.document, heading));
        }
    }
    wanted
}
