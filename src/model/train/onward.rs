//! A tagger and sentences with role spans to a tagger that has learned from them too.
//!
//! For few sentences, such as a firm's own policies. Weights that are there stay as they are: only features without a
//! weight, which are the words and turns of these sentences, learn what the known ones leave to say. So the sentences are
//! read as they were annotated, while all others are read as before; moving the known weights too was tried, and made
//! other policies much worse.

use std::collections::BTreeMap;

use crate::model::Tagged;
use crate::model::chain::{LABELS, STATES};
use crate::model::joints::WIDTH;
use crate::model::tagger::Tagger;
use crate::model::weights::Table;
use crate::vocabulary::Vocabulary;

use super::field::{JointRow, Row, Sequence, Weights};
use super::tagger::read;
use super::{Options, Random, Step};

/// Passes over the sentences.
const PASSES: usize = 8;
/// First step of the descent.
const STEP: f32 = 0.2;
/// Units of the file to a weight of one that are tried; the file does not say how many they were.
const UNITS: [f32; 7] = [32.0, 48.0, 64.0, 96.0, 128.0, 192.0, 256.0];
/// Sentences that they are tried on.
const TRIED: usize = 200;

/// A key, and its weights in the file where it has some.
type Feature = (u32, Option<[i8; LABELS]>);

pub(super) fn train(
    known: &Tagger,
    sentences: &[Tagged],
    vocabulary: &Vocabulary,
    options: &Options,
    progress: &mut dyn FnMut(Step),
) -> Tagger {
    let mut step = |done, note| progress(Step { part: "tagger", done, of: PASSES, note });
    let mut sequences: Vec<Sequence> =
        sentences.iter().flat_map(|sentence| read(sentence, vocabulary, &options.language)).collect();
    let features = features(known, &mut sequences);
    step(0, format!("{} sentences, {} features", sequences.len(), features.len()));
    let loss = |unit: f32| -> f64 {
        let mut weights = weights(known, &features, unit);
        let tried = sequences.iter().take(TRIED);
        tried.map(|sequence| weights.learn(sequence, 0.0)).sum()
    };
    let tried = UNITS.map(|unit| (loss(unit), unit));
    let unit = tried.into_iter().min_by(|a, b| a.0.total_cmp(&b.0)).map_or(1.0, |(_, unit)| unit);
    let mut weights = weights(known, &features, unit);
    let mut random = Random(options.seed);
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    let total = (sequences.len() * PASSES) as f32;
    let mut seen = 0f32;
    for pass in 0..PASSES {
        random.shuffle(&mut order);
        let mut loss = 0.0;
        for sequence in order.iter().map(|&i| &sequences[i]) {
            let step = STEP * (1.0 - seen / total);
            loss += weights.learn(sequence, step);
            restore(&mut weights, known, &features, sequence, unit);
            seen += 1.0;
        }
        step(pass + 1, format!("loss {:.1}", loss / sequences.len().max(1) as f64));
    }
    tagger(&weights, known, &features, unit)
}

/// The features that have weights or occur at least twice, by key; those of the sequences become places in this list.
fn features(known: &Tagger, sequences: &mut [Sequence]) -> Vec<Feature> {
    let mut times: BTreeMap<u32, u32> = BTreeMap::new();
    sequences
        .iter()
        .flat_map(|s| s.features.iter().flatten())
        .for_each(|&b| *times.entry(b).or_default() += 1);
    let mut all: BTreeMap<u32, Option<[i8; LABELS]>> =
        times.iter().filter(|&(_, &n)| n > 1).map(|(&key, _)| (key, None)).collect();
    for (key, weights) in known.emissions.entries() {
        let mut row = [0; LABELS];
        row.iter_mut().zip(weights).for_each(|(to, &weight)| *to = weight as i8);
        all.insert(key, Some(row));
    }
    let places: BTreeMap<u32, u32> = all.keys().zip(0..).map(|(&key, place)| (key, place)).collect();
    for features in sequences.iter_mut().flat_map(|s| &mut s.features) {
        *features = features.iter().filter_map(|key| places.get(key).copied()).collect();
    }
    let places: BTreeMap<u32, u32> = known.joints.entries().map(|(key, _)| key).zip(0..).collect();
    for joints in sequences.iter_mut().flat_map(|s| &mut s.joints) {
        *joints = joints.iter().filter_map(|key| places.get(key).copied()).collect();
    }
    all.into_iter().collect()
}

fn weights(known: &Tagger, features: &[Feature], unit: f32) -> Weights {
    let (transitions, start) = order(known, unit);
    Weights {
        rows: features.iter().map(|feature| row(feature, unit)).collect(),
        joints: known.joints.entries().map(|(_, weights)| joint_row(weights, unit)).collect(),
        transitions,
        start,
        scale: 1.0,
    }
}

fn row((_, known): &Feature, unit: f32) -> Row {
    known.map_or([0.0; LABELS], |row| row.map(|weight| f32::from(weight) / unit))
}

fn joint_row(known: &[u8], unit: f32) -> JointRow {
    let mut row = [0.0; WIDTH];
    row.iter_mut().zip(known).for_each(|(to, &weight)| *to = f32::from(weight as i8) / unit);
    row
}

/// Weights of one label after another, and at the start.
fn order(known: &Tagger, unit: f32) -> ([Row; STATES], Row) {
    let row = |row: &[i16; LABELS]| row.map(|weight| f32::from(weight) / unit);
    (known.transitions.each_ref().map(row), row(&known.start))
}

/// Puts known weights back that a step on a sequence moved.
fn restore(weights: &mut Weights, known: &Tagger, features: &[Feature], sequence: &Sequence, unit: f32) {
    for &place in sequence.features.iter().flatten() {
        let feature = &features[place as usize];
        if feature.1.is_some() {
            weights.rows[place as usize] = row(feature, unit);
        }
    }
    for &place in sequence.joints.iter().flatten() {
        weights.joints[place as usize] = joint_row(known.joints.row(place as usize), unit);
    }
    (weights.transitions, weights.start) = order(known, unit);
}

fn tagger(weights: &Weights, known: &Tagger, features: &[Feature], unit: f32) -> Tagger {
    let learned = |row: &Row| row.map(|w| (w * unit).round().clamp(-127.0, 127.0) as i8);
    let rows: Vec<(u32, [i8; LABELS])> = features
        .iter()
        .zip(&weights.rows)
        .map(|(&(key, known), row)| (key, known.unwrap_or_else(|| learned(row))))
        .filter(|(_, row)| row.iter().any(|&weight| weight != 0))
        .collect();
    let keys: Vec<u32> = rows.iter().map(|(key, _)| *key).collect();
    let bytes = rows.iter().flat_map(|(_, row)| row.map(|weight| weight as u8)).collect();
    Tagger { emissions: Table::new(LABELS, &keys, bytes), ..known.clone() }
}
