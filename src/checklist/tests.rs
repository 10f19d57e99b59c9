use std::path::Path;

use super::*;
use crate::text::Language;

#[test]
fn the_folder_holds_the_lists_and_no_more() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/checklist/lists");
    let mut files: Vec<String> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    files.sort();
    let mut known: Vec<String> = LISTS.iter().map(|(name, _)| format!("{name}.yaml")).collect();
    known.sort();
    assert_eq!(files, known);
    for (list, name) in Checklist::builtin().iter().zip(names()) {
        assert_eq!(list.id, name);
    }
}

#[test]
fn every_matter_is_told_by_its_sentences_and_by_no_other() {
    let vocabulary = Vocabulary::builtin();
    let mut wrong = Vec::new();
    for matter in MATTERS.iter() {
        for (sentences, wanted) in [(&matter.matches, true), (&matter.rejects, false)] {
            let languages: Vec<Language> = sentences.iter().map(|s| Language::detect(s)).collect();
            for language in [Language::En, Language::Zh] {
                if !languages.contains(&language) {
                    wrong.push(format!("{}: no {} sentence ({wanted})", matter.id, language.code()));
                }
            }
            for sentence in sentences {
                if file::tells(&matter.when, sentence, vocabulary).unwrap() != wanted {
                    wrong.push(format!(
                        "{}: {} {sentence}",
                        matter.id,
                        if wanted { "missed" } else { "found" }
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_matter_is_asked_for_and_every_item_is_labelled() {
    let mut asked: Vec<&str> = Vec::new();
    for item in Checklist::builtin().iter().flat_map(|list| &list.items) {
        for labels in [&item.law, &item.asks] {
            assert!(!labels.en.is_empty() && !labels.zh.is_empty(), "{}", item.id);
        }
        asked.extend(item.clauses.iter().filter_map(|clause| clause.matter.as_deref()));
    }
    for matter in MATTERS.iter() {
        assert!(asked.contains(&matter.id.as_str()), "no list asks for {}", matter.id);
    }
}

const OWN: &str = "\
id: ours
title: {en: House rules}
items:
- id: drone
  asks: {en: delivery by drone}
  when:
  - words: {en: [drone*], zh: [无人机]}
  match: [Drones may deliver your parcel.]
  reject: [Couriers deliver your parcel.]
- id: erase
  asks: {en: erasure}
  when: [{matter: right.erase}]
";

#[test]
fn a_list_of_ones_own_is_read() {
    let vocabulary = Vocabulary::builtin();
    let list = Checklist::read("ours.yaml", OWN, vocabulary).unwrap();
    assert_eq!(list.items.len(), 2);
    let own = |change: (&str, &str)| {
        Checklist::read("ours.yaml", &OWN.replacen(change.0, change.1, 1), vocabulary)
            .unwrap_err()
            .to_string()
    };
    let says = |error: String, parts: &[&str]| {
        for part in parts {
            assert!(error.contains(part), "{part} in {error}");
        }
    };
    says(own(("Drones may", "Vans may")), &["ours.yaml:8:", "items[0].match[0]", "not found"]);
    says(own(("Couriers deliver", "A drone will deliver")), &["ours.yaml:9:", "is found"]);
    says(own(("right.erase", "right.erased")), &["ours.yaml:12:", "unknown matter", "right.erase"]);
    says(own(("id: erase", "id: drone")), &["ours.yaml:10:", "stands twice"]);
    says(own(("words:", "wrods:")), &["ours.yaml:7:", "wrods"]);
    says(own(("words: {en: [drone*], zh: [无人机]}", "concepts: [data.drone]")), &["unknown concept"]);
    says(own(("words: {en: [drone*], zh: [无人机]}", "categories: [use]")), &["asks for nothing"]);
    says(own(("[{matter: right.erase}]", "[]")), &["nothing is looked for"]);
    says(own(("asks: {en: erasure}", "asks: {}")), &["says nothing"]);
}

#[test]
fn names_are_told_when_one_is_wrong() {
    assert!(builtin_named("gdpr").is_ok());
    assert!(builtin_named("hipaa").unwrap_err().to_string().contains("pipl, gbt35273, gdpr, ccpa"));
}
