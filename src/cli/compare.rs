//! `polidiff compare`: two policies to one report of what changed.

use polidiff::Result;
use polidiff::assess::Severity;
use polidiff::diff;
use polidiff::report::comparison::{self, Comparison};
use polidiff::report::{html, markdown, table};
use polidiff::yaml;

use super::Status;
use super::args::{Color, Compare, Format};
use super::input;
use super::output::{Target, json, markdown_limits, no_csv};

/// Compares and writes the report; says by its status whether what was asked for was found.
pub fn run(args: &Compare, color: Color) -> Result<Status> {
    let paths = [args.old.as_path(), args.new.as_path()];
    let target = Target::new(&args.output, color, &paths)?;
    let vocabulary = input::vocabulary(&args.reading.overlay)?;
    let sets = input::policies(&paths, &args.reading, vocabulary)?;
    let [old, new] = sets.as_slice() else { return Ok(Status::Failed) }; // two paths make two sets

    let difference = diff::compare(old, new, args.relation.into(), vocabulary);
    let view = comparison::build(old, new, &difference, vocabulary, target.lang);
    target.write(&render(&view, args, &target)?)?;
    Ok(status(&view, args.exit_code, args.fail_on.map(Severity::from)))
}

fn render(view: &Comparison, args: &Compare, target: &Target) -> Result<String> {
    match target.format {
        Format::Table => Ok(table::comparison(view, &target.look(args.detail.details))),
        Format::Html => html::comparison(view),
        Format::Markdown => {
            let (details, max_length) = markdown_limits(&args.detail);
            markdown::comparison(view, details, max_length)
        }
        Format::Json => json(view),
        Format::Yaml => yaml::emit(view),
        Format::Csv => Err(no_csv()),
    }
}

/// A severity is found when a change is as severe or worse; severities are ordered from the worst.
fn status(view: &Comparison, exit_code: bool, fail_on: Option<Severity>) -> Status {
    if !view.summary.practices_compared && (exit_code || fail_on.is_some()) {
        return Status::Failed; // no practice was compared, so none can be vouched for
    }
    let any = exit_code && !view.changes.is_empty();
    let severe = fail_on.is_some_and(|least| view.changes.iter().any(|change| change.severity <= least));
    if any || severe { Status::Found } else { Status::Done }
}
