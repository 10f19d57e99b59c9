//! The one value every format of `extract` that is meant for reading is made from: a document and its practices.

mod build;

pub use build::build;

use schemars::JsonSchema;
use serde::Serialize;

use super::comparison::Side;
use crate::practice::{Category, Modality, Polarity};

/// What one document states, ready to show.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct PracticeSetView {
    /// `polidiff.practices/1`
    pub schema: String,
    /// Program and version that made it.
    pub generator: String,
    /// Language of the report's own words: "en" or "zh".
    pub language: String,
    /// The document.
    pub document: Side,
    /// Its practices, in the order of the text.
    pub rows: Vec<PracticeRow>,
    /// What polidiff is not sure of, in sentences.
    pub doubts: Vec<String>,
}

/// One practice.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct PracticeRow {
    /// Fingerprint of what it says.
    pub id: String,
    /// What it is about.
    pub category: Category,
    /// Stated, or ruled out.
    pub polarity: Polarity,
    /// How firmly.
    pub modality: Modality,
    /// Who does it.
    pub actor: Option<Value>,
    /// The verb.
    pub action: Option<Value>,
    /// With which data.
    pub data: Vec<Value>,
    /// Given to whom.
    pub recipients: Vec<Value>,
    /// Obtained from whom.
    pub sources: Vec<Value>,
    /// What for.
    pub purposes: Vec<Value>,
    /// When, if, on what ground.
    pub conditions: Vec<Value>,
    /// For how long.
    pub retention: Vec<Value>,
    /// What references among its data ("such data") stand for, named before.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refers_to: Vec<Value>,
    /// The sentence, word for word.
    pub quote: String,
    /// Titles of the sections that hold it, joined by " › ".
    pub section: String,
    /// First byte in the document's text.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// Words in a role, with the concept they name.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Value {
    /// The words.
    pub words: String,
    /// Concept id, where known.
    pub concept: Option<String>,
    /// Label of the concept in the report's language.
    pub label: Option<String>,
    /// W3C DPV IRI of the concept, where there is one.
    pub iri: Option<String>,
    /// Whether the concept is sensitive personal data.
    pub sensitive: bool,
    /// ISO 8601 duration such as "P30D", for retention that states one.
    pub duration: Option<String>,
}
