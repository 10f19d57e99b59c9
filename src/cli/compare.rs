//! `polidiff compare`: two policies to one report of what changed.

use std::path::{Path, PathBuf};

use polidiff::Result;
use polidiff::assess::{Accepted, Rules, Severity};
use polidiff::diff::{self, Difference, Relation};
use polidiff::practice::PracticeSet;
use polidiff::report::comparison::{self, Comparison, Review};
use polidiff::report::html::{self, Brand};
use polidiff::report::messages::Messages;
use polidiff::report::{markdown, table};
use polidiff::vocabulary::Vocabulary;
use polidiff::yaml;

use super::Status;
use super::args::{Color, Compare, Details, Format};
use super::input::Named;
use super::output::{Target, json, markdown_limits, no_csv};
use super::progress::Waiting;
use super::{brand, input};

/// Compares and writes the report; says by its status whether what was asked for was found.
pub fn run(args: &Compare, color: Color) -> Result<Status> {
    let paths = [args.old.as_path(), args.new.as_path()];
    let own = args.review.accept.iter().chain(&args.review.rules).map(PathBuf::as_path);
    let read: Vec<&Path> = paths.into_iter().chain(own).chain(brand::files(&args.brand)).collect();
    let target = Target::new(&args.common.output, color, &read)?;
    let brand = brand::brand(&args.brand, target.format)?;
    let vocabulary = input::vocabulary(&args.common.reading.overlay)?;
    let review = review(args, vocabulary)?;
    let (words, waiting) = (Messages::for_language(target.lang), Waiting::new());
    waiting.say(words.count("progress.reading", paths.len()));
    let inputs = input::inputs(&paths, &args.common.reading, vocabulary)?;
    let compare = || waiting.say(words.get("progress.comparing").to_owned());
    let (sets, difference) = differ(inputs, args, target.format, vocabulary, compare)?;
    let [old, new] = sets.as_slice() else { return Ok(Status::Failed) }; // two paths make two sets

    let mut view = comparison::build_reviewed(old, new, &difference, vocabulary, target.lang, &review);
    if let Some(title) = &args.brand.title {
        view.title.clone_from(title);
    }
    waiting.say(words.get("progress.writing").to_owned());
    let report = render(&view, args, &target, &brand)?;
    drop(waiting); // before the report, which may go to the same terminal
    target.write(&report)?;
    let status = status(&view, args.exit_code, args.fail_on.map(Severity::from));
    // The program ends here: to give everything back piece by piece would take as long as to compare.
    std::mem::forget((view, difference, sets));
    Ok(status)
}

/// Both practice sets and what differs. Programs that want the changes get them without the practices that stayed, which
/// need not be read then; `--details full` adds these.
fn differ(
    inputs: Vec<Named>,
    args: &Compare,
    format: Format,
    vocabulary: &Vocabulary,
    compare: impl FnOnce(),
) -> Result<(Vec<PracticeSet>, Difference)> {
    let relation = args.relation.into();
    let for_programs = matches!(format, Format::Json | Format::Yaml);
    let changes_only = for_programs && args.common.detail.details != Details::Full;
    let mut inputs = inputs;
    if changes_only && relation == Relation::Versions {
        match <[Named; 2]>::try_from(inputs) {
            Ok([Named::Policy(old), Named::Policy(new)]) => {
                compare();
                let models = input::models(&args.common.reading.weights)?;
                return Ok(diff::compare_touched(old, new, vocabulary, models));
            }
            Ok(others) => inputs = others.into(),
            Err(others) => inputs = others,
        }
    }
    let sets = input::sets(inputs, &args.common.reading, vocabulary)?;
    compare();
    let difference = match sets.as_slice() {
        [old, new] => diff::compare(old, new, relation, vocabulary),
        _ => Difference::default(), // two paths make two sets
    };
    Ok((sets, difference))
}

/// The user's files on how to judge and what is accepted.
fn review(args: &Compare, vocabulary: &Vocabulary) -> Result<Review> {
    let mut review = Review::default();
    if let Some(path) = &args.review.rules {
        let (name, text) = input::text(path)?;
        review.rules = Rules::from_file(&name, &text, vocabulary)?;
    }
    if let Some(path) = &args.review.accept {
        let (name, text) = input::text(path)?;
        review.accepted = Accepted::parse(&name, &text)?;
    }
    Ok(review)
}

fn render(view: &Comparison, args: &Compare, target: &Target, brand: &Brand) -> Result<String> {
    match target.format {
        Format::Table => Ok(table::comparison(view, &target.look(args.common.detail.details))),
        Format::Html => html::branded_comparison(view, brand),
        Format::Markdown => {
            let (details, max_length) = markdown_limits(&args.common.detail);
            markdown::comparison(view, details, max_length)
        }
        Format::Json => json(view),
        Format::Yaml => yaml::emit(view),
        Format::Csv => Err(no_csv()),
    }
}

/// A severity is found when a change that is not accepted is as severe or worse; severities are ordered from the worst.
fn status(view: &Comparison, exit_code: bool, fail_on: Option<Severity>) -> Status {
    if !view.summary.practices_compared && (exit_code || fail_on.is_some()) {
        return Status::Failed; // no practice was compared, so none can be vouched for
    }
    let mut open = view.changes.iter().filter(|change| change.accepted.is_none());
    let any = exit_code && open.clone().next().is_some();
    let severe = fail_on.is_some_and(|least| open.any(|change| change.severity <= least));
    if any || severe { Status::Found } else { Status::Done }
}
