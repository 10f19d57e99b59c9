//! `polidiff carry`: corrected practices of an old version to a practice set of the new one.

use std::path::Path;

use polidiff::report::carry::{self, Carry as View};
use polidiff::report::messages::Messages;
use polidiff::report::table;
use polidiff::vocabulary::Vocabulary;
use polidiff::{Error, Result, practice, yaml};

use super::Status;
use super::args::{Carry, CarryFormat, Color, Format, Output};
use super::input;
use super::output::{Target, json, to_standard_error};
use super::progress::Waiting;

/// Carries over, writes the set where it was asked for, and reports.
pub fn run(args: &Carry, color: Color) -> Result<Status> {
    let paths = [args.old.as_path(), args.new.as_path()];
    let to_standard_output = args.output.as_deref() == Some(Path::new("-"));
    let target = |format, output| {
        let output = Output { format: Some(format), output, lang: args.lang, width: args.width };
        Target::new(&output, color, &paths)
    };
    let set_format = match &args.output {
        Some(path) if is_json(path) => Format::Json,
        _ => Format::Yaml,
    };
    let set_target = target(set_format, args.output.clone())?;
    let report_format = match args.format {
        CarryFormat::Table => Format::Table,
        CarryFormat::Json => Format::Json,
        CarryFormat::Yaml => Format::Yaml,
    };
    let report_target = target(report_format, None)?;
    let vocabulary = input::vocabulary(&args.reading.overlay)?;
    let (words, waiting) = (Messages::for_language(report_target.lang), Waiting::new());
    waiting.say(words.count("progress.reading", paths.len()));
    let (old, new) = read(args, vocabulary)?;
    waiting.say(words.get("progress.comparing").to_owned());
    let carried = polidiff::carry::carry(&old, &new, vocabulary)?;
    let view = carry::build(&old, &new, &carried, report_target.lang);
    let report = report(&view, args, &report_target)?;
    drop(waiting); // before the report, which may go to the same terminal

    if args.output.is_some() {
        set_target.write(&match set_format {
            Format::Json => json(&practice::view(&carried.set, vocabulary))?,
            _ => practice::write(&carried.set)?,
        })?;
    }
    if to_standard_output {
        to_standard_error(&report);
    } else {
        report_target.write(&report)?;
    }
    Ok(Status::Done)
}

fn is_json(path: &Path) -> bool {
    path.extension().is_some_and(|suffix| suffix.eq_ignore_ascii_case("json"))
}

/// Both sides; the old one may be told by `--input annotated` or `set`, the new one is then a policy by its own signs.
fn read(args: &Carry, vocabulary: &Vocabulary) -> Result<(practice::PracticeSet, practice::PracticeSet)> {
    let paths = [args.old.as_path(), args.new.as_path()];
    let mut sets = input::policies(&paths, &args.reading, vocabulary)?.into_iter();
    match (sets.next(), sets.next()) {
        (Some(old), Some(new)) if !new.is_from_file() => Ok((old, new)),
        _ => Err(Error::Usage {
            what: format!(
                "{} is a practice set, but practices are carried over to a policy",
                args.new.display()
            ),
            remedy: "polidiff carry OLD-SET NEW-POLICY".into(),
        }),
    }
}

fn report(view: &View, args: &Carry, target: &Target) -> Result<String> {
    match args.format {
        CarryFormat::Table => Ok(table::carry(view, &target.look(args.details))),
        CarryFormat::Json => json(view),
        CarryFormat::Yaml => yaml::emit(view),
    }
}
