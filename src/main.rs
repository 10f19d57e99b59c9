//! The `polidiff` command: parse, run, map to an exit status.

mod cli;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let args = cli::Args::parse(); // usage errors leave from here, with status 2
    // This thread does its share instead of waiting for others; where it may not, all work is done by others.
    let _ = rayon::ThreadPoolBuilder::new().use_current_thread().build_global();
    match cli::run(args) {
        Ok(status) => status.into(),
        Err(failure) => cli::report(&failure).into(),
    }
}
