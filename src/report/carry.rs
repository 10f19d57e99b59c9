//! The one value every format of `carry` is made from: how many practices stayed, and what a person has to look at.

use schemars::JsonSchema;
use serde::Serialize;

use crate::carry::{Carried, Item, ItemKind};
use crate::extract::Mention;
use crate::practice::{Category, Evidence, Modality, Polarity, Practice, PracticeSet};

use super::comparison::Side;
use super::messages::{Messages, code};
use super::side::side;

/// What became of the practices of an old set, ready to show.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct Carry {
    /// `polidiff.carry/1`
    pub schema: String,
    /// Program and version that made it.
    pub generator: String,
    /// Language of the report's own words: "en" or "zh".
    pub language: String,
    /// The set that was carried over.
    pub old: Side,
    /// The policy it was carried to.
    pub new: Side,
    /// How many of each.
    pub counts: CarryCounts,
    /// Sentences with other words than those that were corrected, with both readings.
    pub review: Vec<CarryItem>,
    /// New sentences, with what is read from them.
    pub proposed: Vec<CarryItem>,
    /// Sentences that are gone, with what they said.
    pub dropped: Vec<CarryItem>,
}

/// Numbers of practices and sentences.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct CarryCounts {
    /// Practices that are as they were corrected.
    pub kept: usize,
    /// Sentences to review.
    pub review: usize,
    /// Sentences whose practices are proposed.
    pub proposed: usize,
    /// Sentences that are gone.
    pub dropped: usize,
    /// Sentences whose practices were deleted by hand and stay deleted.
    pub withheld: usize,
}

/// A sentence that somebody has to look at.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct CarryItem {
    /// Where the old version states it.
    pub old: Option<CarryQuote>,
    /// Where the new version states it.
    pub new: Option<CarryQuote>,
    /// The old readings, corrected by hand.
    pub was: Vec<CarryReading>,
    /// What is read from the new words.
    pub read: Vec<CarryReading>,
}

/// A sentence and its place.
#[derive(Clone, Debug, Default, Serialize, JsonSchema)]
pub struct CarryQuote {
    /// Titles of the sections that hold it, joined by " › ".
    pub section: String,
    /// The sentence, word for word.
    pub quote: String,
}

/// A reading of a sentence.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CarryReading {
    /// What it is about.
    pub category: Category,
    /// Stated, or ruled out.
    pub polarity: Polarity,
    /// How firmly.
    pub modality: Modality,
    /// Its words, by the part they play.
    pub parts: Vec<CarryPart>,
}

/// Words of a reading.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct CarryPart {
    /// The part they play.
    pub role: crate::extract::Role,
    /// The words.
    pub words: String,
    /// Concept id, where known.
    pub concept: Option<String>,
    /// ISO 8601 duration such as "P30D", for retention that states one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub duration: Option<String>,
}

/// The report on a set that was carried over. `lang` is the language of the report's own words: "en" or "zh".
pub fn build(old: &PracticeSet, new: &PracticeSet, carried: &Carried, lang: &str) -> Carry {
    let of = |kind: ItemKind| -> Vec<CarryItem> {
        carried.items.iter().filter(|item| item.kind == kind).map(item).collect()
    };
    let (review, proposed, dropped) = (of(ItemKind::Review), of(ItemKind::Proposed), of(ItemKind::Dropped));
    Carry {
        schema: "polidiff.carry/1".into(),
        generator: crate::GENERATOR.into(),
        language: Messages::for_language(lang).language().into(),
        old: side(old),
        new: side(new),
        counts: CarryCounts {
            kept: carried.kept,
            review: review.len(),
            proposed: proposed.len(),
            dropped: dropped.len(),
            withheld: carried.withheld,
        },
        review,
        proposed,
        dropped,
    }
}

fn item(item: &Item) -> CarryItem {
    let quote =
        |evidence: &Evidence| CarryQuote { section: evidence.section.clone(), quote: evidence.quote.clone() };
    CarryItem {
        old: item.old.as_ref().map(quote),
        new: item.new.as_ref().map(quote),
        was: item.was.iter().map(reading).collect(),
        read: item.read.iter().map(reading).collect(),
    }
}

fn reading(practice: &Practice) -> CarryReading {
    let part = |mention: &Mention, duration: Option<&String>| CarryPart {
        role: mention.role,
        words: mention.text.clone(),
        concept: mention.concept.clone(),
        duration: duration.cloned(),
    };
    let lists =
        [&practice.data, &practice.recipients, &practice.sources, &practice.purposes, &practice.conditions];
    let plain = practice.actor.iter().chain(&practice.action).chain(lists.into_iter().flatten());
    let mut parts: Vec<CarryPart> = plain.map(|mention| part(mention, None)).collect();
    parts.extend(practice.retention.iter().map(|kept| part(&kept.mention, kept.duration.as_ref())));
    CarryReading {
        category: practice.category,
        polarity: practice.polarity,
        modality: practice.modality,
        parts,
    }
}

impl CarryReading {
    /// The reading in one line, its words as they are; concepts stand behind words whose own they do not repeat.
    pub fn said(&self, w: &Messages) -> String {
        let mut out = vec![w.name("category", &self.category)];
        if self.polarity == Polarity::Negated {
            out.push(w.name("polarity", &self.polarity));
        }
        if self.modality != Modality::Does {
            out.push(w.name("modality", &self.modality));
        }
        let mut roles: Vec<(String, Vec<&str>)> = Vec::new();
        for part in &self.parts {
            let role = code(&part.role);
            match roles.last_mut().filter(|(last, _)| *last == role) {
                Some((_, words)) => words.push(&part.words),
                None => roles.push((role, vec![&part.words])),
            }
        }
        for (role, words) in roles {
            let name = w.get(&format!("role.{role}")).to_owned();
            out.push(format!("{name}{}{}", w.get("join.colon"), words.join(w.get("join.list"))));
        }
        out.join(" · ")
    }
}
