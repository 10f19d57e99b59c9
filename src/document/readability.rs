//! How hard a document is to read: length, time, sentences, vague wording, each by its language's own measure.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;
use schemars::JsonSchema;
use serde::Serialize;

use super::{BlockKind, Document};
use crate::text::{Language, TokenKind, is_alphanumeric, tokens};

/// English words that an adult reads silently in a minute: M. Brysbaert, "How many words do we read per minute?",
/// Journal of Memory and Language 109 (2019), for non-fiction. Taken for other languages with letters as well.
pub const WORDS_A_MINUTE: usize = 238;
/// Han characters that an adult reads in a minute: the Chinese texts of S. Trauzettel-Klosinski, K. Dietz and others,
/// "Standardized Assessment of Reading Performance: The New International Reading Speed Texts IReST",
/// Investigative Ophthalmology & Visual Science 53 (2012).
pub const HAN_A_MINUTE: usize = 255;
/// English sentences of more words are long: the limit of the style guidance for GOV.UK.
pub const LONG_WORDS: usize = 25;
/// Chinese sentences of more characters are long. A limit of our own: no standard names one.
pub const LONG_HAN: usize = 80;

/// How hard a document is to read. Headings and table cells are not counted as sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Readability {
    /// Minutes to read all of it at 238 English words or 255 Han characters a minute, rounded up.
    pub minutes: usize,
    /// Sentences that were measured.
    pub sentences: usize,
    /// Words a sentence; for Chinese, characters. To one decimal.
    pub sentence_length: f64,
    /// Percent of sentences of more than 25 words; for Chinese, of more than 80 characters.
    pub long_sentences: f64,
    /// Percent of sentences with a word that leaves open whether, how much or which.
    pub vague_sentences: f64,
    /// English only: Flesch's reading ease (1948), 100 easy to 0 hard, with estimated syllables.
    pub reading_ease: Option<f64>,
    /// English only: school grade by Flesch and Kincaid (1975), with estimated syllables.
    pub grade: Option<f64>,
    /// Chinese only: characters between two marks of punctuation.
    pub clause_length: Option<f64>,
}

#[allow(clippy::expect_used)] // our own file, read in a test
static VAGUE: LazyLock<BTreeMap<String, Regex>> = LazyLock::new(|| {
    let file: BTreeMap<String, BTreeMap<String, Vec<String>>> =
        crate::yaml::own_file!("document/vague").expect("vague.yaml is right");
    let expression = |(language, groups): (String, BTreeMap<String, Vec<String>>)| {
        let words: Vec<String> = groups.values().flatten().map(|word| regex::escape(word)).collect();
        let border = if language == "en" { r"\b" } else { "" };
        let all = format!("(?i){border}(?:{}){border}", words.join("|"));
        (language, Regex::new(&all).expect("words are escaped"))
    };
    file.into_iter().map(expression).collect()
});

/// Measures a document.
pub fn readability(document: &Document) -> Readability {
    let chinese = document.language == Language::Zh;
    let vague = VAGUE.get(document.language.code());
    let (mut sentences, mut words, mut syllables, mut clauses, mut long, mut open) = (0, 0, 0, 0, 0, 0);
    for sentence in &document.sentences {
        let kind = document.blocks[sentence.block].kind;
        let text = document.words(sentence.span);
        let length = count_words(text);
        if !matches!(kind, BlockKind::Paragraph | BlockKind::Item(_)) || length == 0 {
            continue;
        }
        sentences += 1;
        words += length;
        long += usize::from(length > if chinese { LONG_HAN } else { LONG_WORDS });
        open += usize::from(vague.is_some_and(|vague| vague.is_match(text)));
        if chinese {
            clauses += text.split(is_stop).filter(|part| part.chars().any(char::is_alphanumeric)).count();
        } else if document.language == Language::En {
            syllables +=
                text.split(|c: char| !c.is_alphanumeric() && c != '\'').map(syllables_of).sum::<usize>();
        }
    }
    let rate = if chinese { HAN_A_MINUTE } else { WORDS_A_MINUTE };
    let per = |a: usize, b: usize| if b == 0 { 0.0 } else { a as f64 / b as f64 };
    let scored = document.language == Language::En && words > 0;
    let (length, beats) = (per(words, sentences), per(syllables, words));
    Readability {
        minutes: count_words(&document.text).div_ceil(rate),
        sentences,
        sentence_length: tenths(length),
        long_sentences: tenths(per(long, sentences) * 100.0),
        vague_sentences: tenths(per(open, sentences) * 100.0),
        reading_ease: scored.then(|| tenths(206.835 - 1.015 * length - 84.6 * beats)),
        grade: scored.then(|| tenths(0.39 * length + 11.8 * beats - 15.59)),
        clause_length: (chinese && clauses > 0).then(|| tenths(per(words, clauses))),
    }
}

/// Words with a letter or digit; Han characters count one each.
pub fn count_words(text: &str) -> usize {
    let word = |span: crate::text::Span| span.of(text).chars().any(is_alphanumeric);
    tokens(text).filter(|t| t.kind == TokenKind::Word && word(t.span)).count()
}

fn tenths(number: f64) -> f64 {
    (number * 10.0).round() / 10.0
}

fn is_stop(c: char) -> bool {
    "，。；：、！？,;:!?".contains(c)
}

/// Syllables of an English word, estimated: groups of vowels, without a silent e at the end; numbers count one.
fn syllables_of(word: &str) -> usize {
    let lower = word.to_lowercase();
    if lower.is_empty() {
        return 0;
    }
    let vowel = |c: char| "aeiouy".contains(c);
    let mut count = 0;
    let mut before = false;
    for c in lower.chars() {
        count += usize::from(vowel(c) && !before);
        before = vowel(c);
    }
    let silent =
        (lower.ends_with('e') && !lower.ends_with("le")) || lower.ends_with("es") || lower.ends_with("ed");
    let sounded = ["ted", "ded", "ses", "ces", "ges", "zes", "xes", "ches", "shes"]
        .iter()
        .any(|end| lower.ends_with(end));
    if silent && !sounded && count > 1 {
        count -= 1;
    }
    count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{self, InputFormat};

    fn read(text: &str) -> Readability {
        let source = ingest::read("a.md", text.as_bytes(), InputFormat::Auto).unwrap();
        readability(&Document::new("a.md", source))
    }

    #[test]
    fn syllables_are_about_right() {
        let words =
            [("data", 2), ("we", 1), ("share", 1), ("collected", 3), ("used", 1), ("table", 2), ("30", 1)];
        for (word, syllables) in words {
            assert_eq!(syllables_of(word), syllables, "{word}");
        }
    }

    #[test]
    fn english_has_its_measures() {
        let easy = read("We keep it. We do not sell it. You can ask us.");
        let hard = read(
            "We may, depending on the particular circumstances, communicate certain categories of information to affiliated organisations internationally for administrative purposes that are considered reasonable and appropriate by the persons responsible for them.",
        );
        assert!(easy.reading_ease > hard.reading_ease && easy.grade < hard.grade);
        assert_eq!((easy.sentences, easy.long_sentences, hard.long_sentences), (3, 0.0, 100.0));
        assert_eq!((easy.clause_length, hard.vague_sentences), (None, 100.0));
    }

    #[test]
    fn chinese_has_its_own() {
        let text = read("我们会收集您的姓名。我们可能会在必要时，与某些合作方共享您的信息。");
        assert_eq!((text.sentences, text.vague_sentences), (2, 50.0));
        assert_eq!((text.reading_ease, text.grade), (None, None));
        assert_eq!((text.sentence_length, text.clause_length), (15.0, Some(10.0)));
    }

    #[test]
    fn nothing_is_measured_of_nothing() {
        assert_eq!(read("# Privacy\n").sentences, 0);
    }
}
