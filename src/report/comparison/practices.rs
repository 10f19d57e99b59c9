//! Both practice sets as one list: which practice of one side is which of the other, and whether a change touches it.
//!
//! What changed is decided before, sentence by sentence; here practices are only laid side by side, so that the list
//! never tells of a change that the report does not.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::text::Rows;
use super::{PracticePair, PracticeSide, PracticeStatus};
use crate::diff::{ChangeKind, Difference, Relation};
use crate::document::Document;
use crate::extract::Mention;
use crate::practice::{Practice, PracticeSet};
use crate::text::Span;

/// So many candidates at one place are looked at for a partner.
const MOST_CANDIDATES: usize = 100;

/// All practices of both sides, by category, then in the order of the text.
pub(super) fn pairs(
    old: &PracticeSet,
    new: &PracticeSet,
    difference: &Difference,
    rows: &Rows,
) -> Vec<PracticePair> {
    if difference.not_a_policy != (false, false) {
        return Vec::new();
    }
    let row = |document: &Document, rows: &BTreeMap<usize, usize>, p: &Practice| {
        rows.get(&block(document, p.evidence.span)?).copied()
    };
    let old_rows: Vec<_> = old.practices.iter().map(|p| row(&old.document, &rows.old, p)).collect();
    let new_rows: Vec<_> = new.practices.iter().map(|p| row(&new.document, &rows.new, p)).collect();
    let touched = |p: &Practice, is_old: bool| {
        let mut deltas = difference.deltas.iter().enumerate();
        deltas.find_map(|(n, delta)| {
            let place = if is_old { delta.old } else { delta.new }?;
            (delta.category == p.category && overlap(place.span, p.evidence.span)).then_some((n, delta.kind))
        })
    };
    let old_touched: Vec<_> = old.practices.iter().map(|p| touched(p, true)).collect();
    let new_touched: Vec<_> = new.practices.iter().map(|p| touched(p, false)).collect();

    let mut partner: Vec<Option<usize>> = vec![None; old.practices.len()];
    let mut free: BTreeSet<usize> = (0..new.practices.len()).collect();
    let mut same: BTreeMap<&str, VecDeque<usize>> = BTreeMap::new();
    new.practices.iter().enumerate().for_each(|(n, p)| same.entry(&p.id).or_default().push_back(n));
    for (p, partner) in old.practices.iter().zip(&mut partner) {
        *partner = same.get_mut(p.id.as_str()).and_then(VecDeque::pop_front);
        partner.iter().for_each(|n| {
            free.remove(n);
        });
    }

    // The rest finds its partner in the same place: the same row of the texts, or the other side of the same change.
    let mut by_row: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    let mut by_delta: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &n in &free {
        new_rows[n].iter().for_each(|&r| by_row.entry(r).or_default().push(n));
        new_touched[n].iter().for_each(|&(d, _)| by_delta.entry(d).or_default().push(n));
    }
    for (i, p) in old.practices.iter().enumerate() {
        if partner[i].is_some() {
            continue;
        }
        let in_row = old_rows[i].filter(|_| difference.relation == Relation::Versions);
        let near = in_row.and_then(|r| by_row.get(&r)).into_iter().flatten().take(MOST_CANDIDATES);
        let linked = old_touched[i].and_then(|(d, _)| by_delta.get(&d)).into_iter().flatten();
        let candidates = near.chain(linked.take(MOST_CANDIDATES)).filter(|n| free.contains(n));
        let scored = candidates.map(|&n| (likeness(p, &new.practices[n]), n));
        // Of equally alike ones the first: `max_by_key` would take the last.
        let best = scored.filter(|s| s.0 > 0).max_by_key(|&(score, n)| (score, std::cmp::Reverse(n)));
        if let Some((_, n)) = best {
            free.remove(&n);
            partner[i] = Some(n);
        }
    }

    let shared = |p: &Practice, is_old: bool| {
        let place = |c: &crate::diff::Common| if is_old { c.places.0 } else { c.places.1 };
        difference.shared.iter().any(|c| c.category == p.category && overlap(place(c).span, p.evidence.span))
    };
    // What has no partner came or went if a change says so. For vendors it is theirs alone unless both are known to state it.
    let alone = |p: &Practice, is_old: bool, touched: Option<(usize, ChangeKind)>| {
        let stays = match difference.relation {
            Relation::Versions => touched.is_none(),
            Relation::Vendors => touched.is_none() && shared(p, is_old),
        };
        match (stays, is_old) {
            (true, _) => PracticeStatus::Unchanged,
            (false, true) => PracticeStatus::Went,
            (false, false) => PracticeStatus::Came,
        }
    };
    let mut list = Vec::with_capacity(old.practices.len() + free.len());
    for (i, p) in old.practices.iter().enumerate() {
        let status = match partner[i] {
            Some(n) if new.practices[n].id == p.id => PracticeStatus::Unchanged,
            Some(n) if old_touched[i].or(new_touched[n]).is_some() => PracticeStatus::Changed,
            Some(_) => PracticeStatus::Unchanged,
            None => alone(p, true, old_touched[i]),
        };
        let other = partner[i].map(|n| side(new, &new.practices[n], new_rows[n]));
        list.push(PracticePair {
            status,
            category: p.category,
            old: Some(side(old, p, old_rows[i])),
            new: other,
        });
    }
    for n in free {
        let p = &new.practices[n];
        let status = alone(p, false, new_touched[n]);
        list.push(PracticePair {
            status,
            category: p.category,
            old: None,
            new: Some(side(new, p, new_rows[n])),
        });
    }
    list.sort_by_key(|pair| {
        let place = pair.new.as_ref().or(pair.old.as_ref()).map(|s| (s.row, s.start, s.end));
        (pair.category, place, pair.status)
    });
    list
}

fn side(set: &PracticeSet, p: &Practice, row: Option<usize>) -> PracticeSide {
    let words = |mentions: &[Mention]| mentions.iter().map(|m| m.text.clone()).collect();
    let place = set.original(p.evidence.span);
    PracticeSide {
        id: p.id.clone(),
        polarity: p.polarity,
        modality: p.modality,
        action: p.action.as_ref().map(|m| m.text.clone()),
        data: words(&p.data),
        recipients: words(&p.recipients),
        start: place.start,
        end: place.end,
        row,
    }
}

/// How much two practices of one place have in common; 0 for those that are not the same one.
fn likeness(old: &Practice, new: &Practice) -> usize {
    if old.category != new.category {
        return 0;
    }
    let common = |old: &[Mention], new: &[Mention]| {
        old.iter().take(MOST_CANDIDATES).filter(|a| new.iter().any(|b| is_same(a, b))).count()
    };
    let action = match (&old.action, &new.action) {
        (Some(a), Some(b)) => usize::from(is_same(a, b)),
        (None, None) => 1,
        _ => 0,
    };
    let purposes = common(&old.purposes, &new.purposes);
    let told = 4 * action
        + 4 * common(&old.data, &new.data)
        + 2 * common(&old.recipients, &new.recipients)
        + 2 * purposes;
    if told == 0 { 0 } else { told + usize::from(old.polarity == new.polarity) }
}

fn is_same(a: &Mention, b: &Mention) -> bool {
    a.text == b.text || a.concept.is_some() && a.concept == b.concept
}

fn overlap(a: Span, b: Span) -> bool {
    a.start < b.end && b.start < a.end
}

/// The block that holds the first byte of a span.
fn block(document: &Document, span: Span) -> Option<usize> {
    let after = document.blocks.partition_point(|b| b.span.start <= span.start);
    after.checked_sub(1)
}
