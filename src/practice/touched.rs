//! Two policies of which only those sentences are read that are asked for, with all that must be read with them.
//!
//! What a sentence states hangs on the list and the row in which it stands, and on the heading above: these are read
//! together, so that a practice comes out as it would of the whole policy. What does not: ids of practices, which count those
//! that say the same, and what `refers_to` holds of sentences that were not read.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::build::{in_simplified, practices, settled};
use super::set::{PracticeSet, SentenceFacts, SetOrigin};
use crate::document::{BlockKind, Document};
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

    /// Whether a sentence of a document was read.
    pub fn has_read(&self, document: usize, sentence: usize) -> bool {
        self.is_read.get(document).and_then(|is_read| is_read.get(sentence)).copied().unwrap_or(false)
    }

    /// Reads some sentences of each document, and all that must be read with them.
    pub fn read(&mut self, wanted: &[Vec<usize>]) {
        let fresh: Vec<Vec<usize>> =
            wanted.iter().enumerate().map(|(i, wanted)| self.with_theirs(i, wanted)).collect();
        self.sentences.read(&fresh);
        let (to_read, vocabulary, readings) = (self.to_read, self.vocabulary, self.sentences.readings());
        let sides = self.sets.par_iter_mut().zip(&fresh).enumerate();
        sides.filter(|(_, (_, fresh))| !fresh.is_empty()).for_each(|(i, (set, fresh))| {
            add(
                set,
                &to_read.as_read[i],
                to_read.originals[i].as_ref(),
                fresh,
                readings.of_document(i),
                vocabulary,
            );
        });
    }

    /// Some sentences of a document with those that must be read with them, in order, without those that were read.
    fn with_theirs(&mut self, document: usize, wanted: &[usize]) -> Vec<usize> {
        let (of, is_read) = (&self.to_read.as_read[document], &mut self.is_read[document]);
        let mut fresh = Vec::new();
        for &sentence in wanted.iter().filter(|&&s| s < of.sentences.len()) {
            if is_read[sentence] {
                continue;
            }
            for s in self.together[document].with(of, sentence) {
                if !std::mem::replace(&mut is_read[s], true) {
                    fresh.push(s);
                }
            }
        }
        fresh.sort_unstable();
        fresh
    }
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
    let labels = readings.facts();
    let mut read = practices(document, fresh, readings, &labels, vocabulary);
    if let Some(original) = original {
        read.quote(original);
    }
    let mut labels = settled(document, &read.practices, labels);
    fresh.iter().for_each(|&s| set.facts[s] = std::mem::take(&mut labels[s]));
    set.mentions.append(&mut read.mentions);
    set.mentions.sort_by_key(|mention| (mention.span, mention.role));
    set.practices.append(&mut read.practices);
    // Those of one sentence are read at once and stay in their order.
    set.practices.sort_by_key(|practice| document.sentence_at(practice.evidence.span.start));
}

/// Which blocks of a document must be read together.
struct Together {
    /// For each block the first of those that are read with it.
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
        let (mut row_before, mut heading) = (None, None);
        for (i, block) in document.blocks.iter().enumerate() {
            let row = match block.kind {
                BlockKind::Cell { table, row, .. } => Some((table, row)),
                _ => None,
            };
            let led = block.lead_in.and_then(|lead| firsts.get(lead)).copied();
            let beside = i.checked_sub(1).filter(|_| row.is_some() && row == row_before);
            let first = led.or(beside.and_then(|before| firsts.get(before)).copied()).unwrap_or(i);
            firsts.push(first);
            groups.entry(first).or_default().push(i);
            headings.push(heading);
            heading = if block.kind == BlockKind::Heading { Some(i) } else { heading };
            row_before = row;
        }
        Together { firsts, groups, headings }
    }

    /// A sentence and all that are read with it.
    fn with(&self, document: &Document, sentence: usize) -> Vec<usize> {
        let block = document.sentences[sentence].block;
        let group = self.groups.get(&self.firsts[block]).into_iter().flatten();
        // The heading above says what a list is about.
        let blocks = group.flat_map(|&block| self.headings[block].into_iter().chain([block]));
        blocks
            .flat_map(|block| document.blocks[block].sentences.0..document.blocks[block].sentences.1)
            .collect()
    }
}
