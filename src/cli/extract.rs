//! `polidiff extract`: one policy to its practices, to read or to correct by hand.

use polidiff::Result;
use polidiff::practice;
use polidiff::report::messages::Messages;
use polidiff::report::{html, markdown, practices, table};

use super::Status;
use super::args::{Color, Extract, Format};
use super::input;
use super::output::{Target, json, markdown_limits, no_csv};
use super::progress::Waiting;

/// Reads the policy and writes its practices.
pub fn run(args: &Extract, color: Color) -> Result<Status> {
    let paths = [args.policy.as_path()];
    let target = Target::new(&args.common.output, color, &paths)?;
    let vocabulary = input::vocabulary(&args.common.reading.overlay)?;
    let (words, waiting) = (Messages::for_language(target.lang), Waiting::new());
    waiting.say(words.count("progress.reading", paths.len()));
    let sets = input::policies(&paths, &args.common.reading, vocabulary)?;
    let [set] = sets.as_slice() else { return Ok(Status::Failed) }; // one path makes one set

    waiting.say(words.get("progress.writing").to_owned());
    let view = || practices::build(set, vocabulary, target.lang);
    let report = match target.format {
        Format::Table => table::practices(&view(), &target.look(args.common.detail.details)),
        Format::Html => html::practices(&view())?,
        Format::Markdown => {
            let (details, max_length) = markdown_limits(&args.common.detail);
            markdown::practices(&view(), details, max_length)?
        }
        Format::Json => json(&practice::view(set, vocabulary))?,
        Format::Yaml => practice::write(set)?,
        Format::Csv => return Err(no_csv()),
    };
    drop(waiting); // before the report, which may go to the same terminal
    target.write(&report)?;
    std::mem::forget(sets); // the program ends here, and gives all of it back at once
    Ok(Status::Done)
}
