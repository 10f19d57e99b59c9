//! The chain of labels over the words of a sentence, and its best path (Viterbi).
//!
//! Each word is outside, or begins or continues a span of one role. What is likely next hangs on the role of the span
//! before, however many words lie between: in a list more data follow data. So a word outside remembers it, and the
//! states are more than the labels.

use crate::extract::Role;

/// Roles in the order of their labels.
pub(super) const ROLES: [Role; 8] = [
    Role::Actor,
    Role::Action,
    Role::Data,
    Role::Recipient,
    Role::Source,
    Role::Purpose,
    Role::Condition,
    Role::Retention,
];

/// Outside, and two for each role: 1 + 2r begins it, 2 + 2r continues it.
pub(super) const LABELS: usize = 1 + 2 * ROLES.len();

/// What the words before come down to: a state below [`LABELS`] is the label of the last word, outside meaning before any
/// span; the others are outside after a span of each role.
pub(super) const STATES: usize = LABELS + ROLES.len();

/// What a state remembers: nothing yet, or the role of the last span.
pub(super) const MEMORIES: usize = 1 + ROLES.len();

/// Labels that may follow any other: outside, and the beginnings.
pub(super) const FREE: usize = 1 + ROLES.len();

/// The beginnings among them.
const BEGINS: usize = ROLES.len();

/// Weights of the free labels after each memory.
pub(super) type Joint<T> = [[T; FREE]; MEMORIES];

/// More than all weights of a sentence can outweigh, and small enough that a sum over the longest stays a number.
const FORBIDDEN: i32 = 1 << 20;

/// Whether `next` may follow `last`: a span continues only what began.
pub(super) const fn may_follow(last: usize, next: usize) -> bool {
    next == 0 || next % 2 == 1 || last == next || last + 1 == next
}

/// The free labels in order.
pub(super) const fn free(k: usize) -> usize {
    (2 * k).saturating_sub(1)
}

/// The label of the last word of a state.
pub(super) const fn label_of(state: usize) -> usize {
    if state < LABELS { state } else { 0 }
}

/// The memory of a state: 0, or 1 more than a role's number.
pub(super) const fn memory(state: usize) -> usize {
    if state < LABELS { state.div_ceil(2) } else { state - LABELS + 1 }
}

/// The state that a label leads to.
pub(super) const fn after(state: usize, label: usize) -> usize {
    if label > 0 || memory(state) == 0 { label } else { LABELS + memory(state) - 1 }
}

/// What labels after one another weigh.
pub(super) struct Order<'a> {
    pub start: &'a [i16; LABELS],
    /// `transitions[state][label]`.
    pub transitions: &'a [[i16; LABELS]; STATES],
}

impl Order<'_> {
    /// The labels of words whose weights sum up to most. `emissions` are what the words speak for, `joint` what a word does
    /// after each memory, if anything; `may` holds a bit for each label that a word may have, and nothing where all may have
    /// any.
    pub fn best_labels(
        &self,
        emissions: &[[i16; LABELS]],
        mut joint: impl FnMut(usize) -> Option<Joint<i32>>,
        may: &[u32],
    ) -> Vec<u8> {
        const SILENT: Joint<i32> = [[0; FREE]; MEMORIES];
        // Of one width and in one piece, so that all of them are compared at once.
        let into_begin: [[i32; BEGINS]; STATES] =
            self.transitions.map(|row| std::array::from_fn(|role| i32::from(row[free(1 + role)])));
        let mut best = [i32::MIN / 2; STATES];
        let mut back: Vec<[u8; STATES]> = Vec::with_capacity(emissions.len());
        for (at, emission) in emissions.iter().enumerate() {
            let mut emission = emission.map(i32::from);
            if let Some(mask) = may.get(at) {
                (0..LABELS).filter(|y| mask >> y & 1 == 0).for_each(|y| emission[y] -= FORBIDDEN);
            }
            let mut next = [i32::MIN / 2; STATES];
            let mut from = [0u8; STATES];
            if at == 0 {
                for y in (0..LABELS).filter(|&y| may_follow(0, y)) {
                    next[y] = i32::from(self.start[y]) + emission[y];
                }
            } else {
                let joint = joint(at).unwrap_or(SILENT);
                let (mut top, mut arg) = ([i32::MIN; BEGINS], [0i32; BEGINS]);
                for (last, (&before, order)) in best.iter().zip(&into_begin).enumerate() {
                    let [_, joint @ ..] = &joint[memory(last)];
                    for k in 0..BEGINS {
                        let score = before + order[k] + joint[k];
                        arg[k] = if score > top[k] { last as i32 } else { arg[k] };
                        top[k] = if score > top[k] { score } else { top[k] };
                    }
                }
                let of = |last: usize, label: usize| {
                    let joint = if label == 0 { joint[memory(last)][0] } else { 0 };
                    (best[last] + i32::from(self.transitions[last][label]) + joint, last)
                };
                let mut lead = |to: usize, (top, last): (i32, usize)| {
                    next[to] = top + emission[label_of(to)];
                    from[to] = last as u8;
                };
                lead(0, of(0, 0));
                for role in 0..ROLES.len() {
                    let (begin, inside, outside) = (1 + 2 * role, 2 + 2 * role, LABELS + role);
                    lead(begin, (top[role], arg[role] as usize));
                    lead(inside, better(of(begin, inside), of(inside, inside)));
                    lead(outside, better(of(outside, 0), better(of(begin, 0), of(inside, 0))));
                }
            }
            best = next;
            back.push(from);
        }
        let mut state = (0..STATES).rev().max_by_key(|&y| best[y]).unwrap_or(0);
        let mut labels = vec![0; emissions.len()];
        for (slot, from) in labels.iter_mut().zip(&back).rev() {
            *slot = label_of(state) as u8;
            state = usize::from(from[state]);
        }
        labels
    }
}

/// The first where they are even.
fn better(a: (i32, usize), b: (i32, usize)) -> (i32, usize) {
    if a.0 >= b.0 { a } else { b }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_continues_only_what_began() {
        assert!(may_follow(1, 2) && may_follow(2, 2) && may_follow(2, 1) && may_follow(4, 0));
        assert!(!may_follow(0, 2) && !may_follow(3, 2) && !may_follow(2, 4));
    }

    #[test]
    fn what_is_outside_remembers_the_span_before() {
        let outside = after(after(after(0, 5), 6), 0);
        assert_eq!((label_of(outside), memory(outside)), (0, 3));
        assert_eq!(after(outside, 0), outside);
        assert_eq!(after(outside, 1), 1);
        assert_eq!((after(0, 0), memory(0)), (0, 0));
        assert!((0..STATES).all(|state| memory(state) < MEMORIES && label_of(state) < LABELS));
    }

    #[test]
    fn what_a_word_says_after_a_role_counts_across_words_between() {
        let (start, transitions) = ([0; LABELS], [[0; LABELS]; STATES]);
        let order = Order { start: &start, transitions: &transitions };
        // The first word begins data; the third may begin an actor, or more data where data came before.
        let emissions = [(5, 9), (0, 9), (1, 1)].map(|(label, weight)| {
            let mut emission = [0; LABELS];
            emission[2] = -99;
            emission[label] = weight;
            emission
        });
        let joint = |at| {
            let mut joint = [[0; FREE]; MEMORIES];
            joint[3][3] = 5;
            (at == 2).then_some(joint)
        };
        assert_eq!(order.best_labels(&emissions, joint, &[]), [5, 0, 5]);
        assert_eq!(order.best_labels(&emissions, |_| None, &[]), [5, 0, 1]);
    }
}
