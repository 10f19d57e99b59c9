//! Polarity and modality of an action, from the words around it.
//!
//! A negation holds from where it stands to the next comma-clause, over coordinated verbs; words that only contain one
//! (不断, 不限于, "not only") are no negation, nor is one of a circumstance (在您未登录时). A negated practice must never be
//! reported as an affirmed one, so when in doubt (a negation anywhere between the clause's start and its verb) it is negated.

#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::model::{Modality, Polarity};
use crate::text::{Language, normalize};

/// The words of `cues.yaml` for one language, which explains them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Cues {
    forced: Vec<String>,
    not_negation: Vec<String>,
    not_own: Vec<String>,
    negation: Vec<String>,
    adjacent: Vec<String>,
    lacking: Vec<String>,
    free: Vec<String>,
    negated_object: Vec<String>,
    negated_recipient: Vec<String>,
    turns: Vec<String>,
    may: Vec<String>,
    must: Vec<String>,
    not_modal: Vec<String>,
    only: Vec<String>,
    only_behind: Vec<String>,
    pub subordinate: Vec<String>,
    pub exception: Vec<String>,
    not_a_list: Vec<String>,
}

#[derive(Deserialize)]
struct Both {
    en: Cues,
    zh: Cues,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static CUES: LazyLock<Both> =
    LazyLock::new(|| crate::yaml::own_file!("practice/cues").expect("cues.yaml is right"));

/// A Chinese circumstance: 在…时, 未经…后. Its negation is not that of the verb behind it.
#[allow(clippy::unwrap_used)] // a fixed expression, used in a test
static CIRCUMSTANCE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:在|当|如果|若)[^在当,;.]{0,40}?(?:时|后|之前|情况下|情形下|前提下|期间)").unwrap()
});
/// Negations of a main verb, which end no circumstance.
const MAIN: [&str; 4] = ["不会", "不得", "绝不", "从不"];
/// Stands for a byte of words that were read already.
const READ: &str = "\u{1}";

pub(super) fn cues(language: &Language) -> &'static Cues {
    if *language == Language::Zh { &CUES.zh } else { &CUES.en }
}

/// Stance of a verb. `before` is its clause up to the verb, `after` what follows the verb in its clause.
pub(super) fn stance(before: &str, after: &str, language: &Language) -> (Polarity, Modality) {
    let (cues, zh) = (cues(language), *language == Language::Zh);
    let (mut before, after) = (normalize(before).text, normalize(after).text);
    let forced = mask(&mut before, &cues.forced, zh);
    let mut negated = take_negations(&mut before, cues, zh);
    negated |= cues.negated_object.iter().any(|w| after.trim_start().starts_with(w.as_str()))
        || cues.negated_recipient.iter().any(|w| find(&after, w, zh).is_some());
    mask(&mut before, &cues.not_modal, zh);
    let says = |words: &[String]| words.iter().any(|w| find(&before, w, zh).is_some());
    let modality = if says(&cues.only) || cues.only_behind.iter().any(|w| find(&after, w, zh).is_some()) {
        Modality::OnlyIf
    } else if says(&cues.may) {
        Modality::May
    } else if forced || says(&cues.must) {
        Modality::Must
    } else {
        Modality::Does
    };
    (if negated { Polarity::Negated } else { Polarity::Affirmed }, modality)
}

/// Whether a verb is only named as what does not happen beside another: "share it without telling you".
pub(super) fn is_lacking(before: &str, language: &Language) -> bool {
    let (cues, words) = (cues(language), normalize(before).text);
    ends_with(&words, &cues.lacking, *language == Language::Zh)
}

/// Whether words rule out the list that follows them: "We do not:", 我们不会收集：. What counts is their last clause.
pub(super) fn rules_out_list(words: &str, language: &Language) -> bool {
    let (cues, zh) = (cues(language), *language == Language::Zh);
    let clause = normalize(words).text;
    let clause = clause.trim_end_matches([':', ' ', ',']);
    let clause = clause.rsplit([',', ';', '.']).next().unwrap_or(clause);
    has_negation(clause, cues, zh) && !cues.not_a_list.iter().any(|w| find(clause, w, zh).is_some())
}

/// Whether words deny anything.
pub(super) fn denies(words: &str, language: &Language) -> bool {
    let (cues, zh, mut words) = (cues(language), *language == Language::Zh, normalize(words).text);
    mask(&mut words, &cues.not_negation, zh);
    mask(&mut words, &cues.free, zh) | mask(&mut words, &cues.negation, zh)
}

/// Whether words break off behind a negation: "we will not, without your consent, …".
pub(super) fn hangs(words: &str, language: &Language) -> bool {
    let (cues, words) = (cues(language), normalize(words).text);
    ends_with(&words, &cues.negation, *language == Language::Zh)
}

/// Whether a verb has an auxiliary of its own, so that a negation before the verb it is joined to does not reach it:
/// "do not sell, and may share". `gap` is what stands between the two verbs.
pub(super) fn begins_anew(gap: &str, language: &Language) -> bool {
    let (cues, zh, gap) = (cues(language), *language == Language::Zh, normalize(gap).text);
    if has_negation(&gap, cues, zh) {
        return false;
    }
    if zh {
        let tail = gap.rsplit([',', ';', '.']).next().unwrap_or(&gap);
        return cues.turns.iter().chain(&cues.may).any(|w| tail.contains(w.as_str())) || tail.ends_with('会');
    }
    gap.split_whitespace().rev().take(3).any(|word| matches!(word, "may" | "will" | "can" | "shall" | "must"))
}

fn has_negation(words: &str, cues: &Cues, zh: bool) -> bool {
    take_negations(&mut words.to_string(), cues, zh)
}

/// Whether words hold a negation; what decides it is read, so that "cannot" is no "can" and 不需要 no 需要.
fn take_negations(words: &mut String, cues: &Cues, zh: bool) -> bool {
    mask(words, &cues.not_negation, zh);
    mask(words, &cues.not_own, zh);
    if zh {
        let circumstances: Vec<_> = CIRCUMSTANCE
            .find_iter(words)
            .filter(|m| !MAIN.iter().any(|negation| m.as_str().contains(negation)))
            .map(|m| m.range())
            .collect();
        for range in circumstances {
            words.replace_range(range.clone(), &READ.repeat(range.len()));
        }
    }
    if let Some(at) =
        cues.turns.iter().filter_map(|w| places(words, w, zh).last().map(|at| at + w.len())).max()
    {
        words.replace_range(..at, &READ.repeat(at));
    }
    let adjacent = ends_with(words, &cues.adjacent, zh);
    let free = mask(words, &cues.free, zh);
    mask(words, &cues.negation, zh) | free | adjacent
}

/// Whether words end with a cue.
fn ends_with(words: &str, cues: &[String], zh: bool) -> bool {
    let words = words.trim_end();
    cues.iter().any(|cue| places(words, cue, zh).last().is_some_and(|at| at + cue.len() == words.len()))
}

/// Blots out all of some cues, and says whether there was any.
fn mask(words: &mut String, cues: &[String], zh: bool) -> bool {
    let mut any = false;
    for cue in cues {
        let places: Vec<usize> = places(words, cue, zh).collect();
        any |= !places.is_empty();
        for at in places {
            words.replace_range(at..at + cue.len(), &READ.repeat(cue.len()));
        }
    }
    any
}

/// Where a cue stands first.
fn find(words: &str, cue: &str, zh: bool) -> Option<usize> {
    let cue = cue.trim_end();
    // To see that words are not there is quicker than to look for their places.
    if words.contains(cue) { places(words, cue, zh).next() } else { None }
}

/// Everywhere that a cue stands; English cues stand between word boundaries.
fn places<'a>(words: &'a str, cue: &'a str, zh: bool) -> impl Iterator<Item = usize> + use<'a> {
    words.match_indices(cue).map(|(at, _)| at).filter(move |&at| {
        zh || {
            let inner = |c: char| c.is_alphanumeric();
            !words[..at].ends_with(inner) && !words[at + cue.len()..].starts_with(inner)
        }
    })
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
