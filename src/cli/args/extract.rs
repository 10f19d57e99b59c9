//! `polidiff extract`

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueHint};

use super::Common;

pub(super) const EXTRACT_EXAMPLES: &str = "\
Examples:
  polidiff extract policy.md
  polidiff extract policy.md -o policy.yaml      # correct it by hand, then
  polidiff compare policy.yaml policy-new.md     # compare what you corrected";

/// `polidiff extract`
#[derive(Debug, ClapArgs)]
pub struct Extract {
    /// A policy, a practice set, or - for standard input
    #[arg(value_name = "POLICY", value_hint = ValueHint::FilePath)]
    pub policy: PathBuf,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub common: Common,
}
