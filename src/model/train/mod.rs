//! A corpus to the bytes of a weights file: the same corpus and options give the same bytes.

mod classifier;
mod context;
mod field;
mod onward;
mod tagger;

use crate::extract::Role;
use crate::text::{Language, Span};
use crate::vocabulary::Vocabulary;
use crate::{Error, Result};

use super::chain::ROLES;
use super::weights::seal;
use super::{Corpus, Model, Models, Tagged};

/// How a model is trained. `CARD.md` says which options made the built-in models.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// The language of the corpus.
    pub language: Language,
    /// Passes of the tagger over the corpus.
    pub epochs: usize,
    /// Passes of the tagger after the weak features were dropped.
    pub refits: usize,
    /// How strongly the tagger's weights are drawn to zero.
    pub decay: f32,
    /// First step of the tagger's descent.
    pub step: f32,
    /// Chance that a feature is not seen, so that others learn its part.
    pub dropout: f32,
    /// Most features that the tagger keeps.
    pub tagger_features: usize,
    /// Most features that it keeps for the role of the span before.
    pub tagger_joints: usize,
    /// Most features that the classifier keeps.
    pub classifier_features: usize,
    /// Cost of a mistake of the classifier, against large weights.
    pub cost: f32,
    /// The same for risky and sensitive, which are rare and on which experts disagree.
    pub flag_cost: f32,
    /// Where the random numbers begin.
    pub seed: u64,
    /// Whether the tagger begins with what the built-in one knows, rather than with nothing; of the options on the
    /// tagger, then only the seed applies.
    pub onward: bool,
}

impl Options {
    /// The options for a language.
    pub fn new(language: Language) -> Options {
        let (epochs, refits, step) = match language {
            Language::Zh => (16, 16, 0.005), // characters need smaller steps than words
            _ => (12, 8, 0.01),
        };
        Options {
            language,
            epochs,
            refits,
            decay: 10.0,
            step,
            dropout: 0.1,
            tagger_features: 300_000,
            tagger_joints: 8_000,
            classifier_features: 60_000,
            cost: 0.5,
            flag_cost: 0.2,
            seed: 20_261_122,
            onward: false,
        }
    }
}

/// How far training has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What is trained: "tagger" or "classifier".
    pub part: &'static str,
    /// Steps that are done.
    pub done: usize,
    /// Steps in all.
    pub of: usize,
    /// What the last step found, for people to read.
    pub note: String,
}

/// Learns a model and gives its file; `progress` hears of each step.
///
/// Sentences that were annotated for some roles only are completed by the built-in model, so that what their form cannot
/// say is not learned as absent. A part that the corpus has no sentences for is that of the built-in model.
///
/// # Errors
/// [`Error::Content`] when the corpus is empty, or the built-in model is needed and there is none.
pub fn train(
    corpus: &Corpus,
    vocabulary: &Vocabulary,
    options: &Options,
    progress: &mut dyn FnMut(Step),
) -> Result<Vec<u8>> {
    let language = &options.language;
    let refuse = |what: &str, remedy: &str| Error::Content {
        name: "the corpus".to_string(),
        what: format!("{what} of language {language}"),
        remedy: remedy.to_string(),
    };
    if corpus.tagged.is_empty() && corpus.labelled.is_empty() {
        return Err(refuse("holds no annotated sentence", "more files after --data"));
    }
    let builtin = || {
        let remedy = "files of both kinds, with spans for all roles and with labels";
        Models::builtin().for_language(language).ok_or_else(|| refuse("needs a built-in model", remedy))
    };
    let mut about: String = corpus
        .files
        .iter()
        .map(|(name, n)| line(&format!("{} {n}", name.replace(char::is_control, "?"))))
        .collect();
    let tagger = if corpus.tagged.is_empty() {
        about.push_str(&line(BUILT_IN_TAGGER));
        builtin()?.tagger.clone()
    } else if options.onward {
        about.push_str(&line(ONWARD));
        let present = builtin()?;
        onward::train(
            &present.tagger,
            &completed(&corpus.tagged, present, vocabulary),
            vocabulary,
            options,
            progress,
        )
    } else if corpus.tagged.iter().all(is_complete) {
        tagger::train(&corpus.tagged, vocabulary, options, progress)
    } else {
        tagger::train(&completed(&corpus.tagged, builtin()?, vocabulary), vocabulary, options, progress)
    };
    if keep_lists(&corpus.tagged) {
        about.push_str(&line(WHOLE_LISTS));
    }
    let classifier = if corpus.labelled.is_empty() {
        about.push_str(&line(BUILT_IN_CLASSIFIER));
        builtin()?.classifier.clone()
    } else {
        classifier::train(&corpus.labelled, options, progress)
    };
    let mut body = Vec::new();
    body.extend((about.len() as u32).to_le_bytes());
    body.extend(about.bytes());
    tagger.write(&mut body);
    classifier.write(&mut body);
    Ok(seal(language, &body))
}

/// Lines of [`crate::model::Model::about`] on parts that were not trained.
pub(super) const ONWARD: &str = "onward from the built-in tagger";
pub(super) const BUILT_IN_TAGGER: &str = "the built-in tagger";
pub(super) const BUILT_IN_CLASSIFIER: &str = "the built-in classifier";
/// The line on a tagger that learned from sentences whose lists are marked as wholes.
pub(super) const WHOLE_LISTS: &str = "lists are wholes";

fn line(note: &str) -> String {
    format!("{note}\n")
}

/// The most bytes between two items of a list.
const WIDEST_GAP: usize = 8;
/// Marks between them.
const LIST_MARKS: [&str; 4] = ["、", "，", ", ", "/"];

/// Whether those who annotated sentences marked a list of data as one rather than its items.
fn keep_lists(sentences: &[Tagged]) -> bool {
    let (mut inside, mut between) = (0, 0);
    for sentence in sentences {
        let data = || sentence.spans.iter().filter(|(_, role)| *role == Role::Data).map(|(span, _)| *span);
        let has_mark = |span: Span| LIST_MARKS.iter().any(|mark| span.of(&sentence.text).contains(mark));
        inside += data().filter(|&span| has_mark(span)).count();
        let gaps = data().zip(data().skip(1)).map(|(item, next)| Span::new(item.end, next.start));
        between += gaps.filter(|gap| gap.len() <= WIDEST_GAP && has_mark(*gap)).count();
    }
    inside > between
}

/// Whether a sentence was annotated for all roles.
fn is_complete(sentence: &Tagged) -> bool {
    sentence.roles.len() == ROLES.len()
}

fn completed(sentences: &[Tagged], present: &Model, vocabulary: &Vocabulary) -> Vec<Tagged> {
    let complete = |sentence: &Tagged| {
        if is_complete(sentence) {
            return sentence.clone();
        }
        let spans = present.tagger.complete(
            sentence,
            &present.language,
            &vocabulary.find(&sentence.text, &present.language),
        );
        Tagged { text: sentence.text.clone(), spans, roles: ROLES.into() }
    };
    sentences.iter().map(complete).collect()
}

/// Random numbers that are the same everywhere (splitmix64).
pub(super) struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let x = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        x ^ (x >> 31)
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, (self.next() % (i as u64 + 1)) as usize);
        }
    }
}
