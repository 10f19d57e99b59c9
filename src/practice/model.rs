//! A practice: who does what with which data, for what, with whom, when, for how long.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Category;
use crate::extract::Mention;
use crate::text::Span;

/// Whether a practice is stated or ruled out.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Polarity {
    /// It is said to happen.
    #[default]
    Affirmed,
    /// It is said not to happen.
    Negated,
}

impl Polarity {
    pub(crate) fn opposite(self) -> Polarity {
        match self {
            Polarity::Affirmed => Polarity::Negated,
            Polarity::Negated => Polarity::Affirmed,
        }
    }
}

/// How firmly a practice is stated.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// Plainly: "we collect".
    #[default]
    Does,
    /// Possibly: "we may collect", 可能.
    May,
    /// Necessarily: "we must", "you need to provide", 须.
    Must,
    /// Only under its conditions: "only with your consent", 经您同意后.
    OnlyIf,
    /// By the user, who is entitled to it: "you have the right to", "you may ask us to", 您有权.
    Right,
}

/// Where a practice is stated.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Evidence {
    /// Titles of the sections that hold it, outermost first, joined by " › ".
    pub section: String,
    /// The sentence, word for word; a lead-in with the items that complete it, unless they are too long to quote. In a set
    /// read from a file, the words as the file has them.
    pub quote: String,
    /// Where these words stand in the document's text.
    pub span: Span,
}

/// How long data is kept, as far as it can be computed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retention {
    /// The words.
    pub mention: Mention,
    /// ISO 8601 duration, such as "P30D", where the words state one.
    pub duration: Option<String>,
}

/// How far a practice has been looked at by a person.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum ReviewStatus {
    /// Its sentence is the one that it was corrected for.
    #[default]
    Kept,
    /// Its sentence has other words than those it was corrected for.
    Review,
    /// Nobody has looked at it yet.
    Proposed,
}

/// What a person still has to do about a practice that was carried over from an older version.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Review {
    /// How far it has been looked at.
    pub status: ReviewStatus,
    /// How the older words were read, by hand; without places, for these words stand in another document.
    pub was: Vec<Practice>,
}

/// One practice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Practice {
    /// Fingerprint of what it says (not of where), stable across runs and versions.
    pub id: String,
    /// What it is about.
    pub category: Category,
    /// The verb.
    pub action: Option<Mention>,
    /// Stated, or ruled out.
    pub polarity: Polarity,
    /// How firmly.
    pub modality: Modality,
    /// Who does it.
    pub actor: Option<Mention>,
    /// With which data.
    pub data: Vec<Mention>,
    /// Given to whom.
    pub recipients: Vec<Mention>,
    /// Obtained from whom.
    pub sources: Vec<Mention>,
    /// What for.
    pub purposes: Vec<Mention>,
    /// When, if, on what ground.
    pub conditions: Vec<Mention>,
    /// For how long.
    pub retention: Vec<Retention>,
    /// What references among its data ("such data") stand for, each where it was named before. Not part of what it says: it
    /// changes where it is named.
    pub refers_to: Vec<Mention>,
    /// Where it is stated.
    pub evidence: Evidence,
    /// For a practice that was carried over: what is left to do. Not part of what it says.
    pub review: Option<Review>,
}
