//! The strip: where in the text the changes stand, as a drawing of fixed size.
//!
//! Direction is told by the side of the line a mark stands on, weight by its height; colour only repeats it.

use std::collections::{BTreeMap, BTreeSet};

use crate::assess::{Direction, Severity};
use crate::report::comparison::{Comparison, RowKind};

const WIDTH: usize = 1000;
const MIDDLE: usize = 22;
/// How many places along the strip are told apart, which bounds its size whatever the length of the text.
const PLACES: usize = 250;

/// The drawing.
pub(super) struct Strip {
    /// Path of the ticks for rows with any edit.
    pub ticks: String,
    pub marks: Vec<Mark>,
}

/// One mark: the weightiest change of its direction at its place.
pub(super) struct Mark {
    pub href: String,
    pub class: &'static str,
    /// A vertical line as a path.
    pub path: String,
}

/// The strip of a comparison whose texts are there and hold a change.
pub(super) fn strip(report: &Comparison, anchors: &BTreeMap<&str, String>) -> Option<Strip> {
    let rows = report.text.rows.len();
    if !report.text.available || rows == 0 || report.changes.is_empty() {
        return None;
    }
    let place = |row: usize| row.saturating_mul(PLACES) / rows;
    let x = |place: usize| place * WIDTH / PLACES;
    let edited: BTreeSet<usize> = (0..rows)
        .zip(&report.text.rows)
        .filter(|(_, row)| row.kind != RowKind::Same)
        .map(|(i, _)| place(i))
        .collect();
    let ticks = edited.iter().map(|&p| format!("M{} {}v6", x(p) + 2, MIDDLE - 3)).collect();

    let mut best: BTreeMap<(usize, Direction), usize> = BTreeMap::new();
    for (i, change) in report.changes.iter().enumerate() {
        // Changes come most severe first, so the first at a place is the one to show.
        if let Some(row) = change.row.filter(|&r| r < rows) {
            best.entry((place(row), change.direction)).or_insert(i);
        }
    }
    let marks = best
        .into_iter()
        .filter_map(|((place, direction), i)| {
            let change = report.changes.get(i)?;
            let height = match change.severity {
                Severity::High => 20,
                Severity::Medium => 13,
                Severity::Low => 7,
            };
            let (class, y) = match direction {
                Direction::Expands => ("exp", MIDDLE - height),
                Direction::Restricts => ("res", MIDDLE),
                Direction::Neutral => ("neu", MIDDLE - height / 2),
            };
            let href = anchors.get(change.id.as_str())?.clone();
            Some(Mark { href, class, path: format!("M{} {y}v{height}", x(place) + 3) })
        })
        .collect();
    Some(Strip { ticks, marks })
}
