//! Lists of data: items written together are parted, and known data that a model left out beside known data is added.

use super::cues::CUES;
use super::sentence::Sentence;
use super::{Mention, Origin, Role};
use crate::document::Document;
use crate::text::Span;

/// The most bytes between two items of one list, separators included.
const WIDEST_GAP: usize = 16;
/// Marks between two items of one list.
pub(super) const MARKS: [char; 6] = [',', '、', '/', '，', ';', '；'];

/// Adds to the mentions of a sentence cues of specific data that no mention covers and that only
/// separators part from a data mention.
pub(super) fn complete(sentence: &Sentence, found: &mut Vec<Mention>) {
    if found.iter().all(|m| m.role != Role::Data) {
        return;
    }
    let mut taken: Vec<(Span, bool)> = found.iter().map(|m| (m.span, m.role == Role::Data)).collect();
    let cues: Vec<Span> = sentence.specific_data().collect();
    // Twice: an item may be joined to the list by another one that was left out.
    for _ in 0..2 {
        for &cue in &cues {
            let free = taken.iter().all(|(other, _)| !other.overlaps(cue));
            let beside = taken.iter().any(|&(item, data)| data && joined(sentence.words, item, cue));
            if free && beside {
                taken.push((cue, true));
                found.push(sentence.mention(Role::Data, cue, Origin::Vocabulary));
            }
        }
    }
    found.sort_by_key(|m| m.span);
}

/// The most characters of an item that is a purpose as a whole.
const LONGEST_PURPOSE: usize = 160;
/// Characters at the end of a lead-in that say what its items are.
const LONGEST_END: usize = 40;

/// An item that is a purpose as a whole, because its lead-in says so.
pub(super) fn purpose(document: &Document, sentence: usize) -> Option<Mention> {
    let block = &document.blocks[document.sentences[sentence].block];
    if block.sentences != (sentence, sentence + 1) {
        return None;
    }
    let lead_in = document.words(document.blocks[block.lead_in?].span).trim_end_matches([':', '：', ' ']);
    let from = lead_in.char_indices().rev().nth(LONGEST_END).map_or(0, |(at, _)| at);
    let lead_in = lead_in[from..].to_lowercase();
    let announced = CUES.purposes.iter().any(|end| {
        lead_in.strip_suffix(end.as_str()).is_some_and(|before| !end.is_ascii() || before.ends_with(' '))
    });
    let words =
        document.words(document.sentences[sentence].span).trim_end_matches([';', '；', '.', '。', ',', '，']);
    // "Partners: we share …" is a sentence of its own, whatever leads in to it.
    let own = words.contains(['：', ':', '。'])
        || words.contains(". ")
        || CUES.own_sentences.iter().any(|begin| words.starts_with(begin.as_str()));
    if !announced || own || words.chars().count() > LONGEST_PURPOSE {
        return None;
    }
    let start = document.sentences[sentence].span.start;
    Some(Mention {
        role: Role::Purpose,
        span: Span::new(start, start + words.len()),
        text: words.to_string(),
        concept: None,
        origin: Origin::Pattern,
    })
}

/// Whether only separators of a list stand between two spans of a text.
pub(super) fn joined(text: &str, a: Span, b: Span) -> bool {
    let (first, second) = if a.start < b.start { (a, b) } else { (b, a) };
    let gap = Span::new(first.end, second.start);
    if second.start < first.end || gap.len() > WIDEST_GAP {
        return false;
    }
    let between = gap.of(text);
    let is_mark = |c: char| MARKS.contains(&c);
    let is_in = |words: &[String], part: &str| words.iter().any(|word| word == part);
    let parts = || between.split(|c: char| is_mark(c) || c.is_whitespace()).filter(|part| !part.is_empty());
    parts().all(|part| {
        is_in(&CUES.joiners, part) || is_in(&CUES.conjunctions, part) || is_in(&CUES.examples, part)
    }) && (between.contains(is_mark)
        || parts().any(|part| is_in(&CUES.conjunctions, part) || is_in(&CUES.examples, part)))
}

#[cfg(test)]
mod tests {
    use crate::document::Document;
    use crate::extract::{Readings, Role, mentions};
    use crate::ingest::{InputFormat, read};
    use crate::model::Models;
    use crate::vocabulary::Vocabulary;

    #[test]
    fn identifiers_beside_known_data_are_data() {
        let text = "We collect your phone number, IMEI/OAID, GAID number, IMSI number and MAC address.";
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        let readings =
            Readings::of(std::slice::from_ref(&document), Vocabulary::builtin(), Models::builtin());
        let found = mentions(&document, Vocabulary::builtin(), &readings[0]);
        let concepts: Vec<&str> =
            found.iter().filter(|m| m.role == Role::Data).filter_map(|m| m.concept.as_deref()).collect();
        for id in ["imei", "oaid", "gaid", "imsi", "mac"] {
            assert!(concepts.iter().any(|c| c.ends_with(id)), "{id}: {concepts:?}");
        }
    }
}
