//! All concepts as text, a line each: how the build hands the built-in ones to the program, which reads them at each start.

use serde::de::DeserializeOwned;
use serde::de::value::{Error, StrDeserializer};
use serde::{Serialize, de::IntoDeserializer};

use super::{Concept, Kind, Labels};

/// The text of concepts. Tabs part the fields and blanks the values of one, so labels cannot hold tabs.
#[allow(dead_code)] // for the build
pub(super) fn write<'c>(concepts: impl Iterator<Item = &'c Concept>) -> String {
    let mut out = String::new();
    for concept in concepts {
        let sensitive: Vec<String> = concept.sensitive.iter().map(name).collect();
        let fields = [
            concept.id.clone(),
            concept.parent.clone().unwrap_or_default(),
            concept.also.join(" "),
            concept.label.en.replace(['\t', '\n'], " "),
            concept.label.zh.replace(['\t', '\n'], " "),
            concept.iri.clone().unwrap_or_default(),
            concept.near.clone().unwrap_or_default(),
            sensitive.join(" "),
            concept.category.iter().map(name).collect(),
        ];
        out += &fields.join("\t");
        out.push('\n');
    }
    out
}

fn name(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default().trim_matches('"').to_string()
}

/// The concepts of a text.
#[allow(dead_code)] // for the program
pub(super) fn read(text: &str) -> Vec<Concept> {
    text.lines().filter_map(concept).collect()
}

fn concept(line: &str) -> Option<Concept> {
    let mut fields = line.split('\t');
    let mut next = || fields.next().unwrap_or_default();
    let given = |field: &str| (!field.is_empty()).then(|| field.to_string());
    let id = next();
    Some(Concept {
        id: id.to_string(),
        kind: Kind::of(id)?,
        parent: given(next()),
        also: next().split_whitespace().map(str::to_string).collect(),
        label: Labels { en: next().to_string(), zh: next().to_string() },
        iri: given(next()),
        near: given(next()),
        sensitive: next().split_whitespace().filter_map(named).collect(),
        category: Some(next()).filter(|name| !name.is_empty()).and_then(named),
    })
}

fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<Error> = name.into_deserializer();
    T::deserialize(name).ok()
}
