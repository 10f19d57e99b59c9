//! Both practice sets as one table, for every format: a line says what became of a practice, and where it stands.

use std::collections::{BTreeMap, BTreeSet};

use super::comparison::{Comparison, PracticePair, PracticeSide, PracticeStatus, SegmentMark};
use super::messages::{Messages, code};
use super::table::polarity_sign;
use crate::diff::Relation;
use crate::practice::{Modality, Polarity};

/// So much of a sentence stands for a practice of which neither data nor recipients are named, in characters.
const LONGEST_BEGINNING: usize = 40;

/// A line of the table: practices that read the same share one.
pub(super) struct PairRow<'a> {
    pub status: PracticeStatus,
    /// Sign and words of the status.
    pub status_words: String,
    pub category: String,
    /// The language of its words, as the document tells it.
    pub language: &'a str,
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

    /// Its words, run by run.
    pub(super) fn runs(&self) -> impl Iterator<Item = (SegmentMark, &str)> {
        self.0.iter().map(|(mark, words)| (*mark, words.as_str()))
    }
}

/// What heads the columns of status, category, the three cells and the stance.
pub(super) const HEADS: [&str; 6] =
    ["column.status", "column.category", "facet.action", "facet.data", "facet.recipient", "column.polarity"];

/// Sign and words of each status, with the number of practices.
pub(super) fn legend(m: &Messages, report: &Comparison) -> String {
    let statuses: BTreeSet<PracticeStatus> = report.pairs().iter().map(|p| p.status).collect();
    let count = |status| report.pairs().iter().filter(|p| p.status == status).count();
    let word = |status| format!("{} {}", status_words(m, report, status), m.number(count(status)));
    statuses.into_iter().map(word).collect::<Vec<_>>().join(m.get("join.list"))
}

/// The lines, in the order of the report. With `sentences`, one that names neither data nor recipients quotes its sentence.
pub(super) fn rows<'a>(m: &Messages, report: &'a Comparison, sentences: bool) -> Vec<PairRow<'a>> {
    let mut rows: Vec<PairRow> = Vec::new();
    let mut first = BTreeMap::new();
    for pair in report.pairs() {
        let mut row = row(m, report, pair, sentences);
        let key = (row.status, row.category.clone(), row.language, row.words());
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

impl PairRow<'_> {
    /// What its cells say.
    fn words(&self) -> [Cell; 4] {
        let [action, data, recipients] = &self.cells;
        [action, data, recipients, &self.stance].map(Cell::clone)
    }
}

fn row<'a>(m: &Messages, report: &'a Comparison, pair: &PracticePair, sentences: bool) -> PairRow<'a> {
    let (old, new) = (pair.old.as_ref(), pair.new.as_ref());
    // Words of one practice that both sides state otherwise: the new ones are enough unless a change is meant.
    let old = if pair.status == PracticeStatus::Unchanged && new.is_some() { None } else { old };
    let vendors = report.relation == Relation::Vendors;
    let cell = |of: &dyn Fn(&PracticeSide) -> Vec<String>| {
        Cell::new(old.map(of), new.map(of), m.get("join.list"), vendors)
    };
    let mut data = cell(&|s| s.data.clone());
    let recipients = cell(&|s| s.recipients.clone());
    if sentences && data.is_empty() && recipients.is_empty() {
        let side = new.map(|s| (s, false)).or(old.map(|s| (s, true)));
        data = Cell(vec![(
            SegmentMark::Same,
            side.map_or(String::new(), |(s, is_old)| beginning(m, report, s, is_old)),
        )]);
    }
    let rows = if report.text.available { report.text.rows.len() } else { 0 };
    let (old_row, new_row) = (pair.old.as_ref().and_then(|s| s.row), pair.new.as_ref().and_then(|s| s.row));
    PairRow {
        status: pair.status,
        status_words: status_words(m, report, pair.status),
        category: m.name("category", &pair.category),
        language: if new.is_some() { &report.new.language } else { &report.old.language },
        cells: [cell(&|s| s.action.iter().cloned().collect()), data, recipients],
        stance: cell(&|s| vec![stance(m, s)]),
        links: old_row.into_iter().chain(new_row).filter(|&r| r < rows).collect(),
    }
}

/// The beginning of a practice's sentence, as far as the report shows the text.
fn beginning(m: &Messages, report: &Comparison, side: &PracticeSide, is_old: bool) -> String {
    let row = side.row.and_then(|row| report.text.rows.get(row));
    let block = row.and_then(|row| if is_old { row.old.as_ref() } else { row.new.as_ref() });
    let sentence = block.and_then(|block| {
        let at = |offset: usize| offset.checked_sub(block.start);
        block.text.get(at(side.start)?..at(side.end)?)
    });
    let Some(sentence) = sentence else { return String::new() };
    let end = sentence.char_indices().nth(LONGEST_BEGINNING).map_or(sentence.len(), |(at, _)| at);
    let more = if end < sentence.len() { "…" } else { "" };
    let words = sentence.get(..end).unwrap_or_default().trim_end();
    format!("{}{words}{more}{}", m.get("quote.open"), m.get("quote.close"))
}

/// "✓" for what is plainly stated, else the sign with its word.
fn stance(m: &Messages, side: &PracticeSide) -> String {
    let firmness = m.name("modality", &side.modality);
    match (side.polarity, side.modality) {
        (Polarity::Negated, Modality::Does) => format!("✗ {}", m.name("polarity", &side.polarity)),
        (polarity, _) => format!("{} {firmness}", polarity_sign(polarity)),
    }
}

fn status_words(m: &Messages, report: &Comparison, status: PracticeStatus) -> String {
    let suffix = if report.relation == Relation::Vendors { ".vendors" } else { "" };
    let sign = match status {
        PracticeStatus::Unchanged => "=",
        PracticeStatus::Changed => "~",
        PracticeStatus::Came => "+",
        PracticeStatus::Went => "−",
    };
    format!("{sign} {}", m.get(&format!("pair.{}{suffix}", code(&status))))
}
