//! Both practice sets as one table: a line says what became of a practice, and links to its sentences.

use std::collections::{BTreeMap, BTreeSet};

use super::parts::{self, Words};
use crate::diff::Relation;
use crate::practice::{Modality, Polarity};
use crate::report::comparison::{Comparison, PracticePair, PracticeSide, PracticeStatus, SegmentMark};
use crate::report::messages::{Messages, code};

/// A line of the table: practices that read the same share one.
pub(super) struct PairRow {
    pub class: &'static str,
    pub sign: &'static str,
    pub status: String,
    pub category: String,
    /// The language of its words where it is not the report's; else empty.
    pub lang: &'static str,
    /// Action, data and recipients.
    pub cells: [Cell; 3],
    /// Stated or ruled out, and how firmly.
    pub stance: Cell,
    /// The rows of the text where it stands.
    pub links: Vec<usize>,
}

/// What both sides have, and what only one has.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Cell(Vec<(SegmentMark, String)>);

impl Cell {
    /// Things of the old and of the new side; `None` for a side that is not there. Two vendors' things are no edits of
    /// each other: they stand side by side, unmarked.
    fn new(old: Option<Vec<String>>, new: Option<Vec<String>>, join: &str, vendors: bool) -> Cell {
        let same = |list: Vec<String>| Cell(vec![(SegmentMark::Same, list.join(join))]);
        let (old, new) = match (old, new) {
            (Some(old), Some(new)) if old != new => (old, new),
            (Some(list), _) | (_, Some(list)) => return same(list),
            (None, None) => return same(Vec::new()),
        };
        if vendors {
            return same(vec![[old.join(join), new.join(join)].join(" | ")]);
        }
        let went = old.iter().filter(|o| !new.contains(o)).map(|o| (SegmentMark::Deleted, o));
        let here =
            new.iter().map(|n| (if old.contains(n) { SegmentMark::Same } else { SegmentMark::Inserted }, n));
        let mut runs: Vec<(SegmentMark, String)> = Vec::new();
        for (mark, words) in went.chain(here).filter(|(_, words)| !words.is_empty()) {
            match runs.last_mut() {
                Some(last) if last.0 == mark => last.1.extend([join, words]),
                Some(_) => runs.extend([(SegmentMark::Same, " ".to_owned()), (mark, words.clone())]),
                None => runs.push((mark, words.clone())),
            }
        }
        Cell(runs)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.iter().all(|run| run.1.is_empty())
    }

    /// Its words, marked where the sides differ.
    pub(super) fn segments(&self) -> Vec<Words<'_>> {
        let run = |(mark, text)| Words {
            text,
            deleted: mark == SegmentMark::Deleted,
            inserted: mark == SegmentMark::Inserted,
            lang: "",
        };
        self.0.iter().map(|(mark, text)| run((*mark, text.as_str()))).collect()
    }
}

/// Sign and words of each status, with the number of practices.
pub(super) fn legend(m: &Messages, report: &Comparison) -> String {
    let statuses: BTreeSet<PracticeStatus> = report.practices.iter().map(|p| p.status).collect();
    let count = |status| report.practices.iter().filter(|p| p.status == status).count();
    let word = |status| format!("{} {} {}", look(status).1, name(m, report, status), m.number(count(status)));
    statuses.into_iter().map(word).collect::<Vec<_>>().join(m.get("join.list"))
}

/// The lines, in the order of the report.
pub(super) fn rows(m: &Messages, report: &Comparison) -> Vec<PairRow> {
    let mut rows: Vec<PairRow> = Vec::new();
    let mut first = BTreeMap::new();
    for pair in &report.practices {
        let mut row = row(m, report, pair);
        let key = (row.status.clone(), row.category.clone(), row.lang, row.words());
        match first.get(&key).and_then(|&n: &usize| rows.get_mut(n)) {
            Some(like) => like.links.append(&mut row.links),
            None => {
                first.insert(key, rows.len());
                rows.push(row);
            }
        }
    }
    for row in &mut rows {
        row.links.sort_unstable();
        row.links.dedup();
    }
    rows
}

impl PairRow {
    /// What its cells say.
    fn words(&self) -> [Cell; 4] {
        let [action, data, recipients] = &self.cells;
        [action, data, recipients, &self.stance].map(Cell::clone)
    }
}

fn row(m: &Messages, report: &Comparison, pair: &PracticePair) -> PairRow {
    let (class, sign) = look(pair.status);
    let (old, new) = (pair.old.as_ref(), pair.new.as_ref());
    // Words of one practice that both sides state otherwise: the new ones are enough unless a change is meant.
    let old = if pair.status == PracticeStatus::Unchanged && new.is_some() { None } else { old };
    let vendors = report.relation == Relation::Vendors;
    let cell = |of: &dyn Fn(&PracticeSide) -> Vec<String>| {
        Cell::new(old.map(of), new.map(of), m.get("join.list"), vendors)
    };
    let spoken = if new.is_some() { &report.new.language } else { &report.old.language };
    let rows = if report.text.available { report.text.rows.len() } else { 0 };
    let (old_row, new_row) = (pair.old.as_ref().and_then(|s| s.row), pair.new.as_ref().and_then(|s| s.row));
    PairRow {
        class,
        sign,
        status: name(m, report, pair.status),
        category: m.name("category", &pair.category),
        lang: match spoken.as_str() {
            spoken if spoken == m.language() => "",
            "zh" => "zh-Hans",
            "en" => "en",
            _ => "und",
        },
        cells: [
            cell(&|s| s.action.iter().cloned().collect()),
            cell(&|s| s.data.clone()),
            cell(&|s| s.recipients.clone()),
        ],
        stance: cell(&|s| vec![stance(m, s)]),
        links: old_row.into_iter().chain(new_row).filter(|&r| r < rows).collect(),
    }
}

/// "✓" for what is plainly stated, else the sign with its word.
fn stance(m: &Messages, side: &PracticeSide) -> String {
    let firmness = m.name("modality", &side.modality);
    match (side.polarity, side.modality) {
        (Polarity::Negated, Modality::Does) => format!("✗ {}", m.name("polarity", &side.polarity)),
        (polarity, _) => format!("{} {firmness}", parts::polarity_sign(polarity)),
    }
}

fn name(m: &Messages, report: &Comparison, status: PracticeStatus) -> String {
    let suffix = if report.relation == Relation::Vendors { ".vendors" } else { "" };
    m.get(&format!("pair.{}{suffix}", code(&status))).to_owned()
}

/// Class and sign of a status.
fn look(status: PracticeStatus) -> (&'static str, &'static str) {
    match status {
        PracticeStatus::Unchanged => ("", "="),
        PracticeStatus::Changed => ("mod", "~"),
        PracticeStatus::Came => ("add", "+"),
        PracticeStatus::Went => ("rem", "−"),
    }
}
