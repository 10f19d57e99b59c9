//! `model info` and `model score` for the terminal.

use comfy_table::CellAlignment;

use crate::report::messages::Messages;
use crate::report::models::{Averages, FileView, LanguageScores, Measure, ModelView, ModelsView, ScoresView};
use crate::report::neutral::neutral;

use super::ink::{Ink, mark};
use super::{Column, Look, Page, card};

/// Columns that tables of scores need.
const LEAST: usize = 80;

/// What models are, and the card of the built-in ones.
pub fn models(view: &ModelsView, language: &str, look: &Look) -> String {
    let w = Messages::for_language(language);
    let mut page = Page::new(&Look { width: look.width.max(LEAST), ..*look });
    for model in &view.models {
        page.heading(&w.language_name(&model.language));
        one(&mut page, model, w);
    }
    if let Some(text) = &view.card {
        page.gap();
        card::draw(&mut page, text);
    }
    page.finish()
}

fn one(page: &mut Page, model: &ModelView, w: &Messages) {
    let part = |part: &crate::report::models::PartView| {
        let features = w.count("models.features", part.features);
        let from = match model.file {
            Some(_) if part.built_in => "models.built-in",
            Some(_) if part.onward => "models.onward",
            _ => return features,
        };
        [&features, w.get(from)].join(w.get("join.list"))
    };
    let labels: Vec<String> = model.labels.iter().map(|label| label_name(w, label)).collect();
    let file = model.file.as_deref().map_or_else(|| w.get("models.built-in").to_owned(), neutral);
    let learned: Vec<String> = model
        .learned_from
        .iter()
        .map(|FileView { name, sentences }| {
            let count = w.count("side.sentences", *sentences);
            format!("{} {}", neutral(name), mark(Ink::Dim, &count))
        })
        .collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut row = |key: &str, text: String| rows.push(vec![mark(Ink::Bold, w.get(key)), text]);
    row("models.file", file);
    row("models.size", w.fill("models.bytes", &[("n", &w.number(model.bytes))]));
    row("models.format", model.format.to_string());
    row("models.tagger", part(&model.tagger));
    row("models.classifier", part(&model.classifier));
    row("models.labels", labels.join(w.get("join.list")));
    row("models.learned-from", learned.join("\n"));
    page.table(&[Column::tight("").at_most(28), Column::share("", 1)], &rows, true);
}

/// How well models do: a table for the tagger, one for categories, one for the other labels.
pub fn scores(view: &ScoresView, language: &str, look: &Look) -> String {
    let w = Messages::for_language(language);
    let mut page = Page::new(&Look { width: look.width.max(LEAST), ..*look });
    for scores in &view.languages {
        page.heading(&w.language_name(&scores.language));
        let model = scores.model.as_deref().map_or_else(|| w.get("models.built-in").to_owned(), neutral);
        let files: Vec<String> = scores.data.iter().map(|file| neutral(&file.name)).collect();
        page.paragraph(&w.fill("scores.model", &[("model", &model)]));
        page.paragraph(&w.fill("scores.files", &[("files", &files.join(w.get("join.list")))]));
        roles(&mut page, scores, w);
        labels(&mut page, scores, w);
    }
    page.finish()
}

fn number(head: &str) -> Column {
    Column::tight(head).at_most(12).aligned(CellAlignment::Right)
}

fn share(share: f64) -> String {
    format!("{share:.3}")
}

fn shares(measure: &Measure) -> [String; 3] {
    [share(measure.precision), share(measure.recall), mark(Ink::Bold, &share(measure.f1))]
}

fn averages(mean: &Averages) -> [String; 3] {
    [share(mean.precision), share(mean.recall), mark(Ink::Bold, &share(mean.f1))]
}

fn counts(w: &Messages, measure: &Measure) -> [String; 2] {
    [w.number(measure.gold), w.number(measure.found)]
}

fn roles(page: &mut Page, scores: &LanguageScores, w: &Messages) {
    let Some(roles) = &scores.roles else { return };
    page.gap();
    page.paragraph(&w.count("scores.roles", roles.sentences));
    let [p, r, f1] = ["scores.precision", "scores.recall", "scores.f1"].map(|key| w.get(key));
    let [cp, cr, cf1] = [p, r, f1].map(|head| w.fill("scores.characters", &[("measure", head)]));
    let columns = [
        Column::tight(w.get("scores.role")),
        number(p),
        number(r),
        number(f1),
        number(&cp),
        number(&cr),
        number(&cf1),
        number(w.get("scores.gold")),
        number(w.get("scores.found")),
    ];
    let mut rows: Vec<Vec<String>> = Vec::new();
    for row in &roles.roles {
        let (exact, characters) = (&row.scores.exact, &row.scores.characters);
        let cells = [&shares(exact)[..], &shares(characters), &counts(w, exact)].concat();
        rows.push([vec![w.name("role", &row.role)], cells].concat());
    }
    let micro = &roles.micro;
    let cells = [&shares(&micro.exact)[..], &shares(&micro.characters), &counts(w, &micro.exact)].concat();
    rows.push([vec![mark(Ink::Bold, w.get("scores.micro"))], cells].concat());
    let cells = [averages(&roles.mean.exact), averages(&roles.mean.characters)].concat();
    rows.push([vec![mark(Ink::Bold, w.get("scores.macro"))], cells, vec![String::new(); 2]].concat());
    page.table(&columns, &rows, false);
}

fn labels(page: &mut Page, scores: &LanguageScores, w: &Messages) {
    let columns = |first: &str| {
        let mut columns = vec![Column::tight(w.get(first))];
        columns.extend(["scores.precision", "scores.recall", "scores.f1"].map(|key| number(w.get(key))));
        columns.extend(["scores.gold", "scores.found"].map(|key| number(w.get(key))));
        columns
    };
    let row = |name: String, measure: &Measure| {
        [vec![name], shares(measure).to_vec(), counts(w, measure).to_vec()].concat()
    };
    if let Some(categories) = &scores.categories {
        page.gap();
        page.paragraph(&w.count("scores.categories", categories.sentences));
        let mut rows: Vec<Vec<String>> =
            categories.categories.iter().map(|c| row(w.name("category", &c.category), &c.measure)).collect();
        rows.push(row(mark(Ink::Bold, w.get("scores.micro")), &categories.micro));
        let mean = mark(Ink::Bold, w.get("scores.macro"));
        rows.push([vec![mean], averages(&categories.mean).to_vec(), vec![String::new(); 2]].concat());
        page.table(&columns("column.category"), &rows, false);
    }
    for flag in &scores.flags {
        page.gap();
        page.paragraph(&w.count(&format!("scores.{}", flag.label), flag.sentences));
        let blank = || String::new();
        let f1 = |key: &str, f1: f64| {
            let f1 = mark(Ink::Bold, &share(f1));
            vec![mark(Ink::Bold, w.get(key)), blank(), blank(), f1, blank(), blank()]
        };
        let rows = [
            row(w.get("scores.yes").to_owned(), &flag.yes),
            row(w.get("scores.no").to_owned(), &flag.no),
            f1("scores.micro", flag.micro_f1),
            f1("scores.macro", flag.macro_f1),
        ];
        page.table(&columns("scores.label"), &rows, false);
    }
}

fn label_name(w: &Messages, label: &str) -> String {
    let category = format!("category.{label}");
    match w.get(&category) {
        unknown if unknown == category => w.get(&format!("models.{label}")).to_owned(),
        known => known.to_owned(),
    }
}
