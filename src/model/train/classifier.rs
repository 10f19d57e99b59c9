//! Sentences with labels to the classifier's weights.
//!
//! A support vector machine per label, by dual coordinate descent (Hsieh et al., ICML 2008) with squared hinge loss;
//! then the n-grams with the weakest weights are dropped and the rest is learned anew, since dropping them changes the
//! length of every sentence. Where to cut is found on a tenth of the corpus that a first machine has not seen.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::model::classifier::{ALL, Classifier, Column, Label, damped};
use crate::model::features::grams;
use crate::model::weights::{Table, bucket};
use crate::model::{Labelled, classifier};

use super::{Options, Random, Step};

/// Buckets of n-grams: 2^21.
const BITS: u32 = 21;
/// Passes of the descent.
const PASSES: usize = 30;
/// One sentence in this many finds the thresholds.
const HELD_OUT: usize = 8;

/// A sentence as its features (row and value), of length one.
type Example = Vec<(u32, f32)>;

pub(super) fn train(sentences: &[Labelled], options: &Options, progress: &mut dyn FnMut(Step)) -> Classifier {
    let mut step = |done, note| progress(Step { part: "classifier", done, of: 3, note });
    let (mut examples, mut buckets, mut rarity) = examples(sentences, options);
    step(0, format!("{} sentences, {} n-grams", examples.len(), buckets.len()));
    let labels: Vec<Label> =
        ALL.into_iter().filter(|l| sentences.iter().filter(|s| s.has.contains(l)).count() > 1).collect();
    let all: Vec<usize> = (0..sentences.len()).collect();

    let first = machines(sentences, &examples, &all, &labels, buckets.len(), options);
    keep(&mut examples, &mut buckets, &mut rarity, &first, options.classifier_features);
    step(1, format!("{} n-grams kept", buckets.len()));

    let (held, rest): (Vec<usize>, Vec<usize>) = all.iter().partition(|&&i| i % HELD_OUT == 0);
    let trial = machines(sentences, &examples, &rest, &labels, buckets.len(), options);
    let (cuts, rescue) = cuts(sentences, &examples, &held, &labels, &trial);
    step(2, "thresholds found".to_string());

    let machines = machines(sentences, &examples, &all, &labels, buckets.len(), options);
    step(3, format!("{} labels", labels.len()));
    quantise(&machines, &labels, &cuts, rescue, &buckets, &rarity)
}

/// N-grams that occur in at least two sentences, as rows in the order of their buckets, weighed by rarity.
fn examples(sentences: &[Labelled], options: &Options) -> (Vec<Example>, Vec<usize>, Vec<f32>) {
    let counted: Vec<BTreeMap<usize, u32>> = sentences
        .par_iter()
        .map(|s| {
            let mut times = BTreeMap::new();
            for (hash, n) in grams(&s.text, &options.language) {
                *times.entry(bucket(hash, BITS)).or_default() += n;
            }
            times
        })
        .collect();
    let mut among: BTreeMap<usize, u32> = BTreeMap::new();
    counted.iter().flat_map(BTreeMap::keys).for_each(|&b| *among.entry(b).or_default() += 1);
    among.retain(|_, n| *n > 1);
    let mut row = vec![u32::MAX; 1 << BITS];
    among.keys().enumerate().for_each(|(i, &b)| row[b] = i as u32);
    let rarity: Vec<f32> =
        among.values().map(|&n| 1.0 + ((1.0 + sentences.len() as f32) / (1.0 + n as f32)).ln()).collect();
    let examples = counted
        .iter()
        .map(|times| {
            let known = times.iter().filter(|&(&b, _)| row[b] != u32::MAX);
            let mut example: Example =
                known.map(|(&b, &n)| (row[b], damped(n) * rarity[row[b] as usize])).collect();
            to_length_one(&mut example);
            example
        })
        .collect();
    (examples, among.into_keys().collect(), rarity)
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
        machine(&known, rows, options)
    };
    labels.par_iter().map(learn).collect()
}

/// Dual coordinate descent; the bias is one more feature that every example has.
fn machine(examples: &[(&Example, bool)], rows: usize, options: &Options) -> Machine {
    let mut machine = Machine { weights: vec![0.0; rows], bias: 0.0 };
    let mut alphas = vec![0f32; examples.len()];
    let mut order: Vec<usize> = (0..examples.len()).collect();
    let mut random = Random(options.seed);
    let diagonal = 0.5 / options.cost;
    for _ in 0..PASSES {
        random.shuffle(&mut order);
        let mut largest = 0f32;
        for &i in &order {
            let (example, yes) = examples[i];
            let y = if yes { 1.0 } else { -1.0 };
            let gradient = y * machine.score(example) - 1.0 + diagonal * alphas[i];
            if alphas[i] == 0.0 && gradient >= 0.0 {
                continue;
            }
            largest = largest.max(gradient.abs());
            let old = alphas[i];
            // Each example has length one, and the bias adds one.
            alphas[i] = (old - gradient / (2.0 + diagonal)).max(0.0);
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
    buckets: &mut Vec<usize>,
    rarity: &mut Vec<f32>,
    machines: &[Machine],
    most: usize,
) {
    if buckets.len() <= most {
        return;
    }
    let mut used = vec![0f32; buckets.len()];
    examples.iter().flatten().for_each(|&(row, x)| used[row as usize] += x * x);
    let worth: Vec<f32> = (0..buckets.len())
        .map(|row| machines.iter().map(|m| m.weights[row] * m.weights[row]).sum::<f32>() * used[row].sqrt())
        .collect();
    let mut order: Vec<usize> = (0..buckets.len()).collect();
    order.sort_by(|&a, &b| worth[b].total_cmp(&worth[a]).then(a.cmp(&b)));
    order.truncate(most);
    order.sort_unstable();
    let mut to = vec![u32::MAX; buckets.len()];
    order.iter().enumerate().for_each(|(new, &old)| to[old] = new as u32);
    for example in examples {
        example.retain_mut(|(row, _)| {
            *row = to[*row as usize];
            *row != u32::MAX
        });
        to_length_one(example);
    }
    *buckets = order.iter().map(|&old| buckets[old]).collect();
    *rarity = order.iter().map(|&old| rarity[old]).collect();
}

/// The score above which each label is given, and above which a sentence without category gets its best one.
fn cuts(
    sentences: &[Labelled],
    examples: &[Example],
    held: &[usize],
    labels: &[Label],
    machines: &[Machine],
) -> (Vec<f32>, f32) {
    let cuts: Vec<f32> = labels
        .iter()
        .zip(machines)
        .map(|(label, machine)| {
            let scored: Vec<(f32, bool)> = held
                .iter()
                .filter(|&&i| sentences[i].known.contains(label))
                .map(|&i| (machine.score(&examples[i]), sentences[i].has.contains(label)))
                .collect();
            best_cut(scored, matches!(label, Label::Category(_)))
        })
        .collect();
    let mut rescued = Vec::new();
    for &i in held {
        let sentence = &sentences[i];
        let mut best: Option<(f32, bool)> = None;
        for ((label, machine), cut) in labels.iter().zip(machines).zip(&cuts) {
            if matches!(label, Label::Category(_)) && sentence.known.contains(label) {
                let score = machine.score(&examples[i]) - cut;
                if best.is_none_or(|(top, _)| score > top) {
                    best = Some((score, sentence.has.contains(label)));
                }
            }
        }
        rescued.extend(best.filter(|&(score, _)| score <= 0.0));
    }
    // Giving the best category pays where it is right two times in five.
    rescued.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut gain, mut most, mut rescue) = (0f32, 0f32, 0f32);
    for (score, right) in rescued {
        gain += if right { 0.6 } else { -0.4 };
        if gain > most {
            (most, rescue) = (gain, score - 1e-4);
        }
    }
    (cuts, rescue)
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
    rescue: f32,
    buckets: &[usize],
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
    let mut rows = Vec::with_capacity(buckets.len() * (1 + columns.len()));
    for (row, rarity) in rarity.iter().enumerate() {
        rows.push((rarity / largest_rarity * 255.0).round() as u8);
        for (machine, column) in machines.iter().zip(&columns) {
            rows.push((machine.weights[row] / column.scale).round().clamp(-127.0, 127.0) as i8 as u8);
        }
    }
    classifier::Classifier {
        table: Table::new(BITS, 1 + columns.len(), buckets, rows),
        columns,
        rarity: largest_rarity / 255.0,
        rescue,
    }
}
