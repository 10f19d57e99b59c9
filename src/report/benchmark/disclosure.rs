//! Checklists and practice sets to what was found of each item.

use super::{CellEvidence, ChecklistItem, ChecklistResult, Found};
use crate::checklist::{Checklist, Evidence, Finding};
use crate::practice::PracticeSet;
use crate::text::Language;
use crate::vocabulary::{Labels, Vocabulary};

/// Sentences shown of one item.
const MOST_QUOTES: usize = 3;

/// What each list finds in the sets.
pub(super) fn results(
    lists: &[Checklist],
    sets: &[PracticeSet],
    vocabulary: &Vocabulary,
    language: &Language,
) -> Vec<ChecklistResult> {
    lists.iter().map(|list| result(list, sets, vocabulary, language)).collect()
}

fn result(
    list: &Checklist,
    sets: &[PracticeSet],
    vocabulary: &Vocabulary,
    language: &Language,
) -> ChecklistResult {
    let findings: Vec<Vec<Finding>> = sets.iter().map(|set| list.check(set, vocabulary)).collect();
    let items = list
        .items
        .iter()
        .enumerate()
        .map(|(i, item)| ChecklistItem {
            id: item.id.clone(),
            law: in_language(&item.law, language),
            asks: in_language(&item.asks, language),
            cells: sets.iter().zip(&findings).map(|(set, found)| cell(found.get(i), set)).collect(),
        })
        .collect();
    let count = |found: &Vec<Finding>| found.iter().filter(|f| !f.evidence.is_empty()).count();
    ChecklistResult {
        id: list.id.clone(),
        title: in_language(&list.title, language),
        source: in_language(&list.source, language),
        items,
        found: findings.iter().map(count).collect(),
    }
}

fn cell(finding: Option<&Finding>, set: &PracticeSet) -> Found {
    let evidence = finding.map_or(&[][..], |finding| &finding.evidence);
    Found {
        count: evidence.len(),
        evidence: evidence.iter().take(MOST_QUOTES).filter_map(|e| quoted(e, set)).collect(),
    }
}

fn quoted(evidence: &Evidence, set: &PracticeSet) -> Option<CellEvidence> {
    let document = &set.document;
    let sentence = document.sentences.get(evidence.sentence)?;
    let original = set.original(sentence.span);
    let section = document.blocks.get(sentence.block)?.section;
    Some(CellEvidence {
        words: document.words(evidence.words).to_string(),
        quote: document.words(sentence.span).to_string(),
        section: document.section_path(section).join(" › "),
        start: original.start,
        end: original.end,
        negated: evidence.negated,
    })
}

/// The label in the language, else in the other one.
fn in_language(labels: &Labels, language: &Language) -> String {
    let (first, second) = match language {
        Language::Zh => (&labels.zh, &labels.en),
        _ => (&labels.en, &labels.zh),
    };
    if first.is_empty() { second.clone() } else { first.clone() }
}
