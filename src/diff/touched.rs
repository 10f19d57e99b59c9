//! Two versions of a policy compared by reading no more of them than edits can have touched.
//!
//! First the texts are aligned. Then what changed is read, with all that must be read together. What these practices leave
//! open (is it stated elsewhere? in broader terms? denied there?) is asked of the sentences that stayed: those whose words
//! may answer are read too, one after the other, until nothing is open. So the changes are those of the whole policies,
//! mostly for a small part of the reading.

use std::collections::BTreeSet;

use super::claims::Keys;
use super::questions::{Question, Unchanged};
use super::semantic::Settled;
use super::text::{self, SentenceRelation, TextDiff};
use super::units::{self, Sides, Turned, Unit};
use super::{ClarityKind, Difference, Relation, contradictions, is_judged, judge, semantic};
use crate::document::Document;
use crate::model::Models;
use crate::practice::{PracticeSet, SetOrigin, ToRead, Touched};
use crate::vocabulary::Vocabulary;

/// Where more than one in so many sentences changed, all are read: hardly any would be spared.
const MANY_CHANGED: usize = 3;
/// Where more than one in so many sentences was read, what may answer is read at once.
const MANY_READ: usize = 2;

/// What differs between two versions, and as much of both as had to be read. All is read where only all that both say
/// tells: of versions in two languages, of annotated ones, and where a contradiction came or went.
pub fn compare_touched(
    old: Document,
    new: Document,
    vocabulary: &Vocabulary,
    models: &Models,
) -> (Vec<PracticeSet>, Difference) {
    let whole = old.language != new.language || !old.marks.is_empty() || !new.marks.is_empty();
    let to_read = ToRead::new(vec![old, new]);
    let written = to_read.as_written();
    let &[old, new] = written.as_slice() else { return Default::default() }; // there are two
    let (text, mut touched) = rayon::join(
        || text::align(old, new, Relation::Versions),
        || Touched::new(&to_read, vocabulary, models),
    );
    let wanted = changed(&text, &to_read);
    let changed: usize = wanted.iter().map(Vec::len).sum();
    let is_judged = is_judged(old, new, Relation::Versions);
    if whole || is_judged && changed * MANY_CHANGED > sentences(&to_read) {
        return compare_whole(to_read.into_documents(), text, vocabulary, models);
    }
    let mut keys = Keys::default();
    if is_judged && old.language.is_read() {
        read(&mut touched, wanted, &text, &to_read, vocabulary, &mut keys);
    }
    let sets = touched.into_sets();
    let difference = judge_aligned(&sets, text, vocabulary, &mut keys);
    // Which contradictions there are is known only of all that was said.
    if difference.clarity.iter().any(|fact| fact.kind == ClarityKind::Contradiction) {
        return compare_whole(to_read.into_documents(), difference.text, vocabulary, models);
    }
    (sets, difference)
}

fn compare_whole(
    documents: Vec<Document>,
    text: TextDiff,
    vocabulary: &Vocabulary,
    models: &Models,
) -> (Vec<PracticeSet>, Difference) {
    let mut sets = PracticeSet::from_documents(documents, vocabulary, models);
    // How much had to be read is nobody's concern but ours.
    sets.iter_mut().for_each(|set| set.origin = SetOrigin::Touched);
    let difference = judge_aligned(&sets, text, vocabulary, &mut Keys::default());
    (sets, difference)
}

fn judge_aligned(
    sets: &[PracticeSet],
    text: TextDiff,
    vocabulary: &Vocabulary,
    keys: &mut Keys,
) -> Difference {
    let [old, new] = sets else { return Difference::default() }; // two documents make two sets
    let is_judged = is_judged(&old.document, &new.document, Relation::Versions);
    let sides = is_judged.then(|| Sides::with_keys(old, new, keys));
    judge(old, new, Relation::Versions, text, sides, vocabulary)
}

/// How many sentences both documents have.
fn sentences(to_read: &ToRead) -> usize {
    to_read.as_read().iter().map(|document| document.sentences.len()).sum()
}

/// Reads until nothing is open.
fn read(
    touched: &mut Touched,
    mut wanted: Vec<Vec<usize>>,
    text: &TextDiff,
    to_read: &ToRead,
    vocabulary: &Vocabulary,
    keys: &mut Keys,
) {
    let Some(new) = to_read.as_read().last() else { return };
    let mut unchanged = Unchanged::new(text, new, vocabulary);
    let mut settled = Settled::new();
    while wanted.iter().any(|wanted| !wanted.is_empty()) {
        touched.read(&wanted);
        let [old, new] = touched.sets() else { return };
        let sides = Sides::with_keys(old, new, keys);
        let units = units::units(&sides, text);
        let mut open = semantic::open_questions(&sides, &units, &mut settled, vocabulary);
        add_contradictions(&sides, &units, vocabulary, &mut open);
        let all = touched.count_read() * MANY_READ > sentences(to_read);
        let are_read = |(o, n)| touched.has_read(0, o) && touched.has_read(1, n);
        let mut next = Vec::from(unchanged.next(&open, all, are_read));
        for (i, under) in semantic::under_headings(&sides, &units).into_iter().enumerate() {
            next[i].extend(under.into_iter().filter(|&sentence| !touched.has_read(i, sentence)));
        }
        wanted = next;
    }
}

/// The sentences that changed, and those that stayed but stand under another lead-in.
fn changed(text: &TextDiff, to_read: &ToRead) -> Vec<Vec<usize>> {
    let [old, new] = to_read.as_read() else { return Vec::new() };
    let turned = Turned::new((old, new), text);
    let is_changed = |pair: &&text::SentencePair| {
        let led_otherwise = || pair.old.zip(pair.new).is_some_and(|(o, n)| turned.is_led_otherwise(o, n));
        pair.relation != SentenceRelation::Same || led_otherwise()
    };
    let changed: Vec<&text::SentencePair> = text.sentences.iter().filter(is_changed).collect();
    vec![
        changed.iter().filter_map(|pair| pair.old).collect(),
        changed.iter().filter_map(|pair| pair.new).collect(),
    ]
}

/// Adds what decides whether the changed sentences contradict others.
fn add_contradictions(sides: &Sides, units: &[Unit], vocabulary: &Vocabulary, open: &mut BTreeSet<Question>) {
    let old: BTreeSet<usize> = units.iter().flat_map(|unit| unit.old.iter().copied()).collect();
    let new: BTreeSet<usize> = units.iter().flat_map(|unit| unit.new.iter().copied()).collect();
    contradictions::open_questions(sides.old, &old, vocabulary, open);
    contradictions::open_questions(sides.new, &new, vocabulary, open);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{InputFormat, read};

    const POLICY: &str = "# Privacy\n\nWe collect your name.\n\nWe share your postal address with couriers.\n\n\
        We keep invoices for ten years.\n\nWe collect:\n\n- your height\n- your e-mail address\n";

    fn document(text: &str) -> Document {
        Document::new("p.md", read("p.md", text.as_bytes(), InputFormat::Auto).unwrap())
    }

    /// How many practices of the new version are read, and what changed.
    fn compared(old: &str, new: &str) -> (usize, Vec<String>) {
        let (sets, difference) =
            compare_touched(document(old), document(new), Vocabulary::builtin(), Models::builtin());
        let slots = difference.deltas.iter().flat_map(|delta| &delta.slots);
        (sets[1].practices.len(), slots.map(|slot| slot.words.clone()).collect())
    }

    #[test]
    fn only_what_changed_is_read_where_nothing_else_may_say_the_same() {
        assert_eq!(compared(POLICY, POLICY), (0, vec![]));
        let longer = POLICY.replace("ten years", "twelve years");
        assert_eq!(
            compared(POLICY, &longer),
            (1, vec!["for ten years".to_string(), "for twelve years".to_string()])
        );
    }

    #[test]
    fn what_may_say_the_same_is_read_too() {
        let twice = POLICY.replace("collect your name", "collect your name and your e-mail address");
        let (read, changed) = compared(POLICY, &twice);
        assert!(changed.is_empty() && read > 1, "{read} {changed:?}");
        let turned = POLICY.replace("We collect:", "We do not collect:");
        assert!(!compared(POLICY, &turned).1.is_empty());
    }
}
