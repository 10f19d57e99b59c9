//! Two changes that are one: what an item no longer rules out, a sentence now states; a name, an age or an address is replaced
//! wherever it stands.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::diff::claims::key;
use crate::diff::difference::{Delta, Place, SlotDelta};
use crate::diff::units::Sides;
use crate::diff::{ChangeKind, Facet};
use crate::practice::{Polarity, PracticeSet};
use crate::text::normal;

/// A replacement of so many things is told in each of its places.
const MOST_REPLACED: usize = 6;

/// Tells within one change that the same thing is affirmed on one side and denied on the other.
fn turn(delta: &mut Delta) {
    let opposite =
        |a: &SlotDelta, b: &SlotDelta| a.facet == b.facet && a.came != b.came && thing(a) == thing(b);
    let affirmed: Vec<SlotDelta> =
        delta.slots.iter().filter(|s| is_thing(s) && s.polarity == Polarity::Affirmed).cloned().collect();
    for here in affirmed {
        let denied = |s: &SlotDelta| s.polarity == Polarity::Negated && opposite(s, &here);
        if let Some(at) = delta.slots.iter().position(denied) {
            let denied = delta.slots.remove(at);
            delta.slots.push(SlotDelta { facet: Facet::Polarity, ..denied });
            delta.slots.push(SlotDelta { facet: Facet::Polarity, ..here });
        }
    }
}

/// Tells a reversal once, as a change of polarity at the place of the affirmed statement.
pub(super) fn reversals(deltas: &mut Vec<Delta>) {
    deltas.iter_mut().for_each(turn);
    let mut denials = denials(deltas);
    let mut spent: Vec<(usize, usize)> = Vec::new();
    for affirmed in 0..deltas.len() {
        for slot in 0..deltas[affirmed].slots.len() {
            let here = deltas[affirmed].slots[slot].clone();
            if !is_thing(&here) || here.polarity != Polarity::Affirmed {
                continue;
            }
            let Some(places) = denials.get_mut(&(here.facet, !here.came, thing(&here))) else { continue };
            let Some(first) = places.iter().position(|(d, _)| *d != affirmed) else { continue };
            let Some((other, at)) = places.remove(first) else { continue };
            spent.push((other, at));
            let denied = deltas[other].slots[at].clone();
            let (old, new) = (deltas[other].old, deltas[other].new);
            let delta = &mut deltas[affirmed];
            delta.slots.push(SlotDelta { facet: Facet::Polarity, ..denied });
            delta.slots.push(SlotDelta { facet: Facet::Polarity, ..here });
            delta.old = delta.old.or(old);
            delta.new = delta.new.or(new);
            if delta.old.is_some() && delta.new.is_some() {
                delta.kind = ChangeKind::Modified;
            }
        }
    }
    for &(delta, slot) in &spent {
        // Only marked here, so that places stay right until all are known.
        deltas[delta].slots[slot].facet = Facet::Other;
        deltas[delta].slots[slot].words.clear();
    }
    for delta in deltas.iter_mut() {
        delta.slots.retain(|s| !s.words.is_empty());
        delta.slots.sort_by_key(|s| (s.facet, s.came));
    }
    deltas.retain(|delta| !delta.slots.is_empty());
}

/// Tells once what is replaced in several places: an age, a contact, a name.
pub(super) fn repeats(deltas: &mut Vec<Delta>, sides: &Sides) {
    let mut groups: BTreeMap<Vec<(Facet, bool, String)>, Vec<usize>> = BTreeMap::new();
    for (i, delta) in deltas.iter().enumerate().filter(|(_, delta)| is_replacement(delta)) {
        let slots = delta.slots.iter().map(|s| (s.facet, s.came, normal(&s.words))).collect();
        groups.entry(slots).or_default().push(i);
    }
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for group in groups.into_values().filter(|group| group.len() > 1) {
        let first = |of: fn(&Delta) -> Option<Place>| {
            group.iter().copied().min_by_key(|&i| of(&deltas[i]).map(|place| place.span.start))
        };
        // The first one; where the sides disagree which that is, one that both know alike.
        let kept = first(|d| d.old).filter(|i| first(|d| d.new) == Some(*i)).or_else(|| {
            group.iter().copied().min_by_key(|&i| {
                let words = |set: &PracticeSet, place: Option<Place>| {
                    place.map_or("", |place| set.document.words(place.span)).to_string()
                };
                let mut both = [words(sides.old, deltas[i].old), words(sides.new, deltas[i].new)];
                both.sort_unstable();
                both
            })
        });
        told.extend(group.iter().copied().filter(|i| Some(*i) != kept));
    }
    let mut at = 0..;
    deltas.retain(|_| at.next().is_none_or(|i| !told.contains(&i)));
}

/// Whether all that a change tells is one thing in place of another of its kind.
fn is_replacement(delta: &Delta) -> bool {
    let swaps = delta.slots.iter().any(|s| s.came) && delta.slots.iter().any(|s| !s.came)
        || delta.slots.iter().all(|s| s.facet == Facet::Actor);
    let named = delta.slots.iter().all(|s| matches!(s.facet, Facet::Minors | Facet::Contact | Facet::Actor));
    let receiver = delta.slots.iter().all(|s| s.facet == Facet::Recipient && s.concept.is_none());
    delta.kind == ChangeKind::Modified && delta.slots.len() < MOST_REPLACED && (named || receiver) && swaps
}

/// What a slot names: its concept where that is specific ("precise location" is so during a run too), else its words.
fn thing(slot: &SlotDelta) -> String {
    let specific = slot.concept.as_ref().filter(|id| id.matches('.').count() >= 2);
    specific.cloned().unwrap_or_else(|| key(&slot.words))
}

fn is_thing(slot: &SlotDelta) -> bool {
    matches!(slot.facet, Facet::Data | Facet::Recipient | Facet::Purpose)
}

/// Where each thing is denied: delta and slot, by facet, side and thing; at most one slot of a delta.
fn denials(deltas: &[Delta]) -> BTreeMap<(Facet, bool, String), VecDeque<(usize, usize)>> {
    let mut denials: BTreeMap<_, VecDeque<(usize, usize)>> = BTreeMap::new();
    for (d, delta) in deltas.iter().enumerate() {
        for (s, slot) in delta.slots.iter().enumerate() {
            if !is_thing(slot) || slot.polarity != Polarity::Negated {
                continue;
            }
            let places = denials.entry((slot.facet, slot.came, thing(slot))).or_default();
            if places.back().is_none_or(|(last, _)| *last != d) {
                places.push_back((d, s));
            }
        }
    }
    denials
}
