//! A sentence to role spans: a linear-chain model over words.
//!
//! Sums are whole numbers, so the best sequence of labels is the same on every platform.

use std::ops::Range;

use crate::Result;
use crate::extract::Role;
use crate::text::{Language, Span};
use crate::vocabulary::Hit;

use super::Tagged;
use super::chain::{LABELS, Order, ROLES, STATES};
use super::families::{Families, KINDS, Rows};
use super::features::{Tokens, of_every_word};
use super::joints::Joints;
use super::weights::Reader;

/// Tokens decoded at once; longer sentences are cut, so that memory stays bounded.
pub(super) const LONGEST: usize = 400;

/// Families of features that are looked up before their weights are added.
const AT_ONCE: usize = 64;
/// Tokens around a chunk that families may speak of: as many as there are kinds.
const AROUND: usize = KINDS as usize;

/// What is said for each label of a token.
pub(super) type Sums = [i16; LABELS];

/// Weights of the tagger, all on one scale.
#[derive(Clone, Debug)]
pub(super) struct Tagger {
    pub emissions: Families,
    pub joints: Joints,
    /// `transitions[state][label]`.
    pub transitions: [[i16; LABELS]; STATES],
    pub start: [i16; LABELS],
}

impl Tagger {
    /// Role spans in bytes of the sentence, in order, not overlapping, without white space at their ends.
    pub fn tag(&self, sentence: &str, language: &Language, hits: &[Hit]) -> Vec<(Span, Role)> {
        let tokens = Tokens::read(sentence, language, hits);
        let mut found = Vec::new();
        for chunk in tokens.chunks(LONGEST) {
            let labels = self.decode(&tokens, &chunk, language, &[]);
            spans(&labels, &tokens.spans[chunk], &mut found);
        }
        found
    }

    /// All spans of a sentence that was annotated for some roles only: its own, and those of the other roles that go best
    /// with them. Where recipients and sources were not annotated, an actor may be one of them: whoever marks parties
    /// marks them all alike.
    pub fn complete(&self, sentence: &Tagged, language: &Language, hits: &[Hit]) -> Vec<(Span, Role)> {
        let tokens = Tokens::read(&sentence.text, language, hits);
        let open = |role: Role| !sentence.roles.contains(&role);
        let party = |role| matches!(role, Role::Recipient | Role::Source) && open(role);
        let bits = |wanted: &dyn Fn(Role) -> bool, first: usize| {
            let of_role = |(i, _)| 1u32 << (first + 2 * i);
            ROLES
                .into_iter()
                .enumerate()
                .filter(|&(_, role)| wanted(role))
                .map(of_role)
                .fold(0, |all, bit| all | bit)
        };
        let unmarked = 1 | bits(&open, 1) | bits(&open, 2);
        let mut masks = vec![unmarked; tokens.len()];
        for &(span, role) in &sentence.spans {
            let may_be = |other| other == role || role == Role::Actor && party(other);
            let from = tokens.spans.partition_point(|word| word.end <= span.start);
            let to = tokens.spans.partition_point(|word| word.start < span.end);
            for (i, mask) in masks.iter_mut().enumerate().take(to).skip(from) {
                *mask = bits(&may_be, if i == from { 1 } else { 2 });
            }
            // What follows a mark does not continue it.
            if let Some(mask) = masks.get_mut(to).filter(|mask| **mask == unmarked) {
                *mask = 1 | bits(&open, 1);
            }
        }
        let mut found = Vec::new();
        for chunk in tokens.chunks(LONGEST) {
            let may = masks.get(chunk.clone()).unwrap_or_default();
            let labels = self.decode(&tokens, &chunk, language, may);
            spans(&labels, &tokens.spans[chunk], &mut found);
        }
        let marked = sentence.spans.iter().map(|&(span, role)| {
            let taken_for =
                found.iter().find(|(other, _)| other.overlaps(span)).map_or(role, |&(_, role)| role);
            (span, if role == Role::Actor && party(taken_for) { taken_for } else { role })
        });
        let apart = |span: Span| sentence.spans.iter().all(|(other, _)| !other.overlaps(span));
        let added = found.iter().copied().filter(|&(span, role)| open(role) && apart(span));
        let mut all: Vec<(Span, Role)> = marked.chain(added).collect();
        all.sort();
        all
    }

    /// The best labels of some tokens; `may` as for [`Order::best_labels`].
    fn decode(&self, tokens: &Tokens, chunk: &Range<usize>, language: &Language, may: &[u32]) -> Vec<u8> {
        let emissions = self.emissions(tokens, chunk, language);
        let joint = |i: usize| self.joints.sum(tokens.joints(chunk.start + i, chunk));
        let order = Order { start: &self.start, transitions: &self.transitions };
        order.best_labels(&emissions, joint, may)
    }

    /// What the features of the tokens of a chunk say for each label.
    fn emissions(&self, tokens: &Tokens, chunk: &Range<usize>, language: &Language) -> Vec<Sums> {
        let mut sums = self.of_runs(tokens, chunk);
        // Whether a family is known cannot be foretold, so nothing depends on it until many have been looked up.
        let mut found = [(0u32, 0i32); AT_ONCE];
        let mut known = 0;
        tokens.families(chunk, language, |family| {
            let (place, is_known) = self.emissions.find(family.hash);
            let before = family.token - chunk.start as isize + AROUND as isize;
            found[known % AT_ONCE] = (place as u32, before as i32);
            known += usize::from(is_known);
            if known == AT_ONCE {
                self.add_all(&found, &mut sums);
                known = 0;
            }
        });
        self.add_all(&found[..known], &mut sums);
        sums.truncate(AROUND + chunk.len());
        sums.drain(..AROUND);
        sums
    }

    /// Adds the weights of families at some places to the sums of the tokens that they speak of.
    fn add_all(&self, families: &[(u32, i32)], sums: &mut [Sums]) {
        for &(place, token) in families {
            let Rows { mut first, mut kinds } = self.emissions.rows_of(place as usize);
            while kinds != 0 {
                let token = token.wrapping_sub(kinds.trailing_zeros() as i32);
                if let Some(sum) = sums.get_mut(token as usize) {
                    self.add(first, sum);
                }
                first += 1;
                kinds &= kinds - 1;
            }
        }
    }

    /// What is said of each token of a chunk by what holds for many of them, with room for what is around it.
    fn of_runs(&self, tokens: &Tokens, chunk: &Range<usize>) -> Vec<Sums> {
        let mut constant = [0; LABELS];
        self.add_single(of_every_word(), &mut constant);
        let mut last = None;
        let mut sum = constant;
        let of_token = |at: usize| {
            let (run, features) = tokens.of_run(at);
            if last != Some(run) {
                sum = constant;
                features.iter().for_each(|&feature| self.add_single(feature, &mut sum));
                last = Some(run);
            }
            sum
        };
        let around = || std::iter::repeat_n([0; LABELS], AROUND);
        around().chain(chunk.clone().map(of_token)).chain(around()).collect()
    }

    /// Adds the weights of a feature that is alone in its family.
    fn add_single(&self, feature: u64, sum: &mut Sums) {
        if let (place, true) = self.emissions.find(feature) {
            self.add(self.emissions.rows_of(place).first, sum);
        }
    }

    /// Adds the weights in a row.
    #[inline]
    fn add(&self, row: usize, sum: &mut Sums) {
        // Sixteen are added at once, the last one beside them.
        const WIDE: usize = LABELS - 1;
        let row = self.emissions.row(row).and_then(<[u8]>::split_first_chunk::<WIDE>);
        let (Some((row, &[.., weight])), Some((wide, [last]))) = (row, sum.split_first_chunk_mut::<WIDE>())
        else {
            return;
        };
        // Fewer than 256 features of at most 127.
        for (sum, &weight) in wide.iter_mut().zip(row) {
            *sum = sum.wrapping_add(i16::from(weight as i8));
        }
        *last = last.wrapping_add(i16::from(weight as i8));
    }

    pub fn write(&self, out: &mut Vec<u8>) {
        out.push(LABELS as u8);
        self.start.iter().for_each(|w| out.extend(w.to_le_bytes()));
        self.transitions.iter().flatten().for_each(|w| out.extend(w.to_le_bytes()));
        self.joints.write(out);
        self.emissions.write(out);
    }

    pub fn read(from: &mut Reader) -> Result<Tagger> {
        if usize::from(from.u8()?) != LABELS {
            return from.fail("the tagger knows other roles than this polidiff");
        }
        let (mut start, mut transitions) = ([0; LABELS], [[0; LABELS]; STATES]);
        for w in start.iter_mut().chain(transitions.iter_mut().flatten()) {
            *w = from.i16()?;
        }
        Ok(Tagger {
            start,
            transitions,
            joints: Joints::read(from)?,
            emissions: Families::read(from, LABELS)?,
        })
    }
}

/// Runs of labels to spans.
fn spans(labels: &[u8], words: &[Span], out: &mut Vec<(Span, Role)>) {
    let mut open: Option<(Span, usize)> = None;
    for (&label, &word) in labels.iter().zip(words) {
        let label = usize::from(label);
        if label > 0
            && label % 2 == 0
            && let Some((span, _)) = open.as_mut().filter(|(_, role)| *role == label / 2 - 1)
        {
            *span = span.cover(word);
            continue;
        }
        out.extend(open.take().and_then(|(span, role)| Some((span, *ROLES.get(role)?))));
        if label > 0 {
            open = Some((word, (label - 1) / 2));
        }
    }
    out.extend(open.and_then(|(span, role)| Some((span, *ROLES.get(role)?))));
}

/// The labels that stand for gold spans; a word that a span covers in part belongs to it.
pub(super) fn labels(tokens: &Tokens, gold: &[(Span, Role)]) -> Vec<u8> {
    let mut labels = vec![0u8; tokens.len()];
    for &(span, role) in gold {
        let Some(role) = ROLES.iter().position(|&r| r == role) else { continue };
        let mut begun = false;
        for (label, word) in labels.iter_mut().zip(&tokens.spans) {
            if word.start < span.end && span.start < word.end && *label == 0 {
                *label = (1 + 2 * role + usize::from(begun)) as u8;
                begun = true;
            }
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn labels_and_spans_are_inverse() {
        let text = "我们收集您的手机号、邮箱。";
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len())
        };
        let gold = vec![
            (at("我们"), Role::Actor),
            (at("收集"), Role::Action),
            (at("手机号"), Role::Data),
            (at("邮箱"), Role::Data),
        ];
        let tokens = Tokens::read(text, &Language::Zh, &[]);
        let mut back = Vec::new();
        spans(&labels(&tokens, &gold), &tokens.spans, &mut back);
        assert_eq!(back, gold);
    }

    #[test]
    fn what_was_not_annotated_is_completed() {
        use crate::vocabulary::Vocabulary;

        let builtin =
            |language| crate::model::Models::builtin().for_language(&language).unwrap().tagger.clone();
        let roles = BTreeSet::from([Role::Actor, Role::Action, Role::Data, Role::Purpose]);
        let complete = |text: &str, marks: &[(&str, Role)], language: Language| {
            let at = |&(words, role): &(&str, Role)| {
                let start = text.find(words).unwrap();
                (Span::new(start, start + words.len()), role)
            };
            let sentence = Tagged {
                text: text.to_string(),
                spans: marks.iter().map(at).collect(),
                roles: roles.clone(),
            };
            let found = builtin(language.clone()).complete(
                &sentence,
                &language,
                &Vocabulary::builtin().find(text, &language),
            );
            found.into_iter().map(|(s, role)| (s.of(text).to_string(), role)).collect::<Vec<_>>()
        };
        let found = complete(
            "If you agree, we share your name with our advertising partners.",
            &[("we", Role::Actor), ("share", Role::Action), ("our advertising partners", Role::Actor)],
            Language::En,
        );
        let expected = [
            ("If you agree", Role::Condition),
            ("we", Role::Actor),
            ("share", Role::Action),
            ("our advertising partners", Role::Recipient),
        ];
        assert_eq!(found, expected.map(|(words, role)| (words.to_string(), role)));
        let found = complete(
            "经您同意，我们会将您的手机号提供给合作伙伴。",
            &[("我们", Role::Actor), ("提供", Role::Action)],
            Language::Zh,
        );
        assert!(found.contains(&("合作伙伴".into(), Role::Recipient)), "{found:?}");
        assert!(found.contains(&("经您同意".into(), Role::Condition)), "{found:?}");
        assert!(!found.iter().any(|(_, role)| *role == Role::Data), "{found:?}");
    }
}
