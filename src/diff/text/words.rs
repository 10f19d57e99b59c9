//! The words inside one pair: which stay, which go, which come.
//!
//! A shortest script is not the most readable one: hunks slide to where a phrase begins, single characters that happen
//! to be equal are taken into the edits around them, and where little is left the sides stand whole, before and after.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use super::items::{Interner, fold_word};
use super::{Mark, Run};
use crate::text::{Span, TokenKind, cased, is_han, tokens};

/// Pairs with more tokens than this, on both sides together, are not compared exactly.
const MOST_EXACT: usize = 2_000;
/// Longer ones are cut into segments.
const MOST_AT_ONCE: usize = 4_000;
/// Longer ones are first compared by stretches of words.
const MOST_PIECES: usize = 200_000;

/// Changed characters around each of several equal ones that are taken into them, at least.
const LEAST_AROUND: usize = 8;

/// English words that say too little to stand alone between two edits.
const STOP_WORDS: &[&str] = &[
    "a", "an", "and", "any", "are", "as", "at", "be", "by", "for", "from", "in", "is", "it", "its", "of",
    "on", "or", "our", "that", "the", "their", "this", "to", "we", "with", "you", "your",
];

/// The words of two texts side by side, spans relative to each. Joined, the runs give each text again.
pub fn runs(old: &str, new: &str) -> Vec<Run> {
    // One canonical direction, so that swapping the texts mirrors the answer.
    if (old.len(), old) <= (new.len(), new) { compare(old, new) } else { mirrored(compare(new, old)) }
}

/// Runs seen from the other side: deletions stand before the insertions that replace them, whichever side was compared first.
pub(super) fn mirrored(runs: Vec<Run>) -> Vec<Run> {
    runs.into_iter().map(Run::mirrored).fold(Vec::new(), |mut out: Vec<Run>, run| {
        match out.pop_if(|last| (last.mark, run.mark) == (Mark::Inserted, Mark::Deleted)) {
            Some(last) => {
                let deleted = Run { new: Span::new(last.new.start, last.new.start), ..run };
                let inserted = Run { old: Span::new(run.old.end, run.old.end), ..last };
                out.extend([deleted, inserted]);
            }
            None => out.push(run),
        }
        out
    })
}

/// A token that is not blank, with the blanks that follow it (and, for the first, those before).
struct Piece {
    span: Span,
    /// Where the token itself ends.
    end: usize,
    word: bool,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    for token in tokens(text) {
        // Marks that carry no meaning (zero-width, soft hyphens) go with their neighbours, as blanks do.
        let blank = token.kind == TokenKind::Space
            || token.kind == TokenKind::Mark && cased(token.span.of(text)).is_empty();
        match out.last_mut() {
            Some(last) if blank => last.span.end = token.span.end,
            _ if blank => {}
            last => {
                let start = if last.is_some() { token.span.start } else { 0 };
                out.push(Piece {
                    span: Span::new(start, token.span.end),
                    end: token.span.end,
                    word: token.kind == TokenKind::Word,
                });
            }
        }
    }
    if out.is_empty() && !text.is_empty() {
        out.push(Piece { span: Span::new(0, text.len()), end: 0, word: false });
    }
    out
}

/// Where equal texts, whose blanks may differ, can be cut alike: behind each piece.
pub(super) fn alike_pieces(old: &str, new: &str) -> Option<Vec<(usize, usize)>> {
    let (a, b) = (pieces(old), pieces(new));
    (a.len() == b.len()).then(|| a.iter().zip(&b).map(|(x, y)| (x.span.end, y.span.end)).collect())
}

/// The words of a text, without blanks and punctuation.
pub(super) struct WordSpans<'t> {
    text: &'t str,
    spans: Vec<Span>,
}

impl<'t> WordSpans<'t> {
    pub(super) fn of(text: &'t str) -> WordSpans<'t> {
        let words = tokens(text).filter(|t| t.kind == TokenKind::Word);
        WordSpans { text, spans: words.map(|t| t.span).collect() }
    }

    pub(super) fn count(&self) -> usize {
        self.spans.len()
    }

    /// Each in the form in which words are compared.
    pub(super) fn folded(&self) -> impl Iterator<Item = Cow<'t, str>> {
        self.spans.iter().map(|span| fold_word(span.of(self.text)))
    }
}

/// Both sides, cut up and interned.
struct Pair<'a> {
    text: [&'a str; 2],
    pieces: [Vec<Piece>; 2],
    keys: [Vec<u32>; 2],
}

/// Equal or changed stretches, by piece; changed ones never touch.
#[derive(Clone, Debug)]
struct Hunk {
    equal: bool,
    old: Range<usize>,
    new: Range<usize>,
}

fn compare(old: &str, new: &str) -> Vec<Run> {
    let pieces = [pieces(old), pieces(new)];
    let mut ids = Interner::default();
    let mut intern = |text: &str, pieces: &[Piece]| -> Vec<u32> {
        // Blanks around a token are no part of it.
        pieces.iter().map(|p| ids.id(&fold_word(p.span.of(text).trim()))).collect()
    };
    let keys = [intern(old, &pieces[0]), intern(new, &pieces[1])];
    let pair = Pair { text: [old, new], pieces, keys };
    let mut hunks = Vec::new();
    pair.hunks(0..pair.keys[0].len(), 0..pair.keys[1].len(), &mut hunks);
    let hunks = pair.slide(hunks);
    let hunks = pair.absorb(hunks);
    pair.to_runs(&hunks)
}

impl Pair<'_> {
    /// Equal and changed stretches of two ranges, by a way that its size allows.
    fn hunks(&self, old: Range<usize>, new: Range<usize>, out: &mut Vec<Hunk>) {
        let size = old.len() + new.len();
        if size <= MOST_AT_ONCE {
            self.shortest(old, new).into_iter().for_each(|hunk| join(out, hunk));
        } else if size <= MOST_PIECES {
            self.in_segments(old, new, out);
        } else {
            self.by_chunks(old, new, out);
        }
    }

    fn diff(&self, algorithm: Algorithm, old: Range<usize>, new: Range<usize>) -> Vec<Hunk> {
        let mut out: Vec<Hunk> = Vec::new();
        let shift = |range: Range<usize>, by: usize| range.start + by..range.end + by;
        for op in capture_diff_slices(algorithm, &self.keys[0][old.clone()], &self.keys[1][new.clone()]) {
            let equal = matches!(op, DiffOp::Equal { .. });
            let (x, y) = (shift(op.old_range(), old.start), shift(op.new_range(), new.start));
            join(&mut out, Hunk { equal, old: x, new: y });
        }
        out
    }

    /// Histogram reads best; the shortest script stands in where that is shorter and the pair small.
    fn shortest(&self, old: Range<usize>, new: Range<usize>) -> Vec<Hunk> {
        let histogram = self.diff(Algorithm::Histogram, old.clone(), new.clone());
        let edits = histogram.iter().filter(|h| !h.equal).count();
        if edits < 2 || old.len() + new.len() > MOST_EXACT {
            return histogram;
        }
        let exact = self.diff(Algorithm::RawMyers, old, new);
        if self.changed(&exact) < self.changed(&histogram) { exact } else { histogram }
    }

    /// Histogram takes quadratic time where edits are strewn over a long text, so Patience cuts it up first.
    fn in_segments(&self, old: Range<usize>, new: Range<usize>, out: &mut Vec<Hunk>) {
        let (mut i, mut j) = (old.start, new.start);
        for hunk in self.diff(Algorithm::Patience, old.clone(), new.clone()).iter().filter(|h| h.equal) {
            let size = hunk.old.start - i + hunk.new.start - j;
            let sure = hunk.old.len() >= 4 || size >= MOST_AT_ONCE / 2;
            if size >= MOST_AT_ONCE / 4 && sure {
                let half = hunk.old.len() / 2;
                let (x, y) = (hunk.old.start + half, hunk.new.start + half);
                self.shortest(i..x, j..y).into_iter().for_each(|hunk| join(out, hunk));
                (i, j) = (x, y);
            }
        }
        self.shortest(i..old.end, j..new.end).into_iter().for_each(|hunk| join(out, hunk));
    }

    /// Of texts beyond all measure, stretches of a sentence or so are compared first.
    fn by_chunks(&self, old: Range<usize>, new: Range<usize>, out: &mut Vec<Hunk>) {
        let (x, y) = (self.chunks(0, old.clone()), self.chunks(1, new.clone()));
        let mut ids: HashMap<&[u32], u32> = HashMap::new();
        let mut intern = |side: usize, ends: &[usize], start: usize| -> Vec<u32> {
            let starts = std::iter::once(start).chain(ends.iter().copied());
            let chunks = starts.zip(ends).map(|(start, &end)| &self.keys[side][start..end]);
            chunks
                .map(|chunk| {
                    let next = u32::try_from(ids.len()).unwrap_or(u32::MAX);
                    *ids.entry(chunk).or_insert(next)
                })
                .collect()
        };
        let (p, q) = (intern(0, &x, old.start), intern(1, &y, new.start));
        let place =
            |ends: &[usize], at: usize, start: usize| at.checked_sub(1).map_or(start, |last| ends[last]);
        for op in capture_diff_slices(Algorithm::Patience, &p, &q) {
            let (a, b) = (op.old_range(), op.new_range());
            let a = place(&x, a.start, old.start)..place(&x, a.end, old.start);
            let b = place(&y, b.start, new.start)..place(&y, b.end, new.start);
            let equal = matches!(op, DiffOp::Equal { .. });
            if !equal && a.len() + b.len() <= MOST_PIECES {
                self.hunks(a, b, out);
            } else {
                join(out, Hunk { equal, old: a, new: b });
            }
        }
    }

    /// Where chunks end: after each sentence, and every few words where there are none.
    fn chunks(&self, side: usize, range: Range<usize>) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut start = range.start;
        for at in range.clone() {
            let ends_sentence = self.word(side, at).ends_with(['.', '!', '?', '。', '！', '？', '；']);
            if ends_sentence || at + 1 - start >= 32 || at + 1 == range.end {
                ends.push(at + 1);
                start = at + 1;
            }
        }
        ends
    }

    fn words_in(&self, side: usize, range: &Range<usize>) -> usize {
        self.pieces[side][range.clone()].iter().filter(|p| p.word).count()
    }

    fn changed(&self, hunks: &[Hunk]) -> usize {
        hunks.iter().filter(|h| !h.equal).map(|h| self.words_in(0, &h.old) + self.words_in(1, &h.new)).sum()
    }

    fn word(&self, side: usize, at: usize) -> &str {
        let piece = &self.pieces[side][at];
        Span::new(piece.span.start, piece.end).of(self.text[side]).trim_start()
    }

    /// How well a hunk may begin or end before piece `at`: after a sentence 3, after a clause 2, after a blank 1.
    fn boundary(&self, side: usize, at: usize) -> u8 {
        let Some(piece) = at.checked_sub(1).and_then(|last| self.pieces[side].get(last)) else { return 3 };
        let opens = self.pieces[side]
            .get(at)
            .is_none_or(|_| self.word(side, at).starts_with(['(', '（', '《', '“', '「', '【', '[']));
        let after = match self.word(side, at - 1).chars().next_back() {
            Some('.' | '!' | '?' | '。' | '！' | '？' | '；' | ';') => 3,
            Some(',' | '，' | '、' | ':' | '：' | ')' | '）') => 2,
            _ if piece.end < piece.span.end => 1,
            _ => 0,
        };
        after.max(if at == self.pieces[side].len() {
            3
        } else if opens {
            2
        } else {
            0
        })
    }

    /// Moves one-sided hunks along equal words to where a phrase begins.
    fn slide(&self, hunks: Vec<Hunk>) -> Vec<Hunk> {
        // Equal stretches at both ends, if only empty ones, give every edit two neighbours.
        let ends = [self.keys[0].len(), self.keys[1].len()];
        let mut framed = Vec::with_capacity(hunks.len() + 2);
        join(&mut framed, Hunk { equal: true, old: 0..0, new: 0..0 });
        hunks.into_iter().for_each(|hunk| join(&mut framed, hunk));
        join(&mut framed, Hunk { equal: true, old: ends[0]..ends[0], new: ends[1]..ends[1] });
        let mut hunks = framed;
        for k in 1..hunks.len().saturating_sub(1) {
            let hunk = hunks[k].clone();
            let side = if hunk.equal || !(hunk.old.is_empty() || hunk.new.is_empty()) {
                continue;
            } else {
                usize::from(hunk.old.is_empty())
            };
            let range = if side == 0 { hunk.old.clone() } else { hunk.new.clone() };
            let keys = &self.keys[side];
            // An equal stretch between two edits must not vanish: they would touch.
            let room = |at: usize| {
                let keep = usize::from(at > 0 && at + 1 < hunks.len());
                hunks[at].old.len().saturating_sub(keep)
            };
            let (before, after) = (room(k - 1), room(k + 1));
            let mut left = 0;
            while left < before && keys[range.start - left - 1] == keys[range.end - left - 1] {
                left += 1;
            }
            let mut right = 0;
            while right < after && keys[range.start + right] == keys[range.end + right] {
                right += 1;
            }
            if left + right == 0 {
                continue;
            }
            let score = |start: usize| {
                let (s, e) = (self.boundary(side, start), self.boundary(side, start + range.len()));
                2 * s.min(3) + e
            };
            let Some(best) = (range.start - left..=range.start + right)
                .max_by_key(|&start| (score(start), std::cmp::Reverse(start.abs_diff(range.start)), start))
            else {
                continue;
            };
            shift(&mut hunks, k, best as isize - range.start as isize);
        }
        hunks.retain(|h| !(h.old.is_empty() && h.new.is_empty()));
        hunks
    }

    /// Takes short equal stretches between edits into them, unless hardly anything equal would be left.
    fn absorb(&self, hunks: Vec<Hunk>) -> Vec<Hunk> {
        let mut out: Vec<Hunk> = Vec::new();
        for (k, hunk) in hunks.iter().enumerate() {
            let lone = hunk.equal
                && k > 0
                && hunks.get(k + 1).is_some_and(|next| {
                    let last = out.last().unwrap_or(hunk);
                    self.says_little(hunk, last, next)
                });
            join(&mut out, Hunk { equal: hunk.equal && !lone, ..hunk.clone() });
        }
        let (before, after) = (self.share(&hunks), self.share(&out));
        if self.mostly_changed(after) && !self.mostly_changed(before) { hunks } else { out }
    }

    fn says_little(&self, equal: &Hunk, last: &Hunk, next: &Hunk) -> bool {
        // Beside words that only came or only went, something kept is clearer as it is.
        let two_sided = |h: &Hunk| !h.old.is_empty() && !h.new.is_empty();
        let words: Vec<&str> = equal.old.clone().map(|at| self.word(0, at)).collect();
        let han = |word: &&str| word.chars().all(is_han);
        let has_han = |h: &Hunk| {
            h.old.clone().any(|at| self.word(0, at).contains(is_han))
                || h.new.clone().any(|at| self.word(1, at).contains(is_han))
        };
        if words.len() <= 3 && words.iter().all(han) {
            // It must be outweighed by the edits around it, a longer stretch by each of them.
            let size = |h: &Hunk| h.old.len().max(h.new.len());
            let around = last.old.len() + last.new.len() + next.old.len() + next.new.len();
            return (two_sided(last) || two_sided(next))
                && has_han(last)
                && has_han(next)
                && (words.len() == 1
                    || LEAST_AROUND * words.len() <= around && words.len() <= size(last).min(size(next)));
        }
        two_sided(last)
            && two_sided(next)
            && words.len() == 1
            && words.iter().all(|w| {
                STOP_WORDS.contains(&w.to_lowercase().as_str()) || !w.contains(char::is_alphanumeric)
            })
            && self.words_in(0, &last.old) + self.words_in(1, &last.new) > 0
            && self.words_in(0, &next.old) + self.words_in(1, &next.new) > 0
    }

    /// Changed pieces and all pieces of each side.
    fn share(&self, hunks: &[Hunk]) -> [(usize, usize); 2] {
        let sum = |f: &dyn Fn(&Hunk) -> usize| hunks.iter().filter(|h| !h.equal).map(f).sum();
        [(sum(&|h| h.old.len()), self.pieces[0].len()), (sum(&|h| h.new.len()), self.pieces[1].len())]
    }

    /// Whether more than two thirds of all words changed, and more than half of each side: text that was only added to
    /// keeps showing what stayed.
    fn mostly_changed(&self, [(deleted, old), (inserted, new)]: [(usize, usize); 2]) -> bool {
        3 * (deleted + inserted) > 2 * (old + new) && 2 * deleted > old && 2 * inserted > new
    }

    /// All edits as one, between what is equal at both ends.
    fn one_edit(&self, hunks: &[Hunk]) -> Vec<Hunk> {
        let says = |hunk: &&Hunk| hunk.equal && self.words_in(0, &hunk.old) > 0;
        let (first, last) = (hunks.first().filter(says), hunks.last().filter(says));
        let start = first.map_or((0, 0), |h| (h.old.end, h.new.end));
        let end = last.map_or((self.pieces[0].len(), self.pieces[1].len()), |h| (h.old.start, h.new.start));
        let edit = Hunk { equal: false, old: start.0..end.0.max(start.0), new: start.1..end.1.max(start.1) };
        first.into_iter().cloned().chain([edit]).chain(last.cloned()).collect()
    }

    fn to_runs(&self, hunks: &[Hunk]) -> Vec<Run> {
        let whole = self.one_edit(hunks);
        let hunks = if self.mostly_changed(self.share(hunks)) { &whole } else { hunks };
        let mut out = Vec::new();
        let (mut old_at, mut new_at) = (0, 0);
        for hunk in hunks {
            let end = |side: usize, range: &Range<usize>, at: usize| {
                range
                    .end
                    .checked_sub(1)
                    .filter(|_| !range.is_empty())
                    .map_or(at, |last| self.pieces[side][last].span.end)
            };
            let old = Span::new(old_at, end(0, &hunk.old, old_at));
            let new = Span::new(new_at, end(1, &hunk.new, new_at));
            (old_at, new_at) = (old.end, new.end);
            if hunk.equal {
                out.push(Run { mark: Mark::Same, old, new });
                continue;
            }
            if !old.is_empty() {
                out.push(Run { mark: Mark::Deleted, old, new: Span::new(new.start, new.start) });
            }
            if !new.is_empty() {
                out.push(Run { mark: Mark::Inserted, old: Span::new(old.end, old.end), new });
            }
        }
        out
    }
}

/// Appends a hunk; edits that touch become one.
fn join(hunks: &mut Vec<Hunk>, hunk: Hunk) {
    match hunks.last_mut() {
        Some(last) if last.equal == hunk.equal => {
            last.old.end = hunk.old.end;
            last.new.end = hunk.new.end;
        }
        _ => hunks.push(hunk),
    }
}

/// Shifts hunk `k` by some pieces, growing and shrinking its equal neighbours.
fn shift(hunks: &mut [Hunk], k: usize, by: isize) {
    let moved = |at: usize| at.saturating_add_signed(by);
    let Some(hunk) = hunks.get_mut(k) else { return };
    hunk.old = moved(hunk.old.start)..moved(hunk.old.end);
    hunk.new = moved(hunk.new.start)..moved(hunk.new.end);
    let hunk = hunk.clone();
    if let Some(last) = k.checked_sub(1).and_then(|b| hunks.get_mut(b)) {
        (last.old.end, last.new.end) = (hunk.old.start, hunk.new.start);
    }
    if let Some(next) = hunks.get_mut(k + 1) {
        (next.old.start, next.new.start) = (hunk.old.end, hunk.new.end);
    }
}
