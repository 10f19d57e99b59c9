//! Sentence pairs to units of change: what a reviewer would call one edit.
//!
//! A changed sentence is a unit. Neighbouring new sentences of one block are one, as are the cells of a table row and the
//! items of a list that came together with its lead-in.

use std::collections::BTreeMap;

use super::claims::{Claim, Claims, Keys};
use super::difference::Place;
use super::semantic::headings_differ;
use super::text::{SentenceRelation, TextDiff};
use crate::document::{BlockKind, Document};
use crate::practice::PracticeSet;
use crate::text::Span;

/// Both practice sets with their claims.
pub(super) struct Sides<'a> {
    pub old: &'a PracticeSet,
    pub new: &'a PracticeSet,
    pub old_claims: Claims<'a>,
    pub new_claims: Claims<'a>,
}

impl<'a> Sides<'a> {
    pub(super) fn new(old: &'a PracticeSet, new: &'a PracticeSet) -> Self {
        Self::with_keys(old, new, &mut Keys::default())
    }

    /// The same of sets of which a part was compared before, when `keys` were remembered.
    pub(super) fn with_keys(old: &'a PracticeSet, new: &'a PracticeSet, keys: &mut Keys) -> Self {
        let (old_claims, new_claims) = Claims::of_both(old, new, keys);
        Self { old, new, old_claims, new_claims }
    }
}

/// Characters of a heading that only announces, at most.
const LONGEST_HEADING: usize = 100;
/// Sentences of one side that are judged together at most, so that a long new list costs no more for each of its items.
const MOST_SENTENCES: usize = 400;

/// Sentences that changed together; one side may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Unit {
    pub old: Vec<usize>,
    pub new: Vec<usize>,
}

/// All units, in the order of the text diff. Headings are no units, for they announce practices and do not state them, but
/// for those that say for whom the rest holds.
pub(super) fn units(sides: &Sides, text: &TextDiff) -> Vec<Unit> {
    let (old_doc, new_doc) = (&sides.old.document, &sides.new.document);
    let telling = |old: Option<usize>, new: Option<usize>| {
        old.zip(new).is_some_and(|(o, n)| {
            let words = (old_doc.words(old_doc.sentences[o].span), new_doc.words(new_doc.sentences[n].span));
            is_heading(old_doc, o) && is_heading(new_doc, n) && headings_differ(words.0, words.1)
        })
    };
    let turned = Turned::new((old_doc, new_doc), text);
    let from_file = sides.old.is_from_file() || sides.new.is_from_file();
    let changed: Vec<(Option<usize>, Option<usize>)> = text
        .sentences
        .iter()
        .filter(|pair| {
            pair.relation != SentenceRelation::Same
                || is_corrected(sides, pair.old, pair.new)
                || !from_file && turned.holds(sides, pair.old, pair.new)
        })
        .map(|pair| {
            let announces = |document: &Document, s: Option<usize>| s.is_none_or(|s| announces(document, s));
            // What is a heading on one side only states something on the other.
            let both = announces(old_doc, pair.old) && announces(new_doc, pair.new);
            if both && !telling(pair.old, pair.new) { (None, None) } else { (pair.old, pair.new) }
        })
        .filter(|pair| *pair != (None, None))
        .collect();
    let mut groups = Groups::new(changed.len());
    join_table_rows(old_doc, new_doc, &changed, text, &mut groups);
    join_neighbours(new_doc, &changed, |pair| pair.1.filter(|_| pair.0.is_none()), &mut groups);
    join_neighbours(old_doc, &changed, |pair| pair.0.filter(|_| pair.1.is_none()), &mut groups);

    let mut units: BTreeMap<usize, Unit> = BTreeMap::new();
    for (i, (old, new)) in changed.iter().enumerate() {
        let unit = units.entry(groups.root(i)).or_default();
        unit.old.extend(old);
        unit.new.extend(new);
    }
    for unit in units.values_mut() {
        unit.old.sort_unstable();
        unit.new.sort_unstable();
    }
    units.into_values().flat_map(parts).collect()
}

/// Whether a sentence only announces others. A heading of many words, or of several sentences, states something itself.
pub(super) fn is_heading(document: &Document, sentence: usize) -> bool {
    document.blocks[document.sentences[sentence].block].kind == BlockKind::Heading
        && is_short(document, sentence)
}

/// Whether a sentence is a heading, or the head of a column.
fn announces(document: &Document, sentence: usize) -> bool {
    let head = matches!(
        document.blocks[document.sentences[sentence].block].kind,
        BlockKind::Heading | BlockKind::Cell { head: true, .. }
    );
    head && is_short(document, sentence)
}

fn is_short(document: &Document, sentence: usize) -> bool {
    let (first, end) = document.blocks[document.sentences[sentence].block].sentences;
    end <= first + 1 && document.words(document.sentences[sentence].span).chars().count() <= LONGEST_HEADING
}

/// A unit of one side, in parts of bearable length.
fn parts(unit: Unit) -> Vec<Unit> {
    let chunks = |side: &[usize]| side.chunks(MOST_SENTENCES).map(<[usize]>::to_vec).collect::<Vec<_>>();
    if unit.old.is_empty() {
        chunks(&unit.new).into_iter().map(|new| Unit { old: Vec::new(), new }).collect()
    } else if unit.new.is_empty() {
        chunks(&unit.old).into_iter().map(|old| Unit { old, new: Vec::new() }).collect()
    } else {
        vec![unit]
    }
}

/// Whether two practice sets read the same quote otherwise: then a hand has corrected one of them.
fn is_corrected(sides: &Sides, old: Option<usize>, new: Option<usize>) -> bool {
    let (Some(old), Some(new)) = (old, new) else { return false };
    if !(sides.old.is_from_file() && sides.new.is_from_file()) {
        return false;
    }
    let said = |claims: &Claims, sentence: usize| {
        let mut said: Vec<_> =
            claims.in_sentence(sentence).map(|c| (c.facet, c.category, c.polarity, c.key.clone())).collect();
        said.sort();
        said.dedup();
        said
    };
    said(&sides.old_claims, old) != said(&sides.new_claims, new)
}

/// Items that stand word by word under another lead-in, which may say the opposite: what was collected is now ruled out.
pub(super) struct Turned<'a> {
    old: &'a Document,
    new: &'a Document,
    /// For each new sentence the old one that it is paired with.
    paired: BTreeMap<usize, usize>,
}

impl<'a> Turned<'a> {
    pub(super) fn new((old, new): (&'a Document, &'a Document), text: &TextDiff) -> Turned<'a> {
        let paired = text.sentences.iter().filter_map(|p| Some((p.new?, p.old?))).collect();
        Turned { old, new, paired }
    }

    /// Whether a pair of sentences stands under another lead-in on each side. A lead-in that was edited itself is told once,
    /// not with each of its items.
    pub(super) fn is_led_otherwise(&self, old: usize, new: usize) -> bool {
        let lead = |document: &Document, s: usize| document.blocks[document.sentences[s].block].lead_in;
        let (Some(before), Some(after)) = (lead(self.old, old), lead(self.new, new)) else { return false };
        let (first, end) = self.new.blocks[after].sentences;
        let mut old_leads = (first..end).filter_map(|s| self.paired.get(&s));
        !old_leads.any(|&o| self.old.sentences[o].block == before)
    }

    /// Whether such a lead-in turns what they state round.
    fn holds(&self, sides: &Sides, old: Option<usize>, new: Option<usize>) -> bool {
        let (Some(old), Some(new)) = (old, new) else { return false };
        let turns = |claim: &Claim| {
            sides
                .new_claims
                .in_sentence(new)
                .any(|c| (c.facet, &c.key) == (claim.facet, &claim.key) && c.polarity != claim.polarity)
        };
        self.is_led_otherwise(old, new) && sides.old_claims.in_sentence(old).any(turns)
    }
}

/// Pairs of sentences that are one unit; a group is named by its first pair, so that units keep the order of the text.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Groups {
        Groups((0..count).collect())
    }

    fn root(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}

type Pair = (Option<usize>, Option<usize>);

/// Cells of one row are one unit, as are those of an old and a new row that are paired.
fn join_table_rows(old: &Document, new: &Document, changed: &[Pair], text: &TextDiff, groups: &mut Groups) {
    let mut of_old: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    let mut of_new: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (i, &(o, n)) in changed.iter().enumerate() {
        if let Some(row) = o.and_then(|s| table_row(old, s)) {
            groups.join(*of_old.entry(row).or_insert(i), i);
        }
        if let Some(row) = n.and_then(|s| table_row(new, s)) {
            groups.join(*of_new.entry(row).or_insert(i), i);
        }
    }
    for row in &text.rows {
        let cells = (row.old.and_then(|b| cell(old, b)), row.new.and_then(|b| cell(new, b)));
        if let (Some(o), Some(n)) = cells
            && let (Some(&a), Some(&b)) = (of_old.get(&o), of_new.get(&n))
        {
            groups.join(a, b);
        }
    }
}

/// Sentences that only one side has are one unit when they follow each other in a block, or in a list with its lead-in.
fn join_neighbours(
    document: &Document,
    changed: &[Pair],
    only: impl Fn(&Pair) -> Option<usize>,
    groups: &mut Groups,
) {
    let mut alone: Vec<(usize, usize)> =
        changed.iter().enumerate().filter_map(|(i, pair)| only(pair).map(|s| (s, i))).collect();
    alone.sort_unstable();
    let mut unit: Vec<usize> = Vec::new();
    for (k, &(sentence, i)) in alone.iter().enumerate() {
        let before = k.checked_sub(1).map(|k| alone[k]);
        match before.filter(|&(s, _)| s + 1 == sentence) {
            Some((s, first)) if continues(document, s, sentence) || led_in(document, &unit, sentence) => {
                groups.join(first, i);
            }
            _ => unit.clear(),
        }
        unit.push(sentence);
    }
}

fn table_row(document: &Document, sentence: usize) -> Option<(u32, u32)> {
    cell(document, document.sentences[sentence].block)
}

/// Table and row of a cell.
fn cell(document: &Document, block: usize) -> Option<(u32, u32)> {
    match document.blocks[block].kind {
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
