//! The one value every format of `compare` is made from. Its JSON is a contract: `polidiff.comparison/1`.
//!
//! Everything here is ready to show: worded in the report's language, sorted, counted. Formats choose appearance only.

mod build;
mod practices;
mod quotes;
mod text;
mod wording;

pub use super::dates::{DateKind, StatedDate};
pub use build::{Review, build, build_reviewed};

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::assess::{Direction, Severity};
use crate::diff::{ChangeKind, ClarityKind, EditKind, Facet, Relation, Scope};
use crate::practice::{Category, Modality, Polarity};

/// A comparison of two policies.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Comparison {
    /// `polidiff.comparison/1`
    pub schema: String,
    /// Program and version that made it.
    pub generator: String,
    /// Two versions of one policy, or the policies of two vendors.
    #[serde(rename = "as")]
    pub relation: Relation,
    /// Language of the report's own words: "en" or "zh".
    pub language: String,
    /// Title of the report.
    pub title: String,
    /// The old version, or the first vendor.
    pub old: Side,
    /// The new version, or the second vendor.
    pub new: Side,
    /// The whole in one sentence and a few numbers.
    pub summary: Summary,
    /// Changes of practice, most severe first, then in the order of the new text.
    pub changes: Vec<Change>,
    /// What became less clear or clearer, in the order of the text; empty for vendors.
    pub clarity: Vec<Clarity>,
    /// What both vendors state; empty for versions.
    pub shared: Vec<Shared>,
    /// Edits that change no practice, in the order of the text.
    pub edits: Vec<Edit>,
    /// Both practice sets as one list, by category, then in the order of the text; absent where no more was read than told
    /// what changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub practices: Option<Vec<PracticePair>>,
    /// Both texts, aligned.
    pub text: Text,
    /// What polidiff is not sure of, in sentences.
    pub doubts: Vec<String>,
}

impl Comparison {
    /// Both practice sets as one list; empty where no more was read than told what changed.
    pub fn pairs(&self) -> &[PracticePair] {
        self.practices.as_deref().unwrap_or_default()
    }
}

/// One of the two documents.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Side {
    /// The input as the user named it.
    pub source: String,
    /// Its title, or the source's file name.
    pub title: String,
    /// The dates that it states of itself, the first of each kind.
    pub dates: Vec<StatedDate>,
    /// Language code, such as "en".
    pub language: String,
    /// text, markdown, html, annotated or set.
    pub format: String,
    /// What it was decoded from.
    pub encoding: String,
    /// The file of the model that read it, where it was not the built-in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// Characters of its text.
    pub characters: usize,
    /// Words; for Chinese, Han characters and words of other scripts.
    pub words: usize,
    /// Minutes to read it at 238 English words or 255 Han characters a minute, rounded up.
    pub reading_minutes: usize,
    /// Sections with a heading.
    pub sections: usize,
    /// Sentences.
    pub sentences: usize,
    /// Practices found; absent where it was not read as a whole.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub practices: Option<usize>,
}

/// What the report says first.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Summary {
    /// The verdict in one sentence.
    pub verdict: String,
    /// Whether practices were compared: not where a side is an error page, a bot check or an empty shell.
    pub practices_compared: bool,
    /// Whether nothing differs, not even form.
    pub identical: bool,
    /// How many of the changes a reviewer has accepted.
    pub accepted: usize,
    /// Changes of practice by kind.
    pub kinds: BTreeMap<ChangeKind, usize>,
    /// Changes by direction.
    pub directions: BTreeMap<Direction, usize>,
    /// Changes by severity.
    pub severities: BTreeMap<Severity, usize>,
    /// Changes by category.
    pub categories: BTreeMap<Category, usize>,
    /// Edits without a change of practice, by kind.
    pub edits: BTreeMap<EditKind, usize>,
    /// What became less clear or clearer.
    pub clarity: usize,
    /// What both vendors state.
    pub shared: usize,
}

/// A change of practice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Change {
    /// Fingerprint of what it says, stable across runs.
    pub id: String,
    /// Added, removed or modified.
    pub kind: ChangeKind,
    /// Whether it only says in finer or in broader terms what the other side states too; null where it says more or less.
    pub scope: Option<Scope>,
    /// What it is about.
    pub category: Category,
    /// Which parts of the practice differ, sorted.
    pub facets: Vec<Facet>,
    /// Whether it widens or narrows what may be done with people's data.
    pub direction: Direction,
    /// How much it matters.
    pub severity: Severity,
    /// The change in one sentence.
    pub summary: String,
    /// Why this direction and severity, in one sentence.
    pub reason: String,
    /// Id of the rule that judged it.
    pub rule: String,
    /// What was noted when it was accepted, perhaps nothing; null for a change that is not accepted.
    pub accepted: Option<String>,
    /// Where the old side states it.
    pub old: Option<Evidence>,
    /// Where the new side states it.
    pub new: Option<Evidence>,
    /// Words that came, by facet.
    pub added: BTreeMap<Facet, Vec<String>>,
    /// Words that went, by facet.
    pub removed: BTreeMap<Facet, Vec<String>>,
    /// The same words one by one, with their concepts.
    pub slots: Vec<Slot>,
    /// Index of the row of [`Text::rows`] where it stands, if the texts are there.
    pub row: Option<usize>,
}

/// A slot value that came or went.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Slot {
    /// Which part of the practice.
    pub facet: Facet,
    /// Whether it came (true) or went (false).
    pub added: bool,
    /// Its words.
    pub words: String,
    /// Concept id, where known.
    pub concept: Option<String>,
    /// Label of the concept in the report's language.
    pub label: Option<String>,
    /// W3C DPV IRI of the concept, where there is one.
    pub iri: Option<String>,
    /// Whether the concept is sensitive personal data (GB/T 35273, GDPR Art. 9).
    pub sensitive: bool,
}

/// A quotation with its place.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Evidence {
    /// The sentence or sentences, word for word.
    pub quote: String,
    /// The words before its list, or their end, where it is an item of one.
    pub lead_in: Option<String>,
    /// Titles of the sections that hold it, joined by " › ".
    pub section: String,
    /// First byte in `document.text` of its side.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The quote cut into what both sides have and what only this side has.
    pub segments: Vec<Segment>,
}

/// A run of words, marked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Segment {
    /// Whether both sides have it.
    pub mark: SegmentMark,
    /// The words.
    pub text: String,
}

/// How a run of words compares to the other side.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SegmentMark {
    /// Both sides have it.
    Same,
    /// Only the old side has it.
    Deleted,
    /// Only the new side has it.
    Inserted,
}

/// Something unclear that came or went: a contradiction, or words that leave open what is meant. Never counted as a change.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Clarity {
    /// What makes it unclear.
    pub kind: ClarityKind,
    /// Whether it came (true) or went (false).
    pub added: bool,
    /// Whether it widens or narrows what may be done with people's data.
    pub direction: Direction,
    /// How much it matters.
    pub severity: Severity,
    /// It in one sentence.
    pub summary: String,
    /// Why this direction and severity, in one sentence.
    pub reason: String,
    /// Id of the rule that judged it.
    pub rule: String,
    /// The vague words, on the side that has them.
    pub cues: Vec<Cue>,
    /// Where the old side speaks; for a contradiction, both statements, what is done before what is denied.
    pub old: Vec<Evidence>,
    /// Where the new side speaks.
    pub new: Vec<Evidence>,
    /// Index of the row of [`Text::rows`] where it stands.
    pub row: Option<usize>,
}

/// Vague words and their place.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Cue {
    /// The words.
    pub words: String,
    /// First byte in `document.text` of their side.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// What two vendors both state.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Shared {
    /// What it is about.
    pub category: Category,
    /// Which part of the practice is the same.
    pub facet: Facet,
    /// Concept id.
    pub concept: String,
    /// Label of the concept in the report's language.
    pub label: String,
    /// W3C DPV IRI of the concept, where there is one.
    pub iri: Option<String>,
    /// Stated or ruled out, by both.
    pub polarity: Polarity,
    /// How firmly the first states it.
    pub old_modality: Modality,
    /// How firmly the second states it.
    pub new_modality: Modality,
    /// Where the first states it.
    pub old: Evidence,
    /// Where the second states it.
    pub new: Evidence,
}

/// An edit that changes no practice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Edit {
    /// What kind of edit.
    pub kind: EditKind,
    /// The old words, if any.
    pub old: Option<Evidence>,
    /// The new words, if any.
    pub new: Option<Evidence>,
    /// Index of the row of [`Text::rows`] where it stands.
    pub row: Option<usize>,
}

/// A practice of the old side, of the new side, or of both.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PracticePair {
    /// Whether a change touches it.
    pub status: PracticeStatus,
    /// What it is about.
    pub category: Category,
    /// As the old side states it; null where no practice there is its counterpart.
    pub old: Option<PracticeSide>,
    /// As the new side states it; null where no practice there is its counterpart.
    pub new: Option<PracticeSide>,
}

/// What became of a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum PracticeStatus {
    /// Both sides state it, perhaps in other words, or more than once.
    Unchanged,
    /// Both sides state it, and a change touches it.
    Changed,
    /// Only the new side states it.
    Came,
    /// Only the old side states it.
    Went,
}

/// One side of a pair of practices, in the words of its document.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PracticeSide {
    /// Fingerprint of what it says.
    pub id: String,
    /// Stated, or ruled out.
    pub polarity: Polarity,
    /// How firmly.
    pub modality: Modality,
    /// The verb.
    pub action: Option<String>,
    /// With which data.
    pub data: Vec<String>,
    /// Given to whom.
    pub recipients: Vec<String>,
    /// First byte of its sentence in `document.text` of its side.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Index of the row of [`Text::rows`] where it stands, if the texts are there.
    pub row: Option<usize>,
}

/// Both texts, aligned block by block.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Text {
    /// Whether the texts were there to be aligned (practice sets may lack them).
    pub available: bool,
    /// Words that both sides have.
    pub words_same: usize,
    /// Words that came.
    pub words_added: usize,
    /// Words that went.
    pub words_removed: usize,
    /// The rows in reading order.
    pub rows: Vec<Row>,
}

/// A row of the aligned texts: a block, or a pair of them.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct Row {
    /// How its sides compare.
    pub kind: RowKind,
    /// What the block is (of the new side where there is one).
    pub block: BlockShape,
    /// Titles of the sections that hold it, joined by " › ".
    pub section: String,
    /// The old block.
    pub old: Option<RowSide>,
    /// The new block.
    pub new: Option<RowSide>,
    /// Both blocks' words in one line of same, deleted and inserted runs; empty for equal rows.
    pub segments: Vec<Segment>,
    /// For a moved block, the row where its other end stands.
    pub moved: Option<usize>,
    /// Ids of the changes that stand here.
    pub changes: Vec<String>,
}

/// How the sides of a row compare.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum RowKind {
    /// The same words.
    Same,
    /// Some words differ.
    Modified,
    /// Only the new side has it.
    Added,
    /// Only the old side has it.
    Removed,
    /// The old place of a block that moved.
    MovedFrom,
    /// The new place of a block that moved; its words may differ.
    MovedTo,
}

/// What a block looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum BlockShape {
    /// A heading, by level from 1.
    Heading(u8),
    /// Running text.
    Paragraph,
    /// A list item, by depth from 1.
    Item(u8),
    /// A table cell.
    Cell,
}

/// One side of a row.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct RowSide {
    /// The block's words.
    pub text: String,
    /// First byte in `document.text` of its side.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}
