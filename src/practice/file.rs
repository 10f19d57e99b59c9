//! A practice set as the YAML file that a person reads and corrects: its shape, its schema, and how it is written.
//!
//! What goes without saying is left out. A mention is one line, `words: concept`; where it stands is written only when its
//! words alone do not tell ([`super::quotes::is_plain`]).

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::json::{ConceptView, MentionView, PartView, SectionView, SentenceView};
use super::quotes::{Quote, is_plain};
use super::set::{Originals, SetOrigin};
use super::{Category, Modality, Polarity, Practice, PracticeSet, Retention, ReviewStatus, Unnamed};
use crate::error::Result;
use crate::extract::Mention;
use crate::ingest::Format;
use crate::text::Span;
use crate::yaml;

/// The version of the practice set, in YAML and in JSON.
pub const SCHEMA: &str = "polidiff.practice-set/1";

/// Keys of a mention that is written out; words that equal one of them cannot be a key themselves.
pub(super) const MENTION_KEYS: [&str; 5] = ["words", "text", "concept", "start", "end"];
pub(super) const RETENTION_KEYS: [&str; 6] = ["words", "text", "concept", "duration", "start", "end"];

/// A practice set, as `extract` writes it and `compare` reads it, in YAML or in JSON.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "polidiff practice set", deny_unknown_fields)]
struct SetFile {
    /// `polidiff.practice-set/1`
    schema: &'static str,
    /// Program and version that made it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    generator: Option<String>,
    /// The policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    document: Option<DocumentForm>,
    /// The policy's outline; not read again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sections: Option<Vec<SectionView>>,
    /// The policy's sentences; not read again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    sentences: Option<Vec<SentenceView>>,
    /// All words in a role; not read again, those of the practices count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    mentions: Option<Vec<MentionView>>,
    /// How many of them have no concept; not read again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    unnamed: Option<Unnamed>,
    /// What the policy says.
    practices: Vec<PracticeForm>,
    /// Fingerprints of the quotes that practices were read from, so that `carry` knows what was deleted by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    read: Vec<String>,
}

/// The policy that a set was made from.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct DocumentForm {
    /// The input as the user named it.
    #[serde(default)]
    source: Option<String>,
    /// Its title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    title: Option<String>,
    /// Language code, such as "en"; by default what the quotes look like.
    #[serde(default)]
    language: Option<String>,
    /// How it was written; plain text if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    format: Option<Format>,
    /// What it was decoded from; not read again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    /// Its text; not read again, the quotes count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    text: Option<String>,
}

/// A practice.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct PracticeForm {
    /// Fingerprint of what it says; computed if not given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    /// For a practice that `carry` took over: what is left to do.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    review: Option<ReviewStatus>,
    /// What it is about.
    category: Category,
    /// Who does it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    actor: Option<MentionForm>,
    /// The verb.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action: Option<MentionForm>,
    /// Stated, or ruled out.
    #[serde(default, skip_serializing_if = "is_default")]
    polarity: Polarity,
    /// How firmly.
    #[serde(default, skip_serializing_if = "is_default")]
    modality: Modality,
    /// With which data.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    data: Vec<MentionForm>,
    /// Given to whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    recipients: Vec<MentionForm>,
    /// Obtained from whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sources: Vec<MentionForm>,
    /// What for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    purposes: Vec<MentionForm>,
    /// When, if, on what ground.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    conditions: Vec<MentionForm>,
    /// For how long.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    retention: Vec<MentionForm>,
    /// What references among its data ("such data") stand for; not compared, and read anew by `carry`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    refers_to: Vec<MentionForm>,
    /// Where it is stated.
    evidence: EvidenceForm,
    /// How the older words of its sentence were read, by hand.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    was: Vec<PracticeForm>,
}

/// Words of a practice. Only `retention` takes a `duration`.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum MentionForm {
    /// `words`: the vocabulary names their concept.
    #[allow(dead_code)] // a form for people; the writer always names the concept
    Words(String),
    /// `words: concept`, or `words: null` for words that no concept names.
    #[schemars(extend("minProperties" = 1, "maxProperties" = 1))]
    Pair(BTreeMap<String, Option<String>>),
    /// Written out.
    Full(FullForm),
    /// As in JSON.
    #[allow(dead_code)]
    Json(PartView),
}

/// Words written out, where one line does not say it all.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct FullForm {
    /// The words.
    words: String,
    /// What they name; null for words that no concept names, named by the vocabulary if not given.
    #[serde(default)]
    concept: Option<ConceptForm>,
    /// ISO 8601 duration, such as "P30D".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    duration: Option<String>,
    /// First byte in the policy's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    /// One past the last byte in the policy's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
}

/// A concept by its id, or as in JSON.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(untagged)]
enum ConceptForm {
    /// Its id, such as `data.contact.phone`.
    Id(String),
    /// As in JSON.
    #[allow(dead_code)]
    Json(ConceptView),
}

/// Where a practice is stated.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EvidenceForm {
    /// Titles of the sections that hold it, outermost first, joined by " › ".
    #[serde(default, skip_serializing_if = "String::is_empty")]
    section: String,
    /// The sentence, word for word; a list item with its lead-in before it.
    quote: String,
    /// First byte of the sentence in the policy's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<usize>,
    /// One past its last byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<usize>,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// The JSON Schema of a practice set file, for editors and for checking.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(SetFile).to_value()
}

/// Whether a text looks like a practice set rather than a policy: it names the schema, or lists practices as a key.
pub fn is_practice_set(text: &str) -> bool {
    let text = text.trim_start_matches('\u{feff}').trim_start();
    if text.starts_with('{') && text.contains("\"polidiff.practice-set/") {
        return true;
    }
    text.lines().any(|line| {
        let line = line.trim_start_matches(['{', ' ', '"', '\'']);
        let value = |key| {
            let rest = line.strip_prefix(key)?.trim_start_matches(['"', '\'']).trim_start();
            rest.strip_prefix(':').map(|value| value.trim_start_matches([' ', '"', '\'']))
        };
        value("schema").is_some_and(|value| value.starts_with("polidiff."))
            || value("practices").is_some_and(|value| value.is_empty() || value.starts_with('['))
    })
}

/// The set as YAML. What is written can be read by [`super::read()`] and written again to the same bytes.
///
/// # Errors
/// [`crate::Error::Content`] if YAML cannot hold it, which no set is known to cause.
pub fn write(set: &PracticeSet) -> Result<String> {
    let mut places = Places::new(set);
    yaml::emit(&SetFile {
        schema: SCHEMA,
        generator: None,
        document: Some(DocumentForm {
            source: Some(set.document.name.clone()),
            title: set.document.title.clone(),
            language: Some(set.document.language.code().into()),
            format: None,
            encoding: None,
            text: None,
        }),
        sections: None,
        sentences: None,
        mentions: None,
        unnamed: None,
        practices: set.practices.iter().map(|practice| places.practice(practice)).collect(),
        read: set.read_quotes(),
    })
}

/// The mentions of a practice in one fixed order, which reader and writer share.
pub(super) fn parts(practice: &Practice) -> impl Iterator<Item = &Mention> {
    let lists =
        [&practice.data, &practice.recipients, &practice.sources, &practice.purposes, &practice.conditions];
    practice
        .actor
        .iter()
        .chain(&practice.action)
        .chain(lists.into_iter().flatten())
        .chain(practice.retention.iter().map(|kept| &kept.mention))
        .chain(&practice.refers_to)
}

/// An older reading: its words stand in another document.
fn without_places(practice: &Practice) -> PracticeForm {
    let mention = |mention: &Mention, duration: Option<&String>| {
        if duration.is_none() && !RETENTION_KEYS.contains(&mention.text.as_str()) {
            return MentionForm::Pair(BTreeMap::from([(mention.text.clone(), mention.concept.clone())]));
        }
        MentionForm::Full(FullForm {
            words: mention.text.clone(),
            concept: mention.concept.clone().map(ConceptForm::Id),
            duration: duration.cloned(),
            start: None,
            end: None,
        })
    };
    let list = |mentions: &[Mention]| mentions.iter().map(|m| mention(m, None)).collect();
    PracticeForm {
        id: Some(practice.id.clone()).filter(|id| !id.is_empty()),
        review: None,
        category: practice.category,
        actor: practice.actor.as_ref().map(|m| mention(m, None)),
        action: practice.action.as_ref().map(|m| mention(m, None)),
        polarity: practice.polarity,
        modality: practice.modality,
        data: list(&practice.data),
        recipients: list(&practice.recipients),
        sources: list(&practice.sources),
        purposes: list(&practice.purposes),
        conditions: list(&practice.conditions),
        retention: practice.retention.iter().map(|r| mention(&r.mention, r.duration.as_ref())).collect(),
        refers_to: list(&practice.refers_to),
        evidence: EvidenceForm {
            section: practice.evidence.section.clone(),
            quote: practice.evidence.quote.clone(),
            start: None,
            end: None,
        },
        was: Vec::new(),
    }
}

/// Knows where mentions stand in the policy while a set is written.
struct Places<'a> {
    set: &'a PracticeSet,
    /// How many of the mentions that share place and words have been written.
    used: BTreeMap<(Span, &'a str), usize>,
}

impl<'a> Places<'a> {
    fn new(set: &'a PracticeSet) -> Self {
        Places { set, used: BTreeMap::new() }
    }

    fn practice(&mut self, practice: &'a Practice) -> PracticeForm {
        let evidence = &practice.evidence;
        let sentence = match &self.set.origin {
            SetOrigin::Document | SetOrigin::Touched => Some(evidence.span),
            SetOrigin::File(originals) => originals.quote(evidence.span),
        };
        let quote = &Quote { section: evidence.section.clone(), text: evidence.quote.clone(), sentence };
        // In the order of `parts`.
        PracticeForm {
            id: Some(practice.id.clone()).filter(|id| !id.is_empty()),
            review: practice.review.as_ref().map(|review| review.status),
            category: practice.category,
            actor: practice.actor.as_ref().map(|mention| self.mention(quote, mention, None)),
            action: practice.action.as_ref().map(|mention| self.mention(quote, mention, None)),
            polarity: practice.polarity,
            modality: practice.modality,
            data: self.mentions(quote, &practice.data),
            recipients: self.mentions(quote, &practice.recipients),
            sources: self.mentions(quote, &practice.sources),
            purposes: self.mentions(quote, &practice.purposes),
            conditions: self.mentions(quote, &practice.conditions),
            retention: practice.retention.iter().map(|kept| self.retention(quote, kept)).collect(),
            refers_to: self.mentions(quote, &practice.refers_to),
            evidence: EvidenceForm {
                section: evidence.section.clone(),
                quote: evidence.quote.clone(),
                start: sentence.map(|span| span.start),
                end: sentence.map(|span| span.end),
            },
            was: practice.review.iter().flat_map(|review| &review.was).map(without_places).collect(),
        }
    }

    fn mentions(&mut self, quote: &Quote, mentions: &'a [Mention]) -> Vec<MentionForm> {
        mentions.iter().map(|mention| self.mention(quote, mention, None)).collect()
    }

    fn retention(&mut self, quote: &Quote, kept: &'a Retention) -> MentionForm {
        self.mention(quote, &kept.mention, kept.duration.as_ref())
    }

    fn mention(&mut self, quote: &Quote, mention: &'a Mention, duration: Option<&String>) -> MentionForm {
        let words = &mention.text;
        let place = match &self.set.origin {
            SetOrigin::Document | SetOrigin::Touched => {
                (!is_plain(quote, words, mention.span)).then_some(mention.span)
            }
            SetOrigin::File(originals) => self.stated(originals, mention),
        };
        if place.is_none() && duration.is_none() && !RETENTION_KEYS.contains(&words.as_str()) {
            return MentionForm::Pair(BTreeMap::from([(words.clone(), mention.concept.clone())]));
        }
        MentionForm::Full(FullForm {
            words: words.clone(),
            concept: mention.concept.clone().map(ConceptForm::Id),
            duration: duration.cloned(),
            start: place.map(|span| span.start),
            end: place.map(|span| span.end),
        })
    }

    /// The place that the file stated for this mention, those of the same place and words in their order.
    fn stated(&mut self, originals: &Originals, mention: &'a Mention) -> Option<Span> {
        let used = self.used.entry((mention.span, &mention.text)).or_default();
        let place = originals.mentions.get(&(mention.span, mention.text.clone()));
        let place = place.and_then(|places| places.get(*used).copied().flatten());
        *used += 1;
        place
    }
}
