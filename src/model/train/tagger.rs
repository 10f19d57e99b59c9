//! Sentences with role spans to the tagger's weights.
//!
//! A conditional random field, trained by stochastic gradient descent with a decaying step; then the features with the
//! weakest weights are dropped, the rest is trained on, and rounded to a byte each.

use crate::model::Tagged;
use crate::model::features::Tokens;
use crate::model::tagger::{LABELS, STATES, Tagger, after, label_of, labels, may_follow};
use crate::model::weights::{Table, key};

use crate::text::Language;
use crate::vocabulary::Vocabulary;

use super::{Options, Random, Step};

/// Longest training sentence in tokens; as the tagger cuts.
const LONGEST: usize = 400;

pub(super) type Row = [f32; LABELS];

/// One sentence, or a part of a long one.
pub(super) struct Sequence {
    pub labels: Vec<u8>,
    /// Rows of the features of each token.
    pub features: Vec<Vec<u32>>,
}

/// Everything that is learned; the true weights are these times `scale`.
pub(super) struct Weights {
    pub rows: Vec<Row>,
    pub transitions: [Row; STATES],
    pub start: Row,
    pub scale: f32,
}

pub(super) fn train(
    sentences: &[Tagged],
    vocabulary: &Vocabulary,
    options: &Options,
    progress: &mut dyn FnMut(Step),
) -> Tagger {
    let passes = options.epochs + options.refits;
    let mut step = |done, note| progress(Step { part: "tagger", done, of: passes, note });
    let (mut sequences, mut keys) = sequences(sentences, vocabulary, &options.language);
    step(0, format!("{} sentences, {} features", sequences.len(), keys.len()));
    let mut weights = Weights {
        rows: vec![[0.0; LABELS]; keys.len()],
        transitions: [[0.0; LABELS]; STATES],
        start: [0.0; LABELS],
        scale: 1.0,
    };
    let mut random = Random(options.seed);
    let mut seen = 0;
    let mut mean = Mean::default();
    for epoch in 0..options.epochs {
        let loss = descend(&mut sequences, &mut weights, &mut seen, options, &mut random);
        step(epoch + 1, format!("loss {loss:.1}"));
        if 2 * epoch >= options.epochs {
            mean.add(&weights);
        }
    }
    mean.take(&mut weights);
    prune(&mut sequences, &mut keys, &mut weights, options.tagger_features);
    step(options.epochs, format!("{} features kept", keys.len()));
    for epoch in 0..options.refits {
        let loss = descend(&mut sequences, &mut weights, &mut seen, options, &mut random);
        step(options.epochs + epoch + 1, format!("loss {loss:.1}"));
        mean.add(&weights);
    }
    mean.take(&mut weights);
    quantise(&weights, &keys)
}

/// The mean of the weights after several passes: steadier than the last.
#[derive(Default)]
struct Mean {
    sum: Vec<Row>,
    passes: usize,
}

impl Mean {
    fn add(&mut self, weights: &Weights) {
        let all = weights.rows.iter().chain(&weights.transitions).chain([&weights.start]);
        self.sum.resize(weights.rows.len() + STATES + 1, [0.0; LABELS]);
        for (sum, row) in self.sum.iter_mut().zip(all) {
            sum.iter_mut().zip(row).for_each(|(sum, w)| *sum += w * weights.scale);
        }
        self.passes += 1;
    }

    /// Puts the mean into `weights`, and begins anew.
    fn take(&mut self, weights: &mut Weights) {
        let Mean { sum, passes } = std::mem::take(self);
        if passes > 0 {
            weights.scale = 1.0 / passes as f32;
            let all = weights.rows.iter_mut().chain(&mut weights.transitions).chain([&mut weights.start]);
            all.zip(sum).for_each(|(row, sum)| *row = sum);
            weights.rescale();
        }
    }
}

/// Features that occur at least twice, as rows in the order of their keys.
fn sequences(
    sentences: &[Tagged],
    vocabulary: &Vocabulary,
    language: &Language,
) -> (Vec<Sequence>, Vec<u32>) {
    let mut all: Vec<u32> = Vec::new();
    let mut hashed = Vec::new();
    let mut features = Vec::new();
    for sentence in sentences {
        let tokens = Tokens::read(&sentence.text, language, &vocabulary.find(&sentence.text, language));
        let labels = labels(&tokens, &sentence.spans);
        for chunk in tokens.chunks(LONGEST).into_iter().filter(|c| !c.is_empty()) {
            let mut of_tokens = Vec::with_capacity(chunk.len());
            for at in chunk.clone() {
                features.clear();
                tokens.features(at, &chunk, language, &mut features);
                let keys: Vec<u32> = features.iter().map(|&h| key(h)).collect();
                all.extend(&keys);
                of_tokens.push(keys);
            }
            hashed.push((of_tokens, labels.get(chunk).unwrap_or_default().to_vec()));
        }
    }
    all.sort_unstable();
    let keys: Vec<u32> =
        all.chunk_by(|a, b| a == b).filter(|same| same.len() > 1).map(|same| same[0]).collect();
    let row_of = |key: &mut u32| match keys.binary_search(key) {
        Ok(row) => {
            *key = row as u32;
            true
        }
        Err(_) => false,
    };
    let sequences = hashed
        .into_iter()
        .map(|(mut features, labels)| {
            features.iter_mut().for_each(|of_token| of_token.retain_mut(row_of));
            Sequence { labels, features }
        })
        .collect();
    (sequences, keys)
}

/// One pass; gives the mean loss of a sentence.
fn descend(
    sequences: &mut [Sequence],
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
    let mut kept = Vec::new();
    for i in order {
        let sequence = &sequences[i];
        let step = options.step * (1.0 - *seen as f32 / total).max(0.01);
        *seen += 1;
        weights.scale *= 1.0 - step * lambda;
        if weights.scale < 1e-6 {
            weights.rescale();
        }
        if dropped == 0 {
            loss += learn(&sequence.features, &sequence.labels, weights, step);
        } else {
            kept.clone_from(&sequence.features);
            kept.iter_mut().for_each(|f| f.retain(|_| random.next() >> 32 >= dropped));
            loss += learn(&kept, &sequence.labels, weights, step);
        }
    }
    loss / sequences.len().max(1) as f64
}

impl Weights {
    fn rescale(&mut self) {
        let scale = std::mem::replace(&mut self.scale, 1.0);
        let rows = self.rows.iter_mut().chain(&mut self.transitions).chain([&mut self.start]);
        rows.flatten().for_each(|w| *w *= scale);
    }
}

/// One number for each state.
type States = [f32; STATES];

/// One step on one sentence: forward, backward, and the weights moved by how far they were off; gives the loss.
pub(super) fn learn(features: &[Vec<u32>], gold: &[u8], weights: &mut Weights, step: f32) -> f64 {
    let n = gold.len();
    let scale = weights.scale;
    let mut allowed = [[0f32; STATES]; STATES];
    for (last, row) in allowed.iter_mut().enumerate() {
        for label in (0..LABELS).filter(|&label| may_follow(label_of(last), label)) {
            row[after(last, label)] = (weights.transitions[last][label] * scale).exp();
        }
    }
    // Potentials, each divided by the largest of its token.
    let mut loss = 0f64;
    let mut potential: Vec<States> = Vec::with_capacity(n);
    let mut truth = Vec::with_capacity(n);
    for (t, of_token) in features.iter().enumerate() {
        let mut sum = [0f32; LABELS];
        for &f in of_token {
            for (s, w) in sum.iter_mut().zip(&weights.rows[f as usize]) {
                *s += w;
            }
        }
        if t == 0 {
            sum.iter_mut().zip(&weights.start).for_each(|(s, w)| *s += w);
        }
        sum.iter_mut().for_each(|s| *s *= scale);
        let top = sum.iter().copied().fold(f32::MIN, f32::max);
        loss += f64::from(top - sum[usize::from(gold[t])]);
        let sum = sum.map(|s| (s - top).exp());
        potential.push(std::array::from_fn(|state| sum[label_of(state)]));
        truth.push(after(truth.last().copied().unwrap_or(0), usize::from(gold[t])));
    }
    let mut forward: Vec<States> = Vec::with_capacity(n);
    for (t, p) in potential.iter().enumerate() {
        let mut a = [0f32; STATES];
        if t == 0 {
            for y in (0..LABELS).filter(|&y| may_follow(0, y)) {
                a[y] = p[y];
            }
        } else {
            let before = &forward[t - 1];
            for (last, row) in allowed.iter().enumerate() {
                for (a, w) in a.iter_mut().zip(row) {
                    *a += before[last] * w;
                }
            }
            a.iter_mut().zip(p).for_each(|(a, p)| *a *= p);
            loss -= f64::from(scale * weights.transitions[truth[t - 1]][usize::from(gold[t])]);
        }
        let total: f32 = a.iter().sum::<f32>().max(1e-30);
        loss += f64::from(total.ln());
        forward.push(a.map(|a| a / total));
    }
    let move_by = step / scale;
    let mut backward: States = [1.0; STATES];
    let mut moves = [[0f32; STATES]; STATES];
    for t in (0..n).rev() {
        let mut p = [0f32; STATES];
        for y in 0..STATES {
            p[y] = forward[t][y] * backward[y];
        }
        let total: f32 = p.iter().sum::<f32>().max(1e-30);
        let mut off = [0f32; LABELS];
        p.iter().enumerate().for_each(|(y, p)| off[label_of(y)] -= p / total * move_by);
        off[usize::from(gold[t])] += move_by;
        for &f in &features[t] {
            for (w, d) in weights.rows[f as usize].iter_mut().zip(&off) {
                *w += d;
            }
        }
        if t == 0 {
            weights.start.iter_mut().zip(&off).for_each(|(w, d)| *w += d);
            break;
        }
        let mut ahead = [0f32; STATES];
        for y in 0..STATES {
            ahead[y] = potential[t][y] * backward[y];
        }
        let mut next_backward = [0f32; STATES];
        let mut pairs = [[0f32; STATES]; STATES];
        let mut total = 0f32;
        for last in 0..STATES {
            let mut sum = 0f32;
            for y in 0..STATES {
                let through = allowed[last][y] * ahead[y];
                sum += through;
                pairs[last][y] = forward[t - 1][last] * through;
            }
            next_backward[last] = sum;
            total += forward[t - 1][last] * sum;
        }
        let share = move_by / total.max(1e-30);
        for (to, row) in moves.iter_mut().zip(&pairs) {
            to.iter_mut().zip(row).for_each(|(to, p)| *to -= p * share);
        }
        moves[truth[t - 1]][truth[t]] += move_by;
        let most = next_backward.iter().copied().fold(1e-30, f32::max);
        backward = next_backward.map(|b| b / most);
    }
    for (row, off) in weights.transitions.iter_mut().zip(&moves) {
        off.iter().enumerate().for_each(|(y, d)| row[label_of(y)] += d);
    }
    loss
}

/// Keeps the rows with the largest weights, weighed by how often they are used.
fn prune(sequences: &mut [Sequence], keys: &mut Vec<u32>, weights: &mut Weights, most: usize) {
    if keys.len() <= most {
        return;
    }
    let mut times = vec![0u32; keys.len()];
    sequences.iter().flat_map(|s| s.features.iter().flatten()).for_each(|&f| times[f as usize] += 1);
    let worth = |row: usize| -> f32 {
        let square: f32 = weights.rows[row].iter().map(|w| w * w).sum();
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
    weights.rows = order.iter().map(|&old| weights.rows[old]).collect();
    *keys = order.iter().map(|&old| keys[old]).collect();
    for features in sequences.iter_mut().flat_map(|s| &mut s.features) {
        features.retain_mut(|f| {
            *f = to[*f as usize];
            *f != u32::MAX
        });
    }
}

fn quantise(weights: &Weights, keys: &[u32]) -> Tagger {
    let largest = weights.rows.iter().flatten().map(|w| (w * weights.scale).abs()).fold(1e-6, f32::max);
    let unit = 127.0 / largest;
    let round = |w: f32| (w * weights.scale * unit).round();
    let short = |w: &f32| round(*w).clamp(-30_000.0, 30_000.0) as i16;
    let rows = weights.rows.iter().flatten().map(|&w| round(w).clamp(-127.0, 127.0) as i8 as u8).collect();
    Tagger {
        emissions: Table::new(LABELS, keys, rows),
        transitions: weights.transitions.each_ref().map(|row| row.each_ref().map(short)),
        start: weights.start.each_ref().map(short),
    }
}
