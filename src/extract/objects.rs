//! Data that a model of sentences leaves out right behind a verb: "we read your calendar", 读取您的日历.

use super::cues::CUES;
use super::reading::Reading;
use super::{Mention, Origin, Role};
use crate::document::Document;
use crate::text::Span;
use crate::vocabulary::{Kind, Vocabulary};

/// Bytes of a statement that is searched for verbs.
const LONGEST_STATEMENT: usize = 400;
/// Bytes between a verb and its object.
const WIDEST_OBJECT: usize = 12;
/// Words that may stand between a verb and its object.
const BETWEEN: [&str; 19] = [
    "",
    "your",
    "the",
    "their",
    "his",
    "her",
    "its",
    "any",
    "all",
    "of",
    "to your",
    "a",
    "an",
    "one or more",
    "certain",
    "such",
    "您的",
    "用户的",
    "你的",
];

/// Adds to `found` (whose last mentions are the sentence's) cues of specific data that directly follow one of its verbs.
pub(super) fn add<'v>(
    document: &Document,
    sentence: usize,
    reading: &Reading<'v>,
    found: &mut Vec<Mention>,
    vocabulary: &'v Vocabulary,
) {
    let span = document.sentences[sentence].span;
    let from = found.iter().rposition(|m| m.span.end <= span.start).map_or(0, |i| i + 1);
    let verbs: Vec<Span> = found[from..].iter().filter(|m| m.role == Role::Action).map(|m| m.span).collect();
    if verbs.is_empty() {
        return;
    }
    let cues = reading.cues(document.words(span), &document.language, vocabulary);
    let data = cues.iter().filter(|hit| hit.kind == Kind::Data && vocabulary.depth(hit.concept) >= 2);
    let mut objects: Vec<Mention> = Vec::new();
    for cue in data.map(|hit| hit.span.shift(span.start)) {
        let free = found[from..].iter().chain(&objects).all(|m| !m.span.overlaps(cue));
        let object = verbs.iter().any(|verb| {
            let gap = Span::new(verb.end, cue.start);
            verb.end <= cue.start && BETWEEN.contains(&document.words(gap).trim().to_lowercase().as_str())
        });
        if free && object {
            let text = document.words(cue).to_string();
            objects.push(Mention {
                role: Role::Data,
                span: cue,
                text,
                concept: None,
                origin: Origin::Vocabulary,
            });
        }
    }
    found.extend(objects);
    found[from..].sort_by_key(|m| m.span);
}

/// Adds the verbs of a negated statement in which none, or only the last, was found: "neither | read | nor | copy | your photos", 既不出售也不出租.
pub(super) fn add_negated_verbs<'v>(
    document: &Document,
    sentence: usize,
    reading: &Reading<'v>,
    found: &mut Vec<Mention>,
    vocabulary: &'v Vocabulary,
) {
    let span = document.sentences[sentence].span;
    let from = found.iter().rposition(|m| m.span.end <= span.start).map_or(0, |i| i + 1);
    let words = document.words(span);
    if words.len() > LONGEST_STATEMENT {
        return;
    }
    let lower = words.to_ascii_lowercase(); // every byte stays where it is
    let Some(negation) = CUES.negated.iter().filter_map(|cue| place(&lower, cue)).min() else { return };
    let hits = reading.cues(words, &document.language, vocabulary);
    let objects: Vec<Span> = hits
        .iter()
        .filter(|hit| hit.kind == Kind::Data && vocabulary.depth(hit.concept) >= 2)
        .map(|hit| hit.span)
        .collect();
    let takes = |verb: Span, object: Span| {
        verb.end <= object.start && {
            let gap = Span::new(verb.end, object.start).of(&lower).trim();
            gap.len() <= WIDEST_OBJECT && !gap.contains([',', '，', ':', '：', ';', '；', '(', '（'])
        }
    };
    // From the last to the first: a verb before "nor" or 也不 has the object of the next one.
    let known = found[from..].iter().filter(|m| m.role == Role::Action);
    let known: Vec<Span> =
        known.map(|m| Span::new(m.span.start - span.start, m.span.end - span.start)).collect();
    let mut verbs: Vec<Span> = Vec::new();
    for hit in hits.iter().rev().filter(|hit| hit.kind == Kind::Action && hit.span.start > negation) {
        let object = objects.iter().any(|object| takes(hit.span, *object));
        let next = verbs.iter().chain(&known).filter(|verb| verb.start >= hit.span.end).min();
        let joined = next.is_some_and(|next| {
            let gap = Span::new(hit.span.end.min(next.start), next.start).of(&lower).trim();
            matches!(gap, "nor" | "or" | "and" | "," | "、" | "或" | "也不" | "也不会" | "和")
        });
        if object && verbs.is_empty() && known.is_empty() || joined {
            verbs.push(hit.span);
        }
    }
    for verb in verbs.into_iter().map(|verb| verb.shift(span.start)) {
        if found[from..].iter().all(|m| !m.span.overlaps(verb)) {
            let text = document.words(verb).to_string();
            found.push(Mention {
                role: Role::Action,
                span: verb,
                text,
                concept: None,
                origin: Origin::Vocabulary,
            });
        }
    }
    found[from..].sort_by_key(|m| m.span);
}

/// Where a cue stands; English ones as whole words.
fn place(words: &str, cue: &str) -> Option<usize> {
    words.match_indices(cue).map(|(at, _)| at).find(|&at| {
        let inner = |c: char| c.is_alphanumeric();
        !cue.is_ascii() || !words[..at].ends_with(inner) && !words[at + cue.len()..].starts_with(inner)
    })
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::extract::{Readings, Role, mentions};
    use crate::ingest::{InputFormat, read};
    use crate::model::Models;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn verbs_of_negated_statements_are_found() {
        for (text, verbs) in [
            ("We neither sell nor rent your photos.", vec!["sell", "rent"]),
            ("Neither we nor our partners sell your photos to anyone.", vec!["sell"]),
            ("我们既不出售也不出租您的照片。", vec!["出售", "出租"]),
        ] {
            let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
            let readings =
                Readings::of(std::slice::from_ref(&document), Vocabulary::builtin(), Models::builtin());
            let found = mentions(&document, Vocabulary::builtin(), &readings[0]);
            let actions = found.iter().filter(|m| m.role == Role::Action).map(|m| m.text.as_str());
            assert_eq!(actions.collect::<Vec<_>>(), verbs, "{text}");
        }
    }

    #[test]
    fn the_object_of_a_verb_is_data() {
        for (text, id) in [
            ("With your permission, we read your calendar.", "data.calendar"),
            ("经您同意，我们会读取您的日历。", "data.calendar"),
        ] {
            let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
            let readings =
                Readings::of(std::slice::from_ref(&document), Vocabulary::builtin(), Models::builtin());
            let found = mentions(&document, Vocabulary::builtin(), &readings[0]);
            let data = found.iter().filter(|m| m.role == Role::Data).filter_map(|m| m.concept.as_deref());
            assert!(data.clone().any(|c| c == id), "{text}: {:?}", data.collect::<Vec<_>>());
        }
    }
}
