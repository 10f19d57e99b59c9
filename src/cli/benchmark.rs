//! `polidiff benchmark`: several policies to one report of who states what.

use polidiff::Result;
use polidiff::report::{benchmark, html, markdown, table};
use polidiff::yaml;

use super::Status;
use super::args::{Benchmark, Color, Format};
use super::input;
use super::output::{Target, json, markdown_limits};

/// Reads all policies and writes the report.
pub fn run(args: &Benchmark, color: Color) -> Result<Status> {
    let paths = input::as_paths(&args.policies);
    let target = Target::new(&args.output, color, &paths)?;
    let vocabulary = input::vocabulary(&args.reading.overlay)?;
    let sets = input::policies(&paths, &args.reading, vocabulary)?;

    let view = benchmark::build(&sets, vocabulary, target.lang);
    let report = match target.format {
        Format::Table => table::benchmark(&view, &target.look(args.detail.details)),
        Format::Html => html::benchmark(&view)?,
        Format::Markdown => {
            let (details, max_length) = markdown_limits(&args.detail);
            markdown::benchmark(&view, details, max_length)?
        }
        Format::Json => json(&view)?,
        Format::Yaml => yaml::emit(&view)?,
    };
    target.write(&report)?;
    Ok(Status::Done)
}
