//! Documents to mentions: which words play which role, and which concept they name.

mod mention;

pub use mention::{Mention, Origin, Role};
