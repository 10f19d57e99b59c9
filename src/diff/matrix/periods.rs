//! How long each vendor keeps what: periods in days and the criteria that stand in for them, by kind of data.

use std::collections::BTreeMap;

use super::super::Facet;
use super::super::claims::Claims;
use super::super::difference::Place;
use super::super::units::place;
use crate::practice::{Category, Polarity, PracticeSet, days};
use crate::vocabulary::Vocabulary;

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
            let named = practice.data.iter().filter_map(|m| m.concept.clone());
            let mut data: Vec<Option<String>> =
                named.filter(|id| vocabulary.depth(id) > 1 || id == "data.minor").map(Some).collect();
            data.sort();
            data.dedup();
            if data.is_empty() {
                data.push(None);
            }
            for data in data {
                let cells = rows.entry(data).or_insert_with(|| vec![Vec::new(); sets.len()]);
                let same = |p: &Period| p.words == claim.words && p.place == here;
                if !cells[vendor].iter().any(same) {
                    cells[vendor].push(Period {
                        words: claim.words.clone(),
                        duration: claim.duration.clone(),
                        criterion: claim.concept.clone(),
                        polarity: claim.polarity,
                        place: here,
                    });
                }
            }
        }
    }
    rows.into_iter().map(|(data, cells)| PeriodRow { data, cells }).collect()
}
