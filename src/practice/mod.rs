//! Mentions to practices, and practices to the set that people read, correct and compare.

mod age;
mod build;
mod duration;
mod file;
mod fingerprint;
mod json;
mod link;
mod model;
mod node;
mod quotes;
mod read;
mod set;
mod stance;
#[cfg(test)]
mod tests;
mod unnamed;

pub use age::{Age, ages};
pub use duration::{Duration, days, durations};
pub use file::{SCHEMA, is_practice_set, schema, write};
pub use fingerprint::fingerprint;
pub use json::{
    ConceptView, DocumentView, EvidenceView, MentionView, PartView, PracticeView, RetentionView, SectionView,
    SentenceView, SetView, view,
};
pub use model::{Category, Evidence, Modality, Polarity, Practice, Retention};
pub use read::{concept_kinds, read};
pub use set::{Originals, PracticeSet, SentenceFacts, SetOrigin};
pub use unnamed::{Unnamed, UnnamedWords, unnamed};
