//! `polidiff schema`

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum, ValueHint};

pub(super) const SCHEMA_EXAMPLES: &str = "\
Examples:
  polidiff schema -o practice-set.schema.json
  polidiff schema comparison";

/// `polidiff schema`
#[derive(Debug, ClapArgs)]
pub struct Schema {
    /// Of which file
    #[arg(value_enum, value_name = "OF", default_value_t)]
    pub of: SchemaOf,

    /// Write to FILE instead of standard output
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,
}

/// Files that have a schema.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum SchemaOf {
    /// What `compare --format json` writes
    Comparison,
    /// What `extract --format yaml` writes and all commands read
    #[default]
    PracticeSet,
    /// What `benchmark --format json` writes
    Benchmark,
    /// What `carry --format json` writes
    Carry,
}
