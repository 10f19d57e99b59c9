//! Judgement: which direction a change goes, and how much it matters, by the rules of `rules.yaml`.

mod accepted;
mod rule;

use std::sync::LazyLock;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use accepted::Accepted;
pub use rule::Rules;

use crate::diff::{ChangeKind, ClarityFact, ClarityKind, Delta, Facet, SlotDelta};
use crate::practice::{Category, Modality, Polarity, ages, days, is_no_condition};
use crate::text::{Language, simplified};
use crate::vocabulary::Vocabulary;
use rule::{Case, Movement, Verdict};

/// Whether a change widens or narrows what may be done with people's data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More data, more uses, more recipients, longer, or fewer safeguards and rights.
    Expands,
    /// The opposite.
    Restricts,
    /// Neither, or both.
    Neutral,
}

/// How much a change matters to the people whose data it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// A reviewer must read it.
    High,
    /// A reviewer should read it.
    Medium,
    /// For completeness.
    Low,
}

/// What the rules say of a change.
#[derive(Clone, Copy, Debug)]
pub struct Judgement<'a> {
    /// Which way it goes.
    pub direction: Direction,
    /// How much it matters.
    pub severity: Severity,
    /// Id of the rule that decided the severity.
    pub rule: &'a str,
    /// Why, in English and in Chinese.
    reason: (&'a str, &'a str),
}

impl<'a> Judgement<'a> {
    /// Why, in the report's language.
    pub fn reason(&self, language: &Language) -> &'a str {
        if *language == Language::Zh { self.reason.1 } else { self.reason.0 }
    }
}

/// Judges a change.
pub fn judge<'a>(delta: &Delta, rules: &'a Rules, vocabulary: &Vocabulary) -> Judgement<'a> {
    let mut directions: Vec<Direction> = Vec::new();
    let mut worst: Option<Verdict> = None;
    for verdict in verdicts(delta, rules, vocabulary) {
        directions.extend(verdict.direction);
        if worst.is_none_or(|w| verdict.severity < w.severity) {
            worst = Some(verdict);
        }
    }
    let Verdict { rule, severity, reason, .. } = worst.unwrap_or_else(|| rules.fallback());
    // A change that goes both ways is neither wider nor narrower; so swapping old and new mirrors every direction.
    let one_way = |d: Direction, other: Direction| directions.contains(&d) && !directions.contains(&other);
    let direction = if one_way(Direction::Expands, Direction::Restricts) {
        Direction::Expands
    } else if one_way(Direction::Restricts, Direction::Expands) {
        Direction::Restricts
    } else {
        Direction::Neutral
    };
    Judgement { direction, severity, rule, reason }
}

/// Judges something unclear that came or went.
pub fn judge_clarity<'a>(fact: &ClarityFact, rules: &'a Rules, vocabulary: &Vocabulary) -> Judgement<'a> {
    let movement = match (fact.kind, fact.came) {
        (ClarityKind::Vague, true) => Movement::Vaguer,
        (ClarityKind::Vague, false) => Movement::Clearer,
        (ClarityKind::Contradiction, true) => Movement::Contradicted,
        (ClarityKind::Contradiction, false) => Movement::Reconciled,
    };
    // Of no part of a practice: only rules that name none can fit.
    let slot = SlotDelta {
        facet: Facet::Other,
        came: fact.came,
        words: String::new(),
        concept: None,
        category: Category::Use,
        polarity: Polarity::Affirmed,
        modality: Modality::Does,
        duration: None,
        scope: None,
    };
    let verdict = rules.first_match(&Case { slot: &slot, movement, vocabulary });
    let Verdict { rule, severity, reason, .. } = verdict;
    Judgement { direction: verdict.direction.unwrap_or(Direction::Neutral), severity, rule, reason }
}

/// What the rules say of each slot that is judged.
fn verdicts<'a>(delta: &Delta, rules: &'a Rules, vocabulary: &Vocabulary) -> Vec<Verdict<'a>> {
    let mut verdicts = Vec::new();
    for (slot, movement) in delta.slots.iter().zip(movements(delta)) {
        let Some(movement) = movement else { continue };
        // The conditions of a practice that is new as a whole bind it; they restrict nothing that was there before.
        let bound =
            slot.facet == Facet::Condition && delta.kind != ChangeKind::Modified && delta.slots.len() > 1;
        // Nor do those of one that was ruled out and is stated now, or the reverse.
        let turned = slot.facet == Facet::Condition && delta.slots.iter().any(|s| s.facet == Facet::Polarity);
        // Leave to object where consent was asked for is no right that is gained.
        let replaced = offers_choice(slot)
            && delta.slots.iter().any(|s| s.came != slot.came && asks_consent(s, vocabulary));
        if bound || turned || replaced {
            continue;
        }
        verdicts.push(rules.first_match(&Case { slot, movement, vocabulary }));
    }
    verdicts
}

fn offers_choice(slot: &SlotDelta) -> bool {
    let of_rights = |id: &String| id.starts_with("action.rights.") || id.starts_with("right.");
    slot.facet == Facet::Rights || slot.concept.as_ref().is_some_and(of_rights)
}

fn asks_consent(slot: &SlotDelta, vocabulary: &Vocabulary) -> bool {
    let is_consent = |id: &String| vocabulary.is_a(id, "condition.consent");
    slot.facet == Facet::Condition && slot.concept.as_ref().is_some_and(is_consent)
}

/// How each slot moved. Durations, ages and words of degree on both sides are one movement: told once, at the value that came.
fn movements(delta: &Delta) -> Vec<Option<Movement>> {
    delta
        .slots
        .iter()
        .map(|slot| {
            let plain = if slot.came { Movement::Came } else { Movement::Went };
            if delta.kind != ChangeKind::Modified {
                return Some(plain);
            }
            if hangs(slot, delta) {
                return Some(if slot.came { Movement::Bound } else { Movement::Unbound });
            }
            let value = |s: &SlotDelta| comparable(s, delta.category);
            let replaced = is_statement(slot.facet)
                && delta.slots.iter().any(|s| s.facet == slot.facet && s.came != slot.came);
            let plain = if replaced { Movement::Replaced } else { plain };
            let (Some((scale, here)), true) = (value(slot), delta.slots.len() > 1) else {
                return Some(plain);
            };
            let other = delta
                .slots
                .iter()
                .filter(|s| s.came != slot.came && s.facet == slot.facet)
                .find_map(|s| value(s).filter(|(other, _)| *other == scale));
            match other {
                Some((_, there)) if !slot.came => (here == there).then_some(plain),
                Some((_, there)) if here > there => Some(scale.up()),
                Some((_, there)) if here < there => Some(scale.down()),
                _ => Some(plain),
            }
        })
        .collect()
}

/// Whether a slot is the condition of a practice that is ruled out on both sides, on one side under this condition only.
fn hangs(slot: &SlotDelta, delta: &Delta) -> bool {
    let of_denial = |s: &SlotDelta| s.facet == Facet::Condition && s.polarity == Polarity::Negated;
    let one_way = delta.slots.iter().all(|s| of_denial(s) && s.came == slot.came);
    one_way && !offers_choice(slot) && !is_no_condition(&slot.words)
}

/// Facets whose values are whole statements: another one in its place says the same thing otherwise.
fn is_statement(facet: Facet) -> bool {
    matches!(facet, Facet::Rights | Facet::Security | Facet::Minors | Facet::Other | Facet::Contact)
}

/// What a slot's value can be measured on.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scale {
    Days,
    Age,
    Degree,
}

impl Scale {
    fn up(self) -> Movement {
        match self {
            Scale::Days => Movement::Longer,
            Scale::Age => Movement::Higher,
            Scale::Degree => Movement::Stronger,
        }
    }

    fn down(self) -> Movement {
        match self {
            Scale::Days => Movement::Shorter,
            Scale::Age => Movement::Lower,
            Scale::Degree => Movement::Weaker,
        }
    }
}

fn comparable(slot: &SlotDelta, category: Category) -> Option<(Scale, u32)> {
    if let Some(days) = slot.duration.as_deref().and_then(days) {
        return Some((Scale::Days, days));
    }
    if slot.facet == Facet::Minors || category == Category::Audience {
        return ages(&slot.words).first().map(|age| (Scale::Age, age.years));
    }
    if matches!(slot.facet, Facet::Security | Facet::Rights) {
        return degree(&slot.words).map(|degree| (Scale::Degree, degree));
    }
    None
}

/// A word of `degrees.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Degree {
    word: String,
    degree: u32,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static DEGREES: LazyLock<Vec<Degree>> =
    LazyLock::new(|| crate::yaml::own_file!("assess/degrees").expect("degrees.yaml is right"));

/// How much words of quantity cover.
fn degree(words: &str) -> Option<u32> {
    let lower = simplified(words).to_lowercase();
    DEGREES
        .iter()
        .find(|known| {
            lower.split(|c: char| !c.is_alphanumeric()).any(|w| w == known.word)
                || (!known.word.is_ascii() && lower.contains(&known.word))
        })
        .map(|known| known.degree)
}
