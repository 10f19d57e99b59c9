//! What a change of words can mean apart from roles: names, numbers, negation, degree. Works in any language.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::claims::stem;
use crate::text::{Language, TokenKind, is_han, normalize, simplified, tokenize};

/// Words of a text that can carry meaning of their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Content {
    /// Numbers, in digits or words.
    pub numbers: BTreeSet<String>,
    /// E-mail addresses and telephone-like numbers.
    pub contacts: BTreeSet<String>,
    /// Names: capitalised words that do not begin a sentence, and Latin words inside Chinese.
    pub names: BTreeSet<String>,
    /// Stems of the names, for a name that lost its capital.
    name_stems: BTreeSet<String>,
    /// Negations.
    pub negations: BTreeSet<String>,
    /// Words of degree and modality: all, most, may, only, 可能, 部分 …
    pub degrees: BTreeSet<String>,
    /// All other words that are not function words, stemmed; Han characters one by one.
    pub others: BTreeSet<String>,
}

/// The words of `words.yaml`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Words {
    en: Spaced,
    fr: Spaced,
    de: Spaced,
    zh: Chinese,
    references: BTreeSet<String>,
    reference_joiners: BTreeSet<String>,
}

/// The words of a language that parts them by blanks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Spaced {
    function: BTreeSet<String>,
    negation: BTreeSet<String>,
    degree: BTreeSet<String>,
    numbers: BTreeSet<String>,
}

/// Single characters as one string each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chinese {
    function: String,
    negation: String,
    numbers: String,
    degree: BTreeSet<String>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static WORDS: LazyLock<Words> = LazyLock::new(|| {
    crate::yaml::parse("words.yaml", include_str!("words.yaml")).expect("words.yaml is right")
});

impl Words {
    /// Whether a word is in a list of its language. English words count in every language.
    fn hold(&self, word: &str, code: &str, list: fn(&Spaced) -> &BTreeSet<String>) -> bool {
        let own = match code {
            "fr" => list(&self.fr).contains(word),
            "de" => list(&self.de).contains(word),
            _ => false,
        };
        own || list(&self.en).contains(word)
    }
}

fn first_is_number(words: &str) -> bool {
    words.starts_with(|c: char| c.is_ascii_digit() || WORDS.zh.numbers.contains(c))
}

impl Content {
    /// Reads a text. `opens` tells whether it begins at the start of a sentence.
    pub(super) fn of(text: &str, language: &Language, opens: bool) -> Content {
        let zh = *language == Language::Zh;
        let code = language.code();
        let text = &*if zh { simplified(text) } else { text.into() };
        let mut content = Content::default();
        let mut sentence_start = opens;
        let mut referring = false;
        for token in tokenize(text) {
            let words = token.span.of(text);
            match token.kind {
                TokenKind::Space => continue,
                TokenKind::Mark => {
                    sentence_start |= matches!(words, "." | "!" | "?" | "。" | "：" | ":");
                    continue;
                }
                TokenKind::Word => {}
            }
            let normal = normalize(words).text;
            let start = std::mem::replace(&mut sentence_start, false);
            // "as section 3 says" refers; it counts nothing.
            if referring && first_is_number(words) {
                continue;
            }
            referring = WORDS.references.contains(&normal)
                || (referring && WORDS.reference_joiners.contains(&normal));
            let first = words.chars().next().unwrap_or(' ');
            if zh && is_han(first) {
                if WORDS.zh.negation.contains(first) {
                    content.negations.insert(normal);
                } else if WORDS.zh.numbers.contains(first) {
                    content.numbers.insert(normal);
                } else if !WORDS.zh.function.contains(first) {
                    content.others.insert(normal);
                }
            } else if normal.contains('@') && normal.contains('.') {
                content.contacts.insert(normal);
            } else if first.is_ascii_digit() || WORDS.hold(&normal, code, |w| &w.numbers) {
                content.numbers.insert(normal);
            } else if WORDS.hold(&normal, code, |w| &w.negation) {
                content.negations.insert(normal);
            } else if WORDS.hold(&normal, code, |w| &w.degree) {
                content.degrees.insert(normal);
            } else if WORDS.hold(&normal, code, |w| &w.function) || normal.is_empty() {
            } else if first.is_uppercase()
                && (!start && code != "de" || words.chars().skip(1).any(char::is_uppercase))
            {
                // German writes every noun with a capital: there only one within a word makes a name.
                content.name_stems.insert(stem(&normal));
                content.names.insert(normal);
            } else {
                content.others.insert(if language.is_read() && !zh { stem(&normal) } else { normal });
            }
        }
        if zh {
            let normal = normalize(text).text;
            content.degrees.extend(WORDS.zh.degree.iter().filter(|w| normal.contains(w.as_str())).cloned());
        }
        content
    }

    /// What of this is not in `other`.
    pub(super) fn minus(&self, other: &Content) -> Content {
        let sub = |a: &BTreeSet<String>, b: &BTreeSet<String>| a.difference(b).cloned().collect();
        Content {
            numbers: sub(&self.numbers, &other.numbers),
            contacts: sub(&self.contacts, &other.contacts),
            // A name that only lost its capital is no new name.
            names: self
                .names
                .iter()
                .filter(|n| {
                    !other.names.contains(*n)
                        && !other.others.contains(&stem(n))
                        && !other.others.contains(*n)
                })
                .cloned()
                .collect(),
            name_stems: BTreeSet::new(),
            negations: sub(&self.negations, &other.negations),
            degrees: sub(&self.degrees, &other.degrees),
            others: self
                .others
                .iter()
                .filter(|w| {
                    !other.others.contains(*w) && !other.names.contains(*w) && !other.name_stems.contains(*w)
                })
                .cloned()
                .collect(),
        }
    }

    /// Keeps only those names and numbers that are such in the whole sentence too.
    pub(super) fn keep_as_read_in(&mut self, sentence: &Content) {
        self.names.retain(|name| sentence.names.contains(name));
        self.numbers.retain(|number| sentence.numbers.contains(number));
    }

    /// Whether nothing in it can change what is meant.
    pub(super) fn is_empty(&self) -> bool {
        self.is_plain() && self.others.is_empty()
    }

    /// How many words its ordinary words come to: two Han characters are one word.
    pub(super) fn worded(&self) -> usize {
        let han = self.others.iter().filter(|w| w.chars().all(is_han)).count();
        self.others.len() - han + han.div_ceil(2)
    }

    /// Whether it holds nothing but ordinary words.
    pub(super) fn is_plain(&self) -> bool {
        self.numbers.is_empty()
            && self.contacts.is_empty()
            && self.names.is_empty()
            && self.negations.is_empty()
            && self.degrees.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_numbers_and_negations_are_told_apart() {
        let c = Content::of("We do not send data to Stripe for 30 days.", &Language::En, true);
        assert!(c.names.contains("stripe") && c.numbers.contains("30") && c.negations.contains("not"));
        assert!(!c.names.contains("we"));
    }

    #[test]
    fn french_and_german_are_read_for_numbers_negation_and_consent() {
        let fr = Language::from("fr".to_string());
        let fr = Content::of("pendant sept ans, sans votre consentement", &fr, false);
        assert!(fr.numbers.contains("sept") && fr.negations.contains("sans"));
        assert!(fr.degrees.contains("consentement") && !fr.others.contains("votre"));
        let de = Language::from("de".to_string());
        let de = Content::of("sieben Jahre, nur mit Ihrer Einwilligung", &de, false);
        assert!(de.numbers.contains("sieben") && de.degrees.contains("einwilligung"));
        let de = Content::of("an die Firma Hammerpost AG", &Language::from("de".to_string()), false);
        assert!(de.names.contains("ag") && !de.names.contains("firma"));
    }

    #[test]
    fn a_capital_is_no_new_name() {
        let old = Content::of("our privacy shield", &Language::En, false);
        let new = Content::of("our Privacy Shield", &Language::En, false);
        assert!(new.minus(&old).is_empty());
    }

    #[test]
    fn chinese_keeps_numbers_and_latin_names() {
        let c = Content::of("我们会向Stripe提供信息并保存90天。", &Language::Zh, true);
        assert!(c.names.contains("stripe") && c.numbers.contains("90"));
    }
}
