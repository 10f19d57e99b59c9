//! What is asked of the sentences that no edit touched, and which of them may answer.
//!
//! To find an answer a sentence must be read; to see that it holds none, its words and the cues in it are enough.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::claims::{Claim, Matter};
use super::contradictions::makes_exceptions;
use super::text::{SentenceRelation, TextDiff};
use crate::document::{BlockKind, Document};
use crate::practice::{Category, Polarity, may_deny};
use crate::text::normal;
use crate::vocabulary::{Kind, Vocabulary};

/// Sentences that are read at once to answer one question, at first.
const FIRST_SENTENCES: usize = 2;
/// Each further time so many times as many.
const GROWTH: usize = 4;
/// Fewer sentences are searched by one thread.
const FEWEST_AT_ONCE: usize = 24;

/// A question that sentences may answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Question {
    /// What a sentence that answers it holds.
    pub cue: Cue,
    /// Whether only sentences that deny something answer it.
    pub denied: bool,
    /// What they are about, where that is known.
    pub matter: Option<Matter>,
    /// Whether all answers count, and not only the first.
    pub all: bool,
}

/// What a sentence holds.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Cue {
    /// Words in normal form.
    Words(Vec<String>),
    /// A name of this concept.
    Concept(String),
    /// A name of this concept or of a narrower one.
    Kind(String),
}

impl Question {
    /// Whether something with the words of a key is stated in the stance of a claim.
    pub fn words(key: &str, like: &Claim) -> Question {
        Question::like(Cue::words(key), like)
    }

    /// Whether something that names a concept is stated in the stance of a claim.
    pub fn concept(id: &str, like: &Claim) -> Question {
        Question::like(Cue::Concept(id.to_string()), like)
    }

    /// Whether something that holds a cue is stated in the stance of a claim.
    pub fn like(cue: Cue, like: &Claim) -> Question {
        let denied = like.polarity == Polarity::Negated;
        Question { cue, denied, matter: Some(Matter::of(like.category)), all: false }
    }

    /// What is stated, or denied, of something: all of it.
    pub fn all(cue: Cue, matter: Option<Matter>, denied: bool) -> Question {
        Question { cue, denied, matter, all: true }
    }
}

impl Cue {
    /// The words of a key as they stand in any text that has it: "policy" is the key of "policies".
    pub fn words(key: &str) -> Cue {
        let words = key.split_whitespace().map(|word| word.strip_suffix('y').unwrap_or(word).to_string());
        Cue::Words(words.collect())
    }
}

/// The sentences that stayed, and how far each question was followed among them.
pub(super) struct Unchanged<'a> {
    document: &'a Document,
    vocabulary: &'a Vocabulary,
    /// Old and new place of each.
    pairs: Vec<(usize, usize)>,
    /// The words of each, in normal form, once asked for.
    words: Vec<Option<String>>,
    /// The cues in each, likewise.
    cues: Option<Vec<Vec<(Kind, &'a str)>>>,
    /// For each block whether it is part of a list or of a table.
    in_list: Vec<bool>,
    followed: BTreeMap<Question, Followed>,
}

/// Whether a verb can make a practice of a matter, by who does it to whom: what users provide is collected, what is asked for
/// may be a right. What is about neither having nor giving data is told by more than its verbs.
fn may_make(verb: &str, category: Category, matter: Matter) -> bool {
    use Category::{Collection, Permission, Rights, Sharing, Use};
    match matter {
        Matter::Having => matches!(category, Collection | Permission | Use | Sharing | Rights),
        Matter::Giving => Matter::of(category) == matter || verb.starts_with("action.provide"),
        _ => true,
    }
}

/// How far a question was followed.
struct Followed {
    /// Sentences that may answer it and were not read for it, the next one last.
    rest: Vec<usize>,
    at_once: usize,
}

impl<'a> Unchanged<'a> {
    /// Those of two versions; `document` is the new one as it is read.
    pub fn new(text: &TextDiff, document: &'a Document, vocabulary: &'a Vocabulary) -> Self {
        let same = text.sentences.iter().filter(|pair| pair.relation == SentenceRelation::Same);
        let pairs: Vec<(usize, usize)> = same.filter_map(|pair| pair.old.zip(pair.new)).collect();
        let words = vec![None; pairs.len()];
        let blocks = &document.blocks;
        let mut in_list: Vec<bool> =
            blocks.iter().map(|b| b.lead_in.is_some() || matches!(b.kind, BlockKind::Cell { .. })).collect();
        for lead in blocks.iter().filter_map(|block| block.lead_in) {
            in_list.iter_mut().skip(lead).take(1).for_each(|leads| *leads = true);
        }
        Unchanged { document, vocabulary, pairs, words, cues: None, in_list, followed: BTreeMap::new() }
    }

    /// The next sentences to read of the old and the new version, for all questions that are still open: a few for each, or
    /// `all`. `are_read` says whether a sentence was read on both sides.
    pub fn next(
        &mut self,
        open: &BTreeSet<Question>,
        all: bool,
        are_read: impl Fn((usize, usize)) -> bool,
    ) -> [Vec<usize>; 2] {
        let (mut old, mut new) = (Vec::new(), Vec::new());
        for question in open {
            if !self.followed.contains_key(question) {
                let rest = self.that_may_answer(question);
                self.followed.insert(question.clone(), Followed { rest, at_once: FIRST_SENTENCES });
            }
            let Some(followed) = self.followed.get_mut(question) else { continue };
            let most = if question.all || all { usize::MAX } else { followed.at_once };
            let mut taken = 0;
            while taken < most
                && let Some(i) = followed.rest.pop()
            {
                if !are_read(self.pairs[i]) {
                    old.push(self.pairs[i].0);
                    new.push(self.pairs[i].1);
                    taken += 1;
                }
            }
            followed.at_once *= GROWTH;
        }
        [old, new]
    }

    /// The sentences that may answer a question, the first one last.
    fn that_may_answer(&mut self, question: &Question) -> Vec<usize> {
        let vocabulary = self.vocabulary;
        let mut found: Vec<usize> = match &question.cue {
            Cue::Words(words) => self.with_words(words),
            Cue::Concept(id) => self.with_cue(|concept| concept == id),
            Cue::Kind(id) => self.with_cue(|concept| vocabulary.is_a(concept, id)),
        };
        if question.denied {
            found.retain(|&i| self.may_be_denied(i));
        }
        if question.denied && question.all {
            found.retain(|&i| self.is_listed(i) || !self.makes_exceptions(i)); // which contradict nothing
        }
        if let Some(matter) = question.matter.filter(|_| found.len() > FIRST_SENTENCES) {
            self.find();
            found.retain(|&i| self.may_be_about(i, matter));
        }
        // What stands alone is read sooner than what stands in a list, which is read as a whole.
        found.sort_by_key(|&i| self.is_listed(i));
        found.reverse();
        found
    }

    fn is_listed(&self, i: usize) -> bool {
        let block = self.document.sentences[self.pairs[i].1].block;
        self.in_list.get(block).copied().unwrap_or(false)
    }

    fn with_words(&mut self, wanted: &[String]) -> Vec<usize> {
        let document = self.document;
        let holds = |(words, &(_, new)): (&mut Option<String>, &(usize, usize))| {
            let text = words.get_or_insert_with(|| normal(document.words(document.sentences[new].span)));
            wanted.iter().all(|word| text.contains(word.as_str()))
        };
        let all = self.words.iter_mut().zip(&self.pairs).map(holds).enumerate();
        all.filter_map(|(i, holds)| holds.then_some(i)).collect()
    }

    fn with_cue(&mut self, answers: impl Fn(&str) -> bool) -> Vec<usize> {
        let all = self.find().iter().map(|cues| cues.iter().any(|(_, concept)| answers(concept))).enumerate();
        all.filter_map(|(i, answers)| answers.then_some(i)).collect()
    }

    /// The cues of all.
    fn find(&mut self) -> &[Vec<(Kind, &'a str)>] {
        let (document, vocabulary, pairs) = (self.document, self.vocabulary, &self.pairs);
        let find = |&(_, new): &(usize, usize)| {
            vocabulary.find_all(document.words(document.sentences[new].span), &document.language)
        };
        self.cues.get_or_insert_with(|| pairs.par_iter().with_min_len(FEWEST_AT_ONCE).map(find).collect())
    }

    /// Whether the verbs of a sentence, or of what leads in to it, may make it one about a matter. Where there is none that is
    /// known, it may be about anything.
    fn may_be_about(&self, i: usize, matter: Matter) -> bool {
        if self.is_listed(i) {
            return true; // its verbs may stand above it
        }
        let cues = self.cues.as_ref().and_then(|cues| cues.get(i)).into_iter().flatten();
        let mut verbs = cues.filter(|(kind, _)| *kind == Kind::Action).map(|(_, verb)| *verb).peekable();
        verbs.peek().is_none()
            || verbs.any(|verb| {
                let category = self.vocabulary.category(verb);
                category.is_none_or(|category| may_make(verb, category, matter))
            })
    }

    fn makes_exceptions(&self, i: usize) -> bool {
        let sentence = self.pairs[i].1;
        makes_exceptions(self.document, sentence, self.document.words(self.document.sentences[sentence].span))
    }

    /// Whether a sentence, or what leads in to it, holds words that deny.
    fn may_be_denied(&self, i: usize) -> bool {
        let document = self.document;
        let sentence = &document.sentences[self.pairs[i].1];
        let leads = document.lead_ins(sentence.block).map(|lead| document.blocks[lead].span);
        std::iter::once(sentence.span)
            .chain(leads)
            .any(|span| may_deny(document.words(span), &document.language))
    }
}
