//! `polidiff model`

use std::path::PathBuf;

use clap::{Args as ClapArgs, Subcommand, ValueEnum, ValueHint};

use polidiff::text::Language;

use super::{Output, Weights};

pub(super) const MODEL_EXAMPLES: &str = "\
Examples:
  polidiff model info
  polidiff model train --data corpus --out weights --without roles-en-0 --without roles-zh-0
  polidiff model train --data corpus our-policies/*.txt --out weights
  polidiff model score --data corpus/roles-en-0.jsonl --model weights
  polidiff extract policy.md --model weights";

const TRAIN_NOTES: &str = "\
Annotated files:
  .jsonl     {\"text\", \"spans\": [{\"start\", \"end\", \"role\"}]}, offsets in characters; of roles that a file does not
             annotate, the built-in model says which words play them
             {\"text\", \"labels\"}: names of categories; or 0 and 1 in a file with risk, sensitive or important in its name
  .txt .md   a policy with (actor)[action]<data>{purpose}; sentences with a mark are learned, without one passed over

Of a directory, roles-*.jsonl, .jsonl files with topic, risk, sensitive or important in their name, and annotated policies
are read. Where there are only spans, or only labels, the other part is that of the built-in model.";

/// `polidiff model`
#[derive(Debug, Subcommand)]
pub enum Model {
    /// Learn from annotated files, and write one file of weights per language; the same files give the same bytes
    #[command(after_help = TRAIN_NOTES)]
    Train(Train),

    /// Print what the models learned from, how well they do, and how they were made
    Info {
        #[command(flatten)]
        #[allow(missing_docs)]
        weights: Weights,

        #[command(flatten)]
        #[allow(missing_docs)]
        output: Output,
    },

    /// Measure a model on annotated files that it did not learn from
    Score {
        /// Annotated files, or directories of them, as for `model train`
        #[arg(long, value_name = "PATH", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
        data: Vec<PathBuf>,

        #[command(flatten)]
        #[allow(missing_docs)]
        weights: Weights,

        #[command(flatten)]
        #[allow(missing_docs)]
        output: Output,
    },
}

/// `polidiff model train`
#[derive(Debug, ClapArgs)]
pub struct Train {
    /// Annotated files, or directories of them; .jsonl for JSON Lines, .txt and .md for annotated policies
    #[arg(long, value_name = "PATH", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
    pub data: Vec<PathBuf>,

    /// Directory that en.bin and zh.bin are written to
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub out: PathBuf,

    /// Where to begin; `auto` begins with the built-in tagger where sentences are few and not annotated for all roles
    #[arg(long, value_enum, value_name = "WHERE", default_value_t)]
    pub from: Start,

    /// Most features that a tagger keeps; the built-in ones have 100,000, so that the program stays small
    #[arg(long, value_name = "N", default_value_t = 300_000, value_parser = clap::value_parser!(u32).range(1_000..=1_000_000))]
    pub features: u32,

    /// How strongly a tagger's weights are drawn to zero: with more it finds less and is surer; the built-in ones have 2
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u8).range(1..=100))]
    pub decay: u8,

    /// Only this language [default: those that the files are in]
    #[arg(long, value_enum, value_name = "LANG")]
    pub language: Option<ModelLanguage>,

    /// Name of a file to leave out, without suffix, to measure on it; may be given again
    #[arg(long, value_name = "NAME")]
    pub without: Vec<String>,
}

/// What a tagger knows before it learns.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Start {
    /// By the files
    #[default]
    Auto,
    /// What the built-in one knows, which stays as it is: for policies of your own
    BuiltIn,
    /// Nothing: for thousands of sentences
    Nothing,
}

/// Languages that have a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ModelLanguage {
    /// English
    En,
    /// Chinese
    Zh,
}

impl ModelLanguage {
    /// As the library says it.
    pub fn language(self) -> Language {
        match self {
            ModelLanguage::En => Language::En,
            ModelLanguage::Zh => Language::Zh,
        }
    }
}
