//! `polidiff benchmark`: several policies to one report of who states what.

use std::path::{Path, PathBuf};

use polidiff::Result;
use polidiff::checklist::{self, Checklist};
use polidiff::report::{benchmark, csv, html, markdown, table};
use polidiff::vocabulary::Vocabulary;
use polidiff::yaml;

use super::Status;
use super::args::{Benchmark, Color, Format};
use super::output::{Target, json, markdown_limits};
use super::{brand, input};

/// Reads all policies and writes the report.
pub fn run(args: &Benchmark, color: Color) -> Result<Status> {
    let paths = input::as_paths(&args.policies);
    let own = args.checklist.iter().map(PathBuf::as_path).filter(|path| is_file(path));
    let inputs: Vec<&Path> = paths.iter().copied().chain(own).chain(brand::files(&args.brand)).collect();
    let target = Target::new(&args.output, color, &inputs)?;
    let brand = brand::brand(&args.brand, target.format)?;
    let vocabulary = input::vocabulary(&args.reading.overlay)?;
    let lists = checklists(&args.checklist, vocabulary)?;
    let sets = input::policies(&paths, &args.reading, vocabulary)?;

    let mut view = benchmark::build(&sets, vocabulary, &lists, target.lang);
    if let Some(title) = &args.brand.title {
        view.title.clone_from(title);
    }
    let report = match target.format {
        Format::Table => table::benchmark(&view, &target.look(args.detail.details)),
        Format::Html => html::branded_benchmark(&view, &brand)?,
        Format::Markdown => {
            let (details, max_length) = markdown_limits(&args.detail);
            markdown::benchmark(&view, details, max_length)?
        }
        Format::Json => json(&view)?,
        Format::Yaml => yaml::emit(&view)?,
        Format::Csv => csv::benchmark(&view),
    };
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
