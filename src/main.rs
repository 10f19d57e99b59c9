//! The `polidiff` command: parse, run, map to an exit status.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = cli::Args::parse(); // usage errors leave from here, with status 2
    match cli::run(args) {
        Ok(status) => status.into(),
        Err(failure) => cli::report(&failure).into(),
    }
}
