//! A model and annotated sentences to scores, by the rules that the published figures follow.

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::Role;
use crate::vocabulary::Vocabulary;

use super::{Label, Labelled, Met, Model, Places, Scores, Tagged};

/// Right, expected and found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Found and expected.
    pub right: usize,
    /// Expected.
    pub gold: usize,
    /// Found.
    pub found: usize,
}

impl Counts {
    /// Share of what was found that was expected.
    pub fn precision(self) -> f64 {
        self.right as f64 / self.found.max(1) as f64
    }

    /// Share of what was expected that was found.
    pub fn recall(self) -> f64 {
        self.right as f64 / self.gold.max(1) as f64
    }

    /// Harmonic mean of the two.
    pub fn f1(self) -> f64 {
        2.0 * self.right as f64 / (self.gold + self.found).max(1) as f64
    }

    fn add(&mut self, other: Counts) {
        self.right += other.right;
        self.gold += other.gold;
        self.found += other.found;
    }
}

/// Precision, recall and F1, each the mean over several labels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    /// Mean precision.
    pub precision: f64,
    /// Mean recall.
    pub recall: f64,
    /// Mean F1.
    pub f1: f64,
}

impl Mean {
    /// Of the labels that occur; nothing is expected of the others.
    fn of<'a>(counts: impl Iterator<Item = &'a Counts>) -> Mean {
        let all: Vec<&Counts> = counts.filter(|counts| counts.gold > 0).collect();
        let mean = |of: fn(Counts) -> f64| all.iter().map(|&&c| of(c)).sum::<f64>() / all.len().max(1) as f64;
        Mean { precision: mean(Counts::precision), recall: mean(Counts::recall), f1: mean(Counts::f1) }
    }
}

/// Scores of the tagger.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpanScores {
    /// Spans whose start, end and role are all right.
    pub exact: BTreeMap<Role, Counts>,
    /// Characters in the right role.
    pub characters: BTreeMap<Role, Counts>,
}

impl SpanScores {
    /// All roles together, (exact, characters).
    pub fn micro(&self) -> (Counts, Counts) {
        (sum(self.exact.values()), sum(self.characters.values()))
    }

    /// Mean precision, recall and F1 of the roles that occur, (exact, characters).
    pub fn mean(&self) -> (Mean, Mean) {
        (Mean::of(self.exact.values()), Mean::of(self.characters.values()))
    }
}

/// Scores of the classifier.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LabelScores {
    /// Counts of each label, over the sentences annotated for it.
    pub labels: BTreeMap<Label, Counts>,
    /// Counts of the same labels' absence.
    pub absent: BTreeMap<Label, Counts>,
}

impl LabelScores {
    /// All categories that occur together, and their mean.
    pub fn categories(&self) -> (Counts, Mean) {
        let counts = |(label, counts): (&Label, &Counts)| {
            (matches!(label, Label::Category(_)) && counts.gold > 0).then_some(*counts)
        };
        let all: Vec<Counts> = self.labels.iter().filter_map(counts).collect();
        (sum(all.iter()), Mean::of(all.iter()))
    }

    /// Micro and macro F1 of one label against its absence.
    pub fn flag(&self, label: Label) -> Option<(f64, f64)> {
        let (yes, no) = (self.labels.get(&label)?, self.absent.get(&label)?);
        Some((sum([yes, no].into_iter()).f1(), (yes.f1() + no.f1()) / 2.0))
    }
}

fn sum<'a>(counts: impl Iterator<Item = &'a Counts>) -> Counts {
    counts.fold(Counts::default(), |mut total, &c| {
        total.add(c);
        total
    })
}

/// How well a model finds the role spans of annotated sentences, in the roles that they were annotated for.
pub fn score_spans(model: &Model, vocabulary: &Vocabulary, sentences: &[Tagged]) -> SpanScores {
    let mut scores = SpanScores::default();
    for sentence in sentences {
        let mut found = model.tag(&sentence.text, &vocabulary.find(&sentence.text, model.language()));
        found.retain(|(_, role)| sentence.roles.contains(role));
        for role in sentence.spans.iter().chain(&found).map(|&(_, role)| role).collect::<BTreeSet<Role>>() {
            let gold: BTreeSet<_> = sentence.spans.iter().filter(|s| s.1 == role).map(|s| s.0).collect();
            let mine: BTreeSet<_> = found.iter().filter(|s| s.1 == role).map(|s| s.0).collect();
            scores.exact.entry(role).or_default().add(compare(&gold, &mine));
            let characters = |spans: &BTreeSet<crate::text::Span>| -> BTreeSet<usize> {
                let at = |s: &crate::text::Span| {
                    let start = s.start;
                    s.of(&sentence.text).char_indices().map(move |(i, _)| start + i).collect::<Vec<_>>()
                };
                spans.iter().flat_map(at).collect()
            };
            let counts = compare(&characters(&gold), &characters(&mine));
            scores.characters.entry(role).or_default().add(counts);
        }
    }
    scores
}

fn compare<T: Ord>(gold: &BTreeSet<T>, found: &BTreeSet<T>) -> Counts {
    Counts { right: gold.intersection(found).count(), gold: gold.len(), found: found.len() }
}

/// How well a model finds the labels of annotated sentences; they are taken to follow each other as they do in the file.
pub fn score_labels(model: &Model, sentences: &[Labelled]) -> LabelScores {
    let mut scores = LabelScores::default();
    let mut met = Met::default();
    let of_words: Vec<Scores> = sentences.iter().map(|s| model.scores(&s.text, &mut met)).collect();
    for (i, (sentence, words)) in sentences.iter().zip(&of_words).enumerate() {
        let [before, after] = sentence.neighbours(sentences, i).map(|at| of_words.get(at?));
        let mut places = Places::default();
        model.add_place(before, after, &mut places);
        let labels = model.judge(words, &places);
        for &label in &sentence.known {
            let found = match label {
                Label::Category(category) => labels.categories.contains(&category),
                Label::Risk => labels.risk,
                Label::Sensitive => labels.sensitive,
                Label::Important => labels.important,
            };
            let gold = sentence.has.contains(&label);
            let yes = Counts {
                right: usize::from(gold && found),
                gold: usize::from(gold),
                found: usize::from(found),
            };
            let no = Counts {
                right: usize::from(!gold && !found),
                gold: usize::from(!gold),
                found: usize::from(!found),
            };
            scores.labels.entry(label).or_default().add(yes);
            scores.absent.entry(label).or_default().add(no);
        }
    }
    scores
}
