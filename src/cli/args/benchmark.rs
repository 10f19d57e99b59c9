//! `polidiff benchmark`

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use super::{Brand, Common};

pub(super) const BENCHMARK_EXAMPLES: &str = "\
Examples:
  polidiff benchmark mail-a.html mail-b.html mail-c.html
  polidiff benchmark policies/*.md -o benchmark.html
  polidiff benchmark policies/*.md --checklist gdpr --checklist our-rules.yaml
  polidiff benchmark policies/*.md -o benchmark.csv
  polidiff benchmark policies/*.md --format json | jq '.only'";

/// `polidiff benchmark`
#[derive(Debug, ClapArgs)]
pub struct Benchmark {
    /// The policies, 2 to 50: documents, practice sets, or - for standard input
    #[arg(value_name = "POLICY", required = true, num_args = 2..=50, value_hint = ValueHint::FilePath)]
    pub policies: Vec<PathBuf>,

    /// Checklist to look for: pipl, gbt35273, gdpr, ccpa, none, or a YAML file of your own; may be given again [default: all four]
    #[arg(long, value_name = "LIST", value_delimiter = ',', value_hint = ValueHint::FilePath)]
    pub checklist: Vec<PathBuf>,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub common: Common,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub brand: Brand,
}
