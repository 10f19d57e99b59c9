//! The command line: arguments in, a report out, an exit status back.

mod args;
mod benchmark;
mod brand;
mod carry;
mod compare;
mod extract;
mod input;
mod model;
mod output;
mod progress;
mod schema;
mod vocabulary;

use std::process::ExitCode;

use clap::CommandFactory;

use polidiff::Result;

pub use args::Args;
pub use output::report;

use args::{Color, Command};

/// What the exit status says; the one place where it is decided which number means what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// 0: done.
    Done,
    /// 1: done, and the changes that `--exit-code` or `--fail-on` ask for were found.
    Found,
    /// 2: could not, because of an input, an option or the place of the output.
    Failed,
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> ExitCode {
        ExitCode::from(match status {
            Status::Done => 0,
            Status::Found => 1,
            Status::Failed => 2,
        })
    }
}

/// Does what the arguments ask for.
pub fn run(args: Args) -> Result<Status> {
    let color = args.color;
    match args.command {
        Command::Compare(command) => compare::run(&command, color),
        Command::Benchmark(command) => benchmark::run(&command, color),
        Command::Extract(command) => extract::run(&command, color),
        Command::Carry(command) => carry::run(&command, color),
        Command::Vocabulary { command } => vocabulary::run(&command, color),
        Command::Model { command } => model::run(&command, color),
        Command::Schema(command) => schema::run(&command),
        Command::Completions { shell } => completions(shell),
    }
}

fn completions(shell: clap_complete::Shell) -> Result<Status> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "polidiff", &mut script);
    output::to_standard_output(&script, Color::Never)?;
    Ok(Status::Done)
}
