//! A rule of judgement, as `rules.yaml` writes it.

use std::sync::LazyLock;

use serde::Deserialize;

use super::{Direction, Severity};
use crate::diff::{Facet, SlotDelta};
use crate::practice::{Category, Modality, Polarity};
use crate::vocabulary::Vocabulary;

/// A rule: when it fits, and what it says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its name in reports.
    pub id: String,
    pub(super) when: When,
    direction: RuleDirection,
    pub(super) severity: Severity,
    pub(super) reason: Reason,
    /// The rule for the same change with old and new swapped.
    #[serde(default)]
    pub mirror: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum RuleDirection {
    Expands,
    Restricts,
    Neutral,
    /// Says nothing of the direction: another slot of the same change does.
    None,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Reason {
    pub en: String,
    pub zh: String,
}

/// How a slot's value moved from old to new.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Movement {
    Came,
    Went,
    Longer,
    Shorter,
    Higher,
    Lower,
    Stronger,
    Weaker,
    /// Other words stand where it stood.
    Replaced,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct When {
    change: Option<Movement>,
    facets: Vec<Facet>,
    categories: Vec<Category>,
    not_categories: Vec<Category>,
    polarity: Option<Polarity>,
    modality: Option<Modality>,
    is_a: OneOrMore,
    sensitive: Option<bool>,
    within: Option<bool>,
}

/// One concept id, or several.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

impl Default for OneOrMore {
    fn default() -> Self {
        OneOrMore::More(Vec::new())
    }
}

impl OneOrMore {
    fn ids(&self) -> &[String] {
        match self {
            OneOrMore::One(id) => std::slice::from_ref(id),
            OneOrMore::More(ids) => ids,
        }
    }
}

/// What is judged: a slot and how it moved.
pub(super) struct Case<'a> {
    pub slot: &'a SlotDelta,
    pub movement: Movement,
    pub vocabulary: &'a Vocabulary,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| crate::yaml::own_file!("assess/rules").expect("rules.yaml is right"));

/// The first rule that fits; the last one fits everything.
pub(super) fn first_match(case: &Case) -> &'static Rule {
    RULES.iter().find(|rule| rule.when.fits(case)).unwrap_or_else(fallback)
}

/// The rule that fits everything.
#[allow(clippy::indexing_slicing)] // a test shows that there are rules
pub(super) fn fallback() -> &'static Rule {
    &RULES[RULES.len() - 1]
}

impl Rule {
    pub(super) fn direction(&self) -> Option<Direction> {
        match self.direction {
            RuleDirection::Expands => Some(Direction::Expands),
            RuleDirection::Restricts => Some(Direction::Restricts),
            RuleDirection::Neutral => Some(Direction::Neutral),
            RuleDirection::None => None,
        }
    }
}

impl When {
    fn fits(&self, case: &Case) -> bool {
        let slot = case.slot;
        let concept = slot.concept.as_deref().unwrap_or_default();
        let ids = self.is_a.ids();
        self.change.is_none_or(|m| m == case.movement)
            && (self.facets.is_empty() || self.facets.contains(&slot.facet))
            && (self.categories.is_empty() || self.categories.contains(&slot.category))
            && !self.not_categories.contains(&slot.category)
            && self.polarity.is_none_or(|p| p == slot.polarity)
            && self.modality.is_none_or(|m| m == slot.modality)
            && (ids.is_empty() || ids.iter().any(|id| case.vocabulary.is_a(concept, id)))
            && self.sensitive.is_none_or(|s| s == case.vocabulary.is_sensitive(concept))
            && self.within.is_none_or(|w| w == slot.within_stated)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique_and_the_last_rule_fits_everything() {
        let mut ids: Vec<&str> = RULES.iter().map(|r| r.id.as_str()).collect();
        ids.sort_unstable();
        let count = ids.len();
        ids.dedup();
        assert_eq!(ids.len(), count);
        let last = &fallback().when;
        assert!(
            last.change.is_none()
                && last.facets.is_empty()
                && last.categories.is_empty()
                && last.polarity.is_none()
        );
    }

    #[test]
    fn mirrors_point_at_each_other_and_go_the_other_way() {
        for rule in RULES.iter() {
            let Some(mirror) = &rule.mirror else {
                assert!(
                    !matches!(rule.direction, RuleDirection::Expands | RuleDirection::Restricts),
                    "{} needs a mirror",
                    rule.id
                );
                continue;
            };
            let other = RULES
                .iter()
                .find(|r| r.id == *mirror)
                .unwrap_or_else(|| panic!("{}: no rule {mirror}", rule.id));
            assert_eq!(other.mirror.as_ref(), Some(&rule.id), "{}", rule.id);
            let opposite = match rule.direction {
                RuleDirection::Expands => RuleDirection::Restricts,
                RuleDirection::Restricts => RuleDirection::Expands,
                same => same,
            };
            assert_eq!(other.direction, opposite, "{}", rule.id);
        }
    }

    #[test]
    fn every_concept_that_a_rule_names_is_known() {
        for rule in RULES.iter() {
            for id in rule.when.is_a.ids() {
                assert!(Vocabulary::builtin().get(id).is_some(), "{}: {id}", rule.id);
            }
        }
    }
}
