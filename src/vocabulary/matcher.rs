//! All cues of a vocabulary in one pass over a text.
//!
//! One block of cues per language of the document, over normalised text in which hyphens are blanks. Every cue at word
//! boundaries is given, overlapping ones too: which of them counts depends on who asks.

use std::borrow::Cow;

use super::cues::{compile, fold_hyphens, same_width};
use super::{Kind, Vocabulary, Words};
use crate::text::trie::Trie;
use crate::text::{Language, Span, is_han, normalize};

/// A cue in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hit<'v> {
    /// Where it stands in the original text.
    pub span: Span,
    /// The kind of its concept.
    pub kind: Kind,
    /// Id of its concept.
    pub concept: &'v str,
}

/// The cues that are looked for in documents of one language.
#[derive(Clone)]
pub(super) struct Matcher {
    cues: Cow<'static, [u8]>,
    trie: Trie,
}

/// A cue at a place of the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// In folded text.
    pub span: Span,
    pub kind: Kind,
    pub concept: usize,
}

impl Matcher {
    /// Compiles the words of all concepts, for documents of a language.
    pub fn new<'w>(concepts: impl Iterator<Item = (Kind, &'w Words)>, language: &str) -> Matcher {
        Matcher::read(compile(concepts, language).into())
    }

    /// The matcher of a block that [`compile`] made.
    pub fn read(bytes: Cow<'static, [u8]>) -> Matcher {
        let end = (4 + number(&bytes, 0)).min(bytes.len());
        match bytes {
            Cow::Borrowed(bytes) => {
                let (cues, trie) = bytes.split_at(end);
                Matcher { cues: cues.into(), trie: Trie::read(trie.into()) }
            }
            Cow::Owned(mut bytes) => {
                let trie = bytes.split_off(end);
                Matcher { cues: bytes.into(), trie: Trie::read(trie.into()) }
            }
        }
    }

    /// Every cue at word boundaries, overlapping ones too. `folded` is normalised text without hyphens; `original`
    /// gives the original words of a folded span.
    pub fn candidates<'t>(&self, folded: &str, original: impl Fn(Span) -> &'t str) -> Vec<Candidate> {
        let mut found = Vec::with_capacity(16);
        let mut goes_on = false;
        for (start, c) in folded.char_indices() {
            let inner = std::mem::replace(&mut goes_on, joins(c)) && goes_on;
            if inner {
                continue;
            }
            self.trie.each_prefix(&folded.as_bytes()[start..], |len, place| {
                let span = Span::new(start, start + len);
                if ends_a_word(folded, span.end) {
                    self.each_cue(place as usize, |kind, concept, exact| {
                        if exact.is_empty() || same_width(original(span)).as_bytes() == exact {
                            found.push(Candidate { span, kind, concept });
                        }
                    });
                }
            });
        }
        found
    }

    /// The cues of a place: kind, concept, and the words as they must stand, if they must.
    fn each_cue(&self, place: usize, mut cue: impl FnMut(Kind, usize, &[u8])) {
        let mut at = 4 + place - 1;
        let count = number(&self.cues, at);
        at += 4;
        for _ in 0..count {
            let (concept, kind) = (number(&self.cues, at), number(&self.cues, at + 4));
            let exact = at + 12..at + 12 + number(&self.cues, at + 8);
            at = exact.end;
            if let (Some(kind), Some(exact)) = (Kind::ALL.get(kind), self.cues.get(exact)) {
                cue(*kind, concept, exact);
            }
        }
    }
}

fn number(bytes: &[u8], at: usize) -> usize {
    bytes.get(at..).and_then(|rest| rest.first_chunk()).map_or(0, |four| u32::from_le_bytes(*four) as usize)
}

/// The kind and the concept of every cue of a text, each once.
pub(super) fn find_all<'v>(
    vocabulary: &'v Vocabulary,
    text: &str,
    language: &Language,
) -> Vec<(Kind, &'v str)> {
    let normalized = normalize(text);
    let folded = fold_hyphens(&normalized.text);
    let found = vocabulary.matcher(language).candidates(&folded, |span| normalized.original(span).of(text));
    let mut found: Vec<(Kind, usize)> = found.into_iter().map(|c| (c.kind, c.concept)).collect();
    found.sort_unstable();
    found.dedup();
    let named = |(kind, at): (Kind, usize)| Some((kind, &*vocabulary.nodes.get(at)?.id));
    found.into_iter().filter_map(named).collect()
}

/// Every cue of a text, per kind leftmost-longest.
pub(super) fn find<'v>(vocabulary: &'v Vocabulary, text: &str, language: &Language) -> Vec<Hit<'v>> {
    let normalized = normalize(text);
    let folded = fold_hyphens(&normalized.text);
    let mut found =
        vocabulary.matcher(language).candidates(&folded, |span| normalized.original(span).of(text));
    found.sort_by_cached_key(|c| {
        let depth = vocabulary.depth_at(c.concept);
        (c.kind, c.span.start, usize::MAX - c.span.end, usize::MAX - depth, c.concept)
    });
    let mut hits = Vec::with_capacity(found.len());
    let mut last: Option<(Kind, usize)> = None;
    for c in found {
        if last.is_some_and(|(kind, end)| kind == c.kind && c.span.start < end) {
            continue;
        }
        last = Some((c.kind, c.span.end));
        if let Some(node) = vocabulary.nodes.get(c.concept) {
            hits.push(Hit { span: normalized.original(c.span), kind: c.kind, concept: &node.id });
        }
    }
    hits.sort();
    hits
}

/// Whether a character belongs to a word with its neighbours. Han characters need no boundary.
fn joins(c: char) -> bool {
    (c.is_alphanumeric() || c == '_') && !is_han(c)
}

/// Whether the letters and digits of a word that ends here do not go on.
fn ends_a_word(text: &str, end: usize) -> bool {
    let (before, after) = (text.get(..end), text.get(end..));
    !(before.and_then(|t| t.chars().next_back()).is_some_and(joins)
        && after.and_then(|t| t.chars().next()).is_some_and(joins))
}
