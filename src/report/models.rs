//! Learned models to what `model info` and `model score` say of them. The JSON of both is made from these values.

use serde::Serialize;

use crate::extract::Role;
use crate::model::{CARD, Counts, FORMAT, Label, LabelScores, Mean, Model, Models, SpanScores};
use crate::practice::Category;
use crate::text::Language;

use super::messages::code;

/// What models are and what they learned from.
#[derive(Clone, Debug, Serialize)]
pub struct ModelsView {
    /// `polidiff.models/1`
    pub schema: String,
    /// Program and version that made it.
    pub generator: String,
    /// One a language.
    pub models: Vec<ModelView>,
    /// The model card of the built-in models, in Markdown; null where none of them is used.
    pub card: Option<String>,
}

/// One model.
#[derive(Clone, Debug, Serialize)]
pub struct ModelView {
    /// Code of the language it reads.
    pub language: String,
    /// Its file; null for a built-in one.
    pub file: Option<String>,
    /// Bytes of its weights.
    pub bytes: usize,
    /// Version of the weights.
    pub format: u32,
    /// What finds the words in a role.
    pub tagger: PartView,
    /// What finds the labels of sentences.
    pub classifier: PartView,
    /// Labels that it can give, such as "collection" or "risk".
    pub labels: Vec<String>,
    /// Files that it learned from.
    pub learned_from: Vec<FileView>,
}

/// One of its two parts.
#[derive(Clone, Debug, Serialize)]
pub struct PartView {
    /// How many features have weights.
    pub features: usize,
    /// Whether it is that of the built-in model.
    pub built_in: bool,
    /// Whether it learned onward from that of the built-in model.
    pub onward: bool,
}

/// A file of annotated sentences.
#[derive(Clone, Debug, Serialize)]
pub struct FileView {
    /// Its name without suffix.
    pub name: String,
    /// Sentences that it gave.
    pub sentences: usize,
}

/// The models of both languages.
pub fn models(models: &Models) -> ModelsView {
    let all: Vec<&Model> =
        [Language::En, Language::Zh].iter().filter_map(|language| models.for_language(language)).collect();
    ModelsView {
        schema: "polidiff.models/1".into(),
        generator: crate::GENERATOR.into(),
        card: all.iter().any(|model| model.file().is_none()).then(|| CARD.to_string()),
        models: all.into_iter().map(model).collect(),
    }
}

fn model(model: &Model) -> ModelView {
    let (bytes, tagger, classifier) = model.size();
    let in_part = model.is_in_part_built_in();
    let is_built_in = model.file().is_none();
    let files = model.learned_from();
    ModelView {
        language: model.language().code().into(),
        file: model.file().map(str::to_owned),
        bytes,
        format: FORMAT,
        tagger: PartView { features: tagger, built_in: is_built_in || in_part.0, onward: model.is_onward() },
        classifier: PartView { features: classifier, built_in: is_built_in || in_part.1, onward: false },
        labels: model.labels().into_iter().map(name).collect(),
        learned_from: files
            .into_iter()
            .map(|(name, sentences)| FileView { name: name.into(), sentences })
            .collect(),
    }
}

/// How well models do on annotated files.
#[derive(Clone, Debug, Serialize)]
pub struct ScoresView {
    /// `polidiff.scores/1`
    pub schema: String,
    /// Program and version that made it.
    pub generator: String,
    /// One a language that the files are in.
    pub languages: Vec<LanguageScores>,
}

/// Scores of one model.
#[derive(Clone, Debug, Serialize)]
pub struct LanguageScores {
    /// Code of the language.
    pub language: String,
    /// File of the model; null for the built-in one.
    pub model: Option<String>,
    /// Files with annotated sentences.
    pub data: Vec<FileView>,
    /// Scores of the tagger, where there are sentences with spans.
    pub roles: Option<RoleScores>,
    /// Scores of the classifier for categories, where there are sentences with them.
    pub categories: Option<CategoryScores>,
    /// Scores of the classifier for each label of two values.
    pub flags: Vec<FlagScores>,
}

/// Scores of the tagger.
#[derive(Clone, Debug, Serialize)]
pub struct RoleScores {
    /// Sentences measured on.
    pub sentences: usize,
    /// By role.
    pub roles: Vec<RoleRow>,
    /// All roles together.
    pub micro: BothMeasures,
    /// The mean of the roles that occur.
    #[serde(rename = "macro")]
    pub mean: BothMeans,
}

/// Scores of one role.
#[derive(Clone, Debug, Serialize)]
pub struct RoleRow {
    /// The role.
    pub role: Role,
    /// Its scores.
    #[serde(flatten)]
    pub scores: BothMeasures,
}

/// Spans whose both ends are right, and characters.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct BothMeasures {
    /// Counted in spans.
    pub exact: Measure,
    /// Counted in characters.
    pub characters: Measure,
}

/// As [`BothMeasures`], but means.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct BothMeans {
    /// Counted in spans.
    pub exact: Averages,
    /// Counted in characters.
    pub characters: Averages,
}

/// Scores of the classifier for categories.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryScores {
    /// Sentences measured on.
    pub sentences: usize,
    /// By category.
    pub categories: Vec<CategoryRow>,
    /// All categories together.
    pub micro: Measure,
    /// The mean of the categories that occur.
    #[serde(rename = "macro")]
    pub mean: Averages,
}

/// Scores of one category.
#[derive(Clone, Debug, Serialize)]
pub struct CategoryRow {
    /// The category.
    pub category: Category,
    /// Its scores.
    #[serde(flatten)]
    pub measure: Measure,
}

/// Scores of a label of two values.
#[derive(Clone, Debug, Serialize)]
pub struct FlagScores {
    /// "risk", "sensitive" or "important".
    pub label: String,
    /// Sentences measured on.
    pub sentences: usize,
    /// Of sentences with the label.
    pub yes: Measure,
    /// Of sentences without it.
    pub no: Measure,
    /// F1 of both together: the share that is right.
    pub micro_f1: f64,
    /// Mean F1 of the two.
    pub macro_f1: f64,
}

/// Counts, and what follows from them; shares are between 0 and 1, to four decimals.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Measure {
    /// Share of what was found that was expected.
    pub precision: f64,
    /// Share of what was expected that was found.
    pub recall: f64,
    /// Harmonic mean of the two.
    pub f1: f64,
    /// Found and expected.
    pub right: usize,
    /// Expected.
    pub gold: usize,
    /// Found.
    pub found: usize,
}

/// Means of shares.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Averages {
    /// Mean precision.
    pub precision: f64,
    /// Mean recall.
    pub recall: f64,
    /// Mean F1.
    pub f1: f64,
}

impl From<Counts> for Measure {
    fn from(counts: Counts) -> Measure {
        Measure {
            precision: rounded(counts.precision()),
            recall: rounded(counts.recall()),
            f1: rounded(counts.f1()),
            right: counts.right,
            gold: counts.gold,
            found: counts.found,
        }
    }
}

impl From<Mean> for Averages {
    fn from(mean: Mean) -> Averages {
        Averages { precision: rounded(mean.precision), recall: rounded(mean.recall), f1: rounded(mean.f1) }
    }
}

fn rounded(share: f64) -> f64 {
    (share * 10_000.0).round() / 10_000.0
}

/// Scores of several languages.
pub fn scores(languages: Vec<LanguageScores>) -> ScoresView {
    ScoresView { schema: "polidiff.scores/1".into(), generator: crate::GENERATOR.into(), languages }
}

/// Scores of one model on files; `sentences` are how many have spans.
pub fn language_scores(
    model: &Model,
    files: &std::collections::BTreeMap<String, usize>,
    spans: &SpanScores,
    sentences: usize,
    labels: &LabelScores,
) -> LanguageScores {
    let role = |(&role, &exact): (&Role, &Counts)| {
        let characters = spans.characters.get(&role).copied().unwrap_or_default();
        RoleRow { role, scores: BothMeasures { exact: exact.into(), characters: characters.into() } }
    };
    let (micro, mean) = (spans.micro(), spans.mean());
    let (together, average) = labels.categories();
    let sentences_with = |label: &Label| {
        let gold = |counts: Option<&Counts>| counts.map_or(0, |counts| counts.gold);
        gold(labels.labels.get(label)) + gold(labels.absent.get(label))
    };
    let categories: Vec<CategoryRow> = labels
        .labels
        .iter()
        .filter_map(|(&label, &counts)| match label {
            Label::Category(category) => Some(CategoryRow { category, measure: counts.into() }),
            _ => None,
        })
        .collect();
    let flags = [Label::Risk, Label::Sensitive, Label::Important];
    LanguageScores {
        language: model.language().code().into(),
        model: model.file().map(str::to_owned),
        data: files.iter().map(|(name, &n)| FileView { name: name.clone(), sentences: n }).collect(),
        roles: (sentences > 0).then(|| RoleScores {
            sentences,
            roles: spans.exact.iter().map(role).collect(),
            micro: BothMeasures { exact: micro.0.into(), characters: micro.1.into() },
            mean: BothMeans { exact: mean.0.into(), characters: mean.1.into() },
        }),
        categories: (!categories.is_empty()).then(|| CategoryScores {
            sentences: categories
                .iter()
                .map(|row| sentences_with(&Label::Category(row.category)))
                .max()
                .unwrap_or(0),
            categories,
            micro: together.into(),
            mean: average.into(),
        }),
        flags: flags
            .into_iter()
            .filter_map(|label| {
                let (micro_f1, macro_f1) = labels.flag(label)?;
                Some(FlagScores {
                    label: name(label),
                    sentences: sentences_with(&label),
                    yes: labels.labels.get(&label).copied()?.into(),
                    no: labels.absent.get(&label).copied()?.into(),
                    micro_f1: rounded(micro_f1),
                    macro_f1: rounded(macro_f1),
                })
            })
            .collect(),
    }
}

fn name(label: Label) -> String {
    match label {
        Label::Category(category) => code(&category),
        Label::Risk => "risk".into(),
        Label::Sensitive => "sensitive".into(),
        Label::Important => "important".into(),
    }
}
