//! The names and ordinary words of a whole document: what a word that came or went is looked up in.

use std::collections::BTreeSet;

use super::{Kind, Lists, Reference, each_word, other, spelt, stem};
use crate::text::{Language, WordMap, WordSet, simplified};

/// What [`super::Content`] holds of names and ordinary words, without order: a document has thousands.
#[derive(Default)]
pub(in crate::diff) struct Stock {
    names: WordSet<String>,
    /// Stems of the names, for a name that lost its capital.
    name_stems: WordSet<String>,
    others: WordSet<String>,
}

impl Stock {
    /// Reads a text from the start of a sentence.
    pub(in crate::diff) fn of(text: &str, language: &Language) -> Stock {
        let text = &*if *language == Language::Zh { simplified(text) } else { text.into() };
        let lists = Lists::for_code(language.code());
        let mut stock = Stock::default();
        let mut known: WordMap<(&str, bool), Reference> = WordMap::default();
        each_word(text, true, |words, start| {
            *known.entry((words, start)).or_insert_with(|| {
                let normal = spelt(words);
                let reference = Reference::of(&normal);
                stock.add(Kind::of(words, &normal, start, language, lists), normal, language);
                reference
            })
        });
        stock
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

    /// Keeps the names that are not in it, as [`super::Content::minus`] does.
    pub(in crate::diff) fn leave_names_out(&self, names: &mut BTreeSet<String>) {
        names.retain(|name| {
            !self.names.contains(name) && !self.others.contains(name) && !self.others.contains(&stem(name))
        });
    }

    /// Keeps the ordinary words that are not in it, as [`super::Content::minus`] does.
    pub(in crate::diff) fn leave_others_out(&self, others: &mut BTreeSet<String>) {
        others.retain(|word| {
            !self.others.contains(word) && !self.names.contains(word) && !self.name_stems.contains(word)
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::words::Content;

    #[test]
    fn a_stock_leaves_out_what_a_content_does() {
        let here =
            "Stripe and Plaid process payments under section 3; our Shields protect you. Paid plans renew.";
        let there = "We send orders to Stripe. Our shield protects the payment of each plan in 3 days.";
        for code in ["en", "fr", "zh"] {
            let language = Language::from(code.to_string());
            let mut content = Content::of(here, &language, true);
            let left = content.minus(&Content::of(there, &language, true));
            let stock = Stock::of(there, &language);
            stock.leave_names_out(&mut content.names);
            stock.leave_others_out(&mut content.others);
            assert_eq!((content.names, content.others), (left.names, left.others), "{code}");
        }
    }
}
