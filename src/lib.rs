//! polidiff compares privacy policies, in Chinese and English: what changed in practice, and in which words.
//!
//! A value per stage, each made from the one before; no stage prints, asks for the time or uses the network:
//!
//! ```text
//! bytes ─ ingest ─> Source ─ document ─> Document ─ extract ─> mentions ─ practice ─> PracticeSet
//! two sets ─ diff ─> Difference ─ assess ─> judgements ─ report ─> Comparison ─> HTML, table, Markdown, JSON, YAML
//! ```
//!
//! Concepts and their is-a hierarchy come from [`vocabulary`], the learned readers from [`model`]. Spans are bytes of
//! [`document::Document::text`].
//!
//! # Example
//!
//! ```
//! use polidiff::assess::Direction;
//! use polidiff::diff::{self, Relation};
//! use polidiff::document::Document;
//! use polidiff::ingest::{self, InputFormat};
//! use polidiff::practice::PracticeSet;
//! use polidiff::report::comparison;
//! use polidiff::vocabulary::Vocabulary;
//!
//! # fn main() -> polidiff::Result<()> {
//! let vocabulary = Vocabulary::builtin();
//! let read = |name: &str, words: &str| -> polidiff::Result<PracticeSet> {
//!     let source = ingest::read(name, words.as_bytes(), InputFormat::Auto)?;
//!     Ok(PracticeSet::from_document(Document::new(name, source), vocabulary))
//! };
//! let old = read("old.md", "# Privacy policy\n\nWe keep your search history for 30 days.\n")?;
//! let new = read("new.md", "# Privacy policy\n\nWe keep your search history for 90 days.\n")?;
//!
//! let difference = diff::compare(&old, &new, Relation::Versions, vocabulary);
//! let report = comparison::build(&old, &new, &difference, vocabulary, "en");
//! assert_eq!(report.changes.len(), 1);
//! assert_eq!(report.changes[0].direction, Direction::Expands);
//! assert_eq!(report.changes[0].reason, "data is kept longer");
//! # Ok(())
//! # }
//! ```
#![warn(missing_docs, clippy::print_stdout, clippy::print_stderr)]

pub mod assess;
pub mod carry;
pub mod checklist;
pub mod diff;
pub mod document;
pub mod error;
pub mod extract;
pub mod ingest;
pub mod model;
pub mod practice;
pub mod report;
pub mod text;
pub mod vocabulary;
pub mod yaml;

pub use error::{Error, Result};

/// The program and its version, as reports name them.
pub const GENERATOR: &str = concat!("polidiff ", env!("CARGO_PKG_VERSION"));
