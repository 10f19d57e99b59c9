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
    (0..count).all(|_| rest.next().is_some_and(&is)).then_some(rest.as_str())
}

/// What follows the blanks that a text begins with, one at least.
pub fn behind_blanks(text: &str) -> Option<&str> {
    let rest = text.trim_start();
    (rest.len() < text.len()).then_some(rest)
}

/// What follows a lower-case word, whatever the case of its letters.
pub fn behind_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let mut rest = text.chars();
    word.chars().all(|wanted| rest.next().is_some_and(|c| lower(c) == wanted)).then_some(rest.as_str())
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

/// Whether a character belongs to a word, as regular expressions have it.
pub fn is_word_or_digit(c: char) -> bool {
    is_word(c) || is_decimal(c)
}

/// The zeros of all scripts, behind each of which the other digits stand.
const ZEROS: [u32; 76] = [
    0x30, 0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6, 0xe50,
    0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50, 0x1bb0, 0x1c40,
    0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10, 0x104a0, 0x10d30, 0x10d40,
    0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x116d0, 0x116da,
    0x11730, 0x118e0, 0x11950, 0x11bf0, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16130, 0x16a60, 0x16ac0,
    0x16b50, 0x16d70, 0x1ccf0, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0,
    0x1e5f1, 0x1e950, 0x1fbf0,
];

/// A decimal digit of any script.
pub fn is_decimal(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    let above = ZEROS.partition_point(|&zero| zero <= u32::from(c));
    above.checked_sub(1).and_then(|at| ZEROS.get(at)).is_some_and(|zero| u32::from(c) - zero < 10)
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
    use regex::Regex;

    use super::*;

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
    fn words_are_those_of_regular_expressions() {
        let word = Regex::new(r"\w").unwrap();
        let common = ('\0'..='\u{52f}').chain('\u{900}'..='\u{97f}').chain('\u{1e00}'..='\u{209c}');
        for c in common
            .chain('\u{2100}'..='\u{2bff}')
            .chain('\u{2e80}'..='\u{9fff}')
            .chain('\u{fe30}'..='\u{ffef}')
        {
            assert_eq!(is_word_or_digit(c), word.is_match(c.encode_utf8(&mut [0; 4])), "{c:?}");
        }
    }

    #[test]
    fn digits_are_those_of_regular_expressions() {
        let digit = Regex::new(r"\d").unwrap();
        for c in '\0'..=char::MAX {
            assert_eq!(is_decimal(c), digit.is_match(c.encode_utf8(&mut [0; 4])), "{c:?}");
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
