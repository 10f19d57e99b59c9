//! Mentions to practices, and practices to the set that people read, correct and compare.

mod model;
mod set;

pub use model::{Category, Evidence, Modality, Polarity, Practice, Retention};
pub use set::{Originals, PracticeSet, SentenceFacts, SetOrigin};
