//! Two changes that are one: what an item no longer rules out, a sentence now states.

use crate::diff::claims::key;
use crate::diff::difference::{Delta, SlotDelta};
use crate::diff::{ChangeKind, Facet};
use crate::practice::Polarity;

/// Tells a reversal once, as a change of polarity at the place of the affirmed statement.
pub(super) fn reversals(deltas: &mut Vec<Delta>) {
    let mut spent: Vec<(usize, usize)> = Vec::new();
    for affirmed in 0..deltas.len() {
        for slot in 0..deltas[affirmed].slots.len() {
            let here = deltas[affirmed].slots[slot].clone();
            if !is_thing(&here) || here.polarity != Polarity::Affirmed {
                continue;
            }
            let found = deltas.iter().enumerate().filter(|(d, _)| *d != affirmed).find_map(|(d, delta)| {
                let s = delta.slots.iter().position(|s| reverses(s, &here))?;
                (!spent.contains(&(d, s))).then_some((d, s))
            });
            let Some((other, at)) = found else { continue };
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

fn is_thing(slot: &SlotDelta) -> bool {
    matches!(slot.facet, Facet::Data | Facet::Recipient | Facet::Purpose)
}

/// Whether a slot denies on the other side what `affirmed` states.
fn reverses(slot: &SlotDelta, affirmed: &SlotDelta) -> bool {
    slot.facet == affirmed.facet
        && slot.polarity == Polarity::Negated
        && slot.came != affirmed.came
        && key(&slot.words) == key(&affirmed.words)
}
