//! Mentions to practices, and practices to the set that people read, correct and compare.

mod build;
mod duration;
mod fingerprint;
mod link;
mod model;
mod set;
mod stance;

pub use duration::{Duration, days, durations};
pub use fingerprint::fingerprint;
pub use model::{Category, Evidence, Modality, Polarity, Practice, Retention};
pub use set::{PracticeSet, SentenceFacts, SetOrigin};
