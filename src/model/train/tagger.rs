//! Sentences with role spans to the tagger's weights.
//!
//! A conditional random field, trained by stochastic gradient descent with a decaying step; then the features with the
//! weakest weights are dropped, the rest is trained on, and rounded to a byte each.

use std::ops::Range;

use crate::model::Tagged;
use crate::model::chain::{LABELS, may_follow};
use crate::model::families::{Families, id};
use crate::model::features::{Tokens, of_every_word};
use crate::model::joints::Joints;
use crate::model::tagger::{LONGEST, Tagger, labels};
use crate::model::weights::key;
use crate::text::Language;
use crate::vocabulary::Vocabulary;

use super::field::{Read, Sequence, Weights};
use super::{Options, Random, Step};

pub(super) fn train(
    sentences: &[Tagged],
    vocabulary: &Vocabulary,
    options: &Options,
    progress: &mut dyn FnMut(Step),
) -> Tagger {
    let passes = options.epochs + options.refits;
    let mut step = |done, note| progress(Step { part: "tagger", done, of: passes, note });
    let sequences: Vec<Read> =
        sentences.iter().flat_map(|sentence| read(sentence, vocabulary, &options.language)).collect();
    let mut keys = Keys {
        features: occurring(
            sequences.iter().flat_map(|sequence| sequence.features.iter().flatten().copied()),
        ),
        joints: occurring(sequences.iter().flat_map(|sequence| sequence.joints.iter().flatten().copied())),
    };
    let mut sequences: Vec<Sequence> = sequences
        .into_iter()
        .map(|s| s.placed(|id| place(&keys.features, id), |key| place(&keys.joints, key)))
        .collect();
    step(0, format!("{} sentences, {} features", sequences.len(), keys.features.len() + keys.joints.len()));
    let mut weights = Weights::new(keys.features.len(), keys.joints.len());
    let mut random = Random(options.seed);
    let mut seen = 0;
    let mut mean = Mean::default();
    for epoch in 0..options.epochs {
        let loss = descend(&sequences, &mut weights, &mut seen, options, &mut random);
        step(epoch + 1, format!("loss {loss:.1}"));
        if 2 * epoch >= options.epochs {
            mean.add(&weights);
        }
    }
    mean.take(&mut weights);
    let Keys { features, joints } = &mut keys;
    shrink(features, &mut weights.rows, options.tagger_features, &mut sequences, |s| &mut s.features);
    shrink(joints, &mut weights.joints, options.tagger_joints, &mut sequences, |s| &mut s.joints);
    step(options.epochs, format!("{} features kept", keys.features.len() + keys.joints.len()));
    for epoch in 0..options.refits {
        let loss = descend(&sequences, &mut weights, &mut seen, options, &mut random);
        step(options.epochs + epoch + 1, format!("loss {loss:.1}"));
        mean.add(&weights);
    }
    mean.take(&mut weights);
    quantise(&weights, keys)
}

/// What is taken from the weight of words that play no role, in units of the file. A likelihood is highest where too little is
/// found; for the F1 of spans, and for a reader, what is missed costs as much as what is found in excess.
const EAGER: i8 = 4;

/// What rows are known by, in order.
struct Keys {
    /// Ids.
    features: Vec<u64>,
    joints: Vec<u32>,
}

/// A sentence as words with the ids of their features, in parts where it is long.
pub(super) fn read(sentence: &Tagged, vocabulary: &Vocabulary, language: &Language) -> Vec<Read> {
    let tokens = Tokens::read(&sentence.text, language, &vocabulary.find(&sentence.text, language));
    let gold = labels(&tokens, &sentence.spans);
    let part = |chunk: Range<usize>| {
        let mut sequence =
            Read { labels: gold.get(chunk.clone()).unwrap_or_default().to_vec(), ..Read::default() };
        // A span that the cut between parts goes through begins again.
        if let Some(first) = sequence.labels.first_mut().filter(|label| !may_follow(0, usize::from(**label)))
        {
            *first -= 1;
        }
        for at in chunk.clone() {
            let (_, of_run) = tokens.of_run(at);
            sequence
                .features
                .push([of_every_word()].iter().chain(&of_run).map(|&feature| id(feature, 0)).collect());
            sequence.joints.push(tokens.joints(at, &chunk).map(key).to_vec());
        }
        tokens.families(&chunk, language, |family| {
            for kind in 0..family.kinds {
                let at = usize::try_from(family.token - chunk.start as isize - kind as isize).ok();
                let of_word = at.and_then(|at| sequence.features.get_mut(at));
                of_word.into_iter().for_each(|features| features.push(id(family.hash, kind)));
            }
        });
        sequence
    };
    tokens.chunks(LONGEST).into_iter().filter(|chunk| !chunk.is_empty()).map(part).collect()
}

/// What occurs at least twice, in order.
fn occurring<T: Ord + Copy>(all: impl Iterator<Item = T>) -> Vec<T> {
    let mut all: Vec<T> = all.collect();
    all.sort_unstable();
    all.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]).collect()
}

fn place<T: Ord>(sorted: &[T], wanted: T) -> Option<u32> {
    sorted.binary_search(&wanted).ok().map(|place| place as u32)
}

/// One pass; gives the mean loss of a sentence.
fn descend(
    sequences: &[Sequence],
    weights: &mut Weights,
    seen: &mut usize,
    options: &Options,
    random: &mut Random,
) -> f64 {
    let lambda = options.decay / sequences.len().max(1) as f32;
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    random.shuffle(&mut order);
    let total = (sequences.len() * (options.epochs + options.refits)) as f32;
    let dropped = (f64::from(options.dropout) * f64::from(u32::MAX)) as u64;
    let mut loss = 0.0;
    let mut kept = Sequence::default();
    for i in order {
        let step = options.step * (1.0 - *seen as f32 / total).max(0.01);
        *seen += 1;
        weights.scale *= 1.0 - step * lambda;
        if weights.scale < 1e-6 {
            weights.rescale();
        }
        kept.clone_from(&sequences[i]);
        if dropped > 0 {
            kept.features.iter_mut().for_each(|f| f.retain(|_| random.next() >> 32 >= dropped));
        }
        loss += weights.learn(&kept, step);
    }
    loss / sequences.len().max(1) as f64
}

/// The mean of the weights after several passes: steadier than the last.
#[derive(Default)]
struct Mean {
    sum: Vec<f32>,
    passes: usize,
}

impl Mean {
    fn add(&mut self, weights: &Weights) {
        self.sum.resize(weights.all().count(), 0.0);
        self.sum.iter_mut().zip(weights.all()).for_each(|(sum, w)| *sum += w * weights.scale);
        self.passes += 1;
    }

    /// Puts the mean into `weights`, and begins anew.
    fn take(&mut self, weights: &mut Weights) {
        let Mean { sum, passes } = std::mem::take(self);
        if passes > 0 {
            weights.all_mut().zip(sum).for_each(|(w, sum)| *w = sum / passes as f32);
            weights.scale = 1.0;
        }
    }
}

/// Keeps the rows with the largest weights, weighed by how often they are used.
fn shrink<K: Copy, const WIDTH: usize>(
    keys: &mut Vec<K>,
    rows: &mut Vec<[f32; WIDTH]>,
    most: usize,
    sequences: &mut [Sequence],
    of: impl Fn(&mut Sequence) -> &mut Vec<Vec<u32>>,
) {
    if keys.len() <= most {
        return;
    }
    let mut times = vec![0u32; keys.len()];
    sequences.iter_mut().flat_map(|s| of(s).iter().flatten()).for_each(|&f| times[f as usize] += 1);
    let worth = |row: usize| -> f32 {
        let square: f32 = rows[row].iter().map(|w| w * w).sum();
        square * (times[row] as f32).sqrt()
    };
    let mut order: Vec<usize> = (0..keys.len()).collect();
    order.sort_by(|&a, &b| worth(b).total_cmp(&worth(a)).then(a.cmp(&b)));
    order.truncate(most);
    order.sort_unstable();
    let mut to = vec![u32::MAX; keys.len()];
    for (new, &old) in order.iter().enumerate() {
        to[old] = new as u32;
    }
    *rows = order.iter().map(|&old| rows[old]).collect();
    *keys = order.iter().map(|&old| keys[old]).collect();
    for of_word in sequences.iter_mut().flat_map(&of) {
        of_word.retain_mut(|f| {
            *f = to[*f as usize];
            *f != u32::MAX
        });
    }
}

fn quantise(weights: &Weights, keys: Keys) -> Tagger {
    let rows = weights.rows.iter().flatten();
    let largest = rows
        .clone()
        .chain(weights.joints.iter().flatten())
        .map(|w| (w * weights.scale).abs())
        .fold(1e-6, f32::max);
    let unit = 127.0 / largest;
    let round = |w: &f32| (w * weights.scale * unit).round();
    let byte = |w: &f32| round(w).clamp(-127.0, 127.0) as i8 as u8;
    let short = |w: &f32| round(w).clamp(-30_000.0, 30_000.0) as i16;
    let mut emissions: Vec<u8> = rows.map(byte).collect();
    let constant = keys.features.binary_search(&id(of_every_word(), 0)).ok();
    if let Some(outside) = constant.and_then(|row| emissions.get_mut(row * LABELS)) {
        *outside = (*outside as i8).saturating_sub(EAGER) as u8;
    }
    Tagger {
        emissions: Families::new(LABELS, &keys.features, emissions),
        joints: Joints::new(&keys.joints, weights.joints.iter().flatten().map(byte).collect()),
        transitions: weights.transitions.each_ref().map(|row| row.each_ref().map(short)),
        start: weights.start.each_ref().map(short),
    }
}
