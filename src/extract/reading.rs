//! What a sentence says by its words and by what stands beside it, read once for all places and versions in which it
//! stands.

use std::sync::{Mutex, PoisonError};

use rayon::prelude::*;

use super::sentence::Sentence;
use super::{Mention, Origin, Role, periods, transfers};
use crate::document::{BlockKind, Document, only_names_a_policy};
use crate::model::{Label, Labels, Met, Model, Models, Places, Scores};
use crate::practice::{Category, Duration, SentenceFacts, durations};
use crate::text::{Language, Span, TokenKind, WordMap, is_han, tokens};
use crate::vocabulary::{Hit, Vocabulary};

/// Fewer sentences are read by one thread: to start others takes longer.
const FEWEST_AT_ONCE: usize = 6;

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

/// What the sentences of some documents say, as far as they were read.
pub struct Readings<'v> {
    /// For each document and sentence, which of the distinct ones it is.
    places: Vec<Vec<usize>>,
    of_distinct: Vec<Reading<'v>>,
}

impl<'v> Readings<'v> {
    /// Reads all sentences of documents, each that occurs several times only once.
    pub fn of(documents: &[Document], vocabulary: &'v Vocabulary, models: &Models) -> Readings<'v> {
        let mut sentences = Sentences::new(documents, vocabulary, models);
        sentences.read_all();
        sentences.into_readings()
    }

    /// The readings of one of the documents.
    pub fn of_document(&self, document: usize) -> OfDocument<'_, 'v> {
        let places = self.places.get(document).map_or(&[][..], Vec::as_slice);
        OfDocument { places, of_distinct: &self.of_distinct }
    }
}

/// What the sentences of one document say, as far as they were read.
#[derive(Clone, Copy)]
pub struct OfDocument<'r, 'v> {
    places: &'r [usize],
    of_distinct: &'r [Reading<'v>],
}

impl<'r, 'v> OfDocument<'r, 'v> {
    /// What is known of a sentence of the document.
    pub fn facts(&self, sentence: usize) -> &'r SentenceFacts {
        &self.get(sentence).facts
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

    pub(super) fn get(&self, sentence: usize) -> &'r Reading<'v> {
        &self.of_distinct[self.places[sentence]]
    }
}

/// The sentences of some documents, to be read at once or one after the other.
pub struct Sentences<'d, 'v> {
    vocabulary: &'v Vocabulary,
    models: &'d Models,
    distinct: Vec<Distinct<'d>>,
    /// What the words of each distinct one say, where it or a neighbour was read.
    scores: Vec<Option<Scores>>,
    /// What each thread remembers of words, for each model.
    met: Lent<WordMap<&'d Language, Met<'d>>>,
    readings: Readings<'v>,
}

/// A sentence that may stand in several places.
struct Distinct<'d> {
    language: &'d Language,
    words: &'d str,
    /// Headings announce, they do not state: no roles are looked for in them.
    states: bool,
    is_read: bool,
}

impl<'d, 'v> Sentences<'d, 'v> {
    /// The sentences of documents, none of them read yet.
    pub fn new(documents: &'d [Document], vocabulary: &'v Vocabulary, models: &'d Models) -> Self {
        let mut known: WordMap<(&Language, &str), usize> = WordMap::default();
        let mut distinct: Vec<Distinct> = Vec::new();
        let mut place = |document: &'d Document, sentence: &crate::document::Sentence| {
            let (language, words) = (&document.language, document.words(sentence.span));
            let states = document.blocks[sentence.block].kind != BlockKind::Heading;
            let at = *known.entry((language, words)).or_insert(distinct.len());
            match distinct.get_mut(at) {
                Some(sentence) => sentence.states |= states,
                None => distinct.push(Distinct { language, words, states, is_read: false }),
            }
            at
        };
        let places: Vec<Vec<usize>> =
            documents.iter().map(|d| d.sentences.iter().map(|s| place(d, s)).collect()).collect();
        let scores = distinct.iter().map(|_| None).collect();
        let of_distinct = distinct.iter().map(|_| Reading::default()).collect();
        let readings = Readings { places, of_distinct };
        Sentences { vocabulary, models, distinct, scores, met: Lent::default(), readings }
    }

    /// Reads all of them.
    pub fn read_all(&mut self) {
        self.read_distinct((0..self.distinct.len()).collect());
    }

    /// Reads some sentences of each document; those that were read before are not read again.
    pub fn read(&mut self, wanted: &[Vec<usize>]) {
        let places = self.readings.places.iter().zip(wanted);
        let wanted = places.flat_map(|(of_document, wanted)| wanted.iter().map(|&s| of_document[s]));
        let mut fresh: Vec<usize> = wanted.filter(|&at| !self.distinct[at].is_read).collect();
        fresh.sort_unstable();
        fresh.dedup();
        self.read_distinct(fresh);
    }

    /// What was read.
    pub fn readings(&self) -> &Readings<'v> {
        &self.readings
    }

    /// What was read, without what was needed to read it.
    pub fn into_readings(self) -> Readings<'v> {
        self.readings
    }

    fn read_distinct(&mut self, fresh: Vec<usize>) {
        fresh.iter().for_each(|&at| self.distinct[at].is_read = true);
        let beside = self.beside(&fresh);
        self.score(&fresh, &beside);
        let (models, vocabulary) = (self.models, self.vocabulary);
        let around = self.around(&fresh, &beside);
        let sentences: Vec<_> = fresh.iter().zip(&around).collect();
        let read_one = |&(&at, around): &(&usize, &Places)| {
            let Distinct { language, words, states, .. } = self.distinct[at];
            let (Some(model), Some(scores)) = (models.for_language(language), &self.scores[at]) else {
                return Reading::default();
            };
            read(words, model, states, model.judge(scores, around), vocabulary)
        };
        let read = each(&sentences, read_one);
        for (&at, reading) in fresh.iter().zip(read) {
            self.readings.of_distinct[at] = reading;
        }
    }

    /// For each place of some distinct sentences which of them it is, and the distinct ones before and behind it.
    fn beside(&self, fresh: &[usize]) -> Vec<(usize, [Option<usize>; 2])> {
        let mut rank = vec![None; self.distinct.len()];
        fresh.iter().enumerate().for_each(|(i, &at)| rank[at] = Some(i));
        let of_document = |places: &Vec<usize>| {
            let beside = |(i, at): (usize, &usize)| {
                let around = [i.checked_sub(1), Some(i + 1)];
                Some((rank[*at]?, around.map(|i| i.and_then(|i| places.get(i)).copied())))
            };
            places.iter().enumerate().filter_map(beside).collect::<Vec<_>>()
        };
        self.readings.places.iter().flat_map(of_document).collect()
    }

    /// Scores sentences and what stands beside them, where that was not done before.
    fn score(&mut self, fresh: &[usize], beside: &[(usize, [Option<usize>; 2])]) {
        let neighbours = beside.iter().flat_map(|(_, around)| around.iter().flatten());
        let mut wanted: Vec<usize> =
            fresh.iter().chain(neighbours).copied().filter(|&at| self.scores[at].is_none()).collect();
        wanted.sort_unstable();
        wanted.dedup();
        let models = self.models;
        let scores = each(&wanted, |&at| {
            let Distinct { language, words, .. } = self.distinct[at];
            let score =
                |model: &Model| self.met.with(|met| model.scores(words, met.entry(language).or_default()));
            models.for_language(language).map(score).unwrap_or_default()
        });
        for (at, scores) in wanted.into_iter().zip(scores) {
            self.scores[at] = Some(scores);
        }
    }

    /// Beside what each of some sentences stands, at all its places in all documents.
    fn around(&self, fresh: &[usize], beside: &[(usize, [Option<usize>; 2])]) -> Vec<Places> {
        let mut around = vec![Places::default(); fresh.len()];
        for &(i, [before, after]) in beside {
            let Some(model) = self.models.for_language(self.distinct[fresh[i]].language) else { continue };
            let scores = |at: Option<usize>| at.and_then(|at| self.scores[at].as_ref());
            model.add_place(scores(before), scores(after), &mut around[i]);
        }
        around
    }
}

/// What `f` makes of each item, by several threads where there are many.
fn each<T: Sync, U: Send>(items: &[T], f: impl Fn(&T) -> U + Sync + Send) -> Vec<U> {
    if items.len() < 2 * FEWEST_AT_ONCE {
        return items.iter().map(f).collect();
    }
    items.par_iter().with_min_len(FEWEST_AT_ONCE).map(f).collect()
}

/// Things of which each thread uses one at a time.
#[derive(Default)]
struct Lent<T>(Mutex<Vec<T>>);

impl<T: Default> Lent<T> {
    fn with<U>(&self, f: impl FnOnce(&mut T) -> U) -> U {
        let free = || self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let one = free().pop();
        let mut one = one.unwrap_or_default();
        let made = f(&mut one);
        free().push(one);
        made
    }
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
