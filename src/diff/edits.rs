//! Edits that change no practice, by kind: so that a reviewer can see that they were seen, and skip them.

use std::collections::{BTreeMap, BTreeSet};

use super::EditKind;
use super::difference::EditFact;
use super::semantic::only_dates;
use super::text::{Mark, Row, RowKind, SentenceRelation, TextDiff, runs};
use super::units::{Sides, Unit, place, place_of_block};
use crate::document::{Block, BlockKind, Document};
use crate::text::{Span, TokenKind, is_han, normal, simplified, tokenize};

/// All edits, in the order of the text diff. `reworded` are the units in which no change of practice was found.
pub(super) fn find(sides: &Sides, text: &TextDiff, reworded: Vec<Unit>) -> Vec<EditFact> {
    let (old, new) = (&sides.old.document, &sides.new.document);
    let mut edits: Vec<EditFact> = Vec::new();
    for unit in &reworded {
        let kind = match (unit.old.as_slice(), unit.new.as_slice()) {
            _ if old.language != new.language && old.language.is_read() && new.language.is_read() => {
                EditKind::Translation
            }
            (&[o], &[n]) => wording(old.words(old.sentences[o].span), new.words(new.sentences[n].span)),
            (&[s], &[]) if only_dates(old.words(old.sentences[s].span)) => EditKind::Date,
            (&[], &[s]) if only_dates(new.words(new.sentences[s].span)) => EditKind::Date,
            _ => EditKind::Reworded,
        };
        edits.push(EditFact { kind, old: place(old, &unit.old), new: place(new, &unit.new) });
    }
    // Sentences equal but for case are the same sentences, but the edit is told.
    for pair in &text.sentences {
        if let (Some(o), Some(n), SentenceRelation::Same) = (pair.old, pair.new, pair.relation) {
            let (a, b) = (old.words(old.sentences[o].span), new.words(new.sentences[n].span));
            if let Some(kind) = form(a, b)
                && old.blocks[old.sentences[o].block].kind != BlockKind::Heading
            {
                edits.push(EditFact { kind, old: place(old, &[o]), new: place(new, &[n]) });
            }
        }
    }
    let same = text.sentences.iter().filter(|p| p.relation == SentenceRelation::Same);
    let same = same.filter_map(|p| Some((p.new?, p.old?))).collect();
    let mut finder = Finder { old, new, same, last: (None, None), reordered: BTreeSet::new() };
    for row in &text.rows {
        edits.extend(row_edits(&mut finder, row));
    }
    edits.sort_by_key(|e| (e.new.or(e.old).map(|p| p.span), e.kind));
    edits.dedup();
    edits
}

/// What a row says beyond its sentences: headings, numbers, links, moves.
fn row_edits(finder: &mut Finder, row: &Row) -> Vec<EditFact> {
    let (old, new) = (finder.old, finder.new);
    let heading = |document: &Document, i: usize| document.blocks[i].kind == BlockKind::Heading;
    let edit = |kind, o: Option<usize>, n: Option<usize>| {
        let whole = |document: &Document, i: usize| place_of_block(document, i, document.blocks[i].span);
        EditFact { kind, old: o.map(|i| whole(old, i)), new: n.map(|i| whole(new, i)) }
    };
    let mut edits = Vec::new();
    match (row.kind, row.old, row.new) {
        (RowKind::Added, _, Some(n)) if heading(new, n) => edits.push(edit(EditKind::Heading, None, Some(n))),
        (RowKind::Removed, Some(o), _) if heading(old, o) => {
            edits.push(edit(EditKind::Heading, Some(o), None))
        }
        // A block too short to be found as moved is known by its sentences.
        (RowKind::Added, _, Some(n)) => {
            if let Some(o) = finder.elsewhere(n) {
                edits.extend(finder.moved(o, n).map(|kind| edit(kind, Some(o), Some(n))));
            }
        }
        // A split or merged block is told with the row where its words go on.
        (RowKind::Modified, Some(o), Some(n)) if row.part => {
            let goes_on = finder.goes_on(o, n);
            edits.extend(goes_on.then(|| edit(EditKind::Formatting, Some(o), Some(n))));
        }
        (RowKind::Same | RowKind::Modified | RowKind::MovedTo, Some(o), Some(n)) => {
            let (a, b) = (&old.blocks[o], &new.blocks[n]);
            if row.kind == RowKind::MovedTo {
                edits.extend(finder.moved(o, n).map(|kind| edit(kind, Some(o), Some(n))));
            }
            if b.kind == BlockKind::Heading && row.kind == RowKind::Modified {
                edits.push(edit(EditKind::Heading, Some(o), Some(n)));
            }
            let mark = |document: &Document, block: &Block| {
                normal(Span::new(block.span.start, block.body.start).of(&document.text))
            };
            let (was, is) = (mark(old, a), mark(new, b));
            let counted = |m: &str| m.chars().any(char::is_alphanumeric);
            if was != is && (counted(&was) || counted(&is)) {
                edits.push(edit(EditKind::Numbering, Some(o), Some(n)));
            } else if was != is || std::mem::discriminant(&a.kind) != std::mem::discriminant(&b.kind) {
                edits.push(edit(EditKind::Formatting, Some(o), Some(n)));
            }
            if targets(old, a.span) != targets(new, b.span) {
                edits.push(edit(EditKind::Link, Some(o), Some(n)));
            }
        }
        _ => {}
    }
    edits
}

/// Finds where blocks went.
struct Finder<'a> {
    old: &'a Document,
    new: &'a Document,
    /// For each new sentence, the old one it is the same as.
    same: BTreeMap<usize, usize>,
    /// The blocks of the last row that holds part of one.
    last: (Option<usize>, Option<usize>),
    /// Lists in which a move was told: items in another order are one edit.
    reordered: BTreeSet<(usize, Option<usize>)>,
}

impl Finder<'_> {
    /// The old block that holds all sentences of a new one.
    fn elsewhere(&self, new: usize) -> Option<usize> {
        let (first, end) = self.new.blocks[new].sentences;
        let mut blocks = (first..end).map(|s| self.same.get(&s).map(|&o| self.old.sentences[o].block));
        let block = blocks.next()??;
        blocks.all(|b| b == Some(block)).then_some(block)
    }

    /// Whether one of the blocks has words in the row before too.
    fn goes_on(&mut self, old: usize, new: usize) -> bool {
        let last = std::mem::replace(&mut self.last, (Some(old), Some(new)));
        last.0 == Some(old) || last.1 == Some(new)
    }

    /// The kind of a move; `None` for another item of a list whose new order is told already.
    fn moved(&mut self, old: usize, new: usize) -> Option<EditKind> {
        let (a, b) = (&self.old.blocks[old], &self.new.blocks[new]);
        let listed = matches!(b.kind, BlockKind::Item(_) | BlockKind::Cell { .. });
        if !listed || self.old.sections[a.section].title != self.new.sections[b.section].title {
            return Some(EditKind::Moved);
        }
        self.reordered.insert((b.section, b.lead_in)).then_some(EditKind::Reorder)
    }
}

/// Where the links of a block lead. A link whose words are its address says so by its words.
fn targets(document: &Document, span: Span) -> Vec<&str> {
    let from = document.links.partition_point(|l| l.span.end <= span.start);
    document.links[from..].iter().take_while(|l| l.span.start < span.end).map(|l| l.target.as_str()).collect()
}

/// The kind of an edit that leaves the words as they are, case apart.
fn form(old: &str, new: &str) -> Option<EditKind> {
    if old == new {
        return None;
    }
    let squeeze = |s: &str| s.split_whitespace().collect::<String>();
    if squeeze(old) == squeeze(new) {
        // Lines joined or wrapped anew change nothing that anyone could see.
        let visible = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
        return (visible(old) != visible(new)).then_some(EditKind::Whitespace);
    }
    if squeeze(old).to_lowercase() == squeeze(new).to_lowercase() {
        return Some(EditKind::Typo);
    }
    if simplified(&squeeze(old)) == simplified(&squeeze(new)) {
        return Some(EditKind::Translation);
    }
    Some(EditKind::Formatting)
}

/// The kind of an edit of words that changes no practice.
pub(super) fn wording(old: &str, new: &str) -> EditKind {
    if super::semantic::only_dates_differ(old, new) {
        return EditKind::Date;
    }
    let letters = |s: &str| normal(s).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if letters(old) == letters(new) {
        return EditKind::Formatting;
    }
    let pairs = runs(old, new);
    let mut went = String::new();
    let mut came = String::new();
    for run in &pairs {
        match run.mark {
            Mark::Same => {}
            Mark::Deleted => went.push_str(run.old.of(old)),
            Mark::Inserted => came.push_str(run.new.of(new)),
        }
    }
    let sorted = |s: &str| {
        let normal = normal(s);
        let mut words: Vec<String> = tokenize(&normal)
            .iter()
            .filter(|t| t.kind == TokenKind::Word)
            .map(|t| t.span.of(&normal).to_string())
            .collect();
        words.sort_unstable();
        words
    };
    if sorted(old) == sorted(new) {
        return EditKind::Reorder;
    }
    let replaced = !letters(&went).is_empty() && !letters(&came).is_empty();
    // One wrong Han character makes a misspelt word; two may make another word.
    let most = if went.chars().chain(came.chars()).any(is_han) { 1 } else { 2 };
    let few = went.chars().count().max(came.chars().count()) <= 24;
    if few && replaced && distance(&letters(&went), &letters(&came)) <= most {
        EditKind::Typo
    } else {
        EditKind::Reworded
    }
}

/// Levenshtein distance of two short strings.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replaced = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_of_wording() {
        assert_eq!(wording("Last updated May 3, 2024.", "Last updated 12 June 2025."), EditKind::Date);
        assert_eq!(wording("We recieve data.", "We receive data."), EditKind::Typo);
        assert_eq!(wording("We use A and B.", "We use B and A."), EditKind::Reorder);
        assert_eq!(wording("请登陆账号。", "请登录账号。"), EditKind::Typo);
        assert_eq!(wording("We gather it, when needed.", "We gather it when needed."), EditKind::Formatting);
    }

    #[test]
    fn kinds_of_form() {
        assert_eq!(form("“We”", "\"We\""), Some(EditKind::Formatting));
        assert_eq!(form("We  do", "We do"), None);
        assert_eq!(form("we do", "We do"), Some(EditKind::Typo));
        assert_eq!(form("刪除資訊", "删除资讯"), Some(EditKind::Translation));
    }
}
