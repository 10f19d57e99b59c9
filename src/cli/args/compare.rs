//! `polidiff compare`

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum, ValueHint};

use polidiff::assess::Severity;
use polidiff::diff::Relation;

use super::{Brand, Common};

pub(super) const COMPARE_EXAMPLES: &str = "\
Examples:
  polidiff compare policy-2024.md policy-2025.md
  polidiff compare old.html new.html --details full
  polidiff compare old.md new.md --fail-on high --format markdown > comment.md
  polidiff compare old.md new.md --fail-on high --accept accepted.txt --rules our-rules.yaml
  git show HEAD~1:policy.md | polidiff compare - policy.md
  polidiff compare ours.md theirs.md --as vendors";

/// `polidiff compare`
#[derive(Debug, ClapArgs)]
pub struct Compare {
    /// The old version or the first vendor: a policy, a practice set, or - for standard input
    #[arg(value_name = "OLD", value_hint = ValueHint::FilePath)]
    pub old: PathBuf,

    /// The new version or the second vendor: a policy, a practice set, or - for standard input
    #[arg(value_name = "NEW", value_hint = ValueHint::FilePath)]
    pub new: PathBuf,

    /// How the two relate
    #[arg(long = "as", value_enum, value_name = "RELATION", default_value_t)]
    pub relation: As,

    /// Exit with status 1 if any practice changed
    #[arg(long)]
    pub exit_code: bool,

    /// Exit with status 1 if a change is of this severity or worse
    #[arg(long, value_enum, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub review: Review,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub common: Common,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub brand: Brand,
}

/// What a reviewer brings.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Review")]
pub struct Review {
    /// A file of changes that are accepted, a fingerprint a line: they are shown as such, and do not count for the exit status
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub accept: Option<PathBuf>,

    /// A YAML file of rules of your own, and of other severities for built-in ones
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub rules: Option<PathBuf>,
}

/// How the two inputs of `compare` relate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum As {
    /// An old and a new version of one policy
    #[default]
    Versions,
    /// The policies of two vendors
    Vendors,
}

/// The least severity that `--fail-on` minds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Only what a reviewer must read
    High,
    /// What a reviewer should read
    Medium,
    /// Any change of practice
    Low,
}

impl From<As> for Relation {
    fn from(relation: As) -> Relation {
        match relation {
            As::Versions => Relation::Versions,
            As::Vendors => Relation::Vendors,
        }
    }
}

impl From<FailOn> for Severity {
    fn from(severity: FailOn) -> Severity {
        match severity {
            FailOn::High => Severity::High,
            FailOn::Medium => Severity::Medium,
            FailOn::Low => Severity::Low,
        }
    }
}
