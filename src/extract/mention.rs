//! A mention: words that play a role in a practice, and the concept they name.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::Span;

/// The part that words play in a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Who does it.
    Actor,
    /// What is done: the verb.
    Action,
    /// With which data.
    Data,
    /// Who receives the data.
    Recipient,
    /// Where the data comes from.
    Source,
    /// What for.
    Purpose,
    /// When, if, on what ground.
    Condition,
    /// How long.
    Retention,
}

/// Where a mention was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Origin {
    /// Marked by hand in the document.
    Markup,
    /// Found by the learned model of the language.
    Model,
    /// A cue of the vocabulary.
    Vocabulary,
    /// Found by its place in a list or table.
    Pattern,
    /// Written or corrected by hand in a practice set.
    Hand,
}

/// Words in a role.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The part they play.
    pub role: Role,
    /// Where they stand in the document's text.
    pub span: Span,
    /// The words.
    pub text: String,
    /// Id of the concept they name; `None` for words the vocabulary does not know.
    pub concept: Option<String>,
    /// How they were found.
    pub origin: Origin,
}
