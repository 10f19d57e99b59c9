//! The command line as types: what users may write. Help, completions and the manual follow from it.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum, ValueHint};
use clap_complete::Shell;

use polidiff::assess::Severity;
use polidiff::diff::Relation;
use polidiff::ingest::{Format as DocumentFormat, InputFormat};
use polidiff::text::Language;

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

const COMPARE_EXAMPLES: &str = "\
Examples:
  polidiff compare policy-2024.md policy-2025.md
  polidiff compare old.html new.html --details full
  polidiff compare old.md new.md --fail-on high --format markdown > comment.md
  git show HEAD~1:policy.md | polidiff compare - policy.md
  polidiff compare ours.md theirs.md --as vendors";

const BENCHMARK_EXAMPLES: &str = "\
Examples:
  polidiff benchmark mail-a.html mail-b.html mail-c.html
  polidiff benchmark policies/*.md -o benchmark.html
  polidiff benchmark policies/*.md --checklist gdpr --checklist our-rules.yaml
  polidiff benchmark policies/*.md -o benchmark.csv
  polidiff benchmark policies/*.md --format json | jq '.only'";

const EXTRACT_EXAMPLES: &str = "\
Examples:
  polidiff extract policy.md
  polidiff extract policy.md -o policy.yaml      # correct it by hand, then
  polidiff compare policy.yaml policy-new.md     # compare what you corrected";

const VOCABULARY_EXAMPLES: &str = "\
Examples:
  polidiff vocabulary list
  polidiff vocabulary show data.location.precise
  polidiff vocabulary check my-terms.yaml
  polidiff compare old.md new.md --vocabulary my-terms.yaml";

const MODEL_EXAMPLES: &str = "\
Examples:
  polidiff model info
  polidiff model train --data corpus --out weights --without roles-en-0 --without roles-zh-0
  polidiff model score --data corpus/roles-en-0.jsonl --model weights";

const SCHEMA_EXAMPLES: &str = "\
Examples:
  polidiff schema -o practice-set.schema.json
  polidiff schema comparison";

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
    pub reading: Reading,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub output: Output,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub detail: Detail,
}

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
    pub reading: Reading,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub output: Output,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub detail: Detail,
}

/// `polidiff extract`
#[derive(Debug, ClapArgs)]
pub struct Extract {
    /// A policy, a practice set, or - for standard input
    #[arg(value_name = "POLICY", value_hint = ValueHint::FilePath)]
    pub policy: PathBuf,

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

/// `polidiff model`
#[derive(Debug, Subcommand)]
pub enum Model {
    /// Learn from annotated files, and write one file of weights per language; the same data give the same bytes
    Train {
        /// Directory of annotated files: roles-en-*.jsonl, appsi-*.jsonl, roles-zh-*.jsonl, capp-*.jsonl
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        data: PathBuf,

        /// Directory that en.bin and zh.bin are written to
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        out: PathBuf,

        /// Only this language [default: both]
        #[arg(long, value_enum, value_name = "LANG")]
        language: Option<ModelLanguage>,

        /// Name of a file to leave out, without .jsonl, to measure on it; may be given again
        #[arg(long, value_name = "NAME")]
        without: Vec<String>,
    },

    /// Print what the models learned from, and how large they are
    Info {
        /// Directory of models of your own [default: the built-in ones]
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        model: Option<PathBuf>,
    },

    /// Measure a model on an annotated file that it did not learn from
    Score {
        /// The annotated file; its name says what it holds
        #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
        data: PathBuf,

        /// Directory of models of your own [default: the built-in ones]
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        model: Option<PathBuf>,
    },
}

/// Languages that have a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ModelLanguage {
    /// English
    En,
    /// Chinese
    Zh,
}

impl From<ModelLanguage> for Language {
    fn from(language: ModelLanguage) -> Language {
        match language {
            ModelLanguage::En => Language::En,
            ModelLanguage::Zh => Language::Zh,
        }
    }
}

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

/// How inputs are read.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Input")]
pub struct Reading {
    /// What the inputs are; `auto` goes by suffix, then by content
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t)]
    pub input: Input,

    #[command(flatten)]
    #[allow(missing_docs)]
    pub overlay: Overlay,
}

/// Which vocabulary is used.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Input")]
pub struct Overlay {
    /// A YAML file of your own concepts and cues, laid over the built-in vocabulary
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub vocabulary: Option<PathBuf>,
}

/// Where the report goes and how it looks.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Output")]
pub struct Output {
    /// Format of the report [default: by the suffix of --output, else table]
    #[arg(short, long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,

    /// Write to FILE instead of standard output: whole, or not at all
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,

    /// Language of the report's own words; policies are quoted in theirs [default: by LC_ALL and LANG, else en]
    #[arg(long, value_enum, value_name = "LANG")]
    pub lang: Option<Lang>,

    /// Columns of a table [default: those of the terminal, else 100]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(40..=500))]
    pub width: Option<u16>,
}

/// How much a report says.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Output")]
pub struct Detail {
    /// How much a table or Markdown report says of each change
    #[arg(long, value_enum, value_name = "HOW-MUCH", default_value_t)]
    pub details: Details,

    /// Most characters of a Markdown report; what does not fit is counted
    #[arg(long, value_name = "N", default_value_t = 60_000, value_parser = parse_max_length)]
    pub max_length: usize,
}

fn parse_max_length(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(n) if n >= 1_000 => Ok(n),
        _ => Err("expected a whole number of characters, 1000 or more".to_string()),
    }
}

/// Formats of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For the terminal
    Table,
    /// A page that needs no other file and no network
    Html,
    /// For comments on GitHub and GitLab
    Markdown,
    /// For programs; see `polidiff schema`
    Json,
    /// For programs and people
    Yaml,
    /// For spreadsheets; only `benchmark` writes it
    Csv,
}

/// Languages of the report's own words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lang {
    /// English
    En,
    /// Chinese
    Zh,
}

/// What an input is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Input {
    /// By suffix, then by content
    #[default]
    Auto,
    /// Plain text
    Text,
    /// Markdown
    Markdown,
    /// A web page
    Html,
    /// Text annotated by hand: (actor)[action]<data>{purpose}
    Annotated,
    /// A practice set, as `polidiff extract` writes it
    Set,
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

/// When to colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// When the output is a terminal that wants it
    #[default]
    Auto,
    /// Even into files and pipes
    Always,
    /// Not at all
    Never,
}

/// How much is said of each change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Details {
    /// The verdict and the counts
    None,
    /// And each change, with the words that came and went
    #[default]
    Summary,
    /// And the sentences that state them
    Full,
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
}

impl Input {
    /// As the library says it; `None` for a practice set.
    pub fn as_document(self) -> Option<InputFormat> {
        match self {
            Input::Auto => Some(InputFormat::Auto),
            Input::Text => Some(InputFormat::Forced(DocumentFormat::Text)),
            Input::Markdown => Some(InputFormat::Forced(DocumentFormat::Markdown)),
            Input::Html => Some(InputFormat::Forced(DocumentFormat::Html)),
            Input::Annotated => Some(InputFormat::Forced(DocumentFormat::Annotated)),
            Input::Set => None,
        }
    }
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Args;

    #[test]
    fn definition_holds_together() {
        Args::command().debug_assert();
    }
}
