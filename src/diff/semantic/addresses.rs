//! Postal addresses, by their shape: parts between commas, one of which is a street with its number and one a town with its code.

use crate::diff::dates::without_dates;
use crate::text::{Span, TokenKind, tokenize};

/// Digits of a postal code, at least.
const FEWEST_DIGITS: usize = 4;

/// Parts of an address whose town has no code, at least.
const FEWEST_PARTS: usize = 3;
/// Words before a number that only says where something stands.
const REFERENCES: [&str; 6] = ["Section", "Article", "Part", "Chapter", "Annex", "Clause"];

/// Runs of address parts in a sentence: each part with its span, joined where only commas stand between.
pub(super) fn addresses(text: &str) -> Vec<Vec<Span>> {
    let mut found = Vec::new();
    let mut run: Vec<(Span, Part)> = Vec::new();
    for (span, part) in parts(text) {
        if part == Part::Other {
            close(&mut run, &mut found);
        } else {
            run.push((span, part));
        }
    }
    close(&mut run, &mut found);
    found
}

fn close(run: &mut Vec<(Span, Part)>, found: &mut Vec<Vec<Span>>) {
    let has = |part: Part| run.iter().any(|(_, p)| *p == part);
    if has(Part::Street) && (has(Part::Town) || run.len() >= FEWEST_PARTS) {
        found.push(run.iter().map(|(span, _)| *span).collect());
    }
    run.clear();
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// A number and a name that is no code: "12 Mill Lane", "Hauptstraße 5".
    Street,
    /// A code and a name: "Bristol BS1 4ND", "10115 Berlin".
    Town,
    /// Capitalised words alone: "United Kingdom".
    Name,
    Other,
}

/// What stands between commas and other marks.
fn parts(text: &str) -> Vec<(Span, Part)> {
    let mut out: Vec<(Span, Part)> = Vec::new();
    let mut words: Vec<Span> = Vec::new();
    for token in tokenize(text) {
        let token_words = token.span.of(text);
        match token.kind {
            TokenKind::Word if is_address_word(token_words) => words.push(token.span),
            TokenKind::Word => {
                flush(text, &mut words, &mut out);
                out.push((token.span, Part::Other));
            }
            TokenKind::Space if !token_words.contains('\n') => {}
            TokenKind::Mark if matches!(token_words, "-" | "/" | "'" | "’" | "#") => {}
            TokenKind::Mark if token_words == "." && follows_abbreviation(text, &words) => {}
            TokenKind::Mark if token_words == "," => flush(text, &mut words, &mut out),
            _ => {
                flush(text, &mut words, &mut out);
                out.push((token.span, Part::Other));
            }
        }
    }
    flush(text, &mut words, &mut out);
    out
}

/// "St." and "Ave." go on.
fn follows_abbreviation(text: &str, words: &[Span]) -> bool {
    words
        .last()
        .is_some_and(|w| w.of(text).chars().count() <= 4 && w.of(text).chars().any(char::is_lowercase))
}

fn flush(text: &str, words: &mut Vec<Span>, out: &mut Vec<(Span, Part)>) {
    if let Some((first, last)) = words.first().zip(words.last()) {
        let whole = first.cover(*last);
        let named = words.iter().any(|w| w.of(text).chars().any(char::is_lowercase));
        let lettered = words.iter().any(|w| w.of(text).starts_with(char::is_alphabetic));
        let refers = words.iter().any(|w| REFERENCES.contains(&w.of(text)));
        let dated = without_dates(whole.of(text)) != whole.of(text);
        let digits = |w: &Span| w.of(text).chars().filter(char::is_ascii_digit).count();
        let numbered = words.iter().any(|w| digits(w) > 0);
        let coded = words.iter().any(|w| digits(w) >= FEWEST_DIGITS || is_code(w.of(text)));
        let part = match (named, coded, numbered) {
            _ if refers || dated => Part::Other,
            (_, true, _) if lettered => Part::Town,
            (true, false, true) => Part::Street,
            (_, false, false) => Part::Name,
            _ => Part::Other,
        };
        let part = if months(whole.of(text)) { Part::Other } else { part };
        out.push((whole, part));
    }
    words.clear();
}

/// Part of a code of letters and digits: "BS1", "4ND".
fn is_code(word: &str) -> bool {
    (2..=4).contains(&word.len())
        && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && word.chars().any(|c| c.is_ascii_uppercase())
        && word.chars().any(|c| c.is_ascii_digit())
}

/// Whether a number stands beside a month: "March 5" is no street.
fn months(part: &str) -> bool {
    without_dates(&format!("{part} 2000")).trim() != format!("{part} 2000")
}

fn is_address_word(word: &str) -> bool {
    let first = word.chars().next().unwrap_or(' ');
    first.is_uppercase()
        || first.is_ascii_digit()
        || matches!(word, "de" | "du" | "la" | "of" | "rue" | "am" | "an" | "der" | "den" | "dem")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let cover = |spans: Vec<Span>| spans[0].cover(spans[spans.len() - 1]).of(text).to_string();
        addresses(text).into_iter().map(cover).collect()
    }

    #[test]
    fn streets_with_a_town_are_addresses() {
        assert_eq!(
            found("Write to us at 12 Mill Lane, Bristol BS1 4ND, United Kingdom."),
            ["12 Mill Lane, Bristol BS1 4ND, United Kingdom"]
        );
        assert_eq!(found("Anschrift: Hauptstraße 5, 10115 Berlin."), ["Hauptstraße 5, 10115 Berlin"]);
    }

    #[test]
    fn lists_of_names_and_standards_are_none() {
        for text in [
            "We hold ISO 27001, SOC 2 and others.",
            "Stripe, Google, Brightmail",
            "in 2024, we kept 12 items",
            "On March 5, 2024, Larkspur",
            "See Section 4, Larkspur, Acme",
        ] {
            assert!(found(text).is_empty(), "{text}");
        }
    }
}
