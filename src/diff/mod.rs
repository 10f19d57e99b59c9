//! What differs between two practice sets: facts, without judgement and without wording.

mod claims;
mod clarity;
mod contradictions;
mod dates;
mod difference;
mod edits;
mod lengths;
pub mod matrix;
mod questions;
mod semantic;
mod shell;
pub mod text;
mod touched;
mod units;
mod vendors;
mod words;

pub use shell::is_policy;

pub use clarity::ClarityKind;
pub use touched::compare_touched;

pub use difference::{ClarityFact, Common, Delta, Difference, EditFact, Place, SlotDelta};

use crate::document::Document;
use crate::practice::PracticeSet;
use crate::vocabulary::Vocabulary;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How the two sides relate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Relation {
    /// An old and a new version of one policy: texts are aligned in order.
    #[default]
    Versions,
    /// Policies of two vendors: matched by what they say.
    Vendors,
}

/// What happened to a practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ChangeKind {
    /// Only the new side states it.
    Added,
    /// Only the old side states it.
    Removed,
    /// Both state it, differently.
    Modified,
}

/// How something that came or went relates to what both sides state: broader and narrower are is-a of concepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Scope {
    /// It is named for the first time; something broader is stated before and after.
    Clarified,
    /// The reverse: it is no longer named, but something broader still is.
    Generalised,
    /// Something broader stands in place of what was named.
    Widened,
    /// The reverse: what is named stands in place of something broader.
    Narrowed,
}

impl Scope {
    /// The same with old and new swapped.
    pub fn mirrored(self) -> Scope {
        match self {
            Scope::Clarified => Scope::Generalised,
            Scope::Generalised => Scope::Clarified,
            Scope::Widened => Scope::Narrowed,
            Scope::Narrowed => Scope::Widened,
        }
    }
}

/// The part of a practice that a change touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)] // the names are the field's own
pub enum Facet {
    Data,
    Purpose,
    Action,
    Recipient,
    Source,
    Condition,
    Retention,
    Rights,
    Security,
    Minors,
    Transfer,
    Contact,
    Polarity,
    Modality,
    Actor,
    Other,
}

/// An edit of the text that changes no practice.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EditKind {
    /// Only markup, bullets, quotes or widths of characters.
    Formatting,
    /// Only blanks and line ends.
    Whitespace,
    /// Only where a link leads.
    Link,
    /// Only a date.
    Date,
    /// A letter or two, or case, in a word.
    Typo,
    /// A heading's words.
    Heading,
    /// Only the number of a section or item.
    Numbering,
    /// The same items or sentences in another order within a block.
    Reorder,
    /// A block that stands elsewhere.
    Moved,
    /// Other words for the same practice.
    Reworded,
    /// The same words in another language, or in traditional instead of simplified characters.
    Translation,
}

/// What differs between two practice sets.
pub fn compare(
    old: &PracticeSet,
    new: &PracticeSet,
    relation: Relation,
    vocabulary: &Vocabulary,
) -> Difference {
    let judged = is_judged(&old.document, &new.document, relation);
    let (text, sides) = rayon::join(
        || text::align(&old.document, &new.document, relation),
        || judged.then(|| units::Sides::new(old, new)),
    );
    judge(old, new, relation, text, sides, vocabulary)
}

/// Whether two documents are compared sentence by sentence.
fn is_judged(old: &Document, new: &Document, relation: Relation) -> bool {
    relation == Relation::Versions && shell::is_policy(old) && shell::is_policy(new)
}

/// What differs between two practice sets whose texts are aligned; `sides` where they are compared sentence by sentence.
fn judge(
    old: &PracticeSet,
    new: &PracticeSet,
    relation: Relation,
    text: text::TextDiff,
    sides: Option<units::Sides>,
    vocabulary: &Vocabulary,
) -> Difference {
    let not_a_policy = (!shell::is_policy(&old.document), !shell::is_policy(&new.document));
    let mut difference = Difference { relation, text, not_a_policy, ..Difference::default() };
    if relation == Relation::Vendors {
        let (deltas, shared) = vendors::compare(old, new, vocabulary);
        difference.deltas = deltas;
        difference.shared = shared;
    } else if let Some(sides) = sides {
        let units = units::units(&sides, &difference.text);
        let (deltas, reworded) = semantic::judge(&sides, &units, vocabulary);
        difference.deltas = deltas;
        if !old.is_from_file() && !new.is_from_file() {
            difference.clarity = clarity::find(&sides, &units, &reworded, vocabulary);
            difference.edits = edits::find(&sides, &difference.text, reworded);
        }
    }
    difference
}
