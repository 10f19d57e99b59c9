//! Two documents side by side: which block, sentence and word of the old one is which of the new one.
//!
//! Sections, then blocks, then sentences, then words; each level narrows the next. The answer holds indices and spans
//! only. It does not depend on which side is called old: documents are compared in one canonical direction and the
//! answer is mirrored where needed.

mod blocks;
mod items;
mod joints;
mod moves;
mod sections;
mod sentences;
mod sequence;
mod words;

#[cfg(test)]
mod sample;
#[cfg(test)]
mod tests;

pub use words::runs;

use std::cmp::Ordering;
use std::collections::BTreeMap;

use blocks::Pairs;
use items::{Items, Side, body};

use crate::diff::Relation;
use crate::document::Document;
use crate::text::{Span, TokenKind, tokens};

/// Two documents side by side.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TextDiff {
    /// Blocks, in the order of the new document; removed ones at their old place.
    pub rows: Vec<Row>,
    /// Sentences, in the same order; each of either side occurs once.
    pub sentences: Vec<SentencePair>,
    /// How many words stayed, came and went. A word that moved has stayed.
    pub words: WordCounts,
}

/// Words, without punctuation; a Han character is a word.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WordCounts {
    /// On both sides.
    pub same: usize,
    /// Only on the new side.
    pub added: usize,
    /// Only on the old side.
    pub removed: usize,
}

/// A block, or two blocks beside each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What happened to it.
    pub kind: RowKind,
    /// Index of the old block.
    pub old: Option<usize>,
    /// Index of the new block.
    pub new: Option<usize>,
    /// Words of both blocks' bodies; empty unless there are two blocks that differ or have moved.
    pub runs: Vec<Run>,
    /// For moved blocks: the row where the other end stands.
    pub moved: Option<usize>,
    /// Whether one of its blocks was split or merged, and has words in a neighbouring row too: the runs hold those of here.
    pub part: bool,
}

impl Row {
    fn one_sided(kind: RowKind, old: Option<usize>, new: Option<usize>) -> Row {
        Row { kind, old, new, runs: Vec::new(), moved: None, part: false }
    }
}

/// What happened to a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RowKind {
    /// The words are equal; quotes, widths, blanks, bullets and numbers may differ.
    Same,
    /// Some words differ, if only in case.
    Modified,
    /// Only the new side has it.
    Added,
    /// Only the old side has it.
    Removed,
    /// It stood here and now stands at the row `moved`.
    MovedFrom,
    /// It stood at the row `moved` and now stands here, perhaps with other words.
    MovedTo,
}

/// A stretch of words within a pair of blocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// What happened to the words.
    pub mark: Mark,
    /// Where they stand in the old text; empty, but at the right place, if nowhere.
    pub old: Span,
    /// Where they stand in the new text; empty, but at the right place, if nowhere.
    pub new: Span,
}

/// What happened to words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Both sides have them.
    Same,
    /// Only the old side has them.
    Deleted,
    /// Only the new side has them.
    Inserted,
}

/// A sentence, or two that are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentencePair {
    /// Index of the old sentence.
    pub old: Option<usize>,
    /// Index of the new sentence.
    pub new: Option<usize>,
    /// How they relate.
    pub relation: SentenceRelation,
}

/// How an old and a new sentence relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SentenceRelation {
    /// Equal but for case, quotes, widths and blanks, perhaps in another place.
    Same,
    /// The same sentence in other words.
    Modified {
        /// How alike they are, 1 to 99 percent.
        similarity: u8,
    },
    /// Only the old side has it.
    Removed,
    /// Only the new side has it.
    Added,
}

impl Run {
    fn mirrored(self) -> Run {
        let mark = match self.mark {
            Mark::Same => Mark::Same,
            Mark::Deleted => Mark::Inserted,
            Mark::Inserted => Mark::Deleted,
        };
        Run { mark, old: self.new, new: self.old }
    }
}

/// What belongs together, in no particular order.
struct Matching {
    blocks: Vec<BlockPair>,
    sentences: Vec<(usize, usize, SentenceRelation)>,
}

#[derive(Clone, Copy)]
struct BlockPair {
    old: usize,
    new: usize,
    same: bool,
    moved: bool,
}

/// Puts two documents side by side.
pub fn align(old: &Document, new: &Document, relation: Relation) -> TextDiff {
    let (rows, matching) = if direction(old, new) == Ordering::Greater {
        let there = matching(new, old, relation);
        let rows = mirrored(rows(new, old, &there));
        let blocks = there.blocks.into_iter().map(|p| BlockPair { old: p.new, new: p.old, ..p });
        let sentences = there.sentences.into_iter().map(|(i, j, relation)| (j, i, relation));
        (rows, Matching { blocks: blocks.collect(), sentences: sentences.collect() })
    } else {
        let matching = matching(old, new, relation);
        (rows(old, new, &matching), matching)
    };
    let words = count(old, new, &rows, &matching);
    TextDiff { sentences: sentence_pairs(old, new, &matching), rows, words }
}

/// Which of two documents is compared first: anything will do that does not depend on which is called old.
fn direction(old: &Document, new: &Document) -> Ordering {
    let shape = |d: &Document| {
        let sections: Vec<(usize, u8, Span)> =
            d.sections.iter().map(|s| (s.parent, s.level, s.span)).collect();
        let blocks: Vec<(usize, Span, Span)> = d.blocks.iter().map(|b| (b.section, b.span, b.body)).collect();
        let sentences: Vec<(usize, Span)> = d.sentences.iter().map(|s| (s.block, s.span)).collect();
        let kinds: Vec<String> = d.blocks.iter().map(|b| format!("{:?}", b.kind)).collect();
        (sections, blocks, sentences, kinds)
    };
    (old.text.len(), &old.text).cmp(&(new.text.len(), &new.text)).then_with(|| shape(old).cmp(&shape(new)))
}

fn matching(old: &Document, new: &Document, relation: Relation) -> Matching {
    let mut items = Items::default();
    let (a, b) = (Side::new(old, &mut items), Side::new(new, &mut items));
    let sections = sections::pair(&a, &b, relation);
    let mut pairs = Pairs::new(&a, &b);
    blocks::equal_in_sections(&a, &b, &sections, &mut pairs);
    moves::equal(&a, &b, &mut pairs);
    moves::reordered(&a, &b, &sections, &mut pairs);
    blocks::alike_in_sections(&a, &b, &sections, &mut pairs);
    blocks::alike_in_place(&a, &b, &mut pairs);
    moves::alike(&a, &b, &mut pairs);

    let mut stayed = vec![false; a.units.len()];
    for (i, _) in pairs.in_order(&a, &b) {
        stayed[i] = true;
    }
    let mut block_pairs = Vec::new();
    for (i, j) in pairs.of_a.iter().enumerate().filter_map(|(i, j)| j.map(|j| (i, j))) {
        block_pairs.extend(blocks::expand(&a, &b, i, j).into_iter().map(|(old, new)| BlockPair {
            old,
            new,
            same: a.blocks[old].cased == b.blocks[new].cased,
            moved: !stayed[i],
        }));
    }
    let plain: Vec<(usize, usize)> = block_pairs.iter().map(|p| (p.old, p.new)).collect();
    let sentences = sentences::pair(&a, &b, &plain)
        .into_iter()
        .enumerate()
        .filter_map(|(i, j)| j.map(|j| (i, j)))
        .map(|(i, j)| {
            let (x, y) = (&a.sentences[i], &b.sentences[j]);
            let relation = if x.folded == y.folded {
                SentenceRelation::Same
            } else {
                let percent = (x.similarity(y) * 100.0).round().clamp(1.0, 99.0);
                SentenceRelation::Modified { similarity: percent as u8 }
            };
            (i, j, relation)
        })
        .collect();
    Matching { blocks: block_pairs, sentences }
}

fn rows(old: &Document, new: &Document, matching: &Matching) -> Vec<Row> {
    let mut of_old: Vec<Option<&BlockPair>> = vec![None; old.blocks.len()];
    let mut of_new: Vec<Option<&BlockPair>> = vec![None; new.blocks.len()];
    for pair in &matching.blocks {
        of_old[pair.old] = Some(pair);
        of_new[pair.new] = Some(pair);
    }
    let mut rows = Vec::with_capacity(new.blocks.len());
    let (mut i, mut j) = (0, 0);
    loop {
        while let Some(pair) = of_old.get(i).filter(|p| p.is_none_or(|p| p.moved)) {
            let kind = if pair.is_some() { RowKind::MovedFrom } else { RowKind::Removed };
            rows.push(Row::one_sided(kind, Some(i), None));
            i += 1;
        }
        while let Some(pair) = of_new.get(j).filter(|p| p.is_none_or(|p| p.moved)) {
            rows.push(match pair {
                Some(pair) => {
                    let runs = runs_of(old, new, pair);
                    Row { runs, ..Row::one_sided(RowKind::MovedTo, Some(pair.old), Some(j)) }
                }
                None => Row::one_sided(RowKind::Added, None, Some(j)),
            });
            j += 1;
        }
        let (Some(Some(pair)), Some(_)) = (of_old.get(i), of_new.get(j)) else { break };
        let (kind, runs) = if pair.same {
            (RowKind::Same, Vec::new())
        } else {
            (RowKind::Modified, runs_of(old, new, pair))
        };
        rows.push(Row { runs, ..Row::one_sided(kind, Some(i), Some(j)) });
        (i, j) = (i + 1, j + 1);
    }
    linked(joints::rejoin(old, new, rows))
}

/// Rows seen from the other side: removed blocks stand before the added ones beside them, as from this side.
fn mirrored(rows: Vec<Row>) -> Vec<Row> {
    let mirror = |row: &Row| {
        let whole = |row: &Row, kind: RowKind| Row {
            kind,
            old: row.new,
            new: row.old,
            runs: words::mirrored(row.runs.clone()),
            moved: None,
            part: row.part,
        };
        match row.kind {
            RowKind::Added => whole(row, RowKind::Removed),
            RowKind::Removed => whole(row, RowKind::Added),
            RowKind::MovedTo => Row::one_sided(RowKind::MovedFrom, row.new, None),
            RowKind::MovedFrom => row
                .moved
                .and_then(|to| rows.get(to))
                .map_or_else(|| row.clone(), |to| whole(to, RowKind::MovedTo)),
            kind => whole(row, kind),
        }
    };
    let mut out: Vec<Row> = rows.iter().map(mirror).collect();
    let stands = |row: &Row| matches!(row.kind, RowKind::Same | RowKind::Modified);
    for gap in out.chunk_by_mut(|a, b| !stands(a) && !stands(b)) {
        gap.sort_by_key(|row| matches!(row.kind, RowKind::Added | RowKind::MovedTo));
    }
    linked(out)
}

/// Rows that know where the other end of a moved block stands.
fn linked(mut rows: Vec<Row>) -> Vec<Row> {
    let of_kind = |kind: RowKind| -> BTreeMap<usize, usize> {
        let ends = rows.iter().enumerate().filter(|(_, row)| row.kind == kind);
        ends.filter_map(|(at, row)| Some((row.old?, at))).collect()
    };
    let (from, to) = (of_kind(RowKind::MovedFrom), of_kind(RowKind::MovedTo));
    for (block, from) in from {
        if let Some(&to) = to.get(&block) {
            rows[from].moved = Some(to);
            rows[to].moved = Some(from);
        }
    }
    rows
}

fn runs_of(old: &Document, new: &Document, pair: &BlockPair) -> Vec<Run> {
    let (x, y) = (body(old, pair.old), body(new, pair.new));
    runs(x.of(&old.text), y.of(&new.text))
        .into_iter()
        .map(|run| Run { old: run.old.shift(x.start), new: run.new.shift(y.start), ..run })
        .collect()
}

fn count_of(text: &str) -> usize {
    tokens(text).filter(|t| t.kind == TokenKind::Word).count()
}

/// Words that two texts can share, by their number.
fn shared_words(old: &str, new: &str) -> usize {
    let count = count_of(old);
    if old == new { count } else { count.min(count_of(new)) }
}

fn words_of(document: &Document, span: Span) -> usize {
    count_of(span.of(&document.text))
}

fn count(old: &Document, new: &Document, rows: &[Row], matching: &Matching) -> WordCounts {
    let mut words = WordCounts::default();
    let (mut gone, mut come) = (Vec::new(), Vec::new());
    let mut block_of = vec![None; old.blocks.len()];
    for pair in &matching.blocks {
        block_of[pair.old] = Some(pair.new);
    }
    for row in rows {
        match (row.kind, row.old, row.new) {
            (RowKind::Same, Some(i), Some(j)) => {
                words.same += shared_words(old.words(body(old, i)), new.words(body(new, j)));
            }
            (RowKind::Removed, Some(i), _) => gone.push(body(old, i)),
            (RowKind::Added, _, Some(j)) => come.push(body(new, j)),
            _ => {}
        }
        for run in &row.runs {
            match run.mark {
                Mark::Same => words.same += shared_words(old.words(run.old), new.words(run.new)),
                Mark::Deleted => gone.push(run.old),
                Mark::Inserted => come.push(run.new),
            }
        }
    }
    gone.sort_unstable();
    come.sort_unstable();
    words.removed = gone.iter().map(|&span| words_of(old, span)).sum();
    words.added = come.iter().map(|&span| words_of(new, span)).sum();
    // A sentence that went from one block to another: what it kept has neither come nor gone.
    for &(i, j, _) in &matching.sentences {
        let (Some(x), Some(y)) = (old.sentences.get(i), new.sentences.get(j)) else { continue };
        if block_of.get(x.block).copied().flatten() == Some(y.block) {
            continue;
        }
        let kept = runs(x.span.of(&old.text), y.span.of(&new.text))
            .iter()
            .filter(|run| run.mark == Mark::Same)
            .map(|run| {
                words_of(old, run.old.shift(x.span.start)).min(words_of(new, run.new.shift(y.span.start)))
            })
            .sum::<usize>();
        let kept = kept
            .min(overlap(old, x.span, &gone))
            .min(overlap(new, y.span, &come))
            .min(words.removed)
            .min(words.added);
        words.same += kept;
        words.removed -= kept;
        words.added -= kept;
    }
    words
}

/// Words of a span that stand in some of sorted, separate spans.
fn overlap(document: &Document, span: Span, within: &[Span]) -> usize {
    let first = within.partition_point(|s| s.end <= span.start);
    within[first..]
        .iter()
        .take_while(|s| s.start < span.end)
        .map(|s| words_of(document, Span::new(s.start.max(span.start), s.end.min(span.end))))
        .sum()
}

fn sentence_pairs(old: &Document, new: &Document, matching: &Matching) -> Vec<SentencePair> {
    let mut all = matching.sentences.clone();
    all.sort_unstable_by_key(|p| p.0);
    let pairs: Vec<(usize, usize)> = all.iter().map(|p| (p.0, p.1)).collect();
    let mut paired = vec![false; old.sentences.len()];
    let mut of_new: Vec<Option<(usize, SentenceRelation)>> = vec![None; new.sentences.len()];
    for &(i, j, relation) in &all {
        paired[i] = true;
        of_new[j] = Some((i, relation));
    }
    let mut out = Vec::with_capacity(new.sentences.len());
    let (mut i, mut j) = (0, 0);
    let ends = (old.sentences.len(), new.sentences.len());
    for (old_at, new_at) in sequence::increasing(&pairs, &|_| 1.0).into_iter().chain([ends]) {
        for i in (i..old_at).filter(|&i| !paired[i]) {
            out.push(SentencePair { old: Some(i), new: None, relation: SentenceRelation::Removed });
        }
        for (j, of_new) in of_new.iter().enumerate().take((new_at + 1).min(ends.1)).skip(j) {
            let (old, relation) = match of_new {
                Some((i, relation)) => (Some(*i), *relation),
                None => (None, SentenceRelation::Added),
            };
            out.push(SentencePair { old, new: Some(j), relation });
        }
        (i, j) = (old_at + 1, new_at + 1);
    }
    out
}
