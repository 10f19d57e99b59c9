//! Two policies of which only those sentences are read that are asked for, with all that must be read with them.
//!
//! What a sentence states hangs on its paragraph, on its row, on what leads in to it and on the heading above: these are read
//! together, so that what it says comes out as it would of the whole policy. What does not: ids of practices, which count those
//! that say the same, and what `refers_to` holds of sentences that were not read.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::build::{in_simplified, practices, settled};
use super::model::{Modality, Polarity, Practice};
use super::set::{PracticeSet, SentenceFacts, SetOrigin};
use crate::document::{Block, BlockKind, Document};
use crate::extract::{OfDocument, Sentences};
use crate::model::{Model, Models};
use crate::vocabulary::Vocabulary;

/// Documents as they are read, and as they are written where that differs.
pub(crate) struct ToRead {
    as_read: Vec<Document>,
    originals: Vec<Option<Document>>,
}

impl ToRead {
    pub fn new(documents: Vec<Document>) -> ToRead {
        let (as_read, originals) = documents.into_iter().map(in_simplified).unzip();
        ToRead { as_read, originals }
    }

    /// The documents as they are read.
    pub fn as_read(&self) -> &[Document] {
        &self.as_read
    }

    /// The documents as they are written.
    pub fn as_written(&self) -> Vec<&Document> {
        self.as_read.iter().zip(&self.originals).map(|(read, own)| own.as_ref().unwrap_or(read)).collect()
    }

    /// The same for good.
    pub fn into_documents(self) -> Vec<Document> {
        self.as_read.into_iter().zip(self.originals).map(|(read, own)| own.unwrap_or(read)).collect()
    }
}

/// Practice sets in the making.
pub(crate) struct Touched<'d, 'v> {
    to_read: &'d ToRead,
    vocabulary: &'v Vocabulary,
    sentences: Sentences<'d, 'v>,
    together: Vec<Together>,
    /// Whether each sentence of each document was read.
    is_read: Vec<Vec<bool>>,
    sets: Vec<PracticeSet>,
}

impl<'d, 'v> Touched<'d, 'v> {
    /// Nothing is read yet.
    pub fn new(to_read: &'d ToRead, vocabulary: &'v Vocabulary, models: &'d Models) -> Self {
        let documents = to_read.as_read();
        let empty = |(document, original): (&Document, &Option<Document>)| PracticeSet {
            document: original.as_ref().unwrap_or(document).clone(),
            origin: SetOrigin::Touched,
            model: models.for_language(&document.language).and_then(Model::file).map(str::to_owned),
            mentions: Vec::new(),
            lists: Vec::new(),
            facts: vec![SentenceFacts::default(); document.sentences.len()],
            practices: Vec::new(),
        };
        Touched {
            to_read,
            vocabulary,
            sentences: Sentences::new(documents, vocabulary, models),
            together: documents.iter().map(Together::of).collect(),
            is_read: documents.iter().map(|document| vec![false; document.sentences.len()]).collect(),
            sets: documents.iter().zip(&to_read.originals).map(empty).collect(),
        }
    }

    /// What was read of each document.
    pub fn sets(&self) -> &[PracticeSet] {
        &self.sets
    }

    /// The same, and nothing more is read.
    pub fn into_sets(self) -> Vec<PracticeSet> {
        self.sets
    }

    /// How many sentences were read.
    pub fn count_read(&self) -> usize {
        self.is_read.iter().flatten().filter(|is_read| **is_read).count()
    }

    /// Whether a sentence of a document was read.
    pub fn has_read(&self, document: usize, sentence: usize) -> bool {
        self.is_read.get(document).and_then(|is_read| is_read.get(sentence)).copied().unwrap_or(false)
    }

    /// Reads some sentences of each document, and all that must be read with them.
    pub fn read(&mut self, wanted: &[Vec<usize>]) {
        let with_theirs = |touched: &Self, wanted: &[Vec<usize>]| -> Vec<Vec<usize>> {
            wanted.iter().enumerate().map(|(i, wanted)| touched.with_theirs(i, wanted)).collect()
        };
        let fresh = with_theirs(self, wanted);
        self.add(&fresh);
        // A list that is ruled out, or bound to conditions, is understood as a whole only.
        let bound: Vec<Vec<usize>> =
            (0..fresh.len()).map(|i| self.rest_of_bound_lists(i, &fresh[i])).collect();
        if bound.iter().any(|bound| !bound.is_empty()) {
            let rest = with_theirs(self, &bound);
            self.add(&rest);
        }
    }

    fn add(&mut self, fresh: &[Vec<usize>]) {
        let (to_read, vocabulary) = (self.to_read, self.vocabulary);
        self.sentences.read(fresh);
        let mut again = Vec::with_capacity(fresh.len());
        for (i, fresh) in fresh.iter().enumerate() {
            fresh.iter().for_each(|&sentence| self.is_read[i][sentence] = true);
            again.push(self.together[i].read_again(&to_read.as_read[i], fresh, &self.is_read[i]));
        }
        let readings = self.sentences.readings();
        let sides = self.sets.par_iter_mut().zip(&again).enumerate();
        sides.filter(|(_, (_, again))| !again.is_empty()).for_each(|(i, (set, again))| {
            let document = &to_read.as_read[i];
            remove(set, document, again);
            add(set, document, to_read.originals[i].as_ref(), again, readings.of_document(i), vocabulary);
        });
    }

    /// Some sentences of a document with those that must be read with them, in order, without those that were read.
    fn with_theirs(&self, document: usize, wanted: &[usize]) -> Vec<usize> {
        let (of, is_read) = (&self.to_read.as_read[document], &self.is_read[document]);
        let wanted = wanted.iter().copied().filter(|&sentence| sentence < of.sentences.len());
        let (alone, listed): (Vec<usize>, Vec<usize>) =
            wanted.partition(|&sentence| stands_alone(&of.blocks[of.sentences[sentence].block]));
        let blocks: BTreeSet<usize> =
            listed.into_iter().map(|sentence| of.sentences[sentence].block).collect();
        let blocks: BTreeSet<usize> =
            blocks.into_iter().flat_map(|block| self.together[document].with(of, block)).collect();
        let sentences =
            blocks.into_iter().flat_map(|block| of.blocks[block].sentences.0..of.blocks[block].sentences.1);
        let sentences: BTreeSet<usize> = sentences.chain(alone).collect();
        sentences.into_iter().filter(|&sentence| !is_read[sentence]).collect()
    }

    /// The unread sentences of lists that were read in part, where a practice is ruled out or bound to conditions: those of
    /// any item bind it.
    fn rest_of_bound_lists(&self, i: usize, fresh: &[usize]) -> Vec<usize> {
        let (document, together) = (&self.to_read.as_read[i], &self.together[i]);
        let groups: BTreeSet<usize> =
            fresh.iter().map(|&s| together.firsts[document.sentences[s].block]).collect();
        let bound = |practice: &&Practice| {
            practice.polarity == Polarity::Negated || practice.modality == Modality::OnlyIf
        };
        let bound: BTreeSet<usize> = self.sets[i]
            .practices
            .iter()
            .filter(bound)
            .filter_map(|practice| document.sentence_at(practice.evidence.span.start))
            .map(|sentence| together.firsts[document.sentences[sentence].block])
            .filter(|group| groups.contains(group))
            .collect();
        let sentences = bound.iter().flat_map(|group| together.sentences(document, *group));
        sentences.filter(|&sentence| !self.is_read[i][sentence]).collect()
    }
}

/// Takes from a set what some sentences say.
fn remove(set: &mut PracticeSet, document: &Document, sentences: &[usize]) {
    let among = |start: usize| {
        document.sentence_at(start).is_some_and(|sentence| sentences.binary_search(&sentence).is_ok())
    };
    set.practices.retain(|practice| !among(practice.evidence.span.start));
    set.mentions.retain(|mention| !among(mention.span.start));
}

/// Adds to a set what some sentences say; `original` is how they are written where that is not as they were read.
fn add<'v>(
    set: &mut PracticeSet,
    document: &Document,
    original: Option<&Document>,
    fresh: &[usize],
    readings: OfDocument<'_, 'v>,
    vocabulary: &'v Vocabulary,
) {
    let mut read = practices(document, fresh, readings, vocabulary);
    if let Some(original) = original {
        read.quote(original);
    }
    let facts = settled(document, fresh, &read.practices, readings);
    fresh.iter().zip(facts).for_each(|(&sentence, facts)| set.facts[sentence] = facts);
    set.mentions.append(&mut read.mentions);
    set.mentions.sort_by_key(|mention| (mention.span, mention.role));
    set.practices.append(&mut read.practices);
    // Those of one sentence are read at once and stay in their order.
    set.practices.sort_by_key(|practice| document.sentence_at(practice.evidence.span.start));
}

/// Which blocks of a document must be read together.
struct Together {
    /// For each block the first of its list or row.
    firsts: Vec<usize>,
    /// For each such first block all of them.
    groups: BTreeMap<usize, Vec<usize>>,
    /// For each block the heading above it.
    headings: Vec<Option<usize>>,
}

impl Together {
    /// Lists with all that leads in to them, and the rows of tables.
    fn of(document: &Document) -> Together {
        let mut firsts: Vec<usize> = Vec::with_capacity(document.blocks.len());
        let mut headings = Vec::with_capacity(document.blocks.len());
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        let mut heading = None;
        for (i, block) in document.blocks.iter().enumerate() {
            let led = block.lead_in.and_then(|lead| firsts.get(lead)).copied();
            let beside = i.checked_sub(1).filter(|&before| are_in_row(document, before, i));
            let first = led.or(beside.and_then(|before| firsts.get(before)).copied()).unwrap_or(i);
            firsts.push(first);
            groups.entry(first).or_default().push(i);
            headings.push(heading);
            heading = if block.kind == BlockKind::Heading { Some(i) } else { heading };
        }
        Together { firsts, groups, headings }
    }

    /// A block, its row, what leads in to it, and the headings above, which say what it is about.
    fn with(&self, document: &Document, block: usize) -> Vec<usize> {
        let mut blocks: Vec<usize> = document.lead_ins(block).chain([block]).collect();
        let before = (0..block).rev().take_while(|&other| are_in_row(document, other, block));
        let after =
            (block + 1..document.blocks.len()).take_while(|&other| are_in_row(document, other, block));
        blocks.extend(before.chain(after));
        let headings: Vec<usize> = blocks.iter().filter_map(|&block| self.headings[block]).collect();
        blocks.extend(headings);
        blocks
    }

    /// All sentences of a list or row.
    fn sentences<'a>(&'a self, document: &'a Document, first: usize) -> impl Iterator<Item = usize> + 'a {
        let blocks = self.groups.get(&first).into_iter().flatten();
        blocks.flat_map(|&block| document.blocks[block].sentences.0..document.blocks[block].sentences.1)
    }

    /// Some sentences and those that were read before and are put together with them, in order.
    fn read_again(&self, document: &Document, fresh: &[usize], is_read: &[bool]) -> Vec<usize> {
        let firsts: BTreeSet<usize> =
            fresh.iter().map(|&sentence| self.firsts[document.sentences[sentence].block]).collect();
        let all = firsts.into_iter().flat_map(|first| self.sentences(document, first));
        let mut again: Vec<usize> = all.filter(|&sentence| is_read[sentence]).collect();
        again.sort_unstable();
        again
    }
}

/// Whether each sentence of a block says what it says whatever the others say, and what stands above: no list hands its verb
/// down to them, and no row completes them.
fn stands_alone(block: &Block) -> bool {
    block.lead_in.is_none() && matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading)
}

/// Whether two blocks are cells of one row.
fn are_in_row(document: &Document, a: usize, b: usize) -> bool {
    let row = |block: usize| match document.blocks[block].kind {
        BlockKind::Cell { table, row, .. } => Some((table, row)),
        _ => None,
    };
    row(a).is_some() && row(a) == row(b)
}
