//! Lists of data: items written together are parted, and known data that a model left out beside known data is added.

use super::cues::CUES;
use super::reading::word_count;
use super::sentence::Sentence;
use super::{Mention, OfDocument, Origin, Role};
use crate::document::{Block, Document};
use crate::practice::Category;
use crate::text::Span;
use crate::vocabulary::{Kind, Vocabulary};

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
    let lead_in = end_of(document, &document.blocks[block.lead_in?]);
    let ends_with = |ends: &[String]| {
        let is_end = |end: &String| {
            lead_in.strip_suffix(end.as_str()).is_some_and(|before| !end.is_ascii() || before.ends_with(' '))
        };
        ends.iter().any(is_end)
    };
    let announced = ends_with(&CUES.purposes) && !ends_with(&CUES.not_purposes);
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

/// The last words of a lead-in, in lower case and without the colon.
fn end_of(document: &Document, lead_in: &Block) -> String {
    let words = document.words(lead_in.span).trim_end_matches([':', '：', ' ']);
    let from = words.char_indices().rev().nth(LONGEST_END).map_or(0, |(at, _)| at);
    words[from..].to_lowercase()
}

/// Words of an item that is data as a whole; two Han characters count as one.
const LONGEST_DATA: usize = 14;

/// An item that is data as a whole, because its lead-in says so and its own words do not say otherwise: "Feedback" below
/// "We collect:".
pub(super) fn data(
    document: &Document,
    sentence: usize,
    readings: OfDocument,
    vocabulary: &Vocabulary,
) -> Option<Mention> {
    let block = &document.blocks[document.sentences[sentence].block];
    let lead_in = &document.blocks[block.lead_in?];
    if block.sentences != (sentence, sentence + 1) || lead_in.sentences.1 == lead_in.sentences.0 {
        return None;
    }
    let own = &readings.get(sentence).mentions;
    let whole = document.words(document.sentences[sentence].span);
    // A model that has seen few items takes some for a purpose.
    let misread = |m: &Mention| m.role == Role::Purpose && m.span.len() + 2 >= whole.len();
    if !own.iter().all(misread) || CUES.own_sentences.iter().any(|begin| whole.starts_with(begin.as_str())) {
        return None;
    }
    let above = readings.get(lead_in.sentences.1 - 1);
    let collects = |m: &Mention| {
        let action = || vocabulary.name(&m.text, Kind::Action, &document.language);
        m.role == Role::Action && action().and_then(|a| vocabulary.category(a)) == Some(Category::Collection)
    };
    let verb = above.mentions.iter().rposition(collects)?;
    // "companies that you give access to:" names whom, not what.
    let end = end_of(document, lead_in);
    let hangs = CUES.hanging.iter().any(|word| end.ends_with(word.as_str())) && !end.ends_with(" limited to");
    let announces = |m: &Mention| matches!(m.role, Role::Data | Role::Source);
    let words = whole.trim_end_matches([';', '；', '.', '。', ',', '，', ' ']);
    let words = words.strip_suffix("; and").or(words.strip_suffix("; or")).unwrap_or(words);
    let bare = CUES.determiners.iter().find_map(|word| {
        let rest = words.strip_prefix(word.as_str())?;
        (!word.is_ascii() || rest.starts_with(' ')).then_some(rest)
    });
    let bare = bare.map_or(words, str::trim_start);
    let is_said = bare.chars().any(char::is_alphabetic) && !bare.contains([':', '：', '。', '?', '？']);
    if hangs
        || !above.mentions[verb + 1..].iter().all(announces)
        || word_count(bare) > LONGEST_DATA
        || !is_said
    {
        return None;
    }
    let start = document.sentences[sentence].span.start + (words.len() - bare.len());
    let span = Span::new(start, start + bare.len());
    Some(Mention { role: Role::Data, span, text: bare.to_string(), concept: None, origin: Origin::Pattern })
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
    use crate::extract::{Role, all_mentions};
    use crate::ingest::{InputFormat, read};

    /// Roles and words of the mentions of a text.
    fn found(text: &str) -> Vec<(Role, String)> {
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        let found = all_mentions(&document);
        found.into_iter().map(|m| (m.role, m.text)).collect()
    }

    #[test]
    fn items_below_what_is_collected_are_data_whatever_they_are() {
        let has = |text: &str, role, words: &str| found(text).contains(&(role, words.to_string()));
        for (text, words) in [
            ("We collect:\n\n- zorble readings\n- your e-mail address\n", "zorble readings"),
            ("We collect:\n\n- yourzorble\n- your e-mail address\n", "yourzorble"),
            ("We collect data, including but not limited to:\n\n- zorble readings\n", "zorble readings"),
            ("我们会收集以下信息：\n\n（1）停车楼层；\n\n（2）手机号码。\n", "停车楼层"),
        ] {
            assert!(has(text, Role::Data, words), "{:?}", found(text));
        }
        for text in [
            "We share your data with companies that you give access to:\n\n- zorble banks\n",
            "You have the right to:\n\n- zorble\n",
        ] {
            assert!(found(text).iter().all(|(role, words)| *role != Role::Data || !words.contains("zorble")));
        }
        assert!(has("We use it to:\n\n- answer your e-mails\n", Role::Purpose, "answer your e-mails"));
    }

    #[test]
    fn identifiers_beside_known_data_are_data() {
        let text = "We collect your phone number, IMEI/OAID, GAID number, IMSI number and MAC address.";
        let document = Document::new("p.txt", read("p.txt", text.as_bytes(), InputFormat::Auto).unwrap());
        let found = all_mentions(&document);
        let concepts: Vec<&str> =
            found.iter().filter(|m| m.role == Role::Data).filter_map(|m| m.concept.as_deref()).collect();
        for id in ["imei", "oaid", "gaid", "imsi", "mac"] {
            assert!(concepts.iter().any(|c| c.ends_with(id)), "{id}: {concepts:?}");
        }
    }
}
