//! Ages in words to years: "under the age of 16", 十四周岁.

use std::sync::LazyLock;

use regex::Regex;

use super::duration::han;
use crate::text::{Span, digits, simplified};

/// An age and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Age {
    /// The words, from "under" or the number on.
    pub span: Span,
    /// In years.
    pub years: u32,
}

#[allow(clippy::unwrap_used)] // fixed expressions, used in a test
static EN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:(?:under|over|below|above|than|least|age of|ages?|aged|unter|moins de)\s+(?:the\s+age\s+of\s+|age\s+)?([0-9０-９]{1,2})(?:\s+years?\s+(?:old|of age))?|([0-9０-９]{1,2})[\s-]years?[\s-](?:old|of age))\b").unwrap()
});

#[allow(clippy::unwrap_used)]
static OTHER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:\b(?:moins de|plus de|au moins|unter|über|ab|mindestens)\s+)?\b([0-9]{1,2})(?:\s+ans(?:\s+révolus)?\b|\s+Jahren?\b|\.\s+Lebensjahr\w*)").unwrap()
});

#[allow(clippy::unwrap_used)]
static ZH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:([0-9０-９]{1,2})|([一二两三四五六七八九十]{1,3}))\s*(?:周岁|岁)").unwrap()
});

/// All ages in a text, in order. Only 3 to 25 years are taken for ages of people that policies speak of.
pub fn ages(text: &str) -> Vec<Age> {
    let text = &*simplified(text);
    let mut found = french_and_german(text);
    let apart = |age: &Age| found.iter().all(|other| !other.span.overlaps(age.span));
    let english: Vec<Age> = english(text).into_iter().filter(apart).collect();
    found.extend(english);
    found.extend(chinese(text));
    found.retain(|age| (3..=25).contains(&age.years));
    found.sort_by_key(|age| age.span);
    found
}

fn english(text: &str) -> Vec<Age> {
    // Cheap to ask before the expression, which few texts need.
    const NEEDED: [&str; 10] =
        ["under", "over", "below", "above", "than", "least", "age", "unter", "moins", "year"];
    let lower = text.to_lowercase();
    let counts = text.contains(|c: char| matches!(c, '0'..='9' | '０'..='９'));
    if !counts || !NEEDED.iter().any(|word| lower.contains(word)) {
        return Vec::new();
    }
    let found = EN.captures_iter(text).filter_map(|c| {
        let all = c.get(0)?;
        let years = c.get(1).or(c.get(2))?.as_str().parse().ok()?;
        // "at least 14 days" is a period, "more than 10 %" a share.
        let unit = text[all.end()..].trim_start_matches([' ', '-', '\u{a0}']);
        if ["day", "week", "month", "hour", "business", "working", "%", "percent", "year", "minute"]
            .iter()
            .any(|u| unit.starts_with(u))
        {
            return None;
        }
        Some(Age { span: Span::new(all.start(), all.end()), years })
    });
    found.collect()
}

/// "au moins 15 ans", "ab 16 Jahren", "das 14. Lebensjahr": years of people, where a sentence speaks of them and not of
/// how long something is kept.
fn french_and_german(text: &str) -> Vec<Age> {
    const YEARS: [&str; 2] = ["ans", "jahr"];
    const PEOPLE: [&str; 10] = [
        "âg",
        "mineur",
        "enfant",
        "personnes",
        "kind",
        "jugend",
        "minderjähr",
        "personen",
        "alt ",
        "lebensjahr",
    ];
    const KEPT: [&str; 5] = ["conserv", "durée", "aufbewahr", "gespeichert", "lösch"];
    let lower = text.to_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if !holds(&YEARS) || !holds(&PEOPLE) || holds(&KEPT) || !text.contains(|c: char| c.is_ascii_digit()) {
        return Vec::new();
    }
    let found = OTHER.captures_iter(text).filter_map(|c| {
        let all = c.get(0)?;
        Some(Age { span: Span::new(all.start(), all.end()), years: c.get(1)?.as_str().parse().ok()? })
    });
    found.collect()
}

fn chinese(text: &str) -> Vec<Age> {
    if !text.contains('岁') {
        return Vec::new();
    }
    let found = ZH.captures_iter(text).filter_map(|c| {
        let all = c.get(0)?;
        let years = match (c.get(1), c.get(2)) {
            (Some(number), _) => digits(number.as_str())?,
            (_, Some(words)) => han(words.as_str())?,
            _ => return None,
        };
        Some(Age { span: Span::new(all.start(), all.end()), years })
    });
    found.collect()
}

#[cfg(test)]
mod tests {
    use super::ages;

    #[test]
    fn both_languages() {
        let years = |text| ages(text).into_iter().map(|a| a.years).collect::<Vec<_>>();
        assert_eq!(years("children under 14, or under the age of 16; 13 years old"), [14, 16, 13]);
        assert_eq!(years("未满十四周岁的未成年人，16岁以下"), [14, 16]);
        assert_eq!(
            years("aux personnes âgées d'au moins 15 ans; Kinder unter 16 Jahren, das 14. Lebensjahr"),
            [15, 16, 14]
        );
        assert!(years("conservées au moins 5 ans, Personen nach 10 Jahren gelöscht").is_empty());
        assert!(years("at least 14 days, over 20 years ago").is_empty());
        assert!(years("within 30 days, more than 90 percent, at least two").is_empty());
    }
}
