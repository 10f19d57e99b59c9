//! Two sequences put side by side: what all levels of the text diff share.
//!
//! Equal keys first, then the heaviest chain of similar items in the gaps. Where a gap is too large to compare all with
//! all, n-grams that occur once on each side lead the way: budgets of size, not of time, so that every machine gives
//! the same answer.

use std::collections::BTreeMap;
use std::collections::HashMap;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Gaps of more cells than this are not compared all with all.
const MOST_CELLS: usize = 160_000;

/// Longer sequences are aligned by their unique keys.
const MOST_KEYS: usize = 8_000;

/// Pairs of positions with equal keys, in order on both sides.
pub(super) fn equal_in_order(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    // Histogram aligns better, but takes quadratic time where edits are strewn over a long sequence.
    let algorithm = if a.len() + b.len() > MOST_KEYS { Algorithm::Patience } else { Algorithm::Histogram };
    for op in capture_diff_slices(algorithm, a, b) {
        if let DiffOp::Equal { old_index, new_index, len } = op {
            pairs.extend((0..len).map(|k| (old_index + k, new_index + k)));
        }
    }
    pairs
}

/// The gaps between pairs: ranges of both sides that hold no pair.
pub(super) fn gaps(pairs: &[(usize, usize)], n: usize, m: usize) -> Vec<([usize; 2], [usize; 2])> {
    let mut out = Vec::new();
    let (mut i, mut j) = (0, 0);
    for &(a, b) in pairs.iter().chain(std::iter::once(&(n, m))) {
        if a > i && b > j {
            out.push(([i, a], [j, b]));
        }
        (i, j) = (a + 1, b + 1);
    }
    out
}

/// The chain of pairs with the greatest sum of weights, in order on both sides. A weight of 0 forbids a pair.
pub(super) fn heaviest_chain<'g>(
    n: usize,
    m: usize,
    weight: &dyn Fn(usize, usize) -> f32,
    grams_a: &dyn Fn(usize) -> &'g [u64],
    grams_b: &dyn Fn(usize) -> &'g [u64],
) -> Vec<(usize, usize)> {
    if n == 0 || m == 0 {
        return Vec::new();
    }
    if n.saturating_mul(m) <= MOST_CELLS {
        return all_with_all(n, m, weight);
    }
    let anchors = rare_anchors(n, m, weight, grams_a, grams_b);
    let mut out = Vec::new();
    for ([a0, a1], [b0, b1]) in gaps(&anchors, n, m) {
        if (a1 - a0).saturating_mul(b1 - b0) <= MOST_CELLS {
            let inner = all_with_all(a1 - a0, b1 - b0, &|i, j| weight(a0 + i, b0 + j));
            out.extend(inner.into_iter().map(|(i, j)| (a0 + i, b0 + j)));
        }
    }
    out.extend(anchors);
    out.sort_unstable();
    out
}

/// Needleman–Wunsch without penalties: skipping costs nothing, pairs weigh what they share.
fn all_with_all(n: usize, m: usize, weight: &dyn Fn(usize, usize) -> f32) -> Vec<(usize, usize)> {
    let width = m + 1;
    let mut best = vec![0f32; (n + 1) * width];
    let mut paired = vec![false; n * m];
    for i in (0..n).rev() {
        for j in (0..m).rev() {
            let skip = best[(i + 1) * width + j].max(best[i * width + j + 1]);
            let w = weight(i, j);
            let take = best[(i + 1) * width + j + 1] + w;
            let better = w > 0.0 && take >= skip;
            best[i * width + j] = if better { take } else { skip };
            paired[i * m + j] = better;
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while i < n && j < m {
        if paired[i * m + j] {
            out.push((i, j));
            (i, j) = (i + 1, j + 1);
        } else if best[(i + 1) * width + j] >= best[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// Pairs that share most n-grams among those that occur in one item of each side.
fn rare_anchors<'g>(
    n: usize,
    m: usize,
    weight: &dyn Fn(usize, usize) -> f32,
    grams_a: &dyn Fn(usize) -> &'g [u64],
    grams_b: &dyn Fn(usize) -> &'g [u64],
) -> Vec<(usize, usize)> {
    let once = |count: usize, grams: &dyn Fn(usize) -> &'g [u64]| {
        let mut place: HashMap<u64, Option<usize>> = HashMap::new();
        for i in 0..count {
            for &gram in grams(i) {
                place.entry(gram).and_modify(|p| *p = None).or_insert(Some(i));
            }
        }
        place
    };
    let places = once(m, grams_b);
    let mut votes: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (gram, i) in once(n, grams_a) {
        if let (Some(i), Some(Some(j))) = (i, places.get(&gram)) {
            *votes.entry((i, *j)).or_default() += 1;
        }
    }
    let (mut best_a, mut best_b) = (vec![(0, 0); n], vec![(0, 0); m]);
    for (&(i, j), &count) in &votes {
        if count > best_a[i].0 {
            best_a[i] = (count, j);
        }
        if count > best_b[j].0 {
            best_b[j] = (count, i);
        }
    }
    let (candidates, weights): (Vec<(usize, usize)>, Vec<f32>) = (0..n)
        .filter(|&i| best_a[i].0 > 0 && best_b[best_a[i].1].1 == i)
        .map(|i| ((i, best_a[i].1), weight(i, best_a[i].1)))
        .filter(|&(_, w)| w > 0.0)
        .unzip();
    increasing(&candidates, &|k| weights[k])
}

/// Of pairs sorted by their first place, the subset of greatest weight whose second places rise too. Weights are positive,
/// so that all pairs are wanted where all rise, as in most versions of a policy; they are asked for by place in the list.
pub(super) fn increasing(pairs: &[(usize, usize)], weight: &dyn Fn(usize) -> f32) -> Vec<(usize, usize)> {
    if pairs.is_sorted_by(|a, b| a.1 < b.1) {
        return pairs.to_vec();
    }
    // A Fenwick tree over second places holds the heaviest chain that ends at or before each.
    let size = pairs.iter().map(|p| p.1 + 1).max().unwrap_or(0);
    let mut tree: Vec<(f64, usize)> = vec![(0.0, usize::MAX); size + 1];
    let mut before = vec![usize::MAX; pairs.len()];
    let mut heaviest = (0.0, usize::MAX);
    for (k, &(_, j)) in pairs.iter().enumerate() {
        let mut chain = (0.0, usize::MAX);
        let mut at = j;
        while at > 0 {
            if tree[at].0 > chain.0 {
                chain = tree[at];
            }
            at &= at - 1;
        }
        before[k] = chain.1;
        let here = (chain.0 + f64::from(weight(k)), k);
        if here.0 > heaviest.0 {
            heaviest = here;
        }
        let mut at = j + 1;
        while at <= size {
            if here.0 > tree[at].0 {
                tree[at] = here;
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut out = Vec::new();
    let mut at = heaviest.1;
    while let Some(&(i, j)) = pairs.get(at) {
        out.push((i, j));
        at = before[at];
    }
    out.reverse();
    out
}
