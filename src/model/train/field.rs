//! The conditional random field that the tagger is: weights as they are learned, and one step of descent on a sentence.

use crate::model::chain::{FREE, Joint, LABELS, MEMORIES, STATES, after, free, label_of, may_follow, memory};
use crate::model::joints::WIDTH;

pub(super) type Row = [f32; LABELS];
pub(super) type JointRow = [f32; WIDTH];

/// One sentence, or a part of a long one. Features are known by the place of their row; as they are read, by their ids.
#[derive(Clone, Default)]
pub(super) struct Sequence<Feature = u32, Joint = u32> {
    pub labels: Vec<u8>,
    /// Features of each word.
    pub features: Vec<Vec<Feature>>,
    /// Those that speak together with the span before.
    pub joints: Vec<Vec<Joint>>,
}

/// A sequence as it is read.
pub(super) type Read = Sequence<u64, u32>;

impl Read {
    /// The sequence with the places of its features; those that have none are left out.
    pub fn placed(
        self,
        feature: impl Fn(u64) -> Option<u32>,
        joint: impl Fn(u32) -> Option<u32>,
    ) -> Sequence {
        let features =
            self.features.into_iter().map(|of_word| of_word.into_iter().filter_map(&feature).collect());
        let joints = self.joints.into_iter().map(|of_word| of_word.into_iter().filter_map(&joint).collect());
        Sequence { labels: self.labels, features: features.collect(), joints: joints.collect() }
    }
}

/// Everything that is learned; the true weights are these times `scale`.
pub(super) struct Weights {
    pub rows: Vec<Row>,
    pub joints: Vec<JointRow>,
    pub transitions: [Row; STATES],
    pub start: Row,
    pub scale: f32,
}

/// One number for each state.
type States = [f32; STATES];

impl Weights {
    pub fn new(rows: usize, joints: usize) -> Weights {
        Weights {
            rows: vec![[0.0; LABELS]; rows],
            joints: vec![[0.0; WIDTH]; joints],
            transitions: [[0.0; LABELS]; STATES],
            start: [0.0; LABELS],
            scale: 1.0,
        }
    }

    /// All weights, in one order.
    pub fn all(&self) -> impl Iterator<Item = &f32> {
        let order = self.transitions.iter().chain([&self.start]);
        self.rows.iter().chain(order).flatten().chain(self.joints.iter().flatten())
    }

    /// As [`Weights::all`].
    pub fn all_mut(&mut self) -> impl Iterator<Item = &mut f32> {
        let order = self.transitions.iter_mut().chain([&mut self.start]);
        self.rows.iter_mut().chain(order).flatten().chain(self.joints.iter_mut().flatten())
    }

    pub fn rescale(&mut self) {
        let scale = std::mem::replace(&mut self.scale, 1.0);
        self.all_mut().for_each(|w| *w *= scale);
    }

    /// One step on one sentence: forward, backward, and the weights moved by how far they were off; gives the loss.
    pub fn learn(&mut self, sequence: &Sequence, step: f32) -> f64 {
        let Sequence { labels: gold, .. } = sequence;
        let n = gold.len();
        let mut loss = 0f64;
        // Potentials, each divided by the largest of its word.
        let mut potential: Vec<States> = Vec::with_capacity(n);
        let mut truth: Vec<usize> = Vec::with_capacity(n);
        for (t, features) in sequence.features.iter().enumerate() {
            let mut sum = if t == 0 { self.start } else { [0f32; LABELS] };
            for &f in features {
                sum.iter_mut().zip(&self.rows[f as usize]).for_each(|(s, w)| *s += w);
            }
            let sum = sum.map(|s| s * self.scale);
            let top = sum.iter().copied().fold(f32::MIN, f32::max);
            loss += f64::from(top - sum[usize::from(gold[t])]);
            let sum = sum.map(|s| (s - top).exp());
            potential.push(std::array::from_fn(|state| sum[label_of(state)]));
            truth.push(after(truth.last().copied().unwrap_or(0), usize::from(gold[t])));
        }
        let between = self.between(sequence);
        let mut forward: Vec<States> = Vec::with_capacity(n);
        for (t, p) in potential.iter().enumerate() {
            let mut a = [0f32; STATES];
            if t == 0 {
                for y in (0..LABELS).filter(|&y| may_follow(0, y)) {
                    a[y] = p[y];
                }
            } else {
                for (before, row) in forward[t - 1].iter().zip(&between[t]) {
                    a.iter_mut().zip(row).for_each(|(a, w)| *a += before * w);
                }
                a.iter_mut().zip(p).for_each(|(a, p)| *a *= p);
                loss -= f64::from(between[t][truth[t - 1]][truth[t]].max(1e-30).ln());
            }
            let total: f32 = a.iter().sum::<f32>().max(1e-30);
            loss += f64::from(total.ln());
            forward.push(a.map(|a| a / total));
        }
        let move_by = step / self.scale;
        let mut backward: States = [1.0; STATES];
        let mut moves = [[0f32; STATES]; STATES];
        for t in (0..n).rev() {
            let p: States = std::array::from_fn(|y| forward[t][y] * backward[y]);
            let total: f32 = p.iter().sum::<f32>().max(1e-30);
            let mut off = [0f32; LABELS];
            p.iter().enumerate().for_each(|(y, p)| off[label_of(y)] -= p / total * move_by);
            off[usize::from(gold[t])] += move_by;
            for &f in &sequence.features[t] {
                self.rows[f as usize].iter_mut().zip(&off).for_each(|(w, d)| *w += d);
            }
            if t == 0 {
                self.start.iter_mut().zip(&off).for_each(|(w, d)| *w += d);
                break;
            }
            let ahead: States = std::array::from_fn(|y| potential[t][y] * backward[y]);
            let mut pairs = [[0f32; STATES]; STATES];
            let mut next_backward = [0f32; STATES];
            let mut total = 0f32;
            for last in 0..STATES {
                let before = forward[t - 1][last];
                for y in 0..STATES {
                    let through = between[t][last][y] * ahead[y];
                    next_backward[last] += through;
                    pairs[last][y] = before * through;
                }
                total += before * next_backward[last];
            }
            let share = move_by / total.max(1e-30);
            pairs.iter_mut().flatten().for_each(|p| *p *= -share);
            pairs[truth[t - 1]][truth[t]] += move_by;
            self.move_joints(&sequence.joints[t], &pairs);
            for (to, row) in moves.iter_mut().zip(&pairs) {
                to.iter_mut().zip(row).for_each(|(to, p)| *to += p);
            }
            let most = next_backward.iter().copied().fold(1e-30, f32::max);
            backward = next_backward.map(|b| b / most);
        }
        for (row, off) in self.transitions.iter_mut().zip(&moves) {
            off.iter().enumerate().for_each(|(y, d)| row[label_of(y)] += d);
        }
        loss
    }

    /// For each word how likely its states are to follow those before, apart from what it says itself.
    fn between(&self, sequence: &Sequence) -> Vec<[States; STATES]> {
        let mut order = [[0f32; STATES]; STATES];
        for (last, row) in order.iter_mut().enumerate() {
            for label in (0..LABELS).filter(|&label| may_follow(label_of(last), label)) {
                row[after(last, label)] = (self.transitions[last][label] * self.scale).exp();
            }
        }
        let of_word = |joints: &Vec<u32>| {
            let mut table = order;
            let mut sum = [0f32; WIDTH];
            for &f in joints {
                sum.iter_mut().zip(&self.joints[f as usize]).for_each(|(s, w)| *s += w);
            }
            if !joints.is_empty() {
                let factor = sum.map(|s| (s * self.scale).exp());
                for (last, row) in table.iter_mut().enumerate() {
                    for k in 0..FREE {
                        row[after(last, free(k))] *= factor[memory(last) * FREE + k];
                    }
                }
            }
            table
        };
        sequence.joints.iter().map(of_word).collect()
    }

    /// Moves the joints of a word by how far each step from state to state was off.
    fn move_joints(&mut self, joints: &[u32], off: &[States; STATES]) {
        if joints.is_empty() {
            return;
        }
        let mut of_memory: Joint<f32> = [[0.0; FREE]; MEMORIES];
        for (last, row) in off.iter().enumerate() {
            for k in 0..FREE {
                of_memory[memory(last)][k] += row[after(last, free(k))];
            }
        }
        for &f in joints {
            self.joints[f as usize].iter_mut().zip(of_memory.as_flattened()).for_each(|(w, d)| *w += d);
        }
    }
}
