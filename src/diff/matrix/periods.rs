//! How long each vendor keeps what: periods in days and the criteria that stand in for them, by kind of data.

use std::collections::BTreeMap;

use super::super::Facet;
use super::super::claims::Claims;
use super::super::difference::Place;
use super::super::units::place;
use crate::practice::{Category, Polarity, PracticeSet, days};
use crate::vocabulary::{Kind, Vocabulary};

/// How long vendors keep one kind of data.
#[derive(Clone, Debug)]
pub struct PeriodRow {
    /// Concept id of the data; `None` where none is named.
    pub data: Option<String>,
    /// What each vendor says, in document order.
    pub cells: Vec<Vec<Period>>,
}

/// A period or criterion.
#[derive(Clone, Debug)]
pub struct Period {
    /// The words.
    pub words: String,
    /// ISO 8601, where the words state a duration.
    pub duration: Option<String>,
    /// Concept id of the criterion, such as "retention.account", where the vocabulary knows it.
    pub criterion: Option<String>,
    /// Stated, or ruled out.
    pub polarity: Polarity,
    /// Where it is stated.
    pub place: Place,
}

impl Period {
    /// The duration in days.
    pub fn days(&self) -> Option<u32> {
        self.duration.as_deref().and_then(days)
    }
}

/// Periods by kind of data, the unnamed first, then by concept.
pub fn periods(sets: &[PracticeSet], vocabulary: &Vocabulary) -> Vec<PeriodRow> {
    let mut rows: BTreeMap<Option<String>, Vec<Vec<Period>>> = BTreeMap::new();
    for (vendor, set) in sets.iter().enumerate() {
        for claim in &Claims::of(set).all {
            let known = claim.concept.is_some() || claim.duration.is_some();
            if claim.facet != Facet::Retention || claim.category == Category::Audience || !known {
                continue;
            }
            let Some(here) = place(&set.document, &[claim.sentence]) else { continue };
            let practice = &set.practices[claim.practice];
            let mut data = ids(practice.data.iter().filter_map(|m| m.concept.as_deref()), vocabulary);
            if data.is_empty() {
                if !keeps(set, claim.sentence, vocabulary) {
                    continue;
                }
                let hits = vocabulary.find(words(set, claim.sentence), &set.document.language);
                let named = hits.iter().filter(|hit| hit.kind == Kind::Data).map(|hit| hit.concept);
                data = ids(named, vocabulary);
            }
            let data = if data.is_empty() { vec![None] } else { data.into_iter().map(Some).collect() };
            for data in data {
                let cells = rows.entry(data).or_insert_with(|| vec![Vec::new(); sets.len()]);
                let same = |p: &Period| p.words == claim.words && p.place == here;
                if !cells[vendor].iter().any(same) {
                    cells[vendor].push(Period {
                        words: claim.words.to_string(),
                        duration: claim.duration.map(str::to_string),
                        criterion: claim.concept.map(str::to_string),
                        polarity: claim.polarity,
                        place: here,
                    });
                }
            }
        }
    }
    rows.into_iter().map(|(data, cells)| PeriodRow { data, cells }).collect()
}

/// Kinds of data, each once, without "personal information".
fn ids<'a>(concepts: impl Iterator<Item = &'a str>, vocabulary: &Vocabulary) -> Vec<String> {
    let mut ids: Vec<String> =
        concepts.filter(|id| vocabulary.depth(id) > 1 || *id == "data.minor").map(str::to_string).collect();
    ids.sort();
    ids.dedup();
    ids
}

/// Whether a sentence, what leads in to it or its section's title speaks of keeping or deleting: "we answer within 30
/// days" does not.
fn keeps(set: &PracticeSet, sentence: usize, vocabulary: &Vocabulary) -> bool {
    const KEEPING: [&str; 3] = ["action.store", "action.delete", "action.anonymise"];
    let document = &set.document;
    let Some(block) = document.sentences.get(sentence).map(|s| s.block) else { return false };
    let leads = document.lead_ins(block).map(|lead| document.words(document.blocks[lead].body));
    let title = document.section_path(document.blocks[block].section).pop();
    [words(set, sentence)].into_iter().chain(leads).chain(title).any(|text| {
        let hits = vocabulary.find(text, &document.language);
        hits.iter()
            .any(|hit| hit.kind == Kind::Action && KEEPING.iter().any(|id| vocabulary.is_a(hit.concept, id)))
    })
}

fn words(set: &PracticeSet, sentence: usize) -> &str {
    set.document.sentences.get(sentence).map_or("", |s| set.document.words(s.span))
}
