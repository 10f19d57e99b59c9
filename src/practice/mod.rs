//! Mentions to practices, and practices to the set that people read, correct and compare.

mod file;
mod fingerprint;
mod json;
mod model;
mod node;
mod quotes;
mod read;
mod set;

pub use file::{SCHEMA, is_practice_set, schema, write};
pub use fingerprint::fingerprint;
pub use json::{SetView, view};
pub use model::{Category, Evidence, Modality, Polarity, Practice, Retention};
pub use read::{concept_kinds, read};
pub use set::{Originals, PracticeSet, SentenceFacts, SetOrigin};
