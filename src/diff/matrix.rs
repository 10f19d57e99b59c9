//! N vendors by concept: who states what, down the is-a hierarchy.

use std::collections::{BTreeMap, BTreeSet};

use super::Facet;
use super::claims::{Claims, Matter};
use super::difference::Place;
use super::units::place;
use crate::document::BlockKind;
use crate::practice::{Category, Modality, Polarity, Practice, PracticeSet};
use crate::vocabulary::{Kind, Vocabulary};

/// A concept in a category, across vendors.
#[derive(Clone, Debug)]
pub struct MatrixRow {
    /// What is done.
    pub category: Category,
    /// Which part of a practice the concept fills.
    pub facet: Facet,
    /// Concept id.
    pub concept: String,
    /// Depth under the broadest row of its group.
    pub depth: usize,
    /// The statements of each vendor, in document order.
    pub cells: Vec<Vec<Statement>>,
    /// Whether each vendor states a narrower concept.
    pub below: Vec<bool>,
}

/// One statement of one vendor.
#[derive(Clone, Debug)]
pub struct Statement {
    /// Words that name the concept.
    pub words: String,
    /// Where it is stated.
    pub place: Place,
    /// Stated, or ruled out.
    pub polarity: Polarity,
    /// How firmly.
    pub modality: Modality,
    /// Words of its conditions.
    pub conditions: Vec<String>,
}

type Key = (Category, Facet, String);

/// Facets whose values are concepts worth a row, and the category they stand under.
const FACETS: [Facet; 5] = [Facet::Data, Facet::Purpose, Facet::Recipient, Facet::Source, Facet::Retention];

/// The rows, grouped by category and facet, in the order of the hierarchy.
pub fn matrix(sets: &[PracticeSet], vocabulary: &Vocabulary) -> Vec<MatrixRow> {
    let mut found: BTreeMap<Key, Vec<Vec<Statement>>> = BTreeMap::new();
    for (vendor, set) in sets.iter().enumerate() {
        for (key, statement) in statements(set, vocabulary) {
            let cells = found.entry(key).or_insert_with(|| vec![Vec::new(); sets.len()]);
            cells[vendor].push(statement);
        }
    }
    for parent in shared_parents(&found, vocabulary) {
        found.entry(parent).or_insert_with(|| vec![Vec::new(); sets.len()]);
    }
    let keys: BTreeSet<Key> = found.keys().cloned().collect();
    found
        .iter()
        .map(|((category, facet, concept), cells)| {
            let depth = broader(concept, vocabulary)
                .filter(|b| keys.contains(&(*category, *facet, b.to_string())))
                .count();
            let below = (0..sets.len())
                .map(|vendor| {
                    found.iter().any(|((c, f, other), cells)| {
                        c == category
                            && f == facet
                            && other != concept
                            && !cells[vendor].is_empty()
                            && vocabulary.is_a(other, concept)
                    })
                })
                .collect();
            MatrixRow {
                category: *category,
                facet: *facet,
                concept: concept.clone(),
                depth,
                cells: cells.clone(),
                below,
            }
        })
        .collect()
}

/// The line of parents of a concept, nearest first: the tree that a reader folds, without the other kinds it also is.
fn broader<'v>(concept: &str, vocabulary: &'v Vocabulary) -> impl Iterator<Item = &'v str> {
    let parent = |id: &str| vocabulary.get(id).and_then(|c| c.parent.as_deref());
    std::iter::successors(parent(concept), move |id| parent(id))
}

/// Concepts that hold several stated ones: the rows that a reader folds.
fn shared_parents(found: &BTreeMap<Key, Vec<Vec<Statement>>>, vocabulary: &Vocabulary) -> Vec<Key> {
    let mut children: BTreeMap<Key, usize> = BTreeMap::new();
    for (category, facet, concept) in found.keys() {
        if let Some(parent) = broader(concept, vocabulary).next().filter(|p| vocabulary.depth(p) > 0) {
            *children.entry((*category, *facet, parent.to_string())).or_default() += 1;
        }
    }
    children.into_iter().filter(|(_, n)| *n >= 2).map(|(key, _)| key).collect()
}

fn statements(set: &PracticeSet, vocabulary: &Vocabulary) -> Vec<(Key, Statement)> {
    let document = &set.document;
    let mut statements = Vec::new();
    let claims = Claims::of(set);
    for claim in &claims.all {
        let Some(concept) = claim.concept.as_deref() else { continue };
        let general = vocabulary.depth(concept) == 0
            || vocabulary.is_a(concept, "party.controller")
            || vocabulary.is_a(concept, "party.user");
        let Some(here) = place(document, &[claim.sentence]) else { continue };
        if general || !FACETS.contains(&claim.facet) {
            continue;
        }
        let practice = &set.practices[claim.practice];
        let statement = Statement {
            words: claim.words.clone(),
            place: here,
            polarity: claim.polarity,
            modality: claim.modality,
            conditions: practice.conditions.iter().map(|m| m.text.clone()).collect(),
        };
        statements
            .push(((heading(claim.facet, claim.category), claim.facet, concept.to_string()), statement));
    }
    statements.extend(rights_and_safeguards(set, vocabulary));
    statements
}

/// Rights and safeguards are named by sentences rather than by slots.
fn rights_and_safeguards(set: &PracticeSet, vocabulary: &Vocabulary) -> Vec<(Key, Statement)> {
    let document = &set.document;
    let mut first_of: BTreeMap<usize, &Practice> = BTreeMap::new();
    for practice in &set.practices {
        first_of.entry(practice.evidence.span.start).or_insert(practice);
    }
    let mut statements = Vec::new();
    for (i, sentence) in document.sentences.iter().enumerate() {
        let categories = set.facts.get(i).map(|f| &f.categories);
        let about = |c: Category| categories.is_some_and(|set| set.contains(&c));
        if document.blocks[sentence.block].kind == BlockKind::Heading
            || !(about(Category::Rights) || about(Category::Security))
        {
            continue;
        }
        let words = document.words(sentence.span);
        for hit in vocabulary.find(words, &document.language) {
            let (category, facet) = match hit.kind {
                Kind::Right if about(Category::Rights) => (Category::Rights, Facet::Rights),
                Kind::Security if about(Category::Security) => (Category::Security, Facet::Security),
                _ => continue,
            };
            if vocabulary.depth(hit.concept) == 0 {
                continue;
            }
            let practice = first_of.get(&sentence.span.start);
            if let Some(here) = place(document, &[i]) {
                let statement = Statement {
                    words: hit.span.of(words).to_string(),
                    place: here,
                    polarity: practice.map_or(Polarity::Affirmed, |p| p.polarity),
                    modality: practice.map_or(Modality::Does, |p| p.modality),
                    conditions: Vec::new(),
                };
                statements.push(((category, facet, hit.concept.to_string()), statement));
            }
        }
    }
    statements
}

/// The heading under which a facet's values of a category stand.
fn heading(facet: Facet, category: Category) -> Category {
    match facet {
        Facet::Purpose => Category::Use,
        Facet::Recipient => Category::Sharing,
        Facet::Source => Category::Collection,
        Facet::Retention => Category::Retention,
        _ => match Matter::of(category) {
            Matter::Having => Category::Collection,
            Matter::Giving => Category::Sharing,
            Matter::Keeping => Category::Retention,
            Matter::Protecting => Category::Security,
            Matter::Choosing => Category::Rights,
            Matter::Other => category,
        },
    }
}
