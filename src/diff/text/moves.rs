//! Blocks that stand elsewhere: equal ones first, then those that are alike though edited.

use std::collections::{BTreeMap, HashMap};
use std::rc::Rc;

use super::blocks::Pairs;
use super::items::{Class, Item, Side, dice};

/// Shorter blocks are equal by chance.
const FEWEST_WORDS: usize = 8;
/// Share of common 4-grams from which an edited block counts as the same one.
const ALIKE: f32 = 0.6;
/// N-grams in more blocks than this do not lead to candidates.
const MOST_PLACES: usize = 16;

/// Pairs equal blocks wherever they stand. Repeated ones are paired in order.
pub(super) fn equal(a: &Side, b: &Side, pairs: &mut Pairs) {
    equal_among(a, b, &pairs.left_a(), &pairs.left_b(), FEWEST_WORDS, pairs);
}

/// Pairs equal short blocks that changed places within their section: items of a list that was sorted anew.
pub(super) fn reordered(a: &Side, b: &Side, sections: &[Option<usize>], pairs: &mut Pairs) {
    for (s, t) in sections.iter().enumerate() {
        let (Some(own_a), Some(own_b)) = (a.own.get(s), t.and_then(|t| b.own.get(t))) else { continue };
        let left: Vec<usize> = own_a.iter().copied().filter(|&i| pairs.of_a[i].is_none()).collect();
        let right: Vec<usize> = own_b.iter().copied().filter(|&j| pairs.of_b[j].is_none()).collect();
        equal_among(a, b, &left, &right, 1, pairs);
    }
}

fn equal_among(a: &Side, b: &Side, left: &[usize], right: &[usize], fewest: usize, pairs: &mut Pairs) {
    let long = |item: &Item| item.length() >= fewest && !item.is_empty();
    let mut places: HashMap<u32, Vec<usize>> = HashMap::new();
    for &j in right.iter().rev().filter(|&&j| long(b.item(j))) {
        places.entry(b.item(j).cased).or_default().push(j);
    }
    for &i in left.iter().filter(|&&i| long(a.item(i))) {
        if let Some(j) = places.get_mut(&a.item(i).cased).and_then(Vec::pop) {
            pairs.set(i, j);
        }
    }
}

/// Pairs blocks that share most of their 4-grams wherever they stand, most alike first.
pub(super) fn alike(a: &Side, b: &Side, pairs: &mut Pairs) {
    let long = |item: &Item| item.length() >= FEWEST_WORDS && item.class != Class::Heading;
    let left: Vec<usize> = pairs.left_a().into_iter().filter(|&i| long(a.item(i))).collect();
    let right: Vec<usize> = pairs.left_b().into_iter().filter(|&j| long(b.item(j))).collect();
    let (x, y) = (items(a, &left), items(b, &right));
    for (i, j, _) in
        candidates(&x, &y, &|p, q| if p.class == q.class { dice(p.grams(), q.grams()) } else { 0.0 }, ALIKE)
    {
        pairs.set(left[i], right[j]);
    }
}

fn items<'a>(side: &Side<'a>, units: &[usize]) -> Vec<Rc<Item<'a>>> {
    units.iter().map(|&unit| Rc::clone(side.item(unit))).collect()
}

/// Pairs of items that share a rare 4-gram and are at least so much alike, most alike first.
pub(super) fn candidates(
    a: &[Rc<Item>],
    b: &[Rc<Item>],
    similarity: &dyn Fn(&Item, &Item) -> f32,
    least: f32,
) -> Vec<(usize, usize, f32)> {
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for (j, item) in b.iter().enumerate() {
        for &gram in item.grams() {
            let list = places.entry(gram).or_default();
            if list.len() <= MOST_PLACES {
                list.push(j);
            }
        }
    }
    let mut out = Vec::new();
    for (i, item) in a.iter().enumerate() {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for list in
            item.grams().iter().filter_map(|gram| places.get(gram)).filter(|list| list.len() <= MOST_PLACES)
        {
            for &j in list {
                *votes.entry(j).or_default() += 1;
            }
        }
        let mut likely: Vec<(usize, usize)> = votes.into_iter().map(|(j, count)| (count, j)).collect();
        likely.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        for (_, j) in likely.into_iter().take(MOST_PLACES) {
            let alike = similarity(item, &b[j]);
            if alike >= least {
                out.push((i, j, alike));
            }
        }
    }
    out.sort_by(|x, y| {
        y.2.total_cmp(&x.2).then(x.0.abs_diff(x.1).cmp(&y.0.abs_diff(y.1))).then((x.0, x.1).cmp(&(y.0, y.1)))
    });
    out
}
