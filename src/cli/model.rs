//! `polidiff model`: train the learned models, say what they are, and measure them.

use std::fs;
use std::path::{Path, PathBuf};

use serde::Serialize;

use polidiff::model::{Corpora, LabelScores, Options, SpanScores, Step, score_labels, score_spans, train};
use polidiff::report::messages::Messages;
use polidiff::report::models::{self, LanguageScores};
use polidiff::report::neutral::neutral;
use polidiff::report::table;
use polidiff::vocabulary::Vocabulary;
use polidiff::{Error, Result, yaml};

use super::args::{Color, Details, Format, Model, ModelLanguage, Output, Start, Train};
use super::output::{self, Target, json, to_file, to_standard_output};
use super::progress::Progress;
use super::{Status, input};

/// Does what was asked of the models.
pub fn run(command: &Model, color: Color) -> Result<Status> {
    match command {
        Model::Train(args) => learn(args, color),
        Model::Info { weights, output } => {
            let target = target(output, color)?;
            let view = models::models(input::models(weights)?);
            write(&target, &view, || table::models(&view, target.lang, &target.look(Details::Summary)))
        }
        Model::Score { data, weights, output } => {
            let target = target(output, color)?;
            let models = input::models(weights)?;
            let corpora = read(data, &[])?;
            let mut languages: Vec<LanguageScores> = Vec::new();
            for (language, corpus) in &corpora.languages {
                let Some(model) = models.for_language(language) else { continue }; // corpora are in languages that are read
                let spans: SpanScores = score_spans(model, Vocabulary::builtin(), &corpus.tagged);
                let labels: LabelScores = score_labels(model, &corpus.labelled);
                let sentences = corpus.tagged.len();
                languages.push(models::language_scores(model, &corpus.files, &spans, sentences, &labels));
            }
            let view = models::scores(languages);
            write(&target, &view, || table::scores(&view, target.lang, &target.look(Details::Summary)))
        }
    }
}

/// Trains all languages before the first file is written, so that a directory never holds one that does not go with the other.
fn learn(args: &Train, color: Color) -> Result<Status> {
    let out = args.out.as_path();
    check_out(out)?;
    let corpora = read(&args.data, &args.without)?;
    let only = args.language.map(ModelLanguage::language);
    let only = only.as_ref();
    let mut trained = Vec::new();
    for (language, corpus) in
        corpora.languages.iter().filter(|(language, _)| only.is_none_or(|o| o == *language))
    {
        let mut bar: Option<(&str, Progress)> = None;
        let mut show = |step: Step| {
            if bar.as_ref().is_none_or(|(part, _)| *part != step.part) {
                bar = None; // the last one goes before the next comes
                bar = Some((step.part, Progress::new(&format!("{language} {}", step.part), step.of)));
            }
            if let Some((_, bar)) = &bar {
                bar.reach(step.done);
                bar.say(&step.note);
            }
        };
        let onward = match args.from {
            Start::Auto => corpus.is_for_teaching_onward(),
            Start::BuiltIn => true,
            Start::Nothing => false,
        };
        let options = Options {
            onward,
            tagger_features: args.features as usize,
            decay: f32::from(args.decay),
            ..Options::new(language.clone())
        };
        let weights = train(corpus, Vocabulary::builtin(), &options, &mut show)?;
        trained.push((out.join(format!("{language}.bin")), weights, corpus, onward));
    }
    if trained.is_empty() {
        let wanted = only.map_or_else(String::new, |language| format!(" of language {language}"));
        return Err(Error::Usage {
            what: format!("the corpus holds no annotated sentence{wanted}"),
            remedy: "other files after --data, or another --language".into(),
        });
    }
    let refused = |why: String| Error::Usage {
        what: format!("cannot write to {}: {why}", out.display()),
        remedy: "a directory that you may write to, after --out".into(),
    };
    fs::create_dir_all(out).map_err(|why| refused(why.to_string()))?;
    let words = Messages::for_language(output::lang());
    let mut said = String::new();
    for (path, weights, corpus, onward) in &trained {
        to_file(path, weights).map_err(|error| match error {
            Error::Write { why, .. } => refused(why),
            other => other,
        })?;
        let values = [
            ("file", neutral(&path.display().to_string())),
            ("n", words.number(corpus.tagged.len() + corpus.labelled.len())),
            ("files", words.number(corpus.files.len())),
            ("bytes", words.number(weights.len())),
        ];
        let values: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
        said.push_str(&words.fill(if *onward { "models.written-onward" } else { "models.written" }, &values));
        said.push('\n');
    }
    if !corpora.passed_over.is_empty() {
        let files: Vec<String> = corpora.passed_over.iter().map(|file| neutral(file)).collect();
        said.push_str(&words.fill("models.passed-over", &[("files", &files.join(words.get("join.list")))]));
        said.push('\n');
    }
    to_standard_output(said.as_bytes(), color)?;
    Ok(Status::Done)
}

/// Training takes minutes; a place that cannot be written to is told before.
fn check_out(out: &Path) -> Result<()> {
    let parent = out.parent().filter(|parent| !parent.as_os_str().is_empty());
    let why = match parent {
        _ if out.is_dir() => return Ok(()),
        _ if out.exists() => "it is no directory".to_string(),
        Some(parent) if !parent.is_dir() => format!("there is no directory {}", parent.display()),
        _ => return Ok(()),
    };
    Err(Error::Usage {
        what: format!("cannot write to {}: {why}", out.display()),
        remedy: "a directory, after --out".into(),
    })
}

fn read(data: &[PathBuf], without: &[String]) -> Result<Corpora> {
    let mut corpora = Corpora::default();
    let files = corpora.files(data, without)?;
    let bar = Progress::new("corpus", files.len());
    for file in &files {
        corpora.read(file)?;
        bar.advance();
    }
    Ok(corpora)
}

/// As for reports, but for readers who look something up: there is no page of it.
fn target(output: &Output, color: Color) -> Result<Target> {
    let target = Target::new(output, color, &[])?;
    match target.format {
        Format::Html | Format::Markdown | Format::Csv => Err(Error::Usage {
            what: "models and scores are not written as HTML, Markdown or CSV".into(),
            remedy: "--format table, json or yaml".into(),
        }),
        Format::Table | Format::Json | Format::Yaml => Ok(target),
    }
}

fn write<T: Serialize>(target: &Target, value: &T, draw: impl Fn() -> String) -> Result<Status> {
    let text = match target.format {
        Format::Json => json(value)?,
        Format::Yaml => yaml::emit(value)?,
        Format::Table | Format::Html | Format::Markdown | Format::Csv => draw(),
    };
    target.write(&text)?;
    Ok(Status::Done)
}
