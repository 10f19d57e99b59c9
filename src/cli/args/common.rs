//! What `compare`, `benchmark` and `extract` have in common: how policies are read, and how reports are written.

use clap::Args as ClapArgs;

use super::{Detail, Output, Reading};

/// Options of every command that makes a report.
#[derive(Debug, ClapArgs)]
pub struct Common {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub reading: Reading,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub output: Output,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub detail: Detail,
}
