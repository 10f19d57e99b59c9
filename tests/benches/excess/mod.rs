//! Excess words: how many more words are shown as deleted or inserted than the shortest edit script needs.
//!
//! Words are those of [`tokenize`], equal when their normal form and their capitals are; punctuation does not count.
//! - `blocks`: within blocks that stand beside each other, moved ones too, against the shortest script of each such pair.
//! - `whole`: all words of both texts, blocks that only one side has too, against the shortest script of the whole texts,
//!   which knows neither blocks nor moves. A moved block costs what was edited in it.
//! - `unmoved`: the same with all words of a moved block deleted here and inserted there, as the shortest script has them.
//!
//! Beside each stands what `similar` shows with its defaults (Myers on words, or characters of Chinese) on the same words.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use polidiff::diff::Relation;
use polidiff::diff::text::{self, Mark, RowKind, TextDiff};
use polidiff::document::Document;
use polidiff::text::{Span, TokenKind, normal, tokenize};
use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::common;

/// Words shown by us, by `similar`, and by the shortest script.
#[derive(Clone, Copy, Default)]
struct Shown {
    ours: usize,
    similar: usize,
    shortest: usize,
}

impl Shown {
    fn add(&mut self, other: Shown) {
        self.ours += other.ours;
        self.similar += other.similar;
        self.shortest += other.shortest;
    }

    fn ratio(self, of: fn(Shown) -> usize) -> f64 {
        if self.shortest == 0 { 1.0 } else { of(self) as f64 / self.shortest as f64 }
    }
}

/// Prints the measures of each pair, worst last, and their sums.
pub fn report(folder: Option<&Path>) {
    let pairs = match folder {
        Some(folder) => pairs(folder),
        None => common::sample_pairs()
            .into_iter()
            .chain(common::cases().iter().map(|c| common::sides(c)))
            .collect(),
    };
    let mut measured: Vec<(String, [Shown; 3])> =
        pairs.iter().map(|(old, new)| (label(old), measure(old, new))).collect();
    let mut sums = [Shown::default(); 3];
    for (_, shown) in &measured {
        sums.iter_mut().zip(shown).for_each(|(sum, shown)| sum.add(*shown));
    }
    measured.sort_by(|a, b| a.1[0].ratio(|s| s.ours).total_cmp(&b.1[0].ratio(|s| s.ours)));
    println!("{:24} {:>24} {:>24} {:>24}", "shown/shortest (similar)", "blocks", "whole", "unmoved");
    for (name, shown) in &measured {
        println!("{name:24} {}", line(shown));
    }
    println!("{:24} {}", format!("sum of {}", measured.len()), line(&sums));
    for (k, measure) in ["blocks", "whole", "unmoved"].iter().enumerate() {
        let worst = |of: fn(Shown) -> usize| measured.iter().map(|(_, s)| s[k].ratio(of)).fold(0.0, f64::max);
        println!(
            "{measure:8} sum {:.3} worst {:.3}; similar: sum {:.3} worst {:.3}",
            sums[k].ratio(|s| s.ours),
            worst(|s| s.ours),
            sums[k].ratio(|s| s.similar),
            worst(|s| s.similar),
        );
    }
}

fn line(shown: &[Shown]) -> String {
    let cell = |s: &Shown| {
        format!("{:>6}/{:<6} {:.2} ({:.2})", s.ours, s.shortest, s.ratio(|s| s.ours), s.ratio(|s| s.similar))
    };
    shown.iter().map(cell).collect::<Vec<_>>().join("  ")
}

/// Files `ID-old.md` and `ID-new.md`.
fn pairs(folder: &Path) -> Vec<(PathBuf, PathBuf)> {
    let new = |old: &Path| {
        let name = common::name(old);
        let (id, end) = name.rsplit_once("-old.")?;
        Some(old.with_file_name(format!("{id}-new.{end}"))).filter(|new| new.exists())
    };
    common::entries(folder).into_iter().filter_map(|old| Some((old.clone(), new(&old)?))).collect()
}

fn label(old: &Path) -> String {
    let name = common::name(old);
    match name.strip_prefix("old.") {
        Some(_) => common::name(old.parent().unwrap()),
        None => name.split("-old.").next().unwrap().to_string(),
    }
}

fn measure(old: &Path, new: &Path) -> [Shown; 3] {
    let read = |path: &Path| common::document(&common::name(path), &std::fs::read(path).unwrap());
    let (old, new) = (read(old), read(new));
    let diff = text::align(&old, &new, Relation::Versions);
    let mut words = Words::default();
    let blocks = in_blocks(&old, &new, &diff, &mut words);
    let (removed, added) = one_sided(&old, &new, &diff, &mut words, false);
    let (moved_removed, moved_added) = one_sided(&old, &new, &diff, &mut words, true);
    let mut all = |document: &Document| -> Vec<u32> {
        document.blocks.iter().flat_map(|b| words.of(document.words(b.body))).collect()
    };
    let (a, b) = (all(&old), all(&new));
    let whole = Shown {
        ours: blocks.ours + removed + added,
        similar: by_similar(&a, &b),
        shortest: shortest(&a, &b),
    };
    let still = in_pairs(&old, &new, &diff, &mut words, |kind| kind == RowKind::Modified);
    [blocks, whole, Shown { ours: still.ours + moved_removed + moved_added, ..whole }]
}

fn in_blocks(old: &Document, new: &Document, diff: &TextDiff, words: &mut Words) -> Shown {
    in_pairs(old, new, diff, words, |_| true)
}

fn in_pairs(
    old: &Document,
    new: &Document,
    diff: &TextDiff,
    words: &mut Words,
    counts: impl Fn(RowKind) -> bool,
) -> Shown {
    let mut sum = Shown::default();
    for row in diff.rows.iter().filter(|row| counts(row.kind)) {
        let Some((first, last)) = row.runs.first().zip(row.runs.last()) else { continue };
        let (a, b) = (first.old.cover(last.old), first.new.cover(last.new));
        let (a, b) = (words.of(old.words(a)), words.of(new.words(b)));
        let marked =
            |words: &mut Words, document: &Document, span: Span| words.of(document.words(span)).len();
        let ours = row.runs.iter().map(|run| match run.mark {
            Mark::Same => 0,
            Mark::Deleted => marked(words, old, run.old),
            Mark::Inserted => marked(words, new, run.new),
        });
        let ours = ours.sum();
        sum.add(Shown { ours, similar: by_similar(&a, &b), shortest: shortest(&a, &b) });
    }
    sum
}

/// Words of blocks that only one side has; `moved` ones too, or not.
fn one_sided(
    old: &Document,
    new: &Document,
    diff: &TextDiff,
    words: &mut Words,
    moved: bool,
) -> (usize, usize) {
    let mut sums = (0, 0);
    for row in &diff.rows {
        match (row.kind, row.old, row.new) {
            (RowKind::Removed, Some(i), _) => sums.0 += words.of(old.words(old.blocks[i].body)).len(),
            (RowKind::Added, _, Some(j)) => sums.1 += words.of(new.words(new.blocks[j].body)).len(),
            (RowKind::MovedTo, Some(i), Some(j)) if moved => {
                sums.0 += words.of(old.words(old.blocks[i].body)).len();
                sums.1 += words.of(new.words(new.blocks[j].body)).len();
            }
            _ => {}
        }
    }
    sums
}

/// Words by number.
#[derive(Default)]
struct Words(HashMap<(String, usize), u32>);

impl Words {
    fn of(&mut self, text: &str) -> Vec<u32> {
        let tokens = tokenize(text);
        let words = tokens.iter().filter(|t| t.kind == TokenKind::Word).map(|t| t.span.of(text));
        words
            .map(|word| {
                let next = u32::try_from(self.0.len()).unwrap();
                let capitals = word.chars().filter(|c| c.is_uppercase()).count();
                *self.0.entry((normal(word), capitals)).or_insert(next)
            })
            .collect()
    }
}

fn by_similar(a: &[u32], b: &[u32]) -> usize {
    let ops = capture_diff_slices(Algorithm::default(), a, b);
    let changed = ops.iter().filter(|op| !matches!(op, DiffOp::Equal { .. }));
    changed.map(|op| op.old_range().len() + op.new_range().len()).sum()
}

/// Deletions and insertions of the shortest script: all words but twice the longest common subsequence, whose length
/// follows from one row of bits per word (Hyyrö 2004).
fn shortest(a: &[u32], b: &[u32]) -> usize {
    let mut places: HashMap<u32, Vec<u64>> = HashMap::new();
    let width = a.len().div_ceil(64);
    for (i, word) in a.iter().enumerate() {
        places.entry(*word).or_insert_with(|| vec![0; width])[i / 64] |= 1 << (i % 64);
    }
    let mut row = vec![u64::MAX; width];
    for places in b.iter().filter_map(|word| places.get(word)) {
        let mut carry = false;
        for (bits, &here) in row.iter_mut().zip(places) {
            let (sum, first) = bits.overflowing_add(*bits & here);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *bits = sum | (*bits & !here);
        }
    }
    let common: usize = (0..a.len()).filter(|i| row[i / 64] >> (i % 64) & 1 == 0).count();
    a.len() + b.len() - 2 * common
}
