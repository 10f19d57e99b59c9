//! Data items that a model of sentences leaves out of a list: known data that stands beside known data.

use super::{Mention, Origin, Role};
use crate::document::Document;
use crate::text::Span;
use crate::vocabulary::{Kind, Vocabulary};

/// The most bytes between two items of one list, separators included.
const WIDEST_GAP: usize = 16;

/// Adds to `found` (whose last mentions are the sentence's) cues of specific data that no mention covers and that only
/// separators part from a data mention.
pub(super) fn complete(document: &Document, sentence: usize, found: &mut Vec<Mention>, vocabulary: &Vocabulary) {
    let span = document.sentences[sentence].span;
    let from = found.iter().rposition(|m| m.span.end <= span.start).map_or(0, |i| i + 1);
    let Some(items) = found.get(from..).filter(|items| items.iter().any(|m| m.role == Role::Data)) else { return };
    let mut taken: Vec<(Span, bool)> = items.iter().map(|m| (m.span, m.role == Role::Data)).collect();
    let words = document.words(span);
    let cues: Vec<Span> = vocabulary
        .find(words, &document.language)
        .into_iter()
        .filter(|hit| hit.kind == Kind::Data && vocabulary.depth(hit.concept) >= 2)
        .map(|hit| hit.span.shift(span.start))
        .collect();
    // Twice: an item may be joined to the list by another one that was left out.
    for _ in 0..2 {
        for &cue in &cues {
            let free = taken.iter().all(|(other, _)| !other.overlaps(cue));
            let beside = taken.iter().any(|&(item, data)| data && joined(document, item, cue));
            if free && beside {
                taken.push((cue, true));
                found.push(Mention {
                    role: Role::Data,
                    span: cue,
                    text: document.words(cue).to_string(),
                    concept: None,
                    origin: Origin::Vocabulary,
                });
            }
        }
    }
    if let Some(items) = found.get_mut(from..) {
        items.sort_by_key(|m| m.span);
    }
}

/// Whether only separators of a list stand between two spans.
fn joined(document: &Document, a: Span, b: Span) -> bool {
    let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
    let gap = Span::new(first.end, second.start);
    if second.start < first.end || gap.len() > WIDEST_GAP {
        return false;
    }
    let between = document.words(gap);
    let mut separated = false;
    for part in between.split([',', '、', '/', '，', ';', '；', ' ', '\n']) {
        match part {
            "" => separated = true,
            "and" | "or" | "and/or" | "及" | "和" | "或" | "与" | "以及" | "your" | "numbers" | "number" | "号" | "您的" => separated = true,
            _ => return false,
        }
    }
    separated && between.contains([',', '、', '/', '，', ';', '；', '和', '及', '或', '与']) || between.contains(" and ") || between.contains(" or ")
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::extract::{Role, mentions};
    use crate::ingest::{InputFormat, read};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn identifiers_beside_known_data_are_data() {
        let text = "We collect your phone number, IMEI/OAID, GAID number, IMSI number and MAC address.";
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        let found = mentions(&document, Vocabulary::builtin());
        let concepts: Vec<&str> =
            found.iter().filter(|m| m.role == Role::Data).filter_map(|m| m.concept.as_deref()).collect();
        for id in ["imei", "oaid", "gaid", "imsi", "mac"] {
            assert!(concepts.iter().any(|c| c.ends_with(id)), "{id}: {concepts:?}");
        }
    }
}
