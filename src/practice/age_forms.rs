//! How ages are written: "under the age of 16", "au moins 15 ans", 十四周岁. What is found need not be an age yet.
//!
//! The tests say the same as expressions. Read by hand, since to compile those takes longer than to compare two policies.

use crate::text::Span;
use crate::text::scan::{all, before, behind_blanks, behind_run, behind_word, is_digit, is_word_or_digit};

/// Words before an age in English, and some that are mixed in.
const BEFORE: [&str; 12] = [
    "under", "over", "below", "above", "than", "least", "age of", "age", "ages", "aged", "unter", "moins de",
];
/// Words before an age in French and German.
const BEFORE_OTHER: [&str; 7] = ["moins de", "plus de", "au moins", "unter", "über", "ab", "mindestens"];

/// A number that may be an age, and the span of all words that belong to it.
pub(super) type Found<'t> = (Span, &'t str);

/// "under the age of 16", "13 years old".
pub(super) fn english(text: &str) -> Vec<Found<'_>> {
    find(text, |start, rest| {
        begins(text, start).then(|| bounded_english(rest).or_else(|| years_old(rest))).flatten()
    })
}

/// "au moins 15 ans", "ab 16 Jahren", "14. Lebensjahr".
pub(super) fn french_and_german(text: &str) -> Vec<Found<'_>> {
    find(text, |start, rest| begins(text, start).then(|| counted_in_years(rest)).flatten())
}

/// 十四周岁, 16岁: the digits, or the characters.
pub(super) fn chinese(text: &str) -> Vec<Found<'_>> {
    find(text, |_, text| {
        let han = |c| "一二两三四五六七八九十".contains(c);
        let rest = number(text).or_else(|| behind_run(text, 1..=3, han))?;
        let unit = rest.trim_start();
        Some((before(text, rest), unit.strip_prefix('周').unwrap_or(unit).strip_prefix('岁')?))
    })
}

fn find<'t>(text: &'t str, read: impl Fn(usize, &'t str) -> Option<(&'t str, &'t str)>) -> Vec<Found<'t>> {
    all(text, read).into_iter().map(|(start, end, number)| (Span::new(start, end), number)).collect()
}

/// Whether a word may begin at a byte.
fn begins(text: &str, start: usize) -> bool {
    !text[..start].ends_with(is_word_or_digit)
}

/// The rest of a text, if no word goes on there.
fn ended(rest: &str) -> Option<&str> {
    (!rest.starts_with(is_word_or_digit)).then_some(rest)
}

fn number(text: &str) -> Option<&str> {
    behind_run(text, 1..=2, is_digit)
}

/// "under 16", "over the age of 13 years of age".
fn bounded_english(text: &str) -> Option<(&str, &str)> {
    let number_at = BEFORE.iter().find_map(|word| {
        let rest = behind_blanks(behind_word(text, word)?)?;
        let rest = behind_words(rest, &["the", "age", "of"]).or(behind_words(rest, &["age"])).unwrap_or(rest);
        number(rest).map(|_| rest)
    })?;
    let rest = number(number_at)?;
    let old = || old(behind_blanks(behind_years(behind_blanks(rest)?)?)?);
    Some((before(number_at, rest), old().or_else(|| ended(rest))?))
}

/// "13 years old", "13-year-old".
fn years_old(text: &str) -> Option<(&str, &str)> {
    let joint = |c: char| c.is_whitespace() || c == '-';
    let rest = number(text)?;
    let behind = behind_years(rest.strip_prefix(joint)?)?.strip_prefix(joint)?;
    Some((before(text, rest), old(behind)?))
}

fn behind_years(text: &str) -> Option<&str> {
    let rest = behind_word(text, "year")?;
    Some(behind_word(rest, "s").unwrap_or(rest))
}

fn old(text: &str) -> Option<&str> {
    behind_word(text, "old").or_else(|| behind_word(text, "of age")).and_then(ended)
}

/// What follows words with blanks behind each.
fn behind_words<'t>(text: &'t str, words: &[&str]) -> Option<&'t str> {
    words.iter().try_fold(text, |rest, word| behind_blanks(behind_word(rest, word)?))
}

fn counted_in_years(text: &str) -> Option<(&str, &str)> {
    let bound = BEFORE_OTHER.iter().find_map(|word| behind_blanks(behind_word(text, word)?));
    let text = bound.unwrap_or(text);
    let rest = behind_run(text, 1..=2, |c| c.is_ascii_digit())?;
    let end = match rest.strip_prefix('.') {
        Some(rest) => behind_word(behind_blanks(rest)?, "lebensjahr")?.trim_start_matches(is_word_or_digit),
        None => {
            let unit = behind_blanks(rest)?;
            match behind_word(unit, "ans") {
                Some(rest) => {
                    let full = || ended(behind_word(behind_blanks(rest)?, "révolus")?);
                    full().or_else(|| ended(rest))?
                }
                None => {
                    let rest = behind_word(unit, "jahre")?;
                    ended(behind_word(rest, "n").unwrap_or(rest))?
                }
            }
        }
    };
    Some((before(text, rest), end))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    const EN: &str = r"(?i)\b(?:(?:under|over|below|above|than|least|age of|ages?|aged|unter|moins de)\s+(?:the\s+age\s+of\s+|age\s+)?([0-9０-９]{1,2})(?:\s+years?\s+(?:old|of age))?|([0-9０-９]{1,2})[\s-]years?[\s-](?:old|of age))\b";
    const OTHER: &str = r"(?i)(?:\b(?:moins de|plus de|au moins|unter|über|ab|mindestens)\s+)?\b([0-9]{1,2})(?:\s+ans(?:\s+révolus)?\b|\s+Jahren?\b|\.\s+Lebensjahr\w*)";
    const ZH: &str = r"(?:([0-9０-９]{1,2})|([一二两三四五六七八九十]{1,3}))\s*(?:周岁|岁)";

    fn expected<'t>(pattern: &str, text: &'t str) -> Vec<Found<'t>> {
        let found = |found: regex::Captures<'_>| {
            let number = found.get(1).or(found.get(2)).unwrap();
            let whole = found.get(0).unwrap();
            (Span::new(whole.start(), whole.end()), &text[number.range()])
        };
        Regex::new(pattern).unwrap().captures_iter(text).map(found).collect()
    }

    proptest! {
        #[test]
        fn english_ages_are_those_of_the_expression(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "under", "Over ", "least ", "age of", "age ", "Ages", "aged", "moins de ", "the ", "the age of ", "age", "of",
                    " ", "\u{a0}", "-", "1", "16", "１3", "123", "year", "years ", "yearſ", " years old", "-years-old", "old",
                    "of age", "older", ".", "_", "é", "٣", "²",
                ]),
                0..9,
            ),
        ) {
            let text = parts.concat();
            prop_assert_eq!(english(&text), expected(EN, &text));
        }

        #[test]
        fn other_ages_are_those_of_the_expression(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "moins de ", "au moins", "Plus de ", "unter ", "ÜBER ", "ab ", "ab", "mindestens ", " ", "\u{a0}", "1", "16",
                    "１", "123", "ans", " ans", " ans révolus", " révolus", "Jahre", " Jahren", "n", ". Lebensjahr", "es", ".",
                    "_", "é", "٣", "x",
                ]),
                0..9,
            ),
        ) {
            let text = parts.concat();
            prop_assert_eq!(french_and_german(&text), expected(OTHER, &text));
        }

        #[test]
        fn chinese_ages_are_those_of_the_expression(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "1", "16", "１", "123", "十", "十四", "二十二", "两", "周", "岁", "周岁", " ", "\u{a0}", "未满", "以下",
                ]),
                0..9,
            ),
        ) {
            let text = parts.concat();
            prop_assert_eq!(chinese(&text), expected(ZH, &text));
        }
    }
}
