//! Disclosure checklists: what a law or a firm wants a policy to say, looked for in a practice set.
//!
//! `matters.yaml` says by which words, concepts and practices each matter is told; the files of `lists/` say which law
//! asks for which matter. What comes out is what was found, with its sentences: no verdict on whether it is enough.

mod cue;
mod file;
mod find;

use std::sync::LazyLock;

use crate::error::{Error, Result};
use crate::practice::PracticeSet;
use crate::text::Span;
use crate::vocabulary::{Labels, Vocabulary};

use file::{Clause, Matter};

/// Items that are looked for in policies.
#[derive(Clone, Debug)]
pub struct Checklist {
    /// Short name, such as "gdpr".
    pub id: String,
    /// What it is called.
    pub title: Labels,
    /// Where its items come from.
    pub source: Labels,
    /// What is looked for, in order.
    pub items: Vec<Item>,
}

/// Something that a policy is to say.
#[derive(Clone, Debug)]
pub struct Item {
    /// Unique in its list.
    pub id: String,
    /// Where the law or the firm asks for it, such as "Art. 13(1)(a)".
    pub law: Labels,
    /// What is asked for, in a few words.
    pub asks: Labels,
    /// Any of these tells it.
    clauses: Vec<Clause>,
}

/// What was found of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Finding {
    /// Sentences that tell it, in document order; empty where none was found.
    pub evidence: Vec<Evidence>,
}

/// A sentence that tells an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Index of the sentence.
    pub sentence: usize,
    /// The words by which it was found; empty where no words alone decided.
    pub words: Span,
    /// Whether the sentence says that something does not happen.
    pub negated: bool,
}

/// The lists that polidiff comes with; a test compares them with the folder.
const LISTS: [(&str, &str); 4] = [
    ("pipl", include_str!("lists/pipl.yaml")),
    ("gbt35273", include_str!("lists/gbt35273.yaml")),
    ("gdpr", include_str!("lists/gdpr.yaml")),
    ("ccpa", include_str!("lists/ccpa.yaml")),
];

#[allow(clippy::expect_used)] // our own files, read in a test
static MATTERS: LazyLock<Vec<Matter>> = LazyLock::new(|| {
    file::matters("matters.yaml", include_str!("matters.yaml"), Vocabulary::builtin())
        .expect("matters.yaml is right")
});

#[allow(clippy::expect_used)] // our own files, read in a test
static BUILTIN: LazyLock<Vec<Checklist>> = LazyLock::new(|| {
    LISTS
        .iter()
        .map(|(name, yaml)| {
            file::checklist(name, yaml, &MATTERS, Vocabulary::builtin()).expect("built-in lists are right")
        })
        .collect()
});

impl Checklist {
    /// The lists that polidiff comes with.
    pub fn builtin() -> &'static [Checklist] {
        &BUILTIN
    }

    /// The built-in list of a name.
    pub fn named(name: &str) -> Option<&'static Checklist> {
        BUILTIN.iter().find(|list| list.id == name)
    }

    /// Reads a list of one's own. Its sentences under `match` and `reject` are tried, so that an item that finds too
    /// little or too much is told before it is used.
    pub fn read(name: &str, yaml: &str, vocabulary: &Vocabulary) -> Result<Checklist> {
        let list = file::checklist(name, yaml, &MATTERS, vocabulary)?;
        match file::failing_sentence(name, yaml, &list, vocabulary)? {
            Some(error) => Err(error),
            None => Ok(list),
        }
    }

    /// What a policy says of each item, in the order of the items.
    pub fn check(&self, set: &PracticeSet, vocabulary: &Vocabulary) -> Vec<Finding> {
        self.items.iter().map(|item| find::find(&item.clauses, &MATTERS, set, vocabulary)).collect()
    }
}

/// The built-in list of a name, or an error that names those there are.
pub fn builtin_named(name: &str) -> Result<&'static Checklist> {
    Checklist::named(name).ok_or_else(|| Error::Usage {
        what: format!("there is no checklist “{name}”"),
        remedy: format!("one of {}, or a file that ends in .yaml", names().join(", ")),
    })
}

/// Names of the built-in lists, in order.
pub fn names() -> Vec<&'static str> {
    LISTS.iter().map(|(name, _)| *name).collect()
}

#[cfg(test)]
mod tests;
