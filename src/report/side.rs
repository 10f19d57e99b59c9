//! A practice set to what a report says of a document.

use std::path::Path;

use super::comparison::Side;
use super::dates::dates;
use crate::document::{HAN_A_MINUTE, WORDS_A_MINUTE, count_words};
use crate::ingest::Format;
use crate::practice::{PracticeSet, unnamed};
use crate::text::{Language, beyond_ascii, count_bytes, is_han};

/// The most words without a concept that a doubt lists.
const LISTED_WORDS: usize = 5;

/// What a report says of a document.
pub(super) fn side(set: &PracticeSet) -> Side {
    let document = &set.document;
    let words = count_words(&document.text);
    let rate = if document.language == Language::Zh { HAN_A_MINUTE } else { WORDS_A_MINUTE };
    let file = Path::new(&document.name).file_name().and_then(|n| n.to_str()).unwrap_or(&document.name);
    Side {
        source: document.name.clone(),
        title: document.title.clone().unwrap_or_else(|| file.to_string()),
        dates: dates(document),
        language: document.language.code().to_string(),
        format: match (set.is_from_file(), document.format) {
            (true, _) => "set",
            (_, Format::Text) => "text",
            (_, Format::Markdown) => "markdown",
            (_, Format::Html) => "html",
            (_, Format::Annotated) => "annotated",
        }
        .to_string(),
        encoding: document.encoding.to_string(),
        model: set.model.clone(),
        characters: characters(&document.text),
        words,
        reading_minutes: words.div_ceil(rate),
        sections: document.sections.len().saturating_sub(1),
        sentences: document.sentences.len(),
        practices: set.is_whole().then_some(set.practices.len()),
    }
}

/// Characters of a text, blanks left out.
fn characters(text: &str) -> usize {
    let blanks = count_bytes(text, |byte| (b'\t'..=b'\r').contains(&byte) | (byte == b' '));
    text.chars().count() - blanks - beyond_ascii(text).filter(|c| c.is_whitespace()).count()
}

/// Sentences on what could not be read or is not certain, for one document.
pub(super) fn doubts(set: &PracticeSet, messages: &super::messages::Messages) -> Vec<String> {
    let document = &set.document;
    let mut doubts = Vec::new();
    let name = document.name.as_str();
    if !document.language.is_read() {
        let language = messages.language_name(document.language.code());
        doubts.push(messages.fill("doubt.language", &[("source", name), ("language", &language)]));
    }
    if document.dropped > 0 {
        doubts.push(
            messages.fill("doubt.dropped", &[("source", name), ("n", &messages.number(document.dropped))]),
        );
    }
    let unknown = unnamed(set.practices.iter().flat_map(|p| &p.data));
    if unknown.mentions > 0 && set.is_whole() {
        let key = if unknown.mentions == 1 { "doubt.unknown.one" } else { "doubt.unknown" };
        let listed = unknown.commonest.iter().take(LISTED_WORDS);
        let listed: Vec<String> =
            listed.map(|words| messages.fill("doubt.unknown.words", &[("words", &words.text)])).collect();
        let values = [
            ("source", name),
            ("n", &messages.number(unknown.mentions)),
            ("all", &messages.number(unknown.of)),
            ("words", &listed.join(messages.get("doubt.unknown.and"))),
        ];
        doubts.push(messages.fill(key, &values));
    }
    if document.language == Language::En && beyond_ascii(&document.text).any(is_han) {
        doubts.push(messages.fill("doubt.mixed", &[("source", name)]));
    }
    doubts
}
