//! What can go wrong with a user's input: what failed, where, and what to try.

use std::path::PathBuf;

use thiserror::Error;

/// Anything that stops polidiff from doing what was asked. Each message names the place and the remedy.
#[derive(Debug, Error)]
pub enum Error {
    /// A file could not be read.
    #[error("cannot read {name}: {why}\n  try: {remedy}")]
    Read {
        /// The input as the user named it.
        name: String,
        /// What the system or the decoder said.
        why: String,
        /// What to do about it.
        remedy: String,
    },
    /// A file was read, but what it holds cannot be used.
    #[error("{name}: {what}\n  try: {remedy}")]
    Content {
        /// The input as the user named it.
        name: String,
        /// What is wrong with it.
        what: String,
        /// What to do about it.
        remedy: String,
    },
    /// A file of our own kind holds a mistake at a known place.
    #[error("{name}:{line}:{column}: {entry}{what}\n  expected: {expected}")]
    Yaml {
        /// The file as the user named it.
        name: String,
        /// Line, counted from 1.
        line: usize,
        /// Column in characters, counted from 1.
        column: usize,
        /// The entry that holds it, such as `practices[3].data: `; empty when the file is no YAML at all.
        entry: String,
        /// What is wrong.
        what: String,
        /// What would be right.
        expected: String,
    },
    /// Options that do not go together.
    #[error("{what}\n  try: {remedy}")]
    Usage {
        /// What does not go together.
        what: String,
        /// What would.
        remedy: String,
    },
    /// The output could not be written; nothing was left behind.
    #[error("cannot write {}: {why}\n  try: another file with -o, or no -o to write to standard output", .path.display())]
    Write {
        /// Where it was to go.
        path: PathBuf,
        /// What the system said.
        why: String,
    },
}

/// A result whose error is polidiff's own.
pub type Result<T, E = Error> = std::result::Result<T, E>;
