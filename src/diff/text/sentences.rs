//! Which sentence is which: within paired blocks first, then anywhere, so that a split, a merged or a moved paragraph
//! leaves its sentences the same.

use std::collections::HashMap;
use std::rc::Rc;

use super::items::{Item, Side};
use super::moves::candidates;
use super::sequence::{equal_in_order, heaviest_chain};
use crate::document::BlockKind;
use crate::text::normal;

/// Sentences of paired blocks that are less alike than this are different sentences.
const ALIKE_IN_BLOCK: f32 = 0.4;
/// The same for sentences anywhere.
const ALIKE: f32 = 0.6;
/// Shorter sentences are found elsewhere only when equal.
const FEWEST_WORDS: usize = 6;
/// Equal sentences shorter than this are left to their own blocks first.
const FEWEST_WORDS_EQUAL: usize = 4;

/// For each sentence of `a` its counterpart in `b`.
pub(super) fn pair(a: &Side, b: &Side, blocks: &[(usize, usize)]) -> Vec<Option<usize>> {
    let mut of_a: Vec<Option<usize>> = vec![None; a.sentences.len()];
    let mut taken = vec![false; b.sentences.len()];
    let within = |side: &Side, block: usize, count: usize| {
        let (start, end) = side.document.blocks.get(block).map_or((0, 0), |b| b.sentences);
        start.min(count)..end.min(count).max(start.min(count))
    };
    let own = |&(x, y): &(usize, usize)| (within(a, x, a.sentences.len()), within(b, y, b.sentences.len()));
    for (x, y) in blocks.iter().map(own) {
        let keys = |items: &[Rc<Item>]| items.iter().map(|s| s.folded).collect::<Vec<_>>();
        for (i, j) in equal_in_order(&keys(&a.sentences[x.clone()]), &keys(&b.sentences[y.clone()])) {
            set(x.start + i, y.start + j, &mut of_a, &mut taken);
        }
        // Sorted anew within the block.
        let free_b: Vec<usize> = y.clone().filter(|&j| !taken[j]).collect();
        let free_a: Vec<usize> = x.filter(|&i| of_a[i].is_none()).collect();
        equal_anywhere(a, b, &free_a, &free_b, 1, &mut of_a, &mut taken);
    }
    let left = |of_a: &[Option<usize>]| (0..of_a.len()).filter(|&i| of_a[i].is_none()).collect::<Vec<_>>();
    let right = |taken: &[bool]| (0..taken.len()).filter(|&j| !taken[j]).collect::<Vec<_>>();
    equal_anywhere(a, b, &left(&of_a), &right(&taken), FEWEST_WORDS_EQUAL, &mut of_a, &mut taken);
    for (x, y) in blocks.iter().map(own) {
        let x: Vec<usize> = x.filter(|&i| of_a[i].is_none()).collect();
        let y: Vec<usize> = y.filter(|&j| !taken[j]).collect();
        let alone = x.len() == 1 && y.len() == 1;
        let weight = |i: usize, j: usize| {
            let (p, q) = (&a.sentences[x[i]], &b.sentences[y[j]]);
            let least = if alone { ALIKE_IN_BLOCK / 2.0 } else { ALIKE_IN_BLOCK };
            if p.bound(q) < least {
                return 0.0;
            }
            let alike = p.similarity(q);
            if alike < least { 0.0 } else { alike * (p.length() + q.length()) as f32 }
        };
        let chain = heaviest_chain(x.len(), y.len(), &weight, &|i| a.sentences[x[i]].grams(), &|j| {
            b.sentences[y[j]].grams()
        });
        for (i, j) in chain {
            set(x[i], y[j], &mut of_a, &mut taken);
        }
    }
    let long = |item: &Item| item.length() >= FEWEST_WORDS;
    let x: Vec<usize> = left(&of_a).into_iter().filter(|&i| long(&a.sentences[i])).collect();
    let y: Vec<usize> = right(&taken).into_iter().filter(|&j| long(&b.sentences[j])).collect();
    for (i, j, _) in candidates(&items(a, &x), &items(b, &y), &|p, q| p.similarity(q), ALIKE) {
        set(x[i], y[j], &mut of_a, &mut taken);
    }
    equal_anywhere(a, b, &left(&of_a), &right(&taken), 1, &mut of_a, &mut taken);
    of_a
}

fn items<'a>(side: &Side<'a>, sentences: &[usize]) -> Vec<Rc<Item<'a>>> {
    sentences.iter().map(|&s| Rc::clone(&side.sentences[s])).collect()
}

fn set(i: usize, j: usize, of_a: &mut [Option<usize>], taken: &mut [bool]) {
    if of_a[i].is_none() && !taken[j] {
        of_a[i] = Some(j);
        taken[j] = true;
    }
}

/// Pairs equal sentences among those left. Repeated ones are paired in order.
fn equal_anywhere(
    a: &Side,
    b: &Side,
    left: &[usize],
    right: &[usize],
    fewest: usize,
    of_a: &mut [Option<usize>],
    taken: &mut [bool],
) {
    if left.is_empty() || right.is_empty() {
        return;
    }
    let key = |side: &Side, s: usize| (side.sentences[s].folded, context(side, s));
    let mut places: HashMap<(u32, String), Vec<usize>> = HashMap::new();
    for &j in right.iter().rev().filter(|&&j| b.sentences[j].length() >= fewest) {
        places.entry(key(b, j)).or_default().push(j);
    }
    for &i in left.iter().filter(|&&i| a.sentences[i].length() >= fewest) {
        if let Some(j) = places.get_mut(&key(a, i)).and_then(Vec::pop) {
            set(i, j, of_a, taken);
        }
    }
}

/// What gives a sentence its meaning beside its words: an item under "We do not collect:" is not the same under "We
/// collect:", and a short one means what its section is about.
fn context(side: &Side, sentence: usize) -> String {
    let document = side.document;
    let Some(block) = document.sentences.get(sentence).and_then(|s| document.blocks.get(s.block)) else {
        return String::new();
    };
    let short = side.sentences[sentence].length() < FEWEST_WORDS_EQUAL;
    let section = document.sections.get(block.section).filter(|_| short).map_or("", |s| s.title.as_str());
    let lead_in = block.lead_in.and_then(|b| document.blocks.get(b)).map_or("", |b| document.words(b.body));
    let cell = if matches!(block.kind, BlockKind::Cell { .. }) { "|" } else { "" };
    normal(&format!("{cell} {section} {lead_in}"))
}
