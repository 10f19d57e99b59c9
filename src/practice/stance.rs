//! Polarity and modality of an action, from the words around it.
//!
//! A negation holds from where it stands to the next comma-clause, over coordinated verbs; words that only contain one
//! (不断, 不限于, "not only") are no negation, nor is one of a circumstance (在您未登录时). A negated practice must never be
//! reported as an affirmed one, so when in doubt (a negation anywhere between the clause's start and its verb) it is negated.

#[cfg(test)]
mod tests;

use std::ops::Range;
use std::sync::LazyLock;

use serde::Deserialize;

use super::model::{Modality, Polarity};
use crate::text::{Cue, Language, Sketch, normal};

/// The words of `cues.yaml` for one language, which explains them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub(super) struct Cues {
    forced: Vec<Cue>,
    not_negation: Vec<Cue>,
    not_own: Vec<Cue>,
    negation: Vec<Cue>,
    adjacent: Vec<Cue>,
    lacking: Vec<Cue>,
    free: Vec<Cue>,
    negated_object: Vec<Cue>,
    negated_recipient: Vec<Cue>,
    turns: Vec<Cue>,
    may: Vec<Cue>,
    must: Vec<Cue>,
    entitled: Vec<Cue>,
    not_modal: Vec<Cue>,
    not_only: Vec<Cue>,
    only: Vec<Cue>,
    only_behind: Vec<Cue>,
    pub subordinate: Vec<Cue>,
    pub exception: Vec<Cue>,
    not_a_list: Vec<Cue>,
}

#[derive(Deserialize)]
#[serde(bound(deserialize = "'de: 'static"))]
struct Both {
    en: Cues,
    zh: Cues,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static CUES: LazyLock<Both> =
    LazyLock::new(|| crate::yaml::own_file!("practice/cues").expect("cues.yaml is right"));

/// Negations of a main verb, which end no circumstance.
const MAIN: [&str; 4] = ["不会", "不得", "绝不", "从不"];
/// Stands for a byte of words that were read already.
const READ: &str = "\u{1}";

pub(super) fn cues(language: &Language) -> &'static Cues {
    if *language == Language::Zh { &CUES.zh } else { &CUES.en }
}

/// Stance of a verb. `before` is its clause up to the verb, `after` what follows the verb in its clause.
pub(super) fn stance(before: &str, after: &str, language: &Language) -> (Polarity, Modality) {
    let cues = cues(language);
    let (mut before, after) = (Words::of(before, language), Words::of(after, language));
    let forced = before.mask(&cues.forced);
    let not_only = before.mask(&cues.not_only);
    let mut negated = before.take_negations(cues);
    negated |= cues.negated_object.iter().any(|w| after.text.trim_start().starts_with(w.as_str()))
        || after.hold(&cues.negated_recipient);
    before.mask(&cues.not_modal);
    let modality = if !not_only && before.hold(&cues.only) || after.hold(&cues.only_behind) {
        Modality::OnlyIf
    } else if before.hold(&cues.may) {
        Modality::May
    } else if forced || before.hold(&cues.must) {
        Modality::Must
    } else {
        Modality::Does
    };
    (if negated { Polarity::Negated } else { Polarity::Affirmed }, modality)
}

/// Whether words say that somebody is entitled to what follows: "you have the right to", 您有权.
pub(super) fn entitle(words: &str, language: &Language) -> bool {
    Words::of(words, language).hold(&cues(language).entitled)
}

/// Whether a verb is only named as what does not happen beside another: "share it without telling you".
pub(super) fn is_lacking(before: &str, language: &Language) -> bool {
    Words::of(before, language).end_with(&cues(language).lacking)
}

/// Whether words rule out the list that follows them: "We do not:", 我们不会收集：. What counts is their last clause.
pub(super) fn rules_out_list(words: &str, language: &Language) -> bool {
    let cues = cues(language);
    let all = normal(words);
    let clause = all.trim_end_matches([':', ' ', ',']);
    let clause = Words::new(clause.rsplit([',', ';', '.']).next().unwrap_or(clause).to_string(), language);
    clause.clone().take_negations(cues) && !clause.hold(&cues.not_a_list)
}

/// Whether words deny anything.
pub(super) fn denies(words: &str, language: &Language) -> bool {
    let (cues, mut words) = (cues(language), Words::of(words, language));
    words.mask(&cues.not_negation);
    words.mask(&cues.free) | words.mask(&cues.negation)
}

/// Whether any practice that words state may be negated: whether they hold what negates or excepts, wherever it stands.
pub(crate) fn may_deny(words: &str, language: &Language) -> bool {
    let (cues, words) = (cues(language), Words::of(words, language));
    let free = [&cues.negation, &cues.adjacent, &cues.free, &cues.exception];
    let behind = [&cues.negated_object, &cues.negated_recipient];
    free.into_iter().chain(behind).any(|cues| words.hold(cues))
}

/// Whether words break off behind a negation: "we will not, without your consent, …".
pub(super) fn hangs(words: &str, language: &Language) -> bool {
    Words::of(words, language).end_with(&cues(language).negation)
}

/// Whether a verb has an auxiliary of its own, so that a negation before the verb it is joined to does not reach it:
/// "do not sell, and may share". `gap` is what stands between the two verbs.
pub(super) fn begins_anew(gap: &str, language: &Language) -> bool {
    let (cues, gap) = (cues(language), Words::of(gap, language));
    if gap.clone().take_negations(cues) {
        return false;
    }
    if gap.zh {
        let tail = gap.text.rsplit([',', ';', '.']).next().unwrap_or(&gap.text);
        return cues.turns.iter().chain(&cues.may).any(|w| tail.contains(w.as_str())) || tail.ends_with('会');
    }
    let mut last = gap.text.split_whitespace().rev().take(3);
    last.any(|word| matches!(word, "may" | "will" | "can" | "shall" | "must"))
}

/// Words in normal form, in which cues are looked for and blotted out once read.
#[derive(Clone)]
struct Words {
    text: String,
    /// Of the text as it was before anything was blotted out.
    sketch: Sketch,
    zh: bool,
}

impl Words {
    fn of(words: &str, language: &Language) -> Words {
        Words::new(normal(words), language)
    }

    fn new(text: String, language: &Language) -> Words {
        Words { sketch: Sketch::of(&text), text, zh: *language == Language::Zh }
    }

    /// Whether they hold a negation; what decides it is read, so that "cannot" is no "can" and 不需要 no 需要.
    fn take_negations(&mut self, cues: &Cues) -> bool {
        self.mask(&cues.not_negation);
        self.mask(&cues.not_own);
        if self.zh {
            for range in circumstances(&self.text) {
                if !MAIN.iter().any(|negation| self.text[range.clone()].contains(negation)) {
                    self.blot_out(range);
                }
            }
        }
        let behind = |cue: &Cue| self.places(cue).last().map(|at| at + cue.as_str().len());
        if let Some(at) = cues.turns.iter().filter_map(behind).max() {
            self.blot_out(0..at);
        }
        let adjacent = self.end_with(&cues.adjacent);
        let free = self.mask(&cues.free);
        self.mask(&cues.negation) | free | adjacent
    }

    /// Whether they hold one of some cues.
    fn hold(&self, cues: &[Cue]) -> bool {
        cues.iter()
            .any(|cue| self.sketch.may_hold(cue) && self.places_of(cue.as_str().trim_end()).next().is_some())
    }

    /// Whether they end with one of some cues.
    fn end_with(&self, cues: &[Cue]) -> bool {
        let end = self.text.trim_end().len();
        cues.iter().any(|cue| self.places(cue).last().is_some_and(|at| at + cue.as_str().len() == end))
    }

    /// Blots out all of some cues, and says whether there was any.
    fn mask(&mut self, cues: &[Cue]) -> bool {
        let mut any = false;
        for cue in cues {
            let places: Vec<usize> = self.places(cue).collect();
            any |= !places.is_empty();
            places.into_iter().for_each(|at| self.blot_out(at..at + cue.as_str().len()));
        }
        any
    }

    fn blot_out(&mut self, range: Range<usize>) {
        self.text.replace_range(range.clone(), &READ.repeat(range.len()));
    }

    /// Everywhere that a cue stands.
    fn places<'a>(&'a self, cue: &'a Cue) -> impl Iterator<Item = usize> + use<'a> {
        self.sketch.may_hold(cue).then(|| self.places_of(cue.as_str())).into_iter().flatten()
    }

    /// Everywhere that words stand; English ones between word boundaries.
    fn places_of<'a>(&'a self, cue: &'a str) -> impl Iterator<Item = usize> + use<'a> {
        self.text.match_indices(cue).map(|(at, _)| at).filter(move |&at| {
            let inner = |c: char| c.is_alphanumeric();
            self.zh || !self.text[..at].ends_with(inner) && !self.text[at + cue.len()..].starts_with(inner)
        })
    }
}

/// Chinese circumstances: 在…时, 未经…后. Their negation is not that of the verb behind them.
fn circumstances(words: &str) -> Vec<Range<usize>> {
    const OPEN: [&str; 4] = ["在", "当", "如果", "若"];
    const CLOSE: [&str; 7] = ["时", "后", "之前", "情况下", "情形下", "前提下", "期间"];
    /// Characters between.
    const LONGEST: usize = 40;
    let end = |start: usize| {
        let open = OPEN.iter().find(|open| words[start..].starts_with(**open))?;
        let mut at = start + open.len();
        for _ in 0..=LONGEST {
            let rest = &words[at..];
            if let Some(close) = CLOSE.iter().find(|close| rest.starts_with(**close)) {
                return Some(at + close.len());
            }
            at += rest.chars().next().filter(|c| !matches!(c, '在' | '当' | ',' | ';' | '.'))?.len_utf8();
        }
        None
    };
    let mut found: Vec<Range<usize>> = Vec::new();
    for (start, _) in words.char_indices() {
        if found.last().is_none_or(|last| last.end <= start) {
            found.extend(end(start).map(|end| start..end));
        }
    }
    found
}

#[cfg(test)]
mod words {
    use super::*;

    #[test]
    fn english_negation() {
        let en = |before| stance(before, "", &Language::En).0;
        assert_eq!(en("We do not "), Polarity::Negated);
        assert_eq!(en("we will never "), Polarity::Negated);
        assert_eq!(en("We not only "), Polarity::Affirmed);
        assert_eq!(stance("We ", " no personal data", &Language::En).0, Polarity::Negated);
    }

    #[test]
    fn chinese_negation() {
        let zh = |before| stance(before, "", &Language::Zh).0;
        assert_eq!(zh("我们不会"), Polarity::Negated);
        assert_eq!(zh("我们不断改进并"), Polarity::Affirmed);
        assert_eq!(zh("包括但不限于"), Polarity::Affirmed);
        assert_eq!(zh("未成年人的信息我们会"), Polarity::Affirmed);
    }

    proptest::proptest! {
        #[test]
        fn circumstances_are_those_of_the_expression(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "在", "当", "如果", "若", "时", "后", "之前", "情况下", "情形下", "期间", "您", "我们不会", ",", ".", "未登录", "字字字字字字字字字",
                ]),
                0..16,
            ),
        ) {
            let words = parts.concat();
            let expression = "(?:在|当|如果|若)[^在当,;.]{0,40}?(?:时|后|之前|情况下|情形下|前提下|期间)";
            let expected: Vec<_> =
                regex::Regex::new(expression).unwrap().find_iter(&words).map(|m| m.range()).collect();
            proptest::prop_assert_eq!(circumstances(&words), expected);
        }
    }

    #[test]
    fn lists_that_are_ruled_out() {
        let en = |words| rules_out_list(words, &Language::En);
        assert!(en("We do not collect:") && en("To be clear, we never do any of the following:"));
        assert!(!en("We do not share your data except in the following cases:"));
        assert!(!en("Without it, we will not be able to provide core services, such as:"));
        let zh = |words| rules_out_list(words, &Language::Zh);
        assert!(zh("我们不会收集以下信息："));
        assert!(!zh("以下情形中无需您的同意："));
        assert!(!zh("除非出现下列情形，我们不会共享的例外："));
    }

    #[test]
    fn modality_in_both_languages() {
        assert_eq!(stance("We may ", "", &Language::En).1, Modality::May);
        assert_eq!(stance("我们仅在取得您同意后", "", &Language::Zh).1, Modality::OnlyIf);
        assert_eq!(stance("您需要", "", &Language::Zh).1, Modality::Must);
        assert_eq!(stance("We ", "", &Language::En).1, Modality::Does);
    }
}
