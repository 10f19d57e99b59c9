//! Checklist files: YAML to matters and items whose concepts, matters and sentences hold.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::cue::Cues;
use super::find::find;
use super::{Checklist, Item};
use crate::document::Document;
use crate::error::{Error, Result};
use crate::ingest::{self, InputFormat};
use crate::practice::{Category, Polarity, PracticeSet};
use crate::vocabulary::{Labels, Vocabulary};
use crate::yaml::{self, Step};

/// Something that policies say, and how it is told.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Matter {
    pub id: String,
    pub when: Vec<Clause>,
    /// Sentences that tell it.
    #[serde(rename = "match")]
    pub matches: Vec<String>,
    /// Sentences near it that do not.
    #[serde(rename = "reject")]
    pub rejects: Vec<String>,
}

/// What must hold of one sentence, all of it; what is not given holds.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Clause {
    /// Everything that tells this matter; then nothing else is given.
    pub matter: Option<String>,
    /// One of these words stands in the sentence, if only in part.
    pub words: Cues,
    /// And one of these, there or in what leads in to it.
    pub with: Cues,
    /// And none of these.
    pub not: Cues,
    /// One of these stands in the title of its section, or of one around it.
    pub under: Cues,
    /// The sentence is about one of these.
    pub categories: Vec<Category>,
    /// It names one of these concepts, or a kind of one.
    pub concepts: Vec<String>,
    /// It names sensitive data.
    pub sensitive: bool,
    /// It shows an address, a number or a date.
    pub shows: Vec<Shown>,
    /// It states a period.
    pub duration: bool,
    /// A practice read from it is stated, or ruled out.
    pub polarity: Option<Polarity>,
    /// The same practice has one of these as its action,
    pub actions: Vec<String>,
    /// its data; `data` alone stands for any,
    pub data: Vec<String>,
    /// its recipients,
    pub recipients: Vec<String>,
    /// its sources,
    pub sources: Vec<String>,
    /// its purposes,
    pub purposes: Vec<String>,
    /// its conditions,
    pub conditions: Vec<String>,
    /// how long it keeps them.
    pub retention: Vec<String>,
}

/// What can be seen in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Shown {
    Email,
    Phone,
    Web,
    Date,
}

impl Clause {
    /// Whether it asks for something that only a practice has.
    pub fn asks_practice(&self) -> bool {
        self.polarity.is_some() || self.slots().iter().any(|(_, ids)| !ids.is_empty())
    }

    fn slots(&self) -> [(&'static str, &[String]); 7] {
        [
            ("actions", &self.actions),
            ("data", &self.data),
            ("recipients", &self.recipients),
            ("sources", &self.sources),
            ("purposes", &self.purposes),
            ("conditions", &self.conditions),
            ("retention", &self.retention),
        ]
    }

    /// Whether it asks for nothing that a sentence could have or lack.
    fn is_empty(&self) -> bool {
        let cues = [&self.words, &self.with].iter().all(|cues| cues.is_empty());
        let seen = self.concepts.is_empty() && !self.sensitive && self.shows.is_empty() && !self.duration;
        self.matter.is_none() && cues && seen && !self.asks_practice()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    id: String,
    title: Labels,
    #[serde(default)]
    source: Labels,
    items: Vec<ItemEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemEntry {
    id: String,
    #[serde(default)]
    law: Labels,
    asks: Labels,
    when: Vec<Clause>,
    #[serde(default, rename = "match")]
    matches: Vec<String>,
    #[serde(default, rename = "reject")]
    rejects: Vec<String>,
}

/// Where a mistake is, what it is, and what would be right.
struct Fault<'a> {
    path: Vec<Step<'a>>,
    what: String,
    expected: String,
}

impl Fault<'_> {
    fn error(self, name: &str, text: &str) -> Error {
        let (line, column) = yaml::locate(text, &self.path);
        let entry = format!("{}: ", yaml::path_name(&self.path));
        Error::Yaml { name: name.into(), line, column, entry, what: self.what, expected: self.expected }
    }
}

/// Reads what can be told of policies.
pub(super) fn matters(name: &str, yaml: &str, vocabulary: &Vocabulary) -> Result<Vec<Matter>> {
    let matters: Vec<Matter> = yaml::parse(name, yaml)?;
    let mut ids = BTreeSet::new();
    for (i, matter) in matters.iter().enumerate() {
        let path = vec![Step::Item(i)];
        let fault = unique(&mut ids, &matter.id, &path)
            .or_else(|| clauses(&matter.when, &path, &[], vocabulary))
            .or_else(|| {
                let without = matter.matches.is_empty() || matter.rejects.is_empty();
                let (what, expected) = ("no sentences".into(), "sentences under `match` and `reject`".into());
                without.then_some(Fault { path, what, expected })
            });
        if let Some(fault) = fault {
            return Err(fault.error(name, yaml));
        }
    }
    Ok(matters)
}

/// Reads a list whose items may name matters.
pub(super) fn checklist(
    name: &str,
    yaml: &str,
    matters: &[Matter],
    vocabulary: &Vocabulary,
) -> Result<Checklist> {
    let file: File = yaml::parse(name, yaml)?;
    let mut ids = BTreeSet::new();
    if file.items.is_empty() {
        let path = vec![Step::Key("items")];
        let expected = "at least one item".into();
        return Err(Fault { path, what: "no items".into(), expected }.error(name, yaml));
    }
    for (i, item) in file.items.iter().enumerate() {
        let path = vec![Step::Key("items"), Step::Item(i)];
        let fault = unique(&mut ids, &item.id, &path)
            .or_else(|| labelled(&item.asks, &path))
            .or_else(|| clauses(&item.when, &path, matters, vocabulary));
        if let Some(fault) = fault {
            return Err(fault.error(name, yaml));
        }
    }
    let items = file
        .items
        .into_iter()
        .map(|item| Item { id: item.id, law: item.law, asks: item.asks, clauses: item.when })
        .collect();
    Ok(Checklist { id: file.id, title: file.title, source: file.source, items })
}

/// The first sentence of a user's file that does not do what the file says it does.
pub(super) fn failing_sentence(
    name: &str,
    yaml: &str,
    list: &Checklist,
    vocabulary: &Vocabulary,
) -> Result<Option<Error>> {
    let file: File = yaml::parse(name, yaml)?;
    for (i, (entry, item)) in file.items.iter().zip(&list.items).enumerate() {
        for (key, sentences, wanted) in [("match", &entry.matches, true), ("reject", &entry.rejects, false)] {
            for (k, sentence) in sentences.iter().enumerate() {
                if tells(&item.clauses, sentence, vocabulary)? != wanted {
                    let path = vec![Step::Key("items"), Step::Item(i), Step::Key(key), Step::Item(k)];
                    let (what, expected) = if wanted {
                        ("the item is not found in this sentence", "a sentence that `when` fits")
                    } else {
                        ("the item is found in this sentence", "a sentence that `when` does not fit")
                    };
                    let fault = Fault { path, what: what.into(), expected: expected.into() };
                    return Ok(Some(fault.error(name, yaml)));
                }
            }
        }
    }
    Ok(None)
}

/// Whether a policy of nothing but some lines tells any of the clauses.
pub(super) fn tells(clauses: &[Clause], lines: &str, vocabulary: &Vocabulary) -> Result<bool> {
    let source = ingest::read("sentence.md", lines.as_bytes(), InputFormat::Auto)?;
    let set = PracticeSet::from_document(Document::new("sentence.md", source), vocabulary);
    Ok(!find(clauses, &super::MATTERS, &set, vocabulary).evidence.is_empty())
}

fn unique<'a>(ids: &mut BTreeSet<String>, id: &str, path: &[Step<'a>]) -> Option<Fault<'a>> {
    let here = [path, &[Step::Key("id")]].concat();
    if id.trim().is_empty() {
        return Some(Fault { path: here, what: "empty id".into(), expected: "a short name".into() });
    }
    let fresh = ids.insert(id.to_string());
    let what = format!("the id `{id}` stands twice");
    (!fresh).then(|| Fault { path: here, what, expected: "another id".into() })
}

fn labelled<'a>(labels: &Labels, path: &[Step<'a>]) -> Option<Fault<'a>> {
    (labels.en.is_empty() && labels.zh.is_empty()).then(|| Fault {
        path: [path, &[Step::Key("asks")]].concat(),
        what: "says nothing".into(),
        expected: "what is asked for, in `en` or `zh` or both".into(),
    })
}

/// The first clause that is wrong.
fn clauses<'a>(
    when: &[Clause],
    path: &[Step<'a>],
    matters: &[Matter],
    vocabulary: &Vocabulary,
) -> Option<Fault<'a>> {
    let place = |steps: &[Step<'a>]| [path, &[Step::Key("when")], steps].concat();
    if when.is_empty() {
        let expected = "at least one entry that says how the item is told".into();
        return Some(Fault { path: place(&[]), what: "nothing is looked for".into(), expected });
    }
    for (i, clause) in when.iter().enumerate() {
        if let Some(id) = &clause.matter
            && !matters.iter().any(|m| m.id == *id)
        {
            let names: Vec<&str> = matters.iter().map(|m| m.id.as_str()).collect();
            return Some(Fault {
                path: place(&[Step::Item(i), Step::Key("matter")]),
                what: format!("unknown matter `{id}`"),
                expected: format!("one of {}", names.join(", ")),
            });
        }
        if clause.is_empty() {
            return Some(Fault {
                path: place(&[Step::Item(i)]),
                what: "asks for nothing that a sentence could have".into(),
                expected: "`words`, `concepts`, `data` or another key that finds something".into(),
            });
        }
        for (key, ids) in clause.slots().into_iter().chain([("concepts", clause.concepts.as_slice())]) {
            for (k, id) in ids.iter().enumerate() {
                if vocabulary.get(id).is_none() {
                    return Some(Fault {
                        path: place(&[Step::Item(i), Step::Key(key), Step::Item(k)]),
                        what: format!("unknown concept `{id}`"),
                        expected: "an id that `polidiff vocabulary list` prints".into(),
                    });
                }
            }
        }
    }
    None
}
