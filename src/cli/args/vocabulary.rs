//! `polidiff vocabulary`

use std::path::PathBuf;

use clap::{Subcommand, ValueHint};

use super::{Output, Overlay};

pub(super) const VOCABULARY_EXAMPLES: &str = "\
Examples:
  polidiff vocabulary list
  polidiff vocabulary show data.location.precise
  polidiff vocabulary check my-terms.yaml
  polidiff compare old.md new.md --vocabulary my-terms.yaml";

/// `polidiff vocabulary`
#[derive(Debug, Subcommand)]
pub enum Vocabulary {
    /// Print all concepts as a tree, with their labels in both languages
    List {
        #[command(flatten)]
        #[allow(missing_docs)]
        overlay: Overlay,

        #[command(flatten)]
        #[allow(missing_docs)]
        output: Output,
    },

    /// Print one concept: its labels, its place in the tree, its cues
    Show {
        /// Id of the concept, as `polidiff vocabulary list` prints it
        #[arg(value_name = "ID")]
        id: String,

        #[command(flatten)]
        #[allow(missing_docs)]
        overlay: Overlay,

        #[command(flatten)]
        #[allow(missing_docs)]
        output: Output,
    },

    /// Check a vocabulary of your own before you use it with --vocabulary
    Check {
        /// The YAML file, or - for standard input
        #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
}
