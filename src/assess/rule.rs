//! Rules of judgement, as `rules.yaml` writes them, under a user's own.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::{Direction, Severity};
use crate::diff::{Facet, Scope, SlotDelta};
use crate::error::{Error, Result};
use crate::practice::{Category, Modality, Polarity};
use crate::vocabulary::Vocabulary;
use crate::yaml::{self, Step};

/// A rule: when it fits, and what it says.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    /// Its name in reports.
    id: &'static str,
    when: When,
    direction: RuleDirection,
    severity: Severity,
    reason: Reason,
    /// The rule for the same change with old and new swapped.
    #[serde(default)]
    #[cfg_attr(not(test), allow(dead_code))]
    mirror: Option<&'static str>,
    /// Sentences that it must judge, and such that it must not.
    #[serde(default)]
    #[cfg(test)]
    examples: Examples,
    #[serde(default, rename = "examples")]
    #[cfg(not(test))]
    _examples: serde::de::IgnoredAny,
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

/// Old and new sentences, in pairs; swapped, they are examples of the mirror.
#[cfg(test)]
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Examples {
    fits: Vec<(String, String)>,
    fails: Vec<(String, String)>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Reason {
    en: &'static str,
    zh: &'static str,
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
    /// What is ruled out came to hang on it.
    Bound,
    /// What is ruled out hangs on it no more.
    Unbound,
    /// Other words stand where it stood.
    Replaced,
    /// Words came that leave open what is meant.
    Vaguer,
    /// Such words went.
    Clearer,
    /// Two statements came to contradict each other.
    Contradicted,
    /// They no longer do.
    Reconciled,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct When {
    change: Option<Movement>,
    facets: Vec<Facet>,
    categories: Vec<Category>,
    not_categories: Vec<Category>,
    polarity: Option<Polarity>,
    modality: Option<Modality>,
    is_a: OneOrMore,
    sensitive: Option<bool>,
    scope: Option<Scope>,
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

/// An entry of a user's file: another severity for a built-in rule, or a rule that goes before the built-in ones.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct OwnRule {
    id: String,
    when: Option<When>,
    direction: Option<RuleDirection>,
    severity: Severity,
    /// One wording for reports of either language.
    reason: Option<String>,
}

/// The rules that judge: a user's own first, then the built-in ones.
#[derive(Debug, Default)]
pub struct Rules {
    own: Vec<OwnRule>,
    /// Entries for built-in rules, by their id.
    overrides: BTreeMap<String, OwnRule>,
}

/// What the rules say of one slot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Verdict<'a> {
    pub rule: &'a str,
    pub direction: Option<Direction>,
    pub severity: Severity,
    pub reason: (&'a str, &'a str),
}

impl Rules {
    /// The built-in rules under those of a user's file, a YAML list of entries.
    ///
    /// # Errors
    ///
    /// [`Error::Yaml`] with the place of a mistake: of form, an id that stands twice, a concept that the vocabulary does not
    /// know, a new rule without `when`, or a built-in one with it.
    pub fn from_file(name: &str, text: &str, vocabulary: &Vocabulary) -> Result<Rules> {
        let entries: Vec<OwnRule> = yaml::parse(name, text)?;
        let mut rules = Rules::default();
        for (i, entry) in entries.into_iter().enumerate() {
            let mistake = |path: &[Step], what: String, expected: &str| {
                let path = [&[Step::Item(i)], path].concat();
                let (line, column) = yaml::locate(text, &path);
                let entry = format!("{}: ", yaml::path_name(&path));
                Error::Yaml { name: name.into(), line, column, entry, what, expected: expected.into() }
            };
            let id = entry.id.clone();
            let stands = rules.overrides.contains_key(&id) || rules.own.iter().any(|own| own.id == id);
            if stands || id.trim().is_empty() {
                let what = if stands { format!("the rule {id} stands twice") } else { "is empty".into() };
                return Err(mistake(&[Step::Key("id")], what, "an id of its own for each rule"));
            }
            let unknown = entry.when.iter().flat_map(|when| when.is_a.ids());
            if let Some(concept) = unknown.into_iter().find(|id| vocabulary.get(id).is_none()) {
                let what = format!("there is no concept {concept}");
                let expected = "the id of a concept, as `polidiff vocabulary list` prints it";
                return Err(mistake(&[Step::Key("when"), Step::Key("is_a")], what, expected));
            }
            match (RULES.iter().any(|rule| rule.id == id), entry.when.is_some()) {
                (true, true) => {
                    let what = format!("{id} is a built-in rule, which says itself when it fits");
                    return Err(mistake(&[Step::Name("when")], what, "no `when`, or another id"));
                }
                (false, false) => {
                    let what = format!("there is no built-in rule {id}");
                    let expected =
                        "the id of a built-in rule, as reports name it, or `when` for a rule of your own";
                    return Err(mistake(&[Step::Key("id")], what, expected));
                }
                (true, false) => {
                    rules.overrides.insert(id, entry);
                }
                (false, true) => rules.own.push(entry),
            }
        }
        Ok(rules)
    }

    /// What the first rule that fits says; the last built-in one fits everything.
    pub(super) fn first_match(&self, case: &Case) -> Verdict<'_> {
        let builtin = RULES.iter().find(|rule| rule.when.fits(case)).unwrap_or_else(fallback);
        let verdict = self.builtin(builtin);
        match self.own.iter().find(|own| own.when.as_ref().is_some_and(|when| when.fits(case))) {
            Some(own) => own.over(verdict),
            None => verdict,
        }
    }

    /// What the rule says that fits everything.
    pub(super) fn fallback(&self) -> Verdict<'_> {
        self.builtin(fallback())
    }

    fn builtin(&self, rule: &'static Rule) -> Verdict<'_> {
        let verdict = Verdict {
            rule: rule.id,
            direction: rule.direction.direction(),
            severity: rule.severity,
            reason: (rule.reason.en, rule.reason.zh),
        };
        self.overrides.get(rule.id).map_or(verdict, |own| own.over(verdict))
    }
}

impl OwnRule {
    /// The verdict with what this rule says otherwise.
    fn over<'a>(&'a self, verdict: Verdict<'a>) -> Verdict<'a> {
        Verdict {
            rule: &self.id,
            direction: self.direction.map_or(verdict.direction, RuleDirection::direction),
            severity: self.severity,
            reason: self.reason.as_deref().map_or(verdict.reason, |reason| (reason, reason)),
        }
    }
}

#[allow(clippy::expect_used)] // our own file, read in a test
static RULES: LazyLock<Vec<Rule>> =
    LazyLock::new(|| crate::yaml::own_file!("assess/rules").expect("rules.yaml is right"));

/// The rule that fits everything.
#[allow(clippy::indexing_slicing)] // a test shows that there are rules
fn fallback() -> &'static Rule {
    &RULES[RULES.len() - 1]
}

impl RuleDirection {
    fn direction(self) -> Option<Direction> {
        match self {
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
            && self.scope.is_none_or(|scope| Some(scope) == slot.scope)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::{judge_clarity, verdicts};
    use crate::diff::{Relation, compare};
    use crate::document::Document;
    use crate::ingest::InputFormat;
    use crate::practice::PracticeSet;
    use crate::text::is_han;

    #[test]
    fn ids_are_unique_and_the_last_rule_fits_everything() {
        let mut ids: Vec<&str> = RULES.iter().map(|r| r.id).collect();
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
            let Some(mirror) = rule.mirror else {
                assert!(
                    !matches!(rule.direction, RuleDirection::Expands | RuleDirection::Restricts),
                    "{} needs a mirror",
                    rule.id
                );
                continue;
            };
            let other = RULES
                .iter()
                .find(|r| r.id == mirror)
                .unwrap_or_else(|| panic!("{}: no rule {mirror}", rule.id));
            assert_eq!(other.mirror, Some(rule.id), "{}", rule.id);
            let opposite = match rule.direction {
                RuleDirection::Expands => RuleDirection::Restricts,
                RuleDirection::Restricts => RuleDirection::Expands,
                same => same,
            };
            assert_eq!(other.direction, opposite, "{}", rule.id);
        }
    }

    /// The ids of all rules that judge a part of what changed.
    fn judged(old: &str, new: &str) -> Vec<String> {
        let read = |text: &str| {
            let source = crate::ingest::read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap();
            PracticeSet::from_document(Document::new("p.txt", source), Vocabulary::builtin())
        };
        let (vocabulary, rules) = (Vocabulary::builtin(), Rules::default());
        let difference = compare(&read(old), &read(new), Relation::Versions, vocabulary);
        let clarity =
            difference.clarity.iter().map(|f| judge_clarity(f, &rules, vocabulary).rule.to_string());
        let changes = difference.deltas.iter().flat_map(|delta| verdicts(delta, &rules, vocabulary));
        changes.map(|verdict| verdict.rule.to_string()).chain(clarity).collect()
    }

    #[test]
    fn every_rule_judges_its_examples_in_both_languages_and_nothing_else() {
        let swapped = |pairs: &[(String, String)]| {
            pairs.iter().map(|(old, new)| (new.clone(), old.clone())).collect::<Vec<_>>()
        };
        let mut wrong = Vec::new();
        for rule in RULES.iter() {
            let mirror = RULES.iter().find(|other| Some(other.id) == rule.mirror);
            let mirrored = mirror.map(|m| (swapped(&m.examples.fits), swapped(&m.examples.fails)));
            let (more_fits, more_fails) = mirrored.unwrap_or_default();
            let (mut fits, mut fails) = (rule.examples.fits.clone(), rule.examples.fails.clone());
            fits.extend(more_fits);
            fails.extend(more_fails);
            let zh = fits.iter().filter(|(old, _)| old.contains(is_han)).count();
            if zh == 0 || zh == fits.len() || fails.is_empty() {
                wrong.push(format!("{} lacks an example in English, in Chinese, or one that fails", rule.id));
            }
            for (pairs, must) in [(fits, true), (fails, false)] {
                for (old, new) in pairs {
                    let rules = judged(&old, &new);
                    if rules.iter().any(|id| id == rule.id) != must {
                        wrong.push(format!("{} {must}: {old} => {new}: {rules:?}", rule.id));
                    }
                }
            }
        }
        assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    }

    #[test]
    fn a_users_rules_go_before_the_built_in_ones() {
        let rules = |text: &str| Rules::from_file("r.yaml", text, Vocabulary::builtin());
        let own = rules(
            "- {id: data-added, severity: high}\n- id: pets\n  when: {is_a: data.contact}\n  severity: low\n  reason: ours\n",
        )
        .unwrap();
        let slot = |concept: &str| SlotDelta {
            facet: Facet::Data,
            came: true,
            words: "x".into(),
            concept: Some(concept.into()),
            category: Category::Collection,
            polarity: Polarity::Affirmed,
            modality: Modality::Does,
            duration: None,
            scope: None,
        };
        let judge = |slot: &SlotDelta| {
            let case = Case { slot, movement: Movement::Came, vocabulary: Vocabulary::builtin() };
            let verdict = own.first_match(&case);
            (verdict.rule.to_string(), verdict.severity, verdict.direction, verdict.reason.1.to_string())
        };
        let expands = Some(Direction::Expands);
        assert_eq!(judge(&slot("data.contact")), ("pets".into(), Severity::Low, expands, "ours".into()));
        let (rule, severity, direction, _) = judge(&slot("data.personal"));
        assert_eq!((rule.as_str(), severity, direction), ("data-added", Severity::High, expands));
    }

    #[test]
    fn mistakes_in_a_users_rules_are_told_with_their_place() {
        let told =
            |text: &str| Rules::from_file("r.yaml", text, Vocabulary::builtin()).unwrap_err().to_string();
        assert!(told("- {id: data-added, when: {}, severity: low}").contains("r.yaml:1:"));
        assert!(
            told("- id: no-such\n  severity: low")
                .starts_with("r.yaml:1:7: [0].id: there is no built-in rule")
        );
        assert!(told("- id: a\n  when: {is_a: data.nothing}\n  severity: low").starts_with("r.yaml:2:16:"));
        assert!(told("- id: data-added\n  severity: worst").starts_with("r.yaml:2:13:"));
        assert!(
            told("- {id: data-added, severity: low}\n- {id: data-added, severity: low}")
                .contains("stands twice")
        );
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
