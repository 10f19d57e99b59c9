//! Judgement: which direction a change goes, and how much it matters.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Whether a change widens or narrows what may be done with people's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More data, more uses, more recipients, longer, or fewer safeguards and rights.
    Expands,
    /// The opposite.
    Restricts,
    /// Neither, or both.
    Neutral,
}

/// How much a change matters to the people whose data it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A reviewer must read it.
    High,
    /// A reviewer should read it.
    Medium,
    /// For completeness.
    Low,
}
