//! A difference to the comparison report: judged, worded, counted, sorted.

use std::collections::BTreeMap;

use super::text::{Rows, is_unlike};
use super::{
    Change, Clarity, Comparison, Cue, Edit, PracticePair, Shared, Slot, Summary, Text, practices, wording,
};
use crate::assess::{self, Accepted, Judgement, Rules};
use crate::diff::{Delta, Difference, EditKind, Facet, Place, Relation};
use crate::practice::{PracticeSet, fingerprint};
use crate::report::messages::Messages;
use crate::report::side::{doubts, side};
use crate::text::{Language, normal};
use crate::vocabulary::Vocabulary;

/// The report of a comparison. `lang` is the language of its own words: "en" or "zh".
pub fn build(
    old: &PracticeSet,
    new: &PracticeSet,
    difference: &Difference,
    vocabulary: &Vocabulary,
    lang: &str,
) -> Comparison {
    build_reviewed(old, new, difference, vocabulary, lang, &Review::default())
}

/// What a reviewer brings to a comparison.
#[derive(Debug, Default)]
pub struct Review {
    /// The rules that judge.
    pub rules: Rules,
    /// The changes that are accepted.
    pub accepted: Accepted,
}

/// The report of a comparison by a reviewer's rules, with the changes marked that are accepted.
pub fn build_reviewed(
    old: &PracticeSet,
    new: &PracticeSet,
    difference: &Difference,
    vocabulary: &Vocabulary,
    lang: &str,
    review: &Review,
) -> Comparison {
    let messages = Messages::for_language(lang);
    let builder = Builder {
        old,
        new,
        difference,
        vocabulary,
        messages,
        review,
        language: Language::from(lang.to_string()),
        rows: Rows::of(difference),
    };
    builder.report()
}

pub(super) struct Builder<'a> {
    pub old: &'a PracticeSet,
    pub new: &'a PracticeSet,
    pub difference: &'a Difference,
    pub vocabulary: &'a Vocabulary,
    pub messages: &'static Messages,
    pub review: &'a Review,
    pub language: Language,
    pub rows: Rows,
}

impl Builder<'_> {
    fn report(&self) -> Comparison {
        let sides = || rayon::join(|| side(self.old), || side(self.new));
        let ((old_side, new_side), mut text) = rayon::join(sides, || self.text());
        let changes = self.changes(&text);
        for change in &changes {
            if let Some(row) = change.row.and_then(|r| text.rows.get_mut(r)) {
                row.changes.push(change.id.clone());
            }
        }
        let edits = self.edits(&text);
        let shared = self.shared();
        let clarity = self.clarity(&text);
        let practices = (self.old.is_whole() && self.new.is_whole()).then(|| self.practices(&text));
        let whole = !self.old.is_from_file() && !self.new.is_from_file();
        let identical = whole
            && changes.is_empty()
            && edits.is_empty()
            && normal(&self.old.document.text) == normal(&self.new.document.text);
        let mut doubts_found = doubts(self.old, self.messages);
        doubts_found.extend(doubts(self.new, self.messages));
        doubts_found.extend(self.stale(&changes));
        doubts_found.dedup();
        let (not_old, not_new) = self.difference.not_a_policy;
        for (set, is_not) in [(self.old, not_old), (self.new, not_new)] {
            if is_not {
                doubts_found
                    .insert(0, self.messages.fill("doubt.not-a-policy", &[("source", &set.document.name)]));
            }
        }
        if self.difference.relation == Relation::Versions && whole && is_unlike(&text) && !not_old && !not_new
        {
            doubts_found.insert(0, self.messages.get("doubt.unlike").to_string());
        }
        let mut summary = Summary {
            practices_compared: !not_old && !not_new,
            identical,
            accepted: changes.iter().filter(|c| c.accepted.is_some()).count(),
            kinds: count(changes.iter().map(|c| c.kind)),
            directions: count(changes.iter().map(|c| c.direction)),
            severities: count(changes.iter().map(|c| c.severity)),
            categories: count(changes.iter().map(|c| c.category)),
            edits: count(edits.iter().map(|e| e.kind)),
            clarity: self.difference.clarity.len(),
            shared: shared.len(),
            verdict: String::new(),
        };
        summary.verdict = wording::verdict(self.messages, self.difference.relation, &summary, whole);
        let relation = match self.difference.relation {
            Relation::Versions => "title.versions",
            Relation::Vendors => "title.vendors",
        };
        Comparison {
            schema: "polidiff.comparison/1".into(),
            generator: crate::GENERATOR.into(),
            relation: self.difference.relation,
            language: self.messages.language().into(),
            title: self.messages.fill(relation, &[("old", &old_side.title), ("new", &new_side.title)]),
            old: old_side,
            new: new_side,
            summary,
            changes,
            clarity,
            shared,
            edits,
            practices,
            text,
            doubts: doubts_found,
        }
    }

    /// Both practice sets as one list; rows only where the report shows the texts.
    fn practices(&self, text: &Text) -> Vec<PracticePair> {
        let none = Rows { old: BTreeMap::new(), new: BTreeMap::new() };
        let rows = if text.available { &self.rows } else { &none };
        practices::pairs(self.old, self.new, self.difference, rows)
    }

    /// What is accepted but none of the changes.
    fn stale(&self, changes: &[Change]) -> Vec<String> {
        let accepted = &self.review.accepted;
        let stale = accepted.stale(|id| changes.iter().any(|change| change.id == id));
        stale
            .map(|entry| {
                let (line, id) = (entry.line.to_string(), entry.id.as_str());
                let values = [("source", accepted.source.as_str()), ("line", &line), ("id", id)];
                self.messages.fill("doubt.stale", &values)
            })
            .collect()
    }

    fn changes(&self, text: &Text) -> Vec<Change> {
        let mut judged: Vec<(&Delta, Judgement)> = self
            .difference
            .deltas
            .iter()
            .map(|d| (d, assess::judge(d, &self.review.rules, self.vocabulary)))
            .collect();
        // Deltas are in the order of the text: a stable sort keeps it within one severity.
        judged.sort_by_key(|(_, judgement)| judgement.severity);
        let mut seen: BTreeMap<String, usize> = BTreeMap::new();
        judged
            .into_iter()
            .map(|(delta, judgement)| {
                let mut change = self.change(delta, judgement, text);
                let count = seen.entry(change.id.clone()).or_default();
                *count += 1;
                if *count > 1 {
                    change.id = format!("{}-{count}", change.id);
                }
                change.accepted = self.review.accepted.get(&change.id).map(|entry| entry.note.clone());
                change
            })
            .collect()
    }

    fn change(&self, delta: &Delta, judgement: Judgement, text: &Text) -> Change {
        let slots: Vec<Slot> = delta
            .slots
            .iter()
            .map(|slot| {
                let concept = slot.concept.as_deref().and_then(|id| self.vocabulary.get(id));
                Slot {
                    facet: slot.facet,
                    added: slot.came,
                    words: match slot.facet {
                        Facet::Polarity => {
                            self.messages.aside(&slot.words, &self.messages.name("polarity", &slot.polarity))
                        }
                        Facet::Modality => {
                            self.messages.aside(&slot.words, &self.messages.name("modality", &slot.modality))
                        }
                        _ => slot.words.clone(),
                    },
                    concept: slot.concept.clone(),
                    label: concept.map(|c| self.vocabulary.label(&c.id, &self.language).to_string()),
                    iri: concept.and_then(|c| c.iri.clone()),
                    sensitive: slot.facet == Facet::Data
                        && concept.is_some_and(|c| self.vocabulary.is_sensitive(&c.id)),
                }
            })
            .collect();
        let mut facets: Vec<Facet> =
            slots.iter().map(|s| s.facet).chain(delta.about.iter().copied()).collect();
        facets.sort_unstable();
        facets.dedup();
        let side = |came: bool| {
            let mut by_facet: BTreeMap<Facet, Vec<String>> = BTreeMap::new();
            for slot in slots.iter().filter(|s| s.added == came) {
                by_facet.entry(slot.facet).or_default().push(slot.words.clone());
            }
            by_facet
        };
        let (old, new) = self.quotes(delta.old, delta.new);
        let id = fingerprint(
            [format!("{:?} {:?}", delta.kind, delta.category)]
                .iter()
                .map(String::as_str)
                .chain(delta.slots.iter().map(|s| s.words.as_str()))
                .chain(old.iter().map(|e| e.quote.as_str()))
                .chain(["\u{2192}"])
                .chain(new.iter().map(|e| e.quote.as_str())),
        );
        let mut change = Change {
            id,
            kind: delta.kind,
            scope: delta.scope().filter(|_| self.difference.relation == Relation::Versions),
            category: delta.category,
            facets,
            direction: judgement.direction,
            severity: judgement.severity,
            summary: String::new(),
            reason: judgement.reason(&self.language).to_string(),
            rule: judgement.rule.to_string(),
            accepted: None,
            old,
            new,
            added: side(true),
            removed: side(false),
            slots,
            row: self.row_of(text, delta.old, delta.new),
        };
        change.summary = wording::summary(self.messages, self.difference.relation, delta, &change);
        change
    }

    fn edits(&self, text: &Text) -> Vec<Edit> {
        self.difference
            .edits
            .iter()
            .map(|edit| {
                let (old, new) = match edit.kind {
                    // Where the words are the same on both sides, marks would point at nothing.
                    EditKind::Moved | EditKind::Link | EditKind::Reorder | EditKind::Whitespace => {
                        let plain =
                            |set: &PracticeSet, place: Option<Place>| place.map(|p| self.plain(set, p));
                        (plain(self.old, edit.old), plain(self.new, edit.new))
                    }
                    _ => self.quotes(edit.old, edit.new),
                };
                Edit { kind: edit.kind, old, new, row: self.row_of(text, edit.old, edit.new) }
            })
            .collect()
    }

    fn clarity(&self, text: &Text) -> Vec<Clarity> {
        let facts = &self.difference.clarity;
        facts
            .iter()
            .map(|fact| {
                let judgement = assess::judge_clarity(fact, &self.review.rules, self.vocabulary);
                let here = if fact.came { self.new } else { self.old };
                let cues = fact.cues.iter().map(|&span| {
                    let place = here.original(span);
                    Cue { words: here.document.words(span).to_string(), start: place.start, end: place.end }
                });
                let (old, new) = match (fact.old.as_slice(), fact.new.as_slice()) {
                    (&[old], &[new]) => {
                        let (old, new) = self.quotes(Some(old), Some(new));
                        (old.into_iter().collect(), new.into_iter().collect())
                    }
                    (old, new) => {
                        let quote = |set: &PracticeSet, places: &[Place]| {
                            places.iter().map(|&p| self.plain(set, p)).collect::<Vec<_>>()
                        };
                        (quote(self.old, old), quote(self.new, new))
                    }
                };
                let cues: Vec<Cue> = cues.collect();
                Clarity {
                    kind: fact.kind,
                    added: fact.came,
                    direction: judgement.direction,
                    severity: judgement.severity,
                    summary: wording::clarity(self.messages, fact.kind, fact.came, &cues),
                    reason: judgement.reason(&self.language).to_string(),
                    rule: judgement.rule.to_string(),
                    cues,
                    old,
                    new,
                    row: self.row_of(text, fact.old.first().copied(), fact.new.first().copied()),
                }
            })
            .collect()
    }

    fn shared(&self) -> Vec<Shared> {
        self.difference
            .shared
            .iter()
            .map(|common| Shared {
                category: common.category,
                facet: common.facet,
                concept: common.concept.clone(),
                label: self.vocabulary.label(&common.concept, &self.language).to_string(),
                iri: self.vocabulary.get(&common.concept).and_then(|c| c.iri.clone()),
                polarity: common.polarity,
                old_modality: common.modality.0,
                new_modality: common.modality.1,
                old: self.plain(self.old, common.places.0),
                new: self.plain(self.new, common.places.1),
            })
            .collect()
    }
}

fn count<K: Ord>(keys: impl Iterator<Item = K>) -> BTreeMap<K, usize> {
    let mut counts = BTreeMap::new();
    for key in keys {
        *counts.entry(key).or_default() += 1;
    }
    counts
}
