//! Sentence pairs to units of change: what a reviewer would call one edit.
//!
//! A changed sentence is a unit. Neighbouring new sentences of one block are one, as are the cells of a table row and the
//! items of a list that came together with its lead-in.

use super::claims::Claims;
use super::difference::Place;
use super::text::{SentenceRelation, TextDiff};
use crate::document::{BlockKind, Document};
use crate::practice::PracticeSet;
use crate::text::Span;

/// Both practice sets with their claims.
pub(super) struct Sides<'a> {
    pub old: &'a PracticeSet,
    pub new: &'a PracticeSet,
    pub old_claims: Claims,
    pub new_claims: Claims,
}

impl<'a> Sides<'a> {
    pub(super) fn new(old: &'a PracticeSet, new: &'a PracticeSet) -> Self {
        Self { old, new, old_claims: Claims::of(old), new_claims: Claims::of(new) }
    }
}

/// Sentences that changed together; one side may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unit {
    pub old: Vec<usize>,
    pub new: Vec<usize>,
}

/// All units, in the order of the text diff. Headings are no units: they announce practices, they do not state them.
pub(super) fn units(sides: &Sides, text: &TextDiff) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    for pair in &text.sentences {
        if pair.relation == SentenceRelation::Same {
            continue;
        }
        let heading = |document: &Document, s: usize| {
            document.blocks[document.sentences[s].block].kind == BlockKind::Heading
        };
        let old = pair.old.filter(|&s| !heading(&sides.old.document, s));
        let new = pair.new.filter(|&s| !heading(&sides.new.document, s));
        if old.is_none() && new.is_none() {
            continue;
        }
        match units.last_mut() {
            Some(unit) if joins(sides, unit, old, new) => {
                unit.old.extend(old);
                unit.new.extend(new);
            }
            _ => units.push(Unit { old: old.into_iter().collect(), new: new.into_iter().collect() }),
        }
    }
    units
}

/// Whether a pair belongs to the unit before it.
fn joins(sides: &Sides, unit: &Unit, old: Option<usize>, new: Option<usize>) -> bool {
    let (old_doc, new_doc) = (&sides.old.document, &sides.new.document);
    let same_row = |document: &Document, before: Option<&usize>, here: Option<usize>| {
        let (Some(&before), Some(here)) = (before, here) else { return false };
        table_row(document, before).is_some() && table_row(document, before) == table_row(document, here)
    };
    if same_row(new_doc, unit.new.last(), new) || same_row(old_doc, unit.old.last(), old) {
        return true;
    }
    let one_sided = |document: &Document, before: &[usize], here: usize| {
        let Some(&last) = before.last() else { return false };
        here == last + 1 && (continues(document, last, here) || led_in(document, before, here))
    };
    match (old, new) {
        (None, Some(here)) if unit.old.is_empty() => one_sided(new_doc, &unit.new, here),
        (Some(here), None) if unit.new.is_empty() => one_sided(old_doc, &unit.old, here),
        _ => false,
    }
}

fn table_row(document: &Document, sentence: usize) -> Option<(u32, u32)> {
    match document.blocks[document.sentences[sentence].block].kind {
        BlockKind::Cell { table, row, .. } => Some((table, row)),
        _ => None,
    }
}

fn continues(document: &Document, before: usize, here: usize) -> bool {
    document.sentences[before].block == document.sentences[here].block
}

/// Whether a sentence is an item whose lead-in is in the unit too.
fn led_in(document: &Document, unit: &[usize], here: usize) -> bool {
    let block = document.sentences[here].block;
    document.lead_ins(block).any(|lead| unit.iter().any(|&s| document.sentences[s].block == lead))
}

/// The place that some sentences of a document take.
pub(super) fn place(document: &Document, sentences: &[usize]) -> Option<Place> {
    let first = document.sentences.get(*sentences.first()?)?;
    let span = sentences
        .iter()
        .filter_map(|&s| document.sentences.get(s))
        .fold(first.span, |span, s| span.cover(s.span));
    Some(Place { span, section: document.blocks[first.block].section, block: first.block })
}

/// The place of a span inside one block.
pub(super) fn place_of_block(document: &Document, block: usize, span: Span) -> Place {
    Place { span, section: document.blocks[block].section, block }
}
