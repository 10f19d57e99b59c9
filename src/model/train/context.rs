//! Sentences with labels, in the order in which they stand in policies, to what neighbours say of each other.
//!
//! A logistic regression on top of the scores that machines gave to sentences they had not seen: the score by the words
//! keeps its place, and what the neighbours add is learned in its units. Only categories are moved: that experts call
//! a sentence risky, sensitive or important was found not to hang on what stands beside it.

use crate::model::Labelled;
use crate::model::classifier::{Label, Scores};
use crate::model::context::{Context, SIDES, moved, signals};

use super::Random;

/// Passes over the sentences.
const PASSES: usize = 8;
/// First step of the descent.
const STEP: f32 = 0.02;
/// How strongly weights are drawn to zero at each step.
const DECAY: f32 = 1e-4;
/// One in so many neighbours is not seen, so that the others are not relied upon.
const HIDDEN: u64 = 3;

/// The least that a score of one is worth, where scores say little.
const LEAST_WORTH: f32 = 0.5;
/// The least that a label must be likely to be given.
const LEAST_LIKELY: f32 = 0.1;
/// Rounds in which the cut and the F1 that it gives are brought in line.
const ROUNDS: usize = 4;

/// `scores` are those of the sentences for each of the `labels`, above zero where the words alone give it.
pub(super) fn train(sentences: &[Labelled], scores: &[Scores], labels: &[Label], seed: u64) -> Context {
    let column = |(i, label): (usize, &Label)| match label {
        Label::Category(_) => {
            let examples = examples(sentences, scores, i, *label);
            let learned = Regression::new(&examples, labels.len(), seed);
            let cut = learned.cut(&examples);
            learned.sides(cut)
        }
        _ => [vec![0.0; 1 + labels.len()], vec![0.0; 1 + labels.len()]],
    };
    Context { columns: labels.iter().enumerate().map(column).collect() }
}

/// A sentence that was annotated for a label.
struct Example<'a> {
    score: f32,
    beside: [Option<&'a Scores>; SIDES],
    yes: bool,
}

fn examples<'a>(
    sentences: &'a [Labelled],
    scores: &'a [Scores],
    column: usize,
    label: Label,
) -> Vec<Example<'a>> {
    let known = sentences.iter().enumerate().filter(|(_, sentence)| sentence.known.contains(&label));
    known
        .map(|(i, sentence)| Example {
            score: scores[i].0[column],
            beside: sentence.neighbours(sentences, i).map(|at| scores.get(at?)),
            yes: sentence.has.contains(&label),
        })
        .collect()
}

/// How likely a label is, by the words of a sentence and by its neighbours.
struct Regression {
    /// For each side a constant, and a weight for each column of the neighbour.
    sides: [Vec<f32>; SIDES],
    /// What a score of one is worth.
    worth: f32,
    bias: f32,
}

impl Regression {
    fn new(examples: &[Example], columns: usize, seed: u64) -> Regression {
        let still = || vec![0.0; 1 + columns];
        let mut learned = Regression { sides: [still(), still()], worth: 4.0, bias: 0.0 };
        let mut random = Random(seed);
        let mut order: Vec<usize> = (0..examples.len()).collect();
        let total = (PASSES * examples.len()) as f32;
        let mut seen = 0f32;
        for _ in 0..PASSES {
            random.shuffle(&mut order);
            for example in order.iter().map(|&i| &examples[i]) {
                let step = STEP * (1.0 - seen / total);
                seen += 1.0;
                let beside =
                    example.beside.map(|scores| scores.filter(|_| !random.next().is_multiple_of(HIDDEN)));
                learned.step(&Example { beside, ..*example }, step);
            }
        }
        learned.worth = learned.worth.max(LEAST_WORTH);
        learned
    }

    fn step(&mut self, example: &Example, step: f32) {
        let sum = self.worth * example.score + self.bias + self.moved(example);
        let off = step * (f32::from(u8::from(example.yes)) - 1.0 / (1.0 + (-sum).exp()));
        self.worth += off * example.score;
        self.bias += off;
        for (side, scores) in self.sides.iter_mut().zip(example.beside) {
            let Some(scores) = scores else { continue };
            for (w, x) in side.iter_mut().zip(std::iter::once(1.0).chain(signals(scores))) {
                *w += off * x - step * DECAY * *w;
            }
        }
    }

    fn moved(&self, example: &Example) -> f32 {
        let sides = self.sides.iter().zip(example.beside);
        sides.map(|(side, scores)| scores.map_or(0.0, |scores| moved(side, scores))).sum()
    }

    /// The score, moved by the neighbours, above which to give the label: where F1 is best, a label is given when it is at
    /// least half as likely as that F1 (Lipton et al., ECML 2014). To try all cuts would find one that suits few sentences.
    fn cut(&self, examples: &[Example]) -> f32 {
        let scored: Vec<(f32, bool)> =
            examples.iter().map(|e| (e.score + self.moved(e) / self.worth, e.yes)).collect();
        let (mut f1, mut cut) = (1f32, 0f32);
        for _ in 0..ROUNDS {
            let likely = (f1 / 2.0).clamp(LEAST_LIKELY, 0.5);
            cut = ((likely / (1.0 - likely)).ln() - self.bias) / self.worth;
            let right = scored.iter().filter(|&&(score, yes)| yes && score > cut).count();
            let given = scored.iter().filter(|&&(score, _)| score > cut).count();
            let gold = scored.iter().filter(|&&(_, yes)| yes).count();
            f1 = 2.0 * right as f32 / (given + gold).max(1) as f32;
        }
        cut
    }

    /// What neighbours add, in units of the score. Both bear the cut alike; where there is one, half of it is near enough.
    fn sides(self, cut: f32) -> [Vec<f32>; SIDES] {
        self.sides.map(|mut side| {
            side.iter_mut().for_each(|w| *w /= self.worth);
            side[0] -= cut / SIDES as f32;
            side
        })
    }
}
