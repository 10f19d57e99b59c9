//! Sentences with labels to the classifier's weights.

use crate::model::Labelled;
use crate::model::classifier::Classifier;
use crate::model::weights::Table;

use super::Options;

pub(super) fn train(_sentences: &[Labelled], _options: &Options, _progress: &mut dyn FnMut(&str)) -> Classifier {
    Classifier { table: Table::new(6, 1, &[], Vec::new()), columns: Vec::new(), rarity: 1.0, rescue: 0.0 }
}
