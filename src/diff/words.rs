//! What a change of words can mean apart from roles: names, numbers, negation, degree. Works in any language.

mod stock;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde::Deserialize;

use super::claims::stem;
use crate::text::{Language, TokenKind, WordMap, WordSet, is_han, normal, simplified, tokens};

pub(super) use stock::Stock;

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
    duties: Vec<&'static str>,
    times: Vec<&'static str>,
    particles: &'static str,
    alike: Vec<[&'static str; 2]>,
    references: WordSet<&'static str>,
    reference_joiners: WordSet<&'static str>,
}

/// The words of a language that parts them by blanks.
#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct Spaced {
    function: Vec<&'static str>,
    negation: Vec<&'static str>,
    degree: Vec<&'static str>,
    numbers: Vec<&'static str>,
}

/// Single characters as one string each.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Chinese {
    function: &'static str,
    negation: &'static str,
    numbers: &'static str,
    degree: Vec<&'static str>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static WORDS: LazyLock<Words> =
    LazyLock::new(|| crate::yaml::own_file!("diff/words").expect("words.yaml is right"));

/// Whether words say how long or until when, in any of the languages.
pub(super) fn speaks_of_time(words: &str) -> bool {
    let normal = normal(words);
    WORDS.times.iter().any(|time| normal.contains(time))
}

/// Words that mean the same, with the blanks around them.
static ALIKE: LazyLock<Vec<[String; 2]>> =
    LazyLock::new(|| WORDS.alike.iter().map(|pair| pair.map(|word| format!(" {word} "))).collect());

/// Whether two phrases are the same but for their particles, or for particles that mean the same.
pub(super) fn differ_in_particles(a: &str, b: &str) -> bool {
    let bare = |words: &str| {
        let mut padded = format!(" {} ", normal(words));
        for [from, to] in &*ALIKE {
            if padded.contains(from.as_str()) {
                padded = padded.replace(from, to);
            }
        }
        padded.trim().chars().filter(|c| !WORDS.particles.contains(*c)).collect::<String>()
    };
    bare(a) == bare(b)
}

/// What the lists say of a word.
#[derive(Clone, Copy, Debug, Default)]
struct Listed {
    number: bool,
    negation: bool,
    degree: bool,
    function: bool,
}

/// The lists of a language as one. English words count in every language.
struct Lists(WordMap<&'static str, Listed>);

static EN: LazyLock<Lists> = LazyLock::new(|| Lists::of(&[&WORDS.en]));
static FR: LazyLock<Lists> = LazyLock::new(|| Lists::of(&[&WORDS.fr, &WORDS.en]));
static DE: LazyLock<Lists> = LazyLock::new(|| Lists::of(&[&WORDS.de, &WORDS.en]));
/// Of languages that have no list, and of short texts whose language is mistaken.
static ANY: LazyLock<Lists> = LazyLock::new(|| Lists::of(&[&WORDS.fr, &WORDS.de, &WORDS.en]));

impl Lists {
    fn of(languages: &[&'static Spaced]) -> Lists {
        let mut kinds: WordMap<&str, Listed> = WordMap::default();
        for words in languages {
            words.numbers.iter().for_each(|w| kinds.entry(w).or_default().number = true);
            words.negation.iter().for_each(|w| kinds.entry(w).or_default().negation = true);
            words.degree.iter().for_each(|w| kinds.entry(w).or_default().degree = true);
            words.function.iter().for_each(|w| kinds.entry(w).or_default().function = true);
        }
        Lists(kinds)
    }

    fn for_code(code: &str) -> &'static Lists {
        match code {
            "fr" => &FR,
            "de" => &DE,
            "en" | "zh" => &EN,
            _ => &ANY,
        }
    }

    fn kinds(&self, word: &str) -> Listed {
        self.0.get(word).copied().unwrap_or_default()
    }
}

/// What a word can mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Contact,
    Negation,
    Degree,
    Function,
    Name,
    Other,
}

impl Kind {
    /// The kind of a word. `start` tells whether it begins a sentence.
    fn of(words: &str, normal: &str, start: bool, language: &Language, lists: &Lists) -> Kind {
        let first = words.chars().next().unwrap_or(' ');
        if *language == Language::Zh && is_han(first) {
            return if WORDS.zh.negation.contains(first) {
                Kind::Negation
            } else if WORDS.zh.numbers.contains(first) {
                Kind::Number
            } else if WORDS.zh.function.contains(first) {
                Kind::Function
            } else {
                Kind::Other
            };
        }
        let listed = lists.kinds(normal);
        if normal.contains('@') && normal.contains('.') {
            Kind::Contact
        } else if first.is_ascii_digit() || listed.number {
            Kind::Number
        } else if listed.negation {
            Kind::Negation
        } else if listed.degree {
            Kind::Degree
        } else if listed.function || normal.is_empty() {
            Kind::Function
        } else if first.is_uppercase()
            && (!start && language.code() != "de" || words.chars().skip(1).any(char::is_uppercase))
        {
            // German writes every noun with a capital: there only one within a word makes a name.
            Kind::Name
        } else {
            Kind::Other
        }
    }
}

/// A word in normal form, however it is spelt: "ausschließlich" is also written with ss.
fn spelt(words: &str) -> String {
    if words.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return words.to_string();
    }
    let normal = normal(words);
    if normal.contains('ß') { normal.replace('ß', "ss") } else { without_elision(normal) }
}

/// A French word without what is drawn to it: "n'utilisons", "d'accès".
fn without_elision(normal: String) -> String {
    const DRAWN: [&str; 9] = ["n", "l", "d", "s", "c", "j", "m", "t", "qu"];
    match normal.split_once('\'') {
        Some((drawn, word)) if DRAWN.contains(&drawn) && word.chars().count() > 2 => word.to_string(),
        _ => normal,
    }
}

/// An ordinary word as it is compared.
fn other(normal: String, language: &Language) -> String {
    if *language == Language::En { stem(&normal) } else { normal }
}

/// How a word takes part in references: "as section 3 says" counts nothing.
#[derive(Clone, Copy, Debug)]
struct Reference {
    refers: bool,
    joins: bool,
}

impl Reference {
    fn of(normal: &str) -> Reference {
        Reference {
            refers: WORDS.references.contains(&normal),
            joins: WORDS.reference_joiners.contains(&normal),
        }
    }
}

/// Gives each word of a text, the numbers of references left out, with whether it begins a sentence.
fn each_word<'t>(text: &'t str, opens: bool, mut read: impl FnMut(&'t str, bool) -> Reference) {
    let mut sentence_start = opens;
    let mut referring = false;
    for token in tokens(text) {
        let words = token.span.of(text);
        match token.kind {
            TokenKind::Space => continue,
            TokenKind::Mark => {
                sentence_start |= matches!(words, "." | "!" | "?" | "。" | "：" | ":");
                continue;
            }
            TokenKind::Word => {}
        }
        let start = std::mem::replace(&mut sentence_start, false);
        if referring && first_is_number(words) {
            continue;
        }
        let reference = read(words, start);
        referring = reference.refers || referring && reference.joins;
    }
}

/// The texts in which each ordinary word and each name stands, by their places in a list.
#[derive(Default)]
pub(super) struct Index {
    words: WordMap<String, usize>,
    /// For each word, in order.
    places: Vec<Vec<usize>>,
}

impl Index {
    /// Reads texts, each from the start of a sentence.
    pub(super) fn of<'t>(texts: impl Iterator<Item = &'t str>, language: &Language) -> Index {
        let lists = Lists::for_code(language.code());
        let mut index = Index::default();
        let mut known: WordMap<(&str, bool), (Reference, Option<usize>)> = WordMap::default();
        for (place, text) in texts.enumerate() {
            each_word(text, true, |words, start| {
                let (reference, word) = *known.entry((words, start)).or_insert_with(|| {
                    let normal = spelt(words);
                    let reference = Reference::of(&normal);
                    let word = match Kind::of(words, &normal, start, language, lists) {
                        Kind::Name => Some(stem(&normal)),
                        Kind::Other => Some(other(normal, language)),
                        _ => None,
                    };
                    (reference, word.map(|word| index.word(word)))
                });
                if let Some(places) = word.and_then(|word| index.places.get_mut(word))
                    && places.last() != Some(&place)
                {
                    places.push(place);
                }
                reference
            });
        }
        index
    }

    fn word(&mut self, word: String) -> usize {
        let next = self.places.len();
        let at = *self.words.entry(word).or_insert(next);
        if at == next {
            self.places.push(Vec::new());
        }
        at
    }

    /// Where a word stands.
    pub(super) fn places(&self, word: &str) -> &[usize] {
        self.words.get(word).and_then(|at| self.places.get(*at)).map_or(&[], Vec::as_slice)
    }
}

fn first_is_number(words: &str) -> bool {
    words.starts_with(|c: char| c.is_ascii_digit() || WORDS.zh.numbers.contains(c))
}

impl Content {
    /// Reads a text. `opens` tells whether it begins at the start of a sentence.
    pub(super) fn of(text: &str, language: &Language, opens: bool) -> Content {
        let zh = *language == Language::Zh;
        let text = &*if zh { simplified(text) } else { text.into() };
        let lists = Lists::for_code(language.code());
        let mut content = Content::default();
        let mut known: WordMap<(&str, bool), Reference> = WordMap::default(); // words come again and again
        each_word(text, opens, |words, start| {
            *known.entry((words, start)).or_insert_with(|| {
                let normal = spelt(words);
                let reference = Reference::of(&normal);
                content.add(Kind::of(words, &normal, start, language, lists), normal, language);
                reference
            })
        });
        if zh {
            let normal = normal(text);
            content
                .degrees
                .extend(WORDS.zh.degree.iter().filter(|w| normal.contains(**w)).map(ToString::to_string));
        }
        content
    }

    fn add(&mut self, kind: Kind, normal: String, language: &Language) {
        match kind {
            Kind::Number => self.numbers.insert(normal),
            Kind::Contact => self.contacts.insert(normal),
            Kind::Negation => self.negations.insert(normal),
            Kind::Degree => self.degrees.insert(normal),
            Kind::Function => false,
            Kind::Name => {
                self.name_stems.insert(stem(&normal));
                self.names.insert(normal)
            }
            Kind::Other => self.others.insert(other(normal, language)),
        };
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

    /// Keeps only those names and numbers that are such in the whole sentence too. A word that has its capital from
    /// beginning the sentence is an ordinary one.
    pub(super) fn keep_as_read_in(&mut self, sentence: &Content, language: &Language) {
        let (names, words) =
            std::mem::take(&mut self.names).into_iter().partition(|name| sentence.names.contains(name));
        self.names = names;
        let words = BTreeSet::into_iter(words).map(|word| other(word, language));
        self.others.extend(words.filter(|word| sentence.others.contains(word)));
        self.numbers.retain(|number| sentence.numbers.contains(number));
    }

    /// Whether it says that something must or must not be.
    pub(super) fn obliges(&self) -> bool {
        self.degrees.iter().any(|word| WORDS.duties.contains(&word.as_str()))
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
        let fr = Language::from("fr".to_string());
        let fr = Content::of("Nous n'utilisons pas l'adresse", &fr, true);
        assert!(
            fr.negations.contains("pas") && fr.others.contains("utilisons") && fr.others.contains("adresse")
        );
        let de = Language::from("de".to_string());
        let de = Content::of("sieben Jahre, nur mit Ihrer Einwilligung", &de, false);
        assert!(de.numbers.contains("sieben") && de.degrees.contains("einwilligung"));
        let de = Content::of("an die Firma Hammerpost AG", &Language::from("de".to_string()), false);
        assert!(de.names.contains("ag") && !de.names.contains("firma"));
    }

    #[test]
    fn particles_make_no_other_condition() {
        for (a, b) in [
            ("whenever you visit us", "When you visit us"),
            ("for as long as necessary to help you", "as long as needed to help you"),
            ("在您注册时", "当您注册时"),
        ] {
            assert!(differ_in_particles(a, b), "{a}");
        }
        assert!(!differ_in_particles("if you opt in", "unless you opt out"));
        assert!(!differ_in_particles("未经您同意", "经您同意"));
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
