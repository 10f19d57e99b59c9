//! Both texts of a comparison, aligned row by row, and where in them something stands.

use std::collections::BTreeMap;

use super::build::Builder;
use super::{BlockShape, Row, RowKind, RowSide, Segment, SegmentMark, Text};
use crate::diff::text::{self, Mark, Run};
use crate::diff::{Difference, Place};
use crate::document::{Block, BlockKind, Document};

/// The first row in which each block stands.
pub(super) struct Rows {
    pub old: BTreeMap<usize, usize>,
    pub new: BTreeMap<usize, usize>,
}

impl Rows {
    pub(super) fn of(difference: &Difference) -> Rows {
        let mut rows = Rows { old: BTreeMap::new(), new: BTreeMap::new() };
        for (i, row) in difference.text.rows.iter().enumerate() {
            if let Some(block) = row.old {
                rows.old.entry(block).or_insert(i);
            }
            if let Some(block) = row.new {
                rows.new.entry(block).or_insert(i);
            }
        }
        rows
    }
}

impl Builder<'_> {
    pub(super) fn text(&self) -> Text {
        let diff = &self.difference.text;
        if self.old.is_from_file() || self.new.is_from_file() {
            return Text::default();
        }
        let (old, new) = (&self.old.document, &self.new.document);
        let rows = diff
            .rows
            .iter()
            .map(|row| {
                let (document, block) = match (row.new, row.old) {
                    (Some(n), _) => (new, n),
                    (None, Some(o)) => (old, o),
                    (None, None) => (new, 0),
                };
                let one = |document: &Document, block: Option<usize>| {
                    block.and_then(|b| document.blocks.get(b)).map(|b| RowSide {
                        text: document.words(b.span).to_string(),
                        start: b.span.start,
                        end: b.span.end,
                    })
                };
                Row {
                    kind: match row.kind {
                        text::RowKind::Same => RowKind::Same,
                        text::RowKind::Modified => RowKind::Modified,
                        text::RowKind::Added => RowKind::Added,
                        text::RowKind::Removed => RowKind::Removed,
                        text::RowKind::MovedFrom => RowKind::MovedFrom,
                        text::RowKind::MovedTo => RowKind::MovedTo,
                    },
                    block: document.blocks.get(block).map_or(BlockShape::Paragraph, |b| shape(document, b)),
                    section: document
                        .blocks
                        .get(block)
                        .map(|b| document.section_path(b.section).join(" › "))
                        .unwrap_or_default(),
                    old: one(old, row.old),
                    new: one(new, row.new),
                    segments: merged(&row.runs, &old.text, &new.text),
                    moved: row.moved,
                    changes: Vec::new(),
                }
            })
            .collect();
        Text {
            available: true,
            words_same: diff.words.same,
            words_added: diff.words.added,
            words_removed: diff.words.removed,
            rows,
        }
    }

    /// The row in which a place stands: by the new document where there is one.
    pub(super) fn row_of(&self, text: &Text, old: Option<Place>, new: Option<Place>) -> Option<usize> {
        if !text.available {
            return None;
        }
        new.and_then(|p| self.rows.new.get(&p.block))
            .or_else(|| old.and_then(|p| self.rows.old.get(&p.block)))
            .copied()
    }
}

fn shape(document: &Document, block: &Block) -> BlockShape {
    match block.kind {
        BlockKind::Heading => {
            BlockShape::Heading(document.sections.get(block.section).map_or(1, |s| s.level.max(1)))
        }
        BlockKind::Paragraph => BlockShape::Paragraph,
        BlockKind::Item(depth) => BlockShape::Item(depth),
        BlockKind::Cell { .. } => BlockShape::Cell,
    }
}

/// Both sides' words of a row in one line.
fn merged(runs: &[Run], old: &str, new: &str) -> Vec<Segment> {
    runs.iter()
        .map(|run| match run.mark {
            Mark::Same => Segment { mark: SegmentMark::Same, text: run.new.of(new).to_string() },
            Mark::Deleted => Segment { mark: SegmentMark::Deleted, text: run.old.of(old).to_string() },
            Mark::Inserted => Segment { mark: SegmentMark::Inserted, text: run.new.of(new).to_string() },
        })
        .filter(|segment| !segment.text.is_empty())
        .collect()
}

/// Whether two texts share so few words that they are hardly versions of one policy.
pub(super) fn is_unlike(text: &Text) -> bool {
    let all = text.words_same * 2 + text.words_added + text.words_removed;
    all > 200 && text.words_same * 2 * 4 < all
}
