//! Edits that change no practice, by kind: so that a reviewer can see that they were seen, and skip them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::EditKind;
use super::difference::EditFact;
use super::text::{Mark, Row, RowKind, SentenceRelation, TextDiff, runs};
use super::units::{Sides, Unit, place, place_of_block};
use crate::document::{Block, BlockKind, Document};
use crate::text::{Span, normalize};

#[allow(clippy::unwrap_used)] // a fixed expression, used in a test
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix) \d{4}\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日? | \d{4}\s*年\s*\d{1,2}\s*月
        | (?:\d{1,2}(?:st|nd|rd|th)?\s+)? (?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec|januar|februar|märz|mai|juni|juli|oktober|dezember|janvier|février|mars|avril|juin|juillet|août|septembre|octobre|novembre|décembre)[a-z]*\.?
          \s*(?:\d{1,2}(?:st|nd|rd|th)?)?,?\s+\d{4}
        | \d{1,2}[./]\d{1,2}[./]\d{2,4}",
    )
    .unwrap()
});

/// A text with its dates left out.
pub(super) fn without_dates(text: &str) -> String {
    DATE.replace_all(text, "").into_owned()
}

/// All edits, in the order of the text diff. `reworded` are the units in which no change of practice was found.
pub(super) fn find(sides: &Sides, text: &TextDiff, reworded: Vec<Unit>) -> Vec<EditFact> {
    let (old, new) = (&sides.old.document, &sides.new.document);
    let mut edits: Vec<EditFact> = Vec::new();
    for unit in &reworded {
        let kind = match (unit.old.as_slice(), unit.new.as_slice()) {
            (&[o], &[n]) => wording(old.words(old.sentences[o].span), new.words(new.sentences[n].span)),
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
    let mut reordered = BTreeSet::new();
    for row in &text.rows {
        edits.extend(row_edits(old, new, row, &mut reordered));
    }
    edits.sort_by_key(|e| (e.new.or(e.old).map(|p| p.span), e.kind));
    edits.dedup();
    edits
}

/// What a row says beyond its sentences: headings, numbers, links, moves.
fn row_edits(
    old: &Document,
    new: &Document,
    row: &Row,
    reordered: &mut BTreeSet<(usize, Option<usize>)>,
) -> Vec<EditFact> {
    let block = |document: &Document, i: usize| -> Block { document.blocks[i] };
    let whole = |document: &Document, i: usize| place_of_block(document, i, document.blocks[i].span);
    let mut edits = Vec::new();
    let mut push = |kind, o: Option<usize>, n: Option<usize>| {
        edits.push(EditFact { kind, old: o.map(|i| whole(old, i)), new: n.map(|i| whole(new, i)) });
    };
    match (row.kind, row.old, row.new) {
        (RowKind::Added, _, Some(n)) if block(new, n).kind == BlockKind::Heading => {
            push(EditKind::Heading, None, Some(n))
        }
        (RowKind::Removed, Some(o), _) if block(old, o).kind == BlockKind::Heading => {
            push(EditKind::Heading, Some(o), None)
        }
        (RowKind::Same | RowKind::Modified | RowKind::MovedTo, Some(o), Some(n)) => {
            let (a, b) = (block(old, o), block(new, n));
            if row.kind == RowKind::MovedTo {
                match b.kind {
                    // Items in another order are one edit of their list.
                    BlockKind::Item(_) | BlockKind::Cell { .. }
                        if a.section_title(old) == b.section_title(new) =>
                    {
                        if reordered.insert((b.section, b.lead_in)) {
                            push(EditKind::Reorder, Some(o), Some(n));
                        }
                    }
                    _ => push(EditKind::Moved, Some(o), Some(n)),
                }
            }
            if b.kind == BlockKind::Heading && row.kind == RowKind::Modified {
                push(EditKind::Heading, Some(o), Some(n));
            }
            let mark = |document: &Document, block: Block| {
                normalize(Span::new(block.span.start, block.body.start).of(&document.text)).text
            };
            let (was, is) = (mark(old, a), mark(new, b));
            if was != is {
                let counted = |m: &str| m.chars().any(|c| c.is_alphanumeric());
                push(
                    if counted(&was) || counted(&is) { EditKind::Numbering } else { EditKind::Formatting },
                    Some(o),
                    Some(n),
                );
            } else if std::mem::discriminant(&a.kind) != std::mem::discriminant(&b.kind) {
                push(EditKind::Formatting, Some(o), Some(n));
            }
            if targets(old, a.span) != targets(new, b.span) {
                push(EditKind::Link, Some(o), Some(n));
            }
        }
        _ => {}
    }
    edits
}

impl Block {
    fn section_title<'d>(&self, document: &'d Document) -> &'d str {
        &document.sections[self.section].title
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
    Some(EditKind::Formatting)
}

/// The kind of an edit of words that changes no practice.
fn wording(old: &str, new: &str) -> EditKind {
    if super::semantic::only_dates_differ(old, new) {
        return EditKind::Date;
    }
    let letters = |s: &str| normalize(s).text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
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
        let mut words: Vec<char> = letters(s).chars().collect();
        words.sort_unstable();
        words
    };
    if sorted(old) == sorted(new) && went.chars().count() > 2 + 2 {
        return EditKind::Reorder;
    }
    let few = went.chars().count().max(came.chars().count()) <= 24;
    if few && distance(&letters(&went), &letters(&came)) <= 2 { EditKind::Typo } else { EditKind::Reworded }
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
    }

    #[test]
    fn dates_are_left_out() {
        for date in ["2024年5月1日", "May 1, 2024", "1 May 2024", "2024-05-01", "01.05.2024"] {
            assert_eq!(without_dates(date), "", "{date}");
        }
    }
}
