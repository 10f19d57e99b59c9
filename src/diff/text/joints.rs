//! Paragraphs that were split or merged, or gave a sentence to their neighbour: blocks that are compared as one text, whose
//! rows are then cut where either side begins a block.
//!
//! Pairs of blocks alone would strike out what stands, word by word, in the next block. Rows between which words went to and
//! fro are found first; what they show together replaces them only where it shows much less.

use std::collections::BTreeSet;

use super::items::Interner;
use super::words::{WordSpans, alike_pieces};
use super::{Mark, Row, RowKind, Run, body, runs};
use crate::document::{BlockKind, Document};
use crate::text::Span;

/// Rows that are farther apart exchange no words.
const FARTHEST: usize = 6;
/// Fewer words are in both by chance.
const FEWEST_WORDS: usize = 5;
/// Blocks compared as one have no more words than this, on both sides together.
const MOST_WORDS: usize = 4_000;
/// Fewer equal words do not join two blocks that were no pair.
const FEWEST_JOINING: usize = 4;

/// Rows in which blocks that exchanged words are cut where either side begins a block.
pub(super) fn rejoin(old: &Document, new: &Document, rows: Vec<Row>) -> Vec<Row> {
    let sides = Sides { old, new };
    let mut out = Vec::with_capacity(rows.len());
    let mut at = 0;
    while at < rows.len() {
        let end = at + rows[at..].iter().take_while(|row| sides.is_open(row)).count();
        if end <= at + 1 {
            out.extend(rows[at..end.max(at + 1)].iter().cloned());
            at = end.max(at + 1);
            continue;
        }
        let stretch = &rows[at..end];
        let mut k = 0;
        for group in sides.groups(stretch) {
            out.extend(stretch[k..group.0].iter().cloned());
            let apart = &stretch[group.0..=group.1];
            match sides.together(apart) {
                Some(rows) => out.extend(rows),
                None => out.extend(apart.iter().cloned()),
            }
            k = group.1 + 1;
        }
        out.extend(stretch[k..].iter().cloned());
        at = end;
    }
    out
}

struct Sides<'a> {
    old: &'a Document,
    new: &'a Document,
}

/// Words that only one side of a row shows, and where they come again in another row.
struct Loose {
    old: BTreeSet<(u32, u32)>,
    new: BTreeSet<(u32, u32)>,
}

impl Sides<'_> {
    /// Whether a row shows words that may stand in a neighbour: one of running text that differs and has not moved.
    fn is_open(&self, row: &Row) -> bool {
        let runs_on = |document: &Document, block: Option<usize>| {
            block.is_none_or(|b| matches!(document.blocks[b].kind, BlockKind::Paragraph | BlockKind::Item(_)))
        };
        matches!(row.kind, RowKind::Modified | RowKind::Added | RowKind::Removed)
            && runs_on(self.old, row.old)
            && runs_on(self.new, row.new)
    }

    /// First and last row of each group between whose rows words went to and fro.
    fn groups(&self, rows: &[Row]) -> Vec<(usize, usize)> {
        let mut ids = Interner::default();
        let loose: Vec<Loose> = rows.iter().map(|row| self.loose(row, &mut ids)).collect();
        let mut groups: Vec<(usize, usize)> = Vec::new();
        for i in 0..rows.len() {
            for j in i + 1..rows.len().min(i + 1 + FARTHEST) {
                if !(exchange(&loose[i].old, &loose[j].new) || exchange(&loose[i].new, &loose[j].old)) {
                    continue;
                }
                match groups.last_mut().filter(|last| i <= last.1) {
                    Some(last) => last.1 = last.1.max(j),
                    None => groups.push((i, j)),
                }
            }
        }
        groups
    }

    fn loose(&self, row: &Row, ids: &mut Interner) -> Loose {
        let mut only = |mark: Mark, document: &Document, block: Option<usize>| {
            let spans: Vec<Span> = match block {
                Some(b) if row.runs.is_empty() => vec![body(document, b)],
                _ => {
                    let of = |run: &Run| if mark == Mark::Deleted { run.old } else { run.new };
                    row.runs.iter().filter(|run| run.mark == mark).map(of).collect()
                }
            };
            let mut pairs = BTreeSet::new();
            for span in spans {
                let words: Vec<u32> =
                    WordSpans::of(span.of(&document.text)).folded().map(|word| ids.id(&word)).collect();
                pairs.extend(words.windows(2).map(|w| (w[0], w[1])));
            }
            pairs
        };
        Loose { old: only(Mark::Deleted, self.old, row.old), new: only(Mark::Inserted, self.new, row.new) }
    }

    /// The rows of some blocks compared as one text; `None` where that shows hardly less than each pair by itself.
    fn together(&self, apart: &[Row]) -> Option<Vec<Row>> {
        let old = Joined::of(self.old, apart.iter().filter_map(|row| row.old).collect());
        let new = Joined::of(self.new, apart.iter().filter_map(|row| row.new).collect());
        if old.blocks.is_empty() || new.blocks.is_empty() || old.words() + new.words() > MOST_WORDS {
            return None;
        }
        let pieces = cut(&old, &new, runs(&old.text, &new.text))?;
        let paired: BTreeSet<(usize, usize)> =
            apart.iter().filter_map(|row| Some((old.place(row.old?)?, new.place(row.new?)?))).collect();
        let rows = assemble(&old, &new, loosen(&old, pieces, &paired));
        (5 * self.shown(&rows) < 4 * self.shown(apart)).then_some(rows)
    }

    /// Words that rows show as deleted or inserted.
    fn shown(&self, rows: &[Row]) -> usize {
        let count = |document: &Document, span: Span| WordSpans::of(span.of(&document.text)).count();
        let of_row = |row: &Row| match (row.kind, row.old, row.new) {
            (RowKind::Removed, Some(i), _) => count(self.old, body(self.old, i)),
            (RowKind::Added, _, Some(j)) => count(self.new, body(self.new, j)),
            _ => {
                let of_run = |run: &Run| match run.mark {
                    Mark::Same => 0,
                    Mark::Deleted => count(self.old, run.old),
                    Mark::Inserted => count(self.new, run.new),
                };
                row.runs.iter().map(of_run).sum()
            }
        };
        rows.iter().map(of_row).sum()
    }
}

/// Whether most of what one row lost came in another, in words that follow each other.
fn exchange(here: &BTreeSet<(u32, u32)>, there: &BTreeSet<(u32, u32)>) -> bool {
    let fewer = here.len().min(there.len());
    if fewer + 1 < FEWEST_WORDS {
        return false;
    }
    let common = here.intersection(there).count();
    common + 1 >= FEWEST_WORDS && 2 * common >= fewer
}

/// The bodies of some blocks as one text, a line between them.
struct Joined {
    text: String,
    /// Block, where it begins in the joined text, and where its body stands in the document.
    blocks: Vec<(usize, usize, Span)>,
}

impl Joined {
    fn of(document: &Document, blocks: Vec<usize>) -> Joined {
        let mut joined = Joined { text: String::new(), blocks: Vec::new() };
        for block in blocks {
            if !joined.text.is_empty() {
                joined.text.push('\n');
            }
            let body = body(document, block);
            joined.blocks.push((block, joined.text.len(), body));
            joined.text.push_str(body.of(&document.text));
        }
        joined
    }

    fn words(&self) -> usize {
        WordSpans::of(&self.text).count()
    }

    fn place(&self, block: usize) -> Option<usize> {
        self.blocks.iter().position(|b| b.0 == block)
    }

    /// Which of the blocks a byte of the joined text belongs to.
    fn at(&self, byte: usize) -> usize {
        self.blocks.partition_point(|b| b.1 <= byte).saturating_sub(1)
    }

    /// Where the block after `at` begins.
    fn next(&self, at: usize) -> usize {
        self.blocks.get(at + 1).map_or(self.text.len(), |b| b.1)
    }

    /// A span of the joined text, within one block, as a span of the document.
    fn original(&self, at: usize, span: Span) -> Span {
        let (_, start, body) = self.blocks[at];
        let place = |byte: usize| (body.start + byte.saturating_sub(start)).min(body.end);
        Span::new(place(span.start), place(span.end))
    }
}

/// A run within one block of each side that it has words of; the places are those in [`Joined::blocks`].
#[derive(Clone, Copy)]
struct Piece {
    mark: Mark,
    old: (usize, Span),
    new: (usize, Span),
}

/// Runs cut where either side begins a block; `None` where equal words cannot be cut alike.
fn cut(old: &Joined, new: &Joined, runs: Vec<Run>) -> Option<Vec<Piece>> {
    let mut pieces = Vec::new();
    for run in runs {
        let (mut i, mut j) = (run.old.start, run.new.start);
        let steps: Vec<(usize, usize)> = match run.mark {
            Mark::Same => alike_pieces(run.old.of(&old.text), run.new.of(&new.text))?
                .into_iter()
                .map(|(a, b)| (run.old.start + a, run.new.start + b))
                .collect(),
            _ => Vec::new(),
        };
        while i < run.old.end || j < run.new.end {
            let (a, b) = (old.at(i), new.at(j));
            let (ends_a, ends_b) = (old.next(a).min(run.old.end), new.next(b).min(run.new.end));
            let (x, y) = match run.mark {
                Mark::Same => steps.iter().copied().find(|&(x, y)| x >= ends_a || y >= ends_b)?,
                Mark::Deleted => (ends_a, j),
                Mark::Inserted => (i, ends_b),
            };
            if x > ends_a || y > ends_b {
                return None;
            }
            pieces.push(Piece { mark: run.mark, old: (a, Span::new(i, x)), new: (b, Span::new(j, y)) });
            (i, j) = (x, y);
        }
    }
    Some(pieces)
}

/// Few equal words join no two blocks: they went here and came there.
fn loosen(old: &Joined, pieces: Vec<Piece>, paired: &BTreeSet<(usize, usize)>) -> Vec<Piece> {
    let joins = |at: (usize, usize)| {
        let same = pieces.iter().filter(|p| p.mark == Mark::Same && (p.old.0, p.new.0) == at);
        paired.contains(&at)
            || same.map(|p| WordSpans::of(p.old.1.of(&old.text)).count()).sum::<usize>() >= FEWEST_JOINING
    };
    let joined: BTreeSet<(usize, usize)> = pieces
        .iter()
        .filter(|p| p.mark == Mark::Same)
        .map(|p| (p.old.0, p.new.0))
        .filter(|at| joins(*at))
        .collect();
    let mut out = Vec::with_capacity(pieces.len());
    for piece in pieces {
        if piece.mark != Mark::Same || joined.contains(&(piece.old.0, piece.new.0)) {
            out.push(piece);
            continue;
        }
        let at = |span: Span| Span::new(span.start, span.start);
        out.push(Piece { mark: Mark::Deleted, new: (piece.new.0, at(piece.new.1)), ..piece });
        let end = Span::new(piece.old.1.end, piece.old.1.end);
        out.push(Piece { mark: Mark::Inserted, old: (piece.old.0, end), ..piece });
    }
    out
}

/// One row for each two blocks that share words, and for each block that shares none.
fn assemble(old: &Joined, new: &Joined, pieces: Vec<Piece>) -> Vec<Row> {
    let mut pairs: Vec<(usize, usize)> =
        pieces.iter().filter(|p| p.mark == Mark::Same).map(|p| (p.old.0, p.new.0)).collect();
    pairs.dedup();
    // What only one side has stays with the words that stand before it in its block, or else with those behind it.
    let home = |k: usize, has: &dyn Fn(&Piece) -> bool| -> Option<(usize, usize)> {
        let same = |p: &&Piece| p.mark == Mark::Same && has(p);
        let before = pieces[..k].iter().rev().find(same);
        before.or_else(|| pieces[k..].iter().find(same)).map(|p| (p.old.0, p.new.0))
    };
    let mut of_pair: Vec<Vec<Piece>> = vec![Vec::new(); pairs.len()];
    for (k, piece) in pieces.iter().enumerate() {
        let pair = match piece.mark {
            Mark::Same => Some((piece.old.0, piece.new.0)),
            Mark::Deleted => home(k, &|p| p.old.0 == piece.old.0),
            Mark::Inserted => home(k, &|p| p.new.0 == piece.new.0),
        };
        if let Some(at) = pair.and_then(|pair| pairs.iter().position(|p| *p == pair)) {
            of_pair[at].push(*piece);
        }
    }
    let several = |has: &dyn Fn(&(usize, usize)) -> bool| pairs.iter().filter(|pair| has(pair)).count() > 1;
    let mut rows = Vec::new();
    let (mut i, mut j) = (0, 0);
    let ends = (old.blocks.len(), new.blocks.len());
    for (k, &(a, b)) in pairs.iter().chain([&ends]).enumerate() {
        for at in i..a {
            rows.push(Row::one_sided(RowKind::Removed, Some(old.blocks[at].0), None));
        }
        for at in j..b {
            rows.push(Row::one_sided(RowKind::Added, None, Some(new.blocks[at].0)));
        }
        if let Some(pieces) = of_pair.get(k) {
            let part = several(&|pair| pair.0 == a) || several(&|pair| pair.1 == b);
            let runs = in_order(old, new, (a, b), pieces);
            let (old, new) = (Some(old.blocks[a].0), Some(new.blocks[b].0));
            rows.push(Row { kind: RowKind::Modified, old, new, runs, moved: None, part });
        }
        (i, j) = (a + 1, b + 1);
    }
    rows
}

/// Pieces of two blocks as runs of their documents: deletions before the insertions that follow them, like next to like.
fn in_order(old: &Joined, new: &Joined, (a, b): (usize, usize), pieces: &[Piece]) -> Vec<Run> {
    let start = |spans: &mut dyn Iterator<Item = Span>| spans.next().map_or(0, |s| s.start);
    let mut i =
        start(&mut pieces.iter().filter(|p| p.mark != Mark::Inserted).map(|p| old.original(a, p.old.1)));
    let mut j =
        start(&mut pieces.iter().filter(|p| p.mark != Mark::Deleted).map(|p| new.original(b, p.new.1)));
    let mut runs: Vec<Run> = Vec::new();
    let mut put = |mark: Mark, x: Span, y: Span| {
        let empty = match mark {
            Mark::Same => x.is_empty() && y.is_empty(),
            Mark::Deleted => x.is_empty(),
            Mark::Inserted => y.is_empty(),
        };
        match runs.last_mut() {
            _ if empty => {}
            Some(last) if last.mark == mark => (last.old.end, last.new.end) = (x.end, y.end),
            _ => runs.push(Run { mark, old: x, new: y }),
        }
    };
    for edit in pieces.chunk_by(|p, q| (p.mark == Mark::Same) == (q.mark == Mark::Same)) {
        let gone =
            edit.iter().filter(|p| p.mark != Mark::Inserted).map(|p| old.original(a, p.old.1).end).max();
        let come =
            edit.iter().filter(|p| p.mark != Mark::Deleted).map(|p| new.original(b, p.new.1).end).max();
        let (x, y) = (gone.unwrap_or(i).max(i), come.unwrap_or(j).max(j));
        if edit[0].mark == Mark::Same {
            put(Mark::Same, Span::new(i, x), Span::new(j, y));
        } else {
            put(Mark::Deleted, Span::new(i, x), Span::new(j, j));
            put(Mark::Inserted, Span::new(x, x), Span::new(j, y));
        }
        (i, j) = (x, y);
    }
    runs
}
