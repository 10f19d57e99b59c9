//! The stance of verbs in whole sentences, their roles marked, so that no model has a say.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::document::Document;
use crate::ingest::{Format, InputFormat, read};
use crate::practice::{Modality, Polarity, Practice, PracticeSet};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sentences {
    en: BTreeMap<String, Vec<String>>,
    zh: BTreeMap<String, Vec<String>>,
}

fn practices(annotated: &str, language: &Language) -> Vec<Practice> {
    let source = read("p.txt", annotated.as_bytes(), InputFormat::Forced(Format::Annotated)).unwrap();
    let mut document = Document::new("p.txt", source);
    document.language = language.clone();
    PracticeSet::from_document(document, Vocabulary::builtin()).practices
}

/// "not may share: your name + your address"
fn says(practice: &Practice) -> Option<String> {
    let not = if practice.polarity == Polarity::Negated { "not " } else { "" };
    let how = match practice.modality {
        Modality::Does => "",
        Modality::May => "may ",
        Modality::Must => "must ",
        Modality::OnlyIf => "only ",
        Modality::Right => "right ",
    };
    let data: Vec<&str> = practice.data.iter().map(|d| d.text.as_str()).collect();
    Some(format!("{not}{how}{}: {}", practice.action.as_ref()?.text, data.join(" + ")))
}

fn check(sentences: &BTreeMap<String, Vec<String>>, language: &Language) {
    assert!(sentences.len() >= 60);
    let wrong: Vec<String> = sentences
        .iter()
        .filter_map(|(annotated, expected)| {
            let said: Vec<String> = practices(annotated, language).iter().filter_map(says).collect();
            (said != *expected).then(|| format!("{annotated}\n  expected {expected:?}\n  read     {said:?}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), sentences.len(), wrong.join("\n"));
}

fn sentences() -> Sentences {
    crate::yaml::parse("sentences.yaml", include_str!("sentences.yaml")).unwrap()
}

#[test]
fn english_sentences() {
    check(&sentences().en, &Language::En);
}

#[test]
fn chinese_sentences() {
    check(&sentences().zh, &Language::Zh);
}
