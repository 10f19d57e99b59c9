//! A practice set to the view of `extract`.

use super::{PracticeRow, PracticeSetView, Value};
use crate::extract::Mention;
use crate::practice::{PracticeSet, parties};
use crate::report::messages::Messages;
use crate::report::side::{doubts, side};
use crate::text::Language;
use crate::vocabulary::Vocabulary;

/// What one document states. `lang` is the language of the report's own words: "en" or "zh".
pub fn build(set: &PracticeSet, vocabulary: &Vocabulary, lang: &str) -> PracticeSetView {
    let messages = Messages::for_language(lang);
    let language = Language::from(lang.to_string());
    let value = |mention: &Mention, duration: Option<&String>| {
        let concept = mention.concept.as_deref().and_then(|id| vocabulary.get(id));
        Value {
            words: mention.text.clone(),
            concept: mention.concept.clone(),
            label: concept.map(|c| vocabulary.label(&c.id, &language).to_string()),
            iri: concept.and_then(|c| c.iri.clone()),
            sensitive: concept.is_some_and(|c| vocabulary.is_sensitive(&c.id)),
            duration: duration.cloned(),
        }
    };
    let values = |mentions: &[Mention]| mentions.iter().map(|m| value(m, None)).collect();
    // The words name the company, the label says what it is: "our affiliate Fennwick Inc.", affiliate.
    let recipients = |mentions: &[Mention]| {
        let parties = parties(&set.document.text, mentions, &set.document.language, vocabulary);
        let named = mentions.iter().zip(parties).map(|(mention, party)| {
            let class = party.class.filter(|class| !party.names.is_empty() && class != "party.company");
            let mut value = value(mention, None);
            if let Some(class) = class {
                value.label = Some(vocabulary.label(&class, &language).to_string());
            }
            value
        });
        named.collect()
    };
    let rows = set
        .practices
        .iter()
        .map(|p| {
            let place = set.original(p.evidence.span);
            PracticeRow {
                id: p.id.clone(),
                category: p.category,
                polarity: p.polarity,
                modality: p.modality,
                actor: p.actor.as_ref().map(|m| value(m, None)),
                action: p.action.as_ref().map(|m| value(m, None)),
                data: values(&p.data),
                recipients: recipients(&p.recipients),
                sources: values(&p.sources),
                purposes: values(&p.purposes),
                conditions: values(&p.conditions),
                retention: p.retention.iter().map(|r| value(&r.mention, r.duration.as_ref())).collect(),
                refers_to: values(&p.refers_to),
                quote: p.evidence.quote.clone(),
                section: p.evidence.section.clone(),
                start: place.start,
                end: place.end,
            }
        })
        .collect();
    PracticeSetView {
        schema: "polidiff.practices/1".into(),
        generator: crate::GENERATOR.into(),
        language: messages.language().into(),
        document: side(set),
        rows,
        doubts: doubts(set, messages),
    }
}
