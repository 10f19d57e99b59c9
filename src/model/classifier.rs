//! A sentence to labels: what it is about, and whether experts would call it risky, sensitive or important.
//!
//! One linear model per label over the same n-grams, weighed by how rare they are; the sentence is brought to length one,
//! so that long and short sentences compare.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::Result;
use crate::practice::Category;
use crate::text::{Language, WordMap};

use super::context::{Context, Places};
use super::features::{inner_grams, outer_grams};
use super::weights::{Reader, Table};

/// Something a sentence can be labelled with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Label {
    /// It is about this.
    Category(Category),
    /// What it says can harm the user.
    Risk,
    /// It speaks of sensitive personal information.
    Sensitive,
    /// It states a practice or a right, rather than introducing or repeating.
    Important,
}

/// All labels in the order of their numbers in the file; append only.
pub(super) const ALL: [Label; 15] = [
    Label::Category(Category::Collection),
    Label::Category(Category::Permission),
    Label::Category(Category::Use),
    Label::Category(Category::Sharing),
    Label::Category(Category::Retention),
    Label::Category(Category::Security),
    Label::Category(Category::Rights),
    Label::Category(Category::Audience),
    Label::Category(Category::Transfer),
    Label::Category(Category::Change),
    Label::Category(Category::Contact),
    Label::Category(Category::Cessation),
    Label::Risk,
    Label::Sensitive,
    Label::Important,
];

/// Columns of a classifier, at most: one for each label, in whole vectors.
pub(super) const MOST_COLUMNS: usize = ALL.len().next_multiple_of(16);

/// The labels of one sentence.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// What it is about; nothing where it is about nothing that policies state.
    pub categories: BTreeSet<Category>,
    /// What it says can harm the user. Only models that learned it say so.
    pub risk: bool,
    /// It speaks of sensitive personal information. Only models that learned it say so.
    pub sensitive: bool,
    /// It states a practice or a right. Only models that learned it say so.
    pub important: bool,
}

impl Labels {
    fn add(&mut self, label: Label) {
        match label {
            Label::Category(category) => {
                self.categories.insert(category);
            }
            Label::Risk => self.risk = true,
            Label::Sensitive => self.sensitive = true,
            Label::Important => self.important = true,
        }
    }
}

/// One label's share of the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Column {
    pub label: Label,
    /// What a weight of one stands for.
    pub scale: f32,
    /// Added to the sum; the label is given above zero.
    pub bias: f32,
}

/// What the words of a sentence say for each label, in the order of the model's columns; a label is given above zero.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Scores(pub(super) Vec<f32>);

impl Scores {
    /// Whether the model knows any of the words.
    pub(super) fn is_known(&self) -> bool {
        !self.0.is_empty()
    }
}

/// Weights of the classifier. A row is the rarity of its n-gram, then one weight per column.
#[derive(Clone, Debug)]
pub(super) struct Classifier {
    pub table: Table,
    pub columns: Vec<Column>,
    pub context: Context,
    /// What a rarity of one stands for.
    pub rarity: f32,
}

/// The n-grams inside the words that one model met so far: policies say the same words again and again.
#[derive(Debug, Default)]
pub struct Met<'t> {
    /// Where the rows of a word's known n-grams stand in `rows`.
    of_word: WordMap<&'t str, Range<usize>>,
    rows: Vec<u32>,
    /// For each row how often its n-gram stands in the sentence that is read; nothing between sentences.
    times: Vec<u8>,
    /// N-grams that are looked up.
    grams: Vec<u64>,
}

/// 1 + ln(times), from a table so that it is the same everywhere.
const DAMPED: [f32; 9] = [1.0, 1.0, 1.693, 2.099, 2.386, 2.609, 2.792, 2.946, 3.079];

/// The place of a number of times in [`DAMPED`].
fn damping(times: u32) -> usize {
    (times as usize).min(DAMPED.len() - 1)
}

pub(super) fn damped(times: u32) -> f32 {
    DAMPED[damping(times)]
}

/// Rows that are added up as 32-bit numbers: so many products of two bytes fit.
const SUMMED_AT_ONCE: usize = 1 << 15;

impl Classifier {
    /// The labels of a sentence that scores this much by its words, and stands in these places.
    pub fn judge(&self, scores: &Scores, places: &Places) -> Labels {
        let mut labels = Labels::default();
        for (i, (column, score)) in self.columns.iter().zip(&scores.0).enumerate() {
            if score + places.moves(i) > 0.0 {
                labels.add(column.label);
            }
        }
        labels
    }

    /// One score per column; a sentence without known n-grams scores nothing.
    pub fn scores<'t>(&self, sentence: &'t str, language: &Language, met: &mut Met<'t>) -> Scores {
        let known = self.known(sentence, language, met);
        let (mut sums, mut square) = ([0f32; MOST_COLUMNS], 0f32);
        for part in known.chunks(SUMMED_AT_ONCE) {
            // In whole numbers, so that their order does not matter; what is damped alike is added up first.
            let mut alike = [[0i32; MOST_COLUMNS]; DAMPED.len()];
            let mut squares = [0u32; DAMPED.len()];
            for &(row, times) in part {
                let [rarity, weights @ ..] = self.table.row_and_more::<{ 1 + MOST_COLUMNS }>(row as usize);
                let damping = damping(times);
                squares[damping] += u32::from(rarity) * u32::from(rarity);
                for (sum, weight) in alike[damping].iter_mut().zip(weights) {
                    *sum += i32::from(i16::from(rarity) * i16::from(weight as i8));
                }
            }
            for ((alike, squares), damped) in alike.iter().zip(squares).zip(DAMPED) {
                let x = damped * self.rarity;
                square += x * x * squares as f32;
                sums.iter_mut().zip(alike).for_each(|(sum, &alike)| *sum += x * alike as f32);
            }
        }
        let norm = if square > 0.0 { square.sqrt() } else { return Scores::default() };
        Scores(self.columns.iter().zip(sums).map(|(c, sum)| sum / norm * c.scale + c.bias).collect())
    }

    /// The rows of a sentence's n-grams, and how often each occurs.
    fn known<'t>(&self, sentence: &'t str, language: &Language, met: &mut Met<'t>) -> Vec<(u32, u32)> {
        let Met { of_word, rows, times, grams } = met;
        times.resize(self.table.len(), 0);
        let mut known: Vec<(u32, u32)> = Vec::with_capacity(sentence.len());
        let mut count = |row: u32| {
            if let Some(times) = times.get_mut(row as usize) {
                if *times == 0 {
                    known.push((row, 0));
                }
                *times = times.saturating_add(1);
            }
        };
        grams.clear();
        let words = outer_grams(sentence, language, grams);
        self.keep_rows(grams);
        grams.iter().for_each(|&row| count(row as u32));
        for word in words {
            let of_word = of_word.entry(word).or_insert_with(|| {
                let start = rows.len();
                grams.clear();
                inner_grams(word, grams);
                self.keep_rows(grams);
                rows.extend(grams.iter().map(|&row| row as u32));
                start..rows.len()
            });
            rows.get(of_word.clone()).unwrap_or_default().iter().copied().for_each(&mut count);
        }
        for (row, count) in &mut known {
            *count = times.get_mut(*row as usize).map_or(0, |times| u32::from(std::mem::take(times)));
        }
        known
    }

    /// Keeps of some n-grams those that have weights, as their rows. Nothing is decided by whether one has: it cannot be
    /// foretold.
    fn keep_rows(&self, grams: &mut Vec<u64>) {
        let mut known = 0;
        for i in 0..grams.len() {
            let (row, is_known) = self.table.find(grams[i]);
            grams[known] = row as u64;
            known += usize::from(is_known);
        }
        grams.truncate(known);
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        out.push(self.columns.len() as u8);
        for column in &self.columns {
            out.push(ALL.iter().position(|&l| l == column.label).unwrap_or(usize::MAX) as u8);
            out.extend(column.scale.to_bits().to_le_bytes());
            out.extend(column.bias.to_bits().to_le_bytes());
        }
        self.context.write(out);
        out.extend(self.rarity.to_bits().to_le_bytes());
        self.table.write(out);
    }

    pub fn read(from: &mut Reader) -> Result<Classifier> {
        let mut columns = Vec::new();
        for _ in 0..from.u8()? {
            let Some(&label) = ALL.get(usize::from(from.u8()?)) else {
                return from.fail("the classifier knows a label that this polidiff does not");
            };
            columns.push(Column { label, scale: from.f32()?, bias: from.f32()? });
        }
        if columns.len() > MOST_COLUMNS {
            return from.fail("the classifier gives more labels than this polidiff knows");
        }
        let context = Context::read(from, columns.len())?;
        let rarity = from.f32()?;
        let table = Table::read(from, 1 + columns.len())?;
        Ok(Classifier { columns, context, rarity, table })
    }
}
