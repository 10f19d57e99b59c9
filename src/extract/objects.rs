//! Data that a model of sentences leaves out right behind a verb: "we read your calendar", 读取您的日历.

use super::reading::Reading;
use super::{Mention, Origin, Role};
use crate::document::Document;
use crate::text::Span;
use crate::vocabulary::{Kind, Vocabulary};

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

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::extract::{Readings, Role, mentions};
    use crate::ingest::{InputFormat, read};
    use crate::model::Models;
    use crate::vocabulary::Vocabulary;

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
