//! Sentences with labels to the classifier's weights.
//!
//! A support vector machine per label, by dual coordinate descent (Hsieh et al., ICML 2008); then the n-grams with the weakest weights are dropped and the rest is learned anew, since dropping them changes the
//! length of every sentence. Where to cut is found on a tenth of the corpus that a first machine has not seen.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::classifier::{ALL, Classifier, Column, Label, Scores, damped};
use crate::model::context::Context;
use crate::model::features::grams;
use crate::model::weights::{Table, key};
use crate::model::{Labelled, classifier};

use crate::text::Language;

use super::{Options, Random, Step, context};

/// Passes of the descent.
const PASSES: usize = 30;
/// Parts of the corpus; machines that learned from all others find the thresholds on each.
const FOLDS: usize = 5;
/// Every annotated sentence is about something, and many sentences of a policy are not.
const MARGIN: f32 = 0.05;

/// A sentence as its features (row and value), of length one.
type Example = Vec<(u32, f32)>;

pub(super) fn train(sentences: &[Labelled], options: &Options, progress: &mut dyn FnMut(Step)) -> Classifier {
    let mut step = |done, note| progress(Step { part: "classifier", done, of: 3, note });
    let (mut examples, mut keys, mut rarity) = examples(sentences, &options.language);
    step(0, format!("{} sentences, {} n-grams", examples.len(), keys.len()));
    let labels: Vec<Label> =
        ALL.into_iter().filter(|l| sentences.iter().filter(|s| s.has.contains(l)).count() > 1).collect();
    let all: Vec<usize> = (0..sentences.len()).collect();

    let first = machines(sentences, &examples, &all, &labels, keys.len(), options);
    keep(&mut examples, &mut keys, &mut rarity, &first, options.classifier_features);
    step(1, format!("{} n-grams kept", keys.len()));

    let scores = unseen_scores(sentences, &examples, &labels, keys.len(), options);
    let cuts = cuts(sentences, &scores, &labels);
    let above =
        |scores: &Vec<f32>| Scores(scores.iter().zip(&cuts).map(|(score, cut)| score - cut).collect());
    let scores: Vec<Scores> = scores.iter().map(above).collect();
    let context = context::train(sentences, &scores, &labels, options.seed);
    step(2, "thresholds found".to_string());

    let machines = machines(sentences, &examples, &all, &labels, keys.len(), options);
    step(3, format!("{} labels", labels.len()));
    Classifier { context, ..quantise(&machines, &labels, &cuts, &keys, &rarity) }
}

/// N-grams that occur in at least two sentences, as rows in the order of their keys, weighed by rarity.
fn examples(sentences: &[Labelled], language: &Language) -> (Vec<Example>, Vec<u32>, Vec<f32>) {
    let counted: Vec<BTreeMap<u32, u32>> = sentences
        .par_iter()
        .map(|s| {
            let mut times = BTreeMap::new();
            for hash in grams(&s.text, language) {
                *times.entry(key(hash)).or_default() += 1;
            }
            times
        })
        .collect();
    let mut among: BTreeMap<u32, u32> = BTreeMap::new();
    counted.iter().flat_map(BTreeMap::keys).for_each(|&b| *among.entry(b).or_default() += 1);
    among.retain(|_, n| *n > 1);
    let keys: Vec<u32> = among.keys().copied().collect();
    let rarity: Vec<f32> =
        among.values().map(|&n| 1.0 + ((1.0 + sentences.len() as f32) / (1.0 + n as f32)).ln()).collect();
    let examples = counted
        .iter()
        .map(|times| {
            let known = times.iter().filter_map(|(key, &n)| Some((keys.binary_search(key).ok()?, n)));
            let mut example: Example = known.map(|(row, n)| (row as u32, damped(n) * rarity[row])).collect();
            to_length_one(&mut example);
            example
        })
        .collect();
    (examples, keys, rarity)
}

fn to_length_one(example: &mut Example) {
    let norm = example.iter().map(|(_, x)| x * x).sum::<f32>().sqrt();
    if norm > 0.0 {
        example.iter_mut().for_each(|(_, x)| *x /= norm);
    }
}

/// A weight per row, and the bias.
struct Machine {
    weights: Vec<f32>,
    bias: f32,
}

impl Machine {
    fn score(&self, example: &Example) -> f32 {
        example.iter().map(|&(row, x)| self.weights[row as usize] * x).sum::<f32>() + self.bias
    }
}

fn machines(
    sentences: &[Labelled],
    examples: &[Example],
    among: &[usize],
    labels: &[Label],
    rows: usize,
    options: &Options,
) -> Vec<Machine> {
    let learn = |label: &Label| {
        let known: Vec<(&Example, bool)> = among
            .iter()
            .filter(|&&i| sentences[i].known.contains(label))
            .map(|&i| (&examples[i], sentences[i].has.contains(label)))
            .collect();
        machine(&known, rows, options, loss(*label))
    };
    labels.par_iter().map(learn).collect()
}

/// What a mistake costs a machine.
#[derive(Clone, Copy)]
enum Loss {
    /// Its square: the most is learned from each example.
    Square,
    /// Its size, and what is rare costs more to miss: experts disagree on what is a risk, and one odd sentence must not
    /// weigh on all others.
    Even,
}

fn loss(label: Label) -> Loss {
    match label {
        Label::Risk | Label::Sensitive => Loss::Even,
        Label::Category(_) | Label::Important => Loss::Square,
    }
}

/// Dual coordinate descent; the bias is one more feature that every example has.
fn machine(examples: &[(&Example, bool)], rows: usize, options: &Options, loss: Loss) -> Machine {
    let mut machine = Machine { weights: vec![0.0; rows], bias: 0.0 };
    let mut alphas = vec![0f32; examples.len()];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(options.seed);
    let yes = examples.iter().filter(|(_, yes)| *yes).count().max(1);
    let rare = ((examples.len() - yes) as f32 / yes as f32).sqrt().max(1.0);
    // What is added to the diagonal, and the most that an example can weigh.
    let (diagonal, most) = match loss {
        Loss::Square => (0.5 / options.cost, [f32::MAX; 2]),
        Loss::Even => (0.0, [options.flag_cost, options.flag_cost * rare]),
    };
    for _ in 0..PASSES {
        random.shuffle(&mut order);
        let mut largest = 0f32;
        for &i in &order {
            let (example, yes) = examples[i];
            let (y, most) = (if yes { 1.0 } else { -1.0 }, most[usize::from(yes)]);
            let gradient = y * machine.score(example) - 1.0 + diagonal * alphas[i];
            if alphas[i] == 0.0 && gradient >= 0.0 || alphas[i] >= most && gradient <= 0.0 {
                continue;
            }
            largest = largest.max(gradient.abs());
            let old = alphas[i];
            // Each example has length one, and the bias adds one.
            alphas[i] = (old - gradient / (2.0 + diagonal)).clamp(0.0, most);
            let by = (alphas[i] - old) * y;
            for &(row, x) in example {
                machine.weights[row as usize] += by * x;
            }
            machine.bias += by;
        }
        if largest < 1e-2 {
            break;
        }
    }
    machine
}

/// Keeps the rows whose weights matter most to any label.
fn keep(
    examples: &mut [Example],
    keys: &mut Vec<u32>,
    rarity: &mut Vec<f32>,
    machines: &[Machine],
    most: usize,
) {
    if keys.len() <= most {
        return;
    }
    let mut used = vec![0f32; keys.len()];
    examples.iter().flatten().for_each(|&(row, x)| used[row as usize] += x * x);
    let worth: Vec<f32> = (0..keys.len())
        .map(|row| machines.iter().map(|m| m.weights[row] * m.weights[row]).sum::<f32>() * used[row].sqrt())
        .collect();
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|&a, &b| worth[b].total_cmp(&worth[a]).then(a.cmp(&b)));
    order.truncate(most);
    order.sort_unstable();
    let mut to = vec![u32::MAX; keys.len()];
    order.iter().enumerate().for_each(|(new, &old)| to[old] = new as u32);
    for example in examples {
        example.retain_mut(|(row, _)| {
            *row = to[*row as usize];
            *row != u32::MAX
        });
        to_length_one(example);
    }
    *keys = order.iter().map(|&old| keys[old]).collect();
    *rarity = order.iter().map(|&old| rarity[old]).collect();
}

/// Per sentence, the scores of machines that have not seen it, in the order of `labels`.
fn unseen_scores(
    sentences: &[Labelled],
    examples: &[Example],
    labels: &[Label],
    rows: usize,
    options: &Options,
) -> Vec<Vec<f32>> {
    let mut scores = vec![Vec::new(); sentences.len()];
    for fold in 0..FOLDS {
        let (held, rest): (Vec<usize>, Vec<usize>) = (0..sentences.len()).partition(|i| i % FOLDS == fold);
        let machines = machines(sentences, examples, &rest, labels, rows, options);
        for i in held {
            scores[i] = machines.iter().map(|machine| machine.score(&examples[i])).collect();
        }
    }
    scores
}

/// The score above which each label is given.
fn cuts(sentences: &[Labelled], scores: &[Vec<f32>], labels: &[Label]) -> Vec<f32> {
    labels
        .iter()
        .enumerate()
        .map(|(column, label)| {
            let known = sentences.iter().zip(scores).filter(|(sentence, _)| sentence.known.contains(label));
            let scored = known.map(|(sentence, scores)| (scores[column], sentence.has.contains(label)));
            match label {
                Label::Category(_) => best_cut(scored.collect(), true) + MARGIN,
                _ => best_cut(scored.collect(), false),
            }
        })
        .collect()
}

/// The cut with the best F1, for flags the best mean of F1 and F1 of the rest; drawn to zero where gold is rare.
fn best_cut(mut scored: Vec<(f32, bool)>, category: bool) -> f32 {
    scored.sort_by(|a, b| b.0.total_cmp(&a.0));
    let gold = scored.iter().filter(|(_, yes)| *yes).count();
    let (mut right, mut best, mut cut) = (0usize, 0f32, 0f32);
    for (i, &(score, yes)) in scored.iter().enumerate() {
        right += usize::from(yes);
        let mut f1 = 2.0 * right as f32 / (gold + i + 1) as f32;
        if !category {
            let (rest, left) = (scored.len() - gold, scored.len() - i - 1);
            let wrong = gold - right;
            f1 += 2.0 * (left - wrong) as f32 / (rest + left).max(1) as f32;
        }
        let below = scored.get(i + 1).map_or(score, |&(next, _)| next);
        if f1 > best && score.abs() < 1.0 {
            (best, cut) = (f1, (score + below) / 2.0);
        }
    }
    cut * gold as f32 / (gold as f32 + 30.0)
}

fn quantise(
    machines: &[Machine],
    labels: &[Label],
    cuts: &[f32],
    keys: &[u32],
    rarity: &[f32],
) -> Classifier {
    let largest_rarity = rarity.iter().copied().fold(1e-6, f32::max);
    let columns: Vec<Column> = machines
        .iter()
        .zip(labels)
        .zip(cuts)
        .map(|((machine, &label), cut)| Column {
            label,
            scale: machine.weights.iter().map(|w| w.abs()).fold(1e-6, f32::max) / 127.0,
            bias: machine.bias - cut,
        })
        .collect();
    let mut rows = Vec::with_capacity(keys.len() * (1 + columns.len()));
    for (row, rarity) in rarity.iter().enumerate() {
        rows.push((rarity / largest_rarity * 255.0).round() as u8);
        for (machine, column) in machines.iter().zip(&columns) {
            rows.push((machine.weights[row] / column.scale).round().clamp(-127.0, 127.0) as i8 as u8);
        }
    }
    classifier::Classifier {
        table: Table::new(1 + columns.len(), keys, rows),
        columns,
        context: Context::default(),
        rarity: largest_rarity / 255.0,
    }
}
