//! polidiff compares privacy policies.
#![warn(missing_docs, clippy::print_stdout, clippy::print_stderr)]

pub mod assess;
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
