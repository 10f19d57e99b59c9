//! Practice sets of several vendors to the benchmark report.

use super::{Benchmark, BenchmarkRow, Cell, CellEvidence, CellStatus, Standout};
use crate::diff::matrix::{MatrixRow, Statement, matrix};
use crate::practice::{Modality, Polarity, PracticeSet};
use crate::report::messages::Messages;
use crate::report::side::{doubts, side};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

/// Quotes shown of one cell.
const MOST_QUOTES: usize = 3;
/// Conditions shown of one cell.
const MOST_CONDITIONS: usize = 2;

/// The benchmark of several policies. `lang` is the language of the report's own words: "en" or "zh".
pub fn build(sets: &[PracticeSet], vocabulary: &Vocabulary, lang: &str) -> Benchmark {
    let messages = Messages::for_language(lang);
    let language = Language::from(lang.to_string());
    let rows: Vec<BenchmarkRow> = matrix(sets, vocabulary)
        .iter()
        .map(|row| {
            let concept = vocabulary.get(&row.concept);
            BenchmarkRow {
                category: row.category,
                facet: row.facet,
                concept: row.concept.clone(),
                label: vocabulary.label(&row.concept, &language).to_string(),
                iri: concept.and_then(|c| c.iri.clone()),
                sensitive: vocabulary.is_sensitive(&row.concept),
                depth: row.depth,
                cells: (0..sets.len()).map(|vendor| cell(row, vendor, &sets[vendor])).collect(),
            }
        })
        .collect();
    let mut doubts_found: Vec<String> = sets.iter().flat_map(|set| doubts(set, messages)).collect();
    doubts_found.dedup();
    let vendors: Vec<_> = sets.iter().map(side).collect();
    let names: Vec<&str> = vendors.iter().map(|v| v.title.as_str()).collect();
    Benchmark {
        schema: "polidiff.benchmark/1".into(),
        generator: crate::GENERATOR.into(),
        language: messages.language().into(),
        title: messages.fill("title.benchmark", &[("vendors", &names.join(messages.get("join.list")))]),
        only: standouts(&rows, sets.len(), |silent| silent + 1 == sets.len() && sets.len() > 1, true),
        all_but_one: standouts(&rows, sets.len(), |silent| silent == 1 && sets.len() > 2, false),
        vendors,
        rows,
        doubts: doubts_found,
    }
}

fn cell(row: &MatrixRow, vendor: usize, set: &PracticeSet) -> Cell {
    let statements = &row.cells[vendor];
    let says = |polarity: Polarity| statements.iter().any(|s| s.polarity == polarity);
    let status = match (says(Polarity::Affirmed), says(Polarity::Negated)) {
        (true, true) => CellStatus::Both,
        (true, false) => CellStatus::Stated,
        (false, true) => CellStatus::Negated,
        (false, false) if row.below[vendor] => CellStatus::Below,
        (false, false) => CellStatus::Silent,
    };
    let mut conditions: Vec<String> = statements.iter().flat_map(|s| s.conditions.iter().cloned()).collect();
    conditions.sort_by_key(|c| (c.chars().count(), c.clone()));
    conditions.dedup();
    conditions.truncate(MOST_CONDITIONS);
    Cell {
        status,
        modality: statements.iter().map(|s| s.modality).max_by_key(|m| firmness(*m)),
        conditions,
        count: statements.len(),
        evidence: statements.iter().take(MOST_QUOTES).map(|s| evidence(s, set)).collect(),
    }
}

fn firmness(modality: Modality) -> u8 {
    match modality {
        Modality::May => 0,
        Modality::OnlyIf => 1,
        Modality::Does => 2,
        Modality::Must => 3,
    }
}

fn evidence(statement: &Statement, set: &PracticeSet) -> CellEvidence {
    let original = set.original(statement.place.span);
    CellEvidence {
        words: statement.words.clone(),
        quote: set.document.words(statement.place.span).to_string(),
        section: set.document.section_path(statement.place.section).join(" › "),
        start: original.start,
        end: original.end,
        negated: statement.polarity == Polarity::Negated,
    }
}

/// Rows that set a vendor apart: those where the number of silent vendors is as asked, by the vendor that speaks (or is silent).
fn standouts(
    rows: &[BenchmarkRow],
    vendors: usize,
    wanted: impl Fn(usize) -> bool,
    speaks: bool,
) -> Vec<Standout> {
    let silent = |cell: &Cell| cell.status == CellStatus::Silent;
    (0..vendors)
        .map(|vendor| Standout {
            vendor,
            rows: (0..rows.len())
                .filter(|&r| {
                    let cells = &rows[r].cells;
                    wanted(cells.iter().filter(|c| silent(c)).count()) && silent(&cells[vendor]) != speaks
                })
                .collect(),
        })
        .filter(|standout| !standout.rows.is_empty())
        .collect()
}
