//! The one value every format of `benchmark` is made from: `polidiff.benchmark/1`.

mod build;
mod disclosure;
mod names;
pub(super) mod wording;

pub use build::build;

use schemars::JsonSchema;
use serde::Serialize;

use crate::diff::matrix::Topic;
use crate::document::Readability;
use crate::practice::Modality;

use super::comparison::Side;

/// What several vendors state, concept by concept.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
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
    pub vendors: Vec<Vendor>,
    /// The rows, by topic, down the is-a tree.
    pub rows: Vec<BenchmarkRow>,
    /// What only one vendor says that it does.
    pub only: Vec<Standout>,
    /// What only one vendor says that it does not do.
    pub only_ruled_out: Vec<Standout>,
    /// What all vendors but one say that they do; empty for fewer than three vendors.
    pub all_but_one: Vec<Standout>,
    /// Who is broader, for concepts that have narrower ones.
    pub breadth: Vec<BreadthRow>,
    /// How long data is kept.
    pub retention: Vec<RetentionRow>,
    /// How alike any two vendors are.
    pub similarity: Vec<Pair>,
    /// What was found of what laws or firms want a policy to say.
    pub checklists: Vec<ChecklistResult>,
    /// What polidiff is not sure of, in sentences.
    pub doubts: Vec<String>,
}

/// A vendor: a column.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Vendor {
    /// A short name, unlike any other's.
    pub name: String,
    /// Its document.
    #[serde(flatten)]
    pub side: Side,
    /// How hard its document is to read.
    pub readability: Readability,
}

/// A concept under a topic, across vendors.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BenchmarkRow {
    /// What it is about.
    pub topic: Topic,
    /// Concept id.
    pub concept: String,
    /// Label in the report's language.
    pub label: String,
    /// W3C DPV IRI, where there is one.
    pub iri: Option<String>,
    /// Whether it is sensitive personal data.
    pub sensitive: bool,
    /// Depth under the broadest concept shown in its tree, from 0.
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
    /// Periods, ages and places that go with it, worded.
    pub values: Vec<String>,
    /// How many statements there are.
    pub count: usize,
    /// Index of the broader row that decides, for `within` and `ruled-out`.
    pub broader: Option<usize>,
    /// The first few statements.
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
    /// Not itself, but a broader concept that may include it is stated.
    Within,
    /// Not itself, but a broader concept that includes it is said not to happen.
    RuledOut,
}

impl CellStatus {
    /// All, in the order of legends.
    pub const ALL: [CellStatus; 7] = [
        CellStatus::Stated,
        CellStatus::Negated,
        CellStatus::Both,
        CellStatus::Below,
        CellStatus::Within,
        CellStatus::RuledOut,
        CellStatus::Silent,
    ];
}

/// A quotation behind a cell.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct CellEvidence {
    /// The words that name the concept; empty where no words alone decided.
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

/// Rows that set one vendor apart.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Standout {
    /// Index of the vendor.
    pub vendor: usize,
    /// Indices of the rows, in order.
    pub rows: Vec<usize>,
}

/// Who is broader on a concept.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct BreadthRow {
    /// Index of the concept's row.
    pub row: usize,
    /// How many of the concept and those below it each vendor states.
    pub counts: Vec<usize>,
    /// Vendors whose statements include those of all others; empty where they differ in kind, or all state the same.
    pub broadest: Vec<usize>,
}

/// How long vendors keep one kind of data.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RetentionRow {
    /// Concept id of the data; `None` where a vendor names none.
    pub concept: Option<String>,
    /// Its label in the report's language.
    pub label: String,
    /// What each vendor says, the longest period first, then criteria.
    pub cells: Vec<Vec<RetentionPeriod>>,
}

/// A period, or the criterion that stands in for one.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct RetentionPeriod {
    /// ISO 8601, where the words state a duration.
    pub duration: Option<String>,
    /// The duration in days, a month taken as 30 and a year as 365.
    pub days: Option<u32>,
    /// The period or criterion in the report's language.
    pub label: String,
    /// Where it is stated.
    pub evidence: CellEvidence,
}

/// How alike two vendors are.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
pub struct Pair {
    /// Index of one vendor.
    pub first: usize,
    /// Index of the other, greater than `first`.
    pub second: usize,
    /// Rows that both state, or both rule out.
    pub shared: usize,
    /// Rows of which either says something itself.
    pub either: usize,
    /// `shared` of `either` (Jaccard's index), in whole percent.
    pub percent: usize,
}

/// What was found of one checklist.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChecklistResult {
    /// Short name, such as "gdpr".
    pub id: String,
    /// What it is called, in the report's language.
    pub title: String,
    /// Where its items come from.
    pub source: String,
    /// The items, in order.
    pub items: Vec<ChecklistItem>,
    /// How many items were found, by vendor.
    pub found: Vec<usize>,
}

/// What was found of one item.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct ChecklistItem {
    /// Unique in its list.
    pub id: String,
    /// Where it is asked for, such as "Art. 13(1)(a)".
    pub law: String,
    /// What is asked for, in a few words.
    pub asks: String,
    /// One cell a vendor.
    pub cells: Vec<Found>,
}

/// What one vendor's policy says of one item. It is no judgement on whether that is enough.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Found {
    /// How many sentences tell it; 0 where none was found.
    pub count: usize,
    /// The first few of them.
    pub evidence: Vec<CellEvidence>,
}
