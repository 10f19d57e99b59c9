//! A block's words to sentences, for both languages.
//!
//! English ends a sentence with . ! ? before a blank and a word that can begin one; abbreviations, initials, numbers and
//! addresses do not end it. Chinese ends it with 。！？ and, because policies string whole clauses together, with ；.
//! Nothing ends inside brackets or quotation marks that close in the same block.

use crate::text::{Span, is_alphanumeric, run_length};

/// Abbreviations whose stop does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g", "i.e", "etc", "vs", "no", "nos", "sec", "art", "para", "inc", "ltd", "co", "corp", "llc", "mr",
    "mrs", "ms", "dr", "st", "u.s", "u.k", "e.u", "approx", "incl", "fig", "cf", "al", "p.s", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "ste", "blvd", "ave",
];

/// The deepest nesting that can hold an end back; a bracket that is never closed must not swallow the block.
const LONGEST_BRACKET: usize = 600;
/// Bytes after which words without an end are cut at the next blank or comma, and after which anywhere: what reads a
/// sentence may then compare each of its words with each other.
const LONGEST_SENTENCE: (usize, usize) = (4_000, 5_000);
/// Characters of the longest abbreviation, as far back as is looked for one.
const LONGEST_ABBREVIATION: usize = 6;

/// Spans of the sentences in `body`, without white space at their ends.
pub(super) fn split(text: &str, body: Span) -> Vec<Span> {
    let words = body.of(text);
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut closed_at = 0; // no end before this byte: inside a bracket
    let mut at = 0;
    loop {
        at += quiet_length(words, at).min((start + LONGEST_SENTENCE.0).saturating_sub(at));
        let Some(c) = char_at(words, at) else { break };
        if let Some(close) = closing(c)
            && at >= closed_at
            && let Some(end) = find_close(&words[at..], c, close)
        {
            closed_at = at + end;
        }
        let length = at - start;
        let overlong = length >= LONGEST_SENTENCE.1 || length >= LONGEST_SENTENCE.0 && is_cut(c);
        let ends = overlong || at >= closed_at && ends_here(words, at, c);
        at += c.len_utf8();
        if ends {
            while let Some(c) = char_at(words, at).filter(|&c| is_closer(c) || is_end_mark(c)) {
                at += c.len_utf8();
            }
            push(&mut sentences, text, body, start, at);
            start = at;
        }
    }
    push(&mut sentences, text, body, start, words.len());
    sentences
}

/// Bytes from `at` on at which no sentence of bearable length ends and no bracket begins.
fn quiet_length(words: &str, at: usize) -> usize {
    let ends = |byte: u8| (byte == b'.') | (byte == b'!') | (byte == b'?') | (byte == b';');
    run_length(words.get(at..).unwrap_or_default(), |byte| byte.is_ascii() & !ends(byte) & (byte != b'('))
}

fn char_at(words: &str, at: usize) -> Option<char> {
    words.get(at..)?.chars().next()
}

fn push(sentences: &mut Vec<Span>, text: &str, body: Span, start: usize, end: usize) {
    let span = Span::new(body.start + start, body.start + end).trim(text);
    if span.of(text).chars().any(is_alphanumeric) {
        sentences.push(span);
    }
}

/// Where a sentence that does not end can be cut.
fn is_cut(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | ';' | '，' | '、')
}

fn is_end_mark(c: char) -> bool {
    matches!(c, '。' | '！' | '？' | '；' | '!' | '?' | '.' | '…')
}

fn is_closer(c: char) -> bool {
    matches!(c, '”' | '’' | '"' | '\'' | '）' | ')' | '】' | '」' | '》' | ']')
}

fn closing(open: char) -> Option<char> {
    Some(match open {
        '（' => '）',
        '(' => ')',
        '“' => '”',
        '「' => '」',
        '《' => '》',
        '【' => '】',
        _ => return None,
    })
}

/// Bytes up to and including the mark that closes the bracket `words` begins with.
fn find_close(words: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0usize;
    for (at, c) in words.char_indices() {
        if at > LONGEST_BRACKET {
            return None;
        }
        // Chinese texts mix widths: （see below)
        if c == open {
            depth += 1;
        } else if c == close || (close == '）' && c == ')') || (close == ')' && c == '）') {
            depth -= 1;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

fn ends_here(words: &str, at: usize, c: char) -> bool {
    match c {
        '。' | '！' | '？' | '；' => true,
        ';' => words[..at].ends_with(crate::text::is_han) || words[at + 1..].starts_with(crate::text::is_han),
        '!' | '?' => next_begins(&words[at + 1..]),
        '.' => {
            let (before, after) = (&words[..at], &words[at + 1..]);
            next_begins(after) && !is_abbreviation(before) && !is_day(before, after)
        }
        _ => false,
    }
}

/// Whether what follows a stop can begin a sentence: nothing, or a blank and then no lower-case letter.
fn next_begins(rest: &str) -> bool {
    let after = rest.trim_start_matches(is_closer);
    let word = after.trim_start();
    if word.is_empty() {
        return true;
    }
    let blank = word.len() < after.len();
    let first =
        word.trim_start_matches(['"', '“', '(', '\'', '‘', '[', '*', '_']).chars().next().unwrap_or(' ');
    blank && !first.is_lowercase() || crate::text::is_han(first)
}

/// Months behind a day that is written with a stop: "1. Januar".
const MONTHS: &[&str] = &[
    "Januar",
    "Jänner",
    "Februar",
    "März",
    "April",
    "Mai",
    "Juni",
    "Juli",
    "August",
    "September",
    "Oktober",
    "November",
    "Dezember",
];

/// Whether a stop stands between a day and its month.
fn is_day(before: &str, after: &str) -> bool {
    let digits = before.len() - before.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let month = after.trim_start();
    (1..=2).contains(&digits) && MONTHS.iter().any(|m| month.starts_with(m))
}

fn is_abbreviation(before: &str) -> bool {
    let opens = |c: char| c.is_whitespace() || matches!(c, '(' | '（' | '"' | '“' | '-' | '/');
    let mut longest = before.char_indices().rev().take(LONGEST_ABBREVIATION + 1);
    let word = match longest.find(|&(_, c)| opens(c)) {
        Some((at, c)) => &before[at + c.len_utf8()..],
        None if before.chars().nth(LONGEST_ABBREVIATION).is_none() => before,
        None => return false,
    };
    let lower = word.to_lowercase();
    let initial = word.chars().count() == 1 && word.chars().all(char::is_uppercase) && word != "I";
    initial || ABBREVIATIONS.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str) -> Vec<&str> {
        split(text, Span::new(0, text.len())).into_iter().map(|s| s.of(text)).collect()
    }

    #[test]
    fn english_stops_and_false_stops() {
        assert_eq!(
            cut("We use data, e.g. your name. See Sec. 4.2 for Acme Inc. partners. \"Really?\" Yes."),
            ["We use data, e.g. your name.", "See Sec. 4.2 for Acme Inc. partners.", "\"Really?\"", "Yes."]
        );
    }

    #[test]
    fn a_german_date_goes_on() {
        assert_eq!(
            cut("Stand: 1. Januar 2024. Wir antworten."),
            ["Stand: 1. Januar 2024.", "Wir antworten."]
        );
    }

    #[test]
    fn addresses_do_not_end_a_sentence() {
        assert_eq!(
            cut("Write to privacy@acme.example. We answer."),
            ["Write to privacy@acme.example.", "We answer."]
        );
    }

    #[test]
    fn chinese_brackets_and_quotes_are_kept_together() {
        assert_eq!(
            cut("我们收集信息（如手机号。以及邮箱）。“请注意。”我们会保护；谢谢！"),
            ["我们收集信息（如手机号。以及邮箱）。", "“请注意。”我们会保护；", "谢谢！"]
        );
    }

    #[test]
    fn a_bracket_that_never_closes_ends_nothing_early() {
        assert_eq!(cut("我们（收集。我们使用。"), ["我们（收集。", "我们使用。"]);
    }

    #[test]
    fn words_that_never_end_are_cut_at_a_blank() {
        let text = "email, ".repeat(2_000) + &"号".repeat(4_000);
        let sentences = cut(&text);
        assert!(sentences.len() > 4 && sentences.iter().all(|s| s.len() <= LONGEST_SENTENCE.1 + 6));
        assert!(sentences[0].ends_with("email,"));
        assert_eq!(sentences.concat().replace(' ', ""), text.replace(' ', ""));
    }

    #[test]
    fn a_line_without_blanks_is_read_in_time() {
        assert_eq!(cut(&"中.".repeat(100_000)).len(), 100_000);
    }

    #[test]
    fn every_abbreviation_is_as_short_as_is_looked_for() {
        assert_eq!(
            cut("Under the EU-U.S. Data Privacy Framework."),
            ["Under the EU-U.S. Data Privacy Framework."]
        );
        assert!(ABBREVIATIONS.iter().all(|a| a.chars().count() <= LONGEST_ABBREVIATION));
        assert_eq!(cut("We know (approx. 10) of them."), ["We know (approx. 10) of them."]);
    }

    #[test]
    fn numbers_keep_their_points() {
        assert_eq!(cut("Keep 3.5 years. Then 7. Done."), ["Keep 3.5 years.", "Then 7.", "Done."]);
    }
}
