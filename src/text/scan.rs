//! Steps for reading a text by hand where an expression would take longer to compile than the text to read. Each gives what
//! follows what it read.

use std::ops::RangeInclusive;

use unicode_normalization::char::is_combining_mark;

/// A decimal digit of half or full width.
pub fn is_digit(c: char) -> bool {
    matches!(c, '0'..='9' | '０'..='９')
}

/// What a text holds before the rest of it.
pub fn before<'t>(text: &'t str, rest: &str) -> &'t str {
    text.get(..text.len().saturating_sub(rest.len())).unwrap_or_default()
}

/// What follows all characters of a kind that a text begins with, if they are as many as wanted.
pub fn behind_run(text: &str, count: RangeInclusive<usize>, is: impl Fn(char) -> bool) -> Option<&str> {
    let mut rest = text.chars();
    let mut number = 0;
    loop {
        let behind = rest.as_str();
        if !rest.next().is_some_and(&is) {
            return count.contains(&number).then_some(behind);
        }
        number += 1;
        if number > *count.end() {
            return None;
        }
    }
}

/// What follows so many characters of a kind, whatever comes next.
pub fn behind_first(text: &str, count: usize, is: impl Fn(char) -> bool) -> Option<&str> {
    let mut rest = text.chars();
    (0..count).all(|_| rest.next().is_some_and(&is)).then(|| rest.as_str())
}

/// What follows the blanks that a text begins with, one at least.
pub fn behind_blanks(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    (rest.len() < text.len()).then_some(rest)
}

/// What follows a lower-case word, whatever the case of its letters.
pub fn behind_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    word.chars().all(|wanted| rest.next().is_some_and(|c| lower(c) == wanted)).then(|| rest.as_str())
}

/// What follows the first of some words, as [`behind_word`]; the text itself where it begins with none of them.
pub fn behind_any<'t>(text: &'t str, words: &[&str]) -> &'t str {
    words.iter().find_map(|word| behind_word(text, word)).unwrap_or(text)
}

/// A letter from A to Z in any case and form.
pub fn is_letter(c: char) -> bool {
    lower(c).is_ascii_lowercase()
}

/// Whether a character belongs to a word, as regular expressions have it, but for digits of other scripts.
pub fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric() || c == '_';
    }
    let joins = matches!(c, '\u{200c}' | '\u{200d}' | '‿' | '⁀' | '⁔' | '︳' | '︴' | '﹍'..='﹏' | '＿');
    c.is_alphabetic() || joins || is_digit(c) || is_combining_mark(c)
}

/// The lower case of a character; itself where that is several characters.
fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (c, lower.next(), lower.next()) {
        ('ſ', ..) => 's',
        (_, Some(one), None) => one,
        _ => c,
    }
}

/// All matches of a text from left to right, none overlapping another: `read` gives what was read from the rest of a text
/// that begins at a byte, and what follows it.
pub fn all<'t, T>(
    text: &'t str,
    read: impl Fn(usize, &'t str) -> Option<(T, &'t str)>,
) -> Vec<(usize, usize, T)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        match read(at, &text[at..]) {
            Some((what, rest)) if text.len() - rest.len() > at => {
                found.push((at, text.len() - rest.len(), what));
                at = text.len() - rest.len();
            }
            _ => at += c.len_utf8(),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use regex::Regex;

    #[test]
    fn letters_from_a_to_z_are_those_of_regular_expressions() {
        let letter = Regex::new("(?i)[a-z]").unwrap();
        for c in '\0'..=char::MAX {
            assert_eq!(is_letter(c), letter.is_match(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
    }

    #[test]
    fn letters_are_those_of_regular_expressions() {
        let word = Regex::new(r"\w").unwrap();
        let common = ('\0'..='\u{52f}').chain('\u{1e00}'..='\u{209c}').chain('\u{2e80}'..='\u{9fff}');
        for c in common.chain('\u{fe30}'..='\u{ffef}').filter(|&c| !c.is_numeric() || c.is_alphabetic()) {
            assert_eq!(is_word(c), word.is_match(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
    }

    #[test]
    fn steps_are_those_of_their_names() {
        assert_eq!(before("１2a", "a"), "１2");
        assert_eq!(behind_run("１2a", 1..=2, is_digit), Some("a"));
        assert_eq!(behind_run("123", 1..=2, is_digit), None);
        assert_eq!(behind_run("a", 1..=2, is_digit), None);
        assert_eq!(behind_first("1234", 2, is_digit), Some("34"));
        assert_eq!((behind_blanks(" \u{a0}x"), behind_blanks("x")), (Some("x"), None));
        assert_eq!(behind_word("FÉVRIER 1", "février"), Some(" 1"));
        assert_eq!(behind_any("ND.", &["st", "nd"]), ".");
        let twos = all("1a12b345", |_, rest| Some(((), behind_run(rest, 2..=2, is_digit)?)));
        assert_eq!(twos, [(2, 4, ()), (6, 8, ())]);
    }
}
