//! The aligned texts as rows: headings stand, changed rows show their marks, runs of unchanged rows fold.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{self, Words};
use crate::diff::{EditKind, Relation};
use crate::report::comparison::{BlockShape, Change, Comparison, Row, RowKind, SegmentMark};
use crate::report::messages::{Messages, code};

/// A run of unchanged rows folds from this many rows …
const FOLD_ROWS: usize = 3;
/// … or this many characters.
const FOLD_CHARACTERS: usize = 400;

/// The text section.
pub(super) struct TextView<'a> {
    pub available: bool,
    pub lead: String,
    pub lang: &'a str,
    /// Sign and words of each way in which rows differ.
    pub legend: Vec<(&'static str, String, &'static str)>,
    pub index: Vec<Entry<'a>>,
    pub parts: Vec<Part<'a>>,
}

/// A heading in the index.
pub(super) struct Entry<'a> {
    pub row: usize,
    pub title: &'a str,
    pub class: &'static str,
    /// How many changes stand under it, in words; empty for none.
    pub changes: String,
    pub high: bool,
    pub count: usize,
    /// Whether any words under it were edited.
    pub edited: bool,
}

/// Rows that are shown together: a folded run, or rows that stand open.
pub(super) struct Part<'a> {
    /// The words on a fold; empty where rows stand open.
    pub fold: String,
    pub rows: Vec<RowView<'a>>,
}

/// One row.
pub(super) struct RowView<'a> {
    pub n: usize,
    /// The element: p, or h3 to h6.
    pub tag: &'static str,
    pub class: String,
    /// The language of the row where it is not the new side's; else empty.
    pub lang: &'a str,
    /// What the row's kind is called, where no mark within the row says it; else empty.
    pub said: String,
    pub segments: Vec<Words<'a>>,
    pub moved: Option<(usize, String)>,
    pub changes: Vec<Badge>,
}

/// A link from a row to a change that stands there.
pub(super) struct Badge {
    pub anchor: String,
    pub class: &'static str,
    pub sign: &'static str,
    pub words: String,
}

/// Builds the text section.
pub(super) fn text<'a>(
    m: &Messages,
    report: &'a Comparison,
    old_lang: &'a str,
    new_lang: &'a str,
    anchors: &BTreeMap<&str, String>,
) -> TextView<'a> {
    let text = &report.text;
    let foreign = if old_lang == new_lang { "" } else { old_lang };
    let changes: BTreeMap<&str, &Change> = report.changes.iter().map(|c| (c.id.as_str(), c)).collect();
    let form = form_rows(report);
    let vendors = report.relation == Relation::Vendors;
    let mut parts: Vec<Part> = Vec::new();
    let mut index: Vec<Entry> = Vec::new();
    let mut counts: Vec<BTreeSet<&str>> = Vec::new();
    let mut quiet = Vec::new();
    for (n, row) in text.rows.iter().enumerate() {
        let heading = matches!(row.block, BlockShape::Heading(_));
        if let BlockShape::Heading(level) = row.block {
            let title = row.new.as_ref().or(row.old.as_ref()).map_or("", |s| &s.text);
            index.push(Entry {
                row: n,
                title,
                class: if level <= 1 {
                    "l1"
                } else if level == 2 {
                    "l2"
                } else {
                    "l3"
                },
                changes: String::new(),
                high: false,
                count: 0,
                edited: false,
            });
            counts.push(BTreeSet::new());
        }
        if let (Some(entry), Some(count)) = (index.last_mut(), counts.last_mut()) {
            entry.edited |= row.kind != RowKind::Same;
            for change in row.changes.iter().filter_map(|id| changes.get(id.as_str())) {
                entry.high |= change.severity == crate::assess::Severity::High;
                count.insert(&change.id);
            }
        }
        let view = row_view(m, n, row, text.rows.len(), vendors, foreign, &form, &changes, anchors);
        if row.kind == RowKind::Same && !heading && row.changes.is_empty() {
            quiet.push((view, row.new.as_ref().map_or(0, |s| s.text.chars().count())));
        } else {
            flush(m, &mut quiet, &mut parts);
            open(&mut parts).push(view);
        }
    }
    flush(m, &mut quiet, &mut parts);
    for (entry, count) in index.iter_mut().zip(&counts) {
        entry.count = count.len();
        if entry.count > 0 {
            entry.changes = m.count("compare.count-changes", entry.count);
        }
    }
    let lead = m.fill(
        if vendors { "compare.text-lead.vendors" } else { "compare.text-lead" },
        &[
            ("same", &m.number(text.words_same)),
            ("added", &m.number(text.words_added)),
            ("removed", &m.number(text.words_removed)),
        ],
    );
    let kinds: BTreeSet<RowKind> = text.rows.iter().map(|r| r.kind).collect();
    let legend = kinds
        .into_iter()
        .filter(|k| *k != RowKind::Same)
        .map(|k| (look(k).1, kind_words(m, k, vendors), look(k).0))
        .collect();
    TextView { available: text.available, lead, lang: new_lang, legend, index, parts }
}

/// The rows of the last open part.
fn open<'p, 'a>(parts: &'p mut Vec<Part<'a>>) -> &'p mut Vec<RowView<'a>> {
    if parts.last().is_none_or(|p| !p.fold.is_empty()) {
        parts.push(Part { fold: String::new(), rows: Vec::new() });
    }
    let last = parts.len() - 1;
    &mut parts[last].rows
}

/// Puts a run of unchanged rows away: folded if it is long, else open as context.
fn flush<'a>(m: &Messages, quiet: &mut Vec<(RowView<'a>, usize)>, parts: &mut Vec<Part<'a>>) {
    let characters: usize = quiet.iter().map(|q| q.1).sum();
    let rows: Vec<RowView> = quiet.drain(..).map(|q| q.0).collect();
    if rows.len() >= FOLD_ROWS || characters >= FOLD_CHARACTERS {
        parts.push(Part { fold: m.count("compare.same-run", rows.len()), rows });
    } else if !rows.is_empty() {
        open(parts).extend(rows);
    }
}

/// Rows whose every edit is one of form, so that a reader may hide them.
fn form_rows(report: &Comparison) -> BTreeSet<usize> {
    let mut form = BTreeSet::new();
    let mut other = BTreeSet::new();
    for edit in &report.edits {
        let rows = if is_form(edit.kind) { &mut form } else { &mut other };
        rows.extend(edit.row);
    }
    other.extend(report.changes.iter().filter_map(|c| c.row));
    &form - &other
}

/// Whether an edit is one of form: nobody reads anything else for it.
pub(super) fn is_form(kind: EditKind) -> bool {
    use EditKind::{Formatting, Link, Numbering, Translation, Typo, Whitespace};
    matches!(kind, Formatting | Whitespace | Link | Numbering | Translation | Typo)
}

#[allow(clippy::too_many_arguments)] // one call, and a struct for it would only rename them
fn row_view<'a>(
    m: &Messages,
    n: usize,
    row: &'a Row,
    rows: usize,
    vendors: bool,
    foreign: &'a str,
    form: &BTreeSet<usize>,
    changes: &BTreeMap<&str, &Change>,
    anchors: &BTreeMap<&str, String>,
) -> RowView<'a> {
    let old = row.old.as_ref().map_or("", |s| &s.text);
    let new = row.new.as_ref().map_or(old, |s| &s.text);
    let (kind, _) = look(row.kind);
    let segments = match row.kind {
        // Two vendors' blocks neither came nor went: a whole policy struck through would be unreadable.
        RowKind::Added if !vendors => parts::all_words(new, SegmentMark::Inserted, ""),
        RowKind::Removed if !vendors => parts::all_words(old, SegmentMark::Deleted, ""),
        RowKind::Removed | RowKind::MovedFrom => parts::all_words(old, SegmentMark::Same, ""),
        RowKind::Modified | RowKind::MovedTo if !row.segments.is_empty() => {
            parts::words(&row.segments, foreign)
        }
        _ => parts::all_words(new, SegmentMark::Same, ""),
    };
    let shape = match row.block {
        BlockShape::Heading(_) | BlockShape::Paragraph => "",
        BlockShape::Item(0 | 1) => "i1",
        BlockShape::Item(2) => "i2",
        BlockShape::Item(_) => "i3",
        BlockShape::Cell => "cell",
    };
    let tag = match row.block {
        BlockShape::Heading(0 | 1) => "h3",
        BlockShape::Heading(2) => "h4",
        BlockShape::Heading(3) => "h5",
        BlockShape::Heading(_) => "h6",
        _ => "p",
    };
    let form = if form.contains(&n) { "form" } else { "" };
    let class: Vec<&str> = [kind, shape, form].into_iter().filter(|c| !c.is_empty()).collect();
    let only_old = matches!(row.kind, RowKind::Removed | RowKind::MovedFrom);
    RowView {
        n,
        tag,
        class: class.join(" "),
        lang: if only_old { foreign } else { "" },
        said: if vendors && !kind.is_empty() { kind_words(m, row.kind, vendors) } else { String::new() },
        segments,
        moved: row.moved.filter(|&r| r < rows).map(|r| {
            (
                r,
                m.get(&format!("compare.{}{}", code(&row.kind), if vendors { ".vendors" } else { "" }))
                    .to_owned(),
            )
        }),
        changes: row
            .changes
            .iter()
            .filter_map(|id| {
                let change = changes.get(id.as_str())?;
                Some(Badge {
                    anchor: anchors.get(id.as_str())?.clone(),
                    class: direction_class(change),
                    sign: parts::direction_sign(change.direction),
                    words: [m.name("direction", &change.direction), m.name("severity", &change.severity)]
                        .join(m.get("join.list")),
                })
            })
            .collect(),
    }
}

/// Class and sign of a row's kind.
fn look(kind: RowKind) -> (&'static str, &'static str) {
    match kind {
        RowKind::Same => ("", ""),
        RowKind::Modified => ("mod", "~"),
        RowKind::Added => ("add", "+"),
        RowKind::Removed => ("rem", "−"),
        RowKind::MovedFrom => ("mvf", "↷"),
        RowKind::MovedTo => ("mvt", "↶"),
    }
}

fn kind_words(m: &Messages, kind: RowKind, vendors: bool) -> String {
    m.get(&format!("row.{}{}", code(&kind), if vendors { ".vendors" } else { "" })).to_owned()
}

fn direction_class(change: &Change) -> &'static str {
    match change.direction {
        crate::assess::Direction::Expands => "exp",
        crate::assess::Direction::Restricts => "res",
        crate::assess::Direction::Neutral => "neu",
    }
}
