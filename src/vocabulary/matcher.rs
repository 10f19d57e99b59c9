//! All cues of a vocabulary in one pass over a text.
//!
//! One automaton per language of the document, over normalised text in which hyphens are blanks. Overlapping matches
//! are asked for, since a longer cue that fails at a word boundary must not hide a shorter one that does not.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, AhoCorasickKind};

use super::inflect::{noun_forms, verb_forms};
use super::{Concept, Kind, Vocabulary};
use crate::text::{Language, Span, fold_char, is_han, normalize};

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

/// What a pattern of the automaton stands for.
#[derive(Clone, Debug)]
struct Cue {
    kind: Kind,
    concept: usize,
    /// The words as they must stand, where case matters.
    exact: Option<String>,
    /// Whether the file gives these words, rather than a rule of inflection.
    given: bool,
}

/// The cues that are looked for in documents of one language.
#[derive(Clone)]
pub(super) struct Matcher {
    /// `None` when there are no cues at all.
    automaton: Option<AhoCorasick>,
    cues: Vec<Vec<Cue>>,
}

/// A cue at a place of the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    /// In folded text.
    pub span: Span,
    pub kind: Kind,
    pub concept: usize,
}

/// Normalised text with hyphens between words as blanks; all bytes keep their places.
pub(super) fn fold_hyphens(text: &str) -> String {
    let mut last = ' ';
    let mut rest = text.chars().peekable();
    let mut out = String::with_capacity(text.len());
    while let Some(c) = rest.next() {
        let joins =
            c == '-' && last.is_alphanumeric() && rest.peek().is_some_and(|next| next.is_alphanumeric());
        out.push(if joins { ' ' } else { c });
        last = c;
    }
    out
}

impl Matcher {
    /// Collects and compiles the cues for documents of a language: all of that language, and those of the other one
    /// that name data and parties.
    pub fn new(concepts: &[Concept], language: &str) -> Matcher {
        let mut patterns: BTreeMap<String, Vec<Cue>> = BTreeMap::new();
        let mut put = |words: &str, cue: Cue| {
            if !words.is_empty() {
                let cues = patterns.entry(words.to_string()).or_default();
                match cues.iter_mut().find(|c| c.concept == cue.concept && c.exact == cue.exact) {
                    Some(known) => known.given |= cue.given,
                    None => cues.push(cue),
                }
            }
        };
        for (concept, c) in concepts.iter().enumerate() {
            let plain = Cue { kind: c.kind, concept, exact: None, given: true };
            for (its, terms) in c.terms.by_language() {
                if its != language && !matches!(c.kind, Kind::Data | Kind::Party) {
                    continue;
                }
                for term in terms {
                    let term = fold_hyphens(&normalize(term).text);
                    for form in forms(&term, c.kind, its) {
                        put(&form, Cue { given: form == term, ..plain.clone() });
                    }
                }
            }
            for (its, terms) in c.forms.by_language() {
                for term in terms.iter().filter(|_| its == language) {
                    put(&fold_hyphens(&normalize(term).text), plain.clone());
                }
            }
            for (_, terms) in c.exact.by_language() {
                for term in terms {
                    let exact = Some(same_width(term));
                    put(&fold_hyphens(&normalize(term).text), Cue { exact, ..plain.clone() });
                }
            }
        }
        // Words that a file gives for one concept are no inflection of another one's.
        for cues in patterns.values_mut() {
            let given: Vec<Kind> =
                cues.iter().filter(|c| c.given && c.exact.is_none()).map(|c| c.kind).collect();
            cues.retain(|c| c.given || !given.contains(&c.kind));
        }
        let words: Vec<&String> = patterns.keys().collect();
        let automaton =
            AhoCorasick::builder().kind(Some(AhoCorasickKind::NoncontiguousNFA)).build(words).ok();
        Matcher { automaton, cues: patterns.into_values().collect() }
    }

    /// Every cue at word boundaries, overlapping ones too. `folded` is normalised text without hyphens; `original`
    /// gives the original words of a folded span.
    pub fn candidates<'t>(&self, folded: &str, original: impl Fn(Span) -> &'t str) -> Vec<Candidate> {
        let mut found = Vec::new();
        let Some(automaton) = &self.automaton else { return found };
        for hit in automaton.find_overlapping_iter(folded) {
            let span = Span::new(hit.start(), hit.end());
            if !stands_alone(folded, span) {
                continue;
            }
            for cue in self.cues.get(hit.pattern().as_usize()).into_iter().flatten() {
                if cue.exact.as_ref().is_none_or(|exact| same_width(original(span)) == *exact) {
                    found.push(Candidate { span, kind: cue.kind, concept: cue.concept });
                }
            }
        }
        found
    }
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
        if let Some(concept) = vocabulary.concepts.get(c.concept) {
            hits.push(Hit { span: normalized.original(c.span), kind: c.kind, concept: &concept.id });
        }
    }
    hits.sort();
    hits
}

/// The forms in which a folded term is looked for.
fn forms(term: &str, kind: Kind, language: &str) -> Vec<String> {
    if language == "zh" {
        let mut forms = vec![term.to_string()];
        if term.contains(' ') {
            // Chinese writes "Android ID" without the blank as well.
            forms.push(term.replace(' ', ""));
        }
        return forms;
    }
    match kind {
        Kind::Data | Kind::Party | Kind::Condition | Kind::Retention => noun_forms(term),
        Kind::Action => verb_forms(term),
        Kind::Purpose | Kind::Right | Kind::Security => {
            // "provide our service": the verb first, the noun last.
            noun_forms(term).iter().flat_map(|form| verb_forms(form)).collect()
        }
    }
}

/// Whether letters and digits of the cue do not go on outside of it. Han characters need no boundary.
fn stands_alone(text: &str, span: Span) -> bool {
    let joins = |c: Option<char>| c.is_some_and(|c| (c.is_alphanumeric() || c == '_') && !is_han(c));
    let words = span.of(text);
    let before = text.get(..span.start).and_then(|before| before.chars().next_back());
    let after = text.get(span.end..).and_then(|after| after.chars().next());
    let goes_on =
        joins(words.chars().next()) && joins(before) || joins(words.chars().next_back()) && joins(after);
    !goes_on
}

/// Words in one width, their case kept.
fn same_width(words: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    words.chars().filter_map(fold_char).nfkc().collect()
}
