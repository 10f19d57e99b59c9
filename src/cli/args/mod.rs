//! The command line as types: what users may write. Help, completions and the manual follow from it.
//!
//! One file per command, and one each for the options on reading and writing that commands share.

mod benchmark;
mod carry;
mod common;
mod compare;
mod extract;
mod model;
mod output;
mod reading;
mod schema;
mod vocabulary;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

pub use benchmark::Benchmark;
pub use carry::{Carry, CarryFormat};
pub use common::Common;
pub use compare::Compare;
pub use extract::Extract;
pub use model::{Model, ModelLanguage, Start, Train};
pub use output::{Brand, Color, Detail, Details, Format, Lang, Output};
pub use reading::{Input, Overlay, Reading, Weights};
pub use schema::{Schema, SchemaOf};
pub use vocabulary::Vocabulary;

use benchmark::BENCHMARK_EXAMPLES;
use carry::CARRY_EXAMPLES;
use compare::COMPARE_EXAMPLES;
use extract::EXTRACT_EXAMPLES;
use model::MODEL_EXAMPLES;
use schema::SCHEMA_EXAMPLES;
use vocabulary::VOCABULARY_EXAMPLES;

const EXAMPLES: &str = "\
Examples:
  polidiff compare policy-2024.md policy-2025.md
  polidiff compare old.html new.html -o changes.html
  polidiff compare ours.md theirs.md --as vendors --lang zh
  polidiff benchmark a.html b.html c.html -o benchmark.html
  polidiff extract policy.md -o policy.yaml

Exit status:
  0  done
  1  done, and the changes asked for with --exit-code or --fail-on were found
  2  could not";

const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  polidiff completions bash > ~/.local/share/bash-completion/completions/polidiff
  polidiff completions fish > ~/.config/fish/completions/polidiff.fish";

/// Compare privacy policies: what changed in practice, and in which words.
///
/// polidiff reads policies in Chinese and English, finds who does what with which data, for what, with whom and for
/// how long, and says which changes of wording change a practice, in which direction, and how much it matters.
#[derive(Debug, Parser)]
#[command(name = "polidiff", version, max_term_width = 100, after_help = EXAMPLES)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub struct Args {
    /// Colour the terminal output; `auto` obeys NO_COLOR, CLICOLOR and CLICOLOR_FORCE
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t, help_heading = "Output")]
    pub color: Color,

    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Say what changed between two versions of a policy, or what two vendors do differently
    #[command(after_help = COMPARE_EXAMPLES)]
    Compare(Compare),

    /// Set the policies of several vendors side by side, concept by concept
    #[command(after_help = BENCHMARK_EXAMPLES)]
    Benchmark(Benchmark),

    /// List the practices that one policy states, as a table or as a file to correct by hand
    #[command(after_help = EXTRACT_EXAMPLES)]
    Extract(Extract),

    /// Take corrected practices over to the next version of the policy
    #[command(after_help = CARRY_EXAMPLES)]
    Carry(Carry),

    /// Look up the concepts that polidiff knows, and check your own
    #[command(after_help = VOCABULARY_EXAMPLES, arg_required_else_help = true)]
    Vocabulary {
        /// What to look up.
        #[command(subcommand)]
        command: Vocabulary,
    },

    /// Train, describe or measure the learned models
    #[command(after_help = MODEL_EXAMPLES, arg_required_else_help = true)]
    Model {
        /// What to do with them.
        #[command(subcommand)]
        command: Model,
    },

    /// Print the JSON Schema of a file that polidiff reads or writes
    #[command(after_help = SCHEMA_EXAMPLES)]
    Schema(Schema),

    /// Print the completion script for a shell
    #[command(after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// Which shell
        #[arg(value_enum)]
        shell: Shell,
    },
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Args;

    #[test]
    fn definition_holds_together() {
        Args::command().debug_assert();
    }
}
