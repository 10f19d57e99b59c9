//! `polidiff extract`: one policy to its practices, to read or to correct by hand.

use polidiff::Result;
use polidiff::practice;
use polidiff::report::{html, markdown, practices, table};

use super::Status;
use super::args::{Color, Extract, Format};
use super::input;
use super::output::{Target, json, markdown_limits, no_csv};

/// Reads the policy and writes its practices.
pub fn run(args: &Extract, color: Color) -> Result<Status> {
    let paths = [args.policy.as_path()];
    let target = Target::new(&args.output, color, &paths)?;
    let vocabulary = input::vocabulary(&args.reading.overlay)?;
    let sets = input::policies(&paths, &args.reading, vocabulary)?;
    let [set] = sets.as_slice() else { return Ok(Status::Failed) }; // one path makes one set

    let view = || practices::build(set, vocabulary, target.lang);
    let report = match target.format {
        Format::Table => table::practices(&view(), &target.look(args.detail.details)),
        Format::Html => html::practices(&view())?,
        Format::Markdown => {
            let (details, max_length) = markdown_limits(&args.detail);
            markdown::practices(&view(), details, max_length)?
        }
        Format::Json => json(&practice::view(set, vocabulary))?,
        Format::Yaml => practice::write(set)?,
        Format::Csv => return Err(no_csv()),
    };
    target.write(&report)?;
    std::mem::forget(sets); // the program ends here, and gives all of it back at once
    Ok(Status::Done)
}
