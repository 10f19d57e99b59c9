//! `polidiff benchmark`: several policies to one report of who states what.

use std::path::{Path, PathBuf};

use polidiff::Result;
use polidiff::checklist::{self, Checklist};
use polidiff::report::messages::Messages;
use polidiff::report::{benchmark, csv, html, markdown, table};
use polidiff::vocabulary::Vocabulary;
use polidiff::yaml;

use super::Status;
use super::args::{Benchmark, Color, Format};
use super::output::{Target, json, markdown_limits};
use super::progress::Waiting;
use super::{brand, input};

/// Reads all policies and writes the report.
pub fn run(args: &Benchmark, color: Color) -> Result<Status> {
    let paths = input::as_paths(&args.policies);
    let own = args.checklist.iter().map(PathBuf::as_path).filter(|path| is_file(path));
    let inputs: Vec<&Path> = paths.iter().copied().chain(own).chain(brand::files(&args.brand)).collect();
    let target = Target::new(&args.common.output, color, &inputs)?;
    let brand = brand::brand(&args.brand, target.format)?;
    let vocabulary = input::vocabulary(&args.common.reading.overlay)?;
    let lists = checklists(&args.checklist, vocabulary)?;
    let (words, waiting) = (Messages::for_language(target.lang), Waiting::new());
    waiting.say(words.count("progress.reading", paths.len()));
    let sets = input::policies(&paths, &args.common.reading, vocabulary)?;

    waiting.say(words.get("progress.comparing").to_owned());
    let mut view = benchmark::build(&sets, vocabulary, &lists, target.lang);
    if let Some(title) = &args.brand.title {
        view.title.clone_from(title);
    }
    waiting.say(words.get("progress.writing").to_owned());
    let report = match target.format {
        Format::Table => table::benchmark(&view, &target.look(args.common.detail.details)),
        Format::Html => html::branded_benchmark(&view, &brand)?,
        Format::Markdown => {
            let (details, max_length) = markdown_limits(&args.common.detail);
            markdown::benchmark(&view, details, max_length)?
        }
        Format::Json => json(&view)?,
        Format::Yaml => yaml::emit(&view)?,
        Format::Csv => csv::benchmark(&view),
    };
    drop(waiting); // before the report, which may go to the same terminal
    target.write(&report)?;
    Ok(Status::Done)
}

/// The lists that are asked for, by name or file, each once; all built-in ones where none is named.
fn checklists(named: &[PathBuf], vocabulary: &Vocabulary) -> Result<Vec<Checklist>> {
    if named.is_empty() {
        return Ok(Checklist::builtin().to_vec());
    }
    let mut lists: Vec<Checklist> = Vec::new();
    for path in named.iter().filter(|path| path.as_os_str() != "none") {
        let list = if is_file(path) {
            input::checklist(path, vocabulary)?
        } else {
            checklist::builtin_named(&path.display().to_string())?.clone()
        };
        if !lists.iter().any(|known| known.id == list.id) {
            lists.push(list);
        }
    }
    Ok(lists)
}

/// Whether a value of `--checklist` is a file rather than the name of a list.
fn is_file(path: &Path) -> bool {
    path.components().count() > 1 || path.extension().is_some() || path == Path::new("-")
}
