//! Data that a model of sentences leaves out right behind a verb: "we read your calendar", 读取您的日历.

use super::cues::CUES;
use super::sentence::Sentence;
use super::{Mention, Origin, Role};
use crate::text::Span;
use crate::vocabulary::Kind;

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

/// Adds to the mentions of a sentence cues of specific data that directly follow one of its verbs.
pub(super) fn add(sentence: &Sentence, found: &mut Vec<Mention>) {
    let verbs: Vec<Span> = found.iter().filter(|m| m.role == Role::Action).map(|m| m.span).collect();
    if verbs.is_empty() {
        return;
    }
    let mut objects: Vec<Mention> = Vec::new();
    for cue in sentence.specific_data() {
        let free = found.iter().chain(&objects).all(|m| !m.span.overlaps(cue));
        let object = verbs.iter().any(|verb| {
            let gap = || Span::new(verb.end, cue.start).of(sentence.words).trim().to_lowercase();
            verb.end <= cue.start && BETWEEN.contains(&gap().as_str())
        });
        if free && object {
            objects.push(sentence.mention(Role::Data, cue, Origin::Vocabulary));
        }
    }
    found.extend(objects);
    found.sort_by_key(|m| m.span);
}

/// Adds the verbs of a negated statement in which none, or only the last, was found: "neither | read | nor | copy | your photos", 既不出售也不出租.
pub(super) fn add_negated_verbs(sentence: &Sentence, found: &mut Vec<Mention>) {
    let words = sentence.words;
    if words.len() > LONGEST_STATEMENT {
        return;
    }
    let lower = words.to_ascii_lowercase(); // every byte stays where it is
    let Some(negation) = CUES.negated.iter().filter_map(|cue| place(&lower, cue)).min() else { return };
    let objects: Vec<Span> = sentence.specific_data().collect();
    let takes = |verb: Span, object: Span| {
        verb.end <= object.start && {
            let gap = Span::new(verb.end, object.start).of(&lower).trim();
            gap.len() <= WIDEST_OBJECT && !gap.contains([',', '，', ':', '：', ';', '；', '(', '（'])
        }
    };
    // From the last to the first: a verb before "nor" or 也不 has the object of the next one.
    let known: Vec<Span> = found.iter().filter(|m| m.role == Role::Action).map(|m| m.span).collect();
    let mut verbs: Vec<Span> = Vec::new();
    for hit in sentence.cues.iter().rev().filter(|hit| hit.kind == Kind::Action && hit.span.start > negation)
    {
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
    for verb in verbs {
        if found.iter().all(|m| !m.span.overlaps(verb)) {
            found.push(sentence.mention(Role::Action, verb, Origin::Vocabulary));
        }
    }
    found.sort_by_key(|m| m.span);
}

/// Where a cue stands; English ones as whole words.
pub(super) fn place(words: &str, cue: &str) -> Option<usize> {
    words.match_indices(cue).map(|(at, _)| at).find(|&at| {
        let inner = |c: char| c.is_alphanumeric();
        !cue.is_ascii() || !words[..at].ends_with(inner) && !words[at + cue.len()..].starts_with(inner)
    })
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::extract::{Role, all_mentions};
    use crate::ingest::{InputFormat, read};

    #[test]
    fn verbs_of_negated_statements_are_found() {
        for (text, verbs) in [
            ("We neither sell nor rent your photos.", vec!["sell", "rent"]),
            ("Neither we nor our partners sell your photos to anyone.", vec!["sell"]),
            ("我们既不出售也不出租您的照片。", vec!["出售", "出租"]),
        ] {
            let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
            let found = all_mentions(&document);
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
            let found = all_mentions(&document);
            let data = found.iter().filter(|m| m.role == Role::Data).filter_map(|m| m.concept.as_deref());
            assert!(data.clone().any(|c| c == id), "{text}: {:?}", data.collect::<Vec<_>>());
        }
    }
}
