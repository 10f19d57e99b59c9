//! How clear a policy is, and whether an edit changed that: contradictions that came or went, words that came to leave
//! more open or less. No change of practice by itself, so it is told apart.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::contradictions::{Contradiction, contradictions};
use super::difference::{ClarityFact, Place};
use super::text::{Mark, runs};
use super::units::{Sides, Unit, place};
use crate::document::Document;
use crate::extract::{Openness, Vague, vague};
use crate::practice::PracticeSet;
use crate::text::Span;
use crate::vocabulary::Vocabulary;

/// What makes a policy unclear.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum ClarityKind {
    /// Two statements that cannot both hold.
    Contradiction,
    /// Words that leave open what is meant.
    Vague,
}

/// What an edit made less clear or clearer, in the order of the new text. `units` are all edits, `plain` those that change
/// no practice.
pub(super) fn find(
    sides: &Sides,
    units: &[Unit],
    plain: &[Unit],
    vocabulary: &Vocabulary,
) -> Vec<ClarityFact> {
    let mut facts = contradicted(sides, units, vocabulary);
    let first = |unit: &Unit| (unit.old.first().copied(), unit.new.first().copied());
    let plain: BTreeSet<_> = plain.iter().map(first).collect();
    for unit in units {
        facts.extend(vaguer(sides, unit, plain.contains(&first(unit))));
    }
    facts.sort_by_key(|f| {
        let first = |places: &[Place]| places.first().map(|p| (p.span.start, p.span.end));
        (first(&f.new).or(first(&f.old)), f.kind, f.came)
    });
    facts
}

/// Contradictions that only one side has, where an edit touched one of their statements.
fn contradicted(sides: &Sides, units: &[Unit], vocabulary: &Vocabulary) -> Vec<ClarityFact> {
    let old = contradictions(sides.old, vocabulary);
    let new = contradictions(sides.new, vocabulary);
    let touched_old: BTreeSet<usize> = units.iter().flat_map(|u| u.old.iter().copied()).collect();
    let touched_new: BTreeSet<usize> = units.iter().flat_map(|u| u.new.iter().copied()).collect();
    let fact = |set: &PracticeSet, touched: &BTreeSet<usize>, found: &Contradiction, came: bool| {
        let sentence = |span: Span| set.document.sentence_at(span.start);
        let (stated, denied) = (sentence(found.stated)?, sentence(found.denied)?);
        if !touched.contains(&stated) && !touched.contains(&denied) {
            return None;
        }
        let places: Vec<Place> =
            [stated, denied].iter().filter_map(|&s| place(&set.document, &[s])).collect();
        let (old, new) = if came { (Vec::new(), places) } else { (places, Vec::new()) };
        Some(ClarityFact { kind: ClarityKind::Contradiction, came, old, new, cues: Vec::new() })
    };
    let went = old.iter().filter(|(key, _)| !new.contains_key(*key));
    let came = new.iter().filter(|(key, _)| !old.contains_key(*key));
    went.filter_map(|(_, found)| fact(sides.old, &touched_old, found, false))
        .chain(came.filter_map(|(_, found)| fact(sides.new, &touched_new, found, true)))
        .collect()
}

/// Vague words that an edit put in or took out: in a changed sentence those of a group that it has more of than before, in
/// a new or removed statement all that leave open what belongs to it.
fn vaguer(sides: &Sides, unit: &Unit, plain: bool) -> Vec<ClarityFact> {
    let one_sided = unit.old.is_empty() || unit.new.is_empty();
    if one_sided && plain {
        return Vec::new();
    }
    let (old_doc, new_doc) = (&sides.old.document, &sides.new.document);
    let (old, new) = (cues(old_doc, &unit.old), cues(new_doc, &unit.new));
    if old.is_empty() && new.is_empty() {
        return Vec::new();
    }
    let (deleted, inserted) = touched(old_doc, new_doc, unit);
    let mut facts = Vec::new();
    for (here, there, touched, came) in [(&old, &new, deleted, false), (&new, &old, inserted, true)] {
        let count = |cues: &[Vague], open: Openness| cues.iter().filter(|v| v.open == open).count();
        let mut more: Vec<Span> = Vec::new();
        for open in
            [Openness::Examples, Openness::Possibility, Openness::Need, Openness::Time, Openness::Extent]
        {
            // Whether something new happens for certain is told with the change itself.
            if one_sided && open == Openness::Possibility {
                continue;
            }
            let surplus = count(here, open).saturating_sub(count(there, open));
            let fresh = here.iter().filter(|v| v.open == open && touched.iter().any(|t| t.overlaps(v.span)));
            more.extend(fresh.take(surplus).map(|v| v.span));
        }
        if more.is_empty() {
            continue;
        }
        more.sort_unstable();
        facts.push(ClarityFact {
            kind: ClarityKind::Vague,
            came,
            old: place(old_doc, &unit.old).into_iter().collect(),
            new: place(new_doc, &unit.new).into_iter().collect(),
            cues: more,
        });
    }
    facts
}

/// The vague words of some sentences, by their places in the document.
fn cues(document: &Document, sentences: &[usize]) -> Vec<Vague> {
    let spans = sentences.iter().map(|&s| document.sentences[s].span);
    spans
        .flat_map(|span| {
            let found = vague(document.words(span), &document.language);
            found.into_iter().map(move |v| Vague { span: v.span.shift(span.start), ..v })
        })
        .collect()
}

/// What was deleted and inserted; all of it where sentences were split, joined, or stand on one side only.
fn touched(old: &Document, new: &Document, unit: &Unit) -> (Vec<Span>, Vec<Span>) {
    if unit.old.len() != 1 || unit.new.len() != 1 {
        let spans = |document: &Document, sentences: &[usize]| {
            sentences.iter().map(|&s| document.sentences[s].span).collect::<Vec<_>>()
        };
        return (spans(old, &unit.old), spans(new, &unit.new));
    }
    let (o, n) = (old.sentences[unit.old[0]].span, new.sentences[unit.new[0]].span);
    let (mut deleted, mut inserted) = (Vec::new(), Vec::new());
    for run in runs(old.words(o), new.words(n)) {
        match run.mark {
            Mark::Same => {}
            Mark::Deleted => deleted.push(run.old.shift(o.start)),
            Mark::Inserted => inserted.push(run.new.shift(n.start)),
        }
    }
    (deleted, inserted)
}

#[cfg(test)]
mod tests {
    use super::ClarityKind::{Contradiction, Vague};
    use super::*;
    use crate::diff::{Relation, compare};
    use crate::ingest::{InputFormat, read};

    fn set(text: &str) -> PracticeSet {
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        PracticeSet::from_document(document, Vocabulary::builtin())
    }

    /// Kind, whether it came, and its words.
    fn found(old: &str, new: &str) -> Vec<(ClarityKind, bool, Vec<String>)> {
        let (old, new) = (set(old), set(new));
        let facts = compare(&old, &new, Relation::Versions, Vocabulary::builtin()).clarity;
        facts
            .into_iter()
            .map(|f| {
                let text = if f.came { &new.document.text } else { &old.document.text };
                (f.kind, f.came, f.cues.iter().map(|c| c.of(text).to_string()).collect())
            })
            .collect()
    }

    #[test]
    fn vague_words_that_came_or_went_are_told_once() {
        let (plain, open) = (
            "We collect your name and your e-mail address when you register.",
            "We collect information such as your name and your e-mail address when you register.",
        );
        assert_eq!(found(plain, open), [(Vague, true, vec!["such as".to_string()])]);
        assert_eq!(found(open, plain), [(Vague, false, vec!["such as".to_string()])]);
        assert!(found(open, &open.replace("such as", "for example")).is_empty());
        let (plain, open) = (
            "我们会收集您的姓名和电话号码用于配送订单。",
            "我们会在必要时收集您的姓名、电话号码等信息用于配送订单。",
        );
        assert_eq!(found(plain, open), [(Vague, true, vec!["必要时".to_string(), "等".to_string()])]);
    }

    #[test]
    fn contradictions_that_came_or_went_are_told_with_both_statements() {
        let clear = "# Sharing\n\nWe share your email address with advertisers.\n\nWe like to be clear.";
        let unclear = format!("{clear}\n\nWe never share your email address with advertisers.");
        assert_eq!(found(clear, &unclear), [(Contradiction, true, vec![])]);
        assert_eq!(found(&unclear, clear), [(Contradiction, false, vec![])]);
        assert!(found(&unclear, &unclear.replace("clear", "plain")).is_empty());
    }
}
