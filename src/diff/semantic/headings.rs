//! Headings that say for whom what stands under them holds: "If you live in Switzerland". Where the places that one names
//! differ, the practices under it are for other people.

use std::collections::BTreeMap;

use super::plain_slot;
use crate::diff::difference::{Delta, SlotDelta};
use crate::diff::units::{Sides, Unit, is_heading, place};
use crate::diff::{ChangeKind, Facet};
use crate::document::Document;
use crate::extract::places;
use crate::practice::{Category, PracticeSet};

/// The old and the new heading of a unit, where it is a pair of them.
pub(super) fn pair(sides: &Sides, unit: &Unit) -> Option<(usize, usize)> {
    let (&[old], &[new]) = (unit.old.as_slice(), unit.new.as_slice()) else { return None };
    (is_heading(&sides.old.document, old) && is_heading(&sides.new.document, new)).then_some((old, new))
}

/// Whether two headings name other places.
pub(in crate::diff) fn differ(old: &str, new: &str) -> bool {
    let codes = |text: &str| {
        let mut codes: Vec<&str> = places(text).into_iter().map(|p| p.code).collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    };
    let (old, new) = (codes(old), codes(new));
    !old.is_empty() && !new.is_empty() && old != new
}

/// The change that such a pair of headings makes.
pub(super) fn judge(sides: &Sides, unit: &Unit, (old, new): (usize, usize)) -> Option<Delta> {
    let (old_doc, new_doc) = (&sides.old.document, &sides.new.document);
    let (before, after) =
        (old_doc.words(old_doc.sentences[old].span), new_doc.words(new_doc.sentences[new].span));
    let category = category(sides, old, new)?;
    let facet = if category == Category::Contact { Facet::Contact } else { Facet::Condition };
    let only = |here: &str, there: &str, came: bool| -> Vec<SlotDelta> {
        let known: Vec<&str> = places(there).into_iter().map(|p| p.code).collect();
        let fresh = places(here).into_iter().filter(|p| !known.contains(&p.code));
        fresh.map(|p| plain_slot(facet, came, p.span.of(here).to_string(), category)).collect()
    };
    let mut slots = only(before, after, false);
    slots.extend(only(after, before, true));
    (!slots.is_empty()).then(|| Delta {
        kind: ChangeKind::Modified,
        category,
        about: Vec::new(),
        old: place(old_doc, &unit.old),
        new: place(new_doc, &unit.new),
        slots,
    })
}

/// The sentences that stand in the same section as a heading.
pub(super) fn section(document: &Document, heading: usize) -> impl Iterator<Item = usize> {
    let section_of = |sentence: usize| document.blocks[document.sentences[sentence].block].section;
    let section = section_of(heading);
    (0..document.sentences.len()).filter(move |&sentence| section_of(sentence) == section)
}

/// What most sentences under both headings are about.
fn category(sides: &Sides, old: usize, new: usize) -> Option<Category> {
    let mut votes: BTreeMap<Category, usize> = BTreeMap::new();
    let mut count = |set: &PracticeSet, heading: usize| {
        let facts = section(&set.document, heading).filter_map(|sentence| set.facts.get(sentence));
        facts.flat_map(|facts| &facts.categories).for_each(|&c| *votes.entry(c).or_default() += 1);
    };
    count(sides.old, old);
    count(sides.new, new);
    votes.into_iter().max_by_key(|&(c, n)| (n, std::cmp::Reverse(c))).map(|(c, _)| c)
}
