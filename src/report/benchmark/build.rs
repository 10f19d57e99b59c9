//! Practice sets of several vendors to the benchmark report.

use super::names::names;
use super::{
    Benchmark, BenchmarkRow, BreadthRow, Cell, CellEvidence, CellStatus, Pair, RetentionPeriod, RetentionRow,
    Standout, Vendor, disclosure,
};
use crate::checklist::Checklist;
use crate::diff::Place;
use crate::diff::matrix::{
    MatrixCell, MatrixRow, Period, Statement, Value, breadth, matrix, periods, similarities,
};
use crate::document::readability;
use crate::practice::{Modality, Polarity, PracticeSet};
use crate::report::messages::Messages;
use crate::report::side::{doubts, side};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

/// Quotes shown of one cell.
const MOST_QUOTES: usize = 3;
/// Conditions and values shown of one cell.
const MOST_CONDITIONS: usize = 2;
const MOST_VALUES: usize = 4;
/// Vendors that a title names.
const MOST_NAMES: usize = 3;

/// The benchmark of several policies, checked against some lists. `lang` is the language of the report's own words:
/// "en" or "zh".
pub fn build(sets: &[PracticeSet], vocabulary: &Vocabulary, lists: &[Checklist], lang: &str) -> Benchmark {
    let messages = Messages::for_language(lang);
    let language = Language::from(lang.to_string());
    let found = matrix(sets, vocabulary);
    let rows: Vec<BenchmarkRow> = found
        .iter()
        .map(|row| BenchmarkRow {
            topic: row.topic,
            concept: row.concept.clone(),
            label: vocabulary.label(&row.concept, &language).to_string(),
            iri: vocabulary.get(&row.concept).and_then(|c| c.iri.clone()),
            sensitive: vocabulary.is_sensitive(&row.concept),
            depth: row.depth,
            cells: row.cells.iter().zip(sets).map(|(c, set)| cell(c, set, messages)).collect(),
        })
        .collect();
    let mut doubts_found: Vec<String> = sets.iter().flat_map(|set| doubts(set, messages)).collect();
    doubts_found.dedup();
    let sides: Vec<_> = sets.iter().map(side).collect();
    let vendors: Vec<Vendor> = names(&sides)
        .into_iter()
        .zip(sides)
        .zip(sets)
        .map(|((name, side), set)| Vendor { name, side, readability: readability(&set.document) })
        .collect();
    Benchmark {
        schema: "polidiff.benchmark/1".into(),
        generator: crate::GENERATOR.into(),
        language: messages.language().into(),
        title: title(&vendors, messages),
        only: standouts(&found, sets.len(), only_one_does),
        only_ruled_out: standouts(&found, sets.len(), only_one_rules_out),
        all_but_one: standouts(&found, sets.len(), all_but_one_do),
        breadth: breadth(&found)
            .into_iter()
            .map(|b| BreadthRow { row: b.row, counts: b.counts, broadest: b.broadest })
            .collect(),
        retention: retention(sets, vocabulary, &language, messages),
        similarity: similarities(&found)
            .into_iter()
            .map(|p| Pair {
                first: p.first,
                second: p.second,
                shared: p.shared,
                either: p.either,
                percent: p.percent(),
            })
            .collect(),
        checklists: disclosure::results(lists, sets, vocabulary, &language),
        vendors,
        rows,
        doubts: doubts_found,
    }
}

fn title(vendors: &[Vendor], messages: &Messages) -> String {
    let names: Vec<&str> = vendors.iter().map(|v| v.name.as_str()).collect();
    let shown = names.get(..MOST_NAMES).filter(|_| names.len() > MOST_NAMES + 1).unwrap_or(&names);
    let mut list = shown.join(messages.get("join.list"));
    if names.len() > shown.len() {
        let more = messages.number(names.len() - shown.len());
        list = messages.fill("benchmark.names-more", &[("names", &list), ("n", &more)]);
    }
    messages.fill("title.benchmark", &[("vendors", &list)])
}

fn cell(cell: &MatrixCell, set: &PracticeSet, messages: &Messages) -> Cell {
    let statements = &cell.statements;
    let status = match (cell.affirms(), cell.denies()) {
        (true, true) => CellStatus::Both,
        (true, false) => CellStatus::Stated,
        (false, true) => CellStatus::Negated,
        (false, false) => match cell.above {
            _ if cell.below => CellStatus::Below,
            Some(above) if above.ruled_out => CellStatus::RuledOut,
            Some(_) => CellStatus::Within,
            None => CellStatus::Silent,
        },
    };
    let mut conditions: Vec<String> = statements.iter().flat_map(|s| s.conditions.iter().cloned()).collect();
    conditions.sort_by_key(|c| (c.chars().count(), c.clone()));
    conditions.dedup();
    conditions.truncate(MOST_CONDITIONS);
    let mut values: Vec<&Value> = statements.iter().flat_map(|s| &s.values).collect();
    values.sort();
    values.dedup();
    let inherits = matches!(status, CellStatus::Within | CellStatus::RuledOut);
    Cell {
        status,
        modality: statements.iter().map(|s| s.modality).max_by_key(|m| firmness(*m)),
        conditions,
        values: values.into_iter().take(MOST_VALUES).map(|v| worded(v, messages)).collect(),
        count: statements.len(),
        broader: cell.above.filter(|_| inherits).map(|above| above.row),
        evidence: statements.iter().take(MOST_QUOTES).map(|s| stated(s, set)).collect(),
    }
}

fn firmness(modality: Modality) -> u8 {
    match modality {
        Modality::May => 0,
        Modality::OnlyIf => 1,
        Modality::Does | Modality::Right => 2,
        Modality::Must => 3,
    }
}

fn stated(statement: &Statement, set: &PracticeSet) -> CellEvidence {
    evidence(&statement.words, statement.place, statement.polarity, set)
}

fn evidence(words: &str, place: Place, polarity: Polarity, set: &PracticeSet) -> CellEvidence {
    let original = set.original(place.span);
    CellEvidence {
        words: words.to_string(),
        quote: set.document.words(place.span).to_string(),
        section: set.document.section_path(place.section).join(" › "),
        start: original.start,
        end: original.end,
        negated: polarity == Polarity::Negated,
    }
}

fn worded(value: &Value, messages: &Messages) -> String {
    match value {
        Value::Period(iso) => period(iso, messages),
        Value::Age(years) => messages.fill("value.age", &[("n", &years.to_string())]),
        Value::Place(code) => (*code).to_string(),
    }
}

/// An ISO 8601 duration of one unit in words; itself where it is another.
fn period(iso: &str, messages: &Messages) -> String {
    let (number, unit) = match iso.strip_prefix("PT") {
        Some(rest) => (rest.trim_end_matches('H'), "hours"),
        None => {
            let unit = match iso.chars().next_back() {
                Some('D') => "days",
                Some('W') => "weeks",
                Some('M') => "months",
                Some('Y') => "years",
                _ => return iso.to_string(),
            };
            (iso.trim_start_matches('P').trim_end_matches(|c: char| !c.is_ascii_digit()), unit)
        }
    };
    match number.parse() {
        Ok(n) => messages.count(&format!("value.{unit}"), n),
        Err(_) => iso.to_string(),
    }
}

fn retention(
    sets: &[PracticeSet],
    vocabulary: &Vocabulary,
    language: &Language,
    messages: &Messages,
) -> Vec<RetentionRow> {
    let kept = |p: &Period, set: &PracticeSet| RetentionPeriod {
        duration: p.duration.clone(),
        days: p.days(),
        label: match (&p.duration, &p.criterion) {
            (Some(iso), _) => period(iso, messages),
            (None, Some(criterion)) => vocabulary.label(criterion, language).to_string(),
            (None, None) => p.words.clone(),
        },
        evidence: evidence(&p.words, p.place, p.polarity, set),
    };
    periods(sets, vocabulary)
        .into_iter()
        .map(|row| RetentionRow {
            label: match &row.data {
                Some(id) => vocabulary.label(id, language).to_string(),
                None => messages.get("benchmark.retention-unnamed").to_string(),
            },
            concept: row.data,
            cells: row
                .cells
                .iter()
                .zip(sets)
                .map(|(cell, set)| {
                    let mut periods: Vec<RetentionPeriod> = cell.iter().map(|p| kept(p, set)).collect();
                    periods.sort_by_key(|p| std::cmp::Reverse(p.days));
                    periods.dedup_by(|a, b| a.label == b.label && a.evidence.negated == b.evidence.negated);
                    periods
                })
                .collect(),
        })
        .collect()
}

/// By vendor, the rows in which it stands out.
fn standouts(rows: &[MatrixRow], vendors: usize, who: impl Fn(&MatrixRow) -> Option<usize>) -> Vec<Standout> {
    let mut all: Vec<Standout> = (0..vendors).map(|vendor| Standout { vendor, rows: Vec::new() }).collect();
    for (i, row) in rows.iter().enumerate() {
        if let Some(standout) = who(row).and_then(|vendor| all.get_mut(vendor)) {
            standout.rows.push(i);
        }
    }
    all.retain(|standout| !standout.rows.is_empty());
    all
}

/// The one vendor of which something holds, while nothing like it holds of any other.
fn single(
    row: &MatrixRow,
    holds: impl Fn(&MatrixCell) -> bool,
    like: impl Fn(&MatrixCell) -> bool,
) -> Option<usize> {
    let mut found = (0..row.cells.len()).filter(|&v| holds(&row.cells[v]));
    let vendor = found.next()?;
    let others = (0..row.cells.len()).filter(|&v| v != vendor);
    let alone = row.cells.len() > 1 && others.clone().all(|v| !holds(&row.cells[v]) && !like(&row.cells[v]));
    alone.then_some(vendor)
}

/// Another vendor's broader or narrower statement may be the same.
fn may_do(cell: &MatrixCell) -> bool {
    cell.affirms() || cell.below || cell.above.is_some_and(|above| !above.ruled_out)
}

fn only_one_does(row: &MatrixRow) -> Option<usize> {
    single(row, MatrixCell::affirms, may_do)
}

fn only_one_rules_out(row: &MatrixRow) -> Option<usize> {
    let denied = |cell: &MatrixCell| cell.denies() || cell.above.is_some_and(|above| above.ruled_out);
    single(row, |cell| cell.denies() && !cell.affirms(), denied)
}

fn all_but_one_do(row: &MatrixRow) -> Option<usize> {
    let does = |cell: &MatrixCell| cell.affirms() || cell.below;
    let said = row.cells.iter().any(MatrixCell::affirms);
    let others = row.cells.iter().filter(|cell| does(cell)).count();
    if row.cells.len() < 3 || others + 1 != row.cells.len() || !said {
        return None;
    }
    row.cells.iter().position(|cell| !may_do(cell))
}
