//! Options on what is written, which several commands share.

use std::path::PathBuf;

use clap::{Args as ClapArgs, ValueEnum, ValueHint};

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

/// What makes a report the reader's own.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Output")]
pub struct Brand {
    /// Title of the report, in every format [default: the titles of the policies]
    #[arg(long, value_name = "TEXT", value_parser = parse_title)]
    pub title: Option<String>,

    /// A PNG, JPEG, WebP or SVG picture for the head of an HTML report, 256 KiB at most
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub logo: Option<PathBuf>,

    /// CSS for an HTML report, added after its own
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub css: Option<PathBuf>,
}

/// How much a report says.
#[derive(Debug, ClapArgs)]
#[command(next_help_heading = "Output")]
pub struct Detail {
    /// How much a table or Markdown report says of each change; in JSON and YAML `full` adds all practices of two versions
    #[arg(long, value_enum, value_name = "HOW-MUCH", default_value_t)]
    pub details: Details,

    /// Most characters of a Markdown report; what does not fit is counted
    #[arg(long, value_name = "N", default_value_t = 60_000, value_parser = parse_max_length)]
    pub max_length: usize,
}

fn parse_title(text: &str) -> Result<String, String> {
    match text.trim() {
        "" => Err("expected words, or no --title".to_string()),
        title => Ok(title.to_owned()),
    }
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
