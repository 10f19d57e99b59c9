//! A concept and its parts as a vocabulary file writes them, and as the rest of polidiff reads them.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::practice::Category;
use crate::text::Language;

/// What a concept is a kind of: the first part of its id, and the file it stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Personal data.
    Data,
    /// What is done with it.
    Action,
    /// What for.
    Purpose,
    /// Who does it, receives it, or gave it.
    Party,
    /// When, if, on what ground.
    Condition,
    /// For how long.
    Retention,
    /// What people may demand or choose.
    Right,
    /// How it is protected.
    Security,
}

impl Kind {
    /// All kinds, in the order of reports.
    pub const ALL: [Kind; 8] = [
        Kind::Data,
        Kind::Action,
        Kind::Purpose,
        Kind::Party,
        Kind::Condition,
        Kind::Retention,
        Kind::Right,
        Kind::Security,
    ];

    /// Its id, which every id of the kind begins with.
    pub const fn id(self) -> &'static str {
        match self {
            Kind::Data => "data",
            Kind::Action => "action",
            Kind::Purpose => "purpose",
            Kind::Party => "party",
            Kind::Condition => "condition",
            Kind::Retention => "retention",
            Kind::Right => "right",
            Kind::Security => "security",
        }
    }

    /// The kind of an id, by its first part.
    pub fn of(id: &str) -> Option<Kind> {
        let first = id.split('.').next().unwrap_or_default();
        Kind::ALL.into_iter().find(|kind| kind.id() == first)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

/// The rules by which data is sensitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Sensitivity {
    /// Sensitive personal information: GB/T 35273-2020, Annex B, and PIPL, Art. 28.
    Gbt,
    /// Special categories: GDPR, Art. 9.
    Gdpr,
}

/// What people call a concept, in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Labels {
    /// In English.
    pub en: String,
    /// In Chinese.
    pub zh: String,
}

/// Words by language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Terms {
    /// English.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub en: Vec<String>,
    /// Chinese.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub zh: Vec<String>,
}

impl Terms {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.en.is_empty() && self.zh.is_empty()
    }

    /// Both lists with the codes of their languages.
    pub(super) fn by_language(&self) -> [(&'static str, &[String]); 2] {
        [("en", &self.en), ("zh", &self.zh)]
    }

    pub(super) fn add(&mut self, other: &Terms) {
        for (list, more) in [(&mut self.en, &other.en), (&mut self.zh, &other.zh)] {
            for word in more {
                if !list.contains(word) {
                    list.push(word.clone());
                }
            }
        }
    }
}

/// A node of the hierarchy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Concept {
    /// Dotted id; its first part is its kind.
    pub id: String,
    /// What it is.
    pub kind: Kind,
    /// The broader concept; `None` for the eight roots.
    pub parent: Option<String>,
    /// Further broader concepts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub also: Vec<String>,
    /// What people call it.
    pub label: Labels,
    /// The same concept in the W3C Data Privacy Vocabulary, as a full IRI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub iri: Option<String>,
    /// The closest broader concept there, where none is the same, as a full IRI.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub near: Option<String>,
    /// By which rules it is sensitive in itself; see [`super::Vocabulary::is_sensitive`] for what it inherits.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sensitive: Vec<Sensitivity>,
    /// For actions and rights: the category of practices that it makes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub category: Option<Category>,
}

/// The words that name a concept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Words {
    /// English ones are found inflected as well.
    pub terms: Terms,
    /// Inflections that no rule gives.
    #[serde(skip_serializing_if = "Terms::is_empty")]
    pub forms: Terms,
    /// Words found only in exactly this case.
    #[serde(skip_serializing_if = "Terms::is_empty")]
    pub exact: Terms,
}

impl Concept {
    /// What people call it, in the language if it has one there, else in English.
    pub fn label(&self, language: &Language) -> &str {
        let (first, second) = match language {
            Language::Zh => (&self.label.zh, &self.label.en),
            _ => (&self.label.en, &self.label.zh),
        };
        [first, second, &self.id].into_iter().find(|label| !label.is_empty()).map_or("", |label| label)
    }
}

/// An entry of a vocabulary file, as written.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Entry {
    /// Dotted id.
    pub id: String,
    /// Broader concept; by default the id without its last part.
    pub parent: Option<String>,
    /// Further broader concepts.
    pub also: Vec<String>,
    /// What people call it.
    pub label: Labels,
    /// The same concept in DPV: a full IRI, or with prefix `pd:`, `dpv:` or `eu-gdpr:`.
    pub iri: Option<String>,
    /// The closest broader concept in DPV.
    pub near: Option<String>,
    /// By which rules it is sensitive.
    pub sensitive: Vec<Sensitivity>,
    /// The category of practices that an action or right makes.
    pub category: Option<Category>,
    /// Words that name it.
    pub terms: Terms,
    /// Inflections that no rule gives.
    pub forms: Terms,
    /// Words found only in exactly this case.
    pub exact: Terms,
    /// Sentences in which it must be found.
    #[serde(rename = "match")]
    pub matches: Vec<String>,
    /// Sentences in which it must not be found.
    #[serde(rename = "reject")]
    pub rejects: Vec<String>,
}

impl Entry {
    pub(super) fn words(&self) -> Words {
        Words { terms: self.terms.clone(), forms: self.forms.clone(), exact: self.exact.clone() }
    }
}

/// The full IRI of a prefixed one; `None` for an unknown prefix.
pub(super) fn expand_iri(iri: &str) -> Option<String> {
    const PREFIXES: [(&str, &str); 3] = [
        ("pd:", "https://w3id.org/dpv/pd#"),
        ("dpv:", "https://w3id.org/dpv#"),
        ("eu-gdpr:", "https://w3id.org/dpv/legal/eu/gdpr#"),
    ];
    if iri.starts_with("https://") {
        return Some(iri.to_string());
    }
    PREFIXES.iter().find_map(|(prefix, base)| Some(format!("{base}{}", iri.strip_prefix(prefix)?)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_is_the_first_part_of_an_id() {
        assert_eq!(Kind::of("data.location.precise"), Some(Kind::Data));
        assert_eq!(Kind::of("right"), Some(Kind::Right));
        assert_eq!(Kind::of("database.x"), None);
    }

    #[test]
    fn prefixes_are_written_out() {
        assert_eq!(expand_iri("pd:Location").unwrap(), "https://w3id.org/dpv/pd#Location");
        assert_eq!(expand_iri("foo:Location"), None);
    }
}
