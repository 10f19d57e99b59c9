//! Learned models: a sentence in; the words that play a role in it, and the labels it carries, out.
//!
//! Linear models over hashed n-grams come close to fine-tuned transformers on this task and need microseconds a sentence,
//! no network and no graphics card; so one file of weights per language is part of the program. `CARD.md` beside this
//! file says what they learned from, how well they do, and how to make them again.

mod classifier;
mod corpus;
mod features;
mod score;
mod tagger;
mod train;
mod weights;

use std::borrow::Cow;
use std::path::Path;
use std::sync::LazyLock;

use crate::extract::Role;
use crate::text::{Language, Span};
use crate::{Error, Result};

pub use classifier::{Label, Labels};
pub use corpus::{Corpus, Labelled, Tagged};
pub use score::{Counts, LabelScores, SpanScores, score_labels, score_spans};
pub use train::{Options, train};
pub use weights::FORMAT;

use classifier::Classifier;
use tagger::Tagger;
use weights::Reader;

static EN: LazyLock<Option<Model>> = LazyLock::new(|| built_in(include_bytes!("weights/en.bin"), "en.bin"));
static ZH: LazyLock<Option<Model>> = LazyLock::new(|| built_in(include_bytes!("weights/zh.bin"), "zh.bin"));
static BUILTIN: Models = Models { read: None };

fn built_in(bytes: &'static [u8], name: &str) -> Option<Model> {
    Model::from_bytes(Cow::Borrowed(bytes), name).ok() // a test reads them, so that this cannot go unnoticed
}

/// One model per language.
#[derive(Debug)]
pub struct Models {
    /// Models read from a directory; `None` for the built-in ones, which are decoded when first asked for.
    read: Option<Vec<Model>>,
}

impl Models {
    /// The models that are part of the program.
    pub fn builtin() -> &'static Models {
        &BUILTIN
    }

    /// `en.bin` and `zh.bin` of a directory, as `polidiff model train` writes them; one of the two is enough.
    pub fn read_dir(dir: &Path) -> Result<Models> {
        let mut models = Vec::new();
        for name in ["en.bin", "zh.bin"] {
            let path = dir.join(name);
            match std::fs::read(&path) {
                Ok(bytes) => {
                    models.push(Model::from_bytes(Cow::Owned(bytes), &path.display().to_string())?);
                }
                Err(why) if why.kind() == std::io::ErrorKind::NotFound => {}
                Err(why) => return Err(unreadable(&path, &why.to_string())),
            }
        }
        if models.is_empty() {
            return Err(unreadable(dir, "it holds neither en.bin nor zh.bin"));
        }
        Ok(Models { read: Some(models) })
    }

    /// The model of a language, if there is one.
    pub fn for_language(&self, language: &Language) -> Option<&Model> {
        match (&self.read, language) {
            (Some(models), _) => models.iter().find(|m| m.language == *language),
            (None, Language::En) => EN.as_ref(),
            (None, Language::Zh) => ZH.as_ref(),
            (None, Language::Other(_)) => None,
        }
    }
}

fn unreadable(path: &Path, why: &str) -> Error {
    Error::Read {
        name: path.display().to_string(),
        why: why.to_string(),
        remedy: "name the directory that `polidiff model train --out` wrote".to_string(),
    }
}

/// What was learned about one language.
#[derive(Clone, Debug)]
pub struct Model {
    language: Language,
    about: String,
    tagger: Tagger,
    classifier: Classifier,
    size: usize,
}

impl Model {
    /// Decodes weights; `name` is what errors call them.
    pub fn from_bytes(bytes: Cow<'static, [u8]>, name: &str) -> Result<Model> {
        let size = bytes.len();
        let (mut from, language) = Reader::open(bytes, name)?;
        let about = from.text()?;
        let tagger = Tagger::read(&mut from)?;
        let classifier = Classifier::read(&mut from)?;
        if !from.is_at_end() {
            return from.fail("the weights are followed by something else");
        }
        Ok(Model { language, about, tagger, classifier, size })
    }

    /// The words of one sentence that play a role: spans in bytes of `sentence`, in order, not overlapping, without white
    /// space at their ends.
    pub fn tag(&self, sentence: &str) -> Vec<(Span, Role)> {
        self.tagger.tag(sentence, &self.language)
    }

    /// What one sentence is about, and how experts would mark it.
    pub fn classify(&self, sentence: &str) -> Labels {
        self.classifier.classify(sentence, &self.language)
    }

    /// The language it reads.
    pub fn language(&self) -> &Language {
        &self.language
    }

    /// The labels it can give, in the order of its file.
    pub fn labels(&self) -> Vec<Label> {
        self.classifier.columns.iter().map(|c| c.label).collect()
    }

    /// What it learned from, in one line per file.
    pub fn about(&self) -> &str {
        &self.about
    }

    /// Bytes of its file, and features with weights of the tagger and of the classifier.
    pub fn size(&self) -> (usize, usize, usize) {
        (self.size, self.tagger.emissions.len(), self.classifier.table.len())
    }
}

#[cfg(test)]
mod tests;
