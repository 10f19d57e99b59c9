//! `polidiff vocabulary`: the concepts that polidiff knows, one of them, or a check of the user's own.

use std::path::Path;

use serde::Serialize;

use polidiff::report::messages::Messages;
use polidiff::report::neutral::neutral;
use polidiff::report::table;
use polidiff::vocabulary::{self as library, Concept, Words};
use polidiff::{Error, Result, yaml};

use super::args::{Color, Details, Format, Output, Vocabulary};
use super::output::{Target, json, report, to_standard_output};
use super::{Status, input};

/// Does what was asked of the vocabulary.
pub fn run(command: &Vocabulary, color: Color) -> Result<Status> {
    match command {
        Vocabulary::List { overlay, output } => {
            let target = target(output, color)?;
            let vocabulary = input::vocabulary(overlay)?;
            let concepts: Vec<Entire> = vocabulary.concepts().map(|c| Entire::of(c, vocabulary)).collect();
            let draw = || table::vocabulary(vocabulary, target.lang, &target.look(Details::Summary));
            write(&target, &concepts, draw)
        }
        Vocabulary::Show { id, overlay, output } => {
            let target = target(output, color)?;
            let vocabulary = input::vocabulary(overlay)?;
            let concept = vocabulary.get(id).ok_or_else(|| unknown(id, vocabulary))?;
            let draw = || table::concept(vocabulary, concept, target.lang, &target.look(Details::Summary));
            write(&target, &Entire::of(concept, vocabulary), draw)
        }
        Vocabulary::Check { file } => check(file, color),
    }
}

/// A concept with its words.
#[derive(Serialize)]
struct Entire<'v> {
    #[serde(flatten)]
    concept: &'v Concept,
    #[serde(flatten)]
    words: Words,
}

impl<'v> Entire<'v> {
    fn of(concept: &'v Concept, vocabulary: &library::Vocabulary) -> Self {
        Entire { concept, words: vocabulary.words(&concept.id) }
    }
}

/// As for reports, but for readers who look something up: there is no page of it.
fn target(output: &Output, color: Color) -> Result<Target> {
    let target = Target::new(output, color, &[])?;
    match target.format {
        Format::Html | Format::Markdown | Format::Csv => Err(Error::Usage {
            what: "the vocabulary is not written as HTML, Markdown or CSV".into(),
            remedy: "--format table, json or yaml".into(),
        }),
        Format::Table | Format::Json | Format::Yaml => Ok(target),
    }
}

fn write<T: Serialize + ?Sized>(target: &Target, value: &T, draw: impl Fn() -> String) -> Result<Status> {
    let text = match target.format {
        Format::Json => json(&value)?,
        Format::Yaml => yaml::emit(&value)?,
        Format::Table | Format::Html | Format::Markdown | Format::Csv => draw(),
    };
    target.write(&text)?;
    Ok(Status::Done)
}

/// Every mistake is told, not only the first, so that a file is mended in one go.
fn check(file: &Path, color: Color) -> Result<Status> {
    let (name, vocabulary) = input::own_vocabulary(file)?;
    let own = |problem: &Error| match problem {
        Error::Yaml { name: place, .. } | Error::Content { name: place, .. } => *place == name,
        _ => true,
    };
    let problems: Vec<Error> = vocabulary.problems().into_iter().filter(own).collect();
    if !problems.is_empty() {
        problems.iter().for_each(|problem| {
            report(problem);
        });
        return Ok(Status::Failed);
    }
    let all = vocabulary.concepts().count();
    let new = all.saturating_sub(library::Vocabulary::builtin().concepts().count());
    let words = Messages::for_language("en");
    let said = words.fill(
        "vocabulary.in-order",
        &[("name", &neutral(&name)), ("n", &words.number(all)), ("new", &words.number(new))],
    );
    to_standard_output(format!("{said}\n").as_bytes(), color)?;
    Ok(Status::Done)
}

/// Names the ids that hold the words of the unknown one.
fn unknown(id: &str, vocabulary: &library::Vocabulary) -> Error {
    let wanted = id.to_lowercase();
    let last = wanted.rsplit('.').next().unwrap_or_default();
    let fits = |concept: &&Concept| {
        !last.is_empty()
            && (concept.id.contains(last)
                || concept.label.en.to_lowercase().contains(last)
                || concept.label.zh.contains(last))
    };
    let near: Vec<&str> = vocabulary.concepts().filter(fits).take(5).map(|c| c.id.as_str()).collect();
    Error::Usage {
        what: format!("there is no concept `{id}`"),
        remedy: if near.is_empty() {
            "an id that `polidiff vocabulary list` prints".into()
        } else {
            near.join(", ")
        },
    }
}
