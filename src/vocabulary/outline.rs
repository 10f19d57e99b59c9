//! All concepts as text, a line each: how the build hands the built-in ones to the program, which reads a
//! line when it is first asked for its concept.

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

/// The lines of a text with the ids and kinds of their concepts, which [`concept`] reads.
#[allow(dead_code)] // for the program
pub(super) fn read(text: &str) -> impl Iterator<Item = (&str, Kind, &str)> {
    text.lines().filter_map(|line| {
        let (id, _) = line.split_once('\t')?;
        Some((id, Kind::of(id)?, line))
    })
}

/// The ids of the parent, if there is one, and of further broader concepts of a line.
#[allow(dead_code)] // for the program
pub(super) fn broader(line: &str) -> (Option<&str>, Vec<&str>) {
    let mut fields = line.split('\t').skip(1);
    let parent = fields.next().filter(|parent| !parent.is_empty());
    (parent, fields.next().unwrap_or_default().split_whitespace().collect())
}

/// The concept of a line.
#[allow(dead_code)] // for the program
pub(super) fn concept(kind: Kind, line: &str) -> Concept {
    let mut fields = line.split('\t');
    let mut next = || fields.next().unwrap_or_default();
    let given = |field: &str| (!field.is_empty()).then(|| field.to_string());
    Concept {
        id: next().to_string(),
        kind,
        parent: given(next()),
        also: next().split_whitespace().map(str::to_string).collect(),
        label: Labels { en: next().to_string(), zh: next().to_string() },
        iri: given(next()),
        near: given(next()),
        sensitive: next().split_whitespace().filter_map(named).collect(),
        category: Some(next()).filter(|name| !name.is_empty()).and_then(named),
    }
}

fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    let name: StrDeserializer<Error> = name.into_deserializer();
    T::deserialize(name).ok()
}
