//! The names and ordinary words of a whole document: what a word that came or went is looked up in.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use super::{Kind, Lists, Reference, each_word, other, spelt, stem};
use crate::text::{Language, WordMap, WordSet, normal, simplified};

/// So many words are first looked for as letters.
const FEW: usize = 8;

/// The names and ordinary words of a text, each part made when it is first needed.
pub(in crate::diff) struct Stock<'t> {
    text: &'t str,
    language: &'t Language,
    letters: OnceLock<String>,
    words: OnceLock<Words>,
}

impl<'t> Stock<'t> {
    /// Of a text that begins with a sentence.
    pub(in crate::diff) fn of(text: &'t str, language: &'t Language) -> Stock<'t> {
        Stock { text, language, letters: OnceLock::new(), words: OnceLock::new() }
    }

    /// Keeps the names that are not in it, as [`super::Content::minus`] does.
    pub(in crate::diff) fn leave_names_out(&self, names: &mut BTreeSet<String>) {
        if !self.lacks(names) {
            let words = self.words();
            names.retain(|name| !words.hold_name(name));
        }
    }

    /// Keeps the ordinary words that are not in it, as [`super::Content::minus`] does.
    pub(in crate::diff) fn leave_others_out(&self, others: &mut BTreeSet<String>) {
        if !self.lacks(others) {
            let words = self.words();
            others.retain(|word| !words.hold_other(word));
        }
    }

    fn words(&self) -> &Words {
        self.words.get_or_init(|| Words::of(self.text, self.language))
    }

    /// Cheap to ask before all words are read: whether none of a few words stands in the text even as letters.
    fn lacks(&self, words: &BTreeSet<String>) -> bool {
        let letters = || self.letters.get_or_init(|| letters(self.text));
        words.is_empty()
            || self.words.get().is_none()
                && words.len() <= FEW
                && words.iter().all(|word| !letters().contains(root(&stem(word))))
    }
}

/// A text in normal form, spelt as words are.
fn letters(text: &str) -> String {
    let normal = normal(text);
    if normal.contains('ß') { normal.replace('ß', "ss") } else { normal }
}

/// The letters with which every word begins that has this stem.
fn root(stem: &str) -> &str {
    stem.strip_suffix('y').unwrap_or(stem) // of "ies"
}

/// What [`super::Content`] holds of names and ordinary words, without order: a document has thousands.
#[derive(Default)]
struct Words {
    names: WordSet<String>,
    /// Stems of the names, for a name that lost its capital.
    name_stems: WordSet<String>,
    others: WordSet<String>,
}

impl Words {
    /// Reads a text from the start of a sentence.
    fn of(text: &str, language: &Language) -> Words {
        let text = &*if *language == Language::Zh { simplified(text) } else { text.into() };
        let lists = Lists::for_code(language.code());
        let mut all = Words::default();
        let mut known: WordMap<(&str, bool), Reference> = WordMap::default();
        each_word(text, true, |words, start| {
            *known.entry((words, start)).or_insert_with(|| {
                let normal = spelt(words);
                let reference = Reference::of(&normal);
                all.add(Kind::of(words, &normal, start, language, lists), normal, language);
                reference
            })
        });
        all
    }

    fn add(&mut self, kind: Kind, normal: String, language: &Language) {
        match kind {
            Kind::Name => {
                self.name_stems.insert(stem(&normal));
                self.names.insert(normal);
            }
            Kind::Other => {
                self.others.insert(other(normal, language));
            }
            Kind::Number | Kind::Contact | Kind::Negation | Kind::Degree | Kind::Function => {}
        }
    }

    fn hold_name(&self, name: &str) -> bool {
        self.names.contains(name) || self.others.contains(name) || self.others.contains(&stem(name))
    }

    fn hold_other(&self, word: &str) -> bool {
        self.others.contains(word) || self.names.contains(word) || self.name_stems.contains(word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::words::Content;

    const HERE: &str = "Stripe and Plaid process payments under section 3; our Shields protect you. Paid plans renew. \
        A company, Straßer, tries others; l'accès d'Aline, 我们蒐集资讯";
    const THERE: &str = "We send orders to Stripe. Our shield protects the payment of each plan in 3 days. \
        Companies like Strasser try: accès Aline, 收集資訊";

    /// What is left of some words, asked for at once or one by one.
    fn left(words: &BTreeSet<String>, leave_out: impl Fn(&mut BTreeSet<String>)) -> [BTreeSet<String>; 2] {
        let mut at_once = words.clone();
        leave_out(&mut at_once);
        let one_by_one = words.iter().filter(|word| {
            let mut one = BTreeSet::from([(*word).clone()]);
            leave_out(&mut one);
            !one.is_empty()
        });
        [at_once, one_by_one.cloned().collect()]
    }

    #[test]
    fn a_stock_leaves_out_what_a_content_does() {
        let pairs = [(HERE, THERE), (THERE, HERE)];
        for (code, (here, there)) in ["en", "fr", "zh", "de"].into_iter().flat_map(|c| pairs.map(|p| (c, p)))
        {
            let language = Language::from(code.to_string());
            let stock = || Stock::of(there, &language);
            let content = Content::of(here, &language, true);
            let expected = content.minus(&Content::of(there, &language, true));
            for names in left(&content.names, |names| stock().leave_names_out(names)) {
                assert_eq!(names, expected.names, "{code}");
            }
            for others in left(&content.others, |others| stock().leave_others_out(others)) {
                assert_eq!(others, expected.others, "{code}");
            }
        }
    }
}
