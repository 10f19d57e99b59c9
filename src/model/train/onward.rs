//! A tagger and sentences with role spans to a tagger that has learned from them too.
//!
//! For few sentences, such as a firm's own policies. Weights that are there stay as they are: only features without a
//! weight, which are the words and turns of these sentences, learn what the known ones leave to say. So the sentences are
//! read as they were annotated, while all others are read as before; moving the known weights too was tried, and made
//! other policies much worse.

use std::collections::BTreeMap;

use crate::model::Tagged;
use crate::model::chain::{LABELS, STATES};
use crate::model::families::Families;
use crate::model::joints::WIDTH;
use crate::model::tagger::Tagger;
use crate::vocabulary::Vocabulary;

use super::field::{JointRow, Read, Row, Sequence, Weights};
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

/// An id, and its weights in the file where it has some.
type Feature = (u64, Option<[i8; LABELS]>);

pub(super) fn train(
    known: &Tagger,
    sentences: &[Tagged],
    vocabulary: &Vocabulary,
    options: &Options,
    progress: &mut dyn FnMut(Step),
) -> Tagger {
    let mut step = |done, note| progress(Step { part: "tagger", done, of: PASSES, note });
    let read: Vec<Read> =
        sentences.iter().flat_map(|sentence| read(sentence, vocabulary, &options.language)).collect();
    let features = features(known, &read);
    let places: BTreeMap<u64, u32> = features.iter().zip(0..).map(|(&(id, _), place)| (id, place)).collect();
    let joints: BTreeMap<u32, u32> = known.joints.entries().map(|(key, _)| key).zip(0..).collect();
    let placed =
        |sequence: Read| sequence.placed(|id| places.get(&id).copied(), |key| joints.get(&key).copied());
    let sequences: Vec<Sequence> = read.into_iter().map(placed).collect();
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

/// The features that have weights or occur at least twice, by id.
fn features(known: &Tagger, sequences: &[Read]) -> Vec<Feature> {
    let mut times: BTreeMap<u64, u32> = BTreeMap::new();
    let all = sequences.iter().flat_map(|s| s.features.iter().flatten());
    all.for_each(|&id| *times.entry(id).or_default() += 1);
    let mut all: BTreeMap<u64, Option<[i8; LABELS]>> =
        times.iter().filter(|&(_, &n)| n > 1).map(|(&id, _)| (id, None)).collect();
    for (id, weights) in known.emissions.rows() {
        let mut row = [0; LABELS];
        row.iter_mut().zip(weights).for_each(|(to, &weight)| *to = weight as i8);
        all.insert(id, Some(row));
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
    let rows: Vec<(u64, [i8; LABELS])> = features
        .iter()
        .zip(&weights.rows)
        .map(|(&(id, known), row)| (id, known.unwrap_or_else(|| learned(row))))
        .filter(|(_, row)| row.iter().any(|&weight| weight != 0))
        .collect();
    let ids: Vec<u64> = rows.iter().map(|(id, _)| *id).collect();
    let bytes = rows.iter().flat_map(|(_, row)| row.map(|weight| weight as u8)).collect();
    Tagger { emissions: Families::new(LABELS, &ids, bytes), ..known.clone() }
}
