//! What is wrong with a vocabulary: what its files tell at once, and the sentences of its entries put to the test.

use super::overlay::{Fault, Field, full_entries, term_faults};
use super::{Concept, Kind, Terms, Vocabulary, Words};
use crate::error::Error;
use crate::text::Language;

/// Every fault, with its place.
pub(super) fn problems(vocabulary: &Vocabulary) -> Vec<Error> {
    let sources = vocabulary.sources();
    let mut faults = sources.faults.clone();
    faults.extend(term_faults(&sources.files));
    for (file, f) in sources.files.iter().enumerate() {
        for (number, entry) in full_entries(f).iter().enumerate() {
            let Some(kind) = Kind::of(&entry.id) else { continue };
            let mut put = |field, what: String, expected: &str| {
                faults.push(Fault { file, entry: number, field, what, expected: expected.into() });
            };
            let concept = vocabulary
                .place(&entry.id)
                .and_then(|at| Some((vocabulary.nodes.get(at)?.concept(), sources.words.get(at)?)));
            for (field, what) in concept.map(|(c, words)| missing(c, words)).unwrap_or_default() {
                put(Field::Of(field), what, "English and Chinese alike, since policies of both are compared");
            }
            for (at, sentence) in entry.matches.iter().enumerate() {
                let found = found(vocabulary, sentence, kind);
                if !found.contains(&entry.id.as_str()) {
                    let what = format!("not found in \"{sentence}\"; found: {}", list(&found));
                    put(Field::In("match", at), what, "a term of this concept that stands in the sentence");
                }
            }
            for (at, sentence) in entry.rejects.iter().enumerate() {
                if found(vocabulary, sentence, kind).contains(&entry.id.as_str()) {
                    let what = format!("found in \"{sentence}\"");
                    put(Field::In("reject", at), what, "narrower terms, or a longer term of another concept");
                }
            }
        }
    }
    faults.sort_by_key(|fault| (fault.file, fault.entry));
    faults.iter().map(|fault| fault.error(&sources.files)).collect()
}

/// What a concept has in one language only: its label, its words. A concept without any words groups others.
fn missing(concept: &Concept, its: &Words) -> Vec<(&'static str, String)> {
    let mut missing = Vec::new();
    for (label, language) in [(&concept.label.en, "English"), (&concept.label.zh, "Chinese")] {
        if label.is_empty() {
            missing.push(("label", format!("no {language} label")));
        }
    }
    let words = |of: fn(&Terms) -> &Vec<String>| {
        [&its.terms, &its.forms, &its.exact].into_iter().any(|terms| !of(terms).is_empty())
    };
    match (words(|terms| &terms.en), words(|terms| &terms.zh)) {
        (true, false) => missing.push(("terms", "no Chinese words".into())),
        (false, true) => missing.push(("terms", "no English words".into())),
        _ => {}
    }
    missing
}

fn found<'v>(vocabulary: &'v Vocabulary, sentence: &str, kind: Kind) -> Vec<&'v str> {
    let language = match Language::detect(sentence) {
        Language::Zh => Language::Zh,
        _ => Language::En,
    };
    vocabulary
        .find(sentence, &language)
        .iter()
        .filter(|hit| hit.kind == kind)
        .map(|hit| hit.concept)
        .collect()
}

fn list(found: &[&str]) -> String {
    if found.is_empty() { "nothing".into() } else { found.join(", ") }
}
