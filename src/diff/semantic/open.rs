//! What sentences that no edit touched have to say before units can be judged.

use std::collections::BTreeSet;

use super::elsewhere::Joined;
use super::{fresh, half, headings, residue};
use crate::diff::questions::Question;
use crate::diff::units::{Sides, Unit};
use crate::vocabulary::Vocabulary;

/// The questions that units leave open, by what was read so far.
pub(in crate::diff) fn questions(
    sides: &Sides,
    units: &[Unit],
    vocabulary: &Vocabulary,
) -> BTreeSet<Question> {
    let joined = Joined::of(&sides.old.document, &sides.new.document, units);
    let mut questions = BTreeSet::new();
    for unit in units.iter().filter(|unit| !joined.hold(unit) && headings::pair(sides, unit).is_none()) {
        let (old, new) = half::halves(sides, unit, &joined);
        fresh::open_questions(&new, &old, vocabulary, &mut questions);
        fresh::open_questions(&old, &new, vocabulary, &mut questions);
        let items = residue::fresh_items(&new, &old, vocabulary);
        let items = items.chain(residue::fresh_items(&old, &new, vocabulary));
        questions.extend(items.map(|(claim, id)| Question::concept(id, claim)));
    }
    questions
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
