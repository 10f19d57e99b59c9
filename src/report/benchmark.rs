//! The one value every format of `benchmark` is made from: `polidiff.benchmark/1`.

mod build;

pub use build::build;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::Facet;
use crate::practice::{Category, Modality};

use super::comparison::Side;

/// What several vendors state, concept by concept.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Benchmark {
    /// `polidiff.benchmark/1`
    pub schema: String,
    /// Program and version that made it.
    pub generator: String,
    /// Language of the report's own words: "en" or "zh".
    pub language: String,
    /// Title of the report.
    pub title: String,
    /// The vendors, in the order given: the columns.
    pub vendors: Vec<Side>,
    /// The rows, grouped by category and facet, down the is-a tree.
    pub rows: Vec<BenchmarkRow>,
    /// What only one vendor states.
    pub only: Vec<Standout>,
    /// What all vendors but one state; empty for fewer than three vendors.
    pub all_but_one: Vec<Standout>,
    /// What polidiff is not sure of, in sentences.
    pub doubts: Vec<String>,
}

/// A concept in a category, across vendors.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BenchmarkRow {
    /// What is done.
    pub category: Category,
    /// Which part of the practice the concept fills.
    pub facet: Facet,
    /// Concept id.
    pub concept: String,
    /// Label in the report's language.
    pub label: String,
    /// W3C DPV IRI, where there is one.
    pub iri: Option<String>,
    /// Whether it is sensitive personal data.
    pub sensitive: bool,
    /// Depth under the broadest concept shown in its group, from 0.
    pub depth: usize,
    /// One cell a vendor.
    pub cells: Vec<Cell>,
}

/// What one vendor states of one concept.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Cell {
    /// Stated, ruled out, or neither.
    pub status: CellStatus,
    /// The firmest modality among the statements; `None` when silent.
    pub modality: Option<Modality>,
    /// Words of the conditions it is bound to, shortest first.
    pub conditions: Vec<String>,
    /// How many statements there are.
    pub count: usize,
    /// The first few of them.
    pub evidence: Vec<CellEvidence>,
}

/// Whether a vendor states a concept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CellStatus {
    /// Nothing is said.
    #[default]
    Silent,
    /// It is said to happen.
    Stated,
    /// It is said not to happen.
    Negated,
    /// Said to happen in one place and not to in another.
    Both,
    /// Not itself, but a narrower concept below it is stated.
    Below,
}

/// A quotation behind a cell.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CellEvidence {
    /// The words that name the concept.
    pub words: String,
    /// The sentence, word for word, in its own language.
    pub quote: String,
    /// Titles of the sections that hold it, joined by " › ".
    pub section: String,
    /// First byte in the document's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Whether it is ruled out here.
    pub negated: bool,
}

/// A row that sets one vendor apart.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Standout {
    /// Index of the vendor.
    pub vendor: usize,
    /// Indices of the rows, in order.
    pub rows: Vec<usize>,
}
