//! A corpus to the bytes of a weights file: the same corpus and options give the same bytes.

mod classifier;
mod tagger;

use crate::Result;
use crate::text::Language;

use super::Corpus;
use super::weights::seal;

/// How a model is trained. The defaults made the built-in models.
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
    /// Most features that the classifier keeps.
    pub classifier_features: usize,
    /// Cost of a mistake of the classifier, against large weights.
    pub cost: f32,
    /// Where the random numbers begin.
    pub seed: u64,
}

impl Options {
    /// The options that made the built-in model of a language.
    pub fn new(language: Language) -> Options {
        Options {
            language,
            epochs: 12,
            refits: 8,
            decay: 2.0,
            step: 0.01,
            dropout: 0.0,
            tagger_features: 120_000,
            classifier_features: 60_000,
            cost: 0.5,
            seed: 20_261_122,
        }
    }
}

/// Learns a model and gives its file; `progress` hears one line at each step.
pub fn train(corpus: &Corpus, options: &Options, progress: &mut dyn FnMut(&str)) -> Result<Vec<u8>> {
    let about: String =
        corpus.files.iter().map(|(name, sentences)| format!("{name} {sentences}\n")).collect();
    let tagger = tagger::train(&corpus.tagged, options, progress);
    let classifier = classifier::train(&corpus.labelled, options, progress);
    let mut body = Vec::new();
    body.extend((about.len() as u32).to_le_bytes());
    body.extend(about.bytes());
    tagger.write(&mut body);
    classifier.write(&mut body);
    Ok(seal(&options.language, &body))
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
