//! Practices that are bound to a condition, whichever way round they say it: "only with your consent" and "not without your
//! consent", 仅在您同意后 and 未经您同意不会.
//!
//! Each is read as it stands, the first as stated and the second as ruled out. They still are one promise, and one is not
//! what becomes of the other.

use std::sync::LazyLock;

use serde::Deserialize;

use super::model::{Modality, Polarity, Practice};
use crate::text::{Language, normal};

/// Words of `bound.yaml` for one language, which explains them.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    bars: Vec<String>,
    refuses: Vec<String>,
    opens: Vec<String>,
    closes: Vec<String>,
    consent: Vec<String>,
    qualifiers: Vec<String>,
    whatever: Vec<String>,
    form: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Both {
    en: Words,
    zh: Words,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static WORDS: LazyLock<Both> =
    LazyLock::new(|| crate::yaml::own_file!("practice/bound").expect("bound.yaml is right"));

fn words(language: &Language) -> &'static Words {
    if *language == Language::Zh { &WORDS.zh } else { &WORDS.en }
}

/// Whether a practice is said to happen under its conditions alone.
pub(crate) fn is_bound(practice: &Practice, language: &Language) -> bool {
    match practice.polarity {
        Polarity::Affirmed => practice.modality == Modality::OnlyIf && !practice.conditions.is_empty(),
        Polarity::Negated => practice.conditions.iter().any(|condition| bars(&condition.text, language)),
    }
}

/// Whether a practice is said to happen with somebody's consent alone.
pub(crate) fn is_bound_to_consent(practice: &Practice, language: &Language) -> bool {
    let consent = |condition: &str| {
        let condition = normal(condition);
        words(language).consent.iter().any(|word| condition.contains(word.as_str()))
    };
    let binds = |condition: &str| practice.polarity == Polarity::Affirmed || bars(condition, language);
    let mut conditions = practice.conditions.iter().map(|condition| condition.text.as_str());
    is_bound(practice, language) && conditions.any(|condition| binds(condition) && consent(condition))
}

/// Whether a condition says when what is ruled out happens after all.
fn bars(condition: &str, language: &Language) -> bool {
    let (words, condition) = (words(language), normal(condition));
    words.bars.iter().any(|word| begins(condition.trim(), word, language).is_some())
        || words.refuses.iter().any(|word| condition.contains(word.as_str()))
}

/// A condition without the words that say which way round it is: "your consent" of "only with" and of "without your consent".
pub(crate) fn core<'c>(condition: &'c str, language: &Language) -> &'c str {
    let words = words(language);
    let mut rest = condition.trim();
    while let Some(shorter) = words.opens.iter().find_map(|word| begins(rest, word, language)) {
        rest = shorter;
    }
    while let Some(shorter) = words.closes.iter().find_map(|word| ends(rest, word, language)) {
        rest = shorter;
    }
    if rest.is_empty() { condition } else { rest }
}

/// Whether a condition is the user's consent, of no particular kind.
pub(crate) fn is_plain_consent(condition: &str, language: &Language) -> bool {
    let (words, condition) = (words(language), normal(condition));
    let holds = |list: &[String]| list.iter().any(|word| condition.contains(word.as_str()));
    holds(&words.consent) && !holds(&words.qualifiers)
}

/// Whether words of either language that are read as a condition say that there is none: "under any circumstances".
pub(crate) fn is_no_condition(condition: &str) -> bool {
    let condition = normal(condition);
    let says = |words: &Words| words.whatever.iter().any(|word| condition.contains(word.as_str()));
    says(&WORDS.en) || says(&WORDS.zh)
}

/// Whether a word belongs to one form of a bound practice and means nothing more.
pub(crate) fn is_form(word: &str, language: &Language) -> bool {
    words(language).form.iter().any(|form| form == word)
}

/// Words behind a first one.
fn begins<'w>(words: &'w str, first: &str, language: &Language) -> Option<&'w str> {
    let head = words.get(..first.len()).filter(|head| head.eq_ignore_ascii_case(first))?;
    let rest = words.get(head.len()..)?;
    let whole = *language == Language::Zh || !rest.starts_with(char::is_alphanumeric);
    whole.then(|| rest.trim_start_matches([' ', ',', '，']))
}

/// Words before a last one.
fn ends<'w>(words: &'w str, last: &str, language: &Language) -> Option<&'w str> {
    let rest = words.strip_suffix(last)?;
    let whole = *language == Language::Zh || !rest.ends_with(char::is_alphanumeric);
    whole.then(|| rest.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_in_either_form_have_the_same_words() {
        for (first, second) in [
            ("with your consent", "without your consent"),
            ("only with your explicit consent", "Without first obtaining your explicit consent"),
            ("if you agree", "unless you agree"),
            ("only if required by law", "unless required by law"),
        ] {
            assert_eq!(core(first, &Language::En), core(second, &Language::En), "{first}");
            assert!(bars(second, &Language::En) && !bars(first, &Language::En), "{first}");
        }
        for (first, second) in [
            ("在您同意后", "未经您同意"),
            ("仅在您同意的情况下", "除非您同意"),
            ("征得您的同意后", "在未经您的同意的情况下"),
            ("在法律要求的情况下", "除法律要求外"),
        ] {
            assert_eq!(core(first, &Language::Zh), core(second, &Language::Zh), "{first}");
            assert!(bars(second, &Language::Zh) && !bars(first, &Language::Zh), "{first}");
        }
    }

    #[test]
    fn nothing_but_its_form_is_left_out_of_a_condition() {
        assert_eq!(core("without", &Language::En), "without");
        assert_eq!(core("withdrawal", &Language::En), "withdrawal");
        assert_eq!(core("仅在", &Language::Zh), "仅在");
    }

    #[test]
    fn consent_of_a_particular_kind_is_not_plain() {
        assert!(is_plain_consent("unless you agree", &Language::En));
        assert!(!is_plain_consent("without your explicit consent", &Language::En));
        assert!(!is_plain_consent("if required by law", &Language::En));
        assert!(is_plain_consent("未经您授权", &Language::Zh));
        assert!(!is_plain_consent("取得您的单独同意后", &Language::Zh));
    }
}
