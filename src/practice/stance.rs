//! Polarity and modality of an action, from the words around it.
//!
//! A negation holds from where it stands to the next comma-clause, over coordinated verbs; words that only contain one
//! (不断, 不限于, "not only") are no negation. A negated practice must never be reported as an affirmed one, so when in doubt
//! (a negation anywhere between the clause's start and its verb) it is negated.

use std::sync::LazyLock;

use serde::Deserialize;

use super::model::{Modality, Polarity};
use crate::text::{Language, normalize};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cues {
    negation: Vec<String>,
    not_negation: Vec<String>,
    negated_object: Vec<String>,
    may: Vec<String>,
    must: Vec<String>,
    only: Vec<String>,
    /// Words of lead-ins whose items are examples, exceptions or circumstances.
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

fn cues(language: &Language) -> &'static Cues {
    if *language == Language::Zh { &CUES.zh } else { &CUES.en }
}

/// Stance of a verb. `before` is its clause up to the verb, `after` what follows the verb in its clause.
pub(super) fn stance(before: &str, after: &str, language: &Language) -> (Polarity, Modality) {
    let cues = cues(language);
    let (before, after) = (normalize(before).text, normalize(after).text);
    let zh = *language == Language::Zh;
    let negated = has_negation(&before, cues, zh)
        || (!zh && cues.negated_object.iter().any(|w| after.trim_start().starts_with(w.as_str())))
        || (!zh && (before.starts_with("no ") || before.starts_with("none of ") || before.contains(" no ")));
    let says = |words: &[String]| words.iter().any(|w| find(&before, w, zh).is_some());
    let modality = if says(&cues.only) {
        Modality::OnlyIf
    } else if says(&cues.may) {
        Modality::May
    } else if says(&cues.must) {
        Modality::Must
    } else {
        Modality::Does
    };
    (if negated { Polarity::Negated } else { Polarity::Affirmed }, modality)
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
    has_negation(&normalize(words).text, cues(language), *language == Language::Zh)
}

fn has_negation(words: &str, cues: &Cues, zh: bool) -> bool {
    let mut masked = words.to_string();
    for harmless in &cues.not_negation {
        let places: Vec<usize> = places(&masked, harmless, zh).collect();
        for at in places {
            masked.replace_range(at..at + harmless.len(), &"\u{1}".repeat(harmless.len()));
        }
    }
    cues.negation.iter().any(|w| find(&masked, w, zh).is_some())
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
mod tests {
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
