//! What a row of the matrix is about: the headings under which vendors are set side by side.

use schemars::JsonSchema;
use serde::Serialize;

/// A heading, in the order of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Topic {
    /// Data that is collected, asked for or used.
    Collected,
    /// Data that is given to others.
    Shared,
    /// Data that is sold or rented out.
    Sold,
    /// Data that is kept.
    Retained,
    /// What data is used for.
    Purposes,
    /// Who receives data.
    Recipients,
    /// Where data comes from.
    Sources,
    /// How long data is kept.
    Periods,
    /// What people may demand or choose.
    Rights,
    /// How data is protected.
    Security,
    /// Children and other minors.
    Minors,
    /// Data that goes to other countries, and on what ground.
    Transfers,
}

impl Topic {
    /// All topics, in order.
    pub const ALL: [Topic; 12] = [
        Topic::Collected,
        Topic::Shared,
        Topic::Sold,
        Topic::Retained,
        Topic::Purposes,
        Topic::Recipients,
        Topic::Sources,
        Topic::Periods,
        Topic::Rights,
        Topic::Security,
        Topic::Minors,
        Topic::Transfers,
    ];
}
