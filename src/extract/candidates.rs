//! Words that look like names of companies, by their letters alone: "Brightpost Media Ltd.", "Adnova", 云柏科技有限公司.
//!
//! The patterns stand in the tests as regular expressions. Written out they need no compiling, which took longer than to read
//! a short policy.

use crate::text::scan::is_word;
use crate::text::{Span, is_han};

/// What a name ends in that says it is one, however it is written before.
const LEGAL_FORMS: [&str; 17] = [
    "Inc",
    "Ltd",
    "LLC",
    "Limited",
    "Corp",
    "Corporation",
    "GmbH",
    "Company",
    "Co",
    "PLC",
    "plc",
    "S.A",
    "AG",
    "B.V",
    "SAS",
    "Pty",
    "LLP",
];
/// Words between the capitalised ones of a name.
const SMALL_WORDS: [&str; 5] = ["of", "and", "&", "for", "de"];
/// Words between the first one of a name and its legal form.
const MOST_BEFORE_FORM: usize = 5;
/// Words of a name without a legal form, after its first.
const MOST_CAPITALISED: usize = 3;

const HAN_FORMS: [&str; 4] = ["有限公司", "有限责任公司", "股份公司", "集团"];
/// Characters of a Chinese name before its legal form.
const HAN_BEFORE_FORM: std::ops::RangeInclusive<usize> = 2..=30;
/// Characters of a Chinese name without one.
const HAN_ALONE: std::ops::RangeInclusive<usize> = 2..=16;

/// Capitalised words in English text, with a legal form or without.
pub(super) fn english(words: &str) -> Vec<Span> {
    scan(words, |start| {
        let first = words.as_bytes()[start];
        let begins = first.is_ascii_uppercase() || first.is_ascii_digit();
        if !begins || words[..start].chars().next_back().is_some_and(is_word) {
            return None;
        }
        let capitalised = || first.is_ascii_uppercase().then(|| capitalised(words, start));
        with_form(words, start).or_else(capitalised)
    })
}

/// Runs of Han characters, letters and digits, with a legal form or without.
pub(super) fn chinese(words: &str) -> Vec<Span> {
    scan(words, |start| with_han_form(words, start).or_else(|| han_alone(words, start)))
}

/// Matches from left to right, none overlapping another. `ends` says where one ends that begins at a byte.
fn scan(words: &str, ends: impl Fn(usize) -> Option<usize>) -> Vec<Span> {
    let mut found = Vec::new();
    let mut free = 0;
    for (start, _) in words.char_indices() {
        if let Some(end) = (start >= free).then(|| ends(start)).flatten() {
            found.push(Span::new(start, end));
            free = end;
        }
    }
    found
}

/// `A B of C, Ltd.`: the end of the nearest legal form behind the word that begins at `start`.
fn with_form(words: &str, start: usize) -> Option<usize> {
    let mut at = run(words, start, in_named_word);
    for _ in 0..=MOST_BEFORE_FORM {
        if let Some(end) = legal_form(words, at) {
            return Some(end);
        }
        let mut next = blanks(words, at)?;
        if let Some(small) = SMALL_WORDS.iter().find(|small| words[next..].starts_with(**small))
            && let Some(behind) = blanks(words, next + small.len())
        {
            next = behind;
        }
        let first = words.as_bytes().get(next)?;
        if !(first.is_ascii_uppercase() || first.is_ascii_digit()) {
            return None;
        }
        at = run(words, next, in_named_word);
    }
    None
}

/// The end of a legal form that stands at `at` behind a blank, or a comma and a blank.
fn legal_form(words: &str, at: usize) -> Option<usize> {
    let comma = usize::from(words[at..].starts_with(','));
    let rest = &words[blanks(words, at + comma)?..];
    let form = LEGAL_FORMS.iter().find(|form| {
        rest.strip_prefix(**form).is_some_and(|behind| !behind.chars().next().is_some_and(is_word))
    })?;
    let behind = words.len() - rest.len() + form.len();
    Some(behind + usize::from(words[behind..].starts_with('.')))
}

/// `Ab C.D E`: the end of capitalised words, the first of which begins at `start`.
fn capitalised(words: &str, start: usize) -> usize {
    let mut end = dotted(words, start);
    for _ in 0..MOST_CAPITALISED {
        let next =
            blanks(words, end).filter(|&at| words.as_bytes().get(at).is_some_and(u8::is_ascii_uppercase));
        let Some(next) = next else { break };
        end = dotted(words, next);
    }
    end
}

/// The end of a word with dots inside, but none at its end.
fn dotted(words: &str, start: usize) -> usize {
    let part = |c: char| is_word(c) || matches!(c, '&' | '-');
    let mut end = run(words, start, part);
    while words[end..].starts_with('.') {
        let next = run(words, end + 1, part);
        if next == end + 1 {
            break;
        }
        end = next;
    }
    end
}

fn in_named_word(c: char) -> bool {
    is_word(c) || matches!(c, '.' | '&' | '’' | '\'' | '-')
}

/// Where the characters of a kind end that begin at `start`.
fn run(words: &str, start: usize, is: impl Fn(char) -> bool) -> usize {
    words[start..].find(|c| !is(c)).map_or(words.len(), |len| start + len)
}

/// Where the blanks end that begin at `at`, if there are any.
fn blanks(words: &str, at: usize) -> Option<usize> {
    let end = run(words, at, char::is_whitespace);
    (end > at).then_some(end)
}

fn with_han_form(words: &str, start: usize) -> Option<usize> {
    let mut rest = words[start..].chars();
    for count in 1..=*HAN_BEFORE_FORM.end() {
        rest.next().filter(|&c| in_han_name(c) || matches!(c, '（' | '）' | '(' | ')'))?;
        let behind = rest.as_str();
        if HAN_BEFORE_FORM.contains(&count)
            && let Some(form) = HAN_FORMS.iter().find(|form| behind.starts_with(**form))
        {
            return Some(words.len() - behind.len() + form.len());
        }
    }
    None
}

fn han_alone(words: &str, start: usize) -> Option<usize> {
    let name = words[start..].char_indices().take(*HAN_ALONE.end()).take_while(|&(_, c)| in_han_name(c));
    let (last, c) = name.clone().last()?;
    (name.count() >= *HAN_ALONE.start()).then_some(start + last + c.len_utf8())
}

fn in_han_name(c: char) -> bool {
    is_han(c) || c.is_ascii_alphanumeric() || c == '·'
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use regex::Regex;

    use super::*;

    const ENGLISH: &str = r"\b[A-Z0-9][\w.&’'-]*(?:\s+(?:(?:of|and|&|for|de)\s+)?[A-Z0-9][\w.&’'-]*){0,5}?,?\s+(?:Inc|Ltd|LLC|Limited|Corp|Corporation|GmbH|Company|Co|PLC|plc|S\.A|AG|B\.V|SAS|Pty|LLP)\b\.?|\b[A-Z][\w&-]*(?:\.[\w&-]+)*(?:\s+[A-Z][\w&-]*(?:\.[\w&-]+)*){0,3}";
    const CHINESE: &str =
        r"[\p{Han}A-Za-z0-9（）()·]{2,30}?(?:有限公司|有限责任公司|股份公司|集团)|[\p{Han}A-Za-z0-9·]{2,16}";

    fn matches(pattern: &Regex, words: &str) -> Vec<Span> {
        pattern.find_iter(words).map(|m| Span::new(m.start(), m.end())).collect()
    }

    proptest! {
        #[test]
        fn names_are_those_of_the_patterns(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "Acme", "A", "B.C", "B.", "4", "of ", "and ", "& ", "de", "Inc", "Inc.", "Ltd", "Corp", "Corporation",
                    "Co", "Company", "S.A", "S.A.", "B.V", ", ", ",", " ", "  ", "\u{a0}", ".", "-", "'", "’", "_", "é", "É",
                    "²", "with", "we", "Google Analytics", "plc", "…", "云", "云柏科技", "有限公司", "有限责任公司", "集团",
                    "股份公司", "（", "）", "、", "·", "SDK", "\u{301}", "７", "Ａ", "々", "€", "字字字字字字字字字字",
                ]),
                0..14,
            ),
        ) {
            let words = parts.concat();
            prop_assert_eq!(english(&words), matches(&Regex::new(ENGLISH).unwrap(), &words));
            prop_assert_eq!(chinese(&words), matches(&Regex::new(CHINESE).unwrap(), &words));
        }
    }
}
