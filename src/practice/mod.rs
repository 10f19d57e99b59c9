//! Mentions to practices, and practices to the set that people read, correct and compare.

mod about;
mod above;
mod age;
mod age_forms;
mod antecedents;
mod assemble;
mod bound;
mod build;
mod category;
mod counted;
mod counted_han;
mod duration;
mod file;
mod fingerprint;
mod json;
mod link;
mod model;
mod node;
mod period;
mod quotes;
mod read;
mod recipient;
mod scope;
mod set;
mod stance;
#[cfg(test)]
mod tests;
mod touched;
mod unnamed;

pub(crate) use assemble::{Draft, assemble, drafts, for_each_part as each_part};
pub(crate) use bound::{
    core as bound_core, is_bound, is_bound_to_consent, is_form as is_form_of_bound, is_no_condition,
    is_plain_consent,
};
pub(crate) use quotes::{About, PATH_JOINT, Quote, Quotes, document as quotes_document, find};
pub(crate) use set::quote_mark;
pub(crate) use stance::may_deny;
pub(crate) use touched::{ToRead, Touched};

pub use age::{Age, ages};
pub use category::Category;
pub use duration::{Duration, days, durations};
pub use file::{SCHEMA, is_practice_set, schema, write};
pub use fingerprint::fingerprint;
pub use json::{
    ConceptView, DocumentView, EvidenceView, MentionView, PartView, PracticeView, RecipientView,
    RetentionView, SectionView, SentenceView, SetView, view,
};
pub use model::{Evidence, Modality, Polarity, Practice, Retention, Review, ReviewStatus};
pub use period::{Period, PeriodKind, bounds, period};
pub use read::{concept_kinds, read};
pub use recipient::{Party, parties};
pub use set::{Originals, PracticeSet, SentenceFacts, SetOrigin};
pub use unnamed::{Unnamed, UnnamedWords, unnamed};
