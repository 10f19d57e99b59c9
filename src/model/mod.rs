//! Learned models: a sentence in; the words that play a role in it, and the labels it carries, out.
//!
//! Linear models over hashed n-grams come close to fine-tuned transformers on this task and need microseconds a sentence,
//! no network and no graphics card; so one file of weights per language is part of the program. `CARD.md` beside this
//! file says what they learned from, how well they do, and how to make them again.
//!
//! [`Corpora`] are read from annotated files, [`train`] makes weights of one, [`score_spans`] and [`score_labels`] measure.
//! Files may be annotated for some roles only, as policies with `(actor)[action]<data>{purpose}` are: what the built-in
//! model reads in the other roles is then learned as if it were annotated, so that silence is not learned as absence.

mod chain;
mod classifier;
mod context;
mod corpus;
mod families;
mod features;
mod hits;
mod joints;
mod score;
mod starts;
mod tagger;
mod train;
mod weights;

use std::borrow::Cow;
use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use crate::extract::Role;
use crate::text::{Language, Span};
use crate::vocabulary::Hit;
use crate::{Error, Result};

pub use classifier::{Label, Labels, Met, Scores};
pub use context::Places;
pub use corpus::{Corpora, Corpus, File, Labelled, Tagged};
pub use score::{Counts, LabelScores, Mean, SpanScores, score_labels, score_spans};
pub use train::{Options, Step, train};
pub use weights::FORMAT;

use classifier::Classifier;
use tagger::Tagger;
use weights::Reader;

/// Weights have a few megabytes; a longer file is cut, and then damaged.
const MAX_BYTES: u64 = 256 << 20;

/// What the built-in models learned from, how well they do and how they were made, in Markdown.
pub const CARD: &str = include_str!("CARD.md");

/// A built-in model, with what the build made of it.
macro_rules! built_in {
    ($language:literal) => {
        built_in(
            include_bytes!(concat!("weights/", $language, ".bin")),
            include_bytes!(concat!(env!("OUT_DIR"), "/model/weights/", $language, ".starts")),
            concat!($language, ".bin"),
        )
    };
}

static EN: LazyLock<Option<Model>> = LazyLock::new(|| built_in!("en"));
static ZH: LazyLock<Option<Model>> = LazyLock::new(|| built_in!("zh"));
static BUILTIN: Models = Models { own: Vec::new() };

fn built_in(bytes: &'static [u8], starts: &'static [u8], name: &str) -> Option<Model> {
    let model = Model::read(Cow::Borrowed(bytes), starts, name).ok()?; // a test reads them, so that this cannot go unnoticed
    Some(Model { file: None, ..model })
}

/// One model per language.
#[derive(Debug)]
pub struct Models {
    /// Models read from a directory. For other languages there are the built-in ones, which are decoded when first asked for.
    own: Vec<Model>,
}

impl Models {
    /// The models that are part of the program.
    pub fn builtin() -> &'static Models {
        &BUILTIN
    }

    /// `en.bin` and `zh.bin` of a directory, as `polidiff model train` writes them. Where only one of them is there, the
    /// other language keeps its built-in model.
    ///
    /// # Errors
    /// [`Error::Read`] when neither is there or one cannot be read, [`Error::Content`] when one holds no weights, those of
    /// another format or language, or is damaged.
    pub fn read_dir(dir: &Path) -> Result<Models> {
        if !dir.is_dir() {
            let why = if dir.exists() { "it is no directory" } else { "there is no such directory" };
            return Err(unreadable(dir, why));
        }
        let mut own = Vec::new();
        for language in [Language::En, Language::Zh] {
            let path = dir.join(format!("{language}.bin"));
            match read_weights(&path) {
                Ok(bytes) => own.push(Model::of(language, bytes, &path.display().to_string())?),
                Err(why) if why.kind() == std::io::ErrorKind::NotFound => {}
                Err(why) => return Err(unreadable(&path, &why.to_string())),
            }
        }
        if own.is_empty() {
            return Err(unreadable(dir, "it holds neither en.bin nor zh.bin"));
        }
        Ok(Models { own })
    }

    /// The model of a language, if there is one.
    pub fn for_language(&self, language: &Language) -> Option<&Model> {
        let builtin = || match language {
            Language::En => EN.as_ref(),
            Language::Zh => ZH.as_ref(),
            Language::Other(_) => None,
        };
        self.own.iter().find(|m| m.language == *language).or_else(builtin)
    }
}

/// The bytes of a file, but no more than weights have.
fn read_weights(path: &Path) -> std::io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn unreadable(path: &Path, why: &str) -> Error {
    Error::Read {
        name: path.display().to_string(),
        why: why.to_string(),
        remedy:
            "the directory that `polidiff model train --out` wrote, or no --model for the built-in models"
                .to_string(),
    }
}

/// What was learned about one language.
#[derive(Clone, Debug)]
pub struct Model {
    /// `None` for the built-in ones.
    file: Option<String>,
    language: Language,
    about: String,
    keeps_lists: bool,
    tagger: Tagger,
    classifier: Classifier,
    size: usize,
}

impl Model {
    /// Decodes weights; `name` is what errors call them.
    pub fn from_bytes(bytes: Cow<'static, [u8]>, name: &str) -> Result<Model> {
        Model::read(bytes, &[], name)
    }

    /// Decodes weights with the starts of their tables, where the build made them.
    fn read(bytes: Cow<'static, [u8]>, starts: &'static [u8], name: &str) -> Result<Model> {
        let size = bytes.len();
        let (mut from, language) = Reader::open(bytes, starts, name)?;
        let about = from.text()?;
        let tagger = Tagger::read(&mut from)?;
        let classifier = Classifier::read(&mut from)?;
        if !from.is_at_end() {
            return from.fail("the weights are followed by something else");
        }
        let keeps_lists = about.lines().any(|said| said == train::WHOLE_LISTS);
        Ok(Model { file: Some(name.to_string()), language, about, keeps_lists, tagger, classifier, size })
    }

    /// Decodes the weights of a file that must be of this language.
    fn of(language: Language, bytes: Vec<u8>, name: &str) -> Result<Model> {
        let model = Model::from_bytes(Cow::Owned(bytes), name)?;
        if model.language == language {
            return Ok(model);
        }
        Err(Error::Content {
            name: name.to_string(),
            what: format!("holds a model of language {}, not {language}", model.language),
            remedy: "the names that `polidiff model train` gave: en.bin for English, zh.bin for Chinese"
                .into(),
        })
    }

    /// The words of one sentence that play a role: spans in bytes of `sentence`, in order, not overlapping, without white
    /// space at their ends. `hits` are the cues that a vocabulary finds in it.
    pub fn tag(&self, sentence: &str, hits: &[Hit]) -> Vec<(Span, Role)> {
        self.tagger.tag(sentence, &self.language, hits)
    }

    /// What the words of one of many sentences say, with what this model met in those before.
    pub fn scores<'t>(&self, sentence: &'t str, met: &mut Met<'t>) -> Scores {
        self.classifier.scores(sentence, &self.language, met)
    }

    /// Adds to the places of a sentence one between two others; at the ends of a document there is one neighbour or none.
    pub fn add_place(&self, before: Option<&Scores>, after: Option<&Scores>, places: &mut Places) {
        self.classifier.context.add([before, after], places);
    }

    /// What a sentence is about, and how experts would mark it.
    pub fn judge(&self, scores: &Scores, places: &Places) -> Labels {
        self.classifier.judge(scores, places)
    }

    /// The same of a sentence that stands alone.
    pub fn classify(&self, sentence: &str) -> Labels {
        self.judge(&self.scores(sentence, &mut Met::default()), &Places::default())
    }

    /// The file it was read from; `None` for the built-in ones.
    pub fn file(&self) -> Option<&str> {
        self.file.as_deref()
    }

    /// The language it reads.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The labels it can give, in the order of its file.
    pub fn labels(&self) -> Vec<Label> {
        self.classifier.columns.iter().map(|c| c.label).collect()
    }

    /// Whether it can give a label.
    pub fn knows(&self, label: Label) -> bool {
        self.classifier.columns.iter().any(|column| column.label == label)
    }

    /// The files that it learned from, without suffix, and how many sentences each gave.
    pub fn learned_from(&self) -> Vec<(&str, usize)> {
        let files = self.about.lines().filter_map(|line| line.rsplit_once(' '));
        files.filter_map(|(name, sentences)| Some((name, sentences.parse().ok()?))).collect()
    }

    /// Whether the tagger learned onward from the built-in one.
    pub fn is_onward(&self) -> bool {
        self.says(train::ONWARD)
    }

    /// The parts that were not trained but taken from the built-in model: the tagger, the classifier.
    pub fn is_in_part_built_in(&self) -> (bool, bool) {
        (self.says(train::BUILT_IN_TAGGER), self.says(train::BUILT_IN_CLASSIFIER))
    }

    /// Whether it finds lists of data as wholes, because those who annotated what it learned from marked them so.
    pub fn keeps_lists(&self) -> bool {
        self.keeps_lists
    }

    fn says(&self, line: &str) -> bool {
        self.about.lines().any(|said| said == line)
    }

    /// Bytes of its file, and features with weights of the tagger and of the classifier.
    pub fn size(&self) -> (usize, usize, usize) {
        (self.size, self.tagger.emissions.len(), self.classifier.table.len())
    }
}

#[cfg(test)]
mod tests;
