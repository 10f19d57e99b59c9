//! A practice set to statements: each concept that it names under a topic, with how and where.

use std::collections::BTreeMap;

use super::super::Facet;
use super::super::claims::{Claim, Claims, Matter};
use super::super::units::place;
use super::{Statement, Topic, Value};
use crate::document::{BlockKind, Document, Sentence};
use crate::extract::places;
use crate::practice::{Category, Modality, Polarity, Practice, PracticeSet, ages, bound_core};
use crate::text::Language;
use crate::vocabulary::{Hit, Kind, Vocabulary};

/// Codes of countries and regions have no more letters; longer ones stand for "abroad".
const LONGEST_CODE: usize = 3;

/// All statements of a set with their topic and concept, by place within each source.
pub(super) fn statements(set: &PracticeSet, vocabulary: &Vocabulary) -> Vec<((Topic, String), Statement)> {
    let mut statements = Vec::new();
    for claim in &Claims::of(set).all {
        let Some(concept) = claim.concept else { continue };
        let practice = &set.practices[claim.practice];
        let Some(topic) = topic(claim, practice, vocabulary) else { continue };
        let Some(here) = place(&set.document, &[claim.sentence]) else { continue };
        if is_general(concept, vocabulary) {
            continue;
        }
        let (polarity, modality) = claim.stance();
        // What is not done without consent is done only with "your consent".
        let turned = polarity != claim.polarity;
        let stated_condition = |words| if turned { bound_core(words, &set.document.language) } else { words };
        let statement = Statement {
            words: claim.words.to_string(),
            place: here,
            polarity,
            modality,
            conditions: practice.conditions.iter().map(|m| stated_condition(&m.text).to_owned()).collect(),
            whole: is_whole(practice, claim.facet, vocabulary),
            values: claim.duration.iter().map(|period| Value::Period(period.to_string())).collect(),
        };
        statements.push(((topic, concept.to_string()), statement));
    }
    statements.extend(named_by_sentences(set, vocabulary));
    statements
}

/// Roots, the company itself and its users tell vendors apart in nothing.
fn is_general(concept: &str, vocabulary: &Vocabulary) -> bool {
    vocabulary.depth(concept) == 0
        || vocabulary.is_a(concept, "party.controller")
        || vocabulary.is_a(concept, "party.user")
}

/// The heading under which a claim stands; `None` for verbs, actors, and data that is only protected or asked about.
fn topic(claim: &Claim, practice: &Practice, vocabulary: &Vocabulary) -> Option<Topic> {
    if claim.category == Category::Audience {
        return None;
    }
    let abroad = claim.category == Category::Transfer;
    match claim.facet {
        Facet::Data => match Matter::of(claim.category) {
            Matter::Having => Some(Topic::Collected),
            Matter::Giving if abroad => Some(Topic::Transfers),
            Matter::Giving if sells(practice, vocabulary) => Some(Topic::Sold),
            Matter::Giving => Some(Topic::Shared),
            Matter::Keeping => Some(Topic::Retained),
            Matter::Protecting | Matter::Choosing | Matter::Other => None,
        },
        Facet::Purpose => Some(Topic::Purposes),
        // Not selling to someone is no word on sharing with them.
        Facet::Recipient if sells(practice, vocabulary) && claim.polarity == Polarity::Negated => None,
        Facet::Recipient => Some(if abroad { Topic::Transfers } else { Topic::Recipients }),
        Facet::Source => Some(Topic::Sources),
        Facet::Retention => Some(Topic::Periods),
        _ => None,
    }
}

/// Whether the other parts of a practice leave a part of it as wide as it is.
fn is_whole(practice: &Practice, part: Facet, vocabulary: &Vocabulary) -> bool {
    let others = [
        (Facet::Data, &practice.data),
        (Facet::Recipient, &practice.recipients),
        (Facet::Source, &practice.sources),
        (Facet::Purpose, &practice.purposes),
    ];
    let mut narrowing = others.iter().filter(|(facet, _)| *facet != part).flat_map(|(_, mentions)| *mentions);
    narrowing.all(|m| m.concept.as_deref().is_some_and(|id| super::is_broad(id, vocabulary)))
}

fn sells(practice: &Practice, vocabulary: &Vocabulary) -> bool {
    let verb = practice.action.as_ref().and_then(|action| action.concept.as_deref());
    verb.is_some_and(|id| ["action.share.sell", "action.share.rent"].iter().any(|s| vocabulary.is_a(id, s)))
}

/// Rights, safeguards, minors and grounds of transfer are named by sentences rather than by slots.
fn named_by_sentences(set: &PracticeSet, vocabulary: &Vocabulary) -> Vec<((Topic, String), Statement)> {
    let document = &set.document;
    let mut first_of: BTreeMap<usize, &Practice> = BTreeMap::new();
    for practice in &set.practices {
        first_of.entry(practice.evidence.span.start).or_insert(practice);
    }
    let mut statements = Vec::new();
    for (i, sentence) in document.sentences.iter().enumerate() {
        let Some(facts) = set.facts.get(i) else { continue };
        // Words of transfer are clear by themselves; those of the others also stand where something else is meant.
        let mut topics: Vec<Topic> = [
            (Category::Rights, Topic::Rights),
            (Category::Security, Topic::Security),
            (Category::Audience, Topic::Minors),
        ]
        .into_iter()
        .filter(|(category, _)| facts.categories.contains(category))
        .map(|(_, topic)| topic)
        .collect();
        topics.push(Topic::Transfers);
        if facts.categories.is_empty() || document.blocks[sentence.block].kind == BlockKind::Heading {
            continue;
        }
        let Some(here) = place(document, &[i]) else { continue };
        let words = document.words(sentence.span);
        let practice = first_of.get(&sentence.span.start);
        let hits = vocabulary.find(words, &document.language);
        let (joined, from) = with_lead_in(document, sentence);
        let mut across = vocabulary.find(&joined, &document.language);
        across.retain(|hit| hit.span.start < from && hit.span.end > from);
        for topic in topics {
            let values: Vec<Value> = match topic {
                Topic::Minors => ages(words).iter().map(|age| Value::Age(age.years)).collect(),
                Topic::Transfers => {
                    let named = places(words);
                    let codes =
                        named.iter().map(|place| place.code).filter(|code| code.len() <= LONGEST_CODE);
                    codes.map(Value::Place).collect()
                }
                _ => Vec::new(),
            };
            // "You have the right to: – access …" names the right in two places.
            let across = across.iter().filter(|_| topic == Topic::Rights).map(|hit| (hit, joined.as_str()));
            let named = hits.iter().map(|hit| (hit, words)).chain(across);
            for (hit, text) in named.filter(|(hit, _)| belongs(hit, topic, vocabulary)) {
                let statement = Statement {
                    words: hit.span.of(text).to_string(),
                    place: here,
                    polarity: practice.map_or(Polarity::Affirmed, |p| polarity(p, hit, topic, vocabulary)),
                    // "You may" grants a right; it does not make it less firm.
                    modality: match practice {
                        Some(practice) if topic != Topic::Rights => practice.modality,
                        _ => Modality::Does,
                    },
                    conditions: Vec::new(),
                    whole: false,
                    values: values.clone(),
                };
                statements.push(((topic, hit.concept.to_string()), statement));
            }
        }
    }
    statements
}

/// The sentence that begins a list item behind the words before its list, and where it begins; else it is left empty.
fn with_lead_in(document: &Document, sentence: &Sentence) -> (String, usize) {
    let Some(block) = document.blocks.get(sentence.block) else { return Default::default() };
    let lead = block.lead_in.and_then(|lead| document.blocks.get(lead));
    let Some(lead) = lead.filter(|_| block.body.start >= sentence.span.start) else {
        return Default::default();
    };
    let lead = document.words(lead.span).trim_end_matches([':', '：', ' ']);
    let gap = if document.language == Language::Zh { "" } else { " " };
    (format!("{lead}{gap}{}", document.words(sentence.span)), lead.len() + gap.len())
}

/// Whether a sentence rules out what a cue of it names. "Without consent of a parent we collect nothing" rules out the
/// collecting, not the consent; and a right is not ruled out by what happens once it is used.
fn polarity(practice: &Practice, hit: &Hit, topic: Topic, vocabulary: &Vocabulary) -> Polarity {
    let itself = match topic {
        Topic::Security => practice.category == Category::Security,
        Topic::Minors => ["party.child", "data.minor"].iter().any(|id| vocabulary.is_a(hit.concept, id)),
        Topic::Transfers => hit.kind != Kind::Condition,
        _ => false,
    };
    if itself { practice.polarity } else { Polarity::Affirmed }
}

/// Whether a cue names something of a topic.
fn belongs(hit: &Hit, topic: Topic, vocabulary: &Vocabulary) -> bool {
    let kind_of = |ids: &[&str]| ids.iter().any(|id| vocabulary.is_a(hit.concept, id));
    let wanted = match topic {
        Topic::Rights => hit.kind == Kind::Right,
        Topic::Security => hit.kind == Kind::Security,
        Topic::Minors => kind_of(&[
            "party.child",
            "party.guardian",
            "condition.consent.guardian",
            "data.minor",
            "right.guardian",
        ]),
        Topic::Transfers => kind_of(&["action.transfer", "condition.law.transferbasis", "party.overseas"]),
        _ => false,
    };
    wanted && vocabulary.depth(hit.concept) > 0
}
