//! What a sentence says by its words alone, read once for all places and versions in which it stands.

use std::sync::Arc;

use rayon::prelude::*;

use super::sentence::Sentence;
use super::{Mention, Origin, Role, periods};
use crate::document::{BlockKind, Document};
use crate::model::{Met, Model, Models};
use crate::practice::{Category, Duration, SentenceFacts, durations};
use crate::text::{Language, Span, TokenKind, WordMap, is_han, tokens};
use crate::vocabulary::{Hit, Vocabulary};

/// Fewer sentences are read by one thread: to start others takes longer.
const FEWEST_AT_ONCE: usize = 24;

/// The most words of a fragment; two Han characters count as one.
const LONGEST_FRAGMENT: usize = 3;

/// What the words of a sentence say.
#[derive(Default)]
pub(super) struct Reading<'v> {
    pub facts: SentenceFacts,
    /// Periods, in bytes of the sentence.
    pub periods: Vec<Duration>,
    /// Cues of the vocabulary, likewise.
    pub cues: Vec<Hit<'v>>,
    /// The words that the model found to play a role, likewise.
    roles: Vec<(Span, Role)>,
    /// The mentions, likewise: what the words say where nothing around them says more.
    pub mentions: Vec<Mention>,
}

impl Reading<'_> {
    /// The sentence, whose words these are, with what is known of it.
    pub fn sentence<'a>(
        &'a self,
        words: &'a str,
        language: &'a Language,
        vocabulary: &'a Vocabulary,
    ) -> Sentence<'a> {
        let Reading { facts, periods, cues, .. } = self;
        Sentence { words, language, categories: &facts.categories, periods, cues, vocabulary }
    }

    /// What the model found, as mentions.
    pub fn tagged(&self, sentence: &Sentence) -> impl Iterator<Item = Mention> {
        self.roles.iter().map(|&(span, role)| sentence.mention(role, span, Origin::Model))
    }
}

/// The readings of a document's sentences.
pub struct Readings<'v> {
    of_sentences: Vec<usize>,
    all: Arc<Vec<Reading<'v>>>,
}

impl<'v> Readings<'v> {
    /// Reads all sentences of documents, each that occurs several times only once.
    pub fn of<'d>(
        documents: &'d [Document],
        vocabulary: &'v Vocabulary,
        models: &Models,
    ) -> Vec<Readings<'v>> {
        let mut known: WordMap<(&Language, &str), usize> = WordMap::default();
        // Headings announce, they do not state: no roles are looked for in them.
        let mut distinct: Vec<(&Language, &str, bool)> = Vec::new();
        let places: Vec<Vec<usize>> = documents
            .iter()
            .map(|document| {
                let sentences = document.sentences.iter().map(|sentence| {
                    let words = document.words(sentence.span);
                    let states = document.blocks[sentence.block].kind != BlockKind::Heading;
                    let at = *known.entry((&document.language, words)).or_insert(distinct.len());
                    match distinct.get_mut(at) {
                        Some(sentence) => sentence.2 |= states,
                        None => distinct.push((&document.language, words, states)),
                    }
                    at
                });
                sentences.collect()
            })
            .collect();
        // Each thread remembers what words say, for each model.
        let read = |met: &mut WordMap<&'d Language, Met<'d>>, &(language, words, states): &(_, _, _)| {
            read(words, models.for_language(language), states, vocabulary, met.entry(language).or_default())
        };
        let all: Vec<Reading> = if distinct.len() < 2 * FEWEST_AT_ONCE {
            let mut met = WordMap::default();
            distinct.iter().map(|sentence| read(&mut met, sentence)).collect()
        } else {
            distinct.par_iter().with_min_len(FEWEST_AT_ONCE).map_init(WordMap::default, read).collect()
        };
        let all = Arc::new(all);
        places.into_iter().map(|of_sentences| Readings { of_sentences, all: Arc::clone(&all) }).collect()
    }

    /// What is known of each sentence of the document.
    pub fn facts(&self) -> Vec<SentenceFacts> {
        self.of_sentences.iter().map(|&at| self.all[at].facts.clone()).collect()
    }

    pub(super) fn get(&self, sentence: usize) -> &Reading<'v> {
        &self.all[self.of_sentences[sentence]]
    }
}

fn read<'t, 'v>(
    words: &'t str,
    model: Option<&Model>,
    states: bool,
    vocabulary: &'v Vocabulary,
    met: &mut Met<'t>,
) -> Reading<'v> {
    let Some(model) = model else { return Reading::default() };
    let periods = durations(words);
    let facts = facts(words, model, !periods.is_empty(), met);
    let mut reading = Reading { facts, periods, ..Reading::default() };
    if states {
        reading.cues = vocabulary.find(words, model.language());
        reading.roles = model.tag(words, &reading.cues);
        if reading.roles.is_empty() && is_fragment(words) {
            reading.facts.categories.clear();
        }
        let sentence = reading.sentence(words, model.language(), vocabulary);
        let mut mentions: Vec<Mention> = reading.tagged(&sentence).collect();
        sentence.complete(&mut mentions, false);
        reading.mentions = mentions;
    }
    reading
}

/// Whether words are too few for a statement: a label, a link, the title of a page that was no heading.
fn is_fragment(words: &str) -> bool {
    if words.contains(|c: char| c.is_numeric() || c == '@') {
        return false; // a number or an address says something however short it is
    }
    let (mut spaced, mut han) = (0usize, 0usize);
    for token in tokens(words).filter(|token| token.kind == TokenKind::Word) {
        match token.span.of(words).chars().next() {
            Some(c) if is_han(c) => han += 1,
            _ => spaced += 1,
        }
    }
    spaced + han.div_ceil(2) <= LONGEST_FRAGMENT
}

/// What a sentence is about, judged from its words alone.
fn facts<'t>(words: &'t str, model: &Model, has_period: bool, met: &mut Met<'t>) -> SentenceFacts {
    let labels = model.classify_next(words, met);
    let mut categories = labels.categories;
    if has_period && periods::speaks_of_answers(words) {
        categories.insert(Category::Rights);
    }
    SentenceFacts { categories, risk: labels.risk, sensitive: labels.sensitive, important: labels.important }
}
