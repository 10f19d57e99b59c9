//! N vendors by concept: who states what, down the is-a hierarchy; who is broader, who keeps longer, who is like whom.

mod breadth;
mod periods;
mod similarity;
mod statements;
mod topic;

use std::collections::BTreeMap;

use super::difference::Place;
use crate::practice::{Modality, Polarity, PracticeSet};
use crate::vocabulary::{Kind, Vocabulary};

pub use breadth::{Breadth, breadth};
pub use periods::{Period, PeriodRow, periods};
pub use similarity::{Similarity, similarities};
pub use topic::Topic;

/// A concept under a topic, across vendors.
#[derive(Clone, Debug)]
pub struct MatrixRow {
    /// What it is about.
    pub topic: Topic,
    /// Concept id.
    pub concept: String,
    /// Depth under the broadest row of its tree, from 0.
    pub depth: usize,
    /// Rows of the same topic that are broader, nearest first.
    pub broader: Vec<usize>,
    /// One cell a vendor.
    pub cells: Vec<MatrixCell>,
}

/// What one vendor says of a concept.
#[derive(Clone, Debug, Default)]
pub struct MatrixCell {
    /// Its statements, in document order.
    pub statements: Vec<Statement>,
    /// Whether it says that a narrower concept happens.
    pub below: bool,
    /// Where it says nothing of the concept itself: the nearest broader row of which it says something that holds here too.
    pub above: Option<Above>,
}

/// What a broader row says of a narrower one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Above {
    /// Index of the broader row.
    pub row: usize,
    /// Whether it is ruled out there, so here as well; else it is stated there and may include this.
    pub ruled_out: bool,
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
    /// Whether it names no particular data, recipient or purpose beside the concept, so that ruling it out rules out all of it.
    pub whole: bool,
    /// What it comes to.
    pub values: Vec<Value>,
}

/// A value that can be compared whatever the language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    /// An ISO 8601 duration.
    Period(String),
    /// An age in years.
    Age(u32),
    /// The code of a country or region.
    Place(&'static str),
}

impl MatrixCell {
    /// Whether it says that it happens.
    pub fn affirms(&self) -> bool {
        self.statements.iter().any(|s| s.polarity == Polarity::Affirmed)
    }

    /// Whether it says that it does not happen.
    pub fn denies(&self) -> bool {
        self.statements.iter().any(|s| s.polarity == Polarity::Negated)
    }

    /// Whether it rules out all of it: nowhere stated, and under no condition.
    fn rules_out(&self) -> bool {
        !self.statements.is_empty()
            && self.statements.iter().all(|s| {
                s.polarity == Polarity::Negated
                    && s.whole
                    && s.conditions.is_empty()
                    && s.modality != Modality::OnlyIf
            })
    }
}

type Tree = BTreeMap<String, Vec<Vec<Statement>>>;

/// The rows, by topic, down the hierarchy.
pub fn matrix(sets: &[PracticeSet], vocabulary: &Vocabulary) -> Vec<MatrixRow> {
    let mut found: BTreeMap<Topic, Tree> = BTreeMap::new();
    for (vendor, set) in sets.iter().enumerate() {
        for ((topic, concept), statement) in statements::statements(set, vocabulary) {
            let tree = found.entry(topic).or_default();
            let cells = tree.entry(concept).or_insert_with(|| vec![Vec::new(); sets.len()]);
            cells[vendor].push(statement);
        }
    }
    let mut rows = Vec::new();
    for (topic, mut tree) in found {
        for parent in shared_parents(&tree, vocabulary) {
            tree.entry(parent).or_insert_with(|| vec![Vec::new(); sets.len()]);
        }
        rows.extend(in_order(topic, tree, rows.len(), vocabulary));
    }
    inherit(&mut rows, vocabulary);
    rows
}

/// The line of parents of a concept, nearest first: the tree that a reader folds, without the other kinds it also is.
fn parents<'v>(concept: &str, vocabulary: &'v Vocabulary) -> impl Iterator<Item = &'v str> {
    let parent = |id: &str| vocabulary.get(id).and_then(|c| c.parent.as_deref());
    std::iter::successors(parent(concept), move |id| parent(id))
}

/// Concepts that hold several stated ones: the rows that a reader folds.
fn shared_parents(tree: &Tree, vocabulary: &Vocabulary) -> Vec<String> {
    let mut children: BTreeMap<String, usize> = BTreeMap::new();
    for concept in tree.keys() {
        if let Some(parent) = parents(concept, vocabulary).next().filter(|p| vocabulary.depth(p) > 0) {
            *children.entry(parent.to_string()).or_default() += 1;
        }
    }
    children.into_iter().filter(|(_, n)| *n >= 2).map(|(id, _)| id).collect()
}

/// The rows of a topic, each before those below it; `before` rows stand above them.
fn in_order(topic: Topic, mut tree: Tree, before: usize, vocabulary: &Vocabulary) -> Vec<MatrixRow> {
    let mut below: BTreeMap<Option<String>, Vec<String>> = BTreeMap::new();
    for concept in tree.keys() {
        let parent = parents(concept, vocabulary).find(|p| tree.contains_key(*p)).map(str::to_string);
        below.entry(parent).or_default().push(concept.clone());
    }
    let mut rows: Vec<MatrixRow> = Vec::with_capacity(tree.len());
    let mut open: Vec<(String, usize)> = Vec::new();
    let push = |open: &mut Vec<(String, usize)>, parent: Option<String>, depth: usize| {
        open.extend(below.get(&parent).into_iter().flatten().rev().map(|id| (id.clone(), depth)));
    };
    push(&mut open, None, 0);
    while let Some((concept, depth)) = open.pop() {
        push(&mut open, Some(concept.clone()), depth + 1);
        let cells = tree
            .remove(&concept)
            .unwrap_or_default()
            .into_iter()
            .map(|statements| MatrixCell { statements, ..MatrixCell::default() })
            .collect();
        rows.push(MatrixRow { topic, concept, depth, broader: Vec::new(), cells });
    }
    let place: BTreeMap<String, usize> =
        rows.iter().enumerate().map(|(i, row)| (row.concept.clone(), before + i)).collect();
    for row in &mut rows {
        row.broader =
            vocabulary.ancestors(&row.concept).iter().filter_map(|id| place.get(*id).copied()).collect();
    }
    rows
}

/// What is said of a concept holds for those below it, and is said in part by saying one of them.
fn inherit(rows: &mut [MatrixRow], vocabulary: &Vocabulary) {
    for i in 0..rows.len() {
        let broader = rows[i].broader.clone();
        for vendor in 0..rows[i].cells.len() {
            let cell = &rows[i].cells[vendor];
            if cell.affirms() {
                for &up in &broader {
                    rows[up].cells[vendor].below = true;
                }
            } else if cell.statements.is_empty() {
                let said = broader.iter().copied().find(|&up| !rows[up].cells[vendor].statements.is_empty());
                rows[i].cells[vendor].above = said.and_then(|row| {
                    let ruled_out = rows[row].cells[vendor].rules_out();
                    let may_include =
                        rows[row].cells[vendor].affirms() && !is_broad(&rows[row].concept, vocabulary);
                    (ruled_out || may_include).then_some(Above { row, ruled_out })
                });
            }
        }
    }
}

/// Words such as "personal information" and "third parties", which say nothing of one kind of it.
fn is_broad(concept: &str, vocabulary: &Vocabulary) -> bool {
    let least = match Kind::of(concept) {
        Some(Kind::Data | Kind::Party) => 2,
        _ => 1,
    };
    vocabulary.depth(concept) < least
}

#[cfg(test)]
mod tests;
