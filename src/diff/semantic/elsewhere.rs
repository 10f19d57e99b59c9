//! What stands beside and elsewhere: the sentences of the other side that come near one, those that an edit cut off or
//! joined, and sentences that only point to a page.

use std::collections::{BTreeMap, BTreeSet};

use crate::diff::claims::stem;
use crate::diff::units::Unit;
use crate::diff::words::{Content, Index};
use crate::document::{Block, BlockKind, Document};
use crate::text::{Span, WordSet, normal, normalize, simplified};

/// Fewer words than this are found in many sentences by chance.
const FEWEST_WORDS: usize = 4;
/// Letters that a sentence has at least to be known again inside another.
const FEWEST_LETTERS: usize = 8;

/// Cells on either side of one that are read with it, at most.
const WIDEST_ROW: usize = 12;

/// The words of each sentence of a side.
pub(super) struct Sentences(Index);

impl Sentences {
    pub(super) fn of(document: &Document) -> Sentences {
        let texts = document.sentences.iter().map(|sentence| match document.blocks[sentence.block].kind {
            // A row of a table says as one what a sentence says.
            BlockKind::Cell { table, row, .. } => {
                document.words(whole_row(document, sentence.block, table, row))
            }
            _ => document.words(sentence.span),
        });
        Sentences(Index::of(texts, &document.language))
    }

    /// Whether no sentence holds at least three in five of the words, or four where they state a duty, and there are enough
    /// of them to tell.
    pub(super) fn lack(&self, content: &Content) -> bool {
        if content.worded() + content.names.len() < FEWEST_WORDS {
            return false;
        }
        let words = telling(content);
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for sentence in words.iter().flat_map(|word| self.0.places(word)) {
            *shared.entry(*sentence).or_default() += 1;
        }
        // What must or must not be is said of few things: words that stand elsewhere in other company do not say it.
        let (shared_by, of) = if content.obliges() { (4, 5) } else { (3, 5) };
        shared.values().all(|n| n * of < words.len() * shared_by)
    }
}

/// The sentences of a document's paragraphs, in normal form.
pub(super) fn statements(document: &Document) -> WordSet<String> {
    let prose = |block: usize| matches!(document.blocks[block].kind, BlockKind::Paragraph);
    let sentences = document.sentences.iter().filter(|s| prose(s.block));
    sentences.map(|s| normal(document.words(s.span))).collect()
}

/// All cells that stand in a row with a block.
fn whole_row(document: &Document, block: usize, table: u32, row: u32) -> Span {
    let in_row =
        |b: &&Block| matches!(b.kind, BlockKind::Cell { table: t, row: r, .. } if (t, r) == (table, row));
    let (before, after) = document.blocks.split_at(block);
    let first = before.iter().rev().take(WIDEST_ROW).take_while(in_row).last();
    let last = after.iter().take(WIDEST_ROW).take_while(in_row).last();
    let here = document.blocks[block].span;
    here.cover(first.map_or(here, |b| b.span)).cover(last.map_or(here, |b| b.span))
}

fn telling(content: &Content) -> BTreeSet<String> {
    content.others.iter().cloned().chain(content.names.iter().map(|n| stem(n))).collect()
}

/// Sentences that one side joins to their neighbour: they are neither new nor gone.
#[derive(Default)]
pub(super) struct Joined {
    /// Sentences of the old and the new side that stand, word by word, within a neighbour's other version.
    sentences: (BTreeSet<usize>, BTreeSet<usize>),
    /// Where they stand on the other side.
    spans: (Vec<Span>, Vec<Span>),
}

impl Joined {
    pub(super) fn of(old: &Document, new: &Document, units: &[Unit]) -> Joined {
        let only = |side: fn(&Unit) -> (&[usize], &[usize])| -> BTreeSet<usize> {
            units
                .iter()
                .map(side)
                .filter(|(_, other)| other.is_empty())
                .flat_map(|(here, _)| here)
                .copied()
                .collect()
        };
        let (only_old, only_new) = (only(|u| (&u.old, &u.new)), only(|u| (&u.new, &u.old)));
        let mut joined = Joined::default();
        for unit in units.iter().filter(|u| !u.old.is_empty() && !u.new.is_empty()) {
            for (sentence, span) in within(new, &unit.new, &only_new, old, &unit.old) {
                joined.sentences.1.insert(sentence);
                joined.spans.0.push(span);
            }
            for (sentence, span) in within(old, &unit.old, &only_old, new, &unit.new) {
                joined.sentences.0.insert(sentence);
                joined.spans.1.push(span);
            }
        }
        joined
    }

    /// Whether all sentences of a unit of one side are such.
    pub(super) fn hold(&self, unit: &Unit) -> bool {
        match (unit.old.is_empty(), unit.new.is_empty()) {
            (true, false) => unit.new.iter().all(|s| self.sentences.1.contains(s)),
            (false, true) => unit.old.iter().all(|s| self.sentences.0.contains(s)),
            _ => false,
        }
    }

    /// What was touched on the old and the new side, without what stands there unchanged.
    pub(super) fn leave_out(&self, touched: (Vec<Span>, Vec<Span>)) -> (Vec<Span>, Vec<Span>) {
        (without(touched.0, &self.spans.0), without(touched.1, &self.spans.1))
    }
}

fn without(touched: Vec<Span>, left_out: &[Span]) -> Vec<Span> {
    left_out.iter().fold(touched, |spans, out| {
        spans
            .into_iter()
            .flat_map(|s| {
                [
                    Span::new(s.start, s.end.min(out.start).max(s.start)),
                    Span::new(s.start.max(out.end).min(s.end), s.end),
                ]
            })
            .filter(|s| s.start < s.end)
            .collect()
    })
}

/// Neighbours of `here`'s sentences that only this side has, yet end or begin a sentence of `there`.
fn within(
    here: &Document,
    sentences: &[usize],
    only: &BTreeSet<usize>,
    there: &Document,
    others: &[usize],
) -> Vec<(usize, Span)> {
    let bounds = sentences.first().zip(sentences.last()).zip(others.first().zip(others.last()));
    let Some(((first, last), (first_other, last_other))) = bounds else { return Vec::new() };
    let after = (last + 1, *last_other, true);
    let before = first.checked_sub(1).map(|s| (s, *first_other, false));
    let found = |(sentence, other, at_end): (usize, usize, bool)| {
        let span = there.sentences.get(other)?.span;
        let other = normalize(there.words(span));
        let words = normal(here.words(here.sentences.get(sentence)?.span));
        let marks = |c: char| !c.is_alphanumeric();
        let (words, text) = (words.trim_matches(marks), other.text.trim_end_matches(marks));
        if words.chars().count() < FEWEST_LETTERS {
            return None;
        }
        let start = if at_end {
            text.strip_suffix(words)?.len()
        } else {
            text.len() - text.trim_start_matches(marks).strip_prefix(words)?.len() - words.len()
        };
        Some((sentence, other.original(Span::new(start, start + words.len())).shift(span.start)))
    };
    before.into_iter().chain([after]).filter(|(s, ..)| only.contains(s)).filter_map(found).collect()
}

/// The words behind the first of some prefixes that a text has.
fn behind<'t>(text: &'t str, prefixes: &[&str]) -> Option<&'t str> {
    prefixes.iter().find_map(|prefix| text.strip_prefix(prefix))
}

/// Whether a word ends where a text begins, as it does before all but letters, digits and `_`.
fn ends_a_word(rest: &str) -> bool {
    !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_')
}

/// Whether the line that a text begins with holds one of some words.
fn names(rest: &str, words: &[&str]) -> bool {
    let line = rest.split('\n').next().unwrap_or(rest);
    let whole = |at: usize, word: &str| {
        !line[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
            && ends_a_word(&line[at + word.len()..])
    };
    words.iter().any(|word| line.match_indices(word).any(|(at, _)| whole(at, word)))
}

/// "For more information, see …", "Learn more", "We offer a page …", 有关……请参阅: in lower case.
fn points(sentence: &str) -> bool {
    const LOOK: [&str; 7] = ["see", "read", "review", "visit", "refer", "consult", "check"];
    const HAN_LOOK: [&str; 7] = ["参见", "参阅", "查看", "查阅", "访问", "阅读", "点击"];
    const FRENCH_LOOK: [&str; 4] = ["consultez", "voir", "voyez", "lisez"];
    let information = || {
        let rest = behind(sentence, &["for "])?;
        let rest = behind(rest, &["more ", "further ", "additional "])?;
        behind(rest, &["information", "details"]).filter(|rest| ends_a_word(rest))
    };
    let more = || {
        let rest = behind(sentence, &["please "]).unwrap_or(sentence);
        behind(rest, &["see more", "review more", "refer to more", "learn more"])
            .filter(|rest| ends_a_word(rest))
    };
    let to_learn = || behind(sentence, &["to learn more", "to learn how"]).filter(|rest| ends_a_word(rest));
    let page = || {
        let rest = behind(sentence, &["we offer a", "we provide a", "we have a", "we maintain a"])?;
        let rest = rest.strip_prefix('n').unwrap_or(rest).strip_prefix(' ')?;
        let next =
            rest.split_once(' ').filter(|(word, _)| word.chars().all(|c| c.is_alphanumeric() || c == '_'));
        let begins =
            |rest| behind(rest, &["page", "article", "overview", "website"]).is_some_and(ends_a_word);
        (begins(rest) || next.is_some_and(|(word, rest)| !word.is_empty() && begins(rest))).then_some(())
    };
    let han = || {
        let rest = behind(sentence, &["有关", "关于", "如需", "欲了解"])?;
        let line = rest.split('\n').next().unwrap_or(rest);
        let mut asked = line.match_indices(['请', '可']).map(|(at, asks)| &line[at + asks.len()..]);
        asked.any(|rest| behind(rest, &HAN_LOOK).is_some()).then_some(())
    };
    let han_details = || {
        let rest = behind(sentence, &["详情"])?;
        behind(behind(rest, &["请", "可"]).unwrap_or(rest), &["参见", "参阅", "查看", "见"])
    };
    let french = || behind(sentence, &["pour plus", "pour en savoir plus"]);
    let german = || {
        let rest = behind(sentence, &["weitere ", "nähere "])?;
        behind(rest, &["informationen", "hinweise"]).filter(|rest| ends_a_word(rest))
    };
    information().is_some_and(|rest| names(rest, &LOOK))
        || more().is_some()
        || to_learn().is_some_and(|rest| names(rest, &["see"]))
        || page().is_some()
        || han().is_some()
        || han_details().is_some()
        || french().is_some_and(|rest| names(rest, &FRENCH_LOOK))
        || german().is_some()
}

/// Whether a sentence only says where more can be read: nothing is done with data there.
pub(super) fn is_pointer(sentence: &str) -> bool {
    let sentence = &*simplified(sentence.trim());
    sentence.chars().count() <= 240 && points(&sentence.to_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pointers_are_known() {
        for pointer in [
            "For more information about these tools, see our help pages.",
            "Learn more here.",
            "We offer a page that explains all of this.",
            "有关存储位置的更多信息，请参阅帮助中心。",
        ] {
            assert!(is_pointer(pointer), "{pointer}");
        }
        for statement in ["We keep orders for a year.", "You can learn how to object.", "请阅读以下条款。"]
        {
            assert!(!is_pointer(statement), "{statement}");
        }
    }

    const POINTER: &str = r#"(?ix)^(
        for\ (more|further|additional)\ (information|details)\b.*\b(see|read|review|visit|refer|consult|check)\b
        | (please\ )?(see|review|refer\ to|learn)\ more\b
        | to\ learn\ (more|how)\b.*\bsee\b
        | we\ (offer|provide|have|maintain)\ an?\ (\w+\ )?(page|article|overview|website)\b
        | (有关|关于|如需了解|如需|欲了解).*(请|可)(参见|参阅|查看|查阅|访问|阅读|点击)
        | 详情(请|可)?(参见|参阅|查看|见)
        | pour\ (plus|en\ savoir\ plus).*\b(consultez|voir|voyez|lisez)\b
        | (weitere|nähere)\ (informationen|hinweise)\b
        )"#;

    proptest::proptest! {
        #[test]
        fn pointers_are_those_of_the_expression(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "For", "for ", "more ", "further ", "information", "details", " see ", "See", "read", "visit", "please ",
                    "learn", " more", "refer to", "review", "to ", "how", "We ", "offer ", "have ", "a ", "an ", "page", "new ",
                    "website", "s", " ", "\n", ".", "有关", "如需", "了解", "详情", "请", "可", "参见", "见", "点击", "pour ", "plus",
                    "en savoir ", "consultez", " voir", "weitere ", "Nähere ", "NÄHERE ", "Informationen", "Hinweise", "_",
                ]),
                0..9,
            ),
        ) {
            let words = parts.concat();
            let expected = regex::Regex::new(POINTER).unwrap().is_match(&words);
            proptest::prop_assert_eq!(points(&words.to_lowercase()), expected, "{}", words);
        }
    }

    #[test]
    fn what_is_left_out_is_no_longer_touched() {
        let spans = without(vec![Span::new(2, 9), Span::new(12, 20)], &[Span::new(5, 14)]);
        assert_eq!(spans, [Span::new(2, 5), Span::new(14, 20)]);
    }
}
