//! Mentions to practices, and practices to the set that people read, correct and compare.

mod model;

pub use model::{Category, Evidence, Modality, Polarity, Practice, Retention};
