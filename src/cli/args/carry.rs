//! `polidiff carry`

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum, ValueHint};

use super::{Details, Lang, Reading};

pub(super) const CARRY_EXAMPLES: &str = "\
Examples:
  polidiff extract policy-2024.md -o 2024.yaml        # correct it by hand, then
  polidiff carry 2024.yaml policy-2025.md             # see what would need review
  polidiff carry 2024.yaml policy-2025.md -o 2025.yaml";

/// `polidiff carry`
#[derive(Debug, ClapArgs)]
pub struct Carry {
    /// The corrected practices of the old version: a practice set, or a policy annotated by hand
    #[arg(value_name = "OLD-SET", value_hint = ValueHint::FilePath)]
    pub old: PathBuf,

    /// The new version: a policy, or - for standard input
    #[arg(value_name = "NEW-POLICY", value_hint = ValueHint::FilePath)]
    pub new: PathBuf,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub reading: Reading,

    /// Write the practice set of the new version to FILE, whole or not at all: JSON if it ends in .json, else YAML; `-` writes YAML to standard output, and the report to standard error
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath, help_heading = "Output")]
    pub output: Option<PathBuf>,

    /// Format of the report on what was kept and what needs review
    #[arg(short, long, value_enum, value_name = "FORMAT", default_value_t, help_heading = "Output")]
    pub format: CarryFormat,

    /// Language of the report's own words; policies are quoted in theirs [default: by LC_ALL and LANG, else en]
    #[arg(long, value_enum, value_name = "LANG", help_heading = "Output")]
    pub lang: Option<Lang>,

    /// Columns of the table [default: those of the terminal, else 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=500), help_heading = "Output")]
    pub width: Option<u16>,

    /// How much the table says; `none` leaves the counts
    #[arg(long, value_enum, value_name = "HOW-MUCH", default_value_t, help_heading = "Output")]
    pub details: Details,
}

/// Formats of the report of `carry`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum CarryFormat {
    /// For the terminal
    #[default]
    Table,
    /// For programs; see `polidiff schema carry`
    Json,
    /// For programs and people
    Yaml,
}
