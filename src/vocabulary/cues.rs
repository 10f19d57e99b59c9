//! The words of concepts to all the forms in which they are looked for, put into one block of bytes.
//!
//! The build does this for the built-in vocabulary, the program for one with an overlay.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::inflect::{noun_forms, verb_forms};
use super::{Kind, Words};
use crate::text::{fold_char, normal, trie};

/// What words stand for.
#[derive(Clone, Debug)]
struct Cue {
    kind: Kind,
    concept: usize,
    /// The words as they must stand, where case matters.
    exact: Option<String>,
    /// Whether the file gives these words, rather than a rule of inflection.
    given: bool,
}

/// The block for documents of a language: all words of that language, and those of the other one that name data and
/// parties. A concept is told by its place. First come the bytes of the cues, counted, then the trie of their places.
pub(super) fn compile<'w>(concepts: impl Iterator<Item = (Kind, &'w Words)>, language: &str) -> Vec<u8> {
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
    for (concept, (kind, words)) in concepts.enumerate() {
        let plain = Cue { kind, concept, exact: None, given: true };
        for (its, terms) in words.terms.by_language() {
            if its != language && !matches!(kind, Kind::Data | Kind::Party) {
                continue;
            }
            for term in terms {
                let term = fold_hyphens(&normal(term));
                for form in forms(&term, kind, its) {
                    put(&form, Cue { given: form == term, ..plain.clone() });
                }
            }
        }
        for (its, terms) in words.forms.by_language() {
            for term in terms.iter().filter(|_| its == language) {
                put(&fold_hyphens(&normal(term)), plain.clone());
            }
        }
        for (_, terms) in words.exact.by_language() {
            for term in terms {
                let exact = Some(same_width(term));
                put(&fold_hyphens(&normal(term)), Cue { exact, ..plain.clone() });
            }
        }
    }
    let mut cues = Vec::new();
    let mut places = Vec::with_capacity(patterns.len());
    for (words, of_words) in &patterns {
        // Words that a file gives for one concept are no inflection of another one's.
        let given: Vec<Kind> =
            of_words.iter().filter(|c| c.given && c.exact.is_none()).map(|c| c.kind).collect();
        let kept: Vec<&Cue> = of_words.iter().filter(|c| c.given || !given.contains(&c.kind)).collect();
        places.push((words.as_str(), cues.len() as u32 + 1));
        cues.extend((kept.len() as u32).to_le_bytes());
        kept.iter().for_each(|cue| write(cue, &mut cues));
    }
    let mut out = (cues.len() as u32).to_le_bytes().to_vec();
    out.extend(cues);
    out.extend(trie::build(&places));
    out
}

fn write(cue: &Cue, out: &mut Vec<u8>) {
    let exact = cue.exact.as_deref().unwrap_or_default();
    out.extend((cue.concept as u32).to_le_bytes());
    out.extend(
        (Kind::ALL.iter().position(|kind| *kind == cue.kind).unwrap_or_default() as u32).to_le_bytes(),
    );
    out.extend((exact.len() as u32).to_le_bytes());
    out.extend(exact.as_bytes());
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

/// Words in one width, their case kept.
pub(super) fn same_width(words: &str) -> String {
    words.chars().filter_map(fold_char).nfkc().collect()
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
