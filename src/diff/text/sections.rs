//! Which section of one side is which of the other: by heading path, by place and likeness, then wherever it stands.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use super::items::{Item, Side, common};
use super::sequence::{equal_in_order, gaps, heaviest_chain};
use crate::diff::Relation;

/// Sections less alike than this are different sections.
const ALIKE: f32 = 0.4;
/// N-grams in more sections than this say nothing about which is which.
const MOST_PLACES: usize = 12;

/// What is compared of a section.
struct Outline<'s> {
    /// Equal when all headings from the top are.
    path: u32,
    /// Its heading.
    heading: Option<&'s Item<'s>>,
    /// Its own blocks, heading not included.
    body: &'s [usize],
    side: &'s Side<'s>,
    grams: OnceCell<Vec<u64>>,
    clues: OnceCell<Vec<u64>>,
}

impl<'s> Outline<'s> {
    fn all(side: &'s Side, paths: &mut BTreeMap<(u32, u32), u32>) -> Vec<Outline<'s>> {
        let mut out: Vec<Outline> = Vec::with_capacity(side.own.len());
        for (section, units) in side.own.iter().enumerate() {
            let heading = units
                .first()
                .map(|&u| &**side.item(u))
                .filter(|item| section > 0 && item.class == super::items::Class::Heading);
            let body = &units[usize::from(heading.is_some())..];
            let parent = side.document.sections.get(section).map_or(0, |s| s.parent);
            let above = if parent < section { out[parent].path } else { u32::MAX };
            let next = u32::try_from(paths.len()).unwrap_or(u32::MAX);
            let path = *paths.entry((above, heading.map_or(u32::MAX, |h| h.folded))).or_insert(next);
            out.push(Outline { path, heading, body, side, grams: OnceCell::new(), clues: OnceCell::new() });
        }
        out
    }

    /// N-grams of its own blocks, heading not included, sorted, each once.
    fn grams(&self) -> &[u64] {
        self.grams.get_or_init(|| {
            let mut grams: Vec<u64> =
                self.body.iter().flat_map(|&u| self.side.item(u).grams()).copied().collect();
            grams.sort_unstable();
            grams.dedup();
            grams
        })
    }

    /// N-grams by which candidates are found: those of the body, and of the heading.
    fn clues(&self) -> &[u64] {
        self.clues.get_or_init(|| {
            self.grams().iter().chain(self.heading.iter().flat_map(|h| h.grams())).copied().collect()
        })
    }

    /// How alike two sections are, 0 to 1: as headings, and in how much of the smaller body the larger contains.
    fn similarity(&self, other: &Outline) -> f32 {
        let heading = match (self.heading, other.heading) {
            (Some(a), Some(b)) => a.similarity(b),
            _ => 0.0,
        };
        let smaller = self.grams().len().min(other.grams().len());
        if smaller < 4 {
            return heading;
        }
        let contained = common(self.grams(), other.grams()) as f32 / smaller as f32;
        // One of the two may be wholly new, so the better one counts most; both together count more.
        heading.max(contained) * 0.8 + heading.min(contained) * 0.2
    }

    fn weight(&self, other: &Outline) -> f32 {
        let alike = self.similarity(other);
        if alike < ALIKE { 0.0 } else { alike * (8 + self.grams().len() + other.grams().len()) as f32 }
    }
}

/// For each section of `a` its counterpart in `b`. Section 0, the whole document, always has section 0.
pub(super) fn pair(a: &Side, b: &Side, relation: Relation) -> Vec<Option<usize>> {
    let mut paths = BTreeMap::new();
    let (a, b) = (Outline::all(a, &mut paths), Outline::all(b, &mut paths));
    let mut of_a = vec![None; a.len()];
    let mut taken = vec![false; b.len()];
    let mut set = |i: usize, j: usize, taken: &mut Vec<bool>| {
        if of_a[i].is_none() && !taken[j] {
            of_a[i] = Some(j);
            taken[j] = true;
        }
    };
    set(0, 0, &mut taken);
    if relation == Relation::Versions {
        let keys = |side: &[Outline]| side.iter().map(|s| s.path).collect::<Vec<_>>();
        let exact = equal_in_order(&keys(&a), &keys(&b));
        for &(i, j) in &exact {
            set(i, j, &mut taken);
        }
        for ([a0, a1], [b0, b1]) in gaps(&exact, a.len(), b.len()) {
            let weight = |i: usize, j: usize| {
                if a0 + i == 0 || b0 + j == 0 { 0.0 } else { a[a0 + i].weight(&b[b0 + j]) }
            };
            for (i, j) in
                heaviest_chain(a1 - a0, b1 - b0, &weight, &|i| a[a0 + i].clues(), &|j| b[b0 + j].clues())
            {
                set(a0 + i, b0 + j, &mut taken);
            }
        }
    }
    // What is left may stand anywhere: most alike first.
    let free = |of_a: &[Option<usize>]| (0..a.len()).filter(|&i| of_a[i].is_none()).collect::<Vec<_>>();
    let left = free(&of_a);
    let mut places: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for (j, section) in b.iter().enumerate().filter(|&(j, _)| !taken[j]) {
        for &clue in section.clues() {
            let list = places.entry(clue).or_default();
            if list.len() <= MOST_PLACES {
                list.push(j);
            }
        }
    }
    let mut candidates = Vec::new();
    for &i in &left {
        let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
        for list in
            a[i].clues().iter().filter_map(|clue| places.get(clue)).filter(|list| list.len() <= MOST_PLACES)
        {
            for &j in list {
                *votes.entry(j).or_default() += 1;
            }
        }
        let mut likely: Vec<(usize, usize)> = votes.into_iter().map(|(j, count)| (count, j)).collect();
        likely.sort_by(|x, y| y.0.cmp(&x.0).then(x.1.cmp(&y.1)));
        for (_, j) in likely.into_iter().take(MOST_PLACES) {
            let alike = a[i].similarity(&b[j]);
            if alike >= ALIKE {
                candidates.push((alike, a[i].path == b[j].path, i, j));
            }
        }
    }
    candidates.sort_by(|x, y| {
        y.0.total_cmp(&x.0)
            .then(y.1.cmp(&x.1))
            .then(x.2.abs_diff(x.3).cmp(&y.2.abs_diff(y.3)))
            .then((x.2, x.3).cmp(&(y.2, y.3)))
    });
    for (.., i, j) in candidates {
        if of_a[i].is_none() && !taken[j] {
            of_a[i] = Some(j);
            taken[j] = true;
        }
    }
    of_a
}
