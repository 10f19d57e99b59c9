//! What a sentence says by its words and by what stands beside it, read once for all places and versions in which it
//! stands.

use std::sync::Arc;

use rayon::prelude::*;

use super::sentence::Sentence;
use super::{Mention, Origin, Role, periods, transfers};
use crate::document::{BlockKind, Document, only_names_a_policy};
use crate::model::{Label, Labels, Met, Model, Models, Places, Scores};
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
    /// Whether one of these may be a whole list.
    keeps_lists: bool,
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
        let scores = each(&distinct, |met: &mut WordMap<&'d Language, Met<'d>>, &(language, words, _)| {
            let model = models.for_language(language);
            model.map(|model| model.scores(words, met.entry(language).or_default())).unwrap_or_default()
        });
        let around = around(documents, &places, &scores, models);
        let sentences: Vec<_> = distinct.iter().zip(scores.iter().zip(&around)).collect();
        let all = each(&sentences, |(): &mut (), &(&(language, words, states), (scores, around))| {
            let Some(model) = models.for_language(language) else { return Reading::default() };
            read(words, model, states, model.judge(scores, around), vocabulary)
        });
        let all = Arc::new(all);
        places.into_iter().map(|of_sentences| Readings { of_sentences, all: Arc::clone(&all) }).collect()
    }

    /// What is known of each sentence of the document.
    pub fn facts(&self) -> Vec<SentenceFacts> {
        self.of_sentences.iter().map(|&at| self.all[at].facts.clone()).collect()
    }

    /// Spans of data and parties of the document as its model found them, if it keeps lists whole.
    pub fn lists(&self, document: &Document) -> Vec<(Span, Role)> {
        let sentences = document.sentences.iter().enumerate().map(|(i, sentence)| (sentence, self.get(i)));
        let keeps = sentences.filter(|(_, reading)| reading.keeps_lists);
        keeps
            .flat_map(|(sentence, reading)| {
                reading.roles.iter().map(|&(span, role)| (span.shift(sentence.span.start), role))
            })
            .collect()
    }

    pub(super) fn get(&self, sentence: usize) -> &Reading<'v> {
        &self.all[self.of_sentences[sentence]]
    }
}

/// What `f` makes of each item, by several threads where there are many.
fn each<T: Sync, S: Default, U: Send>(items: &[T], f: impl Fn(&mut S, &T) -> U + Sync + Send) -> Vec<U> {
    if items.len() < 2 * FEWEST_AT_ONCE {
        let mut state = S::default();
        return items.iter().map(|item| f(&mut state, item)).collect();
    }
    items.par_iter().with_min_len(FEWEST_AT_ONCE).map_init(S::default, f).collect()
}

/// Beside what each sentence stands, at all its places in all documents.
fn around(documents: &[Document], places: &[Vec<usize>], scores: &[Scores], models: &Models) -> Vec<Places> {
    let mut around = vec![Places::default(); scores.len()];
    for (document, sentences) in documents.iter().zip(places) {
        let Some(model) = models.for_language(&document.language) else { continue };
        for (i, &at) in sentences.iter().enumerate() {
            let [before, after] = [i.checked_sub(1), Some(i + 1)]
                .map(|beside| beside.and_then(|i| sentences.get(i)).map(|&at| &scores[at]));
            model.add_place(before, after, &mut around[at]);
        }
    }
    around
}

fn read<'v>(
    words: &str,
    model: &Model,
    states: bool,
    labels: Labels,
    vocabulary: &'v Vocabulary,
) -> Reading<'v> {
    let periods = durations(words);
    let facts = facts(words, model, labels, !periods.is_empty());
    let mut reading = Reading { facts, periods, keeps_lists: model.keeps_lists(), ..Reading::default() };
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
    word_count(words) <= LONGEST_FRAGMENT
}

/// How many words; two Han characters count as one.
pub(super) fn word_count(words: &str) -> usize {
    let (mut spaced, mut han) = (0usize, 0usize);
    for token in tokens(words).filter(|token| token.kind == TokenKind::Word) {
        match token.span.of(words).chars().next() {
            Some(c) if is_han(c) => han += 1,
            _ => spaced += 1,
        }
    }
    spaced + han.div_ceil(2)
}

/// What a sentence is about.
fn facts(words: &str, model: &Model, labels: Labels, has_period: bool) -> SentenceFacts {
    let mut categories = labels.categories;
    let learned = model.knows(Label::Category(Category::Transfer));
    if *model.language() == Language::En && !learned && transfers::speaks_of_abroad(words) {
        categories.insert(Category::Transfer);
    }
    if has_period && periods::speaks_of_answers(words) {
        categories.insert(Category::Rights);
    }
    if only_names_a_policy(words) {
        categories.clear(); // experts file titles under changes, where policies are named most
    }
    SentenceFacts { categories, risk: labels.risk, sensitive: labels.sensitive, important: labels.important }
}
