//! What the fictional reports are made of, written plainly or with an attack behind each text.

use std::collections::{BTreeMap, BTreeSet};

use crate::assess::{Direction, Severity};
use crate::diff::{ChangeKind, Facet};
use crate::practice::Category;
use crate::report::comparison::*;

pub(super) const ATTACK: &str = r#" <script>alert(1)</script> "><img src=x onerror=alert(1)> ' onload='x javascript:alert(1) </style></title><!-- {{ m }}"#;

/// How the fixture's texts are written: as they are, or with an attack behind each.
pub(super) type Pen = fn(&str) -> String;

pub(super) fn plain(text: &str) -> String {
    text.to_owned()
}

pub(super) fn hostile(text: &str) -> String {
    format!("{text}{ATTACK}")
}

pub(super) fn side(w: Pen, title: &str, source: &str, language: &str) -> Side {
    Side {
        source: w(source),
        title: w(title),
        dates: vec![StatedDate { kind: DateKind::Updated, date: "2025-03-01".into() }],
        language: language.into(),
        format: "markdown".into(),
        encoding: w("UTF-8"),
        model: None,
        characters: 4210,
        words: 1234,
        reading_minutes: 6,
        sections: 5,
        sentences: 64,
        practices: Some(31),
    }
}

/// Words with marks: `[-went-]` and `[+came+]`.
pub(super) fn segments(w: Pen, marked: &str) -> Vec<Segment> {
    let mut out = Vec::new();
    let mut rest = marked;
    while let Some(at) = rest.find("[-").into_iter().chain(rest.find("[+")).min() {
        let (mark, close) = match &rest[at..at + 2] {
            "[-" => (SegmentMark::Deleted, "-]"),
            _ => (SegmentMark::Inserted, "+]"),
        };
        let end = at + rest[at..].find(close).unwrap();
        if at > 0 {
            out.push(Segment { mark: SegmentMark::Same, text: w(&rest[..at]) });
        }
        out.push(Segment { mark, text: w(&rest[at + 2..end]) });
        rest = &rest[end + 2..];
    }
    if !rest.is_empty() {
        out.push(Segment { mark: SegmentMark::Same, text: w(rest) });
    }
    out
}

/// One side of marked words.
pub(super) fn evidence(w: Pen, marked: &str, section: &str, leave_out: SegmentMark) -> Evidence {
    let segments: Vec<Segment> = segments(w, marked).into_iter().filter(|s| s.mark != leave_out).collect();
    let quote: String = segments.iter().map(|s| s.text.as_str()).collect();
    Evidence {
        start: 10,
        end: 10 + quote.len(),
        quote,
        lead_in: Some(w("You may ask us to:")),
        section: w(section),
        segments,
    }
}

pub(super) fn row(w: Pen, kind: RowKind, block: BlockShape, marked: &str, changes: &[&str]) -> Row {
    let segments = segments(w, marked);
    let one = |leave_out| -> String {
        segments.iter().filter(|s| s.mark != leave_out).map(|s| s.text.as_str()).collect()
    };
    let side = |text: String| Some(RowSide { start: 0, end: text.len(), text });
    let (old, new) = (side(one(SegmentMark::Inserted)), side(one(SegmentMark::Deleted)));
    Row {
        kind,
        block,
        section: w("Privacy"),
        old: if matches!(kind, RowKind::Added | RowKind::MovedTo) { None } else { old },
        new: if matches!(kind, RowKind::Removed | RowKind::MovedFrom) { None } else { new },
        segments: if kind == RowKind::Modified { segments } else { Vec::new() },
        moved: None,
        changes: changes.iter().map(|&c| w(c)).collect(),
    }
}

pub(super) fn slot(w: Pen, facet: Facet, added: bool, words: &str, label: &str, iri: &str) -> Slot {
    Slot {
        facet,
        added,
        words: w(words),
        concept: Some(w("location.precise")),
        label: Some(w(label)),
        iri: Some(w(iri)),
        sensitive: label.contains("precise") || label.contains("精确"),
    }
}

#[allow(clippy::too_many_arguments)]
pub(super) fn change(
    w: Pen,
    id: &str,
    kind: ChangeKind,
    category: Category,
    direction: Direction,
    severity: Severity,
    words: [&str; 4],
    slots: Vec<Slot>,
    row: usize,
) -> Change {
    let [summary, reason, marked, section] = words;
    Change {
        id: w(id),
        kind,
        category,
        facets: slots.iter().map(|s| s.facet).collect::<BTreeSet<_>>().into_iter().collect(),
        direction,
        severity,
        summary: w(summary),
        reason: w(reason),
        rule: w("sharing-widened"),
        scope: None,
        accepted: None,
        old: (kind != ChangeKind::Added).then(|| evidence(w, marked, section, SegmentMark::Inserted)),
        new: (kind != ChangeKind::Removed).then(|| evidence(w, marked, section, SegmentMark::Deleted)),
        added: BTreeMap::new(),
        removed: BTreeMap::new(),
        slots,
        row: Some(row),
    }
}
