//! Options on what is read, which several commands share.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum, ValueHint};

use polidiff::ingest::{Format as DocumentFormat, InputFormat};

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

    #[command(flatten)]
    #[allow(missing_docs)]
    pub weights: Weights,
}

/// Which vocabulary is used.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Input")]
pub struct Overlay {
    /// A YAML file of your own concepts and cues, laid over the built-in vocabulary
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub vocabulary: Option<PathBuf>,
}

/// Which models are used.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Input")]
pub struct Weights {
    /// Directory that `polidiff model train` wrote; a language without a file there keeps its built-in model
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub model: Option<PathBuf>,
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
