//! `polidiff model`: train the learned models, say what they are, and measure them.

use std::fmt::Write as _;
use std::path::Path;

use polidiff::model::{
    Corpus, Label, LabelScores, Model as Learned, Models, Options, SpanScores, score_labels, score_spans,
    train,
};
use polidiff::text::Language;
use polidiff::{Error, Result};

use super::Status;
use super::args::{Color, Model, ModelLanguage};
use super::output::{to_file, to_standard_output};

/// Does what was asked of the models.
pub fn run(command: &Model, color: Color) -> Result<Status> {
    match command {
        Model::Train { data, out, language, without } => {
            let both = [ModelLanguage::En, ModelLanguage::Zh];
            let languages = language.as_ref().map_or(&both[..], std::slice::from_ref);
            for language in languages {
                let language = Language::from(*language);
                let corpus = Corpus::read_dir(data, &language, without)?;
                let weights = train(&corpus, &Options::new(language.clone()), &mut |step| {
                    eprintln!("{language} {step}");
                })?;
                to_file(&out.join(format!("{language}.bin")), &weights)?;
            }
            Ok(Status::Done)
        }
        Model::Info { model } => {
            let mut shown = String::new();
            with_models(model.as_deref(), |models| {
                for language in [Language::En, Language::Zh] {
                    if let Some(model) = models.for_language(&language) {
                        info(&mut shown, model);
                    }
                }
                Ok(())
            })?;
            to_standard_output(shown.as_bytes(), color)?;
            Ok(Status::Done)
        }
        Model::Score { data, model } => {
            let mut corpus = Corpus::default();
            corpus.read_file(data)?;
            let name = data.file_name().and_then(|n| n.to_str()).unwrap_or_default();
            let english = name.starts_with("roles-en") || name.starts_with("appsi");
            let language = if english { Language::En } else { Language::Zh };
            let mut shown = String::new();
            with_models(model.as_deref(), |models| {
                let model = models.for_language(&language).ok_or_else(|| Error::Usage {
                    what: format!("there is no model of language {language}"),
                    remedy: "`polidiff model train`, or no --model for the built-in ones".to_string(),
                })?;
                if !corpus.tagged.is_empty() {
                    spans(&mut shown, &score_spans(model, &corpus.tagged));
                }
                if !corpus.labelled.is_empty() {
                    labels(&mut shown, &score_labels(model, &corpus.labelled));
                }
                Ok(())
            })?;
            to_standard_output(shown.as_bytes(), color)?;
            Ok(Status::Done)
        }
    }
}

fn with_models(dir: Option<&Path>, mut work: impl FnMut(&Models) -> Result<()>) -> Result<()> {
    match dir {
        Some(dir) => work(&Models::read_dir(dir)?),
        None => work(Models::builtin()),
    }
}

// Writing to a String cannot fail, so the results of `writeln!` below are dropped.

fn info(shown: &mut String, model: &Learned) {
    let (bytes, tagger, classifier) = model.size();
    let labels: Vec<String> = model.labels().into_iter().map(name).collect();
    let _ = writeln!(shown, "{}: {bytes} bytes, format {}", model.language(), polidiff::model::FORMAT);
    let _ = writeln!(shown, "  tagger      {tagger} features");
    let _ = writeln!(shown, "  classifier  {classifier} features: {}", labels.join(" "));
    let _ = writeln!(shown, "  sentences learned from");
    for line in model.about().lines() {
        let _ = writeln!(shown, "    {line}");
    }
}

fn spans(shown: &mut String, scores: &SpanScores) {
    for (role, exact) in &scores.exact {
        let characters = scores.characters.get(role).copied().unwrap_or_default();
        let role = format!("{role:?}").to_lowercase();
        let (p, r, f1) = (exact.precision(), exact.recall(), exact.f1());
        let _ = writeln!(
            shown,
            "{role:12} P {p:.3} R {r:.3} F1 {f1:.3}  characters F1 {:.3}  gold {}",
            characters.f1(),
            exact.gold
        );
    }
    let (exact, characters) = scores.micro();
    let _ = writeln!(shown, "micro exact F1 {:.3} characters F1 {:.3}", exact.f1(), characters.f1());
}

fn labels(shown: &mut String, scores: &LabelScores) {
    for (&label, counts) in &scores.labels {
        let (p, r, f1) = (counts.precision(), counts.recall(), counts.f1());
        let _ = writeln!(shown, "{:12} P {p:.3} R {r:.3} F1 {f1:.3}  gold {}", name(label), counts.gold);
        if !matches!(label, Label::Category(_))
            && let Some((micro, mean)) = scores.flag(label)
        {
            let _ = writeln!(shown, "{} micro F1 {micro:.3} macro F1 {mean:.3}", name(label));
        }
    }
    if scores.labels.keys().any(|l| matches!(l, Label::Category(_))) {
        let (micro, mean) = scores.categories();
        let _ = writeln!(shown, "categories micro F1 {micro:.3} macro F1 {mean:.3}");
    }
}

fn name(label: Label) -> String {
    match label {
        Label::Category(category) => format!("{category:?}").to_lowercase(),
        other => format!("{other:?}").to_lowercase(),
    }
}
